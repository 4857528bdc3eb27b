"""Renews old stamps before their certificates or algorithms age (the idea of RFC 4998).

A stamp shows that something existed while the authority's certificate was valid. Once it has run
out, whoever steals the old key can make stamps of the past. So a new stamp is put over the old ones
in time: it shows that they existed before.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.log import log_files, rows
from habeas.evidence.seals.names import is_stamp_file
from habeas.evidence.seals.rows import Seal
from habeas.evidence.seals.stampcheck import StampedSeal, Trusted, stamped_seals
from habeas.evidence.seals.waiting import gather, lay_out
from habeas.evidence.stamps.trusting import Note

AHEAD = timedelta(days=180)
"""How long before a certificate runs out its stamps are renewed."""
MOST_FOLDERS = 200


@dataclass(frozen=True, slots=True)
class Aging:
    """A stamped seal whose stamps are to be renewed.

    Attributes:
        sequence: of the seal.
        folder: where its stamps lie.
        until: when the last certificate that vouches for it runs out (aware, UTC).
        weak: it names its certificate by SHA-1 only.
    """

    sequence: int
    folder: str
    until: datetime
    weak: bool


def aging(
    seals: Path,
    trusted: Trusted,
    *,
    now: datetime | None = None,
    ahead: timedelta = AHEAD,
) -> list[Aging]:
    """Return the stamped seals that must be renewed, oldest first.

    Args:
        seals: the `seals` folder of a store.
        trusted: what their stamps are held against. Stamps that do not hold are not renewed.
        now: the time (aware, UTC); now if not given.
        ahead: how long before the end they are renewed.
    """
    found = [one for one in stamped_seals(seals, trusted) if _until(one) is not None]
    renewed = _renewed(seals)
    by_sequence = {one.sequence: one for one in found}
    limit = (now or datetime.now(UTC)) + ahead
    due = []
    for one in found:
        later = _covered(one, renewed, by_sequence)
        until = max(later, default=_until(one))
        weak = not later and _weak(one)
        if until is not None and (until < limit or weak):
            due.append(Aging(one.sequence, one.folder, until, weak))
    return due


def renew(chain: Chain, due: Sequence[Aging]) -> list[Seal]:
    """Seal the stamps that are due; the new seals then wait for stamps of their own.

    Raises:
        LogNotWritten, StoreBusy, KeyLost, KeyLocked: as `Chain.act`.
    """
    made = []
    for start in range(0, len(due), MOST_FOLDERS):
        part = due[start : start + MOST_FOLDERS]
        gather(chain)
        files = [file for one in part for file in _described(chain.seals, one.folder)]
        item = {"kind": "renewal", "seals": [one.sequence for one in part], "files": files}
        with chain.act() as act:
            seal = act.seal(item)
            act.commit()
        lay_out(chain, seal)
        made.append(seal)
    return made


def _until(one: StampedSeal) -> datetime | None:
    """Return when the last of its own certificates runs out, None where no stamp holds."""
    ends = [report.expires for _file, report in one.tokens if report.fault is None]
    return max((end for end in ends if end is not None), default=None)


def _weak(one: StampedSeal) -> bool:
    holding = [report for _file, report in one.tokens if report.fault is None]
    return all(Note.SHA1_CERTIFICATE_ID in report.notes for report in holding)


def _covered(
    one: StampedSeal,
    renewed: Mapping[str, Sequence[int]],
    by_sequence: Mapping[int, StampedSeal],
) -> list[datetime]:
    """Return until when the renewals of a seal's stamps hold; those without stamps do not count."""
    ends = []
    for sequence in renewed.get(one.folder, ()):
        renewal = by_sequence.get(sequence)
        end = _until(renewal) if renewal is not None else None
        if end is not None:
            ends.append(end)
    return ends


def _renewed(seals: Path) -> dict[str, list[int]]:
    """Return, for each stamp folder, the sequences of the renewals that list it."""
    found: dict[str, list[int]] = {}
    if not log_files(seals / "log"):
        return found
    for row in rows(seals / "log"):
        if not isinstance(row, Seal) or row.kind != "renewal":
            continue
        files = row.item.get("files")
        for one in files if isinstance(files, list) else []:
            name = str(one.get("file")) if isinstance(one, dict) else ""
            if is_stamp_file(name):
                places = found.setdefault(name.split("/")[1], [])
                if row.sequence not in places:
                    places.append(row.sequence)
    return found


def _described(seals: Path, folder: str) -> list[dict[str, object]]:
    files: list[dict[str, object]] = []
    for path in sorted((seals / "stamps" / folder).iterdir()):
        name = path.relative_to(seals).as_posix()
        if not is_stamp_file(name) or not path.is_file():
            continue
        content = path.read_bytes()
        files.append(
            {
                "file": name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "sha512": hashlib.sha512(content).hexdigest(),
            }
        )
    return files
