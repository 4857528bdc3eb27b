"""Keeps bytes on disk under their SHA-256: there whole or not at all, never overwritten.

The one place through which the case files write and read bytes, so that sealing and encryption
have one place to stand.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from habeas.errors import EvidenceNotWritten
from habeas.evidence.files import make_folder, sync_folder, write_new

_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are safely on disk."""

    sha256: str
    size: int


def keep(content: bytes) -> Kept:
    """Write bytes and return only when they are safely on disk; the same bytes are kept once.

    Raises:
        EvidenceNotWritten: the disk is full, or the folder cannot be written to. Nothing is kept.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        _write(path, content)
    return Kept(digest, len(content))


def read(sha256: str) -> bytes | None:
    """Return kept bytes; None where they are missing or no longer those that were kept."""
    try:
        content = _path(sha256).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _path(sha256: str) -> Path:
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError(sha256)  # never from a request: digests are ours
    return Path(settings.HABEAS_HOME) / "documents" / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    # Two may bring the same bytes at once: each writes a file of its own, and one name is left.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{id(content)}{_UNFINISHED}")
    try:
        make_folder(path.parent)
        try:
            write_new(unfinished, content)
            unfinished.replace(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise EvidenceNotWritten(str(path.parent.parent), cause) from error
