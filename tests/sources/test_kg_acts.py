"""Lists of the register of court acts of Kyrgyzstan. All people are invented."""

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


@given(st.binary(max_size=1500), st.text(max_size=40))
def test_any_bytes_are_read_without_an_exception(content: bytes, url: str) -> None:
    for tried in (content, body().encode()[:1500] + content):
        assert adapter.parse(Capture(tried, url)).outcome is not Outcome.NOT_FOUND
    parse(body(), f"http://[{url}")
