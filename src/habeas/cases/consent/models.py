"""Who agreed to what, and who took that back. Rows are added, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Document, Subject
from habeas.watch.scope import Scope, Seen


class Consent(AppendOnly):
    """One answer to one question: may this be done with what we know of this person?

    Attributes:
        use: one of `words.USES`.
        given: True for a yes; False for a no, which also takes back an earlier yes.
        speaker: who answered, in words.
        role: what they are to the person, one of `statements.words.ROLES`.
        manner: one of `words.MANNERS`.
        answered_on: the day on which they said so, where they were.
        until: the last day on which a yes holds, UTC; None where no end was said.
        document: the paper that shows it.
        note: what they said about limits, in words.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="consents")
    use = models.CharField(max_length=12)
    given = models.BooleanField()
    speaker = models.CharField(max_length=300)
    role = models.CharField(max_length=20)
    manner = models.CharField(max_length=12)
    answered_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    note = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Consent"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "use"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.use}: {self.given}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)
