"""The item of a recording on disk: for sealing it late, and for checking a seal against it."""

from collections.abc import Iterator, Mapping
from io import BytesIO

from habeas.evidence.digests import sha256_hex
from habeas.evidence.messages import Receiver
from habeas.evidence.records import CAPTURE_TYPE
from habeas.evidence.seals import items
from habeas.evidence.seals.canonical import Json
from habeas.evidence.seals.names import is_document_file
from habeas.evidence.streams import Gunzip
from habeas.evidence.warc import Limits, RawRecord, raw_records


class NotWhole(ValueError):
    """The file is no whole recording of ours: damaged, cut, or something else."""


def records_in(content: bytes, limits: Limits | None = None) -> list[Json]:
    """Return the `records` of a recording's bytes, as a manifest lists them.

    Raises:
        NotWhole: a record is damaged or cut, too large, or its block is not the one it was
            written with.
    """
    found = list(_raw(content, limits or Limits()))
    parts: list[Json] = []
    for place, record in enumerate(found):
        end = found[place + 1].offset if place + 1 < len(found) else len(content)
        stored = content[record.offset : end]
        block_sha256 = sha256_hex(record.block)
        parts.append(
            {
                "id": record.headers.get("warc-record-id", "").strip("<>"),
                "type": record.kind,
                "offset": record.offset,
                "length": len(stored),
                "sha256": sha256_hex(stored),
                "block_sha256": block_sha256,
                "payload_sha256": _payload_sha256(record, block_sha256),
            }
        )
    return parts


def late_item(file: str, content: bytes) -> Json:
    """Return the item of a recording of ours, or of a document, that was left without a seal.

    Raises:
        NotWhole: as `records_in`; or it holds neither an exchange nor a note of ours; or the
            document is not the one that it is named after.
    """
    if is_document_file(file):
        return _late_document(file, content)
    records = records_in(content)
    part = items.file_part(file, len(content), sha256_hex(content))
    for facts in _facts(content):
        if isinstance(facts.get("about"), str):
            return items.note(part, records, str(facts["about"]), late=True)
        outcome, times = _outcome(facts), _times(facts)
        if outcome is not None and times is not None:
            return items.captured(part, records, outcome, times, late=True)
    raise NotWhole("no facts of ours")


def _late_document(file: str, content: bytes) -> Json:
    sha256 = sha256_hex(content)
    if file.rpartition("/")[2] != sha256:
        raise NotWhole("digest")
    return items.document(items.file_part(file, len(content), sha256), late=True)


def _raw(content: bytes, limits: Limits) -> Iterator[RawRecord]:
    for record in raw_records(Gunzip(BytesIO(content)), limits):
        if record.problem is not None or record.block_holds is not True:
            raise NotWhole(record.problem or "digest")
        yield record


def _payload_sha256(record: RawRecord, block_sha256: str) -> str:
    kind = record.headers.get("content-type", "").replace(" ", "").lower()
    if kind == "application/http;msgtype=request":
        return sha256_hex(record.block.partition(b"\r\n\r\n")[2])
    if kind == "application/http;msgtype=response":
        receiver = Receiver()
        receiver.feed(record.block)
        receiver.close()
        return sha256_hex(receiver.payload)
    return block_sha256


def _facts(content: bytes) -> Iterator[Mapping[str, object]]:
    import json

    for record in _raw(content, Limits()):
        if record.kind == "metadata" and record.headers.get("content-type") == CAPTURE_TYPE:
            facts = json.loads(record.block)
            if isinstance(facts, dict):
                yield facts


def _outcome(facts: Mapping[str, object]) -> Json | None:
    found = facts.get("outcome")
    if not isinstance(found, dict):
        return None
    failure = found.get("failure")
    return {
        "status": found.get("status"),
        "complete": found.get("complete"),
        "truncated": found.get("truncated"),
        "failure": failure.get("code") if isinstance(failure, dict) else None,
        "obstacle": found.get("obstacle"),
    }


def _times(facts: Mapping[str, object]) -> Json | None:
    found = facts.get("timing")
    if not isinstance(found, dict):
        return None
    return {name: found.get(name) for name in ("started", "answered", "ended")}
