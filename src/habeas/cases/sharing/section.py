"""What left of somebody, on their page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.sharing.models import Leaving
from habeas.cases.sharing.shown import gone
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "shared", later("What left")
ORDER = 75
TEMPLATE = "sharing/section.html"
KINDS = (Subject.PERSON,)


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    left = Leaving.objects.filter(people__subject=subject).order_by("-pk")
    return {"left": gone(left, subject)}
