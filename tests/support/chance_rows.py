"""Rows that point anywhere, by dice: what a rule about rows has to hold for, whoever made them."""

import random
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

_NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("subject", "kind"): ("person", "event", "body", "place", "legal_case", "record", "document"),
}
_USERS = ("own", "one", "two", "somebody")


def add(kinds: list[type[models.Model]], *, each: int, seed: int = 20261124) -> None:
    """Add rows of each kind whose foreign keys point at any row there is, or at none."""
    dice = random.Random(seed)
    for _round in range(each):
        for kind in kinds:
            try:
                with transaction.atomic():
                    # In bulk: nobody is told, who would look for sense in it.
                    kind._base_manager.bulk_create([kind(**_fields(kind, dice))])
            except (IntegrityError, LookupError):
                continue  # that one is there already, or there is nothing that it could point at


def _fields(kind: type[models.Model], dice: random.Random) -> dict[str, Any]:
    return {
        one.name: _value(kind, one, dice)
        for one in kind._meta.concrete_fields
        if not one.primary_key
    }


def _value(kind: type[models.Model], one: "models.Field[Any, Any]", dice: random.Random) -> object:
    if isinstance(one, models.ForeignKey):
        if one.null and dice.random() < 0.3:
            return None
        keys = list(one.related_model._base_manager.values_list("pk", flat=True))
        return one.related_model._base_manager.get(pk=dice.choice(keys))
    if one.name in {"by", "added_by"}:
        return dice.choice(_USERS)
    if isinstance(one, models.CharField | models.TextField):
        some = (f"x{dice.randrange(10**9)}",)
        words = _WORDS.get((kind.__name__.lower(), one.name), some)
        return dice.choice(words)[: one.max_length or 99]
    return _plain(one, dice)


def _plain(one: "models.Field[Any, Any]", dice: random.Random) -> object:
    if isinstance(one, models.DateTimeField):
        return _NOW
    if isinstance(one, models.DateField):
        return _NOW.date()
    if isinstance(one, models.BooleanField):
        return dice.random() < 0.5
    if isinstance(one, models.JSONField):
        return {}
    if isinstance(one, models.BinaryField):
        return dice.randbytes(9)
    return dice.randrange(1, 30_000)
