"""A purge as a person asks for it: shown first, then confirmed by the number that was shown."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from habeas.cases.retention import erasing, expiring, parts, periods, reporting
from habeas.cases.retention.erasing import Plan
from habeas.cases.retention.expiring import Ended
from habeas.cases.retention.models import Purge
from habeas.cases.retention.words import AGAIN
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import PurgeChanged, PurgeRefused
from habeas.language import _
from habeas.watch import scope


@dataclass(frozen=True, slots=True)
class Shown:
    """What would be purged.

    Attributes:
        people: by primary key of the subject, why each ended and when.
        plan: the rows and files; None where there is nothing.
        seen: stands for all of it; another one where anything of it has changed.
    """

    people: Mapping[int, Ended]
    plan: Plan | None
    seen: str

    @property
    def parts(self) -> Mapping[str, int]:
        """How many single things of records that stay would go, by their kind."""
        return self.plan.parts.counted if self.plan else {}

    @property
    def number(self) -> int:
        """What has to be confirmed: people and single things together."""
        return len(self.people) + sum(self.parts.values())

    @property
    def removed(self) -> dict[str, int]:
        """How many rows and files would go, by what they are."""
        if self.plan is None:
            return {}
        more = {"files": len(self.plan.going.files), "captures": len(self.plan.captures.alone)}
        return self.plan.going.counted() | {what: count for what, count in more.items() if count}


def shown(now: datetime, *, marks: Collection[str] | None = None) -> Shown:
    """Return what a purge would remove now; nothing is changed.

    Args:
        now: the time.
        marks: of an earlier purge, to be done again in an older copy; see `reporting.mark_of`.
    """
    people = expiring.due(now) if marks is None else _again(marks, now)
    single = parts.due(now) if marks is None else erasing.NO_PARTS
    plan = erasing.planned(people, single) if people or single.counted else None
    counted = sorted(plan.going.counted().items()) if plan else []
    words = repr((sorted(people), counted, sorted(single.counted.items())))
    return Shown(people, plan, hashlib.sha256(words.encode()).hexdigest())


def purge(
    number: int, hand: Hand, *, seen: str = "", marks: Collection[str] | None = None
) -> Purge:
    """Purge what has ended and nothing holds.

    Args:
        number: how many people and single things were shown.
        hand: who confirms it, now.
        seen: what was shown, where that is known; see `Shown`.
        marks: as for `shown`.

    Raises:
        PurgeRefused: there is nobody.
        PurgeChanged: it is not what was shown any more.
    """
    found = shown(hand.at, marks=marks)
    if found.plan is None:
        raise PurgeRefused(_("nothing has ended that nothing holds"))
    if found.number != number or (seen and seen != found.seen):
        raise PurgeChanged
    return erasing.purge(found.people, hand, found.plan.parts)


def _again(marks: Collection[str], now: datetime) -> dict[int, Ended]:
    """Return those whom an earlier purge had removed, and whom an older copy brought back.

    A hold does not keep them: it was over, or lifted, when they were purged.
    """
    with scope.everything():
        people = Subject.objects.filter(kind=Subject.PERSON).exclude(person=None)
        return {
            one.pk: Ended(AGAIN, now.date())
            for one in people.iterator()
            if reporting.mark_of(one) in marks
        }


def still_held(now: datetime) -> int:
    """Return how many records have ended and are held."""
    return (
        periods.holding(now).exclude(subject__shut=None).filter(subject__shut__purge=None).count()
    )
