"""What a purge has to do outside of its transaction, done until nothing is left of it.

The list of it was written in the transaction. A kill leaves it there, and the next start goes on.
"""

import logging
from typing import TYPE_CHECKING

from django.db import OperationalError, ProgrammingError, connection

from habeas.cases.retention import captures, closure
from habeas.cases.retention.models import Errand

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

WAIT_MS = 10_000
"""For so long a table of PostgreSQL is waited for that somebody reads in, in milliseconds."""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND pg_table_is_visible(oid)
        AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    ORDER BY relname
"""
_SAMPLES = """
    SELECT class.relname, attribute.attname,
        format_type(attribute.atttypid, attribute.atttypmod)
    FROM pg_stats AS sample
    JOIN pg_class AS class
        ON class.relname = sample.tablename AND class.relnamespace = sample.schemaname::regnamespace
    JOIN pg_attribute AS attribute
        ON attribute.attrelid = class.oid AND attribute.attname = sample.attname
    JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE pg_table_is_visible(class.oid) AND class.relkind = 'r'
        AND sample.schemaname NOT IN ('pg_catalog', 'information_schema')
        AND type.typname IN ('varchar', 'text', 'jsonb')
"""
_log = logging.getLogger(__name__)


def work_off() -> int:
    """Remove the files of purges and the old bytes of the database; return what is still to do."""
    for what, remove in (
        (Errand.FILE, captures.remove_files),
        (Errand.RECORD, captures.remove_records),
    ):
        named = list(
            Errand.objects.filter(what=what).order_by("pk").values_list("named", flat=True)
        )
        stays = remove(named) if named else {}
        if stays:
            causes = "; ".join(sorted(set(stays.values())))
            _log.warning("%d purged files could not be removed yet: %s", len(stays), causes)
        for lot in closure.lots_of(one for one in named if one not in stays):
            Errand.objects.filter(what=what, named__in=lot).delete()
    for one in Errand.objects.filter(what=Errand.PAGES):
        if rewritten():
            one.delete()
            _fold()
    return left()


def left() -> int:
    """Return how many steps are still to be done."""
    return Errand.objects.count()


def rewritten() -> bool:
    """Rewrite the database without what was deleted; False where somebody reads in it just now.

    On PostgreSQL the tables are rewritten, and what was learned of their contents is learned anew;
    its own journal holds old bytes until the server writes over it.
    """
    if connection.in_atomic_block:
        return False
    try:
        return _sqlite() if connection.vendor == "sqlite" else _postgresql()
    except (OperationalError, ProgrammingError) as error:
        _log.warning("the database could not be rewritten yet: %s", type(error).__name__)
        return False


def _sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
    return _fold()


def _fold() -> bool:
    """Move the write-ahead log into the file and cut it; True where that is done."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone()
    return not busy


def _postgresql() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = %s", [WAIT_MS])
        try:
            _rewrite_tables(cursor)
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")
    return True


def _rewrite_tables(cursor: "CursorWrapper") -> None:
    cursor.execute(_TABLES)
    for (table,) in cursor.fetchall():
        cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
    _forget_samples(cursor)
    cursor.execute("VACUUM FULL pg_statistic")


def _forget_samples(cursor: "CursorWrapper") -> None:
    """Forget samples of columns of tables that are empty now: learning anew leaves those alone.

    Giving a column the type that it has forgets them, and writes nothing else.
    """
    cursor.execute(_SAMPLES)
    for table, column, kind in cursor.fetchall():
        cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')  # noqa: S608 - from the catalogue
        if not cursor.fetchone()[0]:
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')
