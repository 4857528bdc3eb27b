"""The documents of a case on its page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.statements.models import Document, Subject

ANCHOR, TITLE = "documents", later("Documents")
ORDER = 60
TEMPLATE = "documents/section.html"
KINDS: tuple[str, ...] = ()


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    papers = Document.objects.filter(filed__subject=subject).prefetch_related("uploads")
    return {"documents": papers.order_by("pk")}
