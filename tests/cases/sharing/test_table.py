"""Tables: no cell is a formula in any spreadsheet's settings, and each comes back as it was."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outgoing_people import HOSTILE, NAME, hostile, occasion, person, said, story

from habeas.cases.sharing.contract import formats
from habeas.cases.sharing.lines import plain
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.sharing.spreadsheet import as_it_was, harmless

_SIGNS = "=+-@\t\r＝＋－＠"
_LETTERS = st.text(st.sampled_from([*_SIGNS, "'", ";", ",", "|", "\n", " ", "a", "я"]))


def _read(key: str, *people: OutgoingPerson) -> list[dict[str, str]]:
    out = io.BytesIO()
    formats()[key].write(people, out, occasion())
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


@given(_LETTERS)
def test_a_cell_is_harmless_and_comes_back(text: str) -> None:
    cell = harmless(text)
    assert as_it_was(cell) == text
    for piece in [cell.lstrip(" "), *re.split(r"[;,|\n]", cell)[1:]]:
        assert not piece.startswith(tuple(_SIGNS))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_come_back(text: str) -> None:
    assert as_it_was(harmless(text)) == text


def test_no_cell_of_a_table_begins_like_a_formula() -> None:
    for key in ("persons", "statements"):
        for row in _read(key, story(), hostile()):
            for cell in row.values():
                assert not cell.startswith(tuple(_SIGNS))


def test_statements_are_read_back_as_they_were_said() -> None:
    whom = hostile()
    rows = _read("statements", whom)
    assert [as_it_was(row["as_said"]) for row in rows] == [
        plain(one.as_said) for one in whom.statements
    ]


def test_persons_carry_names_state_and_what_is_left_out() -> None:
    (row,) = _read("persons", story(left_out=3))
    assert row["name"] == NAME
    assert row["other_names"].split("\n") == ["نابود خیالی", "Nebilov V."]
    assert row["state_in_words"] == "in custody, Invented station 5"
    assert (row["left_out"], row["code"], row["birth_year"]) == ("3", "", "1984")


def test_a_name_that_may_not_be_named_is_in_no_cell() -> None:
    out = io.BytesIO()
    unnamed = person(said("note", "x"), names=(), withheld=frozenset({"name"}))
    formats()["statements"].write([unnamed], out, occasion())
    assert NAME.encode() not in out.getvalue()


def test_split_at_semicolons_no_piece_is_a_formula() -> None:
    out = io.BytesIO()
    formats()["statements"].write([hostile()], out, occasion())
    text = out.getvalue().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert not [cell for cell in row if cell.startswith(tuple(_SIGNS))]
