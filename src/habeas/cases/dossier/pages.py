"""The page that is printed for a lawyer or a court."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from habeas.cases.custody import timeline
from habeas.cases.sheet.pages import sections_of
from habeas.cases.statements import naming, reading
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.pages import subject_at
from habeas.cases.statements.words import CIRCLES
from habeas.watch.pages.moment import now

_LEFT_OUT = frozenset({"documents/section.html"})
_ALSO_OUTSIDE = frozenset(
    {
        "identity/section.html",
        "custody/section.html",
        "statements/section.html",
        "actions/section.html",
    }
)
"""Sections of statements alone, each with the circle that may see it; the others are our own work,
and go to nobody but us and the lawyer."""


@require_GET
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show all sections without anything to press, and the documents with their hashes.

    Everything for us; for others only what they may see, with the number of what was left out.
    """
    subject = subject_at(code, request)
    reader = request.GET.get("for", "internal")
    if reader not in CIRCLES:
        raise Http404
    with reading.shown_to(reader) as circle:
        context = _context(subject, request, reader)
        context["left_out"] = len(circle.left_out)
        return render(request, "dossier/dossier.html", context)


def _context(subject: Subject, request: HttpRequest, reader: str) -> dict[str, Any]:
    moment = now()
    papers = Document.objects.filter(filed__subject=subject)
    if reader != "internal":
        seen = {one.document_id for one in reading.live(subject) if one.document_id}
        papers = papers.filter(pk__in=seen)
    context: dict[str, Any] = {
        "subject": subject,
        "now": moment,
        "circle": reader,
        "for_others": reader != "internal",
        "circles": CIRCLES,
        "spellings": naming.spellings(subject),
        "badge": _badge(subject, reader),
        "documents": papers.prefetch_related("uploads").order_by("pk"),
    }
    context["sections"] = [
        render_to_string(
            module.TEMPLATE, context | module.context(subject, moment, whole=True), request
        )
        for module in sections_of(subject)
        if module.TEMPLATE not in _LEFT_OUT
        and (reading.own_work_is_shown() or module.TEMPLATE in _ALSO_OUTSIDE)
    ]
    return context


def _badge(subject: Subject, reader: str) -> timeline.Badge | None:
    """Return where somebody is believed to be; nothing where others may not see who says so.

    "Nobody has said anything" would be untrue for them.
    """
    if subject.kind != Subject.PERSON:
        return None
    found = timeline.badge(timeline.stays(subject), subject.added_at)
    return found if found.confirmed_at or reader == "internal" else None
