"""Looks into WACZ packages (zip files) for the WARCs they hold, wary of zips made to do harm."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from habeas.evidence.streams import Source
from habeas.evidence.warc import Problem

PACKAGE_MARK = b"PK\x03\x04"

_MOST_MEMBERS = 10_000
_DIRECTORY_LIMIT = 32 * 1024 * 1024
_UNPACKED_LIMIT = 1024 * 1024 * 1024
# Text rarely packs better than 1 to 100; WACZ wants WARCs stored without packing at all.
_RATIO_LIMIT = 200
# What zipfile raises for directories and members that make no sense (found by flipping bytes).
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Window:
    """A stored member, read where it lies in the package."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._place = 0

    def read(self, n: int = -1, /) -> bytes:
        """Return up to `n` bytes, empty at the end of the member."""
        left = self._size - self._place
        self._file.seek(self._start + self._place)
        received = self._file.read(left if n < 0 else min(n, left))
        self._place += len(received)
        return received

    def seek(self, offset: int, /) -> int:
        """Go to a place counted from the beginning of the member."""
        self._place = min(max(offset, 0), self._size)
        return self._place


class Unpacking:
    """A packed member, unpacked as it is read; damage ends it and is remembered."""

    def __init__(self, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._package = package
        self._entry = entry
        self._member = package.open(entry)
        self.broken = False

    def read(self, n: int = -1, /) -> bytes:
        """Return up to `n` bytes, empty at the end or at a damage."""
        if self.broken:
            return b""
        try:
            return self._member.read(n)
        except _BROKEN:
            self.broken = True
            return b""

    def seek(self, offset: int, /) -> int:
        """Go to a place counted from the beginning, unpacking up to it."""
        try:
            return self._member.seek(offset)
        except _BROKEN:
            self.broken = True
            return offset


@dataclass(frozen=True, slots=True)
class Member:
    """A WARC inside a package, or the reason why there is none to read."""

    name: str
    source: Source | None = None
    problem: Problem | None = None

    def broken(self) -> bool:
        """Return whether unpacking met a damage."""
        return isinstance(self.source, Unpacking) and self.source.broken


def members(file: BinaryIO) -> Iterator[Member]:
    """Yield the WARCs of a package in directory order, or one member that tells the problem."""
    size = file.seek(0, 2)
    directory = _directory_size(file, size)
    if directory is None:
        yield Member("", problem=Problem.TRUNCATED)
        return
    if directory > _DIRECTORY_LIMIT:
        yield Member("", problem=Problem.TOO_LARGE)
        return
    try:
        package = zipfile.ZipFile(file)
    except _BROKEN:
        yield Member("", problem=Problem.DAMAGED)
        return
    with package:
        entries = [entry for entry in package.infolist() if _is_warc(entry.filename)]
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > _MOST_MEMBERS or packed > size:
            # Members that overlap: one small file unpacked again and again.
            yield Member("", problem=Problem.TOO_LARGE)
            return
        for entry in entries:
            yield _member(file, package, entry)


def _member(file: BinaryIO, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    problem = _refused(entry)
    if problem is not None:
        return Member(entry.filename, problem=problem)
    if entry.compress_type == zipfile.ZIP_STORED:
        start = _content_start(file, entry)
        if start is None or entry.file_size != entry.compress_size:
            return Member(entry.filename, problem=Problem.DAMAGED)
        return Member(entry.filename, Window(file, start, entry.file_size))
    try:
        return Member(entry.filename, Unpacking(package, entry))
    except _BROKEN:
        return Member(entry.filename, problem=Problem.DAMAGED)


def _refused(entry: zipfile.ZipInfo) -> Problem | None:
    """Return why a member is not read, judging by the directory alone."""
    if entry.flag_bits & 1:
        return Problem.ENCRYPTED
    if entry.compress_type == zipfile.ZIP_STORED:
        return None
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return Problem.CODING
    most = min(_UNPACKED_LIMIT, max(entry.compress_size, 1) * _RATIO_LIMIT)
    return Problem.TOO_LARGE if entry.file_size > most else None


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz"))


def _content_start(file: BinaryIO, entry: zipfile.ZipInfo) -> int | None:
    """Return where a member's bytes begin, behind its local header (APPNOTE 4.3.7)."""
    try:
        file.seek(entry.header_offset)
        header = file.read(30)
    except _BROKEN:
        return None
    if len(header) < 30 or not header.startswith(PACKAGE_MARK):
        return None
    name_size, extra_size = struct.unpack("<HH", header[26:30])
    return entry.header_offset + 30 + int(name_size) + int(extra_size)


def _directory_size(file: BinaryIO, size: int) -> int | None:
    """Return the announced size of the zip's directory, None where its end is missing.

    Python reads the directory whole, so its size is looked at first (APPNOTE 4.3.16 and 4.3.14).
    """
    tail_start = max(0, size - 65_557)
    file.seek(tail_start)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        return None
    (announced,) = struct.unpack("<L", tail[place + 12 : place + 16])
    big = tail.rfind(b"PK\x06\x06")
    if big >= 0 and len(tail) >= big + 48:
        (announced_big,) = struct.unpack("<Q", tail[big + 40 : big + 48])
        return max(int(announced_big), 0 if announced == 0xFFFFFFFF else int(announced))
    return int(announced)
