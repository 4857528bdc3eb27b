"""Which word of a printed name is the surname, the given name and the father's name.

A name gets a few slot readings, each with a price in bits for how unusual that order or use of
words is. "Izzat Amon" is a given name with a surname, a surname with a given name, or, for three
bits, a given name with a father's name.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple, Protocol

from habeas.names.declension import ANY, FEMININE, MASCULINE, NOMINATIVE
from habeas.names.given import NameForm
from habeas.names.layouts import PRUNED as PRUNED  # noqa: PLC0414
from habeas.names.layouts import READINGS_KEPT as READINGS_KEPT  # noqa: PLC0414
from habeas.names.layouts import (
    Layout,
    Piece,
    Token,
    alone,
    layouts_of,
    layouts_of_shapes,
    piece_of,
    tokens_of,
    untitled,
)
from habeas.names.letters import OPENING, Printed, pieces, words
from habeas.names.pairing import Pairing  # noqa: TC001 - units are made at run time
from habeas.names.surname_parts import SurnameForm
from habeas.names.words import Word, word

BOTH = 3
UNDECLINED = 1.5
"""Price of a given name left in the nominative while the rest is declined."""
DISAGREEING = 3.0
"""Price of a surname and a father's name whose genders or cases cannot agree."""
MOST_WORDS = 12
"""Words that are read; a longer run is a sentence, and its rest is left unread."""
_SURELY_LONG = 100
"""Characters: so many may hold more words than that, whatever stands between them."""


def longer_than_a_name(text: str) -> bool:
    """Return whether a text may have more words than are read of a name.

    Whoever compares such a text must look into the rest of it as well: what was not read is not
    "another person". Initials count as words.
    """
    if len(text) > _SURELY_LONG:
        return True
    marks = text.count(".") + text.count(",") + text.count(";")
    return marks + len(text.split()) > MOST_WORDS


class SurnameUnit:
    """A surname as it stands in one reading: the forms that agree with the other words.

    `pairings` keeps how it went together with other surnames (`pairs.surnames`).
    """

    __slots__ = ("coarse", "forms", "least", "own", "pairings", "parts", "shown")

    def __init__(
        self, own: Word, forms: tuple[SurnameForm, ...], parts: "tuple[SurnameUnit, ...]"
    ) -> None:
        self.own = own
        self.coarse = own.coarse
        self.shown = own.text
        self.forms = forms
        self.parts = parts
        self.least = min([form.price for form in forms], default=0.0)
        self.pairings: dict[object, Pairing] = {}


class NameUnit:
    """A given name or father's name as it stands in one reading.

    `pairings` keeps how it went together with other names and initials (`pairs.given_names`).
    """

    __slots__ = ("forms", "own", "pairings", "shown")

    def __init__(self, own: Word, forms: tuple[NameForm, ...]) -> None:
        self.own = own
        self.shown = own.text
        self.forms = forms
        self.pairings: dict[object, Pairing] = {}

    @property
    def initials(self) -> int:
        """Initials under which the name may be printed, as bits."""
        return self.own.initials


class Initial(NamedTuple):
    """A lone letter for a given or father's name: the letters it may stand for, as bits."""

    shown: str
    letters: int


class Reading(NamedTuple):
    """One way to read a printed name.

    Attributes:
        surname: None where the reading has none.
        given: full, as an initial, or None.
        father: full, as an initial, or None.
        genders: bit 1 for a man, bit 2 for a woman.
        told: surname or father's name tell the gender; else it is only usual for the given name.
        price: bits; 0 for the most natural reading of this name.
        named: the genders of surname and given name if these may stand in the nominative and the
            given name is in use as printed; else 0.
    """

    surname: SurnameUnit | None
    given: NameUnit | Initial | None
    father: NameUnit | Initial | None
    genders: int
    told: bool
    price: float
    named: int = 0

    def as_sought(self) -> "Reading":
        """Return the reading of a name as people give it: in the nominative, where it can be one.

        `Галибова Собира` is then a woman, although a court prints a man's name so in the genitive.
        """
        if self.named in (0, self.genders):
            return self
        return self._replace(genders=self.named, told=True)


class _Standing(Protocol):
    @property
    def mask(self) -> int: ...


@lru_cache(maxsize=1 << 17)
def surname_unit(own: Word, mask: int) -> SurnameUnit:
    """Return the surname forms of a word that stand in the genders and cases of `mask`.

    Masks that leave the same forms give the same object.
    """
    if "-" in own.text:
        halves = [half for half in own.text.split("-") if len(half) > 1]
        parts = tuple(surname_unit(word(half, own.script), mask) for half in halves)
        if len(parts) > 1:
            forms = _standing(own.surname_forms, mask)
            return SurnameUnit(own, tuple(own.surname_forms[place] for place in forms), parts)
    return _surname_unit(own, _standing(own.surname_forms, mask))


def _standing(forms: Sequence[_Standing], mask: int) -> tuple[int, ...]:
    """Return the places of the forms that stand in some gender and case of `mask`; all, if none."""
    if mask == ANY:
        return tuple(range(len(forms)))
    return tuple([place for place, form in enumerate(forms) if form.mask & mask]) or tuple(
        range(len(forms))
    )


@lru_cache(maxsize=1 << 17)
def _surname_unit(own: Word, places: tuple[int, ...]) -> SurnameUnit:
    forms = own.surname_forms
    return SurnameUnit(own, tuple([forms[place] for place in places]), ())


@lru_cache(maxsize=1 << 17)
def given_unit(own: Word, mask: int) -> NameUnit:
    """Return the given-name forms of a word that stand in the genders and cases of `mask`.

    Masks that leave the same forms give the same object.
    """
    return _given_unit(own, _standing(own.given_forms, mask))


@lru_cache(maxsize=1 << 17)
def _given_unit(own: Word, places: tuple[int, ...]) -> NameUnit:
    forms = own.given_forms
    return NameUnit(own, tuple([forms[place] for place in places]))


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
    plain = pieces(text)
    if plain is not None:
        home, texts = plain
        found = [piece_of(piece, home) for piece in texts]
        if None not in found:
            readings = _plain(found)  # type: ignore[arg-type]
            if readings is not None:
                return readings
    items = words(text)
    found_readings = [
        reading._replace(price=reading.price + price)
        for printed, price in versions(items)
        for reading in _readings_of(printed)
    ]
    return items, tuple(found_readings)


def _readings_of(printed: tuple[Printed, ...]) -> list[Reading]:
    tokens = tokens_of(printed[:MOST_WORDS])
    return [_reading(tokens, layout) for layout in layouts_of(tokens)]


def versions(printed: tuple[Printed, ...]) -> list[tuple[tuple[Printed, ...], float]]:
    """Return the names that a printed name holds, with the price of each in bits.

    A name in brackets stands for the one before it, a single word in brackets for the word before
    it: Дорохина (Скворецкая) Мария. What may be a title may be left out (Ҳоҷӣ Шавкат Каримов).
    """
    outside = tuple(item for item in printed if not item.bracketed)
    found = [(outside or printed, 0.0)]
    for place, item in enumerate(printed):
        if item.place == OPENING and outside:
            group = tuple(takewhile(lambda other: other.bracketed, printed[place:]))
            group = group[:1] + tuple(takewhile(lambda other: other.place != OPENING, group[1:]))
            before = sum(1 for other in printed[:place] if not other.bracketed)
            if len(group) > 1:
                found.append((group, IN_BRACKETS))
            elif before:
                found.append((outside[: before - 1] + group + outside[before:], IN_BRACKETS))
    bare = untitled(outside or printed)
    if bare:
        found.append((bare, NO_TITLE))
    return found[:MOST_VERSIONS]


MOST_VERSIONS = 6
IN_BRACKETS = 0.5
"""Price of a name in brackets: that of the same person, by another spelling or another surname."""
NO_TITLE = 1.5
"""Price of taking for a title what may also be a name."""


def _plain(found: list[Piece]) -> tuple[tuple[Printed, ...], tuple[Reading, ...]] | None:
    """Return what `read` says of a name of such pieces; None if it has no word, or too many."""
    printed: list[Printed] = []
    tokens: list[Token] = []
    for piece in found:
        printed += piece.printed
        tokens += piece.tokens
    if not 0 < len(printed) <= MOST_WORDS:
        return None
    initials = tuple([token.initial for token in tokens])
    if initials.count(0) <= 1:
        layouts = alone(initials)
    else:
        shapes: list[int] = []
        for piece in found:
            shapes += piece.shapes
        layouts = layouts_of_shapes(tuple(shapes))
    return tuple(printed), tuple([_reading(tokens, layout) for layout in layouts])


def _reading(tokens: Sequence[Token], layout: Layout) -> Reading:
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
        layout.price + extra,
        _genders(mask & NOMINATIVE) if surname and _is_known(given) else 0,
    )


def _is_known(given: Token | None) -> bool:
    """Whether a given name is there in full and in use as it is printed."""
    return given is not None and not given.initial and given.word.attested


def _agreement(
    surname: Token | None, given: Token | None, father: Token | None
) -> tuple[int, float, bool]:
    """Return genders and cases that all words can have, the price of none, and `told`."""
    fathers = givens = 0
    if father is not None and not father.initial:
        fathers = father.child or father.word.father_mask
    if given is not None and not given.initial:
        givens = given.word.given_mask
    return agreed(ANY if surname is None else surname.word.surname_mask, fathers, givens)


@lru_cache(maxsize=1 << 14)
def agreed(mask: int, fathers: int, givens: int) -> tuple[int, float, bool]:
    """Return what words of such masks agree in; 0 for a part that is not there in full."""
    price = 0.0
    if fathers:
        if mask & fathers:
            mask &= fathers
        else:
            mask, price = fathers, DISAGREEING
    told = _genders(mask) != BOTH
    if givens:
        if mask & givens:
            mask &= givens
        elif givens & NOMINATIVE and _genders(mask) & _genders(givens & NOMINATIVE):
            price += UNDECLINED
        else:
            price += DISAGREEING
    return mask, price, told


def _genders(mask: int) -> int:
    return (1 if mask & MASCULINE else 0) | (2 if mask & FEMININE else 0)


def _surname_mask(own: Word) -> int:
    return own.surname_mask


def _father_mask(own: Word) -> int:
    return own.father_mask


def _given_mask(own: Word) -> int:
    return own.given_mask


def _given(token: Token | None, mask: int) -> NameUnit | Initial | None:
    if token is None:
        return None
    if token.initial:
        return Initial(token.word.text, token.initial)
    if not token.word.given_mask & mask:
        mask = NOMINATIVE
    return given_unit(token.word, mask)


def _father(token: Token | None) -> NameUnit | Initial | None:
    if token is None:
        return None
    if token.initial:
        return Initial(token.word.text, token.initial)
    return father_unit(token.word)
