"""The page that is printed for a lawyer or a court."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from habeas.cases.custody import timeline
from habeas.cases.sheet.pages import sections_of
from habeas.cases.statements import naming
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.pages import subject_at
from habeas.watch.pages.moment import now

_LEFT_OUT = frozenset({"documents/section.html"})


@require_GET
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show all sections without anything to press, and the documents with their hashes."""
    subject = subject_at(code, request)
    moment = now()
    context = {
        "subject": subject,
        "now": moment,
        "spellings": naming.spellings(subject),
        "badge": (
            timeline.badge(timeline.stays(subject), subject.added_at)
            if subject.kind == Subject.PERSON
            else None
        ),
        "documents": Document.objects.filter(filed__subject=subject)
        .prefetch_related("uploads")
        .order_by("pk"),
    }
    context["sections"] = [
        render_to_string(
            module.TEMPLATE, context | module.context(subject, moment, whole=True), request
        )
        for module in sections_of(subject)
        if module.TEMPLATE not in _LEFT_OUT
    ]
    return render(request, "dossier/dossier.html", context)
