"""The counts and the lists of names of an event, on its page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.counts import counting, listing
from habeas.cases.counts.counting import Group
from habeas.cases.counts.drawing import drawing
from habeas.cases.counts.models import NameList
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "counts", later("Counts and lists")
ORDER = 10
TEMPLATE = "counts/section.html"
KINDS = (Subject.EVENT,)


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    names = listing.names_of(subject)
    found = counting.groups(subject)
    return {
        "groups": [_shown(one, names.at_least) for one in found],
        "names": names,
        "lists": NameList.objects.filter(event=subject).order_by("pk"),
    }


def _shown(group: Group, named: int) -> dict[str, Any]:
    """Return a group with its drawing, its heading, and the stronger of its two floors."""
    own = named if (group.unit, group.what) == ("people", "detained") else 0
    printed = group.floor.low if group.floor else 0
    unit = counting.UNITS.get(group.unit, group.unit)
    what = counting.WHAT.get(group.what, group.what) if group.what else ""
    return {
        "group": group,
        "drawing": drawing(group),
        "unit": unit,
        "what": what,
        "own": own if own >= printed else 0,
        "series": [
            (speaker, told)
            for speaker, told in counting.speakers(group.told).items()
            if len(told) > 1
        ],
    }
