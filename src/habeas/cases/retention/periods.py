"""How long things are kept: periods for all, a day for one, and holds that stop a purge."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from habeas.cases.retention.models import Expiry, Hold, Period
from habeas.cases.retention.words import KINDS
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import PeriodRefused
from habeas.language import _

LONGEST = 365 * 100
_Row = TypeVar("_Row", bound=Model)


def periods() -> dict[str, Period]:
    """Return the newest period of each kind that has one."""
    return {one.kind: one for one in Period.objects.order_by("pk")}


def days_of(kind: str) -> int | None:
    """Return how many days things of a kind are kept; None for as long as nobody ends it."""
    found = Period.objects.filter(kind=kind).order_by("-pk").first()
    return found.days if found else None


def say_period(kind: str, days: int | None, hand: Hand, *, reason: str) -> Period:
    """Say how long things of a kind are kept from now on.

    Raises:
        PeriodRefused: there is no such kind, the days are none, or no reason is given.
    """
    if kind not in KINDS:
        raise PeriodRefused(_("there is no such kind"))
    if days is not None and not 0 < days <= LONGEST:
        raise PeriodRefused(_("a period has at least one day, and at most a hundred years"))
    _refuse_unreasoned(reason)
    return Period.objects.create(
        kind=kind, days=days, reason=reason.strip(), by=hand.by, at=hand.at
    )


def say_day(subject: Subject, day: date | None, hand: Hand, *, reason: str) -> Expiry:
    """Say until which day a record is kept; None lets the periods count again.

    Raises:
        PeriodRefused: the day is over, or no reason is given.
    """
    if day is not None and day < hand.at.date():
        raise PeriodRefused(_("this day is over"))
    _refuse_unreasoned(reason)
    return Expiry.objects.create(
        subject=subject, day=day, reason=reason.strip(), by=hand.by, at=hand.at
    )


def hold(subject: Subject, hand: Hand, *, reason: str, until: date | None = None) -> Hold:
    """Let nothing of a record be purged, until a day or until it is lifted.

    Raises:
        PeriodRefused: the day is over, or no reason is given.
    """
    if until is not None and until < hand.at.date():
        raise PeriodRefused(_("this day is over"))
    _refuse_unreasoned(reason)
    return Hold.objects.create(
        subject=subject, reason=reason.strip(), until=until, by=hand.by, at=hand.at
    )


def lift(subject: Subject, hand: Hand, *, reason: str) -> Hold:
    """Take a hold back.

    Raises:
        PeriodRefused: there is none, or no reason is given.
    """
    _refuse_unreasoned(reason)
    with transaction.atomic():
        if not holding(hand.at).filter(subject=subject).exists():
            raise PeriodRefused(_("nothing holds this record"))
        return Hold.objects.create(
            subject=subject, reason=reason.strip(), lifted=True, by=hand.by, at=hand.at
        )


def holding(now: datetime) -> QuerySet[Hold]:
    """Return the holds that stand now, one of each subject."""
    standing = Q(until=None) | Q(until__gte=now.date())
    return _newest(Hold.objects.all()).filter(standing, lifted=False)


def days_said() -> QuerySet[Expiry]:
    """Return the days that somebody named and nobody took back, one of each subject."""
    return _newest(Expiry.objects.all()).exclude(day=None)


def held(subjects: Collection[int], now: datetime) -> set[int]:
    """Return those of the subjects, by primary key, of whom nothing may be purged now."""
    return set(holding(now).filter(subject__in=subjects).values_list("subject", flat=True))


def _newest(rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
    newer = rows.model._base_manager.filter(  # noqa: SLF001 - whoever asks
        subject=OuterRef("subject"), pk__gt=OuterRef("pk")
    )
    return rows.filter(~Exists(newer)).order_by("subject")


def _refuse_unreasoned(reason: str) -> None:
    if not reason.strip():
        raise PeriodRefused(_("it does not say why"))
