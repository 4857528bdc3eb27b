"""What it takes to measure how far two runs of sounds are apart: the tables of `sounds`."""

import numpy as np
from numpy.typing import NDArray

from habeas.errors import TableRefused
from habeas.names.pairs import limit
from habeas.names.screening import kinds
from habeas.names.screening.compiled import Array
from habeas.names.sounds import CHEAP, FIRST_SOUND, SWAPPED, TYPING_ERROR, coarse
from habeas.names.tables_io import rows

UNIT = 100
"""Parts of a bit in which distances are counted."""
NEVER = 1 << 20
LONGEST_RUN = 64
TOO_LONG = 16
"""Sounds; a run of so many is not packed."""
MOST_TAKEN = 4
"""Sounds that may be taken out together; the least price of a sound is at least CHEAP over that."""
_VOWELS = bytes.maketrans(b"aeiouyAEO", b"aaaaaaaaa")
_BASE = np.uint64(0x9E3779B97F4A7C15)
GONE = 45
"""The code of "-", which stands for no sound."""


def tables() -> dict[str, Array]:
    """Return the measures by name.

    coarse, classes: of each sound; `nibbles` are the coarse ones, numbered from 1.
    values, powers: to work out keys with.
    least: the least price at which a sound leaves its class.
    costs: of one sound for another; those of GONE are of a sound that comes or goes.
    against: by kind of run and how near, the kinds that it is held against.
    limits: by how near, the most of a distance, for one edit and for two.
    prices: of a first sound that differs, of two sounds swapped; and CHEAP.

    Raises:
        TableRefused: a price is so low that too many sounds could be taken out together, or there
            are too many kinds of sounds.
    """
    wide = np.array([ord(coarse(chr(code))) for code in range(128)], dtype=np.uint8)
    classes = np.frombuffer(bytes(wide).translate(_VOWELS), dtype=np.uint8)
    prices = _prices()
    powers = np.ones(LONGEST_RUN, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(1, LONGEST_RUN):
            powers[place] = powers[place - 1] * _BASE
        values = (np.arange(1, 129, dtype=np.uint64) * np.uint64(0xD6E8FEB86659FD93)) ^ _BASE
    most = max(limit(length) for length in range(1, LONGEST_RUN))
    limits = np.array([[most, CHEAP], [CHEAP, CHEAP], [1.0, 1.0], [NEVER, -1.0]])
    return {
        "coarse": wide,
        "nibbles": _nibbles(wide),
        "classes": classes,
        "values": values,
        "powers": powers,
        "least": _parts(_least(prices, classes), up=False),
        "costs": _parts(prices, up=False),
        "against": kinds.against(),
        "limits": _parts(limits, up=True),
        "prices": _parts(np.array([FIRST_SOUND, SWAPPED, CHEAP]), up=False),
    }


def _prices() -> NDArray[np.float64]:
    prices = np.full((128, 128), TYPING_ERROR)
    np.fill_diagonal(prices, 0.0)
    for one, other, bits in rows("sound_costs", ("one", "other", "bits")):
        prices[ord(one), ord(other)] = prices[ord(other), ord(one)] = float(bits)
    return prices


def _least(prices: NDArray[np.float64], classes: NDArray[np.uint8]) -> NDArray[np.float64]:
    leaves = np.where(classes[:, None] != classes[None, :], prices, TYPING_ERROR)
    leaves[:, : GONE + 1] = TYPING_ERROR
    least = np.minimum(leaves.min(axis=1), prices[GONE])
    least[GONE] = TYPING_ERROR
    if CHEAP / least.min() >= MOST_TAKEN + 1:
        raise TableRefused("sound_costs.tsv", 0, f"a price under {CHEAP / (MOST_TAKEN + 1):.2f}")
    return least


def _nibbles(wide: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the coarse sounds as numbers of four bits; what is no sound shares the last."""
    letters = {"M"}  # stands for Muhammad
    for table in ("letters", "romanisations"):
        letters.update(*(sounds for (sounds,) in rows(table, ("sounds",))))
    known = sorted(set(coarse("".join(letters))))
    if len(known) >= TOO_LONG:
        raise TableRefused("letters.tsv", 0, f"more than {TOO_LONG - 1} kinds of sounds")
    numbers = {ord(sound): number for number, sound in enumerate(known, 1)}
    return np.array([numbers.get(int(code), TOO_LONG - 1) for code in wide], dtype=np.uint64)


def _parts(bits: NDArray[np.float64], *, up: bool) -> NDArray[np.int32]:
    """Return bits in whole parts of a bit: prices too low and limits too high, never otherwise."""
    found = np.ceil(bits * UNIT - 1e-6) if up else np.floor(bits * UNIT + 1e-6)
    return found.astype(np.int32)
