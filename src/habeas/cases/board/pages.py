"""The board: who needs somebody now, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET

from habeas.cases import features
from habeas.cases.board.models import Standing
from habeas.cases.statements import naming
from habeas.cases.statements.models import Draft
from habeas.names.letters import Script
from habeas.watch.models import Spelling
from habeas.watch.pages import standing as watching
from habeas.watch.pages.moment import now

IN_A_PART = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the board.

    Attributes:
        why: what they need, first things first, each with the time since when; the time is in the
            future for what comes next.
        matches: how many await a decision.
    """

    standing: Standing
    name: str
    why: tuple[tuple[Promise, datetime, bool], ...]
    matches: int


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """List all people by what needs somebody; `?part=2` is the second part."""
    moment = now()
    rows = Standing.objects.filter(subject__person__closed_at=None).select_related(
        "subject__person"
    )
    page = Paginator(rows.order_by("attention_at", "pk"), IN_A_PART).get_page(
        request.GET.get("part")
    )
    return render(
        request,
        "board/board.html",
        {
            "now": moment,
            "page": page,
            "rows": shown(page.object_list, moment),
            "needing": rows.filter(attention_at__lte=moment).count(),
            "notices": [
                one
                for feature in features.parts("notices")
                for one in feature.notices(request, moment)
            ],
            "drafts": _drafts(request),
        },
    )


def _drafts(request: HttpRequest) -> list[Draft]:
    """Return the newest drafts of the one who asks, without those of what has ended."""
    drafts = list(Draft.objects.filter(by=request.user.get_username()).order_by("-at")[:10])
    for feature in features.parts("narrowing"):
        ended = feature.codes_of([part for one in drafts for part in one.path.split("/")])
        drafts = [one for one in drafts if ended.isdisjoint(one.path.split("/"))]
    return drafts


def shown(standings: Iterable[Standing], moment: datetime) -> list[Row]:
    """Return rows of the board with names and reasons, in the order given."""
    kept = list(standings)
    people = [one.subject.person_id for one in kept if one.subject.person_id]
    names = names_of(people)
    counted = (
        watching.current_matches()
        .filter(watching.waiting(), person__in=people)
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
    )
    waiting = {row["person"]: row["n"] for row in counted}
    return [
        Row(
            one,
            names.get(one.subject.person_id or 0, one.subject.code),
            reasons(one, moment),
            waiting.get(one.subject.person_id or 0, 0),
        )
        for one in kept
    ]


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Return a name of each person, in the reader's script where there is one."""
    wanted = naming.READ_IN.get(get_language() or "", Script.LATIN)
    grouped: dict[int, list[Spelling]] = {}
    rows = Spelling.objects.filter(person__in=list(people), withdrawn_at=None).order_by("pk")
    for row in rows:
        grouped.setdefault(row.person_id, []).append(row)
    return {
        person: naming.in_reading_order(group, wanted)[0].text for person, group in grouped.items()
    }


def reasons(one: Standing, moment: datetime) -> tuple[tuple[Promise, datetime, bool], ...]:
    """Return why a case needs somebody: words, since when or when, and whether it is so now."""
    if one.stale_at is None:
        unknown = (later("nothing is known"), one.subject.added_at)
    else:
        unknown = (later("knowledge is too old"), one.stale_at)
    found = [
        (words, at, at <= moment)
        for words, at in (
            unknown,
            (later("ask again"), one.ask_again_at),
            (later("deadline"), one.deadline_at),
        )
        if at is not None
    ]
    return tuple(sorted(found, key=lambda row: row[1]))
