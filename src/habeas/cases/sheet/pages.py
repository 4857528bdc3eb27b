"""The page of one subject."""

from types import ModuleType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from habeas.cases import features
from habeas.cases.custody import timeline
from habeas.cases.statements import naming
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
    drawn = [
        (
            module,
            render_to_string(module.TEMPLATE, context | module.context(subject, moment), request),
        )
        for module in sections_of(subject)
    ]
    context["contents"] = [(one.ANCHOR, one.TITLE) for one, html in drawn if html.strip()]
    context["sections"] = [html for _one, html in drawn]
    return render(request, "sheet/sheet.html", context)


def sections_of(subject: Subject) -> list[ModuleType]:
    """Return the sections that the page of a subject has, in order."""
    found = [one for one in features.parts("section") if not one.KINDS or subject.kind in one.KINDS]
    return sorted(found, key=lambda one: one.ORDER)
