"""What the site itself keeps: ways to sign in, as digests, and the sign-ins that happened."""

from typing import ClassVar

from django.db import models

from habeas.cases.statements.append_only import AppendOnly


class OneTimeLink(models.Model):
    """A link that signs its owner in once.

    Attributes:
        digest: SHA-256 of the token; the token itself is kept nowhere.
        user_name: whom it signs in.
        dies_at: after this time it is dead even if nobody used it.
        used_at: when it was used; a used link is dead.
    """

    digest = models.CharField(max_length=64, unique=True)
    user_name = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    dies_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_name} {self.made_at:%Y-%m-%d %H:%M}"


class Arrival(AppendOnly):
    """A sign-in that happened; rows are only added, and the database refuses to change them.

    Attributes:
        user_name: who signed in.
        at: when (UTC).
        network: where the connection came from, shortened to /24 (IPv4) or /48 (IPv6); empty where
            the server could not tell.
        browser: the family of the browser, as it called itself; empty for one that is not known.
        unseen: whether this user had never signed in from this network, or never with this family.
        way: LINK, CODE (passphrase and code) or RECOVERY (passphrase and recovery code); None for
            rows of the time when there were only links.
    """

    LINK, CODE, RECOVERY = "link", "code", "recovery"

    user_name = models.CharField(max_length=150, db_index=True)
    at = models.DateTimeField()
    network = models.CharField(max_length=64)
    browser = models.CharField(max_length=32)
    unseen = models.BooleanField()
    # A column that may be null is added in place. With a default, SQLite would build the table
    # anew, and the triggers that refuse changes would be lost.
    way = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 - see above

    def __str__(self) -> str:
        return f"{self.user_name} {self.at:%Y-%m-%d %H:%M}"


class SignInNote(AppendOnly):
    """Something about somebody's way in that was no sign-in: a try that failed, or a change.

    Kept apart from the sign-ins, so that a stranger who fails often pushes none of those out of
    sight; rows are only added.

    Attributes:
        user_name: whose; empty for a try with a name that nobody signs in with, of which nothing
            that was typed is kept.
        at: when (UTC).
        what: one of the constants of this class.
        by: who did it, where it was not the member: an owner, or "habeas team" at the machine.
        network, browser: as of a sign-in; empty for what was done at the machine.
    """

    REFUSED = "refused"
    REFUSED_INSIDE = "refused-inside"
    SET_UP = "set-up"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a change
    FACTOR = "factor"
    CODES = "codes"
    RESET = "reset"

    user_name = models.CharField(max_length=150, db_index=True, blank=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=16)
    by = models.CharField(max_length=150, blank=True)
    network = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


class Account(models.Model):
    """How a member signs in without a link; the passphrase itself is the user's password in Django.

    Attributes:
        user_name: whose.
        epoch: counts up with every change; a session of an earlier epoch is over.
        secret: the secret of the codes (RFC 6238), wrapped; empty where none is set up.
        last_step: the newest 30-second step (since 1970) whose code was accepted: that code and
            older ones are dead.
    """

    user_name = models.CharField(max_length=150, unique=True)
    epoch = models.PositiveIntegerField(default=0)
    secret = models.CharField(max_length=200, blank=True)
    last_step = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return f"{self.user_name} {self.epoch}"


class RecoveryCode(models.Model):
    """A code for the day on which the telephone is lost; it works once.

    Attributes:
        digest: SHA-256 of the code; the code itself is kept nowhere.
        used_at: when it was used; None while it was not.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class Requirement(AppendOnly):
    """Whether every member has to have a passphrase and a second factor; the newest row counts."""

    required = models.BooleanField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"required: {self.required}"


class Failing(models.Model):
    """How often something failed of late: tries from one address, or with one name.

    Attributes:
        of: HMAC-SHA256 of what it is of, under the installation's own key: neither addresses nor
            what somebody typed as a name stand here.
        times: tries that failed, or are being looked at just now.
        at: the time of the newest (UTC).
    """

    of = models.CharField(max_length=64, unique=True)
    times = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.times} until {self.at:%Y-%m-%d %H:%M}"
