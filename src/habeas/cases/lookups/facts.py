"""What the board keeps of a person's look-ups."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from habeas.cases.lookups.calling import current
from habeas.cases.statements.models import Subject

if TYPE_CHECKING:
    from habeas.cases.lookups.models import LookUp


def facts(subject: Subject, _now: datetime) -> dict[str, Any]:
    """Return when somebody has to be asked again, and how often somebody was asked.

    Of each desk the newest look-up counts.
    """
    newest: dict[int | str, LookUp] = {}
    rows = current(subject)
    for one in rows:
        newest.setdefault(one.body_id or one.whom.casefold(), one)
    due = [one.ask_again_at for one in newest.values() if one.ask_again_at is not None]
    return {"ask_again_at": min(due, default=None), "lookups": len(rows)}
