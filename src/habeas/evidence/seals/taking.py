"""Takes away the bytes that a signed row says are removed, and says of each file what came of it.

The row comes first, the bytes go after it, and a row of custody for each file comes last: so the
log itself says what is still to be done after a kill. `recovering` asks `finish` for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from habeas.evidence.seals.chain import Act, Chain, read_store_id
from habeas.evidence.seals.log import log_files, rows_backwards
from habeas.evidence.seals.names import (
    is_document_file,
    is_import_folder,
    is_record_file,
)
from habeas.evidence.seals.removals import REMOVAL, Removal, believed, marked, public_keys
from habeas.evidence.seals.rows import Custody, Seal
from habeas.files import remove_file, sync_folder
from habeas.vault.bytes import sha256_of_file

REMOVED = "removed"
FAILED = "removal_failed"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file.

    Attributes:
        file: its path in the store; of imported evidence its folder.
        cause: why it is still there, in words of the system; empty where it is gone.
    """

    file: str
    cause: str = ""


def finish(chain: Chain, act: Act) -> None:
    """Take away what the last seal of the log says is removed and no row calls done.

    A removal holds the lock until it is done, so only the last seal can be one that was stopped.
    """
    last = act.pen.head.seal
    if last is None or last.kind != REMOVAL:
        return
    done = _settled(chain.log.folder)
    # Only what our own key signed: somebody else's row must not make us remove anything.
    told = own_removals(chain).values()
    files = [one.file for one in told if one.row == last.sequence and _may_go(one.file)]
    left = [file for file in dict.fromkeys(files) if file not in done]
    if left:
        take_away(chain, act, last, left)


def own_removals(chain: Chain) -> dict[str, Removal]:
    """Return what rows of the user's own keys say was removed, by the SHA-256 of its seal."""
    own = {key.fingerprint for key in chain.sealer.keys.known()}
    found = marked(log_files(chain.log.folder))
    told = believed(found, public_keys(chain.seals, found), read_store_id(chain.seals), own)
    return {sealed: one for sealed, one in told.items() if one.expected}


def take_away(chain: Chain, act: Act, removal: Seal, files: list[str]) -> list[Taken]:
    """Take files away, have the disk confirm it, and write the rows of custody.

    Raises:
        LogNotWritten: the rows could not be written; the next act makes them up.
        HomeLocked, PassphraseWrong, VaultBroken: the files are encrypted and were left alone.
    """
    found = [(file, _sha256(chain.folder / file)) for file in files]
    taken = [_taken(chain.folder, file) for file in files]
    with chain.typed():
        for folder in {(chain.folder / file).parent for file in files}:
            if folder.is_dir():
                sync_folder(folder)
    by = removal.item.get("by")
    for (file, before), one in zip(found, taken, strict=True):
        act.custody(
            FAILED if one.cause else REMOVED,
            item=file,
            before=before,
            after=before if one.cause else None,
            why=one.cause,
            by=by if isinstance(by, dict) else None,
            detail={"seal": removal.sequence, "reason": str(removal.item.get("reason"))},
        )
    act.commit()
    return taken


def _may_go(file: str) -> bool:
    """Return whether a path is one of evidence, and leads nowhere else."""
    return is_record_file(file) or is_document_file(file) or is_import_folder(file)


def _settled(log: Path) -> set[str]:
    """Return the files of which rows after the last seal say what came."""
    done: set[str] = set()
    for path in reversed(log_files(log)):
        for row in rows_backwards(path):
            if isinstance(row, Seal):
                return done
            if isinstance(row, Custody) and row.event in {REMOVED, FAILED}:
                done.add(row.item)
    return done


def _sha256(path: Path) -> str | None:
    """Return the SHA-256 of what is about to go; None of a folder, a link, or where nothing is."""
    if path.is_symlink() or not path.is_file():
        return None
    try:
        return sha256_of_file(path)[1]
    except OSError:
        return None


def _taken(store: Path, file: str) -> Taken:
    try:
        for path in _places(store / file):
            remove_file(path)
        folder = store / file
        if folder.is_dir() and not folder.is_symlink():
            folder.rmdir()
    except OSError as error:
        return Taken(file, error.strerror or type(error).__name__)
    return Taken(file)


def _places(path: Path) -> Iterator[Path]:
    """Yield the files in which the bytes lie.

    A kill can leave a second one beside a file, under its name and one more ending: while it was
    written, or while the home was encrypted.
    """
    if path.is_dir() and not path.is_symlink():
        yield from list(path.iterdir())
        return
    for one in list(path.parent.iterdir()) if path.parent.is_dir() else ():
        if one.name == path.name or one.name.startswith(path.name + "."):
            yield one
