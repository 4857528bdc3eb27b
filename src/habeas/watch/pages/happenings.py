"""What happened to entries that may be about a sought person, and what proves an absence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from habeas.watch.models import Entry, Event, Match
from habeas.watch.pages import standing
from habeas.watch.pages.rows import plain
from habeas.watch.pages.words import EVENTS, FACTS, OBSTACLES, PROOFS, Sign
from habeas.watch.pulled import CARD

if TYPE_CHECKING:
    from habeas.watch.pages.standing import Answered

IN_A_PART = 50


@dataclass(frozen=True, slots=True)
class About:
    """Whom an entry may be about, and the name that it prints."""

    code: str
    printed: str


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event of an entry that may be a sought person's.

    Attributes:
        about: who may be meant; one line for each person and printed name.
        number: the display number of the entry, empty where it has none.
        language: of the page that printed the name.
    """

    event: Event
    sign: Sign
    about: tuple[About, ...]
    number: str
    language: str

    @property
    def source(self) -> str:
        """The id of its source."""
        return self.event.entry.source

    @property
    def source_title(self) -> str:
        """The title of its source."""
        return standing.title_of(self.source)

    @property
    def codes(self) -> list[str]:
        """Of the people that may be meant, each once."""
        return list(dict.fromkeys(who.code for who in self.about))

    def changes(self) -> Iterator[tuple[Promise | str, str, str]]:
        """Yield what changed: field, before, after; nothing for events of another kind."""
        if self.event.kind not in {Event.CHANGED, Event.APPEARED}:
            return
        for term, pair in self.event.changes.items():
            if isinstance(pair, list) and len(pair) == 2:
                yield FACTS.get(term, term.replace("_", " ")), plain(pair[0]), plain(pair[1])

    @property
    def looks(self) -> list[int]:
        """The looks that prove an absence: complete lists without the entry, in order."""
        proof = self.event.changes.get("looks", [])
        return [one for one in proof if isinstance(one, int)] if isinstance(proof, list) else []

    @property
    def own_page(self) -> Promise | str:
        """What the entry's own address said when it was missing; empty if it was not asked."""
        said = str(self.event.changes.get("card", ""))
        return PROOFS.get(said, OBSTACLES.get(said, said))

    @property
    def tombstone(self) -> str:
        """SHA-256 of what that address answered, empty where nothing was recorded."""
        kept = self.event.changes.get("tombstone")
        return str(kept.get("sha256", "")) if isinstance(kept, Mapping) else ""


def of_matches(matches: "QuerySet[Answered]") -> QuerySet[Event]:
    """Return the events of the entries that matches stand in, newest first.

    Entries of matches that somebody refused are left out, and so is that we read an entry's own
    page for the first time: nothing happened to it then.
    """
    meant = matches.filter(Q(answer__isnull=True) | ~Q(answer="not_same")).order_by()
    cases = Entry.objects.filter(
        source=OuterRef("entry__source"),
        identity=OuterRef("entry__identity"),
        versions__mentions__matches__in=meant.values("pk"),
    )
    return (
        Event.objects.filter(Exists(cases))
        .exclude(kind=Event.APPEARED, entry__scope__startswith=CARD)
        .select_related("entry", "look")
        .order_by("-at", "-pk")
    )


def shown(events: Iterable[Event]) -> list[ShownEvent]:
    """Return events with the names and numbers of their entries."""
    rows = list(events)
    about = _about(rows)
    numbers = _numbers(rows)
    return [
        ShownEvent(
            one,
            EVENTS.get(one.kind, Sign(one.kind, "?", "quiet")),
            tuple(about.get((one.entry.source, one.entry.identity), ())),
            numbers.get((one.entry.source, one.entry.identity), ""),
            standing.language_of(one.entry.source),
        )
        for one in rows
    ]


def _about(events: Iterable[Event]) -> dict[tuple[str, str], list[About]]:
    found: dict[tuple[str, str], list[About]] = {}
    rows = Match.objects.filter(
        mention__version__entry__identity__in={one.entry.identity for one in events}
    ).values_list(
        "mention__version__entry__source",
        "mention__version__entry__identity",
        "person__code",
        "mention__printed",
    )
    for source, identity, code, printed in rows.order_by("pk"):
        names = found.setdefault((source, identity), [])
        if About(code, printed) not in names:
            names.append(About(code, printed))
    return found


def _numbers(events: Iterable[Event]) -> dict[tuple[str, str], str]:
    """Return the latest display number of each case."""
    entries = Entry.objects.filter(identity__in={one.entry.identity for one in events})
    facts = entries.values_list("source", "identity", "versions__facts").order_by("versions__pk")
    return {
        (source, identity): plain(number)
        for source, identity, kept in facts
        if (number := _number(kept))
    }


def _number(facts: Any) -> Any:  # noqa: ANN401 - JSON, as it was kept
    return (facts.get("case_number") or facts.get("number")) if isinstance(facts, dict) else None


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """List what happened to entries that may be about sought people; `?part=2` is the second."""
    matches = standing.current_matches().filter(person__closed_at=None)
    found = of_matches(matches.exclude(verdict="different"))
    page = Paginator(found, IN_A_PART).get_page(request.GET.get("part"))
    return render(request, "watch/events.html", {"page": page, "events": shown(page.object_list)})
