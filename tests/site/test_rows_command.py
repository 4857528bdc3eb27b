"""`habeas team database`: it says in words what it did, and each thing that is wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import guarded
import psycopg
import pytest
from case_story import invented
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.db.migrations import Migration
from django.test import override_settings
from django_ready import use
from site_story import NOW
from team_story import member

from habeas.cases.access.rows import binding, checking, policies, setting_up
from habeas.errors import NoRowSecurity


@pytest.fixture
def above(tmp_path: Path) -> Iterator[str]:
    """A database of a plain account with one member of a case; the administrator's address."""
    with guarded.database(tmp_path) as address, override_settings(HABEAS_NOW=lambda: NOW):
        member("one", "volunteer", invented())
        yield address


def run(*arguments: str, address: str = "") -> tuple[int, str, str]:
    """Return the exit code and what was said."""
    environment = os.environ | {"HABEAS_LANG": "en"}
    if address:
        environment["HABEAS_DATABASE"] = address
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    return done.returncode, done.stdout, done.stderr


def tell(above: str, *lines: str) -> None:
    """Say something to the database as its administrator."""
    with psycopg.connect(above, autocommit=True) as administrator:
        for line in lines:
            administrator.execute(line)


def test_it_does_what_is_missing_once_and_says_so(above: str) -> None:
    del above
    code, out, _err = run("team", "database", "--check")
    assert (code, "does not keep members" in out) == (1, True)
    code, out, err = run("team", "database")
    assert (code, out) == (0, "The database keeps members to their cases.\n")
    assert f"Rules written for {len(policies.guarded())} tables." in err
    assert "12 roles made." in err
    assert "10 roles are free" in err
    code, out, err = run("team", "database")
    assert (code, out) == (0, "The database keeps members to their cases.\n")
    assert "Nothing had to be changed." in err
    assert run("team", "database", "--check")[0] == 0


SPOILT = {
    "without row security: watch_person.": "ALTER TABLE watch_person DISABLE ROW LEVEL SECURITY",
    "(FORCE): watch_person.": "ALTER TABLE watch_person NO FORCE ROW LEVEL SECURITY",
    "without our policies: watch_person.": "DROP POLICY habeas_member ON watch_person",
    "another version": "COMMENT ON SCHEMA habeas_rows IS 'older'",
    "does not have: habeas_one_member_1.": "DROP ROLE habeas_one_member_1",
    "may not act as habeas_one_member_1.": "REVOKE habeas_one_member_1 FROM site_account",
    "does not keep members": "DROP SCHEMA habeas_rows CASCADE",
    "inherits what members may": "ALTER ROLE site_account INHERIT",
}


def test_what_was_spoilt_is_named_and_mended(above: str) -> None:
    setting_up.set_up()
    assert not checking.faults()
    for words, line in SPOILT.items():
        tell(above, line)
        assert words in " ".join(checking.faults()), line
        setting_up.set_up()
        assert not checking.faults(), line


LEFT = {
    "stands above all rules": (
        f"ALTER ROLE {guarded.SITE} BYPASSRLS",
        f"ALTER ROLE {guarded.SITE} NOBYPASSRLS",
    ),
    "not ours, and may let more through: watch_person.all": (
        "CREATE POLICY all_ ON watch_person USING (true)",
        "DROP POLICY all_ ON watch_person",
    ),
    "belong to another account": (
        "ALTER TABLE watch_person OWNER TO habeas",
        f"ALTER TABLE watch_person OWNER TO {guarded.SITE}",
    ),
    "may more than a member": (
        "ALTER ROLE habeas_one_member_1 LOGIN",
        "ALTER ROLE habeas_one_member_1 NOLOGIN",
    ),
}


def test_what_only_an_administrator_mends_is_named_with_what_to_do(above: str) -> None:
    setting_up.set_up()
    for words, (spoil, mend) in LEFT.items():
        tell(above, spoil)
        assert words in " ".join(checking.faults()), spoil
        tell(above, mend)
        assert not checking.faults(), mend
    assert "stands above all rules" in run("team", "database", "--check", address=above)[1]


def test_an_account_that_may_not_make_roles_is_told_so(above: str) -> None:
    tell(above, f"ALTER ROLE {guarded.SITE} NOCREATEROLE")
    with pytest.raises(NoRowSecurity, match="may not make roles"):
        setting_up.set_up()
    assert "does not keep members" in " ".join(checking.faults())
    tell(above, f"ALTER ROLE {guarded.SITE} CREATEROLE")
    setting_up.set_up()
    # From then on it needs no such right, until the spare roles are taken.
    tell(above, f"ALTER ROLE {guarded.SITE} NOCREATEROLE")
    assert not setting_up.set_up().changed
    case = invented("P5")
    assert member("later", "reader", case).get("/en/cases/P5/").status_code == 200
    assert binding.seat_of("later") == 2


def test_roles_are_made_in_time_for_those_who_come(above: str) -> None:
    del above
    setting_up.set_up()
    for n in range(setting_up.SPARE - 3):
        member(f"m{n}", "reader")
    assert setting_up.set_up().free == setting_up.SPARE


def test_an_update_that_changes_tables_is_not_held_up_by_the_rules(above: str) -> None:
    """PostgreSQL changes no column that a view or a policy names."""
    del above
    setting_up.set_up()
    pending = [(Migration("0099_wider", "statements"), False)]
    change = "ALTER TABLE statements_subject ALTER COLUMN kind TYPE varchar(40)"
    with pytest.raises(DatabaseError, match="used by"), transaction.atomic():
        connection.cursor().execute(change)
    emit_pre_migrate_signal(0, False, "default", plan=[])  # noqa: FBT003 - Django's signature
    assert checking.is_told()  # nothing is pending
    emit_pre_migrate_signal(0, False, "default", plan=pending)  # noqa: FBT003 - as above
    connection.cursor().execute(change)
    assert not checking.is_told()
    emit_post_migrate_signal(0, False, "default")  # noqa: FBT003 - as above
    assert not checking.faults()


def test_no_role_of_a_member_may_sign_in_or_act_as_another(above: str) -> None:
    del above
    member("two", "volunteer")
    setting_up.set_up()
    one, two = (policies.names().member + str(binding.seat_of(who)) for who in ("one", "two"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(%s, %s, 'MEMBER'), pg_has_role(%s, session_user, 'MEMBER')",
            [one, two, one],
        )
        assert cursor.fetchone() == (False, False)
        cursor.execute(
            "SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [one]
        )
        assert cursor.fetchone() == (False, False, False)


def test_serving_says_when_named_cases_are_not_guarded(above: str) -> None:
    del above
    assert checking.is_wanted()
    process = subprocess.Popen(
        [sys.executable, "-m", "habeas.cli", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"HABEAS_LANG": "en"},
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    process.terminate()
    process.communicate()
    assert "habeas team database" in first


def test_sqlite_has_no_row_security(tmp_path: Path) -> None:
    use(tmp_path / "habeas.sqlite3")
    code, _out, err = run("team", "database")
    assert (code, "does not run on PostgreSQL" in err) == (2, True)
