"""The custody timeline on a person's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases import features
from habeas.cases.custody import timeline
from habeas.cases.custody.drawing import drawing
from habeas.cases.custody.states import DETAILS
from habeas.cases.custody.timeline import Stay
from habeas.cases.statements.models import Subject

ANCHOR, TITLE = "custody", later("Custody")
ORDER = 20
TEMPLATE = "custody/section.html"
KINDS = (Subject.PERSON,)


@dataclass(frozen=True, slots=True)
class Told:
    """A stay with its further facts in words."""

    number: int
    stay: Stay
    details: tuple[tuple[Promise, Promise | str], ...]


def context(subject: Subject, now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    found = timeline.stays(subject)
    drawn = [one for one in found if one.start is not None]
    order = {one.statement.pk: number for number, one in enumerate(drawn, 1)}
    asked = [mark for module in features.parts("marks") for mark in module.marks(subject)]
    return {
        "told": [Told(order.get(one.statement.pk, 0), one, in_words(one)) for one in found],
        "drawing": drawing(found, asked, now),
        "signable": len(found) > 1,
    }


def in_words(stay: Stay) -> tuple[tuple[Promise, Promise | str], ...]:
    """Return the further facts of a stay: label and words."""
    told = []
    for key, (label, listed) in DETAILS.items():
        said = str(stay.statement.details.get(key, ""))
        if said:
            told.append((label, (listed or {}).get(said, said)))
    return tuple(told)
