"""Changes of the team and of who sees a case: each a new row, and a line in the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from habeas.cases.access import log, roles
from habeas.cases.access.models import Grant, Membership, Noted
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import LastOwner, MemberRefused
from habeas.language import _
from habeas.watch import scope

MACHINE = "habeas team"
"""Who says so, where it was the command at the machine."""
_OPENED = (Subject.PERSON, Subject.EVENT)


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody may do; the fields are those of `models.Membership`."""

    role: str
    named: bool = False
    until: datetime | None = None


def put(user: str, terms: Terms, hand: Hand) -> Membership:
    """Say what somebody may do from now on; the first one to say so becomes an owner by it.

    Raises:
        MemberRefused: there is no such role, the name is empty or reserved, or it is over already.
        LastOwner: nobody would own the site any more.
    """
    user = user.strip()
    if not user or len(user) > 150 or user == MACHINE:
        raise MemberRefused(_("this name cannot be used"))
    if terms.role not in (*roles.ROLES, Membership.ENDED):
        raise MemberRefused(_("there is no such role"))
    if terms.until is not None and terms.until <= hand.at and terms.role != Membership.ENDED:
        raise MemberRefused(_("it would be over already"))
    with transaction.atomic():
        log.hold()  # of two owners who let each other go, one comes second and is refused
        if not Membership.objects.exists() and hand.by not in (MACHINE, user):
            _add(hand.by, Terms(roles.OWNER), hand)
        _refuse_last(user, terms, hand.at)
        return _add(user, terms, hand)


def _refuse_last(user: str, terms: Terms, at: datetime) -> None:
    """Keep one owner who stays: neither gone, nor another role, nor with an end."""
    stays = terms.role == roles.OWNER and terms.until is None
    lasting = roles.owners(at).filter(until=None)
    if not stays and not lasting.exclude(user=user).exists():
        raise LastOwner


def _add(user: str, terms: Terms, hand: Hand) -> Membership:
    named = terms.role in roles.NAMED_ONLY or (terms.named and terms.role != roles.OWNER)
    row = Membership.objects.create(
        user=user, role=terms.role, named=named, until=terms.until, by=hand.by, at=hand.at
    )
    seen = "named" if named else "all"
    until = f" until {terms.until:%Y-%m-%dT%H:%MZ}" if terms.until else ""
    _tell(hand, f"{user}: {terms.role} {seen}{until}")
    return row


def owner_at_the_machine(user: str, at: datetime) -> Membership:
    """Make somebody an owner from the command line: for an owner who is locked out."""
    hand = Hand(MACHINE, at)
    with transaction.atomic():
        log.hold()
        if not Membership.objects.exists():
            # Whoever could sign in so far owned the site, and still does.
            for name in User.objects.filter(is_active=True).values_list("username", flat=True):
                _add(name, Terms(roles.OWNER), hand)
        return put(user, Terms(roles.OWNER), hand)


def grant(subject: Subject, user: str, hand: Hand, *, until: datetime | None = None) -> Grant:
    """Let a member see a case.

    Raises:
        MemberRefused: nobody of that name is in the team, or it would be over already.
    """
    if not roles.newest_memberships([user]).exclude(role=Membership.ENDED).exists():
        raise MemberRefused(_("nobody of that name is in the team"))
    if until is not None and until <= hand.at:
        raise MemberRefused(_("it would be over already"))
    with transaction.atomic():
        row = Grant.objects.create(subject=subject, user=user, until=until, by=hand.by, at=hand.at)
        _tell(hand, f"granted to {user}", subject.code)
    return row


def withdraw(subject: Subject, user: str, hand: Hand) -> Grant:
    """Let a member not see a case any more."""
    with transaction.atomic():
        row = Grant.objects.create(
            subject=subject, user=user, withdrawn=True, by=hand.by, at=hand.at
        )
        _tell(hand, f"withdrawn from {user}", subject.code)
    return row


def opened(instance: Subject, *, created: bool, raw: bool = False, **_more: Any) -> None:  # noqa: ANN401 - Django's signal
    """Let a member with named cases see the case that they opened themselves."""
    mine = scope.current()
    if mine is None or mine.whole or not created or raw or instance.kind not in _OPENED:
        return
    Grant.objects.create(subject=instance, user=mine.user, by=mine.user, at=instance.added_at)
    # For the rest of this request, too.
    mine.add(instance.pk, instance.person_id)


def _tell(hand: Hand, what: str, *cases: str) -> None:
    log.add(log.Line(hand.at, hand.by, Noted.TEAM, "team", cases=cases, told=what))
