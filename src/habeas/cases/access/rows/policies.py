"""What the database is told: views of what a member may see, rights, and a policy for each table.

A policy may not look at tables that it keeps from the member. It asks views instead, which belong
to the site, see all, and let through no more than the numbers of what the asking role may see.
"""

# ruff: noqa: S608 - what is put together are names and words of our own code
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from habeas.cases.access import roles
from habeas.watch import ruled
from habeas.watch.ruled import CASES, PEOPLE, ROW, USER, Among

SCHEMA = "habeas_rows"
POLICY, SITE = "habeas_member", "habeas_site"
"""Names of the policies: for members, and for the site itself, which sees all."""
_ME = f'(SELECT "user" FROM {SCHEMA}.me)'
_SHUT = frozenset({"access", "site"})
"""Apps whose tables no member's role may touch: the team, grants and log; links and accounts."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the roles of one database; roles are of the whole server.

    Attributes:
        group: the role of them all, to which rights and policies are given.
        member: begins the role of one member; their seat's number follows.
    """

    group: str
    member: str


def names() -> Names:
    """Return the names of this database's roles, none longer than PostgreSQL allows (63 bytes)."""
    name = str(connection.settings_dict["NAME"])
    if len(name.encode()) > 40 or not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        name = f"habeas_{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    return Names(f"{name}_members", f"{name}_member_")


def guarded() -> list[type[models.Model]]:
    """Return the models that tell of a person: those with a rule."""
    return [one for one in apps.get_models() if hasattr(one, "seen_by")]


def table(model: type[models.Model]) -> str:
    """Return the name of a model's table."""
    return str(model._meta.db_table)  # noqa: SLF001 - Django's own name for it


def script(names: Names) -> list[str]:
    """Return all that the database is told, but for the roles, in order; it may be told again."""
    views, rules = _Views(), list[str]()
    for model in guarded():
        rules += _policies(model, views, names)
    return [
        f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE",
        f"CREATE SCHEMA {SCHEMA}",
        *_asking(names),
        *views.made,
        *rules,
        *_rights(names, len(views.known)),
    ]


def fingerprint(lines: list[str]) -> str:
    """Return what tells one script from another."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _asking(names: Names) -> Iterator[str]:
    """Yield who asks, and what was granted to them: kept ready, since every row asks for it.

    Triggers keep it, whoever adds a grant; ends are asked at the moment of the question.
    """
    living = ", ".join(f"'{role}'" for role in roles.ROLES)
    yield f'CREATE TABLE {SCHEMA}.seats (role name PRIMARY KEY, "user" text, until timestamptz)'
    yield (
        f"CREATE TABLE {SCHEMA}.held (role name, subject_id bigint, person_id bigint,"
        " until timestamptz, PRIMARY KEY (role, subject_id))"
    )
    yield f"CREATE INDEX ON {SCHEMA}.held (role, person_id)"
    ends = "seen.person_id, least(held.until, ends)"
    held = roles.GRANTED.replace("seen.person_id", ends)
    held = held.replace("%s", "who", 1).replace("%s", "now()")
    yield f"""CREATE FUNCTION {SCHEMA}.renew(who text) RETURNS void LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE it name; ends timestamptz;
        BEGIN
            SELECT '{names.member}' || number INTO it FROM public.access_seat WHERE "user" = who;
            DELETE FROM {SCHEMA}.held WHERE role = it;
            DELETE FROM {SCHEMA}.seats WHERE role = it;
            INSERT INTO {SCHEMA}.seats SELECT it, who, one.until
                FROM public.access_membership one WHERE it IS NOT NULL AND one."user" = who
                AND one.id = (SELECT max(id) FROM public.access_membership WHERE "user" = who)
                AND one.role IN ({living}) RETURNING until INTO ends;
            IF FOUND THEN INSERT INTO {SCHEMA}.held SELECT it, granted.* FROM ({held}) granted;
            END IF;
        END $$"""
    yield f"""CREATE FUNCTION {SCHEMA}.renewed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM {SCHEMA}.renew(NEW."user"); RETURN NULL; END $$"""
    for one in ("access_seat", "access_membership", "access_grant"):
        yield (
            f"CREATE TRIGGER {SCHEMA}_renewed AFTER INSERT ON {one}"
            f" FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.renewed()"
        )
    yield f'SELECT {SCHEMA}.renew("user") FROM access_seat'
    now = "(until IS NULL OR until > now())"
    yield f"""CREATE VIEW {SCHEMA}.me AS
        SELECT "user" FROM {SCHEMA}.seats WHERE role = current_user AND {now}"""
    mine = f"FROM {SCHEMA}.held WHERE role = current_user AND {now}"
    yield f"CREATE VIEW {SCHEMA}.cases AS SELECT subject_id AS id {mine}"
    yield f"CREATE VIEW {SCHEMA}.people AS SELECT person_id AS id {mine}"


@dataclass
class _Views:
    """The views that policies ask, made as they are needed; the same question is one view."""

    made: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def of(self, question: str) -> str:
        """Return the name of a function that says whether a number is among those of a question.

        The function hides the view from the planner: policies within policies would be planned
        for each question anew, and that alone took longer than a page.
        """
        if question not in self.known:
            number = len(self.known) + 1
            name = self.known[question] = f"{SCHEMA}.sees_{number}"
            self.made.append(f"CREATE VIEW {SCHEMA}.seen_{number} (id) AS {question}")
            self.made.append(
                f"CREATE FUNCTION {name}(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE"
                " SET search_path = pg_catalog, pg_temp AS"
                f" $$ BEGIN RETURN EXISTS (SELECT 1 FROM {SCHEMA}.seen_{number} WHERE id = one);"
                " END $$"
            )
        return self.known[question]


def _policies(model: type[models.Model], views: _Views, names: Names) -> Iterator[str]:
    on = table(model)
    rule = _rule(model, views).replace(ROW, on)
    yield f"ALTER TABLE {on} ENABLE ROW LEVEL SECURITY"
    # Also for the role that owns the tables: without a policy of its own it would see nothing.
    yield f"ALTER TABLE {on} FORCE ROW LEVEL SECURITY"
    for name in (POLICY, SITE):
        yield f"DROP POLICY IF EXISTS {name} ON {on}"
    yield f"CREATE POLICY {SITE} ON {on} TO CURRENT_USER USING (true) WITH CHECK (true)"
    yield f"CREATE POLICY {POLICY} ON {on} TO {names.group} USING ({rule}) WITH CHECK ({rule})"


def _rule(model: type[models.Model], views: _Views) -> str:
    """Return the rule of a model about the columns of its row, asking views for all else."""

    def asked_of(among: Among) -> str:
        text, params = among.rows.query.sql_with_params()
        return views.of(_written(text, params))

    found = ruled.rule_of(model, connection, asked_of)
    return _written("".join(found.pieces), found.params)


def _written(text: str, params: tuple[object, ...]) -> str:
    """Return SQL with its places filled: with views of who asks, and with words of our own."""
    # IN, not EXISTS: of that the planner would weigh two ways for each question.
    asked = text.replace(CASES, f"SELECT id FROM {SCHEMA}.cases")
    asked = asked.replace(PEOPLE, f"SELECT id FROM {SCHEMA}.people")
    values = iter(params)
    return re.sub("%s", lambda _place: _literal(next(values)), asked)


def _literal(value: object) -> str:
    if value == USER:
        return _ME
    # Only kinds of subjects and the like, from our own code.
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _rights(names: Names, views: int) -> Iterator[str]:
    """Yield what the group of members may do: all that the site may, but in the tables shut off."""
    yield f"GRANT USAGE ON SCHEMA public, {SCHEMA} TO {names.group}"
    # Not the tables beneath: what others were granted is nobody's business.
    for view in ("me", "cases", "people", *(f"seen_{one + 1}" for one in range(views))):
        yield f"GRANT SELECT ON {SCHEMA}.{view} TO {names.group}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {names.group}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {names.group}"
    for model in _opened():
        on: Any = model._meta  # noqa: SLF001 - Django's own name for it
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {on.db_table} TO {names.group}"
        yield f"GRANT USAGE ON SEQUENCE {on.db_table}_{on.pk.column}_seq TO {names.group}"


def _opened() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        app = model._meta.app_label  # noqa: SLF001 - Django's own name for it
        if model.__module__.startswith("habeas.") and app not in _SHUT:
            yield model
