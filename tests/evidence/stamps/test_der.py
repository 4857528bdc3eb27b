"""The lenient reader takes what real authorities send, and nothing that is no DER or BER."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.evidence.stamps.der import Element, NotDer, elements, octets, only


def test_long_forms_of_short_lengths_are_read() -> None:
    assert only(bytes.fromhex("30820003020105")).parts()[0].whole() == 5
    assert only(bytes.fromhex("3081 03 020105".replace(" ", ""))).parts()[0].whole() == 5


def test_elements_without_a_length_end_with_two_zeros() -> None:
    inner = bytes.fromhex("308002010730800101ff00000000")
    first, second = only(inner).parts()
    assert first.whole() == 7
    assert second.parts()[0].content == b"\xff"
    assert only(inner).raw == inner


def test_an_octet_string_may_come_in_pieces() -> None:
    assert octets(only(bytes.fromhex("2480040261620401630000"), 0x24)) == b"abc"
    assert octets(only(b"\x04\x02ab", 0x04)) == b"ab"


@pytest.mark.parametrize(
    ("raw", "dotted"),
    [
        ("06092a864886f70d010702", "1.2.840.113549.1.7.2"),
        ("0603550403", "2.5.4.3"),
        ("0603883703", "2.999.3"),
    ],
)
def test_object_identifiers_are_read(raw: str, dotted: str) -> None:
    assert only(bytes.fromhex(raw), 0x06).oid() == dotted


def test_negative_numbers_are_negative() -> None:
    assert only(b"\x02\x01\xff", 0x02).whole() == -1


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "30",
        "3002",
        "300202",
        "3085ffffffffff",
        "1f810000",
        "04800000",
        "3080020107",
        "300302010500",
        "020100",
    ],
)
def test_what_is_cut_or_makes_no_sense_is_refused(raw: str) -> None:
    with pytest.raises(NotDer):
        only(bytes.fromhex(raw)).parts()


def test_the_wrong_kind_of_element_is_refused() -> None:
    number = Element(0x02, b"\x01", b"\x02\x01\x01")
    for read in (number.oid, lambda: octets(number), Element(0x04, b"", b"").whole):
        with pytest.raises(NotDer):
            read()
    with pytest.raises(NotDer):
        Element(0x06, b"\x80", b"").oid()


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(NotDer):
        only(b"\x30\x80" * 100)


def test_more_elements_than_any_reply_has_are_refused() -> None:
    with pytest.raises(NotDer):
        Element(0x30, b"\x05\x00" * 5000, b"").parts()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = list(elements(content))
    except NotDer:
        return
    assert b"".join(one.raw for one in found) == content
