"""Sources: which are watched, how each stands, its calendar, and the last looks one by one."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from habeas.sources.contract import Obstacle
from habeas.watch.models import Look, Watch
from habeas.watch.pages import coverage_rows, standing
from habeas.watch.pages.calendar import midnight
from habeas.watch.pages.looks import sign_of
from habeas.watch.pages.moment import now
from habeas.watch.pages.words import OBSTACLES

SHOWN_LISTS = 300
SHOWN_LOOKS = 50
_YEARS = range(
    1990, 2200
)  # of others there is no ledger, and a time zone can push them out of range


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """List the watched sources, those that cannot be read first."""
    rows = [
        {
            "id": source_id,
            "title": standing.title_of(source_id),
            "source": standing.described(source_id),
            "lists": len(group),
            "troubled": len(standing.troubled(group)),
        }
        for source_id, group in standing.by_source(standing.watches(now())).items()
    ]
    rows.sort(key=lambda row: (not row["troubled"], row["id"]))
    return render(request, "watch/sources.html", {"rows": rows})


@require_GET
def source_page(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show one source; `?day=2026-11-24` lists the looks of that day instead of the last ones."""
    described = standing.described(source_id)
    watched = Watch.objects.filter(source=source_id)
    if described is None and not watched.exists():
        raise Http404
    moment = now()
    lines = coverage_rows.for_source(standing.watches(moment, source=source_id))
    day = _day(request.GET.get("day", ""))
    looks = Look.objects.filter(watch__in=watched).select_related("watch").order_by("-slot", "-pk")
    if day is not None:
        zone = coverage_rows.zone_of(source_id)
        begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
        looks = looks.filter(slot__gte=begins, slot__lt=ends)
    return render(
        request,
        "watch/source.html",
        {
            "id": source_id,
            "title": standing.title_of(source_id),
            "source": described,
            "lines": lines[:SHOWN_LISTS],
            "asks_for_a_picture": any(one.standing.obstacle == Obstacle.CAPTCHA for one in lines),
            "more_lists": max(0, len(lines) - SHOWN_LISTS),
            "weeks": coverage_rows.weeks_of(source_id, moment),
            "zone": str(coverage_rows.zone_of(source_id)),
            "day": day,
            "looks": [
                {
                    "look": one,
                    "sign": sign_of(one),
                    "why": OBSTACLES.get(one.obstacle, one.obstacle),
                    "list_name": standing.list_name(one.watch, one),
                }
                for one in looks[:SHOWN_LOOKS]
            ],
            "more_looks": max(0, looks.count() - SHOWN_LOOKS),
        },
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404 from error
    if day is not None and day.year not in _YEARS:
        raise Http404
    return day
