"""The random key of a vault, and the file in which it lies wrapped: `vault.json`.

    {"format": "habeas vault 1", "state": "encrypted", "id": "...", "wraps": [
      {"by": "passphrase", "scrypt": {"n": 65536, "r": 8, "p": 1, "salt": "..."},
       "nonce": "...", "box": "..."}, {"by": "recovery", ...}]}

A wrap is ChaCha20-Poly1305 (RFC 8439) under the scrypt (RFC 7914) of a passphrase; what it holds is
an age identity and the key of SQLCipher, so that `age` and `sqlcipher` open everything without us.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from habeas.errors import PassphraseRefused, PassphraseWrong, VaultBroken

FORMAT = "habeas vault 1"
FILE = "vault.json"
LEAST_CHARACTERS = 10
"""A passphrase is guessed offline by whoever takes the disk, so short ones are refused."""

ENCRYPTING = "encrypting"
ENCRYPTED = "encrypted"
PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of wrap
RECOVERY = "recovery"

# 64 MB and about 0.2 s a guess, as for signing keys. Fixed, not measured: a vault made on a fast
# computer must open on a slow and busy one.
_N, _R, _P = 2**16, 8, 1
_MOST_MEMORY = 1024 * 1024 * 1024
_LARGEST_FILE = 64 * 1024
# Without letters and digits that are mistaken for others when they are copied off paper.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_RECOVERY_CHARACTERS = 30
_GROUP = 5


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens everything in a home.

    Attributes:
        age: an age identity, `AGE-SECRET-KEY-1...`.
        database: the raw key of SQLCipher, 64 hexadecimal digits.
    """

    age: str = field(repr=False)
    database: str = field(repr=False)


def new_secrets() -> Secrets:
    """Return fresh random ones."""
    import pyrage

    return Secrets(str(pyrage.x25519.Identity.generate()), secrets.token_hex(32))


def new_recovery_key() -> str:
    """Return a random recovery key: 150 bits, in groups for copying off paper."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_CHARACTERS))
    return "-".join(drawn[place : place + _GROUP] for place in range(0, len(drawn), _GROUP))


@dataclass(frozen=True)
class Vault:
    """A vault as its file describes it; nothing in it is secret without a passphrase.

    Attributes:
        id: random.
        state: `encrypting` while an unencrypted home is being turned, else `encrypted`.
        wraps: the key, wrapped by each of PASSPHRASE and RECOVERY.
    """

    id: str
    state: str
    wraps: Mapping[str, Mapping[str, Any]]

    def opened(self, words: str, by: str = PASSPHRASE) -> Secrets:
        """Return the key.

        Raises:
            PassphraseWrong: these words do not open it.
            VaultBroken: the wrap makes no sense.
        """
        wrap = self.wraps.get(by)
        if wrap is None:
            raise PassphraseWrong(recovery=by == RECOVERY)
        return _unwrapped(wrap, _plain(words, by), by)

    def wrapped(self, content: Secrets, words: str, by: str = PASSPHRASE) -> "Vault":
        """Return the vault with one wrap made anew; the key, and so all that it encrypts, stays.

        Raises:
            PassphraseRefused: the passphrase is too short.
        """
        plain = _plain(words, by)
        if len(plain) < LEAST_CHARACTERS:
            raise PassphraseRefused(LEAST_CHARACTERS)
        return replace(self, wraps={**self.wraps, by: _wrapped(content, plain)})

    def as_bytes(self) -> bytes:
        """Return the content of the file."""
        wraps = [{"by": by, **self.wraps[by]} for by in sorted(self.wraps)]
        value = {"format": FORMAT, "id": self.id, "state": self.state, "wraps": wraps}
        return json.dumps(value, indent=1).encode("ascii") + b"\n"


def new_vault(content: Secrets, passphrase: str, recovery: str, *, state: str = ENCRYPTED) -> Vault:
    """Return a vault that a passphrase and a recovery key open. Raises PassphraseRefused."""
    made = Vault(uuid4().hex, state, {}).wrapped(content, passphrase)
    return made.wrapped(content, recovery, RECOVERY)


def read_vault(content: bytes, path: str) -> Vault:
    """Return the vault that a file describes.

    Raises:
        VaultBroken: it describes none, or one of a newer habeas.
    """
    try:
        if len(content) > _LARGEST_FILE:
            raise VaultBroken(path, "too large")
        value = json.loads(content)
        if value["format"] != FORMAT or value["state"] not in {ENCRYPTING, ENCRYPTED}:
            raise VaultBroken(path, str(value["format"])[:40])
        wraps = {str(wrap["by"]): wrap for wrap in value["wraps"]}
        return Vault(str(value["id"]), str(value["state"]), wraps)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise VaultBroken(path, type(error).__name__) from error


def at(folder: Path) -> Vault | None:
    """Return the vault of a home, None where no passphrase is set.

    Raises:
        VaultBroken: there is a file, and it cannot be read.
    """
    path = folder / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultBroken(str(path), error.strerror or type(error).__name__) from error
    return read_vault(content, str(path))


def _plain(words: str, by: str) -> str:
    """Return what was typed in the one form that is stretched: keyboards compose letters apart."""
    if by == RECOVERY:
        return "".join(one for one in words.upper() if one in _ALPHABET)
    return unicodedata.normalize("NFKC", words)


def _wrapped(content: Secrets, plain: str) -> dict[str, object]:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    held = json.dumps({"age": content.age, "database": content.database}).encode("ascii")
    box = ChaCha20Poly1305(_stretched(plain, salt, _N, _R, _P)).encrypt(nonce, held, None)
    return {
        "scrypt": {"n": _N, "r": _R, "p": _P, "salt": salt.hex()},
        "nonce": nonce.hex(),
        "box": box.hex(),
    }


def _unwrapped(wrap: Mapping[str, Any], plain: str, by: str) -> Secrets:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        scrypt = wrap["scrypt"]
        n, r, p = (int(scrypt[name]) for name in "nrp")
        salt, nonce, box = map(bytes.fromhex, (scrypt["salt"], wrap["nonce"], wrap["box"]))
        cipher = ChaCha20Poly1305(_stretched(plain, salt, n, r, p))
        held = json.loads(cipher.decrypt(nonce, box, None))
        return Secrets(str(held["age"]), str(held["database"]))
    except InvalidTag as error:
        raise PassphraseWrong(recovery=by == RECOVERY) from error
    except (KeyError, TypeError, ValueError) as error:
        raise VaultBroken(FILE, type(error).__name__) from error


def _stretched(plain: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    if not 0 < 128 * n * r * p <= _MOST_MEMORY:
        message = "scrypt beyond reason"
        raise ValueError(message)
    return hashlib.scrypt(
        plain.encode("utf-8"), salt=salt, n=n, r=r, p=p, maxmem=2 * 128 * n * r, dklen=32
    )
