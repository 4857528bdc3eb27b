"""What the board tells of: records that end soon, and those that wait for their purge."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from habeas.cases.retention import expiring
from habeas.cases.retention.closure import every
from habeas.cases.retention.models import Shut


def notices(request: HttpRequest, now: datetime) -> list[tuple[str, str]]:
    """Return sentences, each with the address that leads on; owners are told of the purge too."""
    soon = [one for one in expiring.endings(now) if one.ended.day >= now.date()]
    told = []
    for days in expiring.WARNED:
        number = sum(one.within == days for one in soon)
        if number:
            words = ngettext(
                "%(n)d record ends within %(days)d days.",
                "%(n)d records end within %(days)d days.",
                number,
            )
            told.append((words % {"n": number, "days": days}, reverse("ending")))
    who = getattr(request, "standing", None)
    waiting = every(Shut).filter(purge=None).count() if who is not None and who.is_owner else 0
    if waiting:
        words = ngettext(
            "%(n)d record has ended and waits for its purge.",
            "%(n)d records have ended and wait for their purge.",
            waiting,
        )
        told.append((words % {"n": waiting}, reverse("purge")))
    return told
