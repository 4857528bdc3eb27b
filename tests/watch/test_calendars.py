"""Hearings and events for a phone: codes, no names. All people are invented."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from habeas.watch.calendars import (
    events_feed,
    hearings,
    matched_events,
    standing_matches,
    start_of,
)
from habeas.watch.models import (
    Decision,
    Entry,
    Event,
    Look,
    Match,
    Mention,
    Person,
    Version,
    Watch,
)

_NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _match(verdict: str = "likely") -> Match:
    person = Person.objects.create(code="HB-1")
    watch = Watch.objects.create(source="ru_mosgorsud", court="tverskoj", every_s=3600)
    look = Look.objects.create(
        watch=watch, slot=_NOW, started_at=_NOW, finished_at=_NOW, outcome="found", adapter="x"
    )
    entry = Entry.objects.create(source="ru_mosgorsud", identity="u-1", first_look=look)
    facts = {"date": "25.11.2026", "time": "10:30"}
    version = Version.objects.create(entry=entry, look=look, digest="0" * 64, facts=facts)
    mention = Mention.objects.create(version=version, printed="Выдуманов Т.Н.", capacity="party")
    Event.objects.create(entry=entry, look=look, kind=Event.APPEARED, at=_NOW)
    return Match.objects.create(
        person=person,
        mention=mention,
        verdict=verdict,
        bits=20.0,
        namesakes=1.0,
        reasons=[],
        spellings=1,
    )


@pytest.mark.usefixtures("database")
def test_a_hearing_stands_in_the_calendar_at_the_courts_own_hour_without_a_name() -> None:
    _match()
    raw = hearings(standing_matches())
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    # Moscow is three hours ahead of UTC.
    assert event.decoded("dtstart") == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
    assert "HB-1" in str(event["summary"])
    assert "Выдуманов" not in raw.decode()


@pytest.mark.usefixtures("database")
def test_a_match_that_somebody_refused_is_in_no_calendar_and_no_feed() -> None:
    match = _match()
    Decision.objects.create(match=match, answer=Decision.NOT_SAME, by="owner")
    assert not Calendar.from_ical(hearings(standing_matches())).walk("VEVENT")
    assert not matched_events()
    Decision.objects.create(match=match, answer=Decision.OPEN, by="owner")
    assert len(matched_events()) == 1


@pytest.mark.usefixtures("database")
def test_an_undecidable_match_is_in_no_calendar() -> None:
    _match("cannot_tell")
    assert not list(standing_matches())


@pytest.mark.usefixtures("database")
def test_the_feed_is_atom_and_carries_codes_only() -> None:
    _match()
    raw = events_feed(matched_events(), "http://127.0.0.1/feed")
    root = ET.fromstring(raw)
    titles = [node.text for node in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1:] == ["HB-1: appeared, ru_mosgorsud"]
    assert "Выдуманов" not in raw.decode()


def test_an_hour_is_believed_only_where_the_zone_is_known() -> None:
    facts: dict[str, object] = {"date": "25.11.2026", "time": "10:30"}
    assert start_of(facts, "unknown_source") == date(2026, 11, 25)


@pytest.mark.parametrize("printed", ["", "31.02.2026", "soon", "25.11"])
def test_what_is_no_date_makes_no_hearing(printed: str) -> None:
    assert start_of({"date": printed}, "ru_mosgorsud") is None


@given(st.text(), st.text())
def test_any_text_of_a_court_is_read_without_an_exception(day: str, hour: str) -> None:
    start_of({"date": day, "time": hour}, "ru_mosgorsud")
