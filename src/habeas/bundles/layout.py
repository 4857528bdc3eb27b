"""Names of members, bounds, and the list of what a bundle holds."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NAME, VERSION = "habeas-bundle", 2
FORMAT, MANIFEST, SIGNATURE, SENDER = "FORMAT", "manifest.json", "manifest.sig", "sender.pem"
TAIL = (MANIFEST, SIGNATURE, SENDER)
"""The last three members, in this order."""
HEAD = f"{NAME} {VERSION}\n".encode()
"""What the first member says; also what stands before the manifest when it is signed."""

BLOCK = 512
MOST_OF_FILE = 64 * 2**20
MOST_OF_PERSON = 32 * 2**20
MOST_OF_MANIFEST = 64 * 2**20
MOST_OF_KEY = 4096
MOST_MEMBERS = 200_000

_PERSON = re.compile(r"people/[0-9]{6}\.json")
_FILE = re.compile(r"files/[0-9a-f]{16}\.(?:jpg|png|pdf|docx|xlsx)")


def person_name(number: int) -> str:
    """Return the name of the member of a person; numbers begin at 1."""
    return f"people/{number:06}.json"


def named_by(content: bytes, extension: str) -> tuple[str, str]:
    """Return name and SHA-256 of the member of a file: by its content, so that it names nobody."""
    sha256 = hashlib.sha256(content).hexdigest()
    return f"files/{sha256[:16]}.{extension}", sha256


def is_person(name: str) -> bool:
    """Whether a member is of a person."""
    return _PERSON.fullmatch(name) is not None


def is_file(name: str) -> bool:
    """Whether a member is a file."""
    return _FILE.fullmatch(name) is not None


def most_of(name: str) -> int:
    """Return how many bytes a member may have; 0 for one that no bundle holds."""
    if is_file(name):
        return MOST_OF_FILE
    if is_person(name):
        return MOST_OF_PERSON
    own = {FORMAT: 100, MANIFEST: MOST_OF_MANIFEST, SIGNATURE: 64, SENDER: MOST_OF_KEY}
    return own.get(name, 0)


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a member: SHA-256 in hexadecimal, size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a bundle says of itself.

    Attributes:
        made_at: RFC 3339, UTC.
        by, whom: who made it and for whom, in words.
        circle: for whom it was gathered, one of `statements.words.CIRCLES`.
        lang: of the labels.
        locked_for: the age public key of the recipient; empty with a passphrase.
    """

    made_at: str
    by: str
    whom: str
    circle: str
    lang: str
    locked_for: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole bundle that was checked.

    Attributes:
        told: what it says of itself.
        members: people and files, in their order.
        fingerprint: of the key that signed, see `evidence.seals.keys.Signer`.
        pem: that public key.
        manifest, signature: the bytes that were signed, and the 64 that sign.
        extra: keys of the manifest that this version does not know, with what they say.
    """

    told: Told
    members: Mapping[str, Member]
    fingerprint: str
    pem: bytes
    manifest: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many people it holds."""
        return sum(1 for name in self.members if is_person(name))
