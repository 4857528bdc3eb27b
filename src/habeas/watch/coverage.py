"""What was looked at, day by day, derived from the ledger alone: the proof of having looked.

A day is complete only if every slot of every watch of the source was confirmed. "Not found" needs a
confirmed look of each watch on that day; anything less is "could not look", with the reason.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from django.db.models import Min, Q

from habeas.language import _
from habeas.sources.contract import Outcome
from habeas.sources.registry import sources
from habeas.watch.concerned import concerned
from habeas.watch.models import Look, Match, Person, Watch
from habeas.watch.planning import zone_of
from habeas.watch.schedule import MISSED

_DAY = timedelta(days=1)


class State(StrEnum):
    """What is known of one day of a source."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    """Some slots, or some lists, were confirmed."""
    COULD_NOT_LOOK = "could_not_look"
    MISSED = "missed"
    NONE = "none"
    """No slot fell on it."""


@dataclass(slots=True)
class Day:
    """One day of a source.

    Attributes:
        slots: slots of the day, missed ones too; `confirmed` of them were wholly confirmed.
        lists: lists asked for, and how many of them were confirmed.
        reasons: obstacle -> how many slots it spoiled.
        watches: watches that were looked at; `confirmed_watches` at least once confirmed.
    """

    day: date
    slots: int = 0
    confirmed: int = 0
    lists: int = 0
    confirmed_lists: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    watches: set[int] = field(default_factory=set)
    confirmed_watches: set[int] = field(default_factory=set)

    @property
    def state(self) -> State:
        """The day in one word."""
        if not self.slots:
            return State.NONE
        if self.confirmed == self.slots:
            return State.COMPLETE
        if self.confirmed or self.confirmed_lists:
            return State.PARTIAL
        return State.MISSED if set(self.reasons) == {MISSED} else State.COULD_NOT_LOOK

    def add(self, watch: int, look: Look) -> None:
        """Count one row of the ledger."""
        self.slots += look.slots
        self.lists += look.lists
        self.confirmed_lists += look.confirmed_lists
        self.watches.add(watch)
        if look.confirmed:
            self.confirmed += look.slots
            self.confirmed_watches.add(watch)
        else:
            self.reasons[look.obstacle or "incomplete"] += look.slots


def calendar(source_id: str, first: date, last: date) -> list[Day]:
    """Return the days of a source from `first` to `last`, by the source's own time zone."""
    zone = _zone(source_id)
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + _DAY, time(), zone)
    days = {first + n * _DAY: Day(first + n * _DAY) for n in range((last - first).days + 1)}
    looks = Look.objects.filter(
        watch__source=source_id, slot__gte=begins - _DAY, slot__lt=ends
    ).defer("requests", "explanation")
    for look in looks:
        day = days.get(look.slot.astimezone(zone).date())
        if day is not None:
            day.add(look.watch_id, look)
    return list(days.values())


class Answer(StrEnum):
    """What can be said of one person, one source and one day."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    COULD_NOT_LOOK = "could_not_look"


def answer(person: Person, source_id: str, on: date) -> Answer:
    """Return whether a person may be printed by a source on a day, as far as was looked.

    `found` is any match that nobody has ruled out, first seen on that day or before. `not_found`
    needs a confirmed look of every watch of the source on that day, after the person was added.
    """
    zone = _zone(source_id)
    ends = datetime.combine(on + _DAY, time(), zone)
    matches = Match.objects.filter(
        person=person,
        mention__version__entry__source=source_id,
        mention__version__look__finished_at__lt=ends,
    )
    identities = set(matches.values_list("mention__version__entry__identity", flat=True))
    about = concerned(source_id, sorted(identities))
    if any(who.person == person.pk for people in about.values() for who in people):
        return Answer.FOUND
    watched = set(
        Watch.objects.filter(source=source_id, added_at__lt=ends)
        .filter(Q(stopped_at=None) | Q(stopped_at__gte=ends))
        .values_list("pk", flat=True)
    )
    (day,) = calendar(source_id, on, on)
    if watched and watched <= day.confirmed_watches and not person.backlogs.filter(done_at=None):
        return Answer.NOT_FOUND
    return Answer.COULD_NOT_LOOK


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A watch that could not be read at its last look.

    Attributes:
        since: the first look of the unbroken row of failures up to now.
    """

    watch: str
    since: datetime
    obstacle: str
    explanation: str


@dataclass(frozen=True, slots=True)
class StateOfWatching:
    """What the heartbeat says.

    Attributes:
        at: when this was so.
        looked: watches whose last look confirmed at least one list, within two of their intervals.
        total: watches that are not stopped.
        unreadable: the others, longest first.
    """

    at: datetime
    looked: int
    total: int
    unreadable: tuple[Unreadable, ...]

    def in_words(self) -> str:
        """Return the heartbeat: whole sentences, one line for each source that cannot be read."""
        lines = [
            _("Looked at {looked} of {total} sources ({at} UTC).").format(
                looked=self.looked, total=self.total, at=f"{self.at:%Y-%m-%d %H:%M}"
            )
        ]
        for one in self.unreadable:
            sentence = _("{watch} could not be read since {since} UTC: {reason}.")
            reason = f"{one.obstacle}: {one.explanation}".rstrip(": .")
            lines.append(
                sentence.format(watch=one.watch, since=f"{one.since:%Y-%m-%d %H:%M}", reason=reason)
            )
        return "\n".join(lines)


def state_of_watching(at: datetime) -> StateOfWatching:
    """Return what is looked at and what cannot be read, at a moment."""
    watches = list(Watch.objects.filter(stopped_at=None).order_by("source", "court", "route"))
    unreadable = [found for watch in watches if (found := _unreadable(watch, at)) is not None]
    unreadable.sort(key=lambda one: one.since)
    return StateOfWatching(at, len(watches) - len(unreadable), len(watches), tuple(unreadable))


def _unreadable(watch: Watch, at: datetime) -> Unreadable | None:
    looks = Look.objects.filter(watch=watch, finished_at__lte=at).order_by("-slot")
    last = looks.first()
    if last is None:
        return Unreadable(str(watch), watch.added_at, "", _("it was not looked at yet"))
    if _worked(last):
        stale = last.slot + timedelta(seconds=2 * watch.every_s)
        if stale < at:
            return Unreadable(str(watch), stale, MISSED, _("nobody watched"))
        return None
    good = looks.filter(Q(confirmed_lists__gt=0) | Q(confirmed=True)).first()
    failures = looks.filter(slot__gt=good.slot) if good is not None else looks
    since = failures.aggregate(since=Min("slot"))["since"]
    return Unreadable(str(watch), since, last.obstacle, last.explanation)


def _worked(look: Look) -> bool:
    return look.confirmed or look.confirmed_lists > 0 or look.outcome != Outcome.COULD_NOT_LOOK


def _zone(source_id: str) -> tzinfo:
    return next((zone_of(one) for one in sources() if one.id == source_id), UTC)
