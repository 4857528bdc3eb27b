"""Which records end when, which have ended, and which of those may be purged.

A day is of UTC, and the last one on which a record is kept: it is closed from the next one on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Model

from habeas.cases.consent.models import Consent
from habeas.cases.lookups.models import LookUp
from habeas.cases.retention import periods
from habeas.cases.retention.closure import every, lots
from habeas.cases.retention.models import Shut
from habeas.cases.retention.words import BY_HAND, CLOSED, QUIET
from habeas.cases.statements.models import Filed, Line, Statement, Subject
from habeas.watch import scope
from habeas.watch.models import Match, Person, Spelling

WARNED = (7, 14, 30)
"""Days before its end on which a record is warned of, the most urgent first."""
_ADDED: tuple[tuple[type[Model], str, str], ...] = (
    (Statement, "subject", "recorded_at"),
    (Filed, "subject", "at"),
    (Line, "subject", "at"),
    (LookUp, "subject", "at"),
    (Consent, "subject", "at"),
    (Spelling, "person__case", "added_at"),
    (Match, "person__case", "made_at"),
)
"""What counts as something added to a record, with the way to it and its time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Why and when a record ends: a key of `words.REASONS`, and its last day (UTC)."""

    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class Ending:
    """A record that ends soon, or has ended.

    Attributes:
        within: how many days before its end it is warned of now, one of `WARNED`.
        held: whether something holds it.
    """

    subject: Subject
    ended: Ended
    within: int
    held: bool


def ends_of(subjects: Iterable[int]) -> dict[int, Ended]:
    """Return when records end, of those that do: a named day counts before every period."""
    found: dict[int, Ended] = {}
    closed, quiet = periods.days_of(CLOSED), periods.days_of(QUIET)
    for lot in lots(subjects):
        if closed is not None:
            _sooner(found, CLOSED, closed, _closed_on(lot))
        if quiet is not None:
            _sooner(found, QUIET, quiet, last_added(lot))
        named = periods.days_said().filter(subject__in=lot).values_list("subject", "day")
        found |= {key: Ended(BY_HAND, day) for key, day in named if day is not None}
    return found


def last_added(subjects: list[int]) -> dict[int, datetime]:
    """Return when something was last added to each record, at the least when it was opened."""
    found = dict(every(Subject).filter(pk__in=subjects).values_list("pk", "added_at"))
    for model, whose, when in _ADDED:
        rows = every(model).filter(**{f"{whose}__in": subjects}).order_by().values_list(whose)
        for key, newest in rows.annotate(newest=Max(when)):
            found[key] = max(found[key], newest)
    return found


def shut_due(now: datetime) -> int:
    """Close what has ended, open what has been given more time; return how many are closed.

    Nobody is watched for whose record is closed.
    """
    with scope.everything(), transaction.atomic():
        people = every(Subject).filter(kind=Subject.PERSON).exclude(person=None)
        over = {
            key: one
            for key, one in ends_of(people.values_list("pk", flat=True)).items()
            if one.day < now.date()
        }
        for row in Shut.objects.filter(purge=None).select_related("subject"):
            if over.get(row.subject_id) != Ended(row.reason, row.day):
                _open_again(row)
        there = set(Shut.objects.values_list("subject", flat=True))
        for key in sorted(over.keys() - there):
            _close(key, over[key], now)
        return Shut.objects.filter(purge=None).count()


def _close(key: int, ended: Ended, now: datetime) -> None:
    watched = Person.objects.filter(case=key, closed_at=None)
    Shut.objects.create(
        subject_id=key,
        day=ended.day,
        reason=ended.reason,
        at=now,
        stopped=bool(watched.update(closed_at=now)),
    )


def _open_again(row: Shut) -> None:
    if row.stopped:
        Person.objects.filter(case=row.subject_id).update(closed_at=None)
    row.delete()


def due(now: datetime) -> dict[int, Ended]:
    """Return what may be purged: records that have ended and that nothing holds."""
    with scope.everything():
        shut_due(now)
        rows = Shut.objects.filter(purge=None).order_by("subject")
        found = {row.subject_id: Ended(row.reason, row.day) for row in rows}
        kept = periods.held(list(found), now)
        return {key: ended for key, ended in found.items() if key not in kept}


def endings(now: datetime, *, within: int = max(WARNED)) -> list[Ending]:
    """Return the records that whoever asks may see and that end within some days, by their day."""
    last = now.date() + timedelta(days=within)
    subjects = Subject.objects.filter(kind=Subject.PERSON).exclude(person=None)
    found = subjects.in_bulk()
    soon = {key: one for key, one in ends_of(list(found)).items() if one.day <= last}
    kept = periods.held(list(soon), now)
    rows = [Ending(found[key], one, _level(one.day, now), key in kept) for key, one in soon.items()]
    return sorted(rows, key=lambda row: (row.ended.day, row.subject.pk))


def _level(day: date, now: datetime) -> int:
    left = (day - now.date()).days
    return next((days for days in WARNED if left <= days), max(WARNED))


def _closed_on(subjects: list[int]) -> dict[int, datetime]:
    rows = every(Subject).filter(pk__in=subjects).exclude(person__closed_at=None)
    return dict(rows.values_list("pk", "person__closed_at"))


def _sooner(found: dict[int, Ended], reason: str, days: int, begun: dict[int, datetime]) -> None:
    for key, at in begun.items():
        ended = Ended(reason, at.date() + timedelta(days=days))
        if key not in found or ended.day < found[key].day:
            found[key] = ended
