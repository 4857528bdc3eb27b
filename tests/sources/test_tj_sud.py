"""Weekly lists of the courts of Tajikistan. All people are invented."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.tj_sud import adapter
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, PageKind, Query

_PAGES = files("habeas.sources.catalog.tj_sud") / "pages"
URL = "http://ofarida.sud.tj/2026/10/30/x/"


def body(name: str = "weekly") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str) -> Page:
    return adapter.parse(Capture(text.encode(), URL, 200))


def test_every_party_of_every_row_is_a_mention() -> None:
    page = parse(body())
    parties = {m.printed for m in page.mentions if m.capacity is Capacity.PARTY}
    assert parties == {
        "Афсонаев Ҷовид Хаёлович",
        "Хаёлзода Меҳрӣ",
        "Бофтаев Ғ.Қ.",
        "Афсоназода Ӯ.",
        "Афсоназода Ӣ.",
    }
    assert {m.role for m in page.mentions if m.row == 3} == {"Даъвогар", "ҷавобгар", "Судя"}
    assert page.rows[2].facts["section"] == "ПАРВАНДАҲОИ МАДАНӢ"


def test_the_announcements_lead_to_the_lists_and_then_to_older_ones() -> None:
    page = parse(body("posts"))
    assert page.kind is PageKind.NEWS_LIST
    assert page.part is not None
    assert [request.url for request in page.next] == [
        "http://ofarida.sud.tj/2026/10/30/ruyhat-02-11-2026/",
        "http://ofarida.sud.tj/category/press/elonho/page/2/",
    ]


def test_posts_say_which_page_of_how_many_they_are() -> None:
    pager = (
        '<a class="page-numbers" href="/x/page/7/">7</a><a class="next page-numbers" href="#">›</a>'
    )
    text = body("posts").replace("<nav", f"{pager}<nav")
    url = "http://ofarida.sud.tj/category/press/elonho/page/2/"
    page = adapter.parse(Capture(text.encode(), url, 200))
    assert page.part is not None
    assert page.part.listing == "http://ofarida.sud.tj/category/press/elonho/"
    assert (page.part.number, page.part.pages) == (2, 7)
    alone = parse(body("posts")).part
    assert alone is not None
    assert alone.pages is None


def test_a_row_that_cannot_be_read_keeps_its_names() -> None:
    page = parse(body().replace("<td><p>2</p></td>", ""))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert "Бофтаев Ғ.Қ." in [mention.printed for mention in page.mentions]


def test_a_list_that_is_not_there_was_asked_wrongly() -> None:
    url = "http://ofarida.sud.tj/category/press/elonho/"
    assert adapter.parse(Capture(b"<html>x</html>", url, 404)).obstacle is Obstacle.BAD_QUERY
    assert adapter.parse(Capture(b"<html>x</html>", URL, 404)).obstacle is Obstacle.GONE


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("Ному насаби тарафҳо", "Тарафҳо", Obstacle.LAYOUT_CHANGED),
        ("соати 09:00", "09:00", Obstacle.LAYOUT_CHANGED),
        ("<td><p>2</p></td>", "<td><p>3</p></td>", Obstacle.INCOMPLETE),
        ("<td><p>2</p></td>", "", Obstacle.LAYOUT_CHANGED),
        ("</html>", "", Obstacle.INCOMPLETE),
        ("<table", "<div", Obstacle.LAYOUT_CHANGED),
    ],
)
def test_no_change_of_the_page_is_an_absence(old: str, new: str, obstacle: Obstacle) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    assert "Афсонаев Ҷовид Хаёлович" in [mention.printed for mention in page.mentions]


def test_a_cut_list_keeps_the_people_it_shows() -> None:
    text = body()
    page = parse(text[: text.index("<footer")])
    assert page.obstacle is Obstacle.INCOMPLETE
    assert "Афсонаев Ҷовид Хаёлович" in [mention.printed for mention in page.mentions]


def test_deep_nesting_is_refused() -> None:
    assert parse("<div>" * 100_000 + ".sud.tj/ entry-title").obstacle is Obstacle.UNREADABLE


def test_the_plan_asks_courts_and_no_names() -> None:
    requests = list(adapter.plan(Query(names=("Выдумов",), courts=("sino",))))
    assert [request.url for request in requests] == ["http://sino.sud.tj/category/press/elonho/"]
    assert not any(request.by_name for request in requests)


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    prefix = body().encode()[:1500]
    for tried in (content, prefix + content):
        assert adapter.parse(Capture(tried, URL)).outcome is not Outcome.NOT_FOUND
