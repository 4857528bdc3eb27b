"""Where things stand now: derived from the ledger, the matches and the decisions, never kept.

A watch stands confirmed, or it could not be looked at since some slot. A match awaits a decision
until somebody answers it; the newest answer counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import get_language
from django.utils.translation import ngettext as say_n

from habeas.errors import SourceUnknown
from habeas.sources.registry import Source, source
from habeas.watch import scope
from habeas.watch.models import Decision, Event, Look, Match, Watch
from habeas.watch.pages.purposes import purpose_in
from habeas.watch.pulled import CARD
from habeas.watch.reconciling import ABSENT, PRESENCE
from habeas.watch.schedule import MISSED

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Answer(TypedDict):
        answer: str | None

    Answered: TypeAlias = WithAnnotations[Match, _Answer]

_ALIKE = (
    "person",
    "folded",
    "mention__version__entry__source",
    "mention__version__entry__identity",
)
# Bits by which a comparison has to be stronger to be asked again, as in `watch.matching`.
_NOTHING_NEW = 0.05

OVERDUE_AFTER = 2
"""Intervals without a ledger row after which habeas itself is told to be not running."""


@dataclass(frozen=True, slots=True)
class WatchStanding:
    """One watch and the end of its ledger.

    Attributes:
        last: the latest row of the ledger, None before the first.
        complete: the latest confirmed look.
        since: the first slot after that which was not confirmed; None where all is well.
        overdue: no row was written for two intervals: habeas is not running.
    """

    watch: Watch
    last: Look | None
    complete: Look | None
    since: datetime | None
    overdue: bool

    @property
    def well(self) -> bool:
        """Whether the latest look is complete, confirmed and in time."""
        return self.last is not None and self.last.confirmed and not self.overdue

    @property
    def obstacle(self) -> str:
        """Why it does not stand well; empty where it does or where nothing was due yet."""
        if self.overdue:
            return MISSED
        if self.last is None or self.last.confirmed:
            return ""
        return self.last.obstacle or "incomplete"

    @property
    def list_name(self) -> str:
        """The list that is looked at, in the language of the page; empty for the whole source."""
        return list_name(self.watch, self.last)


def list_name(watch: Watch, look: Look | None) -> str:
    """Return the words for what was asked: the lists, or else the court; and another route."""
    # A source that is asked by name has names in its requests; of whom, only those may read who
    # may see everybody.
    told = look is not None and scope.sees_all()
    asked = [one for one in (look.requests if look and told else []) if isinstance(one, dict)]
    purposes = [str(one.get("purpose", "")) for one in asked if one.get("why", "list") == "list"]
    reader = get_language() or "en"
    lists = [purpose_in(one, reader) for one in dict.fromkeys(purposes) if one]
    words = _together(lists)
    known = described(watch.source)
    court = known.court_title(watch.court) if known and watch.court else watch.court
    route = "" if watch.route == "direct" else watch.route
    # The words of a list mostly say of which court it is.
    return ", ".join(part for part in ("" if court in words else court, words, route) if part)


def _together(lists: Sequence[str]) -> str:
    """Return them in one, as far as they are alike: hearings on 25.03. … 30.03., such a court."""
    if len(lists) < 2:
        return "".join(lists)
    first, *others = (words.split(" ") for words in lists)
    last = next((one for one in reversed(others) if _alike(first, one)), [])
    head = _alike(first, last)
    tail = _alike(first[head:][::-1], last[head:][::-1])
    if not last:
        more = len(others)
        words = say_n("%(first)s, and %(n)s more page", "%(first)s, and %(n)s more pages", more)
        return words % {"first": lists[0], "n": more}
    changing = " ".join(first[head : len(first) - tail]).rstrip(",")
    return " ".join(part for part in (*first[:head], changing, "…", *last[head:]) if part)


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words, from the first on, are the same."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))
    )


def watches(now: datetime, **wanted: str) -> list[WatchStanding]:
    """Return how each active watch stands; `wanted` narrows, as in a query."""
    ledger = Look.objects.filter(watch=OuterRef("pk")).order_by("-slot")
    confirmed = ledger.filter(confirmed=True)
    rows = list(
        Watch.objects.filter(stopped_at__isnull=True, **wanted)
        .annotate(
            last_id=Subquery(ledger.values("pk")[:1]),
            complete_id=Subquery(confirmed.values("pk")[:1]),
        )
        .order_by("source", "court", "route")
    )
    wanted_looks = {pk for row in rows for pk in (row.last_id, row.complete_id) if pk}
    looks = _looks(wanted_looks)
    return [_standing(row, looks.get(row.last_id), looks.get(row.complete_id), now) for row in rows]


def _looks(ids: set[int]) -> dict[int, Look]:
    found: dict[int, Look] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), 900):  # SQLite takes 999 values in one statement
        found |= Look.objects.in_bulk(ordered[start : start + 900])
    return found


def _standing(
    watch: Watch, last: Look | None, complete: Look | None, now: datetime
) -> WatchStanding:
    since = None
    if last is not None and not last.confirmed:
        bad = Look.objects.filter(watch=watch, confirmed=False)
        if complete is not None:
            bad = bad.filter(slot__gt=complete.slot)
        since = bad.order_by("slot").values_list("slot", flat=True).first()
    every = timedelta(seconds=watch.every_s)
    reference = watch.added_at if last is None else last.slot + (last.slots - 1) * every
    overdue = now - reference > OVERDUE_AFTER * every
    if overdue and since is None:
        since = reference + every
    return WatchStanding(watch, last, complete, since, overdue)


def alike(match: Match) -> QuerySet[Match]:
    """Return every match of the same person, case and printed name, this one included."""
    entry = match.mention.version.entry
    return Match.objects.filter(
        person=match.person_id,
        folded=match.folded,
        mention__version__entry__source=entry.source,
        mention__version__entry__identity=entry.identity,
    )


def current_matches() -> "QuerySet[Answered]":
    """Return what there is to decide: one match for each person, case and printed name.

    A case can stand in several lists, and be compared again when more spellings are known; the
    newest match stands for all of them. The newest answer to any of them is its `answer`, unless
    the comparison has become stronger since by spellings that were not known then.
    """
    same = {field: OuterRef(field) for field in _ALIKE}
    newer = Match.objects.filter(pk__gt=OuterRef("pk"), **same)
    answers = Decision.objects.filter(
        **{f"match__{field}": value for field, value in same.items()}
    ).order_by("-pk")
    return (
        Match.objects.filter(~Exists(newer))
        .annotate(
            given=Subquery(answers.values("answer")[:1]),
            given_spellings=Subquery(answers.values("match__spellings")[:1]),
            given_bits=Subquery(answers.values("match__bits")[:1]),
        )
        .annotate(
            answer=Case(
                When(given=Decision.SAME, then=F("given")),
                When(given_spellings__gte=F("spellings"), then=F("given")),
                When(given_bits__gte=F("bits") - _NOTHING_NEW, then=F("given")),
                default=None,
            )
        )
        .select_related("person", "mention__version__entry", "mention__version__look")
    )


def decisions_about(matches: Iterable[Match]) -> dict[int, list[Decision]]:
    """Return the whole history of each match, newest first, answers to older ones included."""
    keys = {_key(one): one.pk for one in matches}
    known = Decision.objects.filter(
        match__person__in={key[0] for key in keys},
        match__mention__version__entry__identity__in={key[2] for key in keys},
    )
    found: dict[int, list[Decision]] = {}
    said: set[tuple[int, str, str, datetime]] = set()
    for decision in known.select_related("match__mention__version__entry").order_by("-pk"):
        pk = keys.get(_key(decision.match))
        # An answer that was written down beside several alike matches is one answer.
        once = (pk or 0, decision.answer, decision.by, decision.at)
        if pk is not None and once not in said:
            said.add(once)
            found.setdefault(pk, []).append(decision)
    return found


def _key(match: Match) -> tuple[int, str, str, str]:
    entry = match.mention.version.entry
    return (match.person_id, entry.source, entry.identity, match.folded)


def gone_since(matches: Iterable[Match]) -> dict[int, Event]:
    """Return, by match, the event by which its case left the last list that it stood in."""
    wanted = {_case(one): one.pk for one in matches}
    events = (
        Event.objects.filter(
            entry__source__in={source for source, _identity in wanted},
            entry__identity__in={identity for _source, identity in wanted},
            kind__in=PRESENCE,
        )
        .exclude(entry__scope__startswith=CARD)
        .select_related("entry")
        .order_by("pk")
    )
    latest: dict[tuple[str, str], dict[int, Event]] = {}
    for event in events:
        key = event.entry.source, event.entry.identity
        latest.setdefault(key, {})[event.entry_id] = event
    return {
        pk: max(latest[case].values(), key=lambda event: event.pk)
        for case, pk in wanted.items()
        if case in latest and all(event.kind in ABSENT for event in latest[case].values())
    }


def _case(match: Match) -> tuple[str, str]:
    entry = match.mention.version.entry
    return entry.source, entry.identity


def waiting() -> Q:
    """Return the condition for matches of `current_matches` that await a decision."""
    unanswered = Q(answer__isnull=True) | Q(answer=Decision.OPEN)
    return unanswered & Q(verdict__in=("same", "likely", "possible"), person__closed_at=None)


def by_source(standings: Iterable[WatchStanding]) -> dict[str, list[WatchStanding]]:
    """Return the standings of each source, sources in order."""
    grouped: dict[str, list[WatchStanding]] = {}
    for one in standings:
        grouped.setdefault(one.watch.source, []).append(one)
    return grouped


def described(source_id: str) -> Source | None:
    """Return the description of a source; None for one that has left the catalogue."""
    try:
        return source(source_id)
    except SourceUnknown:
        return None


def title_of(source_id: str) -> str:
    """Return the title of a source, or its id where the catalogue no longer knows it."""
    known = described(source_id)
    return known.title if known else source_id


def language_of(source_id: str) -> str:
    """Return the language in which a source prints names (ISO 639-1), empty where nobody knows."""
    known = described(source_id)
    return known.publisher_lang if known else ""


def troubled(standings: Sequence[WatchStanding]) -> list[WatchStanding]:
    """Return those that cannot be read now, the longest first."""
    bad = [one for one in standings if one.obstacle]
    return sorted(bad, key=lambda one: (one.since is None, one.since))
