"""Checks a whole store: its log, seals, sealed files and stamps. Reads only, and streams.

for check in check_store(Path("captures"), signers={fingerprint}):
print(check.name, check.result, check.meaning)
"""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from habeas.errors import StoreRefused
from habeas.evidence.checks import Check, Result, worst
from habeas.evidence.seals import SEALS
from habeas.evidence.seals.chain import read_store_id
from habeas.evidence.seals.log import log_files
from habeas.evidence.seals.logcheck import FileReport, Problem, Wanted, check_file
from habeas.evidence.seals.names import (
    HASH_BYTES,
    is_document_file,
    is_import_file,
    is_record_file,
    path_hash,
)
from habeas.evidence.seals.removals import Removal, believed, marked, public_keys
from habeas.evidence.seals.rows import NOTHING_BEFORE
from habeas.evidence.seals.stampcheck import StampedSeal, Trusted, stamped_seals
from habeas.evidence.seals.stampwords import Stamps, stamp_checks
from habeas.evidence.seals.wording import held, in_words, removed_in_words, summary
from habeas.following import end_with_parent
from habeas.vault import opened
from habeas.vault.keys import Secrets

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Against:
    """What a store is checked against.

    Attributes:
        signers: fingerprints of keys that are expected; empty where nobody told.
        trusted: what timestamps are held against.
        files: whether the sealed files are read; without them only the seals are checked.
        records: whether the records inside are compared one by one as well. The SHA-256 of the
            file already covers them; this checks what the seal says of their places and digests.
        now: when certificates that have run out are looked for (aware, UTC); now if not given.
        workers: processes; 0 for as many as there are cores.
    """

    signers: Collection[str] = ()
    trusted: Trusted = field(default_factory=Trusted)
    files: bool = True
    records: bool = False
    now: datetime | None = None
    workers: int = 0


def check_store(folder: Path, against: Against | None = None) -> list[Check]:
    """Return every check of a store, in the order of `docs/reference/seal-format.md`.

    Raises:
        StoreRefused: the folder has no log of seals.
    """
    chosen = against or Against()
    seals = folder / SEALS
    files = log_files(seals / "log")
    if not files:
        raise StoreRefused(str(folder), "seals/log")
    whole = _Whole()
    try:
        store_id = read_store_id(seals)
    except StoreRefused:
        store_id = ""
    if not store_id:
        whole.problems.append(Problem("store.identity", "no_identity", "store.json"))
    said = marked(files)
    keys = public_keys(seals, said)
    whole.named = believed(said, keys, store_id, chosen.signers)
    wanted = Wanted(
        folder, store_id, keys, files=chosen.files, records=chosen.records, removed=whole.named
    )
    for report in _reports(files, partial(check_file, wanted=wanted), chosen.workers):
        whole.join(report)
    whole.close()
    _check_signers(whole, chosen.signers)
    _check_unsealed(whole, folder)
    stamps = whole.stamps(seals, list(stamped_seals(seals, chosen.trusted)))
    if chosen.now is not None:
        stamps = replace(stamps, now=chosen.now)
    return [*_log_checks(whole, chosen), *stamp_checks(stamps)]


class _Whole:
    """What the files of a log come to together."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.more: dict[tuple[str, str], int] = {}
        self.last = FileReport("")
        self.rows = self.seals = self.signatures = 0
        self.files_read = self.bytes_read = self.records_read = 0
        self.after_seal = 0
        self.hashes = bytearray()
        self.promised = bytearray()
        self.paths = bytearray()
        self.introduced: list[tuple[int, str, str, str]] = []
        self.signers: list[tuple[int, str]] = []
        self.renewed: list[tuple[int, tuple[tuple[str, str], ...]]] = []
        self.stamped: list[tuple[str, str, str]] = []
        self.gatherings: list[tuple[int, int, int]] = []
        self.current_signer = ""
        self.lost: list[int] = []
        self.named: dict[str, Removal] = {}
        self.met: set[int] = set()
        self.removed: Counter[int] = Counter()
        self.still: dict[str, int] = {}
        self.again: set[str] = set()
        self._seal_before: FileReport | None = None

    def join(self, report: FileReport) -> None:
        """Add the next file."""
        self.problems += report.problems
        for key, count in report.counts.items():
            self.more[key] = self.more.get(key, 0) + count
        if report.unknown_format:
            self.problems.append(Problem("log.rows", "unknown_format", report.unknown_format))
        self._join_fragment(report)
        if report.first.number:
            self._join_rows(report)
        if report.seals:
            self._join_seals(report)
        self.after_seal = report.after_seal + (0 if report.seals else self.after_seal)
        self.rows += report.seals + report.custody
        self.seals += report.seals
        self.signatures += report.signatures
        self.files_read += report.files_read
        self.records_read += report.records_read
        self.bytes_read += report.bytes_read
        self.hashes += report.hashes
        self.promised += report.promised
        self.paths += report.paths
        self.introduced += report.introduced
        self.signers += report.signers
        self.renewed += report.renewed
        self.stamped += report.stamped
        self.met.update(report.named)
        self.removed += report.removed
        self.still.update(report.still)
        self.again |= report.again
        self._join_gatherings(report)
        self.last = report

    def close(self) -> None:
        """Say what the log ends with."""
        if self.last.fragment is not None:
            code = "ends_torn" if self.last.ends_torn else "no_row"
            self.problems.append(Problem("log.rows", code, self.last.name))
        for one in self.named.values():
            if one.sequence not in self.met:
                self.problems.append(Problem("item.removed", "unknown", str(one.row)))
        # What is here under a later seal of its own was brought again, and is no leftover.
        left = [file for file in self.still if file not in self.again]
        self.problems += [Problem("item.removed", "still_here", file) for file in left]

    def stamps(self, seals: Path, found: list[StampedSeal]) -> Stamps:
        """Return what is known about stamps, for `stamp_checks`."""
        return Stamps(
            seals=seals,
            found=found,
            hashes=bytes(self.hashes),
            promised=bytes(self.promised),
            gatherings=tuple(self.gatherings),
            renewed=tuple(self.renewed),
            named=tuple(self.stamped),
        )

    def _join_fragment(self, report: FileReport) -> None:
        if self.last.fragment is not None:
            if report.names_fragment != self.last.fragment:
                self.problems.append(Problem("log.rows", "no_row", self.last.name))
        elif report.names_fragment is not None and report.names_fragment != report.fragment:
            place = str(report.first.number)
            self.problems.append(Problem("log.rows", "no_fragment", place))

    def _join_rows(self, report: FileReport) -> None:
        before = self.last.last
        number = before.number + 1
        previous = before.hash or NOTHING_BEFORE
        if report.first.number != number or report.first.previous != previous:
            self.problems.append(Problem("log.chain", "chain", str(report.first.number)))

    def _join_seals(self, report: FileReport) -> None:
        before = self._seal_before
        sequence = before.last.sequence + 1 if before else 1
        previous = before.last.seal_hash if before else NOTHING_BEFORE
        first = report.first
        if first.sequence != sequence or first.previous_seal != previous:
            self.problems.append(Problem("seal.chain", "chain", str(first.sequence)))
        ended = before.last.created if before else None
        if ended and first.created and first.created < ended:
            code = "set_back" if first.back_ms else "order"
            self.problems.append(Problem("seal.times", code, str(first.sequence)))
        self._seal_before = report

    def _join_gatherings(self, report: FileReport) -> None:
        for sequence, first, hashes in report.gathered:
            start = 32 * (first - 1)
            if first < 1 or bytes(self.hashes[start : start + len(hashes)]) != hashes:
                self.problems.append(Problem("seal.chain", "gathering", str(sequence)))
            else:
                self.gatherings.append((sequence, first, len(hashes) // 32))


def _begin(secrets: Secrets | None) -> None:
    """Begin in a process of its own: end with the one that started it, and open what it opened."""
    end_with_parent()
    opened.as_a_child(secrets)


def _reports(
    files: Sequence[Path], check: Callable[[Path], FileReport], workers: int
) -> Iterator[FileReport]:
    """Check files in several processes, in order, with few reports in memory."""
    count = min(workers or os.cpu_count() or 1, len(files))
    if count < 2:
        yield from map(check, files)
        return
    with ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(opened.for_a_child(),),
    ) as pool:
        yield from pool.map(check, files)


def _check_signers(whole: _Whole, expected: Collection[str]) -> None:
    """Follow which key may sign: introduced by itself at first, then by the one before it."""
    introductions = {number: one for number, *one in whole.introduced}
    allowed = ""
    for number in sorted({*introductions, *(number for number, _signer in whole.signers)}):
        signer = next((one for place, one in whole.signers if place == number), None)
        introduced = introductions.get(number)
        if introduced is not None:
            by, key, reason = introduced
            first = reason == "first" and not allowed and by == key
            rotated = reason == "rotation" and by == allowed
            if reason == "lost" and by == key:
                whole.lost.append(number)
            elif not (first or rotated):
                whole.problems.append(Problem("seal.signer", "introduced", str(number)))
            allowed = key
        elif signer is not None and signer != allowed:
            whole.problems.append(Problem("seal.signer", "not_introduced", str(number)))
    whole.current_signer = allowed
    known = {key for _number, _by, key, _reason in whole.introduced}
    if expected and not known & set(expected):
        whole.problems.append(Problem("seal.signer", "unexpected", allowed))


def _check_unsealed(whole: _Whole, folder: Path) -> None:
    """Find records that no seal names."""
    sealed = np.sort(np.frombuffer(bytes(whole.paths), dtype=f"V{HASH_BYTES}").view("<u8"))
    for file in _kept_files(folder):
        wanted = np.frombuffer(path_hash(file), dtype="<u8")[0]
        place = int(np.searchsorted(sealed, wanted))
        if place >= len(sealed) or sealed[place] != wanted:
            key = ("item.unsealed", "unsealed")
            whole.more[key] = whole.more.get(key, 0) + 1
            if whole.more[key] <= _MOST_TOLD:
                whole.problems.append(Problem(*key, file))


def _kept_files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name == "imports" and path.is_dir():
            found = (f"{one.parent.name}/{one.name}" for one in path.glob("*/*"))
            yield from (f"imports/{one}" for one in found if is_import_file(f"imports/{one}"))
        elif path.is_dir() and path.name != SEALS:
            with os.scandir(path) as entries:
                names = sorted(f"{path.name}/{entry.name}" for entry in entries)
            yield from (one for one in names if is_record_file(one) or is_document_file(one))


def _log_checks(whole: _Whole, against: Against) -> list[Check]:
    counts = {
        "rows": whole.rows,
        "seals": whole.seals,
        "signatures": whole.signatures,
        "files": whole.files_read,
        "records": whole.records_read,
        "bytes": whole.bytes_read,
        "after": whole.after_seal,
        "key": whole.current_signer,
    }
    checks = [
        _one("store.identity", whole, counts),
        _one("log.rows", whole, counts),
        _one("log.chain", whole, counts),
        Check("log.sealed", Result.HELD, held("log.sealed", counts)),
        _one("seal.chain", whole, counts),
        _one("seal.signature", whole, counts),
        _signer_check(whole, against, counts),
        _one("seal.times", whole, counts),
    ]
    if whole.named:
        checks.append(_removed(whole))
    if against.files:
        checks += [_one(name, whole, counts) for name in ("item.present", "item.bytes")]
    if against.records:
        checks.append(_one("item.records", whole, counts))
    return [*checks, _one("item.unsealed", whole, counts)]


def _one(name: str, whole: _Whole, counts: dict[str, object]) -> Check:
    problems = [one for one in whole.problems if one.check == name]
    if not problems:
        return Check(name, Result.HELD, held(name, counts))
    result = worst(in_words(one)[0] for one in problems)
    total = sum(count for (check, _code), count in whole.more.items() if check == name)
    return Check(name, result, summary(problems, max(total, len(problems))), problems[0].place)


def _removed(whole: _Whole) -> Check:
    """Say what is not here because a signed row says that it was removed."""
    problems = [one for one in whole.problems if one.check == "item.removed"]
    if problems:
        return _one("item.removed", whole, {})
    rows = {one.row: one for one in whole.named.values()}
    told = [(rows[row], count) for row, count in sorted(whole.removed.items())]
    return Check("item.removed", Result.REMOVED, removed_in_words(told), str(max(rows)))


def _signer_check(whole: _Whole, against: Against, counts: dict[str, object]) -> Check:
    found = _one("seal.signer", whole, counts)
    if found.result is Result.BROKEN:
        return found
    if whole.lost and not set(against.signers) >= {whole.current_signer}:
        places = [Problem("seal.signer", "lost", str(number)) for number in whole.lost]
        return Check("seal.signer", Result.COULD_NOT_CHECK, summary(places, len(places)))
    if not against.signers:
        unknown = [Problem("seal.signer", "nobody_told", whole.current_signer)]
        return Check("seal.signer", Result.COULD_NOT_CHECK, summary(unknown, 1))
    return found
