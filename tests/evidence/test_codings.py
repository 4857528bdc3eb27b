"""Compressed pages are unpacked for reading, within a limit; bombs and damage are typed."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from habeas.evidence.codings import unpack

_PAGE = "Вымышленов А.Б. ".encode() * 200


def _raw_deflate(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(body) + machine.flush()


def test_the_usual_codings_are_undone() -> None:
    assert unpack(_PAGE, "").body == _PAGE
    assert unpack(_PAGE, "identity").body == _PAGE
    assert unpack(gzip.compress(_PAGE), "gzip").body == _PAGE
    assert unpack(gzip.compress(_PAGE), "X-GZIP").body == _PAGE
    assert unpack(zlib.compress(_PAGE), "deflate").body == _PAGE
    assert unpack(_raw_deflate(_PAGE), "deflate").body == _PAGE
    assert unpack(gzip.compress(_PAGE), "deflate").body == _PAGE
    assert unpack(gzip.compress(zlib.compress(_PAGE)), "deflate, gzip").body == _PAGE
    assert unpack(gzip.compress(_PAGE) + gzip.compress(b"more"), "gzip").body == _PAGE + b"more"
    assert unpack(gzip.compress(_PAGE) + b"\r\n", "gzip").body == _PAGE


def test_what_is_said_to_be_packed_and_is_not_stays_as_it_is() -> None:
    assert unpack(_PAGE, "gzip").body == _PAGE
    assert not unpack(_PAGE, "gzip").broken


def test_a_bomb_is_cut_at_the_limit_and_typed() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    unpacked = unpack(bomb, "gzip", limit=1_000_000)
    assert unpacked.too_large
    assert len(unpacked.body) == 1_000_000
    twice = unpack(gzip.compress(bomb), "gzip, gzip", limit=1_000_000)
    assert twice.too_large


def test_a_page_of_exactly_the_limit_is_not_too_large() -> None:
    unpacked = unpack(gzip.compress(bytes(1000)), "gzip", limit=1000)
    assert not unpacked.too_large
    assert len(unpacked.body) == 1000


def test_an_unknown_coding_is_named() -> None:
    assert unpack(b"\x0b\x02\x80", "br").unknown == "br"
    assert unpack(b"x", "gzip, gzip, gzip, gzip").unknown


@given(st.integers(11, 60))
def test_half_a_packed_page_is_never_a_whole_one(cut: int) -> None:
    packed = gzip.compress(_PAGE)
    assert unpack(packed[: min(cut, len(packed) - 1)], "gzip").broken


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "gzip, deflate", "x, y"]))
def test_any_bytes_are_taken_without_an_error(body: bytes, coding: str) -> None:
    assert len(unpack(body, coding, limit=10_000).body) <= 10_000
