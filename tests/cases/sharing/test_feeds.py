"""Feeds: valid, of published changes only, and nothing in them leads back to our codes."""

import io
import json
from datetime import datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from outgoing_people import NAME, NOW, hostile, occasion, person, said, story

from habeas.cases.sharing.contract import Occasion, formats
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.errors import NotForTheseReaders

_ATOM = "{http://www.w3.org/2005/Atom}"


def _bytes(key: str, *people: OutgoingPerson, when: Occasion | None = None) -> bytes:
    out = io.BytesIO()
    formats()[key].write(people, out, when or occasion())
    return out.getvalue()


def _urn(text: str | None) -> None:
    assert text
    assert text.startswith("urn:uuid:")
    UUID(text)


def test_atom_has_all_that_rfc_4287_demands() -> None:
    feed = ET.fromstring(_bytes("atom", story(), hostile()))
    entries = feed.findall(f"{_ATOM}entry")
    assert len(entries) == len(story().statements) + len(hostile().statements)
    for one in [feed, *entries]:
        _urn(one.findtext(f"{_ATOM}id"))
        assert one.findtext(f"{_ATOM}title")
        assert datetime.fromisoformat(str(one.findtext(f"{_ATOM}updated"))).tzinfo
        assert one.findtext(f"{_ATOM}author/{_ATOM}name")
    ids = [one.findtext(f"{_ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids)
    for one in entries:
        content = one.find(f"{_ATOM}content")
        assert content is not None  # no alternate link, so it must be there
        assert content.get("type") == "text"
    links = {one.get("href") for one in feed.iter(f"{_ATOM}link")}
    assert links == {"https://gazette.invalid/1"}


def test_json_feed_says_the_same() -> None:
    feed = json.loads(_bytes("json-feed", story(), hostile()))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    for item in feed["items"]:
        _urn(item["id"])
        assert item["content_text"]
    texts = [item["content_text"] for item in feed["items"]]
    assert "accused (alleged): мошенничество. Invented prosecutor (prosecutor), 2026-11-20" in texts


def test_an_empty_feed_is_a_feed() -> None:
    assert json.loads(_bytes("json-feed"))["items"] == []
    assert ET.fromstring(_bytes("atom")).findtext(f"{_ATOM}updated") == "2026-11-24T14:30:00Z"


@pytest.mark.parametrize("key", ["atom", "json-feed", "public-list"])
@pytest.mark.parametrize("circle", ["internal", "lawyer", "monitor", "un"])
def test_what_some_may_see_is_never_written_for_everybody(key: str, circle: str) -> None:
    with pytest.raises(NotForTheseReaders) as refused:
        _bytes(key, story(), when=occasion(circle))
    assert "nothing left" in refused.value.kept


@pytest.mark.parametrize("key", ["atom", "json-feed"])
def test_codes_and_bare_ids_are_not_in_a_feed(key: str) -> None:
    whom = story(code="H7K3M")
    made = _bytes(key, whom).decode()
    assert "H7K3M" not in made
    assert whom.id not in made
    assert not [one for one in whom.statements if one.id in made]


@pytest.mark.parametrize("key", ["atom", "json-feed"])
def test_without_consent_there_is_no_story_and_no_name(key: str) -> None:
    silent = story(withheld=frozenset({"story"}))
    unnamed = person(said("note", "x"), names=(), withheld=frozenset({"name"}))
    made = _bytes(key, silent, unnamed).decode()
    assert "мошенничество" not in made
    assert NAME not in made


def test_only_what_is_newer_is_told() -> None:
    old = said("note", "old", recorded_at=NOW - timedelta(days=9))
    new = said("note", "new", recorded_at=NOW - timedelta(hours=1))
    since = occasion(changes_since=NOW - timedelta(days=1))
    (item,) = json.loads(_bytes("json-feed", person(old, new), when=since))["items"]
    assert item["content_text"].startswith("note: new.")
