"""What can stand in the way of a letter. Each is tested for every finding and its result is kept.

What one does when it holds is the policy's (``advice/beleid``). One that can't be answered counts as standing in the
way: unknown never becomes a letter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from contracts.finding import Reden, Richting


@dataclass(frozen=True)
class Suppressor:
    """A condition over a row of a fact view; ``condition`` is given the rule's feitdatum column.

    ``shows`` names columns that say more about why it holds; they are kept with the finding. It never holds for
    what is of a richting in ``never_for``.
    """

    code: str
    reden: Reden
    condition: Callable[[str], pl.Expr]
    shows: tuple[str, ...] = ()
    never_for: frozenset[Richting] = frozenset()

    def holds(self, feitdatum: str) -> pl.Expr:
        """Boolean expression: true = it stands in the way, null = unknown."""
        return self.condition(feitdatum)

    def reads(self, feitdatum: str) -> set[str]:
        """The columns it needs."""
        return set(self.condition(feitdatum).meta.root_names())


def _columns(name: str) -> Callable[[str], pl.Expr]:
    return lambda _: pl.col(name)


def _suppressor(
    name: str, code: str, reden: Reden, condition: Callable[[str], pl.Expr], *shows: str,
    never_for: frozenset[Richting] = frozenset(),
) -> tuple[str, Suppressor]:  # fmt: skip
    return name, Suppressor(code, reden, condition, shows, never_for)


#: By name; the codes O.. are those of the catalogue, K = known already, F = family.
SUPPRESSORS: Final[dict[str, Suppressor]] = dict(
    [
        _suppressor("overlijden", "O09", Reden.OVERLIJDEN, _columns("overlijden_in_huishouden")),
        _suppressor("in_onderzoek", "O01", Reden.IN_ONDERZOEK, _columns("huishouden_in_onderzoek")),
        _suppressor("bewoner_in_onderzoek", "O01", Reden.IN_ONDERZOEK, _columns("bewoner_in_onderzoek")),
        _suppressor("lopend_onderzoek", "O07", Reden.LOPEND_ONDERZOEK, _columns("lopend_onderzoek")),
        _suppressor("lopend_bezwaar", "O07", Reden.LOPEND_BEZWAAR, _columns("lopend_bezwaar")),
        # What the dienst can no longer ask back is let rest; what an inwoner lacks every month never is. A day that
        # is not known is a question of its own.
        _suppressor(
            "te_lang_geleden", "O11", Reden.TE_LANG_GELEDEN,
            lambda feit: (pl.col(feit) < pl.col("terugkijkgrens")).fill_null(value=False),
            never_for=frozenset({Richting.VOORDEEL}),
        ),
        # Who lived there long before the belanghebbende came, or before that birthday, counts since then.
        _suppressor(
            "telt_lang_mee", "O11", Reden.TE_LANG_GELEDEN,
            lambda _: (pl.col("telt_mee_sinds") < pl.col("terugkijkgrens")).fill_null(value=False),
        ),
        _suppressor("gemeld_in", "O02", Reden.AL_GEMELD, _columns("gemeld_huisgenoot_in")),
        _suppressor("gemeld_uit", "O02", Reden.AL_GEMELD, _columns("gemeld_huisgenoot_uit")),
        *(
            _suppressor(f"gemeld_{soort}", "O02", Reden.AL_GEMELD, _columns(f"gemeld_{soort}"))
            for soort in (
                "partner", "kind", "verhuizing", "inkomen", "studie", "verblijf_buitenland", "detentie", "opname",
            )
        ),
        _suppressor("gemeld_tijdelijk_elders", "O02", Reden.AL_GEMELD, _columns("gemeld_tijdelijk_elders")),
        _suppressor("relatie_in_onderzoek", "O01", Reden.IN_ONDERZOEK, _columns("relatie_in_onderzoek")),
        _suppressor("studeert", "S01", Reden.STUDEERT, _columns("studeert")),
        _suppressor("studeert_misschien", "S02", Reden.STUDIE_ONZEKER, _columns("studeert_misschien")),
        _suppressor(
            "aantal_bekend", "K01", Reden.AANTAL_BEKEND,
            lambda _: pl.col("onbekende_bewoners").is_between(1, pl.col("onbenoemde_kostendelers")),
        ),
        # Told before the birthday, as R03 does; after it a person asks.
        _suppressor(
            "verjaardag_geweest", "V01", Reden.VERJAARDAG_GEWEEST, _columns("kostendelersleeftijd_bereikt")
        ),
        _suppressor(
            "verjaardag_geweest_hier", "V01", Reden.VERJAARDAG_GEWEEST, _columns("kostendelersleeftijd_hier")
        ),
        _suppressor("verjaardag_18_geweest", "V01", Reden.VERJAARDAG_GEWEEST, _columns("kind_18_bereikt")),
        # What is worth money to a family that mourns a person tells them; what costs them nothing waits.
        _suppressor("rouw", "O09", Reden.ROUW, _columns("rouw")),
        _suppressor("rouw_wacht", "O09", Reden.ROUW, _columns("rouw")),
        _suppressor("ander_kind", "F01", Reden.ANDER_KIND, _columns("jonger_kind_thuis")),
        _suppressor("tijdelijk_elders", "F02", Reden.TIJDELIJK_ELDERS, _columns("partner_tijdelijk_elders")),
        # A letter goes to the belanghebbende: nothing in it of a partner who may not live there any more.
        _suppressor("partner_elders", "F05", Reden.PARTNER_ELDERS, _columns("partner_elders")),
        _suppressor("echtgenoot", "F03", Reden.ECHTGENOOT, _columns("echtgenoot")),
        _suppressor("al_bekeken", "F04", Reden.AL_BEKEKEN, _columns("al_bekeken")),
        _suppressor(
            "inkomen_onduidelijk", "I01", Reden.INKOMEN_ONDUIDELIJK, _columns("inkomen_onduidelijk")
        ),
        _suppressor("norm_ingepland", "K02", Reden.NORM_INGEPLAND, _columns("norm_ingepland")),
        _suppressor(
            "verlaagd_bij_besluit", "K03", Reden.VERLAAGD_BIJ_BESLUIT, _columns("verlaagd_bij_besluit")
        ),
        _suppressor("gemeld_leefsituatie", "O02", Reden.AL_GEMELD, _columns("gemeld_leefsituatie")),
        _suppressor("massa_adres", "M01", Reden.MASSA_ADRES, _columns("massa_adres")),
        # For who moved: the address is still wrong at the dienst, so a person looks at it.
        _suppressor("naar_massa_adres", "M01", Reden.MASSA_ADRES, _columns("massa_adres")),
        _suppressor("instelling", "M02", Reden.INSTELLING, _columns("instelling")),
        _suppressor("geheim", "O06", Reden.GEHEIM, _columns("geheim")),
        _suppressor("vertegenwoordiger", "O08", Reden.VERTEGENWOORDIGER, _columns("vertegenwoordiger")),
        _suppressor("geblokkeerd", "O04", Reden.GEBLOKKEERD, _columns("geblokkeerd")),
        # The letters are about bijstand, and the articles about the Participatiewet.
        _suppressor("andere_regeling", "W01", Reden.ANDERE_REGELING, _columns("andere_regeling")),
        _suppressor(
            "gegevens_onvolledig", "G01", Reden.GEGEVENS_ONVOLLEDIG, _columns("gegevens_onvolledig")
        ),
        _suppressor(
            "koppeling_onzeker", "O10", Reden.KOPPELING_ONZEKER, _columns("koppeling_onzeker"),
            "koppel_links", "koppel_rechts", "koppel_inhoud", "koppel_band", "koppel_gewicht",
        ),
        _suppressor("signaal_onzeker", "O10", Reden.KOPPELING_ONZEKER, _columns("signaal_onzeker")),
        _suppressor("bekende_onzeker", "O10", Reden.KOPPELING_ONZEKER, _columns("bekende_onzeker")),
        _suppressor("datum_onzeker", "D01", Reden.DATUM_ONZEKER, lambda feit: pl.col(feit).is_null()),
        _suppressor(
            "geen_brief_mogelijk", "B01", Reden.GEEN_BRIEF_MOGELIJK, lambda _: ~pl.col("brief_mogelijk")
        ),
    ]
)  # fmt: skip

#: Nearly every rule: now nothing is to go out about this household or fact at all, or a jurist says first what may.
STOPS: Final = ("overlijden", "in_onderzoek", "lopend_onderzoek", "te_lang_geleden", "lopend_bezwaar")
#: Every rule with a letter: a person calls instead, for whom it is about.
PERSON: Final = ("geheim", "vertegenwoordiger", "geblokkeerd", "andere_regeling", "gegevens_onvolledig")
#: Every rule with a letter, last: a person calls, for a letter could not say or reach it.
LETTER: Final = ("datum_onzeker", "geen_brief_mogelijk")
#: What every rule tests unless it says otherwise.
COMMON: Final = (*STOPS, *PERSON, *LETTER)
