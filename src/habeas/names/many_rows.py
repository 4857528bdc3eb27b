"""The readings of many names as columns."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.errors import HabeasError
from habeas.names.columns import Column, Numbers, Part, Parts, Table, Truths
from habeas.names.compare import read_cached
from habeas.names.declension import ANY, FEMININE, MASCULINE, NOMINATIVE
from habeas.names.layouts import INITIAL, Token, layouts_of_shapes, piece_of, shape_of
from habeas.names.letters import Script, pieces
from habeas.names.slots import (
    Initial,
    Reading,
    agreed,
    father_unit,
    given_unit,
    surname_unit,
)
from habeas.names.words import Word

MOST_TOKENS = 6
"""Tokens of a name that is read in columns; longer ones, and odd ones, are read one by one."""
_MASK_BITS = 12
_SHAPE_BITS = 9


class Rows(NamedTuple):
    """Readings, those of one name after those of another.

    Attributes:
        surname: number of the part, -1 for none; so too `given` and `father`.
        genders: bit 1 for a man, bit 2 for a woman.
        told: whether surname or father's name tell the gender.
        initial: whether the given name is an initial.
        price: bits.
    """

    surname: Column
    given: Column
    father: Column
    genders: Column
    told: Column
    initial: Column
    price: Column

    def taken(self, places: Numbers) -> "Rows":
        """Return the rows at these places."""
        return Rows(*(column[places] for column in self))

    def followed_by(self, more: "Rows") -> "Rows":
        """Return these rows and more after them."""
        return Rows(*(np.concatenate(pair) for pair in zip(self, more, strict=True)))


def rows_of(readings: Iterable[Reading], parts: Parts) -> Rows:
    """Return readings as columns."""
    table = [
        (
            parts.number(reading.surname),
            parts.number(reading.given),
            parts.number(reading.father),
            reading.genders,
            reading.told,
            isinstance(reading.given, Initial),
            reading.price,
        )
        for reading in readings
    ]
    columns = list(zip(*table, strict=True)) if table else [()] * len(Rows._fields)
    kinds = (np.int64,) * 4 + (np.bool_, np.bool_, np.float64)
    return Rows(
        *(np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True))
    )


class Names(NamedTuple):
    """Names read: their readings, and for each name where they begin and how many they are.

    A name that cannot be read has none, and stands among the errors.
    """

    rows: Rows
    starts: Numbers
    counts: Numbers
    errors: dict[int, HabeasError]


class Reader:
    """Reads printed names in columns."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pieces: dict[Script, dict[str, tuple[int, ...] | None]] = {
            Script.LATIN: {},
            Script.CYRILLIC: {},
        }
        self._words: list[Word] = []
        self._table = Table(5, np.int64)
        self._units: dict[str, dict[int, int]] = {}

    def read(self, texts: Sequence[str]) -> Names:
        """Return the readings of names, as `slots.read` gives them for each."""
        tokens: list[int] = []
        sizes: list[int] = []
        plain: list[int] = []
        odd: list[int] = []
        for number, text in enumerate(texts):
            own = self._tokens(text)
            if own is None:
                odd.append(number)
            else:
                plain.append(number)
                sizes.append(len(own))
                tokens += own
        rows, owners, errors = self._one_by_one(texts, odd)
        if plain:
            more, which = self._in_columns(np.array(tokens), np.array(sizes))
            owners = np.concatenate((owners, np.array(plain)[which]))
            rows = rows.followed_by(more)
        order = np.argsort(owners, kind="stable")
        counts = np.bincount(owners, minlength=len(texts))
        return Names(rows.taken(order), np.cumsum(counts) - counts, counts, errors)

    def _one_by_one(
        self, texts: Sequence[str], odd: list[int]
    ) -> tuple[Rows, Numbers, dict[int, HabeasError]]:
        errors: dict[int, HabeasError] = {}
        readings: list[Reading] = []
        owners: list[int] = []
        for number in odd:
            try:
                own = read_cached(texts[number])[1]
            except HabeasError as error:
                errors[number] = error
                continue
            readings += own
            owners += [number] * len(own)
        return rows_of(readings, self._parts), np.array(owners, dtype=np.int64), errors

    def _tokens(self, text: str) -> list[int] | None:
        """Return the numbers of the tokens of a plain name; None if it must be read by itself."""
        found = pieces(text)
        if found is None:
            return None
        home, texts = found
        known = self._pieces[home]
        tokens: list[int] = []
        for piece in texts:
            own = known.get(piece, ())
            if own == () and piece and piece not in known:
                own = known[piece] = self._piece(piece, home)
            if own is None:
                return None
            tokens += own
        return tokens if 0 < len(tokens) <= MOST_TOKENS else None

    def _piece(self, text: str, home: Script) -> tuple[int, ...] | None:
        piece = piece_of(text, home)
        return None if piece is None else tuple(map(self._token, piece.tokens))

    def _token(self, token: Token) -> int:
        own = token.word
        if token.initial:
            part = self._parts.number(Initial(own.text, token.initial))
            row = INITIAL, 0, 0, 0, part
        else:
            row = shape_of(token), own.surname_mask, own.given_mask, own.father_mask, -1
        self._words.append(own)
        self._table.add(row)
        return len(self._table) - 1

    def _in_columns(self, tokens: Numbers, sizes: Numbers) -> tuple[Rows, Numbers]:
        """Return the readings of plain names, and to which name each belongs."""
        shape, as_surname, as_given, as_father, initial = self._table.rows().T
        there = np.arange(MOST_TOKENS) < sizes[:, None]
        table = np.full(there.shape, -1)
        table[there] = tokens
        own, layout, prices = _layouts(np.where(there, shape[table], -1))
        surname, given, father = (
            np.where(layout[:, slot] >= 0, table[own, layout[:, slot]], -1) for slot in range(3)
        )
        full_given = (given >= 0) & (initial[given] < 0)
        full_father = (father >= 0) & (initial[father] < 0)
        givens = np.where(full_given, as_given[given], 0)
        masks, extra, told = _agreements(
            np.where(surname >= 0, as_surname[surname], ANY),
            np.where(full_father, as_father[father], 0),
            givens,
        )
        standing = np.where(givens & masks, masks, NOMINATIVE)
        genders = ((masks & MASCULINE) != 0) + 2 * ((masks & FEMININE) != 0)
        rows = Rows(
            self._units_of(surname, surname >= 0, surname_unit, masks),
            self._units_of(given, full_given, given_unit, standing),
            self._units_of(father, full_father, _father, masks & 0),
            genders,
            told,
            (given >= 0) & ~full_given,
            prices + extra,
        )
        for column, tokens_of, full in (
            (rows.given, given, full_given),
            (rows.father, father, full_father),
        ):
            short = (tokens_of >= 0) & ~full
            column[short] = initial[tokens_of[short]]
        return rows, own

    def _units_of(
        self,
        tokens: Numbers,
        full: Truths,
        unit: Callable[[Word, int], Part],
        masks: Numbers,
    ) -> Numbers:
        """Return the numbers of the parts that words in full are, in cases of `masks`; else -1."""
        found = np.full(tokens.size, -1, dtype=np.int64)
        keys, back = np.unique((tokens[full] << _MASK_BITS) | masks[full], return_inverse=True)
        known = self._units.setdefault(unit.__name__, {})
        numbers: list[int] = []
        for key in keys.tolist():
            number = known.get(key)
            if number is None:
                part = unit(self._words[key >> _MASK_BITS], key & ANY)
                number = known[key] = self._parts.number(part)
            numbers.append(number)
        found[full] = np.array(numbers, dtype=np.int64)[back]
        return found


def _father(own: Word, _mask: int) -> Part:
    return father_unit(own)


def _layouts(shapes: Numbers) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Return for each layout of each row of shapes: the row, places of the parts, the price."""
    full = (shapes >= 0) & ((shapes & INITIAL) == 0)
    # One word in full has not to be told from another one: nothing is asked about it.
    alone = full.sum(axis=1) <= 1
    asked = np.where(alone[:, None] & full, 0, shapes)
    code = ((asked + 1) << (np.arange(MOST_TOKENS) * _SHAPE_BITS)).sum(axis=1)
    _, first, back = np.unique(code, return_index=True, return_inverse=True)
    found = [
        layouts_of_shapes(tuple(shape for shape in row if shape >= 0))
        for row in asked[first].tolist()
    ]
    counts = np.array([len(layouts) for layouts in found])
    starts = np.cumsum(counts) - counts
    flat = np.array([layout for layouts in found for layout in layouts])
    own = np.repeat(np.arange(len(shapes)), counts[back])
    which = np.arange(own.size) - np.repeat(np.cumsum(counts[back]) - counts[back], counts[back])
    chosen = flat[starts[back][own] + which]
    return own, chosen[:, :3].astype(np.int64), chosen[:, 3]


def _agreements(
    surname: Numbers, father: Numbers, given: Numbers
) -> tuple[Numbers, NDArray[np.float64], Truths]:
    """Return what `slots.agreed` says of each three masks."""
    code = surname | (father << _MASK_BITS) | (given << (2 * _MASK_BITS))
    keys, back = np.unique(code, return_inverse=True)
    found = [
        agreed(key & ANY, (key >> _MASK_BITS) & ANY, key >> (2 * _MASK_BITS))
        for key in keys.tolist()
    ]
    masks, prices, told = zip(*found, strict=True)
    return np.array(masks)[back], np.array(prices)[back], np.array(told)[back]
