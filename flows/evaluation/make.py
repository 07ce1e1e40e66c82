"""The evaluation of a period put together: the questions of a manager and the council, each with its figures."""

from datetime import date, datetime
from importlib.metadata import version
from typing import Final

from flows.evaluation import over_afloop, over_geld, over_kwaliteit, over_tijd
from flows.evaluation.asked import Asked, trend_of
from flows.evaluation.model import Cijfer, Evaluatie, Rij, Tabel, Tegel, Vraag
from flows.settings import Settings
from store.casebook import Casebook
from store.casebook.evaluation import Period, Traject

_UNMEASURED: Final = "niet gemeten"


def evaluation(casebook: Casebook, settings: Settings, period: Period, now: datetime) -> Evaluatie:
    """The report of a period in which there was a night."""
    nights = casebook.nights_of(period)
    every = casebook.all_nights()
    assert every is not None  # there was a night
    asked = Asked(casebook, period, trend_of(period, every[0]), settings, min(period.last.last, every[1]))
    questions = _questions(asked)
    return Evaluatie(
        gemeente=settings.gemeente, period=period, gemaakt_op=now, versie=version("tijdig"),
        nachten=(len(nights), _days(period, every)), loopt=now.date() <= period.last.last,
        tegels=tuple(_tiles(questions)), vragen=questions,
    )  # fmt: skip


def _days(period: Period, every: tuple[date, date]) -> int:
    """The days of a period on which there could be a night: from the first night on, until the last."""
    first, last = max(period.first.first, every[0]), min(period.last.last, every[1])
    return (last - first).days + 1


def _questions(asked: Asked) -> tuple[Vraag, ...]:
    return (
        Vraag(
            "op-tijd", "Komt Tijdig op tijd?",
            "Een terugvordering wordt kleiner naarmate een verschil eerder gezien, verteld en verwerkt is.",
            (
                over_tijd.gevonden(asked), over_tijd.verloop(asked), over_tijd.doorlooptijd(asked),
                over_tijd.doorlooptijd_verloop(asked), over_tijd.vooraf_gezien(asked),
            ),
        ),
        Vraag(
            "inwoner", "Wat heeft de inwoner eraan, en de samenleving?",
            "Wat hier staat is een verwachting met een band. Alleen wat klopte, telt.",
            (over_geld.bedragen(asked), over_geld.mkba(asked)),
        ),
        Vraag(
            "afloop", "Waar komen signalen vandaan, en hoe lopen ze af?",
            "Elk afgehandeld signaal telt, ook dat van een collega, een partner of de samenleving.",
            (over_afloop.afgehandeld(asked),),
        ),
        Vraag(
            "vriendelijk", "Blijft het vriendelijk?",
            "Een bericht is een vraag en geen controle. Het mag niet te vaak komen, en niemand hoeft te antwoorden.",
            (over_afloop.berichten(asked), over_afloop.rust(asked), over_afloop.klachten(asked)),
        ),
        Vraag(
            "klopt", "Klopt het wat Tijdig zegt, en wat mist het?",
            "Een mens beslist. Wat mensen anders besluiten, is de beste toets van een regel.",
            (
                over_kwaliteit.anders_besloten(asked), over_kwaliteit.bezwaren(asked), over_kwaliteit.onderdrukt(asked),
                over_kwaliteit.steekproef(asked),
            ),
        ),
    )  # fmt: skip


def _tiles(questions: tuple[Vraag, ...]) -> list[Tegel]:
    """What is looked for first, taken from the figures themselves."""
    tables = {tabel.cijfer: tabel for vraag in questions for tabel in vraag.tabellen}
    days = tables[Cijfer.DOORLOOPTIJD]
    return [
        Tegel("Gevonden", _last(tables[Cijfer.GEVONDEN]), "nieuwe signalen"),
        Tegel("Afgehandeld", _last(tables[Cijfer.AFGEHANDELD]), "van elke herkomst"),
        Tegel("Helft gezien binnen", _cell(days, Traject.FEIT_GEZIEN, 1), "na het feit zelf"),
        Tegel("Helft verwerkt binnen", _cell(days, Traject.FEIT_VERWERKT, 1), "na het feit zelf"),
        Tegel("Klachten", _last(tables[Cijfer.KLACHTEN], "geen"), "opgeschreven"),
    ]


def _last(tabel: Tabel, nothing: str = _UNMEASURED) -> str:
    return tabel.rijen[-1].cellen[-1].tekst if tabel.gemeten else nothing


def _cell(tabel: Tabel, code: str, place: int) -> str:
    found: Rij | None = next((rij for rij in tabel.rijen if rij.code == code), None)
    return _UNMEASURED if found is None else found.cellen[place].tekst
