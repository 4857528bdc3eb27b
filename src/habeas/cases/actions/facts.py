"""What the board keeps of a person's deadlines."""

from datetime import datetime
from typing import Any

from habeas.cases.actions.words import DEADLINE, KINDS
from habeas.cases.statements import reading
from habeas.cases.statements.models import Subject


def facts(subject: Subject, _now: datetime) -> dict[str, Any]:
    """Return the next open deadline: the last moment of its day."""
    done = KINDS[DEADLINE].done
    due = [
        one.about_to
        for one in reading.live(subject, DEADLINE)
        if one.about_to is not None and one.details.get("standing") not in done
    ]
    return {"deadline_at": min(due, default=None)}
