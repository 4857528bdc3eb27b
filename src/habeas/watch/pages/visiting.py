"""Handing over a visit: somebody answered a captcha in their browser, and habeas may read on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.views.decorators.http import require_http_methods

from habeas.errors import VisitUnclear
from habeas.fetch import Visits, visit_of
from habeas.sources.contract import Obstacle
from habeas.sources.registry import Source
from habeas.watch.models import Look
from habeas.watch.pages import standing
from habeas.watch.pages.forms import VisitForm, faults
from habeas.watch.pages.moment import now


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, source_id: str) -> HttpResponse:
    """Take over a visit at one of a source's hosts, for the watcher on this computer."""
    source = standing.described(source_id)
    if source is None:
        raise Http404
    form = VisitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fault = _taken(source, form.cleaned_data["pasted"], request.user.get_username())
        if not fault:
            words = say("The visit was taken over. It is used until the site asks again.")
            messages.success(request, words)
            return redirect("source", source_id=source_id)
        form.add_error("pasted", fault)
    shown = {"form": form, "faults": faults(form), "id": source_id, "source": source}
    shown["address"] = _asking(source_id) or source.home
    return render(request, "watch/visit.html", shown, status=422 if form.is_bound else 200)


def _asking(source_id: str) -> str:
    """Return the address that asked for a picture last, empty where none did."""
    stopped = Look.objects.filter(watch__source=source_id, obstacle=Obstacle.CAPTCHA)
    look = stopped.order_by("-slot").first()
    asked = [one for one in (look.requests if look else []) if isinstance(one, dict)]
    urls = (str(one.get("url", "")) for one in asked if one.get("obstacle") == Obstacle.CAPTCHA)
    return next(urls, "")


def _taken(source: Source, pasted: str, by: str) -> str:
    """Keep the visit; return what is wrong with it, in the reader's language."""
    try:
        visit = visit_of(pasted, by, now())
    except VisitUnclear:
        return say(
            "This is no request that a browser copied as cURL, or it carries no cookies. Copy the "
            "request of the page that came after the picture."
        )
    if not source.serves(visit.host):
        return say("“%(host)s” is not a host of this source.") % {"host": visit.host[:80]}
    try:
        Visits().add(visit)
    except (OSError, VisitUnclear):
        return say("The visit could not be kept. Look at the free space and at visits.json.")
    return ""
