"""Compares what a look saw with what is known, and writes what happened as events.

`compare` reads, `write` adds rows; both belong to one slot, and `write` to its transaction. Failed
looks change nothing. Of a list that was read in part, what stands there has appeared; nothing in
it has changed, and nothing is missing from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from habeas.sources.contract import Fact
from habeas.watch.dates import backdated
from habeas.watch.identity import Seen, differences, folded
from habeas.watch.inserting import as_json, as_time, insert
from habeas.watch.models import Entry, Event, Listing, Look, Mention, Version
from habeas.watch.written import Happened, NewMention, Written

PRESENCE = (Event.APPEARED, Event.MOVED, Event.VANISHED, Event.RETURNED)
"""Events that say whether an entry stands in its list; the latest one counts."""
ABSENT = (Event.MOVED, Event.VANISHED)

_CHUNK = 500
_ENTRY = ("source", "identity", "scope", "first_look_id")
_VERSION = ("entry_id", "look_id", "digest", "facts", "link", "record")
_MENTION = ("version_id", "printed", "role", "capacity")
_EVENT = ("entry_id", "look_id", "kind", "changes", "at")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entry.

    Attributes:
        version: the latest one's primary key, and `digest` its meaning.
        presence: kind of its latest event about presence.
    """

    entry: int
    version: int
    digest: str
    presence: str


@dataclass(slots=True)
class Diff:
    """How one list differs from what is known.

    Attributes:
        new: not seen before in this list.
        changed: known, and now of another meaning.
        returned: known as absent, and there again.
        present: ids of known entries that stand there.
        whole_at: when the list was last read whole, None if it never was; what appears now was
            not there then.
    """

    scope: str
    new: list[Seen] = field(default_factory=list)
    changed: list[tuple[Known, Seen]] = field(default_factory=list)
    returned: list[tuple[Known, Seen]] = field(default_factory=list)
    present: list[int] = field(default_factory=list)
    whole_at: datetime | None = None


def compare(source: str, scope: str, entries: Mapping[str, Seen], *, whole: bool) -> Diff:
    """Return how the entries of a list differ from what is known of it.

    Args:
        source: id in the catalogue.
        scope: the list.
        entries: by identity.
        whole: the list is confirmed; otherwise only what appeared is told.
    """
    diff = Diff(scope)
    last = Listing.objects.filter(source=source, scope=scope, confirmed=True).order_by("-id")
    diff.whole_at = last.values_list("look__finished_at", flat=True).first()
    known = known_entries(source, scope, list(entries))
    for identity, seen in entries.items():
        before = known.get(identity)
        if before is None:
            diff.new.append(seen)
            continue
        diff.present.append(before.entry)
        if whole and before.presence in ABSENT:
            diff.returned.append((before, seen))
        if whole and before.digest != seen.digest:
            diff.changed.append((before, seen))
    return diff


def known_entries(source: str, scope: str, identities: Sequence[str]) -> dict[str, Known]:
    """Return what is known of entries of a list, by identity."""
    found: dict[str, Known] = {}
    for start in range(0, len(identities), _CHUNK):
        ids = dict(
            Entry.objects.filter(
                source=source, scope=scope, identity__in=identities[start : start + _CHUNK]
            ).values_list("pk", "identity")
        )
        if not ids:
            continue
        presence = presence_of(ids)
        versions = Version.objects.filter(entry__in=ids).order_by("id")
        for pk, entry, digest in versions.values_list("pk", "entry_id", "digest"):
            found[ids[entry]] = Known(entry, pk, digest, presence.get(entry, Event.APPEARED))
    return found


def presence_of(entries: Iterable[int]) -> dict[int, str]:
    """Return the kind of the latest event about presence, by entry."""
    events = Event.objects.filter(entry__in=list(entries), kind__in=PRESENCE).order_by("id")
    return dict(events.values_list("entry_id", "kind"))


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be added."""

    entry: int
    identity: str
    kind: str
    changes: Mapping[str, Any] = field(default_factory=dict)


def write(look: Look, source: str, diffs: Sequence[Diff]) -> Written:
    """Add entries, versions, mentions and events of one look. Call it inside its transaction."""
    told = [*_appeared(look, source, diffs), *_changed(diffs)]
    versions = insert(Version, _VERSION, (_version(look, event, seen) for event, seen in told))
    names = [
        (version, event, mention)
        for version, (event, seen) in zip(versions, told, strict=True)
        for mention in seen.mentions
    ]
    rows = [
        (version, mention.printed[:1000], mention.role[:300], str(mention.capacity))
        for version, _event, mention in names
    ]
    keys = insert(Mention, _MENTION, rows)
    mentions = [
        NewMention(key, row[1], row[3], event.entry, source, event.identity)
        for key, row, (_version_key, event, _mention) in zip(keys, rows, names, strict=True)
    ]
    events = [*(event for event, _seen in told), *_returned(diffs)]
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
        changes = _late({}, seen.facts, diff.whole_at) if diff.whole_at else {}
        told.append((NewEvent(entry, seen.identity, Event.APPEARED, changes), seen))
    return told


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
    )
