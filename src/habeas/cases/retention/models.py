"""How long things are kept, who said so, what has expired, and what was purged."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Subject
from habeas.watch.scope import Scope, Seen


class Period(AppendOnly):
    """How long things of one kind are kept; of a kind the newest row counts.

    Attributes:
        kind: one of `periods.KINDS`.
        days: whole days; None where they are kept until somebody says otherwise.
        reason: why so long, in words.
    """

    kind = models.CharField(max_length=16)
    days = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"


class Expiry(AppendOnly):
    """The last day on which a record is kept, as somebody said; of a subject the newest counts.

    Attributes:
        day: UTC; None where they took that back and the periods count again.
        reason: in their words.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="expiries")
    day = models.DateField(null=True, blank=True)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Expiry"]()

    def __str__(self) -> str:
        return f"{self.subject} until {self.day}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)


class Hold(AppendOnly):
    """A reason for which nothing of a record may be purged; of a subject the newest row counts.

    Attributes:
        until: the last day on which it holds, UTC; None for until it is lifted.
        lifted: whether this row takes it back.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    until = models.DateField(null=True, blank=True)
    lifted = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Hold"]()

    def __str__(self) -> str:
        return f"{self.subject} held until {self.until}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)


class Purge(AppendOnly):
    """One purge. It names nobody.

    Attributes:
        removed: how many rows of each model, by its label, and files, were removed.
        emptied: how many rows stay without their words, likewise.
        stayed: pairs of a key of `words.STAYED` and a number.
        reasons: how many people for each class of reason, a key of `words.REASONS`.
        marks: what knows those people again in an older copy of this installation, and nowhere
            else; see `reporting.mark_of`.
        sha256: of the report.
    """

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    people = models.PositiveIntegerField()
    removed = models.JSONField(default=dict)
    emptied = models.JSONField(default=dict)
    stayed = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    marks = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"purge {self.pk}"


class Shut(models.Model):
    """A record that has expired, or was purged: a placeholder stands in its place.

    Before the purge this is derived from `Expiry` and `Period`, and goes when they are changed.

    Attributes:
        day: the last day on which it was kept, UTC.
        reason: a key of `words.REASONS`.
        purge: the purge that removed it; None while it is only closed.
        stopped: whether watching for the person was stopped by it.
    """

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="shut")
    day = models.DateField()
    reason = models.CharField(max_length=16)
    at = models.DateTimeField()
    stopped = models.BooleanField(default=False)
    purge = models.ForeignKey(
        Purge, on_delete=models.PROTECT, null=True, blank=True, related_name="placeholders"
    )

    objects = Seen["Shut"]()

    def __str__(self) -> str:
        return f"{self.subject} until {self.day}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)


class Errand(models.Model):
    """What a purge has still to do outside of its transaction; gone when it is done.

    Attributes:
        what: FILE, a file of the documents is removed; RECORD, a capture is; PAGES, old bytes leave
            the database's files.
        named: SHA-256 of the file, or where the capture lies.
        purge: which purge it belongs to.
    """

    FILE, RECORD, PAGES = "file", "record", "pages"

    purge = models.ForeignKey(Purge, on_delete=models.PROTECT, related_name="errands")
    what = models.CharField(max_length=6)
    named = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["what", "named"], name="one_errand_each")
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.purge}"
