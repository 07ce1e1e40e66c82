"""Logging in by the sign-on of the dienst, over real HTTP: what fits comes in, and nothing else does."""

import base64
import json
import time

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from contracts.work import Rol
from store.casebook import Casebook
from tests.worklist.desk import fill
from tests.worklist.oidc_server import CLIENT, SECRET, SignOn
from tests.worklist.test_sessions import KEY, Door
from worklist.auth.claims import Claims, user_of
from worklist.auth.oidc import Oidc

ROLES = {"TIJDIG-CONSULENT": Rol.CONSULENT, "TIJDIG-JURIST": Rol.JURIST}
BACK = "https://werklijst.example/inloggen/terug"


@pytest.fixture
def sign_on():
    with SignOn() as server:
        yield server


@pytest.fixture
def door(sign_on, tmp_path):
    """The worklist as it runs in production: over https, with the sign-on."""
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        fill(casebook)
        oidc = Oidc(
            discovery=sign_on.discovery, client_id=CLIENT, secret=SECRET, back=BACK, key=KEY,
            claims=Claims(vertaling=ROLES),
        )  # fmt: skip
        yield Door(casebook, local=False, oidc=oidc)


def go(door, naar="/", client=None, bend=lambda address: address):
    """Log in as a browser does: to the sign-on, and back with what it says."""
    client = client or door.client
    to = client.get("/inloggen/start", params={"naar": naar}).headers["location"]
    back = httpx.get(to).headers["location"]
    return client.get(bend(back))


def is_in(door):
    return door.client.get("/").status_code == 200


def test_who_the_sign_on_knows_comes_in_and_goes_where_they_were_going(door, sign_on):
    entered = go(door, "/taken/T-1?x=1")
    assert (entered.status_code, entered.headers["location"]) == (303, "/taken/T-1?x=1")
    assert is_in(door)
    ((user, wachtwoord),) = [door.casebook.account_of("u-17")]
    assert (user.naam, user.rollen, user.team, user.consulent_id) == ("Anna Jansen", {Rol.CONSULENT}, "Noord", "C-01")
    assert wachtwoord == ""
    assert [(row.wie, row.wat) for row in door.casebook.lines_about("inloggen")] == [("u-17", "ingelogd")]


def test_what_is_asked_is_a_code_with_pkce_state_and_nonce(door, sign_on):
    go(door)
    go(door)
    first, second = sign_on.asked
    assert (first["response_type"], first["client_id"], first["redirect_uri"]) == ("code", CLIENT, BACK)
    assert first["code_challenge_method"] == "S256"
    assert "openid" in first["scope"].split()
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 32
        assert first[name] != second[name]


def test_what_a_browser_keeps_meanwhile_is_signed_and_no_script_reads_it(door):
    answer = door.client.get("/inloggen/start")
    (kept,) = answer.headers.get_list("set-cookie")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Max-Age=600"} <= set(kept.split("; "))


def changed(**values):
    return lambda claims: {**claims, **values}


def without(name):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


LONG_AGO = int(time.time()) - 4000
WRONG = {
    "another nonce": changed(nonce="n" * 32),
    "no nonce": without("nonce"),
    "another issuer": changed(iss="https://elders.example"),
    "for somebody else": changed(aud="een-ander"),
    "for several, of whom another": changed(aud=[CLIENT, "een-ander"], azp="een-ander"),
    "for several, of whom nobody says which": changed(aud=[CLIENT, "een-ander"]),
    "expired": changed(iat=LONG_AGO, exp=LONG_AGO + 300),
    "without an end": without("exp"),
    "from the future": changed(iat=int(time.time()) + 4000, exp=int(time.time()) + 8000),
    "about nobody": without("sub"),
    "no ID token": lambda _: None,
}


@pytest.mark.parametrize("bend", WRONG.values(), ids=WRONG)
def test_a_token_that_does_not_fit_is_refused(door, sign_on, bend):
    sign_on.bend = bend
    refused = go(door)
    assert refused.status_code == 403
    assert "Het inloggen lukte niet" in refused.text
    assert not is_in(door)
    assert door.casebook.accounts() == []
    assert [row.wat for row in door.casebook.lines_about("inloggen")] == ["inloggen_geweigerd"]


def _by_another_key(claims):
    return jwt.encode({"alg": "RS256", "kid": "een"}, claims, RSAKey.generate_key(2048, {"kid": "een"}))


def _by_the_secret(claims):
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])


def _by_nobody(claims):
    parts = [
        base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in ({"alg": "none"}, claims)
    ]
    return ".".join([*parts, ""])


@pytest.mark.parametrize("sign", [_by_another_key, _by_the_secret, _by_nobody, lambda _: "geen token"])
def test_a_signature_that_is_not_of_the_sign_on_is_refused(door, sign_on, sign):
    sign_on.sign = sign
    assert go(door).status_code == 403
    assert not is_in(door)


def test_a_new_key_of_the_sign_on_is_fetched_once(door, sign_on):
    go(door)
    sign_on.key = RSAKey.generate_key(2048, {"kid": "twee"})
    sign_on.header = {"alg": "RS256", "kid": "twee"}
    sign_on.published.append(sign_on.key)
    assert go(door).status_code == 303
    go(door)
    assert sign_on.fetched_keys == 2


@pytest.mark.parametrize("groups", [[], ["ALLEN"], None, "IETS", [1, {}]])
def test_without_a_role_that_is_known_nobody_comes_in_and_is_told_whom_to_ask(door, sign_on, groups):
    sign_on.claims["groups"] = groups
    refused = go(door)
    assert refused.status_code == 403
    assert "Vraag de beheerder van Tijdig om een rol" in refused.text
    assert not is_in(door)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/sleutels"])
def test_a_sign_on_that_does_not_answer_is_said_and_comes_back_by_itself(door, sign_on, path):
    sign_on.fails.add(path)
    asked = door.client.get("/inloggen/start")
    if asked.status_code == 303:
        asked = go(door)
    assert asked.status_code == 403
    assert "Het inloggen lukte niet" in asked.text
    sign_on.fails.clear()
    assert go(door).status_code == 303


def test_a_code_that_somebody_else_got_is_of_no_use(door):
    def of_another_browser(address):
        door.client.cookies.delete("aanmelding")
        return address

    assert go(door, bend=of_another_browser).status_code == 403


def test_an_answer_to_another_question_is_refused(door):
    assert go(door, bend=lambda address: address.replace("state=", "state=x")).status_code == 403
    assert go(door, bend=lambda address: address.split("&state=")[0]).status_code == 403


def test_the_same_answer_twice_is_refused(door):
    to = door.client.get("/inloggen/start").headers["location"]
    back = httpx.get(to).headers["location"]
    assert [door.client.get(back).status_code for _ in range(2)] == [303, 403]


def test_who_pressed_cancel_there_is_back_at_the_log_in(door):
    door.client.get("/inloggen/start")
    assert door.client.get("/inloggen/terug", params={"error": "access_denied", "state": "x"}).status_code == 403


def test_nobody_logs_in_with_a_password_there(door):
    assert door.client.post("/inloggen", data={"gebruiker": "u-17", "wachtwoord": ""}).status_code == 405
    page = door.client.get("/inloggen").text
    assert "Inloggen met mijn werkaccount" in page
    assert 'type="password"' not in page


def test_where_somebody_goes_is_never_elsewhere(door):
    assert go(door, "//elders.example/").headers["location"] == "/"


def test_a_long_name_of_the_sign_on_is_kept_short_and_the_same():
    claims = Claims(vertaling=ROLES)
    first, again = (user_of({"sub": "x" * 60, "groups": "TIJDIG-JURIST"}, claims) for _ in range(2))
    assert first == again
    assert len(first.gebruiker) == 34
    assert first.rollen == {Rol.JURIST}
    assert user_of({"sub": "y" * 60}, claims).gebruiker != first.gebruiker
