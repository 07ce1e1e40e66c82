"""The tables of the casebook, and the states their rows can be in.

What changes here needs a migration in ``store/migrations/versions``: a test compares the two.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Final, get_args

import sqlalchemy as sa

from contracts.desk import Bevinding, Steekproefsoort
from contracts.message import Uitslag
from contracts.notice import Vorm
from contracts.outcome import Levensfase, Uitkomst
from contracts.registers import BY_HAND, Eldersoort, Klachtonderwerp, Klachtuitkomst
from contracts.work import Bezwaar, Daad

metadata = sa.MetaData()

FINDING_STATUSES: Final = tuple(Levensfase)
#: The states of a finding that holds and that nobody closed.
OPEN: Final = (
    Levensfase.NIEUW, Levensfase.LOPEND, Levensfase.AANGEKONDIGD, Levensfase.BEANTWOORD, Levensfase.HEROPEND,
)  # fmt: skip
TASK_STATUSES: Final = ("open", "afgerond", "vervallen")
#: A notice: to be made, on its way, delivered, nobody can say, not delivered, handed to a human, taken back (or not).
NOTICE_STATUSES: Final = (
    "klaar", "bezig", "bevestigd", "onbekend", "mislukt", "handmatig", "in_te_trekken", "ingetrokken",
    "niet_ingetrokken",
)  # fmt: skip
#: A letter that is to lie in a print folder.
UNSENT: Final = ("klaar", "bezig")
#: A notice that is or may be told: where it is no longer true, somebody must act.
LIVE: Final = (*UNSENT, "onbekend", "bevestigd")
TAKEN_BACK: Final = ("ingetrokken", "in_te_trekken")
#: A human has the work that a notice was to do.
WITH_A_HUMAN: Final = ("handmatig", "mislukt")
LETTER, REMINDER, PRINT = "brief", "herinnering", "printmap"
#: Whom a notice is addressed to.
INWONER, REPRESENTATIVE = "inwoner", "vertegenwoordiger"
#: The messages of a letter that tells of several findings: of any, of what is worth money, of what is to come.
BUNDLE, BUNDLE_MORE, BUNDLE_AHEAD = "bundel", "misschien_meer", "binnenkort"
#: A task in Open Klant: to be put there, on its way, there, nobody can say, not to be settled by a program.
INTERNETAAK_STATUSES: Final = ("klaar", "bezig", "bevestigd", "onbekend", "handmatig")
#: What is done with a task in Open Klant.
KLANTCONTACT, INTERNETAAK, LOOKED_UP, CLOSED_THERE, CLOSED_BY_US, OPENED_BY_US = INTERNETAAK_DEEDS = (
    "klantcontact", "internetaak", "zoek_op", "daar_afgehandeld", "sluit", "heropen",
)  # fmt: skip
#: What is done to deliver a notice.
SENT_IT, ASKED, TOLD_US, CONFIRMED = DEEDS = ("verstuur", "zoek_op", "teruggemeld", "bevestig")
#: The facts of a finding that name two descriptions of what may be one person: see ``matching/sql/huishouden.sql``.
LINK: Final = ("koppel_links", "koppel_rechts", "koppel_inhoud")
#: How long the name of who did something may be.
DOOR: Final = 40
#: And what they write beside it.
TOELICHTING: Final = 500


def _status(length: int, allowed: Iterable[str]) -> sa.Column[str]:
    return sa.Column("status", sa.String(length), one_of("status", allowed), nullable=False, index=True)


def one_of(name: str, allowed: Iterable[str]) -> sa.CheckConstraint:
    # A string in the database; the check is the database's own.
    values = ", ".join(f"'{value}'" for value in allowed)
    return sa.CheckConstraint(f"{name} in ({values})")


finding = sa.Table(
    "finding", metadata,
    sa.Column("signaal_id", sa.String(40), primary_key=True),
    sa.Column("regel", sa.String(4), nullable=False),
    sa.Column("regelversie", sa.String(20), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False, index=True),
    sa.Column("richting", sa.String(10), nullable=False),
    sa.Column("feitdatum", sa.Date),
    sa.Column("advies", sa.String(12), nullable=False),
    sa.Column("reden", sa.String(30)),
    _status(15, FINDING_STATUSES),
    sa.Column("eerste_nacht", sa.Date, nullable=False, index=True),
    sa.Column("laatste_nacht", sa.Date, nullable=False, index=True),
    sa.Column("gesloten_op", sa.Date, index=True),
    sa.Column("heropend", sa.Integer, nullable=False),
    sa.Column("beperkt", sa.Boolean, nullable=False),
    sa.Column("inhoud", sa.JSON, nullable=False),
)  # fmt: skip

task = sa.Table(
    "task", metadata,
    sa.Column("taak_id", sa.String(40), primary_key=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False),
    sa.Column("soort", sa.String(30), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False),
    sa.Column("consulent_id", sa.String(20)),
    sa.Column("spoed", sa.Boolean, nullable=False),
    sa.Column("reden", sa.String(30)),
    sa.Column("uiterlijk", sa.Date),
    _status(10, TASK_STATUSES),
    sa.Column("nacht", sa.Date, nullable=False, index=True),
    # The address of the inwoner is secret: for the restricted group alone.
    sa.Column("geheim", sa.Boolean, nullable=False),
    # Who has it in hand, which team where that is not the one of the consulent, and until when it waits.
    sa.Column("behandelaar", sa.String(DOOR), index=True),
    sa.Column("team", sa.String(DOOR)),
    sa.Column("uitgesteld_tot", sa.Date),
    # What a list asks of its finding and its consulent, so that it reads this table alone. ``van_team`` is where the
    # task is now: that of ``team``, else that of the consulent.
    sa.Column("regel", sa.String(4), nullable=False),
    sa.Column("richting", sa.String(10), nullable=False),
    sa.Column("beperkt", sa.Boolean, nullable=False),
    sa.Column("van_team", sa.String(DOOR)),
    # Raised by each deed: who acts on an older one is told that somebody was first.
    sa.Column("versie", sa.Integer, nullable=False),
    sa.UniqueConstraint("signaal_id", "soort"),
    sa.Index("ix_task_team", "van_team", "status"),
    sa.Index("ix_task_consulent", "consulent_id", "status"),
)  # fmt: skip

#: In which team a consulent works: from the settings, written anew whenever they change.
team_member = sa.Table(
    "team_member", metadata,
    sa.Column("consulent_id", sa.String(20), primary_key=True),
    sa.Column("team", sa.String(DOOR), nullable=False, index=True),
)  # fmt: skip

#: What was done with a task; rows are only ever added. ``formulier`` is the number of the form it came by.
task_event = sa.Table(
    "task_event", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("taak_id", sa.ForeignKey("task.taak_id"), nullable=False, index=True),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("wat", sa.String(20), one_of("wat", Daad), nullable=False),
    sa.Column("naar", sa.String(DOOR)),
    sa.Column("tot", sa.Date),
    sa.Column("tekst", sa.Text),
    sa.Column("antwoord_op", sa.Integer),
    sa.Column("formulier", sa.String(32), nullable=False, unique=True),
)  # fmt: skip

#: How a task ended; rows are only ever added, and the last one counts.
task_outcome = sa.Table(
    "task_outcome", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("taak_id", sa.ForeignKey("task.taak_id"), nullable=False, index=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False, index=True),
    sa.Column("regel", sa.String(4), nullable=False),
    sa.Column("regelversie", sa.String(20), nullable=False),
    sa.Column("uitkomst", sa.String(30), one_of("uitkomst", Uitkomst), nullable=False),
    sa.Column("feitdatum", sa.Date),
    sa.Column("effect_cent", sa.Integer),
    sa.Column("toelichting", sa.Text, nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip

#: What came of a bezwaar, by the finding and the version of the rule that it goes back to.
objection = sa.Table(
    "objection", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False, index=True),
    sa.Column("regel", sa.String(4), nullable=False),
    sa.Column("regelversie", sa.String(20), nullable=False),
    sa.Column("uitkomst", sa.String(10), one_of("uitkomst", Bezwaar), nullable=False),
    sa.Column("datum", sa.Date, nullable=False, index=True),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip

#: A register seems to be wrong: what is to be told to the BRP, once a finding.
feedback = sa.Table(
    "feedback", metadata,
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), primary_key=True),
    sa.Column("bron", sa.String(20), nullable=False),
    sa.Column("tekst", sa.Text, nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("gemeld_op", sa.Date),
)  # fmt: skip

#: How an inwoner with open tasks is called and reached: read from the registers each night, gone with the last task.
contact_card = sa.Table(
    "contact_card", metadata,
    sa.Column("dossiernummer", sa.String(40), primary_key=True),
    sa.Column("kaart", sa.JSON, nullable=False),
    sa.Column("van_nacht", sa.Date, nullable=False),
)  # fmt: skip

#: Everybody who can have a task: made for the demo, or as the sign-on told it when they last logged in. Of the latter
#: ``wachtwoord`` is empty: they can't log in here.
account = sa.Table(
    "account", metadata,
    sa.Column("gebruiker", sa.String(DOOR), primary_key=True),
    sa.Column("naam", sa.String(80), nullable=False),
    sa.Column("wachtwoord", sa.String(200), nullable=False),
    sa.Column("rollen", sa.JSON, nullable=False),
    sa.Column("team", sa.String(DOOR)),
    sa.Column("consulent_id", sa.String(20)),
)  # fmt: skip

#: Who is logged in. ``sleutel`` is the hash of what their browser holds: who reads this table can't log in with it.
session = sa.Table(
    "session", metadata,
    sa.Column("sleutel", sa.String(64), primary_key=True),
    sa.Column("gebruiker", sa.String(DOOR), nullable=False, index=True),
    sa.Column("wie", sa.JSON, nullable=False),
    # Seconds since 1970.
    sa.Column("begonnen", sa.BigInteger, nullable=False),
    sa.Column("gezien", sa.BigInteger, nullable=False),
)  # fmt: skip

#: The days on which a consulent was reminded of their tasks.
reminder = sa.Table(
    "reminder", metadata,
    sa.Column("consulent_id", sa.String(20), primary_key=True),
    sa.Column("dag", sa.Date, primary_key=True),
)  # fmt: skip

#: Each look at personal data and each deed, chained: every line holds the hash of the one before.
audit = sa.Table(
    "audit", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("moment", sa.String(40), nullable=False),
    sa.Column("wie", sa.String(DOOR), nullable=False),
    sa.Column("wat", sa.String(40), nullable=False),
    sa.Column("waarover", sa.String(80), nullable=False),
    sa.Column("vorige", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Index("ix_audit_waarover", "waarover", "volgnr"),
    sa.Index("ix_audit_wie", "wie", "moment"),
)  # fmt: skip

#: The hash before the first line.
BEFORE_FIRST: Final = "0" * 64
_ONLY_ADDED = "the audit log is only added to"
_GUARDS: Final = (
    ("sqlite", f"create trigger audit_update before update on audit begin select raise(abort, '{_ONLY_ADDED}'); end"),
    ("sqlite", f"create trigger audit_delete before delete on audit begin select raise(abort, '{_ONLY_ADDED}'); end"),
    (
        "postgresql",
        (
            "create or replace function audit_only_added() returns trigger language plpgsql as "
            f"$$ begin raise exception '{_ONLY_ADDED}'; end $$"
        ),
    ),
    (
        "postgresql",
        (
            "create trigger audit_only_added before update or delete or truncate on audit "
            "for each statement execute function audit_only_added()"
        ),
    ),
)


def put_guard(con: sa.Connection) -> None:
    """The database itself refuses to change or remove a line."""
    for dialect, statement in _GUARDS:
        if con.dialect.name == dialect:
            con.exec_driver_sql(statement)


def lift_guard(con: sa.Connection) -> None:
    """Let lines be removed until ``put_guard``: in one transaction with it, for what is past its term."""
    names = ("audit_update", "audit_delete") if con.dialect.name == "sqlite" else ("audit_only_added on audit",)
    for name in names:
        con.exec_driver_sql(f"drop trigger {name}")


sa.event.listen(audit, "after_create", lambda _, con, **__: put_guard(con))

#: The last line of the chain: one row.
audit_head = sa.Table(
    "audit_head", metadata,
    sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("volgnr", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)  # fmt: skip

#: A task as an InterneTaak in Open Klant. ``pogingen`` counts who took it in hand, and guards against two who do so at
#: once; ``gesloten``: what was to be said there of its end is said.
internetaak = sa.Table(
    "internetaak", metadata,
    sa.Column("taak_id", sa.ForeignKey("task.taak_id"), primary_key=True),
    sa.Column("nummer", sa.String(10), nullable=False, unique=True),
    _status(10, INTERNETAAK_STATUSES),
    sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("klantcontact_uuid", sa.String(36)),
    sa.Column("internetaak_uuid", sa.String(36)),
    sa.Column("nummer_daar", sa.String(10)),
    sa.Column("inhoud_hash", sa.String(64)),
    sa.Column("pogingen", sa.Integer, nullable=False),
    sa.Column("laatste_poging", sa.DateTime(timezone=True)),
    sa.Column("daar_afgehandeld_op", sa.DateTime(timezone=True)),
    sa.Column("gesloten", sa.Boolean, nullable=False),
)  # fmt: skip

#: The last number that was handed out: one row.
internetaak_nummer = sa.Table(
    "internetaak_nummer", metadata,
    sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("laatste", sa.BigInteger, nullable=False),
)  # fmt: skip

#: What was done to put a task in Open Klant, and what came of it; rows are only ever added.
internetaak_poging = sa.Table(
    "internetaak_poging", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("taak_id", sa.ForeignKey("internetaak.taak_id"), nullable=False, index=True),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("wat", sa.String(20), one_of("wat", INTERNETAAK_DEEDS), nullable=False),
    sa.Column("uitslag", sa.String(20), one_of("uitslag", Uitslag), nullable=False),
    sa.Column("code", sa.String(60)),
)  # fmt: skip

#: An actor in Open Klant by its four codes: they are not unique there, so one process at a time makes one.
#: ``bezig_sinds``: somebody is at it.
klant_actor = sa.Table(
    "klant_actor", metadata,
    sa.Column("sleutel", sa.String(64), primary_key=True),
    sa.Column("actor_uuid", sa.String(36)),
    sa.Column("pogingen", sa.Integer, nullable=False),
    sa.Column("bezig_sinds", sa.DateTime(timezone=True)),
)  # fmt: skip

#: A notice; ``signaal_id`` is the finding that heads it. ``inhoud_hash`` is that of what was offered to the channel:
#: empty = it surely did not leave. ``pogingen`` counts how often it was, and guards against two who do so at once.
outbox = sa.Table(
    "outbox", metadata,
    sa.Column("kenmerk", sa.String(20), primary_key=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False),
    sa.Column("soort", sa.String(15), nullable=False),
    sa.Column("kanaal", sa.String(20), nullable=False),
    sa.Column("vorm", sa.String(10), one_of("vorm", get_args(Vorm)), nullable=False),
    sa.Column("aan", sa.String(20), nullable=False),
    sa.Column("bericht", sa.String(60), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False, index=True),
    _status(20, NOTICE_STATUSES),
    sa.Column("nacht", sa.Date, nullable=False, index=True),
    sa.Column("versie", sa.String(20)),
    sa.Column("inhoud_hash", sa.String(64)),
    sa.Column("extern_id", sa.String(100), index=True),
    sa.Column("pogingen", sa.Integer, nullable=False),
    sa.Column("laatste_poging", sa.DateTime(timezone=True)),
    sa.Column("bevestigd_op", sa.Date),
    # The night that found that it need not go, or need not have gone.
    sa.Column("teruggehaald_op", sa.Date),
    sa.UniqueConstraint("signaal_id", "soort", "kanaal"),
)  # fmt: skip

#: What was done to deliver a notice, and what came of it; rows are only ever added.
attempt = sa.Table(
    "attempt", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kenmerk", sa.ForeignKey("outbox.kenmerk"), nullable=False, index=True),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("wat", sa.String(15), one_of("wat", DEEDS), nullable=False),
    sa.Column("uitslag", sa.String(20), one_of("uitslag", Uitslag), nullable=False),
    sa.Column("extern_id", sa.String(100)),
    sa.Column("code", sa.String(60)),
)  # fmt: skip

#: What a channel told by itself, each once: it calls again until somebody answers.
callback = sa.Table(
    "callback", metadata,
    sa.Column("kanaal", sa.String(20), primary_key=True),
    sa.Column("extern_id", sa.String(100), primary_key=True),
    sa.Column("stand", sa.String(40), primary_key=True),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip

#: Why messages are held: a backup was put back, or somebody says so.
RESTORED, BY_HAND_HELD = HOLD_REASONS = ("teruggezet", "met_de_hand")
#: While one of these is not freed no message leaves: since ``sinds`` some may have gone that are not known here.
notice_hold = sa.Table(
    "notice_hold", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("sinds", sa.DateTime(timezone=True), nullable=False),
    sa.Column("gezet_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("waarom", sa.String(20), one_of("waarom", HOLD_REASONS), nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("vrij_op", sa.DateTime(timezone=True)),
    sa.Column("vrij_door", sa.String(DOOR)),
    sa.CheckConstraint("(vrij_op is null) = (vrij_door is null)"),
)  # fmt: skip

#: The findings of which a letter tells, the one that heads it among them.
told = sa.Table(
    "told", metadata,
    sa.Column("kenmerk", sa.ForeignKey("outbox.kenmerk"), primary_key=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), primary_key=True, index=True),
)  # fmt: skip

receipt = sa.Table(
    "receipt", metadata,
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), primary_key=True),
    sa.Column("nacht", sa.Date, primary_key=True, index=True),
    sa.Column("hash", sa.String(64), nullable=False),
    # Something was decided on it: a letter, a task, or nothing. Others make way for that of the next night.
    sa.Column("blijft", sa.Boolean, nullable=False),
    sa.Column("inhoud", sa.JSON, nullable=False),
)  # fmt: skip

night = sa.Table(
    "night", metadata,
    sa.Column("peildatum", sa.Date, primary_key=True),
    sa.Column("bijgewerkt_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("tellingen", sa.JSON, nullable=False),
)  # fmt: skip

link_decision = sa.Table(
    "link_decision", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False, index=True),
    sa.Column("links_sleutel", sa.String(16), nullable=False),
    sa.Column("rechts_sleutel", sa.String(16), nullable=False),
    sa.Column("inhoud", sa.String(64), nullable=False),
    sa.Column("zelfde", sa.Boolean, nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("na_nacht", sa.Date, nullable=False),
    sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip

#: What moved each finding from state to state; rows are only ever added. ``nacht`` is the night that moved it, or the
#: last one that was written when a human did: then ``door`` and ``moment`` are filled.
history = sa.Table(
    "history", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False, index=True),
    sa.Column("van", sa.String(15)),
    sa.Column("naar", sa.String(15), nullable=False),
    sa.Column("waarom", sa.String(20), nullable=False),
    sa.Column("nacht", sa.Date, nullable=False, index=True),
    sa.Column("feitdatum", sa.Date),
    sa.Column("door", sa.String(DOOR)),
    sa.Column("moment", sa.DateTime(timezone=True)),
    sa.Column("uitkomst", sa.String(30)),
    sa.Column("tot", sa.Date),
)  # fmt: skip

#: What a human answered to the three questions, with what lay there to answer by; rows are only ever added.
oordeel = sa.Table(
    "oordeel", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False, index=True),
    sa.Column("bewust", sa.String(10), sa.CheckConstraint("bewust in ('ja', 'nee', 'onbekend')"), nullable=False),
    sa.Column("context", sa.Text, sa.CheckConstraint("trim(context) <> ''"), nullable=False),
    sa.Column("impact", sa.Text, sa.CheckConstraint("trim(impact) <> ''"), nullable=False),
    sa.Column("door", sa.String(DOOR), sa.CheckConstraint("trim(door) <> ''"), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("na_nacht", sa.Date, nullable=False),
    sa.Column("toets", sa.JSON, nullable=False),
)  # fmt: skip

#: What is looked at after a night at the desk; rows are only ever added. ``signaal_id`` and ``reden`` are empty where
#: nothing was found.
sample = sa.Table(
    "sample", metadata,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("nacht", sa.Date, nullable=False, index=True),
    sa.Column("soort", sa.String(20), one_of("soort", Steekproefsoort), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False, index=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), index=True),
    sa.Column("reden", sa.String(30)),
    sa.UniqueConstraint("nacht", "dossiernummer"),
)  # fmt: skip

#: What somebody saw there; one row a sample, never changed.
sample_outcome = sa.Table(
    "sample_outcome", metadata,
    sa.Column("nummer", sa.ForeignKey("sample.nummer"), primary_key=True),
    sa.Column("uitkomst", sa.String(20), one_of("uitkomst", Bevinding), nullable=False),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("toelichting", sa.String(TOELICHTING)),
)  # fmt: skip

#: A signal that did not come from a register, written down by hand; how it ended is filled in once.
elsewhere = sa.Table(
    "elsewhere", metadata,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("herkomst", sa.String(20), one_of("herkomst", BY_HAND), nullable=False),
    sa.Column("soort", sa.String(20), one_of("soort", Eldersoort), nullable=False),
    sa.Column("dossiernummer", sa.String(40), index=True),
    sa.Column("ontvangen_op", sa.Date, nullable=False, index=True),
    sa.Column("toelichting", sa.Text),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("uitkomst", sa.String(30), one_of("uitkomst", Uitkomst)),
    sa.Column("afgehandeld_op", sa.Date, sa.CheckConstraint("afgehandeld_op >= ontvangen_op"), index=True),
    sa.Column("afgehandeld_door", sa.String(DOOR)),
    sa.Column("afgehandeld_moment", sa.DateTime(timezone=True)),
)  # fmt: skip

#: A complaint, without whose; what came of it is filled in once.
complaint = sa.Table(
    "complaint", metadata,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("onderwerp", sa.String(20), one_of("onderwerp", Klachtonderwerp), nullable=False),
    sa.Column("ontvangen_op", sa.Date, nullable=False, index=True),
    sa.Column("toelichting", sa.Text),
    sa.Column("door", sa.String(DOOR), nullable=False),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("uitkomst", sa.String(20), one_of("uitkomst", Klachtuitkomst)),
    sa.Column("afgehandeld_op", sa.Date, sa.CheckConstraint("afgehandeld_op >= ontvangen_op"), index=True),
    sa.Column("afgehandeld_door", sa.String(DOOR)),
    sa.Column("afgehandeld_moment", sa.DateTime(timezone=True)),
)  # fmt: skip


def moved(signaal_id: str, van: str | None, naar: str, waarom: StrEnum, nacht: date, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A row of ``history``."""
    empty = dict.fromkeys(("feitdatum", "door", "moment", "uitkomst", "tot"))
    return empty | {
        "signaal_id": signaal_id, "van": van, "naar": naar, "waarom": waarom, "nacht": nacht,
    } | more  # fmt: skip
