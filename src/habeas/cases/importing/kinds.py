"""What kind of file was sent, by its first bytes and what is inside; names are not believed."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from habeas.bundles import locking
from habeas.cases.importing.readers import (
    archive,
    delimited,
    followthemoney,
    papers,
    pfif,
    workbook,
)
from habeas.cases.importing.readers.rows import Raw, Reading
from habeas.errors import FileNotImported
from habeas.language import _

TABLE, WORKBOOK, PFIF, ENTITIES, PAPERS, BUNDLE = (
    "table", "workbook", "pfif", "ftm", "papers", "bundle"
)  # fmt: skip
MEDIA = {
    TABLE: "text/csv",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PFIF: "application/pfif+xml",
    ENTITIES: "application/x-ndjson",
    PAPERS: "application/zip",
    BUNDLE: "application/x-tar",
}
_UNLOCKED = b"FORMAT\0"
_LINE = 1 << 20


def kind_of(stream: BinaryIO) -> str:
    """Return the kind of a file, and go back to its start.

    Raises:
        FileNotImported: it is empty, or of no kind that is imported.
    """
    start = stream.read(4096)
    stream.seek(0)
    if not start.strip(b"\xef\xbb\xbf\r\n\t "):
        raise FileNotImported(_("it is empty"))
    if start[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _of_archive(stream)
    plain = start.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if plain.startswith(b"<") or b"<\0?\0" in start[:8]:
        return PFIF
    if plain.startswith(b"{") and _is_entity(stream):
        return ENTITIES
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = max(start[0::2].count(0), start[1::2].count(0)) * 4 > len(start)
        if not wide and start.count(0) > len(start) // 10:
            raise FileNotImported(_("it is neither a table nor a text"))
    return TABLE


def is_bundle(start: bytes) -> bool:
    """Whether a file that begins so is a bundle of another habeas, locked or unlocked."""
    return locking.is_locked(start) or start.startswith(_UNLOCKED)


def _of_archive(stream: BinaryIO) -> str:
    with archive.opened(stream) as inside:
        names = set(inside.namelist())
    stream.seek(0)
    return WORKBOOK if "xl/workbook.xml" in names else PAPERS


def _is_entity(stream: BinaryIO) -> bool:
    line = stream.readline(_LINE).lstrip(b"\xef\xbb\xbf")
    stream.seek(0)
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(entity, dict) and "schema" in entity and "properties" in entity


def rows(kind: str, stream: BinaryIO, reading: Reading, *, now: datetime) -> Iterator[Raw]:
    """Yield the rows of a file of a known kind; see the readers for what they refuse.

    Raises:
        FileNotImported: it cannot be read to its end.
    """
    if kind == PFIF:
        return pfif.read(stream, reading, now=now)
    readers = {
        TABLE: delimited.read,
        WORKBOOK: workbook.read,
        ENTITIES: followthemoney.read,
        PAPERS: papers.read,
    }
    return readers[kind](stream, reading)
