"""Seals that wait for outside timestamps: gathered, laid out in files, and what came is kept.

The queue is not a file of its own that could disagree with the rest: a seal waits for as long as
its folder under `stamps` holds fewer stamps than its manifest says it must have.

Asking is the business of `habeas.fetch.stamping`; nothing here opens a connection.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from habeas.evidence.clock import Offset
from habeas.evidence.seals.chain import Act, Chain
from habeas.evidence.seals.items import moment
from habeas.evidence.seals.log import log_files, rows_backwards
from habeas.evidence.seals.names import stamp_folder
from habeas.evidence.seals.rows import Seal, whole
from habeas.evidence.seals.stampcheck import MANIFEST, SIGNATURE, read_small
from habeas.files import make_folder, sync_folder, write_file

MOST_GATHERED = 1000
"""Seals in one gathering: 64 KB of hashes, which go along with an exhibit of one of them."""

RFC3161 = "rfc3161"
OPENTIMESTAMPS = "opentimestamps"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A seal that is to be stamped.

    Attributes:
        folder: where its manifest and stamps lie.
        sequence: its number among the seals.
        manifest: its bytes: what is stamped.
        authorities: names of the authorities whose stamps are there.
        needed: how many authorities its manifest asks for.
        proof: newest OpenTimestamps proof, None where there is none.
        needs_proof: whether its manifest asks for one.
    """

    folder: Path
    sequence: int
    manifest: bytes = field(repr=False)
    authorities: frozenset[str]
    needed: int
    proof: Path | None
    needs_proof: bool

    @property
    def lacks(self) -> int:
        """How many stamps of authorities are missing."""
        return max(self.needed - len(self.authorities), 0)

    @property
    def complete(self) -> bool:
        """Whether it has all that it must have; a pending proof counts."""
        return not self.lacks and (self.proof is not None or not self.needs_proof)


@dataclass(frozen=True, slots=True)
class Came:
    """A stamp that came, or the reply that does not hold.

    Attributes:
        kind: `rfc3161` or `opentimestamps`.
        authority: short name of who was asked; of calendars their hosts.
        content: the reply or proof, as it is to be kept; empty where nothing came.
        request: the request, as sent; empty where there was none of its own.
        reason: why it does not hold, a short code; empty where it does.
        detail: technical words about that.
        moment: when, by the authority (aware, UTC); None where it does not say.
        sent_at, received_at: by this computer's clock (aware, UTC).
        height: of the block that confirms, 0 where none does.
    """

    kind: str
    authority: str
    sent_at: datetime
    received_at: datetime
    content: bytes = field(default=b"", repr=False)
    request: bytes = field(default=b"", repr=False)
    reason: str = ""
    detail: str = ""
    moment: datetime | None = None
    height: int = 0


def gather(chain: Chain) -> list[Waiting]:
    """Make sure that every seal so far is stamped or about to be, and return those to stamp.

    Several new seals are gathered by one more; a single one is stamped itself.

    Raises:
        LogNotWritten, StoreBusy, KeyLost, KeyLocked: as `Chain.act`.
    """
    if log_files(chain.log.folder):
        with chain.act() as act:
            new = ungathered(chain)
            while new:
                part, new = new[:MOST_GATHERED], new[MOST_GATHERED:]
                lay_out(chain, _gathering(act, part) if len(part) > 1 else part[0])
    return list(waiting(chain.seals))


def waiting(seals: Path) -> Iterator[Waiting]:
    """Yield every stamped seal that lacks something, oldest first."""
    for folder in sorted((seals / "stamps").glob("seal-*")):
        found = read_waiting(folder)
        if found is not None and not found.complete:
            yield found


def pending(seals: Path) -> Iterator[Waiting]:
    """Yield every stamped seal with an OpenTimestamps proof that no block confirms yet."""
    from habeas.evidence.stamps.proofs import Proof, ProofUnreadable

    for folder in sorted((seals / "stamps").glob("seal-*")):
        found = read_waiting(folder)
        if found is None or found.proof is None:
            continue
        try:
            if not Proof.read(read_small(found.proof)).confirmed():
                yield found
        except (OSError, ProofUnreadable):
            continue


def read_waiting(folder: Path) -> Waiting | None:
    """Return what a stamped seal has and lacks; None where its manifest cannot be read."""
    try:
        content = read_small(folder / MANIFEST)
        manifest = json.loads(content)
        must = manifest["must_have"]
        needed, proofs = whole(must.get(RFC3161)), whole(must.get(OPENTIMESTAMPS))
        sequence = whole(manifest.get("sequence"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    names = {path.stem.partition("-")[2] for path in folder.glob("*.tsr")}
    found = sorted(folder.glob("*.ots"))
    proof = found[-1] if found else None
    return Waiting(
        folder, sequence, content, frozenset(names), needed, proof, needs_proof=proofs > 0
    )


def ungathered(chain: Chain) -> list[Seal]:
    """Return the seals that neither are stamped themselves nor are gathered, oldest first."""
    found: list[Seal] = []
    for path in reversed(log_files(chain.log.folder)):
        for row in rows_backwards(path):
            if not isinstance(row, Seal):
                continue
            if (chain.seals / stamp_folder(row.sequence)).exists():
                # Whatever was stamped was gathered together with all before it.
                return found[::-1]
            found.append(row)
            if row.kind == "gathering":
                return found[::-1]
    return found[::-1]


def keep(chain: Chain, one: Waiting, came: Came) -> Path | None:
    """Keep what came for a seal, good or bad, and say so in the log.

    Returns:
        the file of the stamp or of the reply that does not hold; None where nothing came.

    Raises:
        LogNotWritten, StoreBusy: as `Chain.act`. The stamp is not lost then: it is asked for again.
    """
    with chain.act() as act:
        path = _write(chain, one, came)
        file = path.relative_to(chain.seals).as_posix() if path is not None else None
        detail: dict[str, object] = {
            "seal": one.sequence,
            "kind": came.kind,
            "authority": came.authority,
            "file": file,
            "sent_at": moment(came.sent_at),
            "received_at": moment(came.received_at),
        }
        if came.reason:
            detail |= {"reason": came.reason, "words": came.detail[:200]}
            act.custody("stamp_failed", detail=detail)
        else:
            detail["sha256"] = hashlib.sha256(came.content).hexdigest()
            detail["moment"] = moment(came.moment) if came.moment is not None else None
            if came.height:
                detail["height"] = came.height
            act.custody("stamp_upgraded" if came.height else "stamped", detail=detail)
        act.commit()
    if came.kind == RFC3161 and not came.reason and came.moment is not None:
        chain.clock.offset = Offset(offset_ms(came), came.authority)
    return path


def offset_ms(came: Came) -> int:
    """Return by how much this clock is ahead of the authority's, in milliseconds.

    Taken from the middle between asking and answer; the authority's own time is often cut to whole
    seconds, of which the middle is taken.
    """
    assert came.moment is not None
    middle = came.sent_at + (came.received_at - came.sent_at) / 2
    cut_ms = 0 if came.moment.microsecond else 500
    return round((middle - came.moment).total_seconds() * 1000) - cut_ms


def _gathering(act: Act, part: list[Seal]) -> Seal:
    seal = act.seal(
        {
            "kind": "gathering",
            "first": part[0].sequence,
            "seals": [one.hash for one in part],
        }
    )
    act.commit()
    return seal


def lay_out(chain: Chain, seal: Seal) -> None:
    """Write a seal's manifest and signature as files of their own.

    The folder appears whole or not at all: whether it is there says whether the seal is stamped.
    """
    folder = chain.seals / stamp_folder(seal.sequence)
    make_folder(folder.parent)
    unfinished = folder.with_name(folder.name + ".part")
    make_folder(unfinished)
    for name, content in ((MANIFEST, seal.signed), (SIGNATURE, seal.signature)):
        (unfinished / name).unlink(missing_ok=True)
        write_file(unfinished / name, content)
    unfinished.rename(folder)
    sync_folder(folder.parent)


def _write(chain: Chain, one: Waiting, came: Came) -> Path | None:
    if not came.content:
        return None
    when = f"{chain.sealer.now():%Y%m%dT%H%M%S%f}Z"
    if came.kind == OPENTIMESTAMPS:
        path = one.folder / (f"{when}.refused" if came.reason else f"{when}.ots")
    else:
        stem = f"{when}-{came.authority}"
        write_file(one.folder / f"{stem}.tsq", came.request)
        path = one.folder / (f"{stem}.refused" if came.reason else f"{stem}.tsr")
    write_file(path, came.content)
    sync_folder(one.folder)
    return path
