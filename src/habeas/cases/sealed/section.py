"""Sealed notes on a page: that they are there, by whom and for whom; never what they say."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.sealed.models import SealedNote
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "notes", later("Sealed notes")
ORDER = 85
TEMPLATE = "sealed/section.html"
KINDS = (Subject.PERSON, Subject.EVENT)


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    notes = SealedNote.objects.filter(subject=subject).prefetch_related("readers__key")
    return {"notes": notes.order_by("-pk")}
