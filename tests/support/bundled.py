"""Short ways to make bundles in tests, and to open them as a stranger would."""

import io
import json
import tarfile
from collections.abc import Callable, Mapping
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image
from PIL.ExifTags import Base

from habeas.bundles.layout import HEAD, Told
from habeas.bundles.writing import Packing

TOLD = Told("2026-11-24T14:30:00Z", "The Invented Centre", "Invented advocate", "lawyer", "en")
PICTURE = b"\x89PNG\r\n\x1a\nnot really"


class Key:
    """A key that signs, as a home has one."""

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()

    @property
    def pem(self) -> str:
        public = self.private.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, content: bytes) -> bytes:
        return self.private.sign(content)


def packed(*people: Mapping[str, Any] | bytes, key: Key, files: Mapping[bytes, str] | None = None,
           told: Told = TOLD) -> bytes:  # fmt: skip
    """Return a bundle that is not locked."""
    out = io.BytesIO()
    packing = Packing(out, told)
    for content, extension in (files or {}).items():
        packing.file(content, extension)
    for one in people:
        packing.person(one if isinstance(one, bytes) else json.dumps(one).encode())
    packing.end(key)
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """Return the members of a bundle, read as anybody reads a tar."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        found = {}
        for one in archive:
            member = archive.extractfile(one)
            assert member is not None
            found[one.name] = member.read()
        return found


def rebuilt(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Return a bundle with other members, not signed anew."""
    found = members(content)
    change(found)
    return tar([(tarfile.TarInfo(name), body) for name, body in found.items()])


def resigned(content: bytes, key: Key, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return a bundle with another manifest, signed anew."""

    def alter(found: dict[str, bytes]) -> None:
        told = json.loads(found["manifest.json"])
        change(told)
        found["manifest.json"] = json.dumps(told).encode()
        found["manifest.sig"] = key.sign(HEAD + found["manifest.json"])

    return rebuilt(content, alter)


def tar(entries: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """Return a tar of entries as they are given."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for entry, body in entries:
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return out.getvalue()


def locked(content: bytes, identity: pyrage.x25519.Identity) -> bytes:
    """Return it locked for an identity."""
    made: bytes = pyrage.encrypt(content, [identity.to_public()])
    return made


def photograph(artist: str = "Vydumova Mother") -> bytes:
    """Return a JPEG that tells who made it."""
    picture, told = Image.new("RGB", (60, 40), (90, 9, 9)), Image.Exif()
    told[Base.Artist.value] = artist
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=told)
    return out.getvalue()
