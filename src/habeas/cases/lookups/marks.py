"""Look-ups on the timeline: negative knowledge with a date."""

from datetime import datetime

from django.utils.functional import Promise

from habeas.cases.lookups.calling import current
from habeas.cases.lookups.words import OUTCOMES
from habeas.cases.statements import reading
from habeas.cases.statements.models import Subject


def marks(subject: Subject) -> list[tuple[datetime, str, Promise | str]]:
    """Return when somebody was asked, the shape of the answer, and the answer in words."""
    if not reading.own_work_is_shown():
        return []
    return [
        (one.asked_at, OUTCOMES[one.outcome].shape, OUTCOMES[one.outcome].word)
        for one in current(subject)
    ]
