"""A look page: the proof of having looked, row of the ledger by row."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from habeas.sources.contract import Obstacle
from habeas.watch import scope
from habeas.watch.models import Look
from habeas.watch.pages import standing
from habeas.watch.pages.purposes import purpose_in
from habeas.watch.pages.removed import removed_on
from habeas.watch.pages.rows import plain
from habeas.watch.pages.words import (
    ANSWERED,
    BELIEVED,
    OBSTACLES,
    OUTCOMES,
    UNCONFIRMED,
    WHYS,
    Sign,
    remedy,
)
from habeas.watch.schedule import MISSED


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """One exact request of a look, and the answer that is kept."""

    method: str
    url: str
    purpose: str
    outcome: Sign
    obstacle: Promise | str
    rows: str
    sha256: str
    record: str
    removed: str
    why: Promise | str
    body: str
    tries: int
    visit: str


def sign_of(look: Look) -> Sign:
    """Return the sign of a look; a complete-looking answer that nobody confirmed is no good one."""
    if look.obstacle == MISSED:
        return OUTCOMES[MISSED]
    if look.outcome != "could_not_look" and not look.confirmed:
        return UNCONFIRMED
    return OUTCOMES.get(look.outcome, UNCONFIRMED)


@require_GET
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was asked, what came back and where it is kept."""
    shown = get_object_or_404(Look.objects.select_related("watch"), pk=pk)
    told = scope.current() is None
    return render(
        request,
        "watch/look.html",
        {
            "look": shown,
            "sign": sign_of(shown),
            "obstacle": OBSTACLES.get(shown.obstacle, shown.obstacle),
            "remedy": remedy(shown.obstacle) if shown.obstacle else "",
            "title": standing.title_of(shown.watch.source),
            "list_name": standing.list_name(shown.watch, shown),
            # Requests by name carry names of anybody who is sought.
            "requests": _requests(shown) if told else [],
            "told": told,
            "short": shown.counter is not None and shown.counter != shown.rows,
        },
    )


def _requests(look: Look) -> list[ShownRequest]:
    empty = {_question(listing.request) for listing in look.listings.filter(confirmed=True, rows=0)}
    kept = [one for one in look.requests if isinstance(one, dict)]
    return [_request(one, believed=_question(one) in empty) for one in kept]


def _question(kept: dict[str, Any]) -> tuple[str, str, str]:
    return str(kept.get("method", "")), str(kept.get("url", "")), str(kept.get("body", ""))


def _request(kept: dict[str, Any], *, believed: bool) -> ShownRequest:
    """Return one request; `believed`: its list is empty, as was confirmed in the same look."""
    obstacle = str(kept.get("obstacle") or "")
    outcome = OUTCOMES.get(str(kept.get("outcome", "")), UNCONFIRMED)
    reason = OBSTACLES.get(obstacle, obstacle)
    if believed and obstacle == Obstacle.UNCONFIRMED_EMPTY:
        outcome, reason = OUTCOMES["not_found"], BELIEVED
    elif obstacle == Obstacle.GONE:
        outcome = ANSWERED
    return ShownRequest(
        method=str(kept.get("method", "GET")),
        url=str(kept.get("url", "")),
        purpose=purpose_in(str(kept.get("purpose", "")), get_language() or "en"),
        outcome=outcome,
        obstacle=reason,
        rows=str(kept.get("rows", "")),
        sha256=str(kept.get("sha256", "")),
        removed=removed_on(kept.get("path")),
        record=" ".join(plain(kept[key]) for key in ("path", "record") if kept.get(key)),
        why=WHYS.get(str(kept.get("why", "")), ""),
        body=str(kept.get("body", "")),
        tries=int(kept.get("tries", 1)),
        visit=str(kept.get("visit", "")),
    )
