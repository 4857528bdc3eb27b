"""How common names are in one source, learned from what it prints, and joined with the prior.

A surname that is rare in the country may be every tenth in one district court. `Counting` counts
the parts of names that a source prints; `Frequencies` holds those counts and puts them in place of
the reviewed estimates. Neither keeps a whole name: a surname stem, a given name and a father's name
are counted apart from each other, and what was seen once is not kept by name at all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from habeas.errors import CountsRefused, NameTooLong, NothingToCompare
from habeas.names import weights
from habeas.names.given import Name
from habeas.names.pairing import Pairing
from habeas.names.pairs import LEAST
from habeas.names.slots import NameUnit, Reading, SurnameUnit, read

PRIOR_PEOPLE = 1000.0
"""How many people the reviewed estimates count as: they are good to a factor of two or three."""
LEAST_BITS = 1.0
"""Least bits of a name that agrees, however common it is in its source."""
LEAST_SEEN = 2
"""Names of fewer people are counted in the total only: a count of one would point at somebody."""
_PARTS = ("surnames", "givens", "fathers")


@dataclass(frozen=True, slots=True)
class PartCounts:
    """Counts of one part of the name: people who show it in full, and how many by its key."""

    total: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, prior: float, keys: Iterable[str], most: float) -> float:
        """Return the bits of a name in this source: -log2((n - 1 + a p) / (N - 1 + a)).

        n of the N people of the source bear the name; p is its share by the reviewed estimate,
        which counts as a = `PRIOR_PEOPLE` people (the mean of a Dirichlet prior). One is taken off
        for the person whose record is compared: that one is among those who were counted.
        """
        seen = max((self.seen.get(key, 0) for key in keys), default=0)
        others = max(seen - 1, 0)
        share = (others + PRIOR_PEOPLE * 2.0**-prior) / (self.total - 1 + PRIOR_PEOPLE)
        return min(most, max(LEAST_BITS, -log2(share)))


class Frequencies:
    """How common names are in one source.

    Attributes:
        source: the id of the source.
        people: different printed names that were counted; the same name twice is one.
    """

    __slots__ = ("fathers", "givens", "people", "source", "surnames")

    def __init__(
        self,
        source: str,
        people: int,
        surnames: PartCounts,
        givens: PartCounts,
        fathers: PartCounts,
    ) -> None:
        self.source = source
        self.people = people
        self.surnames = surnames
        self.givens = givens
        self.fathers = fathers

    def surname(self, pairing: Pairing, printed: SurnameUnit) -> Pairing:
        """Return the agreement of two surnames with the bits it has in this source."""
        return _reweighed(pairing, self.surnames, surname_keys(printed), weights.SURNAME_RANGE[1])

    def given(self, pairing: Pairing, printed: object) -> Pairing:
        """Return the agreement of two given names with its bits here; initials stay as they are."""
        return self._name(pairing, self.givens, printed)

    def father(self, pairing: Pairing, printed: object) -> Pairing:
        """Return the agreement of two fathers' names with its bits here; initials stay."""
        return self._name(pairing, self.fathers, printed)

    def _name(self, pairing: Pairing, counts: PartCounts, printed: object) -> Pairing:
        if not isinstance(printed, NameUnit) or pairing.rule == "initial agrees":
            return pairing
        return _reweighed(pairing, counts, name_keys(printed), weights.GIVEN_RANGE[1])

    def as_plain(self) -> dict[str, object]:
        """Return plain values for a file."""
        parts = {
            part: {"total": counts.total, "seen": dict(sorted(counts.seen.items()))}
            for part in _PARTS
            for counts in (getattr(self, part),)
        }
        return {"people": self.people, **parts}

    @classmethod
    def from_plain(cls, source: str, kept: Mapping[str, Any]) -> "Frequencies":
        """Return what `as_plain` was made from.

        Raises:
            CountsRefused: the values are not such counts.
        """
        try:
            people = _count(kept["people"])
            parts = [_part(kept[part]) for part in _PARTS]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise CountsRefused(source) from None
        return cls(source, people, *parts)


def _part(kept: Mapping[str, Any]) -> PartCounts:
    seen = {str(key): _count(number) for key, number in kept["seen"].items()}
    total = _count(kept["total"])
    if any(number > total for number in seen.values()):
        raise ValueError(total)
    return PartCounts(total, seen)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _reweighed(pairing: Pairing, counts: PartCounts, keys: Iterable[str], most: float) -> Pairing:
    """Return an agreement with the rarity it has in a source; a contradiction stays as it is."""
    if pairing.bits < 0 or not counts.total:
        return pairing
    rarity = counts.rarity(pairing.rarity, keys, most)
    return Pairing(max(LEAST, pairing.bits + rarity - pairing.rarity), pairing.rule, rarity)


def surname_keys(unit: SurnameUnit) -> set[str]:
    """Return the stems under which a surname may have been counted."""
    found = {form.stem for form in unit.forms}
    return found.union(*(surname_keys(half) for half in unit.parts))


def name_keys(unit: NameUnit) -> set[str]:
    """Return the keys under which a given name or father's name may have been counted."""
    return {key for form in unit.forms for key in form.name.known.groups or _sounds(form.name)}


def _sounds(name: Name) -> tuple[str, ...]:
    return (name.sounds[0].text,) if name.sounds else ()


class Counting:
    """Counts the names of one source as they come; what was seen is remembered as a number only."""

    def __init__(self, source: str) -> None:
        """Start with nothing counted."""
        self.source = source
        self._known: set[int] = set()
        self._people = 0
        self._totals: Counter[str] = Counter()
        self._seen: dict[str, Counter[str]] = {part: Counter() for part in _PARTS}

    @property
    def people(self) -> int:
        """Different names counted so far."""
        return self._people

    def add(self, printed: str) -> bool:
        """Count a printed name; return False if it holds none, or was counted before."""
        try:
            items, readings = read(printed)
        except (NothingToCompare, NameTooLong):
            return False
        folded = hash(tuple(item.text for item in items))
        if folded in self._known or not readings or readings[0].surname is None:
            return False
        self._known.add(folded)
        self._people += 1
        self._add(readings[0])
        return True

    def _add(self, reading: Reading) -> None:
        surname, given, father = reading.surname, reading.given, reading.father
        if surname is not None:
            self._count("surnames", {min(surname.forms, key=lambda form: form.price).stem})
        if isinstance(given, NameUnit):
            self._count("givens", _first_keys(given))
        if isinstance(father, NameUnit):
            self._count("fathers", _first_keys(father))

    def _count(self, part: str, keys: Iterable[str]) -> None:
        self._totals[part] += 1
        self._seen[part].update(keys)

    def frequencies(self) -> Frequencies:
        """Return the counts so far."""
        parts = (
            PartCounts(
                self._totals[part],
                {key: number for key, number in self._seen[part].items() if number >= LEAST_SEEN},
            )
            for part in _PARTS
        )
        return Frequencies(self.source, self._people, *parts)


def _first_keys(unit: NameUnit) -> set[str]:
    """Return the keys of the likeliest form of a name."""
    best = min(unit.forms, key=lambda form: form.price)
    return set(best.name.known.groups) or set(_sounds(best.name))
