"""Which entry a row is, and what it means: so that the same entry is known again, however printed.

Identity is an identifier that the court itself assigned to the case, never its display number:
cases are renumbered, and numbers repeat in other courts. Meaning is compared folded: capital
letters, е for ё, order of columns and of names, and the number of the row say nothing new.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from habeas.sources.contract import Capacity, Fact, Mention, Row
from habeas.sources.registry import host_of

# GUIDs and the judicial identifier (which begins with the court's code, as 77RS0027) are unique
# everywhere; the others only at the court that counts by them.
_UNIQUE = ("card_uuid", "case_uid", "uid")
_OF_THE_COURT = ("case_id", "act_id")
# Facts of a row that follow from its place on the page, or from how the portal cuts a cell.
_NOISE = frozenset(
    {"n", "visible_parties", "visible_complete_names", "trimmed", "rows", "columns", "counter"}
)
# Where the site prints no identifier, who is named in what matter is the next best.
_MATTER = ("category", "article", "matter", "subject", "section", "title")
# A path from the root of the site, with or without a query, that joins as it stands.
_PLAIN = re.compile(r"/(?!/)[^\s#;\\?]*(?:\?[^\s#]+)?", re.ASCII)
_SPACES = re.compile(r"\s+")
_LONGEST = 300


@dataclass(frozen=True)
class Seen:
    """One entry of a list, as one look saw it.

    Attributes:
        identity: see `identity_of`.
        facts: as printed; where the list has the entry twice, one set under `sittings` for each.
        link: the address of its card, complete, or empty.
        mentions: everybody named in it.
        record: path and record id of the capture, and the SHA-256 of its payload.
        whole: False where its page was cut or hides something; see `models.Version`.
    """

    identity: str
    facts: Mapping[str, Fact]
    link: str = ""
    mentions: tuple[Mention, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the meaning, hexadecimal; the same meaning, the same digest."""
        people = sorted({(folded(m.printed), folded(m.role)) for m in self.mentions})
        canonical = _as_text([meaning(self.facts), people])
        return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """Return a text as it is compared: never to be shown or stored."""
    composed = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", composed).strip().casefold().replace("ё", "е")


def meaning(value: Fact) -> Any:  # noqa: ANN401 - JSON, as deep as the fact
    """Return a fact without what says nothing: folded, lists sorted, noise left out."""
    # Most are texts, and the general question (is it a mapping?) is the slowest.
    if isinstance(value, str):
        return folded(value)
    if isinstance(value, (int, float)) or value is None:
        return value
    if isinstance(value, (list, tuple)):
        parts = [meaning(one) for one in value]
        return sorted(parts, key=_as_text) if len(parts) > 1 else parts
    if isinstance(value, Mapping):
        return {key: meaning(one) for key, one in value.items() if key not in _NOISE}
    return sorted((meaning(one) for one in value), key=_as_text)


def differences(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> dict[str, list[Any]]:
    """Return field -> [before, after], as printed, for fields whose meaning differs."""
    names = sorted((before.keys() | after.keys()) - _NOISE)
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if meaning(before.get(name, "")) != meaning(after.get(name, ""))
    }


def identity_of(row: Row, mentions: Iterable[Mention], page_url: str) -> str:
    """Return the identity of a row.

    Without any identifier of the site's, it is who is named in what matter: such an entry that is
    renamed is seen as one that vanished and another that appeared.
    """
    for term in _UNIQUE:
        if value := str(row.facts.get(term, "")):
            return _shortened(f"{term}:{value.casefold()}")
    court = host_of(page_url)
    for term in _OF_THE_COURT:
        if value := str(row.facts.get(term, "")):
            return _shortened(f"{court} {term}:{value} {row.facts.get('delo_id', '')}".strip())
    if row.link:
        return _shortened(f"link:{absolute(page_url, row.link)}")
    named = sorted(folded(m.printed) for m in mentions if m.capacity is not Capacity.OFFICIAL)
    matter = [meaning(row.facts.get(term, "")) for term in _MATTER]
    content = json.dumps([named, matter], ensure_ascii=False, sort_keys=True)
    return f"{court} meaning:{hashlib.sha256(content.encode()).hexdigest()}"


def absolute(page_url: str, link: str) -> str:
    """Return a link as a complete address; as printed, where it is none."""
    if not link:
        return ""
    try:
        # Thousands of links of one site, nearly all of the plainest form.
        if _PLAIN.fullmatch(link) and "/." not in link and (origin := _origin(page_url)):
            return origin + link
        return urljoin(page_url, link)
    except ValueError:
        return link


@lru_cache(maxsize=64)
def _origin(page_url: str) -> str:
    """Return scheme and host of an address, empty where it has none. Raises as `urlsplit`."""
    parts = urlsplit(page_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def merged(entries: Iterable[Seen]) -> dict[str, Seen]:
    """Return entries by identity; a case that stands in a list twice becomes one entry."""
    found: dict[str, list[Seen]] = {}
    for entry in entries:
        found.setdefault(entry.identity, []).append(entry)
    return {identity: _one(same) for identity, same in found.items()}


def _one(same: list[Seen]) -> Seen:
    first = same[0]
    if len(same) == 1:
        return first
    mentions = tuple(dict.fromkeys(mention for one in same for mention in one.mentions))
    distinct = list({_as_text(meaning(one.facts)): one.facts for one in same}.values())
    facts = first.facts if len(distinct) == 1 else _several(distinct)
    whole = all(one.whole for one in same)
    return replace(first, facts=facts, mentions=mentions, whole=whole)


def _several(distinct: list[Mapping[str, Fact]]) -> dict[str, Fact]:
    common = {
        name: value
        for name, value in distinct[0].items()
        if all(meaning(other.get(name, "")) == meaning(value) for other in distinct[1:])
    }
    own = [{k: v for k, v in facts.items() if k not in common} for facts in distinct]
    return {**common, "sittings": sorted(own, key=_as_text)}


_as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode


def _shortened(identity: str) -> str:
    if len(identity) <= _LONGEST:
        return identity
    digest = hashlib.sha256(identity.encode()).hexdigest()
    return f"{identity[: _LONGEST - len(digest) - 1]} {digest}"
