"""What a purge has to do outside of its transaction, done until nothing is left of it.

The list of it was written in the transaction. A kill leaves it there, and the next start goes on.
"""

import logging
from typing import TYPE_CHECKING

from django.db import OperationalError, ProgrammingError, connection

from habeas.cases.access.rows import setting_up
from habeas.cases.retention import captures, closure
from habeas.cases.retention.models import Errand
from habeas.errors import NoRowSecurity

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
_COLUMNS = """
    SELECT attribute.attname, format_type(attribute.atttypid, attribute.atttypmod)
    FROM pg_attribute AS attribute JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE attribute.attrelid = %s::regclass AND attribute.attnum > 0
        AND NOT attribute.attisdropped AND type.typname IN ('varchar', 'text', 'jsonb')
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
    except (OperationalError, ProgrammingError, NoRowSecurity) as error:
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
    tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
    with setting_up.out_of_the_way():
        for table in tables:
            _forget_samples(cursor, table)
    cursor.execute("VACUUM FULL pg_statistic")


def _forget_samples(cursor: "CursorWrapper", table: str) -> None:
    """Forget samples of the columns of a table that is empty now: learning anew leaves it alone.

    Giving a column the type that it has forgets them, and writes nothing else. Which columns have
    samples, a table with row security does not tell.
    """
    cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')  # noqa: S608 - from the catalogue
    if cursor.fetchone()[0]:
        return
    cursor.execute(_COLUMNS, [f'"{table}"'])
    for column, kind in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')
