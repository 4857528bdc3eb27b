"""When a shift was handed over, by whom, with which words."""

from django.db import models
from django.utils import timezone

from habeas.cases.statements.append_only import AppendOnly


class HandOver(AppendOnly):
    """The end of a shift."""

    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"
