"""An OpenID Connect provider that really runs on loopback and stands for DfE Sign-in.

The library's provider issues codes and tokens. Around it this one demands PKCE, as DfE Sign-in
does, and lies when a test tells it to.
"""

import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import parse_qs, urlsplit

import flask
import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from joserfc.jws import JWSRegistry, extract_compact
from werkzeug.serving import make_server

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what is deprecated in Authlib, which the library uses
    import oidc_provider_mock

CLIENT_ID = "mentor-training"
CLIENT_SECRET = "of-the-test-alone"

Claims = dict[str, object]


class Provider:
    """What runs, and what a test changes about it."""

    def __init__(self) -> None:
        self.app = oidc_provider_mock.app(require_nonce=True, issue_refresh_token=False)
        self.app.before_request(self._before)
        self.app.after_request(self._after)
        self.url = ""
        self.be_honest()

    def be_honest(self) -> None:
        """Forget what tests have changed."""
        # What answers instead, by path.
        self.instead: dict[str, Callable[[], flask.typing.ResponseReturnValue]] = {}
        # Changes to the discovery document, the claims of ID tokens and those of userinfo.
        self.document: Claims = {}
        self.leave_out_of_document: set[str] = set()
        self.claims: Claims = {}
        self.userinfo: Claims = {}
        # What the ID token leaves to userinfo.
        self.leave_out: set[str] = set()
        self.header: dict[str, str] = {"alg": "RS256"}
        # The key that is published, and the one that signs.
        self.published = self.signing = a_key("first")
        self.asked: list[str] = []
        self._challenges: dict[str, str] = {}

    def put(self, subject: str, **claims: object) -> None:
        """Make a person known to DfE Sign-in."""
        requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def rotate(self) -> None:
        """Publish and use another key from now on."""
        self.published = self.signing = a_key("second")

    def sign_in(self, there: str, subject: str) -> str:
        """Sign the person in at the address our service led to; return where that leads."""
        answer = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def _before(self) -> flask.typing.ResponseReturnValue | None:
        path = flask.request.path
        self.asked.append(path)
        if path in self.instead:
            return self.instead[path]()
        if path == "/oauth2/token":
            return self._refuse_without_pkce()
        return None

    def _refuse_without_pkce(self) -> flask.typing.ResponseReturnValue | None:
        form = flask.request.form
        basic = flask.request.authorization
        assert (basic.username, basic.password) == (CLIENT_ID, CLIENT_SECRET)
        challenge = self._challenges.get(form["code"])
        if create_s256_code_challenge(form["code_verifier"]) == challenge:
            return None
        return {"error": "invalid_grant"}, 400

    def _after(self, response: flask.Response) -> flask.Response:
        path = flask.request.path
        if path in self.instead:
            return response
        if path == "/oauth2/authorize" and response.status_code == 302:
            given = parse_qs(urlsplit(response.headers["Location"]).query)
            assert flask.request.args["code_challenge_method"] == "S256"
            assert flask.request.args["scope"] == "openid profile email organisation"
            self._challenges[given["code"][0]] = flask.request.args["code_challenge"]
        elif path == "/.well-known/openid-configuration":
            document = response.json | self.document
            left = document.keys() - self.leave_out_of_document
            response.data = flask.json.dumps({name: document[name] for name in left})
        elif path == "/jwks":
            response.data = flask.json.dumps(KeySet([self.published]).as_dict(private=False))
        elif path == "/userinfo" or path.endswith("/oauth2/userinfo"):
            response.data = flask.json.dumps(response.json | self.userinfo)
        elif path == "/oauth2/token" and response.status_code == 200:
            response.data = flask.json.dumps(
                response.json | {"id_token": self._id_token(response.json["id_token"])}
            )
        return response

    def _id_token(self, genuine: str) -> str:
        claims = read(genuine) | self.claims
        claims = {name: claims[name] for name in claims.keys() - self.leave_out}
        header = {"kid": self.signing.kid} | self.header
        registry = JWSRegistry(algorithms=["RS256", "HS256", "none"])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that "none" is not safe
            return jwt.encode(header, claims, self.signing, registry=registry)


@cache
def a_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


def read(token: str) -> Claims:
    """The claims of a token, believed as they are."""
    return flask.json.loads(extract_compact(token.encode()).payload)


def offered(provider: Provider, settings: object) -> None:
    """Give the service the settings with which it offers this DfE Sign-in."""
    settings.DFE_SIGN_IN_ISSUER = provider.url
    settings.DFE_SIGN_IN_CLIENT_ID = CLIENT_ID
    settings.DFE_SIGN_IN_CLIENT_SECRET = CLIENT_SECRET


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that runs until the block ends."""
    # Authlib's server part speaks plain HTTP on "localhost" only.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app, threaded=True)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
