"""A finding: register and administration differ on this peildatum. And what Tijdig does with it.

No type here can say "sanction", and none lets a machine judge why somebody did not report a change.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.parameters import Used


class Richting(StrEnum):
    """What the change means for the inwoner's uitkering."""

    VOORDEEL = "voordeel"
    NADEEL = "nadeel"
    NEUTRAAL = "neutraal"
    GEMENGD = "gemengd"


class Route(StrEnum):
    """What a rule asks for when nothing stands in the way."""

    NUDGE = "nudge"
    NUDGE_THEN_TASK = "nudge_dan_taak"
    TASK = "taak"
    URGENT_TASK = "taak_spoed"
    PROPOSAL = "ambtshalve_voorstel"
    HELP_TASK = "hulptaak"
    RESTRICTED_TASK = "taak_beperkt"
    BACKLOG = "achterstand"


class Reden(StrEnum):
    """Why a finding goes another way than its rule's route; each has a Dutch sentence in ``REDEN_ZIN``."""

    SPOED = "spoed"
    HULP = "hulp"
    VOORSTEL = "ambtshalve_voorstel"
    ACHTERSTAND = "achterstand"
    BEPERKING = "beperking"
    BEZWAAR_VERWERKING = "bezwaar_verwerking"
    BEWERING = "bewering"
    BEWERING_GEGROND = "bewering_gegrond"
    GEEN_BERICHTEN = "geen_berichten"
    AFGEDAAN = "afgedaan"
    EERDER_AFGEDAAN = "eerder_afgedaan"
    OVERLIJDEN = "overlijden"
    IN_ONDERZOEK = "in_onderzoek"
    BRON_NIET_BRUIKBAAR = "bron_niet_bruikbaar"
    LOPEND_ONDERZOEK = "lopend_onderzoek"
    LOPEND_BEZWAAR = "lopend_bezwaar"
    TE_LANG_GELEDEN = "te_lang_geleden"
    AL_GEMELD = "al_gemeld"
    AANTAL_BEKEND = "aantal_bekend"
    NORM_INGEPLAND = "norm_ingepland"
    INKOMEN_ONDUIDELIJK = "inkomen_onduidelijk"
    VERLAAGD_BIJ_BESLUIT = "verlaagd_bij_besluit"
    VERJAARDAG_GEWEEST = "verjaardag_geweest"
    ANDER_KIND = "ander_kind"
    ROUW = "rouw"
    TIJDELIJK_ELDERS = "tijdelijk_elders"
    PARTNER_ELDERS = "partner_elders"
    ECHTGENOOT = "echtgenoot"
    AL_BEKEKEN = "al_bekeken"
    STUDEERT = "studeert"
    STUDIE_ONZEKER = "studie_onzeker"
    MASSA_ADRES = "massa_adres"
    INSTELLING = "instelling"
    GEBUNDELD = "gebundeld"
    RUST = "rust"
    GEHEIM = "geheim"
    VERTEGENWOORDIGER = "vertegenwoordiger"
    GEBLOKKEERD = "geblokkeerd"
    ANDERE_REGELING = "andere_regeling"
    GEGEVENS_ONVOLLEDIG = "gegevens_onvolledig"
    KOPPELING_ONZEKER = "koppeling_onzeker"
    DATUM_ONZEKER = "datum_onzeker"
    GEEN_BRIEF_MOGELIJK = "geen_brief_mogelijk"
    NIET_INGETROKKEN = "niet_ingetrokken"
    BRIEF_NIET_DUIDELIJK = "brief_niet_duidelijk"
    NIET_BEZORGD = "niet_bezorgd"
    BEZORGING_ONZEKER = "bezorging_onzeker"
    GEDETINEERD = "gedetineerd"
    KIND_ELDERS = "kind_elders"
    WIL_GEBELD = "wil_gebeld"
    HULP_BIJ_LEZEN = "hulp_bij_lezen"
    GEEN_ANTWOORD = "geen_antwoord"
    VERTEGENWOORDIGER_STIL = "vertegenwoordiger_stil"
    RUSTIGE_DAG = "rustige_dag"
    CAPACITEIT = "capaciteit"


#: Why somebody calls after a letter: it did its work, and is not taken back for the call.
UNANSWERED = frozenset({Reden.GEEN_ANTWOORD, Reden.VERTEGENWOORDIGER_STIL})
#: Why something comes on a later night; nothing is taken back for it.
WAITS = frozenset({Reden.GEBUNDELD, Reden.RUST, Reden.RUSTIGE_DAG, Reden.CAPACITEIT})

REDEN_ZIN: dict[Reden, str] = {
    Reden.SPOED: "Bel vandaag nog.",
    Reden.HULP: "Help de inwoner om de inschrijving te herstellen.",
    Reden.VOORSTEL: "Dit is in het voordeel van de inwoner: stel zelf een aanpassing voor.",
    Reden.ACHTERSTAND: "De inwoner heeft dit al gemeld. Dit is werk voor de dienst zelf.",
    Reden.BEPERKING: "De inwoner vroeg om deze gegevens alleen te bewaren. Niemand gebruikt ze.",
    Reden.BEZWAAR_VERWERKING: "De inwoner maakt bezwaar tegen het gebruik van de gegevens. Dit ligt stil.",
    Reden.BEWERING: "De inwoner zegt dat een gegeven niet klopt. Zoek dat eerst uit; tot die tijd geldt de bron niet.",
    Reden.BEWERING_GEGROND: "De inwoner had gelijk: de bron klopt niet. Tijdig doet niets tot de bron is verbeterd.",
    Reden.GEEN_BERICHTEN: "De inwoner wil geen berichten. Stuur niets; kijk zelf wat nodig is en wie dat regelt.",
    Reden.AFGEDAAN: "Een medewerker heeft dit afgedaan. Zolang dat geldt, hoort niemand er meer van.",
    Reden.EERDER_AFGEDAAN: "Dit is eerder afgedaan en speelt nog. Kijk wat er toen is afgesproken.",
    Reden.OVERLIJDEN: "Er is een overlijden in het huishouden. Andere berichten stoppen.",
    Reden.IN_ONDERZOEK: "Het adres of de relatie is in onderzoek. Eerst hulp, daarna de rest.",
    Reden.BRON_NIET_BRUIKBAAR: "De bron is te oud of niet volledig. Er gaat geen bericht uit.",
    Reden.LOPEND_ONDERZOEK: "De dienst onderzoekt het recht op deze uitkering al. Tijdig doet nu niets.",
    Reden.LOPEND_BEZWAAR: "Er loopt bezwaar of beroep. Overleg met de jurist voordat iemand hierover contact opneemt.",
    Reden.TE_LANG_GELEDEN: "De wijziging is van lang geleden. Tijdig laat haar rusten.",
    Reden.AL_GEMELD: "De inwoner heeft dit al gemeld. De dienst moet de melding nog verwerken.",
    Reden.AANTAL_BEKEND: "De dienst telt deze bewoner al mee, zonder naam.",
    Reden.NORM_INGEPLAND: "De dienst heeft een nieuwe norm al klaargezet. Er is niets te doen.",
    Reden.VERJAARDAG_GEWEEST: "De verjaardag is geweest. Bel en ga na of er iets verandert.",
    Reden.ANDER_KIND: "Er woont ook een jonger kind. Voor de uitkering verandert er nu niets.",
    Reden.ROUW: "Kort geleden overleed een kind van dit gezin. Er gaat geen brief; bel met zorg.",
    Reden.TIJDELIJK_ELDERS: "De partner staat bij een instelling ingeschreven: misschien is dat tijdelijk.",
    Reden.PARTNER_ELDERS: "De inwoner en de partner wonen niet op één adres. Een brief over de partner gaat er niet.",
    Reden.ECHTGENOOT: "Dit is volgens de BRP de echtgenoot: die telt niet mee als kostendeler.",
    Reden.AL_BEKEKEN: "De dienst kent deze bewoner en heeft er al naar gekeken.",
    Reden.STUDEERT: "Volgens DUO volgt deze bewoner een opleiding waardoor die niet meetelt.",
    Reden.STUDIE_ONZEKER: "Misschien volgt deze bewoner een opleiding. Bel en ga na of die meetelt.",
    Reden.INKOMEN_ONDUIDELIJK: "Niet bekend is wat voor inkomen dit is, of hoeveel. Vraag het na.",
    Reden.VERLAAGD_BIJ_BESLUIT: "De dienst heeft de norm bij besluit verlaagd. Er is niets te doen.",
    Reden.MASSA_ADRES: "Op dit adres wonen heel veel mensen, zoals in een instelling.",
    Reden.INSTELLING: "Dit is het adres van een instelling. Ga na of de bewoners een huishouden zijn.",
    Reden.GEBUNDELD: "Dit huishouden krijgt al een brief; één tegelijk is genoeg. Dit komt later, of in het gesprek.",
    Reden.RUST: "Dit huishouden kreeg kort geleden al een brief. Dit wacht.",
    Reden.GEHEIM: "Het adres is geheim. Er gaat geen brief.",
    Reden.VERTEGENWOORDIGER: "Er is een bewindvoerder, curator of gemachtigde. Neem met die persoon contact op.",
    Reden.GEBLOKKEERD: "De betaling is geblokkeerd. Bel, en neem dit mee in wat er met de inwoner al loopt.",
    Reden.ANDERE_REGELING: "Dit is geen bijstand maar IOAW of IOAZ. Ga na wat daar geldt, en bel.",
    Reden.GEGEVENS_ONVOLLEDIG: "Gegevens over dit huishouden zijn onleesbaar, dubbel of niet te vinden.",
    Reden.KOPPELING_ONZEKER: "Het is niet zeker over wie dit gaat. Controleer de koppeling.",
    Reden.DATUM_ONZEKER: "De datum van de wijziging is niet precies bekend.",
    Reden.NIET_INGETROKKEN: "De brief was niet meer nodig, maar is misschien al verstuurd. Bel de inwoner.",
    Reden.BRIEF_NIET_DUIDELIJK: "De brief zou niet duidelijk genoeg zijn. Bel de inwoner en vertel het zelf.",
    Reden.NIET_BEZORGD: "Het bericht kon niet worden bezorgd. Bel de inwoner.",
    Reden.BEZORGING_ONZEKER: "Het is niet zeker of het bericht aankwam. Bel de inwoner en vraag het.",
    Reden.GEEN_BRIEF_MOGELIJK: "Naam of adres is niet geschikt voor een brief.",
    Reden.GEDETINEERD: "Dit mogen maar enkelen weten. Er gaat geen brief; kijk eerst wat er speelt.",
    Reden.KIND_ELDERS: "Een kind van dit gezin woont ergens anders. Er gaat geen vrolijke brief; bel met zorg.",
    Reden.WIL_GEBELD: "De inwoner vroeg om gebeld te worden.",
    Reden.HULP_BIJ_LEZEN: "De inwoner vroeg om hulp bij lezen of om een tolk. Bel, en regel die hulp.",
    Reden.GEEN_ANTWOORD: "Op de brief kwam geen antwoord. Bel vriendelijk en vraag of u kunt helpen; zwijgen mag.",
    Reden.VERTEGENWOORDIGER_STIL: "De vertegenwoordiger antwoordde niet op de brief. Bel die vriendelijk; zwijgen mag.",
    Reden.RUSTIGE_DAG: "Op deze dag gaat geen brief uit. Dit wacht.",
    Reden.CAPACITEIT: "Er is vandaag geen plaats meer. Dit komt een volgende nacht, op volgorde van termijn.",
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nudge(_Part):
    """A friendly letter.

    Attributes:
        bericht: the message of this finding.
        brief: the finding that heads the letter in which tonight tells of it; None = it keeps the letter it has.
        aan: who reads it: the inwoner, or who acts for them.
    """

    advies: Literal["nudge"] = "nudge"
    bericht: str
    brief: str | None = None
    aan: Literal["inwoner", "vertegenwoordiger"] = "inwoner"
    reden: None = None


TaakSoort = Literal[
    "contact", "ambtshalve_voorstel", "hulp", "controleer_koppeling", "overleg_jurist", "achterstand", "beperkt",
    "bewering",
]  # fmt: skip


class ContactTask(_Part):
    """A task for a consulent: call, and see what is going on.

    Attributes:
        soort: what kind of work it is.
        spoed: today.
        reden: why it is a task, where the rule does not say so.
        uiterlijk: the day by which somebody must have done something, by law or by the calendar.
    """

    advies: Literal["taak"] = "taak"
    soort: TaakSoort
    spoed: bool = False
    reden: Reden | None = None
    uiterlijk: date | None = None


class NoAction(_Part):
    """Nothing is done, and why; kept, so that every finding counts in the evaluation.

    Attributes:
        reden: why.
        wacht: it would be a task, were its source usable tonight: one that is open stays so.
    """

    advies: Literal["geen_actie"] = "geen_actie"
    reden: Reden
    wacht: bool = False


Advice = Annotated[Nudge | ContactTask | NoAction, Field(discriminator="advies")]


class Verdict(_Part):
    """A suppressor that was tested for a finding. ``geldt`` null = can't be said, which counts as yes."""

    naam: str
    code: str
    reden: Reden
    geldt: bool | None


class Stap(_Part):
    """One step of a calculation: what, its outcome (an amount, a number, words) and the article, if it has one."""

    wat: str
    uitkomst: str
    artikel: str = ""


class EffectBereik(_Part):
    """What a finding means in euro: cents, minus is less for the inwoner; between two ends where facts are unknown.

    Attributes:
        laagste: the lowest change per month.
        hoogste: the highest.
        tot_herziening: both, added up until the next regular review if nobody acts.
        stappen: how they came about.
        waarden: the dated values that were read for it.
    """

    laagste: int
    hoogste: int
    tot_herziening: tuple[int, int]
    stappen: tuple[Stap, ...]
    waarden: tuple[Used, ...] = ()


class Finding(_Part):
    """One difference found by one rule about one dossier.

    ``signaal_id`` comes from what happened (the rule's ``told_once_per`` columns), never from a run, an age
    or a row order: the same fact is the same finding tomorrow.
    """

    signaal_id: str
    regel: str
    regelversie: str
    dossiernummer: str
    consulent_id: str | None
    richting: Richting
    route: Route
    bericht: str | None
    feitdatum: date | None
    gezien: str
    """One Dutch sentence: what the register says."""
    taak: str
    """One Dutch sentence: what a consulent could look at."""
    feiten: dict[str, str | int | bool | None]
    """The columns the rule reads, as they were; no BSN, name or address."""
    onderdrukkers: tuple[Verdict, ...]
    """Every suppressor that was tested, in order of precedence, with its result."""
    effect: EffectBereik | None = None
    """What it means in euro; None where the rule has no effect, or the facts do not give one."""
    bronnen: tuple[str, ...]
    """The deliveries it rests on."""
    peildatum: date
    """The day that was judged when it was last found."""
    stand: int
    """How far the warehouse was then: with the peildatum enough to compute the finding again."""

    @property
    def geheim(self) -> bool:
        """Whether the address of the inwoner is secret, or nobody can say that it is not."""
        return any(one.reden is Reden.GEHEIM and one.geldt is not False for one in self.onderdrukkers)

    @property
    def beperkt(self) -> bool:
        """Whether only a restricted group may know of it: by its rule, or because of who it is about."""
        told = any(one.reden is Reden.GEDETINEERD and one.geldt is not False for one in self.onderdrukkers)
        return told or self.route is Route.RESTRICTED_TASK
