"""Files that people bring: kept under their SHA-256, sealed as they come, with who brought them.

They lie in a store of their own, `<first two digits>/<SHA-256>`: nothing of their names or contents
is in its log.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from habeas.errors import EvidenceNotSealed, EvidenceNotWritten, LogNotWritten
from habeas.evidence.seals import items
from habeas.evidence.seals.canonical import Json
from habeas.evidence.seals.chain import Act, Chain
from habeas.evidence.seals.names import UNFINISHED, is_document_file
from habeas.files import make_folder, sync_folder, write_new
from habeas.vault.bytes import protected


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A file that is safely on disk and sealed."""

    sha256: str
    size: int


def file_of(sha256: str) -> str:
    """Return where a file lies, a path in the store.

    Raises:
        ValueError: that is no SHA-256 in lower-case hexadecimal.
    """
    file = f"{sha256[:2]}/{sha256}"
    if not is_document_file(file):
        raise ValueError(sha256)
    return file


def keep_document(chain: Chain, content: bytes, *, by: str = "") -> KeptDocument:
    """Write a file, seal it, and return only when both are safely on disk.

    The same bytes are kept and sealed once; that somebody brought them again is noted.

    Args:
        chain: the store.
        content: the bytes, as they came.
        by: who brought them; empty for the program.

    Raises:
        EvidenceNotWritten: the disk is full, or the folder cannot be written to. Nothing is kept.
        EvidenceNotSealed: the bytes are kept, their seal is not; the next act makes it up.
        StoreBusy, StoreNewer, StoreRefused, KeyLost, KeyLocked, KeyRefused: as `Chain.act`.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    file = file_of(sha256)
    path = chain.folder / file
    written = False
    try:
        with chain.act(file) as act:
            act.introduce()
            new = not path.exists()
            if new:
                _write(path, content)
            written = True
            _take(act, items.file_part(file, len(content), sha256), by, new=new)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise EvidenceNotWritten(str(chain.folder), cause) from error
    except LogNotWritten as error:
        failed = EvidenceNotSealed if written else EvidenceNotWritten
        raise failed(str(chain.folder), error.cause) from error
    return KeptDocument(sha256, len(content))


def _take(act: Act, part: Json, by: str, *, new: bool) -> None:
    person = {"kind": "person", "name": by} if by else None
    file, sha256 = str(part["file"]), str(part["sha256"])
    detail = {"files": 1} if new else {"files": 1, "again": True}
    act.custody("received", item=file, after=sha256, by=person, detail=detail)
    if new:
        act.seal(items.document(part))
    act.commit()


def _write(path: Path, content: bytes) -> None:
    """Write and confirm, the name as well: the log never names what the disk may forget.

    Each attempt writes under a name of its own, since what a kill left behind is not removed.
    """
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}{UNFINISHED}")
    make_folder(path.parent)
    try:
        write_new(unfinished, protected(content))
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
