"""Tells the database of roles, views and policies; it may be told again at any time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import ProgrammingError, connection, transaction

from habeas.cases.access import roles
from habeas.cases.access.models import Seat
from habeas.cases.access.rows import binding, checking, policies
from habeas.cases.access.rows.policies import SCHEMA, Names
from habeas.errors import NoRowSecurity
from habeas.language import _

SPARE = 10
"""How many roles are made beyond those that are taken: for members who come later."""
_DENIED = "42501"
_NEW_GRANTS = 160000
"""PostgreSQL from which on a membership says whether it may be taken on and whether it inherits."""


_taken_away: set[str] = set()


@dataclass(frozen=True, slots=True)
class Done:
    """What was done.

    Attributes:
        tables: how many tables are guarded.
        changed: whether the policies were written anew; False where all was as it should be.
        roles: how many roles were made.
        free: how many roles wait for a member.
    """

    tables: int
    changed: bool
    roles: int
    free: int


def set_up() -> Done:
    """Make what is missing of roles, views, rights and policies.

    Raises:
        NoRowSecurity: the database is not PostgreSQL, the tables belong to somebody else, or a
            role is missing that the account of the site may not make.
    """
    if connection.vendor != "postgresql":
        raise NoRowSecurity(_("the site does not run on PostgreSQL"))
    names = policies.names()
    try:
        with transaction.atomic():
            _seat_members()
            made = _make_roles(names)
            changed = bool(checking.mendable())
            if changed:
                _tell(policies.script(names))
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != _DENIED:
            raise
        raise NoRowSecurity(
            _("the account of the site may not make roles, or does not own the database")
        ) from error
    binding.forget()
    free = len(_there(names)) - Seat.objects.count()
    return Done(len(policies.guarded()), changed, made, free)


def make_way(*, plan: list[Any], using: str, **_more: Any) -> None:  # noqa: ANN401 - Django's signal
    """Take views and policies away before tables change: of theirs, PostgreSQL changes none.

    Until they are there again, tables with row security show a member's role nothing at all.
    """
    here = connection.vendor == "postgresql" and using == connection.alias
    if plan and here and checking.is_told():
        _taken_away.add(str(connection.settings_dict["NAME"]))
        _tell_only([f"DROP SCHEMA {SCHEMA} CASCADE"])


def come_back(**_more: Any) -> None:  # noqa: ANN401 - Django's signal
    """Write the policies anew after tables changed, where there were any."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql" and name in _taken_away:
        _taken_away.discard(name)
        # What the account may not do any more is said by `habeas serve`, which goes on.
        with suppress(NoRowSecurity):
            set_up()


@contextmanager
def out_of_the_way() -> Iterator[None]:
    """Take the rules away while columns are changed, and write them anew, in one transaction.

    Raises:
        NoRowSecurity: as `set_up`; everything is as it was.
    """
    with transaction.atomic():
        told = checking.is_told()
        if told:
            _tell_only([f"DROP SCHEMA {SCHEMA} CASCADE"])
        yield
        if told:
            set_up()


def _seat_members() -> None:
    """Give a seat to each member with named cases who has none yet."""
    for one in roles.newest_memberships().filter(named=True):
        binding.seat_of(one.user)


def _make_roles(names: Names) -> int:
    """Make the group and the roles of all seats, and some to spare; return how many."""
    made = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [names.group])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {names.group} NOLOGIN")
            made += 1
        there = _there(names)
        taken = set(Seat.objects.values_list("number", flat=True))
        last = max(taken, default=0)
        free = {one for one in there if one > last}
        wanted = taken | (
            set(range(last + 1, last + 1 + SPARE)) if len(free) < SPARE // 2 else free
        )
        for number in sorted(wanted - there):
            cursor.execute(f"CREATE ROLE {names.member}{number} NOLOGIN")
            made += 1
        for number in sorted(wanted):
            _bind_role(cursor, names, number)
        cursor.execute("SELECT pg_has_role(session_user, %s, 'USAGE')", [names.group])
        if cursor.fetchone()[0] and not _says_how():
            # Else the policies of members would hold for the site itself, too.
            cursor.execute("ALTER ROLE SESSION_USER NOINHERIT")
    return made


def _bind_role(cursor: Any, names: Names, number: int) -> None:  # noqa: ANN401 - Django's cursor
    role = f"{names.member}{number}"
    cursor.execute(
        "SELECT pg_has_role(%s, %s, 'USAGE'), pg_has_role(session_user, %s, %s)",
        [role, names.group, role, "SET" if _says_how() else "MEMBER"],
    )
    in_group, may_act = cursor.fetchone()
    if not in_group:
        cursor.execute(f"GRANT {names.group} TO {role}")
    if not may_act:
        how = " WITH INHERIT FALSE, SET TRUE" if _says_how() else ""
        cursor.execute(f"GRANT {role} TO SESSION_USER{how}")


def _says_how() -> bool:
    server: Any = connection.connection
    return int(server.info.server_version) >= _NEW_GRANTS


def _there(names: Names) -> set[int]:
    """Return the numbers of the members' roles that the server has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(rolname, %s)::int FROM pg_roles WHERE rolname ~ %s",
            [len(names.member) + 1, f"^{names.member}[0-9]{{1,9}}$"],
        )
        return {number for (number,) in cursor.fetchall()}


def _tell_only(lines: list[str]) -> None:
    with connection.cursor() as cursor:
        for line in lines:
            cursor.execute(line)


def _tell(lines: list[str]) -> None:
    _tell_only(lines)
    with connection.cursor() as cursor:
        # What tells that another version of habeas has other rules.
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{policies.fingerprint(lines)}'")
