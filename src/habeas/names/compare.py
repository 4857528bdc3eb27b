"""Comparing a sought person's names with a name as it is printed.

Every reading of the sought name is held against every reading of the record; the best pair of
readings gives the answer and its reasons. A part that one side does not show says nothing.
"""

from dataclasses import replace
from functools import lru_cache
from math import inf
from typing import NamedTuple

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names import weights
from habeas.names.declension import ANY
from habeas.names.facts import NO_FACTS, Facts, contradicts, evidence
from habeas.names.frequencies import Frequencies
from habeas.names.letters import Printed
from habeas.names.pairing import MISTYPED, Pairing
from habeas.names.pairs import given_names, names, surnames
from habeas.names.reasons import Comparison, Reason, Verdict, verdict_of
from habeas.names.slots import (
    Initial,
    NameUnit,
    Reading,
    given_unit,
    longer_than_a_name,
    read,
    surname_unit,
)
from habeas.names.sought import Sought

NEARLY = 1.0
"""Bits short of a perfect agreement at which no other reading needs to be looked at."""
_CACHED_NAMES = 1 << 16
_CACHED_PEOPLE = 1 << 13


class Outcome(NamedTuple):
    """What came out of the best pair of readings: the parts, before words are put to them."""

    bits: float
    surname: Pairing | None
    given: Pairing | None
    father: Pairing | None
    contradicted: bool
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
        self.readings = _together(
            [
                tuple([reading.as_sought() for reading in read_cached(spelling)[1]])
                for spelling in sought.spellings
            ]
        )
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
        found = comparison_of(best, self._further(best, facts), self.frequencies)
        return as_far_as_read(found, printed)

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
        learned = self.frequencies
        best: Outcome | None = None
        for mine in self.readings:
            for other in theirs:
                parts = _parts_of(mine, other, learned)
                bits, contradicted, whole = _weigh(mine, other, parts)
                if best is None or bits > best.bits:
                    best = Outcome(bits, *parts, contradicted, mine, other)
                    if whole:
                        return best
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
                found.append(reading._replace(father=full[0].father))
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
    matcher = (
        matcher_of(sought, frequencies)
        if isinstance(sought, str)
        else _matcher(sought, frequencies)
    )
    return matcher.compare(printed, birth_year=birth_year, facts=facts)


@lru_cache(maxsize=_CACHED_PEOPLE)
def matcher_of(query: str, frequencies: Frequencies | None = None) -> Matcher:
    """Return the matcher of a query ("A | B"), kept for the next record.

    Raises:
        NothingToCompare: the query holds no name.
        NameTooLong: one of its names has more than 1000 characters.
    """
    return Matcher(Sought.from_query(query), frequencies=frequencies)


@lru_cache(maxsize=_CACHED_PEOPLE)
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
    one, other = mine.surname, theirs.surname
    if one is not None and other is not None:
        surname = surnames(one, other)
        if learned is not None:
            surname = learned.surname(surname, other)
    called, printed = mine.given, theirs.given
    if called is not None and printed is not None:
        given = given_names(called, printed)
        if learned is not None:
            given = learned.given(given, printed)
    called, printed = mine.father, theirs.father
    if called is not None and printed is not None:
        father = given_names(called, printed)
        if learned is not None:
            father = learned.father(father, printed)
    return surname, given, father


def _gender(mine: Reading, theirs: Reading) -> float:
    """Return the bits of two genders that differ; 0 if they may be one."""
    if mine.genders & theirs.genders:
        return 0.0
    told = mine.told and theirs.told
    return weights.GENDER_DIFFERS if told else weights.GENDER_UNUSUAL


def _weigh(
    mine: Reading,
    theirs: Reading,
    parts: tuple[Pairing | None, Pairing | None, Pairing | None],
) -> tuple[float, bool, bool]:
    """Return the bits of two readings, whether a part contradicts, and whether all agrees."""
    surname, given, father = parts
    bits = -mine.price - theirs.price
    contradicted = False
    if surname is not None:
        bits += surname.bits
        contradicted = surname.bits < 0
    if given is not None:
        bits += given.bits
        contradicted = contradicted or given.bits < 0
    if father is not None:
        bits += father.bits
        contradicted = contradicted or father.bits < 0
    if not mine.genders & theirs.genders:
        bits += _gender(mine, theirs)
        contradicted = contradicted or (mine.told and theirs.told)
    if contradicted:
        return min(bits, weights.KINSHIP_LIMIT), True, False
    if isinstance(theirs.given, Initial) or isinstance(mine.given, Initial):
        bits = min(bits, _most_with_initials(surname))
    if surname is None:
        return bits, False, False
    whole = (
        given is not None
        and not mine.price
        and not theirs.price
        and surname.bits + given.bits > surname.rarity + given.rarity - NEARLY
    )
    return bits, False, whole


def _most_with_initials(surname: Pairing | None) -> float:
    """Return how much a name can say whose given name is an initial."""
    if surname is None:
        return weights.INITIALS_ALONE
    return weights.TYPED_AND_INITIALS if surname.rule == MISTYPED else inf


def comparison_of(
    best: Outcome, further: tuple[Reason, ...] = (), learned: Frequencies | None = None
) -> Comparison:
    """Return the comparison that an outcome stands for, with its reasons.

    Args:
        best: the best pair of readings.
        further: what the facts beside the name say.
        learned: the counts that the outcome was weighed with.
    """
    bits, surname, given, father, contradicted, mine, theirs = best
    reasons: list[Reason] = []
    rarity = 0.0
    for part, pairing, own, other in (
        ("surname", surname, mine.surname, theirs.surname),
        ("given", given, mine.given, theirs.given),
        ("father", father, mine.father, theirs.father),
    ):
        told = part_reason(
            part,
            pairing,
            None if own is None else own.shown,
            None if other is None else other.shown,
        )
        if told is not None:
            reasons.append(told)
        if pairing is not None:
            rarity += pairing.rarity
    reasons += reading_reasons(_gender(mine, theirs), mine.price + theirs.price)
    if further:
        reasons += further
        bits += sum(reason.bits for reason in further)
        contradicted = contradicted or any(map(contradicts, further))
        if contradicted:
            bits = min(bits, weights.KINSHIP_LIMIT)
    verdict = verdict_of(bits, full=_in_full(best), contradicted=contradicted)
    if surname is None and given is None and father is None:
        verdict = Verdict.CANNOT_TELL
        reasons.append(TOO_LITTLE)
    among = learned.people if learned else 1_000_000
    return Comparison(bits, verdict, tuple(reasons), among * 2.0**-rarity, among)


def verdict_of_outcome(best: Outcome) -> Verdict:
    """Return the verdict of a comparison that rests on the names alone."""
    if not any((best.surname, best.given, best.father)):
        return Verdict.CANNOT_TELL
    return verdict_of(best.bits, full=_in_full(best), contradicted=best.contradicted)


def part_reason(
    part: str, pairing: Pairing | None, own: str | None, other: str | None
) -> Reason | None:
    """Return what is said of one part of the name: words as shown, None for one not there."""
    if pairing is not None and own is not None and other is not None:
        return Reason(part, pairing.rule, own, other, pairing.bits)
    if own is not None:
        return Reason(part, "not printed", own, "", 0.0)
    return None if other is None else Reason(part, "unknown", "", other, 0.0)


def reading_reasons(gender: float, price: float) -> list[Reason]:
    """Return what is said of genders that differ, and of a less usual reading; both in bits."""
    found = [Reason("gender", "gender differs", "", "", gender)] if gender else []
    if price > 0:
        found.append(Reason("order", "reading", "", "", -price))
    return found


TOO_LITTLE = Reason("all", "too little", "", "", 0.0)
_REST_UNREAD = Reason("all", "rest unread", "", "", 0.0)


def as_far_as_read(found: Comparison, printed: str) -> Comparison:
    """Return a comparison that tells nobody apart from a text of which a part was not read."""
    if found.verdict is not Verdict.DIFFERENT or not longer_than_a_name(printed):
        return found
    reasons = (*found.reasons, _REST_UNREAD)
    return found._replace(verdict=Verdict.CANNOT_TELL, reasons=reasons)


def _in_full(best: Outcome) -> bool:
    """Whether surname and given name were compared in full."""
    return (
        best.surname is not None
        and isinstance(best.mine.given, NameUnit)
        and isinstance(best.theirs.given, NameUnit)
    )
