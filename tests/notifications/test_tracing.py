"""Every call to others about a person says of which processing it is part."""

import re
from pathlib import Path

import requests

from contracts.logregel import Span, going_on
from notifications.tracing import HEADER, Traced, traced

ROOT = Path(__file__).parents[2]
#: Who calls without it: the sign-on is about an employee, the log elsewhere is no processing of its own, and the third
#: asks whether our own Prefect is there.
NOT_TRACED = {"worklist/auth/oidc.py", "flows/otlp.py", "flows/serve.py"}


def test_each_request_has_the_header_of_the_action_that_goes_on_when_it_leaves():
    adapter, span = Traced(), Span("a" * 32, "b" * 16)
    request = requests.Request("GET", "https://voorbeeld.example").prepare()
    with going_on(span):
        adapter.add_headers(request)
        assert request.headers[HEADER] == f"00-{'a' * 32}-{'b' * 16}-01"
        with going_on(span.child()):
            adapter.add_headers(request)
    assert request.headers[HEADER] != f"00-{'a' * 32}-{'b' * 16}-01"
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", request.headers[HEADER])


def test_a_session_says_so_to_every_address():
    session = traced(requests.Session())
    for address in ("https://voorbeeld.example/a", "http://localhost:1"):
        assert isinstance(session.get_adapter(address), Traced)


def test_whoever_calls_others_over_http_says_so():
    rooms = ("contracts", "store", "matching", "advice", "notifications", "worklist", "flows")
    callers = {
        path.relative_to(ROOT).as_posix(): text
        for room in rooms for path in (ROOT / room).rglob("*.py")
        if re.search(r"requests\.(Session|get|post|request)\(|NotificationsAPIClient\(|httpx\.(?!HTTPError)|urlopen\(", text := path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert {name for name, text in callers.items() if "traced(" not in text} - {
        "notifications/tracing.py"
    } == NOT_TRACED
