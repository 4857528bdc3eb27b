"""The ministry's news; all people are invented."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.tj_mvd import adapter
from habeas.sources.contract import Capture, Obstacle, Outcome, PageKind, Query

_PAGES = files("habeas.sources.catalog.tj_mvd") / "pages"


def _capture(name: str, body: bytes | None = None) -> Capture:
    whole = (_PAGES / f"{name}.html").read_bytes()
    return Capture(whole if body is None else body, "https://www.mvd.tj/x")


def test_every_form_of_the_name_in_a_notice_is_a_mention() -> None:
    printed = {mention.printed for mention in adapter.parse(_capture("article_ru")).mentions}
    assert {"Сайёхзода Фаррух Одинаевич", "Сайёхов Фаррух", "САЙЁХЗОДА Ф.О."} <= printed


def test_related_news_are_no_items_of_an_article() -> None:
    assert adapter.parse(_capture("article_tg")).kind is PageKind.NEWS_ARTICLE


def test_a_list_leads_to_its_articles_before_the_next_page() -> None:
    page = adapter.parse(_capture("news_list"))
    assert [request.url.rpartition("/")[2] for request in page.next[:2]] == [
        "10001-nisbati-sayohov.html",
        "10000-vohuri.html",
    ]
    assert page.next[-1].url.endswith("/page/2/")


def test_an_empty_frame_proves_nothing() -> None:
    page = adapter.parse(_capture("list_empty"))
    assert page.outcome is Outcome.COULD_NOT_LOOK
    assert page.obstacle is Obstacle.UNCONFIRMED_EMPTY


@pytest.mark.parametrize("name", ["article_tg", "article_ru", "news_list"])
def test_half_an_article_is_not_a_whole_one(name: str) -> None:
    whole = _capture(name).body
    page = adapter.parse(_capture(name, whole[: len(whole) * 2 // 3]))
    assert page.outcome is Outcome.COULD_NOT_LOOK


def test_a_renamed_text_container_is_a_changed_layout() -> None:
    body = _capture("article_tg").body.replace(b"full-text", b"new-text")
    assert adapter.parse(_capture("article_tg", body)).obstacle is Obstacle.LAYOUT_CHANGED


def test_no_plan_carries_a_name() -> None:
    requests = list(adapter.plan(Query(names=("Выдумов",))))
    assert requests
    assert not any(request.by_name for request in requests)


def test_a_list_says_which_page_of_how_many_it_is() -> None:
    text = _capture("news_list").body.decode()
    pager = '<span class="pages"><span>2</span> <a href="/tj/ruydodho/page/412/">412</a></span>'
    text = text.replace('<span class="pnext">', f'{pager}<span class="pnext">')
    page = adapter.parse(Capture(text.encode(), "https://www.mvd.tj/tj/ruydodho/page/2/"))
    assert page.part is not None
    assert (page.part.number, page.part.pages) == (2, 412)
    saved = adapter.parse(Capture(_capture("news_list").body)).part
    assert saved is not None
    assert (saved.number, saved.pages) == (1, None)
    assert page.part.listing == saved.listing


def test_an_article_of_an_unknown_frame_keeps_its_names() -> None:
    body = _capture("article_ru").body.replace(b"full-text", b"new-text")
    page = adapter.parse(_capture("article_ru", body))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert any("Сайёхзода" in mention.printed for mention in page.mentions)


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    adapter.parse(Capture(body, "https://www.mvd.tj/x"))
