"""A row of an import as a page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from habeas.cases.importing import kinds
from habeas.cases.importing.bundled import records
from habeas.cases.importing.bundled.records import News
from habeas.cases.importing.claims import Spoken, Understood
from habeas.cases.importing.deciding import standing
from habeas.cases.importing.models import Alike, Decision, Result, Row
from habeas.cases.importing.understanding import understood_of
from habeas.cases.statements.coded import in_words
from habeas.cases.statements.models import Statement

_SHOWN_CELL = 200
MOST_SAID = 60
"""Statements of a row that a page shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row, as it is understood now, with its proposals, its decision and its result.

    Attributes:
        news: what a row of a bundle brings; None for other kinds, and once it has its result.
    """

    row: Row
    read: Understood
    alike: tuple[Alike, ...]
    decision: Decision | None
    result: Result | None
    news: News | None = None

    @property
    def notes(self) -> list[str]:
        """What is kept as a note, cut for the eye."""
        return [
            one.claim.value[:_SHOWN_CELL]
            for one in self.read.spoken
            if one.claim.property == "note"
        ]

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """What is understood: property, value and, where it has its own, speaker; cut for the eye.

        Of much of it the first; all of it stands in the row.
        """
        return [
            (one.claim.property, _words(one)[:_SHOWN_CELL], one.speaker[:_SHOWN_CELL])
            for one in self.read.spoken
            if one.claim.property != "note"
        ][:MOST_SAID]

    @property
    def more_said(self) -> int:
        """How many statements are not shown."""
        every = sum(one.claim.property != "note" for one in self.read.spoken)
        return max(0, every - MOST_SAID)


def _words(one: Spoken) -> str:
    claim = one.claim
    return in_words(
        Statement(
            property=claim.property,
            value=claim.value,
            as_said=claim.as_said,
            details=dict(claim.details),
        )
    )


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
            understood_of(row, mapping),
            tuple(alike.get(row.pk, ())),
            decisions.get(row.pk),
            by_row.get(row.pk),
            _news(row, by_row.get(row.pk)),
        )
        for row in listed
    ]


def _news(row: Row, result: Result | None) -> News | None:
    if row.imported.kind != kinds.BUNDLE or result is not None:
        return None
    return records.news_of(row)
