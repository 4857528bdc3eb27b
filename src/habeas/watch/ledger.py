"""The ledger: one row for each watch and slot, and one for each list in it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from habeas import __version__
from habeas.language import _
from habeas.sources.contract import Mention, Obstacle, Outcome, Request
from habeas.watch.histories import History
from habeas.watch.identity import Seen, folded, merged
from habeas.watch.models import Listing, Look, Watch
from habeas.watch.pulled import ListRead, Pulled, Task
from habeas.watch.reconciling import compare, write
from habeas.watch.screening import Screened
from habeas.watch.written import NewMention

UNREAD = "unread "
"""Begins the scope and the identity of a page that was not understood; no list has such a scope."""

_LARGEST_NUMBER = 2**31 - 1


def row(watch: Watch, pulled: Pulled, finished: datetime) -> Look:
    """Return the row of a slot that was pulled, not yet saved."""
    obstacle, words = _whole_obstacle(pulled)
    entries = sum(len(read.entries) for read in pulled.lists)
    counters = [read.counter for read in pulled.lists]
    counted = sum(counter for counter in counters if counter is not None)
    outcome = Outcome.FOUND if entries else Outcome.NOT_FOUND
    if obstacle is not None:
        outcome = Outcome.COULD_NOT_LOOK
    return Look(
        watch=watch,
        slot=pulled.task.slot,
        started_at=pulled.started_at,
        finished_at=finished,
        outcome=str(outcome),
        obstacle=str(obstacle or ""),
        explanation=words,
        requests=[asked.as_json() for asked in pulled.asked],
        rows=entries,
        counter=None if None in counters or not counters else min(counted, _LARGEST_NUMBER),
        confirmed=obstacle is None,
        adapter=_adapter(watch),
        lists=len(pulled.task.planned),
        confirmed_lists=sum(read.confirmed for read in pulled.lists),
    )


def broken_row(
    watch: Watch, slot: datetime, started: datetime, obstacle: Obstacle, words: str
) -> Look:
    """Return the row of a slot of which nothing could be used, not yet saved."""
    return Look(
        watch=watch,
        slot=slot,
        started_at=started,
        finished_at=started,
        outcome=str(Outcome.COULD_NOT_LOOK),
        obstacle=str(obstacle),
        explanation=words,
        adapter=_adapter(watch),
    )


def _adapter(watch: Watch) -> str:
    return f"habeas {__version__} {watch.source}"[:80]


def _whole_obstacle(pulled: Pulled) -> tuple[Obstacle | None, str]:
    """Return why the whole slot is not confirmed: what broke, or the first list that failed."""
    if pulled.broken is not None:
        return pulled.broken
    for read in pulled.lists:
        if not read.confirmed:
            return read.obstacle or Obstacle.INCOMPLETE, read.explanation
    if not pulled.lists:
        return Obstacle.BAD_QUERY, _("The source has no list that can be asked for in this way.")
    return None, ""


def last_full(task: Task, family: str) -> Request | None:
    """Return the request of a list of this kind that was confirmed and held entries, if any."""
    listing = (
        Listing.objects.filter(source=task.source.id, family=family, confirmed=True, rows__gt=0)
        .order_by("-id")
        .first()
    )
    if listing is None or (listing.request["by_name"] and not task.by_name):
        return None
    asked = listing.request
    return Request(
        asked["url"],
        method=asked["method"],
        body=asked["body"].encode("latin-1"),
        headers=asked["headers"],
        purpose=_("control: a list that is known to hold entries"),
        by_name=asked["by_name"],
    )


def write_listings(
    look: Look,
    pulled: Pulled,
    present: Mapping[str, Iterable[int]],
    histories: Mapping[str, History],
) -> None:
    """Add a row for each list of a slot.

    Args:
        look: the slot's row.
        pulled: what was read.
        present: the entries seen in each scope.
        histories: what each list held before.
    """
    source = pulled.task.source.id
    listings = []
    for scope, read in {read.planned.scope: read for read in pulled.lists}.items():
        entries = sorted(present.get(scope, ()))
        same = histories[scope].same_as(entries)
        listings.append(
            Listing(
                look=look,
                source=source,
                scope=scope,
                family=read.planned.family,
                request=_as_json(read),
                confirmed=read.confirmed,
                rows=len(entries),
                entries=[] if same is not None else entries,
                same_as_id=same,
            )
        )
    Listing.objects.bulk_create(listings)


def _as_json(read: ListRead) -> dict[str, object]:
    request = read.planned.request
    return {
        "url": request.url,
        "method": request.method,
        "body": request.body.decode("latin-1"),
        "headers": dict(request.headers),
        "by_name": request.by_name,
    }


def unread_mentions(look: Look, pulled: Pulled, screened: Screened) -> list[NewMention]:
    """Add an entry for a page that was not understood, if somebody sought may be named there.

    The layout of such a page is not known, so nothing is said of rows. But a family must be told
    that the name stands there. Such an entry belongs to no list, and cannot vanish from one.
    """
    found: list[NewMention] = []
    for read in pulled.lists:
        texts = [(mention.printed, str(mention.capacity)) for mention in read.unread]
        hits = {read.unread[sighting.text] for sighting in screened.sightings(texts)}
        if not hits:
            continue
        scope = UNREAD + read.planned.scope
        seen = merged(_unread(scope, read, mention) for mention in sorted(hits, key=_printed))
        diff = compare(pulled.task.source.id, scope, seen, whole=False)
        found += write(look, pulled.task.source.id, [diff]).mentions
    return found


def _unread(scope: str, read: ListRead, mention: Mention) -> Seen:
    """Return the entry that stands for one name on a page that was not understood."""
    name = hashlib.sha256(folded(mention.printed).encode()).hexdigest()[:16]
    facts = {"unread": read.explanation}
    return Seen(f"{scope} {name}", facts, "", (mention,), read.record, whole=False)


def _printed(mention: Mention) -> str:
    return mention.printed
