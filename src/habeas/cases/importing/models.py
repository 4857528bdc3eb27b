"""Imports: the rows of a file as they were read, what a person decided, and what came of it.

All of it is added and never changed, so that an import that was cut off goes on where it stopped:
a row that has its one result is done. Only the proposed doubles are made anew at any time.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.lookups.models import LookUp
from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.watch.ruled import among
from habeas.watch.scope import Scope, Seen


class Import(AppendOnly):
    """A file that was read to be imported.

    Attributes:
        sha256, size: of the bytes as they came; they are kept sealed as a file of `document`.
        kind: one of `kinds`.
        speaker, role: who says what the file says, where a row does not name somebody itself.
        said_on: in EDTF, as of when, where a row does not say.
        subject: into whose file papers go; None for lists of people.
        signature: of its headings; see `columns.signature`.
        headings: the columns, in order.
        remarks: what is told of it as a whole: pairs of a key of `words.TOLD` and words.
        read: how many rows were read.
    """

    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12)
    speaker = models.CharField(max_length=300)
    role = models.CharField(max_length=20)
    said_on = models.CharField(max_length=60, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="imports")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    signature = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    read = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Import"]()

    def __str__(self) -> str:
        return f"import {self.pk}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject=None) | Q(subject__in=scope.cases)


class Mapping(AppendOnly):
    """What somebody says the columns mean; of an import, and of its headings, the newest counts.

    Attributes:
        columns: field by heading; see `words.FIELDS`.
    """

    imported = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="mappings")
    signature = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"columns of {self.imported}"


class Row(AppendOnly):
    """A row as it was read.

    Attributes:
        number: from 1, in the order of the file.
        place: where a person finds it: "17", "Sheet 2, 17".
        cells: lists of the fields of `readers.rows.Cell`.
        told: pairs of a key of `words.TOLD` and the column concerned.
        out: why it brings nothing, a key of `words.TOLD`; empty for a row like others.
    """

    imported = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    cells = models.JSONField(default=list)
    told = models.JSONField(default=list)
    out = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["imported", "number"], name="one_row_each_number")
        ]

    def __str__(self) -> str:
        return f"row {self.number} of {self.imported}"


class Alike(models.Model):
    """A proposal: a row may be about somebody who is there, or on an earlier row of the file.

    Attributes:
        bits, verdict: of the comparison of the names.
        years_differ: whether both give a year of birth, and not the same.
    """

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="alike")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, null=True, related_name="+")
    other = models.ForeignKey(Row, on_delete=models.CASCADE, null=True, related_name="+")
    bits = models.FloatField()
    verdict = models.CharField(max_length=12)
    years_differ = models.BooleanField(default=False)

    objects = Seen["Alike"]()

    def __str__(self) -> str:
        return f"{self.row} is {self.subject or self.other}: {self.verdict}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject=None) | Q(subject__in=scope.cases)


class Decision(AppendOnly):
    """What somebody decides about a row; the newest counts.

    Attributes:
        what: NEW, a person who is not there yet; SAME, as `subject`, or as the earlier row
            `other`; OUT, it is left out; OPEN, the decision is taken back.
    """

    NEW, SAME, OUT, OPEN = "new", "same", "out", "open"

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=6)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    other = models.ForeignKey(
        Row, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Decision"]()

    def __str__(self) -> str:
        return f"{self.row}: {self.what}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject=None) | Q(subject__in=scope.cases)


class Result(AppendOnly):
    """What came of a row; it has one at most, whatever is killed and started again.

    Attributes:
        outcome: IMPORTED, OUT or FAILED.
        reason: why it failed, in words.
        opened: whether the person was entered by this row.
    """

    IMPORTED, OUT, FAILED = "imported", "out", "failed"

    row = models.OneToOneField(Row, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=10)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    opened = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Result"]()

    def __str__(self) -> str:
        return f"{self.row}: {self.outcome}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject=None) | Q(subject__in=scope.cases)


class Made(AppendOnly):
    """A statement that was taken down from a row."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="made")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="imported_by")

    objects = Seen["Made"]()

    def __str__(self) -> str:
        return f"{self.statement} by {self.result}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        results = Result._base_manager.filter(subject__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("result", results)


class Undone(AppendOnly):
    """What came of a row was taken back: its statements are retracted, its spellings withdrawn."""

    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="undone")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.result}: undone"


class Bundle(AppendOnly):
    """What a bundle says of itself, and by which key it is signed.

    Attributes:
        fingerprint: of the key that signed, see `evidence.seals.keys.Signer`.
        by, whom: who made it and for whom, in the words of the sender.
        circle: for whom the sender gathered it; of the same record each circle has another id.
        made_at: RFC 3339, as the sender says.
        ours: whether it was locked for a key of this home, as the sender signed it; None where it
            was locked with a passphrase.
        files: how many files it holds.
    """

    imported = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="bundle")
    fingerprint = models.CharField(max_length=64, db_index=True)
    by = models.CharField(max_length=1000)
    whom = models.CharField(max_length=1000)
    circle = models.CharField(max_length=1000)
    made_at = models.CharField(max_length=1000)
    ours = models.BooleanField(null=True)
    files = models.PositiveIntegerField()

    objects = Seen["Bundle"]()

    def __str__(self) -> str:
        return f"bundle of {self.imported}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        every = Import._base_manager  # noqa: SLF001 - whoever asks
        return among("imported", every.filter(Import.seen_by(scope)))


class Compared(AppendOnly):
    """Somebody compared the fingerprint of a key with its owner, by voice or in person.

    Attributes:
        name: whose key it is, in words.
    """

    fingerprint = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"key of {self.name}"


class Received(AppendOnly):
    """A record of another home that was taken over: what it was there, and what it is here.

    Attributes:
        kind: see `bundled.records`.
        theirs: its id there.
        fingerprint, circle: of the bundle; the id means something beside them alone.
        digest: SHA-256 of what it says; of the same id and the same digest nothing is new.
        told: as it was sent.
        statement, lookup, document: what was made of it; none for what is kept beside.
    """

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="received")
    kind = models.CharField(max_length=12)
    theirs = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    circle = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64)
    told = models.JSONField(default=dict)
    statement = models.OneToOneField(
        Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="received_as"
    )
    lookup = models.OneToOneField(
        LookUp, on_delete=models.PROTECT, null=True, blank=True, related_name="received_as"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="received_as"
    )

    objects = Seen["Received"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fingerprint", "kind", "theirs"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.theirs} by {self.result}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        results = Result._base_manager.filter(subject__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("result", results)
