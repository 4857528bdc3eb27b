"""Our canonical JSON is RFC 8785's, byte for byte, and no other spelling is read."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from habeas.evidence.seals.canonical import LARGEST, NotCanonical, canonical, parsed

_KEYS = st.text(st.characters(codec="ascii"), max_size=8)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_PLAIN = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | _TEXTS
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4)
)
_OBJECTS = st.dictionaries(_KEYS, _VALUES, max_size=5)


@given(_OBJECTS)
def test_the_bytes_are_those_of_another_makers_library(value: dict[str, Any]) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(_OBJECTS)
def test_what_was_written_is_read_back(value: dict[str, object]) -> None:
    assert parsed(canonical(value)) == value


@given(_OBJECTS, st.data())
def test_no_other_spelling_of_it_is_read(value: dict[str, object], data: st.DataObject) -> None:
    right = canonical(value)
    other = data.draw(
        st.sampled_from(
            [
                json.dumps(value).encode(),
                json.dumps(value, indent=1, ensure_ascii=False).encode(),
                b" " + right,
                right + b"\r",
                b"\xef\xbb\xbf" + right,
                right.decode().encode("utf-16-le"),
            ]
        )
    )
    if other != right:
        with pytest.raises(NotCanonical):
            parsed(other)


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a":1.5}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-0}',
        b'{"a":9007199254740992}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b"[1]",
        b"7",
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_these_are_not_canonical_objects(line: bytes) -> None:
    with pytest.raises(NotCanonical):
        parsed(line)


@pytest.mark.parametrize("value", [{"a": 0.5}, {"ключ": 1}, {"a": 2**53}, {"a": b"x"}, {1: 2}])
def test_what_has_no_place_is_not_written(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        canonical(value)


def test_a_lone_surrogate_is_not_written() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical({"a": "\ud800"})
