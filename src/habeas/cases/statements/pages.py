"""Pages of statements: say something, correct it, take it back, sign what is shown."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.views.decorators.http import require_GET, require_http_methods

from habeas.cases.statements import drafts, reading, recording
from habeas.cases.statements.forms import LineForm, RetractForm, SpokenForm, StatementForm
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.properties import known
from habeas.cases.statements.recording import Hand
from habeas.watch.models import Person
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now


def hand(request: HttpRequest) -> Hand:
    """Return who asks, and when."""
    return Hand(request.user.get_username(), now())


def subject_at(code: str, request: HttpRequest) -> Subject:
    """Return the subject of a code; a person who is sought without a case gets one.

    Raises:
        Http404: there is none.
    """
    found = Subject.objects.select_related("person").filter(code=code).first()
    if found is None:
        person = get_object_or_404(Person, code=code)
        return recording.case_of(person, hand(request))
    return found


def draw_form(
    request: HttpRequest,
    form: forms.Form,
    subject: Subject,
    heading: str,
    **more: Any,  # noqa: ANN401 - context
) -> HttpResponse:
    """Draw a form about a subject; with the status of a refusal where something is wrong."""
    template = more.pop("template", "statements/form.html")
    context = {
        "form": form,
        "faults": faults(form),
        "subject": subject,
        "heading": heading,
        "draft": drafts.own(request),
        "draft_path": drafts.path_of(request),
        **more,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


def spoken(
    request: HttpRequest,
    form: SpokenForm,
    heading: str,
    keep: Callable[[Hand], object],
    **more: Any,  # noqa: ANN401 - context of the page
) -> HttpResponse:
    """Answer a page whose form says who says something.

    Args:
        request: what was asked.
        form: bound where something was sent.
        heading: of the page, in its language.
        keep: takes it down; called in one transaction, so that nothing is half kept.
        more: further context.
    """
    subject = form.subject
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            keep(hand(request))
            drafts.sent(request)
        messages.success(request, say("It was taken down."))
        return redirect("case", code=subject.code)
    return draw_form(request, form, subject, heading, **more)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Say something of a subject."""
    subject = subject_at(code, request)
    form = StatementForm(
        request.POST or None,
        subject=subject,
        initial={"term": request.GET.get("term", "last_seen"), **drafts.typed(request)},
    )
    return spoken(
        request,
        form,
        say("Add a statement"),
        lambda by: recording.state(subject, form.claim(), form.said(by), by),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Supersede a statement; it stays on record."""
    earlier = _live_or_404(pk)
    form = StatementForm(
        request.POST or None,
        subject=earlier.subject,
        initial=_as_typed(earlier) | drafts.typed(request),
    )
    return spoken(
        request,
        form,
        say("Correct a statement"),
        lambda by: recording.state(
            earlier.subject, form.claim(), form.said(by), by, supersedes=earlier
        ),
        earlier=earlier,
    )


@require_http_methods(["GET", "POST"])
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a statement back; it stays on record."""
    earlier = get_object_or_404(_on_record(), pk=pk)
    form = RetractForm(
        request.POST or None,
        subject=earlier.subject,
        initial={"speaker": earlier.speaker, "role": earlier.role},
    )
    return spoken(
        request,
        form,
        say("Take a statement back"),
        lambda by: recording.retract(
            earlier, form.said(by), by, reason=form.cleaned_data["reason"]
        ),
        earlier=earlier,
    )


def _live_or_404(pk: int) -> Statement:
    return get_object_or_404(_on_record(), pk=pk, retracts=None)


def _on_record() -> QuerySet[Statement]:
    return Statement.objects.select_related("subject__person", "document", "other__person")


def _as_typed(earlier: Statement) -> dict[str, object]:
    return {
        "term": earlier.property,
        "value": earlier.value,
        "as_said": earlier.as_said,
        "lang": earlier.lang,
        "about": earlier.about,
        "speaker": earlier.speaker,
        "role": earlier.role,
        "document": str(earlier.document_id or ""),
        "place": earlier.place,
        "said_on": earlier.said_on,
        "zone": earlier.zone,
        "certainty": earlier.certainty,
        "in_custody": earlier.in_custody,
        "visibility": earlier.visibility,
    }


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """Choose the current line of a property; `?other=` names the second subject of a pair."""
    subject = subject_at(code, request)
    other = request.GET.get("other", "")
    found = [
        one
        for one in reading.questions(subject, term)
        if (one.other.code if one.other else "") == other
    ]
    if not found:
        raise Http404
    question = found[0]
    form = LineForm(request.POST or None, initial={"seen": seen_of(question)})
    chosen = set(request.POST.getlist("statement"))
    if request.method == "POST" and form.is_valid() and _may_sign(form, question, chosen):
        recording.sign(
            [one for one in _statements(question) if str(one.pk) in chosen],
            hand(request),
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
        )
        messages.success(request, say("Signed. What was not chosen stays beside it."))
        return redirect("case", code=subject.code)
    return draw_form(
        request,
        form,
        subject,
        say("Choose what is shown first"),
        template="statements/sign.html",
        question=question,
        label=known(term).label,
        chosen=chosen or {str(s.pk) for one in question.current for s in one.statements},
        seen=seen_of(question),
    )


def _statements(question: reading.Question) -> list[Statement]:
    return [one for version in question.versions for one in version.statements]


def seen_of(question: reading.Question) -> str:
    """Return what tells whether anything was added since a page was drawn."""
    newest = max(one.pk for one in _statements(question))
    return f"{newest}-{question.line.pk if question.line else 0}"


def _may_sign(form: LineForm, question: reading.Question, chosen: set[str]) -> bool:
    if not chosen & {str(one.pk) for one in _statements(question)}:
        form.add_error(None, say("Choose at least one statement."))
    elif form.cleaned_data["seen"] != seen_of(question):
        form.add_error(None, say("Something was added meanwhile. Read it below, then sign again."))
    return not form.errors


@require_GET
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one statement with everything that is on record about it."""
    found = get_object_or_404(_on_record(), pk=pk)
    later = Statement.objects.filter(supersedes=found) | Statement.objects.filter(retracts=found)
    return render(
        request,
        "statements/statement.html",
        {"one": found, "later": later.order_by("pk"), "subject": found.subject, "now": now()},
    )
