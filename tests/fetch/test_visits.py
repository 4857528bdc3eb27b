"""A visit handed over from a browser: for one host only, recorded, and gone when it ends."""

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fetch.conftest import Site, page

from habeas.errors import VisitUnclear
from habeas.evidence import Store
from habeas.evidence.reading import read_facts
from habeas.fetch import Asker, Manners, Visits, visit_of
from habeas.sources.contract import Request
from habeas.sources.registry import Source

_NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_FIREFOX = """curl 'http://localhost:8080/modules.php?name=sud_delo&op=hl' --compressed \\
  -H 'User-Agent: Mozilla/5.0 (invented) Firefox/140.0' -H 'Accept: text/html' \\
  -H 'Cookie: PHPSESSID=abc123; passed="yes"' -H 'Upgrade-Insecure-Requests: 1'"""
_CHROME = """curl 'http://localhost/list?captcha=12345&captchaid=xyz' \\
  -b 'PHPSESSID=abc123' -X 'GET' \\
  -H 'user-agent: Mozilla/5.0 (invented) Chrome/140' --data-raw 'captcha=http://elsewhere/'"""


def test_what_firefox_copies_is_understood() -> None:
    visit = visit_of(_FIREFOX, "Zarina", _NOW)
    assert (visit.host, visit.cookie) == ("localhost", 'PHPSESSID=abc123; passed="yes"')
    assert visit.user_agent == "Mozilla/5.0 (invented) Firefox/140.0"
    assert visit.answers == ()
    assert visit.words == "handed over by Zarina, 2026-11-24T09:00:00Z"
    assert "abc123" not in repr(visit)


def test_what_chrome_copies_is_understood_with_the_answer_to_the_picture() -> None:
    visit = visit_of(_CHROME.replace("\n", "\r\n"), "Zarina", _NOW)
    assert (visit.host, visit.cookie) == ("localhost", "PHPSESSID=abc123")
    assert visit.answers == (("captcha", "12345"), ("captchaid", "xyz"))


@pytest.mark.parametrize(
    ("pasted", "cause"),
    [
        ("", "does not begin with curl"),
        ("http://localhost/", "does not begin with curl"),
        ("curl 'http://localhost/", "a quotation mark is missing"),
        ("curl -H 'Cookie: a=b'", "no address"),
        ("curl 'ftp://localhost/' -b 'a=b'", "no address"),
        ("curl 'http://localhost/'", "no cookies"),
        ("curl 'http://localhost/' -b 'a=b\x00'", "no browser sends"),
        ("curl 'http://localhost/' -b 'a=ж'", "no browser sends"),
        ("curl " + "x" * 70_000, "too long"),
    ],
)
def test_what_is_no_visit_is_refused_with_the_cause(pasted: str, cause: str) -> None:
    with pytest.raises(VisitUnclear, match=cause):
        visit_of(pasted, "Zarina", _NOW)


@given(st.text(), st.text())
def test_no_text_raises_anything_else(address: str, cookie: str) -> None:
    try:
        visit = visit_of(f"curl {address} -b {cookie}", "Zarina", _NOW)
    except VisitUnclear:
        return
    assert visit.host
    assert visit.cookie.isprintable()


@pytest.fixture
def visits(tmp_path: Path) -> Visits:
    return Visits(tmp_path / "home")


def test_visits_are_for_the_owner_s_eyes_and_a_newer_one_replaces_an_older(visits: Visits) -> None:
    assert visits.of("localhost") is None
    visits.add(visit_of(_FIREFOX, "Zarina", _NOW))
    visits.add(visit_of(_CHROME, "Rustam", _NOW.replace(hour=10)))
    assert stat.S_IMODE(visits.path.stat().st_mode) == 0o600
    held = visits.of("localhost")
    assert held is not None
    assert held.by == "Rustam"
    assert [one.ended_at is None for one in visits.all()] == [False, True]


def test_of_a_visit_that_ended_the_secret_goes_and_the_fact_stays(visits: Visits) -> None:
    visits.add(visit_of(_FIREFOX, "Zarina", _NOW))
    visits.end("localhost", _NOW.replace(hour=11))
    assert visits.of("localhost") is None
    assert "abc123" not in visits.path.read_text()
    (ended,) = visits.all()
    assert (ended.by, ended.ended_at) == ("Zarina", _NOW.replace(hour=11))


@pytest.mark.parametrize("content", ["", "[]", '{"format": "x"}', '{"format": "habeas visits 1"}'])
def test_a_file_that_somebody_changed_is_told_and_not_overwritten(
    visits: Visits, content: str
) -> None:
    visits.path.parent.mkdir()
    visits.path.write_text(content)
    with pytest.raises(VisitUnclear):
        visits.of("localhost")
    with pytest.raises(VisitUnclear):
        visits.add(visit_of(_FIREFOX, "Zarina", _NOW))
    assert visits.path.read_text() == content


def _asker(folder: Path, visits: Visits, **more: Any) -> Asker:
    return Asker(Store(folder / "captures"), manners=Manners(visits=visits, **more))


def test_it_goes_to_its_host_under_the_browser_s_name_and_is_recorded(
    site: Site, visits: Visits, tmp_path: Path
) -> None:
    visits.add(visit_of(_FIREFOX, "Zarina", _NOW))
    request = Request(site.url(), headers={"Cookie": "skin=tj"})
    answer = _asker(tmp_path, visits).ask(request, typed=True)
    head = site.requests[0].decode()
    assert 'Cookie: PHPSESSID=abc123; passed="yes"\r\n' in head
    assert "skin=tj" not in head
    assert "User-Agent: Mozilla/5.0 (invented) Firefox/140.0\r\n" in head
    (found,) = read_facts(answer.record.path)
    facts: Any = found.facts
    assert facts["visit"] == "handed over by Zarina, 2026-11-24T09:00:00Z"


def test_no_other_host_sees_it_not_even_by_a_redirect(
    site: Site, visits: Visits, tmp_path: Path
) -> None:
    visits.add(visit_of(_FIREFOX, "Zarina", _NOW))
    there = f"Location: {site.url('/there', host='127.0.0.1')}"
    site.replies["/"] = page(b"", there, status="302 Found")
    site.replies["/there"] = page()
    asker = _asker(tmp_path, visits)
    answer = asker.ask(Request(site.url()), typed=True)
    assert b"abc123" in site.requests[0]
    assert b"abc123" not in site.requests[1]
    assert b"User-Agent: habeas/" in site.requests[1]
    assert answer.exchange.visit == ""


def test_the_answer_to_a_picture_goes_with_searches_by_name_only(
    site: Site, visits: Visits, tmp_path: Path, source: Callable[..., Source]
) -> None:
    visits.add(visit_of(_CHROME, "Zarina", _NOW))
    asker = _asker(tmp_path, visits, names_may_leave=frozenset({"xx_invented"}))
    for by_name in (False, True):
        request = Request(site.url("/?a=b"), by_name=by_name)
        asker.ask(request, source=source(), typed=True)
    assert site.paths == ["/?a=b", "/?a=b&captcha=12345&captchaid=xyz"]


def test_the_kept_form_is_plain_json(visits: Visits) -> None:
    visits.add(visit_of(_CHROME, "Зарина", _NOW))
    kept = json.loads(visits.path.read_bytes())
    assert kept["format"] == "habeas visits 1"
    assert kept["visits"][0]["by"] == "Зарина"
