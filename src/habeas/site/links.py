"""One-time links: whoever holds one is the owner, once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from habeas.site.models import OneTimeLink

LIVES = timedelta(hours=1)
"""How long a link that nobody used can still be used."""


def new_token(user_name: str, now: datetime) -> str:
    """Keep a new link for `user_name` and return its token, which is written down nowhere else."""
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        digest=_digest(token), user_name=user_name, made_at=now, dies_at=now + LIVES
    )
    return token


def spend(token: str, now: datetime) -> User | None:
    """Return the user whom a live link signs in, and kill the link; None for a dead one.

    Of two browsers that open the same link at once, one wins: the mark is set by a single UPDATE.
    """
    alive = OneTimeLink.objects.filter(digest=_digest(token), used_at__isnull=True, dies_at__gt=now)
    if alive.update(used_at=now) != 1:
        return None
    name = OneTimeLink.objects.get(digest=_digest(token)).user_name
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save()
    return user if user.is_active else None


def kill(user_name: str, now: datetime) -> None:
    """Kill every link of somebody that nobody used yet."""
    OneTimeLink.objects.filter(user_name=user_name, used_at__isnull=True).update(used_at=now)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
