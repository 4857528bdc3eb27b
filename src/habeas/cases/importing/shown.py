"""A row of an import as a page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from habeas.cases.importing.claims import Understood, understood
from habeas.cases.importing.deciding import standing
from habeas.cases.importing.models import Alike, Decision, Result, Row

_SHOWN_CELL = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A row, as it is understood now, with its proposals, its decision and its result."""

    row: Row
    read: Understood
    alike: tuple[Alike, ...]
    decision: Decision | None
    result: Result | None

    @property
    def notes(self) -> list[str]:
        """What is kept as a note, cut for the eye."""
        return [
            one.claim.value[:_SHOWN_CELL]
            for one in self.read.spoken
            if one.claim.property == "note"
        ]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is understood: property and value, cut for the eye."""
        return [
            (one.claim.property, one.claim.value[:_SHOWN_CELL])
            for one in self.read.spoken
            if one.claim.property != "note"
        ]


def shown(rows: Iterable[Row], mapping: Mapping[str, str]) -> list[Shown]:
    """Return rows with what belongs to them."""
    listed = list(rows)
    keys = [row.pk for row in listed]
    decisions = standing(listed)
    results = Result.objects.filter(row__in=keys).select_related("subject__person", "undone")
    by_row = {one.row_id: one for one in results}
    alike: dict[int, list[Alike]] = {}
    found = Alike.objects.filter(row__in=keys).select_related("subject__person", "other")
    for one in found.order_by("other", "years_differ", "-bits"):
        alike.setdefault(one.row_id, []).append(one)
    return [
        Shown(
            row,
            understood(row.cells, mapping),
            tuple(alike.get(row.pk, ())),
            decisions.get(row.pk),
            by_row.get(row.pk),
        )
        for row in listed
    ]
