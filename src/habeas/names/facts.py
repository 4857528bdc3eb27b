"""What is known beside the name: year of birth, place, citizenship, gender, relatives.

A fact that both sides carry adds bits if it agrees and takes bits away if it does not; a fact that
one side lacks says nothing. Reads `citizenships.tsv` when it is first needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from habeas.names import weights
from habeas.names.letters import clean, words
from habeas.names.reasons import Reason
from habeas.names.romanise import first_reading
from habeas.names.sounds import CHEAP, coarse, distance
from habeas.names.tables_io import rows

MAN, WOMAN = 1, 2
_GENDERS = {"m": MAN, "f": WOMAN}
SHOWN_LETTERS = 120
"""Letters of a fact that are read and shown; a longer one is a text."""
PLACE_ENDING = 3
"""Sounds by which two forms of a place may differ at their end: Москва, Москвы, московский."""
SHORTEST_PLACE = 4
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record says of the person it names.

    Attributes:
        birth_year: year of birth, Gregorian.
        place: a place of birth or living, as printed.
        citizenship: an ISO 3166-1 code, or the country or its people as printed.
        gender: "m", "f", or empty.
        relatives: names of relatives as printed.
        shared: the page says so of somebody whom it names, not surely of this name: such facts
            may speak for a person, never against one.
    """

    birth_year: int | None = None
    place: str = ""
    citizenship: str = ""
    gender: str = ""
    relatives: tuple[str, ...] = ()
    shared: bool = False


NO_FACTS = Facts()


def evidence(
    known: Facts, printed: Facts, genders: tuple[int, int], same_name: Callable[[str, str], bool]
) -> tuple[Reason, ...]:
    """Return a reason for each fact that both sides carry.

    Args:
        known: the facts of the sought person.
        printed: those of the record.
        genders: what the sought name and the printed name themselves tell: 1 man, 2 woman, 0 or 3
            where they tell nothing.
        same_name: whether two names may be one person's.
    """
    found = (
        birth(known.birth_year, printed.birth_year),
        _gender(known.gender, printed.gender, genders),
        _citizenship(known.citizenship, printed.citizenship),
        _place(known.place, printed.place),
        _relatives(known.relatives, printed.relatives, same_name),
    )
    return tuple(reason for reason in found if reason and not (printed.shared and reason.bits < 0))


def contradicts(reason: Reason) -> bool:
    """Whether a fact speaks against so strongly that the rest cannot make up for it."""
    return reason.rule in {"birth differs", "gender fact differs"}


def birth(mine: int | None, theirs: int | None) -> Reason | None:
    """Return what the years of birth say, if both are known."""
    if mine is None or theirs is None:
        return None
    apart = abs(mine - theirs)
    bits = weights.BIRTH.get(apart, weights.BIRTH_DIFFERS)
    rule = "birth agrees" if not apart else "birth near" if bits > 0 else "birth differs"
    return Reason("birth", rule, str(mine), str(theirs), bits)


def _gender(known: str, printed: str, genders: tuple[int, int]) -> Reason | None:
    """Return what the genders say; nothing where the two names have said it already."""
    mine = _GENDERS.get(known, genders[0])
    theirs = _GENDERS.get(printed, genders[1])
    by_names = genders[0] in (MAN, WOMAN) and genders[1] in (MAN, WOMAN)
    if mine not in (MAN, WOMAN) or theirs not in (MAN, WOMAN) or (not known and not printed):
        return None
    shown = ("m" if mine == MAN else "f"), ("m" if theirs == MAN else "f")
    if mine != theirs:
        already = by_names and genders[0] != genders[1]
        bits = 0.0 if already else weights.GENDER_DIFFERS
        return Reason("gender", "gender fact differs", *shown, bits)
    return None if by_names else Reason("gender", "gender agrees", *shown, weights.GENDER_AGREES)


@cache
def _countries() -> tuple[tuple[str, str], ...]:
    """Return how words for a country or its people begin, longest first, and its code."""
    found = [(stem, code) for stem, code in rows("citizenships", ("stem", "code"))]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


@lru_cache(maxsize=1 << 12)
def countries_of(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of all countries named in a text; empty if none is known."""
    codes = {code for _, code in _countries()}
    found: set[str] = set()
    for item in clean(text[:SHOWN_LETTERS]).replace("-", " ").split():
        word = item.strip(".,;:()\"'«»").casefold()
        if word.upper() in codes:
            found.add(word.upper())
            continue
        found.update(
            code
            for stem, code in _countries()
            if word == stem or (len(stem) >= SHORTEST_STEM and word.startswith(stem))
        )
    return frozenset(found)


def _citizenship(known: str, printed: str) -> Reason | None:
    mine, theirs = countries_of(known), countries_of(printed)
    if not mine or not theirs:
        return None
    shown = known[:SHOWN_LETTERS], printed[:SHOWN_LETTERS]
    if mine & theirs:
        return Reason("citizenship", "citizenship agrees", *shown, weights.CITIZENSHIP_AGREES)
    return Reason("citizenship", "citizenship differs", *shown, weights.CITIZENSHIP_DIFFERS)


@cache
def _no_place() -> frozenset[str]:
    """Return the words of an address that name no place by themselves."""
    return frozenset(word for (word,) in rows("place_words", ("word",)))


@lru_cache(maxsize=1 << 12)
def _places(text: str) -> tuple[str, ...]:
    """Return the coarse sounds of the words of a place that name it."""
    if not any(letter.isalpha() for letter in text[:SHOWN_LETTERS]):
        return ()
    found = [
        coarse(first_reading(item.text, item.script))
        for item in words(text[:SHOWN_LETTERS])
        if item.text not in _no_place()
    ]
    return tuple(sounds for sounds in found if len(sounds) >= SHORTEST_PLACE)


def _same_place(one: str, other: str) -> bool:
    """Whether two words are one place in two forms or scripts; their endings may differ."""
    if distance(one, other, CHEAP) <= CHEAP:
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return shared >= SHORTEST_PLACE and max(len(one), len(other)) - shared <= PLACE_ENDING


def _place(known: str, printed: str) -> Reason | None:
    mine, theirs = _places(known), _places(printed)
    if not mine or not theirs:
        return None
    shown = known[:SHOWN_LETTERS], printed[:SHOWN_LETTERS]
    if any(_same_place(one, other) for one in mine for other in theirs):
        return Reason("place", "place agrees", *shown, weights.PLACE_AGREES)
    return Reason("place", "place differs", *shown, weights.PLACE_DIFFERS)


def _relatives(
    known: tuple[str, ...], printed: tuple[str, ...], same_name: Callable[[str, str], bool]
) -> Reason | None:
    """Return that a relative of the same name is printed; other relatives say nothing."""
    for mine in known:
        for theirs in printed:
            if same_name(mine, theirs):
                shown = mine[:SHOWN_LETTERS], theirs[:SHOWN_LETTERS]
                return Reason("relative", "relative agrees", *shown, weights.RELATIVE_AGREES)
    return None
