"""Roles: what a member may do, on which pages, in which cases; and who somebody is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.access.models import Grant, Membership
from habeas.watch.scope import Scope

OWNER, EDITOR, VOLUNTEER, READER, LAWYER = "owner", "editor", "volunteer", "reader", "lawyer"
ROLES: dict[str, tuple[Promise, Promise]] = {
    OWNER: (later("Owner"), later("Does everything, and says who belongs to the team.")),
    EDITOR: (later("Editor"), later("Reads and writes.")),
    VOLUNTEER: (later("Volunteer on shift"), later("Reads and writes until the shift ends.")),
    READER: (later("Reader"), later("Reads; changes nothing.")),
    LAWYER: (later("Lawyer"), later("Reads the cases named, and adds statements to them.")),
}
"""Each role with its name and what it may do."""
NAMED_ONLY = frozenset({LAWYER})
"""Roles that never see all cases."""

ALWAYS = frozenset({"sign-in", "sign-out", "leave", "open", "lock"})
"""Pages for everybody who is signed in: going is never refused, and nor is locking."""
OWNERS = frozenset(
    {
        "team",
        "change-member",
        "require-factor",
        "log",
        "protection",
        "backup",
        "case-access",
        "retention",
        "keep-until",
        "look-behind",
        "purge",
        "purge-report",
    }
)
"""Pages for owners alone."""
OWN = frozenset(
    {
        "tokens",
        "withdraw-token",
        "notes-key",
        "own-sign-in",
        "change-passphrase",
        "change-factor",
        "renew-codes",
    }
)
"""What everybody with a role may send for themselves: a token may no more than they may."""
SHARES = frozenset({"share-as", "share-case-as"})
"""What hands people out: owners and editors alone; a volunteer's shift is no time to export."""
SEES_ALL = frozenset({"hand-over-visit"})
"""What is of everybody at once, and is sent only by those who see all cases."""
LAWYERS_SEND = frozenset(
    {"add-statement", "api-say", "keep-draft", "discard-draft", "seal-note", "pass-note-on"}
)
"""What a lawyer may send."""
ASKED_BY_SENDING = frozenset({"search", "copy-file", "opened-note"})
"""What is sent so that no name or passphrase stands in an address, or for bytes."""
LISTED = 500
"""Up to so many granted cases their numbers are asked for once, and not by every question."""
GRANTED = """
SELECT held.subject_id, seen.person_id
FROM access_grant held JOIN statements_subject seen ON seen.id = held.subject_id
WHERE held."user" = %s AND NOT held.withdrawn AND (held.until IS NULL OR held.until > %s)
AND NOT EXISTS (
    SELECT 1 FROM access_grant newer
    WHERE newer."user" = held."user" AND newer.subject_id = held.subject_id AND newer.id > held.id
)"""
"""The cases and people that were granted to a user and hold at a moment: `live_grants` as SQL."""
_WRITERS = frozenset({OWNER, EDITOR, VOLUNTEER})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is now.

    Attributes:
        role: one of `ROLES`; empty for somebody who is no member, or no more.
        named: whether they see only cases that were granted.
        team: whether there is a team at all; without one, whoever can sign in at this machine is
            its owner, and nothing is logged.
    """

    user: str
    role: str
    named: bool
    team: bool

    @property
    def is_owner(self) -> bool:
        """Whether they own the site."""
        return self.role == OWNER


def standing(user: str, now: datetime) -> Standing:
    """Return what a user is now: by their newest membership, unless it is over."""
    newest = Membership.objects.filter(user=user).order_by("-pk").first()
    if newest is None:
        team = Membership.objects.exists()
        return Standing(user, "" if team else OWNER, named=team, team=team)
    return _standing(newest, now)


def standing_of_anybody(user: str, now: datetime) -> Standing | None:
    """Return what somebody is who is not signed in; None for a name that never was in the team.

    The database is asked as many questions whether the name exists or not.
    """
    newest = Membership.objects.filter(user=user).order_by("-pk").first()
    team = Membership.objects.exists()
    if newest is None:
        return None if team else Standing(user, OWNER, named=False, team=False)
    return _standing(newest, now)


def _standing(newest: Membership, now: datetime) -> Standing:
    over = newest.role not in ROLES or (newest.until is not None and newest.until <= now)
    role = "" if over else newest.role
    return Standing(newest.user, role, named=newest.named or over, team=True)


def live_grants(user: str, now: datetime) -> QuerySet[Grant]:
    """Return the grants of a user that hold now."""
    return _holding(now).filter(user=user)


def granted_to(subject: int, now: datetime) -> QuerySet[Grant]:
    """Return the grants of a case that hold now."""
    return _holding(now).filter(subject=subject)


def _holding(now: datetime) -> QuerySet[Grant]:
    newer = Grant.objects.filter(
        user=OuterRef("user"), subject=OuterRef("subject"), pk__gt=OuterRef("pk")
    )
    return Grant.objects.filter(
        ~Exists(newer), Q(until=None) | Q(until__gt=now), withdrawn=False
    ).order_by()


def scope_of(who: Standing, now: datetime) -> Scope | None:
    """Return what somebody may see; None for all."""
    if not who.named:
        return None
    if not who.role:
        return Scope(who.user, [0], [0])
    rows = _granted(who.user, now)
    if len(rows) > LISTED:
        grants = live_grants(who.user, now)
        people = grants.filter(subject__person__isnull=False).values("subject__person")
        return Scope(who.user, people, grants.values("subject"))
    # No row has the number 0: a list that is never empty spares every rule a special case.
    return Scope(who.user, [0, *(one for _, one in rows if one)], [0, *(one for one, _ in rows)])


def _granted(user: str, now: datetime) -> list[tuple[int, int | None]]:
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        # Written out, because it is asked before every page: its making would be half its cost.
        cursor.execute(f"{GRANTED} LIMIT %s", [user, moment, LISTED + 1])
        return list(cursor.fetchall())


def may(who: Standing, route: str, method: str) -> bool:
    """Say whether somebody may ask for a page in this way; which case it is of plays no part."""
    if route in ALWAYS or not who.role:
        return route in ALWAYS
    if route in OWNERS:
        return who.is_owner
    return reads(route, method) or route in OWN or _may_send(who, route)


def _may_send(who: Standing, route: str) -> bool:
    if who.role == LAWYER:
        return route in LAWYERS_SEND
    if route in SHARES:
        return who.role in {OWNER, EDITOR}
    return who.role in _WRITERS and not (who.named and route in SEES_ALL)


def reads(route: str, method: str) -> bool:
    """Say whether a request changes nothing."""
    return method in _READS or route in ASKED_BY_SENDING


def newest_memberships(users: Iterable[str] | None = None) -> QuerySet[Membership]:
    """Return the newest membership of everybody, or of some, by name."""
    newer = Membership.objects.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
    rows = Membership.objects.filter(~Exists(newer)).order_by("user")
    return rows if users is None else rows.filter(user__in=users)


def owners(now: datetime) -> QuerySet[Membership]:
    """Return those who own the site now."""
    return newest_memberships().filter(Q(until=None) | Q(until__gt=now), role=OWNER)
