"""An Open Klant of one's own: a real HTTP server with the Klantinteracties API as far as tasks use it.

It does what was measured on real servers of two generations (API 0.6.0 and 0.9.0), holds each body against the
published shape, and misbehaves when it is told to.
"""

import json
import threading
import time
import uuid
from collections import deque
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jsonschema

from tests.worklist.at_once import TOKEN

OLD, NEW = "0.6.0", "0.9.0"
BASE = "/klantinteracties/api/v1"

#: What it can do with something that is to be made or changed.
OK = "does it"
DROPS_AFTER = "does it, then drops the connection"
DROPS_BEFORE = "drops the connection"
FAILS_AFTER = "does it, then answers 500"
FAILS_BEFORE = "answers 500"
UNAVAILABLE_AFTER = "does it, then answers 503"
TOO_MANY = "answers 429"
SLOW = "does it, and answers too late"
NONSENSE_AFTER = "does it, and answers with a page"
UNIQUE_AFTER = "a twin did it, so it answers 400 unique"
CONFLICT_AFTER = "a twin did it, so it answers 409"
MOVED = "sends us elsewhere"
REFUSES = "answers 400"
FORBIDS = "answers 403"
FAULTS = (
    DROPS_AFTER, DROPS_BEFORE, FAILS_AFTER, FAILS_BEFORE, UNAVAILABLE_AFTER, TOO_MANY, SLOW, NONSENSE_AFTER,
    UNIQUE_AFTER, CONFLICT_AFTER, MOVED,
)  # fmt: skip
#: After these it has what was sent.
DOES = {OK, DROPS_AFTER, FAILS_AFTER, UNAVAILABLE_AFTER, SLOW, NONSENSE_AFTER, UNIQUE_AFTER, CONFLICT_AFTER}

#: What it can do when it is asked.
TELLS = "tells"
TELLS_OF_ANOTHER = "tells of another"
TELLS_NO_LIST = "tells no list"
TELLS_BRACKETS = "tells brackets"
FAILS = "fails"
A_PAGE = "a page of something in between"
LIES = (TELLS_OF_ANOTHER, TELLS_NO_LIST, TELLS_BRACKETS, FAILS, A_PAGE)
_BRACKETS = "[" * 100_000 + "]" * 100_000

_UUID = {"type": "string", "pattern": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
_REF = {"type": "object", "required": ["uuid"], "properties": {"uuid": _UUID}, "additionalProperties": False}
_NUMBER = {"type": "string", "pattern": r"^\d{1,10}$"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}


def _text(most):
    return {"type": "string", "minLength": 1, "maxLength": most}


def _object(required, **properties):
    return {
        "type": "object", "required": [*required], "properties": properties, "additionalProperties": False,
    }  # fmt: skip


_CODES = dict.fromkeys(("objectId", "codeObjecttype", "codeRegister", "codeSoortObjectId"), _text(200))


def shapes(version):
    """What the published OpenAPI says of a body, in own words; only what a task sends is let through."""
    numbers = {"nummer": _NUMBER, "referentienummer": _NUMBER} if version != OLD else {}
    return {
        "actoren": _object(
            ["naam", "soortActor"], naam=_text(200), indicatieActief={"type": "boolean"},
            soortActor={"enum": ["medewerker", "geautomatiseerde_actor", "organisatorische_eenheid"]},
            actoridentificator=_object(_CODES, **_CODES),
        ),
        "maak-klantcontact": _object(
            ["klantcontact"],
            klantcontact=_object(
                ["kanaal", "onderwerp", "taal", "vertrouwelijk", *numbers], kanaal=_text(50), onderwerp=_text(200),
                inhoud=_text(1000), taal={"const": "nld"}, vertrouwelijk={"type": "boolean"},
                plaatsgevondenOp=_MOMENT, **numbers,
            ),
            onderwerpobject=_object(
                [], wasKlantcontact={"type": "null"}, onderwerpobjectidentificator=_object(_CODES, **_CODES)
            ),
        ),
        "internetaken": _object(
            ["gevraagdeHandeling", "status", "aanleidinggevendKlantcontact", "toegewezenAanActoren", *numbers],
            gevraagdeHandeling=_text(200), status={"enum": ["te_verwerken", "verwerkt"]}, toelichting=_text(1000),
            aanleidinggevendKlantcontact=_REF,
            toegewezenAanActoren={"type": "array", "minItems": 1, "uniqueItems": True, "items": _REF}, **numbers,
        ),
        "PATCH": _object(
            [], status={"enum": ["te_verwerken", "verwerkt"]}, afgehandeldOp={"anyOf": [_MOMENT, {"type": "null"}]}
        ),
    }  # fmt: skip


#: The query parameters that both generations know; any other gives 400.
PARAMS = {
    "actoren": {
        "actoridentificatorObjectId", "actoridentificatorCodeObjecttype", "actoridentificatorCodeRegister",
        "actoridentificatorCodeSoortObjectId", "indicatieActief", "naam", "soortActor", "page", "pageSize",
    },
    "onderwerpobjecten": {
        "onderwerpobjectidentificatorObjectId", "onderwerpobjectidentificatorCodeRegister",
        "onderwerpobjectidentificatorCodeObjecttype", "onderwerpobjectidentificatorCodeSoortObjectId",
        "klantcontact__uuid", "page", "pageSize",
    },
    "internetaken": {"klantcontact__uuid", "nummer", "status", "toegewezenAanActor__uuid", "page", "pageSize"},
}  # fmt: skip


class _RefusedError(Exception):
    def __init__(self, status, code="invalid", name="nonFieldErrors"):
        self.status = status
        self.body = {"code": "invalid", "status": status, "invalidParams": [{"name": name, "code": code}]}


class OpenKlant:
    """The server; what it has is in ``actoren``, ``contacten`` and ``taken``, what did not fit in ``wrong``."""

    def __init__(self, version=NEW):
        self.version = version
        self.actoren, self.contacten, self.taken = [], [], []
        self.faults, self.lies = deque(), deque()
        self.posted, self.changed, self.asked, self.wrong, self.traces = [], [], [], [], []
        self.late, self.gap = 1.5, 0.0
        self.lock = threading.Lock()
        self._shapes = shapes(version)
        self._given = 0
        handler = type("Handler", (_Handler,), {"klant": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}{BASE}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def about(self):
        """Our id of each InterneTaak, in order."""
        of = {one["uuid"]: one["about"]["objectId"] for one in self.contacten}
        return sorted(of[taak["aanleidinggevendKlantcontact"]["uuid"]] for taak in self.taken)

    def closes(self, place, at="2026-11-05T09:30:00+01:00"):
        """Somebody there closes a task."""
        self.taken[place] |= {"status": "verwerkt", "afgehandeldOp": at}

    # -- what it does ----------------------------------------------------------------------------------------

    def make(self, path, sent):
        self.check(path, sent)
        with self.lock:
            self._not_twice(path, sent)
        time.sleep(self.gap)  # between the check and the insert another one can come
        with self.lock:
            try:
                self._not_twice(path, sent)
            except _RefusedError:
                raise _RefusedError(500) from None  # the database found out
            return {"actoren": self._actor, "maak-klantcontact": self._contact, "internetaken": self._taak}[path](sent)

    def check(self, path, sent):
        error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(self._shapes[path]).iter_errors(sent))
        if error is not None:
            self.wrong.append((path, error.message))
            raise _RefusedError(400)

    def _not_twice(self, path, sent):
        sent = sent.get("klantcontact", sent)
        there = {"maak-klantcontact": self.contacten, "internetaken": self.taken}.get(path, [])
        for name in ("nummer", "referentienummer"):
            if sent.get(name) in {one[name] for one in there if one.get(name)}:
                raise _RefusedError(400, "unique", name)

    def _number(self):
        self._given += 1
        return f"{self._given:010d}"

    def _actor(self, sent):
        self.actoren.append({"uuid": str(uuid.uuid4()), "indicatieActief": True, "actoridentificator": None} | sent)

    def _contact(self, sent):
        made = {"uuid": str(uuid.uuid4()), "nummer": self._number()} | sent["klantcontact"]
        made["about"] = sent["onderwerpobject"]["onderwerpobjectidentificator"]
        self.contacten.append(made)

    def _taak(self, sent):
        known = {one["uuid"] for one in self.actoren}
        if any(one["uuid"] not in known for one in sent["toegewezenAanActoren"]):
            raise _RefusedError(400, "does_not_exist", "toegewezenAanActoren")
        if sent["aanleidinggevendKlantcontact"]["uuid"] not in {one["uuid"] for one in self.contacten}:
            raise _RefusedError(400, "does_not_exist", "aanleidinggevendKlantcontact")
        self.taken.append(
            {"uuid": str(uuid.uuid4()), "nummer": self._number(), "toelichting": "", "afgehandeldOp": None} | sent
        )

    def change(self, one, sent):
        self.check("PATCH", sent)
        with self.lock:
            taak = next((taak for taak in self.taken if taak["uuid"] == one), None)
            if taak is None:
                raise _RefusedError(404)
            if sent.get("afgehandeldOp") and sent.get("status", taak["status"]) != "verwerkt":
                raise _RefusedError(400)
            if sent.get("status") == "verwerkt" and not sent.get("afgehandeldOp"):
                sent = sent | {"afgehandeldOp": taak["afgehandeldOp"] or datetime.now(UTC).isoformat()}
            taak.update(sent)

    def found(self, path, params):
        """What is there with these values, the newest first."""
        if path not in PARAMS:
            raise _RefusedError(404)
        if set(params) - PARAMS[path]:
            raise _RefusedError(400, "unknown-parameters")
        with self.lock:
            if path == "internetaken":
                wanted = params.get("klantcontact__uuid")
                listed = [one for one in self.taken if wanted in (None, one["aanleidinggevendKlantcontact"]["uuid"])]
            elif path == "actoren":
                listed = [one for one in self.actoren if self._fits(one["actoridentificator"], params, "actor")]
            else:
                listed = [
                    {"uuid": str(uuid.uuid4()), "klantcontact": {"uuid": one["uuid"]}, "wasKlantcontact": None,
                     "onderwerpobjectidentificator": one["about"]}
                    for one in self.contacten if self._fits(one["about"], params, "onderwerpobject")
                ]  # fmt: skip
        return listed[::-1]

    @staticmethod
    def _fits(codes, params, what):
        name = "{}identificator{}{}"
        given = {key: params.get(name.format(what, key[0].upper(), key[1:])) for key in codes or {}}
        return all(said in (None, codes[key]) for key, said in given.items())


_LIES = {
    FAILS: (500, {}),
    TELLS_BRACKETS: (200, _BRACKETS),
    A_PAGE: (200, "<html>Onderhoud</html>", {}, False),
}
#: Status, body, headers, and whether it is the API that says so.
_SAYS = {
    FAILS_AFTER: (500, {"code": "error"}),
    FAILS_BEFORE: (500, {"code": "error"}),
    UNAVAILABLE_AFTER: (503, "", {}, False),
    TOO_MANY: (429, {}, {"Retry-After": "2"}),
    NONSENSE_AFTER: (200, "<html>Even geduld</html>", {}, False),
    UNIQUE_AFTER: (400, _RefusedError(400, "unique", "nummer").body),
    CONFLICT_AFTER: (409, {}),
    MOVED: (307, "", {"Location": "http://127.0.0.1:1/elders"}),
    REFUSES: (400, {"invalidParams": [{"name": "kanaal", "code": "invalid", "reason": "not in the werklijst"}]}),
    FORBIDS: (403, {}),
}


class _Handler(BaseHTTPRequestHandler):
    klant: OpenKlant
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        self._do("posted")

    def do_PATCH(self):
        self._do("changed")

    def _do(self, kept):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = urlsplit(self.path).path.removeprefix(f"{BASE}/")
        with self.klant.lock:
            fault = self.klant.faults.popleft() if self.klant.faults else OK
            getattr(self.klant, kept).append(path)
            self.klant.traces.append(self.headers["traceparent"])
        if self.headers["Authorization"] != f"Token {TOKEN}":
            return self._answer(401, {})
        if fault in DOES:
            try:
                if kept == "posted":
                    self.klant.make(path, sent)
                else:
                    self.klant.change(path.rsplit("/", 1)[1], sent)
            except _RefusedError as error:
                return self._answer(error.status, error.body)
        if fault == SLOW:
            time.sleep(self.klant.late)
        if fault in (OK, SLOW):
            self._answer(201 if kept == "posted" else 200, {})
        elif fault in _SAYS:
            self._answer(*_SAYS[fault])
        else:
            self.close_connection = True
            self.connection.shutdown(2)
        return None

    def do_GET(self):
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(f"{BASE}/")
        params = {name: said[0] for name, said in parse_qs(parts.query).items()}
        with self.klant.lock:
            self.klant.asked.append(path)
            self.klant.traces.append(self.headers["traceparent"])
            lie = self.klant.lies.popleft() if self.klant.lies else TELLS
        if self.headers["Authorization"] != f"Token {TOKEN}":
            return self._answer(401, {})
        if lie in _LIES:
            return self._answer(*_LIES[lie])
        if "/" in path:
            return self._one(path.rsplit("/", 1)[1], lie)
        return self._list(path, params, lie)

    def _list(self, path, params, lie):
        try:
            listed = self.klant.found(path, params)
        except _RefusedError as error:
            return self._answer(error.status, error.body)
        if lie == TELLS_NO_LIST:
            return self._answer(200, {"count": 0})
        if lie == TELLS_OF_ANOTHER:
            listed = [_another(path)]
        return self._answer(200, {"count": len(listed), "next": None, "previous": None, "results": listed})

    def _one(self, wanted, lie):
        taak = next((one for one in self.klant.taken if one["uuid"] == wanted), None)
        if lie == TELLS_OF_ANOTHER:
            taak = _another("internetaken")
        if lie == TELLS_NO_LIST:
            return self._answer(200, {})
        return self._answer(404, {}) if taak is None else self._answer(200, taak)

    def _answer(self, status, body, headers=None, api=True):
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        try:
            self.send_response(status)
            if api:
                self.send_header("API-version", self.klant.version)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked did not wait


def _another(path):
    other = {"objectId": "T-ANDERE0000", "codeObjecttype": "taak", "codeRegister": "ander", "codeSoortObjectId": "x"}
    return {
        "actoren": {"uuid": str(uuid.uuid4()), "naam": "Ander", "actoridentificator": other},
        "onderwerpobjecten": {
            "uuid": str(uuid.uuid4()), "klantcontact": {"uuid": str(uuid.uuid4())},
            "onderwerpobjectidentificator": other,
        },
        "internetaken": {
            "uuid": str(uuid.uuid4()), "nummer": "0000000009", "status": "verwerkt",
            "aanleidinggevendKlantcontact": {"uuid": str(uuid.uuid4())},
        },
    }[path]  # fmt: skip
