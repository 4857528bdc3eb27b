"""Whom earlier bundles of the same sender brought, so that nobody has to be recognised twice."""

from collections.abc import Collection

from habeas.cases.importing import kinds
from habeas.cases.importing.bundled import persons
from habeas.cases.importing.models import Import, Received
from habeas.cases.statements.models import Subject


def people(imported: Import, rows: Collection[int]) -> dict[int, int]:
    """Return the subject of each row whose person came before, by primary keys."""
    if imported.kind != kinds.BUNDLE:
        return {}
    bundle = imported.bundle
    places = dict(imported.rows.filter(pk__in=rows).values_list("place", "pk"))
    before = Received._base_manager.filter(  # noqa: SLF001 - whoever asks
        kind=persons.PERSON,
        fingerprint=bundle.fingerprint,
        circle=bundle.circle,
        result__undone=None,
        theirs__in=places,
    )
    found = dict(before.order_by("pk").values_list("theirs", "result__subject"))
    seen = set(Subject.objects.filter(pk__in=found.values()).values_list("pk", flat=True))
    return {places[theirs]: pk for theirs, pk in found.items() if pk in seen}
