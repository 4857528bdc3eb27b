"""Who made a bundle: an Ed25519 signature of its list, by the key that seals evidence."""

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from habeas.bundles.layout import HEAD
from habeas.errors import SignatureRefused
from habeas.evidence.seals.keys import raw_public_key
from habeas.language import _


class Signs(Protocol):
    """What signs: a `Signer` of `evidence.seals.keys`."""

    @property
    def pem(self) -> str:
        """The public key."""

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature, 64 bytes."""


def signature_of(manifest: bytes, signer: Signs) -> bytes:
    """Return the signature of a manifest.

    The line of the format stands before it, so that it can be taken for nothing else that this key
    signs.
    """
    return signer.sign(HEAD + manifest)


def signed_by(manifest: bytes, signature: bytes, pem: bytes) -> str:
    """Return the fingerprint of the key that signed.

    Raises:
        SignatureRefused: the key is none, or it did not sign this.
    """
    known = raw_public_key(pem)
    if known is None:
        raise SignatureRefused(_("its key is no Ed25519 key"))
    fingerprint, raw = known
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, HEAD + manifest)
    except InvalidSignature as error:
        raise SignatureRefused(_("the signature is not that of its key")) from error
    return fingerprint
