"""Who works in a home just now: turning it, or changing its passphrase, needs it alone.

Each process at work holds a lock on a file of its own in `using`; the system lets go of it when the
process ends, however it ends.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from habeas.errors import HomeInUse, HomeNotChanged
from habeas.files import make_folder

FOLDER = "using"
_SUFFIX = ".in"

_working: dict[Path, FileLock] = {}


def work(folder: Path) -> None:
    """Say that this process works in a home, until it ends; safe to call again.

    Raises:
        HomeInUse: somebody is turning the home just now.
        HomeNotChanged: the folder cannot be written to.
    """
    place = folder.absolute()
    if place in _working:
        return
    _make(place)
    path = place / FOLDER / f"{os.getpid()}-{uuid4().hex[:8]}{_SUFFIX}"
    own = FileLock(path, timeout=0, mode=0o600)
    own.acquire()
    # First say it, then look: whoever turns the home does it the other way round.
    if _is_held(_changing(place)):
        own.release()
        path.unlink(missing_ok=True)
        raise HomeInUse(str(folder))
    _working[place] = own
    atexit.register(_leave, place)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep everybody else out of a home.

    Raises:
        HomeInUse: somebody is at work in it.
        HomeNotChanged: the folder cannot be written to.
    """
    place = folder.absolute()
    _make(place)
    lock = _changing(place)
    try:
        lock.acquire()
    except Timeout as error:
        raise HomeInUse(str(folder)) from error
    try:
        own = _working.get(place)
        for path in (place / FOLDER).glob("*" + _SUFFIX):
            if own is not None and path == Path(own.lock_file):
                continue
            if _is_held(FileLock(path, timeout=0, mode=0o600)):
                raise HomeInUse(str(folder))
            path.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def one_backup(folder: Path) -> FileLock:
    """Return a lock, held: one backup of a home is made at a time.

    Raises:
        HomeInUse: another one is being made.
        HomeNotChanged: the folder cannot be written to.
    """
    _make(folder.absolute())
    lock = FileLock(folder / FOLDER / "backup", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise HomeInUse(str(folder)) from error
    return lock


def _changing(place: Path) -> FileLock:
    return FileLock(place / FOLDER / "changing", timeout=0, mode=0o600)


def _is_held(lock: FileLock) -> bool:
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False


def _make(place: Path) -> None:
    try:
        make_folder(place / FOLDER)
    except OSError as error:
        raise HomeNotChanged(str(place), error.strerror or type(error).__name__) from error


def _leave(place: Path) -> None:
    own = _working.pop(place, None)
    if own is not None:
        own.release()
        Path(own.lock_file).unlink(missing_ok=True)
