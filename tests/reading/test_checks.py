"""Checks ask; they never correct. Everybody here is invented."""

import pytest
from reading_texts import asked

from habeas.reading import read
from habeas.reading.rules import CHECKS, check_words


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (
            "headline",
            "Hundreds arrested in Moscow\n\nAt least 120 people were arrested on April 2.",
        ),
        ("headline", "200 человек задержаны\n\nВ субботу задержали не менее 120 человек."),
        ("part-larger", "Полиция задержала 420 из 400 участников."),
        (
            "order",
            (
                "Farhod Latipov was sentenced on 2 March 2021. "
                "Farhod Latipov was detained on 5 May 2021."
            ),
        ),
        ("ages", "Farhod Latipov, 48, was held. Farhod Latipov, 37, denies it."),
        (
            "relative",
            (
                "Farhod Latipov, called by his original name of Latipov Umed Karimovich, was held. "
                "His brother Umed waits. Farhod Latipov denies it."
            ),
        ),
        ("who", "Фарход Латипов и Умед Латипов пришли. Латипова задержали."),
    ],
)
def test_what_does_not_go_together_is_asked(check: str, text: str) -> None:
    reading = read(text)
    assert check in asked(reading)
    for question in reading.questions:
        assert all(text[at.start : at.end] == at.text for at in question.at)
        assert check_words(question.check, question.facts).endswith("?")


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("headline", "More than 100 arrested\n\nAt least 120 people were arrested on April 2."),
        ("headline", "Hundreds arrested\n\nAt least 420 people were arrested on April 2."),
        ("part-larger", "At least 120 of 400 people were arrested."),
        (
            "order",
            "Farhod Latipov was detained on 5 May 2020. Farhod Latipov was sentenced in 2021.",
        ),
        ("ages", "Farhod Latipov, 48, was held. Umed Nazarov, 37, denies it."),
        ("who", "Фарход Латипов пришёл. Латипова задержали."),
    ],
)
def test_what_goes_together_is_not_asked(check: str, text: str) -> None:
    assert check not in asked(read(text))


def test_every_check_has_a_sentence_that_ends_as_a_question() -> None:
    assert all(sentence.endswith("?") for sentence in CHECKS.values())


def test_parts_told_in_one_breath_are_not_two_numbers_of_one_thing() -> None:
    reading = read(
        "“We know of 37 detained, including five women and two teenagers,” said the spokesman "
        "Farid Kasimov."
    )
    assert [one.check for one in reading.questions] == []
