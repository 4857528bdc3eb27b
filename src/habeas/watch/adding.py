"""Adds people and sources to watch, one at a time or from files."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from habeas.errors import HabeasError, ListRefused, NothingToCompare
from habeas.language import _
from habeas.names import Matcher, Sought
from habeas.sources.contract import Query
from habeas.sources.registry import source
from habeas.watch.decisions import add_spelling
from habeas.watch.models import Person, Watch

SEPARATOR = "|"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SHORTEST_S = 60
_DAYS_BACK, _DAYS_AHEAD = 1, 7


@dataclass(frozen=True, slots=True)
class Wish:
    """A source to watch, as a user writes it.

    Attributes:
        every: ISO 8601 duration ("PT6H"), empty for the source's own.
    """

    source: str
    court: str = ""
    every: str = ""
    route: str = "direct"
    days_back: int = _DAYS_BACK
    days_ahead: int = _DAYS_AHEAD
    by_name: bool = False


def seconds_of(duration: str) -> int:
    """Return the seconds of an ISO 8601 duration of days and smaller ("P1D", "PT6H30M").

    Raises:
        ValueError: it is none, or shorter than a minute.
    """
    found = _DURATION.fullmatch(duration.strip())
    days, hours, minutes, seconds = (
        (int(part or 0) for part in found.groups()) if found else (0,) * 4
    )
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if total < _SHORTEST_S:
        raise ValueError(duration)
    return total


def add_person(
    names: str, at: datetime, *, code: str = "", birth_year: int | None = None
) -> Person:
    """Add a person, or spellings to one whose code is known; the past is screened for them.

    Args:
        names: one or more names, separated by " | ".
        at: now (aware).
        code: what alerts say instead of the name; "P1", "P2" and so on if empty.
        birth_year: year of birth, if known.

    Raises:
        NothingToCompare: there is no name in `names`.
        NameTooLong: a name has more than 1000 characters.
        ValueError: the code has other characters than letters, digits, - and _, or more than 16.
    """
    spellings = [" ".join(name.split()) for name in names.split(SEPARATOR) if name.strip()]
    if not spellings:
        raise NothingToCompare(names)
    if code and not _CODE.fullmatch(code):
        raise ValueError(code)
    Matcher(Sought(tuple(spellings)))
    with transaction.atomic():
        person, _made = Person.objects.get_or_create(
            code=code or _next_code(), defaults={"birth_year": birth_year, "added_at": at}
        )
        for text in spellings:
            add_spelling(person, text, "user", at)
    return person


def _next_code() -> str:
    taken = set(Person.objects.values_list("code", flat=True))
    number = len(taken) + 1
    while f"P{number}" in taken:
        number += 1
    return f"P{number}"


def add_source(wish: Wish, at: datetime) -> Watch:
    """Add a source, or one court of it; one that is watched already is left as it is.

    Raises:
        SourceUnknown: the catalogue has no such source.
        ValueError: the interval or the court cannot be used; says which.
    """
    known = source(wish.source)
    try:
        every_s = seconds_of(wish.every or known.every)
    except ValueError as error:
        cause = _("{every} is no interval of a minute or more, like PT6H or P1D")
        raise ValueError(cause.format(every=repr(wish.every))) from error
    courts = (wish.court,) if wish.court else ()
    try:
        list(known.adapter.plan(Query(days=(at.date(),), courts=courts)))
    except KeyError as error:
        cause = _("{source} has no court {court}")
        raise ValueError(cause.format(source=wish.source, court=repr(wish.court))) from error
    watch, made = Watch.objects.get_or_create(
        source=wish.source,
        court=wish.court,
        route=wish.route,
        defaults={
            "every_s": every_s,
            "by_name": wish.by_name,
            "days_back": wish.days_back,
            "days_ahead": wish.days_ahead,
            "added_at": at,
        },
    )
    if not made and watch.stopped_at is not None:
        watch.stopped_at = None
        watch.save(update_fields=["stopped_at"])
    return watch


def people_from(path: Path, at: datetime) -> list[Person]:
    """Add the people of a CSV file with the columns `names` and, if wanted, `code`, `birth_year`.

    Raises:
        ListRefused: a line cannot be used; nothing of the file is taken over.
    """
    added = []
    with transaction.atomic():
        for line, row in _rows(path, needed="names"):
            year = row.get("birth_year", "")
            if year and not (year.isascii() and year.isdigit() and len(year) == 4):
                raise ListRefused(path.name, line, _("{year} is no year").format(year=repr(year)))
            try:
                person = add_person(
                    row["names"],
                    at,
                    code=row.get("code", ""),
                    birth_year=int(year) if year else None,
                )
            except HabeasError as error:
                raise ListRefused(path.name, line, error.happened) from error
            except ValueError as error:
                words = _("{code} is no code: letters, digits, - and _, up to 16")
                raise ListRefused(path.name, line, words.format(code=repr(str(error)))) from error
            added.append(person)
    return added


def sources_from(path: Path, at: datetime) -> list[Watch]:
    """Add the sources of a CSV file with the column `source`.

    Further columns, if wanted: `court`, `every`, `route`, `days_back`, `days_ahead`.

    Raises:
        ListRefused: a line cannot be used; nothing of the file is taken over.
    """
    added = []
    with transaction.atomic():
        for line, row in _rows(path, needed="source"):
            try:
                added.append(add_source(_wish(row), at))
            except HabeasError as error:
                raise ListRefused(path.name, line, error.happened) from error
            except ValueError as error:
                raise ListRefused(path.name, line, str(error)) from error
    return added


def _wish(row: dict[str, str]) -> Wish:
    return Wish(
        source=row["source"],
        court=row.get("court", ""),
        every=row.get("every", ""),
        route=row.get("route") or "direct",
        days_back=int(row.get("days_back") or _DAYS_BACK),
        days_ahead=int(row.get("days_ahead") or _DAYS_AHEAD),
    )


def _rows(path: Path, *, needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of a CSV file with a heading; lines that begin with # are not.

    Raises:
        ListRefused: it is no such file.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ListRefused(path.name, 1, _("the file is no text in UTF-8")) from error
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    rows = csv.reader(line for _number, line in lines)
    heading = [name.strip() for name in next(rows, [])]
    if needed not in heading:
        words = _("the first line has no column “{column}”")
        raise ListRefused(path.name, 1, words.format(column=needed))
    for (number, _line), cells in zip(lines[1:], rows, strict=False):
        yield number, dict(zip(heading, (cell.strip() for cell in cells), strict=False))
