"""A PostgreSQL database whose tables belong to a plain account, as that of a team should be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import postgresql
import psycopg
import pytest
from case_story import invented, say
from django.db import connection, connections
from django_ready import on_postgresql, use

from habeas.cases.access import roles
from habeas.cases.access.rows import binding
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.watch.scope import Scope

SITE = "site_account"
_OWNED = f"""
DO $$ DECLARE one record; BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{SITE}') THEN
    CREATE ROLE {SITE} LOGIN;
  END IF;
  ALTER ROLE {SITE} NOSUPERUSER NOBYPASSRLS CREATEROLE;
  EXECUTE 'ALTER DATABASE ' || current_database() || ' OWNER TO {SITE}';
  ALTER SCHEMA public OWNER TO {SITE};
  FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relkind IN ('r', 'v') LOOP
    EXECUTE 'ALTER TABLE public.' || quote_ident(one.relname) || ' OWNER TO {SITE}';
  END LOOP;
  ALTER FUNCTION habeas_no_change() OWNER TO {SITE};
END $$"""


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Use a fresh database as the account `SITE`; yield the address for the administrator."""
    on_postgresql(folder)
    server = postgresql.cluster()
    if server is None:
        pytest.skip(postgresql.MISSING)
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    above = server.address(name)
    with psycopg.connect(above, autocommit=True) as administrator:
        administrator.execute(_OWNED)
    use(folder, server.address(name, SITE))
    binding.forget()
    binding._seats.clear()
    yield above
    use(folder / "none.sqlite3")
    with psycopg.connect(above, autocommit=True) as administrator:
        rows = administrator.execute(
            "SELECT rolname FROM pg_roles WHERE rolname ~ %s", [f"^{name}_"]
        )
        roles = [row[0] for row in rows.fetchall()]
        for one in roles:
            administrator.execute(f"DROP OWNED BY {one}")
        for one in roles:
            administrator.execute(f"DROP ROLE {one}")


def sees(user: str) -> Scope | None:
    """Return what somebody of the team sees now."""
    return roles.scope_of(roles.standing(user, datetime.now(UTC)), datetime.now(UTC))


def ids(table: str) -> set[int]:
    """Return the numbers of the rows of a table that plain SQL shows now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return {one for (one,) in cursor.fetchall()}


def runs_as() -> str:
    """Return the role that questions are asked as now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def other(code: str = "ZZ9") -> Subject:
    """Return another case with rows that point here and there."""
    case = invented(code, f"Другой {code}")
    paper = Document.objects.create(kind="article", carrier=f"Газета {code}", added_by="b")
    recording.file(case, paper, Hand("b", datetime.now(UTC)))
    place = recording.new_subject(Subject.PLACE, f"Место {code}", Hand("b", datetime.now(UTC)))
    say(case, "note", f"тайна {code}", document=paper)
    say(case, "seen_at", "там", other=place)
    return case
