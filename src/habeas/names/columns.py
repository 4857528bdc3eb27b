"""Parts of names as columns of numbers: most pairs of parts are told apart without looking closely.

A part is a surname, a given name, a father's name or an initial. Each has a number, and features
as sets of bits. Two parts whose features are far apart differ for certain, so that `pairs` need not
be asked: the tests compare what is said here with what `pairs` says.
"""

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.given import Name
from habeas.names.letters import Script
from habeas.names.lexicon import UNKNOWN
from habeas.names.pairing import MISTYPED, Pairing
from habeas.names.pairs import (
    NAMES_DIFFER,
    SURNAMES_DIFFER,
    TWO_NAMES_IN_USE,
    given_names,
    surnames,
    without_muhammad,
)
from habeas.names.slots import Initial, NameUnit, SurnameUnit
from habeas.names.sounds import LONG, MOST_EDITS, Spread, letters_of

Part = SurnameUnit | NameUnit | Initial
Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Column = NDArray[Any]
Bits = NDArray[np.uint64]

ABSENT, SURNAME_DIFFERS, NAME_DIFFERS, TWO_NAMES = range(4)
"""Numbers of the first pairings; any other one has a number of its own."""
LOOK, LISTED, UNLISTED, MUHAMMAD = 1, 2, 4, 8
"""Flags of a part: it must be looked at (Persian script, a double surname, an initial); some form
of it is a name in the tables; some form is in no table; it has a spelling of Muhammad inside."""
_ALL = (1 << 64) - 1


class Features(NamedTuple):
    """What is known of parts, one number for each part.

    Attributes:
        some: coarse sounds that any form holds.
        every: coarse sounds that all forms hold.
        shortest: coarse sounds of the shortest form.
        longest: coarse sounds of the longest form.
        plain: letters of the word as it stands.
        groups: groups of names that it belongs to.
        short: groups of names of which it may be a short form.
        edges: what its forms begin and end with.
        lengthened: those of `edges` that an element of names may have been joined to.
        flags: see LOOK.
    """

    some: Bits
    every: Bits
    shortest: Bits
    longest: Bits
    plain: Bits
    groups: Bits
    short: Bits
    edges: Bits
    lengthened: Bits
    flags: Bits


class Table:
    """A table of numbers that grows: rows are added one by one, and read together."""

    def __init__(self, width: int, kind: type[np.generic]) -> None:
        self._waiting: list[tuple[int, ...]] = []
        self._room = np.zeros((1024, width), dtype=kind)
        self._size = 0

    def __len__(self) -> int:
        return self._size + len(self._waiting)

    def add(self, row: tuple[int, ...]) -> None:
        """Add a row at the end."""
        self._waiting.append(row)

    def rows(self) -> NDArray[Any]:
        """Return all rows so far."""
        if self._waiting:
            size = len(self)
            while size > len(self._room):
                self._room = np.concatenate((self._room, np.zeros_like(self._room)))
            self._room[self._size : size] = self._waiting
            self._size = size
            self._waiting.clear()
        return self._room[: self._size]


class Parts:
    """Numbers for parts, the same one for the same part each time."""

    def __init__(self) -> None:
        self.items: list[Part] = []
        self.shown: list[str] = []
        self._numbers: dict[Part, int] = {}
        self._features = Table(len(Features._fields), np.uint64)

    def number(self, part: Part | None) -> int:
        """Return the number of a part; -1 for none."""
        if part is None:
            return -1
        found = self._numbers.get(part)
        if found is None:
            found = self._numbers[part] = len(self.items)
            self.items.append(part)
            self.shown.append(part.shown)
            self._features.add(_features(part))
        return found

    def features(self) -> Features:
        """Return the features of all parts so far."""
        return Features(*self._features.rows().T)


def _features(part: Part) -> tuple[int, ...]:
    if isinstance(part, Initial):
        return 0, 0, 0, 0, 0, 0, 0, 0, 0, LOOK
    if isinstance(part, SurnameUnit):
        own = part.own
        look = LOOK if part.parts or own.script is Script.PERSIAN else 0
        return (*_sounds(own.spread), letters_of(own.plain), 0, 0, 0, 0, look)
    letters = letters_of(part.own.plain)
    found = [_of_name(form.name) for form in part.forms] or [_NO_NAME]
    if len(found) == 1:
        (one,) = found
        return (*one[:4], letters, *one[4:])
    some, every, shortest, longest, *sets = zip(*found, strict=True)
    return (
        reduce(or_, some),
        reduce(and_, every),
        min(shortest),
        max(longest),
        letters,
        *(reduce(or_, bits) for bits in sets),
    )


_NO_NAME = (0, _ALL, 0, 0, 0, 0, 0, 0, 0)


@lru_cache(maxsize=1 << 17)
def _of_name(name: Name) -> tuple[int, ...]:
    """Return the features of one form: all but the letters of the word."""
    known = name.known
    flags = (
        (LOOK if name.vowelless else 0)
        | (LISTED if known.groups else 0)
        | (UNLISTED if known is UNKNOWN else 0)
        | (MUHAMMAD if without_muhammad(name.sounds[0].text) else 0)
    )
    return (
        *_sounds(name.spread),
        _marks(known.groups),
        _marks(known.short_of | known.base_of),
        _marks(name.margins),
        _marks(name.lengthened),
        flags,
    )


def _sounds(spread: Spread) -> tuple[int, int, int, int]:
    return spread.some, spread.every & _ALL, spread.shortest, spread.longest


def _marks(texts: Iterable[str]) -> int:
    """Return a set of texts as bits; two texts may share one."""
    found = 0
    for text in texts:
        found |= 1 << (hash(text) & 63)
    return found


class Pairings:
    """How parts go together, each pair of parts worked out once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.items = [Pairing(0.0, "", 0.0), SURNAMES_DIFFER, NAMES_DIFFER, TWO_NAMES_IN_USE]
        self._known: dict[int, int] = {}
        self._numbers = {pairing: number for number, pairing in enumerate(self.items)}

    @property
    def known(self) -> int:
        """How many pairs of parts were worked out one by one, and are remembered."""
        return len(self._known)

    def of_surnames(self, mine: Numbers, theirs: Numbers) -> Numbers:
        """Return the numbers of the pairings of surnames; ABSENT where one is not there (-1)."""
        return self._numbered(mine, theirs, names=False)

    def of_names(self, mine: Numbers, theirs: Numbers) -> Numbers:
        """Return the numbers of the pairings of given names, or fathers' names."""
        return self._numbered(mine, theirs, names=True)

    def bits(self) -> NDArray[np.float64]:
        """Return the bits of all pairings so far, by number."""
        return np.array([pairing.bits for pairing in self.items])

    def typed(self) -> Truths:
        """Return which pairings rest on what may be a typing error, by number."""
        return np.array([pairing.rule == MISTYPED for pairing in self.items])

    def rarities(self) -> NDArray[np.float64]:
        """Return how rare the agreement of each pairing is, by number."""
        return np.array([pairing.rarity for pairing in self.items])

    def _numbered(self, mine: Numbers, theirs: Numbers, *, names: bool) -> Numbers:
        found = np.full(mine.size, ABSENT, dtype=np.int64)
        there = np.flatnonzero((mine >= 0) & (theirs >= 0))
        keys, back = np.unique((mine[there] << 32) | theirs[there], return_inverse=True)
        one, other = keys >> 32, keys & 0xFFFFFFFF
        features = self._parts.features()
        first = Features(*(column[one] for column in features))
        second = Features(*(column[other] for column in features))
        told = _far_names(first, second) if names else _far_surnames(first, second)
        for place in np.flatnonzero(told == ABSENT).tolist():
            told[place] = self._looked_at(int(keys[place]))
        found[there] = told[back]
        return found

    def _looked_at(self, key: int) -> int:
        number = self._known.get(key)
        if number is None:
            one, other = self._parts.items[key >> 32], self._parts.items[key & 0xFFFFFFFF]
            if isinstance(one, SurnameUnit) and isinstance(other, SurnameUnit):
                pairing = surnames(one, other)
            else:
                assert not isinstance(one, SurnameUnit)
                assert not isinstance(other, SurnameUnit)
                pairing = given_names(one, other)
            number = self._numbers.get(pairing)
            if number is None:
                number = self._numbers[pairing] = len(self.items)
                self.items.append(pairing)
            self._known[key] = number
        return number


def _missing(one: Bits, other: Bits) -> NDArray[np.uint8]:
    """Return how many letters of one set are not in the other."""
    count: NDArray[np.uint8] = np.bitwise_count(one & ~other)
    return count


def _apart(one: Features, other: Features) -> Truths:
    """Return where all forms are too far apart for one name, and no typing error joins the words.

    An edit brings in one new letter at most.
    """
    most = np.where(one.longest + other.longest >= LONG, MOST_EDITS, 1).astype(np.uint64)
    sounds = (
        (_missing(one.every, other.some) > most)
        | (_missing(other.every, one.some) > most)
        | (one.shortest > other.longest + most)
        | (other.shortest > one.longest + most)
    )
    letters = (_missing(one.plain, other.plain) > 1) | (_missing(other.plain, one.plain) > 1)
    far: Truths = sounds & letters & (((one.flags | other.flags) & LOOK) == 0)
    return far


def _far_surnames(one: Features, other: Features) -> Numbers:
    return np.where(_apart(one, other), SURNAME_DIFFERS, ABSENT)


def _far_names(one: Features, other: Features) -> Numbers:
    related = (
        (one.groups & other.groups)
        | (one.groups & other.short)
        | (one.short & other.groups)
        | (one.edges & other.lengthened)
        | (one.lengthened & other.edges)
        | (one.flags & other.flags & MUHAMMAD)
    )
    far = _apart(one, other) & (related == 0)
    # A name in no table may be a mistyped short form of one that is: one letter may be wrong.
    for word, full in ((one, other), (other, one)):
        may_be_short = ((word.flags & UNLISTED) != 0) & ((full.flags & LISTED) != 0)
        far &= ~may_be_short | (_missing(word.every, full.some) > 1)
    both = (one.flags & other.flags & LISTED) != 0
    return np.where(far, np.where(both, TWO_NAMES, NAME_DIFFERS), ABSENT)
