"""The casebook as the first release made it.

This never changes: a casebook that was made by it must always be able to go on from here. So it imports nothing of
today's tables; what belongs to a value today can't reach back.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT: Final = sa.DateTime(timezone=True)
_ONLY_ADDED: Final = "the audit log is only added to"
#: The number that stood in the place of a revision until then.
_LAYOUT: Final = 11


def upgrade() -> None:
    """Make every table, and the first line of what has one."""
    op.create_table("layout", sa.Column("versie", sa.Integer, primary_key=True))
    op.execute(f"insert into layout (versie) values ({_LAYOUT})")
    for make in (_findings, _tasks, _staff, _open_klant, _notices, _desk, _rights):
        make()
    op.execute(f"insert into audit_head (nr, volgnr, hash) values (1, 0, '{'0' * 64}')")
    _guard_audit()


def _one_of(name: str, *values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} in ({', '.join(repr(value) for value in values)})")


def _guard_audit() -> None:
    """The database itself refuses to change or remove a line."""
    refuse = f"select raise(abort, '{_ONLY_ADDED}')"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"create trigger audit_update before update on audit begin {refuse}; end")
        op.execute(f"create trigger audit_delete before delete on audit begin {refuse}; end")
        return
    op.execute(
        "create or replace function audit_only_added() returns trigger language plpgsql as "
        f"$$ begin raise exception '{_ONLY_ADDED}'; end $$"
    )
    op.execute(
        "create trigger audit_only_added before update or delete or truncate on audit "
        "for each statement execute function audit_only_added()"
    )


def _findings() -> None:
    op.create_table(
        "finding",
        sa.Column("signaal_id", sa.String(40), primary_key=True),
        sa.Column("regel", sa.String(4), nullable=False),
        sa.Column("regelversie", sa.String(20), nullable=False),
        sa.Column("dossiernummer", sa.String(40), nullable=False),
        sa.Column("richting", sa.String(10), nullable=False),
        sa.Column("feitdatum", sa.Date),
        sa.Column("advies", sa.String(12), nullable=False),
        sa.Column("reden", sa.String(30)),
        sa.Column("status", sa.String(15), nullable=False),
        sa.Column("eerste_nacht", sa.Date, nullable=False),
        sa.Column("laatste_nacht", sa.Date, nullable=False),
        sa.Column("gesloten_op", sa.Date),
        sa.Column("heropend", sa.Integer, nullable=False),
        sa.Column("beperkt", sa.Boolean, nullable=False),
        sa.Column("inhoud", sa.JSON, nullable=False),
        _one_of("status", "nieuw", "lopend", "aangekondigd", "beantwoord", "afgesloten", "vervallen", "heropend"),
    )
    op.create_index("ix_finding_dossiernummer", "finding", ["dossiernummer"])
    op.create_index("ix_finding_eerste_nacht", "finding", ["eerste_nacht"])
    op.create_index("ix_finding_gesloten_op", "finding", ["gesloten_op"])
    op.create_index("ix_finding_laatste_nacht", "finding", ["laatste_nacht"])
    op.create_index("ix_finding_status", "finding", ["status"])
    op.create_table(
        "history",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("van", sa.String(15)),
        sa.Column("naar", sa.String(15), nullable=False),
        sa.Column("waarom", sa.String(20), nullable=False),
        sa.Column("nacht", sa.Date, nullable=False),
        sa.Column("feitdatum", sa.Date),
        sa.Column("door", sa.String(40)),
        sa.Column("moment", _MOMENT),
        sa.Column("uitkomst", sa.String(30)),
        sa.Column("tot", sa.Date),
    )
    op.create_index("ix_history_nacht", "history", ["nacht"])
    op.create_index("ix_history_signaal_id", "history", ["signaal_id"])
    op.create_table(
        "receipt",
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), primary_key=True),
        sa.Column("nacht", sa.Date, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("blijft", sa.Boolean, nullable=False),
        sa.Column("inhoud", sa.JSON, nullable=False),
    )
    op.create_index("ix_receipt_nacht", "receipt", ["nacht"])
    op.create_table(
        "night",
        sa.Column("peildatum", sa.Date, primary_key=True),
        sa.Column("bijgewerkt_op", _MOMENT, nullable=False),
        sa.Column("tellingen", sa.JSON, nullable=False),
    )
    op.create_table(
        "link_decision",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("links_sleutel", sa.String(16), nullable=False),
        sa.Column("rechts_sleutel", sa.String(16), nullable=False),
        sa.Column("inhoud", sa.String(64), nullable=False),
        sa.Column("zelfde", sa.Boolean, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("na_nacht", sa.Date, nullable=False),
        sa.Column("besloten_op", _MOMENT, nullable=False),
    )
    op.create_table(
        "oordeel",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("bewust", sa.String(10), nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("impact", sa.Text, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("na_nacht", sa.Date, nullable=False),
        sa.Column("toets", sa.JSON, nullable=False),
        _one_of("bewust", "ja", "nee", "onbekend"),
        sa.CheckConstraint("trim(context) <> ''"),
        sa.CheckConstraint("trim(door) <> ''"),
        sa.CheckConstraint("trim(impact) <> ''"),
    )
    op.create_index("ix_oordeel_signaal_id", "oordeel", ["signaal_id"])


def _tasks() -> None:
    op.create_table(
        "task",
        sa.Column("taak_id", sa.String(40), primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("soort", sa.String(30), nullable=False),
        sa.Column("dossiernummer", sa.String(40), nullable=False),
        sa.Column("consulent_id", sa.String(20)),
        sa.Column("spoed", sa.Boolean, nullable=False),
        sa.Column("reden", sa.String(30)),
        sa.Column("uiterlijk", sa.Date),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("nacht", sa.Date, nullable=False),
        sa.Column("geheim", sa.Boolean, nullable=False),
        sa.Column("behandelaar", sa.String(40)),
        sa.Column("team", sa.String(40)),
        sa.Column("uitgesteld_tot", sa.Date),
        sa.Column("regel", sa.String(4), nullable=False),
        sa.Column("richting", sa.String(10), nullable=False),
        sa.Column("beperkt", sa.Boolean, nullable=False),
        sa.Column("van_team", sa.String(40)),
        sa.Column("versie", sa.Integer, nullable=False),
        _one_of("status", "open", "afgerond", "vervallen"),
        sa.UniqueConstraint("signaal_id", "soort"),
    )
    op.create_index("ix_task_behandelaar", "task", ["behandelaar"])
    op.create_index("ix_task_consulent", "task", ["consulent_id", "status"])
    op.create_index("ix_task_nacht", "task", ["nacht"])
    op.create_index("ix_task_status", "task", ["status"])
    op.create_index("ix_task_team", "task", ["van_team", "status"])
    op.create_table(
        "team_member",
        sa.Column("consulent_id", sa.String(20), primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
    )
    op.create_index("ix_team_member_team", "team_member", ["team"])
    op.create_table(
        "task_event",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("taak_id", sa.String(40), sa.ForeignKey("task.taak_id"), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("wat", sa.String(20), nullable=False),
        sa.Column("naar", sa.String(40)),
        sa.Column("tot", sa.Date),
        sa.Column("tekst", sa.Text),
        sa.Column("antwoord_op", sa.Integer),
        sa.Column("formulier", sa.String(32), nullable=False),
        _one_of(
            "wat",
            "opgepakt",
            "teruggelegd",
            "overgedragen",
            "gevraagd",
            "geantwoord",
            "uitgesteld",
            "contact",
            "afgerond",
            "heropend",
            "bezwaar",
            "teruggemeld",
        ),
        sa.UniqueConstraint("formulier"),
    )
    op.create_index("ix_task_event_taak_id", "task_event", ["taak_id"])
    op.create_table(
        "task_outcome",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("taak_id", sa.String(40), sa.ForeignKey("task.taak_id"), nullable=False),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("regel", sa.String(4), nullable=False),
        sa.Column("regelversie", sa.String(20), nullable=False),
        sa.Column("uitkomst", sa.String(30), nullable=False),
        sa.Column("feitdatum", sa.Date),
        sa.Column("effect_cent", sa.Integer),
        sa.Column("toelichting", sa.Text, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        _one_of(
            "uitkomst",
            "aangepast",
            "al_bekend",
            "geen_gevolg",
            "bron_klopt_niet",
            "inwoner_geeft_zelf_door",
            "geen_contact_gekregen",
            "anders",
        ),
    )
    op.create_index("ix_task_outcome_signaal_id", "task_outcome", ["signaal_id"])
    op.create_index("ix_task_outcome_taak_id", "task_outcome", ["taak_id"])
    op.create_table(
        "objection",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("regel", sa.String(4), nullable=False),
        sa.Column("regelversie", sa.String(20), nullable=False),
        sa.Column("uitkomst", sa.String(10), nullable=False),
        sa.Column("datum", sa.Date, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        _one_of("uitkomst", "gegrond", "ongegrond"),
    )
    op.create_index("ix_objection_signaal_id", "objection", ["signaal_id"])
    op.create_table(
        "feedback",
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), primary_key=True),
        sa.Column("bron", sa.String(20), nullable=False),
        sa.Column("tekst", sa.Text, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("gemeld_op", sa.Date),
    )
    op.create_table(
        "contact_card",
        sa.Column("dossiernummer", sa.String(40), primary_key=True),
        sa.Column("kaart", sa.JSON, nullable=False),
        sa.Column("van_nacht", sa.Date, nullable=False),
    )


def _staff() -> None:
    op.create_table(
        "account",
        sa.Column("gebruiker", sa.String(40), primary_key=True),
        sa.Column("naam", sa.String(80), nullable=False),
        sa.Column("wachtwoord", sa.String(200), nullable=False),
        sa.Column("rollen", sa.JSON, nullable=False),
        sa.Column("team", sa.String(40)),
        sa.Column("consulent_id", sa.String(20)),
    )
    op.create_table(
        "session",
        sa.Column("sleutel", sa.String(64), primary_key=True),
        sa.Column("gebruiker", sa.String(40), nullable=False),
        sa.Column("wie", sa.JSON, nullable=False),
        sa.Column("begonnen", sa.BigInteger, nullable=False),
        sa.Column("gezien", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_session_gebruiker", "session", ["gebruiker"])
    op.create_table(
        "reminder",
        sa.Column("consulent_id", sa.String(20), primary_key=True),
        sa.Column("dag", sa.Date, primary_key=True),
    )
    op.create_table(
        "audit",
        sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("moment", sa.String(40), nullable=False),
        sa.Column("wie", sa.String(40), nullable=False),
        sa.Column("wat", sa.String(40), nullable=False),
        sa.Column("waarover", sa.String(80), nullable=False),
        sa.Column("vorige", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("volgnr", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_base",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("volgnr", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _open_klant() -> None:
    op.create_table(
        "internetaak",
        sa.Column("taak_id", sa.String(40), sa.ForeignKey("task.taak_id"), primary_key=True),
        sa.Column("nummer", sa.String(10), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("gemaakt_op", _MOMENT, nullable=False),
        sa.Column("klantcontact_uuid", sa.String(36)),
        sa.Column("internetaak_uuid", sa.String(36)),
        sa.Column("nummer_daar", sa.String(10)),
        sa.Column("inhoud_hash", sa.String(64)),
        sa.Column("pogingen", sa.Integer, nullable=False),
        sa.Column("laatste_poging", _MOMENT),
        sa.Column("daar_afgehandeld_op", _MOMENT),
        sa.Column("gesloten", sa.Boolean, nullable=False),
        _one_of("status", "klaar", "bezig", "bevestigd", "onbekend", "handmatig"),
        sa.UniqueConstraint("nummer"),
    )
    op.create_index("ix_internetaak_status", "internetaak", ["status"])
    op.create_table(
        "internetaak_nummer",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("laatste", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "internetaak_poging",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("taak_id", sa.String(40), sa.ForeignKey("internetaak.taak_id"), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("wat", sa.String(20), nullable=False),
        sa.Column("uitslag", sa.String(20), nullable=False),
        sa.Column("code", sa.String(60)),
        _one_of(
            "uitslag",
            "begonnen",
            "aangenomen",
            "bezorgd",
            "niet_verstuurd",
            "geweigerd",
            "niet_bezorgd",
            "niet_gevonden",
            "onbekend",
        ),
        _one_of("wat", "klantcontact", "internetaak", "zoek_op", "daar_afgehandeld", "sluit", "heropen"),
    )
    op.create_index("ix_internetaak_poging_taak_id", "internetaak_poging", ["taak_id"])
    op.create_table(
        "klant_actor",
        sa.Column("sleutel", sa.String(64), primary_key=True),
        sa.Column("actor_uuid", sa.String(36)),
        sa.Column("pogingen", sa.Integer, nullable=False),
        sa.Column("bezig_sinds", _MOMENT),
    )


def _notices() -> None:
    op.create_table(
        "outbox",
        sa.Column("kenmerk", sa.String(20), primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), nullable=False),
        sa.Column("soort", sa.String(15), nullable=False),
        sa.Column("kanaal", sa.String(20), nullable=False),
        sa.Column("vorm", sa.String(10), nullable=False),
        sa.Column("aan", sa.String(20), nullable=False),
        sa.Column("bericht", sa.String(60), nullable=False),
        sa.Column("dossiernummer", sa.String(40), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("nacht", sa.Date, nullable=False),
        sa.Column("versie", sa.String(20)),
        sa.Column("inhoud_hash", sa.String(64)),
        sa.Column("extern_id", sa.String(100)),
        sa.Column("pogingen", sa.Integer, nullable=False),
        sa.Column("laatste_poging", _MOMENT),
        sa.Column("bevestigd_op", sa.Date),
        _one_of(
            "status",
            "klaar",
            "bezig",
            "bevestigd",
            "onbekend",
            "mislukt",
            "handmatig",
            "in_te_trekken",
            "ingetrokken",
            "niet_ingetrokken",
        ),
        _one_of("vorm", "brief", "email", "sms"),
        sa.UniqueConstraint("signaal_id", "soort", "kanaal"),
    )
    op.create_index("ix_outbox_dossiernummer", "outbox", ["dossiernummer"])
    op.create_index("ix_outbox_extern_id", "outbox", ["extern_id"])
    op.create_index("ix_outbox_nacht", "outbox", ["nacht"])
    op.create_index("ix_outbox_status", "outbox", ["status"])
    op.create_table(
        "attempt",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("kenmerk", sa.String(20), sa.ForeignKey("outbox.kenmerk"), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("wat", sa.String(15), nullable=False),
        sa.Column("uitslag", sa.String(20), nullable=False),
        sa.Column("extern_id", sa.String(100)),
        sa.Column("code", sa.String(60)),
        _one_of(
            "uitslag",
            "begonnen",
            "aangenomen",
            "bezorgd",
            "niet_verstuurd",
            "geweigerd",
            "niet_bezorgd",
            "niet_gevonden",
            "onbekend",
        ),
        _one_of("wat", "verstuur", "zoek_op", "teruggemeld", "bevestig"),
    )
    op.create_index("ix_attempt_kenmerk", "attempt", ["kenmerk"])
    op.create_table(
        "callback",
        sa.Column("kanaal", sa.String(20), primary_key=True),
        sa.Column("extern_id", sa.String(100), primary_key=True),
        sa.Column("stand", sa.String(40), primary_key=True),
        sa.Column("moment", _MOMENT, nullable=False),
    )
    op.create_table(
        "told",
        sa.Column("kenmerk", sa.String(20), sa.ForeignKey("outbox.kenmerk"), primary_key=True),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id"), primary_key=True),
    )
    op.create_index("ix_told_signaal_id", "told", ["signaal_id"])


def _desk() -> None:
    op.create_table(
        "sample",
        sa.Column("nummer", sa.Integer, primary_key=True),
        sa.Column("nacht", sa.Date, nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("dossiernummer", sa.String(40), nullable=False),
        sa.Column("signaal_id", sa.String(40), sa.ForeignKey("finding.signaal_id")),
        sa.Column("reden", sa.String(30)),
        _one_of("soort", "onderdrukt", "zonder_signaal"),
        sa.UniqueConstraint("nacht", "dossiernummer"),
    )
    op.create_index("ix_sample_dossiernummer", "sample", ["dossiernummer"])
    op.create_index("ix_sample_nacht", "sample", ["nacht"])
    op.create_table(
        "sample_outcome",
        sa.Column("nummer", sa.Integer, sa.ForeignKey("sample.nummer"), primary_key=True),
        sa.Column("uitkomst", sa.String(20), nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("toelichting", sa.String(500)),
        _one_of("uitkomst", "terecht", "gemist", "niet_te_zeggen"),
    )
    op.create_table(
        "elsewhere",
        sa.Column("nummer", sa.Integer, primary_key=True),
        sa.Column("herkomst", sa.String(20), nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("dossiernummer", sa.String(40)),
        sa.Column("ontvangen_op", sa.Date, nullable=False),
        sa.Column("toelichting", sa.Text),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("uitkomst", sa.String(30)),
        sa.Column("afgehandeld_op", sa.Date),
        sa.Column("afgehandeld_door", sa.String(40)),
        sa.Column("afgehandeld_moment", _MOMENT),
        sa.CheckConstraint("afgehandeld_op >= ontvangen_op"),
        _one_of("herkomst", "eigen_organisatie", "netwerkpartner", "samenleving"),
        _one_of("soort", "woonsituatie", "relatie", "inkomen", "vermogen", "verblijf", "hulpvraag", "anders"),
        _one_of(
            "uitkomst",
            "aangepast",
            "al_bekend",
            "geen_gevolg",
            "bron_klopt_niet",
            "inwoner_geeft_zelf_door",
            "geen_contact_gekregen",
            "anders",
        ),
    )
    op.create_index("ix_elsewhere_afgehandeld_op", "elsewhere", ["afgehandeld_op"])
    op.create_index("ix_elsewhere_dossiernummer", "elsewhere", ["dossiernummer"])
    op.create_index("ix_elsewhere_ontvangen_op", "elsewhere", ["ontvangen_op"])
    op.create_table(
        "complaint",
        sa.Column("nummer", sa.Integer, primary_key=True),
        sa.Column("onderwerp", sa.String(20), nullable=False),
        sa.Column("ontvangen_op", sa.Date, nullable=False),
        sa.Column("toelichting", sa.Text),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("uitkomst", sa.String(20)),
        sa.Column("afgehandeld_op", sa.Date),
        sa.Column("afgehandeld_door", sa.String(40)),
        sa.Column("afgehandeld_moment", _MOMENT),
        sa.CheckConstraint("afgehandeld_op >= ontvangen_op"),
        _one_of(
            "onderwerp",
            "toon",
            "onjuist",
            "onterecht_benaderd",
            "privacy",
            "bejegening",
            "bereikbaarheid",
            "wachttijd",
            "anders",
        ),
        _one_of("uitkomst", "gegrond", "deels_gegrond", "ongegrond", "opgelost"),
    )
    op.create_index("ix_complaint_afgehandeld_op", "complaint", ["afgehandeld_op"])
    op.create_index("ix_complaint_ontvangen_op", "complaint", ["ontvangen_op"])


def _rights() -> None:
    op.create_table(
        "request",
        sa.Column("verzoek_id", sa.String(20), primary_key=True),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("stand", sa.String(12), nullable=False),
        sa.Column("dossiernummer", sa.String(40)),
        sa.Column("persoon_sleutel", sa.String(16)),
        sa.Column("gegeven", sa.String(30)),
        sa.Column("ontvangen", sa.Date, nullable=False),
        sa.Column("uiterlijk", sa.Date, nullable=False),
        sa.Column("verlengd_op", sa.Date),
        sa.Column("afgerond_op", sa.Date),
        sa.Column("toelichting", sa.Text, nullable=False),
        sa.CheckConstraint("dossiernummer is not null or persoon_sleutel is not null"),
        _one_of("soort", "inzage", "bewering", "bezwaar", "beperking", "geen_berichten"),
        _one_of("stand", "open", "gegrond", "ongegrond", "ingetrokken", "opgeheven"),
    )
    op.create_index("ix_request_dossiernummer", "request", ["dossiernummer"])
    op.create_index("ix_request_persoon_sleutel", "request", ["persoon_sleutel"])
    op.create_index("ix_request_stand", "request", ["stand"])
    op.create_table(
        "request_event",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("verzoek_id", sa.String(20), sa.ForeignKey("request.verzoek_id"), nullable=False),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("wat", sa.String(12), nullable=False),
        sa.Column("tekst", sa.Text, nullable=False),
        _one_of("wat", "ontvangen", "verlengd", "afgerond", "ingetrokken", "opgeheven", "verstrekt"),
    )
    op.create_index("ix_request_event_verzoek_id", "request_event", ["verzoek_id"])
    op.create_table(
        "destruction",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("soort", sa.String(30), nullable=False),
        sa.Column("wat", sa.String(40), nullable=False),
        sa.Column("aantal", sa.Integer, nullable=False),
        sa.Column("van_voor", sa.Date, nullable=False),
        sa.Column("beleid", sa.String(20), nullable=False),
        sa.Column("stand", sa.String(10), nullable=False),
        _one_of(
            "soort",
            "register",
            "register_geschiedenis",
            "signaal",
            "cijfers",
            "steekproef",
            "verzoek",
            "elders",
            "klacht",
            "brief",
            "uitvoer",
            "postbewijs",
            "inzage",
            "levering",
            "audit",
            "logboek",
            "sessie",
            "account",
            "herinnering",
        ),
        _one_of("stand", "bezig", "klaar", "afgebroken"),
    )
