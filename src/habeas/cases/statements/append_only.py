"""Rows that are added and never changed: refused in the code, and again in the database.

The code can be gone round, by another program or by a mistake; the triggers cannot, short of
dropping them. PostgreSQL's TRUNCATE is left to whoever owns the database. A later migration that
rebuilds such a table on SQLite loses its triggers and must call `guard` again; a test tries every
append-only model after all migrations.
"""

from collections.abc import Sequence
from typing import Any, NoReturn

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from habeas.errors import NothingIsChanged

_REFUSE = (
    "CREATE OR REPLACE FUNCTION habeas_no_change() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'habeas: rows of % are added, never changed', TG_TABLE_NAME; END $$"
)


class AppendOnly(models.Model):
    """A row that cannot be changed or deleted once it is there."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Add the row.

        Raises:
            NothingIsChanged: it is there already.
        """
        if not self._state.adding:
            raise NothingIsChanged(self._meta.label_lower)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - as above
        """Refuse.

        Raises:
            NothingIsChanged: always.
        """
        raise NothingIsChanged(self._meta.label_lower)


def guard(*tables: str) -> migrations.RunPython:
    """Return the step of a migration that makes tables append-only in the database."""

    def add(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements(editor.connection.vendor, tables):
            # No parameters: the per cent sign in the function is its own.
            editor.execute(statement, params=None)

    def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for verb in ("update", "delete", "replace"):
                on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    return migrations.RunPython(add, remove)


def _statements(vendor: str, tables: Sequence[str]) -> list[str]:
    if vendor == "sqlite":
        return [statement for table in tables for statement in _sqlite(table)]
    wanted = [_REFUSE]
    for table in tables:
        wanted += [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION habeas_no_change()"
            for verb in ("update", "delete")
        ]
    return wanted


def _sqlite(table: str) -> list[str]:
    words = f"SELECT RAISE(ABORT, 'habeas: rows of {table} are added, never changed')"
    changed = [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN {words}; END"
        for verb in ("update", "delete")
    ]
    # INSERT OR REPLACE deletes without asking the trigger above, unless recursive triggers are on.
    # Table names are those of our own migrations.
    replaced = (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"  # noqa: S608
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN {words}; END"
    )
    return [*changed, replaced]
