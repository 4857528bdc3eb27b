"""The page of one sought person: matches, where we looked and could not, events, spellings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from habeas.watch.models import Person
from habeas.watch.pages import coverage_rows, happenings, standing
from habeas.watch.pages.moment import now
from habeas.watch.pages.rows import ShownMatch, matches_for_page

SHOWN_MATCHES = 100
SHOWN_EVENTS = 100


@require_GET
def person(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything known of one person's watching."""
    sought = get_object_or_404(Person, code=code)
    moment = now()
    matches = standing.current_matches().filter(person=sought).exclude(verdict="different")
    shown = matches_for_page(matches.order_by("-bits", "pk")[:SHOWN_MATCHES])
    spellings = sought.spellings.filter(withdrawn_at=None).order_by("pk")
    return render(
        request,
        "watch/person.html",
        {
            "person": sought,
            "name": spellings[0].text if spellings else "",
            "now": moment,
            "spellings": spellings,
            "withdrawn": sought.spellings.exclude(withdrawn_at=None).order_by("pk"),
            "waiting": [one for one in shown if one.waits and not _too_little(one)],
            "confirmed": [one for one in shown if one.answer == "same"],
            "refused": [one for one in shown if one.answer == "not_same"],
            "too_little": [one for one in shown if one.waits and _too_little(one)],
            "more_matches": max(0, matches.count() - SHOWN_MATCHES),
            "screening": coverage_rows.being_screened(sought),
            "coverage": coverage_rows.for_person(sought, moment),
            "events": happenings.shown(happenings.of_matches(matches)[:SHOWN_EVENTS]),
        },
    )


def _too_little(shown: ShownMatch) -> bool:
    return shown.match.verdict == "cannot_tell"
