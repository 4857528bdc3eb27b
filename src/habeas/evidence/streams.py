"""Bytes of a recording, plain or gzip, one record's worth at a time, in constant memory.

A gzip stream is handed out member by member, so that the place where a record's member begins is
known, and so that a damaged member costs one record and not the file.
"""

import zlib
from typing import Protocol

_STEP = 64 * 1024
GZIP_MARK = b"\x1f\x8b\x08"
WARC_MARK = b"WARC/"
# The mark of gzip stands by chance once in 16 MB of packed bytes; more often only by intent.
_MOST_FALSE_MEMBERS = 2000


class Damaged(Exception):
    """Compressed bytes that make no sense. Caught by the reader and told as a problem."""


class CutShort(Exception):
    """The file ends inside a record. Caught by the reader and told as a problem."""


class Source(Protocol):
    """What a recording is read from: a file, or a stored member of a zip."""

    def read(self, n: int = -1, /) -> bytes:
        """Return up to `n` bytes, empty at the end."""

    def seek(self, offset: int, /) -> int:
        """Go to a place counted from the beginning."""


class Plain:
    """An uncompressed recording.

    Attributes:
        offset: the place of the next byte that `read` or `line` will return.
        lost: True where a record was left before its end; `skip_damage` finds the next.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held = b""
        self.offset = 0
        self.lost = False
        self._restart(0)

    def _restart(self, place: int) -> None:
        self._source.seek(place)
        self._held = b""
        self.offset = place
        self.lost = False

    def _more(self) -> bool:
        """Hold more bytes; False at the end of the recording."""
        received = self._source.read(_STEP)
        self._held += received
        return bool(received)

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes; empty only at the end (or for a size of 0)."""
        if not self._held and size:
            self._more()
        taken, self._held = self._held[:size], self._held[size:]
        self._passed(len(taken))
        return taken

    def line(self, limit: int) -> bytes:
        """Return up to and with the next line feed, at most `limit` bytes; empty at the end."""
        while (end := self._held.find(b"\n", 0, limit)) < 0 and len(self._held) < limit:
            if not self._more():
                break
        size = end + 1 if end >= 0 else limit
        taken, self._held = self._held[:size], self._held[size:]
        self._passed(len(taken))
        return taken

    def unread(self, taken: bytes) -> None:
        """Put bytes back that were just taken."""
        self._held = taken + self._held
        self._passed(-len(taken))

    def _passed(self, count: int) -> None:
        self.offset += count

    def began(self, line: bytes) -> int:
        """Return the place at which the record begins whose first line was just taken."""
        return self.offset - len(line)

    def jump(self, size: int) -> bool:
        """Pass over `size` bytes without reading them; False where they have to be read.

        Raises:
            CutShort: the file ends before.
        """
        end = self.offset + size
        self._restart(end - 1)
        if not self.read(1):
            raise CutShort
        return True

    def check_end(self) -> None:
        """Look whether what was read so far is sound (gzip's checksum stands behind the bytes).

        Raises:
            Damaged: it is not.
            CutShort: the file ends before it can be known.
        """

    def skip_damage(self, start: int) -> bool:
        """Go to the next place after `start` that looks like a record; False where none does."""
        place = _find(self._source, WARC_MARK + b"1.", start + 1)
        if place is None:
            return False
        self._restart(place)
        return True


class Gunzip(Plain):
    """A gzip recording: usually a member for each record, sometimes one member for all.

    Attributes:
        offset: the place of the member from which the next byte comes, in compressed bytes.
    """

    def _restart(self, place: int) -> None:
        super()._restart(place)
        self._packed = b""
        self._place = place
        self._machine: zlib._Decompress | None = None

    def _more(self) -> bool:
        while True:
            if not self._packed:
                self._packed = self._source.read(_STEP)
                if not self._packed:
                    if self._machine is not None:
                        raise CutShort
                    return False
            if self._machine is None and not self._next_member():
                return False
            if self._unpack_some():
                return True

    def _next_member(self) -> bool:
        """Begin the member at hand; False where only padding is left. Needs `_packed`."""
        while len(self._packed) < len(GZIP_MARK) and (more := self._source.read(_STEP)):
            self._packed += more
        if not self._packed.startswith(GZIP_MARK):
            if not self._packed.strip(b"\0"):
                self._packed = b""
                return False
            self.offset = self._place
            raise Damaged
        self.offset = self._place
        self._machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True

    def _unpack_some(self) -> bool:
        machine = self._machine
        if machine is None:
            return False
        before = len(self._packed)
        try:
            unpacked = machine.decompress(self._packed, _STEP)
        except zlib.error as error:
            raise Damaged(str(error)) from error
        self._packed = machine.unused_data if machine.eof else machine.unconsumed_tail
        self._place += before - len(self._packed)
        if machine.eof:
            self._machine = None
        self._held += unpacked
        return bool(unpacked)

    def _passed(self, count: int) -> None:
        """A place inside a member cannot be gone to; the member's own is told."""

    def began(self, line: bytes) -> int:
        """Return the place of the member in which the record begins."""
        del line
        return self.offset

    def jump(self, size: int) -> bool:
        """Return False: packed bytes have to be unpacked to be passed over."""
        del size
        return False

    def check_end(self) -> None:
        """Read up to the member's checksum where nothing but it is left."""
        while self._machine is not None and not self._held:
            self._more_of_member()

    def _more_of_member(self) -> None:
        if not self._packed:
            self._packed = self._source.read(_STEP)
            if not self._packed:
                raise CutShort
        self._unpack_some()

    def skip_damage(self, start: int) -> bool:
        """Go to the next member after `start` that begins with a record; False where none does."""
        place = start
        for _ in range(_MOST_FALSE_MEMBERS):
            found = _find(self._source, GZIP_MARK, place + 1)
            if found is None:
                return False
            if _begins_record(self._source, found):
                self._restart(found)
                return True
            place = found
        return False


def _begins_record(source: Source, place: int) -> bool:
    source.seek(place)
    try:
        begun = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(source.read(4096), 16)
    except zlib.error:
        return False
    return begun.startswith(WARC_MARK)


def _find(source: Source, mark: bytes, start: int) -> int | None:
    """Return the next place of `mark` from `start` on, reading forward in steps."""
    source.seek(start)
    held, place = b"", start
    while received := source.read(_STEP):
        held += received
        found = held.find(mark)
        if found >= 0:
            return place + found
        keep = len(mark) - 1
        place += len(held) - keep if len(held) > keep else 0
        held = held[-keep:] if len(held) > keep else held
    return None
