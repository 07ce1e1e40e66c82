"""What the warehouse holds about one person: for each table which rows are theirs, and which columns are about them.

An allow-list: a table or column that stands nowhere here is not given, and a test asks for each. What is about somebody
else (a partner's number on somebody's own list) is named too, so that it was decided and not forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from contracts.tables import TABLES
from store.subject import Subject
from store.warehouse import Warehouse


@dataclass(frozen=True)
class Part:
    """Some rows of a table that are about somebody.

    Attributes:
        waarom: why, as a Dutch sentence to who it is about.
        where: SQL, with the parameters of ``_params``.
        columns: what of them is about this person.
        de_ander: whether "the other" in what a column means is this person.
    """

    waarom: str
    where: str
    columns: frozenset[str]
    de_ander: bool = False


def _all_but(table: str, *others: str) -> frozenset[str]:
    return frozenset(TABLES[table].columns) - set(others) - _KEYS


#: Columns that name a row inside Tijdig and say nothing.
_KEYS: Final = frozenset({"signaal_sleutel", "inkomsten_sleutel", "wie_sleutel"})
_NAMES: Final = ("voorletters", "voorvoegsel", "geslachtsnaam", "geboortedatum")
#: A row with a number that is yours and a birth date that is not is somebody else's: a number can be mistyped.
_MINE: Final = (
    "burgerservicenummer = $bsn and coalesce(geboortedatum = $geboren or $geboren is null "
    "or substr(geboortedatum, 5, 4) = '0000' and substr(geboortedatum, 1, 4) = substr($geboren, 1, 4), true)"
)
#: Without a number: the same surname, birth date and first initial, which nobody else in the BRP here has.
_NAMED: Final = (
    "{bsn} is null and $enige and lower({naam}) = lower($naam) and {geboren} = $geboren "
    "and lower(substr({letters}, 1, 1)) = lower(substr($voornamen, 1, 1))"
)
_BY_NAME: Final = _NAMED.format(
    bsn="burgerservicenummer", naam="geslachtsnaam", geboren="geboortedatum", letters="voorletters"
)


def _of(table: str, *named: Part) -> tuple[Part, ...]:
    """A delivery of which each row is about one person."""
    columns = _all_but(table)
    return (
        Part("Deze rijen hebben uw BSN.", _MINE, columns),
        Part("Deze rijen hebben geen BSN, maar wel uw naam en geboortedatum.", _BY_NAME, columns),
        *named,
    )


_RELATION: Final = frozenset({
    "soort", "soort_verbintenis", "datum_sluiting", "datum_ontbinding", "reden_ontbinding", "aanduiding_in_onderzoek",
})  # fmt: skip
_RELATED: Final = frozenset(name for name in TABLES["brp_relatie"].columns if name.startswith("gerelateerde_"))
_PARTNER: Final = frozenset({
    "dossiernummer", "partner_burgerservicenummer", "partner_rechthebbend", "wetcode", "datum_aanvang_uitkering",
    "datum_einde_uitkering", "leefvorm",
})  # fmt: skip
_BOTH: Final = (
    "list_contains($partner_van, uitkering_id) and uitkering_id in "
    "(select uitkering_id from uitkering where partner_burgerservicenummer = $bsn and partner_rechthebbend = '1')"
)
_BETREFT: Final = tuple(f"betreft_{name}" for name in _NAMES)

#: Of each table of a delivery the rows that are about somebody.
ROWS: Final[dict[str, tuple[Part, ...]]] = {
    "brp_persoon": (Part("Dit is uw persoonslijst.", "list_contains($anummers, anummer)", _all_but("brp_persoon")),),
    "brp_relatie": (
        Part(
            "Dit staat op uw persoonslijst. Wie de ander is, leest u bij de gemeente.",
            "list_contains($anummers, anummer)", _RELATION | {"anummer", "burgerservicenummer"},
        ),
        Part(
            "Dit staat over u op de persoonslijst van iemand anders.",
            "(list_contains($anummers, gerelateerde_anummer) or gerelateerde_burgerservicenummer = $bsn) "
            "and coalesce(gerelateerde_geboortedatum = $geboren, $geboren is null) "
            "and coalesce(gerelateerde_burgerservicenummer = $bsn, true) "
            "and (len($anummers) = 0 or coalesce(list_contains($anummers, gerelateerde_anummer), true))",
            _RELATED | _RELATION, de_ander=True,
        ),
    ),
    "uitkering": (
        Part(
            "Dit is uw uitkering. Wie uw partner is, staat er niet bij.", "burgerservicenummer = $bsn",
            _all_but("uitkering", "partner_burgerservicenummer", "consulent_id"),
        ),
        Part("U staat als partner bij deze uitkering.", "partner_burgerservicenummer = $bsn", _PARTNER),
    ),
    "uitkeringsperiode": (
        Part("Dit hoort bij uw uitkering.", "list_contains($uitkeringen, uitkering_id)", _all_but("uitkeringsperiode")),
        Part("Dit hoort bij de uitkering die u samen heeft.", _BOTH, _all_but("uitkeringsperiode")),
    ),
    "bekende_medebewoner": (
        Part(
            "De dienst kent u als huisgenoot van iemand met een uitkering.",
            f"medebewoner_burgerservicenummer = $bsn or ({_NAMED})".format(
                bsn="medebewoner_burgerservicenummer", naam="medebewoner_geslachtsnaam",
                geboren="medebewoner_geboortedatum", letters="medebewoner_voorletters",
            ),
            _all_but("bekende_medebewoner", "uitkering_id"),
        ),
    ),
    "melding": (Part("U gaf dit zelf door.", "burgerservicenummer = $bsn", _all_but("melding")),),
    "klantvoorkeur": (
        Part(
            "Dit zijn uw wensen over het contact. Wie er voor u optreedt, staat er niet bij.",
            "burgerservicenummer = $bsn", _all_but("klantvoorkeur", "bewindvoerder_of_gemachtigde"),
        ),
    ),
    "vertegenwoordiger": (
        Part(
            "Iemand treedt voor u op. De naam staat er niet bij: die kent u, en het is een gegeven van een ander.",
            "verwijzing in (select bewindvoerder_of_gemachtigde from klantvoorkeur where burgerservicenummer = $bsn)",
            frozenset({"soort", "datum_einde"}),
        ),
    ),
    "vordering": (
        Part("Dit is een vordering in uw dossier.", "list_contains($dossiers, dossiernummer)", _all_but("vordering")),
    ),
    "ib_samenloopsignaal": (
        Part(
            "Dit gaat over u.",
            "burgerservicenummer = $bsn and betreft_burgerservicenummer is null and betreft_geslachtsnaam is null",
            _all_but("ib_samenloopsignaal", "betreft_burgerservicenummer", *_BETREFT),
        ),
        Part(
            "Dit gaat over u, bij de uitkering van uzelf of van iemand anders.",
            "betreft_burgerservicenummer = $bsn "
            "and coalesce(betreft_geboortedatum = $geboren or $geboren is null, true)",
            _all_but("ib_samenloopsignaal", "burgerservicenummer", "dossiernummer"),
        ),
    ),
    "inkomsten_uwv": _of("inkomsten_uwv"),
    "duo_inschrijving": _of("duo_inschrijving"),
    "duo_studiefinanciering": _of("duo_studiefinanciering"),
}  # fmt: skip
#: Why no row of another table of the warehouse is given: it names nobody, or only the row that is given already.
NOBODY: Final = {
    "levering": "deliveries, by number and day; those of a row stand beside it",
    "afkeur": "line numbers and codes of rejected rows, without a value",
    "opmerking": "counts and codes",
    "onvolledig": "keys of rows that are given where they could be read; which of them, is told as a count",
    "genoemd": "keys of rows that are given",
    "inrichting": "the layout of the file",
}


@dataclass(frozen=True, repr=False)
class Held:
    """What a row says, on which days, and from which delivery; ``tot`` None = it is so still."""

    waarden: dict[str, str | None]
    van: date
    tot: date | None
    geleverd_op: datetime
    levering_id: str


def rows_of(warehouse: Warehouse, who: Subject) -> Iterator[tuple[str, Part, list[Held]]]:
    """Every row about somebody, by table and why it is theirs; what was said again and again stands there once."""
    params = _params(warehouse, who)
    for table, parts in ROWS.items():
        for part in parts:
            if found := _read(warehouse, table, part, params):
                yield table, part, found


def unread_about(warehouse: Warehouse, who: Subject) -> int:
    """How many rows about somebody could not be read, or were not confirmed, by what is known of whom."""
    keys = [*who.anummers, *who.uitkeringen, *((who.bsn,) if who.bsn else ())]
    sql = "select count(*) as aantal from onvolledig where tot is null and list_contains($sleutels, over)"
    return int(warehouse.read(sql, {"sleutels": keys})["aantal"][0])


def _read(warehouse: Warehouse, table: str, part: Part, params: dict[str, Any]) -> list[Held]:
    names = [name for name in TABLES[table].columns if name in part.columns]
    columns = ", ".join(f"t.{name}" for name in names)
    sql = (
        f"select {columns}, min(t.peil_van) as vanaf, "
        "case when bool_or(t.tot is null and t.peil_tot is null) then null else max(coalesce(t.peil_tot, e.peildatum)) "
        "end as tot_op, arg_max(l.geleverd_op, l.volgnr) as geleverd_op, "
        "arg_max(l.levering_id, l.volgnr) as levering_id "
        f"from (select * from {table} where {part.where}) as t join levering as l on l.volgnr = t.van "
        "left join levering as e on e.volgnr = t.tot "
        f"group by {columns} order by tot_op desc nulls first, vanaf desc, {columns}"
    )
    return [
        Held({name: row[name] for name in names}, *(row[name] for name in ("vanaf", "tot_op", *_DELIVERED)))
        for row in warehouse.read(sql, params).iter_rows(named=True)
    ]


_DELIVERED: Final = ("geleverd_op", "levering_id")


def _params(warehouse: Warehouse, who: Subject) -> dict[str, Any]:
    """What the parts ask of a person: numbers, and name and birth date where nobody else here has the same."""
    own = warehouse.read(
        "select geslachtsnaam, voornamen, geboortedatum from brp_persoon where list_contains($anummers, anummer) "
        "order by tot nulls first, van desc limit 1", {"anummers": list(who.anummers)},
    )  # fmt: skip
    naam, voornamen, geboren = own.row(0) if own.height else (None, None, None)
    same = warehouse.read(
        "select count(distinct anummer) as aantal from brp_persoon where lower(geslachtsnaam) = lower($naam) "
        "and geboortedatum = $geboren", {"naam": naam, "geboren": geboren},
    )  # fmt: skip
    return {
        "bsn": who.bsn, "anummers": list(who.anummers), "uitkeringen": list(who.uitkeringen),
        "partner_van": list(who.partner_van), "dossiers": list(who.dossiers), "naam": naam, "voornamen": voornamen,
        "geboren": geboren, "enige": same["aantal"][0] == 1 and bool(voornamen),
    }  # fmt: skip


def names_of_others(warehouse: Warehouse, who: Subject) -> frozenset[str]:
    """Names and numbers of everybody here who is connected with somebody: on an address, list or dossier of theirs.

    For holding back words that a colleague typed: what is the same as a name of their own is not among them.
    """
    frame = warehouse.read(_OTHERS, _params(warehouse, who))
    parts = (part for row in frame.iter_rows() for value in row if value for part in str(value).split())
    own = warehouse.read(
        "select voornamen, geslachtsnaam, voorvoegsel from brp_persoon where list_contains($anummers, anummer)",
        {"anummers": list(who.anummers)},
    )  # fmt: skip
    mine = {part.casefold() for row in own.iter_rows() for value in row if value for part in str(value).split()}
    return frozenset(part.casefold() for part in parts if len(part) > 2) - mine - {who.bsn or ""}  # noqa: PLR2004


_OTHERS: Final = """
with adres as (
    select adresseerbaar_object_id as sleutel from brp_persoon where list_contains($anummers, anummer)
)
select voornamen, geslachtsnaam, burgerservicenummer from brp_persoon
where not list_contains($anummers, anummer)
    and (adresseerbaar_object_id in (select sleutel from adres where sleutel is not null)
        or anummer in (select gerelateerde_anummer from brp_relatie where list_contains($anummers, anummer)))
union
select null, gerelateerde_geslachtsnaam, gerelateerde_burgerservicenummer from brp_relatie
where list_contains($anummers, anummer)
union
select null, medebewoner_geslachtsnaam, medebewoner_burgerservicenummer from bekende_medebewoner
where list_contains($uitkeringen, uitkering_id)
union
select null, null, unnest([burgerservicenummer, partner_burgerservicenummer]) from uitkering
where list_contains($uitkeringen || $partner_van, uitkering_id)
"""
