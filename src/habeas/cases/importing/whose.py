"""Whose row it is, and the marks by which what came of it is found again."""

from collections.abc import Sequence

from habeas.cases.importing.models import Decision, Result, Row
from habeas.cases.statements import recording
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import StatementRefused
from habeas.language import _
from habeas.watch.pages import recording as watching


def result_of(row: Row, outcome: str, hand: Hand, **more: object) -> Result:
    """Take down what came of a row."""
    return Result.objects.create(row=row, outcome=outcome, by=hand.by, at=hand.at, **more)


def whose(
    row: Row, decision: Decision, names: Sequence[str], birth_year: int | None, hand: Hand
) -> tuple[Subject, bool]:
    """Return the subject of a row, and whether it is new.

    Raises:
        StatementRefused: there is no name in the row, or the row it repeats brought nobody.
    """
    if decision.subject is not None:
        return decision.subject, False
    if decision.other is not None:
        before = Result.objects.filter(row=decision.other).select_related("subject__person").first()
        if before is None or before.subject is None:
            raise StatementRefused(_("the row that it repeats brought nobody"))
        return before.subject, False
    if not names:
        raise StatementRefused(_("there is no name in it"))
    person = watching.add_person(names, birth_year=birth_year, by=opening(row), at=hand.at)
    return recording.case_of(person, hand), True


def origin(result: Result) -> str:
    """Return what is told as the origin of a spelling that came with a row."""
    return f"import row {result.row_id}"


def opening(row: Row) -> str:
    """Return the same for the spellings of a person who was entered by a row."""
    return f"import {row.imported_id}, opened by row {row.pk}"
