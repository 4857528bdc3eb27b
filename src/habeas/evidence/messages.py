"""HTTP/1 answers read from bytes: the same code for a live socket and for a recording.

What a page says must not depend on whether it was just received or is read again years later, so
there is one reader. It is tolerant where servers are careless and strict about completeness: an
answer is complete only when the end that it announced has been seen (RFC 9112, sections 6 to 8).
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from habeas.evidence.exchange import header_value

HEAD_LIMIT = 256 * 1024
"""Bytes of status line and headers beyond which an answer is not taken for HTTP."""

_STATUS = re.compile(rb"HTTP/1\.[0-9] ([0-9]{3})(?: .*)?")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?\n", re.DOTALL)
_LINE_LIMIT = 8 * 1024
_NO_BODY = {204, 304}
_SWITCHING = 101


@dataclass(frozen=True, slots=True)
class Head:
    """Status line and headers of an answer.

    Attributes:
        status: the three digits.
        headers: in order, as sent, decoded as ISO 8859-1.
        size: how many bytes of the message they take, interim (1xx) answers included.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    size: int


class _Body(Enum):
    HEAD = auto()
    COUNTED = auto()
    CHUNKED = auto()
    UNTIL_CLOSE = auto()
    DONE = auto()
    NOT_HTTP = auto()


class Receiver:
    """Takes the bytes of one answer as they come and says when it is whole.

    Attributes:
        raw: every byte received.
        head: None until status line and headers are in.
        announced: length of the body by its own header, None where there is none.
        malformed: True where the body's framing breaks its own rules.
        surplus: bytes that came after the announced end.
    """

    def __init__(self, *, method: str = "GET") -> None:
        self.raw = bytearray()
        self.head: Head | None = None
        self.announced: int | None = None
        self.malformed = False
        self._method = method
        self._state = _Body.HEAD
        self._read = 0
        self._searched = 0
        self._chunks: list[tuple[int, int]] = []
        self._end: int | None = None
        self._chunked = False

    def feed(self, received: bytes) -> None:
        """Take the next bytes."""
        self.raw += received
        if self._state is _Body.HEAD:
            self._read_head()
        if self._state is _Body.COUNTED:
            self._count()
        elif self._state is _Body.CHUNKED:
            self._read_chunks()

    def close(self, *, clean: bool = True) -> None:
        """Say that no more bytes will come.

        Args:
            clean: False where the connection broke; a body that ends with the connection is whole
                only if the end was announced by the other side (RFC 9112, section 8).
        """
        if self._state is _Body.UNTIL_CLOSE and clean:
            self._finish(len(self.raw))

    @property
    def finished(self) -> bool:
        """Whether the announced end has been seen, or no end can come any more."""
        return self._state in {_Body.DONE, _Body.NOT_HTTP}

    @property
    def not_http(self) -> bool:
        """Whether the bytes do not begin as an HTTP/1 answer does."""
        return self._state is _Body.NOT_HTTP

    @property
    def complete(self) -> bool:
        """Whether the answer is whole and exactly as long as it announced."""
        return self._state is _Body.DONE and not self.malformed and not self.surplus

    @property
    def unchunked(self) -> bool:
        """Whether chunks were announced and the body plainly has none."""
        return self._state is _Body.DONE and self.malformed and self._chunked and not self._chunks

    @property
    def surplus(self) -> int:
        """How many bytes came after the announced end."""
        return 0 if self._end is None else len(self.raw) - self._end

    @property
    def payload(self) -> bytes:
        """The body so far, transfer coding removed, the begun last chunk included."""
        if self.head is None:
            return b""
        if self._chunked and (self._chunks or not self.malformed):
            view = memoryview(self.raw)
            return b"".join([*(view[start:end] for start, end in self._chunks), self._begun()])
        return bytes(self.raw[self.head.size : self._end])

    def _begun(self) -> bytes:
        """Return what has arrived of a chunk that has not arrived whole."""
        if self._state is not _Body.CHUNKED:
            return b""
        line = _CHUNK_SIZE.match(self.raw, self._read, self._read + _LINE_LIMIT)
        if line is None:
            return b""
        return bytes(self.raw[line.end() : line.end() + int(line.group(1), 16)])

    def _finish(self, end: int) -> None:
        self._state = _Body.DONE
        self._end = end

    def _read_head(self) -> None:
        while self._state is _Body.HEAD:
            end = _blank_line(self.raw, self._searched)
            if end is None:
                self._searched = max(self._read, len(self.raw) - 3)
                if len(self.raw) - self._read > HEAD_LIMIT or not _may_begin(
                    self.raw[self._read :]
                ):
                    self._state = _Body.NOT_HTTP
                return
            lines = bytes(self.raw[self._read : end]).splitlines()
            matched = _STATUS.fullmatch(lines[0]) if lines else None
            self._read = self._searched = end
            if matched is None:
                self._state = _Body.NOT_HTTP
                return
            status = int(matched.group(1))
            if status >= 200 or status == _SWITCHING:
                self.head = Head(status, _headers(lines[1:]), end)
                self._choose_body(self.head)

    def _choose_body(self, head: Head) -> None:
        """RFC 9112, section 6.3: how the end of the body is known."""
        coding = header_value(head.headers, "Transfer-Encoding").strip().lower()
        lengths = {
            value.strip() for name, value in head.headers if name.lower() == "content-length"
        }
        self._state = _Body.UNTIL_CLOSE
        if self._method == "HEAD" or head.status in _NO_BODY:
            self._finish(head.size)
        elif coding.endswith("chunked"):
            self.malformed = coding != "chunked"
            self._chunked = True
            self._state = _Body.CHUNKED
        elif len(lengths) == 1 and (length := lengths.pop()).isascii() and length.isdigit():
            self.announced = int(length[:18])
            self._state = _Body.COUNTED
        elif lengths or coding not in {"", "identity"}:
            self.malformed = True

    def _count(self) -> None:
        if self.head is not None and self.announced is not None:
            end = self.head.size + self.announced
            if len(self.raw) >= end:
                self._finish(end)

    def _read_chunks(self) -> None:
        while self._state is _Body.CHUNKED:
            line_end = self.raw.find(b"\n", self._read, self._read + _LINE_LIMIT)
            if line_end < 0 and len(self.raw) - self._read < _LINE_LIMIT:
                return
            matched = _CHUNK_SIZE.fullmatch(self.raw, self._read, line_end + 1)
            if line_end < 0 or matched is None:
                self._break_off()
            elif not self._take_chunk(line_end + 1, int(matched.group(1), 16)):
                return

    def _take_chunk(self, start: int, size: int) -> bool:
        """Take one whole chunk; False where its bytes are not all here."""
        if size == 0:
            return self._read_trailers(start)
        end = start + size
        closing = bytes(self.raw[end : end + 2])
        if closing in {b"", b"\r"}:
            return False
        self._chunks.append((start, end))
        if closing != b"\r\n" and closing[:1] != b"\n":
            self._break_off()
            return False
        self._read = end + (2 if closing == b"\r\n" else 1)
        return True

    def _read_trailers(self, start: int) -> bool:
        """Look for the end behind the last chunk: an empty line, or trailers and an empty line."""
        opening = bytes(self.raw[start : start + 2])
        if opening == b"\r\n" or opening[:1] == b"\n":
            self._finish(start + (2 if opening == b"\r\n" else 1))
            return True
        end = _blank_line(self.raw, start)
        if end is not None:
            self._finish(end)
            return True
        if len(self.raw) - start > HEAD_LIMIT:
            self._break_off()
        return False

    def _break_off(self) -> None:
        """The chunks make no sense: all that follows is kept, and the answer is not whole.

        Without any chunk the body stands as it is: some crawlers store it without its chunks but
        keep the header that announces them.
        """
        self.malformed = True
        self._state = _Body.UNTIL_CLOSE


def _may_begin(start: bytearray) -> bool:
    return bytes(start[:7]) == b"HTTP/1."[: len(start[:7])]


def _blank_line(raw: bytearray, start: int) -> int | None:
    """Return the place just after the first empty line, CRLF or bare LF."""
    ends = [
        place + len(mark)
        for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n")
        if (place := raw.find(mark, start)) >= 0
    ]
    return min(ends) if ends else None


def _headers(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    for line in lines:
        text = line.decode("iso-8859-1")
        if text[:1] in {" ", "\t"} and headers:
            name, value = headers[-1]
            headers[-1] = (name, f"{value} {text.strip()}")
        elif ":" in text:
            name, value = text.split(":", 1)
            headers.append((name.strip(), value.strip()))
    return tuple(headers)
