"""Which people a place in running text may name: words that stand together, taken two by two.

A surname counts with a given name or its initial close by; for people known without a surname, a
given name with a father's name.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, Record, compiled
from habeas.names.screening.join import Memory
from habeas.names.screening.search import FATHER, GIVEN, SURNAME
from habeas.names.screening.side import (
    ANY,
    BARE_FATHERS,
    BARE_GIVENS,
    FATHER_INITIALS,
    GIVEN_INITIALS,
    PERSON,
    Side,
)
from habeas.names.screening.side import GIVEN as GIVEN_PART
from habeas.names.screening.texts import PARTICLE
from habeas.names.screening.tokens import NAMES_KNOWN
from habeas.names.screening.windows import WINDOW
from habeas.names.slots import MOST_WORDS

SHIFT = 2 * WINDOW - 1
"""Tokens of all windows that hold one token."""


class Found(NamedTuple):
    """Two tokens that may name a person together; words to be looked up before more can be said.

    `used` holds how many pairs and how many words there are.
    """

    one: NDArray[np.int32]
    other: NDArray[np.int32]
    people: NDArray[np.int32]
    asked: NDArray[np.int32]
    used: NDArray[np.int64]


def found(room: int) -> Found:
    """Return room for so many pairs."""
    columns = np.zeros((4, room), dtype=np.int32)
    return Found(columns[0], columns[1], columns[2], columns[3], np.zeros(2, dtype=np.int64))


@compiled
def _window(place: int, joined: Array, desk: Record) -> bool:
    """Note the first token of the windows that hold a token, and the end; whether they are new."""
    first = last = place
    while place - first < WINDOW - 1 and joined[first]:
        first -= 1
    while last + 1 < joined.size and last - place < WINDOW - 1 and joined[last + 1]:
        last += 1
    same = desk.first[0] == first and desk.end[0] == last + 1
    desk.first[0], desk.end[0] = first, last + 1
    return not same


@compiled
def _ask(tokens: Array, desk: Record, out: Found) -> None:
    """Ask for the near names of the words of the windows, as far as they are not known."""
    for place in range(desk.first[0], desk.end[0]):
        token = tokens[place]
        if 0 <= token < PARTICLE and not desk.states[token] & NAMES_KNOWN:
            out.asked[out.used[1]] = token
            out.used[1] += 1


@compiled
def _is_second(place: int, tokens: Array, joined: Array) -> bool:
    """Whether an initial stands after another one: then it is the father's name."""
    return joined[place] and tokens[place - 1] < 0


@compiled
def _mark(tokens: Array, joined: Array, initials: Array, marks: Array, desk: Record) -> None:
    """Note at which tokens each sought given name may stand, and the initials of all.

    `initials` are those of sought words.
    """
    desk.now[0] += 1
    desk.initials_near[0] = 0
    stamp = desk.now[0] << MOST_WORDS  # as rows do, which use the same memory
    for place in range(desk.first[0], desk.end[0]):
        token = tokens[place]
        if token >= PARTICLE:
            continue
        if token < 0:
            if not _is_second(place, tokens, joined):
                desk.initials_near[0] |= -1 - token
            continue
        desk.initials_near[0] |= desk.initials_of[token]
        begin = desk.near_starts[token, GIVEN]
        for entry in range(begin, begin + desk.near_counts[token, GIVEN]):
            name = desk.near[entry]
            desk.initials_near[0] |= initials[name]
            marks[0, name] = max(marks[0, name], stamp) | 1 << (place - desk.first[0])


@compiled
def _agreeing(
    reading: int, tokens: Array, joined: Array, marks: Array, desk: Record, readings: Array
) -> int:
    """Return the tokens with which the given name of a reading may agree, as bits."""
    part, mine = readings[reading, GIVEN_PART], readings[reading, GIVEN_INITIALS]
    found = 0
    if part >= 0 and marks[0, part] >> MOST_WORDS == desk.now[0]:
        found = marks[0, part] & ((1 << SHIFT) - 1)
    for place in range(desk.first[0], desk.end[0]):
        token, after = tokens[place], place + 1
        agrees = False
        if token < 0:
            agrees = mine & (-1 - token) != 0 and not _is_second(place, tokens, joined)
            if agrees and after < tokens.size and joined[after] and tokens[after] < 0:
                agrees = readings[reading, FATHER_INITIALS] & (-1 - tokens[after]) != 0
        elif part < 0 and token < PARTICLE:
            agrees = desk.initials_of[token] & mine != 0
        if agrees:
            found |= 1 << (place - desk.first[0])
    return found


@compiled
def _add(place: int, agreeing: int, person: int, desk: Record, out: Found) -> None:
    """Add a pair for each other token of the windows that agrees."""
    for other in range(desk.first[0], desk.end[0]):
        if other != place and agreeing >> (other - desk.first[0]) & 1:
            at = out.used[0]
            out.one[at], out.other[at], out.people[at] = place, other, person
            out.used[0] += 1


@compiled
def _by_surname(
    place: int, tokens: Array, joined: Array, desk: Record, side: Side, marks: Array, out: Found
) -> None:
    """Add the people whose surname agrees with a token, and the given name with one close by."""
    # Bound to names, the arrays are counted once, not for each reading.
    surnames, readings = side.surnames, side.readings
    initials = desk.initials_near[0]
    begin = desk.near_starts[tokens[place], SURNAME]
    for entry in range(begin, begin + desk.near_counts[tokens[place], SURNAME]):
        if not desk.near_initials[entry] & initials:
            continue
        word = desk.near[entry]
        for reading in range(surnames[word], surnames[word + 1]):
            mine = readings[reading, GIVEN_INITIALS]
            if mine == ANY or not mine & initials:
                continue
            agreeing = _agreeing(reading, tokens, joined, marks, desk, readings)
            if agreeing:
                _add(place, agreeing, readings[reading, PERSON], desk, out)


@compiled
def _by_father(
    place: int, tokens: Array, joined: Array, desk: Record, side: Side, marks: Array, out: Found
) -> None:
    """Add the people without a surname whose father's name agrees with a token."""
    readings, starts = side.readings, side.starts
    begin = desk.near_starts[tokens[place], FATHER]
    for entry in range(begin, begin + desk.near_counts[tokens[place], FATHER]):
        word = desk.near[entry]
        for item in range(starts[BARE_FATHERS, word], starts[BARE_FATHERS, word + 1]):
            reading = side.lists[item]
            if readings[reading, GIVEN_INITIALS] != ANY:
                agreeing = _agreeing(reading, tokens, joined, marks, desk, readings)
                _add(place, agreeing, readings[reading, PERSON], desk, out)


@compiled
def pair(
    tokens: Array, joined: Array, start: int, desk: Record, side: Side, memory: Memory, out: Found
) -> int:
    """Write the people that places of a text may name; return the first token not looked at.

    It stops where there may be no room, and where so many words have to be looked up first that
    `out.asked` is full.
    """
    desk.first[0] = desk.end[0] = -1
    new = True  # the tokens around were not marked yet
    bare = side.starts[BARE_FATHERS, 0] < side.starts[BARE_GIVENS, 0]
    for place in range(start, tokens.size):
        token = tokens[place]
        if token < 0 or token >= PARTICLE:
            continue
        new = _window(place, joined, desk) or new
        if desk.end[0] - desk.first[0] == 1 or not (desk.near_counts[token, SURNAME] or bare):
            continue
        if (
            out.used[0] + SHIFT * side.readings.shape[0] > out.people.size
            or out.used[1] + SHIFT > out.asked.size
        ):
            return place
        _ask(tokens, desk, out)
        if out.used[1]:  # all is looked at again once more is known
            continue
        if new:
            _mark(tokens, joined, side.word_initials, memory.marks, desk)
            new = False
        _by_surname(place, tokens, joined, desk, side, memory.marks, out)
        if bare:
            _by_father(place, tokens, joined, desk, side, memory.marks, out)
    return tokens.size
