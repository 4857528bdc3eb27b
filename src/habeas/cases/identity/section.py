"""Claims about identity, and related cases, on a subject's page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.identity.clusters import NOT_SAME, OPEN, SAME, TERM, cluster_of
from habeas.cases.statements import reading
from habeas.cases.statements.models import Statement, Subject
from habeas.watch.pages.words import Sign

ANCHOR, TITLE = "identity", later("Who is who")
ORDER = 40
TEMPLATE = "identity/section.html"
KINDS: tuple[str, ...] = ()

ANSWERS: Mapping[str, Sign] = {
    SAME: Sign(later("the same person"), "=", "strong"),
    NOT_SAME: Sign(later("not the same person"), "≠", "bad"),
    OPEN: Sign(later("left open"), "?", "half"),
}
RELATIONS: Mapping[str, Promise] = {
    "co_accused": later("accused in the same case"),
    "relative": later("relative"),
    "colleague": later("colleague"),
    "same_event": later("taken at the same event"),
    "held_together": later("held together"),
    "reprisal": later("reprisal for this case"),
    "where": later("is there, or was"),
    "party": later("is a party of"),
    "other": later("related"),
}


def context(subject: Subject, _now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows."""
    pairs = reading.questions(subject, TERM)
    cluster = cluster_of(subject)
    others = Subject.objects.filter(pk__in=cluster.members - {subject.pk})
    return {
        "pairs": [(pair, _versions(pair)) for pair in pairs],
        "one_with": others.select_related("person"),
        "against": bool(cluster.against),
        "related": [
            (one, RELATIONS.get(one.value, one.value))
            for one in reading.live(subject, "related")
            if one.other
        ],
        "claimed_by": _from_the_other_side(subject),
    }


def _versions(pair: reading.Question) -> list[tuple[Sign, reading.Version]]:
    return [
        (ANSWERS.get(version.value, Sign(version.value, "?", "quiet")), version)
        for version in pair.versions
    ]


def _from_the_other_side(subject: Subject) -> list[Statement]:
    """Return live claims that were made on the page of the other subject."""
    rows = list(
        Statement.objects.filter(other=subject, property__in=(TERM, "related"))
        .select_related("subject__person", "document")
        .order_by("pk")
    )
    return reading.alive(rows)
