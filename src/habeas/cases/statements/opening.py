"""Opens a case for each sought person."""

from typing import Any

from habeas.cases.statements.recording import Hand, case_of
from habeas.watch.models import Person


def open_case(instance: Person, *, created: bool, raw: bool = False, **_more: Any) -> None:  # noqa: ANN401 - Django's signal
    """Make the subject of a new person, in the transaction that adds the person."""
    if created and not raw:
        case_of(instance, Hand("habeas", instance.added_at))
