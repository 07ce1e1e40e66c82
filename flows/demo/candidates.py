"""Which dossiers a plant may choose from."""

import polars as pl

from flows.demo.town import Town

#: Whom a plant may choose: a running uitkering without anything that changes what the dienst would do.
ORDINARY = pl.col("actief") & pl.col("gewoon") & ~pl.col("jong")
ALONE = ORDINARY & (pl.col("personen") == 1)
COUPLE = ORDINARY & pl.col("partner_nr").is_not_null() & (pl.col("kostendelers") == 0)
ONE_KOSTENDELER = ORDINARY & (pl.col("kostendelers") == 1)
WITH_BAG = ORDINARY & pl.col("bag")
WITHOUT_SUFFIX = ORDINARY & pl.col("los")
YOUNG_ALONE = pl.col("actief") & pl.col("gewoon") & pl.col("jong") & (pl.col("personen") == 1)
#: A parent without a partner, and the minor children.
ONE_CHILD = ORDINARY & (pl.col("leefvorm") == "02") & (pl.col("minderjarigen") == 1)
TWO_CHILDREN = ORDINARY & (pl.col("leefvorm") == "02") & (pl.col("minderjarigen") == 2)  # noqa: PLR2004
CHILDLESS_COUPLE = COUPLE & (pl.col("personen") == 2)  # noqa: PLR2004
FINISHED = ~pl.col("actief")


def candidates(town: Town) -> pl.DataFrame:
    """One row a dossier, with what plants choose on."""
    person = town.persoon.select("nr", "leeftijd")
    secret = (pl.col("indicatie_geheim") != "0").any()
    minor = (pl.col("plaats") == "kind") & pl.col("rol").is_null()
    house = town.persoon.group_by("huishouden").agg(personen=pl.len(), geheim=secret, minderjarigen=minor.sum())
    sharing = (
        town.medebewoner.filter(pl.col("rol") == "KOSTENDELER").group_by("uitkering_id").agg(kostendelers=pl.len())
    )
    # A wish that says "onbekend" about secrecy is left out too: careful and plain would differ there.
    asked = (pl.col("kanaal") == "BELLEN") | (pl.col("hulp_bij_lezen") == "1")
    special = town.voorkeur.filter(
        (pl.col("geheimhouding") != "2") | pl.col("bewindvoerder_of_gemachtigde").is_not_null() | asked
    ).select("nr", bijzonder=pl.lit(True))
    loose = pl.col("huisletter").is_null() & pl.col("huisnummertoevoeging").is_null()
    # What somebody reported and the dienst has not dealt with yet may be just what a plant is about.
    pending = town.melding.filter(pl.col("status") != "VERWERKT").select("nr", gemeld=pl.lit(True)).unique()
    homes = town.woningen.select("woning", bag=pl.col("nummeraanduiding_id").is_not_null(), los=loose)
    plain = (pl.col("wetcode") == "PW") & (pl.col("indicatie_blokkering") == "2")
    open_to_all = ~pl.col("geheim") & pl.col("bijzonder").is_null() & pl.col("gemeld").is_null()
    return (
        town.uitkering.join(person, on="nr", how="left", maintain_order="left")
        .join(house, on="huishouden", how="left", maintain_order="left")
        .join(sharing, on="uitkering_id", how="left", maintain_order="left")
        .join(special, on="nr", how="left", maintain_order="left")
        .join(pending, on="nr", how="left", maintain_order="left")
        .join(homes, on="woning", how="left", maintain_order="left")
        .with_columns(
            pl.col("kostendelers").fill_null(0),
            gewoon=plain & open_to_all,
            actief=pl.col("datum_einde_uitkering").is_null(),
        )
    )
