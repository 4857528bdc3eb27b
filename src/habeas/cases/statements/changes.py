"""What was said, signed or filed since a moment, for a hand-over."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.statements.coded import in_words
from habeas.cases.statements.models import Line, Statement, Subject
from habeas.cases.statements.properties import known

_MOST = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added.

    Attributes:
        what: in the page's language, without a name.
        words: as typed, shown as they are.
    """

    at: datetime
    subject: Subject
    by: str
    what: Promise | str
    words: str


def changes(since: datetime) -> list[Change]:
    """Return the statements, retractions and lines that were added since a moment."""
    statements = Statement.objects.filter(recorded_at__gt=since).select_related("subject__person")
    lines = Line.objects.filter(at__gt=since).select_related("subject__person")
    return [
        Change(
            one.recorded_at,
            one.subject,
            one.recorded_by,
            later("taken back") if one.retracts_id else known(one.property).label,
            f"{in_words(one)} ({one.speaker})",
        )
        for one in statements.order_by("-pk")[:_MOST]
    ] + [
        Change(one.at, one.subject, one.by, later("signed"), one.reason)
        for one in lines.order_by("-pk")[:_MOST]
    ]
