"""Django for tests: set up once, with a fresh migrated database for each test that asks for one.

Import this module before any model. Its fixtures are taken over by `from django_ready import
database` in a conftest.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import postgresql
import pytest

_HOME = Path(tempfile.mkdtemp(prefix="habeas-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["HABEAS_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
os.environ.pop("HABEAS_DATABASE", None)

import django  # noqa: E402 - after the settings it reads

django.setup()

from django.core.management import call_command  # noqa: E402 - after the set-up
from django.db import connection, connections  # noqa: E402 - after the set-up

from habeas.site.settings import database_at  # noqa: E402 - after the set-up

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_TEMPLATE, _ONE = "habeas_template", "habeas_one"


def use(file: Path, address: str = "") -> None:
    """Point all further connections of this process, and of those it starts, at a database.

    Args:
        file: the SQLite file.
        address: of a PostgreSQL database; `file` is not used then.
    """
    connections.close_all()
    os.environ["HABEAS_DATABASE"] = address
    described = database_at(file.parent, address)
    if not address:
        described["NAME"] = file
    connections.settings = connections.configure_settings({"default": described})
    # Where nothing was asked yet there is no connection to drop.
    with suppress(AttributeError):
        del connections["default"]


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


def on_sqlite(folder: Path) -> Path:
    """Use a fresh SQLite file in a folder, and return it."""
    path = folder / "habeas.sqlite3"
    shutil.copy(migrated(), path)
    use(path)
    return path


def on_postgresql(folder: Path) -> Path:
    """Use a fresh database of the tests' own PostgreSQL server, and return the folder."""
    server = postgresql.cluster()
    if server is None:
        pytest.skip(postgresql.MISSING)
    template = server.address(_TEMPLATE)
    if not (_HOME / "postgresql-is-migrated").exists():
        server.create(_TEMPLATE)
        use(folder, template)
        call_command("migrate", verbosity=0, skip_checks=True)
        connections.close_all()
        (_HOME / "postgresql-is-migrated").touch()
    connections.close_all()
    server.create(_ONE, template=_TEMPLATE)
    use(folder, server.address(_ONE))
    return folder


@pytest.fixture
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A fresh migrated database: an SQLite file, or what the test is parametrised with."""
    make = on_postgresql if getattr(request, "param", SQLITE) == POSTGRESQL else on_sqlite
    yield make(tmp_path)
    use(_HOME / "none.sqlite3")
