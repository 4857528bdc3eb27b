"""The rows of a store's log: seals and custody in one chain; `docs/reference/seal-format.md`.

Pure: bytes to rows and back. Reading files is `log`, writing them is `pen`.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from habeas.evidence.seals.canonical import Json, NotCanonical, canonical, parsed

SEAL_FORMAT = "habeas seal 1"
CUSTODY_FORMAT = "habeas custody 1"
NOTHING_BEFORE = "0" * 64
"""What the first row names as the row before it."""

_OF_ONE_FILE = frozenset({"capture", "note", "document"})
_HEAD = b'{"manifest":'
_MIDDLE = b',"signature":"'
_SIGNATURE_CHARACTERS = 88
_TAIL = len(_MIDDLE) + _SIGNATURE_CHARACTERS + len(b'"}')


class UnknownFormat(ValueError):
    """The row is canonical, and of a kind or number that this version does not know."""


@dataclass(frozen=True, slots=True)
class Custody:
    """One row of custody.

    Attributes:
        raw: the line without its end.
        value: the row.
        hash: SHA-256 of `raw`, hexadecimal; the next row names it.
    """

    raw: bytes
    value: Json = field(repr=False)
    hash: str

    @property
    def event(self) -> str:
        """What happened, one of the words of the format."""
        return str(self.value.get("event", ""))

    @property
    def item(self) -> str:
        """The item concerned, a path in the store; empty where there is none."""
        return str(self.value.get("item") or "")

    @property
    def detail(self) -> Mapping[str, object]:
        """What depends on the event."""
        found = self.value.get("detail")
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal.

    Attributes:
        raw: the line without its end.
        value: the manifest.
        signed: the canonical bytes of the manifest: what is signed, stamped and hashed.
        signature: 64 bytes.
        hash: SHA-256 of `signed`, hexadecimal.
    """

    raw: bytes
    value: Json = field(repr=False)
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    hash: str

    @property
    def sequence(self) -> int:
        """Its number among the seals, 0 where the manifest names none."""
        return whole(self.value.get("sequence"))

    @property
    def item(self) -> Mapping[str, object]:
        """What is sealed."""
        found = self.value.get("item")
        return found if isinstance(found, dict) else {}

    @property
    def kind(self) -> str:
        """The kind of the item."""
        return str(self.item.get("kind", ""))

    @property
    def file(self) -> str:
        """The sealed file, a path in the store; empty where the item is none."""
        return str(self.item.get("file") or "") if self.kind in _OF_ONE_FILE else ""

    @property
    def signer(self) -> str:
        """Fingerprint of the key that signed, as the manifest says."""
        key = self.value.get("key")
        return str(key.get("fingerprint", "")) if isinstance(key, dict) else ""


Row: TypeAlias = Custody | Seal


def number_of(row: Row) -> int:
    """Return the row's number in the log, 0 where it names none."""
    return whole(row.value.get("number"))


def whole(value: object) -> int:
    """Return a whole number, 0 where the value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def seal_line(signed: bytes, signature: bytes) -> bytes:
    """Return the line of a seal, without its end."""
    return _HEAD + signed + _MIDDLE + base64.b64encode(signature) + b'"}'


def custody_line(value: Json) -> bytes:
    """Return the line of a row of custody, without its end."""
    return canonical(value)


def read_row(raw: bytes) -> Row:
    """Return the row that a line (without its end) spells.

    Raises:
        NotCanonical: it is no row at all: a fragment, or tampered with.
        UnknownFormat: it is a row of a format that this version does not know.
    """
    if raw.startswith(_HEAD):
        return _seal(raw)
    value = parsed(raw)
    if value.get("format") != CUSTODY_FORMAT:
        raise UnknownFormat(str(value.get("format"))[:40])
    return Custody(raw, value, hashlib.sha256(raw).hexdigest())


def _seal(raw: bytes) -> Seal:
    signed = raw[len(_HEAD) : -_TAIL]
    rest = raw[-_TAIL:]
    if not (rest.startswith(_MIDDLE) and rest.endswith(b'"}')):
        raise NotCanonical
    value = parsed(signed)
    try:
        signature = base64.b64decode(rest[len(_MIDDLE) : -2], validate=True)
    except binascii.Error as error:
        raise NotCanonical from error
    if base64.b64encode(signature) != rest[len(_MIDDLE) : -2]:
        # The unused bits of the last character: a second spelling of the same signature.
        raise NotCanonical
    if value.get("format") != SEAL_FORMAT:
        raise UnknownFormat(str(value.get("format"))[:40])
    return Seal(raw, value, signed, signature, hashlib.sha256(signed).hexdigest())
