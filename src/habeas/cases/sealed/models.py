"""Keys of those who may open sealed notes, and the notes. Notes are added, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Subject
from habeas.watch.ruled import among
from habeas.watch.scope import Scope, Seen


class NotesKey(models.Model):
    """A key of a member, to which notes are sealed.

    It is no record of what happened: with another passphrase the old wrapping is overwritten, so
    that the old passphrase opens nothing any more.

    Attributes:
        user: whose key it is; the newest of a user is sealed to, older ones open older notes.
        public: the age recipient ("age1…").
        wrapped: the age identity under the member's own passphrase, as in `vault.keys`: with a
            fixed cost, so that a key made on a quick computer opens on a busy one.
    """

    user = models.CharField(max_length=150)
    public = models.CharField(max_length=100, unique=True)
    wrapped = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-id"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.public}"


class SealedNote(AppendOnly):
    """A note beside a case, locked to the keys of its readers.

    Attributes:
        box: the text, encrypted with age for every reader; its length is rounded up.
        again: the note whose text this one passes on; None for a first one.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="sealed_notes")
    box = models.BinaryField()
    again = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["SealedNote"]()

    def __str__(self) -> str:
        return f"sealed note {self.pk} of {self.subject}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)


class NoteReader(AppendOnly):
    """One key that opens a note."""

    note = models.ForeignKey(SealedNote, on_delete=models.PROTECT, related_name="readers")
    key = models.ForeignKey(NotesKey, on_delete=models.PROTECT, related_name="notes")

    objects = Seen["NoteReader"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "key"], name="one_row_for_each_key_of_a_note")
        ]

    def __str__(self) -> str:
        return f"{self.note} for {self.key.user}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        notes = SealedNote._base_manager.filter(subject__in=scope.cases)  # noqa: SLF001 - whoever asks
        return among("note", notes)
