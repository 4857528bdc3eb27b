"""A surname taken apart: stem, class of the ending, and whose it may be.

Reads `surname_endings.tsv` and `surname_signs.tsv` when they are first needed.
"""

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from habeas.names.declension import ANY, FEMININE, genders_of
from habeas.names.tables_io import rows

SURNAME_KINDS = frozenset(("ov", "ski", "zoda"))
"""Classes of endings that only surnames have."""


class SurnameForm(NamedTuple):
    """A surname in the masculine nominative, its stem and the class of its ending."""

    sounds: str
    stem: str
    kind: str
    mask: int
    price: float


@cache
def _surname_endings() -> dict[str, tuple[tuple[str, int, str], ...]]:
    """Return class, genders and masculine ending of the rows by ending."""
    found: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for ending, kind, genders, bare in rows(
        "surname_endings", ("ending", "class", "genders", "bare")
    ):
        found[ending].append((kind, genders_of(genders), bare))
    return {ending: tuple(some) for ending, some in found.items()}


@cache
def _longest_ending() -> int:
    return max(map(len, _surname_endings()))


class Parted(NamedTuple):
    """A surname taken apart: its masculine sounds, stem and class, and whose it may be."""

    key: tuple[str, str, str]
    genders: int


class _Parting(NamedTuple):
    """How surnames with some ending are parted: sounds that go, the masculine ones, class."""

    cut: int
    bare: str
    kind: str
    genders: int


@lru_cache(maxsize=1 << 14)
def _partings(suffix: str, whole: bool) -> tuple[tuple[_Parting, ...], int]:  # noqa: FBT001
    """Return the partings of surnames that end so, the longest ending first, and who bears them.

    `whole` tells that the suffix is all of the surname.
    """
    found: list[_Parting] = []
    bearers = ANY
    endings = _surname_endings()
    for length in range(len(suffix) - 2 if whole else _longest_ending(), 0, -1):
        for kind, genders, bare in endings.get(suffix[-length:], ()):
            found.append(_Parting(length, bare, kind, genders))
            if kind in ("ov", "ski") and genders == FEMININE:
                bearers = FEMININE
            if kind not in {"adj", "in"}:
                return tuple(found), bearers
    return tuple(found), bearers


@lru_cache(maxsize=1 << 17)
def split_surname(sounds: str) -> tuple[Parted, ...]:
    """Return the surname taken apart by each ending that it may have, the longest first."""
    most = _longest_ending() + 2
    partings, bearers = _partings(sounds[-most:], len(sounds) <= most)
    found: list[Parted] = []
    for cut, bare, kind, genders in partings:
        stem = sounds[:-cut]
        full = stem + bare if bare else sounds
        found.append(Parted((full, stem.rstrip("i") or stem, kind), genders))
    found.append(Parted((sounds, sounds.rstrip("i") or sounds, "bare"), bearers))
    return tuple(found)


@cache
def surname_signs() -> re.Pattern[str]:
    """Return what a word that is no known given name ends in if it is a surname."""
    signs = sorted((row[0] for row in rows("surname_signs", ("sign",))), key=len, reverse=True)
    return re.compile(f".{{2}}(?:{'|'.join(signs)})(?:а|у|ом|ем|е|ой|ы)?$")
