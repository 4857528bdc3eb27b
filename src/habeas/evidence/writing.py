"""Keeps exchanges on disk, each in a file of its own that is there whole or not at all.

One file per exchange: a kill at any moment leaves earlier files untouched and at most one
unfinished `.part` file, which no reader takes for a record. File names carry a time and a random
id, never the name of a person or a site. WARC files may be joined end to end later.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from habeas.errors import EvidenceNotWritten
from habeas.evidence.digests import sha256_hex
from habeas.evidence.exchange import Decoding, Exchange

UNFINISHED = ".part"
"""Ending of a file that was begun and not finished. Never read, never deleted by us later."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an exchange lies.

    Attributes:
        path: the WARC file.
        record_id: the record of the answer, or of the failure (a URN).
        url: the address asked.
        sha256: of the whole file, hexadecimal, for the custody log and the seal.
        size: of the whole file, in bytes.
    """

    path: Path
    record_id: str
    url: str
    sha256: str
    size: int

    @property
    def place(self) -> str:
        """The path and the record, for a reader."""
        return f"{self.path}, record {self.record_id}"


class Store:
    """A folder of recorded exchanges: `<day>/<time>-<id>.warc.gz`, days and times in UTC.

    Several threads and processes may write to one store; nothing in it is ever overwritten.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, exchange: Exchange) -> Kept:
        """Write an exchange and return only when it is safely on disk.

        Raises:
            EvidenceNotWritten: the disk is full, or the folder cannot be written to. The store is
                as it was before.
        """
        from habeas.evidence.records import exchange_records

        path = self._path(exchange.timing.answered, exchange.record_id)
        records = exchange_records(exchange, filename=path.name)
        return self._write(path, records, record_id=exchange.record_id, url=exchange.url)

    def annotate(self, kept: Kept, decoding: Decoding, *, moment: datetime) -> Kept:
        """Add how a kept answer was turned into text, as a record of its own.

        Answers are recorded before they are read, so this cannot stand in the answer's file.

        Args:
            kept: what `keep` returned.
            decoding: declared and used charset, and the replacements made.
            moment: when it was read (aware).

        Raises:
            EvidenceNotWritten: as for `keep`.
        """
        from habeas.evidence.exchange import new_record_id
        from habeas.evidence.records import decoding_records

        note_id = new_record_id()
        path = self._path(moment, note_id)
        records = decoding_records(
            kept.record_id, kept.url, decoding, moment=moment, note_id=note_id
        )
        return self._write(path, records, record_id=note_id, url=kept.url)

    def unfinished(self) -> list[Path]:
        """Return files that were begun and never finished, oldest first: traces of a kill."""
        return sorted(self.folder.glob(f"*/*{UNFINISHED}"))

    def _path(self, moment: datetime, record_id: str) -> Path:
        utc = moment.astimezone(UTC)
        name = f"{utc:%Y%m%dT%H%M%S%f}Z-{UUID(record_id).hex}.warc.gz"
        return self.folder / f"{utc:%Y-%m-%d}" / name

    def _write(self, path: Path, records: Sequence[bytes], *, record_id: str, url: str) -> Kept:
        content = b"".join(records)
        unfinished = path.with_name(path.name + UNFINISHED)
        try:
            _make_folder(path.parent)
            try:
                _write_through(unfinished, content)
                unfinished.replace(path)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
            _sync_folder(path.parent)
        except OSError as error:
            cause = error.strerror or type(error).__name__
            raise EvidenceNotWritten(str(self.folder), cause) from error
        return Kept(path, record_id, url, sha256_hex(content), len(content))


def _make_folder(folder: Path) -> None:
    """Make the store's folder and the day's, readable for the user alone."""
    if folder.is_dir():
        return
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and have the disk confirm it."""
    descriptor = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Have the disk confirm the new name as well; Windows does that by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
