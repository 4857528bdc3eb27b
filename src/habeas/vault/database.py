"""The database of a home, encrypted through SQLCipher 4 with its own page cipher and checks.

SQLCipher encrypts every page, the write-ahead log and the journal; temporary tables stay in memory
(it is built with TEMP_STORE=2). So nothing of the database lies on the disk in clear.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.errors import HomeInUse, HomeNotChanged, PassphraseWrong
from habeas.files import sync_folder
from habeas.language import _

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

NAME = "habeas.sqlite3"
_PLAIN = b"SQLite format 3\x00"
_FRESH = ".encrypting"
_WAIT_S = 5.0
_STEP = 1024 * 1024


def is_plain(path: Path) -> bool:
    """Return whether a file is a database that anybody can read. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except FileNotFoundError:
        return False


def unlock(connection: "Connection", key: str) -> None:
    """Give a connection its key, and make sure that it fits.

    Args:
        connection: just opened.
        key: raw, 64 hexadecimal digits.

    Raises:
        PassphraseWrong: the database is encrypted with another key.
    """
    from sqlcipher3 import dbapi2

    connection.execute(f"PRAGMA key = \"x'{_hexadecimal(key)}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except dbapi2.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        raise PassphraseWrong from error


def encrypt(path: Path, key: str) -> None:
    """Turn a database into an encrypted one: at every moment the name is that of a whole one.

    The old pages are written over afterwards, as far as a program can do that: a solid-state disk
    and some file systems keep copies of their own.

    Raises:
        HomeInUse: somebody has it open.
        HomeNotChanged: the disk is full or cannot be written to.
    """
    fresh = path.with_name(path.name + _FRESH)
    with _told(path):
        for name in (fresh, fresh.with_name(fresh.name + "-journal")):
            name.unlink(missing_ok=True)
        _export(path, fresh, key)
        _confirm(fresh)
        replace_and_wipe(fresh, path)


def _export(path: Path, fresh: Path, key: str) -> None:
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(path), timeout=_WAIT_S)) as plain:
        # Only whoever is alone can leave the write-ahead log.
        try:
            (mode,) = plain.execute("PRAGMA journal_mode = DELETE").fetchone()
        except dbapi2.OperationalError as error:
            raise HomeInUse(str(path)) from error
        if mode != "delete":
            raise HomeInUse(str(path))
        plain.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), f"x'{_hexadecimal(key)}'"))
        plain.execute("SELECT sqlcipher_export('fresh')")
        for name in ("user_version", "application_id"):
            (number,) = plain.execute(f"PRAGMA main.{name}").fetchone()
            plain.execute(f"PRAGMA fresh.{name} = {int(number)}")
        plain.execute("DETACH DATABASE fresh")
        counts = _counted(plain)
    # Opened anew: only then are full-text tables known to it.
    with opened(fresh, key) as made:
        check(made, fresh)
        if _counted(made) != counts:
            raise HomeNotChanged(str(fresh), _("rows are missing"))


def _counted(connection: "Connection") -> dict[str, int]:
    """Return how many rows each table has."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
        if not name.startswith("sqlite_stat")
    }


def check(connection: "Connection", path: Path) -> None:
    """Make sure that every page of an open database is whole. Raises HomeNotChanged."""
    problems = [str(one[0]) for one in connection.execute("PRAGMA cipher_integrity_check")]
    problems += [
        str(one[0]) for one in connection.execute("PRAGMA integrity_check") if one[0] != "ok"
    ]
    if problems:
        raise HomeNotChanged(str(path), problems[0])


@contextmanager
def opened(path: Path, key: str = "") -> Iterator["Connection"]:
    """Give a connection to a database; without a key to a plain one.

    Raises:
        PassphraseWrong: it is encrypted with another key.
    """
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(path), timeout=_WAIT_S)) as connection:
        if key:
            unlock(connection, key)
        yield connection


def copy(path: Path, into: Path, key: str = "") -> None:
    """Write a copy of a database as it is at one moment, while others may use it.

    Raises:
        PassphraseWrong: it is encrypted with another key.
        HomeNotChanged: the disk is full or cannot be written to.
    """
    with _told(into), opened(path, key) as source, opened(into, key) as target:
        source.backup(target)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what the disk or SQLite says in our own words."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except OSError as error:
        raise HomeNotChanged(str(path), error.strerror or type(error).__name__) from error
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise HomeInUse(str(path)) from error
        raise HomeNotChanged(str(path), str(error)) from error


def _confirm(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def replace_and_wipe(fresh: Path, path: Path) -> None:
    """Put a file into another's place, and write zeros over what lay there. Raises OSError."""
    with path.open("rb+") as old:
        size = old.seek(0, os.SEEK_END)
        if os.name == "nt":
            old.close()  # Windows replaces no open file; there the old bytes are left to the disk
        fresh.replace(path)
        sync_folder(path.parent)
        if not old.closed:
            old.seek(0)
            for start in range(0, size, _STEP):
                old.write(bytes(min(_STEP, size - start)))
            old.flush()
            os.fsync(old.fileno())


def _hexadecimal(key: str) -> str:
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise ValueError(len(key))
    return key
