"""Custody told and exported: what happened to an item, and a closing seal for an exhibit."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from habeas.errors import SealUnknown
from habeas.evidence.seals import SEALS
from habeas.evidence.seals.canonical import canonical
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.items import read_moment
from habeas.evidence.seals.log import file_name, lines_backwards, log_files, rows
from habeas.evidence.seals.names import stamp_folder
from habeas.evidence.seals.rows import Custody, Row, Seal, number_of, read_row, whole
from habeas.evidence.seals.stampcheck import MANIFEST, SIGNATURE
from habeas.files import make_folder, write_file

BY_HAND = ("read", "copied", "exported", "transferred", "verified")
"""Events that a person or another room reports; the rest is written by the store itself."""


@dataclass(frozen=True, slots=True)
class About:
    """Everything that a store says about one item.

    Attributes:
        file: the item, a path in the store.
        seal: its seal.
        notes: seals of later notes about the same exchange.
        stamped: folders with the stamps that cover `seal`, its own or a gathering's; paths.
        custody: rows about the item and its notes, in order.
    """

    file: str
    seal: Seal
    notes: tuple[Seal, ...]
    stamped: tuple[Path, ...]
    custody: tuple[Custody, ...]


def seal_number(folder: Path, sequence: int) -> Seal:
    """Return one seal of a store.

    Raises:
        SealUnknown: there is none of that number.
    """
    for row in rows(folder / SEALS / "log"):
        if isinstance(row, Seal) and row.sequence == sequence:
            return row
    raise SealUnknown(str(folder), str(sequence))


def about(folder: Path, file: str) -> About:
    """Return everything that a store says about one of its files, in one pass over the log.

    Args:
        folder: the store.
        file: a path in the store, as `2026-11-23/....warc.gz`.

    Raises:
        SealUnknown: no seal names that file.
    """
    found = _Collected(file)
    for row in rows(folder / SEALS / "log"):
        found.take(row)
    if found.seal is None:
        raise SealUnknown(str(folder), file)
    covering = (found.seal.sequence, *found.gathered_by)
    candidates = [folder / SEALS / stamp_folder(one) for one in covering]
    stamped = tuple(path for path in candidates if path.is_dir())
    return About(file, found.seal, tuple(found.notes), stamped, tuple(found.custody))


class _Collected:
    """What has been read about one item so far. Notes and gatherings come after its seal."""

    def __init__(self, file: str) -> None:
        self.seal: Seal | None = None
        self.notes: list[Seal] = []
        self.custody: list[Custody] = []
        self.gathered_by: list[int] = []
        self._record = ""
        self._files = {file}

    def take(self, row: Row) -> None:
        if isinstance(row, Custody):
            self._custody(row)
        elif row.file in self._files and self.seal is None:
            self.seal, self._record = row, _record(row)
        elif self.seal is not None:
            self._later(row, self.seal)

    def _custody(self, row: Custody) -> None:
        if row.event == "noted" and self._record and row.detail.get("about") == self._record:
            self._files.add(row.item)
        if row.item in self._files:
            self.custody.append(row)

    def _later(self, row: Seal, seal: Seal) -> None:
        if row.kind == "note" and row.item.get("about") == self._record:
            self.notes.append(row)
        elif row.kind == "gathering" and _gathers(row, seal):
            self.gathered_by.append(row.sequence)


def close(chain: Chain, found: About) -> Seal:
    """Seal that the custody rows about an item were all there were, and return that seal.

    The rows of the closing itself are the last ones. To be called when an exhibit is made.

    Raises:
        LogNotWritten, StoreBusy, KeyLost, KeyLocked: as `Chain.act`.
    """
    listed = [[number_of(row), row.hash] for row in found.custody]
    with chain.act() as act:
        seal = act.seal({"kind": "custody", "file": found.file, "rows": listed})
        act.commit()
    return seal


def report(  # noqa: PLR0913 - one argument for each fact of a row; all but two by name
    chain: Chain,
    event: str,
    *,
    item: str | None = None,
    sha256: str | None = None,
    why: str = "",
    by: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write a row of custody that a person or another room reports; needs no key.

    Args:
        chain: the store.
        event: one of `BY_HAND`.
        item: path in the store, None for the store as a whole.
        sha256: of the item as it was found, None where nobody looked.
        why: reason, in words.
        by: the person; empty for the program.
        detail: further facts, in the part of JSON that rows may hold.

    Raises:
        ValueError: no such event.
        LogNotWritten, StoreBusy: as `Chain.act`.
    """
    if event not in BY_HAND:
        raise ValueError(event)
    person = {"kind": "person", "name": by} if by else None
    with chain.act() as act:
        act.custody(
            event, item=item, before=sha256, after=sha256, why=why, by=person, detail=detail
        )
        act.commit()


def last_reported(folder: Path, event: str, why: str) -> datetime | None:
    """Return when an event was last reported with that reason (aware, UTC); None if never.

    Lines are searched before they are read, so that a long log costs little.
    """
    marks = (canonical({"event": event})[1:-1], canonical({"why": why})[1:-1])
    for path in reversed(log_files(folder / SEALS / "log")):
        for raw in lines_backwards(path):
            if all(mark in raw for mark in marks):
                with suppress(ValueError):
                    return read_moment(read_row(raw).value.get("at"))
    return None


def lay_out_seal(seal: Seal, into: Path) -> None:
    """Write a seal as `manifest.json` and `signature.bin`, for openssl. Raises OSError."""
    make_folder(into)
    write_file(into / MANIFEST, seal.signed)
    write_file(into / SIGNATURE, seal.signature)


def custody_rows(folder: Path, item: str = "") -> Iterator[Row]:
    """Yield the rows of custody of a store, or those about one item."""
    for row in rows(folder / SEALS / "log"):
        if isinstance(row, Custody) and (not item or row.item == item):
            yield row


def seals_of(folder: Path, first: int = 1) -> Iterator[Seal]:
    """Yield the seals of a store from one on, in order."""
    for row in rows(folder / SEALS / "log"):
        if isinstance(row, Seal) and row.sequence >= first:
            yield row


def line_of(seal: Seal) -> tuple[str, int]:
    """Return the log file and the number of the row of a seal."""
    number = number_of(seal)
    return file_name(number), number


def _record(seal: Seal) -> str:
    """Return the id of the answer's record, or of the attempt's, that notes refer to."""
    records = seal.item.get("records")
    kinds = {
        str(one.get("type")): str(one.get("id"))
        for one in (records if isinstance(records, list) else [])
        if isinstance(one, dict)
    }
    return kinds.get("response", kinds.get("metadata", ""))


def _gathers(gathering: Seal, seal: Seal) -> bool:
    listed = gathering.item.get("seals")
    place = seal.sequence - whole(gathering.item.get("first"))
    return isinstance(listed, list) and 0 <= place < len(listed) and listed[place] == seal.hash
