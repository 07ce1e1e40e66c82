"""A notice to an inwoner: who gets it, how the dienst presents itself, and the content before any layout.

The content is structured (titles, paragraphs, steps), so letter, preview and e-mail can be made from one
text and no markup ever comes from data. Who is in a notice never shows in a ``repr`` or in an error.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.errors import TijdigError
from contracts.finding import Reden


class NoticeError(TijdigError):
    """A notice that can't be made as it is; somebody has to look at it, so it becomes a task.

    Attributes:
        reden: why a human has the work now.
    """

    reden: ClassVar[Reden] = Reden.GEEN_BRIEF_MOGELIJK


class NoUsableName(NoticeError):  # noqa: N818 - the family name says error
    """The register holds no surname to greet or address this person with."""


class NoUsableAddress(NoticeError):  # noqa: N818
    """The register holds no whole Dutch postal address for this person."""


class LanguageError(NoticeError):
    """The text of a notice does not pass the language gate; says codes and template, never a word of the text."""

    reden = Reden.BRIEF_NIET_DUIDELIJK


class _Model(BaseModel):
    # pydantic prints the refused value by default; here that would be a name or an address.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


#: The form in which somebody gets a notice.
Vorm = Literal["brief", "email", "sms"]
#: An opaque reference, such as ``N-4F7K2M9Q``; it is a file name too, and never holds a BSN.
Kenmerk = Annotated[str, Field(pattern=r"^N-[0-9A-Z]{6,20}$")]


class Recipient(_Model):
    """The person a notice goes to: names and address as the BRP holds them (element numbers of the LO).

    ``partner_*`` is the partner whose name counts for naamgebruik (61.10): of the oldest running relation, or else of
    the last one that ended. ``heeft_partner`` says whether one runs. ``emailadres`` and ``mobiel`` (``+316...``) are
    there only where the person showed that they are theirs.
    """

    voornamen: str | None = None
    adellijke_titel_predicaat: str | None = None
    voorvoegsel: str | None = None
    geslachtsnaam: str | None = None
    aanduiding_naamgebruik: str | None = None
    geslachtsaanduiding: str | None = None
    partner_voorvoegsel: str | None = None
    partner_geslachtsnaam: str | None = None
    partner_adellijke_titel_predicaat: str | None = None
    heeft_partner: bool = False
    straatnaam: str | None = None
    huisnummer: str | None = None
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    aanduiding_bij_huisnummer: str | None = None
    postcode: str | None = None
    woonplaats: str | None = None
    locatiebeschrijving: str | None = None
    regels_buitenland: tuple[str | None, str | None, str | None] | None = None
    emailadres: str | None = None
    mobiel: str | None = None

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        """Nothing: a recipient in a log or a traceback must not show who it is."""
        return iter(())


class Representative(_Model):
    """Who acts for a client (bewindvoerder, curator): an office or a person, as the dienst knows them."""

    naam: str | None = None
    ter_attentie_van: str | None = None
    straatnaam_of_postbus: str | None = None
    huisnummer: str | None = None
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    postcode: str | None = None
    woonplaats: str | None = None

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        """Nothing: whose client somebody is, is nobody's business in a log."""
        return iter(())


class House(_Model):
    """How the dienst presents itself in a notice: its settings, with a made-up dienst as the default."""

    dienst: str = "Sociale Dienst Voorbeeldstad"
    dienst_kort: str = "Sociale Dienst"
    """The name in an SMS, where there is room for 160 characters."""
    afdeling: str = "Werk en inkomen"
    consulent: str = "Samira de Vries"
    telefoon: str = "078 - 000 00 00"
    openingstijden: str = "maandag tot en met vrijdag, 9.00 tot 17.00 uur"
    openingstijden_kort: str = "ma-vr 9-17 uur"
    """The same in an SMS."""
    retouradres: str = "Postbus 100, 1234 AB Voorbeeldstad"
    plaats: str = "Voorbeeldstad"
    website: str = "www.voorbeeld-sdd.nl"
    reageerpagina: str = "www.voorbeeld-sdd.nl/reageren"
    privacypagina: str = "www.voorbeeld-sdd.nl/privacy"
    aanhef: Literal["Beste", "Geachte"] = "Beste"
    kleur: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#0B5D66"
    reactietermijn_dagen: Annotated[int, Field(ge=7, le=90)] = 21
    antwoordformulier: bool = False
    """Whether a letter that asks something has a second page to answer on by pen."""

    @model_validator(mode="after")
    def _colour_is_readable(self) -> Self:
        # Titles are printed in this colour; WCAG 2.2 asks 4.5:1 on white.
        if 1.05 / (_luminance(self.kleur) + 0.05) < 4.5:  # noqa: PLR2004
            raise ValueError("kleur needs a contrast of 4.5:1 with white paper: choose a darker one")
        return self


def _luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Run(_Model):
    """A stretch of text, bold or not: the only emphasis there is."""

    tekst: str
    vet: bool = False


#: A paragraph or a step: its runs in reading order.
Alinea = tuple[Run, ...]


class Section(_Model):
    """A part of a notice: an optional kop, paragraphs, and numbered steps for the reader."""

    kop: str | None = None
    alineas: tuple[Alinea, ...] = ()
    stappen: tuple[Alinea, ...] = ()


class Question(_Model):
    """A question on an answer form: boxes to tick, and ``regels`` lines to write on."""

    vraag: str
    keuzes: tuple[str, ...] = ()
    regels: Annotated[int, Field(ge=0, le=4)] = 0


class Formulier(_Model):
    """The second page of a letter, to fill in by pen. It holds nothing about anybody but the code to answer with.

    Attributes:
        inleiding: what to do with it, before the questions.
        code: the code to answer with, as a line of text.
        slot: what to do when it is filled in; ``retour`` is the address it goes to, a line a string.
    """

    titel: str
    inleiding: str
    code: str
    vragen: tuple[Question, ...]
    slot: str
    retour: tuple[str, ...]

    @property
    def tekst(self) -> tuple[str, ...]:
        """All that is read, in reading order."""
        asked = [text for one in self.vragen for text in (one.vraag, *one.keuzes)]
        return (self.titel, self.inleiding, self.code, *asked, self.slot, *self.retour)


class Notice(_Model):
    """What one inwoner reads, complete and ready for layout. ``aanhef`` has no comma at its end.

    ``over`` is whom it is about where that is not its reader: the client, as within a sentence.
    ``adresregels`` is empty where it goes by e-mail.
    """

    kenmerk: Kenmerk
    bericht: str
    versie: str
    datum: date
    titel: str
    aanhef: Annotated[str, Field(repr=False)]
    secties: Annotated[tuple[Section, ...], Field(repr=False)]
    groet: str
    ondertekening: tuple[str, ...]
    adresregels: Annotated[tuple[str, ...], Field(repr=False)]
    over: Annotated[str | None, Field(repr=False)] = None
    formulier: Formulier | None = None

    @property
    def tekst(self) -> tuple[str, ...]:
        """All that is read after the salutation, as plain text: title, each kop, paragraph and step, and the form."""
        lines = [self.titel]
        for sectie in self.secties:
            lines += [sectie.kop] if sectie.kop else []
            lines += ["".join(run.tekst for run in alinea) for alinea in (*sectie.alineas, *sectie.stappen)]
        return (*lines, *(self.formulier.tekst if self.formulier else ()))

    @property
    def inhoud_sha256(self) -> str:
        """A hash of the whole content, for the outbox: the same content has the same hash."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
