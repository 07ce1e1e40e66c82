"""The law on children and partners once more: what the files of a demo night show of R07 to R12, in plain polars.

``rows`` are the running uitkeringen with ``thuis``, the address of the belanghebbende; ``everybody`` the persons of the
BRP with theirs; ``known`` the housemates the dienst has now. Numbers count; where a list gives none, who is named is
looked for at the address by surname and birth date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

PARENTS, SINGLE, MARRIED = ["ouder1", "ouder2"], ["01", "02"], ["08", "09"]
JUDGED = ["COMMERCIELE_RELATIE", "TIJDELIJK_VERBLIJF", "OVERIG_UITGEZONDERD"]
#: The postcode of the institutions of the demo.
INSTITUTION = "1241AA"


@dataclass
class Family:
    """One night."""

    night: dict[str, pl.DataFrame]
    rows: pl.DataFrame
    everybody: pl.DataFrame
    known: pl.DataFrame
    day: date

    def __post_init__(self):
        born = pl.col("geboortedatum").str.to_date("%Y%m%d", strict=False)
        self.persons = self.everybody.select(
            "anummer", "geslachtsnaam", "geboortedatum", "thuis", "land_adres_buitenland", "datum_overlijden", "postcode",
            bsn="burgerservicenummer", op_18=born.dt.offset_by("18y"),
        )  # fmt: skip
        number = self.persons.select(burgerservicenummer="bsn", klant="anummer")
        partner = self.persons.select(partner_burgerservicenummer="bsn", partner="anummer")
        rows = self.rows.join(number, on="burgerservicenummer", how="left")
        self.clients = rows.join(partner, on="partner_burgerservicenummer", how="left").select(
            "uitkering_id", "dossiernummer", "leefvorm", "datum_aanvang_uitkering", "klant", "partner", "thuis"
        )
        known = self.known.join(self.persons, on="bsn").select("uitkering_id", "rol", "anummer", "op_18")
        self.housemates = known

    # -- who is family of whom ---------------------------------------------------------------------------

    def related(self, *soorten: str) -> pl.DataFrame:
        """``een`` has ``ander`` on the list as such; ``op_naam``: at the same address, by name and birth date only."""
        lists = self.night["brp_relatie"].filter(pl.col("soort").is_in(soorten))
        dates = ("datum_sluiting", "datum_ontbinding")
        numbered = lists.filter(pl.col("gerelateerde_anummer").is_not_null()).select(
            *dates, een="anummer", ander="gerelateerde_anummer", op_naam=pl.lit(value=False)
        )
        here = self.persons.select("anummer", "thuis").drop_nulls()
        named = lists.filter(pl.col("gerelateerde_anummer").is_null()).join(here, on="anummer")
        other = self.persons.select(
            "thuis",
            ander="anummer",
            gerelateerde_geslachtsnaam="geslachtsnaam",
            gerelateerde_geboortedatum="geboortedatum",
        )
        named = named.join(other, on=["thuis", "gerelateerde_geslachtsnaam", "gerelateerde_geboortedatum"])
        named = named.filter(pl.col("ander") != pl.col("anummer"))
        return pl.concat([numbered, named.select(*dates, een="anummer", ander="ander", op_naam=pl.lit(value=True))])

    def parenthood(self) -> pl.DataFrame:
        """``ouder`` and ``kind``, by the list of either."""
        own = self.related("kind").select(ouder="een", kind="ander", op_naam="op_naam")
        theirs = self.related(*PARENTS).select(ouder="ander", kind="een", op_naam="op_naam")
        return pl.concat([own, theirs]).group_by("ouder", "kind").agg(pl.col("op_naam").all())

    def children(self) -> pl.DataFrame:
        """One row a dossier and a child of either partner, or known as KIND: where it lives and when it turns 18."""
        parents = pl.concat([
            self.clients.select("uitkering_id", ouder="klant"), self.clients.select("uitkering_id", ouder="partner"),
        ]).drop_nulls()  # fmt: skip
        mine = parents.join(self.parenthood(), on="ouder").select("uitkering_id", "kind", "op_naam")
        told = self.housemates.filter(rol="KIND").select("uitkering_id", kind="anummer", op_naam=pl.lit(value=False))
        both = pl.concat([mine, told]).group_by("uitkering_id", "kind").agg(pl.col("op_naam").all())
        child = self.persons.select("op_18", "datum_overlijden", kind="anummer", kind_thuis="thuis")
        rows = self.clients.join(both, on="uitkering_id").join(child, on="kind")
        here = (pl.col("thuis") == pl.col("kind_thuis")).fill_null(value=False)
        counted = self.housemates.filter(pl.col("rol") == "KIND", pl.col("op_18") > self.day)["uitkering_id"].implode()
        minor = pl.col("op_18") > self.day
        return rows.with_columns(here=here, minor=minor, counted=pl.col("uitkering_id").is_in(counted)).with_columns(
            minor_here=(here & minor).any().over("uitkering_id"),
            minor_away=(~here & minor).any().over("uitkering_id"),
            last=pl.col("op_18").filter(here).max().over("uitkering_id"),
        )

    # -- the rules ---------------------------------------------------------------------------------------

    def turning_18(self) -> pl.DataFrame:
        soon = pl.col("minor") & (pl.col("op_18") <= self.day + timedelta(days=90))
        past = ~pl.col("minor") & ~pl.col("minor_here") & ~pl.col("minor_away") & (pl.col("op_18") == pl.col("last"))
        one_parent = pl.col("leefvorm") == "02"
        found = self.children().filter("here", (soon & (one_parent | pl.col("counted"))) | (past & one_parent))
        return found.unique(["dossiernummer", "op_18"])

    def new_children(self) -> pl.DataFrame:
        rows = self.children().filter("here", "minor", ~pl.col("counted"), leefvorm="01")
        looked_at = self.housemates.select("uitkering_id", kind="anummer")
        return rows.join(looked_at, on=["uitkering_id", "kind"], how="anti")

    def departed_children(self) -> pl.DataFrame:
        gone = self.children().filter("minor_away", ~pl.col("minor_here"), leefvorm="02")
        return gone.filter(pl.col("thuis").is_not_null()).unique("dossiernummer")

    def singles(self) -> pl.DataFrame:
        couple = self.housemates.filter(rol="PARTNER")
        alone = self.clients.filter(pl.col("partner").is_null(), pl.col("leefvorm").is_in(SINGLE))
        return alone.join(couple, on="uitkering_id", how="anti")

    def marriages(self) -> pl.DataFrame:
        """Of singles whose marriage has not ended: those begun during the uitkering, or who live with the other."""
        other = self.persons.select(ander="anummer", ander_thuis="thuis")
        rows = self.singles().join(self.marriages_of("klant"), on="klant").join(other, on="ander", how="left")
        lasting = rows.filter(pl.col("datum_ontbinding").is_null())
        begun = pl.col("datum_aanvang_uitkering").str.replace_all("-", "")
        return lasting.filter((pl.col("datum_sluiting") > begun) | (pl.col("thuis") == pl.col("ander_thuis")))

    def marriages_of(self, name: str) -> pl.DataFrame:
        """Every marriage on a list, also with who is not in the files."""
        lists = self.night["brp_relatie"].filter(soort="partner")
        found = self.related("partner").select(pl.col("een").alias(name), "ander", "op_naam")
        dates = lists.select(pl.col("anummer").alias(name), "datum_sluiting", "datum_ontbinding")
        return dates.join(found, on=name, how="left")

    def parted(self) -> pl.DataFrame:
        """Of couples of whom nobody died: who live apart, or divorced during the uitkering."""
        other = self.persons.select(
            "land_adres_buitenland", partner="anummer", ander_thuis="thuis", ander_postcode="postcode",
            ander_dood=pl.col("datum_overlijden").is_not_null(),
        )  # fmt: skip
        couples = self.clients.join(other, on="partner").filter(~pl.col("ander_dood"), pl.col("thuis").is_not_null())
        apart = (pl.col("thuis") != pl.col("ander_thuis")) | pl.col("land_adres_buitenland").is_not_null()
        begun = pl.col("datum_aanvang_uitkering").str.replace_all("-", "")
        ended = self.related("partner").select("datum_ontbinding", "op_naam", klant="een", partner="ander").unique()
        rows = couples.join(ended, on=["klant", "partner"], how="left").with_columns(apart=apart.fill_null(value=False))
        divorced = pl.col("leefvorm").is_in(MARRIED) & (pl.col("datum_ontbinding") > begun)
        return rows.filter(pl.col("apart") | divorced.fill_null(value=False))

    def tied(self) -> pl.DataFrame:
        """Singles and who lives with them: formerly married, or the other parent of a child."""
        resident = self.persons.select("thuis", bewoner="anummer").drop_nulls()
        pairs = self.singles().join(resident, on="thuis").filter(pl.col("klant") != pl.col("bewoner"))
        former = self.related("partner").filter(pl.col("datum_ontbinding").is_not_null())
        former = former.select("op_naam", klant="een", bewoner="ander")
        one, other = self.parenthood(), self.parenthood().rename({"ouder": "bewoner"})
        shared = one.join(other, on="kind").select("op_naam", "bewoner", klant="ouder")
        family = self.related("kind", *PARENTS).select(klant="een", bewoner="ander")
        ties = (
            pl.concat([former, shared.select(former.columns)]).group_by("klant", "bewoner").agg(pl.col("op_naam").all())
        )
        return pairs.join(ties, on=["klant", "bewoner"]).join(family, on=["klant", "bewoner"], how="anti")

    def findings(self) -> dict[str, pl.DataFrame]:
        """By rule one row a finding."""
        return {
            "R07": self.turning_18(),
            "R08": self.new_children(),
            "R09": self.departed_children(),
            "R10": self.marriages(),
            "R11": self.parted(),
            "R12": self.tied(),
        }

    # -- what stands in the way --------------------------------------------------------------------------

    def reasons(self, unknown: pl.DataFrame) -> dict[str, list[pl.DataFrame]]:
        """By reden the dossiers that give occasion for it; ``unknown``: residents the dienst does not know (``bsn``)."""
        since = f"{self.day - timedelta(days=365):%Y%m%d}"
        mourning = self.children().filter(pl.col("datum_overlijden") > since)
        younger = self.turning_18().filter("minor_here", pl.col("op_18") != pl.col("last"))
        many = self.everybody.group_by("thuis").len().filter(pl.col("len") > 12)["thuis"].implode()
        sheltered = self.parted().filter(pl.col("ander_thuis").is_in(many) | (pl.col("ander_postcode") == INSTITUTION))
        spouse = self.persons.select("bsn", ander="anummer").join(self.marriages(), on="ander")
        judged = self.housemates.filter(pl.col("rol").is_in(JUDGED)).select("uitkering_id", bewoner="anummer")
        by_name = [rows.filter("op_naam") for rows in (self.new_children(), self.tied())]
        divorced = self.parted().filter("op_naam", ~pl.col("apart"))
        return {
            "rouw": [mourning],
            "ander_kind": [younger],
            "tijdelijk_elders": [sheltered],
            "echtgenoot": [
                spouse.join(unknown.select("dossiernummer", "bsn"), on=["dossiernummer", "bsn"], how="semi")
            ],
            "al_bekeken": [self.tied().join(judged, on=["uitkering_id", "bewoner"], how="semi")],
            "verjaardag_geweest": [self.turning_18().filter(~pl.col("minor"))],
            "koppeling_onzeker": [*by_name, divorced],
        }
