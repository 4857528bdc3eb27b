"""The hand-over page."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from habeas.cases import features
from habeas.cases.board.models import Standing
from habeas.cases.board.pages import shown
from habeas.cases.handover.models import HandOver
from habeas.cases.statements.forms import long
from habeas.cases.statements.pages import hand
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now

_FIRST = timedelta(hours=12)
_AHEAD = timedelta(hours=12)
_SHOWN = 200


class HandOverForm(forms.Form):
    """What the next shift has to know that no row says."""

    note = long(later("What the next shift has to know"))


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show what changed since the last hand-over, or since `?hours=24`; take down a new one."""
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = hand(request)
        HandOver.objects.create(by=by.by, at=by.at, note=form.cleaned_data["note"])
        messages.success(request, say("The shift is handed over."))
        return redirect("hand-over")
    moment = now()
    last = HandOver.objects.order_by("-pk").first()
    since = _since(request, last, moment)
    return render(
        request,
        "handover/handover.html",
        {
            "form": form,
            "faults": faults(form),
            "now": moment,
            "since": since,
            "last": last,
            "changes": changes(since)[:_SHOWN],
            **_ahead(moment),
        },
        status=422 if form.is_bound else 200,
    )


def _since(request: HttpRequest, last: HandOver | None, moment: datetime) -> datetime:
    hours = request.GET.get("hours", "")
    if hours.isascii() and hours.isdigit() and 0 < int(hours) <= 24 * 31:
        return moment - timedelta(hours=int(hours))
    return last.at if last else moment - _FIRST


def changes(since: datetime) -> list[Any]:
    """Return everything that was added since a moment, newest first; each feature tells its own."""
    found = [one for module in features.parts("changes") for one in module.changes(since)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _ahead(moment: datetime) -> dict[str, Any]:
    rows = Standing.objects.filter(subject__person__closed_at=None).select_related(
        "subject__person"
    )
    soon = moment + _AHEAD
    return {
        "ask_again": shown(
            rows.filter(ask_again_at__lte=soon).order_by("ask_again_at")[:50], moment
        ),
        "deadlines": shown(
            rows.filter(deadline_at__lte=moment + timedelta(days=3)).order_by("deadline_at")[:50],
            moment,
        ),
        "stale": shown(rows.filter(stale_at__lte=soon).order_by("stale_at")[:50], moment),
        "disputed": shown(
            rows.filter(open_questions__gt=0).order_by("-open_questions")[:50], moment
        ),
    }
