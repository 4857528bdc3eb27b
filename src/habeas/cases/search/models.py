"""Keys under which people are found; derived from names and numbers, made anew at any time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from habeas.cases.statements import visible
from habeas.cases.statements.models import Subject
from habeas.watch.scope import Scope, Seen


class Key(models.Model):
    """One key of one subject.

    Attributes:
        key: its first letter tells its kind: "s" consonants of a word as it sounds, "w" a word as
            written, "n" a number.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=60)

    objects = Seen["Key"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "subject"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "key"], name="one_key_each_subject")
        ]

    def __str__(self) -> str:
        return self.key

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return visible.at(scope, "subject")
