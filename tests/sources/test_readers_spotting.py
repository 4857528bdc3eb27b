"""Candidates in running text: nobody is missed, and time stays linear. All people are invented."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.sources.readers.not_names import is_not_name
from habeas.sources.readers.spotting import is_plain_name, names_in


def printed(text: str) -> list[str]:
    return [found.printed for found in names_in(text)]


@pytest.mark.parametrize(
    "name",
    [
        "Небылицын Пахом Сидорович",
        "Небылицына Пахома Сидоровича",
        "НЕБЫЛИЦЫН ПАХОМ СИДОРОВИЧ",
        "Небылицын П.С.",
        "Небылицын П. С.",
        "П.С.Небылицын",
        "П. Небылицын",
        "Небылицын П С",
        "Выдум заде Э.Ф.о.",
        "Выдум заде Эльмар Фархад оглы",
        "Хаёлов Заур Иса оглы",
        "Афсонаева Гулноза Ахмад кизи",
        "Афсон уулу Б.",
        "Афсоназода Ҷамшед",
        "Саидова-Выдумова Н.Р.",
        "Хаёл-Хаджи Выдумов",
        "Дж. Выдумов",
        "Kholov Sh.R.",
        "Ro'ziyev Ulug'bek",
        "O‘ktamov Qahramon Komil o‘g‘li",
        "O'Fable John",
        "Ж.-К. Ван Сочинен",
        "аль-Выдумри Ахмад",
        "Mikołaj Bajkowski",
        "Выду\u00admов Наз\u200bар",
        "Выдумо\u0438\u0306 Назар",
        "Ольга фон Выдумберг",
        "Нгуен Ван Тхань",
        "До И.А.",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "вчера {}, 1987 года рождения", "в отношении {} возбуждено", "({})", "«{}»"]
)
def test_a_name_is_offered_exactly_as_it_is_printed(name: str, around: str) -> None:
    text = around.format(name)
    found = list(names_in(text))
    assert name in [spotted.printed for spotted in found]
    assert all(" ".join(text[s.start : s.end].split()) == s.printed for s in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Судья Энского районного суда Сочинская П.П. рассмотрела", "Сочинская П.П."),
        ("Вымысел Небылицына П.С. подтверждается", "Небылицына П.С."),
        ("Действия Выдум заде Э.Ф.о. были", "Выдум заде Э.Ф.о."),
        ("10 суток.Судья   П.П.Сочинская", "П.П.Сочинская"),
        ("Президент Таджикистана Эмом Выдумон", "Эмом Выдумон"),
        ("судья Сочинская Мария\n Викторовна, при", "Сочинская Мария Викторовна"),
        ("ИВАН ВЫДУМОВ И ПЁТР НЕБЫЛИЦЫН", "ПЁТР НЕБЫЛИЦЫН"),
        ("ВЫДУМОВ И.И. И НЕБЫЛИЦЫН П.П.", "НЕБЫЛИЦЫН П.П."),
        ("Выдумов И.И. Небылицын П.П. Хаёлов А.А.", "Небылицын П.П."),
        ("Izzat Vydumov’s relatives", "Izzat Vydumov"),
        ("Cудья Выдумова О.О.", "Выдумова О.О."),
        ("آقای عزت خیالی در مسکو بازداشت شد و به زندان رفت", "عزت خیالی"),
        ("نام: عزت خیالی\n", "عزت خیالی"),
    ],
)
def test_words_around_a_name_do_not_hide_it(text: str, name: str) -> None:
    assert name in printed(text)


def test_two_lines_are_two_people() -> None:
    names = printed("Выдумов Назар Хаёлович\nНебылицын Пахом Сидорович\nХаёлов П.П.")
    assert {"Выдумов Назар Хаёлович", "Небылицын Пахом Сидорович", "Хаёлов П.П."} <= set(names)


@pytest.mark.parametrize(
    "text",
    ["", "суд решил", "ФИО8", "П О С Т А Н О В Л Е Н И Е", "ДД.ММ.ГГГГ", "УСТАНОВИЛ:", "МВД РФ"],
)
def test_what_is_no_name_is_not_offered(text: str) -> None:
    assert printed(text) == []


@pytest.mark.parametrize(
    "name",
    ["Said", "Саид", "Раис", "Tuman", "Май", "Августа", "Марта", "Роман", "Вера", "June", "Лидер",
     "Суббота", "Майор", "Капитан", "Документова", "Секретарев", "Депутатов", "Судаков", "Делов",
     "Ng", "Законов", "Гражданкина", "Письменный"],
)  # fmt: skip
def test_words_that_are_also_names_are_not_in_the_table(name: str) -> None:
    assert not is_not_name(name)


def test_a_plain_name_needs_no_closer_look() -> None:
    assert is_plain_name("Небылицын П.С.")
    assert is_plain_name("Небылицын Пахом Сидорович")
    assert not is_plain_name("Верховный Суд")
    assert not is_plain_name("Небылицын")


@given(st.text(alphabet="АбвИ.-' \nоA’z\u0301\u200b", max_size=300))
def test_every_candidate_is_a_passage_of_the_text(text: str) -> None:
    for found in names_in(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.printed == " ".join(text[found.start : found.end].split())
        assert len(found.printed) <= 210


_name = st.builds(
    " ".join,
    st.lists(st.text(alphabet="абвгдеиклмнорст", min_size=2, max_size=8).map(str.title), min_size=2,
             max_size=3),
)  # fmt: skip


@settings(max_examples=200)
@given(_name, st.text(max_size=30), st.text(max_size=30))
def test_whatever_stands_around_it_a_name_between_marks_is_found(
    name: str, before: str, after: str
) -> None:
    if any(map(is_not_name, name.split())):
        return
    assert name in printed(f"{before}; {name}, {after}")


@pytest.mark.parametrize(
    "unit",
    [
        "А",
        "А.",
        "А ",
        "Аб ",
        "Аб-",
        "А'",
        "Аб\n",
        "\u200b",
        "ад-",
        "ب ",
        "Аб\u0301",
        "И.-",
        "A ван ",
    ],
)
def test_hostile_runs_take_linear_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.perf_counter()
    for _ in names_in(text):
        pass
    assert time.perf_counter() - began < 5
