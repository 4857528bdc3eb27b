"""How well two surnames, two given names or two fathers' names go together, in bits.

Each answer names the rule that decided, so that a reader can attack it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from habeas.names import weights
from habeas.names.given import Name
from habeas.names.initials import initials
from habeas.names.letters import Script
from habeas.names.lexicon import UNKNOWN, Known, elements, lexicon
from habeas.names.pairing import EQUIVALENT, MISTYPED, SHORT, Pairing
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
BOTH_IN_USE_NO_ERROR = 7.0
"""Extra price of an error that made another surname in use: few errors do (Шарипов, Шарапов)."""
TWO_NAMES = "two different names"
SHORTEST_BASE = 3

# Families that write one surname in several ways: -ов, -зода, -ӣ, -иён or the bare stem. The
# price is for names whose stem is an attested given name, else it is dear.
_SWAPPED_ENDINGS = frozenset(("ov", "zoda", "nisba", "iyon", "bare"))
ENDING_SWAPPED = 1.5
ENDING_SWAPPED_ELSEWHERE = 4.0
OTHER_VOWEL = 0.5
"""Price of -ов for -ев: writers abroad mix them."""

SURNAMES_DIFFER = Pairing(weights.SURNAME_DIFFERS, "surname differs", 0.0)
NAMES_DIFFER = Pairing(weights.GIVEN_DIFFERS, "names differ", 0.0)
TWO_NAMES_IN_USE = Pairing(weights.GIVEN_DIFFERS, TWO_NAMES, 0.0)


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


MOST_KEPT = 1 << 14
"""Pairings that are kept with one part of a sought name."""


def surnames(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    """Return how well two surnames agree."""
    found = one.pairings.get(other)
    return found or _kept(one, other, _surnames(one, other))


def given_names(one: NameUnit | Initial, other: NameUnit | Initial) -> Pairing:
    """Return how well two given names, or two fathers' names, agree, in full or as initials."""
    if isinstance(one, Initial):
        return initials(other, one) if isinstance(other, Initial) else initials(one, other)
    found = one.pairings.get(other)
    if found is None:
        told = initials(other, one) if isinstance(other, Initial) else _names_of(one, other)
        return _kept(one, other, told)
    return found


def names(one: NameUnit, other: NameUnit) -> Pairing:
    """Return how well two full given names, or two full fathers' names, agree."""
    return given_names(one, other)


def _kept(
    one: SurnameUnit | NameUnit, other: SurnameUnit | NameUnit | Initial, found: Pairing
) -> Pairing:
    if len(one.pairings) >= MOST_KEPT:
        one.pairings.clear()
    one.pairings[other] = found
    return found


def _surnames(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    if (one.own.script is Script.PERSIAN) != (other.own.script is Script.PERSIAN):
        return _persian_surname(one, other)
    best = _least_gap(one, other)
    if best is not _NO_GAP:
        rarity = weights.surname_bits(best.sounds, best.other)
        if best.price < rarity:
            return Pairing(rarity - best.price, best.rule, rarity)
    if one.parts or other.parts:
        return _double(one, other)
    if one_letter(one.own.plain, other.own.plain) and not _both_in_use(one, other):
        rarity = weights.surname_bits(one.forms[0].sounds)
        return Pairing(rarity - TYPING_ERROR - TYPED, MISTYPED, rarity)
    return SURNAMES_DIFFER


def _both_in_use(one: SurnameUnit, other: SurnameUnit) -> bool:
    return any(_two_families(a.sounds, b.sounds) for a in one.forms for b in other.forms)


def _two_families(one: str, other: str) -> bool:
    """Whether two surnames are both in use, or made of two given names that are."""
    return _two_names_within(one, other) or weights.two_surnames(one, other)


def _two_names_within(one: str, other: str) -> bool:
    """Whether two surnames are made of two given names (Семёнов, Симонов)."""
    mine, theirs = weights.origin(one), weights.origin(other)
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _least_gap(one: SurnameUnit, other: SurnameUnit) -> _Gap:
    """Return the cheapest way from a form of one surname to a form of the other."""
    if apart(one.own.spread, other.own.spread):
        return _NO_GAP
    best = _equal(one, other)
    if best.price <= one.least + other.least:
        return best
    for sounds, stem, kind, _, price in one.forms:
        for their_sounds, their_stem, their_kind, _, their_price in other.forms:
            both = price + their_price
            if both < best[0] and sounds != their_sounds:
                found = _gap((sounds, stem, kind), (their_sounds, their_stem, their_kind))
                if found[0] + both < best[0]:
                    best = found._replace(price=found[0] + both)
    return best


def _equal(one: SurnameUnit, other: SurnameUnit) -> _Gap:
    """Return the cheapest two forms of equal sounds."""
    best = _NO_GAP
    for sounds, _, _, _, price in one.forms:
        for theirs, _, _, _, their_price in other.forms:
            if sounds == theirs and price + their_price < best[0]:
                best = _Gap(price + their_price, "same surname", sounds)
    return best


def _persian_surname(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    price = _vowelless(one.own.sounds, other.own.sounds)
    if price == NEVER:
        return SURNAMES_DIFFER
    rarity = weights.surname_bits(one.forms[0].sounds)
    return Pairing(rarity - price - VOWELLESS, "other spelling", rarity)


def _double(one: SurnameUnit, other: SurnameUnit) -> Pairing:
    """Return the agreement of a double surname with one of its halves."""
    best = SURNAMES_DIFFER
    for a in one.parts or (one,):
        for b in other.parts or (other,):
            found = surnames(a, b)
            if found.bits - HALF > best.bits:
                best = Pairing(found.bits - HALF, "half of a double surname", found.rarity)
    return best


@lru_cache(maxsize=1 << 17)
def _gap(one: tuple[str, str, str], two: tuple[str, str, str]) -> _Gap:
    """Return the way from one surname to another one: masculine sounds, stem and class of each."""
    (sounds, stem, kind), (other, other_stem, other_kind) = one, two
    best = _spelled(sounds, stem, other, other_stem, both_ov=kind == other_kind == "ov")
    if kind != other_kind and kind in _SWAPPED_ENDINGS and other_kind in _SWAPPED_ENDINGS:
        gap = distance(stem, other_stem, CHEAP)
        if gap < best.price:
            known = _attested(stem) or _attested(other_stem)
            swap = ENDING_SWAPPED if known else ENDING_SWAPPED_ELSEWHERE
            bare = "bare" in (kind, other_kind)
            if (known or not bare) and gap + swap < best.price:
                best = _Gap(gap + swap, "other surname ending", sounds)
    return best


def _spelled(sounds: str, stem: str, other: str, other_stem: str, *, both_ov: bool) -> _Gap:
    most = limit(min(len(sounds), len(other)))
    if both_ov:
        gap = distance(stem, other_stem, most)
        if sounds[-2] != other[-2]:
            gap += OTHER_VOWEL
    else:
        gap = distance(sounds, other, most)
    if gap <= CHEAP:
        if gap >= BOTH_IN_USE_FROM and weights.two_surnames(sounds, other):
            gap += BOTH_IN_USE_NO_ERROR if _two_names_within(sounds, other) else BOTH_IN_USE
        return _Gap(gap, "other spelling" if gap else "same surname", sounds, other)
    if gap <= most and one_error((Sound(sounds, 0.0),), (Sound(other, 0.0),)):
        if _two_families(sounds, other):
            gap += BOTH_IN_USE_NO_ERROR
        return _Gap(gap + TYPED, MISTYPED, sounds, other)
    return _NO_GAP


@lru_cache(maxsize=1 << 15)
def _attested(stem: str) -> bool:
    """Whether a stem is a given name that is in use, or made of two (Раджаб-кул, Давлат-гафор)."""
    if _known(stem):
        return True
    prefixes, suffixes = elements()
    for cut in range(SHORTEST_BASE, len(stem) - 1):
        first, second = stem[:cut], stem[cut:]
        if (first in prefixes or _known(first)) and (
            second in suffixes or (len(second) >= SHORTEST_BASE and _known(second))
        ):
            return True
    return False


def _known(stem: str) -> bool:
    return (lexicon().father(stem) or lexicon().given(stem)) is not None


def _names_of(one: NameUnit, other: NameUnit) -> Pairing:
    best = NAMES_DIFFER
    for a in one.forms:
        for b in other.forms:
            found = _names(a.name, b.name)
            bits = found.bits - a.price - b.price if found.bits > 0 else found.bits
            if bits > best.bits or (bits == best.bits and found.rule == TWO_NAMES):
                best = Pairing(bits, found.rule, found.rarity)
    if best.rule == NAMES_DIFFER.rule and one_letter(one.own.plain, other.own.plain):
        rarity = max(weights.given_bits(form.name) for form in (*one.forms, *other.forms))
        return _mistyped(rarity, TYPING_ERROR)
    return best


def _mistyped(rarity: float, gap: float) -> Pairing:
    """Return the agreement of a name with itself mistyped; of a common name it says little."""
    return Pairing(max(LEAST, rarity - gap - TYPED), MISTYPED, rarity)


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
    gap = NEVER
    if not apart(a.spread, b.spread):
        shortest = min(len(a.sounds[0].text), len(b.sounds[0].text))
        gap = near(a.sounds, b.sounds, limit(shortest))
    if gap <= 1.0 or not known.groups.isdisjoint(other.groups):
        if gap < NEVER:
            return Pairing(rarity - min(gap, 1.0), "same name", rarity)
        return Pairing(rarity - EQUIVALENT, "equivalent names", rarity)
    if _short_of(known, other) or _short_of(other, known):
        return Pairing(rarity - SHORT, "short form", rarity)
    return _unlisted(a, b, gap, rarity)


def _short_of(short: Known, full: Known) -> bool:
    groups = full.groups
    return not (groups.isdisjoint(short.short_of) and groups.isdisjoint(short.base_of))


def _unlisted(a: Name, b: Name, gap: float, rarity: float) -> Pairing:
    """Return the agreement of two names that no table joins."""
    both = bool(a.known.groups and b.known.groups)
    if gap <= CHEAP and not both:
        return Pairing(rarity - gap, "other spelling", rarity)
    if _affixed(a, b):
        return Pairing(rarity - SHORT, "short form", rarity)
    if _one_element(a.sounds[0].text, b.sounds[0].text):
        return Pairing(rarity - SHORT, "equivalent names", rarity)
    return TWO_NAMES_IN_USE if both else _by_error(a, b, gap, rarity)


def _by_error(a: Name, b: Name, gap: float, rarity: float) -> Pairing:
    """Return the agreement of two names, one in no list, that only an error would join."""
    if _mistyped_short(a, b) or _mistyped_short(b, a):
        return Pairing(max(LEAST, rarity - MISTYPED_SHORT), "mistyped short form", rarity)
    if gap < NEVER and one_error(a.sounds, b.sounds):
        return _mistyped(rarity, gap)
    return NAMES_DIFFER


# Spellings of Muhammad inside longer names: Нурмухаммад, Нурмахмад; Махмадикбол, Муҳаммадиқбол.
# By themselves they may be two brothers' names (Магомед, Мухаммад), so only longer names count.
MUHAMMAD = re.compile("m[uao][xHg][ao]?m[aei]d|mam[ae]d|m[ao]g[ao]m[ae]d")


@lru_cache(maxsize=1 << 16)
def without_muhammad(sounds: str) -> str:
    """Return a longer name with M for a spelling of Muhammad inside it; empty if it has none."""
    rest = MUHAMMAD.sub("M", sounds, count=1)
    return rest if "M" in rest and len(rest) > SHORTEST_BASE else ""


def _one_element(one: str, other: str) -> bool:
    """Whether two longer names differ only in how they spell Muhammad."""
    mine = without_muhammad(one)
    theirs = without_muhammad(other) if mine else ""
    if not theirs:
        return False
    return mine == theirs or distance(mine, theirs, 1.0) <= 1.0


def _affixed(one: Name, other: Name) -> bool:
    """Whether one name is the other with a name element before or after it."""
    if one.lengthened.isdisjoint(other.margins) and other.lengthened.isdisjoint(one.margins):
        return False
    for a, start, end in one.edges:
        for b, other_start, other_end in other.edges:
            if start == other_start or end == other_end:
                extra = len(a) - len(b)
                if extra > 1:
                    if len(b) >= SHORTEST_BASE and _grown(a, b):
                        return True
                elif extra < -1 and len(a) >= SHORTEST_BASE and _grown(b, a):
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
