"""Actions, needs, deadlines and threats on a person's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.actions.words import DEADLINE, Kind
from habeas.cases.actions.words import KINDS as LISTS
from habeas.cases.statements import reading
from habeas.cases.statements.models import Statement, Subject

ANCHOR, TITLE = "actions", later("Done and to be done")
ORDER = 50
TEMPLATE = "actions/section.html"
KINDS = (Subject.PERSON, Subject.EVENT, Subject.LEGAL_CASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with its words."""

    statement: Statement
    sort: Promise | str
    standing: Promise | str
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """All entries of one kind."""

    key: str
    kind: Kind
    entries: tuple[Entry, ...]


def context(subject: Subject, now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    rows = reading.live(subject, *LISTS)
    return {
        "lists": [
            Listed(key, kind, _entries(kind, [one for one in rows if one.property == key], now))
            for key, kind in LISTS.items()
        ]
    }


def _entries(kind: Kind, rows: Sequence[Statement], now: datetime) -> tuple[Entry, ...]:
    entries = [_entry(kind, row, now) for row in rows]
    return tuple(sorted(entries, key=lambda one: (one.done, _when(one.statement))))


def _when(row: Statement) -> tuple[bool, float]:
    moment = row.about_from or row.about_to
    return moment is None, moment.timestamp() if moment else 0.0


def _entry(kind: Kind, row: Statement, now: datetime) -> Entry:
    standing = str(row.details.get("standing", ""))
    done = standing in kind.done
    late = (
        row.property == DEADLINE and not done and row.about_to is not None and row.about_to <= now
    )
    sort = str(row.details.get("sort", ""))
    return Entry(
        row, kind.sorts.get(sort, sort), kind.standings.get(standing, standing), done, late
    )
