"""Encrypts the secrets of authenticator apps for the database, under a key from SECRET_KEY.

A thief of the database then has no second factor. Passkeys need no encryption: the database has
only their public keys.
"""

from core import encryption

_PURPOSE = b"accounts.signing_in.secrets_at_rest"


def encrypt(secret: str) -> str:
    """The secret, encrypted under SECRET_KEY."""
    return encryption.encrypt(secret, _PURPOSE)


def decrypt(kept: str) -> str:
    """The secret, decrypted; raises `core.encryption.UnreadableSecretError`."""
    return encryption.decrypt(kept, _PURPOSE)
