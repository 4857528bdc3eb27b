"""The page on which an answer about consent is taken down."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from habeas.cases.consent.models import Consent
from habeas.cases.consent.words import MANNERS, USES
from habeas.cases.statements import drafts
from habeas.cases.statements.forms import long, one_of, short
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.pages import draw_form, hand, subject_at
from habeas.cases.statements.words import ROLES
from habeas.watch.pages.moment import now

YES, NO = "yes", "no"


class ConsentForm(forms.Form):
    """Who answered what, how and when."""

    uses = forms.MultipleChoiceField(
        label=later("What was asked about"),
        choices=list(USES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": later("Choose at least one.")},
    )
    answer = one_of(
        later("The answer"),
        {YES: later("yes, they agree"), NO: later("no, or no longer")},
        first=YES,
    )
    speaker = short(later("Who answered"), needed=True, most=300)
    role = one_of(later("Who that is to the person"), ROLES, first="family")
    manner = one_of(later("How they answered"), MANNERS, first="spoken")
    answered_on = forms.DateField(
        label=later("On which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": later("This has to be filled in."),
            "invalid": later("This is no date."),
        },
    )
    until = forms.DateField(
        label=later("Until which day it holds"),
        help_text=later("Leave it empty if they set no end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("This is no date.")},
    )
    document = forms.ChoiceField(label=later("The paper that shows it"), required=False)
    note = long(later("What they said about limits"))

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer the papers of the case."""
        super().__init__(*args, **kwargs)
        papers = Document.objects.filter(filed__subject=subject).order_by("pk")
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((str(one.pk), one.name) for one in papers)]

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be: an answer of tomorrow, an end before the answer."""
        cleaned = super().clean() or {}
        answered, until = cleaned.get("answered_on"), cleaned.get("until")
        if answered and answered > now().date():
            self.add_error("answered_on", say("This day has not come yet."))
        if answered and until and until < answered:
            self.add_error("until", say("This is before the day of the answer."))
        return cleaned


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Take down an answer, for one or several uses at once."""
    subject = subject_at(code, request)
    if subject.kind != Subject.PERSON:
        raise Http404
    first = {
        "answered_on": now().date(),
        "uses": request.GET.getlist("use"),
        **drafts.typed(request),
    }
    form = ConsentForm(request.POST or None, subject=subject, initial=first)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            _keep(subject, form.cleaned_data, request)
            drafts.sent(request)
        messages.success(request, say("It was taken down."))
        return redirect("case", code=subject.code)
    return draw_form(request, form, subject, say("Consent: what was answered"))


def _keep(subject: Subject, typed: dict[str, Any], request: HttpRequest) -> None:
    by = hand(request)
    for use in typed["uses"]:
        Consent.objects.create(
            subject=subject,
            use=use,
            given=typed["answer"] == YES,
            speaker=typed["speaker"],
            role=typed["role"],
            manner=typed["manner"],
            answered_on=typed["answered_on"],
            until=typed["until"],
            document_id=int(typed["document"]) if typed["document"] else None,
            note=typed["note"],
            by=by.by,
            at=by.at,
        )
