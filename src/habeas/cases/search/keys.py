"""The keys of a name: how its words sound in any script, and how they are written."""

import re
import unicodedata
from functools import lru_cache

from habeas.names.letters import script_of
from habeas.names.romanise import readings
from habeas.names.sounds import coarse, skeleton

_WORD = re.compile(r"[^\W\d_]{2,}")
_RUN = re.compile(r"(.)\1+")
_DIGITS = re.compile(r"\d")
_SHORTEST_NUMBER = 5
_LONGEST = 58

# One key of the keyboard in both layouts; Tajik and Uzbek letters sit on the Russian layout's keys.
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_OTHER_LAYOUT = str.maketrans(
    _LATIN + _LATIN.upper() + _RUSSIAN + _RUSSIAN.upper(),
    _RUSSIAN + _RUSSIAN.upper() + _LATIN + _LATIN.upper(),
)


def words_of(text: str) -> list[str]:
    """Return the words at the beginning of a text, lower case, accents composed.

    What is searched for is a name; of a longer text only 1,000 characters are looked at.
    """
    return every_word_of(unicodedata.normalize("NFKC", text)[:1000])


def every_word_of(text: str) -> list[str]:
    """Return the words of a whole text, lower case, accents composed."""
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", text))]


def sounding(text: str) -> set[str]:
    """Return a key for each reading of each word: its consonants in wide classes, runs as one.

    A word is also found with one of its consonants left out, so that one slip of the pen is
    forgiven.
    """
    return {key for word in words_of(text) for key in _sounding(word)}


@lru_cache(maxsize=1 << 15)
def _sounding(word: str) -> frozenset[str]:
    found: set[str] = set()
    for bones in bones_of(word):
        found.add("s" + bones)
        if len(bones) > 3:
            found |= {"s" + bones[:n] + bones[n + 1 :] for n in range(1, len(bones))}
    return frozenset(found)


def written(text: str) -> set[str]:
    """Return a key for each word as it is written."""
    return {"w" + word[:_LONGEST] for word in words_of(text)}


def number(text: str) -> str:
    """Return the key of a number, empty where there are too few digits for one."""
    digits = "".join(_DIGITS.findall(text))
    return "n" + digits[:_LONGEST] if len(digits) >= _SHORTEST_NUMBER else ""


def in_other_layout(text: str) -> str:
    """Return what the same keys give in the other keyboard layout: `bppfn` gives `иззат`."""
    return text.translate(_OTHER_LAYOUT)


@lru_cache(maxsize=1 << 15)
def bones_of(word: str) -> frozenset[str]:
    """Return the consonants of a word in wide classes, runs as one: one text for each reading."""
    found = {
        _RUN.sub(r"\1", skeleton(coarse(sounds)))[:_LONGEST]
        for sounds, _price in readings(word, script_of(word))
    }
    return frozenset(found - {""})
