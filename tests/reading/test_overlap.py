"""Lists of names: one person once, twins twice, doubtful pairs shown; estimates and why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import OverlapImpossible
from habeas.reading.overlap import ASSUMPTIONS, Entry, chapman, deduplicate, overlap


def _groups(*names: str) -> list[set[str]]:
    entries = [Entry("list", name) for name in names]
    found = deduplicate(entries)
    return [{entries[number].name for number in group} for group in found.groups]


def test_one_person_in_two_spellings_is_one() -> None:
    assert _groups("Латипов Фарход Каримович", "Farhod Latipov") == [
        {"Латипов Фарход Каримович", "Farhod Latipov"}
    ]


def test_brothers_and_people_of_one_surname_stay_apart() -> None:
    names = ("Латипов Фарход Каримович", "Латипов Умед Каримович", "Латипова Нигора")
    assert len(_groups(*names)) == 3


def test_years_of_birth_keep_namesakes_apart() -> None:
    entries = [Entry("a", "Умед Назаров", 1990), Entry("b", "Умед Назаров", 1960)]
    assert len(deduplicate(entries).groups) == 2


def test_initials_are_a_doubtful_pair_and_never_merged() -> None:
    entries = [Entry("a", "Латипов Фарход Каримович"), Entry("b", "Латипов Ф.К.")]
    found = deduplicate(entries)
    assert len(found.groups) == 2
    assert [(pair.one, pair.other) for pair in found.doubtful] == [(0, 1)]
    assert found.at_least == 1


def test_the_table_says_who_stands_where() -> None:
    entries = [
        Entry("a", "Латипов Фарход"),
        Entry("b", "Фарход Латипов"),
        Entry("b", "Назаров Умед"),
        Entry("c", "Саидова Нигора"),
    ]
    table = overlap(entries, deduplicate(entries))
    assert table.people == {frozenset("ab"): 1, frozenset("b"): 1, frozenset("c"): 1}
    assert (table.in_list("b"), table.in_both("a", "b"), table.distinct) == (2, 1, 3)


def test_chapmans_estimate_is_that_of_the_textbook() -> None:
    # 200 marked, 150 caught, 32 of them marked: Chapman's (201 x 151 / 33) - 1 = 918.7.
    found = chapman(200, 150, 32)
    assert found is not None
    assert found.number == pytest.approx(918.7, abs=0.1)
    assert found.low < found.number < found.high
    assert found.documented == 318
    assert len(ASSUMPTIONS) == 4


def test_no_match_gives_no_estimate_and_few_say_so() -> None:
    assert chapman(20, 30, 0) is None
    few = chapman(20, 30, 3)
    assert few is not None
    assert few.few
    with pytest.raises(OverlapImpossible):
        chapman(20, 30, 21)


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_an_estimate_is_never_below_what_is_documented(
    one: int, other: int, data: st.DataObject
) -> None:
    both = data.draw(st.integers(1, min(one, other)))
    found = chapman(one, other, both)
    assert found is not None
    assert found.documented <= found.low <= found.number + 1e-6 <= found.high + 1e-3


@given(st.permutations(["Латипов Фарход", "Farhod Latipov", "Назаров Умед", "Latipova Nigora"]))
def test_the_order_of_lists_does_not_matter(names: list[str]) -> None:
    assert len(_groups(*names)) == 3
