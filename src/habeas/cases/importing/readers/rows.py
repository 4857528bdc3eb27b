"""What every reader gives: rows of cells, as they stand in the file, and what is odd about them.

Nothing is judged here. What is odd is told by a code with the column or words concerned; the pages
put it into the reader's language (`cases.importing.words`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from habeas.cases.importing import columns

LONGEST = 20_000
"""Characters of a cell that are read; what is longer stays in the sealed file, and that is told."""
MOST_COLUMNS = 500
MOST_LINES = 20
_HEAD = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Cell(NamedTuple):
    """One value of a row.

    Attributes:
        column: under which heading it stands.
        speaker, said_on, place: who says it, when (EDTF) and where, if the file says so of this
            value alone.
    """

    column: str
    text: str
    speaker: str = ""
    said_on: str = ""
    place: str = ""


class Odd(NamedTuple):
    """Something to be told: a key of `words.TOLD`, and the column or the words concerned."""

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """A row.

    Attributes:
        place: its number in the file, as a person finds it: "17", "Sheet 2, 17".
        out: why it brings nothing (a key of `words.TOLD`); empty for a row like others.
    """

    place: str
    cells: tuple[Cell, ...]
    told: tuple[Odd, ...] = ()
    out: str = ""


class Line(NamedTuple):
    """A line of a table: its number, its cells, and what is odd about it, by number of column."""

    number: int
    texts: list[str]
    told: tuple[Odd, ...] = ()


@dataclass(slots=True)
class Reading:
    """What is told of a file as a whole while it is read."""

    remarks: list[Odd] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)

    def tell(self, code: str, about: str = "") -> None:
        """Add a remark."""
        self.remarks.append(Odd(code, about[:300]))


def clean(column: str, text: str) -> tuple[str, list[Odd]]:
    """Return a cell without what no database or page can hold, and what was odd about it."""
    told = []
    text = text.strip()
    if len(text) > LONGEST:
        text = text[:LONGEST]
        told.append(Odd("cut", column))
    if _CONTROL.search(text):
        text = _CONTROL.sub("\ufffd", text)
        told.append(Odd("control", column))
    elif "\ufffd" in text:
        told.append(Odd("holes", column))
    if text.count("\n") > MOST_LINES:
        told.append(Odd("many_lines", column))
    return text, told


def table(lines: Iterable[Line], reading: Reading, *, sheet: str = "") -> Iterator[Raw]:
    """Yield the rows of a table under the headings that are found in it.

    Empty lines are no rows. Lines above the headings are told; where no headings are known, the
    columns are called by their numbers and every line is a row.
    """
    rows = (line for line in lines if any(text.strip() for text in line.texts))
    head = list(islice(rows, _HEAD))
    at = columns.header_in([line.texts for line in head])
    header = head[at].texts if at is not None else []
    if at is None and head:
        reading.tell("no_header", sheet)
    for line in head[: at or 0]:
        reading.tell("before_header", " ".join(text for text in line.texts if text))
    names = _named(header)
    reading.columns.update(dict.fromkeys(names))
    for line in chain(head[(-1 if at is None else at) + 1 :], rows):
        yield _row(line, names, header, sheet, reading)


def _named(header: list[str]) -> list[str]:
    """Return headings, each once: what stands twice gets a number."""
    names: list[str] = []
    for number, text in enumerate(header, 1):
        name = " ".join(clean("", text)[0].split())[:100] or str(number)
        again = 1
        while name in names:
            again += 1
            name = f"{name.split(' (')[0]} ({again})"
        names.append(name)
    return names


def _called(number: int, names: list[str]) -> str:
    return names[number - 1] if number <= len(names) else str(number)


def _row(line: Line, names: list[str], header: list[str], sheet: str, reading: Reading) -> Raw:
    place = f"{sheet}, {line.number}" if sheet else str(line.number)
    cells = []
    told = [Odd(odd.code, _called(int(odd.about), names)) for odd in line.told]
    for at, text in enumerate(line.texts):
        if not text.strip():
            continue
        column = _called(at + 1, names)
        if at >= len(names):
            reading.columns.setdefault(column)
            if names:
                told.append(Odd("extra", column))
        kept, odd = clean(column, text)
        told += odd
        cells.append(Cell(column, kept))
    again = bool(header) and [one.strip() for one in line.texts] == [one.strip() for one in header]
    return Raw(place, tuple(cells), tuple(told), "header_again" if again else "")
