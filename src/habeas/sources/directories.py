"""Directories of courts in the user's own folder: which courts of a platform there are.

One file for each update, `courts/<source>-<time>.json` in HABEAS_HOME; the newest counts, and none
is overwritten. What lies there came from the user's file or from the portal's own pages.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from habeas.errors import DirectoryBroken
from habeas.home import home
from habeas.sources.platforms.sudrf_directory import Court


def folder() -> Path:
    """Return the folder of the directories; it may not be there."""
    return home() / "courts"


def path_of(source_id: str) -> Path | None:
    """Return the newest directory of a source, None where there is none."""
    there = folder()
    found = sorted(there.glob(f"{source_id}-*.json")) if there.is_dir() else []
    return found[-1] if found else None


def load(source_id: str) -> list[Court]:
    """Return the courts of a source by name, none where there is no directory.

    Raises:
        DirectoryBroken: the newest one cannot be read.
    """
    path = path_of(source_id)
    if path is None:
        return []
    try:
        return [Court(**one) for one in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise DirectoryBroken(str(path)) from error


def keep(source_id: str, courts: Iterable[Court], at: datetime) -> Path:
    """Write a directory of a source, beside the earlier ones, whole or not at all.

    Args:
        source_id: the source.
        courts: its courts.
        at: now (aware, UTC).

    Raises:
        OSError: the folder cannot be written to.
    """
    path = folder() / f"{source_id}-{at:%Y%m%dT%H%M%SZ}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(one) for one in sorted(set(courts))], ensure_ascii=False, indent=1)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path


def merged(
    before: Iterable[Court], after: Iterable[Court], regions: Iterable[str] | None = None
) -> list[Court]:
    """Return what was read now, and what it does not speak of as it was known before.

    Args:
        before: the courts that were known.
        after: the courts that were read now.
        regions: the regions that were read; None for all. Of others, what was known stays.

    A court's further buildings stay where the new directory does not speak of buildings at all.
    """
    new = list(after)
    read = None if regions is None else frozenset(regions)
    names = {court.name for court in new}
    hosts = {court.name.partition("#")[0] for court in new}
    speaks = any("#" in name for name in names)
    kept = [
        court
        for court in before
        if court.name not in names
        and (
            (read is not None and court.region not in read)
            or (not speaks and "#" in court.name and court.name.partition("#")[0] in hosts)
        )
    ]
    return sorted({*new, *kept})
