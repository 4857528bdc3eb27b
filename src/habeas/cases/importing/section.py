"""What came from other homes, on a person's page: by whom, when, and what was kept beside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.consent.words import USES
from habeas.cases.importing.bundled import persons, records
from habeas.cases.importing.models import Bundle, Import, Received, Row
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "received", later("Received from others")
ORDER = 77
TEMPLATE = "importing/section.html"
KINDS = (Subject.PERSON,)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One bundle that told of the person.

    Attributes:
        answers: what the sender was allowed, with what each answer is for.
        held: files that the sender did not send.
        unclear: what this habeas did not understand.
        gone: what came before from this sender, and is not in their newest bundle.
    """

    imported: Import
    bundle: Bundle
    statements: int
    lookups: int
    answers: tuple[tuple[Promise | str, Received], ...]
    files: tuple[Received, ...]
    held: tuple[Received, ...]
    unclear: tuple[Received, ...]
    undone: bool
    gone: tuple[Received, ...] = ()


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    rows = Received.objects.filter(result__subject=subject).order_by("pk")
    by: dict[Bundle, list[Received]] = {}
    wanted = rows.select_related("result__row__imported__bundle", "result__undone")
    for one in wanted:
        by.setdefault(one.result.row.imported.bundle, []).append(one)
    return {"arrivals": [_arrival(bundle, found) for bundle, found in by.items()]}


def _arrival(bundle: Bundle, found: list[Received]) -> Arrival:
    def of(kind: str) -> tuple[Received, ...]:
        return tuple(one for one in found if one.kind == kind)

    files = of(persons.FILE)
    return Arrival(
        imported=found[0].result.row.imported,
        bundle=bundle,
        statements=len(of(persons.STATEMENT)),
        lookups=len(of(persons.LOOKUP)),
        answers=tuple((USES[one.told["use"]], one) for one in of(persons.CONSENT)),
        files=tuple(one for one in files if not one.told.get("held")),
        held=tuple(one for one in files if one.told.get("held")),
        unclear=of(persons.UNCLEAR),
        undone=hasattr(found[0].result, "undone"),
        gone=_gone(bundle, found[0].result.row.place),
    )


def _gone(bundle: Bundle, person: str) -> tuple[Received, ...]:
    """Return what of a bundle is not in the newest one of the same sender any more."""
    same = Row.objects.filter(
        place=person,
        imported__bundle__fingerprint=bundle.fingerprint,
        imported__bundle__circle=bundle.circle,
    )
    newest = same.select_related("imported__bundle").order_by("-pk").first()
    if newest is None or newest.imported_id == bundle.imported_id:
        return ()
    sent = records.records_of(newest.cells)
    found = records.gone(records.bundle_of(newest), person, sent)
    return tuple(one for one in found if one.result.row.imported_id == bundle.imported_id)
