"""A Notify of one's own: a real HTTP server that keeps what it accepts, and misbehaves when it is told to."""

import json
import threading
import time
import uuid
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

#: What it can do with a message; ``accepts`` says whether it then has it.
OK = "takes it"
DROPS_AFTER = "takes it, then drops the connection"
DROPS_BEFORE = "drops the connection"
FAILS_AFTER = "takes it, then answers 500"
FAILS_BEFORE = "answers 500"
UNAVAILABLE_AFTER = "takes it, then answers 503"
TOO_MANY = "answers 429"
SLOW = "takes it, and answers too late"
NONSENSE_AFTER = "takes it, and answers with a page"
ANOTHER_AFTER = "takes it, and answers about another reference"
NESTED_AFTER = "takes it, and answers with brackets"
MOVED = "sends us elsewhere"
REFUSES = "answers 400"
IS_ON_TRIAL = "answers 400 to whatever it is"
FORBIDS = "answers 403"
FAULTS = (
    DROPS_AFTER, DROPS_BEFORE, FAILS_AFTER, FAILS_BEFORE, UNAVAILABLE_AFTER, TOO_MANY, SLOW, NONSENSE_AFTER,
    ANOTHER_AFTER, NESTED_AFTER, MOVED,
)  # fmt: skip
_TAKES = {OK, NESTED_AFTER, DROPS_AFTER, FAILS_AFTER, UNAVAILABLE_AFTER, SLOW, NONSENSE_AFTER, ANOTHER_AFTER}

#: What it can do when it is asked about a reference.
TELLS = "tells"
TELLS_OF_ANOTHER = "tells of another reference"
TELLS_TWICE = "tells of it twice"
TELLS_NO_LIST = "tells no list"
TELLS_BRACKETS = "tells brackets"
FAILS = "fails"
LIES = (TELLS_OF_ANOTHER, TELLS_TWICE, TELLS_NO_LIST, TELLS_BRACKETS, FAILS)
_BRACKETS = "[" * 100_000 + "]" * 100_000
_FAILED = {"errors": [{"error": "Exception", "message": "Internal server error"}]}
_SAYS = {
    NONSENSE_AFTER: (200, "<html>Even geduld</html>"),
    NESTED_AFTER: (200, _BRACKETS),
    MOVED: (307, ""),
    FAILS_AFTER: (500, _FAILED),
    FAILS_BEFORE: (500, _FAILED),
    UNAVAILABLE_AFTER: (503, ""),
    FORBIDS: (403, {"errors": [{"error": "AuthError"}]}),
    IS_ON_TRIAL: (400, {"errors": [{"error": "BadRequestError", "message": "Can't send to this recipient"}]}),
}

KEY = "test-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"


class Notify:
    """The server; ``messages`` are those it accepted, in order, each with reference, id, status and what was sent."""

    def __init__(self):
        self.messages = []
        self.faults, self.lies = deque(), deque()
        self.asked, self.tried, self.traces = [], [], []
        self.late = 1.5
        self.wait = "2"
        handler = type("Handler", (_Handler,), {"notify": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def references(self):
        return sorted(message["reference"] for message in self.messages)

    def becomes(self, reference, status):
        """What became of a message."""
        for message in self.messages:
            if message["reference"] == reference:
                message["status"] = status

    def take(self, kind, sent):
        message = {
            "id": str(uuid.uuid4()),
            "reference": sent["reference"],
            "status": "created",
            "type": kind,
            "sent": sent,
        }
        self.messages.append(message)
        return message


class _Handler(BaseHTTPRequestHandler):
    notify: Notify
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        self.notify.traces.append(self.headers["traceparent"])
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.notify.lock:
            fault = self.notify.faults.popleft() if self.notify.faults else OK
            self.notify.tried.append(sent["reference"])
            taken = self.notify.take(self.path.rsplit("/", 1)[1], sent) if fault in _TAKES else None
        if fault == SLOW:
            time.sleep(self.notify.late)
        match fault:
            case "takes it" | "takes it, and answers too late":
                self._answer(201, {"id": taken["id"], "reference": taken["reference"]})
            case "takes it, and answers about another reference":
                self._answer(201, {"id": str(uuid.uuid4()), "reference": "N-ANDERE00"})
            case "answers 429":
                self._answer(429, {"errors": [{"error": "RateLimitError"}]}, {"Retry-After": self.notify.wait})
            case "answers 400":
                self._answer(400, {"errors": [{"error": "ValidationError", "message": f"{sent} is not valid"}]})
            case _ if fault in _SAYS:
                self._answer(*_SAYS[fault], {"Location": f"{self.notify.url}/elders"})
            case _:
                self._drop()

    def do_GET(self):
        self.notify.traces.append(self.headers["traceparent"])
        parts = urlsplit(self.path)
        reference = parse_qs(parts.query).get("reference", [None])[0]
        with self.notify.lock:
            self.notify.asked.append(reference or parts.path.rsplit("/", 1)[1])
            lie = self.notify.lies.popleft() if self.notify.lies else TELLS
            known = [_public(one) for one in reversed(self.notify.messages)]
        if reference is None:
            (found,) = [one for one in known if one["id"] == parts.path.rsplit("/", 1)[1]] or [None]
            return self._answer(404, {}) if found is None else self._answer(200, found)
        listed = [one for one in known if one["reference"] == reference]
        if lie == FAILS:
            return self._answer(500, {})
        if lie == TELLS_BRACKETS:
            return self._answer(200, _BRACKETS)
        if lie == TELLS_NO_LIST:
            return self._answer(200, {"links": {}})
        if lie == TELLS_OF_ANOTHER:
            listed = [{"id": str(uuid.uuid4()), "reference": "N-ANDERE00", "status": "delivered"}]
        if lie == TELLS_TWICE:
            listed = listed * 2
        return self._answer(200, {"notifications": listed, "links": {}})

    def _answer(self, status, body, headers=None):
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked did not wait

    def _drop(self):
        self.close_connection = True
        self.connection.shutdown(2)


def _public(message):
    return {name: message[name] for name in ("id", "reference", "status", "type")}
