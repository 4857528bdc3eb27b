"""The ending of a patronymic, and what stands before it.

Reads `father_endings.tsv` when it is first needed.
"""

import re
from functools import cache
from typing import NamedTuple

from habeas.names.declension import genders_of
from habeas.names.tables_io import rows


class Ending(NamedTuple):
    """An ending of a patronymic that a word was found to have."""

    stem: str
    gender: int
    price: float


@cache
def _father_endings() -> dict[str, int]:
    """Return whose each ending of a patronymic is, the longest ending first."""
    found = sorted(rows("father_endings", ("ending", "gender")), key=lambda row: -len(row[0]))
    return {ending: genders_of(gender) for ending, gender in found}


def parted_father(sounds: str) -> tuple[str, int] | None:
    """Return the stem of a patronymic and whose it is, by its longest ending."""
    for ending, genders in _father_endings().items():
        if sounds.endswith(ending) and len(sounds) - len(ending) > 1:
            return sounds[: -len(ending)], genders
    return None


# What a word must hold near its end to be a patronymic at all; a quick look before the slow one.
MAYBE_FATHER = re.compile(
    "(?:[иіь]ч[аеуо]?[мві]?[іи]?|[вўч]н[аыеуоіиюй]{1,2}|[уұ]л[ыуіи]|[оуў][гғ]л[ыиуіюе]|[кқгх][ыи]з[ыи]|чро|чта"
    "|i[ckx]h?[aiz]?|yc?h|i[cč]|itc?h|itsch|icz|ič[auey]?|[vwu]n[ae]|[hcč]na|ul[yui]|g'?h?l[yuiı]|[kqg][yiı]z[yiı])$"
)
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыьэюя"
SHORTEST_MISTYPED = 7
MISTYPED = 5.0
"""Price of a patronymic whose ending has a wrong letter."""


@cache
def mistyped_endings() -> dict[str, tuple[str, int]]:
    """Return endings one letter away from those of patronymics: the ending meant, and its mask."""
    meant = {"ович": 1, "евич": 1, "овна": 64, "евна": 64}
    found: dict[str, tuple[str, int]] = {}
    for ending, mask in meant.items():
        for place in range(len(ending)):
            before, after = ending[:place], ending[place + 1 :]
            wrong = {before + after, ending[: place + 1] + ending[place] + after}
            wrong |= {before + letter + after for letter in _CYRILLIC}
            if after:
                wrong.add(before + after[0] + ending[place] + after[1:])
            for text in wrong:
                found.setdefault(text, (ending, mask))
    return {
        text: value
        for text, value in found.items()
        if text not in meant and not _SURNAMES.search(text)
    }


# What surnames end in is no mistyped patronymic (Холова is not Холовна without a letter).
_SURNAMES = re.compile("(ов|ев|ова|ева|ин|ина|ый|ая|ски|их|ых|ову|еву|ове|еве)$")
