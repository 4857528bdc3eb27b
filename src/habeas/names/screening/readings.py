"""Readings as arrays, of the sought and of rows alike."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SURNAME, GIVEN, GIVEN_INITIAL, FATHER, FATHER_INITIAL, GENDERS, TOLD, PLACE = range(8)
"""Columns of readings; -1 where a part is not there.

SURNAME, GIVEN and FATHER are numbers of units, the INITIALs of kinds of initials; PLACE is the
word (sought people), or the number of the word of the row whose near words are kept.
"""
COLUMNS = 8


class Readings(NamedTuple):
    """Readings side by side: the columns above, and prices in bits."""

    parts: NDArray[np.int32]
    prices: NDArray[np.float64]


def no_readings(room: int) -> Readings:
    """Return room for so many readings."""
    return Readings(np.full((room, COLUMNS), -1, dtype=np.int32), np.zeros(room))


class Grouped(NamedTuple):
    """Numbers by group: those of group g are `items[starts[g]:starts[g + 1]]`."""

    starts: NDArray[np.int64]
    items: NDArray[np.int32]


def grouped(pairs: Iterable[tuple[int, int]], groups: int) -> Grouped:
    """Return (group, number) pairs as lists by group, in the order given."""
    table = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    order = np.argsort(table[:, 0], kind="stable")
    starts = np.zeros(groups + 1, dtype=np.int64)
    starts[1:] = np.cumsum(np.bincount(table[:, 0], minlength=groups)[:groups])
    return Grouped(starts, table[order, 1].astype(np.int32))
