"""The settings of one gemeente and the work folder of its nights."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from advice.circumstances import Capacity
from advice.mkba import MOST_AHEAD
from advice.quiet import Weekdag, quiet
from contracts.errors import SettingsError
from contracts.mapping import ColumnMapping, check_mappings
from contracts.notice import House, Vorm
from contracts.tables import Bron
from flows.bewaking.settings import Logs, Meldingen, Metingen, Nacht, Waakhond
from flows.secret import made_once
from flows.worklist_settings import ConsulentId, Team, Werklijst
from matching.gate import GateLimits
from notifications.channels import carriers, kinds, lacks, settings_of
from notifications.channels.print_folder import NAAM as PRINTMAP
from worklist.openklant.settings import OpenKlant

SETTINGS_FILE = "tijdig.toml"
_KEY_LENGTH = 16
#: The processing record of the example: no dienst has it.
VOORBEELD_REGISTER = "https://voorbeeldstad.example/verwerkingen"


class Adres(BaseModel):
    """A written address in the settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    postcode: Annotated[str, Field(pattern=r"^[1-9]\d{3} ?[A-Za-z]{2}$")]
    huisnummer: Annotated[int, Field(ge=1)] | None = None
    """Empty = every address of the postcode."""
    huisletter: str = ""
    toevoeging: str = ""


class Kanalen(BaseModel):
    """By which channel each form goes; a form that has none is not used."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    brief: str = PRINTMAP
    email: str | None = None
    """For who wants e-mail and has a verified address; who does not gets letters."""
    sms: str | None = None
    """For a reminder, to who has a verified number."""

    @model_validator(mode="after")
    def _each_carries_its_form(self) -> Self:
        for vorm, kanaal in self.chosen.items():
            if kanaal not in carriers(vorm):
                raise ValueError(f"{vorm} can go by one of {', '.join(carriers(vorm))}")
        return self

    @property
    def chosen(self) -> dict[Vorm, str]:
        """The channel of each form that has one."""
        named: dict[Vorm, str | None] = {"brief": self.brief, "email": self.email, "sms": self.sms}
        return {vorm: kanaal for vorm, kanaal in named.items() if kanaal is not None}

    @property
    def used(self) -> frozenset[str]:
        """The channels that something goes by."""
        return frozenset(self.chosen.values())


def _channel_settings(given: dict[str, Any]) -> dict[str, BaseModel]:
    """The settings of each channel, as its own model.

    Raises:
        ValueError: there is no such channel, or it has no settings.
    """
    checked: dict[str, BaseModel] = {}
    for naam, values in given.items():
        model = settings_of(naam) if naam in kinds() else None
        if model is None:
            raise ValueError(f"there is no channel {naam} with settings")
        checked[naam] = values if isinstance(values, model) else model.model_validate(values)
    return checked


class LogboekInstellingen(BaseModel):
    """``[logboek]``: the log of processings; where it is sent to may ask for the secret ``logboek_otlp_sleutel``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    register_adres: Annotated[str, Field(pattern=r"^(https://|urn:)\S+$")] = VOORBEELD_REGISTER
    """Where the processing record of the dienst can be read: each line points to an activity below it."""
    otlp: Annotated[str, Field(pattern=r"^(https://\S+|http://(localhost|127\.0\.0\.1)(:\d+)?)$")] | None = None
    """A log elsewhere that takes OTLP over HTTP, without ``/v1/traces``; empty = it stays here."""
    wacht_seconden: Annotated[float, Field(gt=0, le=300)] = 30.0


class Verantwoording(BaseModel):
    """``[verantwoording]``: where it is written down that this may be done (E25)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dpia: Annotated[str, Field(min_length=3)] | None = None
    """The reference of the DPIA that was approved (AVG 35): a case number or an address."""
    impacttoets: Annotated[str, Field(min_length=3)] | None = None
    """The reference of the assessment of what it does to people and their rights (such as the IAMA)."""


class Algoritmeregister(BaseModel):
    """``[algoritmeregister]``: what the record in the Algoritmeregister says of this dienst; the rest is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisatie: str | None = None
    """The full name, as in the TOOI list."""
    contact: str | None = None
    """An e-mail address or ``https://`` address for questions about this record."""
    status: str | None = None
    """``In ontwikkeling``, ``In gebruik`` or ``Buiten gebruik``."""
    begin: str | None = None
    """The month in which it was first used: ``2027-01``."""
    einde: str | None = None
    publicatiecategorie: str = "Impactvolle algoritmes"
    publiekspagina: str | None = None
    bronregistratie: str | None = None
    leverancier: str | None = None
    broncode: str | None = None
    bron_id: str | None = None


class Settings(BaseSettings):
    """What a gemeente chooses; every value has a default that fits the demo.

    Each is explained in Dutch in ``instellingen.yaml``, of which ``tijdig init`` makes a file.
    """

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    gemeente: str = "Voorbeeldstad"
    werkgebied: tuple[Annotated[str, Field(pattern=r"^\d{4}$")], ...] = ("9901", "9902")
    """Gemeentecodes of the gemeenten this dienst works for."""
    massa_adres_boven: Annotated[int, Field(ge=2)] = 12
    """An address with more residents than this is no household."""
    rust_dagen: Annotated[int, Field(ge=1)] = 30
    """A household gets at most one letter in so many days."""
    instellingen: tuple[Adres, ...] = ()
    """Addresses of institutions: who lives there shares no household with the others."""
    verwachte_bronnen: tuple[Bron, ...] = (Bron.UITKERINGSGEGEVENS, Bron.BRP)
    """Sources this dienst counts on; another is used where it delivers, and not missed where it does not."""
    brp_hoogstens_dagen_oud: Annotated[int, Field(ge=0)] = 3
    uitkeringsgegevens_hoogstens_dagen_oud: Annotated[int, Field(ge=0)] = 3
    ib_hoogstens_dagen_oud: Annotated[int, Field(ge=0)] = 45
    duo_hoogstens_dagen_oud: Annotated[int, Field(ge=0)] = 45
    hoogstens_minder_rijen: Annotated[float, Field(ge=0, le=1)] = 0.2
    """Over a whole delivery, against the last one that was whole."""
    hoogstens_minder_rijen_tabel: Annotated[float, Field(ge=0, le=1)] = 0.5
    """In one table of it."""
    hoogstens_afgekeurd: Annotated[float, Field(ge=0, le=1)] = 0.05
    zomergat_dagen: Annotated[int, Field(ge=0)] = 95
    """A gap between two study periods that holds 1 August is no stop when it lasts at most so many days."""
    vervolgopleiding_dagen: Annotated[int, Field(ge=0)] = 62
    """Nor is any gap of at most so many days before the next course."""
    studie_vooraf_dagen: Annotated[int, Field(ge=0, le=365)] = 56
    """How long before its first day the consulent hears of a coming study."""
    opgave_dagen: Annotated[int, Field(ge=0)] = 95
    """An income whose last opgave ended so many days ago may still run; after that nobody knows."""
    kostendeler_vooraf_dagen: Annotated[int, Field(ge=0, le=365)] = 56
    """How long before the birthday from which a housemate counts the inwoner hears of it."""
    leeftijd_21_vooraf_dagen: Annotated[int, Field(ge=0, le=365)] = 60
    """How long before the 21st birthday of a belanghebbende the consulent hears of it."""
    leeftijd_27_vooraf_dagen: Annotated[int, Field(ge=0, le=365)] = 60
    """How long before the 27th birthday of a belanghebbende the consulent hears of it."""
    leeftijd_27_na_dagen: Annotated[int, Field(ge=0, le=365)] = 182
    """And how long after it: whether a part of income is left out already is not in the administration."""
    inkomen_drempel_cent: Annotated[int, Field(ge=0)] = 5_000
    """A difference between income and what is set off that is no more than this a month is none."""
    aow_vooraf_maanden: Annotated[int, Field(ge=0, le=12)] = 6
    """How long before the AOW age the inwoner hears of it."""
    kind_18_vooraf_dagen: Annotated[int, Field(ge=0, le=365)] = 90
    """How long before the 18th birthday of a child the inwoner hears of it."""
    rouw_dagen: Annotated[int, Field(ge=0)] = 365
    """How long after a child died or was born dead no letter about a child goes to the parents."""
    geen_gevolg_dagen: Annotated[int, Field(ge=1)] = 365
    """What a consulent closed because it has no consequence, or was known, is done with so long for that fact."""
    afgerond_dagen: Annotated[int, Field(ge=1)] = 60
    """What they closed because it would be mended, or nobody was reached, is looked at again after so long."""
    contact_maanden: Annotated[int, Field(ge=1)] = 12
    """So long after the last talk about who lives there the inwoner is asked whether it still holds."""
    contact_rust_dagen: Annotated[int, Field(ge=1)] = 90
    """That question waits so long after any letter to the household."""
    achterstand_dagen: Annotated[int, Field(ge=0)] = 14
    """So long a melding may wait before the dienst hears of it."""
    indexering_dagen: Annotated[int, Field(ge=0)] = 45
    """So long after new norms the dienst may still have the last ones."""
    rustige_weekdagen: tuple[Weekdag, ...] = ("vrijdag",)
    """On these days no letter goes out: it would come in when nobody picks up the telephone."""
    rustige_feestdagen: bool = True
    """Nor on a holiday of the country."""
    rustig_voor_kerst_dagen: Annotated[int, Field(ge=0, le=31)] = 7
    """Nor in so many days before Christmas."""
    rustige_dagen: tuple[date, ...] = ()
    """Nor on these days."""
    brieven_per_nacht: Annotated[int, Field(ge=0)] = 250
    """So many letters a night at most; the rest waits, the oldest legal term goes first. 0 = no limit."""
    taken_per_nacht: Annotated[int, Field(ge=0)] = 0
    """So many tasks, without those that can't wait."""
    taken_per_consulent_per_nacht: Annotated[int, Field(ge=0)] = 10
    """So many of those for one consulent."""
    steekproef_onderdrukt: Annotated[int, Field(ge=0)] = 2
    """So many findings of which nothing came are looked at each night, at the desk and without contact (E21)."""
    steekproef_zonder_signaal: Annotated[int, Field(ge=0)] = 2
    """And so many households in which nothing was found."""
    herziening_maanden: Annotated[int, Field(ge=1)] = 12
    """How far the next regular review is: over these months an effect is added up."""
    mkba_horizon_maanden: Annotated[int, Field(ge=1, le=MOST_AHEAD)] = 24
    """How many months ahead an MKBA counts."""
    productie: bool = False
    """Whether this counts: then no dated value from memory is used."""
    overlijden_dagen: Annotated[int, Field(ge=0)] = 90
    """So long after a death at the address nothing is told to the household."""
    terugkijkgrens_dagen: Annotated[int, Field(ge=0)] = 1826
    """What happened longer ago is let rest (five years: verjaring), unless it is to the advantage of the inwoner."""
    vermogen_hoogstens_maanden: Annotated[int, Field(ge=0)] = 15
    """How many months after 31 December its balances still say something about now."""
    leveringen_bewaren_dagen: Annotated[int, Field(ge=0)] = 0
    """How long the files of a delivery stay after the night that took them in; 0 = they go at the end of it."""
    leveringen: Annotated[dict[str, ColumnMapping], AfterValidator(check_mappings)] = Field(default_factory=dict)
    """How files differ from their contract, by table."""
    koppelgewichten: str | None = None
    """Version or file of the weights by which persons without a sound key are linked; default this release's."""
    geheugen: str = "3GB"
    """What DuckDB may use."""
    huis: House = House()
    kanalen: Kanalen = Kanalen()
    kanaal: Annotated[dict[str, Any], AfterValidator(_channel_settings)] = Field(default_factory=dict)
    """The settings of each channel, by its name."""
    opzoeken_na_minuten: Annotated[int, Field(ge=0)] = 10
    """So long after a message or a task may have been sent its channel is asked what became of it."""
    nacht: Nacht = Nacht()
    meldingen: Meldingen = Meldingen()
    waakhond: Waakhond = Waakhond()
    logs: Logs = Logs()
    metingen: Metingen = Metingen()
    logboek: LogboekInstellingen = LogboekInstellingen()
    verantwoording: Verantwoording = Verantwoording()
    algoritmeregister: Algoritmeregister = Algoritmeregister()
    openklant: OpenKlant | None = None
    """Where contact tasks go besides our own worklist; empty = nowhere."""

    werklijst: Werklijst = Werklijst()
    """The page of the consulenten."""
    teams: dict[Team, tuple[ConsulentId, ...]] = Field(default_factory=dict)
    """Which consulenten work in which team."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        *_: PydanticBaseSettingsSource, **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:  # fmt: skip
        """The file and nothing else: a variable that somebody forgot must not change a night."""
        return (init_settings,)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Those of a file, which may be absent.

        Raises:
            SettingsError: the file is no TOML or holds something that does not fit.
        """
        try:
            given = TomlConfigSettingsSource(cls, path)()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise SettingsError("Settings are no valid TOML.", where=path, todo="Mend the file.") from None
        return cls.checked(given, where=path)

    @classmethod
    def checked(cls, given: dict[str, Any], where: str | Path) -> Self:
        """Those that somebody gave.

        Raises:
            SettingsError: something does not fit; says which setting, never its value.
        """
        try:
            return cls(**given)
        except ValidationError as error:
            found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
            raise SettingsError(f"Settings do not fit: {found}.", where=where, todo="Mend or remove them.") from None

    @model_validator(mode="after")
    def _consulent_is_in_one_team(self) -> Self:
        names = [one for members in self.teams.values() for one in members]
        if double := sorted({one for one in names if names.count(one) > 1}):
            raise ValueError(f"teams: {', '.join(double)} stands in more than one")
        return self

    @model_validator(mode="after")
    def _reminders_can_go(self) -> Self:
        if self.werklijst.herinnering and "smtp" not in self.kanaal:
            raise ValueError("werklijst.herinnering needs a mail server: give its settings under [kanaal.smtp]")
        return self

    @model_validator(mode="after")
    def _messages_can_go(self) -> Self:
        if self.meldingen.aan and "smtp" not in self.kanaal:
            raise ValueError("meldingen.aan needs a mail server: give its settings under [kanaal.smtp]")
        return self

    @model_validator(mode="after")
    def _watchdog_waits_for_the_night(self) -> Self:
        if self.nacht.wacht_tot is not None and self.nacht.wacht_tot >= self.waakhond.nacht_klaar:
            raise ValueError("nacht.wacht_tot must lie before waakhond.nacht_klaar: a night that waits is not late yet")
        return self

    @model_validator(mode="after")
    def _channels_are_set_up(self) -> Self:
        if missing := sorted(self.kanalen.used - self.kanaal.keys() - {PRINTMAP}):
            raise ValueError(f"kanalen names {', '.join(missing)}: give its settings under [kanaal.{missing[0]}]")
        for vorm, kanaal in self.kanalen.chosen.items():
            if kanaal in self.kanaal and (needed := lacks(kanaal, self.kanaal[kanaal], vorm)):
                raise ValueError(f"{vorm} is to go by {kanaal}: give {needed} under [kanaal.{kanaal}]")
        return self

    @property
    def capacity(self) -> Capacity:
        """How much a night may make."""
        caps = (self.brieven_per_nacht, self.taken_per_nacht, self.taken_per_consulent_per_nacht)
        return Capacity(*(cap or None for cap in caps))

    def is_quiet(self, day: date) -> bool:
        """Whether no letter goes out on this day."""
        return quiet(
            day, weekdays=self.rustige_weekdagen, holidays=self.rustige_feestdagen,
            before_christmas=self.rustig_voor_kerst_dagen, others=self.rustige_dagen,
        )  # fmt: skip

    @property
    def patient(self) -> dict[str, int]:
        """Rules that ask about nothing that happened, and how many days they wait after any letter."""
        return {"R29": self.contact_rust_dagen}

    @property
    def gate_limits(self) -> GateLimits:
        """The limits of the gates, per source."""
        return GateLimits(
            max_days={
                Bron.BRP: self.brp_hoogstens_dagen_oud,
                Bron.UITKERINGSGEGEVENS: self.uitkeringsgegevens_hoogstens_dagen_oud,
                Bron.IB: self.ib_hoogstens_dagen_oud,
                Bron.DUO: self.duo_hoogstens_dagen_oud,
            },
            max_drop=self.hoogstens_minder_rijen,
            max_drop_table=self.hoogstens_minder_rijen_tabel,
            max_rejected=self.hoogstens_afgekeurd,
            expected=self.verwachte_bronnen,
        )


@dataclass(frozen=True)
class Workplace:
    """A work folder: deliveries in ``leveringen/``, databases in ``gegevens/``, results in ``uitvoer/``."""

    folder: Path

    @cached_property
    def settings(self) -> Settings:
        """The settings in ``tijdig.toml``, or the defaults where there is none.

        Raises:
            SettingsError: the file is no TOML or holds something that does not fit.
        """
        return Settings.read(self.folder / SETTINGS_FILE)

    @property
    def leveringen(self) -> Path:
        """Where suppliers put their deliveries, each in a folder of its own with ``levering.json``."""
        return self.folder / "leveringen"

    @property
    def postbewijzen(self) -> Path:
        """Where the printer's word comes that letters were posted."""
        return self.folder / "postbewijzen"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.folder / "gegevens" / "warehouse.duckdb"

    @property
    def snapshots(self) -> Path:
        """Where the snapshot lies from which the warehouse can be rebuilt."""
        return self.folder / "gegevens" / "snapshots"

    @property
    def casebook(self) -> Path:
        """The SQLite file of record."""
        return self.folder / "gegevens" / "casebook.sqlite"

    @property
    def logboek(self) -> Path:
        """The log of processings."""
        return self.folder / "gegevens" / "logboek"

    @property
    def bewaking(self) -> Path:
        """What is known of the runs, and what the beheerder was told; nobody is in it."""
        return self.folder / "gegevens" / "bewaking"

    @property
    def logs(self) -> Path:
        """What runs said of themselves, where the settings say so."""
        return self.folder / "gegevens" / "logs"

    @property
    def sleutel(self) -> str:
        """The secret of this work folder for person keys; made once, readable by its owner only.

        Raises:
            SettingsError: the file is too short to be one; or it is gone, and there is a warehouse: with a new
                one each finding would be another, and what was told would be taken back and told again.

        It lies beside the databases, not in the warehouse: that can be rebuilt, and findings must keep their ids.
        """
        path = self.folder / "gegevens" / "sleutel"
        if (self.warehouse.exists() or self.snapshots.exists()) and not path.exists():
            raise SettingsError(
                "The secret for person keys is gone.", where=path,
                todo="Put it back from the backup; with another one every finding would be new.",
            )  # fmt: skip
        key = made_once(path, 16)
        if len(key) < _KEY_LENGTH:
            raise SettingsError(
                "The secret for person keys is damaged.", where=path,
                todo="Put it back from the backup; with another one every finding would be new.",
            )  # fmt: skip
        return key

    @property
    def prefect_home(self) -> Path:
        """Where Prefect keeps what it knows of runs."""
        return self.folder / "gegevens" / "prefect"

    def maand(self, naam: str) -> Path:
        """Where the evaluation of a month or a longer period is."""
        return self.folder / "uitvoer" / "maand" / naam

    def uitvoer(self, peildatum: date) -> Path:
        """Where the results of a night are."""
        return self.folder / "uitvoer" / peildatum.isoformat()
