"""Courts of cassation: what is asked, and which pages are known as theirs. People are invented."""

from datetime import date
from pathlib import Path

import pytest

import habeas.sources.catalog
from habeas.sources.catalog.ru_sudrf import adapter as regional
from habeas.sources.catalog.ru_sudrf_cassation import adapter
from habeas.sources.contract import Capture, Outcome, Query

PAGES = Path(next(iter(habeas.sources.catalog.__path__))) / "ru_sudrf_cassation" / "pages"
DAYS = (date(2026, 11, 24), date(2026, 11, 20))


def test_all_nine_courts_are_asked_for_their_day_lists() -> None:
    asked = [request.url for request in adapter.plan(Query(days=DAYS[:1]))]
    assert asked[:9] == [
        f"https://{n}kas.sudrf.ru/modules.php?name=sud_delo&srv_num=1&H_date=24.11.2026"
        for n in range(1, 10)
    ]


def test_lists_of_received_cases_are_asked_where_no_digits_are_wanted() -> None:
    asked = [r.url for r in adapter.plan(Query(days=DAYS)) if "name_op=r" in r.url]
    assert [url[8:12] for url in asked] == ["2kas", "5kas", "7kas", "8kas", "9kas"]
    assert asked[0] == (
        "https://2kas.sudrf.ru/modules.php?name=sud_delo&srv_num=1&name_op=r&delo_id=2550001"
        "&case_type=0&new=0&delo_table=adm33_case&adm33_case__ENTRY_DATE1D=20.11.2026"
        "&adm33_case__ENTRY_DATE2D=24.11.2026&Submit=%CD%E0%E9%F2%E8"
    )


def test_a_name_is_sent_only_if_it_was_given() -> None:
    asked = list(adapter.plan(Query(courts=("2kas.sudrf.ru",), names=("Дуб",))))
    assert [request.by_name for request in asked] == [True]
    assert "adm33_parts__NAMESS=%C4%F3%E1&" in asked[0].url
    assert not list(adapter.plan(Query()))
    with pytest.raises(KeyError):
        list(adapter.plan(Query(days=DAYS, courts=("example.org",))))


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_its_pages_are_known_by_the_code_of_the_court(path: Path) -> None:
    capture = Capture(path.read_bytes())
    assert adapter.recognise(capture)
    assert not regional.recognise(capture)
    assert adapter.parse(capture).source == "ru_sudrf_cassation"


def test_without_a_code_the_title_tells() -> None:
    body = (PAGES / "card-civil.html").read_bytes().decode("cp1251")
    for link in ("?fromOa=99KJ0010", "ssid=99KJ0010", "vnkod=99KJ0010"):
        body = body.replace(link, "")
    capture = Capture(body.encode("cp1251"))
    assert adapter.recognise(capture)
    assert adapter.parse(capture).outcome is Outcome.FOUND


def test_the_cell_of_a_list_is_person_article_and_court_below() -> None:
    page = adapter.parse(Capture((PAGES / "results-last-page.html").read_bytes()))
    first, company, bare = (row.facts for row in page.rows)
    assert (first["person"], first["article"]) == ("ЧИНАРЗОДА Ф.", "ст.18.8 ч.3.1 КоАП РФ")
    assert first["lower_court"] == "Верхнереченский районный суд"
    assert company["person"] == 'ООО "РСУ "ДУБРАВА"'
    assert (bare["person"], bare["article"], bare["decided"]) == ("СОСНОВ Ю.Э.", "", "")
