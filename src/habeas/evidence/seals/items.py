"""What seals are about: the `item` of a manifest, one function for each kind that describes a file.

No address and nothing of a page goes into an item, so that a seal can be shown to anybody.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from habeas.evidence.exchange import Exchange
from habeas.evidence.records import Written, warc_date
from habeas.evidence.seals.canonical import Json

_MOMENT_CHARACTERS = len("2026-11-23T14:05:06.123456Z")


def moment(when: datetime) -> str:
    """Return a moment (aware) as manifests and rows write it: UTC, microseconds, Z."""
    return warc_date(when)


def read_moment(text: object) -> datetime | None:
    """Return the moment (aware, UTC) that a manifest or row writes, None where it writes none."""
    if not (isinstance(text, str) and len(text) == _MOMENT_CHARACTERS and text.endswith("Z")):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def file_part(file: str, content_bytes: int, sha256: str) -> Json:
    """Return the keys that every item of one file has."""
    return {"file": file, "bytes": content_bytes, "sha256": sha256}


def records_part(records: Iterable[Written]) -> list[Json]:
    """Return the `records` of an item: each WARC record with its place and digests."""
    from habeas.evidence.digests import sha256_hex

    parts: list[Json] = []
    offset = 0
    for record in records:
        parts.append(
            {
                "id": record.id,
                "type": record.kind,
                "offset": offset,
                "length": len(record.stored),
                "sha256": sha256_hex(record.stored),
                "block_sha256": record.block_sha256,
                "payload_sha256": record.payload_sha256,
            }
        )
        offset += len(record.stored)
    return parts


def capture(file: Json, records: Sequence[Json], exchange: Exchange) -> Json:
    """Return the item of an exchange that was just recorded."""
    failure = exchange.failure
    outcome: Json = {
        "status": exchange.status,
        "complete": exchange.complete,
        "truncated": exchange.truncated.value if exchange.truncated else None,
        "failure": failure.code.value if failure else None,
        "obstacle": exchange.obstacle or None,
    }
    times: Json = {
        "started": moment(exchange.timing.started),
        "answered": moment(exchange.timing.answered),
        "ended": moment(exchange.timing.ended),
    }
    return captured(file, records, outcome, times, late=False)


def captured(
    file: Json, records: Sequence[Json], outcome: Json, times: Json, *, late: bool
) -> Json:
    """Return the item of an exchange from its parts."""
    return {
        "kind": "capture",
        **file,
        "records": list(records),
        "outcome": outcome,
        "times": times,
        "late": late,
    }


def note(file: Json, records: Sequence[Json], about: str, *, late: bool = False) -> Json:
    """Return the item of a later file about an exchange."""
    return {"kind": "note", **file, "records": list(records), "about": about, "late": late}


def removal(seals: Sequence[Json], reason: str, by: Json) -> Json:
    """Return the item of a decision to remove what other seals cover.

    Args:
        seals: `sequence`, `sha256` and `file` of each.
        reason: a class, never words: a manifest tells of no person.
        by: who decided, as in a row of custody.
    """
    return {"kind": "removal", "seals": list(seals), "reason": reason, "by": by}


def document(file: Json, *, late: bool = False) -> Json:
    """Return the item of a file that somebody brought."""
    return {"kind": "document", **file, "late": late}
