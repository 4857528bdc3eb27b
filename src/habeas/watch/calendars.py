"""Hearings as iCalendar and events as Atom, for a phone or a feed reader: codes, no names.

The addresses of these are secrets in themselves; whoever holds one learns dates and codes only.
"""

import hmac
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from habeas.finding.looked import STANDING
from habeas.language import _
from habeas.terminal import safe_line
from habeas.watch.models import Decision, Event, Match

# Courts print local time. Where a source's zone is not known, a hearing is a whole-day event.
_ZONES = {"ru_mosgorsud": "Europe/Moscow", "by_courts": "Europe/Minsk", "tj_sud": "Asia/Dushanbe"}
_DAY = re.compile(r"\b(\d{2})\.(\d{2})\.(\d{4})\b")
_HOUR = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_DATE_KEYS = ("date", "hearing_date", "when")
_TIME_KEYS = ("time", "hearing_time", "when")
_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 500


def feed_token() -> str:
    """Return the secret part of the feeds' addresses: derived from this installation's key."""
    return hmac.new(settings.SECRET_KEY.encode(), b"feeds", sha256).hexdigest()[:32]


def standing_matches() -> Iterator[Match]:
    """Yield the matches that stand: worth a person's time, and not refused by anybody."""
    verdicts = [str(verdict) for verdict in STANDING]
    matches = Match.objects.filter(verdict__in=verdicts).select_related(
        "person", "mention__version__entry", "mention__version__look"
    )
    for match in matches.order_by("-id")[:_MOST]:
        last = match.decisions.order_by("-id").first()
        if last is None or last.answer != Decision.NOT_SAME:
            yield match


def hearings(matches: Iterable[Match]) -> bytes:
    """Return an iCalendar of the hearings of matched entries (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//habeas//hearings//EN")
    calendar.add("version", "2.0")
    seen: set[tuple[str, str]] = set()
    for match in matches:
        entry = match.mention.version.entry
        facts = match.mention.version.facts
        if (match.person.code, entry.identity) in seen:
            continue
        start = start_of(facts, entry.source)
        if start is None:
            continue
        seen.add((match.person.code, entry.identity))
        event = CalendarEvent()
        identity = sha256(f"{match.person.code}|{entry.source}|{entry.identity}".encode())
        event.add("uid", f"{identity.hexdigest()[:32]}@habeas.invalid")
        event.add("summary", f"{match.person.code}: {_('hearing')}, {entry.source}")
        event.add("dtstamp", match.made_at)
        event.add("dtstart", start)
        if isinstance(start, datetime):
            event.add("dtend", start + timedelta(hours=1))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def start_of(facts: dict[str, object], source: str) -> date | datetime | None:
    """Return when a hearing begins: with its hour only where the court's time zone is known."""
    text = " ".join(str(facts.get(key, "")) for key in _DATE_KEYS)
    day = _DAY.search(text)
    if day is None:
        return None
    try:
        found = date(int(day.group(3)), int(day.group(2)), int(day.group(1)))
        hour = _HOUR.search(" ".join(str(facts.get(key, "")) for key in _TIME_KEYS))
        if hour is None or source not in _ZONES:
            return found
        clock = time(int(hour.group(1)), int(hour.group(2)))
    except ValueError:
        return None
    return datetime.combine(found, clock, ZoneInfo(_ZONES[source])).astimezone(UTC)


def events_feed(events: Iterable[Event], address: str) -> bytes:
    """Return an Atom feed (RFC 4287) of events of matched entries; codes of people, no names."""
    feed = Element("feed", xmlns=_ATOM)
    newest = datetime(1970, 1, 1, tzinfo=UTC)
    SubElement(feed, "id").text = f"urn:habeas:events:{sha256(address.encode()).hexdigest()[:16]}"
    SubElement(feed, "title").text = _("habeas: events")
    updated = SubElement(feed, "updated")
    author = SubElement(feed, "author")
    SubElement(author, "name").text = "habeas"
    for event in events:
        newest = max(newest, event.at)
        entry = SubElement(feed, "entry")
        SubElement(entry, "id").text = f"urn:habeas:event:{event.pk}"
        codes = sorted(
            set(Match.objects.filter(
                mention__version__entry=event.entry
            ).values_list("person__code", flat=True))
        )  # fmt: skip
        title = f"{', '.join(codes)}: {event.kind}, {event.entry.source}"
        SubElement(entry, "title").text = safe_line(title)
        SubElement(entry, "updated").text = event.at.isoformat()
        SubElement(entry, "summary").text = safe_line(", ".join(sorted(event.changes)))
    updated.text = newest.isoformat()
    text: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def matched_events() -> list[Event]:
    """Return the newest events of entries in which a match stands."""
    entries = {match.mention.version.entry.pk for match in standing_matches()}
    return list(
        Event.objects.filter(entry__in=entries).select_related("entry").order_by("-id")[:_MOST]
    )
