"""Look-ups on a person's page: the next place to ask, and what was answered so far."""

from datetime import datetime
from typing import Any

from habeas.cases.lookups.calling import ASKED, call_list, current
from habeas.cases.lookups.words import OUTCOMES
from habeas.cases.statements.models import Subject

ORDER = 25
TEMPLATE = "lookups/section.html"
KINDS = (Subject.PERSON,)
_NEXT, _SHOWN = 3, 50


def context(subject: Subject, now: datetime) -> dict[str, Any]:
    """Return what the section shows."""
    calls = [one for one in call_list(subject, now) if one.standing != ASKED]
    rows = current(subject)
    return {
        "next_calls": calls[:_NEXT],
        "more_calls": max(0, len(calls) - _NEXT),
        "lookups": [(one, OUTCOMES[one.outcome]) for one in rows[:_SHOWN]],
        "more_lookups": max(0, len(rows) - _SHOWN),
    }
