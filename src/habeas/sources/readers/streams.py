"""Text out of byte chunks, in constant memory, with a report of what could not be read.

Readers of large files take an iterable of byte chunks (an open binary file is one) and are
iterators of rows themselves; when they are exhausted, `report` says whether all was read.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from habeas.errors import RowsUnreadable
from habeas.language import _
from habeas.sources.contract import Mention, Obstacle, Outcome, Page, PageKind, Row
from habeas.sources.decode import decode
from habeas.sources.readers.kinds import FileKind, kind_of, whole_characters

RowOf: TypeAlias = tuple[Row, tuple[Mention, ...]]
"""A row with the names that stand in it."""

LONGEST_LINE_CHARS = 4_000_000
"""A longer line is cut there: no table prints such a row, and memory must stay bounded."""

_BATCH_BYTES = 262_144
# As for pages: more than one unreadable character in two hundred, and names may be among them.
_UNREADABLE_SHARE = 200


@dataclass
class Report:
    """How reading a file of rows went; complete only when its iterator is exhausted.

    Attributes:
        charset: the charset used.
        columns: the headings, empty where there are none.
        rows: rows read.
        bad_rows: rows that could not be read as rows; what names could be spotted in them were.
        first_bad: numbers of the first lines of these, at most twenty.
        replacements: characters that could not be read.
        characters: characters read.
        cut_lines: lines longer than `LONGEST_LINE_CHARS`, cut there.
        not_text: zero bytes and the like: the file is no text at all.
        finished: the end of the file was reached.
    """

    charset: str = ""
    columns: tuple[str, ...] = ()
    rows: int = 0
    bad_rows: int = 0
    first_bad: list[int] = field(default_factory=list)
    replacements: int = 0
    characters: int = 0
    cut_lines: int = 0
    not_text: bool = False
    finished: bool = False

    def bad(self, line: int) -> None:
        """Note that the row which begins in `line` could not be read."""
        self.bad_rows += 1
        if len(self.first_bad) < 20:
            self.first_bad.append(line)

    @property
    def obstacle(self) -> tuple[Obstacle | None, str]:
        """Why the file as a whole could not be looked at, with one sentence; None where it was."""
        if self.not_text:
            return Obstacle.UNREADABLE, _("It is not a text: it has zero bytes.")
        if not self.finished:
            return Obstacle.INCOMPLETE, _("Reading stopped before the end.")
        if self.bad_rows or self.cut_lines:
            return Obstacle.INCOMPLETE, str(self.error)
        if self.replacements * _UNREADABLE_SHARE > self.characters:
            return (
                Obstacle.ENCODING,
                _("Many characters cannot be read; a name may be among them."),
            )
        if not self.rows:
            return Obstacle.NOT_RECOGNISED, _("There are no rows in it.")
        return None, ""

    @property
    def error(self) -> RowsUnreadable | None:
        """The error that tells a person about unreadable rows, None where all were read."""
        if not (self.bad_rows or self.cut_lines):
            return None
        return RowsUnreadable(self.bad_rows + self.cut_lines, self.rows, self.first_bad)


class Lines(Iterator[str]):
    """The lines of a file of bytes, with their line ends, in its own charset.

    The charset is decided by the first bytes beyond ASCII, wherever they come.

    Attributes:
        sample: the beginning, decoded, to look at before reading.
        number: the number of the line last given, from 1.
        pieces_join: the reader joins the pieces of an overlong line, so a cut loses nothing.
    """

    def __init__(self, chunks: Iterable[bytes], report: Report) -> None:
        self._batches = _batches(chunks)
        self._report = report
        self._head = next(self._batches, b"")
        self._decoder: codecs.IncrementalDecoder | None = None
        report.not_text = kind_of(self._head, "") in _NO_TEXT
        report.charset = "ascii"
        head = whole_characters(self._head)
        charset = _charset(head)
        if charset.startswith("utf-16"):
            # Its zero bytes are ASCII, so it must be known before the first letter beyond.
            self._use(charset)
        self.sample = head.decode(charset, "replace").lstrip("\ufeff")
        self._returns = "\r" in self.sample and "\n" not in self.sample
        self.number = 0
        self.pieces_join = False
        self._lines = self._split()

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line

    def _split(self) -> Iterator[str]:
        if self._report.not_text:
            return
        rest = ""
        for text in self._decoded():
            lines = (rest + text).split("\n")
            rest = lines.pop()
            for line in lines:
                yield f"{line}\n"
            while len(rest) > LONGEST_LINE_CHARS:
                self._report.cut_lines += not self.pieces_join
                yield rest[:LONGEST_LINE_CHARS]
                rest = rest[LONGEST_LINE_CHARS:]
        if rest:
            yield rest

    def _decoded(self) -> Iterator[str]:
        yield self._text(self._head).lstrip("\ufeff")
        self._head = b""
        for batch in self._batches:
            yield self._text(batch)
        if self._decoder is not None:
            yield self._counted(self._decoder.decode(b"", final=True))

    def _text(self, batch: bytes) -> str:
        if self._decoder is None and not batch.isascii():
            self._use(_charset(whole_characters(batch)))
        if self._decoder is None:
            return self._counted(batch.decode("ascii"))
        return self._counted(self._decoder.decode(batch))

    def _use(self, charset: str) -> None:
        self._report.charset = charset
        self._decoder = codecs.getincrementaldecoder(charset)("replace")

    def _counted(self, text: str) -> str:
        self._report.characters += len(text)
        self._report.replacements += text.count("\ufffd")
        return text.replace("\r", "\n") if self._returns else text


_NO_TEXT = frozenset(
    {FileKind.BINARY, FileKind.PDF, FileKind.GZIP, FileKind.ZIP, FileKind.WACZ, FileKind.WARC}
)


def _batches(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield chunks of a handy size; the end of the last one is the end of the file."""
    gathered: list[bytes] = []
    size = 0
    for chunk in chunks:
        gathered.append(chunk)
        size += len(chunk)
        if size >= _BATCH_BYTES:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


def _charset(sample: bytes) -> str:
    """Return the charset of a sample: UTF-8 with a few damaged bytes is still UTF-8."""
    if b"\x00" not in sample:
        text = sample.decode("utf-8", "replace")
        if text.count("\ufffd") * 20 <= sum(not c.isascii() for c in text):
            return "utf-8"
    return decode(sample).used


def page_of(rows: Iterable[RowOf], report: Report, source: str) -> Page:
    """Return all rows of a small file as one page; the obstacle is the report's."""
    kept: list[Row] = []
    mentions: list[Mention] = []
    for row, named in rows:
        kept.append(row)
        mentions.extend(named)
    obstacle, explanation = report.obstacle
    return Page(
        source=source,
        kind=PageKind.TABLE if kept else PageKind.UNKNOWN,
        outcome=Outcome.COULD_NOT_LOOK if obstacle else Outcome.FOUND,
        obstacle=obstacle,
        explanation=explanation,
        facts={"columns": list(report.columns)},
        rows=tuple(kept),
        mentions=tuple(mentions),
    )
