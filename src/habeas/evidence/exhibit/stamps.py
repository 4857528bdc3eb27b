"""What the enclosed timestamps say, for the paper. Whether they hold, the verifier tells."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from habeas.evidence.exhibit.enclosing import Enclosed
from habeas.evidence.exhibit.telling import StampFacts
from habeas.evidence.verifying import verify as stranger


def stamp_facts(enclosed: Enclosed) -> Iterator[StampFacts]:
    """Yield the timestamps that go along, with the seals that they cover."""
    covers: dict[int, list[int]] = {}
    sealed = {seal.sequence for seal in enclosed.seals.values()}
    for sequence, several in enclosed.gathered.items():
        for one in several:
            if sequence in sealed:
                covers.setdefault(one, []).append(sequence)
    for name, path in enclosed.stamps.items():
        sequence = int(name.partition("seal-")[2][:8])
        covered = tuple(sorted(covers.get(sequence, ())))
        if covered and name.endswith(".tsr"):
            authority = name.rpartition(".")[0].rpartition("Z-")[2]
            yield StampFacts(authority, _granted(path), covered, pending=False, file=name)
        elif covered and name.endswith(".ots"):
            yield StampFacts("OpenTimestamps", None, covered, pending=_pending(path), file=name)


def _granted(path: Path) -> datetime | None:
    token = stranger.read_token(path.read_bytes())
    return token.moment if token else None


def _pending(path: Path) -> bool:
    """Return whether a proof leads to no Bitcoin block yet."""
    raw = path.read_bytes()
    start = len(stranger.OTS_MAGIC) + 2
    try:
        return not stranger.read_proof(raw, raw[start : start + 32]).bitcoin
    except ValueError:
        return False
