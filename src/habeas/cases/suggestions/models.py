"""What people answered to the suggestions of a text, and who they say is who in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements import visible
from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.watch.scope import Scope, Seen


class Answer(AppendOnly):
    """What somebody answered to a suggestion; of one passage the newest counts.

    Attributes:
        kind: of the suggestion, a value of `habeas.reading.Kind`, or "question".
        start, end: the passage it rests on, in characters of the document's text.
        words: the passage, word for word.
        rule: the rule that suggested it.
        number: how many answers there were before; of two people who answer at once one is late.
        answer: ACCEPTED, REFUSED, or OPEN where it is taken back.
    """

    ACCEPTED, REFUSED, OPEN = "accepted", "refused", "open"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    rule = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=10)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Answer"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "kind", "start", "end", "number"], name="answered_in_turn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.kind} {self.start}-{self.end} {self.answer}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.paper(scope, "document")


class Made(AppendOnly):
    """A statement that was made by accepting a suggestion."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="made")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="made_by")

    objects = Seen["Made"]()

    def __str__(self) -> str:
        return f"{self.statement} by {self.answer}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.statement(scope, "statement")


class Who(AppendOnly):
    """Somebody says whose case a person of a text is, or takes that back; the newest counts.

    Attributes:
        spelling: the fullest name that the text gives the person.
        subject: the case; None where the person is nobody's of ours.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="who")
    spelling = models.CharField(max_length=300)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Who"]()

    def __str__(self) -> str:
        return f"{self.document}: {self.subject}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.paper(scope, "document") & (Q(subject=None) | Q(subject__in=scope.cases))
