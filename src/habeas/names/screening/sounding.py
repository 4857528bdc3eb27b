"""From letters to sounds, as `romanise` reads them."""

import numpy as np

from habeas.names.screening.alphabet import HYPHEN
from habeas.names.screening.compiled import Array, Record, compiled, int64
from habeas.names.screening.rules import ANYWHERE, AT_END, AT_START, BEHIND, SEED, SPREAD, WIDTH


@compiled
def is_vowel(sound: int) -> bool:
    """Whether a sound is one of a e o u A E O."""
    return sound in (97, 101, 111, 117, 65, 69, 79)


@compiled
def cyrillic(letters: Array, size: int, plain: bool, desk: Record) -> int:
    """Write the sounds of Cyrillic letters into `desk.text`, not settled; return how many.

    Plain sounds are those of `romanise.plain`: a hyphen stays, and ў is always the Uzbek one.
    """
    count = place = 0
    while place < size:
        code = letters[place]
        if code == 0x34 and place + 1 < size and letters[place + 1] == 0x36:  # дж
            desk.text[count] = 74  # J
            count += 1
            place += 1
        elif code == HYPHEN:
            if plain:
                desk.text[count] = HYPHEN
                count += 1
        elif code == 0x5E and not plain and place and _makes_v(letters[place - 1]):  # ў
            desk.text[count] = 118  # v
            count += 1
        else:
            for part in range(desk.sounds[code, 0]):
                desk.text[count] = desk.sounds[code, 1 + part]
                count += 1
        place += 1
    return count


@compiled
def _makes_v(code: int) -> bool:
    """Whether a letter is one of аеёіоуыэюя, after which ў is the Belarusian v."""
    return code in (0x30, 0x35, 0x51, 0x56, 0x3E, 0x43, 0x4B, 0x4D, 0x4E, 0x4F)


@compiled
def latin(size: int, style: int, desk: Record) -> int:
    """Write the sounds of the Latin letters in `desk.own` into `desk.text`, not settled."""
    count = place = 0
    while place < size:
        step = 1
        letter = desk.own[place]
        for row in range(desk.style_places[style, letter, 0], desk.style_places[style, letter, 1]):
            length = int64(desk.styles[row, 0])
            if _stands(place, place + length, size, row, desk):
                for part in range(desk.styles[row, WIDTH]):
                    desk.text[count] = desk.styles[row, WIDTH + 1 + part]
                    count += 1
                step = length
                break
        place += step
    return count


@compiled
def _stands(place: int, end: int, size: int, row: int, desk: Record) -> bool:
    """Whether the letters of a row of a romanisation stand at a place, where it wants them."""
    if end > size:
        return False
    for part in range(1, end - place):
        if desk.own[place + part] != desk.styles[row, 1 + part]:
            return False
    where = desk.styles[row, WIDTH - 1]
    if where == ANYWHERE:
        return True
    if where == AT_START:
        return place == 0 or desk.own[place - 1] == HYPHEN
    if where == AT_END:
        return end == size or desk.own[end] == HYPHEN
    if where == BEHIND:
        return place > 0 and desk.stands[desk.own[place - 1]] & where != 0
    return end < size and desk.stands[desk.own[end]] & where != 0


@compiled
def settled(text: Array, size: int) -> int:
    """Settle sounds in place as `romanise.settle` does; return the new size."""
    return _without_doubles(text, _hushed(text, _glides(text, _yo(text, size))))


@compiled
def _yo(text: Array, size: int) -> int:
    """Make one sound of y before o."""
    kept = place = 0
    while place < size:
        last = place
        while last < size and text[last] == 121:
            last += 1
        if last > place and last < size and text[last] == 111:
            text[kept] = 69
            place = last + 1
        else:
            text[kept] = text[place]
            place += 1
        kept += 1
    return kept


@compiled
def _glides(text: Array, size: int) -> int:
    """Drop a glide before a vowel; make one i of any other run of i and y."""
    kept = place = 0
    while place < size:
        last = place
        while last < size and text[last] in (105, 121):
            last += 1
        if last == place:
            text[kept] = text[place]
            kept += 1
            place += 1
            continue
        if last == size or not is_vowel(text[last]):
            text[kept] = 105
            kept += 1
        place = last
    return kept


@compiled
def _hushed(text: Array, size: int) -> int:
    """Drop d before J, t before C and c; then make S of sC and zC."""
    kept = 0
    for place in range(size):
        after = text[place + 1] if place + 1 < size else 0
        if (text[place] == 100 and after == 74) or (text[place] == 116 and after in (67, 99)):
            continue
        text[kept] = text[place]
        kept += 1
    size, kept, place = kept, 0, 0
    while place < size:
        if text[place] in (115, 122) and place + 1 < size and text[place + 1] == 67:
            text[kept] = 83
            place += 1
        else:
            text[kept] = text[place]
        kept += 1
        place += 1
    return kept


@compiled
def _without_doubles(text: Array, size: int) -> int:
    kept = 0
    for place in range(size):
        if kept == 0 or text[kept - 1] != text[place]:
            text[kept] = text[place]
            kept += 1
    return kept


@compiled
def hashed(text: Array, start: int, size: int) -> np.uint64:
    """Return the hash of a run of sounds or codes, as `rules.hash_of`."""
    value = SEED
    for place in range(start, start + size):
        value = (value ^ np.uint64(text[place])) * SPREAD
        value ^= value >> np.uint64(29)
    return value


@compiled
def slot_of(keys: Array, key: np.uint64) -> int:
    """Return the place of a key in an open table, or -1."""
    last = keys.size - 1
    slot = int64(key & np.uint64(last))
    while keys[slot] != 0:
        if keys[slot] == key:
            return slot
        slot = (slot + 1) & last
    return -1
