"""What the board keeps of each person, so that ten thousand can be sorted at once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from habeas.cases.statements.models import Subject
from habeas.watch.scope import Scope, Seen


class Standing(models.Model):
    """How a case stands; derived from statements and look-ups, and can be made anew at any time.

    Attributes:
        attention_at: from when on the case needs somebody: the first of stale knowledge, an office
            to be asked again, a deadline. The board is sorted by it.
        open_questions: disputed properties.
        others: see `custody.facts`, `lookups.facts`, `actions.facts`.
    """

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="standing")
    state = models.CharField(max_length=24, default="unknown")
    removal = models.CharField(max_length=24, blank=True)
    place = models.CharField(max_length=300, blank=True)
    law = models.CharField(max_length=24, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stale_at = models.DateTimeField(null=True, blank=True)
    disputed = models.BooleanField(default=False)
    signed = models.BooleanField(default=False)
    ask_again_at = models.DateTimeField(null=True, blank=True)
    lookups = models.PositiveIntegerField(default=0)
    deadline_at = models.DateTimeField(null=True, blank=True)
    open_questions = models.PositiveIntegerField(default=0)
    attention_at = models.DateTimeField()

    objects = Seen["Standing"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["attention_at"])]

    def __str__(self) -> str:
        return f"{self.subject}: {self.state}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)
