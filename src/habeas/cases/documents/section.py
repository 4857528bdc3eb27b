"""The documents of a case on its page."""

from datetime import datetime
from typing import Any

from habeas.cases.statements.models import Document, Subject

ORDER = 60
TEMPLATE = "documents/section.html"
KINDS: tuple[str, ...] = ()


def context(subject: Subject, _now: datetime) -> dict[str, Any]:
    """Return what the section shows."""
    papers = Document.objects.filter(filed__subject=subject).prefetch_related("uploads")
    return {"documents": papers.order_by("pk")}
