"""Recordings of anyone are read back; whatever is wrong with them is told and costs only itself."""

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.conftest import as_kept, read
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from habeas.evidence import Exchange, Problem, Store, read_facts, read_recording

Make = Callable[..., Exchange]
_SHARED = Path(__file__).parents[3] / "shared" / "fixtures"


def _by_others(
    body: bytes, *, packed: bool, version: str = "1.0", headers: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """Return a recording as warcio writes it by itself (SHA-1, its own headers)."""
    out = io.BytesIO()
    writer: Any = WARCWriter(out, gzip=packed, warc_version=version)
    for number in (1, 2):
        http: Any = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(
                f"https://court.example/{number}",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
            )
        )
    return out.getvalue()


def test_what_was_kept_is_read_back_byte_for_byte(tmp_path: Path, exchange: Make) -> None:
    made = exchange()
    kept = Store(tmp_path).keep(made)
    (found,) = read_recording(kept.path)
    assert found.url == made.url
    assert found.status == 200
    assert found.headers == made.headers
    assert found.content_type == "text/html; charset=utf-8"
    assert found.payload == made.payload
    assert found.date == datetime(2026, 11, 23, 14, 5, 6, 123456, tzinfo=UTC)
    assert found.record_id == made.record_id
    assert found.digest_ok is True
    assert found.complete
    assert found.problem is None
    assert found.explanation == ""
    assert kept.path.read_bytes()[found.offset : found.offset + 2] == b"\x1f\x8b"


@given(body=st.binary(max_size=400), sizes=st.lists(st.integers(1, 90), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_in_any_chunks_survives_the_way(
    tmp_path: Path, exchange: Make, body: bytes, sizes: list[int]
) -> None:
    chunks, rest = [], body
    for size in sizes:
        if rest:
            chunks.append(rest[:size])
            rest = rest[size:]
    chunks += [rest] if rest else []
    framed = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    response = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + framed
    made = replace(exchange(), response=response, payload=body)
    (found,) = read(tmp_path / "x", as_kept(made))
    assert (found.payload, found.digest_ok, found.complete) == (body, True, True)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("packed", [True, False])
def test_recordings_of_others_are_read(tmp_path: Path, version: str, *, packed: bool) -> None:
    found = read(tmp_path / "x", _by_others(b"<p>page</p>", packed=packed, version=version))
    assert [one.url for one in found] == ["https://court.example/1", "https://court.example/2"]
    assert all(one.payload == b"<p>page</p>" and one.digest_ok and one.complete for one in found)
    assert found[0].date is not None
    assert found[0].offset == 0 < found[1].offset


def test_a_recording_packed_as_a_whole_is_read(tmp_path: Path) -> None:
    found = read(tmp_path / "x", gzip.compress(_by_others(b"page", packed=False)))
    assert [one.payload for one in found] == [b"page", b"page"]


@pytest.mark.parametrize(
    "headers",
    [
        (("Transfer-Encoding", "chunked"),),
        (("Content-Encoding", "gzip"),),
        (("Content-Length", "3"),),
    ],
)
def test_headers_that_a_crawler_no_longer_obeys_cost_nothing(
    tmp_path: Path, headers: tuple[tuple[str, str], ...]
) -> None:
    found = read(tmp_path / "x", _by_others(b"the whole page", packed=True, headers=headers))
    assert [one.payload for one in found] == [b"the whole page"] * 2
    assert all(one.complete and one.digest_ok for one in found)


# --- kinds of records ------------------------------------------------------------------------


def _record(kind: str, block: bytes, *extra: str) -> bytes:
    lines = ["WARC/1.1", f"WARC-Type: {kind}", f"Content-Length: {len(block)}", *extra]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def test_a_revisit_is_noted_and_is_no_page(tmp_path: Path) -> None:
    content = _record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", "WARC-Target-URI: https://c.example/")
    (found,) = read(tmp_path / "x", content)
    assert found.problem is Problem.REVISIT
    assert found.url == "https://c.example/"


def test_a_file_kept_as_a_resource_is_a_page_without_status(tmp_path: Path) -> None:
    content = _record(
        "resource", b"a,b", "WARC-Target-URI: <file:///list.csv>", "Content-Type: text/csv"
    )
    (found,) = read(tmp_path / "x", content)
    assert (found.status, found.payload, found.content_type) == (None, b"a,b", "text/csv")
    assert (found.digest_ok, found.complete, found.problem) == (None, True, None)


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (b"no http", Problem.NOT_HTTP),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x0b\x02", Problem.CODING),
    ],
)
def test_answers_that_cannot_be_read_are_typed(
    tmp_path: Path, block: bytes, problem: Problem
) -> None:
    (found,) = read(
        tmp_path / "x", _record("response", block, "WARC-Target-URI: https://c.example/")
    )
    assert found.problem is problem
    assert found.payload == b""


def test_an_answer_shorter_than_announced_is_not_complete(tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<table>half"
    (found,) = read(
        tmp_path / "x", _record("response", block, "WARC-Target-URI: https://c.example/")
    )
    assert (found.complete, found.payload) == (False, b"<table>half")


@pytest.mark.parametrize("date", ["yesterday", "2026-13-01T00:00:00Z", "9999999-01-01", ""])
def test_an_impossible_date_is_no_date(tmp_path: Path, date: str) -> None:
    content = _record("resource", b"x", f"WARC-Date: {date}")
    assert read(tmp_path / "x", content)[0].date is None


@pytest.mark.parametrize("block", [b"{", b"[]", b"{}", b'{"outcome":7}', b"[" * 100_000])
def test_a_false_record_of_ours_is_no_answer(tmp_path: Path, block: bytes) -> None:
    content = _record("metadata", block, "Content-Type: application/vnd.habeas.capture+json")
    assert [one.problem for one in read(tmp_path / "x", content)] == [Problem.NO_ANSWER]
    assert all(isinstance(one.facts, dict) for one in read_facts(tmp_path / "x"))


@pytest.mark.shared
@pytest.mark.skipif(not _SHARED.is_dir(), reason="the shared fixtures are not here")
def test_the_public_samples_are_read() -> None:
    for path in sorted((_SHARED / "wacz-samples").glob("*.wacz")):
        found = list(read_recording(path))
        assert found
        assert all(one.problem is None and one.digest_ok and one.complete for one in found)
        assert json.dumps([one.url for one in found])


def test_codes_in_a_strangers_record_cannot_reach_a_terminal(tmp_path: Path) -> None:
    block = json.dumps({"outcome": {"failure": {"code": "\x1b[31mdns"}, "obstacle": 7}}).encode()
    content = _record("metadata", block, "Content-Type: application/vnd.habeas.capture+json")
    (found,) = read(tmp_path / "x", content)
    assert (found.problem, found.failure, found.obstacle) == (Problem.FAILURE, "", "")
    assert found.explanation.isprintable()
