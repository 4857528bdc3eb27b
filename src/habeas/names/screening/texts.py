"""Running text as runs of words in capitals, or with a capital, that stand together.

Words that begin with a small letter are no names, and are passed over as fast as bytes are read.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.alphabet import DIGIT, KIND, LATIN, LETTER, MARK, ODD, SPACE, UPPER
from habeas.names.screening.compiled import Array, Record, compiled, int64
from habeas.names.screening.rules import SEED, SPREAD
from habeas.names.screening.sounding import hashed, slot_of
from habeas.names.screening.tokens import (
    COMMA,
    FULL_STOP,
    LEFT,
    NOTHING,
    character,
    initial_or_left,
    is_byte,
    kind_at,
    kind_of,
    number_of,
    read_word,
)
from habeas.names.screening.windows import ABBREVIATED, MOST_SPACES, Tokens

PARTICLE, UNREAD = 1 << 41, 1 << 42
"""Tokens that are no words: a word for son or daughter, and a word that is left to Python."""
LONGEST_RUN = 64
"""Words of a run; a longer one is read in pieces that overlap by a name."""
OVERLAP = 3
"""Words that two pieces of a long run share: one fewer than a name has at most."""
NEW, NOBODY = 0, -1
"""What is remembered of a run, beside the number of what it names: nothing yet; it names nobody."""
_LONGEST = 256
"""Bytes of a word that is read; a longer one is no name."""


class Runs(NamedTuple):
    """Runs of two words and more.

    Attributes:
        starts, slots: of each run that is not known to name nobody: its first byte, its memory.
        new, sizes: slots and number of words of those that are met for the first time.
        used: number of runs, of new runs, of words of new runs; where the last run begins.
    """

    starts: NDArray[np.int64]
    slots: NDArray[np.int32]
    new: NDArray[np.int32]
    sizes: NDArray[np.int32]
    used: NDArray[np.int64]


class Piece(NamedTuple):
    """Memory to read a piece of a text in; `maybe` and `eights` are one, for a byte of text each.

    They say whether a capital may begin there, as bytes and as words of eight.
    """

    maybe: NDArray[np.uint8]
    eights: NDArray[np.uint64]
    words: Tokens
    runs: Runs


def piece(size: int) -> Piece:
    """Return the memory for pieces of so many bytes."""
    maybe = np.empty((size + 16) // 8 * 8, dtype=np.uint8)
    most = size // 2 + 2  # a word has a letter, and something parts it from the next
    wide, narrow = np.empty((4, most), dtype=np.int64), np.empty((3, most), dtype=np.int32)
    words = Tokens(wide[0], wide[1], wide[2], np.empty(most, dtype=np.bool_))
    runs = Runs(wide[3], narrow[0], narrow[1], narrow[2], np.zeros(4, dtype=np.int64))
    return Piece(maybe, maybe.view(np.uint64), words, runs)


# --- capitals ----------------------------------------------------------------------------------


@compiled
def _capitals(text: Array, begin: int, end: int, maybe: Array) -> None:
    """Note for each byte whether a capital may begin there; the loop works on many at once."""
    for place in range(end - begin - 1):
        byte, after = text[begin + place], text[begin + place + 1]
        # A to Z; U+0400 to U+042F, the capitals of Russian; whatever else may begin a letter.
        maybe[place] = (
            (byte >= 65) & (byte <= 90)
            | (byte == 0xD0) & (after < 0xB0)
            | (byte >= 0xC3) & (byte <= 0xCF)
            | (byte == 0xD1) & (after >= 0xA0)
            | (byte >= 0xD2) & (byte <= 0xD4)
            | (byte == 0xE1)
        )
    maybe[end - begin - 1] = 1
    for place in range(end - begin, maybe.size):
        maybe[place] = 0


@compiled
def _next(place: int, begin: int, end: int, piece: Piece) -> int:
    """Return the next place at which a capital may begin."""
    at, size = place - begin, end - begin
    while at < size and not piece.maybe[at]:
        at += 1
        if at & 7 == 0:
            while at < size and piece.eights[at >> 3] == 0:
                at += 8
    return begin + at


@compiled
def _back(text: Array, place: int) -> int:
    """Return where the character before a place begins."""
    place -= 1
    steps = 0
    while place > 0 and text[place] & 0xC0 == 0x80 and steps < 3:
        place -= 1
        steps += 1
    return place


@compiled
def _begins(text: Array, place: int, end: int, desk: Record) -> bool:
    """Whether a word with a capital begins at a place: no letter stands before."""
    if not kind_at(text, place, end, desk) & UPPER:
        return False
    if place == 0:
        return True
    before = _back(text, place)
    kind = kind_at(text, before, end, desk)
    if kind & KIND == MARK and before > 0:
        kind = kind_at(text, _back(text, before), end, desk)
    return not kind & LETTER


# --- words -------------------------------------------------------------------------------------


@compiled
def _word_end(text: Array, place: int, end: int, desk: Record) -> tuple[int, int]:
    """Return where the word at a place ends, and how many letters it has."""
    letters = 0
    while place < end:
        code, after = character(text, place, end)
        kind = kind_of(code, desk)
        if kind & LETTER or kind in (DIGIT, ODD):
            letters += 1
        elif kind & KIND != MARK or not kind_at(text, after, end, desk) & LETTER:
            break
        place = after
    return place, letters


@compiled
def _joins(text: Array, place: int, end: int, short: bool, desk: Record) -> int:
    """Return where the next word begins that belongs to the one that ends at a place; -1.

    That is a word with a capital, or one for son or daughter.
    """
    if is_byte(text, place, end, COMMA) or (short and is_byte(text, place, end, FULL_STOP)):
        place += 1
    for _ in range(MOST_SPACES + 1):
        kind = kind_at(text, place, end, desk)
        if not kind & SPACE:
            return place if kind & UPPER or _particle(text, place, end, desk) else -1
        _, place = character(text, place, end)
    return -1


@compiled
def _particle(text: Array, place: int, end: int, desk: Record) -> int:
    """Return where a word for son or daughter ends, if one begins at a place; else 0."""
    kind = kind_at(text, place, end, desk)
    if not kind & LETTER:
        return 0
    longest = desk.particle_starts[1 if kind & LATIN else 0, kind & 0xFF]
    if not longest:
        return 0
    # A character has at most three bytes; the word must end before that.
    size, _, last = read_word(text, place, min(end, place + 3 * (longest + 1)), desk)
    if size < 0 or size > longest:
        return 0
    return last if slot_of(desk.particles, hashed(desk.letters, desk.used[1], size)) >= 0 else 0


@compiled
def _is_no_name(text: Array, place: int, last: int, end: int, desk: Record) -> bool:
    """Whether a short word is a preposition, or an abbreviation, rather than initials.

    In running text an initial has a full stop, and two letters in capitals are a word like ИЗ,
    unless they are a known short name.
    """
    if is_byte(text, last, end, FULL_STOP):
        return False
    size, capitals, after = read_word(text, place, last, desk)
    if size < 2 or after != last:
        return True
    return capitals and slot_of(desk.short_names, hashed(desk.letters, desk.used[1], size)) < 0


# --- runs --------------------------------------------------------------------------------------


@compiled
def _slot(text: Array, start: int, end: int, desk: Record) -> int:
    """Return the slot of a run, -1 minus that of one that was not met before.

    It is known by two hashes of its bytes; two runs with both alike do not happen by chance.
    """
    one, other = SEED, SPREAD
    for place in range(start, end):
        byte = np.uint64(text[place])
        one = (one ^ byte) * SPREAD
        one ^= one >> np.uint64(31)
        other = (other + byte) * SEED
        other ^= other >> np.uint64(29)
    one |= np.uint64(1)  # 0 is an empty slot
    last = desk.run_values.size - 1
    slot = int64((one >> np.uint64(20)) & np.uint64(last))
    while desk.run_memory[slot, 0]:
        if desk.run_memory[slot, 0] == one and desk.run_memory[slot, 1] == other:
            return slot
        slot = (slot + 1) & last
    desk.run_memory[slot, 0], desk.run_memory[slot, 1] = one, other
    desk.run_values[slot] = NEW
    desk.remembered[0] += 1
    return -1 - slot


@compiled
def _close(text: Array, first: int, count: int, end: int, desk: Record, piece: Piece) -> int:
    """Write the run of the last words; return how many words are kept, those of new runs."""
    starts, runs = piece.words.starts, piece.runs
    if count > first:
        runs.used[3] = starts[first]
    if count - first < 2:
        return first
    after = piece.words.ends[count - 1]
    slot = _slot(text, starts[first], after + is_byte(text, after, end, FULL_STOP), desk)
    new = slot < 0
    if new:
        slot = -1 - slot
        runs.new[runs.used[1]], runs.sizes[runs.used[1]] = slot, count - first
        runs.used[1] += 1
    if new or desk.run_values[slot] != NOBODY:
        runs.starts[runs.used[0]], runs.slots[runs.used[0]] = starts[first], slot
        runs.used[0] += 1
    return count if new else first


@compiled
def _overlapping(first: int, count: int, words: Tokens) -> int:
    """Begin the next piece of a long run with the last words of this one; return how many."""
    for back in range(OVERLAP):
        at = count - OVERLAP + back
        words.starts[first + back], words.ends[first + back] = words.starts[at], words.ends[at]
    return first + OVERLAP


@compiled
def read_runs(text: Array, begin: int, end: int, desk: Record, piece: Piece) -> int:
    """Write the runs of two words and more in a piece of a text; return where the last one begins.

    The last one may have one word only; if there is none, the end of the piece is returned.

    Args:
        text: UTF-8.
        begin: where to begin.
        end: where to stop.
        desk: the desk, with room to remember all runs of the piece; its words are not changed.
        piece: out: runs, and the words of those that are new.
    """
    _capitals(text, begin, end, piece.maybe)
    words, used = piece.words, piece.runs.used
    used[:3] = 0
    used[3] = end
    place = begin
    count = first = 0
    following = -1  # where a word begins that belongs to the last one
    while place < end or following >= 0:
        if following < 0:
            place = _next(place, begin, end, piece)
            if place < end and not _begins(text, place, end, desk):
                _, place = character(text, place, end)
                continue
        if place >= end:
            break
        last, letters = _word_end(text, place, end, desk)
        is_name = letters > ABBREVIATED or not _is_no_name(text, place, last, end, desk)
        if is_name:
            words.starts[count], words.ends[count] = place, last
            count += 1
        following = -1
        if is_name:
            following = _joins(text, last, end, letters <= ABBREVIATED, desk)
        if following < 0 or count - first == LONGEST_RUN:
            kept = _close(text, first, count, end, desk, piece)
            count = kept if following < 0 else _overlapping(kept, count, words)
            first = kept
        place = last if following < 0 else following
    used[2] = count
    return used[3]


# --- tokens ------------------------------------------------------------------------------------


@compiled
def number(text: Array, end: int, desk: Record, piece: Piece) -> None:
    """Number the words of the new runs of a piece."""
    words, sizes = piece.words, piece.runs.sizes
    place = 0
    for run in range(piece.runs.used[1]):
        for nth in range(sizes[run]):
            words.joined[place] = nth > 0
            words.tokens[place] = _token(text, words.starts[place], words.ends[place], end, desk)
            place += 1


@compiled
def _token(text: Array, start: int, last: int, end: int, desk: Record) -> int:
    """Return the token of the word between two places."""
    kind = kind_at(text, start, end, desk)
    if not kind & UPPER:
        return PARTICLE
    if last - start > _LONGEST:
        return UNREAD
    size, capitals, after = read_word(text, start, last, desk)
    if size < 0 or after != last:
        return UNREAD
    latin = 1 if kind & LATIN else 0
    dot = is_byte(text, last, end, FULL_STOP)
    token = initial_or_left(size, capitals and not dot, dot, latin, desk)
    if token == NOTHING:
        return number_of(size, latin, desk)
    return UNREAD if token == LEFT else token
