"""Whether two routes through the network were shown the same lists.

A site that shows one list to its own country and another to the rest of the world hides something,
or fails somewhere. Each route is a watch of its own; this compares what they were shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, groupby

from habeas.watch.models import Entry, Listing, Look, Watch
from habeas.watch.planning import entries_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """One list as two routes were shown it.

    Attributes:
        scope: the list.
        looks: the look of each route, with the time at which it was finished.
        only: identities that one route alone was shown, by the name of that route.
        comparable: both lists were confirmed; otherwise nothing can be said.
    """

    scope: str
    looks: dict[str, datetime]
    only: dict[str, tuple[str, ...]]
    comparable: bool

    @property
    def same(self) -> bool:
        """Whether both routes were shown the same entries."""
        return self.comparable and not any(self.only.values())


def pairs() -> list[tuple[Watch, Watch]]:
    """Return the watches of one source and court by two routes, each pair once."""
    watches = Watch.objects.filter(stopped_at=None).order_by("source", "court", "id")
    return [
        pair
        for _key, same in groupby(watches, key=lambda one: (one.source, one.court))
        for pair in combinations(same, 2)
    ]


def agreements(one: Watch, other: Watch) -> Iterator[Agreement]:
    """Yield, for each list that the latest looks of two watches share, whether it is the same.

    Raises:
        ValueError: the watches are not of one source and court, or are of one route.
    """
    if (one.source, one.court) != (other.source, other.court) or one.route == other.route:
        message = f"{one} and {other} cannot be compared"
        raise ValueError(message)
    looks = [Look.objects.filter(watch=watch).order_by("-slot").first() for watch in (one, other)]
    first, second = looks
    if first is None or second is None:
        return
    theirs = {listing.scope: listing for listing in second.listings.select_related("same_as")}
    for mine in first.listings.select_related("same_as").order_by("id"):
        if mine.scope in theirs:
            yield _compared(one, mine, other, theirs[mine.scope])


def _compared(one: Watch, mine: Listing, other: Watch, theirs: Listing) -> Agreement:
    held = {one.route: set(entries_of(mine)), other.route: set(entries_of(theirs))}
    identities = dict(
        Entry.objects.filter(pk__in=held[one.route] ^ held[other.route]).values_list(
            "pk", "identity"
        )
    )
    return Agreement(
        mine.scope,
        {one.route: mine.look.finished_at, other.route: theirs.look.finished_at},
        {
            route: tuple(sorted(identities[pk] for pk in entries if pk in identities))
            for route, entries in held.items()
        },
        mine.confirmed and theirs.confirmed,
    )
