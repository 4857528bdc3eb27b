"""FollowTheMoney: every entity and row is taken, two sources stay two rows."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import ftm_library
import pytest
from outgoing_people import NAME, hostile, identity, occasion, person, said, story

from habeas.cases.sharing.contract import formats
from habeas.cases.sharing.formats import ftm
from habeas.cases.sharing.ftm_facts import day_of
from habeas.cases.sharing.outgoing import OutgoingPerson


def _lines(key: str, *people: OutgoingPerson) -> list[dict[str, object]]:
    out = io.BytesIO()
    formats()[key].write(people, out, occasion())
    # Not splitlines: texts hold other signs that end lines.
    return [json.loads(line) for line in out.getvalue().decode().split("\n") if line]


def _entities(*people: OutgoingPerson) -> list[dict[str, object]]:
    return _lines("ftm", *people)


def test_every_property_is_one_of_its_schema() -> None:
    schemata = ftm_library.schemata()
    seen = set()
    for entity in _entities(story(), hostile()):
        schema = str(entity["schema"])
        properties = entity["properties"]
        assert isinstance(properties, dict)
        assert set(schemata[schema]["required"]) <= set(properties), schema
        assert set(properties) <= set(schemata[schema]["properties"]), schema
        assert all(text.strip() for texts in properties.values() for text in texts), schema
        seen.add(schema)
    assert {"Person", "Passport", "Event", "CourtCase", "CourtCaseParty", "PublicBody"} <= seen
    assert {"Article", "Documentation", "Representation", "UnknownLink"} <= seen


@pytest.mark.skipif(not ftm_library.PYTHON.exists(), reason=ftm_library.MISSING)
def test_the_real_library_takes_every_entity_and_statement(tmp_path: Path) -> None:
    people = [story(), hostile()]
    for name, key in (("entities", "ftm"), ("csv", "ftm-statements"),
                      ("json", "ftm-statements-json")):  # fmt: skip
        with (tmp_path / name).open("wb") as out:
            formats()[key].write(people, out, occasion())
    told = ftm_library.asked(tmp_path)
    assert told["wrong"] == []
    assert told["entities"] > 50
    assert told["same"]
    rows = told["rows"]
    assert len({row["id"] for row in rows}) == len(rows) > 400


def test_every_entity_that_is_named_is_written_and_written_once() -> None:
    entities = _entities(story(), replace(story(), id=identity("second")))
    ids = [str(one["id"]) for one in entities]
    assert len(ids) == len(set(ids))
    links = ("holder", "party", "case", "document", "entity", "agent", "client", "subject",
             "object", "involved", "proof")  # fmt: skip
    for entity in entities:
        properties = entity["properties"]
        assert isinstance(properties, dict)
        for prop in links:
            assert set(properties.get(prop, [])) <= set(ids)


def test_each_spelling_is_a_value_of_its_own() -> None:
    me = next(one for one in _entities(story()) if one["schema"] == "Person")
    properties = me["properties"]
    assert isinstance(properties, dict)
    assert properties["name"] == [NAME, "نابود خیالی"]
    assert properties["alias"] == ["Nebilov V."]


def test_two_who_say_the_same_are_two_rows_of_one_value() -> None:
    one, other = said("accusation", "theft"), said("accusation", "theft", speaker="Ministry")
    rows = [row for row in _lines("ftm-statements-json", person(one, other))
            if row["prop"] == "role"]  # fmt: skip
    assert len(rows) == len({row["id"] for row in rows}) == 2
    assert {row["origin"] for row in rows} == {"The Invented Court (court)", "Ministry (court)"}


def test_an_accusation_is_never_without_the_word() -> None:
    text = json.dumps(_entities(story()), ensure_ascii=False)
    assert "accused (alleged): мошенничество. Invented prosecutor" in text
    assert "article of the charge: alleged: 247 ч. 4" in text
    assert "crime" not in text


@pytest.mark.parametrize(
    ("edtf", "day"),
    [("2021-03-25", "2021-03-25"), ("2021-03", "2021-03"), ("2021", "2021"), ("2021-03-25?", ""),
     ("2021-03-25/2021-03-26", ""), ("202X", ""), ("../2021", ""), ("soon", ""),
     ("2021-03-25T14:10", "2021-03-25T14:10:00")],
)  # fmt: skip
def test_a_time_that_does_not_fit_is_left_to_the_words(edtf: str, day: str) -> None:
    assert day_of(edtf) == day


def test_a_long_value_is_cut_where_it_must_be_and_whole_beside() -> None:
    text = "я" * 100_000
    me = next(
        one for one in _entities(person(said("birth_place", text))) if one["schema"] == "Person"
    )
    properties = me["properties"]
    assert isinstance(properties, dict)
    assert len(properties["birthPlace"][0]) == 1000
    assert sum(note.count("я") for note in properties["notes"]) >= 60_000


def test_the_table_has_the_columns_of_a_statement() -> None:
    out = io.BytesIO()
    ftm.statements_csv([story()], out, occasion())
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert set(rows[0]) == set(ftm.COLUMNS)
    assert {row["external"] for row in rows} == {"f"}


def test_custody_names_the_same_person_and_keeps_the_speaker() -> None:
    me = next(one for one in _entities(story()) if one["schema"] == "Person")
    (line,) = _lines("ftm-custody", story())
    assert line["entity_id"] == me["id"]
    (stay,) = line["stays"] if isinstance(line["stays"], list) else []
    assert stay["speaker"] == "The Invented Court"
    assert stay["details"]["latitude"] == "55.7512345"
