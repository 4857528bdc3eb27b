"""The index of a package: for each record its address, time, place and digest (CDXJ 0.1.0)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from habeas.errors import RecordingUnreadable
from habeas.evidence.exchange import header_value
from habeas.evidence.messages import Head, Receiver
from habeas.evidence.reading import raw_records_of
from habeas.evidence.wacz.keys import search_key
from habeas.evidence.warc import Limits, RawRecord
from habeas.vault.bytes import size_of

_INDEXED = {"response", "revisit", "resource"}
# What other indexes write where a record has no media type of its own.
_NO_KIND = "unk"


@dataclass(frozen=True, slots=True)
class Entry:
    """One indexed record.

    Attributes:
        url: the address asked.
        moment: WARC-Date (aware, UTC).
        kind: "response", "revisit" or "resource".
        mime: media type without parameters; "warc/revisit" for a revisit.
        status: HTTP status as text, empty where there is none.
        digest: the payload digest, as in the record.
        offset, length: bytes of the record in its file, as stored.
        filename: the file in `archive/`.
        record_id: without angle brackets.
        redirect: whether the answer sends elsewhere.
    """

    url: str
    moment: datetime
    kind: str
    mime: str
    status: str
    digest: str
    offset: int
    length: int
    filename: str
    record_id: str
    redirect: bool = False

    def line(self) -> str:
        """Return the entry as a line of CDXJ."""
        block = {
            "url": self.url,
            "mime": self.mime,
            "status": self.status,
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
        }
        filled = {name: value for name, value in block.items() if value}
        return f"{search_key(self.url)} {self.moment:%Y%m%d%H%M%S} {json.dumps(filled)}"


def entries(archive: Path) -> Iterator[Entry]:
    """Yield the entries of a WARC file in file order.

    Raises:
        RecordingUnreadable: it cannot be opened, or is damaged: what is damaged is not packed as
            if it were whole. So is a file with one gzip member for all records, which no index
            can point into.
    """
    last: RawRecord | None = None
    for record in raw_records_of(archive, Limits()):
        if record.problem is not None:
            raise RecordingUnreadable(str(archive), record.problem.value)
        if last is not None:
            yield from _entry(archive, last, record.offset)
        last = record
    if last is not None:
        yield from _entry(archive, last, size_of(archive))


def index(found: list[Entry]) -> bytes:
    """Return the index: lines in the order of their bytes, as binary search needs them."""
    lines = sorted(entry.line().encode("utf-8") for entry in found)
    return b"".join(line + b"\n" for line in lines)


def _entry(archive: Path, record: RawRecord, end: int) -> Iterator[Entry]:
    url = record.headers.get("warc-target-uri", "").strip("<>")
    if record.kind not in _INDEXED or not url:
        return
    if end <= record.offset:
        raise RecordingUnreadable(str(archive), "one gzip member for several records")
    head = _head(record)
    yield Entry(
        url=url,
        moment=_moment(archive, record),
        kind=record.kind,
        mime=_mime(record, head),
        status=str(head.status) if head else "",
        digest=record.headers.get("warc-payload-digest", ""),
        offset=record.offset,
        length=end - record.offset,
        filename=archive.name,
        record_id=record.headers.get("warc-record-id", "").strip("<>"),
        redirect=head is not None
        and 300 <= head.status < 400
        and bool(header_value(head.headers, "Location")),
    )


def _head(record: RawRecord) -> Head | None:
    if record.kind == "resource":
        return None
    receiver = Receiver()
    receiver.feed(record.block)
    return receiver.head


def _moment(archive: Path, record: RawRecord) -> datetime:
    text = record.headers.get("warc-date", "")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise RecordingUnreadable(str(archive), f"WARC-Date {text!r}") from error


def _mime(record: RawRecord, head: Head | None) -> str:
    if record.kind == "revisit":
        return "warc/revisit"
    if record.kind == "resource":
        declared = record.headers.get("content-type", "")
    else:
        declared = header_value(head.headers, "Content-Type") if head else ""
    return declared.split(";")[0].strip().lower() or _NO_KIND
