"""PFIF 1.4: fields, order and statuses as its reference lists them; records that end.

The rules below are ours, written from the field list of PFIF 1.4: there is no schema file of its
authors that we know of.
"""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from outgoing_people import HOSTILE, NAME, hostile, occasion, person, said, story

from habeas.cases.sharing.formats import pfif
from habeas.cases.sharing.outgoing import OutgoingPerson

_NS = f"{{{pfif.NAMESPACE}}}"
_PERSON = [
    "person_record_id", "entry_date", "expiry_date", "author_name", "author_email",
    "author_phone", "source_name", "source_date", "source_url", "full_name", "given_name",
    "family_name", "alternate_names", "description", "sex", "date_of_birth", "age", "home_street",
    "home_neighborhood", "home_city", "home_state", "home_postal_code", "home_country",
    "photo_url", "profile_urls", "note",
]  # fmt: skip
_NOTE = [
    "note_record_id", "person_record_id", "linked_person_record_id", "entry_date", "author_name",
    "author_email", "author_phone", "source_date", "author_made_contact", "status",
    "email_of_found_person", "phone_of_found_person", "last_known_location", "text", "photo_url",
]  # fmt: skip
_STATUSES = {"information_sought", "is_note_author", "believed_alive", "believed_missing",
             "believed_dead"}  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _parsed(*people: OutgoingPerson) -> ET.Element:
    out = io.BytesIO()
    pfif.write(people, out, occasion())
    return ET.fromstring(out.getvalue())


def _ordered(element: ET.Element, allowed: list[str]) -> None:
    names = [child.tag.removeprefix(_NS) for child in element]
    places = [allowed.index(name) for name in names]
    assert places == sorted(places)
    single = [name for name in names if name != "note"]
    assert len(single) == len(set(single))
    for child in element:
        if child.tag.endswith("_date"):
            assert _MOMENT.fullmatch(child.text or "")


def _check(root: ET.Element) -> None:
    assert root.tag == f"{_NS}pfif"
    for record in root:
        assert record.tag == f"{_NS}person"
        _ordered(record, _PERSON)
        for name in ("person_record_id", "source_date"):
            assert record.findtext(_NS + name)
        for note in record.iter(f"{_NS}note"):
            _ordered(note, _NOTE)
            for name in ("note_record_id", "author_name", "source_date", "text"):
                assert note.findtext(_NS + name)
            assert note.findtext(f"{_NS}status", "believed_dead") in _STATUSES


def test_records_follow_the_list_of_fields_also_of_hostile_values() -> None:
    root = _parsed(story(), hostile())
    _check(root)
    assert root.findtext(f"{_NS}person/{_NS}full_name") == NAME
    texts = [element.text or "" for element in root.iter()]
    assert any("<script>alert(1)</script>" in text for text in texts)
    assert any("nul\ufffd bell\ufffd" in text for text in texts)
    assert any(HOSTILE[11] in text for text in texts)


def test_custody_is_said_in_text_and_place() -> None:
    note = next(one for one in _parsed(story()).iter(f"{_NS}note") if one.find(f"{_NS}status")
                is not None)  # fmt: skip
    assert note.findtext(f"{_NS}last_known_location") == "Invented station 5"
    assert "in custody" in str(note.findtext(f"{_NS}text"))
    assert "The Invented Court" in str(note.findtext(f"{_NS}author_name"))


@pytest.mark.parametrize("state", ["removed", "transferring", "unknown", "sentenced"])
def test_a_state_that_pfif_does_not_know_claims_nothing(state: str) -> None:
    root = _parsed(person(said("custody", state)))
    assert root.findtext(f".//{_NS}status") == "information_sought"


def test_a_record_ends_by_itself() -> None:
    assert _parsed(story()).findtext(f".//{_NS}expiry_date") == "2027-01-23T14:30:00Z"


def test_of_whom_nothing_may_leave_only_a_placeholder_is_written() -> None:
    root = _parsed(person(names=(), birth_year=None))
    (record,) = root
    assert [one.tag.removeprefix(_NS) for one in record] == [
        "person_record_id",
        "entry_date",
        "expiry_date",
        "source_date",
    ]
