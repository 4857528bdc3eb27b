"""Where we looked for a person, source by source: sentences and a calendar.

A negative is said only of a list that was read whole and confirmed, with its date, and only while
no match of that source is open: a person who may be listed there is not "not found".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from django.db.models import Q
from django.utils.functional import Promise

from habeas.sources.registry import Source
from habeas.watch import planning
from habeas.watch.models import Backlog, Look, Person, Spelling, Watch
from habeas.watch.pages import calendar, standing
from habeas.watch.pages.standing import WatchStanding
from habeas.watch.pages.words import DAYS, OBSTACLES, Sign, remedy

SHOWN_LINES = 10
_ORDER = ("could_not_look", "never", "negative", "open")
WEEKS = 5
"""Weeks of a calendar, this one included."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar with its words."""

    day: calendar.Day
    sign: Sign

    @property
    def reasons(self) -> list[tuple[Promise | str, int]]:
        """Why it is not complete, each reason with how many looks it spoiled."""
        return [(OBSTACLES.get(code, code), n) for code, n in self.day.reasons]


@dataclass(frozen=True, slots=True)
class Line:
    """One list of a source, in a sentence.

    Attributes:
        kind: negative, could_not_look, never or open (read, and nothing said): which sentence.
        trouble: why it cannot be read now, in words; empty where it can.
        remedy: what a person can do about that.
    """

    kind: str
    standing: WatchStanding
    trouble: Promise | str = ""
    remedy: Promise | str = ""


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One source for one person.

    Attributes:
        waiting, confirmed, too_little: how many matches of the person stand there.
    """

    id: str
    source: Source | None
    lines: tuple[Line, ...]
    weeks: tuple[tuple[Cell | None, ...], ...]
    waiting: int = 0
    confirmed: int = 0
    too_little: int = 0

    @property
    def zone(self) -> str:
        """The place by whose days the calendar counts."""
        return str(zone_of(self.id))

    @property
    def title(self) -> str:
        """The title of the source, or its id."""
        return standing.title_of(self.id)

    @property
    def shown(self) -> tuple[Line, ...]:
        """Lines that are worth a place on the page; a court system has thousands of lists."""
        return tuple(line for kind in _ORDER for line in self._of(kind)[:SHOWN_LINES])

    @property
    def more_troubled(self) -> int:
        """How many further lists could not be read, or were not looked at yet."""
        kinds = ("could_not_look", "never")
        return sum(max(0, len(self._of(kind)) - SHOWN_LINES) for kind in kinds)

    @property
    def more_read(self) -> list[WatchStanding]:
        """Further lists that were read whole, the oldest look first."""
        rest = [*self._of("negative")[SHOWN_LINES:], *self._of("open")[SHOWN_LINES:]]
        return sorted((line.standing for line in rest), key=_begun)

    @property
    def negative(self) -> bool:
        """Whether "not found" is said of the lists that were read."""
        return bool(self._of("negative"))

    def _of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def well(self) -> bool:
        """Whether every list of it can be read now."""
        return not any(line.trouble for line in self.lines)


def for_person(person: Person, now: datetime) -> list[SourceCoverage]:
    """Return the coverage of every watched source, those that cannot be read first."""
    counts = _counts(person)
    sayable = can_be_said(person)
    grouped = standing.by_source(standing.watches(now))
    rows = [
        SourceCoverage(
            id=source_id,
            source=standing.described(source_id),
            lines=tuple(_line(one, negative=sayable and source_id not in counts) for one in group),
            weeks=weeks_of(source_id, now),
            **counts.get(source_id, {}),
        )
        for source_id, group in grouped.items()
    ]
    return sorted(rows, key=lambda row: (row.well, row.id))


def for_source(standings: Sequence[WatchStanding]) -> tuple[Line, ...]:
    """Return how each list of a source stands, of no person in particular; the bad ones first."""
    lines = [_line(one, negative=False) for one in standings]
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.kind)))


def _counts(person: Person) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    matches = standing.current_matches().filter(person=person).exclude(verdict="different")
    for source, verdict, answer in matches.values_list(
        "mention__version__entry__source", "verdict", "answer"
    ):
        kind = {"same": "confirmed", "not_same": ""}.get(answer or "", "waiting")
        if kind == "waiting" and verdict == "cannot_tell":
            kind = "too_little"
        if kind:
            row = counts.setdefault(source, {})
            row[kind] = row.get(kind, 0) + 1
    return counts


def _begun(one: WatchStanding) -> datetime:
    return one.last.started_at if one.last else datetime.min.replace(tzinfo=UTC)


def being_screened(person: Person) -> bool:
    """Return whether the past is still being compared with what is known of a person."""
    return Backlog.objects.filter(person=person, done_at=None).exists()


def can_be_said(person: Person) -> bool:
    """Return whether "not found" can be said of a person at all.

    Not of somebody without a spelling in use, nor while the past is still being compared with a new
    spelling, nor of somebody who is no longer sought: nothing is compared with them.
    """
    known = Spelling.objects.filter(person=person, withdrawn_at=None).exists()
    return known and person.closed_at is None and not being_screened(person)


def _line(one: WatchStanding, *, negative: bool) -> Line:
    if one.obstacle:
        code = one.obstacle
        return Line("could_not_look", one, OBSTACLES.get(code, code), remedy(code))
    if one.last is None:
        return Line("never", one)
    return Line("negative" if negative else "open", one)


def zone_of(source_id: str) -> tzinfo:
    """Return the time zone by which a source counts its days; UTC for one no longer known."""
    known = standing.described(source_id)
    return planning.zone_of(known) if known else UTC


def weeks_of(source_id: str, now: datetime) -> tuple[tuple[Cell | None, ...], ...]:
    """Return the calendar of a source, all its lists together: this week and those before."""
    begins = _first_day(now.astimezone(zone_of(source_id)))
    watches = Watch.objects.filter(source=source_id).filter(
        Q(stopped_at__isnull=True) | Q(stopped_at__gt=begins)
    )
    spans = [calendar.Span.of(one) for one in watches]
    cells = calendar.days(spans, _slots(spans, begins, now), begins, now)
    rows = calendar.weeks(cells)
    # Weeks before anything was watched say nothing.
    while len(rows) > 1 and all(_before(day) for day in rows[0]):
        rows.pop(0)
    return tuple(
        tuple(None if day is None else Cell(day, DAYS[day.state]) for day in week) for week in rows
    )


def _before(day: calendar.Day | None) -> bool:
    return day is None or day.state is calendar.State.NOT_WATCHED


def _slots(
    spans: Sequence[calendar.Span], begins: datetime, now: datetime
) -> Iterable[calendar.Slot]:
    rows = Look.objects.filter(
        watch__in=[span.watch for span in spans], slot__gte=begins, slot__lte=now
    ).values_list("watch_id", "slot", "confirmed", "obstacle", "slots", "confirmed_lists")
    return (calendar.Slot(*row[:5], partly=row[5] > 0) for row in rows.iterator(chunk_size=2000))


def _first_day(now: datetime) -> datetime:
    today = now.date()
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    return calendar.midnight(first, now.tzinfo or UTC)
