"""The page of one sought person: matches, where we looked and could not, events, spellings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from habeas.watch.models import Entry, Event, Person
from habeas.watch.pages import coverage_rows, standing
from habeas.watch.pages.moment import now
from habeas.watch.pages.rows import ShownMatch, matches_for_page, plain
from habeas.watch.pages.words import EVENTS, FACTS, Sign

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from habeas.watch.pages.standing import Answered

SHOWN_MATCHES = 100
SHOWN_EVENTS = 100


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event of an entry that may be the person's, with its changes in pairs."""

    event: Event
    sign: Sign

    @property
    def source(self) -> str:
        """The id of its source."""
        return self.event.entry.source

    @property
    def source_title(self) -> str:
        """The title of its source."""
        return standing.title_of(self.source)

    def changes(self) -> Iterator[tuple[Promise | str, str, str]]:
        """Yield what changed: field, before, after; fields of no before-and-after are left out."""
        for term, pair in self.event.changes.items():
            if isinstance(pair, list) and len(pair) == 2:
                yield FACTS.get(term, term.replace("_", " ")), plain(pair[0]), plain(pair[1])


@require_GET
def person(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything known of one person's watching."""
    sought = get_object_or_404(Person, code=code)
    moment = now()
    matches = standing.current_matches().filter(person=sought).exclude(verdict="different")
    shown = matches_for_page(matches.order_by("-bits", "pk")[:SHOWN_MATCHES])
    return render(
        request,
        "watch/person.html",
        {
            "person": sought,
            "now": moment,
            "spellings": sought.spellings.filter(withdrawn_at=None).order_by("pk"),
            "withdrawn": sought.spellings.exclude(withdrawn_at=None).order_by("pk"),
            "waiting": [one for one in shown if one.waits and not _too_little(one)],
            "confirmed": [one for one in shown if one.answer == "same"],
            "refused": [one for one in shown if one.answer == "not_same"],
            "too_little": [one for one in shown if one.waits and _too_little(one)],
            "more_matches": max(0, matches.count() - SHOWN_MATCHES),
            "screening": coverage_rows.being_screened(sought),
            "coverage": coverage_rows.for_person(sought, moment),
            "events": _events(matches),
        },
    )


def _too_little(shown: ShownMatch) -> bool:
    return shown.match.verdict == "cannot_tell"


def _events(matches: "QuerySet[Answered]") -> list[ShownEvent]:
    """Return what happened to the entries in which the person may be named, newest first."""
    cases = Entry.objects.filter(
        source=OuterRef("entry__source"),
        identity=OuterRef("entry__identity"),
        versions__mentions__matches__in=matches.filter(
            Q(answer__isnull=True) | ~Q(answer="not_same")
        )
        .order_by()
        .values("pk"),
    )
    found = (
        Event.objects.filter(Exists(cases))
        .select_related("entry", "look")
        .order_by("-at", "-pk")[:SHOWN_EVENTS]
    )
    return [ShownEvent(one, EVENTS.get(one.kind, Sign(one.kind, "?", "quiet"))) for one in found]
