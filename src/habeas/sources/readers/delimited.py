"""Reads comma-, semicolon- and tab-separated files of any size, one row at a time.

Columns of names are found by their headings; every other cell is searched for what looks like a
name as well, since a remark may print the person too. Quoted line ends are understood; a quote that
never closes, a field without end and a zero byte cost their own rows and no others, are counted,
and the names in them are still spotted.
"""

import csv
from collections.abc import Iterable, Iterator

from habeas.sources.contract import Capacity, Fact, Mention, Row
from habeas.sources.readers.cells import names_of_name_cell, spotted_names
from habeas.sources.readers.headings import NameColumns, distinct, is_heading, name_columns, role_of
from habeas.sources.readers.streams import Lines, Report, RowOf

SOURCE = "delimited"

_MARKS = "\t;,|"
# A cell of more lines than this is a quote that was never closed.
_LONGEST_CELL_LINES = 200
_WIDEST_ROW = 2_000


class _Feed(Iterator[str]):
    """Gives lines to the csv module and remembers those given since the last row."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._again: list[str] = []
        self.given: list[str] = []

    def __next__(self) -> str:
        if len(self.given) > _LONGEST_CELL_LINES:
            raise _Unclosed
        line = self._again.pop() if self._again else next(self._lines)
        self.given.append(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        """Give these lines again, first one first."""
        self._again.extend(reversed(lines))

    @property
    def number(self) -> int:
        """The number of the line last given."""
        return self._lines.number - len(self._again)


class _Unclosed(Exception):
    """A quoted cell goes on and on; stays inside this module."""


class DelimitedRows(Iterator[RowOf]):
    """The rows of a delimited file with the names in them; see `report` afterwards.

    Row numbers count entries from 1, the heading not included. `Row.facts` is keyed by heading, or
    by "1", "2", ... where the file has none.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.report = Report()
        lines = Lines(chunks, self.report)
        self._mark = delimiter_of(lines.sample)
        self._feed = _Feed(lines)
        self._columns: tuple[str, ...] = ()
        self._names = NameColumns()
        self._roles: dict[int, tuple[str, Capacity]] = {}
        self._number = 0
        self._rows = self._read()

    def __next__(self) -> RowOf:
        return next(self._rows)

    def _read(self) -> Iterator[RowOf]:
        for place, (fields, line) in enumerate(self._records()):
            if place == 0 and self._is_head(fields):
                continue
            if any(fields):
                yield self._row(fields, line)
        self.report.finished = True

    def _records(self) -> Iterator[tuple[list[str], int]]:
        """Yield the cells of each record with the number of its last line."""
        feed = self._feed
        reader = csv.reader(feed, delimiter=self._mark)
        while True:
            feed.given.clear()
            try:
                fields = next(reader)
            except StopIteration:
                return
            except (csv.Error, _Unclosed):
                reader = csv.reader(feed, delimiter=self._mark)
                yield self._first_line_alone(), feed.number
                continue
            if len(feed.given) > 1 and _never_closed(feed.given):
                reader = csv.reader(feed, delimiter=self._mark)
                yield self._first_line_alone(), feed.number
                continue
            yield fields, feed.number

    def _first_line_alone(self) -> list[str]:
        """Take the first of the lines given as a malformed row, and give the others again."""
        given = list(self._feed.given)
        self._feed.put_back(given[1:])
        self.report.bad(self._feed.number)
        return given[0].rstrip("\r\n").split(self._mark)[:_WIDEST_ROW] if given else []

    def _is_head(self, fields: list[str]) -> bool:
        """Decide whether the first record is a heading, and which columns hold names."""
        cells = [cell.strip() for cell in fields[:_WIDEST_ROW]]
        names = name_columns(cells)
        if not is_heading(cells, names):
            return False
        self._names = names
        self._columns = tuple(distinct(cells))
        self._roles = {place: role_of(cells[place]) for place in self._names.whole}
        self.report.columns = self._columns
        return True

    def _row(self, fields: list[str], line: int) -> RowOf:
        self._number += 1
        self.report.rows += 1
        columns = self._columns
        if len(fields) > _WIDEST_ROW:
            self.report.bad(line)
        facts: dict[str, Fact] = dict(zip(columns, fields, strict=False))
        for place in range(len(columns), min(len(fields), _WIDEST_ROW)):
            facts[str(place + 1)] = fields[place]
        row = Row(self._number, facts)
        return row, tuple(self._mentions(fields, line))

    def _mentions(self, fields: list[str], line: int) -> Iterator[Mention]:
        names, number = self._names, self._number
        if names.joined:
            parts = (" ".join(fields[at].split()) for at in names.joined if at < len(fields))
            if printed := " ".join(filter(None, parts)):
                yield Mention(printed, row=number, where=f"line {line}")
        for place, cell in enumerate(fields):
            if place in self._roles:
                role, capacity = self._roles[place]
                found = names_of_name_cell(cell)
            elif place in names.joined:
                continue
            else:
                role, capacity = "", Capacity.NAMED
                found = spotted_names(cell)
            for name in found:
                yield Mention(name, role, capacity, number, f"line {line}, column {place + 1}")


def read_delimited(chunks: Iterable[bytes]) -> DelimitedRows:
    """Return the rows of a delimited file, read as they are asked for.

    Args:
        chunks: the file's bytes in order; an open binary file is good.
    """
    return DelimitedRows(chunks)


def delimiter_of(sample: str) -> str:
    """Return the mark between cells: the one that cuts most lines into equally many cells."""
    lines = [line for line in sample[:65_536].split("\n")[:200] if line.strip()]
    best, best_score = ",", 0.0
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines[:-1] or lines]
        usual = max(set(counts), key=lambda n: (counts.count(n), n)) if counts else 0
        score = counts.count(usual) / len(counts) if usual else 0.0
        if score > best_score:
            best, best_score = mark, score
    return best


def _never_closed(lines: list[str]) -> bool:
    """Return whether a record of several lines has a quote without its other half."""
    return sum(line.count('"') for line in lines) % 2 == 1
