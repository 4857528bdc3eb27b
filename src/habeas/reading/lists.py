"""Reads lists pasted from chats: a line a person, in any script, with whatever else is written.

"1. Холов Иззат 1973 г.р., ОВД Тверской, автозак 3, тел. +7 900 000-00-00, адвоката нет" becomes a
row. What was not understood stays in the row as it was written: nothing of a line is lost, and no
line is. Rows are a preview for a person to correct.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from habeas.reading import list_lines
from habeas.reading.name_words import name_word
from habeas.reading.tokens import word_set

MOST_LINES = 200_000
LONGEST_LINE = 2_000
"""Characters of a line that are read; the rest of a longer one is kept in its row unread."""
_OLDEST = 110
_OF_AGE = 18
_NAME_WORDS = 5
_PARTICLES = word_set(
    "угли огли оглы кызы кизи ўғли қизи o‘g‘li o'g'li ogli qizi зода ибн бинти bin ibn уулу"
)


@dataclass(slots=True)
class Row:
    """A line of a pasted list.

    Attributes:
        line: its number in what was pasted, from 1.
        start: where it begins in the text.
        end: where it ends.
        raw: the line as written.
        name: what is taken for the name, as written; empty where nothing could be.
        age: in years, None if not written.
        birth_year: None if not written.
        born: the year or the date of birth, as written.
        phones: as written.
        station: the station named in the line, or in the heading above it.
        van: the van or bus, as written.
        minor: written so, or younger than 18.
        no_lawyer: written so.
        released: written so.
        articles: as written.
        rest: what was not understood, as written, in order.
    """

    line: int
    start: int
    end: int
    raw: str
    name: str = ""
    age: int | None = None
    birth_year: int | None = None
    born: str = ""
    phones: tuple[str, ...] = ()
    station: str = ""
    van: str = ""
    minor: bool = False
    no_lawyer: bool = False
    released: bool = False
    articles: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


@dataclass(slots=True)
class Pasted:
    """What was pasted: the rows, and lines that are none.

    Attributes:
        rows: one for each line that may name somebody.
        headings: lines that stand over others ("ОВД Тверской:"), with their places.
        unread: how many lines were beyond `MOST_LINES`.
    """

    rows: list[Row] = field(default_factory=list)
    headings: list[Row] = field(default_factory=list)
    unread: int = 0


def read_list(text: str) -> Pasted:
    """Return the rows of a pasted list. Time is linear in its length; nothing raises."""
    pasted = Pasted()
    station = van = ""
    for number, (start, raw) in enumerate(_lines(text), 1):
        if number > MOST_LINES:
            pasted.unread += 1
            continue
        if not raw.strip():
            continue
        row = _row(number, start, raw)
        if not row.name and _is_heading(row):
            # A van that stands over others is no station: who sits in it has not arrived.
            station, van = row.station, row.van
            pasted.headings.append(row)
            continue
        if not row.station:
            row.station, row.van = station, row.van or van
        pasted.rows.append(row)
    return pasted


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for piece in text.splitlines(keepends=True):
        yield start, piece.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        start += len(piece)


def _is_heading(row: Row) -> bool:
    """Return whether a line without a name stands over others: a station alone, a colon."""
    alone = (row.station or row.van) and not row.rest
    return bool(alone or list_lines.HEADING.search(row.raw))


class _Line:
    """A line while it is read: what is understood is taken out and blanked."""

    def __init__(self, raw: str) -> None:
        self.left = raw[:LONGEST_LINE]
        self.beyond = raw[LONGEST_LINE:]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take out the first match, so that nothing else is read in its place."""
        found = pattern.search(self.left)
        if found is not None and found.group().strip():
            self.left = self._blanked(found)
            return found
        return None

    def take_all(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """Take out every match."""
        found = []
        for match in list(pattern.finditer(self.left)):
            if match.group().strip():
                found.append(match.group().strip(" ,;"))
                self.left = self._blanked(match)
        return tuple(found)

    def _blanked(self, match: re.Match[str]) -> str:
        # A mark that separates, so that what stood on both sides is not read as one.
        hole = ";" + " " * (len(match.group()) - 1)
        return self.left[: match.start()] + hole + self.left[match.end() :]


def _row(number: int, start: int, raw: str) -> Row:
    line = _Line(raw)
    row = Row(number, start, start + len(raw), raw)
    for prefix in (list_lines.TIME, list_lines.NUMBER):
        found = prefix.match(line.left)
        if found:
            line.left = " " * found.end() + line.left[found.end() :]
    row.phones = line.take_all(list_lines.PHONE)
    _age(line, row)
    row.articles = line.take_all(list_lines.ARTICLE)
    row.station = _text(line.take(list_lines.STATION))
    row.van = _text(line.take(list_lines.VAN))
    row.minor = line.take(list_lines.MINOR) is not None or (
        row.age is not None and row.age < _OF_AGE
    )
    row.no_lawyer = line.take(list_lines.NO_LAWYER) is not None
    row.released = line.take(list_lines.RELEASED) is not None
    row.name, rest = _name(line.left)
    row.rest = (*row.rest, *rest, *([line.beyond] if line.beyond else []))
    return row


def _text(found: re.Match[str] | None) -> str:
    return " ".join(found.group().split()).strip(" ,;") if found else ""


def _age(line: _Line, row: Row) -> None:
    found = line.take(list_lines.AGE)
    if found:
        age = int(found.group(1) or found.group(2))
        row.age = age if age <= _OLDEST else None
        if row.age is None:
            row.rest = (found.group().strip(),)
    born = line.take(list_lines.BORN)
    if born:
        row.birth_year = int(born.group(1))
        row.born = " ".join(born.group().split())


def _name(left: str) -> tuple[str, tuple[str, ...]]:
    """Return the name in what is left of a line, and the pieces that are something else."""
    pieces = [piece.strip(" :\u200e\u200f") for piece in list_lines.SEPARATORS.split(left)]
    name = ""
    rest: list[str] = []
    for piece in pieces:
        if not list_lines.EMPTY.sub("", piece):
            continue
        if not name and _may_be_name(piece):
            name, behind = _cut(piece)
            if behind:
                rest.append(behind)
        else:
            rest.append(piece)
    return name, tuple(rest)


def _may_be_name(piece: str) -> bool:
    words = list_lines.WORDS.findall(piece)
    if not words or list_lines.HEADING.search(piece):
        return False
    first = words[0]
    capital = first[:1].isupper() or first[:1].lower() == first[:1].upper()
    known = any(name_word(word.lower().strip(".")).sign for word in words[:3])
    return known or (capital and 2 <= len(words) <= _NAME_WORDS) or (capital and len(words) == 1)


def _cut(piece: str) -> tuple[str, str]:
    """Return the words of a piece that belong to the name, and what stands behind them."""
    end = 0
    for words, found in enumerate(list_lines.WORDS.finditer(piece)):
        if words == _NAME_WORDS or (words and not _goes_on(piece[end : found.start()], found[0])):
            break
        end = found.end()
    return piece[:end].strip(), piece[end:].strip(" ,;:.-–—")


def _goes_on(gap: str, word: str) -> bool:
    """Return whether a word behind a gap belongs to the name before it."""
    if len(gap) > 2 or any(mark in gap for mark in ':=!?"«»'):
        return False
    caseless = word[:1].lower() == word[:1].upper()
    sign = name_word(word.lower().strip(".")).sign
    return word[:1].isupper() or caseless or sign or word.lower() in _PARTICLES
