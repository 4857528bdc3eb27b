"""Makes a task of a slot: which lists are to be read, under names that stay the same for months."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.timezone import get_default_timezone

from habeas.sources.contract import Query, Request
from habeas.sources.registry import Source, source
from habeas.watch.by_name import names_sent
from habeas.watch.models import Entry, Listing, Watch
from habeas.watch.pulled import Planned, Task

# The capital's time decides which day it is. Russia has eleven zones; the day before and the days
# ahead that are asked for anyway cover the difference.
_ZONES = {
    "RU": "Europe/Moscow",
    "BY": "Europe/Minsk",
    "TJ": "Asia/Dushanbe",
    "KG": "Asia/Bishkek",
    "KZ": "Asia/Almaty",
    "UZ": "Asia/Tashkent",
    "US": "America/New_York",
}
_PAGE_FIELDS = frozenset({"page", "_page"})
_LONGEST_PLACE = 150


def zone_of(source_: Source) -> tzinfo:
    """Return the time zone by which a source counts its days."""
    try:
        return ZoneInfo(_ZONES[source_.jurisdiction])
    except (KeyError, ZoneInfoNotFoundError):
        return get_default_timezone()


def plan(watch: Watch, slot: datetime, now: datetime) -> Task:
    """Return what one slot of a watch asks.

    Raises:
        SourceUnknown: the catalogue has no such source (any more).
        KeyError: the source has no such court.
    """
    known = source(watch.source)
    today = now.astimezone(zone_of(known)).date()
    days = [today + timedelta(days=n) for n in range(-watch.days_back, watch.days_ahead + 1)]
    lists = {}
    last_seen: dict[str, frozenset[str]] = {}
    for day, request in _lists(watch, known, days):
        scope = scope_of(request, day)
        lists[scope] = request
        if day is None:
            last_seen[scope] = _known(known.id, scope)
    return Task(
        watch_id=watch.pk,
        slot=slot,
        source=known,
        by_name=watch.by_name and known.by_name,
        route=watch.route,
        planned=tuple(
            Planned(scope, family_of(request), request, last_seen.get(scope, frozenset()))
            for scope, request in lists.items()
        ),
    )


def _lists(
    watch: Watch, known: Source, days: Iterable[date]
) -> Iterator[tuple[date | None, Request]]:
    """Yield day and request of each list; one that is the same for every day has no day."""
    courts = (watch.court,) if watch.court else ()
    asked = list(days)
    # A list that is asked for in the same words on another day as well has no day of its own. The
    # day before the first tells that also of a watch that asks for one day only.
    other = asked[0] - timedelta(days=1)
    undated = {_key(one) for one in known.adapter.plan(Query(days=(other,), courts=courts))}
    for day in asked:
        for request in known.adapter.plan(Query(days=(day,), courts=courts)):
            yield None if _key(request) in undated else day, request
    if watch.by_name and known.by_name:
        for request in known.adapter.plan(Query(courts=courts, names=names_sent())):
            yield None, request


def scope_of(request: Request, day: date | None) -> str:
    """Return the name of a list: its day, its place, and a digest of what else is asked.

    Values of a query never stand in it as they are: one of them may be a sought name.
    """
    parts = urlsplit(request.url)
    place = f"{parts.netloc}{parts.path}"[:_LONGEST_PLACE]
    digest = hashlib.sha256(_key(request).encode()).hexdigest()[:8]
    return " ".join(part for part in (day.isoformat() if day else "", place, digest) if part)


def family_of(request: Request) -> str:
    """Return which kind of list it is: the address and the names of its fields, not the values."""
    parts = urlsplit(request.url)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    fields += parse_qsl(request.body.decode("latin-1"), keep_blank_values=True)
    names = ",".join(sorted({name for name, value in fields if value}))
    digest = hashlib.sha256(f"{request.method} {names}".encode()).hexdigest()[:8]
    return f"{parts.netloc}{parts.path}"[:_LONGEST_PLACE] + f" {digest}"


def _key(request: Request) -> str:
    parts = urlsplit(request.url)
    fields = sorted(
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
        if pair[0] not in _PAGE_FIELDS and pair[1]
    )
    return f"{request.method} {parts.netloc}{parts.path} {fields} {request.body.decode('latin-1')}"


def _known(source_id: str, scope: str) -> frozenset[str]:
    """Return the identities that a list held when it was last confirmed."""
    last = (
        Listing.objects.filter(source=source_id, scope=scope, confirmed=True)
        .select_related("same_as")
        .order_by("-id")
        .first()
    )
    if last is None:
        return frozenset()
    held = Entry.objects.filter(pk__in=entries_of(last)).values_list("identity", flat=True)
    return frozenset(held)


def entries_of(listing: Listing) -> list[int]:
    """Return the ids of the entries that a listing held."""
    held: list[int] = (listing.same_as or listing).entries
    return held
