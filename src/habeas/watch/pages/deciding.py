"""Deciding: a person answers a match, with a ground; every answer is a new row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.views.decorators.http import require_http_methods

from habeas.watch.models import Match
from habeas.watch.pages import recording, standing
from habeas.watch.pages.forms import DecisionForm, faults
from habeas.watch.pages.moment import now
from habeas.watch.pages.rows import matches_for_page
from habeas.watch.pages.words import CHOICES


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one match with all that speaks for and against it, and take an answer."""
    match = get_object_or_404(standing.current_matches(), pk=_newest(pk))
    shown = matches_for_page([match])[0]
    newest = shown.decisions[0].pk if shown.decisions else 0
    if request.method == "POST":
        form = DecisionForm(request.POST)
        if form.is_valid() and _seen(form, newest):
            return _record(request, match, form)
    else:
        form = DecisionForm(initial={"seen": newest})
    return render(
        request,
        "watch/decide.html",
        {
            "shown": shown,
            "person": match.person,
            "form": form,
            "faults": faults(form),
            "answers": CHOICES,
            "newest": newest,
            "spellings": match.person.spellings.filter(withdrawn_at=None).order_by("pk"),
        },
        status=422 if form.is_bound else 200,
    )


def _newest(pk: int) -> int:
    """Return the match that stands for this one now: an older link leads there."""
    asked = get_object_or_404(Match.objects.select_related("mention__version__entry"), pk=pk)
    return max(standing.alike(asked).values_list("pk", flat=True))


def _seen(form: DecisionForm, newest: int) -> bool:
    if (form.cleaned_data["seen"] or 0) == newest:
        return True
    form.add_error(
        None, say("Somebody answered meanwhile. Read the newest answer below, then answer again.")
    )
    return False


def _record(request: HttpRequest, match: Match, form: DecisionForm) -> HttpResponse:
    recording.decide(
        match,
        form.cleaned_data["answer"],
        ground=form.cleaned_data["ground"].strip(),
        by=request.user.get_username(),
        at=now(),
    )
    messages.success(request, say("Your answer was recorded. You can change it at any time."))
    return redirect("person", code=match.person.code)
