"""What happened that somebody may want to be told: the seam between watching and alerts.

The engine calls `tell` inside the transaction that writes the match, event or look, so that a cause
and the messages made from it are kept or lost together. Nothing here knows of a database.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class CauseKind(StrEnum):
    """What happened."""

    MATCH = "match"
    """A printed name may be a sought person's, and was not known before (`match_id`)."""
    EVENT = "event"
    """An entry with a match appeared elsewhere, changed, moved, vanished, returned (`event_id`)."""
    HEARTBEAT = "heartbeat"
    """Once a day: the program watches; see `coverage.state_of_watching` for what to say."""
    GAP = "gap"
    """Slots were missed, or a source cannot be read for some looks in a row (`look_id`)."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing to tell.

    Attributes:
        kind: which of the ids is set.
        at: when it happened, by the watcher's clock (aware, UTC).
        people: codes of the persons concerned; empty for heartbeat and gap.
    """

    kind: CauseKind
    at: datetime
    people: tuple[str, ...] = ()
    match_id: int | None = None
    event_id: int | None = None
    look_id: int | None = None


Receiver: TypeAlias = Callable[[Sequence[Cause]], None]

RECEIVERS: list[Receiver] = []
"""Who is told. A receiver writes what it has to do later, in the same transaction, and returns."""


def tell(causes: Iterable[Cause]) -> None:
    """Hand causes to all receivers; an error of one undoes the whole transaction."""
    told = list(causes)
    if told:
        for receiver in RECEIVERS:
            receiver(told)
