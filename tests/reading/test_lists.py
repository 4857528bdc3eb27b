"""Lists pasted from chats: a row a line, and nothing that was not understood is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from habeas.reading.lists import read_list

_PASTED = """ОВД Тверской:
1. Латипов Фарход Каримович 1973 г.р., +7 900 000-00-00, без адвоката
2) назаров умед, 17 лет
3 - Ш. Раджабов (отпущен) ст. 20.2 ч.5
Автозак 3
Izzat Latipov 48 yosh tel 998 90 000 00 00
ОМВД Хамовники: Саидова Мавджуда, 25 лет, астма
عزت لطيفوف
[10:15, 02.04.2021] в автозаке 4 человека, имена не знаю
"""


def test_a_list_in_any_script_becomes_rows() -> None:
    rows = {row.line: row for row in read_list(_PASTED).rows}
    first = rows[2]
    assert (first.name, first.birth_year) == ("Латипов Фарход Каримович", 1973)
    assert (first.phones, first.no_lawyer) == (("+7 900 000-00-00",), True)
    assert first.station == "ОВД Тверской"
    assert (rows[3].name, rows[3].age, rows[3].minor) == ("назаров умед", 17, True)
    assert (rows[4].released, rows[4].articles) == (True, ("ст. 20.2 ч.5",))
    assert (rows[6].name, rows[6].age, rows[6].van) == ("Izzat Latipov", 48, "Автозак 3")
    assert rows[6].station == ""
    assert (rows[7].station, rows[7].van, rows[7].rest) == ("ОМВД Хамовники", "", ("астма",))
    assert rows[8].name == "عزت لطيفوف"
    assert rows[9].name == ""
    assert "4 человека" in rows[9].rest


def test_headings_stand_over_the_rows_below_them() -> None:
    assert [one.raw for one in read_list(_PASTED).headings] == ["ОВД Тверской:", "Автозак 3"]


def test_an_impossible_age_is_kept_as_written() -> None:
    (row,) = read_list("Латипов Фарход, 948 лет").rows
    assert row.age is None
    assert row.rest == ("948 лет",)


def test_the_end_of_an_endless_line_is_kept_unread() -> None:
    (row,) = read_list("Латипов Фарход, " + "x" * 5000).rows
    assert len(row.raw) == 5016
    assert "".join(row.rest).count("x") == 5000


_LINE = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=80)


@given(st.lists(_LINE, max_size=6))
def test_no_line_is_ever_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    pasted = read_list(text)
    kept = [*pasted.rows, *pasted.headings]
    assert {row.raw for row in kept} == {line for line in lines if line.strip()}
    assert all(text[row.start : row.end] == row.raw for row in kept)


@given(st.lists(st.sampled_from(["Латипов Фарход", "астма", "48 лет", "ОВД Тверской", "x7"])))
def test_every_word_is_understood_or_kept(parts: list[str]) -> None:
    for row in read_list(", ".join(parts)).rows:
        told = " ".join([row.name, row.station, row.van, *row.rest, *row.articles, *row.phones])
        told += f" {row.age or ''} лет {row.birth_year or ''}"
        words = re.findall(r"\w+", ", ".join(parts))
        assert all(word in told for word in words)
