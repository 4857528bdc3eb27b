"""Appends to a store's log: one process at a time, all rows of an act at once, never a change.

A fragment that a kill or a full disk left at the end stays where it is; the next row names it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from habeas.errors import StoreBusy, StoreNewer
from habeas.evidence.seals.canonical import Json, canonical
from habeas.evidence.seals.keys import Signer
from habeas.evidence.seals.log import LONGEST_LINE, file_name, fragment, log_files, rows_backwards
from habeas.evidence.seals.rows import (
    NOTHING_BEFORE,
    Row,
    Seal,
    UnknownFormat,
    custody_line,
    number_of,
    read_row,
    seal_line,
)
from habeas.files import append, make_folder

WAIT_S = 60.0
"""Seconds to wait for another writer. Writing one record takes a few milliseconds."""
_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends.

    Attributes:
        number, hash: of the last row; 0 and zeros where there is none.
        seal: the last seal, None where there is none.
    """

    number: int = 0
    hash: str = NOTHING_BEFORE
    seal: Seal | None = None

    @property
    def sequence(self) -> int:
        """Number of seals so far."""
        return self.seal.sequence if self.seal is not None else 0

    @property
    def signer(self) -> str:
        """Fingerprint of the key that signs next; empty where none was introduced yet."""
        if self.seal is None:
            return ""
        if self.seal.kind == "key":
            return str(self.seal.item.get("fingerprint", ""))
        return self.seal.signer


@dataclass
class Pen:
    """What appends, while the lock is held.

    Attributes:
        folder: the folder of the log.
        head: where the log ends, with the rows that are about to be written.
        torn: what a kill or a full disk left of a row at the end of the log; the first row to be
            taken must name it.
    """

    folder: Path
    head: Head
    torn: bytes = b""
    _waiting: list[tuple[int, bytes]] = field(default_factory=list)

    def custody(self, value: Json) -> str:
        """Take a row of custody, without `number` and `previous`; return its hash."""
        row = {**value, "number": self.head.number + 1, "previous": self.head.hash}
        return self._take(read_row(custody_line(row)))

    def seal(self, value: Json, signer: Signer) -> Seal:
        """Sign a manifest, given without its four places in the chains, and take it."""
        last = self.head.seal
        signed = canonical(
            {
                **value,
                "number": self.head.number + 1,
                "previous": self.head.hash,
                "sequence": self.head.sequence + 1,
                "previous_seal": last.hash if last is not None else NOTHING_BEFORE,
            }
        )
        row = read_row(seal_line(signed, signer.sign(signed)))
        assert isinstance(row, Seal)
        self._take(row)
        return row

    def commit(self) -> None:
        """Write what was taken and return when the disk has confirmed it.

        Raises:
            OSError: the disk is full or cannot be written to. Part of it may have been written.
        """
        by_file: dict[str, list[bytes]] = {}
        for number, line in self._waiting:
            by_file.setdefault(file_name(number), []).append(line + b"\n")
        self._waiting.clear()
        if self.torn:
            append(log_files(self.folder)[-1], b"\n")
            self.torn = b""
        for name, written in by_file.items():
            append(self.folder / name, b"".join(written))

    def _take(self, row: Row) -> str:
        if len(row.raw) >= LONGEST_LINE:
            message = f"a row of {len(row.raw)} bytes is longer than a reader takes"
            raise ValueError(message)
        self._waiting.append((self.head.number + 1, row.raw))
        seal = row if isinstance(row, Seal) else self.head.seal
        self.head = replace(self.head, number=self.head.number + 1, hash=row.hash, seal=seal)
        return row.hash


class LogWriter:
    """Opens a log for appending. One for each process and store is enough; threads may share it."""

    def __init__(self, seals: Path, *, wait_s: float = WAIT_S) -> None:
        """Name the `seals` folder of a store; nothing is made or read yet."""
        self.folder = seals / "log"
        self._lock = seals / "lock"
        self._wait_s = wait_s
        self._known: tuple[Path, int, Head] | None = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store's lock.

        Raises:
            StoreBusy: another writer has held it for as long as we wait.
            OSError: the folder cannot be made or written to.
        """
        make_folder(self.folder)
        lock = FileLock(self._lock, timeout=self._wait_s, mode=0o600, poll_interval=_POLL_S)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreBusy(str(self.folder.parent.parent), self._wait_s) from error
        try:
            yield
        finally:
            lock.release()

    def pen(self) -> Pen:
        """Return a pen at the end of the log; only while the lock is held.

        Raises:
            StoreNewer: the end of the log was written by a version that this one does not know.
        """
        files = log_files(self.folder)
        if not files:
            return Pen(self.folder, Head())
        last = files[-1]
        size = last.stat().st_size
        if self._known is not None and self._known[:2] == (last, size):
            return Pen(self.folder, self._known[2])
        try:
            head = _head(files)
        except UnknownFormat as unknown:
            raise StoreNewer(str(self.folder.parent.parent), str(unknown)) from unknown
        return Pen(self.folder, head, fragment(last))

    def committed(self, pen: Pen) -> None:
        """Remember where the log ends now, so that it need not be read again."""
        path = self.folder / file_name(pen.head.number)
        self._known = (path, path.stat().st_size, pen.head)


def torn_detail(torn: bytes) -> Json:
    """Return how the next row names a fragment."""
    return {"bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}


def _head(files: list[Path]) -> Head:
    """Read the last row and the last seal, from the end backwards."""
    head = Head()
    for path in reversed(files):
        for row in rows_backwards(path):
            if not head.number:
                head = replace(head, number=number_of(row), hash=row.hash)
            if isinstance(row, Seal):
                return replace(head, seal=row)
    return head
