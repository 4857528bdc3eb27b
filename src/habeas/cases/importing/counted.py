"""How many rows of an import stand how. The numbers always add up to what was read."""

from dataclasses import dataclass

from django.db.models import Count

from habeas.cases.importing.deciding import decided
from habeas.cases.importing.models import Import, Result


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of an import.

    Attributes:
        read: all of them.
        imported, left_out, failed: those with a result.
        decided: those that wait to be taken over.
        open: those about which nobody has decided.
        undone: those of `imported` that were taken back.
    """

    read: int
    imported: int
    left_out: int
    failed: int
    decided: int
    open: int
    undone: int

    @property
    def done(self) -> bool:
        """Whether every row has its result."""
        return self.imported + self.left_out + self.failed == self.read


def counted(imported: Import) -> Counted:
    """Return how the rows of an import stand."""
    # Every row counts, also one whose case the one who asks may not see any more.
    results = Result._base_manager.filter(row__imported=imported)  # noqa: SLF001 - Django's name
    by = dict(results.values_list("outcome").annotate(Count("pk")))
    waiting = len(decided(imported)) + imported.rows.filter(result=None).exclude(out="").count()
    return Counted(
        read=imported.read,
        imported=by.get(Result.IMPORTED, 0),
        left_out=by.get(Result.OUT, 0),
        failed=by.get(Result.FAILED, 0),
        decided=waiting,
        open=imported.read - sum(by.values()) - waiting,
        undone=results.filter(undone__isnull=False).count(),
    )
