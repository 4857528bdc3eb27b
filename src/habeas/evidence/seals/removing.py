"""Removes sealed files by policy: their bytes leave, their seals and the chain stay.

    plan = planned(chain, [record_id, ...])     # what would leave; reads only
    removed = remove(chain, [record_id, ...], reason=Reason.CONSENT, by="owner")

An exchange is one file, so a record leaves together with its request and facts; with it go the
notes about it (how it was read, its picture), the answers that led to it, and the parts of its
picture. Evidence that others collected leaves as the whole that was taken over.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.errors import RecordingUnreadable, RemovalUnfinished, SealUnknown
from habeas.evidence.reading import read_facts
from habeas.evidence.seals import SEALS, items
from habeas.evidence.seals.chain import PROGRAM, Act, Chain
from habeas.evidence.seals.log import Line, lines
from habeas.evidence.seals.names import RECORD
from habeas.evidence.seals.removals import REMOVABLE, REMOVAL, Reason, removed_file
from habeas.evidence.seals.rows import Custody, Row, Seal, read_row, whole
from habeas.evidence.seals.taking import Taken, own_removals, take_away

if TYPE_CHECKING:
    from habeas.evidence.seals.canonical import Json

MOST_NAMED = 500
"""Seals that one row names: about 100 kB."""
# Names in a row by which a record, a file or a folder is found. All of these are plain ASCII.
_NAMED = re.compile(rb'"(?:about|file|folder|id|item)":"([^"]+)"')
_REMOVES = b'"kind":"removal"'
_MARK = "seals/removal"
"""What `writing` says meanwhile: no file, so whoever comes next only puts the store in order."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """One sealed file, or one folder of imported evidence, that is to leave.

    Attributes:
        file: its path in the store.
        seals: the seals that cover it; more than one where a document was brought again.
        exhibits: ids of the exhibits that it was put into; these keep their own copy.
    """

    file: str
    seals: tuple[Seal, ...] = field(repr=False)
    exhibits: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of what is sealed."""
        return self.seals[-1].kind

    @property
    def size(self) -> int:
        """What it holds, in bytes, as sealed."""
        item = self.seals[-1].item
        return sum(whole(one.get("bytes")) for one in _objects(item.get("files")) or [item])


@dataclass(frozen=True, slots=True)
class Plan:
    """What would leave a store.

    Attributes:
        leaving: what is here and is to go, in the order of its seals.
        over: paths of what a row says was removed and what is here all the same.
        gone: paths of what was removed before.
        missing: paths of what is not here although no row says why. No removal names these: that
            would turn a loss into a decision.
    """

    leaving: tuple[Leaving, ...] = ()
    over: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def exhibits(self) -> tuple[str, ...]:
        """Ids of the exhibits that hold a copy of anything that is to leave."""
        return tuple(sorted({one for leaving in self.leaving for one in leaving.exhibits}))


@dataclass(frozen=True, slots=True)
class Removed:
    """What left a store.

    Attributes:
        rows: numbers (among the seals) of the rows that say so; empty where none was needed.
        files: how many files, or folders of imported evidence, were taken away.
        size: of what they held, in bytes, as sealed.
        exhibits, missing: as in `Plan`.
    """

    rows: tuple[int, ...]
    files: int
    size: int
    exhibits: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def planned(chain: Chain, records: Iterable[str]) -> Plan:
    """Return what would leave with some records. Reads only.

    Args:
        chain: the store.
        records: ids of records as the seals name them (`urn:uuid:...`), or paths in the store of
            files, and of folders of imported evidence.

    Raises:
        SealUnknown: no seal names one of them.
        HomeLocked, PassphraseWrong, VaultBroken: what led to a record cannot be read.
    """
    return _planned(chain, tuple(records))[0]


def remove(chain: Chain, records: Iterable[str], *, reason: Reason, by: str = "") -> Removed:
    """Remove records and what goes with them, and return when the disk has confirmed it.

    What was removed before is taken away again if it is here again. After a kill at any moment
    either nothing was decided, or the next act in the store finishes it.

    Args:
        chain: the store.
        records: as for `planned`.
        reason: the class that the signed row states.
        by: label of the person who decided; empty for the program.

    Raises:
        SealUnknown: no seal names one of the records; nothing was removed.
        RemovalUnfinished: some files could not be removed; the rest is gone, and the log says so.
        KeyLost, KeyLocked, KeyRefused, StoreBusy, StoreNewer, StoreRefused, LogNotWritten: as
            `Chain.act`. Without the key of the store nothing can be removed from it.
        HomeLocked, PassphraseWrong, VaultBroken: as `planned`.
    """
    wanted = tuple(records)
    # Whoever asks for what is not there learns so before the store is touched.
    planned(chain, wanted)
    numbers: list[int] = []
    taken: list[Taken] = []
    with chain.act(_MARK) as act:
        plan, again = _planned(chain, wanted)
        for part in _batched(plan.leaving):
            seal = _decide(act, part, reason, by)
            numbers.append(seal.sequence)
            taken += take_away(chain, act, seal, [one.file for one in part])
        for seal, files in again:
            taken += take_away(chain, act, seal, files)
    left = [one for one in taken if one.cause]
    if left:
        raise RemovalUnfinished(str(chain.folder), [one.file for one in left], left[0].cause)
    size = sum(one.size for one in plan.leaving)
    return Removed(tuple(numbers), len(taken), size, plan.exhibits, plan.missing)


def _batched(leaving: tuple[Leaving, ...]) -> Iterator[tuple[Leaving, ...]]:
    """Yield parts of what is to leave, each small enough for one row."""
    for start in range(0, len(leaving), MOST_NAMED):
        yield leaving[start : start + MOST_NAMED]


def _decide(act: Act, part: Iterable[Leaving], reason: Reason, by: str) -> Seal:
    """Write the signed row, and have the disk confirm it: from here on it is decided."""
    person: Json = {"kind": "person", "name": by} if by else PROGRAM
    named: list[Json] = [
        {"sequence": seal.sequence, "sha256": seal.hash, "file": one.file}
        for one in part
        for seal in one.seals
    ]
    seal = act.seal(items.removal(named, reason.value, person))
    act.commit()
    return seal


def _planned(chain: Chain, wanted: tuple[str, ...]) -> tuple[Plan, list[tuple[Seal, list[str]]]]:
    """Return the plan, and the rows whose files are here again."""
    found = _search(chain, wanted)
    told = own_removals(chain)
    leaving: list[Leaving] = []
    over: dict[int, list[str]] = {}
    gone: list[str] = []
    missing: list[str] = []
    for file, seals in found.seals.items():
        here = (chain.folder / file).exists()
        open_ = tuple(seal for seal in seals if seal.hash not in told)
        if here and open_:
            leaving.append(Leaving(file, open_, tuple(sorted(found.exhibits.get(file, ())))))
        elif here:
            over.setdefault(told[seals[-1].hash].row, []).append(file)
        else:
            (missing if open_ else gone).append(file)
    rows_again = [(found.removals[row], files) for row, files in over.items()]
    here_again = tuple(file for files in over.values() for file in files)
    return Plan(tuple(leaving), here_again, tuple(gone), tuple(missing)), rows_again


def _search(chain: Chain, wanted: tuple[str, ...]) -> "_Search":
    """Find what is wanted and all that goes with it; what led to a record is read in the record."""
    along: set[str] = set()
    while True:
        found = _Search(set(wanted), along)
        for line in lines(chain.folder / SEALS / "log"):
            found.look_at(line)
        for one in wanted:
            if one not in found.met:
                raise SealUnknown(str(chain.folder), one)
        more = {one for file in found.seals for one in _along(chain.folder / file)}
        if more <= along:
            return found
        along |= more


class _Search:
    """What the log says of some records, read from its beginning."""

    def __init__(self, wanted: set[str], along: set[str]) -> None:
        self.seals: dict[str, list[Seal]] = {}
        self.exhibits: dict[str, set[str]] = {}
        self.removals: dict[int, Seal] = {}
        self.met: set[str] = set()
        self._wanted = wanted | along
        self._about: set[str] = set()
        self._marks = {one.encode("utf-8") for one in self._wanted}

    def look_at(self, line: Line) -> None:
        """Look at the next line; most tell of other records, and are not read any further."""
        raw = line.raw
        if line.ended and (_REMOVES in raw or not self._marks.isdisjoint(_NAMED.findall(raw))):
            with suppress(ValueError):
                self._take(read_row(raw))

    def _take(self, row: Row) -> None:
        if isinstance(row, Custody):
            if row.event == "exported" and row.item in self.seals:
                self.exhibits.setdefault(row.item, set()).add(str(row.detail.get("exhibit")))
        elif row.kind == REMOVAL:
            self.removals[row.sequence] = row
        elif row.kind in REMOVABLE:
            self._sealed(row)

    def _sealed(self, seal: Seal) -> None:
        file = removed_file(seal)
        ids = {str(one.get("id")) for one in _objects(seal.item.get("records"))}
        named = {file, *ids, *(str(one.get("file")) for one in _objects(seal.item.get("files")))}
        met = named & self._wanted
        if met or seal.item.get("about") in self._about:
            self.met |= met
            self._about |= ids
            self._marks.update(one.encode("utf-8") for one in (file, *ids))
            self.seals.setdefault(file, []).append(seal)


def _along(path: Path) -> Iterator[str]:
    """Yield the ids of the records that led to a recording or are part of its picture."""
    if not path.name.endswith(RECORD) or not path.is_file():
        return
    # A recording that cannot be read still leaves; what led to it is then not known.
    with suppress(RecordingUnreadable):
        for one in read_facts(path):
            for hop in _objects(one.facts.get("redirects")):
                yield str(hop.get("record"))
            rendering = one.facts.get("rendering")
            parts = rendering.get("parts") if isinstance(rendering, dict) else None
            if isinstance(parts, list):
                yield from map(str, parts)


def _objects(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
