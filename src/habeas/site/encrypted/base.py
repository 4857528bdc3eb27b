"""The connection: Django's own backend, with SQLCipher's module in place of Python's.

What Django's backend gives to Python's module (converters, adapters, functions, cursors) is given
to SQLCipher's in the same words; everything else is Django's. The key comes from the vault when a
connection is opened, so a locked home opens none.
"""

import datetime as dt
import decimal
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 - Django's name for it

from habeas.vault import database, opened


def _decoded(convert: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda raw: convert(raw.decode())


Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", _decoded(parse_date))
Database.register_converter("time", _decoded(parse_time))
Database.register_converter("datetime", _decoded(parse_datetime))
Database.register_converter("timestamp", _decoded(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(dt.date, dt.date.isoformat)
Database.register_adapter(dt.datetime, lambda moment: moment.isoformat(" "))


class Cursor(Database.Cursor):  # type: ignore[misc]  # it ships no types
    """A cursor that takes Django's placeholders."""

    def execute(self, query: str, params: Any = None) -> Any:  # noqa: ANN401 - as Django's
        """Run one statement."""
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(_converted(query, names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:  # noqa: ANN401 - as Django's
        """Run one statement for each set of parameters."""
        all_params = list(param_list)
        first = all_params[0] if all_params else ()
        names = list(first) if isinstance(first, Mapping) else None
        return super().executemany(_converted(query, names), all_params)


def _converted(query: str, names: list[str] | None) -> str:
    """Return a statement with SQLite's placeholders, as Django's own cursor writes it."""
    convert: Any = base.SQLiteCursorWrapper.convert_query
    converted: str = convert(None, query, param_names=names)
    return converted


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to an encrypted database."""

    display_name = "SQLCipher"
    Database = Database

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's parameters, with the constants of this module."""
        params: dict[str, Any] = super().get_connection_params()
        params["detect_types"] = Database.PARSE_DECLTYPES | Database.PARSE_COLNAMES
        params["database"] = str(params["database"])
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 - as Django's
        """Open the database with the vault's key.

        Raises:
            HomeLocked, PassphraseWrong: the key is not to be had, or is another.
        """
        key = opened.secrets().database
        with ExitStack() as unless_whole:
            connection = Database.connect(**conn_params)
            unless_whole.callback(connection.close)
            database.unlock(connection, key)
            register_functions(connection)
            chosen: list[str] = getattr(self, "init_commands", [])
            for command in ("PRAGMA foreign_keys = ON", *chosen):
                if command.strip():
                    connection.execute(command)
            unless_whole.pop_all()
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401, ARG002 - as Django's
        """Return a cursor."""
        return self.connection.cursor(factory=Cursor)
