"""An invented team: an owner, and members who may see little or nothing. All are invented."""

from datetime import datetime

import django_ready  # noqa: F401 - sets Django up before the models are imported
from django.contrib.auth.models import User
from django.test import Client
from site_story import NOW

from habeas.cases.access import members
from habeas.cases.access.members import Terms
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand

OWNER, STRANGER = "owner", "stranger"
HAND = Hand(OWNER, NOW)


def member(
    user: str,
    role: str = "volunteer",
    *cases: Subject,
    named: bool = True,
    until: datetime | None = None,
) -> Client:
    """Return somebody of the team, signed in, who sees the cases given."""
    members.put(user, Terms(role, named, until), HAND)
    for one in cases:
        members.grant(one, user, HAND)
    return signed_in(user)


def signed_in(user: str) -> Client:
    """Return somebody with a session."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get_or_create(username=user)[0])
    return client
