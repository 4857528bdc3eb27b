"""What the board keeps of a person's custody."""

from datetime import datetime
from typing import Any

from habeas.cases.custody import timeline
from habeas.cases.statements.models import Subject


def facts(subject: Subject, _now: datetime) -> dict[str, Any]:
    """Return the fields of `board.models.Standing` that come from the timeline."""
    badge = timeline.badge(timeline.stays(subject), subject.added_at)
    return {
        "state": badge.state,
        "removal": badge.removal,
        "place": badge.place[:300],
        "law": badge.law,
        "since": badge.since,
        "confirmed_at": badge.confirmed_at,
        "stale_at": badge.stale_at,
        "disputed": badge.disputed,
        "signed": badge.signed,
    }
