"""Whether this process has opened the home: one place from which every key is taken.

The key stays in memory until `lock`. A program cannot promise more: what Python has held may lie in
memory, or in the system's swap, until something else is written over it.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from habeas.errors import HomeLocked
from habeas.home import home
from habeas.vault import keys
from habeas.vault.keys import Secrets

Asking = Callable[[], str]
"""Gives the passphrase; empty where nobody can be asked."""


class _Held:
    """The keys that are open, by home."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.open: dict[Path, Secrets] = {}
        self.shut: set[Path] = set()
        self.ask: Asking = lambda: ""
        self.at_open: list[Callable[[], object]] = []
        self.at_lock: list[Callable[[], object]] = []


_held = _Held()


def is_set(folder: Path | None = None) -> bool:
    """Return whether a passphrase protects a home: HABEAS_HOME if none is given."""
    return (_of(folder) / keys.FILE).exists()


def is_open(folder: Path | None = None) -> bool:
    """Return whether this process holds the key of a home."""
    return _of(folder) in _held.open


def at_open(do: Callable[[], object]) -> None:
    """Have something called whenever a home is opened: to count idle time from then."""
    _held.at_open.append(do)


def at_lock(do: Callable[[], object]) -> None:
    """Have something called whenever a home is locked: to forget what was read by its key."""
    _held.at_lock.append(do)


def ask_with(ask: Asking) -> None:
    """Say how the passphrase is got when it is first needed."""
    _held.ask = ask


def secrets(folder: Path | None = None) -> Secrets:
    """Return the key of a home, after asking for the passphrase where it is not open yet.

    Raises:
        HomeLocked: nobody can be asked, or the home was locked again.
        PassphraseWrong, VaultBroken: as `Vault.opened`.
    """
    place = _of(folder)
    with _held.lock:
        if place not in _held.open:
            passphrase = "" if place in _held.shut else _held.ask()
            if not passphrase:
                raise HomeLocked(str(place))
            open_with(passphrase, place)
        return _held.open[place]


def open_with(passphrase: str, folder: Path | None = None) -> None:
    """Open a home with its passphrase.

    Raises:
        PassphraseWrong, VaultBroken: as `Vault.opened`.
        HomeLocked: no passphrase protects it.
    """
    place = _of(folder)
    vault = keys.at(place)
    if vault is None:
        raise HomeLocked(str(place))
    hold(vault.opened(passphrase), place)


def hold(found: Secrets, folder: Path | None = None) -> None:
    """Keep a key that was opened elsewhere: by the recovery key, or by the process above us."""
    place = _of(folder)
    with _held.lock:
        _held.open[place] = found
        _held.shut.discard(place)
    for told in _held.at_open:
        told()


def lock(folder: Path | None = None) -> None:
    """Forget the key; nobody is asked again: only `open_with` opens the home now."""
    place = _of(folder)
    with _held.lock:
        _held.open.pop(place, None)
        _held.shut.add(place)
    for forget_more in _held.at_lock:
        forget_more()


def forget(folder: Path | None = None) -> None:
    """Forget the key; whoever needs it next is asked."""
    place = _of(folder)
    with _held.lock:
        _held.open.pop(place, None)
        _held.shut.discard(place)


def for_a_child() -> Secrets | None:
    """Return the key for a process that this one starts; None where none is needed."""
    return secrets() if is_set() else None


def as_a_child(found: Secrets | None) -> None:
    """Take the key that the process above gave."""
    if found is not None:
        hold(found)


def _of(folder: Path | None) -> Path:
    return (folder or home()).absolute()
