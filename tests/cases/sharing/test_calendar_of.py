"""The calendar: coded titles, ids that stay, and no time that is dropped unseen."""

import io
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from outgoing_people import NAME, hostile, occasion, person, said, story

from habeas.cases.sharing.formats import calendar_of
from habeas.cases.sharing.outgoing import OutgoingPerson


def _read(*people: OutgoingPerson) -> Calendar:
    out = io.BytesIO()
    calendar_of.write(people, out, occasion("lawyer"))
    read = Calendar.from_ical(out.getvalue())
    assert isinstance(read, Calendar)
    return read


def test_every_hearing_and_deadline_is_an_event_or_a_task() -> None:
    read = _read(story(code="H7K3M"))
    assert len(read.walk("VEVENT")) == 3
    assert len(read.walk("VTODO")) == 1


@pytest.mark.parametrize(
    ("about", "start", "end"),
    [
        ("2026-11-26T10:00", datetime(2026, 11, 26, 7, tzinfo=UTC),
         datetime(2026, 11, 26, 8, tzinfo=UTC)),
        ("2026-11-26", date(2026, 11, 26), date(2026, 11, 27)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-12-01/2026-12-05", date(2026, 12, 1), date(2026, 12, 6)),
        ("2026-11-26T10:00~", date(2026, 11, 26), date(2026, 11, 27)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_times_are_as_exact_as_they_were_said(
    about: str, start: date | datetime, end: date | datetime
) -> None:
    (event,) = _read(person(said("deadline", "appeal", about=about))).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (start, end)


@pytest.mark.parametrize("about", ["", "2026-11-26/..", "../2026-11-26", "when they let him"])
def test_a_time_without_beginning_or_end_is_a_task_and_a_gap(about: str) -> None:
    whom = person(said("deadline", "appeal", about=about))
    (task,) = _read(whom).walk("VTODO")
    assert "dtstart" not in task
    assert len(calendar_of.gaps(whom, occasion())) == 1


def test_titles_hold_a_code_and_no_words_of_anybody() -> None:
    whom = story(code="H7K3M")
    out = io.BytesIO()
    calendar_of.write([whom], out, occasion("lawyer"))
    made = out.getvalue().decode().replace("\r\n ", "")
    assert "H7K3M · deadline" in made
    for word in (NAME, "Небылов", "appeal", "Invented Court"):
        assert word not in made


def test_ids_stay_from_one_export_to_the_next() -> None:
    whom = story()
    assert [one["uid"] for one in _read(whom).walk("VEVENT")] == [
        one["uid"] for one in _read(whom).walk("VEVENT")
    ]


def test_hostile_values_add_no_entry() -> None:
    whom = hostile()
    expected = len(list(calendar_of.dated(whom)))
    read = _read(whom)
    assert len(read.walk("VEVENT")) + len(read.walk("VTODO")) == expected
