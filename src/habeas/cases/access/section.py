"""Who sees the case, on its page; only owners of a team are shown it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.access import roles
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "access", later("Who sees this case")
ORDER = 95
TEMPLATE = "access/section.html"
KINDS = (Subject.PERSON, Subject.EVENT)


def context(subject: Subject, now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    return {"grants": roles.granted_to(subject.pk, now).order_by("user")}
