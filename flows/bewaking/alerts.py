"""What a run has to tell the beheerder: from its report, its troubles or the error that ended it. Nobody is in it."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict

from contracts.errors import TijdigError, UnforeseenError, kind_of
from flows.alone import NightRunsError
from flows.report.model import NightReport
from flows.trouble import Trouble


class Loop(StrEnum):
    """A run that is watched."""

    NACHT = "nacht"
    BEZORGING = "bezorging"
    MAAND = "maand"
    BEWAARTERMIJN = "bewaartermijn"
    BACKUP = "backup"


class AlertKind(StrEnum):
    """What the beheerder is told of."""

    RUN_MISLUKT = "run_mislukt"
    RUN_GESTORVEN = "run_gestorven"
    RUN_UITGEBLEVEN = "run_uitgebleven"
    POORT_DICHT = "poort_dicht"
    LEVERING_GEWEIGERD = "levering_geweigerd"
    STORING = "storing"
    ALARM = "alarm"
    VERZOEK_TERMIJN = "verzoek_termijn"
    NORMEN_ONBEKEND = "normen_onbekend"


#: How each stands in a mail and in docs/bewaking.md.
ALERT_NAAM: Final = {
    AlertKind.RUN_MISLUKT: "Een run is mislukt",
    AlertKind.RUN_GESTORVEN: "Een run is halverwege gestopt",
    AlertKind.RUN_UITGEBLEVEN: "Een run is er niet geweest",
    AlertKind.POORT_DICHT: "Een bron is niet te gebruiken",
    AlertKind.LEVERING_GEWEIGERD: "Een levering is geweigerd",
    AlertKind.STORING: "Berichten of taken gaan niet",
    AlertKind.ALARM: "Signalen blijven liggen",
    AlertKind.VERZOEK_TERMIJN: "Een verzoek van een inwoner moet op tijd beantwoord",
    AlertKind.NORMEN_ONBEKEND: "De normen van deze dag zijn niet bekend",
}

LOOP_NAAM: Final = {
    Loop.NACHT: "de nacht", Loop.BEZORGING: "de bezorging", Loop.MAAND: "de evaluatie van de maand",
    Loop.BEWAARTERMIJN: "het opruimen na de bewaartermijn", Loop.BACKUP: "de back-up",
}  # fmt: skip
#: How each is run again.
AGAIN: Final = {
    Loop.NACHT: "tijdig run", Loop.BEZORGING: "tijdig notices deliver", Loop.MAAND: "tijdig report",
    Loop.BEWAARTERMIJN: "tijdig retention", Loop.BACKUP: "tijdig backup",
}  # fmt: skip


class Alert(BaseModel):
    """Something the beheerder is told.

    Attributes:
        soort: what kind.
        over: what it is about: a source, a delivery, an alarm. With ``soort`` it says whether two are the same thing.
        wat: what is the matter; ``waar`` and ``doen`` as of an error.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    soort: AlertKind
    over: str
    wat: str
    waar: str
    doen: str

    @property
    def sleutel(self) -> str:
        """The same for the same thing, on whichever day it is seen."""
        return f"{self.soort}|{self.over}"

    @classmethod
    def of_trouble(cls, trouble: Trouble) -> Self:
        """What keeps notices or tasks from going."""
        return cls(
            soort=AlertKind.STORING, over=f"{trouble.waar}|{trouble.wat}", wat=trouble.wat, waar=trouble.waar,
            doen=trouble.doen,
        )  # fmt: skip


def of_error(loop: Loop, day: date, error: BaseException, stap: str = "") -> Alert | None:
    """A run that failed; None = it was a night and another one was at it, so nothing is the matter.

    Of an error that nobody foresaw only its kind is told: its text may hold a value of somebody.
    """
    if loop is Loop.NACHT and isinstance(error, NightRunsError):
        return None
    at = f" bij de stap “{stap}”" if stap else ""
    if isinstance(error, TijdigError) and not isinstance(error, UnforeseenError):
        wat, waar, doen = error.what, Path(error.where).name or error.where, error.todo
    else:
        place = error.where if isinstance(error, UnforeseenError) else stap
        wat, waar = f"Onvoorzien: {kind_of(error)}.", place or LOOP_NAAM[loop]
        doen = f"Kijk of schijf en database het doen en draai `{AGAIN[loop]}` nog eens. Blijft het? Meld het ons."
    return Alert(
        soort=AlertKind.RUN_MISLUKT, over=f"{loop}|{day}|{wat}",
        wat=f"Mislukt{at}: {LOOP_NAAM[loop]} van {day}. {wat}", waar=waar, doen=doen,
    )  # fmt: skip


def of_dead(loop: Loop, day: date, stap: str = "") -> Alert:
    """A run that was ended from outside: killed, out of memory, or the machine went down."""
    at = f" bij de stap “{stap}”" if stap else ""
    again = f"draai `{AGAIN[loop]}`: die gaat verder waar het bleef"
    return Alert(
        soort=AlertKind.RUN_GESTORVEN, over=f"{loop}|{day}", wat=f"Gestopt{at}: {LOOP_NAAM[loop]} van {day}.",
        waar=LOOP_NAAM[loop],
        doen=f"Kijk of de machine het doet en geheugen genoeg heeft, en {again}.",
    )  # fmt: skip


def of_night(report: NightReport) -> tuple[Alert, ...]:
    """What a night that ended has to tell."""
    return tuple(_of_night(report))


def _of_night(report: NightReport) -> Iterator[Alert]:
    soort = AlertKind
    for line in report.dichte_poorten:
        yield Alert(
            soort=soort.POORT_DICHT, over=line.bron, wat=line.poort, waar=line.bron,
            doen="Vraag de leverancier om een hele, verse levering. Tot dan gaat er niets uit dat op deze bron steunt.",
        )  # fmt: skip
    for refused in report.geweigerd:
        yield Alert(
            soort=soort.LEVERING_GEWEIGERD, over=f"{refused.bron}|{refused.waar}|{refused.wat}", wat=refused.wat,
            waar=refused.waar, doen=refused.doen,
        )  # fmt: skip
    yield from map(Alert.of_trouble, map(_trouble, report.storingen))
    for age in report.ouderdom:
        if age.samen:
            yield Alert(
                soort=soort.ALARM, over=age.alarm,
                wat=f"Alarm van {age.alarm}: er liggen {age.samen} signalen. {age.waarom}", waar="alarmen.jsonl",
                doen="Laat een teamleider de oudste taken bekijken.",
            )  # fmt: skip
    for asked in report.verzoeken:
        if asked.nabij or asked.te_laat:
            yield Alert(
                soort=soort.VERZOEK_TERMIJN, over=f"{asked.soort}|{asked.uiterlijk}",
                wat=f"{asked.zin} Er zijn er {asked.nabij} waarvan de termijn nadert en {asked.te_laat} te laat.",
                waar="tijdig rechten open", doen=f"De eerste moet op {asked.uiterlijk} beantwoord zijn.",
            )  # fmt: skip
    if report.zonder_normen:
        yield Alert(
            soort=soort.NORMEN_ONBEKEND, over=str(report.peildatum.year), waar="contracts/waarden",
            wat="De normen van deze dag zijn niet bekend: regels die ze nodig hebben, kijken niet.",
            doen="Vul het halfjaar aan of vraag om een nieuwe versie van Tijdig.",
        )  # fmt: skip


def _trouble(line: BaseModel) -> Trouble:
    return Trouble.model_validate(line.model_dump())


def of_troubles(troubles: Iterable[Trouble]) -> tuple[Alert, ...]:
    """What keeps notices or tasks from going."""
    return tuple(map(Alert.of_trouble, troubles))
