"""Nominatives of declined names. All names are invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.names.declension import COLUMNS, FEMININE, MASCULINE, mask_of, nominatives
from habeas.names.tables_io import rows


@pytest.mark.parametrize(
    ("printed", "paradigm", "nominative"),
    [
        ("дорошина", "ov", "дорошин"),
        ("дорошиным", "ov", "дорошин"),
        ("лужского", "adj", "лужский"),
        ("лужской", "adj", "лужский"),
        ("белого", "adj", "белый"),
        ("иззату", "noun", "иззат"),
        ("марии", "noun", "мария"),
        ("павлом", "noun", "павел"),
        ("льву", "noun", "лев"),
        ("кравца", "noun", "кравец"),
        ("илье", "noun", "илья"),
        ("исломовичем", "father", "исломович"),
        ("исломовной", "father", "исломовна"),
        ("холовро", "ov", "холов"),
        ("иззати", "noun", "иззат"),
    ],
)
def test_a_declined_form_leads_back(printed: str, paradigm: str, nominative: str) -> None:
    assert nominative in {form.text for form in nominatives(printed, paradigm)}


def test_gender_and_case_of_an_ending_are_known() -> None:
    forms = {form.text: form.mask for form in nominatives("дорошиной", "ov")}
    assert forms == {"дорошин": mask_of("f", "gdip")}


def test_a_woman_with_a_name_in_a_consonant_is_not_declined() -> None:
    masks = [form.mask for form in nominatives("дорош", "noun")]
    assert any(mask & FEMININE == FEMININE for mask in masks)
    assert any(mask & MASCULINE for mask in masks)


_TABLE = list(rows("case_endings", COLUMNS))
_ENDS = sorted({row[1] for row in _TABLE})


def _by_the_rows(word: str, paradigm: str) -> dict[tuple[str, float], int]:
    """What the rows of the table say, one after the other."""
    found: dict[tuple[str, float], int] = {}
    for own, ending, before, nominative, genders, cases, price in _TABLE:
        stem = word[: len(word) - len(ending)]
        if own == paradigm and stem and word.endswith(ending) and re.search(f"(?:{before})$", stem):
            key = stem + nominative, float(price)
            found[key] = found.get(key, 0) | mask_of(genders, cases)
    return found


@given(
    st.text("абвгдежзийклмнопрстуфхцчшьыэюяҷӣ", min_size=2, max_size=6),
    st.sampled_from(["", "ов", "ин", "ск", "ович", "евн", "л", "пав", "инишн"]),
    st.sampled_from(_ENDS),
    st.sampled_from(["ov", "adj", "noun", "father"]),
)
def test_looking_at_the_last_letters_first_changes_nothing(
    start: str, middle: str, ending: str, paradigm: str
) -> None:
    word = start + middle + ending
    if len(word) > 2:
        forms = nominatives(word, paradigm)
        assert {(form.text, form.price): form.mask for form in forms} == _by_the_rows(
            word, paradigm
        )
