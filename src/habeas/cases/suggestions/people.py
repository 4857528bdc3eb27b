"""Whose case a person of a text is: as somebody said, else as the names suggest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habeas.cases.statements import naming
from habeas.cases.statements.models import Document, Subject
from habeas.cases.suggestions.models import Who
from habeas.errors import HabeasError
from habeas.names import Matcher, Sought, Verdict

_MOST = 200
_NEAR = frozenset({Verdict.SAME, Verdict.LIKELY, Verdict.POSSIBLE})


@dataclass(frozen=True, slots=True)
class Guess:
    """Whose case somebody may be.

    Attributes:
        subject: None for nobody's.
        said: a person said so; otherwise the names suggest it.
    """

    subject: Subject | None
    said: bool


def cases_beside(document: Document) -> list[Subject]:
    """Return the sought people in whose file a document is."""
    rows = Subject.objects.filter(filed__document=document, kind=Subject.PERSON)
    return list(rows.select_related("person").order_by("pk")[:_MOST])


def said(document: Document) -> dict[str, Guess]:
    """Return what people said of who is who, by the fullest name of the text."""
    rows = Who.objects.filter(document=document).select_related("subject__person").order_by("pk")
    return {one.spelling: Guess(one.subject, said=True) for one in rows}


def guessed(spellings: Sequence[str], cases: Iterable[Subject]) -> Guess | None:
    """Return the one case whose names are alike; None where there is none, or several are."""
    found = [one for one in cases if _alike(one, spellings)]
    return Guess(found[0], said=False) if len(found) == 1 else None


def _alike(case: Subject, spellings: Sequence[str]) -> bool:
    own = tuple(one.text for one in naming.spellings(case))
    if not own:
        return False
    try:
        matcher = Matcher(Sought(own))
        return any(matcher.compare(text).verdict in _NEAR for text in spellings[:20])
    except HabeasError:
        return False
