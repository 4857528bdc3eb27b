"""What a person of a bundle says, cut into records that each stand alone.

Nothing is dropped: what is not understood is a record too, of kind UNCLEAR, word for word.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from habeas.cases.importing.bundled import checks

PERSON, NAME, STATEMENT, LOOKUP, CONSENT = "person", "name", "statement", "lookup", "consent"
DOCUMENT, FILE, PHOTO, UNCLEAR = "document", "file", "photo", "unclear"
KINDS = (PERSON, NAME, DOCUMENT, FILE, PHOTO, STATEMENT, LOOKUP, CONSENT, UNCLEAR)
"""In the order in which they are taken over."""
_LISTS = {"names": NAME, "statements": STATEMENT, "documents": DOCUMENT, "lookups": LOOKUP,
          "consents": CONSENT}  # fmt: skip
_OWN = ("id", "code", "birth_year", "custody", "left_out", "withheld")
_DERIVED = frozenset({"label", "disputed", "current", "signed", "custody", "left_out", "withheld"})
"""What follows from other records, and may change while a record stays the same."""
_OF_FILE = frozenset({"original_sha256", "document", "held"})
"""What makes a file another one: it is rebuilt for each bundle, and may come out otherwise."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Record(NamedTuple):
    """One record of another home.

    Attributes:
        theirs: its id there.
        told: as it was sent.
    """

    kind: str
    theirs: str
    told: dict[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of what it says."""
        told = self.told
        if self.kind == FILE:
            return _digest({key: told[key] for key in told.keys() & _OF_FILE})
        return _digest({key: one for key, one in told.items() if key not in _DERIVED})


@dataclass(frozen=True, slots=True)
class Read:
    """A person of a bundle.

    Attributes:
        id: of the person there; empty where it has none, and nothing of them can be taken over.
    """

    id: str
    records: tuple[Record, ...]


def read(told: Mapping[str, Any], photo: str) -> Read:
    """Return a person as records.

    Args:
        told: the JSON of the member.
        photo: SHA-256 of the picture as it was kept here; empty where there is none.
    """
    clean = _clean(dict(told))
    own = clean.get("id")
    key = own if isinstance(own, str) and checks.is_id(own) else ""
    return Read(key, tuple(_records(clean, key, photo)))


def _records(told: dict[str, Any], key: str, photo: str) -> Iterator[Record]:
    facts = {name: told[name] for name in _OWN if name in told}
    yield Record(PERSON, key, facts)
    for name, kind in _LISTS.items():
        every = told.get(name, [])
        for one in every if isinstance(every, list) else [every]:
            yield from _one(kind, one)
    if photo:
        yield Record(PHOTO, key, {"sha256": photo})
    known = {*_OWN, *_LISTS, "photo"}
    for name, value in told.items():
        if name not in known:
            yield _unclear(name, value)


def _one(kind: str, one: object) -> Iterator[Record]:
    if not isinstance(one, dict) or not checks.understood(kind, one):
        yield _unclear(kind, one)
        return
    if kind == NAME:
        yield Record(kind, _digest(one)[:16], one)
        return
    files = one.pop("files", []) if kind == DOCUMENT else []
    yield Record(kind, one["id"], one)
    for each in files if isinstance(files, list) else [files]:
        if isinstance(each, dict) and checks.understood(FILE, each):
            theirs = f"{one['id']}.{each['original_sha256'][:32]}"
            yield Record(FILE, theirs, {**each, "document": one["id"]})
        else:
            yield _unclear(FILE, each)


def _unclear(name: str, one: object) -> Record:
    return Record(UNCLEAR, _digest(one)[:16], {"name": name[:60], "told": one})


def _digest(one: object) -> str:
    told = json.dumps(one, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _clean(one: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON without what no database can hold; each such sign becomes U+FFFD."""
    if isinstance(one, str):
        return _CONTROL.sub("\ufffd", one)
    if isinstance(one, list):
        return [_clean(each) for each in one]
    if isinstance(one, dict):
        return {_CONTROL.sub("\ufffd", key): _clean(each) for key, each in one.items()}
    return one
