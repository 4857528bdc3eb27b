"""Screens the whole past again when a person, or a spelling, is new: in batches, across kills."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from habeas.watch.matching import match
from habeas.watch.models import Backlog, Mention, Person
from habeas.watch.screening import SKIPPED, People, Screened, indexed, mark_of_people
from habeas.watch.written import NewMention

BATCH = 5000
"""Mentions of the past that are screened in one transaction."""


def ask_past(person: Person, at: datetime) -> Backlog:
    """Have the whole past screened for a person, from its first mention; earlier askings end."""
    Backlog.objects.filter(person=person, done_at=None).update(done_at=at)
    backlog, _made = Backlog.objects.get_or_create(
        person=person, spellings=person.spellings.count(), defaults={"asked_at": at}
    )
    return backlog


class Past:
    """Screens the past in batches; after a kill it goes on where the last batch ended."""

    def __init__(self) -> None:
        self._who = People(())

    def batch(self, at: datetime, guard: Callable[[], None] = lambda: None) -> bool:
        """Screen one batch for those who are furthest behind; return whether there is more.

        Args:
            at: now.
            guard: called first in the transaction; it raises where nothing may be written.
        """
        with transaction.atomic():
            guard()
            first = Backlog.objects.filter(done_at=None).order_by("next_mention", "id").first()
            if first is None:
                return False
            together = Backlog.objects.filter(done_at=None, next_mention=first.next_mention)
            who = self._people(sorted(together.values_list("person_id", "spellings")))
            mentions = _mentions_from(first.next_mention)
            match(mentions, Screened(who), at)
            if len(mentions) < BATCH:
                together.update(done_at=at)
            else:
                together.update(next_mention=mentions[-1].pk + 1)
        return Backlog.objects.filter(done_at=None).exists()

    def _people(self, asked: list[tuple[int, int]]) -> People:
        mark: tuple[object, ...] = (mark_of_people(), tuple(asked))
        if self._who.mark != mark:
            ids = [person for person, _spellings in asked]
            self._who = indexed(mark, Person.objects.filter(pk__in=ids, closed_at=None))
        return self._who


def _mentions_from(first: int) -> list[NewMention]:
    """Return the next mentions that are compared, from a primary key on."""
    rows = (
        Mention.objects.filter(pk__gte=first)
        .exclude(capacity__in=SKIPPED)
        .order_by("pk")
        .values_list(
            "pk",
            "printed",
            "capacity",
            "version__entry_id",
            "version__entry__source",
            "version__entry__identity",
        )
    )
    return [NewMention(*row) for row in rows[:BATCH]]
