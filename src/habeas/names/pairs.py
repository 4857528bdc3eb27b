"""How well two surnames, two given names or two fathers' names go together, in bits.

Each answer names the rule that decided, so that a reader can attack it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from habeas.names import weights
from habeas.names.letters import Script
from habeas.names.lexicon import UNKNOWN, elements, group_initials, lexicon
from habeas.names.romanise import Sound
from habeas.names.slots import Initial, NameUnit, SurnameUnit
from habeas.names.sounds import (
    CHEAP,
    NEVER,
    TYPING_ERROR,
    apart,
    coarse,
    distance,
    near,
    one_error,
    one_letter,
    skeleton,
)
from habeas.names.words import Name, SurnameForm


class Pairing(NamedTuple):
    """Bits for or against, the rule that gave them, and how rare the agreement is by itself."""

    bits: float
    rule: str
    rarity: float


SHORT = 2.5
EQUIVALENT = 0.5
TYPED = 1.5
"""Extra bits beyond the distance for a difference that only an error explains."""
MISTYPED_SHORT = 5.5
"""Price of a short form mistyped: both together, less what its reading has paid already.

A word that no list holds is read as a given name for 2.5 bits more; a mistyped one is never listed,
so that those bits and the price of the error are the same surprise.
"""
SHORTEST_MISTYPED = 5
"""Letters of a mistyped short form; in shorter ones every word is near to some name."""
LEAST = 0.3
"""Bits of an agreement that the price has used up: it is no contradiction."""
VOWELLESS = 3.0
"""Price of an agreement of consonants only."""
HALF = 3.0
"""Price of one half of a double surname."""
BOTH_IN_USE = 4.0
"""Extra price of a difference between two surnames that are both in use (Иванов, Ефанов)."""
BOTH_IN_USE_FROM = 1.0
TWO_NAMES = "two different names"
SHORTEST_BASE = 3

# Families that write one surname in several ways: -ов, -зода, -ӣ, -иён or the bare stem. The
# price is for names whose stem is an attested given name, else it is dear.
_SWAPPED_ENDINGS = frozenset(("ov", "zoda", "nisba", "iyon", "bare"))
ENDING_SWAPPED = 1.5
ENDING_SWAPPED_ELSEWHERE = 4.0
OTHER_VOWEL = 0.5
"""Price of -ов for -ев: writers abroad mix them."""

_SURNAMES_DIFFER = Pairing(weights.SURNAME_DIFFERS, "surname differs", 0.0)
_NAMES_DIFFER = Pairing(weights.GIVEN_DIFFERS, "names differ", 0.0)
_TWO_NAMES = Pairing(weights.GIVEN_DIFFERS, TWO_NAMES, 0.0)
_INITIALS_DIFFER = Pairing(weights.INITIAL_DIFFERS, "initial differs", 0.0)


class _Gap(NamedTuple):
    """How far two surname forms are from each other, and what explains it."""

    price: float
    rule: str
    sounds: str
    other: str = ""


_NO_GAP = _Gap(NEVER, "", "")


def limit(length: int) -> float:
    """Return the most bits by which two runs of so many sounds may differ and be one name."""
    if length < 4:
        return 3.0
    return 6.0 if length == 4 else 6.6


@lru_cache(maxsize=1 << 18)
def surnames(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    """Return how well two surnames agree."""
    if (one.own.script is Script.PERSIAN) != (other.own.script is Script.PERSIAN):
        return _persian_surname(one, other)
    best = _least_gap(one, other)
    if best is not _NO_GAP:
        rarity = weights.surname_bits(best.sounds, best.other)
        if best.price < rarity:
            return Pairing(rarity - best.price, best.rule, rarity)
    if one.parts or other.parts:
        return _double(one, other)
    if one_letter(one.own.plain, other.own.plain):
        rarity = weights.surname_bits(one.forms[0].sounds)
        return Pairing(rarity - TYPING_ERROR - TYPED, "typing error", rarity)
    return _SURNAMES_DIFFER


def _least_gap(one: SurnameUnit, other: SurnameUnit) -> _Gap:
    best = _NO_GAP
    if not apart(one.coarse, other.coarse):
        for a in one.forms:
            for b in other.forms:
                found = _gap(a, b)
                if found.price < best.price:
                    best = found
    return best


def _persian_surname(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    price = _vowelless(one.own.sounds, other.own.sounds)
    if price == NEVER:
        return _SURNAMES_DIFFER
    rarity = weights.surname_bits(one.forms[0].sounds)
    return Pairing(rarity - price - VOWELLESS, "other spelling", rarity)


def _double(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    """Return the agreement of a double surname with one of its halves."""
    best = _SURNAMES_DIFFER
    for a in one.parts or (one,):
        for b in other.parts or (other,):
            found = surnames(a, b)
            if found.bits - HALF > best.bits:
                best = Pairing(found.bits - HALF, "half of a double surname", found.rarity)
    return best


def _gap(a: SurnameForm, b: SurnameForm) -> _Gap:
    price = a.price + b.price
    if a.sounds == b.sounds:
        return _Gap(price, "same surname", a.sounds)
    best = _spelled(a, b, price)
    if a.kind != b.kind and a.kind in _SWAPPED_ENDINGS and b.kind in _SWAPPED_ENDINGS:
        gap = distance(a.stem, b.stem, CHEAP)
        if gap < NEVER:
            known = _attested(a.stem) or _attested(b.stem)
            swap = ENDING_SWAPPED if known else ENDING_SWAPPED_ELSEWHERE
            bare = "bare" in (a.kind, b.kind)
            if (known or not bare) and gap + swap + price < best.price:
                best = _Gap(gap + swap + price, "other surname ending", a.sounds)
    return best


def _spelled(a: SurnameForm, b: SurnameForm, price: float) -> _Gap:
    most = limit(min(len(a.sounds), len(b.sounds)))
    if a.kind == b.kind == "ov":
        gap = distance(a.stem, b.stem, most)
        if a.sounds[-2] != b.sounds[-2]:
            gap += OTHER_VOWEL
    else:
        gap = distance(a.sounds, b.sounds, most)
    if gap <= CHEAP:
        if gap >= BOTH_IN_USE_FROM and weights.two_surnames(a.sounds, b.sounds):
            gap += BOTH_IN_USE
        return _Gap(gap + price, "other spelling" if gap else "same surname", a.sounds, b.sounds)
    if gap <= most and one_error((Sound(a.sounds, 0.0),), (Sound(b.sounds, 0.0),)):
        if weights.two_surnames(a.sounds, b.sounds):
            gap += BOTH_IN_USE
        return _Gap(gap + TYPED + price, "typing error", a.sounds, b.sounds)
    return _NO_GAP


@lru_cache(maxsize=1 << 15)
def _attested(stem: str) -> bool:
    return (lexicon().father(stem) or lexicon().given(stem)) is not None


@lru_cache(maxsize=1 << 18)
def names(one: NameUnit, other: NameUnit) -> Pairing:
    """Return how well two full given names, or two full fathers' names, agree."""
    best = _NAMES_DIFFER
    for a in one.forms:
        for b in other.forms:
            found = _names(a.name, b.name)
            bits = found.bits - a.price - b.price if found.bits > 0 else found.bits
            if bits > best.bits or (bits == best.bits and found.rule == TWO_NAMES):
                best = Pairing(bits, found.rule, found.rarity)
    if best.rule == _NAMES_DIFFER.rule and one_letter(one.own.plain, other.own.plain):
        rarity = max(weights.given_bits(form.name) for form in (*one.forms, *other.forms))
        return _mistyped(rarity, TYPING_ERROR)
    return best


def _mistyped(rarity: float, gap: float) -> Pairing:
    """Return the agreement of a name with itself mistyped; of a common name it says little."""
    return Pairing(max(LEAST, rarity - gap - TYPED), "typing error", rarity)


def _vowelless(one: tuple[Sound, ...], other: tuple[Sound, ...]) -> float:
    """Return the distance of the consonants alone: Persian script writes few vowels."""
    mine = tuple(Sound(skeleton(text), price) for text, price in one)
    theirs = tuple(Sound(skeleton(text), price) for text, price in other)
    return near(mine, theirs, 3.0)


@lru_cache(maxsize=1 << 18)
def _names(a: Name, b: Name) -> Pairing:
    known, other = a.known, b.known
    rarity = max(weights.given_bits(a), weights.given_bits(b))
    if a.vowelless != b.vowelless:
        gap = _vowelless(a.sounds, b.sounds)
        if gap < NEVER:
            return Pairing(rarity - gap - VOWELLESS, "other spelling", rarity)
    shortest = min(len(a.sounds[0].text), len(b.sounds[0].text))
    gap = near(a.sounds, b.sounds, limit(shortest))
    if known.groups & other.groups or gap <= 1.0:
        if gap < NEVER:
            return Pairing(rarity - min(gap, 1.0), "same name", rarity)
        return Pairing(rarity - EQUIVALENT, "equivalent names", rarity)
    if (known.short_of | known.base_of) & other.groups or (
        other.short_of | other.base_of
    ) & known.groups:
        return Pairing(rarity - SHORT, "short form", rarity)
    return _unlisted(a, b, gap, rarity)


def _unlisted(a: Name, b: Name, gap: float, rarity: float) -> Pairing:
    """Return the agreement of two names that no table joins."""
    both = bool(a.known.groups and b.known.groups)
    if gap <= CHEAP and not both:
        return Pairing(rarity - gap, "other spelling", rarity)
    if _affixed(a.sounds, b.sounds):
        return Pairing(rarity - SHORT, "short form", rarity)
    if _one_element(a.sounds[0].text, b.sounds[0].text):
        return Pairing(rarity - SHORT, "equivalent names", rarity)
    return _TWO_NAMES if both else _by_error(a, b, gap, rarity)


def _by_error(a: Name, b: Name, gap: float, rarity: float) -> Pairing:
    """Return the agreement of two names, one in no list, that only an error would join."""
    if _mistyped_short(a, b) or _mistyped_short(b, a):
        return Pairing(max(LEAST, rarity - MISTYPED_SHORT), "mistyped short form", rarity)
    if gap < NEVER and one_error(a.sounds, b.sounds):
        return _mistyped(rarity, gap)
    return _NAMES_DIFFER


# Spellings of Muhammad inside longer names: Нурмухаммад, Нурмахмад; Махмадикбол, Муҳаммадиқбол.
# By themselves they may be two brothers' names (Магомед, Мухаммад), so only longer names count.
_MUHAMMAD = re.compile("m[uao][xHg][ao]?m[aei]d|mam[ae]d|m[ao]g[ao]m[ae]d")


def _one_element(one: str, other: str) -> bool:
    """Whether two longer names differ only in how they spell Muhammad."""
    mine, theirs = _MUHAMMAD.sub("M", one, count=1), _MUHAMMAD.sub("M", other, count=1)
    if "M" not in mine or "M" not in theirs or min(len(mine), len(theirs)) <= SHORTEST_BASE:
        return False
    return mine == theirs or distance(mine, theirs, 1.0) <= 1.0


def _affixed(one: tuple[Sound, ...], other: tuple[Sound, ...]) -> bool:
    """Whether one name is the other with a name element before or after it."""
    for a, _ in one[:2]:
        for b, _ in other[:2]:
            long, short = (a, b) if len(a) > len(b) else (b, a)
            extra = len(long) - len(short)
            if len(short) >= SHORTEST_BASE and extra > 1 and _grown(long, short):
                return True
    return False


def _mistyped_short(word: Name, full: Name) -> bool:
    """Whether a word in no list is one typing error away from a longer name without an element.

    The press printed Izzak for Izzat, which is short for Izatullo. What is left of the longer name
    must itself be in use, and begin as the word does.
    """
    if word.father or word.known is not UNKNOWN or not full.known.groups:
        return False
    if len(word.shown) < SHORTEST_MISTYPED:
        return False
    wide = coarse(word.sounds[0].text)
    for sounds, _ in full.sounds[:2]:
        for base in _bases(sounds):
            if base[0] == wide[0] and OSA.distance(base, wide, score_cutoff=1) <= 1:
                return True
    return False


@lru_cache(maxsize=1 << 14)
def _bases(sounds: str) -> tuple[str, ...]:
    """Return the names in use that are left of a longer one without an element; coarse sounds."""
    prefixes, suffixes = elements()
    left = {sounds[: -len(end)] for end in suffixes if sounds.endswith(end)}
    left |= {sounds[len(start) :] for start in prefixes if sounds.startswith(start)}
    return tuple(
        sorted({coarse(base) for base in left if len(base) > SHORTEST_BASE and _in_use(base)})
    )


def _in_use(sounds: str) -> bool:
    known = lexicon().given(sounds)
    return known is not None and bool(known.groups)


def _grown(long: str, short: str) -> bool:
    prefixes, suffixes = elements()
    wide_long, wide_short = coarse(long), coarse(short)
    if wide_long[:2] == wide_short[:2]:
        for end in suffixes:
            if long.endswith(end) and distance(long[: -len(end)], short, 1.0) <= 1.0:
                return True
    if wide_long[-2:] == wide_short[-2:]:
        for start in prefixes:
            if long.startswith(start) and distance(long[len(start) :], short, 1.0) <= 1.0:
                return True
    return False


def initials(letter: Initial, full: NameUnit | Initial) -> Pairing:
    """Return how well an initial agrees with a full name, or with another initial."""
    rarity = weights.initial_weight(letter.shown)
    if isinstance(full, Initial):
        agrees = bool(letter.letters & full.letters)
        return Pairing(rarity, "initial agrees", rarity) if agrees else _INITIALS_DIFFER
    if letter.letters & full.initials:
        return Pairing(rarity, "initial agrees", rarity)
    price = _initial_of_form(letter.letters, full)
    if price == NEVER:
        return _INITIALS_DIFFER
    return Pairing(rarity - price, "initial agrees", rarity)


def _initial_of_form(letters: int, full: NameUnit) -> float:
    """Return the price of the initial of an equivalent name (Mykola printed Н.), or NEVER."""
    names_of = lexicon()
    for form in full.forms:
        known = form.name.known
        # Ekaterina is printed Е., whatever else forms of her name begin with.
        foreign = full.own.text in names_of.foreign
        usual = 0 if foreign else group_initials(known.groups & names_of.translated)
        if usual & letters and not usual & full.initials:
            return EQUIVALENT
        if group_initials(known.short_of) & letters:
            return SHORT
    return NEVER
