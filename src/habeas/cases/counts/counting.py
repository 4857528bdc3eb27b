"""Counts of an event: what was said, where it was copied from, the strongest floor with a root.

A count is a statement of the property `count` about an event; its bounds stand in the details.
Units and things counted are never mixed, sources never averaged (see `habeas.reading.tally`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.counts.models import Descent
from habeas.cases.statements import reading, when
from habeas.cases.statements.models import Derivation, Statement, Subject
from habeas.cases.statements.recording import Claim
from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.tally import Floor, Reported, floor, hardened
from habeas.reading.words import bounds_words

TERM = "count"
UNNAMED = "anonymous"
"""The role of a speaker whom nobody names: such a count has no named root."""

UNITS: Mapping[str, Promise] = {
    "people": later("people"),
    "detentions": later("detentions"),
    "protocols": later("protocols"),
    "stations": later("police stations"),
    "places": later("cities or regions"),
    "cases": later("cases"),
    "complaints": later("complaints"),
    "signatures": later("signatures"),
    "views": later("views"),
    "vehicles": later("police vans"),
}
"""Units of counts; one is never turned into another."""

WHAT: Mapping[str, Promise] = {
    "": later("not said"),
    "detained": later("detained"),
    "participants": later("who took part"),
    "held": later("still held"),
    "released": later("released"),
    "charged": later("charged"),
    "sentenced": later("sentenced"),
    "deported": later("deported"),
    "minors": later("minors"),
    "wounded": later("wounded"),
    "dead": later("dead"),
    "missing": later("missing"),
    "viewers": later("who watched it"),
}
"""What those counted are, or what was done to them."""

HEDGES: Mapping[str, Promise] = {
    Hedge.EXACT: later("exactly"),
    Hedge.AT_LEAST: later("at least"),
    Hedge.MORE_THAN: later("more than"),
    Hedge.ABOUT: later("about"),
    Hedge.UP_TO: later("at most"),
    Hedge.LESS_THAN: later("fewer than"),
    Hedge.RANGE: later("between two numbers"),
    Hedge.WORDS: later("words only"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, in which unit, out of how many."""

    bounds: Bounds
    unit: str = "people"
    what: str = ""
    total: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A count of an event as its page shows it.

    Attributes:
        number: by which drawing, list and other counts refer to it.
        original: the number of the count that it was copied from; 0 for a root.
        hardened: it says more than the count that it was copied from.
        at: the time it speaks of; None where nobody knows.
    """

    number: int
    statement: Statement
    counted: Counted
    original: int
    hardened: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of one unit and one thing.

    Attributes:
        root: the count that gives the strongest floor; None where no named root gives one.
        copies: the numbers of the counts that repeat it.
    """

    unit: str
    what: str
    told: tuple[Told, ...]
    floor: Floor | None
    root: Told | None
    copies: tuple[int, ...]


def claim_of(counted: Counted, *, wording: str, about: str = "", zone: str = "UTC") -> Claim:
    """Return a count as a claim; `wording` is printed with it wherever it is shown."""
    details = {**_told(counted.bounds, ""), "unit": counted.unit, "what": counted.what}
    value = f"{counted.bounds.shown} {counted.unit}"
    if counted.total is not None:
        details |= _told(counted.total, "total_")
        value += f" / {counted.total.shown}"
    return Claim(TERM, value, as_said=wording, about=about, zone=zone, details=details)


def _told(bounds: Bounds, prefix: str) -> dict[str, str]:
    found = {"hedge": str(bounds.hedge), "words": bounds.words}
    for key in ("low", "high", "number"):
        value = getattr(bounds, key)
        found[key] = "" if value is None else str(value)
    return {prefix + key: value for key, value in found.items()}


def counted_of(statement: Statement) -> Counted:
    """Return what a statement counts."""
    details = {key: str(value) for key, value in statement.details.items()}
    total = _bounds(details, "total_") if details.get("total_hedge") else None
    return Counted(
        _bounds(details, ""), details.get("unit", "people"), details.get("what", ""), total
    )


def _bounds(details: Mapping[str, str], prefix: str) -> Bounds:
    def number(key: str) -> int | None:
        value = details.get(prefix + key, "")
        return int(value) if value else None

    hedge = Hedge(details.get(f"{prefix}hedge", Hedge.WORDS))
    return Bounds(
        hedge, number("low"), number("high"), number("number"), details.get(f"{prefix}words", "")
    )


def in_words(counted: Counted) -> str:
    """Return bounds, unit and total in words of the page's language."""
    unit = str(UNITS.get(counted.unit, counted.unit))
    if counted.what:
        unit += f" ({WHAT.get(counted.what, counted.what)})"
    between = " · " if counted.bounds.hedge in {Hedge.WORDS, Hedge.ABOUT} else " "
    words = bounds_words(counted.bounds) + between + unit
    if counted.total is None:
        return words
    return say("%(count)s, out of %(total)s") % {
        "count": words,
        "total": bounds_words(counted.total),
    }


def groups(event: Subject) -> list[Group]:
    """Return the live counts of an event by unit and thing, in the order in which they were said.

    Numbers run through all groups, so that one list can stand beside several drawings.
    """
    rows = reading.live(event, TERM)
    origins = _origins(rows)
    numbers = {row.pk: number for number, row in enumerate(rows, 1)}
    reported = [_reported(row, origins) for row in rows]
    harder = {one.copy.id for one in hardened(reported)}
    by_kind: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for row in rows:
        counted = counted_of(row)
        by_kind[counted.unit, counted.what].append(
            Told(
                number=numbers[row.pk],
                statement=row,
                counted=counted,
                original=numbers.get(origins.get(row.pk, 0), 0),
                hardened=str(row.pk) in harder,
                at=_time_of(row),
            )
        )
    return [_group(key, told, reported) for key, told in by_kind.items()]


def _group(key: tuple[str, str], told: Sequence[Told], reported: Sequence[Reported]) -> Group:
    unit, what = key
    # Only counts of this thing, so that an empty "what" does not stand for all of them.
    own = [one for one in reported if (one.unit, one.what) == key]
    best = floor(own, unit, what)
    by_pk = {str(one.statement.pk): one for one in told}
    root = by_pk.get(best.root.id) if best else None
    copies = tuple(by_pk[pk].number for pk in best.copies if pk in by_pk) if best else ()
    return Group(unit, what, tuple(told), best, root, copies)


def _reported(row: Statement, origins: Mapping[int, int]) -> Reported:
    counted = counted_of(row)
    return Reported(
        id=str(row.pk),
        bounds=counted.bounds,
        unit=counted.unit,
        what=counted.what,
        speaker="" if row.role == UNNAMED else row.speaker,
        wording=row.as_said,
        as_of=row.about,
        derived_from=str(origins.get(row.pk, "")),
    )


def _time_of(row: Statement) -> datetime | None:
    """Return when a count speaks of: its own time, else when it was said or printed."""
    for text in (row.about, row.said_on, row.document.published if row.document else ""):
        if text:
            first, last = when.parse(text).bounds(row.zone)
            return first or last
    return None


def _origins(rows: Sequence[Statement]) -> dict[int, int]:
    """Return which count each count was copied from: as a person said, else as its document was.

    A document that repeats another repeats its counts: where the other has one count of the same
    unit and thing, that one is the root.
    """
    ids = [row.pk for row in rows]
    found = _by_documents(rows)
    for one in Descent.objects.filter(copy__in=ids, original__in=ids).order_by("pk"):
        if one.holds:
            found[one.copy_id] = one.original_id
        elif found.get(one.copy_id) == one.original_id:
            del found[one.copy_id]
    return found


def _by_documents(rows: Sequence[Statement]) -> dict[int, int]:
    repeats: dict[tuple[int, int], bool] = {}
    papers = {row.document_id for row in rows if row.document_id}
    for one in Derivation.objects.filter(copy__in=papers, original__in=papers).order_by("pk"):
        repeats[one.copy_id, one.original_id] = one.holds
    originals = {copy: original for (copy, original), holds in repeats.items() if holds}
    found = {}
    for row in rows:
        own = counted_of(row)
        wanted = originals.get(row.document_id or 0)
        like = [
            other.pk
            for other in rows
            if wanted and other.document_id == wanted and _alike(own, counted_of(other))
        ]
        if len(like) == 1:
            found[row.pk] = like[0]
    return found


def _alike(one: Counted, other: Counted) -> bool:
    return (one.unit, one.what) == (other.unit, other.what)


def speakers(told: Iterable[Told]) -> dict[str, list[Told]]:
    """Return the counts of each speaker in order of time: how a figure moved in one mouth."""
    found: dict[str, list[Told]] = defaultdict(list)
    for one in sorted(told, key=lambda one: (one.at is not None, one.at, one.number)):
        found[one.statement.speaker].append(one)
    return dict(found)
