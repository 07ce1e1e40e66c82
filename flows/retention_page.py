"""The table of terms in ``docs/rechten.md``, made from the policy; ``python -m flows.retention_page`` writes it."""

from pathlib import Path
from typing import Final

from contracts.dutch import calendar_date
from contracts.publish_words import ZEKERHEID
from contracts.retention import retention_versions
from flows.markdown import table

PAGE: Final = Path("docs") / "rechten.md"
_BEGIN: Final = "<!-- termijnen: gemaakt door `python -m flows.retention_page` -->\n"
_END: Final = "<!-- einde termijnen -->"


def terms() -> str:
    """The newest version as Markdown."""
    beleid = retention_versions()[-1]
    head = f"Versie {beleid.versie}, geldt vanaf {calendar_date(beleid.geldig_vanaf)} ({ZEKERHEID[beleid.status]}).\n"
    rows = [
        (f"`{one.soort}`", one.wat, one.in_words, one.begint, f"{one.grond} ({ZEKERHEID[one.status]})", one.waarom)
        for one in beleid.termijnen
    ]
    lines = table(("soort", "wat", "hoe lang", "vanaf", "grond", "waarom"), rows)
    return "\n".join(["", head, *lines, "", ""])


def page(text: str) -> str:
    """The page with the terms as they are now."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{terms()}{_END}{after}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
