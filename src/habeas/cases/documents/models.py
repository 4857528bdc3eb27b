"""Files that came with documents. The bytes lie outside the database, under their hash."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements import visible
from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Document, Subject
from habeas.watch.scope import Scope, Seen


class Upload(AppendOnly):
    """The bytes of a document.

    Attributes:
        sha256: of the bytes as they came; also where they are kept.
        media_type: as the bytes themselves say; the name and type that a browser sent are not
            believed.
        name_as_sent: for the eye only.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="uploads")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    name_as_sent = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Upload"]()

    def __str__(self) -> str:
        return f"{self.document} {self.sha256[:8]}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.paper(scope, "document")


class Photo(AppendOnly):
    """A picture of a subject, drawn anew by us from an upload; the newest is shown."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="photos")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Photo"]()

    def __str__(self) -> str:
        return f"photo of {self.subject}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases)
