"""Talks to DfE Sign-in: sends a browser there, and reads who signed in when it comes back.

Authlib does the protocol: it keeps state, nonce and PKCE in the browser's session, and checks the
signature of the ID token. The discovery document and the keys are fetched for each sign-in, so that
no worker accepts a key after DfE Sign-in has withdrawn it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

from accounts.signing_in.dfe_sign_in.refusals import (
    CANCELLED,
    EXPIRED,
    NOT_BELIEVED,
    UNREACHABLE,
    NotSignedInError,
)
from accounts.signing_in.dfe_sign_in.users import DfESignInPerson, person_from_claims

logger = logging.getLogger("dfe_sign_in")

SCOPES = "openid profile email organisation"
# Signatures by a key that only DfE Sign-in has: neither "none" nor a shared secret.
ALGORITHMS = ["RS256", "PS256", "ES256"]
# Seconds: to connect, and between two parts of an answer. A sign-in makes five requests at most;
# all must end before gunicorn stops a worker that has not answered for 30 seconds.
TIMEOUTS = (2, 4)
# Seconds by which our clock and that of DfE Sign-in may differ.
CLOCK_LEEWAY = 60

# The errors of an answer that is not there, is not JSON or has another shape than agreed.
_BAD_ANSWER = (RequestException, ValueError, TypeError, KeyError, AttributeError, RuntimeError)


@dataclass(frozen=True)
class CompletedSignIn:
    """The person who signed in, and the address that ends their session at DfE Sign-in.

    The address is "" if DfE Sign-in offers none.
    """

    person: DfESignInPerson
    sign_out_address: str


def is_offered() -> bool:
    """Whether the service has the settings for DfE Sign-in."""
    return bool(settings.DFE_SIGN_IN_ISSUER)


def begin_sign_in(request: HttpRequest, come_back_to: str) -> HttpResponse:
    """The redirect to DfE Sign-in, which sends the browser back to the address `come_back_to`.

    Raises NotSignedInError when DfE Sign-in cannot be reached.
    """
    with _faults_refused():
        return _client().authorize_redirect(request, come_back_to)


def complete_sign_in(request: HttpRequest, signed_out_at: str) -> CompletedSignIn:
    """Read from the browser's request who has just signed in at DfE Sign-in in this browser.

    After signing out there, DfE Sign-in sends the browser to our address `signed_out_at`. Raises
    NotSignedInError, with the reason, unless all of the answer is proved.
    """
    with _faults_refused():
        client = _client()
        # Raises if the state is not of this session, or the nonce not of this state.
        token = client.authorize_access_token(
            request, claims_options=_required_claims(), leeway=CLOCK_LEEWAY
        )
        signed = token.get("userinfo")
        if not signed:
            raise NotSignedInError(NOT_BELIEVED)
        claims = _user_info(client, token, signed) | signed
        return CompletedSignIn(
            person_from_claims(claims, settings.DFE_SIGN_IN_ISSUER),
            _sign_out_address(client, token["id_token"], signed_out_at),
        )


def _client() -> DjangoOAuth2App:
    """An OAuth client with DfE Sign-in's discovery document, fetched now."""
    issuer = settings.DFE_SIGN_IN_ISSUER
    client = OAuth().register(
        "dfe_sign_in",
        client_id=settings.DFE_SIGN_IN_CLIENT_ID,
        client_secret=settings.DFE_SIGN_IN_CLIENT_SECRET,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": SCOPES,
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUTS,
        },
    )
    document = client.load_server_metadata()
    if document["issuer"] != issuer:
        logger.error("DFE_SIGN_IN_ISSUER is not the issuer that its discovery document names")
        raise NotSignedInError(NOT_BELIEVED)
    document["id_token_signing_alg_values_supported"] = ALGORITHMS
    return client


def _required_claims() -> dict[str, dict[str, Any]]:
    """What an ID token must have, besides the times, which Authlib always checks."""
    return {
        "iss": {"essential": True, "value": settings.DFE_SIGN_IN_ISSUER},
        "aud": {"essential": True, "value": settings.DFE_SIGN_IN_CLIENT_ID},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }


def _user_info(
    client: DjangoOAuth2App, token: dict[str, Any], signed: dict[str, Any]
) -> dict[str, Any]:
    """The claims of the userinfo endpoint: the ID token may lack email and organisation."""
    if "userinfo_endpoint" not in client.server_metadata:
        return {}
    more = client.userinfo(token=token)
    if more["sub"] != signed["sub"]:
        raise NotSignedInError(NOT_BELIEVED)
    return more


def _sign_out_address(client: DjangoOAuth2App, id_token: str, signed_out_at: str) -> str:
    """The address that ends the session at DfE Sign-in; "" if it offers none."""
    if "end_session_endpoint" not in client.server_metadata:
        return ""
    return client.create_logout_url(signed_out_at, id_token_hint=id_token)["url"]


@contextmanager
def _faults_refused() -> Iterator[None]:
    """Raise NotSignedInError, with its reason, for each fault in talking to DfE Sign-in."""
    try:
        yield
    except MismatchingStateError as error:
        raise NotSignedInError(EXPIRED) from error
    except OAuthError as error:
        reason = CANCELLED if error.error == "access_denied" else EXPIRED
        raise NotSignedInError(reason) from error
    except JoseError as error:
        # Only the error's type: its message may hold a secret, or text of an attacker's.
        logger.warning("an ID token was refused: %s", type(error).__name__)
        raise NotSignedInError(NOT_BELIEVED) from error
    except _BAD_ANSWER as error:
        logger.warning("not reached, or not understood: %s", type(error).__name__)
        raise NotSignedInError(UNREACHABLE) from error
