"""What people decide about the columns and rows of an import; the newest counts."""

from collections.abc import Iterable
from collections.abc import Mapping as Map

from django.db import transaction
from django.db.models import QuerySet

from habeas.cases.importing import columns
from habeas.cases.importing.models import Decision, Import, Mapping, Row
from habeas.cases.importing.words import FIELDS
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import StatementRefused
from habeas.language import _

ALONE, DOUBLE, REST = "alone", "double", "rest"
"""Groups of undecided rows: nobody alike; one person who is there is surely the same; all."""
KNOWN = 100.0
"""Bits of a person who was the same in an earlier bundle: somebody decided that before."""
_CHUNK = 5000


def mapping_of(imported: Import) -> dict[str, str]:
    """Return what each column means: as decided here, or before for such headings, or by words."""
    own = imported.mappings.order_by("-pk").first()
    same = own or Mapping.objects.filter(signature=imported.signature).order_by("-pk").first()
    chosen = same.columns if same is not None else {}
    return columns.proposed(imported.headings) | {
        heading: field for heading, field in chosen.items() if heading in imported.headings
    }


def choose(imported: Import, chosen: Map[str, str], hand: Hand) -> Mapping:
    """Take down what the columns mean, and remember it for files with the same headings.

    Raises:
        StatementRefused: a column or a meaning is unknown, or rows were taken over already.
    """
    if not set(chosen) <= set(imported.headings) or not set(chosen.values()) <= set(FIELDS):
        raise StatementRefused(_("a column or its meaning is unknown"))
    if imported.rows.filter(result__isnull=False).exists():
        raise StatementRefused(_("rows of this file were taken over already"))
    return Mapping.objects.create(
        imported=imported,
        signature=imported.signature,
        columns=dict(chosen),
        by=hand.by,
        at=hand.at,
    )


def decide(
    row: Row, what: str, hand: Hand, *, subject: Subject | None = None, other: Row | None = None
) -> Decision:
    """Take down what somebody decides about a row.

    Raises:
        StatementRefused: the row was taken over already, or it is said to be the same as nobody,
            or as a row that does not come before it in the same file.
    """
    if hasattr(row, "result"):
        raise StatementRefused(_("this row was taken over already"))
    if what not in {Decision.NEW, Decision.SAME, Decision.OUT, Decision.OPEN}:
        raise StatementRefused(_("this is no decision"))
    if what == Decision.SAME:
        _check_same(row, subject, other)
    else:
        subject = other = None
    return Decision.objects.create(
        row=row, what=what, subject=subject, other=other, by=hand.by, at=hand.at
    )


def _check_same(row: Row, subject: Subject | None, other: Row | None) -> None:
    if (subject is None) == (other is None):
        raise StatementRefused(_("it does not say who it is"))
    if subject is not None and subject.kind != Subject.PERSON:
        raise StatementRefused(_("it does not say who it is"))
    if other is not None and (other.imported_id != row.imported_id or other.number >= row.number):
        raise StatementRefused(_("it does not say who it is"))


def decide_group(imported: Import, group: str, hand: Hand) -> int:
    """Decide all undecided rows of a group at once; return how many they are.

    Raises:
        StatementRefused: there is no such group.
    """
    if group not in {ALONE, DOUBLE, REST}:
        raise StatementRefused(_("this is no decision"))
    added = 0
    with transaction.atomic():
        wanted = undecided(imported).prefetch_related("alike").order_by("pk")
        made = [
            one
            for row in wanted.iterator(_CHUNK)
            if (one := _of_group(row, group, hand)) is not None
        ]
        for at in range(0, len(made), _CHUNK):
            added += len(Decision.objects.bulk_create(made[at : at + _CHUNK]))
    return added


def decide_known(imported: Import, hand: Hand) -> int:
    """Decide the rows whose person came in an earlier bundle as the one they were then."""
    known = undecided(imported).filter(alike__bits=KNOWN).prefetch_related("alike").order_by("pk")
    made = [
        Decision(
            row=row,
            what=Decision.SAME,
            subject_id=row.alike.all()[0].subject_id,
            by=hand.by,
            at=hand.at,
        )
        for row in known
    ]
    return len(Decision.objects.bulk_create(made, batch_size=_CHUNK))


def _of_group(row: Row, group: str, hand: Hand) -> Decision | None:
    alike = [one for one in row.alike.all() if not one.years_differ]
    there = [one for one in alike if one.subject_id is not None]
    if group == REST:
        return Decision(row=row, what=Decision.OUT, by=hand.by, at=hand.at)
    if group == ALONE and not row.alike.all():
        return Decision(row=row, what=Decision.NEW, by=hand.by, at=hand.at)
    if group == DOUBLE and len(there) == 1 and there[0].verdict == "same":
        return Decision(
            row=row, what=Decision.SAME, subject_id=there[0].subject_id, by=hand.by, at=hand.at
        )
    return None


def undecided(imported: Import) -> QuerySet[Row]:
    """Return the rows without a result about which nobody has decided."""
    return imported.rows.filter(out="", result=None).exclude(pk__in=decided(imported))


def decided(imported: Import) -> list[int]:
    """Return the rows without a result about which somebody has decided."""
    newest = dict(
        Decision.objects.filter(row__imported=imported, row__result=None)
        .order_by("pk")
        .values_list("row", "what")
    )
    return [pk for pk, what in newest.items() if what != Decision.OPEN]


def standing(rows: Iterable[Row]) -> dict[int, Decision]:
    """Return the decision that counts of each row."""
    found = Decision.objects.filter(row__in=[row.pk for row in rows]).order_by("pk")
    newest = {one.row_id: one for one in found.select_related("subject__person", "other")}
    return {pk: one for pk, one in newest.items() if one.what != Decision.OPEN}
