"""A sign-on of the tests' own, over HTTP: discovery, keys, authorization and token endpoint, with signed tokens.

It asks nobody for a password: who comes is who it is told to be. What it says can be bent, to see what is refused.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "tijdig", "een-geheim-van-de-aanmelding"


class SignOn:
    """The server; ``claims`` is who comes, ``bend`` changes the claims of a token, ``key`` signs it."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "een"})
        self.published = [self.key]
        self.header = {"alg": "RS256", "kid": "een"}
        self.claims = {"sub": "u-17", "name": "Anna Jansen", "groups": ["TIJDIG-CONSULENT", "ALLEN"], "team": "Noord",
                       "consulent_id": "C-01"}  # fmt: skip
        self.bend = lambda claims: claims
        self.sign = self.signed
        self.codes, self.asked, self.fetched_keys = {}, [], 0
        self.fails = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self.discovery = f"{self.base}/.well-known/openid-configuration"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def signed(self, claims):
        return jwt.encode(self.header, claims, self.key, algorithms=[self.header["alg"]])

    def authorize(self, query):
        """Somebody logs in there: where their browser is sent back to."""
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form, authorization):
        """A code for a token, once, for who can show the verifier and the secret."""
        asked = self.codes.pop(form.get("code", ""), None)
        client = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or authorization != f"Basic {client}" or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.base, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.claims}
        answer = {"access_token": "x", "token_type": "Bearer", "expires_in": 300}
        made = self.bend(claims)
        return 200, answer if made is None else {**answer, "id_token": self.sign(made)}

    def _handler(self):
        sign_on = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                at = urlsplit(self.path)
                if at.path in sign_on.fails:
                    self.answer(503, {})
                elif at.path == "/.well-known/openid-configuration":
                    self.answer(200, {
                        "issuer": sign_on.base, "authorization_endpoint": f"{sign_on.base}/inloggen",
                        "token_endpoint": f"{sign_on.base}/token", "jwks_uri": f"{sign_on.base}/sleutels",
                    })  # fmt: skip
                elif at.path == "/sleutels":
                    sign_on.fetched_keys += 1
                    self.answer(200, {"keys": [key.as_dict(private=False) for key in sign_on.published]})
                elif at.path == "/inloggen":
                    query = {name: values[0] for name, values in parse_qs(at.query).items()}
                    self.send_response(302)
                    self.send_header("Location", sign_on.authorize(query))
                    self.end_headers()
                else:
                    self.answer(404, {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self.answer(*sign_on.token(form, self.headers.get("Authorization")))

            def answer(self, status, content):
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
