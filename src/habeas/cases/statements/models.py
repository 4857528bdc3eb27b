"""What is said of whom: subjects, documents, statements, and the lines chosen for display.

Every row is added, none is changed (see `append_only`). What is true "now" is derived: a statement
is live until another one supersedes or retracts it; the newest line of a property counts.
"""

import builtins
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements import visible
from habeas.cases.statements.append_only import AppendOnly
from habeas.watch.models import Person
from habeas.watch.scope import Founding, Scope, Seen


class Subject(Founding, AppendOnly):
    """Something that statements are about.

    Attributes:
        kind: one of `kinds`.
        code: what addresses carry; for a sought person the code under which they are watched.
        title: the name under which it was first entered; a person has their spellings instead.
        person: the sought person, for kind "person".
        ref: where it stands outside: for a court entry, source and identity in the ledger.
    """

    PERSON, BODY, PLACE, EVENT = "person", "body", "place", "event"
    LEGAL_CASE, RECORD, DOCUMENT = "legal_case", "record", "document"

    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=300, blank=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="case"
    )
    ref = models.CharField(max_length=400, blank=True)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=timezone.now)

    objects = Seen["Subject"]()

    def __str__(self) -> str:
        return self.code

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.subjects(scope)


class Document(AppendOnly):
    """What carries statements: an article, a court page, a letter, a note of a call.

    Attributes:
        kind: one of `words.DOCUMENTS`.
        carrier: who published or wrote it: a newspaper, a court, the volunteer who took the call.
        address: where it was, http(s).
        archive: an archived copy, http(s).
        text: what was said, as written down after a call; or the text itself, as pasted.
        lang: ISO 639-1, empty where nobody knows.
        published: in EDTF, as the document itself says.
        retrieved_at: when somebody saw it there.
        record: place of its capture, as `watch.models.Version.record`.
    """

    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=500, blank=True)
    carrier = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    archive = models.CharField(max_length=2000, blank=True)
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=10, blank=True)
    published = models.CharField(max_length=60, blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)
    record = models.JSONField(default=dict)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=timezone.now)

    objects = Seen["Document"]()

    def __str__(self) -> str:
        return f"document {self.pk}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.documents(scope)

    @property
    def name(self) -> str:
        """What it is called in a list: its title, else its carrier, else its address."""
        return self.title or self.carrier or self.address or str(self)


class Filed(AppendOnly):
    """A document belongs to the file of a subject."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="filed")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="filed")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Filed"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "document"], name="filed_once")
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.subject}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.at(scope, "subject") & visible.paper(scope, "document")


class Derivation(AppendOnly):
    """Somebody says that one document repeats another, or takes that back; the newest counts."""

    copy = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="repeats")
    original = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="repeated_by")
    holds = models.BooleanField(default=True)
    ground = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Derivation"]()

    def __str__(self) -> str:
        return f"{self.copy} repeats {self.original}: {self.holds}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.paper(scope, "copy") & visible.paper(scope, "original")


class Statement(AppendOnly):
    """One value, said by a speaker, carried by a document, about a time.

    Attributes:
        property: a term of `properties`, or any other word.
        value: in one form, to be compared: a code, an EDTF time, a settled wording.
        as_said: the words of the speaker, in `lang`; empty where `value` is their words.
        other: the second subject of a statement about two (same person, related case).
        details: further facts said in one breath, by key; see `custody.states`.
        about: in EDTF, in the time zone `zone` (IANA); `about_from` and `about_to` are its bounds.
        speaker: who says so, as the document names them; never the document itself.
        role: one of `words.ROLES`.
        place: page, second, paragraph in the document.
        said_on: in EDTF; `said_by` is the last moment it can mean, at most `recorded_at`.
        certainty: how sure we are of the statement, one of `words.CERTAINTIES`.
        in_custody: whether it was made in custody: "yes", "no", "unknown".
        supersedes: the statement that this one corrects.
        retracts: the statement that is taken back; the row then carries no value of its own.
        visibility: the widest circle that may see it, one of `words.CIRCLES`.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="statements")
    other = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="said_beside"
    )
    property = models.CharField(max_length=60)
    value = models.CharField(max_length=2000, blank=True)
    as_said = models.TextField(blank=True)
    lang = models.CharField(max_length=10, blank=True)
    details = models.JSONField(default=dict)
    about = models.CharField(max_length=60, blank=True)
    about_from = models.DateTimeField(null=True, blank=True)
    about_to = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    speaker = models.CharField(max_length=300)
    role = models.CharField(max_length=20)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    place = models.CharField(max_length=200, blank=True)
    said_on = models.CharField(max_length=60, blank=True)
    said_by = models.DateTimeField()
    certainty = models.CharField(max_length=20, default="unknown")
    in_custody = models.CharField(max_length=8, default="unknown")
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    retracts = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="retracted_by"
    )
    visibility = models.CharField(max_length=12, default="internal")
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = Seen["Statement"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "property"]),
            models.Index(fields=["recorded_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.property} ({self.pk})"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.statements(scope)

    @builtins.property  # the plain word is a field here
    def words(self) -> str:
        """What to show: the words as said, else the value."""
        return self.as_said or self.value


class Line(AppendOnly):
    """What a person chose to show as current for a property, and why; the newest counts.

    Attributes:
        other: the second subject, for statements about two.
        reason: why these, in the author's words.
        review_on: when somebody should look again.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="lines")
    other = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    property = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(null=True, blank=True)

    objects = Seen["Line"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "property", "-id"])]

    def __str__(self) -> str:
        return f"line {self.pk} of {self.subject}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(subject__in=scope.cases) & visible.other(scope)


class Chosen(AppendOnly):
    """A statement that a line shows."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="chosen")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="chosen_in")

    objects = Seen["Chosen"]()

    def __str__(self) -> str:
        return f"{self.statement} in {self.line}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.statement(scope, "statement")


class Draft(models.Model):
    """What somebody typed into a form and has not sent yet; theirs alone, gone once it is sent.

    Attributes:
        path: of the form, without its language.
        fields: as typed, by name.
    """

    by = models.CharField(max_length=150)
    path = models.CharField(max_length=300)
    fields = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = Seen["Draft"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "path"], name="one_draft_each_form")
        ]

    def __str__(self) -> str:
        return f"draft of {self.by}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(by=scope.user)
