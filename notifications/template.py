"""A notice as it lies on file: YAML, in which each text is a small Jinja2 template.

The YAML is read before anything is filled in, so whatever a name or a fact holds, it can't change structure.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.notice import Alinea, Formulier, House, NoticeError, Question, Section, Vorm
from contracts.tables import Bron
from notifications.text import fill, names_in, runs

FOLDER = Path(__file__).parent / "templates"
_STANDARD = "standaardzinnen"
#: What every text may name beside the facts of its own template: the House and the code to answer with.
_ALWAYS = frozenset({"huis", "code"})
#: What a text on an answer form may name: nothing of anybody, for it can lie about for years.
_ON_A_FORM = frozenset({"huis"})


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SectionText(_Model):
    """A section before it is filled in; ``standaard`` takes over what it does not say itself.

    ``onderdelen``: here a letter about several findings tells of each.
    """

    standaard: str | None = None
    onderdelen: bool = False
    kop: str | None = None
    alineas: tuple[str, ...] = ()
    stappen: tuple[str, ...] = ()

    def on_top_of(self, base: "SectionText") -> "SectionText":
        """This section, with kop, alineas and stappen of ``base`` where it has none."""
        return SectionText(
            kop=self.kop or base.kop,
            alineas=self.alineas or base.alineas,
            stappen=self.stappen or base.stappen,
            onderdelen=self.onderdelen,
        )

    def texts(self) -> Iterator[str]:
        """Every text in this section."""
        yield from filter(None, (self.kop, *self.alineas, *self.stappen))

    def fill(self, values: Mapping[str, object], told: tuple[Alinea, ...] = ()) -> Section:
        """The section as an inwoner reads it; ``told`` is what a letter about several findings says of each."""
        alineas = tuple(runs(text, values) for text in self.alineas)
        return Section(
            kop=fill(self.kop, values) if self.kop else None,
            alineas=alineas + told if self.onderdelen else alineas,
            stappen=tuple(runs(text, values) for text in self.stappen),
        )


class FormText(_Model):
    """The second page of a letter before it is filled in: its title and the questions of this message."""

    titel: str
    vragen: Annotated[tuple[Question, ...], Field(min_length=1, max_length=4)]

    def texts(self) -> Iterator[str]:
        """Every text on it."""
        yield self.titel
        for one in self.vragen:
            yield from (one.vraag, *one.keuzes)

    @model_validator(mode="after")
    def _about_nobody(self) -> Self:
        if unknown := sorted({name for text in self.texts() for name in names_in(text)} - _ON_A_FORM):
            raise ValueError(f"the form names {unknown}: no fact stands on a form")
        return self


class SharedForm(_Model):
    """What every answer form has: how it works, its last questions, and the step in the letter that points to it."""

    stap: str
    inleiding: str
    code: str
    vragen: tuple[Question, ...]
    slot: str

    def around(self, own: FormText, house: House, code: str) -> Formulier:
        """The form as an inwoner reads it, its own questions first."""
        values = {"huis": house, "code": code}
        return Formulier(
            titel=fill(own.titel, values),
            inleiding=fill(self.inleiding, values),
            code=fill(self.code, values),
            vragen=tuple(_asked(one, values) for one in (*own.vragen, *self.vragen)),
            slot=fill(self.slot, values),
            retour=(house.dienst, *(line.strip() for line in house.retouradres.split(","))),
        )


def _asked(one: Question, values: Mapping[str, object]) -> Question:
    choices = tuple(fill(choice, values) for choice in one.keuzes)
    return Question(vraag=fill(one.vraag, values), keuzes=choices, regels=one.regels)


class StandardText(_Model):
    """``standaardzinnen.yaml``: the sentences every notice shares."""

    versie: Annotated[int, Field(ge=1)]
    groet: str
    functie: str
    formulier: SharedForm
    secties: dict[str, SectionText]


class Template(_Model):
    """One notice on file, its standard sections put in; ``feiten`` are the only facts it may hold.

    Attributes:
        vorm: what it is sent as. Only a letter tells of a finding: anybody may read along in a mailbox.
        aan: who reads it; to who acts for an inwoner a letter says who it is about, and not what.
        regel: the rule whose message it is; None = a letter that tells of several findings or reminds of them,
            or no letter.
        feiten: a ``dag`` is a date of which the reader sees day and month.
        bron: the source that told of its fact: the day of that delivery is ``leverdatum``.
        kort: its fact in a sentence, for a letter about several.
        vrolijk: it would hurt where a child is placed elsewhere.
        herinnert: who does not answer gets a reminder before somebody calls.
        formulier: what is asked on its second page, where the dienst wants one.
    """

    bericht: str
    vorm: Vorm = "brief"
    aan: Literal["inwoner", "vertegenwoordiger"] = "inwoner"
    regel: str | None = None
    versie: Annotated[int, Field(ge=1)]
    bron: Bron = Bron.BRP
    feiten: dict[str, Literal["datum", "dag", "tekst"]]
    titel: str = ""
    kort: str | None = None
    vrolijk: bool = False
    herinnert: bool = False
    formulier: FormText | None = None
    secties: tuple[SectionText, ...]

    @model_validator(mode="after")
    def _tells_of_one_or_of_several(self) -> Self:
        several = any(sectie.onderdelen for sectie in self.secties)
        if self.vorm != "brief" or self.aan != "inwoner":
            if several or self.regel or self.kort or self.formulier:
                raise ValueError(
                    "only a letter has `regel`, `kort`, `onderdelen` or `formulier`, and only to an inwoner"
                )
            return self
        if several is not (self.regel is None) or several is (self.kort is not None):
            raise ValueError("a message of a rule has `kort`; another has a section with `onderdelen` instead")
        return self

    @model_validator(mode="after")
    def _only_an_sms_is_one_bare_text(self) -> Self:
        bare = [len(s.alineas) for s in self.secties] == [1] and not (self.secties[0].kop or self.secties[0].stappen)
        if (self.vorm == "sms" and not bare) or (self.vorm == "sms") is not (not self.titel):
            raise ValueError("an sms is one paragraph without `titel` or `kop`; another message has a `titel`")
        return self

    @model_validator(mode="after")
    def _only_declared(self) -> Self:
        named = {name for text in self.texts() for name in names_in(text)}
        if unknown := sorted(named - self.feiten.keys() - _ALWAYS):
            raise ValueError(f"the text names {unknown}: declare them under feiten, or take them out")
        return self

    def texts(self) -> Iterator[str]:
        """Every text of this notice, not filled in."""
        yield from filter(None, (self.titel, self.kort))
        for sectie in self.secties:
            yield from sectie.texts()

    def fill(self, values: Mapping[str, object], told: tuple[Alinea, ...] = ()) -> tuple[str, tuple[Section, ...]]:
        """Title and sections with ``values`` in place.

        Raises:
            jinja2.UndefinedError: a value is missing.
        """
        return fill(self.titel, values), tuple(sectie.fill(values, told) for sectie in self.secties)

    def in_short(self, values: Mapping[str, object]) -> Alinea:
        """Its fact in a sentence.

        Raises:
            NoticeError: it is no message of one rule.
        """
        if self.kort is None:
            raise NoticeError("This message tells of several.", where=self.bericht, todo="Give the message of a rule.")
        return runs(self.kort, values)


def berichten(vorm: Vorm = "brief", aan: Literal["inwoner", "vertegenwoordiger"] = "inwoner") -> tuple[str, ...]:
    """The id of every notice on file that is sent as ``vorm`` to who reads it.

    Raises:
        NoticeError: a template does not fit.
    """
    return tuple(bericht for bericht in _on_file() if (load(bericht).vorm, load(bericht).aan) == (vorm, aan))


def _on_file() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != _STANDARD))


def version(bericht: str) -> str:
    """Which text a notice has: the version of its template, and that of the shared sentences."""
    return f"{load(bericht).versie}.{standard().versie}"


@cache
def standard() -> StandardText:
    """The shared sentences.

    Raises:
        NoticeError: the file does not fit.
    """
    try:
        return StandardText.model_validate(_read(_STANDARD))
    except ValidationError as error:
        raise _does_not_fit(_STANDARD, error) from None


@cache
def load(bericht: str) -> Template:
    """The template with this id, checked.

    Raises:
        NoticeError: there is no such template, or it does not fit.
    """
    if bericht not in (known := _on_file()):
        raise NoticeError("There is no such notice.", where=bericht, todo=f"Use one of: {', '.join(known)}.")
    content = _read(bericht)
    try:
        content["secties"] = [_section(raw) for raw in content.get("secties", ())]
        template = Template.model_validate(content)
    except ValidationError as error:
        raise _does_not_fit(bericht, error) from None
    if template.bericht != bericht:
        raise NoticeError("File name and id differ.", where=bericht, todo="Give both the same name.")
    return template


def _section(raw: Mapping[str, Any]) -> SectionText:
    section = SectionText.model_validate(raw)
    if section.standaard is None:
        return section
    known = standard().secties
    if section.standaard not in known:
        raise NoticeError(
            "There is no such standard section.", where=section.standaard, todo=f"Use one of {sorted(known)}."
        )
    return section.on_top_of(known[section.standaard])


def _read(name: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise NoticeError(f"Template is no YAML: {error}.", where=f"{name}.yaml", todo="Correct the file.") from None
    return content if isinstance(content, dict) else {}


def _does_not_fit(name: str, error: ValidationError) -> NoticeError:
    found = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
    return NoticeError(f"Template does not fit: {found}.", where=f"{name}.yaml", todo="Correct the file.")
