"""Reads a store's log, forwards as a stream or backwards from its end. Never writes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from habeas.evidence.seals.canonical import NotCanonical
from habeas.evidence.seals.rows import Row, read_row

ROWS_PER_FILE = 10_000
LONGEST_LINE = 4 * 1024 * 1024
"""Bytes. The longest row that we write, a renewal of 1,000 seals, has about 0.5 MB."""

_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log.

    Attributes:
        file: name of the log's file.
        offset: where the line begins in it.
        raw: its bytes, without the line end; cut where it is longer than any row.
        ended: whether a line end follows.
    """

    file: str
    offset: int
    raw: bytes
    ended: bool

    @property
    def place(self) -> str:
        """File and byte, for a reader."""
        return f"{self.file}, {self.offset}"


def file_name(number: int) -> str:
    """Return the file in which the row of that number stands."""
    return f"{(number - 1) // ROWS_PER_FILE * ROWS_PER_FILE + 1:08d}.jsonl"


def log_files(folder: Path) -> list[Path]:
    """Return the files of a log in order; other files in the folder are not part of it."""
    try:
        names = sorted(
            (entry.name for entry in os.scandir(folder) if _is_log(entry.name)),
            key=lambda name: int(name.partition(".")[0]),
        )
    except FileNotFoundError:
        return []
    return [folder / name for name in names]


def _is_log(name: str) -> bool:
    stem, _, suffix = name.partition(".")
    return suffix == "jsonl" and stem.isascii() and stem.isdigit() and 8 <= len(stem) <= 15


def lines(folder: Path, first: int = 1) -> Iterator[Line]:
    """Yield the lines of a log, beginning with the file that holds row `first`."""
    start = int(file_name(first).partition(".")[0])
    for path in log_files(folder):
        if int(path.name.partition(".")[0]) >= start:
            yield from lines_of(path)


def rows(folder: Path, first: int = 1) -> Iterator[Row]:
    """Yield the whole rows of a log, as `lines` does; lines that are no rows are left out.

    For readers who want what is there. Whether all of it holds is the business of `checking`.
    """
    for line in lines(folder, first):
        try:
            if line.ended:
                yield read_row(line.raw)
        except ValueError:
            continue


def lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of one file of a log."""
    offset = 0
    with path.open("rb") as file:
        while raw := file.readline(LONGEST_LINE):
            ended = raw.endswith(b"\n")
            size = len(raw)
            if not ended and size >= LONGEST_LINE:
                while more := file.readline(LONGEST_LINE):
                    size += len(more)
                    ended = more.endswith(b"\n")
                    if ended:
                        break
            yield Line(path.name, offset, raw[:-1] if raw.endswith(b"\n") else raw, ended)
            offset += size


def rows_backwards(path: Path) -> Iterator[Row]:
    """Yield the whole rows of one file of the log, last one first.

    Raises:
        UnknownFormat: a row is of a kind that this version does not know.
    """
    for raw in lines_backwards(path):
        try:
            yield read_row(raw)
        except NotCanonical:
            continue


def lines_backwards(path: Path) -> Iterator[bytes]:
    """Yield the ended lines of a file, last one first, reading only as much as is asked for."""
    with path.open("rb") as file:
        place = file.seek(0, os.SEEK_END)
        tail = b""
        last = True
        while place:
            step = min(max(_STEP, len(tail)), place)
            place -= step
            file.seek(place)
            tail = file.read(step) + tail
            *ended, rest = _split(tail, whole=place == 0)
            if last and ended:
                # What follows the last line end is a fragment, or nothing.
                ended.pop(0)
                last = False
            yield from ended
            tail = rest


def _split(tail: bytes, *, whole: bool) -> list[bytes]:
    """Return complete lines last one first, and in the end the bytes of a line not yet complete."""
    first, *others = tail.split(b"\n")
    others.reverse()
    return [*others, first, b""] if whole else [*others, first]


def fragment(path: Path) -> bytes:
    """Return what follows the last line end of a file: empty where it ends as it should."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        tail = b""
        while size > len(tail) and b"\n" not in tail:
            step = min(size - len(tail), max(_STEP, len(tail)))
            file.seek(size - len(tail) - step)
            tail = file.read(step) + tail
        return tail.rpartition(b"\n")[2]
