"""Nominatives of declined names. All names are invented."""

import pytest

from habeas.names.declension import FEMININE, MASCULINE, mask_of, nominatives


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
