"""A made-up world for tests: a few people, written as deliveries a test can read like a story."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import polars as pl

from contracts.delivery import Delivery, DeliveryKind, Manifest, describe_file, read_manifest, write_manifest
from contracts.tables import TABLES, Bron, tables_of

DAY = date(2026, 11, 3)
GEMEENTE = "9901"


@cache
def _bsns() -> list[str]:
    weights = (9, 8, 7, 6, 5, 4, 3, 2)
    first = (str(number) for number in range(90_000_000, 90_010_000))
    last = ((n, sum(int(d) * w for d, w in zip(n, weights, strict=True)) % 11) for n in first)
    return [f"{n}{check}" for n, check in last if check < 10]


def bsn(number: int) -> str:
    """The ``number``-th made-up burgerservicenummer that passes the elfproef."""
    return _bsns()[number]


def anummer(number: int) -> str:
    return str(1_000_000_000 + number)


@dataclass
class World:
    """Tables of one day. Persons are called by a small number; houses by theirs."""

    day: date = DAY
    rows: dict[str, list[dict[str, str | None]]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def person(self, number: int, house: int | None = None, *, born: str = "19800101", **columns: str | None):
        """Somebody registered at a house since 2022, unless ``columns`` say otherwise."""
        row = {
            "anummer": anummer(number), "burgerservicenummer": bsn(number), "voornamen": "Noor", "geslachtsnaam": "Jansen",
            "aanduiding_naamgebruik": "E", "geslachtsaanduiding": "V", "geboortedatum": born, "indicatie_geheim": "0",
            "gemeente_van_inschrijving": GEMEENTE,
        }  # fmt: skip
        if house is not None:
            row |= {"functie_adres": "W", "datum_aanvang_adreshouding": "20220401", **self.address(house)}
        self.rows["brp_persoon"].append(row | columns)
        return self

    @staticmethod
    def address(house: int) -> dict[str, str | None]:
        return {
            "adresseerbaar_object_id": f"99010100{house:08d}", "nummeraanduiding_id": f"99012000{house:08d}",
            "straatnaam": "Dorpsstraat", "huisnummer": str(house), "postcode": "1234AB", "woonplaats": "Voorbeeldstad",
        }  # fmt: skip

    def uitkering(self, number: int, house: int, partner: int | None = None, **columns: str | None):
        """A running uitkering of a person, at a house, as the dienst knows it."""
        self.rows["uitkering"].append({
            "uitkering_id": f"U-{number}", "dossiernummer": f"D-{number}", "burgerservicenummer": bsn(number),
            "partner_burgerservicenummer": None if partner is None else bsn(partner), "wetcode": "PW",
            "datum_aanvang_uitkering": "2020-01-01", "leefvorm": "01" if partner is None else "09",
            "gemeentecode": GEMEENTE, "postcode": "1234AB", "huisnummer": str(house), "consulent_id": "C-01",
        } | columns)  # fmt: skip
        return self

    def knows(self, client: int, housemate: int | None, rol: str = "KOSTENDELER", **columns: str | None):
        """The dienst knows a housemate of a client."""
        self.rows["bekende_medebewoner"].append({
            "uitkering_id": f"U-{client}", "medebewoner_burgerservicenummer": None if housemate is None else bsn(housemate),
            "rol": rol, "datum_aanvang": "2020-01-01", "vastgesteld_op": "2020-01-15",
        } | columns)  # fmt: skip
        return self

    def related(self, number: int, soort: str, other: int, *, numberless: bool = False, **columns: str | None):
        """The list of a person names another one, who is in this world: by numbers, or by name and birth date only."""
        who = next(row for row in self.rows["brp_persoon"] if row["anummer"] == anummer(other))
        self.rows["brp_relatie"].append({
            "anummer": anummer(number), "burgerservicenummer": bsn(number), "soort": soort,
            "gerelateerde_anummer": None if numberless else who["anummer"],
            "gerelateerde_burgerservicenummer": None if numberless else who["burgerservicenummer"],
            "gerelateerde_geslachtsnaam": who["geslachtsnaam"], "gerelateerde_geboortedatum": who["geboortedatum"],
        } | columns)  # fmt: skip
        return self

    def preference(self, number: int, **columns: str | None):
        """A person asked to be told in some way."""
        wish = {"burgerservicenummer": bsn(number), "kanaal": "POST", "geheimhouding": "2"}
        self.rows["klantvoorkeur"].append(wish | columns)
        return self

    def reported(self, number: int, soort: str, status: str = "ONTVANGEN"):
        """A person reported a change."""
        self.rows["melding"].append({
            "melding_id": f"M-{len(self.rows['melding'])}", "burgerservicenummer": bsn(number), "soort_wijziging": soort,
            "datum_ontvangst": "2026-10-20", "status": status,
        })  # fmt: skip
        return self

    def signal(self, number: int, soort: str, since: str, until: str | None = None, **columns: str | None):
        """The Inlichtingenbureau signals a fact about a person, beside their uitkering."""
        self.rows["ib_samenloopsignaal"].append({
            "leveringsdatum": "20261101", "peilmaand": "2026-10", "gemeentecode": GEMEENTE, "dossiernummer": f"D-{number}",
            "burgerservicenummer": bsn(number), "signaalsoort": soort, "bron": "GEMEENTE", "datum_aanvang_feit": since,
            "datum_aanvang_samenloop": since, "datum_einde_feit": until, "datum_einde_samenloop": until,
            "is_correctie": "2",
        } | columns)  # fmt: skip
        return self

    def norm(self, number: int, cents: int, vanaf: str = "2026-07-01", tot: str | None = None, **columns: str | None):
        """The norm of a period of a person's uitkering."""
        self.rows["uitkeringsperiode"].append({
            "uitkering_id": f"U-{number}", "datum_aanvang_periode": vanaf, "datum_einde_periode": tot,
            "norm_bedrag_cent": str(cents),
        } | columns)  # fmt: skip
        return self

    def enrolled(self, number: int, first: str, last: str | None = None, **columns: str | None):
        """DUO: a person, by number and name, follows a full-time course at a hogeschool."""
        born = next(row["geboortedatum"] for row in self.rows["brp_persoon"] if row["anummer"] == anummer(number))
        self.rows["duo_inschrijving"].append({
            "burgerservicenummer": bsn(number), "voorletters": "N.", "geslachtsnaam": "Jansen", "geboortedatum": born,
            "brin": "21HB", "inschrijvingsvorm": "S", "niveau": "HBO-BA", "onderwijsvorm": "voltijd",
            "datum_inschrijving": first, "datum_aanvang_deelname": first,
            "datum_uitschrijving": last, "datum_einde_deelname": last,
        } | columns)  # fmt: skip
        return self

    def granted(self, number: int, first: str, last: str | None, **columns: str | None):
        """DUO: a person, by number and name, has studiefinanciering."""
        born = next(row["geboortedatum"] for row in self.rows["brp_persoon"] if row["anummer"] == anummer(number))
        self.rows["duo_studiefinanciering"].append({
            "burgerservicenummer": bsn(number), "voorletters": "N.", "geslachtsnaam": "Jansen", "geboortedatum": born,
            "datum_aanvang_toekenning": first, "datum_einde_toekenning": last,
        } | columns)  # fmt: skip
        return self

    def change(self, table: str, key: str, value: str, **columns: str | None):
        """Change the rows of ``table`` where ``key`` is ``value``."""
        for row in self.rows[table]:
            if row[key] == value:
                row.update(columns)
        return self

    def without(self, table: str, key: str, value: str):
        self.rows[table] = [row for row in self.rows[table] if row.get(key) != value]
        return self

    def moved(self, by: int) -> "World":
        """The same people with other numbers and at other houses: each ``by`` further on."""
        places = {}
        for number in range(EACH):
            there = number + by
            places |= {
                bsn(number): bsn(there), anummer(number): anummer(there), f"U-{number}": f"U-{there}",
                f"D-{number}": f"D-{there}", f"M-{number}": f"M-{there}", f"BW-{number}": f"BW-{there}",
                **{value: self.address(there)[name] for name, value in self.address(number).items() if name.endswith("_id")},
            }  # fmt: skip
        return World(self.day, {table: [_moved(row, places, by) for row in rows] for table, rows in self.rows.items()})

    def frame(self, table: str) -> pl.DataFrame:
        columns = TABLES[table].delivered
        return pl.DataFrame(
            [{c: row.get(c) for c in columns} for row in self.rows[table]],
            schema=dict.fromkeys(columns, pl.String),
        )

    def write(
        self,
        leveringen: Path,
        bron: Bron,
        day: date | None = None,
        soort: DeliveryKind = DeliveryKind.VOLLEDIG,
    ) -> Delivery:
        """Write one delivery and return it."""
        day = day or self.day
        folder = leveringen / day.isoformat() / bron
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for table in tables_of(bron):
            if table.optional and not self.rows[table.name]:
                continue
            frame, path = self.frame(table.name), folder / f"{table.name}.csv"
            frame.write_csv(path, separator=";")
            files.append(describe_file(table.name, path, frame.height))
        made = datetime(day.year, day.month, day.day, 2, tzinfo=timezone(timedelta(hours=1)))
        write_manifest(
            folder, Manifest(bron=bron, peildatum=day, geleverd_op=made, soort=soort, bestanden=tuple(files))
        )
        return read_manifest(folder)

    def write_all(self, leveringen: Path, day: date | None = None) -> list[Delivery]:
        return [self.write(leveringen, bron, day) for bron in (Bron.UITKERINGSGEGEVENS, Bron.BRP)]


#: So many numbers each world has for itself in a town of several.
EACH = 20


def _moved(row: dict[str, str | None], places: dict[str | None, str], by: int) -> dict[str, str | None]:
    return {
        name: str(int(value) + by) if name == "huisnummer" and value else places.get(value, value)
        for name, value in row.items()
    }


def side_by_side(worlds: Iterable[World]) -> World:
    """Several worlds in one town, none of whom knows another: one night for all of them."""
    whole = World()
    for place, world in enumerate(worlds):
        for table, rows in world.moved(EACH * place).rows.items():
            whole.rows[table] += rows
    return whole


def place_of(dossiernummer: str) -> int:
    """Which of the worlds that stand side by side a dossier is of."""
    return int(dossiernummer.removeprefix("D-")) // EACH


def town() -> World:
    """Client 1 alone at house 1, among twenty others: a town of two that loses one would close the gate."""
    world = alone()
    for number in range(10, 30):
        world.person(number, house=number)
    return world


def alone() -> World:
    """Client 1 lives alone at house 1; the dienst knows no better."""
    return World().person(1, house=1).uitkering(1, house=1)
