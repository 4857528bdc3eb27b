"""Screening many people against many rows says exactly what comparing every pair says.

All people are invented: drawn from lists of common names.
"""

import itertools
import random

import pytest

from habeas.names import Matcher, Screen, Sought, Verdict
from habeas.names.reasons import POSSIBLE_FROM

SURNAMES = [
    "Дорохин", "Лужский", "Каримов", "Рахмонов", "Холматов", "Щукарев", "Гоголадзе", "Петренко",
    "Саидов", "Назаров", "Юлдошев", "Эргашев", "Токтосунов", "Жумабеков", "Алиев", "Мирзоев",
    "Шевчук", "Кравец", "Белый", "Сулейманов", "Ибрагимов", "Гафуров", "Ходжаев", "Умаров",
]  # fmt: skip
GIVEN = ["Павел", "Олег", "Рустам", "Фарход", "Далер", "Николай", "Азамат", "Тимур", "Иван", "Саид"]
FATHERS = ["Ильич", "Олегович", "Рустамович", "Фарходович", "Иванович", "Саидович", "Азаматович"]
LATIN = {
    "Дорохин": "Dorokhin", "Каримов": "Karimov", "Рахмонов": "Rahmonov", "Щукарев": "Shchukarev",
    "Юлдошев": "Yoʻldoshev", "Ибрагимов": "Ibrohimov", "Павел": "Pavel", "Рустам": "Rustam",
}  # fmt: skip


def people(number: int, chance: random.Random) -> list[Sought]:
    found = []
    for place in range(number):
        surname, given = chance.choice(SURNAMES), chance.choice(GIVEN)
        name = f"{surname} {given}"
        if chance.random() < 0.5:
            name += f" {chance.choice(FATHERS)}"
        if surname in LATIN and given in LATIN and chance.random() < 0.5:
            name = f"{LATIN[given]} {LATIN[surname]}"
        elif chance.random() < 0.1:
            name = f"{given} {chance.choice(GIVEN)}"
        found.append(Sought((name,), id=str(place)))
    return found


def row(chance: random.Random) -> str:
    surname, given, father = (
        chance.choice(SURNAMES), chance.choice(GIVEN), chance.choice(FATHERS),
    )  # fmt: skip
    if chance.random() < 0.2:
        place = chance.randrange(1, len(surname))
        surname = surname[:place] + surname[place + 1 :]
    return chance.choice(
        [
            f"{surname} {given} {father}",
            f"{surname}а {given}а {father}а",
            f"{surname}у {given[0]}.{father[0]}.",
            f"{given[0]}. {surname}",
            f"{surname.upper()} {given[0]}. {father[0]}.",
            f"{given} {father} {surname}",
            f"{surname} {given}",
        ]
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_against_comparing_every_pair(seed: int) -> None:
    chance = random.Random(seed)
    sought = people(60, chance)
    texts = [row(chance) for _ in range(250)]
    matchers = [Matcher(person) for person in sought]
    every = {}
    for number, place in itertools.product(range(len(texts)), range(len(sought))):
        if matchers[place].score(texts[number]) >= POSSIBLE_FROM:
            comparison = matchers[place].compare(texts[number])
            if comparison.verdict is not Verdict.DIFFERENT:
                every[number, place] = comparison
    found = {
        (hit.row_index, hit.person_index): hit.comparison for hit in Screen(sought).rows(texts)
    }
    assert found == every
    assert len(every) > 30


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
