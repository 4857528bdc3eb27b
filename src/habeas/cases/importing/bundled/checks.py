"""Which records of another home this version understands; the others are kept, and told."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from habeas.cases.consent.words import MANNERS, USES
from habeas.cases.custody.states import STATES
from habeas.cases.identity.section import ANSWERS
from habeas.cases.lookups.words import CHANNELS, OUTCOMES
from habeas.cases.statements import when
from habeas.cases.statements.words import CERTAINTIES, IN_CUSTODY, ROLES

_ID = re.compile(r"[0-9a-f]{16,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_LONG, _TEXT = 1000, 1_000_000
_MOST_DETAILS = 100
_CODES: Mapping[str, Mapping[str, object]] = {"custody": STATES, "same_as": ANSWERS}

_STATEMENT = {
    "id": 64, "property": 60, "value": 2000, "as_said": _TEXT, "lang": 10, "about": 60,
    "zone": 60, "speaker": 300, "role": 20, "document": 64, "place": 200, "said_on": 60,
    "certainty": 20, "in_custody": 8, "other": 300, "other_kind": 12,
}  # fmt: skip
_DOCUMENT = {
    "id": 64, "kind": 16, "title": 500, "carrier": 300, "address": 2000, "archive": 2000,
    "lang": 10, "published": 60,
}  # fmt: skip
_LOOKUP = {
    "id": 64, "whom": 300, "channel": 10, "spelling": _LONG, "outcome": 12, "answer": _TEXT,
    "officer": 200,
}  # fmt: skip
_CONSENT = {
    "id": 64, "use": 12, "role": 20, "manner": 12, "answered_on": 10, "until": 10, "note": _TEXT,
}  # fmt: skip


def is_id(text: str) -> bool:
    """Whether a text is an id as habeas gives them."""
    return _ID.fullmatch(text) is not None


def understood(kind: str, one: Mapping[str, Any]) -> bool:
    """Whether a record of a kind can be taken over as what it says it is."""
    return _BY_KIND[kind](one)


def _texts(one: Mapping[str, Any], lengths: Mapping[str, int]) -> bool:
    return all(isinstance(one.get(key), str) and len(one[key]) <= most
               for key, most in lengths.items())  # fmt: skip


def _name(one: Mapping[str, Any]) -> bool:
    return _texts(one, {"text": 300, "kind": 60}) and any(each.isalpha() for each in one["text"])


def _statement(one: Mapping[str, Any]) -> bool:
    if not _texts(one, _STATEMENT) or not is_id(one["id"]):
        return False
    said = bool(one["value"].strip() and one["speaker"].strip() and one["property"].strip())
    listed = one["value"] in _CODES.get(one["property"], {one["value"]: None})
    words = one["role"] in ROLES and one["certainty"] in CERTAINTIES
    words = words and one["in_custody"] in IN_CUSTODY
    times = _edtf(one["about"], one["zone"]) and _edtf(one["said_on"], one["zone"])
    moment = one.get("said_by") is None or _moment(one["said_by"])
    return said and listed and words and times and moment and _details(one.get("details"))


def _details(one: object) -> bool:
    return (
        isinstance(one, dict)
        and len(one) <= _MOST_DETAILS
        and all(isinstance(text, str) and len(text) <= _TEXT for text in one.values())
    )


def _document(one: Mapping[str, Any]) -> bool:
    if not _texts(one, _DOCUMENT) or not is_id(one["id"]):
        return False
    web = all(not one[key] or _WEB.fullmatch(one[key]) for key in ("address", "archive"))
    return web and _edtf(one["published"], "UTC")


def _file(one: Mapping[str, Any]) -> bool:
    original = one.get("original_sha256")
    return isinstance(original, str) and _SHA256.fullmatch(original) is not None


def _lookup(one: Mapping[str, Any]) -> bool:
    return (
        _texts(one, _LOOKUP)
        and is_id(one["id"])
        and bool(one["whom"].strip())
        and one["outcome"] in OUTCOMES
        and one["channel"] in CHANNELS
        and _moment(one.get("asked_at"))
    )


def _consent(one: Mapping[str, Any]) -> bool:
    if not _texts(one, _CONSENT) or not is_id(one["id"]):
        return False
    words = one["use"] in USES and one["role"] in ROLES and one["manner"] in MANNERS
    return words and _day(one["answered_on"]) and (not one["until"] or _day(one["until"]))


_BY_KIND: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "name": _name,
    "statement": _statement,
    "document": _document,
    "file": _file,
    "lookup": _lookup,
    "consent": _consent,
}


def moment_of(text: str) -> datetime:
    """Return an RFC 3339 moment (aware).

    Raises:
        ValueError: it is none.
    """
    found = datetime.fromisoformat(text)
    if found.utcoffset() is None:
        raise ValueError(text)
    return found


def _moment(text: object) -> bool:
    try:
        return isinstance(text, str) and 1900 < moment_of(text).year < 2200
    except ValueError:
        return False


def _day(text: str) -> bool:
    try:
        return 1900 < date.fromisoformat(text).year < 2200
    except ValueError:
        return False


def _edtf(text: str, zone: str) -> bool:
    try:
        ZoneInfo(zone)
        return not text or when.parse(text).bounds(zone) is not None
    except (when.NotATime, ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return False
