"""Rows as numbers: each word, as it is printed, gets a number the first time it is met.

Only rows of plain letters are read here, exactly as `letters.words` reads them; any other row is
marked, and read in Python.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, compiled

from habeas.names.screening.near import _PRIME, _SEED, mixed

LATIN_HOME, DOT, COMMA = 1, 2, 4
"""Flags of a word: the row is in Latin script; a full stop, a comma follows."""
MOST_WORDS = 12
LONGEST_ROW = 1000
"""Bytes. Longer rows are left to Python."""


class Vocabulary(NamedTuple):
    """The words met so far: their bytes, and a table to find them by.

    `used` holds the number of words and the bytes of the arena that are taken.
    """

    arena: NDArray[np.uint8]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int32]
    flags: NDArray[np.uint8]
    table: NDArray[np.int32]
    used: NDArray[np.int64]


def vocabulary(words: int, letters: int) -> Vocabulary:
    """Return an empty vocabulary with room for so many words and bytes."""
    return Vocabulary(
        np.zeros(letters, dtype=np.uint8),
        np.zeros(words, dtype=np.int64),
        np.zeros(words, dtype=np.int32),
        np.zeros(words, dtype=np.uint8),
        np.full(1 << (2 * words - 1).bit_length(), -1, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


def grown(words: Vocabulary, room: int, letters: int) -> Vocabulary:
    """Return a vocabulary with more room and the same words."""
    bigger = vocabulary(max(room, words.starts.size), max(letters, words.arena.size))
    count, size = int(words.used[0]), int(words.used[1])
    bigger.arena[:size] = words.arena[:size]
    for new, old in zip(bigger[1:4], words[1:4], strict=True):
        new[:count] = old[:count]
    bigger.used[:] = words.used
    _refill(bigger)
    return bigger


@compiled
def _refill(words: Vocabulary) -> None:
    last = words.table.size - 1
    for number in range(words.used[0]):
        start, size = words.starts[number], words.lengths[number]
        if size < 0:  # a word of a row that Python reads: found there by itself
            continue
        slot = np.int64(
            _key(words.arena, start, start + size, words.flags[number]) & np.uint64(last)
        )
        while words.table[slot] >= 0:
            slot = (slot + 1) & last
        words.table[slot] = number


@compiled
def _key(text: Array, start: int, end: int, flags: int) -> np.uint64:
    value = _SEED ^ np.uint64(flags)
    for place in range(start, end):
        value = (value ^ np.uint64(text[place])) * _PRIME
        value ^= value >> np.uint64(31)
    return mixed(value)


@compiled
def _is_letter(text: Array, place: int) -> int:
    """Return the bytes of the letter at a place; 0 if there is none."""
    byte = text[place]
    if 65 <= byte <= 90 or 97 <= byte <= 122:
        return 1
    if 0xD0 <= byte <= 0xD3:
        return 2
    return 0


@compiled
def home_of(text: Array, start: int, end: int) -> int:
    """Return 0 for a Cyrillic row, LATIN_HOME for a Latin one, -1 for one left to Python."""
    cyrillic = latin = 0
    place = start
    while place < end:
        byte = text[place]
        if 0xD0 <= byte <= 0xD3 and place + 1 < end:
            after = text[place + 1]
            if byte == 0xD2 and 0x82 <= after <= 0x89:  # marks for thousands and titla
                return -1
            cyrillic += 1
            place += 2
            continue
        if 65 <= byte <= 90 or 97 <= byte <= 122:
            latin += 1
        elif byte not in (32, 44, 45, 46, 39):  # space , - . '
            return -1
        place += 1
    if cyrillic + latin == 0:
        return -1
    return 0 if cyrillic >= latin else LATIN_HOME


@compiled
def _word_end(text: Array, place: int, end: int) -> int:
    """Return where the word that begins at a place ends: letters joined by ' or -, one ' after."""
    while True:
        size = _is_letter(text, place) if place < end else 0
        if size:
            place += size
        elif place + 1 < end and text[place] in (39, 45) and _is_letter(text, place + 1):
            place += 1
        else:
            break
    if place < end and text[place] == 39:
        place += 1
    return place


@compiled
def _number_of(words: Vocabulary, text: Array, start: int, end: int, flags: int) -> int:
    """Return the number of a word; a new one if it was not met before."""
    last = words.table.size - 1
    slot = np.int64(_key(text, start, end, flags) & np.uint64(last))
    size = end - start
    while words.table[slot] >= 0:
        number = words.table[slot]
        if words.lengths[number] == size and words.flags[number] == flags:
            own = words.starts[number]
            same = True
            for place in range(size):
                if words.arena[own + place] != text[start + place]:
                    same = False
                    break
            if same:
                return number
        slot = (slot + 1) & last
    number, own = words.used[0], words.used[1]
    words.table[slot] = number
    words.starts[number], words.lengths[number], words.flags[number] = own, size, flags
    words.arena[own : own + size] = text[start:end]
    words.used[0] += 1
    words.used[1] += size
    return number


@compiled
def tokenise(text: Array, words: Vocabulary, numbers: Array, row_starts: Array, odd: Array) -> int:
    """Write the numbers of the words of each line of `text`; return how many lines there are.

    Args:
        text: UTF-8, lines parted by newlines.
        words: the vocabulary, with room for all words of the text.
        numbers: out, the words of all rows one after the other.
        row_starts: out, where each row begins in `numbers`; one more at the end.
        odd: out, whether a row must be read in Python.
    """
    count = row = start = 0
    size = text.size
    while start <= size:
        end = start
        while end < size and text[end] != 10:
            end += 1
        row_starts[row] = count
        home = home_of(text, start, end) if end - start <= LONGEST_ROW else -1
        odd[row] = home < 0
        if home >= 0:
            count = _row(text, start, end, home, words, numbers, count)
            if count - row_starts[row] > MOST_WORDS:
                count = row_starts[row]
                odd[row] = True
        row += 1
        start = end + 1
    row_starts[row] = count
    return row


@compiled
def _row(
    text: Array, start: int, end: int, home: int, words: Vocabulary, numbers: Array, count: int
) -> int:
    place = start
    while place < end:
        if not _is_letter(text, place):
            place += 1
            continue
        last = _word_end(text, place, end)
        flags = home
        after = last
        if after < end and text[after] == 46:
            flags |= DOT
            after += 1
        comma = after
        while comma < end and text[comma] == 32:
            comma += 1
        if comma < end and text[comma] == 44:
            flags |= COMMA
            after = comma + 1
        numbers[count] = _number_of(words, text, place, last, flags)
        count += 1
        place = after
    return count
