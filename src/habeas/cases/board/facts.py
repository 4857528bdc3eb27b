"""What the board keeps of disputes."""

from datetime import datetime
from typing import Any

from habeas.cases.statements import reading
from habeas.cases.statements.models import Subject


def facts(subject: Subject, _now: datetime) -> dict[str, Any]:
    """Return how many properties are disputed."""
    return {"open_questions": sum(one.disputed for one in reading.questions(subject))}
