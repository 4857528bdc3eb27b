"""Which backups of a home were made, where they lie, and which of them were destroyed.

The list lies in the home, encrypted where the home is. A backup in it may be on a stick that is in
a drawer just now: whether it is gone or cannot be looked at are two different answers.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from habeas.errors import BackupRefused
from habeas.files import sync_folder, write_file
from habeas.language import _
from habeas.vault.bytes import protected, read_bytes

FILE = "backups.json"
HANDED_OUT = "-"
"""The place of a backup that a browser took."""
_STEP = 1024 * 1024


class There(StrEnum):
    """Whether a backup lies where it was written."""

    YES = "yes"
    GONE = "gone"
    OTHER = "other"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        place: its absolute path, or `HANDED_OUT`.
        at: when it was begun; ISO 8601, UTC. What was purged later may be in it.
        sha256: of the file.
        destroyed_at: when somebody said, or the program did it; empty while it may be somewhere.
    """

    place: str
    at: str
    sha256: str
    destroyed_at: str = ""

    @property
    def moment(self) -> datetime:
        """When it was begun (aware, UTC)."""
        return datetime.fromisoformat(self.at)


def known(home: Path) -> list[Made]:
    """Return every backup that was made of a home, the oldest first.

    Raises:
        BackupRefused: the list cannot be read.
        HomeLocked, PassphraseWrong, VaultBroken: it is encrypted, and the home is not open.
    """
    try:
        return [Made(**one) for one in json.loads(read_bytes(home / FILE))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise BackupRefused(str(home / FILE), _("the list of backups is damaged")) from error


def note(home: Path, file: Path, at: datetime, *, place: str = "") -> Made:
    """Take down a backup that was made. Raises as `known`."""
    made = Made(
        place or str(file.absolute()),
        at.astimezone(UTC).isoformat(timespec="seconds"),
        _sha256(file),
    )
    _write(home, [*known(home), made])
    return made


def destroyed(home: Path, which: Iterable[Made], at: datetime) -> None:
    """Take down that backups are there no more. Raises as `known`."""
    gone = {one.sha256 for one in which}
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    rows = [
        replace(one, destroyed_at=moment) if one.sha256 in gone and not one.destroyed_at else one
        for one in known(home)
    ]
    _write(home, rows)


def looked(made: Made) -> There:
    """Look whether a backup lies where it was written: a missing folder proves nothing."""
    path = Path(made.place)
    if made.place == HANDED_OUT or not path.parent.is_dir():
        return There.UNSEEN
    try:
        return There.YES if _sha256(path) == made.sha256 else There.OTHER
    except FileNotFoundError:
        return There.GONE
    except OSError:
        return There.UNSEEN


def rotate(home: Path, folder: Path, keep: int, at: datetime) -> list[Made]:
    """Remove the oldest backups of a home in a folder, so that at most some are left; return them.

    A file is removed only if it is, byte for byte, a backup that was taken down.

    Raises:
        BackupRefused: one cannot be removed.
        Others: as `known`.
    """
    here = [
        one
        for one in known(home)
        if not one.destroyed_at and Path(one.place).parent == folder.absolute()
    ]
    whole = [one for one in here if looked(one) is There.YES]
    over = sorted(whole, key=lambda one: one.at)[: max(len(whole) - keep, 0)]
    for one in over:
        try:
            Path(one.place).unlink()
        except OSError as error:
            raise BackupRefused(one.place, error.strerror or type(error).__name__) from error
    if over:
        sync_folder(folder)
        destroyed(home, over, at)
    return over


def _write(home: Path, rows: list[Made]) -> None:
    text = json.dumps([asdict(one) for one in rows], indent=1)
    try:
        write_file(home / FILE, protected(text.encode()))
    except OSError as error:
        raise BackupRefused(str(home / FILE), error.strerror or type(error).__name__) from error


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_STEP):
            digest.update(part)
    return digest.hexdigest()
