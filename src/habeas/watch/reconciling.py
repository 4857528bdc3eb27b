"""Compares what a look saw with what is known, and writes what happened as events.

`compare` reads, `write` adds rows; both belong to one slot, and `write` to its transaction. Failed
looks change nothing. Of a list that was read in part, what stands there has appeared; nothing in
it has changed, and nothing is missing from it. What such a list says otherwise of an entry is kept,
for the names in it, and makes no event: half of a row is no change, and neither is the other half.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from habeas.sources.contract import Fact
from habeas.watch.bulk import any_of, as_json, as_time, insert, many, rows
from habeas.watch.dates import backdated, published
from habeas.watch.identity import Seen, differences, folded
from habeas.watch.models import Entry, Event, Look, Mention, Version
from habeas.watch.written import Happened, NewMention, Written

PRESENCE = (Event.APPEARED, Event.MOVED, Event.VANISHED, Event.RETURNED)
"""Events that say whether an entry stands in its list; the latest one counts."""
ABSENT = (Event.MOVED, Event.VANISHED)

# The kinds are those of `PRESENCE`.
_KNOWN = """
    SELECT entry.identity, entry.id, version.id, version.digest, version.whole, (
        SELECT kind FROM watch_event WHERE entry_id = entry.id
        AND kind IN ('appeared', 'moved', 'vanished', 'returned') ORDER BY id DESC LIMIT 1
    )
    FROM watch_entry AS entry JOIN watch_version AS version ON version.entry_id = entry.id
    WHERE entry.source = %s AND entry.scope = %s AND {identities}
    ORDER BY version.id
"""
_PRESENCE = """
    SELECT entry_id, kind FROM watch_event
    WHERE {entries} AND kind IN ('appeared', 'moved', 'vanished', 'returned') ORDER BY id
"""
_ENTRY = ("source", "identity", "scope", "first_look_id")
_VERSION = ("entry_id", "look_id", "digest", "facts", "link", "record", "whole")
_MENTION = ("version_id", "printed", "role", "capacity")
_EVENT = ("entry_id", "look_id", "kind", "changes", "at")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entry.

    Attributes:
        version: primary key of the latest version that was read whole, of the latest one where
            none was; `digest` is its meaning.
        whole: whether it was read whole; see `models.Version`.
        presence: kind of its latest event about presence.
        parts: the meaning of every version that was not read whole.
    """

    entry: int
    version: int
    digest: str
    whole: bool
    presence: str
    parts: frozenset[str]


@dataclass(slots=True)
class Diff:
    """How one list differs from what is known.

    Attributes:
        whole: the list is confirmed.
        new: not seen before in this list.
        changed: known, and now of another meaning.
        unsure: of another meaning than is known, where one of the two was not read whole.
        returned: known as absent, and there again.
        present: ids of known entries that stand there.
        whole_look: the look that last read the list whole, None if none did; what appears now
            was not there then.
    """

    scope: str
    whole: bool
    new: list[Seen] = field(default_factory=list)
    changed: list[tuple[Known, Seen]] = field(default_factory=list)
    unsure: list[tuple[Known, Seen]] = field(default_factory=list)
    returned: list[tuple[Known, Seen]] = field(default_factory=list)
    present: list[int] = field(default_factory=list)
    whole_look: int | None = None


def compare(
    source: str,
    scope: str,
    entries: Mapping[str, Seen],
    *,
    whole: bool,
    whole_look: int | None = None,
) -> Diff:
    """Return how the entries of a list differ from what is known of it.

    Args:
        source: id in the catalogue.
        scope: the list.
        entries: by identity.
        whole: the list is confirmed; otherwise only what appeared is told.
        whole_look: the look that last read it whole, None if none did.
    """
    diff = Diff(scope, whole, whole_look=whole_look)
    known = known_entries(source, scope, list(entries))
    for identity, seen in entries.items():
        before = known.get(identity)
        if before is None:
            diff.new.append(seen)
            continue
        diff.present.append(before.entry)
        if whole and before.presence in ABSENT:
            diff.returned.append((before, seen))
        if whole and seen.whole and before.whole:
            if before.digest != seen.digest:
                diff.changed.append((before, seen))
        elif (whole and seen.whole) or seen.digest not in {before.digest, *before.parts}:
            diff.unsure.append((before, seen))
    return diff


def known_entries(source: str, scope: str, identities: Iterable[str]) -> dict[str, Known]:
    """Return what is known of entries of a list, by identity."""
    found: dict[str, Known] = {}
    statement = _KNOWN.format(identities=any_of("entry.identity"))
    for identity, entry, version, digest, whole, presence in rows(
        statement, [source, scope, many(identities)]
    ):
        known = Known(entry, version, digest, bool(whole), presence or Event.APPEARED, frozenset())
        found[identity] = _known(found.get(identity), known)
    return found


def _known(before: Known | None, after: Known) -> Known:
    """Add the next version of an entry to what is known of it."""
    parts = before.parts if before is not None else frozenset()
    if not after.whole:
        parts |= {after.digest}
    if before is not None and before.whole and not after.whole:
        return replace(before, parts=parts)
    return replace(after, parts=parts) if parts else after


def presence_of(entries: Iterable[int]) -> dict[int, str]:
    """Return the kind of the latest event about presence, by entry."""
    statement = _PRESENCE.format(entries=any_of("entry_id"))
    return dict(rows(statement, [many(entries)]))


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be added; of no kind where a version is to be kept without one."""

    entry: int
    identity: str
    kind: str
    changes: Mapping[str, Any] = field(default_factory=dict)


def write(look: Look, source: str, diffs: Sequence[Diff]) -> Written:
    """Add entries, versions, mentions and events of one look. Call it inside its transaction."""
    told = [*_appeared(look, source, diffs), *_changed(diffs), *_unsure(diffs)]
    versions = insert(Version, _VERSION, (_version(look, event, seen) for event, seen in told))
    names = [
        (version, event, mention)
        for version, (event, seen) in zip(versions, told, strict=True)
        for mention in seen.mentions
    ]
    printed = [
        (version, mention.printed[:1000], mention.role[:300], str(mention.capacity))
        for version, _event, mention in names
    ]
    keys = insert(Mention, _MENTION, printed)
    mentions = [
        NewMention(key, row[1], row[3], event.entry, source, event.identity)
        for key, row, (_version_key, event, _mention) in zip(keys, printed, names, strict=True)
    ]
    events = [*(event for event, _seen in told if event.kind), *_returned(diffs)]
    return Written(mentions, write_events(look, events))


def write_events(look: Look, events: Sequence[NewEvent]) -> list[Happened]:
    """Add events of a look."""
    at, nothing = as_time(look.finished_at), as_json({})
    keys = insert(
        Event,
        _EVENT,
        (
            (one.entry, look.pk, one.kind, as_json(one.changes) if one.changes else nothing, at)
            for one in events
        ),
    )
    return [Happened(key, one.kind, one.identity) for key, one in zip(keys, events, strict=True)]


def _appeared(look: Look, source: str, diffs: Sequence[Diff]) -> list[tuple[NewEvent, Seen]]:
    new = [(diff, seen) for diff in diffs for seen in diff.new]
    entries = insert(
        Entry, _ENTRY, ((source, seen.identity, diff.scope, look.pk) for diff, seen in new)
    )
    told = []
    for (diff, seen), entry in zip(new, entries, strict=True):
        diff.present.append(entry)
        changes = _late_arrival(source, seen, diff.whole_look)
        event = NewEvent(entry, seen.identity, Event.APPEARED, changes)
        told.append((event, seen if diff.whole else replace(seen, whole=False)))
    return told


def _late_arrival(source: str, seen: Seen, whole_look: int | None) -> dict[str, Any]:
    """Return what a new entry claims about its publication, if a look before did not see it.

    A case that came from another list claims what it claimed there: that is nothing new.
    """
    if whole_look is None or next(published(seen.facts), None) is None:
        return {}
    versions = Version.objects.filter(entry__source=source, entry__identity=seen.identity)
    known = {"versions": list(versions.values_list("facts", flat=True))}
    return _late(known, seen.facts, Look.objects.get(pk=whole_look).finished_at)


def _changed(diffs: Sequence[Diff]) -> list[tuple[NewEvent, Seen]]:
    pairs = [pair for diff in diffs for pair in diff.changed]
    if not pairs:
        return []
    versions = (
        Version.objects.select_related("look")
        .defer("look__requests")
        .prefetch_related("mentions")
        .in_bulk([known.version for known, _seen in pairs])
    )
    told = []
    for known, seen in pairs:
        before = versions[known.version]
        changes = differences(before.facts, seen.facts)
        changes |= _people(before, seen)
        changes |= _late(before.facts, seen.facts, before.look.finished_at)
        told.append((NewEvent(known.entry, seen.identity, Event.CHANGED, changes), seen))
    return told


def _unsure(diffs: Sequence[Diff]) -> list[tuple[NewEvent, Seen]]:
    """Return what gets a version and no event: nobody knows whether anything has changed."""
    return [
        (
            NewEvent(known.entry, seen.identity, ""),
            seen if diff.whole else replace(seen, whole=False),
        )
        for diff in diffs
        for known, seen in diff.unsure
    ]


def _returned(diffs: Sequence[Diff]) -> list[NewEvent]:
    return [
        NewEvent(known.entry, seen.identity, Event.RETURNED, {"after": known.presence})
        for diff in diffs
        for known, seen in diff.returned
    ]


def _people(before: Version, seen: Seen) -> dict[str, Any]:
    """Return the names before and after, as printed, where they differ in meaning."""
    old = {folded(mention.printed): mention.printed for mention in before.mentions.all()}
    new = {folded(mention.printed): mention.printed for mention in seen.mentions}
    if old.keys() == new.keys():
        return {}
    return {"names": [sorted(old.values()), sorted(new.values())]}


def _late(
    before: Mapping[str, Fact], after: Mapping[str, Fact], looked: datetime
) -> dict[str, Any]:
    claimed = backdated(before, after, looked)
    return {"published_before_seen": [claimed, looked.date().isoformat()]} if claimed else {}


def _version(look: Look, event: NewEvent, seen: Seen) -> tuple[Any, ...]:
    return (
        event.entry,
        look.pk,
        seen.digest,
        as_json(seen.facts),
        seen.link[:2000],
        as_json(dict(seen.record)),
        seen.whole,
    )
