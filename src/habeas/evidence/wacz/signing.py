"""The signature of packages by the companion of the sealing key."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from habeas.evidence.seals.keys import Signer


@dataclass(frozen=True, slots=True)
class CompanionSigner:
    """Signs packages with the ECDSA key that the store's log introduces beside the sealing key."""

    signer: Signer

    def sign(self, message: bytes, /) -> bytes:
        """Return r and s one behind the other: the form that browsers make and verify."""
        size = -(-self._key().key_size // 8)
        r, s = decode_dss_signature(self.signer.sign_ecdsa(message))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def public_key(self) -> bytes:
        """Return the public key (DER, SubjectPublicKeyInfo)."""
        return self._key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def _key(self) -> EllipticCurvePublicKey:
        key = load_pem_public_key(self.signer.ecdsa_pem.encode("ascii"))
        if not isinstance(key, EllipticCurvePublicKey):
            raise TypeError(type(key).__name__)
        return key


def signer_of(signer: Signer) -> CompanionSigner:
    """Return the signer of packages that belongs to a sealing key."""
    return CompanionSigner(signer)
