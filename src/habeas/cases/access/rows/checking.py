"""What is wrong with the row security of this database, each with what to do about it."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from habeas.cases.access import roles
from habeas.cases.access.models import Seat
from habeas.cases.access.rows import policies
from habeas.cases.access.rows.policies import POLICY, SCHEMA, SITE, Names
from habeas.errors import NoRowSecurity
from habeas.language import _


def is_wanted() -> bool:
    """Say whether there is anything to be kept: named cases of a team, on PostgreSQL."""
    return (
        connection.vendor == "postgresql"
        and roles.newest_memberships().filter(named=True, role__in=roles.ROLES).exists()
    )


def faults() -> list[str]:
    """Return in words what is wrong with the account of the site, the roles and the tables.

    Raises:
        NoRowSecurity: the database is not PostgreSQL.
    """
    if connection.vendor != "postgresql":
        raise NoRowSecurity(_("the site does not run on PostgreSQL"))
    return [*_account(), *mendable()]


def is_told() -> bool:
    """Say whether this database was ever told of row security."""
    return bool(_rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA]))


def mendable() -> list[str]:
    """Return what is wrong with the rules: what writing them anew may mend."""
    told = _rows(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [SCHEMA]
    )
    if not told:
        words = _(
            "The database does not keep members from other cases yet; the pages alone do. Run: "
            "habeas team database"
        )
        return [words]
    names = policies.names()
    found = [*_roles(names), *_tables()]
    if told[0][0] != policies.fingerprint(policies.script(names)):
        found.append(
            _("The rules are those of another version of habeas. Run: habeas team database")
        )
    return found


def _account() -> Iterator[str]:
    """Yield what is wrong with the account that the site signs in with."""
    found = _rows(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user"
    )
    name, is_super, passes = found[0]
    if is_super or passes:
        yield _(
            "The site signs in as {name}, who stands above all rules of the database. Let it sign "
            "in as an account that owns its tables and is no more: ALTER ROLE {name} NOSUPERUSER "
            "NOBYPASSRLS, or another account."
        ).format(name=name)
    others = [
        one
        for one, owner in _rows(
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename = ANY(%s)",
            [_guarded()],
        )
        if owner != name
    ]
    if others:
        yield _(
            "Tables that belong to another account than {name}: {tables}. Let their owner hand them"
            " over: REASSIGN OWNED."
        ).format(name=name, tables=", ".join(others))


def _roles(names: Names) -> Iterator[str]:
    wanted = [names.group, *(names.member + str(one) for one in _seats())]
    there = {
        name: (can, above)
        for name, can, above in _rows(
            "SELECT rolname, pg_has_role(session_user, oid, 'MEMBER'), rolsuper OR rolbypassrls"
            " OR rolcanlogin OR rolcreaterole FROM pg_roles WHERE rolname = ANY(%s)",
            [wanted],
        )
    }
    above_all, inherits = _rows(
        "SELECT rolsuper, (SELECT pg_has_role(session_user, oid, 'USAGE') FROM pg_roles"
        " WHERE rolname = %s) FROM pg_roles WHERE rolname = session_user",
        [names.group],
    )[0]
    if inherits and not above_all:
        yield _(
            "The account of the site inherits what members may, and is kept like them. Let the "
            "administrator run: ALTER ROLE name NOINHERIT"
        )
    missing = [one for one in wanted if one not in there]
    if missing:
        yield _("Roles that the database does not have: {roles}. Run: habeas team database").format(
            roles=", ".join(missing)
        )
    for name, (can, above) in there.items():
        if above:
            yield _(
                "The role {role} may more than a member: it signs in, makes roles, or stands above "
                "the rules. Let the administrator run: ALTER ROLE {role} NOLOGIN NOSUPERUSER "
                "NOBYPASSRLS NOCREATEROLE"
            ).format(role=name)
        if not can and name != names.group:
            yield _(
                "The site may not act as {role}. Let the administrator run: GRANT {role} TO the "
                "account of the site"
            ).format(role=name)


def _tables() -> Iterator[str]:
    state = _rows(
        "SELECT relname, relrowsecurity, relforcerowsecurity,"
        " ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid)"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)"
        " ORDER BY relname",
        [_guarded()],
    )
    open_, unforced, without, strange = [], [], [], []
    for name, enabled, forced, there in state:
        open_ += [name] * (not enabled)
        unforced += [name] * (not forced)
        without += [name] * (not {POLICY, SITE} <= set(there))
        strange += [f"{name}.{one}" for one in there if one not in {POLICY, SITE}]
    for words, tables in (
        (_("Tables without row security: {tables}. Run: habeas team database"), open_),
        (
            _("Tables whose owner is not kept (FORCE): {tables}. Run: habeas team database"),
            unforced,
        ),
        (_("Tables without our policies: {tables}. Run: habeas team database"), without),
        (_("Policies that are not ours, and may let more through: {tables}. Drop them."), strange),
    ):
        if tables:
            yield words.format(tables=", ".join(tables))


def _seats() -> list[int]:
    return list(Seat.objects.order_by("number").values_list("number", flat=True))


def _guarded() -> list[str]:
    return [policies.table(one) for one in policies.guarded()]


def _rows(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
