"""What a run of sounds is of a word, and which kinds of two words may be held against each other.

A surname is compared whole, or by its stem if the endings differ; a given name whole, or without an
element (-jon, Abdu-). Each kind is one bit, so that a run of sounds can be of several.
"""

import numpy as np
from numpy.typing import NDArray

(
    WHOLE, STEM_OV, STEM_OTHER, STEM_BARE,
    GIVEN, GIVEN_KNOWN, GIVEN_STRIPPED, GIVEN_MUHAMMAD,
    FATHER, FATHER_KNOWN, FATHER_STRIPPED, FATHER_MUHAMMAD,
    PLAIN, VOWELLESS,
) = (1 << bit for bit in range(14))  # fmt: skip
"""Whole surnames; their stems before -ov, before -zoda, -i and -iyon, or as the bare surname; given
and fathers' names, which may be known; a word letter by letter; the consonants of a word, for
Persian script."""
NUMBER = 14
STEMS = STEM_OV | STEM_OTHER | STEM_BARE
AS_SURNAME = WHOLE | STEMS
AS_GIVEN = GIVEN | GIVEN_KNOWN | GIVEN_STRIPPED | GIVEN_MUHAMMAD
AS_FATHER = FATHER | FATHER_KNOWN | FATHER_STRIPPED | FATHER_MUHAMMAD
ANY_PART = PLAIN | VOWELLESS
BY_ONE_EDIT = WHOLE | PLAIN | GIVEN | GIVEN_KNOWN | GIVEN_STRIPPED | FATHER | FATHER_KNOWN
"""Kinds that are held against some other one within one edit; the others only within CHEAP.

Two stems before -ov and -ev that are further apart count only if the whole surnames are one edit
apart: the vowel of the ending, so that the stems are of the same coarse sounds, or one edit in the
stems of the same endings, so that the whole surnames are found.
"""

SURNAME_ROLE, GIVEN_ROLE, FATHER_ROLE = 1, 2, 4
"""What a word of a sought person is in some reading of the name, as bits."""

ERROR, CHEAP, ALIKE, ONE_EDIT = range(4)
"""How near two runs must be: within one typing error, or the bits of `sounds.CHEAP`; within CHEAP;
within one bit; within one edit of whatever price."""


def _how_near(one: int, other: int) -> int | None:
    """Return how near runs of two kinds must be to be compared, None if they never are.

    The rules are those of `pairs`: surnames with different endings (`_gap`), names that are both
    known, are one with an element more, or hold Muhammad (`_names`), one letter (`one_letter`).
    """
    pair = {one, other}
    if one & STEMS and other & STEMS:
        # -zoda and -i are both of the kind OTHER, and may stand for each other.
        return {STEM_OV: ERROR, STEM_OTHER: CHEAP}.get(one) if one == other else CHEAP
    if pair == {WHOLE} or pair == {PLAIN}:
        return ERROR
    if pair == {VOWELLESS}:
        return CHEAP
    if one == other and one & (GIVEN_MUHAMMAD | FATHER_MUHAMMAD):
        return ALIKE
    for full, known, stripped in (
        (GIVEN, GIVEN_KNOWN, GIVEN_STRIPPED),
        (FATHER, FATHER_KNOWN, FATHER_STRIPPED),
    ):
        if pair <= {full, known}:
            return ALIKE if pair == {known} else ERROR
        if pair == {full, stripped}:
            return ONE_EDIT if full == GIVEN else ALIKE
        if pair == {known, stripped}:
            return ALIKE
    return None


def against() -> NDArray[np.int32]:
    """Return, by kind and how near, the kinds that it is held against."""
    found = np.zeros((NUMBER, 4), dtype=np.int32)
    for one in range(NUMBER):
        for other in range(NUMBER):
            near = _how_near(1 << one, 1 << other)
            if near is not None:
                found[one, near] |= 1 << other
    return found
