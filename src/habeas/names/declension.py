"""Nominatives of a printed Cyrillic word: what it may have been before the clerk declined it.

`case_endings.tsv` holds the endings with their grammars. A form is kept with the genders and cases
in which it stands, as a mask of twelve bits, so that the words of one name can be checked against
each other: "Тищенко Валентина Фёдоровна" is not the genitive of "Валентин".
"""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from habeas.names.tables_io import rows

CASES = "ngdaip"
MASCULINE = 0b111111
FEMININE = MASCULINE << 6
ANY = MASCULINE | FEMININE
NOMINATIVE = 0b1000001
"""Masks: bit 6 * gender + case, masculine first, cases in the order of CASES."""

COLUMNS = ("paradigm", "ending", "before", "nominative", "gender", "cases", "price")


class Form(NamedTuple):
    """A nominative that a printed word may stand for, in some genders and cases, at a price."""

    text: str
    mask: int
    price: float


def mask_of(genders: str, cases: str) -> int:
    """Return the mask of the genders ("m", "f", "mf") and cases (of CASES, or "*")."""
    bits = MASCULINE if cases == "*" else sum(1 << CASES.index(case) for case in cases)
    return (bits if "m" in genders else 0) | (bits << 6 if "f" in genders else 0)


class _Ending(NamedTuple):
    ending: str
    before: re.Pattern[str]
    nominative: str
    mask: int
    price: float


@cache
def _endings() -> dict[tuple[str, str], tuple[_Ending, ...]]:
    """Return the rows by paradigm and last letter of the printed ending ("" for no ending)."""
    found: dict[tuple[str, str], list[_Ending]] = defaultdict(list)
    for paradigm, ending, before, nominative, genders, cases, price in rows(
        "case_endings", COLUMNS
    ):
        pattern = re.compile(f"(?:{before})$") if before else re.compile("")
        row = _Ending(ending, pattern, nominative, mask_of(genders, cases), float(price))
        found[paradigm, ending[-1:]].append(row)
    return {key: tuple(value) for key, value in found.items()}


@cache
def nominatives(word: str, paradigm: str) -> tuple[Form, ...]:
    """Return the nominatives of a lower-case Cyrillic word in one paradigm of the table."""
    if len(word) < 3:
        return (Form(word, ANY, 0.0),) if paradigm == "noun" else ()
    best: dict[tuple[str, float], int] = {}
    by_last = _endings()
    for row in (*by_last.get((paradigm, word[-1]), ()), *by_last.get((paradigm, ""), ())):
        if not word.endswith(row.ending):
            continue
        stem = word[: len(word) - len(row.ending)]
        if stem and row.before.search(stem):
            key = (stem + row.nominative, row.price)
            best[key] = best.get(key, 0) | row.mask
    return tuple(Form(text, mask, price) for (text, price), mask in best.items())
