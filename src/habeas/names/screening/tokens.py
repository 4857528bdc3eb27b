"""Rows as numbers: each word gets a number the first time it is met, whatever its case.

Only rows of plain letters of one script are read here, as `letters.words` and `layouts.tokens_of`
read them; any other row is marked, and read in Python.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.layouts import LONGEST_INITIAL
from habeas.names.letters import LONGEST_NAME
from habeas.names.screening.alphabet import (
    APOSTROPHE,
    BRACKET,
    CHARACTERS,
    DIGIT,
    KIND,
    LATIN,
    LETTER,
    MARK,
    ODD,
    SEPARATOR,
    UPPER,
)
from habeas.names.screening.compiled import Array, Record, compiled, int64
from habeas.names.screening.rules import SPREAD
from habeas.names.screening.sounding import hashed, slot_of
from habeas.names.screening.spelled import LONGEST_WORD
from habeas.names.slots import MOST_WORDS

BESIDE, SURNAMES_KNOWN, NAMES_KNOWN, ALONE_KNOWN, BY_HAND = 1, 2, 4, 8, 16
"""States of a word: it is read only together with its neighbours; which near words are known; it is
left to Python."""
CAPITALS, COMMA_AFTER = 1, 2
"""How a token is printed."""
LEFT, NOTHING = 1 << 40, 1 << 41
"""No token: the row must be read in Python; there is none, or it goes with the one before it."""
FULL_STOP, COMMA = 46, 44


class Lines(NamedTuple):
    """Rows as tokens.

    Attributes:
        tokens: of all rows, one after the other; each is the number of a word, or -1 minus the
            letters that an initial may stand for.
        marks: how each is printed.
        starts: where each row begins among them; one more at the end.
        odd: whether a row must be read in Python.
    """

    tokens: NDArray[np.int64]
    marks: NDArray[np.uint8]
    starts: NDArray[np.int64]
    odd: NDArray[np.bool_]


def lines(size: int, count: int) -> Lines:
    """Return room for so many rows of so many bytes together."""
    return Lines(
        np.empty(size // 2 + 1, dtype=np.int64),
        np.empty(size // 2 + 1, dtype=np.uint8),
        np.zeros(count + 1, dtype=np.int64),
        np.zeros(count, dtype=np.bool_),
    )


# --- words -------------------------------------------------------------------------------------


@compiled
def _key(start: int, size: int, latin: int, desk: Record) -> np.uint64:
    value = hashed(desk.letters, start, size) ^ np.uint64(latin)
    value *= SPREAD
    return value ^ (value >> np.uint64(32))


@compiled
def _widen(desk: Record) -> None:
    """Use more of the table: a small part of it is found in the cache of the processor."""
    last = min(4 * desk.used[3] + 3, desk.table.size - 1)
    for slot in range(desk.used[3] + 1):
        desk.table[slot] = 0
    desk.used[3] = last
    for number in range(desk.used[0]):
        start = desk.starts[number]
        key = _key(start, desk.starts[number + 1] - start, desk.latin[number], desk)
        slot = int64(key & np.uint64(last))
        while desk.table[slot]:
            slot = (slot + 1) & last
        desk.table[slot] = number + 1


@compiled
def number_of(size: int, latin: int, desk: Record) -> int:
    """Return the number of the word whose letters were written behind the last word."""
    start = int64(desk.used[1])
    if 3 * desk.used[0] > desk.used[3]:
        _widen(desk)
    last = desk.used[3]
    slot = int64(_key(start, size, latin, desk) & np.uint64(last))
    while desk.table[slot]:
        number = int64(desk.table[slot]) - 1
        if desk.latin[number] == latin and _is_word(number, start, size, desk):
            return number
        slot = (slot + 1) & last
    number = int64(desk.used[0])
    desk.table[slot] = number + 1
    desk.latin[number] = latin
    desk.starts[number + 1] = start + size
    beside = slot_of(desk.special, hashed(desk.letters, start, size)) >= 0
    desk.states[number] = (BESIDE if beside else 0) | (BY_HAND if size > LONGEST_WORD else 0)
    desk.used[0] = number + 1
    desk.used[1] = start + size
    return number


@compiled
def _is_word(number: int, start: int, size: int, desk: Record) -> bool:
    """Whether a word has the letters at a place."""
    own = int64(desk.starts[number])
    if desk.starts[number + 1] - own != size:
        return False
    for place in range(size):
        if desk.letters[own + place] != desk.letters[start + place]:
            return False
    return True


# --- characters --------------------------------------------------------------------------------


@compiled
def character(text: Array, place: int, end: int) -> tuple[int, int]:
    """Return the code point at a place and where the next one begins; -1 if it is broken."""
    byte = int64(text[place])
    if byte < 0x80:
        return byte, place + 1
    more = 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3
    if byte < 0xC2 or byte > 0xF4 or place + more >= end:
        return -1, place + 1
    code = byte & (0x3F >> more)
    for step in range(1, more + 1):
        byte = int64(text[place + step])
        if byte & 0xC0 != 0x80:
            return -1, place + 1
        code = code << 6 | byte & 0x3F
    return code, place + more + 1


@compiled
def kind_of(code: int, desk: Record) -> int:
    """Return what a character is, of the code point -1 too."""
    return int64(desk.characters[code]) if 0 <= code < CHARACTERS else ODD


@compiled
def kind_at(text: Array, place: int, end: int, desk: Record) -> int:
    """Return what the character at a place is; 0 at the end."""
    if place >= end:
        return 0
    code, _ = character(text, place, end)
    return kind_of(code, desk)


@compiled
def read_word(text: Array, place: int, end: int, desk: Record) -> tuple[int, bool, int]:
    """Write the word at a place behind the last one.

    Returns its size (-1: leave it to Python), whether all letters are capitals, and where it ends.
    """
    start = desk.used[1]
    script = kind_at(text, place, end, desk) & LETTER
    size = 0
    upper = True
    while place < end:
        code, after = character(text, place, end)
        kind = kind_of(code, desk)
        if kind & LETTER:
            if kind & LETTER != script:
                return -1, False, place
            upper = upper and kind & UPPER != 0
        elif kind & KIND == MARK:
            following = kind_at(text, after, end, desk)
            if following in (DIGIT, ODD):
                return -1, False, place
            if not following & LETTER:
                # One apostrophe at the end belongs to the word.
                if kind & 0xFF == APOSTROPHE:
                    desk.letters[start + size] = APOSTROPHE
                    return size + 1, upper, after
                break
        elif kind in (DIGIT, ODD):
            return -1, False, place
        else:
            break
        desk.letters[start + size] = kind & 0xFF
        size += 1
        place = after
    return size, upper, place


@compiled
def initial_or_left(size: int, capitals: bool, dot: bool, latin: int, desk: Record) -> int:
    """Return the token of the word behind the last one if it is an initial.

    LEFT if it may be initials without being one letter, NOTHING if it is a word.

    Args:
        size: of the word.
        capitals: whether all its letters are.
        dot: whether a full stop follows.
        latin: its script.
        desk: the desk.
    """
    start = desk.used[1]
    bare = size - 1 if desk.letters[start + size - 1] == APOSTROPHE else size
    if bare == 1:
        letters = int64(desk.initials[latin, desk.letters[start]])
        return -1 - letters if letters and bare == size else LEFT
    if bare <= LONGEST_INITIAL and (dot or (bare == 2 and capitals)):
        return LEFT
    return NOTHING


# --- rows --------------------------------------------------------------------------------------


@compiled
def read_lines(text: Array, desk: Record, out: Lines) -> int:
    """Write the tokens of each line of a text, which ends in a newline; return how many there are.

    Args:
        text: UTF-8, lines parted by newlines.
        desk: with room for all words of the text.
        out: out.
    """
    count = row = start = 0
    while start < text.size:
        end = start
        while text[end] != 10:
            end += 1
        out.starts[row] = count
        after = -1
        if end - start <= LONGEST_NAME:
            after = _read_row(text, start, end, desk, out, count)
        out.odd[row] = after < 0
        count = max(count, after)
        row += 1
        start = end + 1
    out.starts[row] = count
    return row


@compiled
def _read_row(text: Array, start: int, end: int, desk: Record, out: Lines, count: int) -> int:
    """Write the tokens of one row; return where the next go, -1 if it must be read in Python."""
    first = count
    place = start
    script = printed = 0
    apart = True  # no digit or mark stands directly before
    while place < end:
        code, after = character(text, place, end)
        kind = kind_of(code, desk)
        if not kind & LETTER:
            if kind in (ODD, BRACKET):
                return -1
            apart = kind & KIND == SEPARATOR
            place = after
            continue
        script |= kind & LETTER
        if not apart or script == LETTER or printed == MOST_WORDS:
            return -1
        printed += 1
        latin = 1 if script == LATIN else 0
        size, upper, place = read_word(text, place, end, desk)
        token = LEFT
        if size >= 0:
            dot = is_byte(text, place, end, FULL_STOP)
            token = initial_or_left(size, upper, dot, latin, desk)
            if token == NOTHING:
                after_word = count > first and out.tokens[count - 1] >= 0
                token = _word_token(size, latin, after_word, desk)
        if token == LEFT:
            return -1
        if token != NOTHING:
            out.tokens[count] = token
            out.marks[count] = (CAPITALS if upper and size > 1 else 0) | _comma(text, place, end)
            count += 1
    return count


@compiled
def _word_token(size: int, latin: int, after_word: bool, desk: Record) -> int:
    """Return the number of the word behind the last one; or LEFT.

    NOTHING for a word for son or daughter `after_word`.
    """
    if after_word and slot_of(desk.children, hashed(desk.letters, desk.used[1], size)) >= 0:
        return NOTHING
    number = number_of(size, latin, desk)
    return LEFT if desk.states[number] & BESIDE else number


@compiled
def is_byte(text: Array, place: int, end: int, byte: int) -> bool:
    """Whether a byte stands at a place."""
    return place < end and text[place] == byte


@compiled
def _comma(text: Array, place: int, end: int) -> int:
    """Return COMMA_AFTER if a comma follows, after a full stop or spaces at most."""
    if is_byte(text, place, end, FULL_STOP):
        place += 1
    while place < end and text[place] in (32, 9, 13):
        place += 1
    return COMMA_AFTER if is_byte(text, place, end, COMMA) else 0
