"""A device that keeps one passkey, in software: what a browser's part of WebAuthn sends."""

import json
from hashlib import sha256

from bs4 import BeautifulSoup
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "https://testserver"
USER_PRESENT, HAS_CREDENTIAL = 1, 64


def options_on(response) -> dict:
    """What the page asks of the browser."""
    page = BeautifulSoup(response.content, "html.parser")
    return json.loads(page.select_one("#passkey-options")["data-options"])["publicKey"]


class Device:
    """Makes a passkey and uses it, as the options on a page ask."""

    def __init__(self, origin: str = ORIGIN, credential_id: bytes = b"a passkey") -> None:
        self._origin, self._id = origin, credential_id
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict) -> str:
        public = ES256.from_cryptography_key(self._key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self._id, public)
        data = self._data(USER_PRESENT | HAS_CREDENTIAL, credential)
        return self._answer(
            clientDataJSON=self._said("webauthn.create", options),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def use(self, options: dict) -> str:
        said, data = self._said("webauthn.get", options), self._data(USER_PRESENT)
        signature = self._key.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _said(self, what: str, options: dict) -> bytes:
        challenge = websafe_decode(options["challenge"])
        return CollectedClientData.create(what, challenge, self._origin)

    @staticmethod
    def _data(flags: int, credential: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(b"testserver").digest(), flags, 1, credential)

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self._id)
        encoded = {part: websafe_encode(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": encoded})
