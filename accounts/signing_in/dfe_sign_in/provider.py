"""Speaking with DfE Sign-in: sending somebody there, and finding out who has come back.

Authlib does the protocol: state, nonce and PKCE, which it keeps in the browser's session, and the
signature of the ID token. Its discovery document and keys are asked for anew each time, so that a
key that DfE Sign-in withdraws is not believed any more, by any worker.
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
from accounts.signing_in.dfe_sign_in.users import Person, person_of

logger = logging.getLogger("dfe_sign_in")

SCOPES = "openid profile email organisation"
# Signatures by a key that only DfE Sign-in has: neither "none" nor a shared secret.
SIGNED_BY = ["RS256", "PS256", "ES256"]
# Seconds: to connect, and between two parts of an answer. A sign-in asks five times at most, which
# must end before gunicorn ends a worker that has not answered for 30.
PATIENCE = (2, 4)
# Seconds by which the clocks may differ.
CLOCKS_DIFFER = 60

# What becomes of an answer that is no answer: no JSON, or not of the shape that was agreed.
_NOT_UNDERSTOOD = (RequestException, ValueError, TypeError, KeyError, AttributeError, RuntimeError)


@dataclass(frozen=True)
class Answer:
    """Who has come back, and where their session at DfE Sign-in is ended, if it says so."""

    person: Person
    sign_out_address: str


def is_offered() -> bool:
    """Whether people may sign in by DfE Sign-in at all."""
    return bool(settings.DFE_SIGN_IN_ISSUER)


def send_there(request: HttpRequest, come_back_to: str) -> HttpResponse:
    """Return the redirect to DfE Sign-in, from which the browser comes back to this address.

    Raises NotSignedInError.
    """
    with _faults_refused():
        return _client().authorize_redirect(request, come_back_to)


def who_came_back(request: HttpRequest, signed_out_at: str) -> Answer:
    """Return who the request says has signed in, in this browser and just now.

    `signed_out_at` is the address of ours to which signing out at DfE Sign-in leads back.
    Raises NotSignedInError for whatever cannot be believed.
    """
    with _faults_refused():
        client = _client()
        # Raises for a state that is not of this session, and for a nonce that is not of this state.
        token = client.authorize_access_token(
            request, claims_options=_demanded(), leeway=CLOCKS_DIFFER
        )
        signed = token.get("userinfo")
        if not signed:
            raise NotSignedInError(NOT_BELIEVED)
        claims = _more_about(client, token, signed) | signed
        return Answer(
            person_of(claims, settings.DFE_SIGN_IN_ISSUER),
            _sign_out_address(client, token["id_token"], signed_out_at),
        )


def _client() -> DjangoOAuth2App:
    """A client that knows DfE Sign-in's discovery document, as it is at this moment."""
    issuer = settings.DFE_SIGN_IN_ISSUER
    client = OAuth().register(
        "dfe_sign_in",
        client_id=settings.DFE_SIGN_IN_CLIENT_ID,
        client_secret=settings.DFE_SIGN_IN_CLIENT_SECRET,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": SCOPES,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    document = client.load_server_metadata()
    if document["issuer"] != issuer:
        logger.error("DFE_SIGN_IN_ISSUER is not the issuer that its discovery document names")
        raise NotSignedInError(NOT_BELIEVED)
    document["id_token_signing_alg_values_supported"] = SIGNED_BY
    return client


def _demanded() -> dict[str, dict[str, Any]]:
    """What an ID token must say, besides the nonce and the times, which Authlib always checks."""
    return {
        "iss": {"essential": True, "value": settings.DFE_SIGN_IN_ISSUER},
        "aud": {"essential": True, "value": settings.DFE_SIGN_IN_CLIENT_ID},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }


def _more_about(
    client: DjangoOAuth2App, token: dict[str, Any], signed: dict[str, Any]
) -> dict[str, Any]:
    """What DfE Sign-in says beside the ID token, which need not hold email and organisation."""
    if "userinfo_endpoint" not in client.server_metadata:
        return {}
    more = client.userinfo(token=token)
    if more["sub"] != signed["sub"]:
        raise NotSignedInError(NOT_BELIEVED)
    return more


def _sign_out_address(client: DjangoOAuth2App, id_token: str, signed_out_at: str) -> str:
    """Where the session at DfE Sign-in is ended; empty when it does not offer that."""
    if "end_session_endpoint" not in client.server_metadata:
        return ""
    return client.create_logout_url(signed_out_at, id_token_hint=id_token)["url"]


@contextmanager
def _faults_refused() -> Iterator[None]:
    """Have each fault between here and DfE Sign-in refuse the sign-in, by its reason."""
    try:
        yield
    except MismatchingStateError as error:
        raise NotSignedInError(EXPIRED) from error
    except OAuthError as error:
        reason = CANCELLED if error.error == "access_denied" else EXPIRED
        raise NotSignedInError(reason) from error
    except JoseError as error:
        # The kind alone: what was said may hold a secret, or what an attacker would have us write.
        logger.warning("an ID token was refused: %s", type(error).__name__)
        raise NotSignedInError(NOT_BELIEVED) from error
    except _NOT_UNDERSTOOD as error:
        logger.warning("not reached, or not understood: %s", type(error).__name__)
        raise NotSignedInError(UNREACHABLE) from error
