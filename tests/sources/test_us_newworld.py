"""Rosters of county jails: the filter, the pages, the empty roster, a person's page."""

import pytest
from examples import folder_of

from habeas.sources.catalog.us_newworld.adapter import JAILS, parse, plan
from habeas.sources.contract import Capture, Obstacle, Outcome, PageKind, Query

_URL = f"{JAILS['dallas_ia'].address}?InCustody=True"
_PAGES = folder_of("us_newworld") / "pages"


def _text(name: str) -> str:
    return (_PAGES / name).read_text("utf-8")


def test_all_jails_or_the_chosen_ones_are_asked_for_everybody_in_custody() -> None:
    assert len(list(plan(Query()))) == len(JAILS)
    (one,) = plan(Query(courts=("allen_oh",)))
    assert one.url.endswith("/OH0020000?InCustody=True")
    with pytest.raises(KeyError):
        list(plan(Query(courts=("nowhere",))))


def test_a_first_page_of_two_says_that_there_is_another() -> None:
    page = parse(Capture(_text("roster_page1.html").encode(), _URL, 200))
    assert page.kind is PageKind.ROSTER
    assert page.part is not None
    assert (page.part.number, page.part.pages) == (1, 2)
    assert [one.url for one in page.next] == [f"{_URL}&Page=2"]
    last = parse(Capture(_text("roster_page2.html").encode(), f"{_URL}&Page=2", 200))
    assert last.part is not None
    assert (last.part.number, last.part.pages, last.part.listing) == (2, 2, page.part.listing)
    assert last.next == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (' value="True" checked>', ' value="True">'),
        ("<td>Yes</td>", "<td>No</td>"),
        ("<th>Name</th>", "<th>Who</th>"),
        ("<th>Race</th>", "<th>Race</th><th>Blood</th>"),
        ('<div id="Inmate_Index">', '<div id="Other">'),
    ],
)
def test_what_is_not_the_known_roster_is_an_obstacle(before: str, after: str) -> None:
    whole = _text("roster_page1.html")
    assert before in whole
    page = parse(Capture(whole.replace(before, after, 1).encode(), _URL, 200))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert any("," in mention.printed for mention in page.mentions)


def test_an_empty_roster_is_not_believed() -> None:
    page = parse(Capture(_text("empty.html").encode(), _URL, 200))
    assert page.obstacle is Obstacle.UNCONFIRMED_EMPTY
    silent = _text("empty.html").replace("No data", "")
    assert parse(Capture(silent.encode(), _URL, 200)).obstacle is Obstacle.LAYOUT_CHANGED


def test_a_person_has_bookings_with_facility_and_charges() -> None:
    page = parse(Capture(_text("person.html").encode(), f"{JAILS['dallas_ia'].address}/x", 200))
    assert page.kind is PageKind.CARD
    shown = str(page.rows[0].facts["bookings"])
    assert "'facility': 'Jail'" in shown
    assert "'charges': ['ст." in shown
    without = _text("person.html").replace("<h3>Booking ", "<h3>")
    assert parse(Capture(without.encode(), _URL, 200)).obstacle is Obstacle.LAYOUT_CHANGED
