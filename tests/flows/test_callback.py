"""What Notify tells by itself, over real HTTP: behind a secret, each thing once, and nobody's address is read."""

import threading
import time

import httpx
import pytest
import uvicorn

from contracts.message import Answer, Uitslag
from flows.callback import callback_app
from flows.settings import Workplace
from store.casebook import Casebook, Way
from tests.notifications.sending import NIGHT, START, calls, fill, found, log, states

KEY = "een-geheim-van-genoeg-tekens"
UUIDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(3)]


@pytest.fixture
def work(tmp_path):
    """A work folder of which Notify accepted three e-mails."""
    work = Workplace(tmp_path)
    with Casebook.at(work.casebook) as casebook:
        for kenmerk, extern_id in zip(fill(casebook, 3, Way("email", "notifynl", "email_vraag")), UUIDS, strict=True):
            casebook.settle(kenmerk, "verstuur", Answer(uitslag=Uitslag.AANGENOMEN, extern_id=extern_id), START, NIGHT)
    return work


@pytest.fixture
def tell(work):
    """Call as Notify does, and give the status of the answer."""
    server = uvicorn.Server(uvicorn.Config(callback_app(work, KEY), port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]

    def _tell(extern_id=UUIDS[0], status="delivered", key=KEY, content=None, **more):
        body = {"id": extern_id, "reference": "N-X", "to": "een.ander@voorbeeld.example", "status": status, **more}
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client() as client:
            url = f"http://127.0.0.1:{port}/notifynl"
            sent = {"json": body} if content is None else {"content": content}
            return client.post(url, headers=headers, **sent).status_code

    yield _tell
    server.should_exit = True
    thread.join()


def look(work, what):
    with Casebook.at(work.casebook) as casebook:
        return what(casebook)


def test_what_was_delivered_is_confirmed_once_however_often_it_calls(work, tell):
    assert [tell() for _ in range(5)] == [204] * 5
    assert look(work, states) == ["bevestigd", "bezig", "bezig"]
    kenmerk = look(work, lambda casebook: casebook.letters_made_on(NIGHT)[0].kenmerk)
    assert look(work, lambda casebook: log(casebook, kenmerk)) == [
        ("verstuur", "aangenomen"),
        ("teruggemeld", "bezorgd"),
    ]


def test_what_could_not_be_delivered_is_a_call(work, tell):
    assert tell(status="permanent-failure") == 204
    assert (look(work, states)[0], look(work, calls)) == ("mislukt", ["niet_bezorgd"])


def test_a_stage_in_between_changes_nothing(work, tell):
    assert [tell(status="sending"), tell(status="something-new")] == [204, 204]
    assert look(work, states) == ["bezig"] * 3


@pytest.mark.parametrize(
    ("order", "state"),
    [
        (["sending", "delivered"], "bevestigd"),
        (["delivered", "sending"], "bevestigd"),  # the calls overtook each other
        (["delivered", "permanent-failure"], "mislukt"),  # it came back after all
        (["permanent-failure", "delivered"], "mislukt"),  # a human has it already
    ],
)
def test_calls_in_any_order(work, tell, order, state):
    for status in order:
        assert tell(status=status) == 204
    assert look(work, states)[0] == state


def test_a_message_that_is_not_ours_is_answered_and_nothing_else(work, tell):
    assert tell("00000000-0000-4000-8000-999999999999") == 204
    assert look(work, states) == ["bezig"] * 3


@pytest.mark.parametrize("key", ["x", "fout", KEY + "x", KEY[:-1]])
def test_without_the_secret_nothing_is_read(work, tell, key):
    assert tell(key=key) == 401
    assert look(work, states) == ["bezig"] * 3


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"id": 1, "status": "delivered"}', b'{"status": "delivered"}', b'{"id": "' + b"x" * 36 + b'", "status": "delivered"}'],
)  # fmt: skip
def test_what_is_no_callback_is_refused(work, tell, content):
    assert tell(content=content) == 400
    assert look(work, states) == ["bezig"] * 3


def test_a_body_without_end_is_refused(tell):
    assert tell(content=b"x" * 1_000_000) == 413


def test_an_address_is_nowhere(work, tell):
    tell()
    assert b"voorbeeld.example" not in b"".join(
        path.read_bytes() for path in work.casebook.parent.rglob("*") if path.is_file()
    )


def test_what_was_taken_back_meanwhile_stays_so(work, tell):
    with Casebook.at(work.casebook) as casebook:
        casebook.record(NIGHT, [found(1), found(2)], {f.signaal_id: _waits() for f in (found(1), found(2))})
        first = next(row for row in casebook.letters_made_on(NIGHT) if row.status == "in_te_trekken")
    assert tell(first.extern_id) == 204
    assert sorted(look(work, states)) == ["bezig", "bezig", "in_te_trekken"]


def _waits():
    from contracts.finding import NoAction, Reden

    return NoAction(reden=Reden.RUST)


def test_a_secret_that_is_none_is_refused(work):
    with pytest.raises(ValueError, match="16 characters"):
        callback_app(work, "kort")
