"""The overview as one page without script or reference: it opens anywhere, and prints well."""

from datetime import date, datetime
from typing import Any

from flows.report.template import fill
from flows.report.words import listed


def render(found: dict[str, Any]) -> str:
    """The page of an overview as HTML; whatever comes from data is escaped."""
    return fill(
        "inzage.html.j2", o=found, dag=day_of, moment=moment_of, opsomming=listed,
        gemaakt=datetime.fromisoformat(found["gemaakt_op"]), wie=_who(found),
    )  # fmt: skip


def day_of(text: str | None) -> date | None:
    """A day of the JSON."""
    return None if text is None else date.fromisoformat(text[:10])


def moment_of(text: str) -> datetime:
    """A moment of the JSON."""
    return datetime.fromisoformat(text)


def _who(found: dict[str, Any]) -> dict[str, str]:
    """Name, birth date and number of who asks, as their own persoonslijst has them now."""
    own = [table for table in found["registers"] if table["tabel"] == "brp_persoon"]
    if not own:
        return {}
    said = {one["naam"]: one["in_woorden"] for one in own[0]["rijen"][0]["gegevens"]}
    name = " ".join(filter(None, (said.get("voornamen"), said.get("voorvoegsel"), said.get("geslachtsnaam"))))
    return {
        "naam": name, "geboren": said.get("geboortedatum", ""), "bsn": said.get("burgerservicenummer", ""),
    }  # fmt: skip
