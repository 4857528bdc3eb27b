"""The readings of the sought side by side, and lists to find them by their words."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names import weights
from habeas.names.reasons import POSSIBLE_FROM
from habeas.names.screening.people import NONE, People

MOST_OF_A_NAME = max(weights.GIVEN_RANGE[1], weights.GIVEN_UNLISTED, weights.FATHER_UNLISTED)
"""Most bits of a given name that agrees."""
ANY = -1
"""Initials of a part that is not shown."""
PERSON, GIVEN, FATHER, GIVEN_INITIALS, FATHER_INITIALS = range(5)
"""Columns of readings."""
FATHERS, BARE_FATHERS, GIVENS, BARE_GIVENS, ALONE, BARE_ALONE = range(6)
"""Lists of readings: all, and those without a surname, by the father's name in full; likewise by
the given name in full, where that may be enough; those of them that show no father's name in full.
"""


class Side(NamedTuple):
    """The readings of the sought, ordered by surname, and lists to find them by.

    Attributes:
        readings: the columns above; a part is the number of a word, -1 minus the letters of an
            initial, or NONE; initials are those under which it may be printed, or ANY.
        surnames: those with surname w are the readings from surnames[w] to surnames[w + 1].
        surname_initials: by word: the initials of the given names of all with that surname.
        word_initials: by word: the initials under which it may be printed.
        starts, lists: the readings of list k by word w are lists[starts[k, w]:starts[k, w + 1]].
    """

    readings: NDArray[np.int32]
    surnames: NDArray[np.int32]
    surname_initials: NDArray[np.int32]
    word_initials: NDArray[np.int32]
    starts: NDArray[np.int32]
    lists: NDArray[np.int32]


def side(people: People) -> Side:
    """Return the readings of people with their lists."""
    # Those without a surname come last.
    last = people.roles.size
    order = np.argsort(np.where(people.surname == NONE, last, people.surname), kind="stable")
    person = people.person[order]
    surname, given, father = people.surname[order], people.given[order], people.father[order]
    words = people.roles.size
    readings = np.stack(
        (person, given, father, _initials(given, people), _initials(father, people)), axis=1
    ).astype(np.int32)
    bare, in_full = surname == NONE, father >= 0
    # A given name alone is never enough for a reading that is much less usual.
    enough = (given >= 0) & (people.price[order] <= MOST_OF_A_NAME - POSSIBLE_FROM)
    lists = [
        _list(column, chosen, words)
        for column, chosen in (
            (father, in_full),
            (father, in_full & bare),
            (given, enough),
            (given, enough & bare),
            (given, enough & ~in_full),
            (given, enough & ~in_full & bare),
        )
    ]
    begin = np.cumsum([0, *(some.size for _, some in lists)])
    initials = np.zeros(words + 1, dtype=np.int32)
    np.bitwise_or.at(initials, surname[~bare], readings[~bare, GIVEN_INITIALS])
    return Side(
        readings,
        _starts(surname[~bare], words),
        initials,
        people.initials,
        np.stack([starts + first for (starts, _), first in zip(lists, begin, strict=False)]).astype(
            np.int32
        ),
        np.concatenate([some for _, some in lists]),
    )


def _list(
    column: NDArray[np.int64], chosen: NDArray[np.bool_], words: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    some = np.flatnonzero(chosen)
    some = some[np.argsort(column[some], kind="stable")]
    return _starts(column[some], words), some.astype(np.int32)


def _starts(words_of: NDArray[np.int64], words: int) -> NDArray[np.int32]:
    """Return where the entries of each word begin among entries in the order of their words."""
    starts = np.zeros(words + 2, dtype=np.int32)
    np.cumsum(np.bincount(words_of, minlength=words + 1), out=starts[1:])
    return starts


def _initials(part: NDArray[np.int64], people: People) -> NDArray[np.int32]:
    found = np.full(part.size, ANY, dtype=np.int32)
    full, initial = part >= 0, (part < 0) & (part != NONE)
    found[full] = people.initials[part[full]]
    found[initial] = -1 - part[initial]
    return found
