"""The key of this home for which others lock bundles: age's X25519, made when it is asked for.

The secret halves lie in `keys` in HABEAS_HOME, encrypted where the home is. A new one does not
replace the older ones: what was locked for them still opens.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pyrage
from filelock import FileLock

from habeas.errors import KeyRefused
from habeas.files import make_folder, write_new
from habeas.vault.bytes import protected, read_bytes

_NAME = re.compile(r"bundles-([0-9]{4})\.identity")
_SECRET = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")


@dataclass(frozen=True, slots=True)
class Identity:
    """A key of this home.

    Attributes:
        public: the line to give to others, `age1…`.
        secret: opens what is locked for it; in no log.
    """

    public: str
    secret: str

    def __repr__(self) -> str:
        return f"Identity({self.public})"


def identities(folder: Path) -> list[Identity]:
    """Return the keys in a folder, the newest first; none where none was made yet.

    Raises:
        KeyRefused: a file cannot be read, or holds no key.
        HomeLocked and others: as `vault.bytes.read_bytes`.
    """
    found = []
    for path in sorted(folder.glob("bundles-*.identity"), reverse=True):
        if _NAME.fullmatch(path.name):
            try:
                content = read_bytes(path)
            except OSError as error:
                raise KeyRefused(str(path), error.strerror or type(error).__name__) from error
            secrets = secrets_in(content)
            if not secrets:
                raise KeyRefused(str(path), "no key in it")
            found.append(_identity(secrets[0]))
    return found


def new_identity(folder: Path) -> Identity:
    """Make a key, which is the one to give to others from now on.

    Raises:
        KeyRefused: it cannot be written.
    """
    secret = str(pyrage.x25519.Identity.generate())
    made = _identity(secret)
    try:
        make_folder(folder)
        with FileLock(folder / "lock", timeout=60, mode=0o600, poll_interval=0.01):
            numbers = [_NAME.fullmatch(path.name) for path in folder.glob("bundles-*.identity")]
            number = max((int(one.group(1)) for one in numbers if one), default=0) + 1
            content = f"# public key: {made.public}\n{secret}\n".encode()
            write_new(folder / f"bundles-{number:04}.identity", protected(content))
    except OSError as error:
        raise KeyRefused(str(folder), error.strerror or type(error).__name__) from error
    return made


def own_identity(folder: Path) -> Identity:
    """Return the key to give to others; the first is made here. Raises as `identities`."""
    found = identities(folder)
    return found[0] if found else new_identity(folder)


def secrets_in(content: bytes) -> list[str]:
    """Return the secret keys in a file as `age-keygen` writes it."""
    lines = content.decode("ascii", "replace").splitlines()
    found = [line.strip() for line in lines if _SECRET.fullmatch(line.strip())]
    return [one for one in found if _is_key(one)]


def _is_key(secret: str) -> bool:
    try:
        pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        return False
    return True


def _identity(secret: str) -> Identity:
    return Identity(str(pyrage.x25519.Identity.from_str(secret).to_public()), secret)
