"""Turns a home into an encrypted one, and changes what opens it.

`vault.json` is the point of no return: before it is there, nothing was changed; from then on the
passphrase opens everything, and a turning that was stopped is finished by the next command.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from habeas.errors import HomeLocked, HomeNotChanged, VaultBroken, VaultState
from habeas.files import make_folder, sync_folder, write_new
from habeas.language import _
from habeas.vault import bytes as through
from habeas.vault import database, keys, opened, using
from habeas.vault.keys import ENCRYPTED, ENCRYPTING, PASSPHRASE, RECOVERY, Secrets, Vault

STORES = ("captures", "documents")
_SEALS = "seals"
_FRESH = ".encrypting"
_KEYS = "keys"
_SECRET = ("backups.json", "routes.json", "visits.json")
"""Settings that hold passwords of proxies, and cookies of visits that were handed over."""

Tell = Callable[[int], None]
"""Is told how many files were encrypted so far."""


def turn_on(folder: Path, passphrase: str, *, tell: Tell = lambda _count: None) -> str:
    """Encrypt a home, and return the recovery key: to be printed, and kept nowhere else.

    Args:
        folder: the home.
        passphrase: opens it from now on.
        tell: is told of the progress.

    Raises:
        PassphraseRefused: it is too short.
        VaultState: one is set already.
        HomeInUse: somebody is at work in the home.
        HomeNotChanged: the disk is full or cannot be written to; repeating goes on.
    """
    with using.alone(folder):
        if keys.at(folder) is not None:
            raise VaultState(str(folder), is_set=True)
        content, recovery = keys.new_secrets(), keys.new_recovery_key()
        write_vault(folder, keys.new_vault(content, passphrase, recovery, state=ENCRYPTING))
        opened.hold(content, folder)
        _turn(folder, content, tell)
    return recovery


def is_unfinished(folder: Path) -> bool:
    """Return whether a turning was stopped. Raises VaultBroken."""
    vault = keys.at(folder)
    return vault is not None and vault.state == ENCRYPTING


def refuse_half(folder: Path) -> None:
    """Refuse a home whose files are encrypted and whose `vault.json` is gone.

    Raises:
        VaultBroken: nothing but that file, from a backup, opens it.
    """
    path = folder / database.NAME
    if opened.is_set(folder) or not path.exists() or not path.stat().st_size:
        return
    # A database that is no SQLite file may just be damaged; an encrypted key is no accident.
    veiled = any(through.is_protected(one) for one in (folder / _KEYS).glob("*.key"))
    if veiled and not database.is_plain(path):
        raise VaultBroken(str(folder / keys.FILE), _("it is missing, and the home is encrypted"))


def finish(folder: Path, *, tell: Tell = lambda _count: None) -> None:
    """Go on with a turning that was stopped, or encrypt what was put there past the program.

    Raises:
        HomeLocked, PassphraseWrong, VaultBroken: as `opened.secrets`.
        HomeInUse, HomeNotChanged: as `turn_on`.
    """
    content = opened.secrets(folder)
    with using.alone(folder):
        _turn(folder, content, tell)


def _turn(folder: Path, content: Secrets, tell: Tell) -> None:
    path = folder / database.NAME
    if database.is_plain(path):
        database.encrypt(path, content.database)
    for done, file in enumerate(plain_files(folder), 1):
        _encrypt(file, content)
        tell(done)
    vault = keys.at(folder)
    if vault is not None and vault.state != ENCRYPTED:
        write_vault(folder, replace(vault, state=ENCRYPTED))


def encrypt_store(store: Path, *, tell: Tell = lambda _count: None) -> int:
    """Encrypt the files of a store that lies elsewhere; return how many there were.

    Raises:
        HomeLocked, HomeNotChanged: as `finish`.
    """
    if not opened.is_set():
        raise HomeLocked(str(store))
    content, done = opened.secrets(), 0
    for file in _plain_in(store):
        _encrypt(file, content)
        done += 1
        tell(done)
    return done


def plain_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a home that should be encrypted and are not."""
    for name in STORES:
        yield from _plain_in(folder / name)
    secret = [*(folder / _KEYS).glob("*.key"), *(folder / _KEYS).glob("*.identity")]
    kept = [*sorted(secret), *(folder / name for name in _SECRET)]
    for path in kept:
        if path.is_file() and not through.is_protected(path):
            yield path


def _plain_in(store: Path) -> Iterator[Path]:
    """Yield everything in a store but its log and stamps, in which nobody is named."""
    for path in sorted(store.rglob("*")):
        inside = path.relative_to(store).parts
        if inside[0] == _SEALS or path.is_symlink() or not path.is_file():
            continue
        if path.name.endswith(_FRESH):
            path.unlink()
        elif not through.is_protected(path):
            yield path


def _encrypt(path: Path, content: Secrets) -> None:
    fresh = path.with_name(path.name + _FRESH)
    try:
        times = path.stat()
        fresh.unlink(missing_ok=True)
        write_new(fresh, through.encrypted(path.read_bytes(), content))
        os.utime(fresh, ns=(times.st_atime_ns, times.st_mtime_ns))
        database.replace_and_wipe(fresh, path)
    except OSError as error:
        raise HomeNotChanged(str(path), error.strerror or type(error).__name__) from error


# --- what opens it -------------------------------------------------------------------------------


def change(folder: Path, old: str, new: str, *, by: str = PASSPHRASE) -> None:
    """Wrap the key in another passphrase. What it encrypts stays as it is.

    Args:
        folder: the home.
        old: the passphrase so far, or the recovery key.
        new: the passphrase from now on.
        by: which of the two `old` is.

    Raises:
        VaultState: no passphrase is set.
        PassphraseWrong, PassphraseRefused, VaultBroken: nothing was changed.
        HomeNotChanged: the disk is full or cannot be written to.
    """
    vault = _vault(folder)
    content = vault.opened(old, by)
    write_vault(folder, vault.wrapped(content, new))
    opened.hold(content, folder)


def renew_recovery(folder: Path, passphrase: str) -> str:
    """Make another recovery key and return it; the one before opens nothing any more.

    Copies of `vault.json` in old backups are still opened by what opened them then. Raises as
    `change`.
    """
    vault = _vault(folder)
    recovery = keys.new_recovery_key()
    write_vault(folder, vault.wrapped(vault.opened(passphrase), recovery, RECOVERY))
    return recovery


def _vault(folder: Path) -> Vault:
    vault = keys.at(folder)
    if vault is None:
        raise VaultState(str(folder), is_set=False)
    return vault


def write_vault(folder: Path, vault: Vault) -> None:
    """Write `vault.json` in one step: a reader finds the old one or the new one. HomeNotChanged."""
    path = folder / keys.FILE
    fresh = path.with_name(path.name + ".new")
    try:
        make_folder(folder)
        fresh.unlink(missing_ok=True)
        write_new(fresh, vault.as_bytes())
        fresh.replace(path)
        sync_folder(folder)
    except OSError as error:
        raise HomeNotChanged(str(path), error.strerror or type(error).__name__) from error
