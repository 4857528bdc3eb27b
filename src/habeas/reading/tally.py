"""Arithmetic of counts: floors with a named root, series, totals. Never a mean of sources.

A count that was copied can never be stronger than what it was copied from: wording hardens on the
way ("about 120" becomes "at least 120"), so bounds are taken from the root. Units are never mixed:
detentions are not people, protocols are neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from habeas.errors import UnitsDiffer
from habeas.reading.bounds import Bounds, Hedge, together


@dataclass(frozen=True, slots=True)
class Reported:
    """A count as somebody reports it.

    Attributes:
        id: the caller's own name of it.
        bounds: how many, by its wording.
        unit: people, detentions, protocols ...
        what: what they are: detained, participants ...
        speaker: who says it; empty if nobody is named.
        wording: the words, as printed.
        as_of: the time it speaks of, in EDTF, empty if unknown.
        derived_from: the id of the count that it was copied from; empty for a root.
    """

    id: str
    bounds: Bounds
    unit: str
    what: str = ""
    speaker: str = ""
    wording: str = ""
    as_of: str = ""
    derived_from: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """The strongest lower bound that has a named root.

    Attributes:
        low: at least so many.
        root: the count that says so: with a named speaker, copied from nowhere.
        copies: the ids of the counts that repeat it.
    """

    low: int
    root: Reported
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hardened:
    """A copy that says more than what it was copied from."""

    copy: Reported
    root: Reported


def root_of(count: Reported, counts: Mapping[str, Reported]) -> Reported:
    """Return the count that a count goes back to; where copies form a ring, the count itself."""
    seen = {count.id}
    here = count
    while here.derived_from and here.derived_from in counts:
        here = counts[here.derived_from]
        if here.id in seen:
            return count
        seen.add(here.id)
    return here


def roots(counts: Iterable[Reported]) -> dict[str, tuple[Reported, ...]]:
    """Return the copies of each root, by the root's id: five copies are one root."""
    by_id = {count.id: count for count in counts}
    found: dict[str, list[Reported]] = defaultdict(list)
    for count in by_id.values():
        root = root_of(count, by_id)
        found.setdefault(root.id, [])
        if root.id != count.id:
            found[root.id].append(count)
    return {root: tuple(copies) for root, copies in found.items()}


def floor(counts: Sequence[Reported], unit: str, what: str = "") -> Floor | None:
    """Return the strongest floor of one unit and thing; None if no named root gives one.

    Args:
        counts: all counts of one event.
        unit: the unit; counts of other units are left out.
        what: the thing counted; empty for any.
    """
    by_id = {count.id: count for count in counts}
    best: Floor | None = None
    for root, copies in roots(counts).items():
        own = by_id[root]
        if own.unit != unit or (what and own.what != what):
            continue
        if not own.speaker or own.bounds.low is None:
            continue
        if best is None or own.bounds.low > best.low:
            best = Floor(own.bounds.low, own, tuple(copy.id for copy in copies))
    return best


def hardened(counts: Sequence[Reported]) -> list[Hardened]:
    """Return the copies that claim more than the count they were copied from."""
    by_id = {count.id: count for count in counts}
    found = []
    for count in counts:
        source = by_id.get(count.derived_from)
        if source is not None and stronger(count.bounds, source.bounds):
            found.append(Hardened(count, source))
    return found


def stronger(one: Bounds, other: Bounds) -> bool:
    """Return whether one wording says more than another: a bound, or a tighter one."""
    if one.hedge is Hedge.WORDS:
        return False
    if other.hedge in {Hedge.WORDS, Hedge.ABOUT}:
        return one.known
    low = one.low is not None and (other.low is None or one.low > other.low)
    high = one.high is not None and (other.high is None or one.high < other.high)
    return low or high


def series(counts: Iterable[Reported]) -> dict[tuple[str, str, str], tuple[Reported, ...]]:
    """Return the counts of each speaker, unit and thing in order of the time they speak of.

    Counts without a time come first, in the order given. Nothing is joined across speakers.
    """
    found: dict[tuple[str, str, str], list[Reported]] = defaultdict(list)
    for count in counts:
        found[count.speaker, count.unit, count.what].append(count)
    return {key: tuple(sorted(own, key=lambda one: one.as_of)) for key, own in found.items()}


def sum_of(parts: Sequence[Reported]) -> Bounds | None:
    """Return the bounds of parts that share no person, such as counts by city.

    Raises:
        UnitsDiffer: the parts are of different units.
    """
    units = {part.unit for part in parts}
    if len(units) > 1:
        raise UnitsDiffer(units)
    return together([part.bounds for part in parts])


def fits(parts: Sequence[Reported], total: Reported) -> bool | None:
    """Return whether parts can make up a total; None where the wordings do not tell."""
    whole = sum_of(parts)
    if whole is None or not (whole.known and total.bounds.known):
        return None
    if whole.low is not None and total.bounds.high is not None and whole.low > total.bounds.high:
        return False
    return whole.agrees(total.bounds)
