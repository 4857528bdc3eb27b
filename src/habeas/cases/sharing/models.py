"""What left the house: to whom, when, of whom, and with which hash. Never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Subject
from habeas.watch.ruled import among
from habeas.watch.scope import Founding, Scope, Seen


class Leaving(Founding, AppendOnly):
    """One file that was handed out.

    Attributes:
        format: key of `contract.Format`.
        circle: one of `statements.words.CIRCLES`.
        recipient: who gets it, in words.
        sha256: of the bytes handed out, in hexadecimal; who has the file can show which it is.
        size: in bytes.
    """

    format = models.CharField(max_length=40)
    circle = models.CharField(max_length=12)
    recipient = models.CharField(max_length=300)
    lang = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Leaving"]()

    def __str__(self) -> str:
        return f"{self.format} for {self.recipient}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        people = Left._base_manager.filter(subject__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("pk", people, "leaving")


class Left(AppendOnly):
    """One person of whom something stood in a file.

    Attributes:
        fields: how many statements of each property left, by its key; "name" and "photo" beside.
        consents: primary keys of the answers on which it rested.
    """

    leaving = models.ForeignKey(Leaving, on_delete=models.PROTECT, related_name="people")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="left")
    fields = models.JSONField(default=dict)
    consents = models.JSONField(default=list)

    objects = Seen["Left"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["leaving", "subject"], name="left_once_each_file")
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.leaving}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)


class LeftFile(AppendOnly):
    """What became of a file of a paper when a bundle was handed out; fields as in `Attached`.

    Attributes:
        name, sha256, size: of the copy that left; empty and 0 where it stayed.
        original, original_size: of the bytes that are kept here, sealed.
        held: why it stayed, a key of `attached.HELD`; empty where it left.
        why: the reason of the stripper, in words.
    """

    left = models.ForeignKey(Left, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    original = models.CharField(max_length=64)
    original_size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    held = models.CharField(max_length=12, blank=True)
    why = models.TextField(blank=True)

    objects = Seen["LeftFile"]()

    def __str__(self) -> str:
        return f"{self.name or self.original[:8]} in {self.left}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        people = Left._base_manager.filter(subject__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("left", people)
