"""Which people each row may name: what the words of both are to each other, taken together.

A row is not read here. Any of its words may be the surname, the given name or the father's name;
the names of the sought are read. A pair of the two is passed on unless some part that both show
has to differ, in every way to read the row.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, Record, compiled
from habeas.names.screening.people import NONE
from habeas.names.screening.search import ALONE as ALONE_NEAR
from habeas.names.screening.search import FATHER, GIVEN, SURNAME
from habeas.names.screening.side import (
    ALONE,
    BARE_ALONE,
    BARE_FATHERS,
    BARE_GIVENS,
    FATHER_INITIALS,
    FATHERS,
    GIVEN_INITIALS,
    GIVENS,
    PERSON,
    Side,
)
from habeas.names.screening.side import FATHER as FATHER_PART
from habeas.names.screening.side import GIVEN as GIVEN_PART
from habeas.names.screening.tokens import ALONE_KNOWN, NAMES_KNOWN
from habeas.names.slots import MOST_WORDS

FULL_NAME = 3
"""Words of a full name: surname, given name, father's name."""
ANYWHERE = -1
"""The places of a part that the sought name does not show."""
_PLACES = (1 << MOST_WORDS) - 1


class Memory(NamedTuple):
    """Memory of the join.

    Attributes:
        marks: at which places of which row each sought name may stand, as given name and as
            father's name.
        people: the last row that each person was found in.
    """

    marks: NDArray[np.int64]
    people: NDArray[np.int64]


def memory(side: Side, people: int) -> Memory:
    """Return the memory for joins with so many people."""
    words = side.surname_initials.size
    return Memory(np.zeros((2, words), dtype=np.int64), np.zeros(people + 1, dtype=np.int64))


class Pairs(NamedTuple):
    """Rows and people to be compared, and words to be looked up before a row can be judged.

    `used` holds how many pairs and how many words there are.
    """

    pairs: NDArray[np.int32]
    asked: NDArray[np.int32]
    used: NDArray[np.int64]


def pairs(room: int) -> Pairs:
    """Return room for so many pairs."""
    return Pairs(
        np.zeros((room, 2), dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


# --- what is known of a row --------------------------------------------------------------------


@compiled
def _ask(token: int, out: Pairs) -> None:
    if out.used[1] < out.asked.size:
        out.asked[out.used[1]] = token
        out.used[1] += 1


@compiled
def _names_lacking(tokens: Array, desk: Record, out: Pairs) -> bool:
    """Whether the near names of some word of the row are not known yet; ask for them."""
    lacking = False
    for place in range(desk.first[0], desk.end[0]):
        if tokens[place] >= 0 and not desk.states[tokens[place]] & NAMES_KNOWN:
            lacking = True
            _ask(tokens[place], out)
    return lacking


@compiled
def _alone_lacking(
    tokens: Array, end: int, which: int, desk: Record, starts: Array, out: Pairs
) -> bool:
    """Whether it is not known yet if some word may be a given name in a list, and alone be enough.

    Looks at the words of the row up to an end, and asks for what is not known.
    """
    lacking = False
    for place in range(desk.first[0], end):
        token = tokens[place]
        if token < 0 or desk.states[token] & ALONE_KNOWN:
            continue
        first = desk.near_starts[token, GIVEN]
        for entry in range(first, first + desk.near_counts[token, GIVEN]):
            name = desk.near[entry]
            if starts[which, name] < starts[which, name + 1]:
                lacking = True
                _ask(token, out)
                break
    return lacking


@compiled
def _mark(tokens: Array, column: int, marks: Array, initials: Array, desk: Record) -> None:
    """Note at which places of the row each sought name may stand, and the initials of all.

    `initials` are those of sought words.
    """
    stamp = desk.now[0] << MOST_WORDS
    for place in range(desk.first[0], desk.end[0]):
        token = tokens[place]
        if token < 0:
            desk.initials_near[0] |= -1 - token
            continue
        desk.initials_near[0] |= desk.initials_of[token]
        first = desk.near_starts[token, column]
        for entry in range(first, first + desk.near_counts[token, column]):
            name = desk.near[entry]
            desk.initials_near[0] |= initials[name]
            own = max(marks[column - GIVEN, name], stamp)
            marks[column - GIVEN, name] = own | 1 << (place - desk.first[0])


@compiled
def _places(part: int, column: int, tokens: Array, marks: Array, desk: Record) -> int:
    """Return the places of the row at which a sought part may stand, as bits; or ANYWHERE."""
    if part == NONE:
        return ANYWHERE
    if part >= 0:
        mark = marks[column - GIVEN, part]
        return mark & _PLACES if mark >> MOST_WORDS == desk.now[0] else 0
    found = 0
    for place in range(desk.first[0], desk.end[0]):
        token = tokens[place]
        if token >= 0 and desk.initials_of[token] & (-1 - part):
            found |= 1 << (place - desk.first[0])
    return found


@compiled
def _two(givens: int, fathers: int) -> bool:
    """Whether given and father's name may stand at two different places of those in each."""
    if givens == ANYWHERE or fathers == ANYWHERE:
        return givens != 0 and fathers != 0
    # They fail only where the one place of both is the same.
    alike = givens == fathers and givens & (givens - 1) == 0
    return givens != 0 and fathers != 0 and not alike


@compiled
def _add(person: int, people: Array, desk: Record, out: Pairs) -> None:
    """Add a person to the row, unless the row has it already."""
    if people[person] != desk.now[0]:
        people[person] = desk.now[0]
        out.pairs[out.used[0], 0], out.pairs[out.used[0], 1] = desk.row[0], person
        out.used[0] += 1


# --- ways to find people -----------------------------------------------------------------------


@compiled
def _by_initials(
    tokens: Array, desk: Record, readings: Array, surnames: Array, people: Array, out: Pairs
) -> None:
    """Add the people of a row of one word and initials: surname, given name, father's name."""
    own = tokens[desk.first[0]]
    first = second = ANYWHERE
    for place in range(desk.first[0], desk.end[0]):
        if tokens[place] >= 0:
            own = tokens[place]
        elif first == ANYWHERE:
            first = -1 - tokens[place]
        elif second == ANYWHERE:
            second = -1 - tokens[place]
    begin = desk.near_starts[own, SURNAME]
    for near in range(begin, begin + desk.near_counts[own, SURNAME]):
        if desk.near_initials[near] & first:
            word = desk.near[near]
            for reading in range(surnames[word], surnames[word + 1]):
                if (
                    readings[reading, GIVEN_INITIALS] & first
                    and readings[reading, FATHER_INITIALS] & second
                ):
                    _add(readings[reading, PERSON], people, desk, out)


@compiled
def _agrees(
    reading: int, others: int, full: int, tokens: Array, desk: Record, readings: Array, marks: Array
) -> bool:
    """Whether the given name, and the father's name, of a reading may stand at other places.

    `full` is the number of words; with three of them, every way to read the row has a father's
    name. With initials, the father's name or the given name is the first of those.
    """
    givens = _places(readings[reading, GIVEN_PART], GIVEN, tokens, marks, desk)
    givens = givens & others if givens != ANYWHERE else givens
    if desk.end[0] - desk.first[0] == full != FULL_NAME:
        return givens != 0
    fathers = _places(readings[reading, FATHER_PART], FATHER, tokens, marks, desk)
    fathers = fathers & others if fathers != ANYWHERE else fathers
    if desk.end[0] - desk.first[0] == full:
        return _two(givens, fathers)
    initial = 0
    for place in range(desk.end[0] - 1, desk.first[0] - 1, -1):
        if tokens[place] < 0:
            initial = -1 - tokens[place]
    return (givens != 0 and readings[reading, FATHER_INITIALS] & initial != 0) or (
        fathers != 0 and readings[reading, GIVEN_INITIALS] & initial != 0
    )


@compiled
def _by_surname(
    full: int, tokens: Array, desk: Record, side: Side, memory: Memory, out: Pairs
) -> None:
    """Add the people whose surname, given and father's name agree with words of the row."""
    # Bound to names, the arrays are counted once, not for each reading.
    readings, surnames, marks, people = side.readings, side.surnames, memory.marks, memory.people
    initials = desk.initials_near[0]
    for place in range(desk.first[0], desk.end[0]):
        own = tokens[place]
        others = ~(1 << (place - desk.first[0]))
        begin = desk.near_starts[own, SURNAME] if own >= 0 else 0
        for near in range(begin, begin + (desk.near_counts[own, SURNAME] if own >= 0 else 0)):
            if not desk.near_initials[near] & initials:
                continue
            word = desk.near[near]
            for reading in range(surnames[word], surnames[word + 1]):
                if readings[reading, GIVEN_INITIALS] & initials and _agrees(
                    reading, others, full, tokens, desk, readings, marks
                ):
                    _add(readings[reading, PERSON], people, desk, out)


@compiled
def _by_surname_alone(tokens: Array, desk: Record, side: Side, memory: Memory, out: Pairs) -> None:
    """Add the people whose surname agrees with the one word of the row."""
    own = tokens[desk.first[0]]
    begin = desk.near_starts[own, SURNAME]
    for near in range(begin, begin + desk.near_counts[own, SURNAME]):
        word = desk.near[near]
        for reading in range(side.surnames[word], side.surnames[word + 1]):
            _add(side.readings[reading, PERSON], memory.people, desk, out)


@compiled
def _by_father(
    which: int, tokens: Array, desk: Record, side: Side, memory: Memory, out: Pairs
) -> None:
    """Add the people of a list whose given and father's name agree, as one side has no surname.

    In a row of two words the father's name is the second one.
    """
    readings, lists, starts, marks = side.readings, side.lists, side.starts, memory.marks
    two = desk.end[0] - desk.first[0] < FULL_NAME
    for place in range(desk.first[0] + two, desk.end[0]):
        own = tokens[place]
        others = ~(1 << (place - desk.first[0]))
        begin = desk.near_starts[own, FATHER]
        for near in range(begin, begin + desk.near_counts[own, FATHER]):
            word = desk.near[near]
            for entry in range(starts[which, word], starts[which, word + 1]):
                part = readings[lists[entry], GIVEN_PART]
                if _places(part, GIVEN, tokens, marks, desk) & others:
                    _add(readings[lists[entry], PERSON], memory.people, desk, out)


@compiled
def _by_given(
    which: int, end: int, tokens: Array, desk: Record, side: Side, memory: Memory, out: Pairs
) -> None:
    """Add the people of a list whose given name, enough by itself, stands before an end."""
    for place in range(desk.first[0], end):
        own = tokens[place]
        begin = desk.near_starts[own, ALONE_NEAR]
        for near in range(begin, begin + desk.near_counts[own, ALONE_NEAR]):
            word = desk.near[near]
            for entry in range(side.starts[which, word], side.starts[which, word + 1]):
                person = side.readings[side.lists[entry], PERSON]
                _add(person, memory.people, desk, out)


# --- many rows ---------------------------------------------------------------------------------


@compiled
def join(
    tokens: Array, bounds: Array, todo: Array, desk: Record, side: Side, memory: Memory, out: Pairs
) -> int:
    """Write the people that each row may name; return the first row that was not looked at.

    It stops where there may be no room for the pairs of a row. Rows whose words have to be looked
    up first stay in `todo`, and the words are in `out.asked`.

    Args:
        tokens: the words of all rows; the near surnames of all of them are known.
        bounds: where each row begins among them, and ends.
        todo: in and out, whether a row is still to be done.
        desk: the desk that the rows were read at.
        side: the sought.
        memory: what the join remembers from row to row.
        out: out.
    """
    readings, surnames, people = side.readings, side.surnames, memory.people
    bare = _has_bare(side)
    for row in range(todo.size):
        if not todo[row]:
            continue
        if out.used[0] + memory.people.size > out.pairs.shape[0]:
            return row
        start, end = bounds[0, row], bounds[1, row]
        desk.row[0], desk.first[0], desk.end[0] = row, start, end
        desk.now[0] += 1
        full = 0
        for place in range(start, end):
            full += tokens[place] >= 0
        todo[row] = False
        if full == 1 and end - start > 1:
            _by_initials(tokens, desk, readings, surnames, people, out)
        elif full and (
            bare or full < FULL_NAME or _has_surname(tokens, desk)
        ):  # initials alone never say enough
            todo[row] = not _full_row(full, tokens, desk, side, memory, out)
    return todo.size


@compiled
def _has_bare(side: Side) -> bool:
    """Whether somebody is known without a surname."""
    last = side.starts.shape[1] - 1
    return (
        side.starts[BARE_FATHERS, 0] < side.starts[BARE_FATHERS, last]
        or side.starts[BARE_GIVENS, 0] < side.starts[BARE_GIVENS, last]
    )


@compiled
def _has_surname(tokens: Array, desk: Record) -> bool:
    """Whether some sought surname is near to a word of the row."""
    found = False
    for place in range(desk.first[0], desk.end[0]):
        own = tokens[place]
        found = found or (own >= 0 and desk.near_counts[own, SURNAME] > 0)
    return found


@compiled
def _full_row(
    full: int, tokens: Array, desk: Record, side: Side, memory: Memory, out: Pairs
) -> bool:
    """Add the people of a row of one word, or of several; whether all was known for that."""
    if _names_lacking(tokens, desk, out):
        return False
    alone = full == desk.end[0] - desk.first[0]
    if alone and _lists_lacking(full, tokens, desk, side.starts, out):
        return False
    desk.initials_near[0] = 0
    _mark(tokens, GIVEN, memory.marks, side.word_initials, desk)
    _mark(tokens, FATHER, memory.marks, side.word_initials, desk)
    if full == 1:
        _by_surname_alone(tokens, desk, side, memory, out)
        _by_given(GIVENS, desk.end[0], tokens, desk, side, memory, out)
        return True
    _by_surname(full, tokens, desk, side, memory, out)
    if not alone:
        return True
    if full < FULL_NAME:  # without a surname, the first word is the given name
        _by_father(FATHERS, tokens, desk, side, memory, out)
        _by_given(ALONE, desk.first[0] + 1, tokens, desk, side, memory, out)
    else:
        _by_father(BARE_FATHERS, tokens, desk, side, memory, out)
    # Rows of more than three words are read with or without a father's name.
    which = BARE_ALONE if full == FULL_NAME else BARE_GIVENS
    _by_given(which, desk.end[0], tokens, desk, side, memory, out)
    return True


@compiled
def _lists_lacking(full: int, tokens: Array, desk: Record, starts: Array, out: Pairs) -> bool:
    """Whether it is not known yet which given names in a row are enough alone; ask for that."""
    end = desk.end[0]
    if full == 1:
        return _alone_lacking(tokens, end, GIVENS, desk, starts, out)
    which = BARE_ALONE if full == FULL_NAME else BARE_GIVENS
    lacking = _alone_lacking(tokens, end, which, desk, starts, out)
    if full < FULL_NAME:
        first = desk.first[0] + 1
        lacking = _alone_lacking(tokens, first, ALONE, desk, starts, out) or lacking
    return lacking
