"""Tokens of programs, what they sent already, and how much they asked in a minute."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.watch.ruled import among
from habeas.watch.scope import Scope, Seen


class Token(models.Model):
    """What a program shows instead of a person who signs in; it may at most what that person may.

    Attributes:
        digest: SHA-256 of the token, in hexadecimal; the token itself is kept nowhere.
        name: what the program is, in words.
        writes: whether it may take statements down.
        until: the moment from which on it opens nothing.
        withdrawn_at: when it was taken back; None while it was not.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens"
    )
    writes = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token {self.pk}"


class Sent(models.Model):
    """What a program sent under a key of its own; sent again it gets the same answer, once done.

    Attributes:
        body: SHA-256 of path and body, in hexadecimal.
        status, answer: what was answered.
    """

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="sent")
    key = models.CharField(max_length=100)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Sent"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="sent_once_each_key")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.token}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        tokens = Token._base_manager.filter(user__username=scope.user)  # noqa: SLF001 - whoever asks
        return among("token", tokens)


class Minute(models.Model):
    """How often a token asked in one minute.

    Attributes:
        minute: whole minutes since 1970, UTC.
    """

    token = models.OneToOneField(Token, on_delete=models.CASCADE, related_name="minute")
    minute = models.BigIntegerField()
    asked = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.asked} in a minute"
