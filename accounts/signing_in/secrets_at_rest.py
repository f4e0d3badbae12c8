"""Authenticator apps' secrets as the database keeps them: encrypted, under the service's key.

A stolen copy of the database is no second factor. A passkey needs none of this: what is kept of it
is public.
"""

from core import encryption

_PURPOSE = b"accounts.signing_in.secrets_at_rest"


def encrypt(secret: str) -> str:
    """Return the secret as it is kept."""
    return encryption.encrypt(secret, _PURPOSE)


def decrypt(kept: str) -> str:
    """Return the secret; raises `core.encryption.UnreadableSecretError`."""
    return encryption.decrypt(kept, _PURPOSE)
