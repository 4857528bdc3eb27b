"""Which lists of names came since a moment, for a hand-over."""

from datetime import datetime

from django.utils.translation import gettext_lazy as later

from habeas.cases.counts.models import NameList
from habeas.cases.statements.changes import Change

_MOST = 100


def changes(since: datetime) -> list[Change]:
    """Return the lists that were kept since a moment."""
    rows = NameList.objects.filter(at__gt=since).select_related("event").order_by("-pk")
    return [
        Change(one.at, one.event, one.by, later("list of names"), one.title) for one in rows[:_MOST]
    ]
