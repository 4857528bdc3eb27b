"""The tables of naming practice as arrays, for the compiled loops.

Everything here is read from the same tables, or asked from the same functions, that `compare` goes
by; nothing is written down twice.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from habeas.errors import TableRefused
from habeas.names.declension import FEMININE, MASCULINE, mask_of
from habeas.names.layouts import BEGINNINGS, SHORT_WORDS
from habeas.names.lexicon import elements, group_initials, keys, lexicon, titles
from habeas.names.patronymics import mistyped_endings
from habeas.names.romanise import AFTER_VOWEL, BEFORE, PRICES, style_rows
from habeas.names.screening.alphabet import LATIN, START, codes, spelled
from habeas.names.screening.compiled import Array
from habeas.names.tables_io import rows

OV, ADJ, NOUN, FATHER, MISTYPED = 1, 2, 4, 8, 16
_PARADIGMS = {"ov": OV, "adj": ADJ, "noun": NOUN, "father": FATHER}
MEN, WOMEN = 1, 2
OV_ENDING, OTHER_ENDING, NO_STEM, GOES_ON = 1, 2, 3, 4
"""What an ending of a surname leaves: a stem before -ov; one before another ending that may be
swapped for it; none. After the last, shorter endings are looked for, as `split_surname` does."""
_LEAVES = {"ov": OV_ENDING, "zoda": OTHER_ENDING, "nisba": OTHER_ENDING, "iyon": OTHER_ENDING,
           "adj": GOES_ON, "in": GOES_ON}  # fmt: skip
ANYWHERE, AT_START, AT_END, AHEAD, BEHIND = 0, 1, 2, 8, 64
"""Where a row of a romanisation stands: before or after letters, told by bits of `stands`."""
_WHERE = {"any": ANYWHERE, "start": AT_START, "end": AT_END, "vowel": AHEAD, "front": 2 * AHEAD,
          "after_vowel": BEHIND}  # fmt: skip
GIVEN_KNOWN, FATHER_KNOWN = 1, 2
"""Flags of known sounds: surely a known given name, a known father's name."""
WIDTH = 16
"""Bytes of a text in a row, its length included."""
SEED = np.uint64(0xCBF29CE484222325)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
_64_BITS = (1 << 64) - 1


def tables() -> dict[str, Array]:
    """Return the tables by name.

    case_keys, case_places: an open table of printed ends of words, and the rules for each.
    case_rules: paradigms, letters that go, the end that takes their place; in OV, MEN and WOMEN.
    case_ends: ends of nominatives: length, letters.
    endings: of surnames: length, sounds; those of the masculine form; a text that is what is left.
    ending_places: by last sound: first and last row of `endings`.
    fathers: endings of fathers' names, the longest first: length, sounds.
    suffixes, prefixes: elements of names by last, first sound; `..._places` as above.
    styles: romanisations: length, letters, where, number of sounds, sounds.
    style_places: by style and letter: first and last row.
    stands: by letter: what it lets a row stand before, or after.
    options: by sound: how many sounds of one value it may be, and those.
    known_keys, known: an open table of the sounds of known names: first and last group as given
        name, as father's name, flags, initials.
    groups: numbers of groups.
    special: an open table of hashed words that are read only together with their neighbours.
    particles: of words for son and daughter; particle_starts: by script and first letter, how long
        the longest is; children: of those that are no titles.
    short_names: of names of two letters.

    Raises:
        TableRefused: a table holds what the loops cannot follow.
    """
    prefixes, suffixes = elements()
    fathers = sorted((row[0] for row in rows("father_endings", ("ending",))), key=len, reverse=True)
    particles = {word for (word,) in rows("particles", ("word",))}
    found = _cases() | _styles() | _known()
    found["endings"], found["ending_places"] = _placed(_surname_endings())
    found["suffixes"], found["suffix_places"] = _placed([(text,) for text in suffixes])
    found["prefixes"], found["prefix_places"] = _placed([(text,) for text in prefixes], by=0)
    found["fathers"] = _table([(ending,) for ending in fathers])
    found["special"] = _hashed({*titles(), *BEGINNINGS, *particles})
    found["particles"], found["particle_starts"] = _hashed(particles), _starts(particles)
    found["children"] = _hashed(particles - titles().keys())
    found["short_names"] = _hashed(set(SHORT_WORDS))
    return found


def hash_of(some: Iterable[int]) -> int:
    """Return the hash of a run of codes or sounds, as the loops work it out."""
    value = int(SEED)
    for code in some:
        value = ((value ^ code) * int(SPREAD)) & _64_BITS
        value ^= value >> 29
    return value


def _open_table(hashes: Sequence[int]) -> tuple[NDArray[np.uint64], list[int]]:
    """Return an open table of hashes, none of them 0, and the place of each."""
    size = 64
    while size < 3 * len(hashes):
        size *= 2
    table = np.zeros(size, dtype=np.uint64)
    taken = bytearray(size)
    places: list[int] = []
    for value in hashes:
        place = value & (size - 1)
        while taken[place]:
            place = (place + 1) & (size - 1)
        taken[place] = 1
        table[place] = value
        places.append(place)
    return table, places


def _hashed(words: set[str]) -> NDArray[np.uint64]:
    """Return an open table of the hashes of words."""
    return _open_table(sorted({hash_of(spelled(word)) for word in words}))[0]


def _starts(words: set[str]) -> NDArray[np.uint8]:
    table = np.zeros((2, 256), dtype=np.uint8)
    for word in words:
        code = codes().get(word[0], 0)
        place = int(bool(code & LATIN)), code & 0xFF
        table[place] = max(int(table[place]), len(word))
    return table


# --- cases -------------------------------------------------------------------------------------

_Case = tuple[bytes, int, str]
"""The printed end of a word, letters of it that go, and the end of the nominative."""


def _cases() -> dict[str, Array]:
    """Return the case endings by the printed end of a word, with what must stand before them."""
    found: dict[_Case, list[int]] = {}
    columns = ("paradigm", "ending", "before", "nominative", "gender")
    for number, row in enumerate(rows("case_endings", columns), 1):
        paradigm, ending, before, nominative, gender = row
        if paradigm not in _PARADIGMS:
            raise TableRefused("case_endings.tsv", number, f"no paradigm {paradigm}")
        mask = mask_of(gender, "n")
        bearers = (MEN if mask & MASCULINE else 0) | (WOMEN if mask & FEMININE else 0)
        for stem in alternatives(before, number):
            rule = found.setdefault((_cyrillic(stem + ending), len(ending), nominative), [0, 0])
            rule[0] |= _PARADIGMS[paradigm]
            rule[1] |= bearers if paradigm == "ov" else 0
    for text, (meant, _) in mistyped_endings().items():
        found.setdefault((_cyrillic(text), len(text), meant), [0, 0])[0] |= MISTYPED
    return _case_tables(found)


def _case_tables(found: dict[_Case, list[int]]) -> dict[str, Array]:
    ends = sorted({nominative for _, _, nominative in found})
    by_end: dict[bytes, list[tuple[int, int, int, int]]] = {}
    for (end, cut, nominative), (paradigms, bearers) in found.items():
        by_end.setdefault(end, []).append((paradigms, cut, ends.index(nominative), bearers))
    table, slots = _open_table([hash_of(reversed(end)) for end in by_end])
    places = np.zeros((table.size, 2), dtype=np.int32)
    case_rules: list[tuple[int, int, int, int]] = []
    for slot, some in zip(slots, by_end.values(), strict=True):
        places[slot] = len(case_rules), len(case_rules) + len(some)
        case_rules.extend(some)
    case_ends = np.zeros((len(ends), WIDTH), dtype=np.uint8)
    for number, nominative in enumerate(ends):
        _write(case_ends[number], 0, _cyrillic(nominative))
    return {
        "case_keys": table,
        "case_places": places,
        "case_rules": np.array(case_rules, dtype=np.int32),
        "case_ends": case_ends,
    }


def _cyrillic(text: str) -> bytes:
    """Return letters of the tables in codes; `^` is the start of a word."""
    return bytes(
        START if letter == "^" else ord(letter) - (0x400 if letter > "\x7f" else 0)
        for letter in text
    )


def alternatives(pattern: str, line: int) -> list[str]:
    """Return all texts that a pattern of `case_endings` stands for: `(ov|[ab]c)`, `[abc]`, `^l`.

    Raises:
        TableRefused: the pattern holds anything else.
    """
    inner = pattern[1:-1] if pattern.startswith("(") and pattern.endswith(")") else pattern
    found: list[str] = []
    for part in inner.split("|"):
        texts, rest = [""], part
        while rest:
            if rest[0] == "[" and "]" in rest:
                letters, rest = rest[1 : rest.index("]")], rest[rest.index("]") + 1 :]
            else:
                letters, rest = rest[0], rest[1:]
            if any(letter in "()[]{}|*+?.\\$" for letter in letters):
                raise TableRefused("case_endings.tsv", line, f"the pattern {pattern}")
            texts = [text + letter for text in texts for letter in letters]
        found.extend(texts)
    return found


# --- endings, elements, romanisations ----------------------------------------------------------


def _write(row: NDArray[np.uint8], start: int, text: bytes) -> None:
    """Write a length and as many bytes."""
    row[start] = len(text)
    row[start + 1 : start + 1 + len(text)] = list(text)


def _table(some: Sequence[tuple[str, ...]]) -> NDArray[np.uint8]:
    """Return rows of one to three texts: length and sounds of each."""
    table = np.zeros((len(some), 3 * WIDTH), dtype=np.uint8)
    for row, texts in zip(table, some, strict=True):
        for place, text in enumerate(texts):
            _write(row, place * WIDTH, text.encode())
    return table


def _placed(
    some: Sequence[tuple[str, ...]], by: int = -1
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Return rows of texts, the longest first, in the order of their last sound, and the places."""
    order = sorted(some, key=lambda row: (row[0][by], -len(row[0])))
    places = np.zeros((128, 2), dtype=np.int32)
    for number, row in enumerate(order):
        sound = ord(row[0][by])
        if places[sound, 1] == 0:
            places[sound, 0] = number
        places[sound, 1] = number + 1
    return _table(order), places


def _surname_endings() -> list[tuple[str, ...]]:
    """Return endings of surnames, masculine endings, and as a third text what they leave."""
    return [
        (ending, bare, chr(_LEAVES.get(kind, NO_STEM)))
        for ending, kind, bare in rows("surname_endings", ("ending", "class", "bare"))
    ]


def _styles() -> dict[str, Array]:
    """Return the rows of each romanisation in the order in which `romanise` tries them."""
    table: list[tuple[bytes, int, bytes]] = []
    places = np.zeros((len(PRICES), 256, 2), dtype=np.int32)
    for number, name in enumerate(PRICES):
        by_letter: dict[int, list[tuple[bytes, int, bytes]]] = {}
        for latin, where, sounds in style_rows(name):
            text = spelled(latin)
            by_letter.setdefault(text[0], []).append((text, _WHERE[where], sounds.encode()))
        for letter, some in by_letter.items():
            places[number, letter] = len(table), len(table) + len(some)
            table.extend(some)
    styles = np.zeros((len(table), 2 * WIDTH), dtype=np.uint8)
    for row, (text, place, text_sounds) in zip(styles, table, strict=True):
        _write(row, 0, text)
        row[WIDTH - 1] = place
        _write(row, WIDTH, text_sounds)
    stands = np.zeros(256, dtype=np.uint8)
    for where, letters in (*BEFORE.items(), ("after_vowel", AFTER_VOWEL)):
        for code in spelled(letters):
            stands[code] |= _WHERE[where]
    return {"styles": styles, "style_places": places, "stands": stands}


# --- known names -------------------------------------------------------------------------------


def _known() -> dict[str, Array]:
    """Return the sounds of all known names, with their groups and initials."""
    names = lexicon()
    given, father = dict(names.all_given()), dict(names.all_fathers())
    # A spelling that is in no group itself may sound like a known name.
    doubtful = set(names.sounds_without_group())
    sounds_of = sorted({*given, *father})
    table, slots = _open_table([hash_of(sounds.encode()) for sounds in sounds_of])
    out = np.zeros((table.size, 6), dtype=np.int32)
    number: dict[str, int] = {}
    groups: list[int] = []
    for sounds, slot in zip(sounds_of, slots, strict=True):
        for column, known, flag in (
            (0, given.get(sounds), GIVEN_KNOWN),
            (2, father.get(sounds), FATHER_KNOWN),
        ):
            out[slot, column] = len(groups)
            if known is not None:
                linked = sorted(known.groups | known.short_of | known.base_of)
                groups.extend(number.setdefault(group, len(number)) for group in linked)
                out[slot, 5] |= group_initials(known.groups | known.short_of)
                if known.groups and sounds not in doubtful:
                    out[slot, 4] |= flag
            out[slot, column + 1] = len(groups)
    return {
        "known_keys": table,
        "known": out,
        "groups": np.array(groups, dtype=np.int32),
        "options": _options(),
    }


def _options() -> NDArray[np.uint8]:
    """Return the values of sounds of doubtful value, as `lexicon.keys` writes them out."""
    table = np.zeros((128, 4), dtype=np.uint8)
    for code in range(1, 128):
        _write(table[code], 0, "".join(keys(chr(code))).encode())
    return table
