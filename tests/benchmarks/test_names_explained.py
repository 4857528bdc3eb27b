"""The page that explains the comparison to a lawyer states the numbers that the program uses."""

from pathlib import Path

import pytest

from habeas.names import reasons, slots, weights

_PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "how-names-are-compared.md"


def _row(part: str, *bits: float) -> str:
    return " | ".join((f"| {part}", *(f"{value:g}" for value in bits))) + " |"


@pytest.mark.parametrize(
    "row",
    [
        _row("surname", *weights.SURNAME_RANGE, weights.SURNAME_UNLISTED),
        _row("given name, father's name", *weights.GIVEN_RANGE, weights.GIVEN_UNLISTED),
        _row("initial", *weights.INITIAL_RANGE, weights.INITIAL),
        f"**no more than {weights.KINSHIP_LIMIT:g} bits remain**",
        f"| two different surnames | {weights.SURNAME_DIFFERS:g} |",
        f"| two different given names | {weights.GIVEN_DIFFERS:g} |",
        f"| two different fathers' names | {weights.FATHER_DIFFERS:g} |",
        f"| the initial is another letter | {weights.INITIAL_DIFFERS:g} |",
        f"told by surname or patronymic | {weights.GENDER_DIFFERS:g} |",
        f"told by the given name alone | {weights.GENDER_UNUSUAL:g} |",
        f"never carry more than {weights.INITIALS_ALONE:g} bits",
        f"| year of birth | +{weights.BIRTH[0]:g}; +{weights.BIRTH[1]:g} if one year apart",
        f"| {weights.BIRTH_DIFFERS:g}, a contradiction |",
        f"| gender, where the names do not tell it | +{weights.GENDER_AGREES:g} |",
        f"| citizenship | +{weights.CITIZENSHIP_AGREES:g} | {weights.CITIZENSHIP_DIFFERS:g}, no",
        f"| place of birth or living | +{weights.PLACE_AGREES:g} | {weights.PLACE_DIFFERS:g}: ",
        f"| a relative of the same name | +{weights.RELATIVE_AGREES:g} | 0 |",
        f"| `same` | {reasons.SAME_FROM:g} bits or more",
        f"| `likely` | {reasons.LIKELY_FROM:g} bits or more",
        f"| `possible` | {reasons.POSSIBLE_FROM:g} bits or more",
        f"| `different` | below {reasons.DIFFERENT_BELOW:g},",
    ],
)
def test_the_page_states_the_numbers_of_the_program(row: str) -> None:
    assert row in _PAGE.read_text("utf-8"), f"{_PAGE.name} no longer says: {row}"


def test_the_page_states_how_many_readings_are_kept() -> None:
    assert slots.READINGS_KEPT == 5
    assert "up to five readings" in _PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    "rule",
    [
        "other spelling",
        "equivalent names",
        "short form",
        "other surname ending",
        "half of a double surname",
        "initial agrees",
        "typing error",
        "reading",
    ],
)
def test_the_page_names_the_reasons_in_the_words_of_the_program(rule: str) -> None:
    assert f"| {reasons.RULES[rule]} |" in _PAGE.read_text("utf-8")
