"""Screening many people against many rows says exactly what comparing every pair says.

All people are invented.
"""

import itertools
import random

import pytest
from crowds import invented, page, sought

from habeas.names import Matcher, Screen, Sought
from habeas.names.reasons import POSSIBLE_FROM, REPORTED


@pytest.mark.parametrize("most_pairs", [0, 10**6])
def test_nothing_is_lost_against_comparing_every_pair(
    most_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the index, and pair by pair, the same as by `Matcher`."""
    monkeypatch.setattr("habeas.names.screen.MOST_PAIRS", most_pairs)
    chance = random.Random(1)
    crowd = [invented(chance) for _ in range(60)]
    people, texts = sought(crowd, chance), page(crowd, chance)
    matchers = [Matcher(person) for person in people]
    every = {}
    for number, place in itertools.product(range(len(texts)), range(len(people))):
        if matchers[place].score(texts[number]) >= POSSIBLE_FROM:
            comparison = matchers[place].compare(texts[number])
            if comparison.verdict in REPORTED:
                every[number, place] = comparison
    found = {
        (hit.row_index, hit.person_index): hit.comparison for hit in Screen(people).rows(texts)
    }
    assert found == every
    assert len(every) > 40


@pytest.mark.parametrize("most_pairs", [0, 10**6])
def test_people_beyond_a_number_are_not_looked_at_and_nobody_else_is_lost(
    most_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.names.screen.MOST_PAIRS", most_pairs)
    chance = random.Random(3)
    crowd = [invented(chance) for _ in range(50)]
    # Rows are the people themselves, and lists of three of them; each pair is to be looked at once.
    texts = page(crowd, chance)
    texts += [", ".join(texts[at : at + 3]) for at in range(0, 30, 3)]
    people = [Sought((text,)) for text in texts if any(letter.isalpha() for letter in text)]
    texts = [one.spellings[0] for one in people]
    every = list(Screen(people).rows(texts))
    earlier = list(Screen(people).rows(texts, before=range(len(texts))))
    assert earlier == [hit for hit in every if hit.person_index < hit.row_index]
    assert any(hit.row_index >= len(texts) - 10 for hit in earlier)


def test_rows_without_a_name_are_passed_over() -> None:
    assert list(Screen([Sought(("Pavel Dorokhin",))]).rows(["", "18.10", "а" * 2000])) == []


def test_an_initials_row_is_found_by_its_surname() -> None:
    hits = list(Screen([Sought(("Pavel Dorokhin",))]).rows(["Лужский А.А.", "Дорохину П.И."]))
    assert [(hit.row_index, hit.person_index) for hit in hits] == [(1, 0)]
    assert hits[0].score == hits[0].comparison.bits


def test_names_are_found_in_a_text_with_their_place() -> None:
    text = (
        "Суд назначил Дорохину П. И. штраф. Позже отпустили и Шавката Джалолова, сообщил адвокат."
    )
    screen = Screen([Sought(("Pavel Dorokhin",)), Sought(("Jalolov Shavkat",))])
    hits = list(screen.text(text))
    assert [text[hit.start : hit.end] for hit in hits] == ["Дорохину П. И.", "Шавката Джалолова"]
    assert [hit.person_index for hit in hits] == [0, 1]


def test_words_of_two_sentences_are_no_name() -> None:
    screen = Screen([Sought(("Pavel Dorokhin",))])
    assert list(screen.text("Там был Павел. Дорохинский мост закрыт.")) == []


def test_somebody_known_by_given_and_fathers_name_is_found_under_any_surname() -> None:
    screen = Screen([Sought(("Izzat Amon",))])
    assert [hit.row_index for hit in screen.rows(["Холов Изатулло Амонович"])] == [0]


_OTHERS = "Лужский Олег Ильич, Каримов Далер Саидович, Петренко Иван Олегович, Саидов Тимур Ильич"


@pytest.mark.parametrize("most_pairs", [0, 10**6])
@pytest.mark.parametrize(
    "row",
    [
        f"{_OTHERS}, Дорохин Павел Ильич",
        f"{_OTHERS * 15}; Дорохину П.И.",  # more than a thousand characters
        "Лужский О.И.,Каримов Д.С.,Петренко И.О.,Саидов Т.И.,Дорохин П.И.",
    ],
)
def test_the_last_of_many_names_in_one_row_is_found(
    row: str, most_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.names.screen.MOST_PAIRS", most_pairs)
    people = [Sought(("Pavel Dorokhin",)), Sought(("Белый Фарход",))]
    hits = list(Screen(people).rows(["Белый Ф.", row, "Белый Ф."]))
    assert [(hit.row_index, hit.person_index) for hit in hits] == [(0, 1), (1, 0), (2, 1)]
