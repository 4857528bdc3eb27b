"""The sought people as arrays: which word is what in each reading of their names.

A name is read by its pattern: how its words are told apart depends only on a few questions about
each (is it a known given name, has it the ending of a surname), so that names whose words answer
alike have the same readings, worked out once by `layouts`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.errors import NothingToCompare
from habeas.names.layouts import Layout, layouts_of, tokens_of
from habeas.names.letters import Script, words
from habeas.names.lexicon import group_initials, lexicon
from habeas.names.screening import kinds
from habeas.names.screening.words import Rows, Words
from habeas.names.slots import MOST_WORDS, versions
from habeas.names.words import Word

NONE = -(1 << 31)
"""A part that a reading does not show."""
_BATCH = 1 << 13
_MOST_TOKENS = 7
_TOKEN, _INITIAL, _GIVEN, _SURNAME, _FATHER, _LATIN, _MARK = 1, 2, 4, 8, 16, 32, 64
_SHIFT = 8
"""Bits of a token in a pattern, the last two being how it is printed."""


class People(NamedTuple):
    """Readings of all names, in no order.

    Attributes:
        person: place of the person in the list.
        surname: number of a word, or NONE.
        given, father: number of a word, -1 minus the letters of an initial, or NONE.
        price: of the reading, in bits.
        roles: by word: what it is in some reading.
        initials: by word: the initials under which it may be printed, as given or father's name.
    """

    person: NDArray[np.int32]
    surname: NDArray[np.int64]
    given: NDArray[np.int64]
    father: NDArray[np.int64]
    price: NDArray[np.float64]
    roles: NDArray[np.uint8]
    initials: NDArray[np.int32]


def read_people(names: Sequence[Sequence[str]], sought: Words) -> People:
    """Return the readings of people, each known by some spellings.

    A reading of one spelling is kept even where `compare`, which knows the others, leaves it out.

    Raises:
        NothingToCompare: a spelling holds no name.
        NameTooLong: a spelling has more than 1000 characters.
        TooManyWords: the names hold too many different words.
    """
    reader = _Reader(sought)
    batch: list[str] = []
    owners: list[int] = []
    for place, spellings in enumerate(names):
        batch.extend(spellings)
        owners.extend([place] * len(spellings))
        if len(batch) >= _BATCH:
            reader.read(batch, owners)
            batch, owners = [], []
    if batch:
        reader.read(batch, owners)
    return reader.people()


class _Reader:
    """Reads names batch by batch."""

    def __init__(self, sought: Words) -> None:
        self._sought = sought
        self._features: list[int] = []
        self._patterns: dict[int, tuple[Layout, ...]] = {}
        self._parts: list[NDArray[np.int64]] = []
        self._prices: list[NDArray[np.float64]] = []

    def read(self, texts: list[str], owners: list[int]) -> None:
        """Add the readings of some names."""
        rows = self._sought.read(texts)
        sizes = rows.ends - rows.starts
        if np.any(~rows.odd & (sizes == 0)):
            raise NothingToCompare(texts[int(np.flatnonzero(~rows.odd & (sizes == 0))[0])])
        by_hand = rows.odd | (sizes > _MOST_TOKENS)
        for row in np.flatnonzero(by_hand):
            self._by_hand(texts[row], owners[row])
        plain = np.flatnonzero(~by_hand)
        asked = self._asked(rows)
        pattern = np.zeros(plain.size, dtype=np.int64)
        for place in range(_MOST_TOKENS):
            there = np.flatnonzero(sizes[plain] > place)
            answers = asked[rows.starts[plain[there]] + place]
            pattern[there] = (pattern[there] << _SHIFT) | answers | _TOKEN
        for some in _alike(pattern):
            first = int(plain[some[0]])
            layouts = self._layouts(int(pattern[some[0]]), texts[first], int(sizes[first]))
            starts = rows.starts[plain[some]]
            self._add(layouts, np.array(owners)[plain[some]], rows.tokens, starts)

    def _asked(self, rows: Rows) -> NDArray[np.int64]:
        """Return, for each token, what `layouts` asks about it, as bits."""
        for number in range(len(self._features), self._sought.count):
            own = self._sought.word(number)
            self._features.append(
                (_GIVEN if own.attested else 0)
                | (_SURNAME if own.surname_like else 0)
                | (_FATHER if own.father_marked else 0)
                | (_LATIN if own.script is Script.LATIN else 0)
            )
        features = np.array([*self._features, _INITIAL], dtype=np.int64)
        marks = rows.marks.astype(np.int64) * _MARK
        return features[np.where(rows.tokens >= 0, rows.tokens, -1)] | marks

    def _add(
        self,
        layouts: Sequence[Layout],
        people: NDArray[np.int64],
        tokens: NDArray[np.int64],
        starts: NDArray[np.int64],
    ) -> None:
        """Add the readings of names whose tokens begin at places and are laid out alike."""
        for layout in layouts:
            parts = [
                tokens[starts + place] if place >= 0 else np.full(starts.size, NONE)
                for place in (layout.surname, layout.given, layout.father)
            ]
            self._parts.append(np.stack([people, *parts]))
            self._prices.append(np.full(starts.size, layout.price))

    def _layouts(self, pattern: int, text: str, size: int) -> tuple[Layout, ...]:
        """Return how names of a pattern are read, worked out for the first of them."""
        if pattern not in self._patterns:
            read = tokens_of(words(text)[:MOST_WORDS])
            assert len(read) == size, text
            self._patterns[pattern] = layouts_of(read)
        return self._patterns[pattern]

    def _by_hand(self, text: str, owner: int) -> None:
        zero = np.zeros(1, dtype=np.int64)
        for printed, price in versions(words(text)):
            read = tokens_of(printed[:MOST_WORDS])
            layouts = [one._replace(price=one.price + price) for one in layouts_of(read)]
            tokens = np.array(self._sought.tokens_of(read), dtype=np.int64)
            self._add(layouts, zero + owner, tokens, zero)

    def people(self) -> People:
        """Return all readings, and what each word is in them."""
        parts = np.concatenate([np.zeros((4, 0), dtype=np.int64), *self._parts], axis=1)
        person, surname, given, father = parts
        roles = np.zeros(self._sought.count, dtype=np.uint8)
        for part, role in (
            (surname, kinds.SURNAME_ROLE),
            (given, kinds.GIVEN_ROLE),
            (father, kinds.FATHER_ROLE),
        ):
            roles[np.unique(part[part >= 0])] |= role
        initials = np.zeros(roles.size, dtype=np.int32)
        for number in np.flatnonzero(roles & (kinds.GIVEN_ROLE | kinds.FATHER_ROLE)):
            initials[number] = initials_of(self._sought.word(int(number)))
        price = np.concatenate([np.zeros(0), *self._prices])
        return People(person.astype(np.int32), surname, given, father, price, roles, initials)


def _alike(pattern: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield the places of equal values."""
    order = np.argsort(pattern, kind="stable")
    cuts = np.flatnonzero(np.diff(pattern[order])) + 1
    yield from np.split(order, cuts) if order.size else []


def initials_of(own: Word) -> int:
    """Return the initials, as bits, under which a word may be printed as given or father's name."""
    found = own.initials
    for form in (*own.given_forms, *own.father_forms):
        known = form.name.known
        found |= group_initials((known.groups & lexicon().translated) | known.short_of)
    return found
