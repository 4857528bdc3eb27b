"""Finds cases by what somebody remembers of a name or a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from habeas.cases.search import keys
from habeas.cases.search.models import Key
from habeas.cases.statements.models import Statement, Subject
from habeas.errors import HabeasError
from habeas.names import Comparison, Matcher, Sought
from habeas.watch.models import Spelling
from habeas.watch.pages.words import VERDICTS, Sign

MOST = 50
_COMPARED = 120
_SURE = frozenset({"same", "likely"})


@dataclass(frozen=True, slots=True)
class Found:
    """A case that may be meant.

    Attributes:
        name: the spelling that fits best.
        sign: how well, empty for a number or a code.
        bits: evidence in bits that the query is this name.
    """

    code: str
    name: str
    kind: str
    sign: Sign | None
    bits: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a query finds; `layout` is the query in the other keyboard layout, if that found it."""

    found: tuple[Found, ...]
    layout: str


def search(query: str) -> Findings:
    """Return the cases that may be meant, the likeliest first, at most `MOST`."""
    query = " ".join(query.split())[:300]
    if not query:
        return Findings((), "")
    found = _by_number(query) + by_name(query)
    if any(one.verdict in _SURE or one.sign is None for one in found):
        return Findings(_once(found), "")
    other = keys.in_other_layout(query)
    turned = by_name(other)
    if turned and (not found or turned[0].bits > found[0].bits):
        return Findings(_once(turned + found), other)
    return Findings(_once(found), "")


def _once(found: Sequence[Found]) -> tuple[Found, ...]:
    return tuple({one.code: one for one in reversed(found)}.values())[::-1][:MOST]


def _by_number(query: str) -> list[Found]:
    wanted = Q(code__iexact=query)
    number = keys.number(query)
    if number:
        wanted |= Q(pk__in=Key.objects.filter(key=number).values("subject"))
    subjects = Subject.objects.filter(wanted).select_related("person")[:MOST]
    names = _spellings(one.pk for one in subjects)
    return [
        Found(one.code, names.get(one.pk, [one.title])[0], one.kind, None, 0.0, "")
        for one in subjects
    ]


def by_name(query: str) -> list[Found]:
    """Return cases whose name sounds like the query, or begins like it, the likeliest first."""
    candidates = _candidates(query)
    if not candidates:
        return []
    names = _spellings(candidates)
    subjects = Subject.objects.in_bulk(candidates)
    matcher = Matcher(Sought((query,)))
    found = [
        one
        for pk in candidates
        for one in _compared(matcher, subjects[pk], _apart(names.get(pk, [subjects[pk].title])))
    ]
    return sorted(found, key=lambda one: (-one.bits, one.code))


def _candidates(query: str) -> list[int]:
    """Return subjects that share most keys with the query; at most `_COMPARED`."""
    wanted = keys.sounding(query)
    pieces = Q(key__in=wanted)
    for word in keys.words_of(query):
        if len(word) > 2:
            start = "w" + word
            pieces |= Q(key__gte=start, key__lt=start + "\U0010ffff")
    if not wanted:
        return []
    rows = (
        Key.objects.filter(pieces)
        .values("subject")
        .annotate(n=Count("pk"))
        .order_by("-n", "subject")[:_COMPARED]
    )
    return [row["subject"] for row in rows]


def _spellings(subjects: Iterable[int]) -> dict[int, list[str]]:
    pks = list(subjects)
    found: dict[int, list[str]] = {}
    rows = Spelling.objects.filter(person__case__in=pks, withdrawn_at=None).order_by("pk")
    for pk, text in rows.values_list("person__case", "text"):
        found.setdefault(pk, []).append(text)
    # Asked for what retracts nothing, SQLite would go through the index of that: nearly all rows.
    said = Statement.objects.filter(subject__in=pks, property__in=("known_as", "passport_name"))
    for pk, text, retracts in said.values_list("subject", "value", "retracts").distinct():
        if retracts is None:
            found.setdefault(pk, []).append(text)
    return found


def _apart(names: Sequence[str]) -> list[str]:
    """Return names without those that are the same words in another order or in capitals."""
    return list({frozenset(keys.words_of(one)): one for one in reversed(names)}.values())[::-1]


def _compared(matcher: Matcher, subject: Subject, names: Sequence[str]) -> list[Found]:
    """Return the subject with how well its best spelling fits; nothing where it does not fit."""
    query = matcher.sought.spellings[0]
    best = max(
        ((comparison.bits, name, comparison) for name, comparison in _comparisons(matcher, names)),
        key=lambda row: row[0],
        default=None,
    )
    begins = next((one for one in names if _begins(query, one)), "")
    if best is None or str(best[2].verdict) == "different":
        if not begins:
            return []
        return [Found(subject.code, begins, subject.kind, None, 0.0, "begins")]
    bits, name, comparison = best
    verdict = str(comparison.verdict)
    return [Found(subject.code, name, subject.kind, VERDICTS.get(verdict), bits, verdict)]


def _comparisons(matcher: Matcher, names: Sequence[str]) -> Iterable[tuple[str, Comparison]]:
    for name in names:
        try:
            yield name, matcher.compare(name)
        except HabeasError:  # nothing to compare in it: a title of figures, a code
            continue


def _begins(query: str, name: str) -> bool:
    words = keys.words_of(name)
    return all(any(word.startswith(piece) for word in words) for piece in keys.words_of(query))
