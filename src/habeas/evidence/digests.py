"""Digests as WARC headers carry them: labelled, in hexadecimal or base 32, of several algorithms.

We write SHA-256 only. Others' recordings carry SHA-1 (the habit of most crawlers), which still
shows damage, though not intent.
"""

import base64
import binascii
import hashlib
from typing import Protocol

_KNOWN = {"md5", "sha1", "sha256", "sha384", "sha512"}


class Hash(Protocol):
    """The part of hashlib's objects that is used here."""

    def update(self, data: bytes, /) -> None:
        """Take the next bytes."""

    def digest(self) -> bytes:
        """Return the digest."""


def label(digest: bytes) -> str:
    """Return `sha256:` and a SHA-256 digest in base 32, the form that WARC readers expect.

    WARC/1.1, section 5.8, leaves algorithm and encoding open; base 32 with its padding is what
    warcio, pywb and others read.
    """
    return "sha256:" + base64.b32encode(digest).decode("ascii")


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Expected:
    """A digest that a record claims; fed with the bytes, it says whether the claim holds."""

    def __init__(self, label: str) -> None:
        algorithm, _, value = label.strip().partition(":")
        name = algorithm.lower().replace("-", "")
        self._hash: Hash | None = None
        self._wanted = b""
        if name in _KNOWN:
            self._hash = hashlib.new(name, usedforsecurity=False)
            self._wanted = _decoded(value.strip(), self._hash.digest_size)

    def update(self, content: bytes) -> None:
        """Take the next bytes."""
        if self._hash is not None:
            self._hash.update(content)

    @property
    def holds(self) -> bool | None:
        """True or False; None where there is no claim, or none in an algorithm known here."""
        return None if self._hash is None else self._hash.digest() == self._wanted


def _decoded(value: str, size: int) -> bytes:
    """Return the bytes of a digest in base 16, 32 or 64 (RFC 4648); empty where it is none."""
    try:
        if len(value) == 2 * size:
            return bytes.fromhex(value)
        bare = value.rstrip("=")
        if len(bare) == -(-size * 8 // 5):
            return base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_")
    except (ValueError, binascii.Error):
        return b""
