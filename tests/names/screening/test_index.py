"""The index loses nobody whom comparing every pair would report.

All people are invented: put together from the tables of names.
"""

import os
import random

import pytest
from crowds import invented, page, sought

from habeas.errors import HabeasError, NameTooLong, NothingToCompare
from habeas.names import Comparison, Screen, Sought
from habeas.names import screen as screen_module
from habeas.names.many import Comparing
from habeas.names.reasons import REPORTED
from habeas.names.screening.words import Words

Found = dict[tuple[int, int], Comparison]


@pytest.fixture(autouse=True)
def _always_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_module, "MOST_PAIRS", 0)


def by_every_pair(people: list[Sought], rows: list[str]) -> Found:
    comparing = Comparing()
    found: Found = {}
    for place, person in enumerate(people):
        compared = comparing.compare([(person.spellings, row) for row in rows])
        for number, comparison in enumerate(compared):
            if not isinstance(comparison, HabeasError) and comparison.verdict in REPORTED:
                found[number, place] = comparison
    return found


def by_index(people: list[Sought], rows: list[str]) -> Found:
    hits = Screen(people).rows(rows)
    return {(hit.row_index, hit.person_index): hit.comparison for hit in hits}


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_is_lost_against_comparing_every_pair(seed: int) -> None:
    chance = random.Random(seed)
    crowd = [invented(chance) for _ in range(150)]
    people, rows = sought(crowd, chance), page(crowd, chance) + page(crowd, chance)
    every = by_every_pair(people, rows)
    assert by_index(people, rows) == every
    assert len(every) > 200


@pytest.mark.skipif("HABEAS_LONG_TESTS" not in os.environ, reason="compares 40 million pairs")
def test_nobody_is_lost_among_two_thousand_people_and_twenty_thousand_rows() -> None:
    chance = random.Random(20_000)
    crowd = [invented(chance) for _ in range(2_000)]
    people = sought(crowd, chance)
    rows = [row for _ in range(4) for row in page(crowd, chance)][:20_000]
    assert by_index(people, rows) == by_every_pair(people, rows)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("Pavel Dorokhin", "ДОРОХИН П. И."),
        ("Pavel Dorokhin", "Дорохину Павлу Ильичу"),
        ("Pavel Dorokhin", "Дoрoхин Павел"),  # Latin o among Cyrillic letters
        ("Jalolov Shavkat", "Джалалова Шавката"),
        ("Izzat Amon", "Холов Изатулло Амонович"),
        ("Холов Иззатулло", "عزت الله خالف"),
        ("Петренко Микола", "Петренко Николай"),
        ("Фарход Гулмурод", "Фарходи Гулмурод"),
        ("Семёнов Артём", "СЕМЕНОВ АРТЕМ"),
    ],
)
def test_what_compare_reports_the_index_finds(name: str, row: str) -> None:
    people, rows = [Sought((name,))], [row, "Лужский Олег Иванович", ""]
    every = by_every_pair(people, rows)
    assert by_index(people, rows) == every
    assert (0, 0) in every


def test_rows_of_any_characters_are_read_as_compare_reads_them() -> None:
    chance = random.Random(5)
    crowd = [invented(chance) for _ in range(40)]
    people = sought(crowd, chance)
    marks = ["\u00ad", "\u200b", "\u0301", "\ud800", "\x00", "\u202e", "№", "(", ")", ",", ";", "0",
             "'", "-", "ъ", "O", "é", "ﬁ", "好", "ӣ", "\n", "\t", "."]  # fmt: skip
    rows = []
    for row in page(crowd, chance) * 4:
        place = chance.randrange(len(row) + 1)
        rows.append(row[:place] + chance.choice(marks) + row[place:])
    assert by_index(people, rows) == by_every_pair(people, rows)


def test_words_forgotten_for_want_of_room_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(6)
    crowd = [invented(chance) for _ in range(30)]
    people, rows = sought(crowd, chance), page(crowd, chance)
    forgotten: list[int] = []
    forget = Words.forget

    def noted(words: Words) -> None:
        forgotten.append(words.count)
        forget(words)

    monkeypatch.setattr(Words, "forget", noted)
    room = 2 * sum(len(row) + 1 for row in rows) // 3 + 50
    monkeypatch.setattr("habeas.names.screening.words.MOST_WORDS", room)
    screen = Screen(people)
    # The rows come again and again; in between their words get other numbers.
    found: Found = {}
    for turn in range(6):
        hits = screen.rows([f"{row} " for row in rows] if turn % 2 else rows)
        found = {(hit.row_index, hit.person_index): hit.comparison for hit in hits}
        assert found == by_every_pair(people, rows)
    assert found
    assert max(forgotten, default=0) > 0


def test_a_name_without_letters_is_refused_when_the_index_is_made() -> None:
    people = [Sought(("Pavel Dorokhin",)), Sought(("18.10",))]
    with pytest.raises(NothingToCompare):
        _ = Screen(people)._index
    with pytest.raises(NameTooLong):
        _ = Screen([Sought(("а" * 2000,))])._index


def test_nobody_and_nothing() -> None:
    assert list(Screen([]).rows(["Дорохин П. И."])) == []
    assert list(Screen([Sought(("Pavel Dorokhin",))]).rows([])) == []
