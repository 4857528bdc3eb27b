"""When a shift was handed over, by whom, with which words."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly
from habeas.watch.scope import Scope, Seen


class HandOver(AppendOnly):
    """The end of a shift."""

    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    objects = Seen["HandOver"]()

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q() if scope.whole else Q(by=scope.user)
