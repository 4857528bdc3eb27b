"""The report of a purge: what went, why, when and by whom; whose it was, it does not say."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from habeas.cases.retention.models import Purge
from habeas.cases.retention.words import DERIVED, GROUPS, STAYED
from habeas.cases.statements.models import Subject
from habeas.errors import ReportUnreadable
from habeas.evidence.seals.canonical import canonical
from habeas.language import _

FORMAT = "habeas purge 1"


def mark_of(subject: Subject) -> str:
    """Return what knows a record again in an older copy of this installation.

    It rests on the installation's own key, so that nobody else can try out codes against it.
    """
    words = f"habeas purged {subject.pk} {subject.code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:32]


def machine_part(done: Purge) -> dict[str, Any]:
    """Return the report as plain values; kept elsewhere, it purges an older copy again."""
    return {
        "format": FORMAT,
        "at": done.at.isoformat(timespec="seconds"),
        "by": done.by,
        "people": done.people,
        "reasons": done.reasons,
        "removed": done.removed,
        "emptied": done.emptied,
        "stayed": done.stayed,
        "marks": done.marks,
    }


def marks_in(content: bytes, place: str) -> frozenset[str]:
    """Return the marks of a report; see `mark_of`.

    Raises:
        ReportUnreadable: it is no report, or a newer one.
    """
    try:
        found = json.loads(content)
    except ValueError as error:
        raise ReportUnreadable(place, _("it is no JSON")) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ReportUnreadable(place, _("it is of another kind"))
    marks = found.get("marks")
    if not isinstance(marks, list):
        raise ReportUnreadable(place, _("it is of another kind"))
    return frozenset(str(one) for one in marks)


def digest_of(done: Purge) -> str:
    """Return the SHA-256 of the report in canonical JSON (RFC 8785), which the log holds."""
    return hashlib.sha256(canonical(machine_part(done))).hexdigest()


def grouped(counted: Mapping[str, int]) -> list[tuple[Promise, int]]:
    """Return counts of models as a person reads them: in words, in a fixed order, none of 0."""
    left = dict(counted)
    found = [
        (words, sum(left.pop(label, 0) for label in labels.split()))
        for words, labels in GROUPS.values()
    ]
    found.append((DERIVED, sum(left.values())))
    return [(words, number) for words, number in found if number]


def stays(pairs: Iterable[Sequence[object]]) -> list[tuple[Promise | str, object]]:
    """Return what stayed and why, in words."""
    return [(STAYED.get(str(key), str(key)), number) for key, number in pairs]
