"""An invented person with a case, and short ways to say something of them."""

from datetime import timedelta
from typing import Any

import django_ready  # noqa: F401 - sets Django up before the models are imported
from site_story import NAME, NOW

from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.watch.models import Person, Spelling

__all__ = ["BY", "NAME", "NOW", "document", "invented", "say"]

BY = "owner"


def invented(code: str = "H7K3M", name: str = NAME) -> Subject:
    """Return the case of a new invented person."""
    person = Person.objects.create(code=code, birth_year=1984, added_at=NOW - timedelta(days=3))
    Spelling.objects.create(person=person, text=name, added_at=NOW)
    return recording.case_of(person, recording.Hand(BY, NOW - timedelta(days=3)))


def document(carrier: str = "The Invented Gazette", **fields: Any) -> Document:
    """Return a new document."""
    return Document.objects.create(kind="article", carrier=carrier, added_by=BY, **fields)


def say(
    subject: Subject,
    term: str,
    value: str,
    speaker: str = "Sister",
    role: str = "family",
    **more: Any,
) -> Statement:
    """Return a new statement; `more` goes to the claim, the saying or the recording by its name."""
    claim = {key: more.pop(key) for key in list(more) if key in recording.Claim.__slots__}
    hand = recording.Hand(more.pop("by", BY), more.pop("at", NOW))
    supersedes = more.pop("supersedes", None)
    return recording.state(
        subject,
        recording.Claim(term, value, **claim),
        recording.Said(speaker, role, **more),
        hand,
        supersedes=supersedes,
    )
