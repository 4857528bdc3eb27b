"""Keeps the standing of a case in step with what is said; everything in it can be made anew."""

from datetime import datetime
from typing import Any

from habeas.cases import features
from habeas.cases.board.models import Standing
from habeas.cases.statements.models import Subject


def refresh(subject: Subject, now: datetime) -> None:
    """Work out how the case of a person stands, and keep it. Others than people have none."""
    if subject.kind != Subject.PERSON:
        return
    Standing.objects.update_or_create(subject=subject, defaults=worked_out(subject, now))


def worked_out(subject: Subject, now: datetime) -> dict[str, Any]:
    """Return the fields of the standing of a case."""
    found: dict[str, Any] = {}
    for module in features.parts("facts"):
        found |= module.facts(subject, now)
    due = [found.get(name) for name in ("stale_at", "ask_again_at", "deadline_at")]
    moments = [one for one in due if one is not None]
    # Nobody knows anything of a case without a stay: it needs somebody from its first moment.
    if found.get("stale_at") is None:
        moments.append(subject.added_at)
    return found | {"attention_at": min(moments)}


def refresh_all(now: datetime) -> int:
    """Work out every standing anew; return how many there are."""
    subjects = Subject.objects.filter(kind=Subject.PERSON)
    for subject in subjects.iterator():
        refresh(subject, now)
    return subjects.count()
