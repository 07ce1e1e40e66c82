"""A log elsewhere: a real HTTP server that takes spans by OTLP, and misbehaves when it is told to."""

import json
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OK = "takes them"
FAILS = "answers 500"
UNAVAILABLE = "answers 503"
TOO_MANY = "answers 429"
REFUSES = "answers 400"
FORBIDS = "answers 401"
MOVED = "sends us elsewhere"
DROPS = "drops the connection"
DROPS_AFTER = "takes them, then drops the connection"
SLOW = "takes them, and answers too late"
NONSENSE = "answers with a page"
BRACKETS = "answers with brackets"
REJECTS = "rejects one"
SAYS_NOTHING = "answers 200 without a body"
FAULTS = (
    FAILS, UNAVAILABLE, TOO_MANY, REFUSES, FORBIDS, MOVED, DROPS, DROPS_AFTER, SLOW, NONSENSE, BRACKETS, REJECTS,
    SAYS_NOTHING,
)  # fmt: skip
_TAKES = (OK, DROPS_AFTER, SLOW)
_SAYS = {
    OK: (200, "{}"),
    FAILS: (500, "{}"),
    UNAVAILABLE: (503, ""),
    TOO_MANY: (429, ""),
    REFUSES: (400, '{"code": 3}'),
    FORBIDS: (401, ""),
    MOVED: (307, ""),
    NONSENSE: (200, "<html>Even geduld</html>"),
    BRACKETS: (200, "[" * 100_000 + "]" * 100_000),
    REJECTS: (200, '{"partialSuccess": {"rejectedSpans": "1", "errorMessage": "no"}}'),
    SAYS_NOTHING: (200, ""),
}


class Receiver:
    """The server; ``spans`` are those it took, by their span id, as the protocol writes them."""

    def __init__(self):
        self.spans, self.resources, self.keys, self.paths = {}, [], [], []
        self.faults = deque()
        self.late = 0.6
        handler = type("Handler", (_Handler,), {"receiver": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

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

    def take(self, body):
        for resource in json.loads(body)["resourceSpans"]:
            self.resources.append(resource["resource"])
            for scope in resource["scopeSpans"]:
                self.spans |= {span["spanId"]: span for span in scope["spans"]}


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.paths.append((self.path, self.headers["Content-Type"]))
        self.receiver.keys.append(self.headers["Authorization"])
        fault = self.receiver.faults.popleft() if self.receiver.faults else OK
        if fault in _TAKES:
            self.receiver.take(body)
        if fault == SLOW:
            time.sleep(self.receiver.late)
        if fault in (DROPS, DROPS_AFTER):
            self.close_connection = True
            self.connection.shutdown(2)
            return
        status, text = _SAYS.get(fault, _SAYS[OK])
        self._answer(status, text.encode())

    def _answer(self, status, body):
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status == 307:
                self.send_header("Location", "http://127.0.0.1:1/elders")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True
