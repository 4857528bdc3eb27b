"""Comparing many pairs at once: what `compare` says of each, several times quicker.

Words are read, and near parts of names are compared, by the functions that `compare` itself calls,
once for each word and each pair of parts. All the rest, which layouts a name has, which words agree
in gender and case, what the parts add up to, is worked out in columns for a few thousand pairs
together. The tests hold every answer against that of `compare`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from habeas.errors import HabeasError
from habeas.names import weights
from habeas.names.columns import ABSENT, Column, Numbers, Pairings, Parts, Truths
from habeas.names.compare import (
    NEARLY,
    TOO_LITTLE,
    Matcher,
    as_far_as_read,
    matcher_of,
    part_reason,
    reading_reasons,
)
from habeas.names.many_rows import Names, Reader, Rows, rows_of
from habeas.names.reasons import Comparison, Reason, Verdict, verdict_of
from habeas.names.slots import NameUnit, Reading
from habeas.names.sought import Sought

TOGETHER = 8192
"""Pairs that are compared together."""
MOST_PARTS = 400_000
"""Parts of names that are kept; with more, all is begun anew."""
MOST_PAIRINGS = 1_000_000
"""Pairs of parts that are kept, likewise: about 150 MB."""


class _Weighed(NamedTuple):
    """Pairs of readings: which they are, their pairings, bits, and what contradicts or agrees."""

    mine: Column
    theirs: Column
    surname: Column
    given: Column
    father: Column
    gender: Column
    bits: Column
    contradicted: Column
    whole: Column


class Comparing:
    """Compares queries with printed names, many at once; remembers what it read between calls."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._begin()

    def _begin(self) -> None:
        self._parts = Parts()
        self._pairings = Pairings(self._parts)
        self._reader = Reader(self._parts)
        self._people: dict[str | tuple[str, ...], tuple[int, int] | HabeasError] = {}
        self._readings: list[Reading] = []
        self._mine = rows_of((), self._parts)

    def compare(
        self, pairs: Sequence[tuple[str | tuple[str, ...], str]]
    ) -> Iterator[Comparison | HabeasError]:
        """Yield what `compare` says of each query and printed name, or why it refuses.

        A query is "A | B", or the spellings of a person one by one.
        """
        for start in range(0, len(pairs), TOGETHER):
            if len(self._parts.items) > MOST_PARTS or self._pairings.known > MOST_PAIRINGS:
                self._begin()
            yield from self._together(pairs[start : start + TOGETHER])

    def _together(
        self, pairs: Sequence[tuple[str | tuple[str, ...], str]]
    ) -> Iterator[Comparison | HabeasError]:
        people = [self._person(query) for query, _ in pairs]
        texts = list(dict.fromkeys(text for _, text in pairs))
        names = self._reader.read(texts)
        places = {text: place for place, text in enumerate(texts)}
        records = [places[record] for _, record in pairs]
        refused: dict[int, HabeasError] = {}
        read: list[tuple[int, int, int]] = []
        for place, (person, record) in enumerate(zip(people, records, strict=True)):
            if isinstance(person, HabeasError):
                refused[place] = person
            elif record in names.errors:
                refused[place] = names.errors[record]
            else:
                read.append((*person, record))
        found = self._compared(np.array(read, dtype=np.int64).reshape(-1, 3), names)
        for place in range(len(pairs)):
            if place in refused:
                yield refused[place]
            else:
                yield as_far_as_read(next(found), pairs[place][1])

    def _person(self, query: str | tuple[str, ...]) -> tuple[int, int] | HabeasError:
        """Return where the readings of a query begin, and how many they are."""
        found = self._people.get(query)
        if found is None:
            try:
                own = matcher_of(query) if isinstance(query, str) else Matcher(Sought(query))
                readings = own.readings
            except HabeasError as error:
                found = error
            else:
                found = len(self._readings), len(readings)
                self._readings += readings
            self._people[query] = found
        return found

    def _compared(self, pairs: Numbers, names: Names) -> Iterator[Comparison]:
        """Yield comparisons of (first reading of the query, their number, place of the name)."""
        more = rows_of(self._readings[self._mine.price.size :], self._parts)
        self._mine = self._mine.followed_by(more)
        starts, counts, records = pairs.T
        others = names.counts[records]
        each = counts * others
        first = np.cumsum(each) - each
        within = np.arange(int(each.sum())) - np.repeat(first, each)
        width = np.repeat(others, each)
        weighed = self._weigh(
            np.repeat(starts, each) + within // width,
            np.repeat(names.starts[records], each) + within % width,
            names.rows,
        )
        best = _best(weighed, first, each)
        return self._told(_Weighed(*(column[best] for column in weighed)), names.rows)

    def _weigh(self, mine: Numbers, theirs: Numbers, rows: Rows) -> _Weighed:
        """Return what `compare` makes of pairs of readings."""
        own, other = self._mine.taken(mine), rows.taken(theirs)
        surname = self._pairings.of_surnames(own.surname, other.surname)
        given = self._pairings.of_names(own.given, other.given)
        father = self._pairings.of_names(own.father, other.father)
        bits_of, rarity = self._pairings.bits(), self._pairings.rarities()
        told = own.told & other.told
        clash = (own.genders & other.genders) == 0
        gender = np.where(
            clash, np.where(told, weights.GENDER_DIFFERS, weights.GENDER_UNUSUAL), 0.0
        )
        # In the order in which `compare` adds them, for the last digit's sake.
        bits = -own.price - other.price
        for more in (bits_of[surname], bits_of[given], bits_of[father], gender):
            bits += more
        least = np.minimum(np.minimum(bits_of[surname], bits_of[given]), bits_of[father])
        contradicted = (clash & told) | (least < 0)
        initials = own.initial | other.initial
        most = np.where(initials & (surname == ABSENT), weights.INITIALS_ALONE, np.inf)
        typed = initials & self._pairings.typed()[surname]
        most = np.where(typed, weights.TYPED_AND_INITIALS, most)
        most = np.where(contradicted, weights.KINSHIP_LIMIT, most)
        agreed = bits_of[surname] + bits_of[given]
        whole = (
            ~contradicted
            & (surname != ABSENT)
            & (given != ABSENT)
            & ((own.price == 0) & (other.price == 0))
            & (agreed > rarity[surname] + rarity[given] - NEARLY)
        )
        bits = np.minimum(bits, most)
        return _Weighed(mine, theirs, surname, given, father, gender, bits, contradicted, whole)

    def _told(self, best: _Weighed, rows: Rows) -> Iterator[Comparison]:
        """Yield comparisons with their reasons."""
        own, other = self._mine.taken(best.mine), rows.taken(best.theirs)
        shown, pairings = self._parts.shown, self._pairings.items
        slots = [
            (part, pairing.tolist(), mine.tolist(), theirs.tolist())
            for part, pairing, mine, theirs in (
                ("surname", best.surname, own.surname, other.surname),
                ("given", best.given, own.given, other.given),
                ("father", best.father, own.father, other.father),
            )
        ]
        gender, price = best.gender.tolist(), (own.price + other.price).tolist()
        in_full = self._in_full(best.surname, own.given, other.given).tolist()
        contradicted = best.contradicted.tolist()
        for number, bits in enumerate(best.bits.tolist()):
            reasons: list[Reason] = []
            rarity = 0.0
            compared = 0
            for part, pairing, mine, theirs in slots:
                which, one, two = pairing[number], mine[number], theirs[number]
                compared += which
                if which:
                    own_bits, rule, rare = pairings[which]
                    reasons.append(Reason(part, rule, shown[one], shown[two], own_bits))
                    rarity += rare
                elif one >= 0 or two >= 0:
                    reasons.append(_one_sided(part, shown, one, two))
            if gender[number] or price[number]:
                reasons += reading_reasons(gender[number], price[number])
            verdict = verdict_of(bits, full=in_full[number], contradicted=contradicted[number])
            if not compared:
                verdict = Verdict.CANNOT_TELL
                reasons.append(TOO_LITTLE)
            yield Comparison(bits, verdict, tuple(reasons), 1_000_000 * 2.0**-rarity)

    def _in_full(self, surname: Numbers, mine: Numbers, theirs: Numbers) -> Truths:
        """Return where surname and given name were compared in full."""
        full = np.array([isinstance(part, NameUnit) for part in self._parts.items] + [False])
        found: Truths = (surname != ABSENT) & full[mine] & full[theirs]
        return found


def _one_sided(part: str, shown: Sequence[str], one: int, two: int) -> Reason:
    """Return what is said of a part that only one side shows."""
    told = part_reason(
        part, None, shown[one] if one >= 0 else None, shown[two] if two >= 0 else None
    )
    assert told is not None
    return told


def _best(weighed: _Weighed, first: Numbers, each: Numbers) -> Numbers:
    """Return the place of the best pair of readings of each name, as `Matcher.best` finds it.

    The first of equals; and none after one in which all agrees.
    """
    best = first.copy()
    going = np.flatnonzero((each > 1) & ~weighed.whole[first])
    step = 1
    while going.size:
        place = first[going] + step
        better = weighed.bits[place] > weighed.bits[best[going]]
        best[going] = np.where(better, place, best[going])
        step += 1
        going = going[(each[going] > step) & ~(better & weighed.whole[place])]
    return best
