"""What is said of a subject, by groups, on its page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.statements import reading
from habeas.cases.statements.models import Subject
from habeas.cases.statements.properties import GROUPS, PROPERTIES
from habeas.cases.statements.reading import Question

ANCHOR, TITLE = "said", later("What is said, and by whom")
ORDER = 30
TEMPLATE = "statements/section.html"
KINDS: tuple[str, ...] = ()
"""Kinds of subjects whose page has this section; empty for all."""

_PLACE = {key: place for place, key in enumerate(PROPERTIES)}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind."""

    label: Promise
    questions: list[Question]


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    groups: dict[str, list[Question]] = defaultdict(list)
    for one in reading.questions(subject):
        if one.of.group:
            groups[one.of.group].append(one)
    shown = [
        Group(label, sorted(groups[key], key=lambda one: _PLACE.get(one.of.key, len(_PLACE))))
        for key, label in GROUPS.items()
        if key in groups
    ]
    return {
        "groups": shown,
        "disputes": [one for group in shown for one in group.questions if one.disputed],
    }
