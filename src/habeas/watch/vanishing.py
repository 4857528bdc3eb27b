"""What is missing from a list: only from lists that were confirmed, twice in a row, and looked up.

An entry that is absent once may be a slip of the site. Absent in `K` consecutive confirmed looks of
its list, it is looked for under its identifier in other lists (then it has moved), and its own
address is asked, so that the page that says "removed" is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from habeas.watch.bulk import any_of, many, rows
from habeas.watch.histories import Held, History
from habeas.watch.models import Entry, Event, Look
from habeas.watch.pulled import CARD, Answered, ListRead, Pulled, Purpose, Wanted
from habeas.watch.reconciling import (
    ABSENT,
    NewEvent,
    presence_of,
    write_events,
)
from habeas.watch.written import Happened

K = 2
"""Consecutive confirmed looks without an entry after which it counts as gone from its list."""

_STANDING = """
    SELECT entry.id, entry.identity, entry.first_look_id, (
        SELECT link FROM watch_version WHERE entry_id = entry.id ORDER BY id DESC LIMIT 1
    ), (
        SELECT kind FROM watch_event WHERE entry_id = entry.id
        AND kind IN ('appeared', 'moved', 'vanished', 'returned') ORDER BY id DESC LIMIT 1
    )
    FROM watch_entry AS entry WHERE {entries} ORDER BY entry.id
"""


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


def absent(source: str, read: ListRead, history: History) -> list[Absent]:
    """Return the entries of a confirmed list that are missing for the `K`-th time in a row.

    Args:
        source: id in the catalogue.
        read: the list as it was read now.
        history: its listings, back to the `K`-th confirmed one at least.
    """
    if not read.confirmed:
        return []
    scope = read.planned.scope
    recent, before = _split(history)
    if before is None:
        return []
    then = frozenset(before.entries)
    stood = set(then)
    if not read.endless:
        # Whoever stood there at any time and was not told to be gone, should stand there.
        ids = rows("SELECT id FROM watch_entry WHERE source = %s AND scope = %s", [source, scope])
        stood |= {entry for (entry,) in ids}
    stood -= {entry for held in recent for entry in held.entries}
    if not stood:
        return []
    looks = tuple(held.look for held in reversed(recent) if held.confirmed)
    return [
        Absent(
            entry,
            identity,
            link or "",
            scope,
            read.endless,
            before.look if entry in then else first_look,
            looks,
        )
        for entry, identity, first_look, link, presence in rows(
            _STANDING.format(entries=any_of("entry.id")), [many(stood)]
        )
        if presence not in ABSENT and identity not in read.entries
    ]


def _split(history: History) -> tuple[list[Held], Held | None]:
    """Return the listings back to the (K-1)th confirmed one, and the confirmed one before them.

    What was seen in a list that was read in part was there: such listings count as presence.
    """
    recent: list[Held] = []
    confirmed = 0
    for held in history.listings:
        if confirmed >= K - 1:
            if held.confirmed:
                return recent, held
            continue
        recent.append(held)
        confirmed += held.confirmed
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
