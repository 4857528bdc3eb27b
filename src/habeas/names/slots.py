"""Which word of a printed name is the surname, the given name and the father's name.

A name gets a few slot readings, each with a price in bits for how unusual that order or use of
words is. "Izzat Amon" is a given name with a surname, a surname with a given name, or, for three
bits, a given name with a father's name.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from habeas.names.declension import ANY, FEMININE, MASCULINE, NOMINATIVE
from habeas.names.layouts import Layout, Token, layouts_of, tokens_of
from habeas.names.letters import Printed, words
from habeas.names.words import NameForm, SurnameForm, Word, word

BOTH = 3
UNDECLINED = 1.5
"""Price of a given name left in the nominative while the rest is declined."""
DISAGREEING = 3.0
"""Price of a surname and a father's name whose genders or cases cannot agree."""
READINGS_KEPT = 5
PRUNED = 8.0
MOST_WORDS = 12
"""Words that are read; a longer run is a sentence, and its rest is left unread."""


class SurnameUnit:
    """A surname as it stands in one reading: the forms that agree with the other words."""

    __slots__ = ("coarse", "forms", "own", "parts", "shown")

    def __init__(
        self, own: Word, forms: tuple[SurnameForm, ...], parts: "tuple[SurnameUnit, ...]"
    ) -> None:
        self.own = own
        self.coarse = own.coarse
        self.shown = own.text
        self.forms = forms
        self.parts = parts


class NameUnit:
    """A given name or father's name as it stands in one reading."""

    __slots__ = ("forms", "initials", "own", "shown")

    def __init__(self, own: Word, forms: tuple[NameForm, ...]) -> None:
        self.own = own
        self.shown = own.text
        self.forms = forms
        self.initials = own.initials


class Initial(NamedTuple):
    """A lone letter for a given or father's name: the letters it may stand for, as bits."""

    shown: str
    letters: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a printed name.

    Attributes:
        surname: None where the reading has none.
        given: full, as an initial, or None.
        father: full, as an initial, or None.
        genders: bit 1 for a man, bit 2 for a woman.
        told: surname or father's name tell the gender; else it is only usual for the given name.
        price: bits; 0 for the most natural reading of this name.
    """

    surname: SurnameUnit | None
    given: NameUnit | Initial | None
    father: NameUnit | Initial | None
    genders: int
    told: bool
    price: float


@lru_cache(maxsize=1 << 16)
def surname_unit(own: Word, mask: int) -> SurnameUnit:
    """Return the surname forms of a word that stand in the genders and cases of `mask`."""
    forms = tuple(form for form in own.surname_forms if form.mask & mask) or own.surname_forms
    halves = [half for half in own.text.split("-") if len(half) > 1] if "-" in own.text else []
    parts = tuple(surname_unit(word(half, own.script), mask) for half in halves)
    return SurnameUnit(own, forms, parts if len(parts) > 1 else ())


@lru_cache(maxsize=1 << 16)
def given_unit(own: Word, mask: int) -> NameUnit:
    """Return the given-name forms of a word that stand in the genders and cases of `mask`."""
    forms = tuple(form for form in own.given_forms if form.mask & mask) or own.given_forms
    return NameUnit(own, forms)


@lru_cache(maxsize=1 << 16)
def father_unit(own: Word) -> NameUnit:
    """Return the father's name that a word holds."""
    return NameUnit(own, own.father_forms)


def read(text: str) -> tuple[tuple[Printed, ...], tuple[Reading, ...]]:
    """Return the words of a printed name and its slot readings, the most natural one first.

    Raises:
        NameTooLong: more than 1000 characters.
        NothingToCompare: no word with a letter.
    """
    printed = words(text)
    tokens = tokens_of(printed[:MOST_WORDS])
    layouts = layouts_of(tokens)
    least = min((layout.price for layout in layouts), default=0.0)
    readings = [
        _reading(tokens, layout, layout.price - least)
        for layout in sorted(layouts, key=lambda layout: layout.price)[:READINGS_KEPT]
        if layout.price - least < PRUNED
    ]
    return printed, tuple(readings)


def _reading(tokens: list[Token], layout: Layout, price: float) -> Reading:
    surname = tokens[layout.surname] if layout.surname >= 0 else None
    given = tokens[layout.given] if layout.given >= 0 else None
    father = tokens[layout.father] if layout.father >= 0 else None
    mask, extra, told = _agreement(surname, given, father)
    return Reading(
        surname_unit(surname.word, mask) if surname else None,
        _given(given, mask),
        _father(father),
        _genders(mask),
        told,
        price + extra,
    )


def _agreement(
    surname: Token | None, given: Token | None, father: Token | None
) -> tuple[int, float, bool]:
    """Return genders and cases that all words can have, the price of none, and `told`."""
    mask = ANY
    price = 0.0
    if surname is not None:
        mask = _surname_mask(surname.word)
    if father is not None and not father.initial:
        fathers = father.child or _father_mask(father.word)
        if mask & fathers:
            mask &= fathers
        else:
            mask, price = fathers, DISAGREEING
    told = _genders(mask) != BOTH
    if given is not None and not given.initial:
        givens = _given_mask(given.word)
        if mask & givens:
            mask &= givens
        elif givens & NOMINATIVE and _genders(mask) & _genders(givens & NOMINATIVE):
            price += UNDECLINED
        else:
            price += DISAGREEING
    return mask, price, told


def _genders(mask: int) -> int:
    return (1 if mask & MASCULINE else 0) | (2 if mask & FEMININE else 0)


@lru_cache(maxsize=1 << 16)
def _surname_mask(own: Word) -> int:
    mask = 0
    for form in own.surname_forms:
        mask |= form.mask
    return mask or ANY


@lru_cache(maxsize=1 << 16)
def _father_mask(own: Word) -> int:
    if not own.father_endings:
        return ANY
    mask = 0
    for _, allowed in own.father_endings:
        mask |= allowed
    return mask


@lru_cache(maxsize=1 << 16)
def _given_mask(own: Word) -> int:
    mask = 0
    for form in own.given_forms:
        mask |= form.mask
    return mask or ANY


def _given(token: Token | None, mask: int) -> NameUnit | Initial | None:
    if token is None:
        return None
    if token.initial:
        return Initial(token.word.text, token.initial)
    if not _given_mask(token.word) & mask:
        mask = NOMINATIVE
    return given_unit(token.word, mask)


def _father(token: Token | None) -> NameUnit | Initial | None:
    if token is None:
        return None
    if token.initial:
        return Initial(token.word.text, token.initial)
    return father_unit(token.word)
