"""Single things whose period is over, of records that stay: photos, numbers, notes, rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from habeas.cases.documents.models import Photo, Upload
from habeas.cases.importing.models import Row
from habeas.cases.retention import lists, periods
from habeas.cases.retention.closure import Going, every, lots
from habeas.cases.retention.expiring import last_added
from habeas.cases.retention.words import CONTACTS, NOTES, PHOTO, ROWS
from habeas.cases.statements.models import Document, Filed, Statement, Subject


@dataclass(frozen=True, slots=True)
class Parts:
    """Primary keys of single things whose period is over.

    Attributes:
        photos: the pictures drawn; the files they were drawn from go with them.
        numbers: statements of telephone numbers.
        notes: documents; what was said in them stays, their own words go.
        rows: of imported lists; they stay empty.
        uploads: files of those lists in which nothing is left.
    """

    photos: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()
    uploads: frozenset[int] = frozenset()
    counted: Mapping[str, int] = field(default_factory=dict)

    def add_to(self, going: Going) -> None:
        """Add what goes as a whole to what is removed."""
        going.rows[Photo] |= self.photos
        going.rows[Statement] |= self.numbers
        drawn_from = _values(Photo, self.photos, "upload")
        going.rows[Upload] |= drawn_from | self.uploads

    def empty(self) -> int:
        """Take the words out of notes and rows; return how many documents that were."""
        for lot in lots(self.rows):
            every(Row).filter(pk__in=lot).update(cells=[], told=[])
        return sum(every(Document).filter(pk__in=lot).update(text="") for lot in lots(self.notes))


def due(now: datetime) -> Parts:
    """Return the single things whose period is over, and whose record nothing holds."""
    quiet = {kind: _quiet(kind, now) for kind in (PHOTO, CONTACTS)}
    found = {
        PHOTO: _of(Photo, quiet[PHOTO]),
        CONTACTS: _of(Statement, quiet[CONTACTS], property="phone"),
        NOTES: _notes(now),
        ROWS: _rows(now),
    }
    return Parts(
        photos=frozenset(found[PHOTO]),
        numbers=frozenset(found[CONTACTS]),
        notes=frozenset(found[NOTES]),
        rows=frozenset(found[ROWS]),
        uploads=lists.uploads_of(found[ROWS]),
        counted={kind: len(keys) for kind, keys in found.items() if keys},
    )


def _quiet(kind: str, now: datetime) -> set[int]:
    """Return the people to whose records nothing was added for a period."""
    days = periods.days_of(kind)
    if days is None:
        return set()
    people = every(Subject).filter(kind=Subject.PERSON).exclude(person=None)
    found: set[int] = set()
    for lot in lots(people.values_list("pk", flat=True)):
        over = now - timedelta(days=days)
        found |= {key for key, at in last_added(lot).items() if at < over}
    return found - periods.held(found, now)


def _of(model: type[Photo] | type[Statement], subjects: set[int], **more: str) -> set[int]:
    found: set[int] = set()
    for lot in lots(subjects):
        rows = every(model).filter(subject__in=lot, **more)
        found |= set(rows.values_list("pk", flat=True))
    return found


def _notes(now: datetime) -> set[int]:
    days = periods.days_of(NOTES)
    if days is None:
        return set()
    over = now - timedelta(days=days)
    held = every(Filed).filter(subject__in=periods.holding(now).values("subject"))
    notes = every(Document).filter(kind="call_note", added_at__lt=over).exclude(text="")
    return set(notes.exclude(pk__in=held.values("document")).values_list("pk", flat=True))


def _rows(now: datetime) -> set[int]:
    days = periods.days_of(ROWS)
    if days is None:
        return set()
    over = now - timedelta(days=days)
    rows = every(Row).filter(result=None, imported__at__lt=over).exclude(cells=[])
    return set(rows.values_list("pk", flat=True))


def _values(model: type[Photo], keys: frozenset[int], name: str) -> set[int]:
    found: set[int] = set()
    for lot in lots(keys):
        found |= set(every(model).filter(pk__in=lot).values_list(name, flat=True))
    return found
