"""Keeps exchanges on disk, each in a file of its own that is there whole or not at all, and sealed.

One file per exchange: a kill at any moment leaves earlier files untouched and at most one
unfinished `.part` file, which no reader takes for a record. File names carry a time and a random
id, never the name of a person or a site. WARC files may be joined end to end later.

Order: written, confirmed by the disk, hashed, renamed, a row of custody and the seal (which states
the outside stamps that are due), confirmed by the disk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from habeas.errors import (
    EvidenceNotSealed,
    EvidenceNotWritten,
    HabeasError,
    LogNotWritten,
    RecordRemoved,
)
from habeas.evidence.digests import sha256_hex
from habeas.evidence.exchange import Decoding, Exchange, new_record_id
from habeas.evidence.records import Written, decoding_records, exchange_records
from habeas.evidence.seals import items
from habeas.evidence.seals.canonical import Json
from habeas.evidence.seals.chain import Chain, Sealer
from habeas.evidence.seals.names import UNFINISHED
from habeas.evidence.seals.recovering import chain_of
from habeas.evidence.seals.rows import Seal
from habeas.evidence.seals.taking import own_removals
from habeas.files import make_folder, sync_folder, write_file
from habeas.vault.bytes import protected


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an exchange lies.

    Attributes:
        path: the WARC file.
        record_id: the record of the answer, or of the failure (a URN).
        url: the address asked.
        sha256: of the whole file, hexadecimal, for the custody log and the seal.
        size: of the whole file, in bytes.
        seal: number of its seal among the store's seals, 1 for the first.
        seal_hash: SHA-256 of the seal's manifest, hexadecimal.
    """

    path: Path
    record_id: str
    url: str
    sha256: str
    size: int
    seal: int = 0
    seal_hash: str = ""

    @property
    def place(self) -> str:
        """The path and the record, for a reader."""
        return f"{self.path}, record {self.record_id}"


class Store:
    """A folder of recorded exchanges: `<day>/<time>-<id>.warc.gz`, days and times in UTC.

    Several threads and processes may write to one store; nothing in it is ever overwritten. Its
    seals and its log lie in `seals`, see `docs/reference/seal-format.md`.

    Args:
        folder: made with the first record.
        sealer: the user's own if none is given.
    """

    def __init__(self, folder: Path, sealer: Sealer | None = None) -> None:
        self.folder = folder
        self._sealer = sealer
        self._opened: Chain | None = None

    @property
    def chain(self) -> Chain:
        """The log and the seals of this store."""
        if self._opened is None:
            self._opened = chain_of(self.folder, self._sealer)
        return self._opened

    def ready(self) -> None:
        """Make sure that a record could be sealed; to be called before anybody is asked anything.

        Raises:
            KeyLost, KeyLocked, KeyRefused, StoreNewer: it could not.
        """
        self.chain.ready()

    def keep(self, exchange: Exchange) -> Kept:
        """Write an exchange, seal it, and return only when both are safely on disk.

        Raises:
            EvidenceNotWritten: the disk is full, or the folder cannot be written to. The store is
                as it was before.
            EvidenceNotSealed: the record is on disk, but not its seal; the next act makes it up.
            StoreBusy, StoreNewer, StoreRefused, KeyLost, KeyLocked, KeyRefused: as `Chain.act`.
        """
        path = self._path(exchange.timing.answered, exchange.record_id)
        records = exchange_records(exchange, filename=path.name)
        kept = _Kept(path, records, exchange.record_id, exchange.url, "captured")

        def item(file: Json, parts: Sequence[Json]) -> Json:
            return items.capture(file, parts, exchange)

        return self._seal(kept, item, {"record": exchange.record_id})

    def annotate(self, kept: Kept, decoding: Decoding, *, moment: datetime) -> Kept:
        """Add how a kept answer was turned into text, as a sealed record of its own.

        Answers are recorded before they are read, so this cannot stand in the answer's file.

        Args:
            kept: what `keep` returned.
            decoding: declared and used charset, and the replacements made.
            moment: when it was read (aware).

        Raises:
            EvidenceNotWritten and the others: as for `keep`.
        """
        note_id = new_record_id()
        records = decoding_records(
            kept.record_id, kept.url, decoding, moment=moment, note_id=note_id
        )
        return self.add_note(kept, records, note_id, moment=moment)

    def add_note(
        self, kept: Kept, records: Sequence[Written], note_id: str, *, moment: datetime
    ) -> Kept:
        """Keep further records about a kept answer in a sealed file of their own.

        Args:
            kept: what `keep` returned.
            records: the records, a warcinfo first.
            note_id: the id of the record that matters most among them.
            moment: when they were made (aware).

        Raises:
            EvidenceNotWritten and the others: as for `keep`.
            RecordRemoved: the answer was removed meanwhile; what was made of it is not kept.
        """
        written = _Kept(self._path(moment, note_id), records, note_id, kept.url, "noted", kept.path)

        def item(file: Json, parts: Sequence[Json]) -> Json:
            return items.note(file, parts, kept.record_id)

        return self._seal(written, item, {"about": kept.record_id})

    def unfinished(self) -> list[Path]:
        """Return files that were begun and never finished, oldest first: traces of a kill."""
        return sorted(self.folder.glob(f"*/*{UNFINISHED}"))

    def _path(self, moment: datetime, record_id: str) -> Path:
        utc = moment.astimezone(UTC)
        name = f"{utc:%Y%m%dT%H%M%S%f}Z-{UUID(record_id).hex}.warc.gz"
        return self.folder / f"{utc:%Y-%m-%d}" / name

    def _seal(
        self,
        one: "_Kept",
        item: Callable[[Json, Sequence[Json]], Json],
        detail: Json,
    ) -> Kept:
        content = b"".join(record.stored for record in one.records)
        sha256 = sha256_hex(content)
        file = one.path.relative_to(self.folder).as_posix()
        part = items.file_part(file, len(content), sha256)
        made = item(part, items.records_part(one.records))
        written = False
        try:
            with self.chain.act(file) as act:
                self._look_for(one.about)
                act.introduce()
                self._write(one.path, content)
                written = True
                act.custody(one.event, item=file, after=sha256, detail=detail)
                seal = act.seal(made)
                act.commit()
                sync_folder(one.path.parent)
        except OSError as error:
            cause = error.strerror or type(error).__name__
            raise self._failed(cause, written=written) from error
        except LogNotWritten as error:
            raise self._failed(error.cause, written=written) from error
        return _told(one, seal, sha256, len(content))

    def _look_for(self, about: Path | None) -> None:
        """Refuse a note about an answer that was removed while the note was made."""
        if about is not None and not about.exists():
            file = about.relative_to(self.folder).as_posix()
            removal = {one.file: one for one in own_removals(self.chain).values()}.get(file)
            if removal is not None:
                raise RecordRemoved(file, removal.day, removal.why)

    def _failed(self, cause: str, *, written: bool) -> HabeasError:
        failed = EvidenceNotSealed if written else EvidenceNotWritten
        return failed(str(self.folder), cause)

    def _write(self, path: Path, content: bytes) -> None:
        make_folder(path.parent)
        write_file(path, protected(content))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is about to be kept."""

    path: Path
    records: Sequence[Written]
    record_id: str
    url: str
    event: str
    about: Path | None = None


def _told(one: _Kept, seal: Seal, sha256: str, size: int) -> Kept:
    return Kept(one.path, one.record_id, one.url, sha256, size, seal.sequence, seal.hash)
