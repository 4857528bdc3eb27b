"""Who was asked since a moment, for a hand-over."""

from datetime import datetime

from habeas.cases.lookups.models import LookUp
from habeas.cases.lookups.words import OUTCOMES
from habeas.cases.statements.changes import Change

_MOST = 300


def changes(since: datetime) -> list[Change]:
    """Return the look-ups that were taken down since a moment."""
    rows = LookUp.objects.filter(at__gt=since).select_related("subject__person").order_by("-pk")
    return [
        Change(one.at, one.subject, one.by, OUTCOMES[one.outcome].word, f"{one.whom}. {one.answer}")
        for one in rows[:_MOST]
    ]
