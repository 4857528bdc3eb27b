"""WARC records as raw facts: headers, block, place, and what is wrong with them.

Written here and not left to warcio because recordings come from strangers: a header line of a
gigabyte, a gzip bomb or one flipped byte must cost one record, not the memory or the file.
warcio reads what we write, and we read what it writes; the tests hold both to that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from habeas.evidence.digests import Expected
from habeas.evidence.streams import WARC_MARK, CutShort, Damaged, Plain

_LINE_LIMIT = 64 * 1024
_MOST_HEADERS = 200
_MOST_BLANK_LINES = 64
# A file made of nothing but false beginnings would cost a search for each.
_MOST_DAMAGES = 200
_STEP = 64 * 1024
_MB = 1024 * 1024


class Problem(StrEnum):
    """What is wrong with a record, or with a whole recording. None of them is an absence."""

    DAMAGED = "damaged"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    DIGEST = "digest"
    """The bytes are not those that the record's own digest was made of."""
    REVISIT = "revisit"
    """The record says "same as before" and holds no page; the page is in another record."""
    NOT_HTTP = "not_http"
    CODING = "coding"
    FAILURE = "failure"
    """Our own record of an attempt that failed."""
    ENCRYPTED = "encrypted"
    NOT_A_RECORDING = "not_a_recording"
    NO_ANSWER = "no_answer"
    """A recording that holds no answer of any server."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one record is taken in.

    Attributes:
        payload: bytes of one page, unpacked; a longer one is told as too large.
        unpacked: bytes of a too large packed record that are unpacked to reach the next one.
    """

    payload: int = 32 * _MB
    unpacked: int = 256 * _MB

    @property
    def block(self) -> int:
        """Bytes of one record block: a page, its headers and the marks of its chunks."""
        return self.payload + self.payload // 8 + _MB


@dataclass(slots=True)
class RawRecord:
    """One WARC record.

    Attributes:
        offset: where it begins, or where its gzip member begins.
        headers: WARC headers, names in lower case.
        block: its bytes; empty where too large, cut where the file ends inside.
        block_holds: whether the block digest holds, None where it cannot be told.
        problem: damaged, truncated or too large.
    """

    offset: int
    headers: Mapping[str, str] = field(default_factory=dict)
    block: bytes = b""
    block_holds: bool | None = None
    problem: Problem | None = None

    @property
    def kind(self) -> str:
        """The WARC-Type, lower case."""
        return self.headers.get("warc-type", "").lower()


def raw_records(stream: Plain, limits: Limits) -> Iterator[RawRecord]:
    """Yield the records of a stream, and for each damage one record that says so.

    After a damage, reading goes on at the next place that looks like the beginning of a record;
    after `_MOST_DAMAGES` of them it stops, and the last record yielded tells of a damage.
    """
    damages = 0
    while damages <= _MOST_DAMAGES:
        record = _next_record(stream, limits)
        if record is None:
            return
        yield record
        if record.problem is Problem.TRUNCATED:
            return
        if record.problem is Problem.DAMAGED or stream.lost:
            damages += 1
            if not stream.skip_damage(record.offset):
                return


def _next_record(stream: Plain, limits: Limits) -> RawRecord | None:
    """Return the next record or damage, None at the sound end of the recording."""
    record = RawRecord(stream.offset)
    try:
        line = _first_line(stream)
        if not line:
            return None
        record.offset = stream.began(line)
        _read_record(stream, record, line, limits)
    except CutShort:
        record.problem = Problem.TRUNCATED
    except Damaged:
        record.problem = Problem.DAMAGED
        if not record.headers:
            record.offset = stream.offset
    return record


def _first_line(stream: Plain) -> bytes:
    """Return the line that opens the next record, empty at the end of the recording."""
    for _ in range(_MOST_BLANK_LINES):
        line = stream.line(_LINE_LIMIT)
        if not line or line.strip():
            return line
    raise Damaged


def _read_record(stream: Plain, record: RawRecord, line: bytes, limits: Limits) -> None:
    if not line.startswith(WARC_MARK):
        raise Damaged
    record.headers = _read_headers(stream)
    length = record.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise Damaged
    _read_block(stream, record, int(length), limits)
    if not stream.lost:
        closing = stream.read(4)
        if closing != b"\r\n\r\n":
            stream.unread(closing)
        stream.check_end()


def _read_headers(stream: Plain) -> dict[str, str]:
    headers: dict[str, str] = {}
    name = ""
    for _ in range(_MOST_HEADERS):
        line = stream.line(_LINE_LIMIT)
        if not line:
            raise CutShort
        if not line.endswith(b"\n"):
            raise Damaged
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return headers
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
        elif ":" in text:
            name, value = text.split(":", 1)
            name = name.strip().lower()
            headers.setdefault(name, value.strip())
    raise Damaged


def _read_block(stream: Plain, record: RawRecord, length: int, limits: Limits) -> None:
    if length > limits.block:
        record.problem = Problem.TOO_LARGE
        if stream.jump(length):
            return
    expected = Expected(record.headers.get("warc-block-digest", ""))
    parts: list[bytes] = []
    left = length
    while left:
        if length - left > limits.unpacked and record.problem is not None:
            stream.lost = True
            return
        part = stream.read(min(left, _STEP))
        if not part:
            record.block = b"".join(parts)
            raise CutShort
        expected.update(part)
        left -= len(part)
        if record.problem is None:
            parts.append(part)
    record.block = b"".join(parts)
    record.block_holds = expected.holds
