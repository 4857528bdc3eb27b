"""A calendar of coverage: what the ledger says about each day of a source, without a silent gap.

Ledger rows in, cells out, by the days of the source's own place. States are those of
`watch.coverage`, and a day says at least as much: it also counts slots that have no row at all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from math import inf

from habeas.watch.models import Watch
from habeas.watch.schedule import MISSED, offset_s

_DAY = timedelta(days=1)
_DAY_S = 86_400
_AT_WORK_S = 6 * 3600
"""A slot that has no row after so long, or after its interval, is not at work any more."""


class State(StrEnum):
    """What is known of one day. `COMPLETE` alone can support "not found"."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    COULD_NOT_LOOK = "could_not_look"
    MISSED = "missed"
    PENDING = "pending"
    """Watched, and no look is on record yet; soon one will be, or it counts as missed."""
    NOT_WATCHED = "not_watched"
    NOT_DUE = "not_due"
    """Watched, at intervals longer than a day, and no slot fell on it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something was watched, and how often.

    Attributes:
        every_s: seconds between two slots.
        from_, to: seconds since 1970; while it is watched, `to` is without end.
        offset_s: by how much its slots are shifted, see `watch.schedule`.
    """

    watch: int
    every_s: int
    from_: int
    to: float = inf
    offset_s: int = 0

    @classmethod
    def of(cls, watch: Watch) -> "Span":
        """Return the span of a watch."""
        to = inf if watch.stopped_at is None else watch.stopped_at.timestamp()
        every_s = max(1, watch.every_s)
        return cls(watch.pk, every_s, int(watch.added_at.timestamp()), to, offset_s(watch))

    def slots_between(self, start: float, stop: float) -> int:
        """Return how many slots of its grid lie from `start` to before `stop`."""
        last, before = (int((t - 1 - self.offset_s) // self.every_s) for t in (stop, start))
        return max(0, last - before)


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of the ledger, as far as a calendar needs it.

    Attributes:
        count: slots that the row stands for, all of one day.
        partly: some of its lists were confirmed, though not all.
    """

    watch: int
    at: datetime
    confirmed: bool
    obstacle: str = ""
    count: int = 1
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One cell.

    Attributes:
        looked: confirmed looks.
        due: looks on record, and those that should be there and are not.
        reasons: obstacle -> how many looks it spoiled, most frequent first.
        open: the day is not over, or the last look of it may still be at work.
    """

    date: date
    state: State
    looked: int = 0
    due: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    open: bool = False


@dataclass(slots=True)
class _Tally:
    looked: int = 0
    on_record: int = 0
    partly: bool = False
    reasons: Counter[str] = field(default_factory=Counter)

    def take(self, other: "_Tally") -> None:
        """Add the counts of another."""
        self.looked += other.looked
        self.on_record += other.on_record
        self.partly |= other.partly
        self.reasons.update(other.reasons)


def days(spans: Sequence[Span], slots: Iterable[Slot], first: datetime, now: datetime) -> list[Day]:
    """Return one cell for each day from the midnight `first` to the day of `now`, in order.

    The zone of `first` is the one by which days are counted.

    A day that has fewer rows than slots is never complete: what is missing counts as missed,
    although no row says so.
    """
    zone = first.tzinfo or UTC
    tallies: dict[tuple[date, int], _Tally] = {}
    for slot in slots:
        tally = tallies.setdefault((slot.at.astimezone(zone).date(), slot.watch), _Tally())
        tally.on_record += slot.count
        tally.partly |= slot.partly
        if slot.confirmed:
            tally.looked += slot.count
        else:
            tally.reasons[slot.obstacle or "incomplete"] += slot.count
    count = (now.astimezone(zone).date() - first.date()).days + 1
    return [
        _day(spans, tallies, midnight(first.date() + n * _DAY, zone), now) for n in range(count)
    ]


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the beginning of a day at a place."""
    return datetime.combine(day, time(), zone)


def _day(
    spans: Sequence[Span], tallies: dict[tuple[date, int], _Tally], begins: datetime, now: datetime
) -> Day:
    day = begins.date()
    over = midnight(day + _DAY, begins.tzinfo or UTC)
    start, stop = int(begins.timestamp()), int(min(over, now).timestamp())
    total = _Tally()
    lacking, open_ = 0, over > now
    watched = often = False
    for span in spans:
        tally = tallies.get((day, span.watch))
        on_record = tally.on_record if tally is not None else 0
        if tally is not None:
            total.take(tally)
        from_, to = max(start, span.from_), min(stop, span.to)
        if from_ >= to:
            continue
        watched = True
        often |= span.every_s <= _DAY_S
        # The last slot may still be at work: its row is written when it has ended.
        settled = int(now.timestamp()) - min(span.every_s, _AT_WORK_S)
        missing = max(0, span.slots_between(from_, min(to, settled)) - on_record)
        lacking += missing
        open_ |= span.slots_between(from_, to) > on_record + missing
    if lacking:
        total.reasons[MISSED] += lacking
    due = total.on_record + lacking
    state = _state(total, due, watched=watched, often=often)
    return Day(day, state, total.looked, due, tuple(total.reasons.most_common()), open_)


def _state(total: _Tally, due: int, *, watched: bool, often: bool) -> State:
    if not watched and not due:
        return State.NOT_WATCHED
    if not due:
        return State.PENDING if often else State.NOT_DUE
    if not total.reasons:
        return State.COMPLETE
    if total.looked or total.partly:
        return State.PARTIAL
    return State.MISSED if set(total.reasons) == {MISSED} else State.COULD_NOT_LOOK


def weeks(cells: Sequence[Day]) -> list[list[Day | None]]:
    """Return the cells in rows from Monday to Sunday, with None where a row has no day of ours."""
    if not cells:
        return []
    before: list[Day | None] = [None] * cells[0].date.weekday()
    padded = before + list(cells)
    padded += [None] * (-len(padded) % 7)
    return [padded[n : n + 7] for n in range(0, len(padded), 7)]
