"""Which sealed files rest on purged people alone, and letting go of them.

Files that people brought are removed here: nothing else refers to them. A capture of a page mostly
proves something of others as well; one that does is counted with that reason and stays.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from habeas.cases.retention.closure import Going, every, lots
from habeas.evidence.seals.documents import file_of
from habeas.files import sync_folder
from habeas.watch.models import Match, Mention, Version

_STEP = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Captures:
    """The captures in which purged people were found.

    Attributes:
        alone: records in which nobody else is printed: path in the store and id of the record.
        shared: how many others there are; they prove something of others.
    """

    alone: tuple[tuple[str, str], ...] = ()
    shared: int = 0


def resting_on(going: Going) -> Captures:
    """Return the captures in which people were found, while their matches are still there."""
    versions: set[int] = set()
    for lot in lots(going.rows[Match]):
        rows = every(Match).filter(pk__in=lot).values_list("mention__version", flat=True)
        versions |= set(rows)
    alone: set[tuple[str, str]] = set()
    shared: set[tuple[str, str]] = set()
    for lot in lots(versions):
        for key, record in every(Version).filter(pk__in=lot).values_list("pk", "record"):
            place = (str(record.get("path", "")), str(record.get("record", "")))
            if all(place):
                (shared if _has_others(key, place, going) else alone).add(place)
    return Captures(tuple(sorted(alone - shared)), len(shared))


def _has_others(version: int, place: tuple[str, str], going: Going) -> bool:
    """Whether a record printed anybody beside the purged people, or held another case's row."""
    own = every(Mention).filter(version=version)
    theirs = every(Match).filter(pk__in=going.rows[Match], mention__version=version)
    if own.exclude(pk__in=theirs.values("mention")).exists():
        return True
    same = every(Version).filter(record__path=place[0], record__record=place[1])
    return (
        same.exclude(pk=version)
        .exclude(mentions__matches__in=every(Match).filter(pk__in=going.rows[Match]))
        .exists()
    )


def offered(captures: Captures) -> tuple[tuple[str, str], ...]:
    """Return the records that the store of captures may let go of.

    The store itself lets go of none yet: they are counted as staying.
    """
    return captures.alone


def remove_file(sha256: str, *, purge: int, at: datetime) -> None:
    """Remove a file that people brought: its bytes are overwritten, then its name goes.

    One that is gone already is no error: it is done again after a kill.

    Raises:
        OSError: it cannot be removed now.
    """
    del purge, at  # what the store's own log will say of it
    path = Path(settings.HABEAS_HOME) / "documents" / file_of(sha256)
    with suppress(FileNotFoundError):
        with path.open("rb+") as file:
            for start in range(0, (size := path.stat().st_size), _STEP):
                file.write(bytes(min(_STEP, size - start)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)


def still_there(files: Iterable[str]) -> list[str]:
    """Return those of the files, by SHA-256, that lie in the documents still."""
    folder = Path(settings.HABEAS_HOME) / "documents"
    return [one for one in files if (folder / file_of(one)).exists()]
