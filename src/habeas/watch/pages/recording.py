"""Writes what people type, each time as new rows: a person, a spelling, a decision."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from habeas.watch import decisions, scope
from habeas.watch.models import Decision, Match, Person, Spelling
from habeas.watch.pages import standing


def add_person(
    spellings: Iterable[str], *, birth_year: int | None, by: str, at: datetime
) -> Person:
    """Return a new sought person, under the next free code: P1, P2 and so on."""
    with transaction.atomic():
        person = _new_person(birth_year, at)
        for text in spellings:
            decisions.add_spelling(person, text, by, at)
    return person


def _new_person(birth_year: int | None, at: datetime) -> Person:
    with scope.everything():
        number = Person.objects.count()
    while True:
        number += 1
        try:
            # Two people at two desks: whoever comes second takes the next number, never the same.
            with transaction.atomic():
                return Person.objects.create(code=f"P{number}", birth_year=birth_year, added_at=at)
        except IntegrityError:
            continue


def add_spelling(person: Person, text: str, *, by: str, at: datetime) -> bool:
    """Add a spelling; return False, and change nothing, where it is already one of theirs."""
    with transaction.atomic():
        return decisions.add_spelling(person, text, by, at) is not None


def withdraw(spelling: Spelling, *, at: datetime) -> None:
    """Withdraw a spelling: it stays on record and is not searched for any more."""
    Spelling.objects.filter(pk=spelling.pk, withdrawn_at=None).update(withdrawn_at=at)


def decide(match: Match, answer: str, *, ground: str, by: str, at: datetime) -> Decision:
    """Return the new answer to a match; earlier ones stay.

    Where "same" is taken back, it is taken back from every alike match that stood so: the spelling
    that came with it goes, and nobody is alerted about the case any more.
    """
    with transaction.atomic():
        if answer != Decision.SAME:
            for other in standing.alike(match).exclude(pk=match.pk):
                if decisions.current_answer(other) == Decision.SAME:
                    decisions.decide(other, answer, by=by, ground=ground, at=at)
        return decisions.decide(match, answer, by=by, ground=ground, at=at)
