"""Comparing a sought person's names with a name as it is printed.

Every reading of the sought name is held against every reading of the record; the best pair of
readings gives the answer and its reasons. A part that one side does not show says nothing.
"""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names import weights
from habeas.names.declension import ANY
from habeas.names.facts import NO_FACTS, Facts, contradicts, evidence
from habeas.names.frequencies import Frequencies
from habeas.names.letters import Printed
from habeas.names.pairs import Pairing, initials, names, surnames
from habeas.names.reasons import Comparison, Reason, Verdict, verdict_of
from habeas.names.slots import Initial, NameUnit, Reading, given_unit, read, surname_unit
from habeas.names.sought import Sought

NEARLY = 1.0
"""Bits short of a perfect agreement at which no other reading needs to be looked at."""
_CACHED_NAMES = 1 << 16


class Outcome(NamedTuple):
    """What came out of the best pair of readings: the parts, before words are put to them."""

    bits: float
    surname: Pairing | None
    given: Pairing | None
    father: Pairing | None
    gender: float
    contradicted: bool
    whole: bool
    mine: Reading
    theirs: Reading


@lru_cache(maxsize=_CACHED_NAMES)
def read_cached(text: str) -> tuple[tuple[Printed, ...], tuple[Reading, ...]]:
    """Return what `read` says, remembered for names that were seen lately."""
    return read(text)


class Matcher:
    """A sought person, read once, to be compared with many printed names."""

    def __init__(self, sought: Sought, *, frequencies: Frequencies | None = None) -> None:
        """Read all spellings of the sought person.

        Args:
            sought: the person.
            frequencies: how common names are in the source whose records are compared, if that
                was learned; otherwise the reviewed estimates stand.

        Raises:
            NothingToCompare: no spelling holds a name.
            NameTooLong: a spelling has more than 1000 characters.
        """
        self.sought = sought
        self.frequencies = frequencies
        self.readings = _together([read_cached(spelling)[1] for spelling in sought.spellings])
        self.givens = {reading.given for reading in self.readings}

    def compare(
        self, printed: str, *, birth_year: int | None = None, facts: Facts = NO_FACTS
    ) -> Comparison:
        """Return how `printed` compares with the sought person.

        Args:
            printed: the name as printed.
            birth_year: the year of birth that the record gives, if it gives one.
            facts: what else the record says of the person; a `birth_year` by itself goes first.

        Raises:
            NothingToCompare: `printed` holds no letter.
            NameTooLong: `printed` has more than 1000 characters.
        """
        _, theirs = read_cached(printed)
        best = self.best(theirs)
        if birth_year is not None:
            facts = replace(facts, birth_year=birth_year)
        return comparison_of(best, self._further(best, facts), self.frequencies)

    def _further(self, best: Outcome, facts: Facts) -> tuple[Reason, ...]:
        """Return what the facts beside the name say."""
        known = self.sought.facts
        if known == NO_FACTS and facts == NO_FACTS:
            return ()
        told = tuple(one.genders if one.told else 0 for one in (best.mine, best.theirs))
        return evidence(known, facts, (told[0], told[1]), _may_be_one)

    def score(self, printed: str) -> float:
        """Return the bits alone; quicker than `compare`."""
        return self.best(read_cached(printed)[1]).bits

    def best(self, theirs: tuple[Reading, ...]) -> Outcome:
        """Return the outcome of the best pair of readings."""
        best: Outcome | None = None
        for mine in self.readings:
            for other in theirs:
                found = _weigh(mine, other, self.frequencies)
                if best is None or found.bits > best.bits:
                    best = found
                    if found.whole:
                        return found
        assert best is not None
        return best


def _together(spellings: list[tuple[Reading, ...]]) -> tuple[Reading, ...]:
    """Return the readings of all spellings of one person, each made fuller by the others.

    "Safiya VYDUMOVA" is the daughter of Pulat if the same invented person is also known as
    "Sofiya Pulatovna VYDUMOVA"; and what is the given name in a full spelling is no surname in
    another.
    """
    full = [
        first
        for first, *_ in spellings
        if isinstance(first.father, NameUnit)
        and isinstance(first.given, NameUnit)
        and first.surname
    ]
    found: list[Reading] = []
    for readings in spellings:
        for reading in readings:
            if full and reading not in full and _turned_round(full[0], reading):
                continue
            if reading.father is None and full:
                found.append(replace(reading, father=full[0].father))
            else:
                found.append(reading)
    return tuple(found)


def _turned_round(full: Reading, reading: Reading) -> bool:
    """Whether a reading takes the known given name for the surname."""
    if full.surname is None or not isinstance(full.given, NameUnit):
        return False
    if reading.surname is None:
        own = reading.father.own if isinstance(reading.father, NameUnit) else None
        return own is not None and surnames(full.surname, surname_unit(own, ANY)).bits > 0
    if surnames(full.surname, reading.surname).bits > 0:
        return False
    return names(full.given, given_unit(reading.surname.own, ANY)).bits > 0


def compare(
    sought: Sought | str,
    printed: str,
    *,
    birth_year: int | None = None,
    facts: Facts = NO_FACTS,
    frequencies: Frequencies | None = None,
) -> Comparison:
    """Return how a printed name compares with a sought person or a query ("A | B").

    `birth_year` and `facts` are what the record says beside the name; `frequencies` is how common
    names are in its source, if that was learned.

    Raises:
        NothingToCompare: one side holds no letter.
        NameTooLong: one side has more than 1000 characters.
    """
    person = Sought.from_query(sought) if isinstance(sought, str) else sought
    return _matcher(person, frequencies).compare(printed, birth_year=birth_year, facts=facts)


@lru_cache(maxsize=1 << 12)
def _matcher(sought: Sought, frequencies: Frequencies | None = None) -> Matcher:
    return Matcher(sought, frequencies=frequencies)


def _may_be_one(one: str, other: str) -> bool:
    """Whether two names of relatives are at least possibly one person's."""
    try:
        found = compare(Sought((one,)), other)
    except (NothingToCompare, NameTooLong):
        return False
    return found.verdict in _MAY_BE_ONE


_MAY_BE_ONE = frozenset((Verdict.SAME, Verdict.LIKELY, Verdict.POSSIBLE))


def _parts_of(
    mine: Reading, theirs: Reading, learned: Frequencies | None
) -> tuple[Pairing | None, Pairing | None, Pairing | None]:
    """Return how surname, given name and father's name go together, None for one not shown."""
    surname = given = father = None
    if mine.surname is not None and theirs.surname is not None:
        surname = surnames(mine.surname, theirs.surname)
        if learned is not None:
            surname = learned.surname(surname, theirs.surname)
    if mine.given is not None and theirs.given is not None:
        given = _name(mine.given, theirs.given)
        if learned is not None:
            given = learned.given(given, theirs.given)
    if mine.father is not None and theirs.father is not None:
        father = _name(mine.father, theirs.father)
        if learned is not None:
            father = learned.father(father, theirs.father)
    return surname, given, father


def _weigh(mine: Reading, theirs: Reading, learned: Frequencies | None = None) -> Outcome:
    surname, given, father = _parts_of(mine, theirs, learned)
    bits = -mine.price - theirs.price
    contradicted = False
    for part in (surname, given, father):
        if part is not None:
            bits += part.bits
            contradicted = contradicted or part.bits < 0
    gender = 0.0
    if not mine.genders & theirs.genders:
        told = mine.told and theirs.told
        gender = weights.GENDER_DIFFERS if told else weights.GENDER_UNUSUAL
        bits += gender
        contradicted = contradicted or told
    if contradicted:
        bits = min(bits, weights.KINSHIP_LIMIT)
    elif surname is None and (isinstance(theirs.given, Initial) or isinstance(mine.given, Initial)):
        bits = min(bits, weights.INITIALS_ALONE)
    whole = (
        not (contradicted or mine.price or theirs.price)
        and surname is not None
        and given is not None
        and surname.bits + given.bits > surname.rarity + given.rarity - NEARLY
    )
    return Outcome(bits, surname, given, father, gender, contradicted, whole, mine, theirs)


def _name(mine: NameUnit | Initial, theirs: NameUnit | Initial) -> Pairing:
    if isinstance(theirs, Initial):
        return initials(theirs, mine)
    if isinstance(mine, Initial):
        return initials(mine, theirs)
    return names(mine, theirs)


def comparison_of(
    best: Outcome, further: tuple[Reason, ...] = (), learned: Frequencies | None = None
) -> Comparison:
    """Return the comparison that an outcome stands for, with its reasons.

    Args:
        best: the best pair of readings.
        further: what the facts beside the name say.
        learned: the counts that the outcome was weighed with.
    """
    reasons, rarity = _parts(best)
    if best.gender:
        reasons.append(Reason("gender", "gender differs", "", "", best.gender))
    price = best.mine.price + best.theirs.price
    if price > 0:
        reasons.append(Reason("order", "reading", "", "", -price))
    reasons.extend(further)
    bits = best.bits + sum(reason.bits for reason in further)
    contradicted = best.contradicted or any(map(contradicts, further))
    if contradicted:
        bits = min(bits, weights.KINSHIP_LIMIT)
    verdict = verdict_of(bits, full=_in_full(best), contradicted=contradicted)
    if not any((best.surname, best.given, best.father)):
        verdict = Verdict.CANNOT_TELL
        reasons.append(Reason("all", "too little", "", "", 0.0))
    among = learned.people if learned else 1_000_000
    return Comparison(bits, verdict, tuple(reasons), among * 2.0**-rarity, among)


def _in_full(best: Outcome) -> bool:
    """Whether surname and given name were compared in full."""
    return (
        best.surname is not None
        and isinstance(best.mine.given, NameUnit)
        and isinstance(best.theirs.given, NameUnit)
    )


def _parts(best: Outcome) -> tuple[list[Reason], float]:
    """Return a reason for each part of the name, and how rare all that agrees is, in bits."""
    reasons: list[Reason] = []
    rarity = 0.0
    for part, pairing, mine, theirs in (
        ("surname", best.surname, best.mine.surname, best.theirs.surname),
        ("given", best.given, best.mine.given, best.theirs.given),
        ("father", best.father, best.mine.father, best.theirs.father),
    ):
        shown = mine.shown if mine else "", theirs.shown if theirs else ""
        if pairing is not None:
            reasons.append(Reason(part, pairing.rule, *shown, pairing.bits))
            rarity += pairing.rarity
        elif any(shown):
            reasons.append(Reason(part, "not printed" if shown[0] else "unknown", *shown, 0.0))
    return reasons, rarity
