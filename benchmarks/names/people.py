"""Invented people: names of the product's reviewed tables, joined freely by seed.

Nobody of these is meant. Given names and fathers' names come from `given_names.tsv`, weighted by
the root of its frequencies; surnames from `surnames.tsv`, from men's given names with an ending,
and from `stems.tsv` beside this file. One Tajik or Uzbek name in eight is a compound that the
product's tables do not hold, so that not everything here is known to it.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import sqrt

from benchmarks.names.tables import HERE, PRODUCT_TABLES, cyrillic, dice, rows, russian
from rapidfuzz import fuzz

SHARES = {
    "tajik": 30, "uzbek": 22, "russian": 16, "kyrgyz": 8, "kazakh": 6, "azerbaijani": 5,
    "caucasus": 6, "ukrainian": 4, "belarusian": 3,
}  # fmt: skip
"""People of each group in a hundred: those whom foreign-nationals' courts print most come first."""
LANGUAGES = {
    "tajik": ("tg",), "uzbek": ("uz",), "russian": ("ru",), "kyrgyz": ("ky",), "kazakh": ("kk",),
    "azerbaijani": ("az",), "caucasus": ("che", "av", "inh", "dar", "kum"), "ukrainian": ("uk",),
    "belarusian": ("be",),
}  # fmt: skip
OUTSIDE_SHARE = 0.125
_FLAT = str.maketrans("қғҳӣӯўәіңөұүһїєґ", "кгхиууаиноуухиег")
_UZBEK_LETTERS = str.maketrans("ӯҷӣ", "ўжи")
_FIRSTS, _SECONDS, _WOMEN_FIRSTS, _WOMEN_SECONDS = (
    words.split()
    for words in (
        "Тағой Чорӣ Бобо Рӯзӣ Қурбон Ашӯр Сафар Раҷаб Назрӣ Давлат Ғулом Шер Нор Ҷума Ҳол Менг",
        "қадам ёр полвон бердӣ назар мурод қул мамад қобил ғафор шариф тилло",
        "Зеб Моҳ Нигор Гул Ойи Бахт Дил Шакар Нозу Хуш Анор Тӯтӣ",
        "ниссо чеҳра парӣ рухсор ором зебо тоҷ ангез базм наво",
    )
)
"""Usual elements of compound names: first and second half, of men, then of women."""


@dataclass(frozen=True, slots=True)
class Name:
    """One part of a name: as Russian officials print it, and as its bearer writes it."""

    printed: str
    national: str
    table: str = ""
    """Group of the product's table; empty if the name is in none."""


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person.

    Attributes:
        group: key of SHARES.
        gender: "m" or "f".
        surname: in the masculine form.
        given: the given name.
        father: the father's given name.
        link: how the father's name is joined: "ович", or a word for son or daughter.
    """

    group: str
    gender: str
    surname: Name
    given: Name
    father: Name
    link: str


def flatten(word: str) -> str:
    """Return a national spelling in Russian letters, the nearest sound for each."""
    low = word.lower().replace("ҷ", "дж").translate(_FLAT)
    return low[0].upper() + low[1:]


@dataclass(frozen=True, slots=True)
class _Choice:
    names: tuple[Name, ...]
    weights: tuple[float, ...]

    def pick(self, throw: random.Random) -> Name:
        return throw.choices(self.names, self.weights)[0]


@cache
def _by_language() -> dict[tuple[str, str], dict[str, list[tuple[str, str, float]]]]:
    """Return spellings (spelling, source, rate) by language and gender, then by table group."""
    found: dict[tuple[str, str], dict[str, list[tuple[str, str, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows(PRODUCT_TABLES / "given_names.tsv"):
        spelling = row["spelling"]
        if len(spelling) < 3 or not spelling.isalpha():
            continue
        for language in row["languages"].split(","):
            found[language, row["gender"]][row["group"]].append(
                (spelling, row["source"], float(row["per_million"]))
            )
    return found


@cache
def known_spellings() -> frozenset[str]:
    """Return every spelling of the product's given names, in lower case."""
    return frozenset(row["spelling"].lower() for row in rows(PRODUCT_TABLES / "given_names.tsv"))


@cache
def given_names(group: str, gender: str) -> _Choice:
    """Return the given names of a people with their weights."""
    names: list[Name] = []
    weights: list[float] = []
    for language in LANGUAGES[group]:
        by_group = _by_language()[language, gender]
        for table in sorted(by_group):
            own = _spellings(group, table, gender, by_group[table])
            rate = by_group[table][0][2]
            names += own
            weights += [sqrt(rate) / len(own)] * len(own) if own else []
    return _Choice(tuple(names), tuple(weights))


def _spellings(
    group: str, table: str, gender: str, found: list[tuple[str, str, float]]
) -> list[Name]:
    national = [s for s, source, _ in found if source.startswith("national") and cyrillic(s)]
    if group == "azerbaijani":
        latin = [s for s, source, _ in found if source == "national" and not cyrillic(s)]
        return [Name(s, latin[0], table) for s in national if russian(s)] if latin else []
    if group in ("ukrainian", "belarusian"):
        rest = _by_language()["ru", gender].get(table, [])
        usual = [s for s, _, _ in rest if russian(s)]
        return [Name(_nearest(flatten(s), usual), s, table) for s in national]
    return [Name(flatten(s), s, table) for s in national if russian(flatten(s))]


def _nearest(word: str, usual: list[str]) -> str:
    return max(usual, key=lambda other: fuzz.ratio(word, other), default=word)


def _compound(gender: str, throw: random.Random) -> Name:
    """Return a name made of usual name elements that the product's tables do not hold."""
    while True:
        first, second = (
            (throw.choice(_FIRSTS), throw.choice(_SECONDS))
            if gender == "m"
            else (throw.choice(_WOMEN_FIRSTS), throw.choice(_WOMEN_SECONDS))
        )
        word = first + second
        if word.lower() not in known_spellings() and flatten(word).lower() not in known_spellings():
            return Name(flatten(word), word)


def _given(group: str, gender: str, throw: random.Random) -> Name:
    if group in ("tajik", "uzbek") and throw.random() < OUTSIDE_SHARE:
        name = _compound(gender, throw)
        if group == "uzbek":
            own = name.national.lower().translate(_UZBEK_LETTERS)
            return Name(name.printed, own[0].upper() + own[1:])
        return name
    return given_names(group, gender).pick(throw)


def with_ending(name: str) -> str:
    """Return the surname in -ов or -ев that a given name makes."""
    if name.endswith(("й", "ь")):
        return name[:-1] + "ев"
    if name.endswith("ӣ"):
        return name[:-1] + "иев"
    return name + ("ев" if name[-1] in "аеёиоуыэюяӣӯә" else "ов")


@cache
def _listed(group: str) -> _Choice:
    languages = set(LANGUAGES[group])
    found = [
        (row["stem"], float(row["per_million"] or 1))
        for row in rows(PRODUCT_TABLES / "surnames.tsv")
        if languages & set(row["languages"].split(",")) and russian(row["stem"])
    ]
    return _Choice(tuple(Name(s, s) for s, _ in found), tuple(sqrt(r) for _, r in found))


@cache
def _stems(group: str) -> tuple[Name, ...]:
    return tuple(
        Name(row["masculine"], row["national"] or row["masculine"])
        for row in rows(HERE / "stems.tsv")
        if row["group"] == group
    )


def _surname(group: str, throw: random.Random) -> Name:
    if group in ("ukrainian", "belarusian"):
        return throw.choice(_stems(group))
    if group == "russian":
        return throw.choice(_stems(group)) if throw.random() < 0.5 else _listed(group).pick(throw)
    if group == "caucasus" and throw.random() < 0.6 and _listed(group).names:
        return _listed(group).pick(throw)
    base = _given(group, "m", throw)
    national = base.national
    if group == "azerbaijani":
        ended = national + ("yev" if national[-1] in "aeəıioöuü" else "ov")
        return Name(with_ending(base.printed), ended, base.table)
    return Name(with_ending(base.printed), with_ending(national), base.table)


_LINKS = {
    "uzbek": (0.35, "угли", "кизи"),
    "azerbaijani": (0.45, "оглы", "кызы"),
    "kyrgyz": (0.2, "уулу", "кызы"),
    "kazakh": (0.25, "улы", "кызы"),
}


def link_of(group: str, gender: str, throw: random.Random) -> str:
    """Return how the father's name is joined: "ович", or a word for son or daughter."""
    share, son, daughter = _LINKS.get(group, (0.0, "", ""))
    if throw.random() < share:
        return son if gender == "m" else daughter
    return "ович"


def people(count: int, seed: int | str) -> Iterator[Person]:
    """Yield invented people, the same for the same seed."""
    throw = dice(f"people {seed}")
    groups, shares = tuple(SHARES), tuple(SHARES.values())
    for _ in range(count):
        group = throw.choices(groups, shares)[0]
        gender = "m" if throw.random() < 0.75 else "f"
        yield Person(
            group,
            gender,
            _surname(group, throw),
            _given(group, gender, throw),
            _given(group, "m", throw),
            link_of(group, gender, throw),
        )
