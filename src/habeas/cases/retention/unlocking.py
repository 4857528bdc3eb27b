"""Lets one transaction remove rows of append-only tables, and nobody else at any time.

Removing the guards is part of the transaction, and so is putting them back, word for word as they
were. On SQLite the transaction holds the one right to write from its beginning; on PostgreSQL the
tables are locked against every other writer until it ends. A kill in between leaves the guards.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import ProgrammingError, connection, transaction

from habeas.cases.access import log
from habeas.errors import PurgeRefused
from habeas.language import _

_GUARDS = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
_TRIGGERS = """
    SELECT trigger.tgname, class.relname, trigger.tgenabled FROM pg_trigger AS trigger
    JOIN pg_class AS class ON class.oid = trigger.tgrelid
    JOIN pg_proc AS function ON function.oid = trigger.tgfoid
    WHERE function.proname = 'habeas_no_change' AND pg_table_is_visible(class.oid)
    ORDER BY class.relname, trigger.tgname
"""


@contextmanager
def unlocked() -> Iterator[None]:
    """Hold a transaction in which rows of append-only tables can be changed and removed.

    Raises:
        PurgeRefused: the account at the database does not own the tables.
    """
    with transaction.atomic():
        # Whoever notes a visit holds the log's end before its table: in the other order two wait.
        log.hold()
        lift, restore = _sqlite() if connection.vendor == "sqlite" else _postgresql()
        try:
            _run(lift)
        except ProgrammingError as error:
            raise PurgeRefused(_("the account of the database does not own its tables")) from error
        yield
        # Rows that point at nothing are found here, not after the end.
        connection.check_constraints()
        _run(restore)


def guards() -> list[tuple[str, ...]]:
    """Return every guard that stands in the database, to be compared."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS if connection.vendor == "sqlite" else _TRIGGERS)
        return [tuple(str(part) for part in row) for row in cursor.fetchall()]


def _sqlite() -> tuple[list[str], list[str]]:
    found = guards()
    return [f"DROP TRIGGER {name}" for name, _table, _sql in found], [sql for *_, sql in found]


def _postgresql() -> tuple[list[str], list[str]]:
    found = guards()
    tables = dict.fromkeys(table for _name, table, _state in found)
    # SHARE ROW EXCLUSIVE, which ALTER TABLE takes as well: others may read, none may write.
    lock = [f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE" for table in tables]
    lift = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for name, table, _state in found]
    restore = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for name, table, _state in found]
    return [*lock, *lift], restore


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
