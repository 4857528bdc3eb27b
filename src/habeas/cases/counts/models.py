"""Where a count was copied from; lists of names as they came; what was checked of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements import visible
from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.watch.ruled import among
from habeas.watch.scope import Scope, Seen


class Descent(AppendOnly):
    """Somebody says that one count repeats another, or takes that back; the newest counts."""

    copy = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="copied_from")
    original = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="copied_by")
    holds = models.BooleanField(default=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Descent"]()

    def __str__(self) -> str:
        return f"{self.copy} from {self.original}: {self.holds}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.statement(scope, "copy") & visible.statement(scope, "original")


class NameList(AppendOnly):
    """A list of names as somebody pasted it.

    Attributes:
        event: what happened to those on it.
        title: whose list it is.
        as_of: in EDTF, empty where nobody knows.
        text: all of it, as pasted.
    """

    event = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="name_lists")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="name_lists"
    )
    title = models.CharField(max_length=300)
    as_of = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["NameList"]()

    def __str__(self) -> str:
        return f"list {self.pk} of {self.event}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(event__in=scope.cases)


class Entry(AppendOnly):
    """A line of a list that may name somebody.

    Attributes:
        line: its number in the list, from 1.
        raw: the line as written; nothing of it is ever lost.
        name: what was taken for the name; empty where nothing could be.
        facts: what else was understood, by the names of `habeas.reading.lists.Row`.
    """

    list = models.ForeignKey(NameList, on_delete=models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField()
    raw = models.TextField()
    name = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)

    objects = Seen["Entry"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "line"], name="one_entry_each_line")
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.list}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        lists = NameList._base_manager.filter(event__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("list", lists)


def _entries(scope: Scope) -> "models.QuerySet[Entry]":
    every = Entry._base_manager  # noqa: SLF001 - whoever asks
    return every.filter(list__event__in=scope.cases)


class Check(AppendOnly):
    """What somebody found out about an entry; the newest counts.

    Attributes:
        answer: CONFIRMED, REFUSED, or OPEN where it is taken back.
        ground: how they know.
    """

    CONFIRMED, REFUSED, OPEN = "confirmed", "refused", "open"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="checks")
    answer = models.CharField(max_length=10)
    ground = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Check"]()

    def __str__(self) -> str:
        return f"{self.entry}: {self.answer}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return among("entry", _entries(scope))


class PairAnswer(AppendOnly):
    """Whether two entries are one person, as somebody says; the newest counts.

    Attributes:
        one: the older entry.
        other: the younger entry.
        answer: SAME, DIFFERENT, or OPEN where it is taken back.
    """

    SAME, DIFFERENT, OPEN = "same", "different", "open"

    one = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["PairAnswer"]()

    def __str__(self) -> str:
        return f"{self.one}, {self.other}: {self.answer}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return among("one", _entries(scope))
