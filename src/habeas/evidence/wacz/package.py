"""Writes a WACZ 1.1.1: recordings byte for byte, index, page list, hashes, signature.

The package comes into being under another name and is renamed when the disk has it whole; nothing
is overwritten. Members are stored unpacked and dated 1980, so the same contents give the same
bytes, and a reader can reach a record without unpacking the rest.
"""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path
from typing import Protocol, TypeAlias

from habeas import __version__
from habeas.errors import EvidenceNotWritten, PackageTaken
from habeas.evidence.seals.names import UNFINISHED
from habeas.evidence.wacz.index import Entry, entries, index
from habeas.vault.bytes import open_read, size_of

WACZ_VERSION = "1.1.1"
SOFTWARE = f"habeas {__version__}"
RESERVED = ("archive/", "indexes/", "pages/")
"""Folders that WACZ keeps for itself: nothing else may stand there."""

Content: TypeAlias = "bytes | Path"
"""A member's bytes, or the file that holds them."""

_STEP = 1024 * 1024
_NOT_A_NAME = re.compile(r"[^-a-z0-9._/]")


class PackageSigner(Protocol):
    """A key that signs packages: ECDSA on P-384 with SHA-256, as other programs verify it."""

    def sign(self, message: bytes, /) -> bytes:
        """Return the signature as r and s of equal length, one behind the other."""

    def public_key(self) -> bytes:
        """Return the public key (DER, SubjectPublicKeyInfo)."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package.

    Attributes:
        archives: WARC files, taken over byte for byte under their own names.
        further: other files by name, outside the folders of WACZ (`seals/...`).
        titles: titles of pages by record id, as far as known.
        title: of the package; carries no person's name.
        created: when it was made (aware).
    """

    archives: Sequence[Path]
    created: datetime
    further: Mapping[str, Content] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Packaged:
    """A written package.

    Attributes:
        sha256: of the whole file, hexadecimal.
        datapackage_sha256: of its list of hashes, which the signature covers, hexadecimal.
    """

    path: Path
    sha256: str
    size: int
    datapackage_sha256: str
    entries: tuple[Entry, ...]


def write_wacz(target: Path, contents: Contents, *, signer: PackageSigner | None) -> Packaged:
    """Write a package and return when it is safely on disk.

    Raises:
        PackageTaken: there is a file of that name, or two members would have one name.
        RecordingUnreadable: a WARC is damaged.
        EvidenceNotWritten: the disk is full or the folder cannot be written to; nothing is left.
    """
    found = [entry for archive in contents.archives for entry in entries(archive)]
    members = _members(contents, found)
    with _new_file(target) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            resources = [_added(package, name, content) for name, content in members]
            listed = _datapackage(contents, resources)
            digest = "sha256:" + hashlib.sha256(listed).hexdigest()
            _added(package, "datapackage.json", listed)
            signed = _digest_file(digest, contents.created, signer)
            _added(package, "datapackage-digest.json", signed)
        file.seek(0)
        whole = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return Packaged(target, whole, size, digest.removeprefix("sha256:"), tuple(found))


def _members(contents: Contents, found: list[Entry]) -> list[tuple[str, Content]]:
    members: list[tuple[str, Content]] = [
        *((f"archive/{archive.name}", archive) for archive in contents.archives),
        ("indexes/index.cdx", index(found)),
        ("pages/pages.jsonl", _pages(found, contents.titles)),
        *contents.further.items(),
    ]
    names = [name for name, _content in members]
    reserved = [name for name in contents.further if name.startswith(RESERVED)]
    for name in (*reserved, *(name for name in names if names.count(name) > 1)):
        raise PackageTaken(name)
    return members


def _pages(found: list[Entry], titles: Mapping[str, str]) -> bytes:
    """Return the page list: everything that was asked for and answered, in order of time."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    lines: list[dict[str, str]] = [head]
    for entry in sorted(found, key=lambda one: one.moment):
        if entry.kind != "resource" and not entry.redirect and not _is_rules(entry.url):
            page = {"id": entry.record_id, "url": entry.url, "ts": _rfc3339(entry.moment)}
            if title := titles.get(entry.record_id):
                page["title"] = title
            lines.append(page)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8")


def _is_rules(url: str) -> bool:
    return url.partition("://")[2].partition("/")[2] == "robots.txt"


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _added(package: zipfile.ZipFile, name: str, content: Content) -> dict[str, object]:
    """Copy a member and return its entry in the list of hashes."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    # A file readable for its owner; without it, unzip makes files of mode 000.
    entry.external_attr = 0o100600 << 16
    entry.create_system = 3
    entry.file_size = size_of(content) if isinstance(content, Path) else len(content)
    digest, size = hashlib.sha256(), 0
    with package.open(entry, "w") as member:
        for part in _parts(content):
            member.write(part)
            digest.update(part)
            size += len(part)
    return {
        # The schema of data packages allows names in lower case only, and each name once.
        "name": _NOT_A_NAME.sub("-", name.lower()),
        "path": name,
        "hash": "sha256:" + digest.hexdigest(),
        "bytes": size,
    }


def _parts(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with open_read(content) as file:
        while part := file.read(_STEP):
            yield part


def _datapackage(contents: Contents, resources: list[dict[str, object]]) -> bytes:
    listed: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": contents.title,
        "software": SOFTWARE,
        "created": _rfc3339(contents.created),
        "resources": resources,
    }
    if not contents.title:
        del listed["title"]
    return _json(listed)


def _digest_file(digest: str, created: datetime, signer: PackageSigner | None) -> bytes:
    """Return `datapackage-digest.json`, with an anonymous signature (wacz-auth 0.1.0)."""
    listed: dict[str, object] = {"path": "datapackage.json", "hash": digest}
    if signer is not None:
        listed["signedData"] = {
            "hash": digest,
            "created": _rfc3339(created),
            "software": SOFTWARE,
            "version": "0.1.0",
            "signature": _base64(signer.sign(digest.encode("ascii"))),
            "publicKey": _base64(signer.public_key()),
        }
    return _json(listed)


def _base64(content: bytes) -> str:
    from base64 import b64encode

    return b64encode(content).decode("ascii")


def _json(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


@contextmanager
def _new_file(target: Path) -> Iterator[BufferedRandom]:
    """Give a file that gets its name when it is whole and safe, and is gone after a failure."""
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(unfinished, "x+b", opener=for_the_user_alone) as file:
            try:
                # Whoever made the unfinished file has the right to the name; it may be taken.
                if target.exists():
                    raise FileExistsError(target)
                yield file
                file.flush()
                os.fsync(file.fileno())
                unfinished.rename(target)
            finally:
                unfinished.unlink(missing_ok=True)
    except FileExistsError as error:
        raise PackageTaken(target.name) from error
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise EvidenceNotWritten(str(target.parent), cause) from error


def for_the_user_alone(path: str, flags: int) -> int:
    """Open a new file that nobody but the user can read; for `open(..., opener=)`."""
    return os.open(path, flags, 0o600)
