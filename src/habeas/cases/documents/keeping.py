"""Keeps bytes on disk under their SHA-256: sealed, there whole or not at all, never overwritten.

The one place through which the case files write and read bytes. They lie in `documents` in
HABEAS_HOME, a store with a log and seals of its own: `habeas verify` on that folder checks them.
"""

import hashlib
import threading
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from habeas.evidence.seals import removing
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.documents import KeptDocument, file_of, keep_document
from habeas.evidence.seals.keys import KeyRing, Signer
from habeas.evidence.seals.recovering import chain_of, usual_sealer
from habeas.evidence.seals.removals import Reason, removal_of
from habeas.evidence.seals.removing import Removed
from habeas.evidence.seals.telling import report
from habeas.vault import opened
from habeas.vault.bytes import read_bytes

_opened: dict[Path, Chain] = {}
_opening = threading.Lock()
# The signing key is open in them.
opened.at_lock(_opened.clear)


def keep(content: bytes, *, by: str = "") -> KeptDocument:
    """Write and seal bytes, and return only when both are safely on disk.

    The same bytes are kept once; that they were brought again is noted.

    Args:
        content: the bytes, as they came.
        by: the user who brought them; empty for the program.

    Raises:
        EvidenceNotWritten, EvidenceNotSealed, StoreBusy, KeyLost, KeyLocked and others: as
            `keep_document`. Nothing may be taken down then.
    """
    return keep_document(chain(), content, by=by)


def read(sha256: str) -> bytes | None:
    """Return kept bytes; None where they are missing or no longer those that were kept."""
    try:
        content = read_bytes(folder() / file_of(sha256))
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def remove(hashes: Iterable[str], *, reason: Reason, by: str = "") -> Removed:
    """Remove kept bytes by policy; their seals stay, and a signed row says so.

    The same bytes are kept once, whichever cases they belong to: whoever calls this has looked
    whether another case still needs them.

    Args:
        hashes: SHA-256 of each, hexadecimal.
        reason: the class that the row states.
        by: the user who decided; empty for the program.

    Raises:
        ValueError: that is no SHA-256.
        SealUnknown, RemovalUnfinished and others: as `removing.remove`.
    """
    return removing.remove(chain(), [file_of(one) for one in hashes], reason=reason, by=by)


def removed_on(sha256: str) -> str:
    """Return the day (UTC, YYYY-MM-DD) on which bytes were removed by policy; else nothing.

    Raises:
        OSError, StoreRefused: the log cannot be read.
    """
    place = folder()
    removal = removal_of(place / file_of(sha256), KeyRing(place.parent / "keys"))
    return removal.day if removal is not None else ""


def handed_out(sha256: str, *, by: str) -> None:
    """Note in the custody log that a user took a copy of kept bytes.

    Raises:
        LogNotWritten, StoreBusy, StoreNewer, StoreRefused: as `Chain.act`.
    """
    report(chain(), "copied", item=file_of(sha256), sha256=sha256, by=by)


def signer() -> Signer:
    """Return the key of this home that seals, to sign what leaves.

    Raises:
        KeyLocked, KeyLost, KeyRefused: as `KeyRing.current`.
    """
    return chain().sealer.keys.current()


def folder() -> Path:
    """Return the folder of the store."""
    return Path(settings.HABEAS_HOME) / "documents"


def chain() -> Chain:
    """Return the log of this home; one for the process, so that its end need not be read again."""
    place = folder()
    with _opening:
        if place not in _opened:
            keys = KeyRing(place.parent / "keys")
            _opened[place] = chain_of(place, usual_sealer(keys=keys))
        return _opened[place]
