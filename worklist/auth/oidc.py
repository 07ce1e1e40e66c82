"""Log-in by the sign-on of the dienst: OpenID Connect, the authorization code flow with PKCE, state and nonce.

What is begun is remembered in a signed cookie of ten minutes; nothing of it is kept here. The ID token is believed when
its signature, issuer, audience, times and nonce fit, and a role that the settings know is in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, HttpUrl, ValidationError

from contracts.work import User
from worklist.auth.claims import Claims, user_of

#: What is signed with a key pair; never ``none``, and nothing with a shared secret.
_ALGORITHMS: Final = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"]
_LEEWAY: Final = 60
_TIMEOUT: Final = 10.0


class OidcError(Exception):
    """Somebody could not be logged in; says why, without anything about them.

    Attributes:
        no_role: the sign-on knows them, and they have no role here.
    """

    def __init__(self, why: str, *, no_role: bool = False) -> None:
        """With what went wrong."""
        super().__init__(why)
        self.no_role = no_role


class _Found(BaseModel):
    """What the sign-on says of itself (OpenID Connect Discovery 1.0)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    issuer: str
    authorization_endpoint: HttpUrl
    token_endpoint: HttpUrl
    jwks_uri: HttpUrl


@dataclass
class Oidc:
    """A sign-on.

    Attributes:
        discovery: where it says what it is: ``.../.well-known/openid-configuration``.
        client_id: how it knows this application.
        secret: the secret it gave.
        back: where browsers come back: ``https://.../inloggen/terug``.
        claims: which claim says what.
        key: the secret of the worklist.
        cookie: the name of the cookie in between.
        lasts: so many seconds somebody may take to log in there.
    """

    discovery: str
    client_id: str
    secret: str = field(repr=False)
    back: str
    claims: Claims
    key: str = field(repr=False)
    cookie: str = "aanmelding"
    lasts: int = 600
    _known: _Found | None = None
    _keys: KeySet | None = field(default=None, repr=False)

    def begin(self, naar: str) -> tuple[str, str]:
        """Where to send a browser, and what it keeps until it comes back.

        Raises:
            OidcError: the sign-on does not answer.
        """
        begun = {"state": generate_token(32), "nonce": generate_token(32), "verifier": generate_token(64), "naar": naar}
        with self._client() as client:
            address, _ = client.create_authorization_url(
                str(self._found().authorization_endpoint), state=begun["state"], nonce=begun["nonce"],
                code_verifier=begun["verifier"],
            )  # fmt: skip
        return str(address), self._signer.dumps(begun)

    def finish(self, answered: Mapping[str, str], kept: str) -> tuple[User, str]:
        """Who comes back, and where they were going.

        Raises:
            OidcError: it was not begun here, or what the sign-on says does not fit, or they have no role.
        """
        try:
            begun = self._signer.loads(kept, max_age=self.lasts)
        except BadData:
            raise OidcError("not begun in this browser, or too long ago") from None
        if not answered.get("state") or answered["state"] != begun["state"]:
            raise OidcError("another state than was sent")
        if "error" in answered or not answered.get("code"):
            raise OidcError("the sign-on gave no code")
        token = self._fetch(answered["code"], begun["verifier"])
        user = user_of(self._believed(token, begun["nonce"]), self.claims)
        if not user.rollen:
            raise OidcError("no role that the settings know", no_role=True)
        return user, begun["naar"]

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="tijdig-aanmelding")

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self.client_id, self.secret, scope="openid profile", redirect_uri=self.back, code_challenge_method="S256",
        )  # fmt: skip

    def _fetch(self, code: str, verifier: str) -> str:
        try:
            with self._client() as client:
                said = client.fetch_token(
                    str(self._found().token_endpoint), code=code, code_verifier=verifier, timeout=_TIMEOUT
                )
        except (OAuthError, requests.RequestException, ValueError) as error:
            raise OidcError(f"no token ({type(error).__name__})") from None
        token = said.get("id_token")
        if not isinstance(token, str):
            raise OidcError("no ID token")
        return token

    def _believed(self, token: str, nonce: str) -> dict[str, Any]:
        found = self._found()
        asked: dict[str, Any] = {
            "iss": {"essential": True, "value": found.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
            "nonce": {"essential": True, "value": nonce},
        }
        try:
            decoded = self._decoded(token)
            jwt.JWTClaimsRegistry(leeway=_LEEWAY, **asked).validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise OidcError(f"an ID token that does not fit ({type(error).__name__})") from None
        claims = decoded.claims
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != self.client_id:
            raise OidcError("an ID token for several, of which we are not the one it is for")
        return dict(claims)

    def _decoded(self, token: str) -> jwt.Token:
        """Its content; where its key is not known the keys are fetched again, once."""
        if self._keys is not None:
            try:
                return jwt.decode(token, self._keys, algorithms=_ALGORITHMS)
            except (JoseError, ValueError):
                self._keys = None
        self._keys = KeySet.import_key_set(_get(str(self._found().jwks_uri))[0])
        return jwt.decode(token, self._keys, algorithms=_ALGORITHMS)

    def _found(self) -> _Found:
        if self._known is None:
            self._known = _found_at(self.discovery, _get(self.discovery)[0])
        return self._known


def introduced(discovery: str) -> datetime | None:
    """Hear what a sign-on says of itself and fetch its keys, without anybody who logs in; gives what its clock says.

    Raises:
        OidcError: nobody could log in by it.
    """
    said, clock = _get(discovery)
    keys, _ = _get(str(_found_at(discovery, said).jwks_uri))
    try:
        KeySet.import_key_set(keys)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise OidcError(f"a sign-on without keys ({type(error).__name__})") from None
    return clock


def _found_at(discovery: str, said: object) -> _Found:
    try:
        found = _Found.model_validate(said)
    except ValidationError:
        raise OidcError("a sign-on that does not say what it is") from None
    if found.issuer.rstrip("/") + "/.well-known/openid-configuration" != discovery:
        raise OidcError("a sign-on under another name than its own")
    return found


def _get(address: str) -> tuple[Any, datetime | None]:
    """What is there, as JSON, and when that was by the clock of who answers."""
    try:
        answer = requests.get(address, timeout=_TIMEOUT)
        answer.raise_for_status()
        return answer.json(), _moment(answer.headers.get("Date"))
    except (requests.RequestException, ValueError) as error:
        raise OidcError(f"a sign-on that does not answer ({type(error).__name__})") from None


def _moment(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header).astimezone(UTC) if header else None
    except ValueError:
        return None
