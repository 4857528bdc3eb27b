"""age, as a stream: what is locked or unlocked never stands on the disk in clear."""

import io
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import BinaryIO

import pyrage

from habeas.errors import BundleDamaged, BundleNotOpened, RecipientKeyRefused
from habeas.language import _

MARK = b"age-encryption.org/"
ARMOUR = b"-----BEGIN AGE"
_BY_PASSPHRASE = b"\n-> scrypt "
SHORTEST = 16
"""Characters of the shortest passphrase: it is guessed at without anybody noticing."""
LARGEST = 64 * 2**20
"""Bytes of the largest bundle that a passphrase locks: age has no stream for it here."""
_OTHER_KEY = "No matching keys found"


def recipient_of(key: str) -> pyrage.x25519.Recipient:
    """Return the recipient of an age public key.

    Raises:
        RecipientKeyRefused: it is none.
    """
    try:
        return pyrage.x25519.Recipient.from_str(key.strip().lower())
    except pyrage.RecipientError as error:
        raise RecipientKeyRefused(_("this is no age public key, or a letter is wrong")) from error


def passphrase_of(key: str) -> str:
    """Return a passphrase that may lock.

    Raises:
        RecipientKeyRefused: it is a secret key, too short, or missing.
    """
    if key.upper().startswith("AGE-SECRET-KEY-"):
        reason = _("this is a secret key: its owner should make a new one, and send only “age1…”")
        raise RecipientKeyRefused(reason)
    if len(key) < SHORTEST:
        reason = _("a passphrase has at least {count} characters").format(count=SHORTEST)
        raise RecipientKeyRefused(reason if key else _("there is no key"))
    return key


def lock(give: Callable[[BinaryIO], object], out: BinaryIO, to: pyrage.x25519.Recipient) -> None:
    """Lock for a recipient what `give` writes, while it is written.

    Raises:
        OSError: `out` cannot be written to. What `give` raises goes through.
    """
    reading, writing = os.pipe()
    watched = _Watched(out)

    def take() -> None:
        with os.fdopen(reading, "rb") as end:
            try:
                pyrage.encrypt_io(end, watched, [to])
            except pyrage.EncryptError as error:
                raise watched.failed or error from error

    with ThreadPoolExecutor(1) as thread:
        taken = thread.submit(take)
        # Where the other side failed first, its error says more than our broken pipe.
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as end:
            give(end)
        taken.result()


def lock_by_passphrase(give: Callable[[BinaryIO], object], out: BinaryIO, passphrase: str) -> None:
    """Lock with a passphrase what `give` writes; all of it stands in memory.

    Raises:
        RecipientKeyRefused: it is larger than `LARGEST`.
    """
    memory = _Bounded()
    give(memory)
    out.write(pyrage.passphrase.encrypt(memory.getvalue(), passphrase))


class _Watched:
    """A file whose failure is kept: age tells only that there was one."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.failed: OSError | None = None

    def write(self, some: bytes) -> int:
        """Write on."""
        try:
            return self.out.write(some)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        """Leave that to whoever owns the file."""


class _Bounded(io.BytesIO):
    """Memory that takes so much and no more."""

    def write(self, some: bytes, /) -> int:  # type: ignore[override]  # bytes are all that comes
        if self.tell() + len(some) > LARGEST:
            raise RecipientKeyRefused(_("so much needs a public key, not a passphrase"))
        return super().write(some)


def is_locked(start: bytes) -> bool:
    """Whether a file that begins so is locked with age."""
    return start.startswith((MARK, ARMOUR))


def wants_passphrase(start: bytes) -> bool:
    """Whether a locked file opens with a passphrase, by its first bytes."""
    return _BY_PASSPHRASE in start[:100]


@contextmanager
def unlocked(locked: BinaryIO, keys: list[str], passphrase: str = "") -> Iterator[BinaryIO]:
    """Give what is locked, for reading once from its beginning; every byte given is authentic.

    Args:
        locked: the file, at its beginning.
        keys: secret keys of which one may open it.
        passphrase: opens one that was locked with a passphrase.

    Raises:
        BundleNotOpened: none of these opens it.
        BundleDamaged: it was cut or changed.
    """
    start = locked.read(100)
    locked.seek(0)
    if wants_passphrase(start):
        yield io.BytesIO(_by_passphrase(locked, passphrase))
        return
    identities = [pyrage.x25519.Identity.from_str(key) for key in keys]
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as thread:
        given = thread.submit(_unlock, locked, writing, identities)
        try:
            # Closing our end lets the other side end as well, if this one failed.
            with os.fdopen(reading, "rb") as end:
                yield end
        finally:
            failed = given.result()
            # Why the stream ended says more than that it ended.
            if failed is not None:
                raise failed


def _unlock(
    locked: BinaryIO, writing: int, identities: list[pyrage.x25519.Identity]
) -> Exception | None:
    with suppress(BrokenPipeError), os.fdopen(writing, "wb") as end:
        try:
            pyrage.decrypt_io(locked, end, identities)
        except pyrage.DecryptError as error:
            if _OTHER_KEY in str(error):
                return BundleNotOpened(_("it is locked for another key"))
            return BundleDamaged(_("it is cut off or was changed"))
        except OSError as error:
            # age says so without a number; a number is that of our own pipe or file.
            if error.errno is None:
                return BundleDamaged(_("it is cut off or was changed"))
            return None if isinstance(error, BrokenPipeError) else error
    return None


def _by_passphrase(locked: BinaryIO, passphrase: str) -> bytes:
    if not passphrase:
        raise BundleNotOpened(_("it is locked with a passphrase, and none was given"))
    content = locked.read(LARGEST * 2)
    try:
        opened: bytes = pyrage.passphrase.decrypt(content, passphrase)
    except (pyrage.DecryptError, OSError) as error:
        raise BundleNotOpened(_("the passphrase is wrong, or it was changed")) from error
    return opened
