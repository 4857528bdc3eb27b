"""Cleaning of printed names: scripts, look-alikes, invisible characters. All names are invented."""

import unicodedata
from typing import Literal

import pytest

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names.letters import LONGEST_NAME, Script, clean, script_of, words


def texts(name: str) -> list[str]:
    return [word.text for word in words(name)]


def test_latin_letters_inside_a_cyrillic_word_are_put_right() -> None:
    assert texts("Xoлoв") == ["холов"]
    assert words("Xoлoв")[0].script is Script.CYRILLIC


def test_a_latin_initial_beside_a_cyrillic_surname_is_cyrillic() -> None:
    assert [word.script for word in words("Холов A.C.")] == [Script.CYRILLIC] * 3


def test_a_latin_word_keeps_its_letters_when_one_is_cyrillic() -> None:
    assert texts("Khоlov")[0] == "kholov"


@pytest.mark.parametrize("apostrophe", "ʻʼ‘’`´'")
def test_all_apostrophes_are_one(apostrophe: str) -> None:
    assert texts(f"O{apostrophe}ktam") == ["o'ktam"]


def test_invisible_characters_do_not_count() -> None:
    assert texts("Хо\u00adлов\u200b \u202eИ.\u202c") == ["холов", "и"]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_normal_forms_give_the_same_words(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    name = "Ҷӯраев Ғайрат Йўлдошевич Ёров"
    assert texts(unicodedata.normalize(form, name)) == texts(name)


def test_a_page_is_no_name() -> None:
    with pytest.raises(NameTooLong, match="at most 1000"):
        clean("а" * (LONGEST_NAME + 1))


@pytest.mark.parametrize("text", ["", " ", "123", "...", "№ 18.10", "\u200b", "漢字"])
def test_without_a_letter_of_a_known_script_there_is_no_name(text: str) -> None:
    with pytest.raises(NothingToCompare):
        words(text)


def test_brackets_and_commas_are_remembered() -> None:
    places = [word.place for word in words("Холов, Иззат (Амонов Холик; Холов)")]
    assert places == ["comma", "", "opening", "brackets", "opening"]


def test_scripts_are_told_apart() -> None:
    assert script_of("اسد") is Script.PERSIAN
    assert script_of("12") is Script.OTHER
