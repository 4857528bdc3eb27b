"""Homes with an invented person in every kind of file, and a search of the disk for their name."""

import gzip
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sealed_stores import page, sealer

from habeas.evidence import Store
from habeas.evidence.seals.documents import keep_document
from habeas.evidence.seals.importing import Provenance, take_over
from habeas.evidence.seals.recovering import chain_of

SURNAME = "Вымышленов"
NEEDLES = [SURNAME.encode(coding) for coding in ("utf-8", "windows-1251", "utf-16-le")] + [
    SURNAME.upper().encode("utf-8"),
    b"Vymyshlenov",
]
PASSPHRASE = "four words of a poem"
DOCUMENT = f"%PDF-1.7 {SURNAME} was seen".encode()


def filled(home: Path, base: Path, *, captures: int = 2) -> Path:
    """Fill a home: database with a full-text index and a trigger, captures, document, import."""
    home.mkdir(mode=0o700, parents=True)
    with closing(sqlite3.connect(home / "habeas.sqlite3")) as connection:
        connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA user_version = 7;"
            "CREATE TABLE people "
            "(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT CHECK (name <> ''));"
            "CREATE INDEX by_name ON people (name);"
            "CREATE VIRTUAL TABLE found USING fts5 (name);"
            "CREATE TRIGGER no_change BEFORE DELETE ON people "
            "BEGIN SELECT RAISE (ABORT, 'append only'); END;"
        )
        names = [(f"{SURNAME} {number}",) for number in range(300)]
        connection.executemany("INSERT INTO people (name) VALUES (?)", names)
        connection.executemany("INSERT INTO found (name) VALUES (?)", names)
        connection.commit()
    own = sealer(home)
    store = Store(home / "captures", own)
    for number in range(captures):
        store.keep(page(f"<p>{SURNAME} {number}</p>".encode("windows-1251")))
    brought = base / f"{SURNAME}.txt"
    brought.write_text(f"{SURNAME} was taken", "utf-8")
    take_over(store.chain, [brought], Provenance(collected_by=SURNAME), by="owner")
    brought.unlink()
    keep_document(chain_of(home / "documents", own), DOCUMENT, by="owner")
    return home


def named(folder: Path) -> set[str]:
    """Return the files in which the name can be read: as they lie, or unpacked."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(needle in each for each in _contents(path) for needle in NEEDLES)
    }


def _contents(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    yield os.fsencode(path.name)
    if content.startswith(b"\x1f\x8b"):
        try:
            yield gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            return
