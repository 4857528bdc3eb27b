"""Reads JSON Lines, and JSON arrays or concatenated objects, of any size, one value at a time.

Strings at keys that name people are names; every other string is searched for what looks like one.
Surname, given and father's name at keys of one object are joined. A line that is no JSON is
counted, the names in it are still spotted, and the others are read.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from habeas.sources.contract import Capacity, Fact, Mention, Row
from habeas.sources.readers.cells import names_of_name_cell, spotted_names
from habeas.sources.readers.headings import holds_names, name_columns, role_of
from habeas.sources.readers.streams import Lines, Report, RowOf

SOURCE = "jsonl"

_FIRST_TRY_CHARS = 65_536
_LONGEST_VALUE_CHARS = 16_000_000
_MOST_KEYS = 500
_MOST_STRINGS = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_BETWEEN = re.compile(r"[\s,]*+")


class JsonRows(Iterator[RowOf]):
    """The objects of a JSON file with the names in them; see `report` afterwards.

    `Row.facts` holds the top level of an object, `null` left out and numbers with a fraction as
    text; a value that is no object is kept at the key "value".
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.report = Report()
        self._lines = Lines(chunks, self.report)
        self._known: dict[str, tuple[bool, str, Capacity]] = {}
        self._rows = self._read()

    def __next__(self) -> RowOf:
        return next(self._rows)

    def _read(self) -> Iterator[RowOf]:
        by_line = _is_by_line(self._lines.sample)
        self._lines.pieces_join = not by_line
        for value, line in self._by_line() if by_line else self._stream():
            self.report.rows += 1
            number = self.report.rows
            if value is None:
                continue
            plain = value if isinstance(value, dict) else {"value": value}
            row = Row(number, dict(_facts(plain)))
            yield row, tuple(self._mentions(value, number, line))
        self.report.finished = True

    def _by_line(self) -> Iterator[tuple[object, int]]:
        for line in self._lines:
            text = line.strip().lstrip("\ufeff")
            if not text:
                continue
            value, good = _loaded(text)
            if not good:
                self.report.bad(self._lines.number)
            yield value, self._lines.number

    def _stream(self) -> Iterator[tuple[object, int]]:
        """Yield the values of an array, or values one after the other, over line ends."""
        buffer, next_try, array = "", 0, False
        for number, line in enumerate(self._lines):
            if number == 0:
                array = line.lstrip().startswith("[")
                buffer = line.lstrip().removeprefix("[")
            else:
                buffer += line
            # Trying after each line would be quadratic for one value of many lines.
            if len(buffer) < next_try:
                continue
            values, buffer = _decoded(buffer)
            for value in values:
                yield value, self._lines.number
            next_try = max(_FIRST_TRY_CHARS, 2 * len(buffer))
            if len(buffer) > _LONGEST_VALUE_CHARS:
                self.report.bad(self._lines.number)
                yield buffer, self._lines.number
                buffer, next_try = "", 0
        values, rest = _decoded(buffer)
        for value in values:
            yield value, self._lines.number
        closed = rest.startswith("]") or not array
        if not closed or rest.removeprefix("]").strip():
            self.report.bad(self._lines.number)
            yield rest, self._lines.number

    def _mentions(self, value: object, row: int, line: int) -> Iterator[Mention]:
        for mapping, key, text in _strings(value):
            if key is None:
                yield from _joined(mapping, row, line)
                continue
            named, role, capacity = self._key(key)
            found = names_of_name_cell(text) if named else spotted_names(text)
            where = f"line {line}, {key}" if key else f"line {line}"
            for name in found:
                yield Mention(name, role, capacity, row, where)

    def _key(self, key: str) -> tuple[bool, str, Capacity]:
        known = self._known.get(key)
        if known is None:
            named = holds_names(key)
            role, capacity = role_of(key) if named else ("", Capacity.NAMED)
            known = (named, role, capacity)
            if len(self._known) < _MOST_KEYS:
                self._known[key] = known
        return known


def read_jsonl(chunks: Iterable[bytes]) -> JsonRows:
    """Return the rows of a JSON Lines file or of a JSON array, read as they are asked for.

    Args:
        chunks: the file's bytes in order; an open binary file is good.
    """
    return JsonRows(chunks)


def _is_by_line(sample: str) -> bool:
    start = sample.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        # Lines that are arrays themselves, or one array?
        return _loaded(start.split("\n", 1)[0].strip())[1] and start.count("\n[") > 0
    return _loaded(start.split("\n", 1)[0].strip())[1] or not start.startswith("{")


def _loaded(text: str) -> tuple[object, bool]:
    """Return the value of a JSON text and True, or the text itself and False."""
    try:
        return json.loads(text), True
    except (ValueError, RecursionError):
        # RecursionError: brackets nested deeper than the decoder goes.
        return text, False


_DECODER = json.JSONDecoder()


def _decoded(buffer: str) -> tuple[list[object], str]:
    """Return the complete values at the beginning of `buffer`, and the rest."""
    values: list[object] = []
    place = 0
    while True:
        between = _BETWEEN.match(buffer, place)
        place = between.end() if between else place
        if place >= len(buffer) or buffer[place] == "]":
            return values, buffer[place:]
        try:
            value, place = _DECODER.raw_decode(buffer, place)
        except (ValueError, RecursionError):
            return values, buffer[place:]
        values.append(value)


def _strings(value: object) -> Iterator[tuple[Mapping[str, object], str | None, str]]:
    """Yield every string with the nearest key above it, and every object (key None) once.

    Without recursion: values may be nested as deeply as the decoder goes.
    """
    stack: list[tuple[str, object]] = [("", value)]
    given = 0
    while stack and given < _MOST_STRINGS:
        key, part = stack.pop()
        given += 1
        if isinstance(part, str):
            yield {}, key, _clean(part)
        elif isinstance(part, dict):
            yield part, None, ""
            skipped = _name_parts(part)
            stack.extend((k, v) for k, v in reversed(part.items()) if k not in skipped)
        elif isinstance(part, list):
            stack.extend((key, item) for item in reversed(part))


def _name_parts(mapping: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys of surname, given and father's name, in this order, if a surname is there."""
    if len(mapping) > _MOST_KEYS:
        return ()
    return _parts_among(tuple(key for key, value in mapping.items() if isinstance(value, str)))


@lru_cache(maxsize=256)
def _parts_among(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The same for a set of keys: the objects of a file mostly have the same ones."""
    return tuple(keys[place] for place in name_columns(keys).joined)


def _joined(mapping: Mapping[str, object], row: int, line: int) -> Iterator[Mention]:
    keys = _name_parts(mapping)
    printed = " ".join(" ".join(_clean(str(mapping[key])) for key in keys).split())
    if printed:
        yield Mention(printed, row=row, where=f"line {line}")


def _facts(mapping: Mapping[str, object]) -> Iterator[tuple[str, Fact]]:
    for key in list(mapping)[:_MOST_KEYS]:
        fact = _fact(mapping[key], 8)
        if fact is not None:
            yield _clean(key), fact


def _fact(value: object, depth: int) -> "Fact | None":
    """Return a JSON value as a fact; deeper levels than `depth` are kept as a mark."""
    if isinstance(value, str):
        return _clean(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict | list):
        return _nested(value, depth - 1) if depth else "…"
    return repr(value)


def _nested(value: dict[str, object] | list[object], depth: int) -> Fact:
    if isinstance(value, list):
        return [fact for item in value if (fact := _fact(item, depth)) is not None]
    inner = {_clean(key): _fact(item, depth) for key, item in value.items()}
    return {key: fact for key, fact in inner.items() if fact is not None}


def _clean(text: str) -> str:
    """Return text without halves of characters (a lone surrogate), which no file can hold."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
