"""Lists of names: who stands in several of them, and what that can and cannot tell.

Two entries are one person if the comparison of names says so with confidence and nothing else that
the lists print contradicts it. Twins and namesakes stay apart; doubtful pairs are shown, never
merged. Nothing here estimates anything unless it is asked to, and then only with its assumptions.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import exp, log, sqrt

from habeas.errors import HabeasError, OverlapImpossible
from habeas.names import Comparison, Facts, Matcher, Sought, Verdict
from habeas.reading.linking import link_keys

_MOST_RIVALS = 50
"""Entries that share a word of a name and are compared with one entry: the latest ones."""
_MOST_KEYS = 8
_INITIAL = re.compile(r"(?<!\w)[^\W\d_](?:\.|(?!\w)(?![’'‘ʻ]))")
_FEW = 7
"""Matches below which Chapman's estimate is known to be biased (Robson and Regier 1964)."""
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list.

    Attributes:
        list: the name of the list.
        name: the name as printed.
        birth_year: the year of birth, or the year of the list less the age; None if not printed.
        note: whatever else tells people apart (station, van), for the reader only.
    """

    list: str
    name: str
    birth_year: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one person's, with what the comparison says."""

    one: int
    other: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Entries in groups, each one person as far as can be told.

    Attributes:
        groups: the numbers of the entries of each person, in order of the first.
        doubtful: pairs that a person has to look at; they are in different groups.
        skipped: entries that were not compared with everybody who shares a word of their name,
            because so many do.
    """

    groups: tuple[tuple[int, ...], ...]
    doubtful: tuple[Pair, ...]
    skipped: tuple[int, ...] = ()

    @property
    def at_least(self) -> int:
        """So many people there are at least: if every doubtful pair is one person."""
        parent = list(range(len(self.groups)))
        group_of = {entry: n for n, group in enumerate(self.groups) for entry in group}
        for pair in self.doubtful:
            one = _root(parent, group_of[pair.one])
            other = _root(parent, group_of[pair.other])
            parent[max(one, other)] = min(one, other)
        return len({_root(parent, n) for n in range(len(self.groups))})


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


class _Groups:
    """Entries put together, with who may not be in one group."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.members: list[list[int]] = [[number] for number in range(size)]
        self.apart: dict[int, set[int]] = defaultdict(set)

    def keep_apart(self, one: int, other: int) -> None:
        """Note that two entries are two people."""
        self.apart[one].add(other)
        self.apart[other].add(one)

    def settle(self, decided: Mapping[tuple[int, int], bool]) -> None:
        """Put together and keep apart what a person decided; what they kept apart comes first."""
        for (one, other), same in decided.items():
            if not same:
                self.keep_apart(one, other)
        for (one, other), same in decided.items():
            if same:
                self.join(one, other)

    def join(self, one: int, other: int) -> bool:
        """Put two entries' groups together; False if somebody in them is known to be different."""
        first, second = _root(self.parent, one), _root(self.parent, other)
        if first == second:
            return True
        small, large = sorted((first, second), key=lambda node: len(self.members[node]))
        theirs = set(self.members[large])
        if any(self.apart[member] & theirs for member in self.members[small]):
            return False
        self.parent[small] = large
        self.members[large] += self.members[small]
        self.members[small] = []
        return True


def deduplicate(
    entries: Sequence[Entry], decided: Mapping[tuple[int, int], bool] | None = None
) -> Deduplicated:
    """Return the entries grouped by person; time is near linear unless all share one name.

    Args:
        entries: the lines of all lists.
        decided: what a person said of a pair (the lower number first): one person, or two. It
            stands above every comparison; what is decided is no longer doubtful.
    """
    decided = decided or {}
    groups = _Groups(len(entries))
    groups.settle(decided)
    sure: list[Pair] = []
    doubtful: list[Pair] = []
    skipped: set[int] = set()
    for pair in _pairs(entries, skipped, decided):
        verdict = pair.comparison.verdict
        if verdict is Verdict.DIFFERENT or _contradicted(entries, pair):
            groups.keep_apart(pair.one, pair.other)
        elif verdict in (Verdict.SAME, Verdict.LIKELY) and not _initials(entries, pair):
            sure.append(pair)
        elif verdict is not Verdict.CANNOT_TELL or pair.comparison.bits > 0:
            doubtful.append(pair)
    surest = sorted(sure, key=lambda one: -one.comparison.bits)
    doubtful += [pair for pair in surest if not groups.join(pair.one, pair.other)]
    found = sorted(tuple(sorted(group)) for group in groups.members if group)
    still = [p for p in doubtful if _root(groups.parent, p.one) != _root(groups.parent, p.other)]
    doubts = tuple(sorted(still, key=lambda p: (p.one, p.other)))
    return Deduplicated(tuple(found), doubts, tuple(sorted(skipped)))


def _initials(entries: Sequence[Entry], pair: Pair) -> bool:
    """Return whether one name has initials only, which brothers share."""
    return any(_INITIAL.search(entries[number].name) for number in (pair.one, pair.other))


def _contradicted(entries: Sequence[Entry], pair: Pair) -> bool:
    """Return whether years of birth keep two entries apart that share a name."""
    one, other = entries[pair.one].birth_year, entries[pair.other].birth_year
    return one is not None and other is not None and abs(one - other) > 1


def _pairs(
    entries: Sequence[Entry], skipped: set[int], decided: Mapping[tuple[int, int], bool]
) -> Iterator[Pair]:
    """Yield the entries that share a word of their names, compared; none that is decided.

    Those that share two words are compared first. An entry is put into `skipped` if a word of its
    name is so frequent that it was not compared with all who carry it.
    """
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        rivals: dict[int, None] = {}
        words = [word for word in entry.name.lower().split() if len(word.strip(".")) > 1]
        single = sorted({key for word in words for key in link_keys(word.strip(".,"), "")})
        keys = [f"{one}+{other}" for one, other in combinations(single[:_MOST_KEYS], 2)] + single
        for key in keys:
            rivals.update(dict.fromkeys(by_key[key][-_MOST_RIVALS:]))
            if len(by_key[key]) > _MOST_RIVALS:
                skipped.add(number)
            by_key[key].append(number)
        matcher = _matcher(entry) if rivals else None
        for rival in sorted(rivals):
            if (rival, number) in decided:
                continue
            comparison = _compared(matcher, entries[rival])
            if comparison is not None:
                yield Pair(rival, number, comparison)


def _matcher(entry: Entry) -> Matcher | None:
    try:
        return Matcher(Sought((entry.name.replace("|", " "),), birth_year=entry.birth_year))
    except HabeasError:
        return None


def _compared(matcher: Matcher | None, entry: Entry) -> Comparison | None:
    if matcher is None:
        return None
    try:
        return matcher.compare(entry.name, facts=Facts(birth_year=entry.birth_year))
    except HabeasError:
        return None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How lists overlap: people by the set of lists in which they stand.

    Attributes:
        lists: the names of the lists, in order.
        people: how many people stand in exactly these lists.
    """

    lists: tuple[str, ...]
    people: dict[frozenset[str], int] = field(default_factory=dict)

    def in_list(self, name: str) -> int:
        """Return how many people stand in a list."""
        return sum(n for lists, n in self.people.items() if name in lists)

    def in_both(self, one: str, other: str) -> int:
        """Return how many people stand in two lists."""
        return sum(n for lists, n in self.people.items() if one in lists and other in lists)

    @property
    def distinct(self) -> int:
        """How many people stand in any list."""
        return sum(self.people.values())


def overlap(entries: Sequence[Entry], deduplicated: Deduplicated) -> Overlap:
    """Return the overlap table of the lists."""
    people: dict[frozenset[str], int] = defaultdict(int)
    for group in deduplicated.groups:
        people[frozenset(entries[number].list for number in group)] += 1
    return Overlap(tuple(dict.fromkeys(entry.list for entry in entries)), dict(people))


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many people there may be in all, from two lists, with its interval and assumptions.

    Attributes:
        number: Chapman's estimate.
        low: lower end of the 95 % interval; never below the people documented.
        high: upper end.
        documented: how many people the two lists name.
        matches: how many stand in both.
        few: so few stand in both that the estimate is known to be biased.
    """

    number: float
    low: float
    high: float
    documented: int
    matches: int
    few: bool


ASSUMPTIONS = (
    "The two lists were made independently of each other.",
    "Everybody had the same chance of being on a list; people hidden from both are not counted.",
    "Nobody came or left between the making of the lists.",
    "Every person who stands in both lists was recognised, and nobody else was taken for one.",
)
"""What must be true for the estimate to mean anything; shown with it, always."""


def chapman(one: int, other: int, both: int) -> Estimate | None:
    """Return the capture-recapture estimate of two lists; None where no person stands in both.

    Chapman 1951; variance of Seber 1970; interval log-normal in the number of people on neither
    list (Chao 1987), so that its lower end stays above what is documented. Lists of detained people
    break its assumptions easily: it is never a count, and is shown as an estimate only.

    Args:
        one: people on the first list.
        other: people on the second list.
        both: people on both.

    Raises:
        OverlapImpossible: more people on both lists than on one of them, or a negative number.
    """
    if both < 0 or both > min(one, other):
        raise OverlapImpossible(both, min(one, other))
    if both == 0:
        return None
    number = (one + 1) * (other + 1) / (both + 1) - 1
    variance = (
        (one + 1) * (other + 1) * (one - both) * (other - both) / ((both + 1) ** 2 * (both + 2))
    )
    documented = one + other - both
    unseen = number - documented
    if unseen <= 0 or variance <= 0:
        return Estimate(number, documented, documented, documented, both, both < _FEW)
    factor = exp(_Z * sqrt(log(1 + variance / unseen**2)))
    return Estimate(
        number, documented + unseen / factor, documented + unseen * factor,
        documented, both, both < _FEW,
    )  # fmt: skip
