"""Answers of the ICE detainee locator. All people are invented."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.us_ice_locator import adapter
from habeas.sources.contract import Capture, Obstacle, Outcome, Page, Query

_PAGES = files("habeas.sources.catalog.us_ice_locator") / "pages"
URL = "https://locator.ice.gov/odls/"


def body(name: str = "match") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str) -> Page:
    return adapter.parse(Capture(text.encode(), URL, 200))


@pytest.mark.parametrize(
    "text",
    [
        adapter.ZERO,
        f"Some frame\n\n{adapter.ZERO} Please re-check.\n",
        "<p>Your search has returned\n zero (0) matching <b>records</b>.</p>",
    ],
)
def test_zero_is_never_an_absence(text: str) -> None:
    page = parse(text)
    assert (page.outcome, page.obstacle) == (
        Outcome.COULD_NOT_LOOK,
        Obstacle.UNCONFIRMED_EMPTY,
    )


def test_a_match_is_read_from_page_and_from_text() -> None:
    lines = (
        "Search Results: 1\nINVENTOV, FANTASY\nCountry of Birth : Tajikistan\nStatus: In Custody"
    )
    for page in (parse(body()), parse(lines)):
        assert page.outcome is Outcome.FOUND
        assert page.rows[0].facts["country_of_birth"] == "Tajikistan"
        assert [mention.printed for mention in page.mentions] == ["INVENTOV, FANTASY"]


def test_another_count_than_people_is_incomplete() -> None:
    page = parse(body().replace("Search Results: 1", "Search Results: 2"))
    assert page.obstacle is Obstacle.INCOMPLETE
    assert page.mentions


def test_an_unknown_answer_keeps_the_names_on_it() -> None:
    page = parse("About the Detainee Locator\nNow held: Fantasy Inventov\n")
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert "Fantasy Inventov" in [mention.printed for mention in page.mentions]


def test_nothing_is_asked_by_machine() -> None:
    assert list(adapter.plan(Query(names=("Fantasy Inventov",)))) == []


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    assert adapter.parse(Capture(content, URL)).outcome is not Outcome.NOT_FOUND
