"""Claiming that two are one, or are not; relating two cases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from habeas.cases.identity.clusters import TERM
from habeas.cases.identity.section import ANSWERS, RELATIONS
from habeas.cases.statements import drafts, recording
from habeas.cases.statements.forms import SpokenForm, long, one_of, short
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import spoken, subject_at
from habeas.cases.statements.recording import Claim, Hand
from habeas.cases.statements.words import KINDS


class PairForm(SpokenForm):
    """A second subject: one that is known by its code, or a new one by its title."""

    known = short(
        later("Code of the other case, if it has one"),
        hint=later("For example P7 or R-3."),
        most=16,
    )
    title = short(later("Or what it is: the name as printed, the court and the number"), most=300)
    kind = one_of(
        later("It is"),
        {key: word for key, word in KINDS.items() if key != "person"},
        first="record",
    )

    def clean(self) -> dict[str, Any]:
        """Find the other subject."""
        cleaned = super().clean()
        code, title = cleaned.get("known", "").strip(), cleaned.get("title", "").strip()
        if code:
            cleaned["other"] = Subject.objects.filter(code__iexact=code).first()
            if cleaned["other"] is None:
                self.add_error("known", say("No case has this code."))
            elif cleaned["other"].pk == self.subject.pk:
                self.add_error("known", say("This is the code of this very case."))
        elif not title:
            self.add_error("title", say("Say whom or what you mean: by a code, or by a title."))
        return cleaned

    def other(self, hand: Hand) -> Subject:
        """Return the other subject; a new one is made by this."""
        found: Subject | None = self.cleaned_data.get("other")
        if found is not None:
            return found
        return recording.new_subject(
            self.cleaned_data["kind"], self.cleaned_data["title"].strip(), hand
        )


class IdentityForm(PairForm):
    """A claim that two are one, or are not."""

    answer = one_of(later("The claim"), [(key, sign.word) for key, sign in ANSWERS.items()])
    ground = long(later("On what ground"), hint=later("In the speaker's words."))
    field_order = ("known", "title", "kind", "answer", "ground", "speaker", "role")

    def claim(self, hand: Hand) -> Claim:
        """Return the claim."""
        kept = self.cleaned_data
        return Claim(
            TERM, kept["answer"], as_said=kept["ground"], zone=kept["zone"], other=self.other(hand)
        )


class RelationForm(PairForm):
    """A claim that two cases have to do with each other."""

    relation = one_of(later("How they are related"), RELATIONS)
    as_said = long(later("In their own words"))
    field_order = ("known", "title", "kind", "relation", "as_said", "speaker", "role")

    def claim(self, hand: Hand) -> Claim:
        """Return the claim."""
        kept = self.cleaned_data
        return Claim(
            "related",
            kept["relation"],
            as_said=kept["as_said"],
            zone=kept["zone"],
            other=self.other(hand),
        )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Take down who says that somebody is, or is not, this person. `?other=` names them."""
    subject = subject_at(code, request)
    initial = {"known": request.GET.get("other", ""), **drafts.typed(request)}
    form = IdentityForm(request.POST or None, subject=subject, initial=initial)
    return spoken(
        request,
        form,
        say("Is it the same person?"),
        lambda by: recording.state(subject, form.claim(by), form.said(by), by),
        note=say("A claim joins nothing. Two are one only after somebody signed it."),
    )


@require_http_methods(["GET", "POST"])
def relate(request: HttpRequest, code: str) -> HttpResponse:
    """Take down that two cases have to do with each other."""
    subject = subject_at(code, request)
    form = RelationForm(request.POST or None, subject=subject, initial=drafts.typed(request))
    return spoken(
        request,
        form,
        say("What is it related to?"),
        lambda by: recording.state(subject, form.claim(by), form.said(by), by),
    )
