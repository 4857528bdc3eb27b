"""Takes decided rows over, one transaction for each; takes them back by retractions.

A row's result is written in the same transaction as everything that comes of it, and there can be
one only: whoever is killed in the middle, or presses twice, finds each row done or not begun.
"""

import io
import time
from collections.abc import Iterator, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as say

from habeas.cases.documents import keeping, taking
from habeas.cases.importing import bundled, kinds
from habeas.cases.importing.bundled import senders
from habeas.cases.importing.claims import Spoken, Understood, understood
from habeas.cases.importing.deciding import mapping_of, standing
from habeas.cases.importing.models import Decision, Import, Made, Result, Row, Undone
from habeas.cases.importing.readers import papers
from habeas.cases.importing.whose import opening, origin, result_of, whose
from habeas.cases.statements import recording
from habeas.cases.statements.recording import Hand, Said
from habeas.errors import HabeasError, StatementRefused
from habeas.language import _
from habeas.watch.models import Person
from habeas.watch.pages import recording as watching

_CHUNK = 500


def apply(imported: Import, hand: Hand, *, most_s: float | None = None) -> int:
    """Take over what is decided and has no result yet, in the order of the file.

    Args:
        imported: the import.
        hand: who does it, now.
        most_s: seconds after which it stops; None: never.

    Returns:
        How many decided rows still wait.

    Raises:
        SenderUnsure: a bundle is signed by another key than the last one of its sender.
    """
    until = None if most_s is None else time.monotonic() + most_s
    mapping, packed = mapping_of(imported), _Packed(imported)
    waiting = list(
        imported.rows.filter(result=None).order_by("number").values_list("pk", flat=True)
    )
    if imported.kind == kinds.BUNDLE:
        senders.refuse_unsure(imported)
    left = 0
    for row, decision in _decided(waiting):
        if until is not None and time.monotonic() > until:
            left += 1
            continue
        _apply_row(row, decision, mapping, packed, hand)
    if imported.kind == kinds.BUNDLE and not left:
        bundled.link(imported, hand)
    return left


class _Packed:
    """The file of an import, read when the first document of it is wanted."""

    def __init__(self, imported: Import) -> None:
        self._imported = imported
        self._content: bytes | None = None

    def content(self, row: Row) -> bytes:
        if self._content is None:
            self._content = keeping.read(self._imported.sha256)
        if self._content is None:
            raise StatementRefused(_("the imported file is missing or damaged"))
        return papers.content(io.BytesIO(self._content), row.place)


def _decided(waiting: list[int]) -> Iterator[tuple[Row, Decision | None]]:
    """Yield rows with their decision; those that bring nothing by themselves come without one."""
    for at in range(0, len(waiting), _CHUNK):
        rows = Row.objects.filter(pk__in=waiting[at : at + _CHUNK]).select_related(
            "imported__document", "imported__subject"
        )
        decisions = standing(rows)
        for row in sorted(rows, key=lambda one: one.number):
            if row.out or row.pk in decisions:
                yield row, decisions.get(row.pk)


def _apply_row(
    row: Row, decision: Decision | None, mapping: Mapping[str, str], packed: _Packed, hand: Hand
) -> None:
    try:
        with transaction.atomic():
            if row.out or decision is None or decision.what == Decision.OUT:
                result_of(row, Result.OUT, hand)
            elif row.imported.kind == kinds.PAPERS:
                _take_paper(row, decision, packed, hand)
            elif row.imported.kind == kinds.BUNDLE:
                bundled.take(row, decision, hand)
            else:
                _take_person(row, decision, understood(row.cells, mapping), hand)
    except HabeasError as error:
        with transaction.atomic():
            result_of(row, Result.FAILED, hand, reason=error.happened)
    except IntegrityError:
        # Somebody else took the row over at the same moment; any other cause is a fault of ours.
        if not Result._base_manager.filter(row=row).exists():  # noqa: SLF001 - Django's name
            raise


def _take_paper(row: Row, decision: Decision, packed: _Packed, hand: Hand) -> None:
    into = decision.subject if decision.what == Decision.SAME else row.imported.subject
    assert into is not None
    result = result_of(row, Result.IMPORTED, hand, subject=into)
    name = row.cells[0][1]
    sent = taking.Sent(packed.content(row), name[-300:], title=name, carrier=row.imported.speaker)
    taking.take(into, sent, Hand(result.by, result.at))


def _take_person(row: Row, decision: Decision, read: Understood, hand: Hand) -> None:
    # What others keep of a person is worked out once, also of one who is opened here.
    with recording.together():
        subject, opened = whose(row, decision, read.names, read.birth_year, hand)
        result = result_of(row, Result.IMPORTED, hand, subject=subject, opened=opened)
        if not opened and subject.person is not None:
            for name in read.names:
                watching.add_spelling(subject.person, name, by=origin(result), at=hand.at)
        for one in _spoken(read):
            statement = recording.state(subject, one.claim, _said(row, read, one), hand)
            Made.objects.create(result=result, statement=statement)
        recording.file(subject, row.imported.document, hand)


def _spoken(read: Understood) -> list[Spoken]:
    """Return what is said, and each name as a statement too: a name has a speaker like the rest."""
    names = [Spoken(recording.Claim("known_as", name)) for name in read.names]
    return names + read.spoken


def _said(row: Row, read: Understood, one: Spoken) -> Said:
    imported = row.imported
    named = one.speaker or read.speaker
    place = say("row %(place)s") % {"place": row.place}
    return Said(
        named or imported.speaker,
        imported.role if not named else "other",
        imported.document,
        f"{place}, {one.place}" if one.place else place,
        one.said_on or read.said_on or imported.said_on,
    )


def undo(imported: Import, hand: Hand) -> int:
    """Take back what came of an import: retract its statements, withdraw its spellings.

    Nothing is deleted: people who were entered stay under their codes, without what the file said.
    Papers stay too, sealed. Return how many rows were taken back.
    """
    done = 0
    standing_results = Result.objects.filter(
        row__imported=imported, outcome=Result.IMPORTED, undone=None
    )
    for result in standing_results.select_related("subject__person").order_by("pk"):
        with transaction.atomic():
            Undone.objects.create(result=result, by=hand.by, at=hand.at)
            with recording.together():
                _retract(result, hand)
                bundled.take_back(result, hand)
            _withdraw(result, hand)
        done += 1
    return done


def _retract(result: Result, hand: Hand) -> None:
    for one in result.made.select_related("statement__subject", "statement__other"):
        if not one.statement.retracted_by.exists():
            recording.retract(
                one.statement, Said(hand.by, "staff"), hand, reason=say("The import is undone.")
            )


def _withdraw(result: Result, hand: Hand) -> None:
    """Withdraw the spellings that came with a row; nobody is sought for whom nothing is left."""
    person = result.subject.person if result.subject is not None else None
    if person is None:
        return
    own = (origin(result), opening(result.row))
    for spelling in person.spellings.filter(withdrawn_at=None, origin__in=own):
        watching.withdraw(spelling, at=hand.at)
    if not person.spellings.filter(withdrawn_at=None).exists():
        Person.objects.filter(pk=person.pk, closed_at=None).update(closed_at=hand.at)
