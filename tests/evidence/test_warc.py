"""Harm done to recordings costs the record it hits, and never passes for the page."""

import gzip
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.conftest import as_kept, as_plain, package, read

from habeas.errors import RecordingUnreadable
from habeas.evidence import Exchange, Limits, Problem, read_recording
from habeas.evidence.records import exchange_records

Make = Callable[..., Exchange]


_PLACES = st.integers(0, 9_999).map(lambda place: place / 9_999)


@given(data=st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_beginning_of_a_recording_is_read_as_more_than_it_is(
    tmp_path: Path, exchange: Make, data: st.DataObject
) -> None:
    pages = [exchange(b"first"), exchange(b"second")]
    packed = data.draw(st.booleans())
    content = b"".join((as_kept if packed else as_plain)(page) for page in pages)
    # Record ids are random, so the length of the packed bytes is not the same every time.
    cut = int(data.draw(_PLACES) * (len(content) - 1))
    for found in read(tmp_path / "x", content[:cut]):
        if found.problem is None:
            assert found.payload in {b"first", b"second"}
            assert found.complete


@given(data=st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_changed_byte_passes_for_the_recorded_page(
    tmp_path: Path, exchange: Make, data: st.DataObject
) -> None:
    made = exchange(b"<td>Vymyshlenov A. B.</td>" * 3)
    packed = data.draw(st.booleans())
    content = bytearray(as_kept(made) if packed else as_plain(made))
    content[int(data.draw(_PLACES) * (len(content) - 1))] ^= data.draw(st.integers(1, 255))
    for found in read(tmp_path / "x", bytes(content)):
        if found.problem is None and found.digest_ok:
            assert found.payload == made.payload


@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", b"WARC/1.1\r\n", b"\x1f\x8b\x08", b"PK\x03\x04"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_back_as_problems(tmp_path: Path, content: bytes, start: bytes) -> None:
    found = read(tmp_path / "x", start + content)
    assert found
    assert all(one.problem is not None and one.explanation for one in found)


def test_a_damaged_member_costs_one_record(tmp_path: Path, exchange: Make) -> None:
    parts = [
        [one.stored for one in exchange_records(exchange(page), filename="x")]
        for page in (b"one", b"two", b"three")
    ]
    damaged = bytearray(parts[1][2])
    damaged[40] ^= 0xFF
    parts[1][2] = bytes(damaged)
    found = read(tmp_path / "x", b"".join(b"".join(part) for part in parts))
    assert [one.payload for one in found if one.problem is None] == [b"one", b"three"]
    problems = [one for one in found if one.problem is not None]
    assert [one.problem for one in problems] == [Problem.DAMAGED]
    assert problems[0].explanation == "Part of the recording is damaged and could not be read."
    assert problems[0].offset > 0


def test_a_wrong_length_costs_one_record_of_an_unpacked_recording(
    tmp_path: Path, exchange: Make
) -> None:
    first = as_plain(exchange(b"one"))
    broken = first.replace(b"Content-Length: ", b"Content-Length: x", 1)
    found = read(tmp_path / "x", broken + as_plain(exchange(b"two")))
    assert [one.payload for one in found if one.problem is None] == [b"one", b"two"]
    assert [one.problem for one in found if one.problem] == [Problem.DAMAGED]


def test_an_edited_name_does_not_fit_the_digest(tmp_path: Path, exchange: Make) -> None:
    content = as_plain(exchange(b"Vymyshlenov A. B.")).replace(b"Vymyshlenov", b"Vymyshlenin", 1)
    (found,) = read(tmp_path / "x", content)
    assert found.digest_ok is False
    assert found.problem is Problem.DIGEST
    assert found.payload == b"Vymyshlenin A. B."
    assert found.explanation == (
        "The recorded bytes are not those that were hashed when they came."
    )


def test_a_torn_last_record_is_told(tmp_path: Path, exchange: Make) -> None:
    whole = as_kept(exchange(b"one"))
    info, request, response, _facts = (
        one.stored for one in exchange_records(exchange(b"two" * 500), filename="x")
    )
    found = read(tmp_path / "x", whole + info + request + response[:-9])
    assert found[0].payload == b"one"
    assert found[-1].problem is Problem.TRUNCATED
    assert not found[-1].complete
    assert not any(one.payload == b"two" * 500 and one.problem is None for one in found)


def test_a_large_record_is_passed_over_and_typed(tmp_path: Path, exchange: Make) -> None:
    limits = Limits(payload=10_000)
    large, small = exchange(bytes(2_000_000)), exchange(b"small")
    for content in (as_kept(large) + as_kept(small), as_plain(large) + as_plain(small)):
        found = read(tmp_path / "x", content, limits)
        assert [(one.problem, one.payload) for one in found] == [
            (Problem.TOO_LARGE, b""),
            (None, b"small"),
        ]
        assert found[0].url == "https://court.example/list"


def test_a_large_record_that_is_cut_is_told(tmp_path: Path, exchange: Make) -> None:
    content = as_plain(exchange(bytes(2_000_000)))[:1_500_000]
    found = read(tmp_path / "x", content, Limits(payload=10_000))
    assert [one.problem for one in found] == [Problem.TRUNCATED]


def test_a_bomb_inside_an_answer_is_typed(tmp_path: Path, exchange: Make) -> None:
    bomb = gzip.compress(bytes(5_000_000))
    response = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    ) + bomb
    made = replace(exchange(), response=response, payload=bomb)
    found = read(tmp_path / "x", as_kept(made) + as_kept(exchange()), Limits(payload=100_000))
    assert [one.problem for one in found] == [Problem.TOO_LARGE, None]


def test_a_bomb_as_a_recording_costs_no_memory_and_the_rest_is_read(
    tmp_path: Path, exchange: Make
) -> None:
    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 300000000\r\n\r\n"
    bomb = gzip.compress(head + bytes(300_000_000), 1)
    path = tmp_path / "x"
    path.write_bytes(bomb + as_kept(exchange()))
    tracemalloc.start()
    found = list(read_recording(path, Limits(payload=100_000, unpacked=5_000_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.problem for one in found] == [Problem.TOO_LARGE, None]
    assert peak < 8_000_000


@pytest.mark.parametrize("line", [b"X" * 3_000_000, b"A: b\r\n" * 500, b"\r\n" * 500])
def test_endless_headers_are_a_damage(tmp_path: Path, exchange: Make, line: bytes) -> None:
    for pack in (bytes, gzip.compress):
        content = pack(b"WARC/1.1\r\nWARC-Type: response\r\n" + line + b"\r\n\r\n")
        found = read(tmp_path / "x", content + pack(as_plain(exchange())))
        assert [one.problem for one in found] == [Problem.DAMAGED, None]


def test_a_file_of_false_beginnings_is_given_up(tmp_path: Path) -> None:
    found = read(tmp_path / "x", b"WARC/1.1\r\nContent-Length: x\r\n\r\n" * 5000)
    assert len(found) < 300
    assert {one.problem for one in found} == {Problem.DAMAGED}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.NO_ANSWER),
        (gzip.compress(b""), Problem.NO_ANSWER),
        (b"<html>", Problem.NOT_A_RECORDING),
        (gzip.compress(b"<html>"), Problem.DAMAGED),
        (b"PK\x03\x04 and no more", Problem.TRUNCATED),
        (package({"readme.txt": b"x"}), Problem.NO_ANSWER),
        (package({"archive/a.warc": b"x"}), Problem.NOT_A_RECORDING),
        (package({"archive/a.warc": b"x"})[:60], Problem.TRUNCATED),
    ],
)
def test_a_file_without_any_answer_is_a_problem(
    tmp_path: Path, content: bytes, problem: Problem
) -> None:
    assert [one.problem for one in read(tmp_path / "x", content)] == [problem]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordingUnreadable, match="No such file or directory"):
        list(read_recording(tmp_path / "missing.warc"))


def test_memory_stays_flat_over_many_records(tmp_path: Path, exchange: Make) -> None:
    path = tmp_path / "many.warc.gz"
    page = as_kept(exchange(bytes(range(256)) * 400))
    with path.open("wb") as file:
        for _ in range(300):
            file.write(page)
    tracemalloc.start()
    assert sum(1 for one in read_recording(path) if one.digest_ok) == 300
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000
