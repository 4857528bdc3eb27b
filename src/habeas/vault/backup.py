"""Encrypted copies of a whole home in one file, and their way back.

A backup is a ZIP with `vault.json`, which wraps the key, and `home.tar.age`. It opens with the
passphrase or the recovery key, by habeas or, without it, as `READ-ME.txt` in it says. Nothing of a
home lies on the disk in clear while one is made or restored.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from habeas.errors import BackupRefused, HomeLocked, PassphraseWrong
from habeas.files import make_folder, sync_folder
from habeas.language import _
from habeas.vault import database, keys, opened, using
from habeas.vault.keys import PASSPHRASE, Secrets, Vault

VAULT, HOME, README, LIST = keys.FILE, "home.tar.age", "READ-ME.txt", "backup.json"
FORMAT = "habeas backup 1"
_PART = ".part"
_SNAPSHOT = "backup.sqlite3"
_UNDER_WAY = ".restoring"
_STEP = 1024 * 1024
_LARGEST_LIST = 256 * 1024 * 1024

_README = b"""This is an encrypted backup of a home of habeas.

With habeas:      habeas restore FILE
Without habeas:   vault.json holds the key, wrapped with ChaCha20-Poly1305 under the scrypt of the
passphrase (NFKC, UTF-8), or of the recovery key (capitals and digits only). Unwrapped, it is JSON:
"age" is an age identity that opens home.tar.age, "database" the raw key of SQLCipher.
"""


def back_up(folder: Path, into: Path, *, passphrase: str = "") -> str:
    """Write a backup of a home while others may work in it.

    Args:
        folder: the home.
        into: the file; never overwritten.
        passphrase: opens the backup of a home that has none; others open with their own.

    Returns:
        The recovery key of the backup, where it has one of its own; else nothing.

    Raises:
        BackupRefused: there is such a file, or it cannot be written. No half file is left.
        HomeLocked, PassphraseWrong, VaultBroken: the home is encrypted and not open.
        PassphraseRefused: the given passphrase is too short.
        HomeInUse: the database is held by somebody.
    """
    vault, content, recovery = _vault_for(folder, passphrase)
    # A name of its own: what a kill left behind does not stand in the way.
    unfinished = into.with_name(f"{into.name}.{uuid4().hex[:8]}{_PART}")
    if into.exists():
        raise BackupRefused(str(into), _("there is a file of that name"))
    snapshot = folder / _SNAPSHOT
    one = using.one_backup(folder)
    try:
        _snapshot(folder, snapshot)
        with open(unfinished, "xb", opener=_for_the_user_alone) as file:
            try:
                _write(file, vault, content, folder)
                file.flush()
                os.fsync(file.fileno())
                if into.exists():
                    raise BackupRefused(str(into), _("there is a file of that name"))
                unfinished.rename(into)
            finally:
                unfinished.unlink(missing_ok=True)
        sync_folder(into.absolute().parent)
    except OSError as error:
        raise BackupRefused(str(into), error.strerror or type(error).__name__) from error
    finally:
        _remove(snapshot)
        one.release()
    return recovery


def _vault_for(folder: Path, passphrase: str) -> tuple[Vault, Secrets, str]:
    vault = keys.at(folder)
    if vault is not None:
        return vault, opened.secrets(folder), ""
    if not passphrase:
        raise HomeLocked(str(folder))
    content, recovery = keys.new_secrets(), keys.new_recovery_key()
    return keys.new_vault(content, passphrase, recovery), content, recovery


def _snapshot(folder: Path, snapshot: Path) -> None:
    """Copy the database as it is at one moment, before the files that its rows refer to."""
    path = folder / database.NAME
    _remove(snapshot)
    if path.exists():
        key = "" if database.is_plain(path) else opened.secrets(folder).database
        database.copy(path, snapshot, key)


def _remove(snapshot: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        snapshot.with_name(snapshot.name + suffix).unlink(missing_ok=True)


def _write(file: BinaryIO, vault: Vault, content: Secrets, folder: Path) -> None:
    import pyrage

    recipient = pyrage.x25519.Identity.from_str(content.age).to_public()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        package.writestr(README, _README)
        package.writestr(VAULT, vault.as_bytes())
        with package.open(HOME, "w", force_zip64=True) as member:
            _piped(
                lambda end: _tar(folder, end),
                lambda end: pyrage.encrypt_io(end, member, [recipient]),
            )


def _piped(give: Callable[[BinaryIO], None], take: Callable[[BinaryIO], object]) -> None:
    """Run one thing that writes and one that reads at once, with a pipe between them."""
    reading, writing = os.pipe()

    def giving() -> None:
        with os.fdopen(writing, "wb") as end:
            give(end)

    with ThreadPoolExecutor(1) as thread:
        given = thread.submit(giving)
        # Closing our end lets the other side end as well, if this one failed.
        with os.fdopen(reading, "rb") as end:
            take(end)
        given.result()


def _tar(folder: Path, end: BinaryIO) -> None:
    listed: list[dict[str, object]] = []
    with tarfile.open(fileobj=end, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name, path in _files(folder):
            try:
                content, moment = path.read_bytes(), int(path.stat().st_mtime)
            except FileNotFoundError:
                continue  # an unfinished file that got its final name since it was listed
            listed.append(_add(archive, name, content, moment))
        told = json.dumps({"format": FORMAT, "files": listed}).encode("ascii")
        _add(archive, LIST, told, 0)


def _add(archive: tarfile.TarFile, name: str, content: bytes, moment: int) -> dict[str, object]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, moment
    archive.addfile(entry, io.BytesIO(content))
    return {"file": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path: the database, then logs of seals, then what they name.

    Each is listed only when what stands before was read. A record that comes while we copy is then
    there without its seal, which is made up later; a seal without its record would look like a
    loss. What got its final name meanwhile is found by looking once more.
    """
    if (folder / _SNAPSHOT).exists():
        yield database.NAME, folder / _SNAPSHOT
    seen: set[Path] = set()
    for seals in (True, False, False):
        for path in sorted(path for path in folder.rglob("*") if _belongs(folder, path)):
            own = path.relative_to(folder)
            if own not in seen and ("seals" in own.parts) == seals:
                seen.add(own)
                yield own.as_posix(), path


def _belongs(folder: Path, path: Path) -> bool:
    first = path.relative_to(folder).parts[0]
    if path.is_symlink() or not path.is_file() or first == using.FOLDER:
        return False
    return not first.startswith((database.NAME, _SNAPSHOT)) and path.name not in {"lock", "writing"}


def _for_the_user_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


# --- the way back --------------------------------------------------------------------------------


def restore(file: Path, folder: Path, words: str, *, by: str = PASSPHRASE) -> int:
    """Put a backup back as a home, and return how many files it holds.

    It grows beside the home and gets its name when it is whole and checked.

    Args:
        file: the backup.
        folder: where the home is to be; must be missing or empty.
        words: the passphrase, or the recovery key.
        by: which of the two.

    Raises:
        BackupRefused: there is something in the folder, or the file is no whole backup.
        PassphraseWrong, VaultBroken: it does not open.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(str(folder), _("the folder is not empty; nothing is overwritten"))
    beside = folder.with_name(folder.name + _UNDER_WAY)
    try:
        content, count = _unpacked(file, beside, words, by)
        _check_database(beside, content)
        for path in beside.rglob("*"):
            if path.is_dir():
                sync_folder(path)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
        sync_folder(folder.absolute().parent)
    except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        cause = getattr(error, "strerror", None) or type(error).__name__
        raise BackupRefused(str(file), cause) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count


def _unpacked(file: Path, beside: Path, words: str, by: str) -> tuple[Secrets, int]:
    import pyrage

    with zipfile.ZipFile(file) as package:
        try:
            vault = keys.read_vault(package.read(VAULT), str(file))
            member = package.open(HOME)
        except KeyError as error:
            raise BackupRefused(str(file), _("a part is missing")) from error
        content = vault.opened(words, by)
        shutil.rmtree(beside, ignore_errors=True)
        make_folder(beside)
        identity = pyrage.x25519.Identity.from_str(content.age)
        counted: list[int] = []
        with closing(member):
            try:
                _piped(
                    lambda end: pyrage.decrypt_io(member, end, [identity]),
                    lambda end: counted.append(_extracted(end, beside, file)),
                )
            except pyrage.DecryptError as error:
                raise BackupRefused(str(file), _("it is damaged or was changed")) from error
    return content, counted[0]


def _extracted(end: BinaryIO, beside: Path, file: Path) -> int:
    found: dict[str, tuple[int, str]] = {}
    listed: object = None
    with tarfile.open(fileobj=end, mode="r|") as archive:
        for entry in archive:
            member = archive.extractfile(entry) if entry.isreg() else None
            if member is None or not _is_safe(entry.name):
                raise BackupRefused(str(file), _("it holds something that no backup holds"))
            if entry.name == LIST:
                listed = json.loads(member.read(_LARGEST_LIST))
                continue
            found[entry.name] = _keep(member, beside / entry.name, entry.mtime)
    # To the end of the pipe: age vouches for the last byte only there.
    while end.read(_STEP):
        pass
    if _expected(listed) != found:
        raise BackupRefused(str(file), _("a part is missing"))
    return len(found)


def _keep(member: Any, path: Path, moment: float) -> tuple[int, str]:  # noqa: ANN401 - tarfile's reader
    make_folder(path.parent)
    digest, size = hashlib.sha256(), 0
    with open(path, "xb", opener=_for_the_user_alone) as target:
        while part := member.read(_STEP):
            target.write(part)
            digest.update(part)
            size += len(part)
        target.flush()
        os.fsync(target.fileno())
    os.utime(path, (moment, moment))
    return size, digest.hexdigest()


def _expected(listed: object) -> dict[str, tuple[int, str]]:
    if not isinstance(listed, dict) or listed.get("format") != FORMAT:
        return {}
    return {
        str(one["file"]): (int(one["bytes"]), str(one["sha256"])) for one in listed.get("files", [])
    }


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return bool(name) and not any(part in {"", ".", ".."} or "\\" in part for part in parts)


def _check_database(beside: Path, content: Secrets) -> None:
    path = beside / database.NAME
    if not path.exists():
        return
    key = "" if database.is_plain(path) else content.database
    try:
        with database.opened(path, key) as connection:
            database.check(connection, path)
    except PassphraseWrong as error:
        raise BackupRefused(str(path), _("the database does not open")) from error
