"""What no adapter may do, walked over every folder of the catalogue and every recorded page.

No sought name leaves unnoticed, no lost letter hides a person, no page hangs the reader.
"""

import time
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import pytest
from examples import id_of, known
from tests.adapters.test_catalog import BODIES, FOLDERS, captured, named

import habeas.sources.catalog
from habeas.sources import registry
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, Query, Request

NAME = "Выдумов"
# Courts as each source names them, where a plan needs one.
COURTS = {"by_courts": ("77",), "ru_mosgorsud": (), "ru_sudrf": ("vydumka.sudrf.ru",)}


def by_name(folder: str) -> list[Request]:
    query = Query(days=(date(2026, 11, 24),), courts=COURTS.get(folder, ()), names=(NAME,))
    return [request for request in known(folder).adapter.plan(query) if request.by_name]


def carries_the_name(request: Request) -> bool:
    sent = f"{request.url} {request.body.decode('ascii', 'replace')}"
    return any(NAME in unquote_plus(sent, charset) for charset in ("utf-8", "windows-1251"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_planned_request_that_carries_the_name_says_so(folder: str) -> None:
    query = Query(days=(date(2026, 11, 24),), courts=COURTS.get(folder, ()), names=(NAME,))
    if folder == "ru_msudrf":
        query = Query(days=query.days, courts=("1.prm.msudrf.ru",), names=query.names)
    for request in known(folder).adapter.plan(query):
        assert request.by_name == carries_the_name(request)


def answers_by_name(folder: str) -> Iterator[Page]:
    """Yield the recorded lists as if they answered a search by name, in address and pager."""
    adapter = known(folder).adapter
    for request in by_name(folder):
        asked = urlsplit(request.url).query.split("&")
        field = next(
            (one for one in asked if carries_the_name(Request(one))), "nothing=asked"
        ).encode("ascii")
        for path in BODIES:
            if id_of(path) == folder:
                body = path.read_bytes().replace(b"page=", field + b"&page=")
                yield adapter.parse(Capture(body, request.url, 200))


FOLLOWED = {"kg_acts", "ru_mosgorsud", "ru_sudrf_cassation"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_further_page_of_a_search_by_name_carries_the_name_openly(folder: str) -> None:
    following = [request for page in answers_by_name(folder) for request in page.next]
    for request in following:
        assert request.by_name == carries_the_name(request), request.url
    assert any(map(carries_the_name, following)) or folder not in FOLLOWED


def test_sources_whose_search_has_several_pages_are_walked() -> None:
    fields = {
        name
        for folder in FOLLOWED
        for request in by_name(folder)
        for name, value in parse_qsl(urlsplit(request.url).query, encoding="windows-1251")
        if value
    }
    assert {"side1", "side2", "participant", "adm33_parts__NAMESS"} <= fields


def with_a_lost_letter(capture: Capture, page: Page) -> Iterator[Capture]:
    """Yield the capture with one letter of one person's name replaced by a byte of no letter."""
    charset = capture.decoded.used
    hole = b"\x98" if charset in {"windows-1251", "cp1251"} else b"\xff"
    for mention in page.mentions:
        if mention.capacity in {Capacity.OFFICIAL, Capacity.ORGANISATION}:
            continue
        name = mention.printed
        needle = name.encode(charset)
        if len(name) > 5 and name[:4].isalpha() and not name.isascii() and needle in capture.body:
            broken = name[:2].encode(charset) + hole + name[3:].encode(charset)
            yield Capture(
                capture.body.replace(needle, broken),
                capture.url,
                capture.status,
                capture.content_type,
            )


LATIN = {"us_ice_locator", "us_newworld", "xx_roster", "xx_pdf_list"}
CYRILLIC = [folder for folder in FOLDERS if folder not in LATIN]


@pytest.mark.parametrize("folder", CYRILLIC)
def test_a_name_with_a_lost_letter_is_no_absence(folder: str) -> None:
    adapter = known(folder).adapter
    tried = 0
    for path in BODIES:
        capture = captured(path)
        page = adapter.parse(capture)
        if id_of(path) != folder or page.outcome is not Outcome.FOUND:
            continue
        for damaged in with_a_lost_letter(capture, page):
            read = adapter.parse(damaged)
            assert "\ufffd" in damaged.text
            assert (read.outcome, read.obstacle) == (
                Outcome.COULD_NOT_LOOK,
                Obstacle.ENCODING,
            ), named(path)
            assert len(read.rows) == len(page.rows)
            tried += 1
    assert tried


@pytest.mark.parametrize("tangle", ["<div>" * 100_000, "<p " + "b=1 " * 100_000 + ">"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_built_to_hang_the_reader_is_refused(folder: str, tangle: str) -> None:
    adapter = known(folder).adapter
    path = next(path for path in BODIES if id_of(path) == folder)
    capture = captured(path)
    hostile = Capture(tangle.encode() + capture.body, capture.url, 200, capture.content_type)
    began = time.perf_counter()
    page = adapter.parse(hostile)
    assert time.perf_counter() - began < 8
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.UNREADABLE)


def test_recognising_builds_no_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_capture: Capture) -> None:
        pytest.fail("a tree was built")

    monkeypatch.setattr(Capture, "tree", property(forbidden))
    for path in BODIES:
        registry.source_of(Capture(path.read_bytes()))


def test_the_catalogue_is_where_it_is_looked_for() -> None:
    assert (files(habeas.sources.catalog) / "kg_acts").is_dir()
