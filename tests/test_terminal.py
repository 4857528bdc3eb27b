import json

from hypothesis import given
from hypothesis import strategies as st

from habeas.terminal import as_json, safe, safe_line

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_an_escape_sequence_is_shown_not_obeyed() -> None:
    assert safe("Выдуманов\x1b[2J И.И.") == "Выдуманов<U+001B>[2J И.И."
    assert safe("\x9b31m") == "<U+009B>31m"


def test_a_right_to_left_override_cannot_turn_a_name_around() -> None:
    assert safe("а\u202eб") == "а<U+202E>б"


@given(st.text())
def test_no_control_or_direction_character_of_any_text_is_left(text: str) -> None:
    line = safe_line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or c in _BIDI for c in line)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_is_safe_to_look_at_and_loses_nothing(text: str) -> None:
    line = as_json({"printed": text})
    assert json.loads(line) == {"printed": text}
    assert not any(ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or c in _BIDI for c in line)
