"""Hearings and deadlines as iCalendar (RFC 5545), with codes for titles: a phone shows them locked.

A time that is not exact becomes whole days; one that has no beginning or no end, or is no time at
all, becomes a task without a date, so that nothing falls out of the calendar unseen.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override
from icalendar import Event, Todo

from habeas.cases.custody.states import STATES
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.ftm_facts import HEARINGS
from habeas.cases.sharing.lines import CUSTODY, plain
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.cases.statements.when import NotATime, When, known_zone, parse

DEADLINE = "deadline"
_SPACE = uuid5(NAMESPACE_URL, "https://habeas.invalid/calendar/")
_HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//habeas//sharing//EN\r\nCALSCALE:GREGORIAN\r\n"
_DONE = frozenset({"met", "missed"})


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a calendar, entry by entry."""
    out.write(_HEAD)
    with override(occasion.lang):
        for person in people:
            out.writelines(bytes(_entry(person, one, occasion).to_ical()) for one in dated(person))
    out.write(b"END:VCALENDAR\r\n")


def dated(person: OutgoingPerson) -> Iterator[OutgoingStatement]:
    """Yield what belongs into a calendar: hearings, trials, and deadlines that are still open."""
    for one in person.statements:
        trial = one.property == CUSTODY and one.value == "on_trial"
        if one.property in HEARINGS or trial or one.property == DEADLINE:
            yield one


def gaps(person: OutgoingPerson, _occasion: Occasion) -> list[str]:
    """Say which of them have no day that a calendar could show."""
    return [
        say("“%(label)s” has no exact beginning and end: it stands in the calendar as a task.")
        % {"label": one.label}
        for one in dated(person)
        if _span(one) is None
    ]


def _when(one: OutgoingStatement) -> When | None:
    """Return the time of a statement: of its `about`, else of its value if that is one."""
    for text in (one.about, one.value if one.property in HEARINGS else ""):
        try:
            return parse(text)
        except NotATime:
            continue
    return None


def _span(one: OutgoingStatement) -> tuple[date | datetime, date | datetime] | None:
    """Return beginning and end: moments in UTC where they are exact, else whole local days."""
    when = _when(one)
    if when is None or when.start is None or when.end is None:
        return None
    exact = all(part.grain in ("minute", "second") for part in (when.start, when.end))
    if exact and not when.approximate and known_zone(one.zone):
        first, last = when.bounds(one.zone)
        if first is None or last is None:
            return None
        return first, last if when.interval else first + timedelta(hours=1)
    last_day = (when.end.last - timedelta(microseconds=1)).date()
    return when.start.first.date(), last_day + timedelta(days=1)


def _entry(person: OutgoingPerson, one: OutgoingStatement, occasion: Occasion) -> Event | Todo:
    span = _span(one)
    entry = Todo() if span is None else Event()
    entry.add("uid", f"{uuid5(_SPACE, one.id)}@habeas.invalid")
    entry.add("dtstamp", one.recorded_at.astimezone(UTC))
    entry.add("summary", _title(person, one, dateless=span is None))
    entry.add("class", "CONFIDENTIAL")
    if span is not None:
        entry.add("dtstart", span[0])
        entry.add("dtend", span[1])
        entry.add("transp", "TRANSPARENT")
    told = say("As it was said: %(time)s (%(zone)s)") % {
        "time": plain(one.about or (one.value if one.property in HEARINGS else "–")),
        "zone": plain(one.zone),
    }
    entry.add("description", told)
    entry.add("last-modified", occasion.now.astimezone(UTC))
    return entry


def _title(person: OutgoingPerson, one: OutgoingStatement, *, dateless: bool) -> str:
    """Return code and kind: the words themselves may name somebody."""
    kind = str(STATES["on_trial"].word) if one.property == CUSTODY else one.label
    marks = [say("time not exact")] if dateless or _inexact(one) else []
    if one.details.get("standing") in _DONE:
        marks.append(say("done"))
    marks += [say("disputed")] if one.disputed else []
    return plain(" · ".join([person.code or person.id, kind, *marks]))


def _inexact(one: OutgoingStatement) -> bool:
    when = _when(one)
    if when is None or when.start is None or when.approximate or when.interval:
        return True
    return when.start.grain not in ("day", "minute", "second")


FORMAT = Format(
    key="calendar",
    label=later("Calendar of hearings and deadlines (iCalendar)"),
    uses=frozenset({"internal", "lawyer", "monitor"}),
    extension="ics",
    media_type="text/calendar",
    write=write,
    gaps=gaps,
)
