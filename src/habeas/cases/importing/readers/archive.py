"""ZIP files from strangers, looked at before anything in them is unpacked."""

import stat
import zipfile
from typing import BinaryIO

from habeas.errors import FileNotImported
from habeas.language import _

MOST_BYTES = 400_000_000
"""Bytes that an archive may unpack to, all its files together."""
MOST_FILES = 5000
_LOCKED = 0x1


def opened(stream: BinaryIO) -> zipfile.ZipFile:
    """Return an archive whose list of files promises no more than can be taken.

    Raises:
        FileNotImported: it is damaged, locked with a password, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise FileNotImported(_("the archive is damaged or only half there")) from error
    inside = archive.infolist()
    if len(inside) > MOST_FILES:
        raise FileNotImported(_("it holds more than 5000 files"))
    if sum(one.file_size for one in inside) > MOST_BYTES:
        raise FileNotImported(_("it would unpack to more than 400 MB"))
    if any(one.flag_bits & _LOCKED for one in inside):
        raise FileNotImported(_("it is locked with a password"))
    return archive


def content(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    """Return a file of an archive; never more than `most` bytes are unpacked, whatever it says.

    Raises:
        FileNotImported: it is larger, or damaged.
    """
    try:
        with archive.open(one) as stream:
            read = stream.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise FileNotImported(_("the archive is damaged or only half there")) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # the module that it uses
        raise FileNotImported(_("the archive is damaged or only half there")) from error
    if len(read) > most:
        raise FileNotImported(_("a file in it is larger than 25 MB"))
    return read


def trick(one: zipfile.ZipInfo) -> str:
    """Return why a file of an archive is not taken (a key of `words.TOLD`), empty if it may be."""
    if stat.S_ISLNK(one.external_attr >> 16):
        return "link"
    parts = one.filename.replace("\\", "/").split("/")
    if ".." in parts or one.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return "outside"
    return ""
