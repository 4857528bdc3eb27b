"""What comes over a connection: recorded as sent, whole or typed, never "not found"."""

import errno
import gzip
import os
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.fetch.conftest import Reply, Site, ask, drip, page, recorded_failure, reset
from warcio.archiveiterator import ArchiveIterator

from habeas.errors import EvidenceNotWritten, HeaderRefused, Retry
from habeas.evidence import read_facts, read_recording
from habeas.fetch import Answer, Asker, Bounds
from habeas.sources.contract import Obstacle, Request

MakeAsker = Callable[..., Asker]
_RUSSIAN = "<td>Вымышленов Аскар Борисович</td>"


# --- what comes is recorded, then given ------------------------------------------------------


def test_a_page_is_recorded_and_given(site: Site, asker: MakeAsker) -> None:
    answer = ask(asker(), site.url("/?q=1#part"))
    assert answer.obstacle is None
    assert answer.explanation == ""
    assert answer.capture.body == b"<p>page</p>"
    assert answer.capture.url == site.url("/?q=1")
    assert answer.capture.status == 200
    assert answer.capture.content_type == "text/html"
    assert answer.capture.complete
    assert answer.capture.place == answer.record.place
    (recorded,) = read_recording(answer.record.path)
    assert recorded.payload == answer.capture.body
    assert recorded.date == answer.capture.captured_at
    assert recorded.record_id == answer.record.record_id == answer.exchange.record_id
    assert recorded.digest_ok
    assert recorded.complete


def test_the_record_holds_the_bytes_that_went_over_the_wire(site: Site, asker: MakeAsker) -> None:
    site.replies["/"] = b"HTTP/1.1 200 Fine\nserver:odd\nContent-Length:4\n\npage"
    answer = ask(asker(), site.url())
    with answer.record.path.open("rb") as file:
        records: Any = ArchiveIterator(file, no_record_parse=True)
        blocks = {record.rec_type: record.raw_stream.read() for record in records}
    assert blocks["request"] == site.requests[0]
    assert blocks["response"] == site.replies["/"]
    assert answer.capture.body == b"page"


def test_the_request_is_honest_and_asks_for_plain_bytes(site: Site, asker: MakeAsker) -> None:
    ask(asker(), site.url())
    head = site.requests[0].decode()
    assert head.startswith("GET / HTTP/1.1\r\nHost: localhost:")
    assert "User-Agent: habeas/0.1.0\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head
    assert "Connection: close\r\n" in head
    assert "Referer" not in head
    assert "Cookie" not in head


def test_the_facts_of_the_connection_are_recorded(site: Site, asker: MakeAsker) -> None:
    answer = ask(asker(), site.url())
    (found,) = read_facts(answer.record.path)
    facts: Any = found.facts
    assert facts["connection"]["peer"] == "127.0.0.1"
    assert facts["connection"]["port"] == site.port
    assert "127.0.0.1" in facts["connection"]["addresses"]
    assert facts["connection"]["tls"] is None
    stages = list(facts["timing"]["seconds"].values())
    assert set(facts["timing"]["seconds"]) == {"dns", "connect", "sent", "first_byte", "ended"}
    assert max(stages) < 5
    assert facts["outcome"] == {
        "complete": True,
        "failure": None,
        "obstacle": None,
        "status": 200,
        "truncated": None,
    }
    assert facts["request"]["purpose"] == "a test"


def test_a_wrong_charset_header_changes_no_byte(site: Site, asker: MakeAsker) -> None:
    body = _RUSSIAN.encode("windows-1251")
    site.replies["/"] = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
        % len(body)
    ) + body
    answer = ask(asker(), site.url())
    assert answer.capture.body == body
    assert answer.capture.content_type == "text/html; charset=utf-8"
    assert answer.capture.text == _RUSSIAN


def test_a_body_and_headers_of_a_source_are_sent(site: Site, asker: MakeAsker) -> None:
    request = Request(
        site.url("/"), method="POST", body=b"day=24", headers={"Cookie": "skin=tj", "accept": "x/y"}
    )
    asker().ask(request, typed=True)
    head = site.requests[0].decode()
    assert head.startswith("POST / ")
    assert "Cookie: skin=tj\r\n" in head
    assert "Accept: x/y\r\n" in head
    assert "Content-Length: 6\r\n" in head


@pytest.mark.parametrize(
    "headers", [{"Host": "other"}, {"A": "b\r\nC: d"}, {"A b": "c"}, {"accept-encoding": "gzip"}]
)
def test_headers_that_would_break_the_request_are_refused(
    site: Site, asker: MakeAsker, headers: dict[str, str]
) -> None:
    with pytest.raises(HeaderRefused, match="cannot be set by a source"):
        asker().ask(Request(site.url(), headers=headers), typed=True)
    assert site.requests == []


# --- the ways in which an answer is no answer ------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected", "words"),
    [
        ("503 Busy", (Obstacle.DOWN, Retry.LATER), "is not working at the moment (HTTP 503)"),
        ("500 Error", (Obstacle.DOWN, Retry.LATER), "is not working at the moment (HTTP 500)"),
        ("403 No", (Obstacle.BLOCKED, Retry.OTHER_NETWORK), "refused the request (HTTP 403)"),
        ("429 Slow", (Obstacle.BLOCKED, Retry.LATER), "refused the request (HTTP 429)"),
        ("404 No", (Obstacle.GONE, Retry.NEVER), "no such page, or no longer (HTTP 404)"),
        ("400 Bad", (Obstacle.BAD_QUERY, Retry.NEVER), "did not understand the request (HTTP 400)"),
        ("206 Part", (Obstacle.INCOMPLETE, Retry.LATER), "sent a part of the page only (HTTP 206)"),
        (
            "304 Same",
            (Obstacle.NOT_RECOGNISED, Retry.LATER),
            "an answer that is no page (HTTP 304)",
        ),
        (
            "302 Where",
            (Obstacle.NOT_RECOGNISED, Retry.LATER),
            "an answer that is no page (HTTP 302)",
        ),
    ],
)
def test_each_status_is_typed_and_its_page_is_kept(
    site: Site, asker: MakeAsker, status: str, *, expected: tuple[Obstacle, Retry], words: str
) -> None:
    site.replies["/"] = page(b"Nothing was found", status=status)
    answer = ask(asker(), site.url())
    assert (answer.obstacle, answer.retry) == expected
    assert words in answer.explanation
    (facts,) = read_facts(answer.record.path)
    outcome: Any = facts.facts["outcome"]
    assert outcome["obstacle"] == expected[0].value
    (recorded,) = read_recording(answer.record.path)
    assert recorded.status == int(status[:3])


def _assert_incomplete(answer: Answer) -> None:
    assert answer.obstacle is Obstacle.INCOMPLETE
    assert answer.retry is Retry.LATER
    assert answer.explanation == "The answer of localhost did not arrive whole."
    assert not answer.capture.complete
    (recorded,) = read_recording(answer.record.path)
    assert not recorded.complete
    assert recorded.payload == answer.capture.body
    assert recorded.digest_ok


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<table>half",
        b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<table>half and all the rest",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunks at all\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    ],
)
def test_a_cut_or_overlong_answer_is_incomplete(site: Site, asker: MakeAsker, raw: bytes) -> None:
    site.replies["/"] = raw
    _assert_incomplete(ask(asker(), site.url()))


def test_a_reset_in_the_middle_is_incomplete(site: Site, asker: MakeAsker) -> None:
    def reply(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n<table>half of the list")
        time.sleep(0.1)
        reset(connection)

    site.replies["/"] = reply
    _assert_incomplete(ask(asker(), site.url()))


def test_a_dripping_answer_is_stopped_by_the_total_time(site: Site, asker: MakeAsker) -> None:
    site.replies["/"] = drip(100, 0.05)
    began = time.monotonic()
    answer = ask(asker(bounds=Bounds(seconds=0.5)), site.url())
    assert time.monotonic() - began < 2
    _assert_incomplete(answer)
    assert answer.exchange.truncated == "time"


def test_chunks_are_taken_together(site: Site, asker: MakeAsker) -> None:
    site.replies["/"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n1\r\nx\r\n0\r\n\r\n"
    )
    answer = ask(asker(), site.url())
    assert answer.obstacle is None
    assert answer.capture.body == b"<p>x"
    (recorded,) = read_recording(answer.record.path)
    assert (recorded.payload, recorded.digest_ok) == (b"<p>x", True)


@pytest.mark.parametrize("announced", [True, False])
def test_a_huge_answer_is_cut_and_typed(site: Site, asker: MakeAsker, *, announced: bool) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 9000000\r\n" if announced else b"")
    site.replies["/"] = head + b"\r\n" + bytes(9_000_000)
    answer = ask(asker(), site.url())
    assert answer.obstacle is Obstacle.TOO_LARGE
    assert answer.explanation == (
        "The answer of localhost is larger than a page can be; it was cut."
    )
    assert len(answer.exchange.response) < 300_000
    assert answer.exchange.truncated == "length"
    assert not answer.capture.complete


def test_a_packed_answer_is_kept_as_sent_and_read_unpacked(site: Site, asker: MakeAsker) -> None:
    body = gzip.compress(_RUSSIAN.encode())
    site.replies["/"] = page(body, "Content-Encoding: gzip")
    answer = ask(asker(), site.url())
    assert answer.obstacle is None
    assert answer.capture.text == _RUSSIAN
    assert answer.exchange.payload == body
    (recorded,) = read_recording(answer.record.path)
    assert recorded.payload == answer.capture.body


@pytest.mark.parametrize(
    ("body", "coding", "obstacle"),
    [
        (gzip.compress(bytes(20_000_000)), "gzip", Obstacle.TOO_LARGE),
        (gzip.compress(b"page" * 100)[:-9], "gzip", Obstacle.INCOMPLETE),
        (b"\x0b\x02\x80page\x03", "br", Obstacle.UNREADABLE),
    ],
)
def test_packing_that_cannot_be_undone_is_typed(
    site: Site, asker: MakeAsker, body: bytes, coding: str, obstacle: Obstacle
) -> None:
    site.replies["/"] = page(body, f"Content-Encoding: {coding}")
    answer = ask(asker(), site.url())
    assert answer.obstacle is obstacle
    assert len(answer.capture.body) <= 100_000
    (recorded,) = read_recording(answer.record.path)
    assert recorded.status == 200


# --- attempts that fail ----------------------------------------------------------------------


def test_no_answer_in_time_is_down(site: Site, asker: MakeAsker) -> None:
    site.replies["/"] = lambda _connection: time.sleep(1)
    answer = ask(asker(bounds=Bounds(seconds=0.3)), site.url())
    assert answer.obstacle is Obstacle.DOWN
    assert answer.explanation == "localhost did not answer in time (0.3 s)."
    assert answer.capture.body == b""
    assert answer.capture.status is None
    assert not answer.capture.complete
    assert recorded_failure(answer) == ("timeout", "down")


def test_a_refused_connection_is_down(asker: MakeAsker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    answer = ask(asker(), f"http://127.0.0.1:{port}/")
    assert answer.obstacle is Obstacle.DOWN
    assert answer.explanation == "127.0.0.1 refused the connection."
    assert recorded_failure(answer) == ("refused", "down")


def test_an_unknown_host_is_down_and_not_absent(
    asker: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_arguments: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    answer = ask(asker(), "https://court.invalid/")
    assert answer.obstacle is Obstacle.DOWN
    assert answer.explanation == (
        "The address of court.invalid could not be found (Name or service not known)."
    )
    assert recorded_failure(answer) == ("dns", "down")


@pytest.mark.parametrize(
    ("reply", "failure", "obstacle"),
    [
        (reset, "reset", Obstacle.DOWN),
        (lambda _connection: None, "closed", Obstacle.DOWN),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "not_http", Obstacle.UNREADABLE),
        (b"HTTP/1.1 200 OK\r\nContent-Ty", "not_http", Obstacle.UNREADABLE),
    ],
)
def test_no_answer_at_all_is_typed(
    site: Site, asker: MakeAsker, reply: Reply, *, failure: str, obstacle: Obstacle
) -> None:
    site.replies["/"] = reply
    answer = ask(asker(), site.url())
    assert answer.obstacle is obstacle
    assert recorded_failure(answer) == (failure, obstacle.value)


def test_an_answer_that_cannot_be_recorded_is_not_given_out(
    site: Site, asker: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(EvidenceNotWritten, match="was not kept and not read"):
        ask(asker(), site.url())
