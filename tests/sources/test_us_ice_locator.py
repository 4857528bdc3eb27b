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


def test_an_unknown_label_keeps_the_labels_after_it_and_is_no_whole_answer() -> None:
    page = parse(body().replace("<p>Status:", "<p>Book-In Date: 01/02/2026</p><p>Status:"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert page.rows[0].facts["facility"] == "NOWHERE PROCESSING CENTER"
    assert "INVENTOV, FANTASY" in [mention.printed for mention in page.mentions]


def test_a_line_between_the_labels_is_no_end_of_the_entry() -> None:
    page = parse(body().replace("<p>Status:", "<p>see below</p><p>Status:"))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert page.rows[0].facts["facility"] == "NOWHERE PROCESSING CENTER"


def test_a_cut_answer_is_incomplete_and_keeps_the_person() -> None:
    text = body()
    cut = parse(text[: text.index("<p>State:")])
    short = adapter.parse(Capture(text.encode(), URL, 200, complete=False))
    for page in (cut, short):
        assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
        assert "INVENTOV, FANTASY" in [mention.printed for mention in page.mentions]


def test_the_sentence_of_zero_beside_a_person_discards_nobody() -> None:
    for sentence in (adapter.ZERO, adapter.FAILED):
        page = parse(body().replace("<footer>", f"<p>{sentence}</p><footer>"))
        assert "INVENTOV, FANTASY" in [mention.printed for mention in page.mentions]
    page = parse(body().replace("<footer>", f"<p>{adapter.ZERO}</p><footer>"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)


def test_a_counter_of_zero_is_an_unconfirmed_absence() -> None:
    page = parse(body("zero").replace(adapter.ZERO, "<b>Search Results: 0</b>"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.UNCONFIRMED_EMPTY)


ARTICLE = (
    "<html><head><title>How to find a detained relative</title></head><body><p>Use the Online "
    "Detainee Locator System; an Internal Error is common, and so is “Your search has returned "
    "zero (0) matching records.” Fantasy Inventov waited for days.</p></body></html>"
)


def test_an_article_about_the_locator_is_no_answer_of_it() -> None:
    assert not adapter.recognise(Capture(ARTICLE.encode()))
    for name in ("match", "zero", "internal_error_200"):
        assert adapter.recognise(Capture(body(name).encode()))


def test_the_words_internal_error_alone_are_no_failure() -> None:
    page = parse(body().replace("TX", "TX (Internal Error was here)"))
    assert page.outcome is Outcome.FOUND
    page = parse("<p>About the Detainee Locator: after an Internal Error, call us.</p>" * 40)
    assert page.obstacle is Obstacle.LAYOUT_CHANGED


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    assert adapter.parse(Capture(content, URL)).outcome is not Outcome.NOT_FOUND
