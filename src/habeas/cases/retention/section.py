"""Until when a record is kept, on the page of a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.retention import expiring, periods
from habeas.cases.retention.words import REASONS
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "kept-until", later("How long this is kept")
ORDER = 96
TEMPLATE = "retention/section.html"
KINDS = (Subject.PERSON,)


def context(subject: Subject, now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    ended = expiring.ends_of([subject.pk]).get(subject.pk)
    return {
        "ended": ended,
        "why": REASONS[ended.reason] if ended else "",
        "over": ended is not None and ended.day < now.date(),
        "said": periods.days_said().filter(subject=subject).first(),
        "hold": periods.holding(now).filter(subject=subject).first(),
    }
