"""Reads recordings (WARC, WARC packed by gzip, WACZ) as a stream of answers, in constant memory.

Our own and those of others. Requests are skipped; our records of failed attempts come back as
failures, and whatever cannot be read comes back as a typed problem while the rest is still read.
Nothing is ever extracted to disk, so names inside a WACZ cannot reach outside it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from habeas.errors import RecordingUnreadable
from habeas.evidence.codings import unpack
from habeas.evidence.digests import Expected
from habeas.evidence.exchange import header_value
from habeas.evidence.messages import Receiver
from habeas.evidence.packages import PACKAGE_MARK, members
from habeas.evidence.records import CAPTURE_TYPE
from habeas.evidence.streams import GZIP_MARK, WARC_MARK, Gunzip, Plain, Source
from habeas.evidence.warc import Limits, Problem, RawRecord, raw_records
from habeas.language import _
from habeas.vault.bytes import open_read

_CODE = re.compile("[a-z_]{1,40}")
_FACTS_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer, or one problem, of a recording.

    Attributes:
        url: the address asked, empty where the record does not say.
        status: the HTTP status, None where there was no HTTP answer.
        headers: of the HTTP answer, in order, as sent.
        payload: the body, transfer and content coding removed; empty where it cannot be given.
        date: when the answer was recorded by its own word (aware, UTC), None where unreadable.
        record_id: as in the record, without angle brackets.
        offset: place of the record in `member`, or in the file; packed: of its gzip member.
        digest_ok: whether the record's digests hold, None where there is none that we know.
        complete: False where less (or more) arrived than was announced, or the record is cut.
        problem: None where the answer can be read.
        explanation: the problem in one sentence, empty where there is none.
        member: name of the WARC inside a WACZ, else empty.
        failure: code of the failed attempt (`FailureCode`), for our own records of failures.
        obstacle: code of the outcome as typed when it was recorded, likewise.
    """

    url: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    payload: bytes = b""
    date: datetime | None = None
    record_id: str = ""
    offset: int = 0
    digest_ok: bool | None = None
    complete: bool = False
    problem: Problem | None = None
    explanation: str = ""
    member: str = ""
    failure: str = ""
    obstacle: str = ""

    @property
    def content_type(self) -> str:
        """The Content-Type header as sent, or an empty string."""
        return header_value(self.headers, "Content-Type")


@dataclass(frozen=True, slots=True)
class Facts:
    """One of our own metadata records.

    Attributes:
        record_id: its id.
        about: id of the record that it describes; its own for a failure without request.
        facts: the JSON, see `docs/explanation/what-a-capture-records.md`.
    """

    record_id: str
    about: str
    facts: dict[str, object]


def read_recording(path: Path, limits: Limits | None = None) -> Iterator[Recorded]:
    """Yield every answer of a recording and every problem in it, in file order.

    A recording without any answer is a problem (`no_answer`), unless it is a note of ours: what we
    wrote later about an answer that another file holds. A note yields nothing.

    Raises:
        RecordingUnreadable: the file does not exist or cannot be opened.
    """
    chosen = limits or Limits()
    nothing = True
    for member, record in _records(path, chosen):
        nothing = nothing and not _is_note(record)
        for recorded in _recorded(record, chosen):
            nothing = False
            yield replace(recorded, member=member, explanation=_words(recorded))
    if nothing:
        empty = Recorded(problem=Problem.NO_ANSWER)
        yield replace(empty, explanation=_words(empty))


def read_facts(path: Path) -> Iterator[Facts]:
    """Yield our own metadata records of a recording: connection, timing, outcome, decoding.

    Raises:
        RecordingUnreadable: the file does not exist or cannot be opened.
    """
    for _member, record in _records(path, Limits(payload=_FACTS_LIMIT)):
        if record.problem is None and _is_ours(record):
            facts = _json(record.block)
            about = record.headers.get("warc-concurrent-to") or record.headers.get("warc-refers-to")
            if facts:
                yield Facts(_id(record), (about or "").strip("<>") or _id(record), facts)


def raw_records_of(path: Path, limits: Limits) -> Iterator[RawRecord]:
    """Yield every record of a recording, of any kind, with its place and problem.

    Raises:
        RecordingUnreadable: the file does not exist or cannot be opened.
    """
    return (record for _member, record in _records(path, limits))


def _records(path: Path, limits: Limits) -> Iterator[tuple[str, RawRecord]]:
    """Yield (name of the WARC inside a package, record) of any kind of recording."""
    try:
        with open_read(path) as file:
            if file.read(len(PACKAGE_MARK)) == PACKAGE_MARK:
                yield from _package_records(file, limits)
            else:
                yield from (("", record) for record in _source_records(file, limits))
    except OSError as error:
        raise RecordingUnreadable(str(path), error.strerror or type(error).__name__) from error


def _package_records(file: BinaryIO, limits: Limits) -> Iterator[tuple[str, RawRecord]]:
    for member in members(file):
        if member.problem is not None or member.source is None:
            yield member.name, RawRecord(0, problem=member.problem)
        else:
            for record in _source_records(member.source, limits):
                yield member.name, record
            if member.broken():
                yield member.name, RawRecord(0, problem=Problem.DAMAGED)


def _source_records(source: Source, limits: Limits) -> Iterator[RawRecord]:
    source.seek(0)
    mark = source.read(len(WARC_MARK))
    if mark.startswith(GZIP_MARK):
        yield from raw_records(Gunzip(source), limits)
    elif mark == WARC_MARK:
        yield from raw_records(Plain(source), limits)
    elif mark:
        yield RawRecord(0, problem=Problem.NOT_A_RECORDING)


def _recorded(record: RawRecord, limits: Limits) -> Iterator[Recorded]:
    """Yield what a record says about an answer: nothing for a request or a description."""
    base = Recorded(
        url=record.headers.get("warc-target-uri", "").strip("<>"),
        date=_date(record.headers.get("warc-date", "")),
        record_id=_id(record),
        offset=record.offset,
        digest_ok=record.block_holds,
        problem=record.problem,
    )
    if record.problem in {Problem.TOO_LARGE, None} and record.kind in {"request", "warcinfo"}:
        return
    if record.problem is not None:
        yield base
    elif record.kind == "revisit":
        yield replace(base, problem=Problem.REVISIT)
    elif record.kind == "response" and base.url.lower().startswith(("http:", "https:")):
        yield _answer(record, base, limits)
    elif record.kind == "resource":
        yield _resource(record, base, limits)
    elif _is_ours(record):
        yield from _failure(record, base)


def _answer(record: RawRecord, base: Recorded, limits: Limits) -> Recorded:
    receiver = Receiver()
    receiver.feed(record.block)
    receiver.close()
    if receiver.head is None:
        return replace(base, problem=Problem.NOT_HTTP)
    cut = "warc-truncated" in record.headers
    payload = receiver.payload
    complete = receiver.complete and not cut
    holds = _holds(record, payload)
    if holds is not True and _holds(record, rest := record.block[receiver.head.size :]):
        # Most crawlers hash what follows the headers, whatever these say (warcio issue 74).
        holds = True
        if not complete and not cut:
            payload, complete = rest, True
    if receiver.unchunked and not cut:
        complete = True
    unpacked = unpack(
        payload, header_value(receiver.head.headers, "Content-Encoding"), limit=limits.payload
    )
    answer = replace(
        base,
        status=receiver.head.status,
        headers=receiver.head.headers,
        payload=unpacked.body,
        digest_ok=_both(record.block_holds, holds),
        complete=complete and not unpacked.broken,
    )
    if unpacked.too_large or len(unpacked.body) > limits.payload:
        return replace(answer, payload=b"", complete=False, problem=Problem.TOO_LARGE)
    if unpacked.unknown:
        return replace(answer, payload=b"", complete=False, problem=Problem.CODING)
    return _judged(answer)


def _resource(record: RawRecord, base: Recorded, limits: Limits) -> Recorded:
    """A file kept as it is, without an HTTP answer around it."""
    if len(record.block) > limits.payload:
        return replace(base, problem=Problem.TOO_LARGE)
    kind = record.headers.get("content-type", "")
    return _judged(
        replace(
            base,
            headers=(("Content-Type", kind),) if kind else (),
            payload=record.block,
            digest_ok=_both(record.block_holds, _holds(record, record.block)),
            complete="warc-truncated" not in record.headers,
        )
    )


def _failure(record: RawRecord, base: Recorded) -> Iterator[Recorded]:
    outcome = _json(record.block).get("outcome")
    failure = outcome.get("failure") if isinstance(outcome, dict) else None
    if isinstance(outcome, dict) and isinstance(failure, dict):
        yield _judged(
            replace(
                base,
                problem=Problem.FAILURE,
                failure=_code(failure.get("code")),
                obstacle=_code(outcome.get("obstacle")),
            )
        )


def _code(found: object) -> str:
    """Return a code as we write them; anything else in its place is a stranger's and is dropped."""
    plain = isinstance(found, str) and _CODE.fullmatch(found)
    return str(found) if plain else ""


def _judged(recorded: Recorded) -> Recorded:
    """A record whose digests do not hold is told as such; its bytes are still given."""
    if recorded.digest_ok is False:
        return replace(recorded, problem=Problem.DIGEST)
    return recorded


def _holds(record: RawRecord, payload: bytes) -> bool | None:
    expected = Expected(record.headers.get("warc-payload-digest", ""))
    expected.update(payload)
    return expected.holds


def _both(block: bool | None, payload: bool | None) -> bool | None:  # noqa: FBT001 - two facts of one kind
    if block is False or payload is False:
        return False
    return True if block or payload else None


def _is_ours(record: RawRecord) -> bool:
    kind = record.headers.get("content-type", "").lower()
    return record.kind == "metadata" and kind.startswith(CAPTURE_TYPE)


def _is_note(record: RawRecord) -> bool:
    return record.problem is None and _is_ours(record) and "about" in _json(record.block)


def _json(block: bytes) -> dict[str, object]:
    if len(block) > _FACTS_LIMIT:
        return {}
    try:
        facts = json.loads(block)
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _id(record: RawRecord) -> str:
    return record.headers.get("warc-record-id", "").strip("<>")


def _date(text: str) -> datetime | None:
    """Read a WARC-Date; without a zone it means UTC (WARC/1.1, section 5.4)."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _words(recorded: Recorded) -> str:
    """Say a problem in one sentence."""
    if recorded.problem is None:
        return ""
    if recorded.problem is Problem.FAILURE:
        return _("This attempt failed when it was made ({code}); no page came.").format(
            code=recorded.failure
        )
    sentences = {
        Problem.DAMAGED: _("Part of the recording is damaged and could not be read."),
        Problem.TRUNCATED: _("The recording ends in the middle of this record."),
        Problem.TOO_LARGE: _("This record is larger than a page can be and was not read."),
        Problem.DIGEST: _("The recorded bytes are not those that were hashed when they came."),
        Problem.REVISIT: _("This record only says that the page was the same as earlier."),
        Problem.NOT_HTTP: _("The recorded bytes are not the answer of a web server."),
        Problem.CODING: _("The page is compressed in a way that habeas cannot read."),
        Problem.ENCRYPTED: _("The recording is encrypted."),
        Problem.NOT_A_RECORDING: _("The file is not a WARC or WACZ recording."),
        Problem.NO_ANSWER: _("The recording holds no answer of any site."),
    }
    return sentences[recorded.problem]
