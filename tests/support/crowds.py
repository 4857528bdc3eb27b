"""Invented people put together from the tables of names, and rows in which courts might print them.

Nobody here is meant: surname, given name and father's name are drawn one by one.
"""

import random
from dataclasses import dataclass
from functools import cache

from habeas.names import Sought
from habeas.names.tables_io import rows

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented man's name, in Russian letters."""

    surname: str
    given: str
    father: str


@cache
def _lists() -> tuple[list[str], list[str]]:
    surnames = [
        stem
        for stem, _, _ in rows("surnames", ("stem", "per_million", "languages"))
        if set(stem.lower()) <= set(_LATIN) and len(stem) > 3
    ]
    given = [
        spelling
        for spelling, gender, source in rows("given_names", ("spelling", "gender", "source"))
        if gender == "m" and source.startswith("russian") and set(spelling.lower()) <= set(_LATIN)
    ]
    return surnames, given


def invented(chance: random.Random) -> Invented:
    """Return somebody who does not exist."""
    surnames, given = _lists()
    return Invented(chance.choice(surnames), chance.choice(given), _son(chance.choice(given)))


def _son(father: str) -> str:
    if father[-1] in "йь":
        return f"{father[:-1]}евич"
    return f"{father[:-1]}ич" if father[-1] in "ая" else f"{father}ович"


def latin(text: str) -> str:
    """Return Russian letters as in a passport (ICAO Doc 9303)."""
    return "".join(_LATIN.get(letter, letter) for letter in text.lower()).title()


def sought(people: list[Invented], chance: random.Random) -> list[Sought]:
    """Return what is known of people: some by Latin letters, some without one part."""
    return [Sought((_known(person, chance),), id=str(at)) for at, person in enumerate(people)]


def _known(person: Invented, chance: random.Random) -> str:
    name = chance.choice(
        (
            f"{person.surname} {person.given} {person.father}",
            f"{person.surname} {person.given} {person.father}",
            f"{person.given} {person.surname}",
            f"{person.surname} {person.given}",
            f"{person.given} {person.father}",
        )
    )
    return latin(name) if chance.random() < 0.4 else name


def row(person: Invented, chance: random.Random) -> str:
    """Return how a court might print somebody, with or without an error."""
    surname, given, father = person.surname, person.given, person.father
    if chance.random() < 0.2:
        place = chance.randrange(1, len(surname))
        surname = surname[:place] + surname[place + 1 :]
    if chance.random() < 0.1:
        place = chance.randrange(1, len(given))
        given = given[:place] + given[place - 1] + given[place:]
    return chance.choice(
        (
            f"{surname} {given} {father}",
            f"{surname}а {given}а {father}а",
            f"{surname}у {given[0]}.{father[0]}.",
            f"{given[0]}. {surname}",
            f"{surname.upper()} {given[0]}. {father[0]}.",
            f"{given} {father} {surname}",
            f"{surname} {given}",
            f"{given} {surname}",
            f"{given} {father}",
            surname,
            latin(f"{given} {surname}"),
            f"{surname}, {given} (ранее {chance.choice(_lists()[0])})",
        )
    )


def page(people: list[Invented], chance: random.Random) -> list[str]:
    """Return a row for each, and as many of their relatives and of strangers."""
    found = []
    for person in people:
        other = invented(chance)
        found += [
            row(person, chance),
            row(Invented(person.surname, other.given, person.father), chance),
            row(other, chance),
        ]
    chance.shuffle(found)
    return found
