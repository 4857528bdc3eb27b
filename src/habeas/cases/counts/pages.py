"""Pages of events: the list of them, a new one, a count, what a count was copied from."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from habeas.cases.counts import counting
from habeas.cases.counts.counting import HEDGES, TERM, UNITS, WHAT, Counted
from habeas.cases.counts.models import Descent, NameList
from habeas.cases.statements import drafts, reading, recording
from habeas.cases.statements.forms import SpokenForm, TimeField, one_of, short
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.pages import hand, spoken, subject_at
from habeas.cases.statements.recording import Claim
from habeas.language import _
from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.words import SIZES
from habeas.watch.pages.forms import faults

_SHOWN = 200
_MOST = 10**9


def event_at(code: str, request: HttpRequest) -> Subject:
    """Return the event of a code.

    Raises:
        Http404: there is none.
    """
    subject = subject_at(code, request)
    return get_object_or_404(Subject, pk=subject.pk, kind=Subject.EVENT)


class EventForm(forms.Form):
    """A new event."""

    title = short(
        later("What happened, where and when"),
        hint=later("For example: arrests at the embassy, Moscow, 2 April 2021."),
        needed=True,
        most=300,
    )


@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """Show the events whose people are counted; open a new one."""
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        event = recording.new_subject(Subject.EVENT, form.cleaned_data["title"], hand(request))
        messages.success(request, say("The event is open. Its code is %(code)s.") % {"code": event})
        return redirect("case", code=event.code)
    rows = Subject.objects.filter(kind=Subject.EVENT).order_by("-pk")[:_SHOWN]
    shown = [
        (one, len(reading.live(one, TERM)), NameList.objects.filter(event=one).count())
        for one in rows
    ]
    return render(
        request,
        "counts/events.html",
        {"events": shown, "form": form, "faults": faults(form)},
        status=422 if form.is_bound else 200,
    )


def _number(label: Any, hint: Any = "") -> forms.IntegerField:  # noqa: ANN401 - lazy words
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=_MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12}),
        error_messages={
            key: later("Write a number.") for key in ("invalid", "min_value", "max_value")
        },
    )


class CountForm(SpokenForm):
    """A count as somebody gave it."""

    wording = short(
        later("Their wording"),
        hint=later("Word for word: “at least 120”, “about 120”, “hundreds”."),
        needed=True,
        most=500,
    )
    hedge = one_of(later("They say"), HEDGES, first=Hedge.EXACT)
    number = _number(later("Number"))
    other = _number(later("Second number"), later("Only for “between two numbers”."))
    size = one_of(
        later("Size in words"),
        (),
        needed=False,
        hint=later("Only for “words only”. Words are never turned into a number."),
    )
    total = _number(later("Out of how many"))
    unit = one_of(later("What is counted"), UNITS, first="people")
    what = one_of(later("Who they are, or what was done to them"), WHAT, first="detained")
    about = TimeField(later("As of"))
    copied_from = one_of(
        later("Copied from"),
        (),
        needed=False,
        hint=later("If they repeat a count that stands here already."),
    )
    field_order = (
        "wording", "hedge", "number", "unit", "what", "about", "speaker", "role",
        "other", "size", "total", "copied_from",
    )  # fmt: skip

    folded = ("other", "size", "total", "copied_from", *SpokenForm.folded)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Offer the counts that stand there, and the sizes in the page's language."""
        super().__init__(*args, **kwargs)
        sizes = self.fields["size"]
        assert isinstance(sizes, forms.ChoiceField)
        sizes.choices = [("", "—"), *((key, _(words)) for key, words in SIZES.items())]
        rows = reading.live(self.subject, TERM)
        self.counts = {str(row.pk): row for row in rows}
        field = self.fields["copied_from"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "—"),
            *((key, f"{row.speaker}: {row.as_said}"[:100]) for key, row in self.counts.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a wording without its number."""
        cleaned = super().clean()
        hedge = cleaned.get("hedge")
        if hedge == Hedge.WORDS and not cleaned.get("size"):
            self.add_error("size", say("Choose one."))
        elif hedge != Hedge.WORDS and "number" in cleaned and cleaned["number"] is None:
            self.add_error("number", say("Write a number."))
        elif hedge == Hedge.RANGE and "other" in cleaned and cleaned["other"] is None:
            self.add_error("other", say("Write a number."))
        return cleaned

    def claim(self) -> Claim:
        """Return the count."""
        kept = self.cleaned_data
        total = kept["total"]
        counted = Counted(
            self._bounds(),
            kept["unit"],
            kept["what"],
            None if total is None else Bounds.of(Hedge.EXACT, total),
        )
        return counting.claim_of(
            counted, wording=kept["wording"], about=kept["about"], zone=kept["zone"]
        )

    def _bounds(self) -> Bounds:
        kept = self.cleaned_data
        if kept["hedge"] == Hedge.WORDS:
            return Bounds.in_words(kept["size"])
        if kept["hedge"] == Hedge.RANGE:
            return Bounds.between(kept["number"], kept["other"])
        return Bounds.of(Hedge(kept["hedge"]), kept["number"])


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Take down a count of an event."""
    event = event_at(code, request)
    form = CountForm(request.POST or None, subject=event, initial=drafts.typed(request))

    def keep(by: recording.Hand) -> None:
        statement = recording.state(event, form.claim(), form.said(by), by)
        original = form.counts.get(form.cleaned_data["copied_from"])
        if original is not None:
            Descent.objects.create(copy=statement, original=original, by=by.by, at=by.at)

    return spoken(request, form, say("Take down a count"), keep)


@require_POST
def descend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that a count repeats another one of its event, or that it does not after all."""
    event = event_at(code, request)
    rows = {str(row.pk): row for row in reading.live(event, TERM)}
    copy = get_object_or_404(Statement, pk=pk, pk__in=[row.pk for row in rows.values()])
    wanted = request.POST.get("original", "")
    by = hand(request)
    with transaction.atomic():
        for standing in _standing(copy):
            Descent.objects.create(copy=copy, original=standing, holds=False, by=by.by, at=by.at)
        original = rows.get(wanted)
        if original is not None and original.pk != copy.pk:
            Descent.objects.create(copy=copy, original=original, by=by.by, at=by.at)
    messages.success(request, say("It was taken down."))
    return redirect("case", code=event.code)


def _standing(copy: Statement) -> list[Statement]:
    newest: dict[int, Descent] = {}
    for one in Descent.objects.filter(copy=copy).select_related("original").order_by("pk"):
        newest[one.original_id] = one
    return [one.original for one in newest.values() if one.holds]
