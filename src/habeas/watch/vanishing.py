"""What is missing from a list: only from lists that were confirmed, twice in a row, and looked up.

An entry that is absent once may be a slip of the site. Absent in `K` consecutive confirmed looks of
its list, it is looked for under its identifier in other lists (then it has moved), and its own
address is asked, so that the page that says "removed" is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from habeas.watch.models import Entry, Event, Listing, Look, Version
from habeas.watch.planning import entries_of
from habeas.watch.pulled import CARD, Answered, ListRead, Pulled, Purpose, Wanted
from habeas.watch.reconciling import ABSENT, NewEvent, presence_of, write_events
from habeas.watch.written import Happened

K = 2
"""Consecutive confirmed looks without an entry after which it counts as gone from its list."""

_FURTHER_BACK = 200


@dataclass(frozen=True, slots=True)
class Absent:
    """An entry that this look would be the `K`-th to miss.

    Attributes:
        last_seen: the last look that is known to have seen it there.
        looks: the confirmed looks before this one that missed it.
    """

    entry: int
    identity: str
    link: str
    scope: str
    endless: bool
    last_seen: int
    looks: tuple[int, ...]


def absent(source: str, read: ListRead) -> list[Absent]:
    """Return the entries of a confirmed list that are missing for the `K`-th time in a row."""
    if not read.confirmed:
        return []
    scope = read.planned.scope
    recent, before = _history(source, scope)
    if before is None:
        return []
    then = frozenset(entries_of(before))
    stood = set(then)
    if not read.endless:
        # Whoever stood there at any time and was not told to be gone, should stand there.
        ids = Entry.objects.filter(source=source, scope=scope).values_list("pk", flat=True)
        stood |= set(ids)
    stood -= {entry for listing in recent for entry in entries_of(listing)}
    entries = Entry.objects.filter(pk__in=stood).exclude(identity__in=list(read.entries))
    known = {entry.pk: entry for entry in entries}
    presence = presence_of(known)
    links = dict(
        Version.objects.filter(entry__in=known).order_by("id").values_list("entry", "link")
    )
    looks = tuple(listing.look_id for listing in reversed(recent) if listing.confirmed)
    return [
        Absent(
            pk,
            entry.identity,
            links.get(pk, ""),
            scope,
            read.endless,
            before.look_id if pk in then else entry.first_look_id,
            looks,
        )
        for pk, entry in known.items()
        if presence.get(pk) not in ABSENT
    ]


def _history(source: str, scope: str) -> tuple[list[Listing], Listing | None]:
    """Return the listings back to the (K-1)th confirmed one, and the confirmed one before them.

    What was seen in a list that was read in part was there: such listings count as presence.
    """
    recent: list[Listing] = []
    confirmed = 0
    listings = (
        Listing.objects.filter(source=source, scope=scope)
        .select_related("same_as")
        .order_by("-id")[:_FURTHER_BACK]
    )
    for listing in listings:
        if confirmed >= K - 1:
            if listing.confirmed:
                return recent, listing
            continue
        recent.append(listing)
        confirmed += listing.confirmed
    return recent, None


def look_ups(missing: Iterable[Absent]) -> list[Wanted]:
    """Return what to ask about missing entries: each one's own address, where it has one."""
    return [
        Wanted(one.identity, one.link, Purpose.LOOK_UP, one.scope) for one in missing if one.link
    ]


def write_absent(look: Look, missing: Sequence[Absent], pulled: Pulled) -> list[Happened]:
    """Add an event for each missing entry: moved, or vanished with its proof.

    Args:
        look: the K-th look without them; the events are its. What it saw is written already.
        missing: from `absent`, in this slot.
        pulled: with the answers to `look_ups`.
    """
    answers = {
        (one.wanted.scope, one.wanted.identity): one
        for one in pulled.answers
        if one.wanted.purpose is Purpose.LOOK_UP
    }
    events = []
    for one in missing:
        answer = answers.get((one.scope, one.identity))
        if one.endless and not (answer is not None and answer.gone):
            # Older news leave the first page; only the site's own word says that they are gone.
            continue
        elsewhere = _elsewhere(one)
        kind = Event.MOVED if elsewhere else Event.VANISHED
        changes: dict[str, Any] = {"looks": [*one.looks, look.pk], **_proof(answer)}
        if elsewhere:
            changes["scope"] = [one.scope, elsewhere]
        events.append(NewEvent(one.entry, one.identity, kind, changes))
    return write_events(look, events)


def _elsewhere(one: Absent) -> str:
    """Return another list in which the same case came up after it was last seen here."""
    entry = Entry.objects.get(pk=one.entry)
    arrivals = (
        Event.objects.filter(
            entry__source=entry.source,
            entry__identity=entry.identity,
            kind__in=(Event.APPEARED, Event.RETURNED),
            look__gt=one.last_seen,
        )
        .exclude(entry=entry)
        .exclude(entry__scope__startswith=CARD)
        .order_by("-id")
    )
    for entry_id, scope in arrivals.values_list("entry_id", "entry__scope"):
        if presence_of([entry_id]).get(entry_id) not in ABSENT:
            return str(scope)
    return ""


def _proof(answer: Answered | None) -> dict[str, Any]:
    """Return what asking the entry's own address came to, with its capture."""
    if answer is None:
        return {}
    asked = answer.asked
    said = "gone" if answer.gone else str(asked.obstacle or "still there")
    return {
        "card": said,
        "tombstone": {"path": asked.path, "record": asked.record, "sha256": asked.sha256},
    }
