"""Nominatives of a printed Cyrillic word: what it may have been before the clerk declined it.

`case_endings.tsv` holds the endings with their grammars. A form is kept with the genders and cases
in which it stands, as a mask of twelve bits, so that the words of one name can be checked against
each other: "Тищенко Валентина Фёдоровна" is not the genitive of "Валентин".
"""

import re
from collections import defaultdict
from functools import cache, lru_cache
from operator import itemgetter
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


def genders_of(genders: str) -> int:
    """Return the mask of the genders ("m", "f", "mf"), in all cases."""
    return (MASCULINE if "m" in genders else 0) | (FEMININE if "f" in genders else 0)


def mask_of(genders: str, cases: str) -> int:
    """Return the mask of the genders ("m", "f", "mf") and cases (of CASES, or "*")."""
    bits = MASCULINE if cases == "*" else sum(1 << CASES.index(case) for case in cases)
    return (bits if "m" in genders else 0) | (bits << 6 if "f" in genders else 0)


class _Ending(NamedTuple):
    """A row: the ending, and all it may be printed after, together or as a pattern."""

    ending: str
    ends: tuple[str, ...]
    pattern: re.Pattern[str] | None
    nominative: str
    mask: int
    price: float

    def fits(self, word: str) -> bool:
        """Whether a word ends so, and something stands before the ending."""
        if len(word) <= len(self.ending) or not word.endswith(self.ends):
            return False
        stem = word[: len(word) - len(self.ending)]
        return self.pattern is None or self.pattern.search(stem) is not None


_ONE_LETTER = re.compile(r"\[(\w+)\]")
_ALTERNATIVES = re.compile(r"\(?(\w+(?:\|\w+)*)\)?")


def _ending(ending: str, before: str, nominative: str, mask: int, price: float) -> _Ending:
    one, several = _ONE_LETTER.fullmatch(before), _ALTERNATIVES.fullmatch(before)
    if one or several or not before:
        stands = one[1] if one else several[1].split("|") if several else [""]
        return _Ending(
            ending, tuple(some + ending for some in stands), None, nominative, mask, price
        )
    pattern = re.compile(f"(?:{before})$")
    return _Ending(ending, (ending,), pattern, nominative, mask, price)


@cache
def _endings(paradigm: str) -> dict[str, tuple[tuple[int, _Ending], ...]]:
    """Return the numbered rows of a paradigm by the last letters of the words that they are for.

    The key has SUFFIX letters, or fewer if a row asks for fewer. Rows without a printed ending
    have the highest numbers.
    """
    own = [row for row in rows("case_endings", COLUMNS) if row[0] == paradigm]
    found: dict[str, dict[int, _Ending]] = defaultdict(dict)
    for number, (_, ending, before, nominative, genders, cases, price) in enumerate(
        sorted(own, key=lambda row: not row[1])
    ):
        row = _ending(ending, before, nominative, mask_of(genders, cases), float(price))
        for end in row.ends:
            found[end[-SUFFIX:]][number] = row
    return {end: tuple(some.items()) for end, some in found.items()}


SUFFIX = 4
"""Last letters of a word, by which most rows are decided: many words share them."""


class _Template(NamedTuple):
    """A nominative of all words that end alike: letters that go, what takes their place.

    `asked` is the row that must still be asked whether the rest of the word fits.
    """

    cut: int
    nominative: str
    mask: int
    price: float
    asked: _Ending | None


@lru_cache(maxsize=1 << 16)
def _templates(
    suffix: str,
    paradigm: str,
    whole: bool,  # noqa: FBT001
) -> tuple[bool, tuple[_Template, ...]]:
    """Return the nominatives of the words that end so, and whether some must still be asked.

    `whole` tells that the suffix is all of the word.
    """
    by_end = _endings(paradigm)
    rows_of = [
        numbered
        for length in range(len(suffix) + 1)
        for numbered in by_end.get(suffix[len(suffix) - length :], ())
    ]
    found: list[_Template] = []
    for _, row in sorted(rows_of, key=itemgetter(0)):
        sure = row.fits(suffix)
        if sure or not whole:
            asked = None if sure else row
            found.append(_Template(len(row.ending), row.nominative, row.mask, row.price, asked))
    if any(template.asked for template in found):
        return True, tuple(found)
    # Forms keep the order of the rows: the first of several at one price is the one that is shown.
    best: dict[tuple[str, float], _Template] = {}
    for template in found:
        key = suffix[: len(suffix) - template.cut] + template.nominative, template.price
        old = best.get(key)
        best[key] = template if old is None else old._replace(mask=old.mask | template.mask)
    return False, tuple(best.values())


def nominatives(word: str, paradigm: str) -> tuple[Form, ...]:
    """Return the nominatives of a lower-case Cyrillic word in one paradigm of the table."""
    length = len(word)
    if length < SHORTEST:
        return (Form(word, ANY, 0.0),) if paradigm == "noun" else ()
    asked, templates = _templates(word[-SUFFIX:], paradigm, length <= SUFFIX)
    if not templates:
        return ()
    if asked:
        return _asked(word, templates)
    return tuple(
        [Form(word[: length - cut] + end, mask, price) for cut, end, mask, price, _ in templates]
    )


def _asked(word: str, templates: tuple[_Template, ...]) -> tuple[Form, ...]:
    best: dict[tuple[str, float], int] = {}
    for cut, nominative, mask, price, asked in templates:
        if asked is None or asked.fits(word):
            key = (word[: len(word) - cut] + nominative, price)
            best[key] = best.get(key, 0) | mask
    return tuple(Form(text, mask, price) for (text, price), mask in best.items())


@lru_cache(maxsize=1 << 16)
def _surname_templates(
    suffix: str,
    whole: bool,  # noqa: FBT001
    skiy: bool,  # noqa: FBT001
) -> tuple[bool, tuple[_Template, ...], int]:
    """Return the templates of surnames that end so, as `_templates`; the first so many are -ов."""
    kept, own = _templates(suffix, "ov", whole)
    asked, adjectives = _templates(suffix, "adj", whole)
    templates, kept = (*own, *adjectives), kept or asked
    # Шарофиддин and Долин end alike; Холов and Тихановский can be nothing else.
    if not templates or suffix.endswith(("ин", "ын")) or not (own or skiy):
        asked, nouns = _templates(suffix, "noun", whole)
        templates, kept = (*templates, *nouns), kept or asked
    return kept, templates, len(own)


def surname_nominatives(word: str) -> list[tuple[str, int, float, bool]]:
    """Return the nominatives of a lower-case Cyrillic surname, with masks and prices.

    The last value tells a surname in -ов that only a woman's form gives: hers ends in -а.
    """
    length = len(word)
    if length < SHORTEST:
        return [(word, ANY, 0.0, False)]
    asked, templates, own = _surname_templates(word[-SUFFIX:], length <= SUFFIX, "ск" in word)
    if asked:
        return _asked_surname(word)
    return [
        (word[: length - cut] + end, mask, price, place < own and not mask & MASCULINE)
        for place, (cut, end, mask, price, _) in enumerate(templates)
    ]


def _asked_surname(word: str) -> list[tuple[str, int, float, bool]]:
    own = nominatives(word, "ov")
    forms = (*own, *nominatives(word, "adj"))
    if not forms or word.endswith(("ин", "ын")) or not (own or "ск" in word):
        forms = (*forms, *nominatives(word, "noun"))
    return [
        (text, mask, price, place < len(own) and not mask & MASCULINE)
        for place, (text, mask, price) in enumerate(forms)
    ]


SHORTEST = 3
"""Letters of the shortest word that is declined."""
