"""Encrypts the secrets of authenticator apps for the database, under a key from SECRET_KEY.

A thief of the database then has no second factor. Passkeys need no encryption: the database has
only their public keys.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"accounts.signing_in.secrets_at_rest"


class UnreadableSecretError(Exception):
    """The secret was encrypted under neither SECRET_KEY nor one of SECRET_KEY_FALLBACKS."""


def encrypt(secret: str) -> str:
    """The secret, encrypted under SECRET_KEY."""
    return _keys().encrypt(secret.encode()).decode()


def decrypt(kept: str) -> str:
    """The secret, decrypted by SECRET_KEY or an earlier key; raises UnreadableSecretError."""
    try:
        return _keys().decrypt(kept).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def _keys() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key_from(key)) for key in keys])


def _key_from(secret_key: str) -> bytes:
    """The key for this purpose alone that follows from a SECRET_KEY."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(derived.derive(secret_key.encode()))
