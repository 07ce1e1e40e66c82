"""A notice as it lies on file: YAML, in which each text is a small Jinja2 template.

The YAML is read before anything is filled in, so whatever a name or a fact holds, it can't change structure.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.notice import Alinea, NoticeError, Section
from contracts.tables import Bron
from notifications.text import fill, names_in, runs

FOLDER = Path(__file__).parent / "templates"
_STANDARD = "standaardzinnen"
#: What every text may name beside the facts of its own template: the House and the code to answer with.
_ALWAYS = frozenset({"huis", "code"})


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


class StandardText(_Model):
    """``standaardzinnen.yaml``: the sentences every notice shares."""

    versie: Annotated[int, Field(ge=1)]
    groet: str
    functie: str
    secties: dict[str, SectionText]


class Template(_Model):
    """One notice on file, its standard sections put in; ``feiten`` are the only facts it may hold.

    Attributes:
        regel: the rule whose message it is; None = it tells of several findings, or reminds of them.
        bron: the source that told of its fact: the day of that delivery is ``leverdatum``.
        kort: its fact in a sentence, for a letter about several.
        vrolijk: it would hurt where a child is placed elsewhere.
        herinnert: who does not answer gets a reminder before somebody calls.
    """

    bericht: str
    regel: str | None = None
    versie: Annotated[int, Field(ge=1)]
    bron: Bron = Bron.BRP
    feiten: dict[str, Literal["datum", "tekst"]]
    titel: str
    kort: str | None = None
    vrolijk: bool = False
    herinnert: bool = False
    secties: tuple[SectionText, ...]

    @model_validator(mode="after")
    def _tells_of_one_or_of_several(self) -> Self:
        several = any(sectie.onderdelen for sectie in self.secties)
        if several is not (self.regel is None) or several is (self.kort is not None):
            raise ValueError("a message of a rule has `kort`; another has a section with `onderdelen` instead")
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


def berichten() -> tuple[str, ...]:
    """The id of every notice on file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != _STANDARD))


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
    if bericht not in berichten():
        raise NoticeError("There is no such notice.", where=bericht, todo=f"Use one of: {', '.join(berichten())}.")
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
