"""From what a user names (files, folders, archives) to single tasks, in a stable order.

A task is one file; a large archive is split into its records here, so that several processes can
share it. Nothing is read into memory before its turn.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import PlaceMissing
from habeas.evidence.seals import PROVENANCE, SEALS
from habeas.finding.gone import refuse_removed
from habeas.finding.looked import Looked
from habeas.sources.contract import Capture
from habeas.sources.readers.kinds import SAMPLE_BYTES, FileKind, kind_of
from habeas.vault.bytes import open_read

SPLIT_FROM_BYTES = 8_000_000
"""Archives at least this large are split into records by the parent process."""

ARCHIVES = frozenset({FileKind.WARC, FileKind.WACZ})


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at.

    Attributes:
        key: the same for the same unchanged file or record, on every run: for the journal.
        path: the file.
        capture: set where a record was already taken out of a large archive.
        seen: set where such a record could not be taken out; says why.
    """

    key: str
    path: Path
    capture: Capture | None = None
    seen: Looked | None = None


def files_of(places: Iterable[str]) -> Iterator[Path]:
    """Yield every file of the named places; folders are walked in name order, links not followed.

    Raises:
        PlaceMissing: one of the names is neither a file nor a folder; raised before any is read.
        RecordRemoved: one of them was a record and was removed by policy; likewise.
    """
    paths = [Path(place) for place in places]
    for path in paths:
        if not path.exists():
            refuse_removed(path)
            raise PlaceMissing(str(path))
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        # Hidden files are the machine's own (.DS_Store, .git), not pages that somebody saved.
        if entry.name.startswith(".") or _is_ours(folder, entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _is_ours(folder: Path, name: str) -> bool:
    """Return whether a name is our own book-keeping: seals, and the past of imports."""
    if name == SEALS:
        return (folder / name / "store.json").is_file()
    return name == PROVENANCE and folder.parent.name == "imports"


def key_of(path: Path) -> str:
    """Return a key that changes when the file does: absolute path, size, time of change."""
    status = path.stat()
    return f"{path.absolute()}|{status.st_size}|{status.st_mtime_ns}"


def kind_of_file(path: Path) -> FileKind:
    """Return the kind of a file, by its first bytes and then its name.

    Raises:
        OSError: the file cannot be opened.
    """
    with open_read(path) as file:
        return kind_of(file.read(SAMPLE_BYTES), path.name)
