"""What the site itself keeps: one-time links, as digests."""

from django.db import models


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
