"""Texts read in Python name the same people, at the same places, as texts read by compiled loops.

All people are invented.
"""

import random

import pytest
from crowds import invented, row, sought

from habeas.names import Screen, Sought
from habeas.names.many import Comparing
from habeas.names.screening.index import Index
from habeas.names.screening.reader import TextReader
from habeas.names.screening.short_texts import named

_FILLING = (
    "суд", "и", "города", "адвокат", "Адвокат", "Москвы", "В", "на", "ИЗ", "ЯН", "Ли", "г.", "ул.",
    "о'глы", "угли", "bin", "ўғли", "d'Artagnan", "И.", "О", "2026", "№5", "Il’ya", "Кузнецов-Ли",
    "Мамадов-", "’Али", "é", "Ëж", "a\u0301", "\u202eX", "\n\n", "   ", "—", "(", ")", "«", "»",
)  # fmt: skip
_ODD = ("\x00", "\ufeff", "😀", "я", "Я", "'", "-", ".", "0")


def text(people: list[Sought], chance: random.Random) -> str:
    found = ""
    for _ in range(chance.randrange(5, 60)):
        if chance.random() < 0.35:
            found += row(invented(chance), chance)
        elif chance.random() < 0.4:
            found += chance.choice(people).spellings[0]
        else:
            found += chance.choice(_FILLING)
        found += chance.choice(("", "", ",", ".", ";", " ,"))
        found += chance.choice((" ", " ", " ", "  ", "\t", "    ", "\u00a0"))
    place = chance.randrange(len(found))
    return found[:place] + chance.choice(_ODD) + found[place:]


def test_both_readers_name_the_same() -> None:
    chance = random.Random(3)
    people = sought([invented(chance) for _ in range(12)], chance)
    spellings = [person.spellings for person in people]
    loops = TextReader(Index(spellings), spellings, Comparing())
    comparing = Comparing()
    hits = 0
    for _ in range(120):
        raw = text(people, chance).encode("utf-8", "surrogatepass")
        found = list(named(raw, spellings, comparing))
        assert list(loops.read(raw)) == found, raw.decode("utf-8", "replace")
        hits += len(found)
    assert hits > 200


def test_broken_bytes_part_no_words_and_raise_nothing() -> None:
    spellings = [("Pavel Dorokhin",)]
    raw = b"\xff\xd0 " + "Дорохину П. И.".encode() + b"\xd0"
    loops = TextReader(Index(spellings), spellings, Comparing())
    (found,) = named(raw, spellings, Comparing())
    assert raw[found.start : found.end].decode() == "Дорохину П. И."
    assert list(loops.read(raw)) == [found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Задержали Дорохина Павла и других.", ["Дорохина Павла"]),
        ("Осудили И. И. Иванова, П. Дорохина, О. Петрова.", ["П. Дорохина"]),
        ("Дорохин. Павел пришёл.", []),
        ("Там стоят Павел и Дорохин.", []),
        ("улица Павла\n\n\n\nДорохина", []),
        ("ДОРОХИН П.И. И ДРУГИЕ", ["ДОРОХИН П.И."]),
        ("Павел Дорохин сказал, что Павел Дорохин жив", ["Павел Дорохин", "Павел Дорохин"]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, expected: list[str]) -> None:
    hits = list(Screen([Sought(("Pavel Dorokhin",))]).text(text))
    assert [text[hit.start : hit.end] for hit in hits] == expected


def test_a_name_is_found_wherever_the_block_ends() -> None:
    spellings = [("Pavel Dorokhin",)]
    loops = TextReader(Index(spellings), spellings, Comparing())
    name = "Дорохина Павла".encode()
    for shift in range(0, 40, 7):
        block = "слово ".encode() * ((1 << 20) // 11)
        raw = (block + b"." * shift + b" " + name + " и так".encode()) * 2
        assert [raw[one.start : one.end] for one in loops.read(raw)] == [name, name]


def test_places_of_hits_count_bytes() -> None:
    raw = "Ёж, затем Павел Дорохин".encode()
    (hit,) = Screen([Sought(("Pavel Dorokhin",))]).utf8(raw)
    assert raw[hit.start : hit.end].decode() == "Павел Дорохин"
