"""Magistrates: what is asked, the picture before their pages, unknown cards. Invented people."""

import json
from datetime import date
from pathlib import Path

import pytest

import habeas.sources.catalog
from habeas.sources.catalog.ru_msudrf import adapter
from habeas.sources.contract import Capture, Obstacle, Outcome, Page, PageKind, Query

PAGES = Path(next(iter(habeas.sources.catalog.__path__))) / "ru_msudrf" / "pages"


def page(name: str) -> Page:
    meta = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    body = (PAGES / f"{name}.html").read_bytes()
    return adapter.parse(Capture(body, meta["url"], meta["status"], meta["content_type"]))


def test_day_lists_are_asked_and_never_a_name() -> None:
    query = Query(days=(date(2026, 11, 24),), courts=("99.xx.msudrf.ru",), names=("Дуб",))
    (request,) = adapter.plan(query)
    assert request.url == (
        "https://99.xx.msudrf.ru/modules.php?name=sud_delo&op=hl&H_date=24.11.2026"
    )
    assert not request.by_name
    assert list(adapter.plan(Query(days=query.days))) == []
    with pytest.raises(KeyError):
        list(adapter.plan(Query(days=query.days, courts=("msudrf.ru.example.org",))))


def test_the_picture_is_an_obstacle_and_says_where_its_answer_goes() -> None:
    captcha = page("captcha")
    assert (captcha.kind, captcha.obstacle) == (PageKind.CAPTCHA_FORM, Obstacle.CAPTCHA)
    assert captcha.facts["form"] == "kcaptchaForm"
    assert (captcha.facts["image"], captcha.facts["input"]) == ("/captcha.php", "captcha-response")
    assert captcha.court.startswith("Судебный участок № 99")


def test_a_day_list_is_read_as_the_other_sites_of_the_platform() -> None:
    day = page("day-list")
    assert (day.kind, day.outcome, day.withheld) == (PageKind.DAY_LIST, Outcome.FOUND, 1)
    assert day.facts["date"] == "16.09.2026"
    assert day.rows[0].facts["info"] == ["Миндалёв О.К. - ст. 20.25 ч.1 КоАП РФ"]
    assert day.mentions[0].printed == "Миндалёв О.К."


def test_a_card_of_another_layout_is_reported_and_still_names_whom_it_names() -> None:
    card = page("unknown-card")
    assert (card.outcome, card.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert [mention.printed for mention in card.mentions] == ["Миндалёв О.К."]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_its_pages_are_known_by_their_marks(path: Path) -> None:
    body = path.read_bytes()
    assert adapter.recognise(Capture(body))
    assert adapter.recognise(Capture(body.replace(b"ssid=99MS0099", b"ssid=")))
