"""Desks that can be asked, what they answered, and who is asking where now."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements import visible
from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Subject
from habeas.watch.ruled import among
from habeas.watch.scope import Scope, Seen


class Desk(AppendOnly):
    """How an office can be asked; the newest row of a body counts.

    Attributes:
        kind: one of `words.DESKS`.
        latitude, longitude: degrees, WGS 84; null where nobody knows.
    """

    body = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="desks")
    kind = models.CharField(max_length=16)
    city = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=500, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["body", "-id"])]

    def __str__(self) -> str:
        return f"desk of {self.body}"


class LookUp(AppendOnly):
    """Somebody was asked about somebody. "No" is an answer of that desk at that time, no more.

    Attributes:
        body: the office asked, null for a desk that is not in the list; `whom` names it always.
        channel: how: "phone", "visit", "letter", "site".
        spelling: the name as it was asked.
        outcome: one of `words.OUTCOMES`.
        answer: in the words of whoever answered.
        officer: who answered, as they named themselves.
        ask_again_at: when the answer is too old; null for never.
        corrects: a look-up that was taken down wrongly.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="lookups")
    body = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="asked"
    )
    whom = models.CharField(max_length=300)
    channel = models.CharField(max_length=10, default="phone")
    spelling = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=12)
    answer = models.TextField(blank=True)
    officer = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    ask_again_at = models.DateTimeField(null=True, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["LookUp"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "-asked_at"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.whom}: {self.outcome}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)


class TakenBack(AppendOnly):
    """A look-up that came with a file of others, and was taken back with it; it stays on record."""

    lookup = models.OneToOneField(LookUp, on_delete=models.PROTECT, related_name="taken_back")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["TakenBack"]()

    def __str__(self) -> str:
        return f"{self.lookup}: taken back"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        asked = LookUp._base_manager.filter(subject__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("lookup", asked)


class Asking(models.Model):
    """Somebody is asking a desk now, so that nobody else rings there.

    Attributes:
        until: when the claim ends by itself.
        done_at: when it was given back.
    """

    body = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="asking")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    until = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["body", "-id"])]

    def __str__(self) -> str:
        return f"{self.by} at {self.body}"


def _listed(_scope: Scope) -> Q:
    """Return the condition for offices of the call lists: a telephone number tells of nobody."""
    return among("pk", Desk.objects.all(), "body")


visible.REFERRED.append(_listed)
