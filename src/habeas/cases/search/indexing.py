"""Keeps the keys of a subject in step with its names and numbers."""

from datetime import datetime
from typing import Any

from habeas.cases.search import keys
from habeas.cases.search.models import Key
from habeas.cases.statements.models import Statement, Subject
from habeas.watch import scope
from habeas.watch.models import Spelling

_NAMES = ("known_as", "passport_name")
_NUMBERS = ("identifier", "phone")


def refresh(subject: Subject, _now: datetime | None = None) -> None:
    """Make the keys of a subject anew."""
    wanted = keys_of(subject)
    there = set(Key.objects.filter(subject=subject).values_list("key", flat=True))
    Key.objects.filter(subject=subject, key__in=there - wanted).delete()
    Key.objects.bulk_create(
        [Key(subject=subject, key=key) for key in sorted(wanted - there)], ignore_conflicts=True
    )


def keys_of(subject: Subject) -> set[str]:
    """Return the keys of a subject: all spellings ever used, its title, its numbers."""
    texts = [subject.title]
    if subject.person_id is not None:
        texts += Spelling.objects.filter(person=subject.person_id).values_list("text", flat=True)
    # As in `finding`: the index of what retracts nothing would be nearly all rows.
    said = Statement.objects.filter(subject=subject, property__in=_NAMES + _NUMBERS)
    rows = [
        (term, value)
        for term, value, retracts in said.values_list("property", "value", "retracts")
        if retracts is None
    ]
    texts += [value for term, value in rows if term in _NAMES]
    numbers = [value for term, value in rows if term in _NUMBERS] + [subject.title]
    found = {key for text in texts for key in keys.sounding(text) | keys.written(text)}
    return found | {key for key in map(keys.number, numbers) if key}


def spelling_added(instance: Spelling, **_more: Any) -> None:  # noqa: ANN401 - Django's signal
    """Index the case of a person whose spelling was added or withdrawn."""
    with scope.everything():
        subject = Subject.objects.filter(person=instance.person_id).first()
        if subject is not None:
            refresh(subject)


def refresh_all() -> int:
    """Make all keys anew; return how many subjects there are."""
    for subject in Subject.objects.iterator():
        refresh(subject)
    return Subject.objects.count()
