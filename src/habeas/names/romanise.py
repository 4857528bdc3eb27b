"""Sounds of a written word: every reading of its letters in a small alphabet for comparing.

Cyrillic and Persian letters have one reading (`letters.tsv`). Latin letters are read in each style
of romanisation whose letters the word could hold (`romanisations.tsv`): "Chichvarkin",
"Tchitchvarkine" and "Tschitschwarkin" all give `CiCvarkin`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from habeas.names.letters import Script
from habeas.names.tables_io import rows


class Sound(NamedTuple):
    """One reading of a word: its sounds, and the price in bits of reading it in that style."""

    text: str
    price: float


# How surprising a style is, in bits, where the letters alone do not show it. Passport and press
# styles are what requests use; unmarked ISO 9 is met in library exports.
PRICES = {
    "passport": 0.0,
    "glide_j": 0.0,
    "latin_x": 0.0,
    "belarus": 0.5,
    "german": 0.5,
    "german_zh": 1.0,
    "german_sx": 2.5,
    "french": 0.5,
    "turkic": 1.0,
    "polish": 0.5,
    "romance": 1.0,
    "italian": 1.5,
    "spanish": 1.5,
    "dutch": 1.0,
    "english": 1.0,
    "split": 1.5,
    "unmarked": 1.0,
}
# A style is tried only when the word holds one of its own signs.
_SIGNS = {
    "passport": re.compile(""),
    "glide_j": re.compile("j|c(?!h)|cz|[xšžč]"),
    "latin_x": re.compile("x"),
    "belarus": re.compile("dz|ts|h|[aeiou]u|ŭ|c"),
    "german": re.compile("w|sch|j|z|ch|s|v"),
    "german_zh": re.compile("sch"),
    "german_sx": re.compile("sch"),
    "french": re.compile("ou|tch|ch|j|gu|ine$|yne$|ï|x|ss|dj"),
    "turkic": re.compile("[cqjçğşıəöü]"),
    "polish": re.compile("cz|sz|w|[łżźńśćó]"),
    "romance": re.compile("c|j|ţ|ț|gh"),
    "italian": re.compile("g[ieh]|c[ieh]|sc"),
    "spanish": re.compile("j|gu[eiéí]|qu"),
    "dutch": re.compile("[zs]j|tj|oe"),
    "english": re.compile("oo|ee|ou"),
    "split": re.compile("[stzkg]h|t[sz]"),
    "unmarked": re.compile("[scz](?!h)"),
}
# Digraphs that the unmarked style cannot hold: they show that the writer marks sh, ch, zh.
_MARKED = re.compile("[scz]h|kh|[šžčşçŝ]|ts|tch|w|[^\x00-\x7f]")
_READINGS_KEPT = 8

_VOWELS = "aeiouAEO"
_GLIDE_O = re.compile("y+o")
_GLIDE_BEFORE = re.compile(f"[iy]+(?=[{_VOWELS[0:2]}ouAEO])")
_GLIDE = re.compile("[iy]+")
_DOUBLE = re.compile(r"(.)\1+")
# Belarusian ў stands only after a vowel and is the в of Russian (Навумаў); Uzbek ў is a vowel.
_BELARUSIAN_V = re.compile("(?<=[аеёіоуыэюя])ў")
_HUSHED = re.compile("[sz]C")  # Песчанская, Peschanskaya: сч is said and read as щ
_STOPPED = re.compile("d(?=J)|t(?=[Cc])")  # Саидджон, Saidjon; Вячеславтчук


def settle(raw: str) -> str:
    """Return raw sounds with glides, doubled letters and mute signs settled.

    Writers disagree on every glide (Мария, Maria, Mariya, Marija) and on doubled letters, so none
    of them carries weight: a glide before a vowel is dropped, any other run of i and y is one i.
    """
    text = _GLIDE_O.sub("E", raw) if "yo" in raw else raw
    if "i" in text or "y" in text:
        text = _GLIDE.sub("i", _GLIDE_BEFORE.sub("", text))
    if "J" in text or "C" in text or "c" in text:
        text = _HUSHED.sub("S", _STOPPED.sub("", text))
    return _DOUBLE.sub(r"\1", text)


@cache
def letter_sounds() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the sounds of each Cyrillic letter, and what finds letters that have some."""
    sounds = {row[0]: row[1] for row in rows("letters", ("letter", "sounds"))}
    longest = sorted(sounds, key=len, reverse=True)
    return sounds, re.compile("|".join(map(re.escape, longest)))


@cache
def _one_letter_each() -> dict[int, str]:
    table = {
        ord(letter): sounds for letter, sounds in letter_sounds()[0].items() if len(letter) == 1
    }
    return table | {ord("-"): ""}


@cache
def _plain_letters() -> dict[int, str]:
    return {letter: sounds for letter, sounds in _one_letter_each().items() if letter != ord("-")}


BEFORE = {"vowel": "aeiouyəöüıäëï", "front": "eiyéè"}
AFTER_VOWEL = "aeiouy"
"""Letters that a row of the romanisations may have to stand before, or after."""


def style_rows(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield letters, where they stand, and sounds of one style, in the order they are tried."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for style, latin, sounds, where in rows("romanisations", ("style", "latin", "sounds", "where")):
        if style in ("passport", name):
            own = wanted.setdefault(latin, [])
            if style == name:
                own.insert(0, (where, sounds))
            else:
                own.append((where, sounds))
    for latin in sorted(wanted, key=len, reverse=True):
        for where, sounds in wanted[latin]:
            yield latin, where, sounds


@cache
def _style(name: str) -> Callable[[str], str]:
    """Return the reader of one style: Latin text to raw sounds."""
    patterns: list[str] = []
    values: list[str] = []
    alone = _Alone()
    for latin, where, sounds in style_rows(name):
        if len(latin) > 1 or where != "any":
            patterns.append("(" + _AROUND[where].format(re.escape(latin)) + ")")
            values.append(sounds.translate(_HIDDEN))
        elif ord(latin) not in alone:
            alone[ord(latin)] = sounds
    pattern = re.compile("|".join(patterns))

    def read(word: str) -> str:
        return pattern.sub(lambda match: values[(match.lastindex or 1) - 1], word).translate(alone)

    return read


_AROUND = {
    "any": "{}",
    "start": "(?<![^-]){}",
    "end": "{}(?![^-])",
    "vowel": f"{{}}(?=[{BEFORE['vowel']}])",
    "front": f"{{}}(?=[{BEFORE['front']}])",
    "after_vowel": f"(?<=[{AFTER_VOWEL}]){{}}",
}
# Sounds of groups of letters wait under other code points while the letters that stand alone are
# translated: that is several times quicker than to look at each letter by itself.
_HIDDEN = {code: 0xE000 + code for code in range(0x80)}


class _Alone(dict[int, str]):
    """Sounds of letters that belong to no group; a letter that is not here has none."""

    def __missing__(self, code: int) -> str:
        found = self[code] = chr(code - 0xE000) if 0xE000 <= code < 0xE080 else ""
        return found


def bare(word: str) -> str:
    """Return a Latin word with marks that no table knows taken off."""
    known = _known()
    if known.issuperset(word):
        return word
    return "".join(
        letter if letter in known else unicodedata.normalize("NFD", letter)[0] for letter in word
    )


@cache
def _known() -> frozenset[str]:
    latin = {row[0] for row in rows("romanisations", ("latin",)) if len(row[0]) == 1}
    return frozenset(latin | {"'", "-"})


@lru_cache(maxsize=1 << 17)
def cyrillic(word: str) -> str:
    """Return the settled sounds of a lower-case Cyrillic or Persian word."""
    if "ў" in word:
        word = _BELARUSIAN_V.sub("в", word)
    return settle(word.replace("дж", "ҷ").translate(_one_letter_each()))


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> tuple[Sound, ...]:
    """Return the readings of a lower-case Latin word, the cheapest price of each, at most eight."""
    word = bare(word)
    raw: dict[str, float] = {}
    for name, price in PRICES.items():
        if not _SIGNS[name].search(word) or (name == "unmarked" and _MARKED.search(word)):
            continue
        text = _style(name)(word)
        raw[text] = min(price, raw.get(text, price))
    found: dict[str, float] = {}
    for text, price in raw.items():
        settled = settle(text.replace("-", ""))
        found[settled] = min(price, found.get(settled, price))
    kept = sorted(found.items(), key=itemgetter(1))[:_READINGS_KEPT]
    return tuple([Sound(text, price) for text, price in kept if text])


def first_reading(word: str, script: Script) -> str:
    """Return the settled sounds of a lower-case word in the passport style; quicker than all."""
    if script is not Script.LATIN:
        return cyrillic(word)
    return settle(_style("passport")(bare(word)).replace("-", ""))


def plain(word: str, script: Script) -> str:
    """Return the sounds of a word letter by letter, nothing settled, in its first reading.

    A typing error may drop a letter between two vowels; settled sounds then hide how little it
    changed (Popova, Поова).
    """
    if script is Script.LATIN:
        return _style("passport")(bare(word))
    return word.replace("дж", "ҷ").translate(_plain_letters())


def readings(word: str, script: Script) -> tuple[Sound, ...]:
    """Return the readings of a lower-case word: sounds and the price of each in bits."""
    if script is Script.LATIN:
        return latin(word)
    text = cyrillic(word)
    if script is Script.PERSIAN:
        return _persian(text)
    return (Sound(text, 0.0),) if text else ()


def _persian(text: str) -> tuple[Sound, ...]:
    """Return readings of Persian letters: vav is v, o or u. Short vowels are not written."""
    if text.endswith(("af", "awf", "uf")) and len(text) > 3:
        text = text[: text.rindex("a") if "a" in text[-3:] else -2] + "ov"
    options = {settle(text.replace("w", value)) for value in ("v", "o", "u")}
    return tuple(Sound(option, 0.0) for option in sorted(options) if option)
