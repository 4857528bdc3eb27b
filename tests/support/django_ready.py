"""Django for tests: set up once, with a fresh migrated database for each test that asks for one.

Import this module before any model. Its fixtures are taken over by `from django_ready import
database` in a conftest. With HABEAS_TEST_DATABASE set to a PostgreSQL address the tests run there.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_HOME = Path(tempfile.mkdtemp(prefix="habeas-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["HABEAS_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
os.environ.pop("HABEAS_DATABASE", None)
if os.environ.get("HABEAS_TEST_DATABASE"):
    os.environ["HABEAS_DATABASE"] = os.environ["HABEAS_TEST_DATABASE"]

import django  # noqa: E402 - after the settings it reads

django.setup()

from django.core.management import call_command  # noqa: E402 - after the set-up
from django.db import connection, connections  # noqa: E402 - after the set-up

ON_POSTGRESQL = connection.vendor == "postgresql"


def use(path: Path) -> None:
    """Point all further connections of this process at another SQLite file."""
    connections.close_all()
    connections.settings["default"]["NAME"] = path
    connection.settings_dict["NAME"] = path


def migrated() -> Path:
    """Return an SQLite file with all migrations applied; made once for a test run."""
    template = _HOME / "template.sqlite3"
    if not template.exists():
        use(template)
        call_command("migrate", verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
    return template


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A fresh migrated database: an SQLite file of this test, or the emptied PostgreSQL one."""
    if ON_POSTGRESQL:
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("flush", verbosity=0, interactive=False)
        yield tmp_path
        connections.close_all()
        return
    path = tmp_path / "habeas.sqlite3"
    shutil.copy(migrated(), path)
    use(path)
    yield path
    connections.close_all()
