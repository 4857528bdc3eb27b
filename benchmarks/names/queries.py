"""What a searcher knows of a name: one to three spellings, half without the father's name."""

import random
from dataclasses import dataclass

from benchmarks.names import latin
from benchmarks.names.forms import Parts, full, latin_parts, national_parts, stem
from benchmarks.names.people import Person

_PASSPORTS = (latin.icao, latin.icao, latin.bgn)


@dataclass(frozen=True, slots=True)
class Query:
    """A query of one or more names, and the parts of a name that it shows.

    Attributes:
        text: the names, separated by " | ".
        known: of "surname", "given", "father"; "loose" if an order of words is only a custom.
        latin: whether it is in Latin letters.
    """

    text: str
    known: frozenset[str]
    latin: bool


def query_of(person: Person, throw: random.Random) -> Query:
    """Return what is known of a person: half in Latin letters, half without the father's name."""
    in_latin = throw.random() < 0.5
    if person.group in ("tajik", "uzbek") and throw.random() < 0.06:
        return _given_and_father(person, in_latin)
    with_father = throw.random() < 0.5
    loose = False
    names: list[str] = []
    for _ in range(throw.choices((1, 2, 3), (70, 24, 6))[0]):
        parts = _latin(person, throw) if in_latin else _cyrillic(person, throw)
        if not with_father:
            parts = Parts(parts.surname, parts.given, "")
            if person.group == "tajik" and throw.random() < 0.08:
                parts, loose = _bare_surname(person, parts, in_latin=in_latin), True
        name = _ordered(parts, throw)
        if name not in names:
            names.append(name)
    known = {"surname", "given"} | ({"father"} if with_father else set())
    return Query(" | ".join(names), frozenset(known | ({"loose"} if loose else set())), in_latin)


def _given_and_father(person: Person, in_latin: bool) -> Query:  # noqa: FBT001
    words = (person.given.national, person.father.national)
    if in_latin:
        words = tuple(latin.NATIONAL[person.group](word) for word in words)  # type: ignore[assignment]
    return Query(" ".join(words), frozenset(("given", "father", "loose")), in_latin)


def _bare_surname(person: Person, parts: Parts, *, in_latin: bool) -> Parts:
    base = stem(person.surname)
    if base is None:
        return parts
    return Parts(latin.tajik(base) if in_latin else base, parts.given, "")


def _latin(person: Person, throw: random.Random) -> Parts:
    """Return the name in Latin letters: national alphabet, or passport style from Russian."""
    if person.group == "azerbaijani" and throw.random() < 0.5:
        return national_parts(person) or full(person)
    own = latin.NATIONAL.get(person.group)
    if own is None or throw.random() < 0.4:
        return latin_parts(person, throw.choice(_PASSPORTS))
    parts = national_parts(person) or full(person)
    if person.group == "uzbek":
        return parts
    father_words = " ".join(own(word) for word in parts.father.split())
    return Parts(own(parts.surname), own(parts.given), father_words)


def _cyrillic(person: Person, throw: random.Random) -> Parts:
    if person.group in ("tajik", "kyrgyz", "kazakh", "ukrainian", "belarusian"):
        own = national_parts(person)
        if own is not None and throw.random() < 0.3:
            return own
    return full(person)


def _ordered(parts: Parts, throw: random.Random) -> str:
    line = (
        parts.line()
        if throw.random() < (0.5 if not parts.father else 0.75)
        else parts.given_first()
    )
    return line.upper() if throw.random() < 0.12 else line
