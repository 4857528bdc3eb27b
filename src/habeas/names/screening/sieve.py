"""Which rows need to be read at all: by what their words are near to, and by initials.

Every sieve here lets through all that may be a hit, and the tests hold it against comparing
everybody with everything. A word is looked at once, whatever the number of rows that print it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, compiled

from habeas.names import weights
from habeas.names.declension import ANY
from habeas.names.lexicon import titles
from habeas.names.reasons import POSSIBLE_FROM
from habeas.names.screening import near, spelled
from habeas.names.screening.near import _PRIME, _SEED, Measure, Strings
from habeas.names.screening.tokens import MOST_WORDS, Vocabulary
from habeas.names.screening.readings import FATHER, GIVEN, SURNAME
from habeas.names.screening.spelled import LONGEST, UNKNOWN_LETTER, Rules
from habeas.names.screening.wanted import Wanted, name_strings, unmeasured
from habeas.names.slots import father_unit, given_unit
from habeas.names.tables_io import rows
from habeas.names.words import Word

NEW, FULL_WORD, INITIAL, UNSURE = 0, 1, 2, 3
BY_HAND, FATHER_ASKED, GIVEN_ASKED = 1, 2, 4
"""Flags of a word: Python must look at it; whether it was asked which fathers' names, of those
sought without a surname, and which given names it is near to."""
SHORT_WORD = 4
"""Letters. Up to that many, a word with a full stop may be an initial."""


class Seen(NamedTuple):
    """What is known of each word of the rows: what it looks like, and the sought words near to it.

    `used` holds how much of `near` is taken.
    """

    shape: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    letters: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    given_starts: NDArray[np.int64]
    given_counts: NDArray[np.int64]
    father_starts: NDArray[np.int64]
    father_counts: NDArray[np.int64]
    near: NDArray[np.int32]
    used: NDArray[np.int64]


NEAR = 9
"""Place of the column `near`; those before it have one entry a word."""


def seen(room: int) -> Seen:
    """Return a table with room for so many words."""
    return Seen(
        np.zeros(room, dtype=np.uint8),
        np.zeros(room, dtype=np.uint8),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(room, dtype=np.int64),
        np.zeros(4 * room, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


def with_room(table: Seen, words: int, entries: int = 0) -> Seen:
    """Return the table with room for so many words, and so many entries of `near`."""
    columns = [
        _longer(column, words) if place < NEAR else column for place, column in enumerate(table)
    ]
    columns[NEAR] = _longer(table.near, entries)
    return Seen(*columns)


def _longer(column: NDArray[np.generic], size: int) -> NDArray[np.generic]:
    if size <= column.size:
        return column
    found = np.zeros(size, dtype=column.dtype)
    found[: column.size] = column
    return found


SURNAMES, GIVENS, FATHERS = 3, 5, 7
"""Columns of Seen where the words, or names, near to a word of the rows are found."""


def add(table: Seen, number: int, found: list[int], column: int = SURNAMES) -> Seen:
    """Note what is near to one word of the rows."""
    used = int(table.used[0])
    if used + len(found) > table.near.size:
        table = with_room(table, 0, 2 * (used + len(found)))
    table.near[used : used + len(found)] = found
    table[column][number], table[column + 1][number] = used, len(found)
    table.used[0] = used + len(found)
    return table


def special_words() -> set[str]:
    """Return the words that are part of a name only in some rows: titles, words for son."""
    return set(titles()) | {row[0] for row in rows("particles", ("word",))}


def lower_key(text: str) -> int:
    """Return the key of a lower-case word, as the kernel works it out from its letters."""
    return int(_letters_key(np.array([ord(letter) for letter in text], dtype=np.uint16), len(text)))


@compiled
def _letters_key(letters: Array, size: int) -> np.uint64:
    value = _SEED
    for place in range(size):
        value = (value ^ np.uint64(letters[place])) * _PRIME
        value ^= value >> np.uint64(31)
    return value


@compiled
def letters_of(words: Vocabulary, number: int, lower: Array, known: Array, out: Array) -> int:
    """Write the lower-case letters of a word; return how many, 0 if not all are basic Cyrillic."""
    start, size = words.starts[number], words.lengths[number]
    count = 0
    place = start
    if size > 2 * LONGEST:
        return 0
    while place < start + size:
        byte = words.arena[place]
        if byte < 0xD0:
            return 0
        code = ((np.int64(byte) & 0x1F) << 6) | (np.int64(words.arena[place + 1]) & 0x3F)
        letter = lower[code - 0x400]
        if letter < 0x400 or known[letter - 0x400, 0] == UNKNOWN_LETTER:
            return 0
        out[count] = letter
        count += 1
        place += 2
    return count


@compiled
def meet(
    words: Vocabulary,
    first: int,
    last: int,
    table: Seen,
    special: Array,
    rules: Rules,
    index: Strings,
    tables: Measure,
    memory: Scratch,
    found: Array,
) -> int:
    """Look at new words one after the other; return the first that was not done.

    It stops before a word that Python must look at, which then has the flag BY_HAND, and where
    `table.near` may be too short.
    """
    letters = np.empty(LONGEST + 1, dtype=np.uint16)
    for number in range(first, last):
        size = letters_of(words, number, rules.lower, rules.letters, letters)
        dotted = words.flags[number] & 2
        if size <= 2 or (size <= SHORT_WORD and dotted):
            table.flags[number] |= BY_HAND
            return number
        if table.used[0] + found.size > table.near.size:
            return number
        listed = near.slot_of(special, _letters_key(letters, size)) >= 0
        table.shape[number] = UNSURE if listed else FULL_WORD
        count = spelled.strings_of(letters, size, rules, memory.strings, memory.sizes)
        matches = near.search(index, count, tables, memory, found)
        if matches < 0:
            table.flags[number] |= BY_HAND
            return number
        start = table.used[0]
        table.near[start : start + matches] = found[:matches]
        table.starts[number], table.counts[number] = start, matches
        table.used[0] = start + matches
    return last


@compiled
def ask(
    words: Vocabulary,
    numbers: Array,
    father: bool,
    table: Seen,
    rules: Rules,
    index: Strings,
    linked: Exact,
    tables: Measure,
    memory: Scratch,
    found: Array,
) -> int:
    """Find the given names, or the fathers' names, near to words; return how many were done.

    It stops where `table.near` may be too short, and before a word that it cannot tell about,
    which then has the flag BY_HAND.
    """
    letters = np.empty(LONGEST + 1, dtype=np.uint16)
    flag = FATHER_ASKED if father else GIVEN_ASKED
    starts = table.father_starts if father else table.given_starts
    counts = table.father_counts if father else table.given_counts
    for place in range(numbers.size):
        number = numbers[place]
        if table.flags[number] & flag:
            continue
        if table.used[0] + found.size > table.near.size:
            return place
        size = letters_of(words, number, rules.lower, rules.letters, letters)
        count = spelled.strings_of(letters, size, rules, memory.strings, memory.sizes)
        count = spelled.add_stripped(memory.strings, memory.sizes, count, rules.elements)
        if father:
            count = spelled.add_stems(memory.strings, memory.sizes, count, rules.father_endings)
        count = spelled.add_muhammad(memory.strings, memory.sizes, count)
        matches = -1
        if count < memory.sizes.size:
            matches = near.search(index, count, tables, memory, found)
        if matches < 0:
            table.flags[number] |= BY_HAND
            return place
        matches = near.search_exact(linked, count, tables, memory, found, matches)
        start = table.used[0]
        table.near[start : start + matches] = found[:matches]
        starts[number], counts[number] = start, matches
        table.used[0] = start + matches
        table.flags[number] |= flag
    return numbers.size


DROP, TAKE, ASK, ASK_FATHER = 0, 1, 2, 3


@compiled
def choose(
    table: Seen,
    numbers: Array,
    row_starts: Array,
    odd: Array,
    side: People,
    marks: Array,
    father_marks: Array,
    again: bool,
    out: Array,
) -> None:
    """Write for each row whether it must be read, or what must be asked of its words first."""
    for row in range(odd.size):
        first, last = row_starts[row], row_starts[row + 1]
        if again and out[row] != ASK and out[row] != ASK_FATHER:
            continue
        out[row] = DROP
        if odd[row] or first == last:
            continue
        full = initials = unsure = 0
        nearby = asked = True
        nearby = False
        letters = -1
        for place in range(first, last):
            number = numbers[place]
            shape = table.shape[number]
            if shape == INITIAL:
                if initials == 0:
                    letters = table.letters[number]
                initials += 1
                continue
            full += 1
            unsure += shape == UNSURE
            nearby = nearby or table.counts[number] > 0
            asked = asked and table.flags[number] & GIVEN_ASKED != 0
        if unsure or full == 0 or (full == 1 and initials == 0) or (full > 1 and initials):
            out[row] = TAKE
        elif full == 1:
            out[row] = _by_initial(table, numbers, first, last, side.letters, letters)
        elif full == 2 and side.father_alone:
            out[row] = TAKE
        elif not asked:
            out[row] = ASK if nearby or side.bare else DROP
        else:
            out[row] = _by_given(table, numbers, first, last, side, marks, father_marks)


class People(NamedTuple):
    """What the sieve asks about the sought people.

    Initials by surname word; given names by surname word, -1 for none or an initial; fathers'
    names by given name, of readings without a surname, -1 for none or an initial; whether there
    are such readings; whether some show a surname and a father's name alone.
    """

    letters: NDArray[np.int64]
    starts: NDArray[np.int64]
    givens: NDArray[np.int32]
    bare_starts: NDArray[np.int64]
    bare_fathers: NDArray[np.int32]
    bare: bool
    father_alone: bool


@compiled
def _mark(
    table: Seen, numbers: Array, first: int, last: int, starts: Array, counts: Array, marks: Array
) -> None:
    """Note at which places of a row each name may stand."""
    marks[0] += 1 << MOST_WORDS  # the row; below it, the places of its words
    for place in range(first, last):
        number = numbers[place]
        for entry in range(starts[number], starts[number] + counts[number]):
            unit = table.near[entry]
            marks[unit + 1] = max(marks[unit + 1], marks[0]) | (1 << (place - first))


@compiled
def _elsewhere(marks: Array, unit: int, place: int) -> bool:
    """Whether a name may stand at another place of the row."""
    return marks[unit + 1] > marks[0] and marks[unit + 1] & ((1 << MOST_WORDS) - 1) & ~(1 << place)


@compiled
def _by_given(
    table: Seen,
    numbers: Array,
    first: int,
    last: int,
    side: People,
    marks: Array,
    father_marks: Array,
) -> int:
    """Return whether a row of full words must be read, or asked about fathers' names."""
    if last - first == 2 and table.given_counts[numbers[first]] > 0:
        return TAKE
    starts, counts = table.given_starts, table.given_counts
    _mark(table, numbers, first, last, starts, counts, marks)
    for place in range(first, last):
        number = numbers[place]
        for entry in range(table.starts[number], table.starts[number] + table.counts[number]):
            word = table.near[entry]
            for item in range(side.starts[word], side.starts[word + 1]):
                unit = side.givens[item]
                if unit < 0 or _elsewhere(marks, unit, place - first):
                    return TAKE
    asked = False
    for place in range(first, last):
        number = numbers[place]
        for entry in range(starts[number], starts[number] + counts[number]):
            unit = table.near[entry]
            for item in range(side.bare_starts[unit], side.bare_starts[unit + 1]):
                father = side.bare_fathers[item]
                if father < 0:
                    return TAKE
                if not asked:
                    for other in range(first, last):
                        if not table.flags[numbers[other]] & FATHER_ASKED:
                            return ASK_FATHER
                    asked = True
                    _mark(
                        table,
                        numbers,
                        first,
                        last,
                        table.father_starts,
                        table.father_counts,
                        father_marks,
                    )
                if _elsewhere(father_marks, father, place - first):
                    return TAKE
    return DROP


@compiled
def _by_initial(
    table: Seen, numbers: Array, first: int, last: int, word_letters: Array, letters: int
) -> int:
    for place in range(first, last):
        number = numbers[place]
        if table.shape[number] != INITIAL:
            start = table.starts[number]
            for entry in range(start, start + table.counts[number]):
                if word_letters[table.near[entry]] & letters:
                    return TAKE
    return DROP


def words_of(
    chosen: NDArray[np.int64], numbers: NDArray[np.int32], row_starts: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return the words of some rows, in order, those of several rows again and again."""
    if not chosen.size:
        return np.zeros(0, dtype=np.int32)
    sizes = row_starts[chosen + 1] - row_starts[chosen]
    ends = np.cumsum(sizes)
    places = np.arange(int(ends[-1])) - np.repeat(ends - sizes, sizes)
    return numbers[np.repeat(row_starts[chosen], sizes) + places]


class Sieve:
    """The sieves for one list of sought people."""

    def __init__(self, wanted: Wanted, rules: Rules) -> None:
        self._wanted = wanted
        self._rules = rules
        self._tables: Measure = wanted.tables
        self._name_tables: Measure = wanted.name_tables
        self._surnames = near.scratch(wanted.by_sound, len(wanted.words) + 1)
        self._givens = near.scratch(wanted.all_givens, len(wanted.units) + 1)
        self._fathers = near.scratch(wanted.bare_fathers, len(wanted.units) + 1)
        most = max(len(wanted.words), len(wanted.units)) + 1
        self._found = np.zeros(most, dtype=np.int32)
        self._marks = np.zeros(len(wanted.units) + 2, dtype=np.int64)
        self._father_marks = np.zeros(len(wanted.units) + 2, dtype=np.int64)
        parts = wanted.readings.parts
        self._people = People(
            wanted.letters,
            wanted.by_word.starts,
            parts[wanted.by_word.items, GIVEN],
            wanted.by_given[1].starts,
            parts[wanted.by_given[1].items, FATHER],
            bool(np.any(parts[:, SURNAME] < 0)),
            wanted.father_alone,
        )

    def room(self, table: Seen) -> Seen:
        """Return the table with room for what one word may be near to."""
        if int(table.used[0]) + 2 * self._found.size <= table.near.size:
            return table
        return with_room(table, 0, 2 * (table.near.size + self._found.size))

    def meet(
        self, words: Vocabulary, first: int, last: int, table: Seen, special: NDArray[np.uint64]
    ) -> tuple[Seen, int]:
        """Look at new words as far as it goes without Python; return how far that was."""
        table = self.room(table)
        done = meet(
            words,
            first,
            last,
            table,
            special,
            self._rules,
            self._wanted.by_sound,
            self._tables,
            self._surnames,
            self._found,
        )
        return table, int(done)

    def near_words(self, strings: Iterable[str]) -> list[int]:
        """Return the sought surnames near to any of these runs of sounds."""
        return _search(self._wanted.by_sound, strings, self._tables, self._surnames, self._found)

    def near_givens(self, own: Word) -> list[int]:
        """Return the sought given names that a word may agree with."""
        strings = name_strings(given_unit(own, ANY))
        index = self._wanted.given_index
        if unmeasured(own, strings, self._name_tables):
            return index.all
        wanted = self._wanted
        found = self._both(wanted.all_givens, wanted.linked_givens, strings, self._givens)
        return sorted({*found, *index.always})

    def near_fathers(self, own: Word) -> list[int]:
        """Return the fathers' names sought without a surname that a word may agree with."""
        wanted = self._wanted
        strings = name_strings(father_unit(own))
        if unmeasured(own, strings, self._name_tables):
            return [int(number) for number in np.unique(self._people.bare_fathers) if number >= 0]
        found = self._both(wanted.bare_fathers, wanted.linked_fathers, strings, self._fathers)
        return sorted({*found, *wanted.fathers_always})

    def _both(
        self, index: Strings, linked: near.Exact, strings: Iterable[str], memory: near.Scratch
    ) -> list[int]:
        count = near.load(memory, strings)
        size = near.search(index, count, self._name_tables, memory, self._found)
        size = near.search_exact(linked, count, self._name_tables, memory, self._found, size)
        return [int(name) for name in self._found[:size]]

    def chosen(
        self,
        words: Vocabulary,
        table: Seen,
        numbers: NDArray[np.int32],
        row_starts: NDArray[np.int64],
        odd: NDArray[np.bool_],
        by_hand: Callable[[int], Word],
    ) -> tuple[Seen, NDArray[np.int64]]:
        """Return the rows that must be read; `by_hand` answers for words that kernels cannot."""
        out = np.zeros(odd.size, dtype=np.uint8)
        if weights.INITIALS_ALONE >= POSSIBLE_FROM:  # then no initial can rule a row out
            return table, np.flatnonzero(~odd)
        again = False
        people, marks = self._people, (self._marks, self._father_marks)
        while True:
            choose(table, numbers, row_starts, odd, people, *marks, again, out)
            again = True
            if not np.any(out >= ASK):
                return table, np.flatnonzero(out == TAKE)
            for state, father in ((ASK, False), (ASK_FATHER, True)):
                rows_asked = np.flatnonzero(out == state)
                asked = np.unique(words_of(rows_asked, numbers, row_starts))
                table = self._ask(words, asked, father, table, by_hand)

    def answer(self, table: Seen, number: int, own: Word) -> Seen:
        """Answer for a word that the kernels cannot read."""
        table = add(table, number, self.near_givens(own), GIVENS)
        table = add(table, number, self.near_fathers(own), FATHERS)
        table.flags[number] |= GIVEN_ASKED | FATHER_ASKED
        return table

    def _ask(
        self,
        words: Vocabulary,
        asked: NDArray[np.int32],
        father: bool,  # noqa: FBT001 - a flag of the kernel
        table: Seen,
        by_hand: Callable[[int], Word],
    ) -> Seen:
        wanted = self._wanted
        index = wanted.bare_fathers if father else wanted.all_givens
        linked = wanted.linked_fathers if father else wanted.linked_givens
        memory = self._fathers if father else self._givens
        while asked.size:
            table = self.room(table)
            found = self._found
            done = ask(
                words,
                asked,
                father,
                table,
                self._rules,
                index,
                linked,
                self._name_tables,
                memory,
                found,
            )
            asked = asked[done:]
            if asked.size and table.flags[asked[0]] & BY_HAND:
                table = self.answer(table, int(asked[0]), by_hand(int(asked[0])))
        return table


def _search(
    index: Strings,
    strings: Iterable[str],
    tables: Measure,
    memory: near.Scratch,
    found: NDArray[np.int32],
) -> list[int]:
    count = near.load(memory, strings)
    size = near.search(index, count, tables, memory, found)
    return [int(word) for word in found[:size]]
