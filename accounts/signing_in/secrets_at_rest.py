"""Authenticator apps' secrets as the database keeps them: encrypted, under the service's key.

A stolen copy of the database is no second factor. A passkey needs none of this: what is kept of it
is public.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"accounts.signing_in.secrets_at_rest"


class UnreadableSecretError(Exception):
    """It was encrypted under a key that is none of SECRET_KEY and SECRET_KEY_FALLBACKS."""


def encrypt(secret: str) -> str:
    """The secret as it is kept, under SECRET_KEY."""
    return _keys().encrypt(secret.encode()).decode()


def decrypt(kept: str) -> str:
    """The secret, encrypted under today's key or one of before; raises UnreadableSecretError."""
    try:
        return _keys().decrypt(kept).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def _keys() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key_from(key)) for key in keys])


def _key_from(secret_key: str) -> bytes:
    """A key of its own for this purpose."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(derived.derive(secret_key.encode()))
