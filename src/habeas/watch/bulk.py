"""Reads and adds many rows at once, several times faster than through an object for each row.

A national day brings a million rows. Django prepares each value of each object, and of each list of
values that is asked for, by itself; here a statement is prepared once. What is not asked in every
slot goes through the models.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement. Only values may come from outside, never the statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def any_of(column: str) -> str:
    """Return the condition that a column has one of many values; they go in as `many(values)`."""
    form = "{} = ANY(%s)"
    if connection.vendor == "sqlite":
        form = "{} IN (SELECT value FROM json_each(%s))"
    return form.format(column)


def many(values: Iterable[int] | Iterable[str]) -> Any:  # noqa: ANN401 - the driver's own type
    """Return values (whole numbers or texts) as one parameter for `any_of`."""
    return list(values) if connection.vendor == "postgresql" else _encoded(list(values))


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[int]:
    """Add rows and return their primary keys, in the order of the rows.

    Call it inside a transaction that writes: the keys are taken before the rows are there.

    Values are what the database takes: whole numbers, texts, and for JSON and times what
    `as_json` and `as_time` return. Foreign keys are given by their column ("entry_id").
    """
    waiting = list(rows)
    if not waiting:
        return []
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, ("id", *columns)))
    # Django documents `_meta` as the way to ask a model for its table.
    table = model._meta.db_table  # noqa: SLF001 - see above
    keys = _keys(table, len(waiting))
    places = ", ".join(["%s"] * (len(columns) + 1))
    # Names of table and columns are our own models'; values are parameters. One short statement
    # for all rows: one with thousands of parameters has to be read anew each time.
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(key, *row) for key, row in zip(keys, waiting, strict=True)])
    return keys


def _keys(table: str, count: int) -> list[int]:
    """Take primary keys that nobody else will be given."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return sorted(key for (key,) in cursor.fetchall())
        # Whoever writes to SQLite writes alone; it counts on from the highest key by itself.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        highest = cursor.fetchone()
    first = (highest[0] if highest else 0) + 1
    return list(range(first, first + count))


def as_json(value: Any) -> Any:  # noqa: ANN401 - any JSON in, the driver's own type out
    """Return a JSON value as the database takes it."""
    if connection.vendor == "sqlite":
        return _encoded(value)
    return connection.ops.adapt_json_value(value, None)


def as_time(moment: datetime) -> Any:  # noqa: ANN401 - the driver's own type
    """Return a moment (aware) as the database takes it."""
    return connection.ops.adapt_datetimefield_value(moment)
