"""The join: every reading of a row with every reading of the people who may be meant.

The arithmetic is that of `compare._weigh`, in the same order; the parts come from `pairs`, looked
up by number. A pair of surnames that was not worked out yet is asked for, and the row done again.

Arrays go into the inner functions one by one: passed in a tuple, each call would count references
to all of them, which takes longer than the work.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, compiled, inlined

from habeas.names.screening.near import mixed
from habeas.names.screening.readings import (
    FATHER,
    GENDERS,
    GIVEN,
    GIVEN_INITIAL,
    PLACE,
    SURNAME,
    TOLD,
    Grouped,
    Readings,
)

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Known(NamedTuple):
    """What a part of a sought name and one of a row are worth together: bits, rarity.

    An open table by key, see `key_of`. `used` holds how many there are.
    """

    keys: NDArray[np.int64]
    worth: NDArray[np.float64]
    used: NDArray[np.int64]


class Model(NamedTuple):
    """The numbers of the model that the join needs, from `weights` and `compare`."""

    least: float
    surname_most: float
    gender_unusual: float
    initials_alone: float
    nearly: float


class Side(NamedTuple):
    """The sought people: readings, whose they are, and lists to find them by.

    Those by given name and by father's name hold all readings, and only those without a surname;
    `by_given_alone` those that show no full father's name.
    """

    readings: Readings
    person: NDArray[np.int32]
    starts: NDArray[np.int64]
    by_word: Grouped
    by_given: tuple[Grouped, Grouped]
    by_given_alone: tuple[Grouped, Grouped]
    by_father: tuple[Grouped, Grouped]


class Initials(NamedTuple):
    """What initials are worth: of rows with sought names, of sought people with names of rows."""

    bits: NDArray[np.float64]
    row_bits: NDArray[np.float64]
    letters: NDArray[np.int64]
    weight: NDArray[np.float64]


class Near(NamedTuple):
    """What is near: names that agree with names of the rows; words near to words of the rows."""

    givens: Grouped
    fathers: Grouped
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    words: NDArray[np.int32]


class Found(NamedTuple):
    """What the join writes: hits, the surname pairs it asks for, and its own memory.

    `used` holds the number of hits, of pairs asked for, and of rows looked at.
    """

    rows: NDArray[np.int64]
    people: NDArray[np.int32]
    bits: NDArray[np.float64]
    full: NDArray[np.bool_]
    asked: NDArray[np.int64]
    used: NDArray[np.int64]
    stamp: NDArray[np.int64]
    candidates: NDArray[np.int32]


def known(room: int) -> Known:
    """Return an empty table with room for so many pairs."""
    size = 1 << max(10, (2 * room).bit_length())
    return Known(np.full(size, -1, dtype=np.int64), np.zeros((size, 2)), np.zeros(1, np.int64))


@inlined
def key_of(kind: int, one: int, other: int) -> int:
    """Return the key of a pair: SURNAME, GIVEN or FATHER, the sought part, the row's."""
    return (np.int64(kind) << 58) | (np.int64(one) << 29) | np.int64(other)


@inlined
def _slot(keys: Array, key: int) -> int:
    last = keys.size - 1
    slot = np.int64(mixed(np.uint64(key) * _SPREAD) & np.uint64(last))
    while keys[slot] != -1 and keys[slot] != key:
        slot = (slot + 1) & last
    return slot


@compiled
def put(table: Known, keys: Array, worth: Array) -> None:
    """Add pairs to a table that has room for them."""
    for place in range(keys.size):
        slot = _slot(table.keys, keys[place])
        if table.keys[slot] == -1:
            table.used[0] += 1
        table.keys[slot] = keys[place]
        table.worth[slot, 0], table.worth[slot, 1] = worth[place, 0], worth[place, 1]


def more(table: Known) -> Known:
    """Return the same table with twice the room."""
    bigger = known(table.keys.size)
    taken = np.flatnonzero(table.keys >= 0)
    put(bigger, table.keys[taken], table.worth[taken])
    return bigger


@inlined
def _name(
    kind: int,
    mine: Array,
    m: int,
    theirs: Array,
    t: int,
    keys: Array,
    worth: Array,
    bits: Array,
    row_bits: Array,
    letters: Array,
    weight: Array,
) -> tuple[bool, float, float]:
    """Return whether both show the part, its bits (-1 if it contradicts), its rarity."""
    my_name, my_initial = mine[m, kind], mine[m, kind + 1]
    name, initial = theirs[t, kind], theirs[t, kind + 1]
    if (my_name < 0 and my_initial < 0) or (name < 0 and initial < 0):
        return False, 0.0, 0.0
    if initial >= 0:
        rarity = weight[initial]
        if my_initial >= 0:
            return True, rarity if letters[initial] & letters[my_initial] else -1.0, rarity
        return True, bits[initial, my_name], rarity
    if my_initial >= 0:
        return True, row_bits[name, my_initial], weight[my_initial]
    slot = _slot(keys, key_of(kind, my_name, name))
    if keys[slot] == -1:
        return True, -1.0, 0.0
    return True, worth[slot, 0], worth[slot, 1]


@inlined
def _weigh(
    m: int,
    t: int,
    mine: Array,
    prices: Array,
    theirs: Array,
    row_prices: Array,
    keys: Array,
    worth: Array,
    initials: Initials,
    model: Model,
    asked: Array,
    used: Array,
) -> tuple[float, bool]:
    """Return the bits of a pair of readings, -1 if of no account, and whether it ends the search.

    A pair that contradicts, or that cannot reach the least bits that are reported, is of no
    account.
    """
    bits, row_bits, letters, weight = initials
    least, surname_most, gender_unusual, initials_alone, nearly = model
    result, whole = -1.0, False
    both, given, rarity = _name(
        GIVEN, mine, m, theirs, t, keys, worth, bits, row_bits, letters, weight
    )
    if given >= 0:
        fathers, father, _ = _name(
            FATHER, mine, m, theirs, t, keys, worth, bits, row_bits, letters, weight
        )
        same_gender = mine[m, GENDERS] & theirs[t, GENDERS] != 0
        if father >= 0 and (same_gender or not (mine[m, TOLD] and theirs[t, TOLD])):
            gender = 0.0 if same_gender else gender_unusual
            total = -prices[m] - row_prices[t]
            named = mine[m, SURNAME] >= 0 and theirs[t, SURNAME] >= 0
            # A whole agreement ends the search for a better one, however little it weighs.
            may_end = named and both and total == 0
            if named:
                if may_end or total + surname_most + given + father + gender >= least:
                    key = key_of(SURNAME, mine[m, SURNAME], theirs[t, SURNAME])
                    slot = _slot(keys, key)
                    if keys[slot] == -1:
                        if used[1] < asked.size:
                            asked[used[1]] = key
                            used[1] += 1
                    elif worth[slot, 0] >= 0:
                        surname = worth[slot, 0]
                        result = total + surname
                        if both:
                            result += given
                        if fathers:
                            result += father
                        result += gender
                        gap = worth[slot, 1] + rarity - nearly
                        whole = may_end and surname + given > gap
            else:
                result = total
                if both:
                    result += given
                if fathers:
                    result += father
                result += gender
                if mine[m, GIVEN_INITIAL] >= 0 or theirs[t, GIVEN_INITIAL] >= 0:
                    result = min(result, initials_alone)
    return result, whole


@compiled
def join(
    side: Side,
    rows: Readings,
    row_starts: Array,
    ids: Array,
    todo: Array,
    table: Known,
    near: Near,
    initials: Initials,
    model: Model,
    found: Found,
) -> int:
    """Write the hits of rows; return how far it came, and in `todo` which must be done again.

    Args:
        side: the sought people.
        rows: the readings of all rows, one after the other.
        row_starts: where the readings of each row begin.
        ids: what to call each row.
        todo: in and out, whether a row is still to be done.
        table: what is known of pairs of parts.
        near: what is near to the words of the rows.
        initials: what initials are worth.
        model: the numbers of the model.
        found: out.
    """
    mine, prices = side.readings
    theirs, row_prices = rows
    keys, worth = table.keys, table.worth
    asked, used, stamp, candidates = found.asked, found.used, found.stamp, found.candidates
    person_of = side.person
    for row in range(ids.size):
        if not todo[row]:
            continue
        if used[0] + candidates.size > found.rows.size:
            return row
        used[2] += 1
        mark = used[2]
        before, asked_before = used[0], used[1]
        first, last = row_starts[row], row_starts[row + 1]
        count = 0
        for t in range(first, last):
            bare = 1 if theirs[t, SURNAME] >= 0 else 0
            for kind in range(3):  # by surname, by father's name, by given name
                if kind == 0:
                    if not bare:
                        continue
                    lists, groups = side.by_word, near.words
                    start = near.starts[theirs[t, PLACE]]
                    end = start + near.counts[theirs[t, PLACE]]
                elif kind == 1:
                    name = theirs[t, FATHER]
                    if name < 0:
                        continue
                    lists, groups = side.by_father[bare], near.fathers.items
                    start, end = near.fathers.starts[name], near.fathers.starts[name + 1]
                else:
                    name = theirs[t, GIVEN]
                    if name < 0:
                        continue
                    full = theirs[t, FATHER] >= 0
                    lists = side.by_given_alone[bare] if full else side.by_given[bare]
                    groups = near.givens.items
                    start, end = near.givens.starts[name], near.givens.starts[name + 1]
                list_starts, items = lists.starts, lists.items
                for entry in range(start, end):
                    group = groups[entry]
                    for item in range(list_starts[group], list_starts[group + 1]):
                        m = items[item]
                        if stamp[person_of[m]] == mark:
                            continue
                        bits, _ = _weigh(
                            m,
                            t,
                            mine,
                            prices,
                            theirs,
                            row_prices,
                            keys,
                            worth,
                            initials,
                            model,
                            asked,
                            used,
                        )
                        if bits >= model.least:
                            stamp[person_of[m]] = mark
                            candidates[count] = person_of[m]
                            count += 1
        for number in range(count):
            person = candidates[number]
            best, full_names, ended = -1.0, False, False
            for m in range(side.starts[person], side.starts[person + 1]):
                for t in range(first, last):
                    bits, whole = _weigh(
                        m,
                        t,
                        mine,
                        prices,
                        theirs,
                        row_prices,
                        keys,
                        worth,
                        initials,
                        model,
                        asked,
                        used,
                    )
                    if bits > best:
                        best = bits
                        named = mine[m, SURNAME] >= 0 and theirs[t, SURNAME] >= 0
                        full_names = named and mine[m, GIVEN] >= 0 and theirs[t, GIVEN] >= 0
                        if whole:
                            ended = True
                            break
                if ended:
                    break
            if best >= model.least:
                place = used[0]
                found.rows[place], found.people[place] = ids[row], person
                found.bits[place], found.full[place] = best, full_names
                used[0] += 1
        if used[1] > asked_before:
            used[0] = before
            if used[1] == asked.size:
                return row
        else:
            todo[row] = False
    return ids.size
