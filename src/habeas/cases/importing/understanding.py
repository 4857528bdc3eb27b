"""What a row says, whatever kind of file it came in."""

from collections.abc import Mapping

from habeas.cases.importing import kinds
from habeas.cases.importing.bundled import preview
from habeas.cases.importing.claims import Understood, understood
from habeas.cases.importing.models import Row


def understood_of(row: Row, mapping: Mapping[str, str]) -> Understood:
    """Return what a row says, under what its columns mean."""
    if row.imported.kind == kinds.BUNDLE:
        return preview.understood(row)
    return understood(row.cells, mapping)
