"""Takes what has ended out of everybody's sight; where it stood, a page says that it stood there.

What a member sees is a scope; what has ended is in nobody's. So it is gone from pages, search,
calendars and answers to programs alike, without any of them asking.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as say

from habeas.cases.access import told
from habeas.cases.access.roles import LISTED
from habeas.cases.retention import expiring
from habeas.cases.retention.closure import every
from habeas.cases.retention.models import Shut
from habeas.cases.statements.models import Statement, Subject
from habeas.watch.models import Person
from habeas.watch.pages.moment import now
from habeas.watch.scope import Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

BEHIND = frozenset({"look-behind", "keep-until"})
"""Pages of owners about a record that has ended."""
_PLACEHOLDERS = "_placeholders"
_looked_on: dict[str, date] = {}


def narrowed(request: HttpRequest, mine: Scope | None) -> Scope | None:
    """Return a scope without what has ended, and keep for later which placeholders it may know."""
    shut = every(Shut)
    if not shut.exists():
        return mine
    known = shut if mine is None else shut.filter(subject__in=mine.cases)
    setattr(request, _PLACEHOLDERS, known)
    if mine is not None and isinstance(mine.cases, list) and isinstance(mine.people, list):
        gone = dict(known.values_list("subject", "subject__person"))
        cases = [one for one in mine.cases if one not in gone]
        people = [one for one in mine.people if one not in gone.values()]
        return Scope(mine.user, people, cases, narrowed=bool(gone))
    waiting = _Waiting.now()
    # A placeholder of what was purged is a subject that points at nobody.
    cases_left = every(Subject).exclude(kind=Subject.PERSON, person=None)
    cases_left = cases_left.exclude(pk__in=waiting.subjects)
    people_left = every(Person).exclude(pk__in=waiting.people)
    if mine is None:
        return Scope(
            request.user.get_username(),
            people_left.values("pk"),
            cases_left.values("pk"),
            whole=True,
            settled=waiting.settled,
        )
    return Scope(
        mine.user,
        people_left.filter(pk__in=mine.people).values("pk"),
        cases_left.filter(pk__in=mine.cases).values("pk"),
        narrowed=True,
    )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What has ended and waits for its purge.

    Attributes:
        subjects: keys of the people's subjects, and of court records told of in their files alone.
        people: keys of the sought people.
        settled: whether there is nothing of it.
    """

    subjects: "list[int] | QuerySet[Any, Any]"
    people: "list[int] | QuerySet[Any, Any]"
    settled: bool

    @classmethod
    def now(cls) -> "_Waiting":
        """Return what waits now, as numbers; of very many, as a question."""
        shut = every(Shut).filter(purge=None)
        rows = list(shut.values_list("subject", "subject__person")[: LISTED + 1])
        if len(rows) > LISTED:
            people = shut.exclude(subject__person=None).values("subject__person")
            return cls(shut.values("subject"), people, settled=False)
        # Numbers, not questions in questions: a database takes only so many within each other.
        ended = [key for key, _person in rows]
        beside = _beside(ended) if ended else []
        return cls([*ended, *beside], [one for _key, one in rows if one], settled=not rows)


def _beside(ended: list[int]) -> list[int]:
    """Return court records and legal cases that are told of in files that have ended alone."""
    said = every(Statement).filter(other=OuterRef("pk"))
    papers = every(Subject).filter(kind__in=(Subject.LEGAL_CASE, Subject.RECORD))
    theirs = papers.filter(Exists(said.filter(subject__in=ended)))
    return list(
        theirs.exclude(Exists(said.exclude(subject__in=ended))).values_list("pk", flat=True)
    )


def closed(subjects: Collection[int]) -> dict[int, date]:
    """Return those of the subjects, by primary key, whose records have ended, with their days."""
    return dict(every(Shut).filter(subject__in=subjects).values_list("subject", "day"))


def codes_of(words: Collection[str]) -> set[str]:
    """Return those of some words that are codes of records that have ended."""
    rows = every(Shut).filter(subject__code__in=words)
    return set(rows.values_list("subject__code", flat=True))


class Placeholders:
    """Closes once a day what has ended, and answers for what stood at an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Close what has ended since yesterday, then answer."""
        close_daily()
        return self._next(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, given: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Say that a record stood here to those who could see it; others learn nothing."""
        known = getattr(request, _PLACEHOLDERS, None)
        match = request.resolver_match
        if known is None or match is None:
            return None
        route = match.url_name or ""
        codes = set(told.cases(route, given))
        # Asked also where there is nothing, so that both cost the same.
        rows = known.filter(subject__code__in=codes or {""}).select_related("subject", "purge")
        found = list(rows)
        if not found or len(found) < len(codes) or (route in BEHIND and not found[0].purge):
            return None
        if route.startswith("api-"):
            return JsonResponse(_trouble(found[0]), status=410)
        return render(request, "retention/placeholder.html", {"one": found[0]}, status=410)


def close_daily() -> None:
    """Close what has ended, once for each day (UTC) and database of this process."""
    from django.db import connection

    today, place = now().date(), str(connection.settings_dict["NAME"])
    if _looked_on.get(place) != today:
        expiring.shut_due(now())
        _looked_on[place] = today


def _trouble(one: Shut) -> dict[str, str]:
    return {
        "happened": f"A record stood here until {one.day:%Y-%m-%d}.",
        "kept": "Nothing of it is shown any more.",
        "advice": say("Ask the owner of this site."),
    }
