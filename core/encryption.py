"""Encrypts what the database keeps for a while and must be able to read again.

A stolen copy of the database tells nothing of it without SECRET_KEY. Each purpose has a key of its
own, derived from that one, so that what is encrypted for one cannot be read as another's.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableSecretError(Exception):
    """It was encrypted under a key that is none of SECRET_KEY and SECRET_KEY_FALLBACKS."""


def encrypt(secret: str, purpose: bytes) -> str:
    """Return the secret as it is kept, under SECRET_KEY."""
    return _keys(purpose).encrypt(secret.encode()).decode()


def decrypt(kept: str, purpose: bytes) -> str:
    """Return the secret, encrypted for this purpose under the present key or an earlier one.

    Raises UnreadableSecretError.
    """
    try:
        return _keys(purpose).decrypt(kept).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def _keys(purpose: bytes) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key_from(key, purpose)) for key in keys])


def _key_from(secret_key: str, purpose: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return base64.urlsafe_b64encode(derived.derive(secret_key.encode()))
