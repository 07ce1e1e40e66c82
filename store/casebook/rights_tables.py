"""The tables of what inwoners asked about their own data."""

import sqlalchemy as sa

from contracts.rechten import Verzoekdaad, Verzoeksoort, Verzoekstand
from store.casebook.tables import DOOR, metadata, one_of

#: A request: of somebody with a dossier, of somebody the BRP knows, or of both.
request = sa.Table(
    "request", metadata,
    sa.Column("verzoek_id", sa.String(20), primary_key=True),
    sa.Column("soort", sa.String(20), one_of("soort", Verzoeksoort), nullable=False),
    sa.Column("stand", sa.String(12), one_of("stand", Verzoekstand), nullable=False, index=True),
    sa.Column("dossiernummer", sa.String(40), index=True),
    sa.Column("persoon_sleutel", sa.String(16), index=True),
    sa.Column("gegeven", sa.String(30)),
    sa.Column("ontvangen", sa.Date, nullable=False),
    sa.Column("uiterlijk", sa.Date, nullable=False),
    sa.Column("verlengd_op", sa.Date),
    sa.Column("afgerond_op", sa.Date),
    sa.Column("toelichting", sa.Text, nullable=False),
    sa.CheckConstraint("dossiernummer is not null or persoon_sleutel is not null"),
)  # fmt: skip

#: What was done with a request; rows are only ever added.
request_event = sa.Table(
    "request_event", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("verzoek_id", sa.ForeignKey("request.verzoek_id"), nullable=False, index=True),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("wat", sa.String(12), one_of("wat", Verzoekdaad), nullable=False),
    sa.Column("tekst", sa.Text, nullable=False),
)  # fmt: skip
