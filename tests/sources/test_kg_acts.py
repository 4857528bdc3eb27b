"""Lists of the register of court acts of Kyrgyzstan. All people are invented."""

import re
from datetime import date
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.kg_acts import adapter
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, Query

_PAGES = files("habeas.sources.catalog.kg_acts") / "pages"
URL = "https://act.sot.kg/kg/search?caseno=&page=1"


def body(name: str = "last_page") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str, url: str = URL) -> Page:
    return adapter.parse(Capture(text.encode(), url, 200))


def test_both_sides_and_the_judge_are_mentions() -> None:
    page = parse(body())
    assert page.outcome is Outcome.FOUND
    capacity = {mention.printed: mention.capacity for mention in page.mentions}
    assert capacity.pop("ИИМ Миграция департаменти") is not Capacity.OFFICIAL
    assert capacity == {
        "Прокуратура": Capacity.ORGANISATION,
        "Ойлонбеков Э.Ж.": Capacity.PARTY,
        "Табышмакова Гүлжан Өмүрбековна": Capacity.OFFICIAL,
        "Хаёлзода Д.": Capacity.PARTY,
        "Жомок уулу Ө.": Capacity.PARTY,
    }


def test_pages_of_one_answer_belong_together() -> None:
    first = parse(body("middle_page"), "https://act.sot.kg/kg/search?side1=&x=1&page=1")
    last = parse(body(), "https://act.sot.kg/kg/search?side1=&x=1&page=2")
    assert first.part is not None
    assert last.part is not None
    assert first.part.listing == last.part.listing
    assert (first.part.number, first.part.pages, first.part.rows_total) == (1, 2, 12)
    assert [request.url for request in first.next] == [
        "https://act.sot.kg/kg/search?caseno=&page=2"
    ]
    assert not last.next


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("Табылды: 12", "Табылды: 13", Obstacle.INCOMPLETE),
        ("Табылды: 12", "Бар: 12", Obstacle.LAYOUT_CHANGED),
        ("<td>11</td>", "<td>12</td>", Obstacle.INCOMPLETE),
        ("Судья / Сот", "Сот", Obstacle.LAYOUT_CHANGED),
        ("<b>Жоопкер:</b>", "<b>Башка:</b>", Obstacle.LAYOUT_CHANGED),
        ('id="/act/download/9001.pdf"', "", Obstacle.LAYOUT_CHANGED),
        ("</html>", "", Obstacle.INCOMPLETE),
    ],
)
def test_no_change_of_the_page_is_an_absence(old: str, new: str, obstacle: Obstacle) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    assert "Жомок уулу Ө." in [mention.printed for mention in page.mentions]


def test_a_row_too_few_is_incomplete_and_keeps_the_others() -> None:
    text = body("middle_page")
    start, end = (
        text.index('<tr id="/act/download/9004.pdf"'),
        text.index('<tr id="/act/download/9005'),
    )
    page = parse(text[:start] + text[end:])
    assert page.obstacle is Obstacle.INCOMPLETE
    assert len(page.rows) == 9


def test_names_are_asked_on_both_sides_and_only_on_request() -> None:
    plain = list(adapter.plan(Query(days=(date(2026, 11, 2),))))
    assert parse_qs(urlsplit(plain[0].url).query)["from"] == ["02-11-2026"]
    assert not any(request.by_name for request in plain)
    named = list(adapter.plan(Query(names=("Хаёлзода",))))
    asked = [parse_qs(urlsplit(request.url).query) for request in named]
    assert [("side1" in query, "side2" in query) for query in asked] == [
        (True, False),
        (False, True),
    ]
    assert all(request.by_name for request in named)


@pytest.mark.parametrize("counter", ["378 012", "378\N{NO-BREAK SPACE}012", "378012"])
def test_a_counter_with_thousands_set_apart_is_a_number(counter: str) -> None:
    page = parse(body("middle_page").replace("Табылды: 12", f"Табылды: {counter}"))
    assert page.facts["counter"] == 378012
    assert len(page.rows) == 10


@pytest.mark.parametrize("counter", ["", "Табылган жок", "Табылды: көп"])
def test_without_a_counter_the_rows_are_kept(counter: str) -> None:
    page = parse(body().replace("Табылды: 12", counter))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert len(page.rows) == 2
    assert "counter" not in page.facts
    assert {m.row for m in page.mentions if m.printed == "Жомок уулу Ө."} == {2}


def test_an_unknown_side_keeps_the_other_rows_and_its_own_names() -> None:
    page = parse(body().replace("<b>Жоопкер:</b> Ойлонбеков", "<b>Башка:</b> Ойлонбеков"))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert [row.number for row in page.rows] == [2]
    spotted = [mention for mention in page.mentions if mention.printed == "Ойлонбеков Э.Ж."]
    assert [mention.row for mention in spotted] == [0]


def without_sides(text: str, row: str = "") -> str:
    start = text.index(row) if row else 0
    return text[:start] + re.sub(r'<span class="side">.*?</span>', "", text[start:])


def test_acts_that_name_no_side_are_withheld_and_no_absence() -> None:
    page = parse(without_sides(body()))
    assert (page.outcome, page.obstacle, page.withheld) == (
        Outcome.COULD_NOT_LOOK,
        Obstacle.WITHHELD,
        2,
    )
    some = parse(without_sides(body(), '<tr id="/act/download/9002.pdf"'))
    assert (some.outcome, some.withheld) == (Outcome.FOUND, 1)


def test_a_list_that_is_not_there_was_asked_wrongly_and_an_act_is_gone() -> None:
    for url, obstacle in (
        (URL, Obstacle.BAD_QUERY),
        ("https://act.sot.kg/act/download/9001.pdf", Obstacle.GONE),
    ):
        assert adapter.parse(Capture(b"<html>no</html>", url, 404)).obstacle is obstacle


def test_a_further_page_of_a_search_by_name_says_that_it_carries_the_name() -> None:
    for side, named in (("side1=&amp;side2=", False), ("side2=%D0%A5", True), ("side1=x", True)):
        text = body("middle_page").replace("caseno=&amp;", f"caseno=&amp;{side}&amp;")
        (request,) = parse(text).next
        assert request.by_name is named


@given(st.binary(max_size=1500), st.text(max_size=40))
def test_any_bytes_are_read_without_an_exception(content: bytes, url: str) -> None:
    for tried in (content, body().encode()[:1500] + content):
        assert adapter.parse(Capture(tried, url)).outcome is not Outcome.NOT_FOUND
    parse(body(), f"http://[{url}")
