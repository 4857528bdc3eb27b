"""Files written and read through the vault: by age where a passphrase is set, else as they are.

An encrypted file keeps its name, and is known by its first bytes. So a home that is half turned can
be read, and every SHA-256 in a seal is that of the bytes before they were encrypted.
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from habeas.language import _
from habeas.vault import opened
from habeas.vault.keys import Secrets

MARK = b"age-encryption.org/v1\n"
_STEP = 1024 * 1024


class Sealed(OSError):
    """An encrypted file was changed or cut, or is encrypted to another key."""

    def __init__(self) -> None:
        super().__init__(errno.EIO, _("encrypted, and damaged or encrypted for another home"))


def protected(content: bytes) -> bytes:
    """Return bytes as they are to be written: encrypted where a passphrase is set.

    Raises:
        HomeLocked, PassphraseWrong, VaultBroken: the key is needed and not to be had.
    """
    if not opened.is_set():
        return content
    return encrypted(content, opened.secrets())


def encrypted(content: bytes, secrets: Secrets) -> bytes:
    """Return bytes encrypted by age to a vault's own key."""
    import pyrage

    identity = pyrage.x25519.Identity.from_str(secrets.age)
    made: bytes = pyrage.encrypt(content, [identity.to_public()])
    return made


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, decrypted where it is encrypted.

    Raises:
        Sealed: it is encrypted, and damaged or not ours to read.
        OSError: it cannot be read.
        HomeLocked, PassphraseWrong, VaultBroken: the key is needed and not to be had.
    """
    return revealed(path.read_bytes())


def revealed(content: bytes) -> bytes:
    """Return bytes decrypted where they are encrypted; raises as `read_bytes`."""
    if not content.startswith(MARK):
        return content
    import pyrage

    identity = pyrage.x25519.Identity.from_str(opened.secrets().age)
    try:
        found: bytes = pyrage.decrypt(content, [identity])
    except pyrage.DecryptError as error:
        raise Sealed from error
    return found


@contextmanager
def open_read(path: Path) -> Iterator[BinaryIO]:
    """Give a file for reading from its beginning; an encrypted one is held in memory, decrypted.

    Raises as `read_bytes`.
    """
    with path.open("rb") as file:
        start = file.read(len(MARK))
        file.seek(0)
        if start == MARK:
            yield BytesIO(revealed(file.read()))
        else:
            yield file


def size_of(path: Path) -> int:
    """Return the size of what a file holds, in bytes. Raises as `read_bytes`."""
    return len(read_bytes(path)) if is_protected(path) else path.stat().st_size


def is_protected(path: Path) -> bool:
    """Return whether a file is encrypted. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def sha256_of_file(path: Path) -> tuple[int, str]:
    """Return size and SHA-256 (hexadecimal) of what a file holds.

    An encrypted file that was changed is hashed as it lies there: it is not what was sealed.

    Raises:
        OSError: it cannot be read.
        HomeLocked, PassphraseWrong, VaultBroken: the key is needed and not to be had.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with open_read(path) as file:
            while part := file.read(_STEP):
                digest.update(part)
                size += len(part)
    except Sealed:
        content = path.read_bytes()
        return len(content), hashlib.sha256(content).hexdigest()
    return size, digest.hexdigest()
