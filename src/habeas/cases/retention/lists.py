"""Rows of imported lists that became a purged person, or that name them and became nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from habeas.cases.documents.models import Upload
from habeas.cases.importing.models import Decision, Import, Result, Row
from habeas.cases.retention.closure import every, lots
from habeas.cases.retention.telltale import Telltale

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """What lists hold of people.

    Attributes:
        rows: primary keys of the rows that are emptied.
        uploads: the files of lists in which nobody else stands, by primary key.
        shared: how many lists hold others as well; their files stay.
    """

    rows: frozenset[int] = frozenset()
    uploads: frozenset[int] = frozenset()
    shared: int = 0


def listed(subjects: Iterable[int], tell: Telltale) -> Listed:
    """Return what lists hold of people, by the primary keys of their subjects."""
    rows = _rows(subjects, tell)
    lists = _lists_of(rows)
    shared = {key for key in lists if _has_others(key, rows)}
    return Listed(frozenset(rows), uploads_of(rows), len(shared))


def uploads_of(rows: set[int]) -> frozenset[int]:
    """Return the files of lists in which nothing is left without these rows, by primary key."""
    alone = {key for key in _lists_of(rows) if not _has_others(key, rows)}
    uploads: set[int] = set()
    for lot in lots(alone):
        papers = every(Import).filter(pk__in=lot).values("document")
        uploads |= set(every(Upload).filter(document__in=papers).values_list("pk", flat=True))
    return frozenset(uploads)


def _lists_of(rows: set[int]) -> set[int]:
    found: set[int] = set()
    for lot in lots(rows):
        found |= set(every(Row).filter(pk__in=lot).values_list("imported", flat=True))
    return found


def _rows(subjects: Iterable[int], tell: Telltale) -> set[int]:
    found: set[int] = set()
    keys = sorted(subjects)
    for model in (Result, Decision):
        for lot in lots(keys):
            found |= set(every(model).filter(subject__in=lot).values_list("row", flat=True))
    unused = every(Row).filter(result=None).exclude(cells=[])
    for key, cells in unused.values_list("pk", "cells").iterator(_CHUNK):
        if tell.named(" ".join(str(part) for cell in cells for part in cell)):
            found.add(key)
    return found


def _has_others(imported: int, rows: set[int]) -> bool:
    own = every(Row).filter(imported=imported, out="").exclude(cells=[])
    return any(key not in rows for key in own.values_list("pk", flat=True))
