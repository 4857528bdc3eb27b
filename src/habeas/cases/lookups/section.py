"""Look-ups on a person's page: the next place to ask, and what was answered so far."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.lookups.calling import ASKED, call_list, current
from habeas.cases.lookups.words import OUTCOMES
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "lookups", later("Who was asked")
ORDER = 25
TEMPLATE = "lookups/section.html"
KINDS = (Subject.PERSON,)
_NEXT, _SHOWN = 3, 50
_IN_DOSSIER = 100_000


def context(subject: Subject, now: datetime, *, whole: bool = False) -> dict[str, Any]:
    """Return what the section shows; `whole` for every answer."""
    most = _IN_DOSSIER if whole else _SHOWN
    calls = [one for one in call_list(subject, now) if one.standing != ASKED]
    rows = current(subject)
    return {
        "next_calls": calls[:_NEXT],
        "more_calls": max(0, len(calls) - _NEXT),
        "lookups": [(one, OUTCOMES[one.outcome]) for one in rows[:most]],
        "more_lookups": max(0, len(rows) - most),
    }
