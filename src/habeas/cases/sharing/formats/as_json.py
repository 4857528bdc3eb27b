"""JSON lines: one person a line, with every statement, its speaker and its paper.

The one format that holds all that leaves; the others hold what their readers know how to read.
Times are ISO 8601 in UTC, inexact times EDTF, a photo Base64.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import BinaryIO

from django.utils.translation import gettext_lazy as later

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.outgoing import OutgoingPerson

VERSION = 1
"""Of the layout; readers refuse a newer one."""


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write one object a line: first what the file is, then the people."""
    head = {
        "habeas": VERSION,
        "written_at": occasion.now.astimezone(UTC).isoformat(),
        "for": occasion.circle,
        "recipient": occasion.recipient,
        "lang": occasion.lang,
    }
    out.write(_line(head))
    out.writelines(_line(as_object(one)) for one in people)


def as_object(person: OutgoingPerson) -> dict[str, object]:
    """Return a person as JSON takes it; empty fields stay, so that absence is told from silence."""
    return asdict(person)


def _line(found: Mapping[str, object]) -> bytes:
    return json.dumps(found, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


FORMAT = Format(
    key="json",
    label=later("Everything, for another program (JSON lines)"),
    uses=frozenset({"internal", "lawyer", "monitor", "un", "name", "story"}),
    extension="jsonl",
    media_type="application/jsonl",
    write=write,
    beside=True,
)
