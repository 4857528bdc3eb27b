"""Matches on a person's page: the printed name, why, and the row of the page beside it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.statements.models import Subject
from habeas.watch.models import Decision
from habeas.watch.pages import standing
from habeas.watch.pages.rows import matches_for_page

ANCHOR, TITLE = "matches", later("Is it them?")
ORDER = 10
TEMPLATE = "matches/section.html"
KINDS = (Subject.PERSON,)
_SHOWN = 10


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    every = standing.current_matches().filter(person=subject.person)
    waiting = every.filter(standing.waiting()).order_by("-bits", "pk")
    decided = every.filter(answer=Decision.SAME).order_by("-pk")
    return {
        "waiting": matches_for_page(waiting[:_SHOWN]),
        "more_waiting": max(0, waiting.count() - _SHOWN),
        "confirmed": matches_for_page(decided[:_SHOWN]),
    }
