"""How rows of one shape are read: worked out once by `slots` and `layouts`, then reused.

How a name is read depends on its words only through what the layouts ask about them: is it a known
given name, has it the ending of a surname, in which cases can it stand. Words that answer alike
form a class, and rows whose words are of the same classes have the same readings.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, compiled, inlined

from habeas.names.compare import read_cached
from habeas.names.layouts import LONGEST_INITIAL, Token, layouts_of, tokens_of
from habeas.names.letters import Printed
from habeas.names.lexicon import initial_bits, titles
from habeas.names.screening.near import _PRIME, _SEED, mixed
from habeas.names.screening.readings import FATHER, GENDERS, GIVEN, PLACE, SURNAME, TOLD
from habeas.names.slots import (
    PRUNED,
    READINGS_KEPT,
    Initial,
    NameUnit,
    Reading,
    _agreement,
    _father,
    _father_mask,
    _genders,
    _given,
    _given_mask,
    _surname_mask,
    surname_unit,
)
from habeas.names.words import Word, word

MOST_TOKENS = 12
AS_SURNAME, AS_GIVEN, AS_FATHER = range(3)
"""Kinds of parts."""


class Part(NamedTuple):
    """Where a part of the name comes from: word of the row, what of it, cases.

    `letter` is 0 for the word, 1 for the word as an initial, 2 and more for one of its letters.
    """

    token: int
    letter: int
    mask: int


NO_PART = Part(-1, 0, 0)


class Slots(NamedTuple):
    """One reading, with places for words."""

    parts: tuple[Part, Part, Part]
    genders: int
    told: bool
    price: float


def class_of(printed: Printed, own: Word) -> tuple[object, ...]:
    """Return everything about a word that decides how a row with it is read."""
    text = printed.text.rstrip("'")
    if len(text) <= LONGEST_INITIAL or own.parent_word or own.text in titles():
        if len(text) == 1 and initial_bits(text, printed=True):
            return ("initial", printed.upper, printed.place, printed.script)
        return ("as it is", printed)
    return (
        printed.script,
        printed.upper,
        printed.place,
        own.attested,
        own.surname_like,
        own.father_marked,
        _surname_mask(own),
        _given_mask(own),
        _father_mask(own),
    )


def slots_of(printed: tuple[Printed, ...], expected: tuple[Reading, ...]) -> list[Slots] | None:
    """Return how a row is read; None if that is not how `slots.read` reads it."""
    tokens = tokens_of(printed[:MOST_TOKENS])
    places = _places(printed, tokens)
    if places is None:
        return None
    layouts = layouts_of(tokens)
    least = min((layout.price for layout in layouts), default=0.0)
    found: list[Slots] = []
    for layout in sorted(layouts, key=lambda layout: layout.price)[:READINGS_KEPT]:
        if layout.price - least >= PRUNED:
            continue
        chosen = [
            tokens[place] if place >= 0 else None
            for place in (layout.surname, layout.given, layout.father)
        ]
        mask, extra, told = _agreement(*chosen)
        parts = tuple(
            NO_PART if place < 0 else Part(*places[place], mask)
            for place in (layout.surname, layout.given, layout.father)
        )
        price = layout.price - least + extra
        found.append(Slots(parts, _genders(mask), told, price))  # type: ignore[arg-type]
    return found if _agrees(found, tokens, places, expected) else None


def _places(printed: tuple[Printed, ...], tokens: list[Token]) -> list[tuple[int, int]] | None:
    """Return for each token the word of the row that it stands for, and what of it."""
    found: list[tuple[int, int]] = []
    letters = 0
    for token in tokens:
        start = next(
            (place for place, item in enumerate(printed) if item is token.printed), len(printed)
        )
        if start == len(printed):
            return None
        own = word(printed[start].text, printed[start].script)
        if token.word is own:
            found.append((start, 1 if token.initial else 0))
        elif token.initial:
            letters = letters + 1 if found and found[-1][0] == start else 0
            found.append((start, 2 + letters))
        else:
            return None
    return found


def _agrees(
    found: list[Slots],
    tokens: list[Token],
    places: list[tuple[int, int]],
    expected: tuple[Reading, ...],
) -> bool:
    """Whether the slots, filled with the row's own words, are the readings that are expected."""
    if len(found) != len(expected):
        return False
    by_place = dict(zip(places, tokens, strict=True))
    for slots, reading in zip(found, expected, strict=True):
        surname, given, father = (
            None if part.token < 0 else by_place[part.token, part.letter] for part in slots.parts
        )
        units = (
            surname_unit(surname.word, slots.parts[AS_SURNAME].mask) if surname else None,
            _given(given, slots.parts[AS_GIVEN].mask),
            _father(father),
        )
        same = (slots.genders, slots.told, slots.price) == (
            reading.genders,
            reading.told,
            reading.price,
        )
        if not same or units != (reading.surname, reading.given, reading.father):
            return False
    return True


def part_of(printed: Printed, letter: int, kind: int, mask: int) -> object:
    """Return the unit or initial that a word, or what `letter` says of it, is as part of a name."""
    text = printed.text if letter <= 1 else printed.text.rstrip("'")[letter - 2]
    own = word(text, printed.script)
    initial = initial_bits(text.rstrip("'"), printed=True) if letter else 0
    token = Token(own, printed, 0, initial)
    if kind == AS_SURNAME:
        return surname_unit(own, mask)
    return _given(token, mask) if kind == AS_GIVEN else _father(token)


class Shapes(NamedTuple):
    """The patterns met so far, by the classes of their words.

    `slots` holds for each reading: token, letter and mask of the three parts, genders, told.
    `used` holds the number of patterns and of readings.
    """

    table: NDArray[np.int32]
    classes: NDArray[np.int32]
    starts: NDArray[np.int64]
    slots: NDArray[np.int32]
    prices: NDArray[np.float64]
    used: NDArray[np.int64]


def shapes(room: int) -> Shapes:
    """Return an empty table with room for so many patterns."""
    return Shapes(
        np.full(4 * room, -1, dtype=np.int32),
        np.full((room, MOST_TOKENS), -1, dtype=np.int32),
        np.zeros(room + 1, dtype=np.int64),
        np.zeros((5 * room, 11), dtype=np.int32),
        np.zeros(5 * room),
        np.zeros(2, dtype=np.int64),
    )


@compiled
def slot_of(table: Shapes, classes: Array, size: int) -> int:
    """Return the slot of the pattern with these classes, or where it belongs."""
    value = _SEED
    for place in range(size):
        value = (value ^ np.uint64(classes[place] + 1)) * _PRIME
        value ^= value >> np.uint64(31)
    count = table.table.size
    slot = np.int64(mixed(value) % np.uint64(count))
    while table.table[slot] >= 0:
        number = table.table[slot]
        same = size == MOST_TOKENS or table.classes[number, size] == -1
        for place in range(size):
            if table.classes[number, place] != classes[place]:
                same = False
                break
        if same:
            return slot
        slot = (slot + 1) % count
    return slot


@compiled
def patterns_of(
    table: Shapes,
    row_starts: Array,
    numbers: Array,
    rows: Array,
    class_numbers: Array,
    found: Array,
) -> None:
    """Write the pattern of each row; -1 where it is not known yet."""
    classes = np.empty(MOST_TOKENS, dtype=np.int32)
    for place in range(rows.size):
        start, end = row_starts[rows[place]], row_starts[rows[place] + 1]
        for token in range(start, end):
            classes[token - start] = class_numbers[numbers[token]]
        found[place] = table.table[slot_of(table, classes, end - start)]


@compiled
def assemble(
    table: Shapes,
    row_starts: Array,
    numbers: Array,
    rows: Array,
    patterns: Array,
    units: Units,
    out: Readings,
    starts: Array,
    missing: Array,
) -> int:
    """Fill the slots of each row's pattern with its words; return how many parts are not known.

    Args:
        table: the patterns.
        row_starts: where each row begins in `numbers`.
        numbers: the words of all rows.
        rows: the rows to do.
        patterns: the pattern of each.
        units: an open table: word, letter, mask and kind of part to the number of its unit.
        out: the readings.
        starts: out, where the readings of each row begin.
        missing: out, parts that the table lacks; room for three a reading.
    """
    count = lacking = 0
    out_parts, out_prices = out
    keys, values = units.keys, units.values
    for place in range(rows.size):
        starts[place] = count
        pattern = patterns[place]
        first = row_starts[rows[place]]
        for reading in range(table.starts[pattern], table.starts[pattern + 1]):
            slots = table.slots[reading]
            out_parts[count, :] = -1
            out_parts[count, GENDERS], out_parts[count, TOLD] = slots[9], slots[10]
            out_prices[count] = table.prices[reading]
            for kind in range(3):
                token = slots[3 * kind]
                if token < 0:
                    continue
                own = np.int64(numbers[first + token])
                key = (own << 20) | (slots[3 * kind + 1] << 16)
                key |= (slots[3 * kind + 2] << 2) | kind
                slot = unit_slot(keys, key)
                column = SURNAME if kind == 0 else GIVEN if kind == 1 else FATHER
                if keys[slot] == -1:
                    missing[lacking] = key
                    lacking += 1
                elif values[slot] >= 0:
                    out_parts[count, column] = values[slot]
                else:
                    out_parts[count, column + 1] = -2 - values[slot]
                if kind == 0:
                    out_parts[count, PLACE] = own
            count += 1
    starts[rows.size] = count
    return lacking


class Units(NamedTuple):
    """Parts of rows by key: the number of the unit, or -2 minus the number of the initial."""

    keys: NDArray[np.int64]
    values: NDArray[np.int32]
    used: NDArray[np.int64]


def units_table(room: int) -> Units:
    """Return an empty table with room for so many parts."""
    size = 1 << max(10, (2 * room).bit_length())
    return Units(
        np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int32), np.zeros(1, np.int64)
    )


@inlined
def unit_slot(keys: Array, key: np.int64) -> int:
    """Return the slot of a part, or of the empty slot where it belongs."""
    last = keys.size - 1
    slot = np.int64(mixed(np.uint64(key) * _PRIME) & np.uint64(last))
    while keys[slot] != -1 and keys[slot] != key:
        slot = (slot + 1) & last
    return slot


@compiled
def put_units(table: Units, keys: Array, values: Array) -> None:
    """Add parts to a table that has room for them."""
    for place in range(keys.size):
        slot = unit_slot(table.keys, keys[place])
        if table.keys[slot] == -1:
            table.used[0] += 1
        table.keys[slot], table.values[slot] = keys[place], values[place]


def more_units(table: Units) -> Units:
    """Return the same table with twice the room."""
    bigger = units_table(table.keys.size)
    taken = np.flatnonzero(table.keys >= 0)
    put_units(bigger, table.keys[taken], table.values[taken])
    return bigger


def more_shapes(table: Shapes) -> Shapes:
    """Return the same table with twice the room."""
    count = int(table.used[0])
    bigger = shapes(2 * table.classes.shape[0])
    for new, old in zip(bigger[1:5], table[1:5], strict=True):
        new[: len(old)] = old
    bigger.used[:] = table.used
    for number in range(count):
        own = table.classes[number]
        bigger.table[slot_of(bigger, own, int((own >= 0).sum()))] = number
    return bigger
