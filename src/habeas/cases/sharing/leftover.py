"""Placeholders: who left in a format before, and may no more, is told to be forgotten.

Whoever copied the record learns from the same number that it ended, and not whose it was.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from habeas.cases import features
from habeas.cases.consent.asking import answers_of
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.gate import PUBLIC, PUBLIC_USES
from habeas.cases.sharing.ids import public_id
from habeas.cases.sharing.models import Left
from habeas.cases.sharing.outgoing import OutgoingCustody, OutgoingPerson
from habeas.watch import scope

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

_NOWHERE = OutgoingCustody("unknown", "", "", None, None, stale=False, disputed=False)


def placeholders(
    of: Format, passed: Collection[int], occasion: Occasion
) -> tuple[OutgoingPerson, ...]:
    """Return a placeholder for each who left in this format, to these readers, and goes no more."""
    if not (of.placeholders and occasion.whole):
        return ()
    before = set(_left(of, occasion).values_list("subject", flat=True))
    gone = sorted(before.difference(passed))
    days = _days(gone, occasion)
    return tuple(_placeholder(key, days[key], occasion.circle) for key in gone)


def _left(of: Format, occasion: Occasion) -> "QuerySet[Model]":
    rows = Left._base_manager.filter(  # noqa: SLF001 - what has ended is in nobody's sight
        leaving__format=of.key, leaving__circle=occasion.circle
    )
    asks = scope.current()
    # Who sees some cases only takes back what they handed out themselves.
    return rows if asks is None or asks.whole else rows.filter(leaving__by=occasion.by)


def _days(subjects: list[int], occasion: Occasion) -> dict[int, date]:
    """Return the last day of each: of its record, else of the consent, else today."""
    days = dict.fromkeys(subjects, occasion.now.date())
    uses = PUBLIC_USES if occasion.circle == PUBLIC else (occasion.circle,)
    for key, answers in answers_of(subjects, occasion.now).items():
        rows = [answers[use].row for use in uses]
        ends = [row.until or row.answered_on for row in rows if row is not None]
        if ends:
            days[key] = min(max(ends), occasion.now.date())
    for feature in features.parts("narrowing"):
        days |= feature.closed(subjects)
    return days


def _placeholder(key: int, day: date, circle: str) -> OutgoingPerson:
    return OutgoingPerson(
        id=public_id(circle, "person", key),
        code="",
        names=(),
        birth_year=None,
        custody=_NOWHERE,
        statements=(),
        documents=(),
        photo=None,
        left_out=0,
        gone_since=day,
    )
