"""The page of one subject."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from habeas.cases import features
from habeas.cases.custody import timeline
from habeas.cases.sheet import naming
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import subject_at
from habeas.watch.pages.moment import now


@require_GET
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything of one subject: what is believed, who says so, what is to be done."""
    subject = subject_at(code, request)
    moment = now()
    is_person = subject.kind == Subject.PERSON
    context = {
        "subject": subject,
        "now": moment,
        "spellings": naming.spellings(subject),
        "badge": timeline.badge(timeline.stays(subject), subject.added_at) if is_person else None,
        "photo": next((one.photo(subject) for one in features.parts("photo")), None),
    }
    context["sections"] = [
        render_to_string(module.TEMPLATE, context | module.context(subject, moment), request)
        for module in sorted(features.parts("section"), key=lambda one: one.ORDER)
        if not module.KINDS or subject.kind in module.KINDS
    ]
    return render(request, "sheet/sheet.html", context)
