"""Makes tokens, takes them back, and says who shows one."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from habeas.cases.api.models import Minute, Token
from habeas.watch.pages.moment import now

PREFIX = "/api/"
MOST_A_MINUTE = 120
"""Requests of one token in one minute of the clock; more are told to wait."""


def new_token(user: User, name: str, until: datetime, *, writes: bool) -> str:
    """Return a new token, which is kept nowhere; only its digest is."""
    token = "habeas_" + secrets.token_urlsafe(32)
    Token.objects.create(
        digest=_digest(token), name=name, user=user, writes=writes, made_at=now(), until=until
    )
    return token


def shown(request: HttpRequest) -> Token | None:
    """Return the live token that a request shows."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    alive = Token.objects.select_related("user").filter(
        digest=_digest(token.strip()),
        until__gt=now(),
        withdrawn_at=None,
        user__is_active=True,
    )
    return alive.first()


def wait_s(token: Token, moment: datetime) -> int:
    """Count one request; return how many seconds to wait, 0 for one that may go on."""
    minute = int(moment.timestamp()) // 60
    with transaction.atomic():
        row, _made = Minute.objects.select_for_update().get_or_create(
            token=token, defaults={"minute": minute, "asked": 0}
        )
        row.asked = row.asked + 1 if row.minute == minute else 1
        row.minute = minute
        row.save()
    if row.asked <= getattr(settings, "HABEAS_API_MOST", MOST_A_MINUTE):
        return 0
    return 60 - int(moment.timestamp()) % 60


class TokenBearer:
    """Makes the owner of a token the user of a request for programs, before rights are asked.

    A browser's session opens nothing here: another page could then write with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say who asks."""
        if request.path_info.startswith(PREFIX):
            token = shown(request)
            request.user = token.user if token else AnonymousUser()
            request.token = token  # type: ignore[attr-defined]  # read by `door`
        return self._next(request)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
