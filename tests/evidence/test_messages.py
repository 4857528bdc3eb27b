"""HTTP answers from bytes: the same result however they arrive, and whole only if whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.evidence.messages import Receiver

_COUNTED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
_CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nhello\r\n7;note=x\r\n, court\r\n0\r\nX-Trailer: 1\r\n\r\n"
)
_INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + _COUNTED


def _received(raw: bytes, *, clean: bool = True, method: str = "GET") -> Receiver:
    receiver = Receiver(method=method)
    receiver.feed(raw)
    receiver.close(clean=clean)
    return receiver


@pytest.mark.parametrize(
    ("raw", "payload"),
    [
        (_COUNTED, b"hello"),
        (_CHUNKED, b"hello, court"),
        (_INTERIM, b"hello"),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", b"until the end"),
        (b"HTTP/1.1 200\nContent-Length: 2\n\nok", b"ok"),
        (b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\n0\n\n", b"ok"),
    ],
)
def test_a_whole_answer_is_complete(raw: bytes, payload: bytes) -> None:
    receiver = _received(raw)
    assert receiver.complete
    assert receiver.payload == payload


@given(raw=st.sampled_from([_COUNTED, _CHUNKED, _INTERIM]), data=st.data())
def test_no_beginning_of_an_answer_passes_for_the_whole(raw: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(raw) - 1))
    assert not _received(raw[:cut]).complete


@given(
    raw=st.sampled_from([_COUNTED, _CHUNKED, _INTERIM]),
    cuts=st.lists(st.integers(1, 120), max_size=12),
)
def test_the_pieces_in_which_it_arrives_change_nothing(raw: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(raw), *(cut for cut in cuts if cut < len(raw))})
    receiver = Receiver()
    for start, end in pairwise(places):
        assert not receiver.complete
        receiver.feed(raw[start:end])
    assert receiver.complete
    assert (receiver.payload, receiver.head) == (_received(raw).payload, _received(raw).head)


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]
    ),
)
def test_any_bytes_are_taken_without_an_error(rest: bytes, start: bytes) -> None:
    receiver = Receiver()
    for place in range(0, len(start + rest), 7):
        receiver.feed((start + rest)[place : place + 7])
    receiver.close()
    assert len(receiver.payload) <= len(start + rest)


def test_an_end_by_closing_counts_only_if_the_connection_was_closed_cleanly() -> None:
    raw = b"HTTP/1.0 200 OK\r\n\r\n<table>half"
    assert _received(raw).complete
    assert not _received(raw, clean=False).complete
    assert _received(raw, clean=False).payload == b"<table>half"


def test_more_than_announced_is_kept_and_is_not_complete() -> None:
    receiver = _received(_COUNTED + b" and the rest of the list")
    assert not receiver.complete
    assert receiver.surplus == 25
    assert receiver.payload == b"hello"


def test_two_different_lengths_are_not_believed() -> None:
    receiver = _received(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello")
    assert not receiver.complete
    assert receiver.payload == b"hello"


def test_a_begun_chunk_is_given_and_is_not_complete() -> None:
    receiver = _received(_CHUNKED[: _CHUNKED.index(b", court") + 3])
    assert not receiver.complete
    assert receiver.payload == b"hello, c"


def test_chunks_that_make_no_sense_leave_all_bytes_and_no_completeness() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    plain = _received(head + b"<html>no chunks</html>\r\n")
    assert plain.payload == b"<html>no chunks</html>\r\n"
    assert plain.unchunked
    assert not plain.complete
    broken = _received(head + b"5\r\nhelloXX7\r\n, court\r\n0\r\n\r\n")
    assert broken.payload == b"hello"
    assert not broken.complete


def test_a_header_line_without_colon_does_not_hide_the_length_behind_it() -> None:
    receiver = _received(b"HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 9\r\n\r\nhello")
    assert receiver.announced == 9
    assert not receiver.complete


@pytest.mark.parametrize(
    "raw", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 " + b"x" * 300_000]
)
def test_what_is_not_http_is_said_so(raw: bytes) -> None:
    receiver = _received(raw)
    assert receiver.not_http
    assert receiver.finished
    assert receiver.payload == b""


def test_the_answer_to_head_has_no_body() -> None:
    assert _received(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", method="HEAD").complete
