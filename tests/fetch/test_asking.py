"""Asking politely: redirects, whom we do not ask, robots.txt, and waiting one's turn."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fetch.conftest import FakeClock, Reply, Site, ask, drip, page, recorded_failure, reset

from habeas.errors import AddressRefused, NameWouldLeave, Retry
from habeas.evidence import read_recording
from habeas.fetch import Asker
from habeas.sources.contract import Obstacle, Request
from habeas.sources.registry import Source

MakeAsker = Callable[..., Asker]
MakeSource = Callable[..., Source]


# --- redirects -------------------------------------------------------------------------------


def test_redirects_are_followed_and_each_is_recorded(site: Site, asker: MakeAsker) -> None:
    site.replies["/old"] = page(b"", "Location: /newer", status="301 Moved")
    site.replies["/newer"] = page(b"", f"Location: {site.url('/')}", status="302 Found")
    answer = ask(asker(), site.url("/old"))
    assert answer.obstacle is None
    assert answer.capture.url == site.url("/")
    assert [hop.url for hop in answer.hops] == [site.url(path) for path in ("/old", "/newer", "/")]
    assert answer.hops[-1] == answer.record
    assert [hop.status for hop in answer.exchange.redirects] == [301, 302]
    assert answer.exchange.redirects[0].record_id == answer.hops[0].record_id
    (first,) = read_recording(answer.hops[0].path)
    assert first.status == 301


def test_a_location_in_raw_utf_8_is_followed(site: Site, asker: MakeAsker) -> None:
    site.replies["/old"] = page(b"").replace(b"200 OK", "302 Found\r\nLocation: /суд".encode())
    site.replies["/%D1%81%D1%83%D0%B4"] = page(b"court")
    assert ask(asker(), site.url("/old")).capture.body == b"court"


def test_a_circle_is_left(site: Site, asker: MakeAsker) -> None:
    site.replies["/"] = page(b"", "Location: /", status="302 Found")
    answer = ask(asker(), site.url())
    assert answer.obstacle is Obstacle.DOWN
    assert answer.explanation == "localhost sends its readers in a circle."
    assert len(site.requests) == 11
    assert len(answer.hops) == 12
    assert recorded_failure(answer) == ("too_many_redirects", "down")


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "javascript:alert(1)", "http://user:secret@localhost/", "http://["],
)
def test_a_redirect_to_what_is_not_asked_is_recorded_and_not_followed(
    site: Site, asker: MakeAsker, location: str
) -> None:
    site.replies["/"] = page(b"", f"Location: {location}", status="302 Found")
    answer = ask(asker(), site.url())
    assert answer.obstacle is Obstacle.UNREADABLE
    assert recorded_failure(answer) == ("bad_redirect", "unreadable")
    assert len(site.requests) == 1


def test_a_post_becomes_a_get_where_the_standard_says_so(site: Site, asker: MakeAsker) -> None:
    site.replies["/see"] = page(b"", "Location: /", status="303 See Other")
    site.replies["/again"] = page(b"", "Location: /", status="307 Again")
    for path in ("/see", "/again"):
        asker().ask(Request(site.url(path), method="POST", body=b"day=24"), typed=True)
    assert [request.split(b" ")[0] for request in site.requests] == [
        b"POST",
        b"GET",
        b"POST",
        b"POST",
    ]
    assert site.requests[3].endswith(b"day=24")


# --- whom we do not ask ----------------------------------------------------------------------


def test_a_private_address_is_asked_only_where_it_was_typed(site: Site, asker: MakeAsker) -> None:
    made = asker()
    answer = made.ask(Request(site.url()))
    assert answer.obstacle is Obstacle.BLOCKED
    assert "leads into this computer or its own network" in answer.explanation
    assert recorded_failure(answer) == ("private_address", "blocked")
    assert site.requests == []
    assert ask(made, site.url()).obstacle is None


def test_the_pages_behind_a_typed_address_may_be_asked_too(site: Site, asker: MakeAsker) -> None:
    made = asker()
    site.replies["/next"] = page(b"second")
    ask(made, site.url())
    assert made.ask(Request(site.url("/next"))).capture.body == b"second"


def test_the_open_internet_cannot_lead_into_this_computer(
    site: Site, asker: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 127.0.0.1 plays the open internet here, 127.0.0.2 this computer.
    def public(address: str) -> bool:
        return address == "127.0.0.1"

    monkeypatch.setattr("habeas.fetch.connection.is_public", public)
    monkeypatch.setattr("habeas.fetch.asking.is_public", public)
    location = f"http://127.0.0.2:{site.port}/router/reset"
    site.replies["/"] = page(b"", f"Location: {location}", status="302 Found")
    answer = ask(asker(), site.url(host="127.0.0.1"))
    assert answer.obstacle is Obstacle.BLOCKED
    assert answer.explanation == (
        "127.0.0.2 leads into this computer or its own network (127.0.0.2); it was not asked."
    )
    assert len(site.requests) == 1
    assert recorded_failure(answer) == ("private_address", "blocked")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://court.example/", "https://a:b@court.example/", "court", ""]
)
def test_other_addresses_are_a_usage_error(asker: MakeAsker, url: str) -> None:
    with pytest.raises(AddressRefused, match="Nothing was sent"):
        ask(asker(), url)


def test_a_name_leaves_only_with_leave(site: Site, asker: MakeAsker, source: MakeSource) -> None:
    request = Request(site.url("/?name=Vymyshlenov"), by_name=True)
    with pytest.raises(NameWouldLeave, match="would tell it whom you seek"):
        asker().ask(request, source=source(), typed=True)
    with pytest.raises(NameWouldLeave):
        asker().ask(request, typed=True)
    assert site.requests == []
    allowed = asker(names_may_leave=frozenset({"xx_invented"}))
    answer = allowed.ask(request, source=source(), typed=True)
    assert answer.obstacle is None
    assert answer.exchange.by_name


def test_a_name_is_not_passed_on_to_another_host(
    site: Site, asker: MakeAsker, source: MakeSource
) -> None:
    location = f"{site.url(host='127.0.0.1')}?name=Vymyshlenov"
    site.replies["/"] = page(b"", f"Location: {location}", status="307 There")
    allowed = asker(names_may_leave=frozenset({"xx_invented"}))
    request = Request(site.url("/?name=Vymyshlenov"), by_name=True)
    answer = allowed.ask(request, source=source(), typed=True)
    assert answer.obstacle is Obstacle.BLOCKED
    assert "may not be told whom you seek" in answer.explanation
    assert len(site.requests) == 1


def test_proxies_of_the_environment_are_not_used(
    site: Site, asker: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(asker(), site.url()).obstacle is None


# --- robots.txt ------------------------------------------------------------------------------


def test_what_robots_txt_asks_not_to_read_is_blocked_and_said(
    site: Site, asker: MakeAsker, source: MakeSource
) -> None:
    site.replies["/robots.txt"] = page(b"User-agent: *\nDisallow: /cases\n")
    made = asker()
    ask(made, site.url())
    answer = made.ask(Request(site.url("/cases")), source=source())
    assert answer.obstacle is Obstacle.BLOCKED
    assert answer.retry is Retry.NEVER
    assert answer.explanation == (
        "The robots.txt of localhost asks programs not to read this page; it was not asked."
    )
    assert site.paths == ["/", "/robots.txt"]
    assert recorded_failure(answer) == ("robots", "blocked")
    assert made.ask(Request(site.url("/")), source=source()).obstacle is None
    assert site.paths == ["/", "/robots.txt", "/"]


def test_a_page_that_a_person_asks_for_is_not_kept_back_by_robots_txt(
    site: Site, asker: MakeAsker
) -> None:
    site.replies["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n")
    assert ask(asker(), site.url()).obstacle is None
    assert site.paths == ["/"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (page(b"", status="404 No"), None),
        (page(b"", status="403 No"), None),
        (page(b"", status="503 Busy"), "robots.txt of localhost could not be read"),
        (reset, "localhost broke off the connection before answering"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *",
            "robots.txt of localhost could not be read",
        ),
    ],
)
def test_missing_rules_give_leave_and_unreadable_ones_do_not(
    site: Site, asker: MakeAsker, reply: Reply, words: str | None
) -> None:
    site.replies["/robots.txt"] = reply
    made = asker()
    ask(made, site.url())
    answer = made.ask(Request(site.url()))
    assert answer.obstacle is (Obstacle.DOWN if words else None)
    assert (words or "") in answer.explanation
    assert len(site.requests) == (2 if words else 3)


# --- politeness ------------------------------------------------------------------------------


def test_there_is_a_pause_between_two_requests_to_a_host(
    site: Site, asker: MakeAsker, source: MakeSource, clock: FakeClock
) -> None:
    made = asker(clock)
    for _ in range(3):
        ask(made, site.url(), source=source(delay_s=7.0))
    assert clock.slept == [7.0, 7.0]


def test_this_computer_needs_no_pause_where_no_source_asks_for_one(
    site: Site, asker: MakeAsker, clock: FakeClock
) -> None:
    made = asker(clock)
    ask(made, site.url())
    ask(made, site.url())
    assert clock.slept == []


def test_redirects_wait_their_turn_too(
    site: Site, asker: MakeAsker, source: MakeSource, clock: FakeClock
) -> None:
    site.replies["/old"] = page(b"", "Location: /", status="302 Found")
    ask(asker(clock), site.url("/old"), source=source(delay_s=3.0))
    assert clock.slept == [3.0]


def test_a_crawl_delay_of_the_site_is_kept(
    site: Site, asker: MakeAsker, source: MakeSource, clock: FakeClock
) -> None:
    site.replies["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 9\n")
    made = asker(clock)
    ask(made, site.url(), source=source(delay_s=1.0))
    for _ in range(2):
        made.ask(Request(site.url()), source=source(delay_s=1.0))
    assert clock.slept == [1.0, 1.0, 9.0]


def test_retry_after_is_waited_for_where_it_is_short(
    site: Site, asker: MakeAsker, clock: FakeClock
) -> None:
    made = asker(clock)
    site.replies["/"] = page(b"", "Retry-After: 20", status="503 Busy")
    ask(made, site.url())
    site.replies["/"] = page()
    assert ask(made, site.url()).obstacle is None
    assert clock.slept == [20.0]


@pytest.mark.parametrize("after", ["3600", "Mon, 23 Nov 2026 13:00:00 GMT"])
def test_a_long_retry_after_is_respected_without_asking(
    site: Site, asker: MakeAsker, clock: FakeClock, after: str
) -> None:
    made = asker(clock)
    site.replies["/"] = page(b"", f"Retry-After: {after}", status="429 Slow down")
    ask(made, site.url())
    answer = ask(made, site.url())
    assert answer.obstacle is Obstacle.BLOCKED
    assert answer.retry is Retry.LATER
    assert answer.explanation == "localhost asked to be left alone until 2026-11-23 13:00:00 UTC."
    assert len(site.requests) == 1
    assert recorded_failure(answer) == ("waiting", "blocked")


@pytest.mark.parametrize("after", ["soon", "", "-5", "99999999999999999999"])
def test_an_odd_retry_after_does_no_harm(
    site: Site, asker: MakeAsker, clock: FakeClock, after: str
) -> None:
    site.replies["/"] = page(b"", f"Retry-After: {after}", status="503 Busy")
    assert ask(asker(clock), site.url()).obstacle is Obstacle.DOWN


def test_one_host_is_asked_one_thing_at_a_time(site: Site, asker: MakeAsker) -> None:
    site.replies["/"] = drip(3, 0.03)
    made = asker()
    threads = [threading.Thread(target=ask, args=(made, site.url())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(site.requests) == 4
    assert site.at_once == 1


def test_records_of_several_threads_do_not_mix(
    site: Site, asker: MakeAsker, tmp_path: Path
) -> None:
    made = asker()
    threads = [threading.Thread(target=ask, args=(made, site.url(f"/{n}"))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = sorted((tmp_path / "captures").rglob("*.warc.gz"))
    urls = {recorded.url for file in files for recorded in read_recording(file)}
    assert urls == {site.url(f"/{n}") for n in range(8)}
