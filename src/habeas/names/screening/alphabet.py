"""Letters as numbers: what each character is, for the compiled loops.

A word is one script and one byte a letter, lower case: a Cyrillic letter its code point less 0x400,
a Latin one its ASCII code, or a number from 128 on if it is none of ASCII.
"""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from habeas.names.letters import APOSTROPHES, DASHES, Script
from habeas.names.lexicon import initial_bits, latin_starts
from habeas.names.romanise import bare, letter_sounds
from habeas.names.tables_io import rows

CYRILLIC, LATIN = 1 << 8, 1 << 9
LETTER = CYRILLIC | LATIN
SEPARATOR, MARK, BRACKET, DIGIT, ODD = (number << 10 for number in range(5))
KIND = 7 << 10
"""What a character is: a letter (script and code), or one of these. A MARK, with its code, joins
letters; what is ODD is left to Python, and so are rows with brackets."""
UPPER, SPACE = 1 << 13, 1 << 14
"""Added to a letter that is a capital, and to a separator that is white space."""
CHARACTERS = 0x2220
"""Code points that are told apart; all from there on are ODD."""
APOSTROPHE, HYPHEN, START = 39, 45, 255
"""Codes beside those of letters; START stands before the first letter of a word."""


@cache
def codes() -> dict[str, int]:
    """Return the script and code of each lower-case letter that the loops know."""
    known = letter_sounds()[0]
    found = {
        chr(code): CYRILLIC | code - 0x400 for code in range(0x430, 0x500) if chr(code) in known
    }
    latin = {row[0] for row in rows("romanisations", ("latin",)) if len(row[0]) == 1}
    marked = sorted(letter for letter in latin if letter > "\x7f")
    found.update({letter: LATIN | 128 + place for place, letter in enumerate(marked)})
    found.update({letter: LATIN | ord(letter) for letter in "abcdefghijklmnopqrstuvwxyz"})
    return found


@cache
def letters_of(script: Script) -> dict[int, str]:
    """Return the letters of a script by code, apostrophe and hyphen among them."""
    own = LATIN if script is Script.LATIN else CYRILLIC
    found = {code & 0xFF: letter for letter, code in codes().items() if code & own}
    return found | {APOSTROPHE: "'", HYPHEN: "-"}


def script_of(letter: str) -> Script | None:
    """Return the script of a letter that the loops know; None for any other character."""
    code = codes().get(letter, 0)
    return Script.LATIN if code & LATIN else Script.CYRILLIC if code & CYRILLIC else None


def spelled(word: str) -> bytes:
    """Return a lower-case word in codes, an unknown letter as START."""
    marks = {"'": APOSTROPHE, "-": HYPHEN}
    return bytes(marks.get(letter, codes().get(letter, START) & 0xFF) for letter in word)


def characters() -> NDArray[np.uint16]:
    """Return what each character is, by code point."""
    return np.array([_character(chr(code)) for code in range(CHARACTERS)], dtype=np.uint16)


def _character(letter: str) -> int:
    if letter in APOSTROPHES or letter == "'":
        return MARK | APOSTROPHE
    if letter in DASHES or letter == "-":
        return MARK | HYPHEN
    if letter in "()[]":
        return BRACKET
    composed = unicodedata.normalize("NFKC", letter)
    code = _code(letter.lower().replace("\u0307", "")) if composed == letter else 0
    if code:
        return code if letter == letter.lower() else code | UPPER
    if letter.isascii() and letter.isdigit():
        return DIGIT
    kind = unicodedata.category(letter)
    if (kind[0] not in "ZPS" and kind != "Cc") or any(map(str.isalnum, composed)):
        return ODD
    return SEPARATOR | (SPACE if letter.isspace() else 0)


def _code(lower: str) -> int:
    """Return the code of a letter, that of the bare letter if no table knows its mark; 0."""
    if len(lower) != 1:
        return 0
    if lower in codes():
        return codes()[lower]
    return codes().get(bare(lower), 0) if "\x7f" < lower < "\u0250" else 0


def initials() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return what lone letters stand for, and names that begin with a letter, as bits.

    By script (0 Cyrillic, 1 Latin) and code.
    """
    alone = np.zeros((2, 256), dtype=np.int32)
    first = np.zeros((2, 256), dtype=np.int32)
    for letter, code in codes().items():
        script, place = int(bool(code & LATIN)), code & 0xFF
        alone[script, place] = initial_bits(letter, printed=True)
        first[script, place] = initial_bits(letter)
    for start in (*latin_starts(), "дж"):
        code = codes().get(start[0], 0)
        if code:
            first[int(bool(code & LATIN)), code & 0xFF] |= initial_bits(start)
    return alone, first


def sounds() -> NDArray[np.uint8]:
    """Return how many sounds each Cyrillic letter has, and those."""
    table = np.zeros((256, 4), dtype=np.uint8)
    for letter, text in letter_sounds()[0].items():
        if len(letter) == 1 and 0x400 <= ord(letter) < 0x500:
            row = table[ord(letter) - 0x400]
            row[0] = len(text)
            row[1 : 1 + len(text)] = list(text.encode())
    return table
