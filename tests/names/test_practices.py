"""Naming practices: one person in two spellings, and two people whose names are near.

The tables in `practices/` were written by hand, practice by practice; everybody in them is
invented. They are where a new practice gets its test: one row.
"""

from pathlib import Path

import pytest

from habeas.names import Verdict, compare
from habeas.names.tables_io import rows
from habeas.names.weights import KINSHIP_LIMIT

FOLDER = Path(__file__).with_name("practices")
SAME = list(rows("same", ("practice", "query", "record"), FOLDER))
DIFFERENT = list(rows("different", ("difference", "query", "record"), FOLDER))
FOUND = {Verdict.SAME, Verdict.LIKELY, Verdict.POSSIBLE}


def test_there_are_rows_for_every_language() -> None:
    practices = " ".join(practice for practice, *_ in SAME)
    for people in [
        "Tajik",
        "Uzbek",
        "Kyrgyz",
        "Kazakh",
        "Turkmen",
        "Azerbaijani",
        "Persian",
        "Ukrainian",
        "Belarusian",
        "Chechen",
        "Crimean",
        "French",
        "German",
        "Italian",
        "Spanish",
        "Polish",
        "Turkish",
        "Dutch",
        "Armenian",
        "Georgian",
        "Tatar",
    ]:
        assert people in practices
    assert len(SAME) >= 250
    assert len(DIFFERENT) >= 150


@pytest.mark.parametrize(("practice", "query", "record"), SAME)
def test_one_person_is_found_in_both_spellings(practice: str, query: str, record: str) -> None:
    comparison = compare(query, record)
    assert comparison.verdict in FOUND, (practice, comparison)


@pytest.mark.parametrize(("difference", "query", "record"), DIFFERENT)
def test_two_people_are_kept_apart(difference: str, query: str, record: str) -> None:
    comparison = compare(query, record)
    assert comparison.verdict not in FOUND, (difference, comparison)
    assert comparison.bits <= KINSHIP_LIMIT, (difference, comparison)
