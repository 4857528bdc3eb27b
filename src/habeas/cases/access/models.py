"""Who belongs to the team, who may see which case, and the log. Rows are added, never changed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Subject


class Membership(AppendOnly):
    """What somebody may do from now on; of one user the newest row counts.

    Attributes:
        user: their user name.
        role: one of `roles.ROLES`, or ENDED.
        named: whether they see only cases that were granted to them; else all.
        until: when it ends by itself; None for never.
        by: who said so; "habeas team" for the command at the machine.
    """

    ENDED = "ended"

    user = models.CharField(max_length=150)
    role = models.CharField(max_length=12)
    named = models.BooleanField(default=False)
    until = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-id"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Grant(AppendOnly):
    """A case may be seen by a member, or no more; of one case and user the newest row counts.

    Attributes:
        until: when it ends by itself; None for never.
        withdrawn: whether this row takes it back.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="grants")
    user = models.CharField(max_length=150)
    until = models.DateTimeField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "subject", "-id"])]

    def __str__(self) -> str:
        return f"{self.subject} for {self.user}"


class Seat(AppendOnly):
    """Which role of the database a member with named cases runs as; theirs for good.

    Attributes:
        number: ends the name of the role; see `rows.policies.names`.
    """

    number = models.PositiveIntegerField(unique=True)
    user = models.CharField(max_length=150, unique=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.number}"


class Noted(AppendOnly):
    """One line of the log: somebody read, changed, or was refused something.

    Attributes:
        number: from 1, without a gap.
        verb: READ, CHANGE, REFUSED, or TEAM for who belongs to it.
        route: the name of the page.
        cases: codes of the cases that it is of, each between blanks; one blank where it is of none.
            Empty where a purge took out a code that told a name.
        salt, sealed: `sealed` is SHA-256 over the salt and `cases`, and stands for them in
            `digest`, so that both can be taken out and the line still fits. Empty in older lines.
        told: what changed in the team, or was purged, in our own codes; empty otherwise.
        status: of the answer (HTTP).
        sign_in: which sign-in of theirs it was: SHA-256 of the session's key, shortened.
        prev: digest of the line before, empty for the first.
        digest: SHA-256 over all of the above but `salt` in canonical JSON (RFC 8785); `sealed`
            stands in the place of `cases`.
    """

    READ, CHANGE, REFUSED, TEAM = "read", "change", "refused", "team"

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    user = models.CharField(max_length=150)
    verb = models.CharField(max_length=8)
    route = models.CharField(max_length=60)
    cases = models.CharField(max_length=2000)
    salt = models.CharField(max_length=32, blank=True)
    sealed = models.CharField(max_length=64, blank=True)
    told = models.CharField(max_length=400, blank=True)
    status = models.PositiveSmallIntegerField()
    sign_in = models.CharField(max_length=16, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.user} {self.verb} {self.route}"


class Head(models.Model):
    """The end of the log; not history, one row. Whoever adds a line holds it, one after another.

    Attributes:
        number, digest: of the last line; 0 and empty before the first.
        seal: HMAC-SHA256 of both under the installation's own key, which is not in the database:
            lines cut off at the end are missed.
    """

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"log up to {self.number}"
