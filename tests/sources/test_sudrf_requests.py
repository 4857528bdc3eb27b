"""Addresses of sudrf.ru, and how long a list is by its own counter."""

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from habeas.sources.contract import Capture
from habeas.sources.platforms.sudrf_paging import Paging, following, paging_of, part_of
from habeas.sources.platforms.sudrf_requests import (
    court_of,
    day_list,
    names_a_person,
    page_address,
    search,
)

HOST = "verhnerechensky--xx.sudrf.ru"
LIST = f"https://{HOST}/modules.php?name=sud_delo&name_op=r&delo_id=1500001"


def paging(html: str, address: str = "") -> Paging | None:
    root = LexborHTMLParser(html).root
    assert root is not None
    return paging_of(root, address)


def test_a_day_list_is_asked_by_day_and_building() -> None:
    asked = day_list(HOST, date(2026, 11, 24), "2")
    assert asked.url == (f"https://{HOST}/modules.php?name=sud_delo&srv_num=2&H_date=24.11.2026")
    assert not asked.by_name
    assert "24.11.2026" in asked.purpose


def test_a_search_is_encoded_in_windows_1251_and_has_its_button() -> None:
    address = search(HOST, ("1500001", "adm_case"), {"adm_parts__NAMESS": "Дубовзода ӣ"})
    assert "adm_parts__NAMESS=%C4%F3%E1%EE%E2%E7%EE%E4%E0+" in address
    assert address.endswith("&Submit=%CD%E0%E9%F2%E8")
    assert "vnkod" not in address
    assert names_a_person(address)
    assert not names_a_person(search(HOST, ("1500001", "adm_case"), {"adm_parts__NAMESS": ""}))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (f" {HOST.upper()} ", (HOST, "1")),
        (f"{HOST}#2", (HOST, "2")),
        (f"{HOST}#x", (HOST, "1")),
        ("99.xx.msudrf.ru", ("99.xx.msudrf.ru", "1")),
    ],
)
def test_a_court_is_a_host_and_a_building(printed: str, expected: tuple[str, str]) -> None:
    assert court_of(printed) == expected


@pytest.mark.parametrize(
    "printed",
    ["example.org", "sudrf.ru.example.org", "x.sudrf.ru/y?", "sudrf.ru", "evilsudrf.ru", ""],
)
def test_no_query_goes_to_a_foreign_host(printed: str) -> None:
    with pytest.raises(KeyError):
        court_of(printed)


@pytest.mark.parametrize(
    ("base", "link", "expected"),
    [
        (
            LIST,
            "./modules.php?name_op=r&page=2&x=1",
            f"https://{HOST}/modules.php?name_op=r&page=3&x=1",
        ),
        (LIST + "&page=1", "", LIST + "&page=3"),
        (LIST, "", LIST + "&page=3"),
        (f"https://{HOST}/m?_deloId=1", "", f"https://{HOST}/m?_deloId=1&_page=3"),
        (f"https://{HOST}/m", "?page=2&n=Дуб", f"https://{HOST}/m?page=3&n=%C4%F3%E1"),
        ("", "?page=2", ""),
    ],
)
def test_addresses_of_further_pages(base: str, link: str, expected: str) -> None:
    assert page_address(base, link, 3) == expected


def test_the_counter_of_the_first_generation() -> None:
    html = (
        "<table><tr><td><b>1</b> | <a href= ./m?page=2&a=1>2</a> <a href=./m?page=6&a=1>>></a></td>"
        "<td>Всего по запросу найдено — 143. На странице записи с 1\n\t по 25.</td></tr></table>"
    )
    read = paging(html)
    assert read == Paging(143, 1, 25, 1, 6, "./m?page=2&a=1")
    assert (read.rows, read.pages) == (25, 6)
    asked = following(Capture(b"", LIST), read)
    assert [request.url[-8:] for request in asked] == [f"page={n}&a=1"[-8:] for n in range(2, 7)]


def test_the_counter_of_the_second_generation_has_no_pager() -> None:
    html = (
        "<div class='lawcase-count'>Всего по запросу найдено - <b>60</b>.&nbsp;"
        "<span>На странице записи с <b>1</b> по <b>25</b>.</span></div>"
    )
    read = paging(html)
    assert read is not None
    assert (read.counter, read.pages) == (60, None)
    address = f"https://{HOST}/modules.php?name_op=r&_deloId=5"
    asked = following(Capture(b"", address), read)
    assert [request.url for request in asked] == [f"{address}&_page=2", f"{address}&_page=3"]


def test_a_page_in_the_middle_knows_its_number_and_what_is_left() -> None:
    html = (
        "<table><tr><td><a href='?page=1'>1</a> | <b>2</b> | <a href='?page=3'>3</a></td>"
        "<td>Всего по запросу найдено — 60. На странице записи с 26 по 50.</td></tr></table>"
    )
    read = paging(html)
    assert read is not None
    assert (read.number, read.last_page) == (2, 3)
    assert [r.url for r in following(Capture(b"", LIST), read)] == [
        f"https://{HOST}/modules.php?page=3"
    ]
    assert following(Capture(b""), read) == ()


def test_a_hostile_pager_asks_for_no_million_pages() -> None:
    html = (
        "<table><tr><td><a href='?page=999999'>2</a></td>"
        "<td>Всего по запросу найдено — 999999999. На странице записи с 1 по 25.</td></tr></table>"
    )
    read = paging(html)
    assert read is not None
    assert len(following(Capture(b"", LIST), read)) <= 200


def test_a_search_by_name_stays_one_on_its_further_pages() -> None:
    address = f"{LIST}&adm_parts__NAMESS=%C4%F3%E1"
    asked = following(Capture(b"", address), Paging(30, 1, 25, 1, 2, ""))
    assert [request.by_name for request in asked] == [True]


def test_pages_of_one_list_share_its_mark_and_others_do_not() -> None:
    first = part_of(Capture(b"", LIST), Paging(30, 1, 25, 1, 2, ""), "t")
    second = part_of(Capture(b"", f"{LIST}&page=2&captcha=1"), Paging(30, 26, 30, 2, 2, ""), "t")
    other = part_of(Capture(b"", f"{LIST}&x=1"), Paging(30, 1, 25, 1, 2, ""), "t")
    assert first.listing == second.listing != other.listing
    assert (second.number, second.pages, second.rows_total) == (2, 2, 30)


def test_no_counter_is_no_statement() -> None:
    assert paging("<table><tr><td>ничего</td></tr></table>") is None
