"""What the site itself keeps: one-time links, as digests, and the sign-ins that happened."""

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
    """

    user_name = models.CharField(max_length=150, db_index=True)
    at = models.DateTimeField()
    network = models.CharField(max_length=64)
    browser = models.CharField(max_length=32)
    unseen = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.user_name} {self.at:%Y-%m-%d %H:%M}"
