"""Other people whom a record may print: relatives, namesakes in part, near spellings, strangers."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from benchmarks.names.people import Name, Person, given_names, link_of
from benchmarks.names.telling import given_differs, initial_differs, rough, rough_surname
from rapidfuzz import fuzz, process

TWIN_FORMS = frozenset(
    ("full", "upper", "given_first", "genitive", "dative", "accusative", "instrumental",
     "homoglyph", "latin_icao", "latin_bgn", "latin_iso9", "latin_scholarly")
)  # fmt: skip
"""Forms in which ending or patronymic tells Евгений from Евгения."""


def relatives(person: Person, throw: random.Random) -> Iterator[tuple[str, Person]]:
    """Yield people of the same family or with a part of the name in common, with their kind."""
    for _ in range(2):
        yield "sibling", _sibling(person, throw)
    alike = _alike(person)
    if alike is not None:
        yield "sibling_alike", replace(person, given=alike)
    yield "father", replace(
        person, gender="m", given=person.father, father=_another(person, "m", throw),
        link=link_of(person.group, "m", throw),
    )  # fmt: skip
    if person.gender == "m":
        gender = "m" if throw.random() < 0.75 else "f"
        yield "son", replace(
            person, gender=gender, given=_another(person, gender, throw), father=person.given,
            link=link_of(person.group, gender, throw),
        )  # fmt: skip
        yield "swapped", replace(person, given=person.father, father=person.given)
    yield "other_father", replace(person, father=_another(person, "m", throw))
    yield from _same_initials(person, throw)
    twin = _twin(person)
    if twin is not None:
        gender = "f" if person.gender == "m" else "m"
        yield (
            "gender_twin",
            replace(person, gender=gender, given=twin, link=_other_link(person.link)),
        )


def _other_link(link: str) -> str:
    words = {"угли": "кизи", "кизи": "угли", "оглы": "кызы", "уулу": "кызы", "улы": "кызы"}
    return words.get(link, "оглы" if link == "кызы" else link)


def _another(person: Person, gender: str, throw: random.Random) -> Name:
    names = given_names(person.group, gender)
    while True:
        name = names.pick(throw)
        if given_differs(name, person.given) and given_differs(name, person.father):
            return name


def _sibling(person: Person, throw: random.Random) -> Person:
    gender = person.gender if throw.random() < 0.75 else ("f" if person.gender == "m" else "m")
    link = person.link if gender == person.gender else _other_link(person.link)
    return replace(person, gender=gender, given=_another(person, gender, throw), link=link)


def _same_initials(person: Person, throw: random.Random) -> Iterator[tuple[str, Person]]:
    given = _with_initial(person, person.gender, person.given, throw)
    father = _with_initial(person, "m", person.father, throw)
    if given is not None and father is not None:
        yield "same_initials", replace(person, given=given, father=father)


def _with_initial(person: Person, gender: str, name: Name, throw: random.Random) -> Name | None:
    fitting = [
        other
        for other in _by_initial(person.group, gender).get(name.printed[0], ())
        if given_differs(other, name)
    ]
    return throw.choice(fitting) if fitting else None


@cache
def _by_initial(group: str, gender: str) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in given_names(group, gender).names:
        found.setdefault(name.printed[0], []).append(name)
    return found


@lru_cache(maxsize=1 << 14)
def _alike(person: Person) -> Name | None:
    """Return the most similar other given name of the same people and gender."""
    best, score = None, 0.0
    for name in given_names(person.group, person.gender).names:
        likeness = fuzz.ratio(name.printed, person.given.printed)
        if likeness > score and given_differs(name, person.given):
            best, score = name, likeness
    return best


def _twin(person: Person) -> Name | None:
    """Return the woman's name to a man's, or back: Евгений, Евгения; Карим, Карима."""
    printed = person.given.printed
    if person.gender == "m":
        wanted = printed[:-1] + "я" if printed.endswith("й") else printed + "а"
        return _by_spelling(person.group, "f").get(wanted)
    wanted = printed[:-1] + "й" if printed.endswith("я") else printed[:-1]
    return _by_spelling(person.group, "m").get(wanted)


@cache
def _by_spelling(group: str, gender: str) -> dict[str, Name]:
    return {name.printed: name for name in given_names(group, gender).names}


class Crowd:
    """Other people, and those of them whose names look or sound nearest."""

    def __init__(self, others: list[Person], lines: list[str]) -> None:
        """Keep the people with their names as records print them."""
        self._others = others
        self._lines = lines
        self._sounds = [_sound(person) for person in others]

    def nearest(self, person: Person, line: str, throw: random.Random) -> list[tuple[str, Person]]:
        """Return the three nearest by spelling, the three nearest by sound, and a stranger."""
        by_spelling = process.extract(line, self._lines, scorer=fuzz.token_sort_ratio, limit=4)
        by_sound = process.extract(_sound(person), self._sounds, scorer=fuzz.ratio, limit=4)
        found = [("near_spelling", self._others[place]) for _, _, place in by_spelling]
        found += [("near_sound", self._others[place]) for _, _, place in by_sound]
        found = [(kind, other) for kind, other in found if other != person]
        return [*found, ("stranger", throw.choice(self._others))]


def _sound(person: Person) -> str:
    return " ".join(
        (
            rough_surname(person.surname.printed),
            rough(person.given.printed),
            rough(person.father.printed),
        )
    )


__all__ = ["TWIN_FORMS", "Crowd", "initial_differs", "relatives"]
