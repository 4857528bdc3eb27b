"""Whether the signature of a seal holds.

By libsodium, while seals are signed by OpenSSL: two makers must agree, and it is twice as fast.
"""

from collections.abc import Callable, Mapping

from habeas.evidence.seals.rows import Seal


def verifier(keys: Mapping[str, bytes]) -> Callable[[Seal], bool | None]:
    """Return a function that says whether a seal's signature holds; None without its key.

    Args:
        keys: public keys (32 raw bytes) by fingerprint.
    """
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    ready = {name: VerifyKey(raw) for name, raw in keys.items()}

    def verify(seal: Seal) -> bool | None:
        """Return whether a signature holds; None where the signer's key is not at hand."""
        key = ready.get(seal.signer)
        if key is None:
            return None
        try:
            key.verify(seal.signed, seal.signature)
        except (BadSignatureError, ValueError):
            return False
        return True

    return verify
