"""The numbers of the model: how much each agreement and contradiction counts, in bits.

A bit doubles the odds that the record is the sought person. Agreements follow Fellegi and Sunter
(1969): log2 of how often the part agrees for the same person over how often it agrees for another
one, which is how rare the name is. Contradictions are estimates of how seldom one person is
printed so.
"""

from functools import lru_cache
from math import log2

from habeas.names.given import Name
from habeas.names.lexicon import father_stem, keys, lexicon, surname_rates

SURNAME_UNLISTED = 13.5
"""Bits of a surname that no list holds: fewer than 90 in a million."""
SURNAME_RANGE = (8.0, 14.5)
GIVEN_UNLISTED = 10.0
GIVEN_RANGE = (4.0, 10.5)
FATHER_UNLISTED = 10.0
INITIAL = 3.2
"""Bits of an agreeing initial whose letter is not counted."""
INITIAL_RANGE = (2.0, 5.0)

SURNAME_DIFFERS = -16.0
GIVEN_DIFFERS = -16.0
FATHER_DIFFERS = -16.0
INITIAL_DIFFERS = -13.0
GENDER_DIFFERS = -14.0
GENDER_UNUSUAL = -4.0
"""Where a given name alone tells the gender of one side; many are used by both."""
INITIALS_ALONE = 6.0
"""Most bits of initials without a surname: too many people share them."""
BIRTH = {0: 5.5, 1: 1.0}
"""Bits by the years between two years of birth: log2 of about 1 in 50; clerks err by one."""
BIRTH_DIFFERS = -10.0
GENDER_AGREES = 1.0
"""Half of all people are of the same gender."""
CITIZENSHIP_AGREES = 2.5
"""Bits of the same citizenship: in a list of foreigners one in five or so has it; an estimate."""
CITIZENSHIP_DIFFERS = -5.0
"""People have two, or change it, and clerks write a nationality for it: no contradiction."""
PLACE_AGREES = 3.0
"""One in eight people of a source come from, or live in, the same town; an estimate."""
PLACE_DIFFERS = -1.0
"""People are born in one place and live in another, and records do not say which is meant."""
RELATIVE_AGREES = 6.0
TYPED_AND_INITIALS = 11.0
"""Most bits of a surname with what may be a typing error beside initials: of the many surnames that
are one letter away, somebody with these initials has one. On our own pairs such rows were wrong
more often than right."""
KINSHIP_LIMIT = 3.0
"""Most bits that remain when a part contradicts: relatives share the other parts."""


@lru_cache(maxsize=1 << 16)
def surname_rate(sounds: str) -> float:
    """Return the bearers of a surname per million; 0 if no list holds it."""
    rates = surname_rates()
    return max((rates.get(key, 0.0) for key in keys(sounds)), default=0.0)


@lru_cache(maxsize=1 << 16)
def two_surnames(one: str, other: str) -> bool:
    """Whether two different surnames are both in use, and not made of one given name."""
    return (
        surname_rate(one) > 0
        and surname_rate(other) > 0
        and set(keys(one)).isdisjoint(keys(other))
        and origin(one).isdisjoint(origin(other))
    )


@lru_cache(maxsize=1 << 16)
def origin(surname: str) -> frozenset[str]:
    """Return the groups of the given name that a surname in -ов is made of; none for another one.

    Якубов and Ёқубов are made of one name.
    """
    if not surname.endswith(("ov", "ev", "Ev")):
        return frozenset()
    known = lexicon().father(father_stem(surname[:-2]))
    return known.groups if known else frozenset()


@lru_cache(maxsize=1 << 16)
def surname_bits(sounds: str, other: str = "") -> float:
    """Return how much it says that two people share this surname, in either spelling."""
    rate = max(surname_rate(sounds), surname_rate(other) if other else 0.0)
    if rate <= 0:
        return SURNAME_UNLISTED
    return _within(log2(1e6 / rate), SURNAME_RANGE)


@lru_cache(maxsize=1 << 16)
def given_bits(name: Name) -> float:
    """Return how much it says that two people share this given name, or father's name."""
    rate = name.known.per_million
    if rate <= 0:
        return FATHER_UNLISTED if name.father else GIVEN_UNLISTED
    return _within(log2(1e6 / rate), GIVEN_RANGE)


@lru_cache(maxsize=256)
def initial_weight(shown: str) -> float:
    """Return how much it says that a name begins with this letter."""
    known = lexicon().letter_bits.get(shown[:1].upper())
    return INITIAL if known is None else _within(known, INITIAL_RANGE)


def _within(bits: float, limits: tuple[float, float]) -> float:
    return max(limits[0], min(limits[1], bits))
