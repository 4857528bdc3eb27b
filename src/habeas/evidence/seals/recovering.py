"""Puts a store in order after a kill or a power cut. Finds and says; never changes a record.

What can have been left: an unfinished `.part` file; a whole record without a seal; after a power
cut, a sealed record whose renaming the disk forgot; or files that a signed row says are removed,
and that were still to be taken away. Nothing else is ever removed.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from habeas.evidence.seals.chain import Act, Chain, Sealer
from habeas.evidence.seals.found import NotWhole, late_item
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.log import log_files, rows, rows_backwards
from habeas.evidence.seals.names import RECORD, UNFINISHED, is_document_file
from habeas.evidence.seals.rows import Custody, Row, Seal
from habeas.evidence.seals.taking import finish
from habeas.evidence.stamps.authorities import read_authorities
from habeas.vault.bytes import Sealed, read_bytes, sha256_of_file

_LAST_ROWS = 64
_PER_COMMIT = 500
_FOLDER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-f]{2}")


def usual_sealer(now: Callable[[], datetime] | None = None, keys: KeyRing | None = None) -> Sealer:
    """Return the sealer of this user, from HABEAS_HOME and the environment."""
    return Sealer(
        keys=keys or KeyRing(),
        now=now or (lambda: datetime.now(UTC)),
        promise=read_authorities().promise,
        where=os.environ.get("HABEAS_WHERE") or None,
    )


def chain_of(folder: Path, sealer: Sealer | None = None) -> Chain:
    """Return the chain of a store, by the user's own sealer if none is given."""
    return Chain(folder, sealer or usual_sealer(), put_in_order)


def put_in_order(chain: Chain, act: Act, marked: str) -> None:
    """Seal late what lies without a seal, finish renamings and removals, name what is unfinished.

    Args:
        chain: the store.
        act: an act in progress, nothing taken yet.
        marked: the file that somebody was writing when they were stopped; empty if unknown.
    """
    finish(chain, act)
    candidates = set(_left(chain))
    if marked:
        candidates |= {marked, marked + UNFINISHED}
    known: dict[str, str] = {}
    for row in _recent(chain.log.folder):
        _learn(known, row)
        if isinstance(row, Seal) and row.file and not (chain.folder / row.file).exists():
            # Its seal was confirmed, its renaming perhaps not.
            candidates.add(row.file + UNFINISHED)
    if not all(_known(one, known) for one in candidates):
        # Rare: something was left, or the store was copied and all its times are new.
        for row in rows(chain.log.folder):
            _learn(known, row)
    _settle_all(chain, act, sorted(candidates), known)


def seal_all(chain: Chain) -> int:
    """Seal late every whole record that no seal names, however old; return how many there were.

    For records that were copied into the store, or whose seals were lost.

    Raises:
        LogNotWritten, StoreBusy, KeyLost, KeyLocked: as `Chain.act`.
    """
    before = chain.log.pen().head.sequence
    with chain.act() as act:
        known: dict[str, str] = {}
        for row in rows(chain.log.folder):
            _learn(known, row)
        with chain.typed():
            _settle_all(chain, act, sorted(_left(chain, since=0)), known)
        return act.pen.head.sequence - before


def _known(file: str, known: dict[str, str]) -> bool:
    return file in known or file.removesuffix(UNFINISHED) in known


def _settle_all(chain: Chain, act: Act, files: list[str], known: dict[str, str]) -> None:
    taken = 0
    for file in files:
        taken += _settle(chain, act, file, known)
        if taken >= _PER_COMMIT:
            act.commit()
            taken = 0
    if taken:
        act.commit()


def _settle(chain: Chain, act: Act, file: str, known: dict[str, str]) -> bool:
    """Deal with one file; return whether rows were taken."""
    path = chain.folder / file
    if file in known or not path.is_file():
        return False
    if file.endswith(UNFINISHED):
        return _settle_unfinished(act, path, file, known)
    try:
        item = late_item(file, read_bytes(path))
    except (NotWhole, Sealed, ValueError) as problem:
        size, sha256 = sha256_of_file(path)
        detail = {"bytes": size}
        act.custody("unfinished", item=file, after=sha256, detail=detail, why=str(problem))
        return True
    act.introduce()
    act.custody("found_unsealed", item=file, after=str(item["sha256"]))
    act.seal(item)
    return True


def _settle_unfinished(act: Act, path: Path, file: str, known: dict[str, str]) -> bool:
    size, sha256 = sha256_of_file(path)
    whole = file.removesuffix(UNFINISHED)
    if known.get(whole) == sha256 and not path.with_name(Path(whole).name).exists():
        path.replace(path.with_name(Path(whole).name))
        return False
    act.custody("unfinished", item=file, after=sha256, detail={"bytes": size})
    return True


def _left(chain: Chain, since: int | None = None) -> Iterator[str]:
    """Yield files that are not older than the last row of the log: paths in the store.

    Everything is written under the lock, so what is older was settled by whoever wrote that row.
    """
    if since is None:
        files = log_files(chain.log.folder)
        since = files[-1].stat().st_mtime_ns if files else 0
    with os.scandir(chain.folder) as days:
        for day in days:
            if not _holds_files(day) or day.stat().st_mtime_ns < since:
                continue
            with os.scandir(day.path) as entries:
                for entry in entries:
                    file = f"{day.name}/{entry.name}"
                    if _is_ours(file) and entry.stat().st_mtime_ns >= since:
                        yield file


def _holds_files(entry: os.DirEntry[str]) -> bool:
    """Return whether it is the folder of a day's records, or of documents."""
    return _FOLDER.fullmatch(entry.name) is not None and entry.is_dir(follow_symlinks=False)


def _is_ours(file: str) -> bool:
    if file.endswith((RECORD, RECORD + UNFINISHED)):
        return True
    # An unfinished document is called `<SHA-256>.<random>.part`.
    return is_document_file(file.partition(".")[0])


def _recent(folder: Path) -> Iterator[Row]:
    left = _LAST_ROWS
    for path in reversed(log_files(folder)):
        for row in rows_backwards(path):
            yield row
            left -= 1
            if not left:
                return


def _learn(known: dict[str, str], row: Row) -> None:
    """Remember that a file is sealed, or named as unfinished, and its SHA-256."""
    if isinstance(row, Seal) and row.file:
        known[row.file] = str(row.item.get("sha256"))
    elif isinstance(row, Custody) and row.event == "unfinished":
        known[row.item] = str(row.value.get("after"))
