"""Sounds that a printed Cyrillic word may stand for, worked out fast and generously.

Every string that `words.Word` finds for a word of basic Cyrillic letters is among them, and more:
case endings are taken off without asking what stands before them. The test of this module holds
the two against each other; what is here only decides which words are looked at in earnest.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, compiled

from habeas.names.lexicon import elements
from habeas.names.romanise import plain
from habeas.names.letters import Script
from habeas.names.tables_io import rows

FIRST_LETTER, LAST_LETTER = 0x400, 0x4FF
LONGEST = 28
"""Letters of a word that is worked out here; longer ones are left to Python."""
UNKNOWN_LETTER = 99
LONGEST_MISTYPED = 6
LONGEST_MUHAMMAD = 8
SHORTEST_REST = 3
"""Sounds that are left of a name without its elements, at least; as `pairs.SHORTEST_BASE`."""
_PARADIGMS = ("ov", "adj", "noun")


class Rules(NamedTuple):
    """The tables that the kernels read.

    Lower-case letters and sounds by letter; endings in letters and in sounds with what takes their
    place; elements of names, each with "p" or "s" for its place.
    """

    lower: NDArray[np.uint16]
    letters: NDArray[np.uint8]
    case_endings: NDArray[np.uint16]
    surname_endings: NDArray[np.uint8]
    elements: NDArray[np.uint8]
    father_endings: NDArray[np.uint8]


def _table(pairs: list[tuple[str, str]], kind: type[np.generic]) -> NDArray[np.generic]:
    """Return pairs as rows: length, letters (8), length, letters (8)."""
    found = np.zeros((len(pairs), 32), dtype=kind)
    for row, (one, other) in zip(found, pairs, strict=True):
        for start, text in ((0, one), (16, other)):
            row[start] = len(text)
            row[start + 1 : start + 1 + len(text)] = [ord(letter) for letter in text]
    return found


def load_rules() -> Rules:
    """Return the rules as arrays."""
    letters = np.zeros((LAST_LETTER - FIRST_LETTER + 1, 3), dtype=np.uint8)
    for code in range(FIRST_LETTER, LAST_LETTER + 1):
        sounds = plain(chr(code), Script.CYRILLIC)
        if not sounds.isascii():  # a letter of no table: the word is left to Python
            letters[code - FIRST_LETTER, 0] = UNKNOWN_LETTER
            continue
        letters[code - FIRST_LETTER, 0] = len(sounds)
        letters[code - FIRST_LETTER, 1 : 1 + len(sounds)] = [ord(sound) for sound in sounds]
    cases = {
        (ending, nominative)
        for paradigm, ending, nominative in rows(
            "case_endings", ("paradigm", "ending", "nominative")
        )
        if paradigm in _PARADIGMS
    } - {("", "")}
    surnames = {(ending, bare) for ending, bare in rows("surname_endings", ("ending", "bare"))}
    prefixes, suffixes = elements()
    affixes = [(text, "p") for text in prefixes] + [(text, "s") for text in suffixes]
    lower = [_lower(chr(code)) for code in range(FIRST_LETTER, LAST_LETTER + 1)]
    return Rules(
        np.array(lower, dtype=np.uint16),
        letters,
        _table(sorted(pair for pair in cases if _basic("".join(pair))), np.uint16),  # type: ignore[arg-type]
        _table(sorted(surnames), np.uint8),  # type: ignore[arg-type]
        _table(affixes, np.uint8),  # type: ignore[arg-type]
        _table([(row[0], "") for row in rows("father_endings", ("ending",))], np.uint8),  # type: ignore[arg-type]
    )


def _lower(letter: str) -> int:
    lower = letter.lower()
    return ord(lower) if len(lower) == 1 else 0


def _basic(text: str) -> bool:
    return all(FIRST_LETTER <= ord(letter) <= LAST_LETTER for letter in text)


@compiled
def sounds_of(letters: Array, length: int, table: Array, out: Array) -> int:
    """Write the unsettled sounds of lower-case Cyrillic letters; return how many."""
    size = 0
    place = 0
    while place < length:
        code = letters[place]
        if code == 0x434 and place + 1 < length and letters[place + 1] == 0x436:  # дж
            out[size] = 74  # J
            size += 1
            place += 2
            continue
        row = code - 0x400
        for part in range(table[row, 0]):
            out[size] = table[row, 1 + part]
            size += 1
        place += 1
    return size


@compiled
def _is_vowel(sound: int) -> bool:
    # a e o u A E O
    return sound in (97, 101, 111, 117, 65, 69, 79)


@compiled
def _glides(text: Array, size: int) -> int:
    """Settle glides in place as `romanise.settle` does; return the new size."""
    kept = 0
    place = 0
    while place < size:  # y+o is one sound
        sound = text[place]
        if sound == 121:
            last = place
            while last < size and text[last] == 121:
                last += 1
            if last < size and text[last] == 111:
                text[kept] = 69
                kept += 1
                place = last + 1
                continue
        text[kept] = sound
        kept += 1
        place += 1
    size, kept, place = kept, 0, 0
    while place < size:
        sound = text[place]
        if sound in (105, 121):
            last = place
            while last < size and text[last] in (105, 121):
                last += 1
            if last == size or not _is_vowel(text[last]):
                text[kept] = 105
                kept += 1
            place = last
            continue
        text[kept] = sound
        kept += 1
        place += 1
    return kept


@compiled
def settled(text: Array, size: int) -> int:
    """Settle sounds in place as `romanise.settle` does; return the new size."""
    size = _glides(text, size)
    kept = 0
    for place in range(size):  # dJ, tC, tc
        after = text[place + 1] if place + 1 < size else 0
        if (text[place] == 100 and after == 74) or (text[place] == 116 and after in (67, 99)):
            continue
        text[kept] = text[place]
        kept += 1
    size, kept, place = kept, 0, 0
    while place < size:  # sC, zC
        if text[place] in (115, 122) and place + 1 < size and text[place + 1] == 67:
            text[kept] = 83
            place += 1
        else:
            text[kept] = text[place]
        kept += 1
        place += 1
    size, kept = kept, 0
    for place in range(size):
        if kept == 0 or text[kept - 1] != text[place]:
            text[kept] = text[place]
            kept += 1
    return kept


@compiled
def _put(out: Array, sizes: Array, count: int, text: Array, start: int, size: int) -> int:
    """Add a string unless it is there; return the new count."""
    if size < 1 or count >= sizes.size or size > out.shape[1]:
        return count
    for number in range(count):
        if sizes[number] == size:
            same = True
            for place in range(size):
                if out[number, place] != text[start + place]:
                    same = False
                    break
            if same:
                return count
    for place in range(size):
        out[count, place] = text[start + place]
    sizes[count] = size
    return count + 1


@compiled
def _ends(text: Array, size: int, table: Array, row: int) -> bool:
    length = table[row, 0]
    if length > size:
        return False
    for place in range(length):
        if text[size - length + place] != table[row, 1 + place]:
            return False
    return True


@compiled
def _put_surnames(
    out: Array, sizes: Array, count: int, text: Array, size: int, endings: Array
) -> int:
    """Add a run of sounds, and what is left of it without each ending of a surname."""
    count = _put(out, sizes, count, text, 0, size)
    bare = size
    while bare > 1 and text[bare - 1] == 105:
        bare -= 1
    count = _put(out, sizes, count, text, 0, bare)
    whole = np.empty(size + 16, dtype=np.uint8)
    for row in range(endings.shape[0]):
        if size > endings[row, 0] + 1 and _ends(text, size, endings, row):
            stem = size - endings[row, 0]
            bare = stem
            while bare > 1 and text[bare - 1] == 105:
                bare -= 1
            count = _put(out, sizes, count, text, 0, bare)
            extra = endings[row, 16]
            if extra:
                whole[:stem] = text[:stem]
                for place in range(extra):
                    whole[stem + place] = endings[row, 17 + place]
                count = _put(out, sizes, count, whole, 0, stem + extra)
    return count


@compiled
def strings_of(letters: Array, length: int, rules: Rules, out: Array, sizes: Array) -> int:
    """Write every string of sounds that a word may stand for as surname or given name.

    Returns how many there are. `letters` are lower-case code points of Cyrillic.
    """
    table, endings = rules.letters, rules.surname_endings
    raw = np.empty(length + 16, dtype=np.uint16)
    text = np.empty(2 * length + 36, dtype=np.uint8)
    count = 0
    size = sounds_of(letters, length, table, text)
    count = _put(out, sizes, count, text, 0, size)  # not settled: to find one wrong letter
    size = settled(text, size)
    count = _put_surnames(out, sizes, count, text, size, endings)
    text[size] = 97
    count = _put_surnames(out, sizes, count, text, size + 1, endings)
    cases = rules.case_endings
    for row in range(cases.shape[0]):
        if not _ends(letters, length, cases, row):
            continue
        stem = length - cases[row, 0]
        if stem == 0:
            continue
        raw[:stem] = letters[:stem]
        extra = cases[row, 16]
        for place in range(extra):
            raw[stem + place] = cases[row, 17 + place]
        size = settled(text, sounds_of(raw, stem + extra, table, text))
        count = _put_surnames(out, sizes, count, text, size, endings)
        text[size] = 97
        count = _put_surnames(out, sizes, count, text, size + 1, endings)
    return count


@compiled
def _same(text: Array, start: int, table: Array, row: int) -> bool:
    """Whether a row of a table of sounds stands in a run at a place where there is room for it."""
    for place in range(table[row, 0]):
        if text[start + place] != table[row, 1 + place]:
            return False
    return True


@compiled
def add_stripped(out: Array, sizes: Array, count: int, affixes: Array) -> int:
    """Add each string without the name elements that it begins or ends with."""
    before = count
    for number in range(before):
        size = sizes[number]
        text = out[number].copy()
        for row in range(affixes.shape[0]):
            rest = size - affixes[row, 0]
            if rest < SHORTEST_REST:
                continue
            if affixes[row, 17] == 115:  # a suffix
                if _same(text, rest, affixes, row):
                    count = _put(out, sizes, count, text, 0, rest)
            elif _same(text, 0, affixes, row):
                count = _put(out, sizes, count, text, size - rest, rest)
    return count


@compiled
def _without_vowels(text: Array, size: int) -> int:
    """Return the size of a run without its last vowels, as `lexicon.father_stem` takes them off."""
    while size > 1 and (_is_vowel(text[size - 1]) or text[size - 1] == 105):
        size -= 1
    return size


@compiled
def add_stems(out: Array, sizes: Array, count: int, endings: Array) -> int:
    """Add every beginning of a string that the ending of a patronymic follows, well or mistyped.

    And every string without its last vowels, as a bare father's name stands in a patronymic.
    """
    before = count
    for number in range(before):
        text = out[number].copy()
        size = sizes[number]
        count = _put(out, sizes, count, text, 0, _without_vowels(text, size))
        for stem in range(2, size):
            if _is_father_ending(text, stem, size, endings):
                count = _put(out, sizes, count, text, 0, stem)
                count = _put(out, sizes, count, text, 0, _without_vowels(text, stem))
    return count


@compiled
def _is_father_ending(text: Array, stem: int, size: int, endings: Array) -> bool:
    """Whether the rest of a word begins with the ending of a patronymic, or may be one mistyped."""
    rest = size - stem
    if rest <= LONGEST_MISTYPED and (not _is_vowel(text[size - 1]) or text[size - 1] == 97):
        # ович, евич, овна, евна with one letter wrong: two of the others are still there.
        told = 0
        for place in range(stem, size):
            told += text[place] in (67, 118, 110)  # C v n
        if rest > 1 and told:
            return True
    for row in range(endings.shape[0]):
        if endings[row, 0] <= rest and _same(text, stem, endings, row):
            return True
    return False


@compiled
def _muhammad(text: Array, start: int, size: int) -> int:
    """Return the sounds of a spelling of Muhammad at a place, as `pairs._MUHAMMAD`; 0 for none.

    It takes a little more for one than that does.
    """
    place = start + 1
    while place < size and place - start < LONGEST_MUHAMMAD:
        sound = text[place]
        if sound == 100:  # d
            return place + 1 - start if place - start >= 3 else 0
        if not (_is_vowel(sound) or sound in (120, 72, 103, 109)):  # x H g m
            return 0
        place += 1
    return 0


@compiled
def add_muhammad(out: Array, sizes: Array, count: int) -> int:
    """Add each string with M for the first spelling of Muhammad inside it."""
    before = count
    for number in range(before):
        size = sizes[number]
        for start in range(size):
            if out[number, start] != 109:
                continue
            length = _muhammad(out[number], start, size)
            if length:
                text = out[number].copy()
                text[start] = 77
                for place in range(start + length, size):
                    text[place - length + 1] = text[place]
                count = _put(out, sizes, count, text, 0, size - length + 1)
                break
    return count
