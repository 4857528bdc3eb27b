"""Files that the disk has confirmed, readable for the user alone."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_BLANK_BYTES = 1024 * 1024


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, and have the disk confirm their names.

    Raises:
        OSError: that is not possible.
    """
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        sync_folder(one.parent)


def write_file(path: Path, content: bytes) -> None:
    """Write a file under another name, have the disk confirm it, and rename it.

    Raises:
        OSError: the disk is full or cannot be written to; nothing is left behind then.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        write_new(unfinished, content)
        unfinished.replace(path)
    except FileExistsError:
        # What somebody else left there is not ours to remove.
        raise
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, and have the disk confirm it. Raises OSError."""
    _write(path, content, os.O_EXCL)


def remove_file(path: Path) -> None:
    """Remove a file, after its bytes were written over where that touches nobody else's copy.

    Written over in place, so that a disk which writes where it is told holds nothing of it. Solid
    disks and file systems that copy on writing keep old bytes for as long as they like. A link is
    removed and not followed, and a file with a second name is not written over.

    Raises:
        OSError: it cannot be removed.
    """
    status = path.lstat()
    if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
        # Full or read-only: that must not keep anybody from removing it.
        with suppress(OSError):
            _blank(path, status.st_size)
    path.unlink()


def _blank(path: Path, size: int) -> None:
    flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        for start in range(0, size, _BLANK_BYTES):
            os.write(descriptor, bytes(min(_BLANK_BYTES, size - start)))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def append(path: Path, content: bytes) -> None:
    """Add to a file, made where it is missing, and have the disk confirm it.

    Raises:
        OSError: the disk is full or cannot be written to; a part of it may be there.
    """
    new = not path.exists()
    _write(path, content, os.O_APPEND)
    if new:
        sync_folder(path.parent)


def _write(path: Path, content: bytes, how: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the disk confirm new names in a folder; Windows does that by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
