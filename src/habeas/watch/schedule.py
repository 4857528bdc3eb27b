"""When each watch is due, and which slots were lost while nobody watched.

Slots lie on a grid of `every_s` seconds, shifted for each watch by an offset of its own, so that
thousands of watches do not start together, and so that a restart finds the same slots again.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from habeas.watch.models import Look, Watch

MISSED = "missed"
"""`Look.obstacle` of a slot at which nobody watched."""

ROW_EACH_UP_TO = 48
"""Lost slots of one watch that get a row each; more of them share one row for each day."""

_BELIEVED = timedelta(seconds=60)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Lost:
    """Slots that were lost: `count` of them, `every_s` apart, from `slot` on."""

    slot: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A slot that is to be looked at now, and those lost before it."""

    slot: datetime
    lost: tuple[Lost, ...] = ()


def offset_s(watch: Watch) -> int:
    """Return the watch's own shift of the grid, 0 to `every_s` - 1 seconds; always the same."""
    key = f"{watch.source}|{watch.court}|{watch.route}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % max(1, watch.every_s)


def slot_before(watch: Watch, moment: datetime) -> datetime:
    """Return the latest slot of the grid that is not after `moment` (aware; the result in UTC)."""
    every, offset = max(1, watch.every_s), offset_s(watch)
    seconds = int(moment.timestamp()) - offset
    return datetime.fromtimestamp(seconds - seconds % every + offset, UTC)


def slot_after(watch: Watch, moment: datetime) -> datetime:
    """Return the first slot of the grid after `moment`."""
    return slot_before(watch, moment) + timedelta(seconds=max(1, watch.every_s))


def due(watch: Watch, now: datetime) -> Due | None:
    """Return what a watch has to do at `now`, None if its slot is done.

    A row that claims to have been finished later than now was written under a wrong clock. It
    keeps its place in the ledger, but does not stand in the way of looking.
    """
    if watch.stopped_at is not None:
        return None
    slot = slot_before(watch, now)
    if slot < watch.added_at <= now:
        # A look of today must not count for a slot of yesterday.
        slot = watch.added_at
    last = _last_believed(watch, now)
    if last is not None and _covered_until(watch, last) >= slot:
        return None
    lost = () if last is None else _lost(watch, _covered_until(watch, last), slot)
    return Due(_free(watch, slot), lost)


def next_slot(watch: Watch, now: datetime) -> datetime:
    """Return when the watch has to be thought of again, if its present slot is done."""
    return slot_after(watch, now)


def missed_rows(watch: Watch, lost: Iterable[Lost], now: datetime, words: str) -> list[Look]:
    """Return the ledger's rows for lost slots; `words` says in a sentence what that means."""
    return [
        Look(
            watch=watch,
            slot=one.slot,
            slots=one.count,
            started_at=now,
            finished_at=now,
            outcome="could_not_look",
            obstacle=MISSED,
            explanation=words,
            adapter="",
        )
        for one in lost
    ]


def _last_believed(watch: Watch, now: datetime) -> Look | None:
    looks = Look.objects.filter(watch=watch).order_by("-slot")
    latest = looks.first()
    if latest is None or latest.finished_at <= now + _BELIEVED:
        return latest
    return looks.filter(finished_at__lte=now + _BELIEVED).first()


def _covered_until(watch: Watch, look: Look) -> datetime:
    return look.slot + timedelta(seconds=(look.slots - 1) * watch.every_s)


def _free(watch: Watch, slot: datetime) -> datetime:
    """Return the slot, or the first second after it that no row of a wrong clock has taken."""
    while Look.objects.filter(watch=watch, slot=slot).exists():
        slot += _SECOND
    return slot


def _lost(watch: Watch, after: datetime, before: datetime) -> tuple[Lost, ...]:
    slots = list(_between(watch, after, before))
    if len(slots) <= ROW_EACH_UP_TO:
        return tuple(map(Lost, slots))
    days = (list(of_day) for _day, of_day in groupby(slots, key=datetime.date))
    return tuple(Lost(of_day[0], len(of_day)) for of_day in days)


def _between(watch: Watch, after: datetime, before: datetime) -> Iterator[datetime]:
    slot = slot_after(watch, after)
    while slot < before:
        yield slot
        slot += timedelta(seconds=max(1, watch.every_s))
