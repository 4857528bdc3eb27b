"""Checks one file of a log, in a process of its own; `checking` puts the files together.

What a later file must know of an earlier one is returned compactly: for each seal its hash and what
it promised, for each sealed file eight bytes. So memory stays flat however long the log is.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from habeas.evidence.seals.canonical import NotCanonical
from habeas.evidence.seals.found import NotWhole, records_in
from habeas.evidence.seals.items import read_moment
from habeas.evidence.seals.log import Line, lines_of
from habeas.evidence.seals.names import is_document_file, is_import_file, is_record_file, path_hash
from habeas.evidence.seals.removals import REMOVABLE, Removal, removed_file
from habeas.evidence.seals.rows import Custody, Row, Seal, UnknownFormat, number_of, read_row, whole
from habeas.evidence.seals.signatures import verifier
from habeas.vault.bytes import read_bytes, sha256_of_file

MOST_PROBLEMS = 20
"""Problems of one kind in one file that are told one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold.

    Attributes:
        check: name of the check.
        code: what it is; `wording` has its sentence.
        place: where: a row, a seal, a file.
    """

    check: str
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file of a log is checked against.

    Attributes:
        store: the folder of the store.
        store_id: as in `store.json`, empty where that is missing.
        keys: public keys (32 raw bytes) by fingerprint.
        files: whether the sealed files themselves are read.
        records: whether the records in them are compared with what the seal says of each.
        removed: what signed rows say was removed, by the SHA-256 of its seal.
    """

    store: Path
    store_id: str
    keys: Mapping[str, bytes]
    files: bool = True
    records: bool = False
    removed: Mapping[str, Removal] = field(default_factory=dict)


@dataclass
class Ends:
    """One end of a file of the log, for joining it to the next one."""

    number: int = 0
    hash: str = ""
    previous: str = ""
    sequence: int = 0
    seal_hash: str = ""
    previous_seal: str = ""
    created: datetime | None = None
    back_ms: int = 0


@dataclass
class FileReport:
    """What one file of a log came to; all of it can be sent between processes.

    Attributes:
        after_seal: rows of custody after the last seal.
        fragment: length and SHA-256 of a line at the end that is no row; the next file must name
            it, unless it is the very end of the log (`ends_torn`).
        names_fragment: what the first row names as a fragment before it.
        hashes: 32 bytes for each seal.
        promised: two bytes for each seal, see `promised`.
        paths: eight bytes for each sealed file.
        introduced: (number, signer, introduced key, reason) of each key.
        signers: (number, signer) of the first seal, and wherever the signer changes.
        gathered: (sequence, first, hashes) of each gathering.
        renewed: (sequence, (file, SHA-256) ...) of each renewal.
        stamped: (file, SHA-256, number) of each stamp that the log names.
        named: sequences of the seals here that removals name, believed or not.
        removed: for each removed file that is not here, the sequence of its removal.
        still: (file, sequence of its removal) of each that is here all the same.
        again: files that a removal names and that a later seal covers anew.
    """

    name: str
    first: Ends = field(default_factory=Ends)
    last: Ends = field(default_factory=Ends)
    seals: int = 0
    custody: int = 0
    after_seal: int = 0
    signatures: int = 0
    files_read: int = 0
    records_read: int = 0
    bytes_read: int = 0
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown_format: str = ""
    fragment: tuple[int, str] | None = None
    ends_torn: bool = False
    names_fragment: tuple[int, str] | None = None
    hashes: bytearray = field(default_factory=bytearray)
    promised: bytearray = field(default_factory=bytearray)
    paths: bytearray = field(default_factory=bytearray)
    introduced: list[tuple[int, str, str, str]] = field(default_factory=list)
    signers: list[tuple[int, str]] = field(default_factory=list)
    gathered: list[tuple[int, int, bytes]] = field(default_factory=list)
    renewed: list[tuple[int, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    stamped: list[tuple[str, str, str]] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    removed: Counter[int] = field(default_factory=Counter)
    still: list[tuple[str, int]] = field(default_factory=list)
    again: set[str] = field(default_factory=set)

    def problem(self, check: str, code: str, place: str) -> None:
        """Add a problem."""
        self.counts[check, code] += 1
        if self.counts[check, code] <= MOST_PROBLEMS:
            self.problems.append(Problem(check, code, place))


def check_file(path: Path, wanted: Wanted) -> FileReport:
    """Check one file of a log: every line, row, chain, signature, and (if wanted) sealed file."""
    report = FileReport(path.name)
    reader = _Reader(report, wanted)
    for line in lines_of(path):
        reader.take(line)
    reader.end()
    return report


class _Reader:
    def __init__(self, report: FileReport, wanted: Wanted) -> None:
        self._report = report
        self._wanted = wanted
        self._bad: Line | None = None
        self._verify = verifier(wanted.keys)
        self._gone = {one.file for one in wanted.removed.values()}
        self._removal: Removal | None = None
        self._any_row = False

    def take(self, line: Line) -> None:
        """Check the next line of the log: whether it is whole, canonical, and follows the last."""
        try:
            row = read_row(line.raw) if line.ended else None
        except UnknownFormat as unknown:
            self._report.unknown_format = str(unknown)
            return
        except NotCanonical:
            row = None
        if row is None:
            self._fragment(line)
        else:
            self._row(row)

    def end(self) -> None:
        """Leave a fragment at the end for the next file to name."""
        if self._bad is not None:
            self._report.fragment = _named(self._bad)
            self._report.ends_torn = not self._bad.ended

    def _fragment(self, line: Line) -> None:
        if self._bad is not None:
            self._report.problem("log.rows", "no_row", self._bad.place)
        self._bad = line

    def _row(self, row: Row) -> None:
        report = self._report
        self._settle_fragment(row)
        number, previous = number_of(row), str(row.value.get("previous"))
        if not self._any_row:
            self._any_row = True
            report.first.number, report.first.previous = number, previous
        elif number != report.last.number + 1 or previous != report.last.hash:
            report.problem("log.chain", "chain", str(number))
        report.last.number, report.last.hash = number, row.hash
        if isinstance(row, Custody):
            self._custody(row)
        else:
            self._seal(row)

    def _settle_fragment(self, row: Row) -> None:
        """A line that is no row is a fragment if the next row says so, else damage."""
        torn: tuple[int, str] | None = None
        if isinstance(row, Custody) and row.event == "torn":
            torn = whole(row.detail.get("bytes")), str(row.detail.get("sha256"))
        if self._bad is not None:
            if torn != _named(self._bad):
                self._report.problem("log.rows", "no_row", self._bad.place)
            self._bad = None
        elif torn is not None:
            if self._any_row:
                self._report.problem("log.rows", "no_fragment", str(number_of(row)))
            self._report.names_fragment = torn

    def _custody(self, row: Custody) -> None:
        report = self._report
        report.custody += 1
        report.after_seal += 1
        if row.event in {"stamped", "stamp_upgraded"}:
            detail = row.detail
            report.stamped.append(
                (str(detail.get("file")), str(detail.get("sha256")), str(number_of(row)))
            )

    # --- seals -------------------------------------------------------------------------------

    def _seal(self, seal: Seal) -> None:
        report = self._report
        report.seals += 1
        report.after_seal = 0
        place = str(seal.sequence)
        previous = str(seal.value.get("previous_seal"))
        created = read_moment(seal.value.get("created"))
        if report.seals == 1:
            report.first.sequence, report.first.previous_seal = seal.sequence, previous
            report.first.created, report.first.back_ms = created, back_ms(seal)
        elif seal.sequence != report.last.sequence + 1 or previous != report.last.seal_hash:
            report.problem("seal.chain", "chain", place)
        if seal.value.get("store") != self._wanted.store_id:
            report.problem("store.identity", "other_store", place)
        check_time(report, seal, created, report.last.created)
        report.last.sequence, report.last.seal_hash = seal.sequence, seal.hash
        report.last.created = created
        report.hashes += bytes.fromhex(seal.hash)
        report.promised += bytes(promised(seal))
        self._signature(seal, place)
        self._item(seal, place)

    def _signature(self, seal: Seal, place: str) -> None:
        report = self._report
        if not report.signers or report.signers[-1][1] != seal.signer:
            report.signers.append((number_of(seal), seal.signer))
        holds = self._verify(seal)
        report.signatures += 1
        if holds is None:
            report.problem("seal.signature", "no_key", f"{place}, {seal.signer[:16]}")
        elif not holds:
            report.problem("seal.signature", "signature", place)

    def _item(self, seal: Seal, place: str) -> None:
        item, report = seal.item, self._report
        self._removal = self._removal_of(seal) if self._gone else None
        if seal.kind in {"capture", "note"}:
            self._file(str(item.get("file")), item, is_record_file, place)
        elif seal.kind == "document":
            self._file(str(item.get("file")), item, is_document_file, place)
        elif seal.kind == "import":
            files = item.get("files")
            for one in files if isinstance(files, list) else []:
                self._file(str(one.get("file")), one, is_import_file, place)
        elif seal.kind == "key":
            introduced, reason = str(item.get("fingerprint")), str(item.get("reason"))
            report.introduced.append((number_of(seal), seal.signer, introduced, reason))
        elif seal.kind == "gathering":
            self._gathering(seal, place)
        elif seal.kind == "renewal":
            report.renewed.append((seal.sequence, _renewed(item)))

    def _removal_of(self, seal: Seal) -> Removal | None:
        """Return the row that says that what a seal covers was removed, None where none does."""
        removal = self._wanted.removed.get(seal.hash) if seal.kind in REMOVABLE else None
        if removal is None:
            if removed_file(seal) in self._gone:
                self._report.again.add(removed_file(seal))
            return None
        self._report.named.append(seal.sequence)
        if (removal.sequence, removal.file) != (seal.sequence, removed_file(seal)):
            self._report.problem("item.removed", "misnamed", str(removal.row))
            return None
        if not removal.vouches_for(seal):
            self._report.problem("item.removed", "not_vouched", str(removal.row))
            return None
        return removal

    def _gathering(self, seal: Seal, place: str) -> None:
        listed = seal.item.get("seals")
        try:
            hashes = b"".join(bytes.fromhex(str(one)) for one in _list(listed))
        except ValueError:
            hashes = b"?"
        if len(hashes) != 32 * len(_list(listed)):
            self._report.problem("seal.chain", "gathering", place)
        else:
            first = whole(seal.item.get("first"))
            self._report.gathered.append((seal.sequence, first, hashes))

    def _file(
        self,
        file: str,
        described: Mapping[str, object],
        allowed: Callable[[str], bool],
        place: str,
    ) -> None:
        report = self._report
        if not allowed(file):
            report.problem("item.present", "path", place)
            return
        report.paths += path_hash(file)
        path = self._wanted.store / file
        if (found := self._hashed(path, file)) is None:
            return
        if self._removal is not None:
            report.still.append((self._removal.file, self._removal.row))
        report.files_read += 1
        report.bytes_read += found[0]
        if found != (described.get("bytes"), described.get("sha256")):
            report.problem("item.bytes", "changed", file)
        elif self._wanted.records and "records" in described:
            self._records(path, file, described)

    def _hashed(self, path: Path, file: str) -> tuple[int, str] | None:
        """Return size and SHA-256 of a sealed file; None where there is nothing to compare."""
        report = self._report
        if not self._wanted.files:
            self._count_removed()
            return None
        try:
            if not path.is_symlink():
                return sha256_of_file(path)
            report.problem("item.present", "link", file)
        except FileNotFoundError:
            if self._removal is None:
                report.problem("item.present", "missing", file)
            self._count_removed()
        except OSError:
            report.problem("item.present", "unreadable", file)
        return None

    def _count_removed(self) -> None:
        if self._removal is not None:
            self._report.removed[self._removal.row] += 1

    def _records(self, path: Path, file: str, described: Mapping[str, object]) -> None:
        """Compare each record's place and digests with what the seal says."""
        try:
            found: object = records_in(read_bytes(path))
        except (NotWhole, OSError):
            found = None
        if found != described["records"]:
            self._report.problem("item.records", "records", file)
        else:
            self._report.records_read += len(_list(described["records"]))


def check_time(
    report: FileReport, seal: Seal, created: datetime | None, before: datetime | None
) -> None:
    """Check that a seal is not older than the one before, unless it says so itself."""
    if created is None:
        report.problem("seal.times", "no_time", str(seal.sequence))
    elif before is not None and created < before:
        code = "set_back" if back_ms(seal) else "order"
        report.problem("seal.times", code, str(seal.sequence))


def back_ms(seal: Seal) -> int:
    """Return by how much the seal says that the clock was set back, in milliseconds."""
    clock = seal.value.get("clock")
    return max(whole(clock.get("back_ms")), 0) if isinstance(clock, dict) else 0


def promised(seal: Seal) -> tuple[int, int]:
    """Return how many RFC 3161 stamps and OpenTimestamps proofs a seal must have."""
    must = seal.value.get("must_have")
    if not isinstance(must, dict):
        return 0, 0
    numbers = (whole(must.get("rfc3161")), whole(must.get("opentimestamps")))
    return min(max(numbers[0], 0), 255), min(max(numbers[1], 0), 255)


def _named(line: Line) -> tuple[int, str]:
    return len(line.raw), hashlib.sha256(line.raw).hexdigest()


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []


def _renewed(item: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(one.get("file")), str(one.get("sha256")))
        for one in _list(item.get("files"))
        if isinstance(one, dict)
    )
