"""The user's signing keys: made on first use, protected if the user wishes, exported, rotated.

They lie in HABEAS_HOME and never in a store, so that a copied store does not carry them along.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from filelock import FileLock

from habeas.errors import KeyLocked, KeyLost, KeyRefused
from habeas.evidence.seals import keyfile
from habeas.evidence.seals.keyfile import BadPassphrase, Pair
from habeas.files import make_folder, write_new
from habeas.home import home
from habeas.vault import opened
from habeas.vault.bytes import MARK, read_bytes
from habeas.vault.bytes import protected as through_vault

Passphrase = Callable[[], str]
"""Gives the passphrase when it is needed; empty where there is none."""

_SUFFIX = ".key"
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key that is open.

    Attributes:
        fingerprint: SHA-256 of the Ed25519 public key's DER, hexadecimal.
        pem: that public key.
        ecdsa_pem: the public key of its P-256 companion.
    """

    fingerprint: str
    pem: str
    ecdsa_pem: str
    _pair: Pair = field(repr=False)

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature, 64 bytes."""
        return self._pair.ed25519.sign(content)

    def sign_ecdsa(self, content: bytes) -> bytes:
        """Return the companion's signature: ECDSA P-256 over SHA-256, DER, as wacz-auth asks."""
        return self._pair.p256.sign(content, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key of the ring, without opening it.

    Attributes:
        fingerprint: as in `Signer`.
        path: its file.
        protected: whether a passphrase is needed.
        current: whether new seals are made with it.
    """

    fingerprint: str
    path: Path
    protected: bool
    current: bool


def passphrase_of_environment() -> str:
    """Return the first line of the file that HABEAS_PASSPHRASE_FILE names, or HABEAS_PASSPHRASE."""
    named = os.environ.get("HABEAS_PASSPHRASE_FILE", "")
    if not named:
        return os.environ.get("HABEAS_PASSPHRASE", "")
    try:
        return Path(named).read_text("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyRefused(named, _words(error)) from error


class KeyRing:
    """The keys in one folder.

    Args:
        folder: `keys` in HABEAS_HOME if not given. Made on first use, for the user alone.
        passphrase: protects new keys and opens protected ones; gives an empty one where the user
            has set none.
        ask: asks the person who sits there, for a protected key, where `passphrase` gives none.
    """

    def __init__(
        self,
        folder: Path | None = None,
        passphrase: Passphrase = passphrase_of_environment,
        *,
        ask: Passphrase = lambda: "",
    ) -> None:
        self.folder = folder if folder is not None else home() / "keys"
        self._passphrase = passphrase
        self._ask = ask
        self._given = ""
        self._open: dict[str, Signer] = {}

    def current(self) -> Signer:
        """Return the key that signs now; the first one is made here.

        Raises:
            KeyLocked: a passphrase is needed, and none or a wrong one was given.
            KeyLost: the ring names a current key and does not hold it.
            KeyRefused: the folder or a file cannot be read or written.
        """
        named = self._named() or self._first()
        return self.signer(named)

    def signer(self, fingerprint: str) -> Signer:
        """Return one key of the ring, opened. Raises as `current`."""
        if fingerprint not in self._open:
            path = self._path(fingerprint)
            try:
                content = read_bytes(path)
            except FileNotFoundError as error:
                raise KeyLost(fingerprint, str(self.folder)) from error
            except OSError as error:
                raise KeyRefused(str(path), _words(error)) from error
            self._open[fingerprint] = self._opened(content, str(path))
        return self._open[fingerprint]

    def holds(self, fingerprint: str) -> bool:
        """Return whether the ring has that key, open or not."""
        return self._path(fingerprint).is_file()

    def known(self) -> list[KnownKey]:
        """Return all keys of the ring, by fingerprint."""
        current = self._named()
        found = []
        for path in sorted(self.folder.glob("*" + _SUFFIX)):
            content = path.read_bytes()
            # One that the vault encrypts is called by its name, so that listing opens nothing.
            veiled = content.startswith(MARK)
            name = path.stem if veiled else keyfile.named(content)
            if name:
                protected = veiled or keyfile.is_protected(content)
                found.append(KnownKey(name, path, protected, current=name == current))
        return found

    def rotate(self) -> Signer:
        """Make a new key and sign with it from now on. The old one stays in the ring.

        It is protected as the old one is. Each store learns of it with its next seal, in a row that
        the old key signs. Raises as `current`.
        """
        self._make_folder()
        if self._named():
            self.current()
        with self._locked():
            return self._new()

    def export(self, fingerprint: str, into: Path, passphrase: str) -> None:
        """Write a key to a file of its own, protected by a passphrase of its own where given.

        Raises:
            KeyRefused: the file exists or cannot be written. Else as `signer`.
        """
        content = keyfile.written(self.signer(fingerprint)._pair, passphrase)  # noqa: SLF001 - same room
        _write_new(into, content)

    def adopt(self, file: Path, passphrase: str = "") -> str:
        """Take over an exported key, and sign with it where there is no current key yet.

        Raises:
            KeyLocked: the passphrase is wrong or missing.
            KeyRefused: the file holds no key of habeas.
        """
        try:
            if file.stat().st_size > keyfile.LARGEST_FILE:
                raise KeyRefused(str(file), "too large")
            content = file.read_bytes()
        except OSError as error:
            raise KeyRefused(str(file), _words(error)) from error
        pair = _read(content, passphrase, str(file))
        fingerprint = keyfile.fingerprint(pair.ed25519)
        self._make_folder()
        with self._locked():
            if not self.holds(fingerprint):
                _write_new(
                    self._path(fingerprint),
                    through_vault(keyfile.written(pair, self._protection())),
                )
            if not self._named():
                self._name(fingerprint)
        return fingerprint

    def protect(self, passphrase: str) -> None:
        """Protect every key of the ring with a passphrase, or with an empty one unprotect them.

        The keys stay the same. The unprotected file is replaced; traces of it may remain on the
        disk until they are overwritten by something else.
        """
        signers = [self.signer(key.fingerprint) for key in self.known()]
        with self._locked():
            for signer in signers:
                path = self._path(signer.fingerprint)
                fresh = path.with_suffix(".new")
                fresh.unlink(missing_ok=True)
                content = keyfile.written(signer._pair, passphrase)  # noqa: SLF001 - same room
                _write_new(fresh, through_vault(content))
                fresh.replace(path)

    def leave_to_vault(self) -> None:
        """Take passphrases of their own off keys that the vault encrypts: one passphrase is enough.

        Else a change of the vault's would leave them to the old one. Raises as `current`.
        """
        for known in self.known():
            content = read_bytes(known.path)
            if opened.is_set() and keyfile.is_protected(content):
                signer = self.signer(known.fingerprint)
                fresh = known.path.with_suffix(".new")
                fresh.unlink(missing_ok=True)
                bare = keyfile.written(signer._pair, "")  # noqa: SLF001 - same room
                _write_new(fresh, through_vault(bare))
                fresh.replace(known.path)

    # --- files -------------------------------------------------------------------------------

    def _path(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint}{_SUFFIX}"

    def _locked(self) -> FileLock:
        return FileLock(self.folder / "lock", timeout=60, mode=0o600, poll_interval=0.01)

    def _named(self) -> str:
        try:
            return (self.folder / _CURRENT).read_text("ascii").strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise KeyRefused(str(self.folder / _CURRENT), _words(error)) from error

    def _name(self, fingerprint: str) -> None:
        fresh = self.folder / f"{_CURRENT}.new"
        fresh.unlink(missing_ok=True)
        _write_new(fresh, f"{fingerprint}\n".encode("ascii"))
        fresh.replace(self.folder / _CURRENT)

    def _make_folder(self) -> None:
        try:
            make_folder(self.folder)
        except OSError as error:
            raise KeyRefused(str(self.folder), _words(error)) from error

    def _first(self) -> str:
        """Make the first key, or find that another process just did."""
        self._make_folder()
        with self._locked():
            return self._named() or self._new().fingerprint

    def _new(self) -> Signer:
        pair = keyfile.new_pair()
        signer = _signer(pair)
        content = keyfile.written(pair, self._protection())
        _write_new(self._path(signer.fingerprint), through_vault(content))
        self._name(signer.fingerprint)
        self._open[signer.fingerprint] = signer
        return signer

    def _protection(self) -> str:
        return "" if opened.is_set() else self._passphrase() or self._given

    def _opened(self, content: bytes, path: str) -> Signer:
        passphrase = ""
        if keyfile.is_protected(content):
            passphrase = self._passphrase() or self._given or self._ask()
        signer = _signer(_read(content, passphrase, path))
        self._given = passphrase or self._given
        return signer


def fingerprint_of_pem(pem: bytes) -> str:
    """Return the fingerprint of a public key in PEM.

    Raises:
        ValueError: it is no public key.
    """
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        PublicFormat,
        load_pem_public_key,
    )

    key = load_pem_public_key(pem)
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def raw_public_key(pem: bytes) -> tuple[str, bytes] | None:
    """Return (fingerprint, 32 raw bytes) of an Ed25519 public key in PEM; None where it is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    if not isinstance(key, Ed25519PublicKey):
        return None
    return fingerprint_of_pem(pem), key.public_bytes_raw()


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint for people to compare: capitals in groups of four."""
    upper = fingerprint.upper()
    return " ".join(upper[place : place + 4] for place in range(0, len(upper), 4))


def _signer(pair: Pair) -> Signer:
    name = keyfile.fingerprint(pair.ed25519)
    return Signer(name, keyfile.public_pem(pair.ed25519), keyfile.public_pem(pair.p256), pair)


def _read(content: bytes, passphrase: str, path: str) -> Pair:
    try:
        return keyfile.read(content, passphrase)
    except BadPassphrase as error:
        raise KeyLocked(path) from error
    except ValueError as error:
        raise KeyRefused(path, str(error)) from error


def _write_new(path: Path, content: bytes) -> None:
    try:
        write_new(path, content)
    except OSError as error:
        raise KeyRefused(str(path), _words(error)) from error


def _words(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
