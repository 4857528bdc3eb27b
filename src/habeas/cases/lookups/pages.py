"""Pages of look-ups: the call list, claiming a desk, taking down an answer, adding a desk."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.cases.lookups import asking
from habeas.cases.lookups.calling import call_list
from habeas.cases.lookups.models import Desk
from habeas.cases.lookups.words import ASK_AGAIN, CHANNELS, DESKS, OUTCOMES
from habeas.cases.statements import drafts, naming, when
from habeas.cases.statements.forms import TimeField, long, one_of, short
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import draw_form, hand, subject_at
from habeas.cases.statements.words import ZONES
from habeas.errors import DeskTaken
from habeas.watch.pages.moment import now


class LookUpForm(forms.Form):
    """What came of asking somebody."""

    whom = short(later("Who was asked"), needed=True, most=300)
    outcome = one_of(later("Answer"), [(key, sign.word) for key, sign in OUTCOMES.items()])
    answer = long(later("Their words"))
    officer = short(later("Who answered: name, rank, number"), most=200)
    spelling = short(later("The name as you asked it"), needed=True, most=1000)
    asked_at = TimeField(
        later("When"), hint=later("Day and time, for example 25.03.2021 14:10."), needed=True
    )
    again = one_of(
        later("Ask again"),
        {
            "": later("when it is usual"),
            "0.5": later("in half an hour"),
            "1": later("in one hour"),
            "3": later("in three hours"),
            "12": later("in twelve hours"),
            "24": later("tomorrow"),
            "never": later("never"),
        },
        needed=False,
    )
    channel = one_of(later("How"), CHANNELS, first="phone")
    zone = one_of(later("Time zone of these dates"), [(zone, zone) for zone in ZONES], first="UTC")

    def clean_asked_at(self) -> str:
        """Return the time of asking.

        Raises:
            forms.ValidationError: it has no time of day.
        """
        text = str(self.cleaned_data["asked_at"])
        if "T" not in text or "/" in text:
            raise forms.ValidationError(
                say("Write the day and the time: the next volunteer has to know how old it is.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a time that has not come yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "asked_at" in cleaned and "zone" in cleaned:
            moment = when.parse(cleaned["asked_at"]).bounds(cleaned["zone"])[0]
            cleaned["moment"] = moment
            if moment is None or moment > now() + timedelta(minutes=5):
                self.add_error("asked_at", say("This time has not come yet."))
        return cleaned

    def taken(self, body: Subject | None) -> asking.Answer:
        """Return what came of asking."""
        kept = self.cleaned_data
        moment: datetime = kept["moment"]
        wait = kept["again"]
        if wait == "never":
            again = None
        else:
            hours = timedelta(hours=float(wait)) if wait else ASK_AGAIN[kept["outcome"]]
            again = moment + hours
        return asking.Answer(
            whom=kept["whom"],
            spelling=kept["spelling"],
            outcome=kept["outcome"],
            asked_at=moment,
            body=body,
            channel=kept["channel"],
            answer=kept["answer"],
            officer=kept["officer"],
            ask_again_at=again,
        )


class DeskForm(forms.Form):
    """An office that can be asked."""

    title = short(later("Name of the office"), needed=True, most=300)
    kind = one_of(later("Kind"), DESKS, first="police")
    phone = short(later("Telephone"), most=100)
    city = short(later("City"), most=100)
    district = short(later("District"), most=100)
    note = short(later("Hours, extension, what to know"), most=500)


@require_GET
def calls(request: HttpRequest, code: str) -> HttpResponse:
    """Show the call list of a person; it prints on A4."""
    subject = subject_at(code, request)
    moment = now()
    return render(
        request,
        "lookups/calls.html",
        {
            "subject": subject,
            "calls": call_list(subject, moment),
            "spellings": naming.spellings(subject),
            "now": moment,
        },
    )


@require_POST
def claim(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """Claim a desk for a quarter of an hour, and go on to the form of its answer."""
    subject = subject_at(code, request)
    office = get_object_or_404(Subject, code=body, kind=Subject.BODY)
    try:
        asking.claim(office, hand(request))
    except DeskTaken as error:
        messages.error(request, f"{error.happened} {error.advice}")
        return redirect("calls", code=subject.code)
    return redirect("ask", code=subject.code, body=office.code)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str, body: str = "") -> HttpResponse:
    """Take down what somebody answered."""
    subject = subject_at(code, request)
    office = get_object_or_404(Subject, code=body, kind=Subject.BODY) if body else None
    form = LookUpForm(
        request.POST or None, initial=_first(request, subject, office) | drafts.typed(request)
    )
    if request.method == "POST" and form.is_valid():
        asking.take(subject, form.taken(office), hand(request))
        drafts.sent(request)
        messages.success(request, say("It was taken down."))
        return redirect("calls", code=subject.code)
    desk = Desk.objects.filter(body=office).order_by("-pk").first() if office else None
    return draw_form(
        request,
        form,
        subject,
        say("Take down an answer"),
        template="lookups/ask.html",
        desk=desk,
        body=office,
        spellings=naming.spellings(subject),
    )


def _first(request: HttpRequest, subject: Subject, office: Subject | None) -> dict[str, str]:
    zone = request.COOKIES.get("habeas-zone", "UTC")
    zone = zone if zone in ZONES else "UTC"
    known = naming.spellings(subject)
    return {
        "whom": office.title if office else "",
        "spelling": known[0].text if known else "",
        "asked_at": f"{now().astimezone(ZoneInfo(zone)):%d.%m.%Y %H:%M}",
        "zone": zone,
    }


@require_http_methods(["GET", "POST"])
def add_desk(request: HttpRequest, code: str) -> HttpResponse:
    """Add an office to the call lists of everybody."""
    subject = subject_at(code, request)
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asking.add_desk(hand=hand(request), **form.cleaned_data)
        messages.success(request, say("The office is in the call list now."))
        return redirect("calls", code=subject.code)
    return draw_form(request, form, subject, say("Add an office"))
