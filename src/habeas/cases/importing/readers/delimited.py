"""CSV and TSV of any layout: charset, delimiter and headings are found out."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from habeas.cases.importing.readers.rows import MOST_COLUMNS, Line, Raw, Reading, table
from habeas.errors import FileNotImported
from habeas.language import _
from habeas.sources.decode import decode

_PIECE = 1 << 20
_SAMPLE = 1 << 16
_DELIMITERS = ",;\t|"
_MOST_CELL = 256 * 1024 * 1024


def read(stream: BinaryIO, reading: Reading) -> Iterator[Raw]:
    """Yield the rows of a table in text.

    Raises:
        FileNotImported: it is no table.
    """
    charset = _charset(stream)
    if charset not in {"utf-8", "utf-8-sig"}:
        reading.tell("charset", charset)
    text = io.TextIOWrapper(stream, encoding=charset, errors="replace", newline="")
    try:
        sample = text.read(_SAMPLE)
        text.seek(0)
        # The limit of a cell is one for the process; longer ones are cut and told by `clean`.
        csv.field_size_limit(_MOST_CELL)
        yield from table(_lines(text, _delimiter(sample)), reading)
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper, delimiter: str) -> Iterator[Line]:
    source = csv.reader(text, delimiter=delimiter)
    try:
        for number, texts in enumerate(source, 1):
            if len(texts) > MOST_COLUMNS:
                raise FileNotImported(_("it has more than 500 columns"))
            yield Line(number, texts)
    except csv.Error as error:
        raise FileNotImported(_("it is no table")) from error


def _charset(stream: BinaryIO) -> str:
    """Return the charset of a whole file, and go back to its start.

    The letters beyond ASCII may come late: it is looked through to the first of them.
    """
    start = sample = stream.read(_PIECE)
    while sample.isascii() and (piece := stream.read(_PIECE)):
        sample = piece
    stream.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in start[:256]:
        sample = start
    used = decode(_whole_lines(sample)).used or "utf-8"
    return "utf-8-sig" if used in {"utf-8", "utf-8-sig"} else used


def _whole_lines(sample: bytes) -> bytes:
    """Return a sample that does not begin or end inside a letter."""
    if len(sample) < _PIECE:
        return sample
    return sample[: sample.rfind(b"\n") + 1 or len(sample)]


def _delimiter(sample: str) -> str:
    """Return the sign that parts the first lines most evenly into most cells."""
    lines = sample.splitlines()[:_SAMPLE][:30]

    def worth(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if any(row)]
        wide = [width for width in widths if width > 1]
        usual = max(set(wide), key=wide.count, default=0)
        return wide.count(usual), usual

    return max(_DELIMITERS, key=worth)
