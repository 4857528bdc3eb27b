"""The schedule of the courts of Belarus. All people are invented."""

from datetime import date
from importlib.resources import files
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.by_courts import adapter
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, Query

_PAGES = files("habeas.sources.catalog.by_courts") / "pages"
URL = adapter.ADDRESS


def body(name: str = "schedule") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str) -> Page:
    return adapter.parse(Capture(text.encode(), URL, 200))


def test_three_panels_are_read_and_closed_hearings_are_counted() -> None:
    page = parse(body())
    assert (page.outcome, page.withheld, len(page.rows)) == (Outcome.FOUND, 1, 4)
    parties = [m.printed for m in page.mentions if m.capacity is Capacity.PARTY]
    assert parties == [
        "Выдумкин Пахом Сидорович",
        "Выдумкина Анна",
        "Небывалов Тимофей Карпович",
        "Хаёлов Бахром Афсонаевич",
    ]
    assert 'ООО "Небылица, дочь и Ко"' in [m.printed for m in page.mentions]
    assert "Закрытое судебное заседание" not in [m.printed for m in page.mentions]


def test_only_closed_hearings_are_withheld_and_no_absence() -> None:
    page = parse(body("all_closed"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.WITHHELD)


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ('<span class="badge">2</span>', '<span class="badge">3</span>', Obstacle.INCOMPLETE),
        ("<th>ФИО</th>", "<th>Лицо</th>", Obstacle.LAYOUT_CHANGED),
        ("<th>ФИО</th>", "", Obstacle.LAYOUT_CHANGED),
        ("Уголовные дела", "Иные дела", Obstacle.LAYOUT_CHANGED),
        ("</div>\n<script", "<script", Obstacle.INCOMPLETE),
        ("panel", "pane", Obstacle.UNCONFIRMED_EMPTY),
        ("<td>\n  1\n </td>", "<td>\n  2\n </td>", Obstacle.INCOMPLETE),
    ],
)
def test_no_change_of_the_page_is_an_absence(old: str, new: str, obstacle: Obstacle) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    assert "Небывалов Тимофей Карпович" in [mention.printed for mention in page.mentions]


def test_a_fragment_cut_anywhere_is_never_whole() -> None:
    text = body()
    for end in range(0, text.index("</div>\n<script"), 97):
        assert parse(text[:end]).outcome is Outcome.COULD_NOT_LOOK


def test_the_form_carries_a_name_only_if_it_was_asked_for() -> None:
    days = (date(2026, 11, 2),)
    (request,) = adapter.plan(Query(days=days, courts=("77",)))
    form = parse_qs(request.body.decode(), keep_blank_values=True)
    assert (form["CourtId"], form["StartDate"], form["Name"]) == (["77"], ["02.11.2026"], [""])
    assert not request.by_name
    (named,) = adapter.plan(Query(days=days, courts=("77",), names=("Хаёлов",)))
    assert named.by_name
    assert list(adapter.plan(Query(days=days))) == []


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    for tried in (content, body().encode()[:1200] + content):
        assert adapter.parse(Capture(tried, URL)).outcome is not Outcome.NOT_FOUND
