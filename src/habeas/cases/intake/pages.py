"""Opening a case from what a caller says."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from habeas.cases import features
from habeas.cases.statements import drafts, recording
from habeas.cases.statements.forms import PRIVATE, TimeField, long, one_of, short
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.pages import hand
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.cases.statements.words import ROLES, ZONES
from habeas.watch.pages import recording as watching
from habeas.watch.pages.forms import checked_spelling, faults


class IntakeForm(forms.Form):
    """Who, when, where, who saw it, who took them, what was said; the rest can wait."""

    who = forms.CharField(
        label=later("Who is missing?"),
        help_text=later(
            "Every spelling you know, one on each line: passport, nickname, any script."
        ),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True, **PRIVATE}),
        error_messages={
            "required": later("Write at least one spelling of the name."),
            "max_length": later("This is too long. Write one name on each line."),
        },
    )
    when = TimeField(later("When was the last contact?"))
    where = short(later("Where?"), hint=later("Street, district, city."), most=300)
    saw = short(later("Who saw it?"), hint=later("Whoever says so. Empty: the caller."), most=300)
    took = short(
        later("Who took them?"),
        hint=later("Police, people in plain clothes, a car and its number. Empty: nobody knows."),
        most=500,
    )
    said = long(later("What was said?"), hint=later("Their words, word for word."))
    role = one_of(later("Whoever saw it is"), ROLES, first="eyewitness")
    birth_year = forms.IntegerField(
        label=later("Year of birth, if you know it"),
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={
            key: later("Write the year of birth with four digits, for example 1984.")
            for key in ("invalid", "min_value", "max_value")
        },
    )
    zone = one_of(
        later("Time zone of these dates"), [(zone, zone) for zone in ZONES], first="Europe/Moscow"
    )

    FOLDED = ("role", "birth_year", "zone")

    def clean_who(self) -> list[str]:
        """Return the spellings, each once, in the order typed."""
        lines = [line for line in str(self.cleaned_data["who"]).splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError(say("Write at least one spelling of the name."))
        return list(dict.fromkeys(checked_spelling(line) for line in lines[:100]))

    def shown(self) -> list[forms.BoundField]:
        """Return the six fields."""
        return [self[name] for name in self.fields if name not in self.FOLDED]

    def below(self) -> list[forms.BoundField]:
        """Return the fields that can wait."""
        return [self[name] for name in self.FOLDED]

    @property
    def open(self) -> bool:
        """Whether something in the folded part has to be corrected."""
        return any(self[name].errors for name in self.FOLDED)


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Open a case; ask once more where somebody like this is there already."""
    form = IntakeForm(request.POST or None, initial=drafts.typed(request))
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            alike = _alike(form.cleaned_data["who"])
        if not alike:
            subject = opened(form.cleaned_data, hand(request))
            drafts.sent(request)
            messages.success(
                request, say("The case is open. Its code is %(code)s.") % {"code": subject.code}
            )
            return redirect("case", code=subject.code)
    return render(
        request,
        "intake/new.html",
        {
            "form": form,
            "faults": faults(form),
            "alike": alike,
            "draft": drafts.own(request),
            "draft_path": drafts.path_of(request),
        },
        status=422 if form.is_bound else 200,
    )


def _alike(spellings: list[str]) -> list[Any]:
    return [one for module in features.parts("alike") for one in module.alike(spellings)]


def opened(typed: dict[str, Any], by: Hand) -> Subject:
    """Return a new case with everything that was said, in one transaction.

    Args:
        typed: the cleaned fields of `IntakeForm`.
        by: who takes it down.
    """
    with transaction.atomic():
        person = watching.add_person(
            typed["who"], birth_year=typed["birth_year"], by=by.by, at=by.at
        )
        subject = recording.case_of(person, by)
        note = Document.objects.create(
            kind="call_note",
            carrier=by.by,
            text="\n".join(str(typed[key]) for key in ("when", "where", "took", "said")),
            added_by=by.by,
            added_at=by.at,
        )
        speaker = typed["saw"].strip()
        said = Said(speaker or say("the caller"), typed["role"] if speaker else "anonymous", note)
        for claim in _claims(typed):
            recording.state(subject, claim, said, by)
    return subject


def _claims(typed: dict[str, Any]) -> list[Claim]:
    when, where, zone = typed["when"], typed["where"].strip(), typed["zone"]
    took, words = typed["took"].strip(), typed["said"].strip()
    state = "taken_unacknowledged" if took else "contact_lost"
    claims = [Claim("custody", state, about=when, zone=zone, details={"place": where})]
    if when:
        claims.append(Claim("last_contact", when, about=when, zone=zone))
    for term, value in (("last_place", where), ("taken_by", took)):
        if value:
            claims.append(Claim(term, value, about=when, zone=zone))
    if words:
        claims.append(Claim("said_then", words[:2000], as_said=words, about=when, zone=zone))
    return claims
