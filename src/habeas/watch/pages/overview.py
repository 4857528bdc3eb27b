"""The first page: what awaits a decision, what happened, what cannot be read, who is sought."""

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from habeas.watch.models import Event, Look, Person
from habeas.watch.pages import happenings, standing
from habeas.watch.pages.moment import now
from habeas.watch.pages.rows import matches_for_page
from habeas.watch.pages.words import DAYS, OBSTACLES
from habeas.watch.schedule import MISSED

IN_A_PART = 200
SHOWN_EVENTS = 5
SHOWN = 30
"""Rows of one kind on the first page; the rest is counted and linked, so that it stays small."""


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show how things stand now."""
    moment = now()
    standings = standing.watches(moment)
    troubled = standing.troubled(standings)
    waiting = standing.current_matches().filter(standing.waiting()).order_by("-bits", "pk")
    people = sought_people()
    grouped = standing.by_source(standings)
    return render(
        request,
        "watch/overview.html",
        {
            "now": moment,
            "matches": matches_for_page(waiting[:SHOWN]),
            "more_matches": max(0, waiting.count() - SHOWN),
            "troubled": [_trouble(one) for one in troubled[:SHOWN]],
            "more_troubled": max(0, len(troubled) - SHOWN),
            "events": happenings.shown(_latest_events()),
            "people": people[:SHOWN],
            "more_people": max(0, len(people) - SHOWN),
            "sources": len(grouped),
            "sources_well": sum(all(one.well for one in group) for group in grouped.values()),
            "unlooked": sum(one.last is None for one in standings),
            "never_watched": not standings,
            "never_looked": not Look.objects.exists(),
        },
    )


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List all sought people, in parts; `?part=2` is the second."""
    page = Paginator(sought_people(), IN_A_PART).get_page(request.GET.get("part"))
    return render(request, "watch/people.html", {"page": page, "people": page.object_list})


def _latest_events() -> QuerySet[Event]:
    matches = standing.current_matches().filter(person__closed_at=None)
    return happenings.of_matches(matches.exclude(verdict="different"))[:SHOWN_EVENTS]


def _trouble(one: standing.WatchStanding) -> dict[str, object]:
    return {
        "standing": one,
        "title": standing.title_of(one.watch.source),
        "sign": DAYS["missed" if one.obstacle == MISSED else "could_not_look"],
        "trouble": OBSTACLES.get(one.obstacle, one.obstacle),
    }


def sought_people() -> list[dict[str, object]]:
    """Return the sought people, those with most to decide first."""
    counted = (
        standing.current_matches()
        .filter(standing.waiting())
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
    )
    waiting = {row["person"]: row["n"] for row in counted}
    found = set(
        standing.current_matches().filter(answer="same").order_by().values_list("person", flat=True)
    )
    rows: list[dict[str, object]] = []
    for person in Person.objects.filter(closed_at=None).prefetch_related("spellings"):
        known = [one.text for one in person.spellings.all() if one.withdrawn_at is None]
        rows.append(
            {
                "person": person,
                "name": known[0] if known else "",
                "spellings": len(known),
                "waiting": waiting.get(person.pk, 0),
                "found": person.pk in found,
            }
        )
    return sorted(rows, key=_order)


def _order(row: dict[str, object]) -> tuple[int, str]:
    waiting = row["waiting"]
    return (-waiting if isinstance(waiting, int) else 0, str(row["person"]))
