"""A security key of the tests: makes passkeys and signs with them, also falsely."""

import json
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://localhost"


class Device:
    """One passkey; what is lied about is changed on it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = b"a passkey of the tests"
        self.origin, self.host, self.count, self.verifies = ORIGIN, "localhost", 0, True

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, made: bytes = b"") -> AuthenticatorData:
        flags = AuthenticatorData.FLAG.UP
        if self.verifies:
            flags |= AuthenticatorData.FLAG.UV
        if made:
            flags |= AuthenticatorData.FLAG.AT
        data: AuthenticatorData = AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, self.count, made)
        return data

    def _answer(self, **response: bytes) -> str:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        raw = websafe_encode(self.credential)
        return json.dumps(
            {"id": raw, "rawId": raw, "type": "public-key", "response": encoded, "clientExtensionResults": {}}
        )

    def make(self, options: str) -> str:
        """What a browser answers when it is asked to make one."""
        asked = json.loads(options)
        public: Any = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        made = AttestedCredentialData.create(bytes(16), self.credential, public)
        attested = AttestationObject.create("none", self._data(made), {})
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", asked), attestationObject=bytes(attested)
        )

    def sign(self, options: str, step: int = 1) -> str:
        """What it answers when it is asked to use one; its count of signatures grows by a step."""
        self.count += step
        client, data = self._client_data("webauthn.get", json.loads(options)), bytes(self._data())
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)
