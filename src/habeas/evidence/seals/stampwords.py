"""The checks of a store's outside timestamps, and their sentences."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from habeas.evidence.checks import Check, Result
from habeas.evidence.seals.names import is_stamp_file
from habeas.evidence.seals.stampcheck import StampedSeal
from habeas.evidence.stamps.proofs import ProofFault, ProofReport
from habeas.evidence.stamps.trusting import Fault, Note, TokenReport
from habeas.language import _

_MOST_TOLD = 5
_UNCHECKED_PROOFS = {ProofFault.PENDING, ProofFault.NO_HEADER, ProofFault.NOTHING}


@dataclass(frozen=True)
class Stamps:
    """What is known about a store's stamps.

    Attributes:
        seals: the `seals` folder.
        found: the stamped seals, checked.
        hashes: 32 bytes for each seal of the log.
        promised: two bytes for each seal: RFC 3161 stamps and OpenTimestamps proofs it must have.
        gatherings: (sequence, first, how many) of each gathering.
        renewed: (sequence, (file, SHA-256) ...) of each renewal.
        named: (file, SHA-256, row) of each stamp that the log names.
        now: for saying which certificates have run out.
    """

    seals: Path
    found: Sequence[StampedSeal] = field(repr=False)
    hashes: bytes = field(repr=False)
    promised: bytes = field(repr=False)
    gatherings: Sequence[tuple[int, int, int]]
    renewed: Sequence[tuple[int, Sequence[tuple[str, str]]]]
    named: Sequence[tuple[str, str, str]]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


def stamp_checks(stamps: Stamps) -> list[Check]:
    """Return the checks of all stamps of a store."""
    checks = [_required(stamps), *_tokens(stamps), *_proofs(stamps), _kept(stamps)]
    expired = _renewal(stamps)
    return [*checks, *([expired] if expired is not None else [])]


def _required(stamps: Stamps) -> Check:
    """Every seal must have what it promised: its own stamps, or those of a gathering."""
    strange = [one.folder for one in stamps.found if not _fits(stamps, one)]
    if strange:
        words = _("Stamps lie here for seals that are not in this log: {places}.")
        meaning = words.format(places=_listed(strange))
        return Check("stamp.required", Result.BROKEN, meaning, strange[0])
    promised = np.frombuffer(stamps.promised, dtype=np.uint8).reshape(-1, 2)
    there = np.zeros_like(promised)
    ranges = {sequence: (first, count) for sequence, first, count in stamps.gatherings}
    for one in stamps.found:
        has = (min(one.authorities, 255), 1 if _there(one) else 0)
        first, count = ranges.get(one.sequence, (one.sequence, 0))
        for start, length in ((one.sequence, 1), (first, count)):
            part = there[start - 1 : start - 1 + length]
            np.maximum(part, np.array(has, dtype=np.uint8), out=part)
    missing = promised > there
    waiting = int(missing.any(axis=1).sum())
    if not waiting:
        if not promised.any():
            words = _(
                "No seal promises an outside timestamp: only this computer's clock says when."
            )
            return Check("stamp.required", Result.COULD_NOT_CHECK, words)
        words = _("All {seals} seals have the outside timestamps that they must have.")
        return Check("stamp.required", Result.HELD, words.format(seals=len(promised)))
    words = _(
        "Seals that wait for outside timestamps: {waiting} (of authorities {rfc3161}, of "
        "OpenTimestamps {proofs}). Until these come, only this computer's clock says when."
    )
    meaning = words.format(
        waiting=waiting, rfc3161=int(missing[:, 0].sum()), proofs=int(missing[:, 1].sum())
    )
    return Check("stamp.required", Result.COULD_NOT_CHECK, meaning)


def _fits(stamps: Stamps, one: StampedSeal) -> bool:
    """Return whether a folder belongs to the seal of the log whose number it carries."""
    start = 32 * (one.sequence - 1)
    known = stamps.hashes[start : start + 32].hex() if one.sequence > 0 else ""
    return bool(known) and known == one.hash and one.folder == f"seal-{one.sequence:08d}"


def _there(one: StampedSeal) -> bool:
    return one.proof is not None and one.proof[1].fault in {None, *_UNCHECKED_PROOFS}


def _tokens(stamps: Stamps) -> list[Check]:
    """Return one check for each way in which replies came out."""
    by_fault: dict[tuple[Fault | None, str], list[tuple[str, TokenReport]]] = {}
    for one in stamps.found:
        for file, report in one.tokens:
            key = report.fault, report.authority
            by_fault.setdefault(key, []).append((f"{one.folder}/{file}", report))
    return [_token_check(fault, authority, found) for (fault, authority), found in by_fault.items()]


def _token_check(
    fault: Fault | None, authority: str, found: Sequence[tuple[str, TokenReport]]
) -> Check:
    about = authority or found[0][0]
    if fault is None:
        meaning = _(
            "{authority} confirmed {count} times, first at {first} UTC and last at {last} UTC, "
            "that the stamped seals existed then."
        ).format(
            authority=authority,
            count=len(found),
            first=_time(min(report.moment for _f, report in found if report.moment)),
            last=_time(max(report.moment for _f, report in found if report.moment)),
        )
        notes = {note for _file, report in found for note in report.notes}
        meaning = " ".join([meaning, *(_note(note) for note in sorted(notes))])
        return Check("stamp.rfc3161", Result.HELD, meaning, about)
    result = Result.COULD_NOT_CHECK if fault is Fault.UNTRUSTED else Result.BROKEN
    details = sorted({report.detail for _file, report in found if report.detail})
    meaning = fault_in_words(fault).format(places=_listed([file for file, _report in found]))
    return Check("stamp.rfc3161", result, " ".join([meaning, *details[:1]]), about)


def fault_in_words(fault: Fault) -> str:
    """Return a sentence about a reply that does not hold, with a place for `{places}`."""
    return {
        Fault.UNREADABLE: _("These replies of authorities cannot be read: {places}."),
        Fault.REFUSED: _("In these replies the authority refuses to stamp: {places}."),
        Fault.WRONG_IMPRINT: _("These timestamps are for something else: {places}."),
        Fault.WRONG_NONCE: _("These replies answer another request: {places}."),
        Fault.WEAK: _("These timestamps use a hash that is not trusted any more: {places}."),
        Fault.STATEMENT: _("In these timestamps the signature is for another statement: {places}."),
        Fault.NO_CERTIFICATE: _("The signer's certificate is missing for {places}."),
        Fault.WRONG_CERTIFICATE: _("The certificate is not the one that signed: {places}."),
        Fault.SIGNATURE: _("The authority's signature does not hold: {places}."),
        Fault.PURPOSE: _("The signer's certificate is not one for time-stamping: {places}."),
        Fault.EXPIRED: _("The signer's certificate was not valid at the time: {places}."),
        Fault.UNTRUSTED: _(
            "These timestamps lead to a root certificate that nobody told us to trust: {places}. "
            "If you trust it, name its file. The root is called:"
        ),
        Fault.OPENSSL: _("The openssl program says that these timestamps do not hold: {places}."),
    }[fault]


def _note(note: Note) -> str:
    return {
        Note.STRICT_READER: _("Their encoding is not the strict one; a strict reader refuses it."),
        Note.SHA1_CERTIFICATE_ID: _(
            "They name their certificate by SHA-1 only: renew them early (`habeas stamps renew`)."
        ),
        Note.NO_OPENSSL: _("The openssl program was not asked."),
    }[note]


def _proofs(stamps: Stamps) -> list[Check]:
    by_fault: dict[ProofFault | None, list[tuple[str, ProofReport]]] = {}
    for one in stamps.found:
        if one.proof is not None:
            file, report = one.proof
            by_fault.setdefault(report.fault, []).append((f"{one.folder}/{file}", report))
    return [_proof_check(fault, found) for fault, found in by_fault.items()]


def _proof_check(fault: ProofFault | None, found: Sequence[tuple[str, ProofReport]]) -> Check:
    places = _listed([file for file, _report in found])
    report = found[-1][1]
    block = report.blocks[0] if report.blocks else (0, "")
    words = proof_in_words(fault).format(
        count=len(found),
        places=places,
        height=report.height or block[0],
        root=block[1],
        moment=_time(report.moment) if report.moment else "",
        calendars=_listed(report.pending),
    )
    result = Result.COULD_NOT_CHECK if fault in _UNCHECKED_PROOFS else Result.BROKEN
    return Check(
        "stamp.opentimestamps", Result.HELD if fault is None else result, words, found[0][0]
    )


def proof_in_words(fault: ProofFault | None) -> str:
    """Return a sentence about OpenTimestamps proofs, with places for what it says."""
    return {
        None: _(
            "Bitcoin blocks confirm {count} proofs, the last one block {height} of {moment} UTC."
        ),
        ProofFault.UNREADABLE: _("These OpenTimestamps proofs cannot be read: {places}."),
        ProofFault.WRONG_DIGEST: _("These OpenTimestamps proofs are for something else: {places}."),
        ProofFault.WRONG_BLOCK: _("The given block {height} does not confirm the proof: {places}."),
        ProofFault.PENDING: _(
            "Proofs that no block confirms yet: {count}. These calendars have promised it: "
            "{calendars}. It takes some hours; `habeas stamps upgrade` asks them."
        ),
        ProofFault.NO_HEADER: _(
            "Proofs that name a Bitcoin block: {count}. To check the last one, compare the Merkle "
            "root of block {height} in any copy of the block chain with {root}."
        ),
        ProofFault.NOTHING: _("These proofs name neither a block nor a calendar: {places}."),
    }[fault]


def _kept(stamps: Stamps) -> Check:
    """Every stamp that the log names must be there as it was."""
    missing, changed = [], []
    for file, sha256, _row in stamps.named:
        path = stamps.seals / file
        if not is_stamp_file(file) or path.is_symlink() or not path.is_file():
            missing.append(file)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            changed.append(file)
    sentences = []
    if missing:
        words = _("Timestamps were obtained and are not here any more: {places}.")
        sentences.append(words.format(places=_listed(missing)))
    if changed:
        words = _("Timestamps are not what they were when they came: {places}.")
        sentences.append(words.format(places=_listed(changed)))
    if sentences:
        return Check("stamp.kept", Result.BROKEN, " ".join(sentences), (missing + changed)[0])
    words = _("Every timestamp that was obtained is here: {count}.")
    return Check("stamp.kept", Result.HELD, words.format(count=len(stamps.named)))


def _renewal(stamps: Stamps) -> Check | None:
    """A certificate that has run out proves nothing new: was the stamp renewed in time?"""
    renewals = _renewal_moments(stamps)
    late = []
    any_expired = False
    for one in stamps.found:
        for file, report in one.tokens:
            if report.fault is None and report.expires and report.expires < stamps.now:
                any_expired = True
                renewed = renewals.get(f"stamps/{one.folder}/{file}")
                if renewed is None or renewed > report.expires:
                    late.append(f"{one.folder}/{file}")
    if not any_expired:
        return None
    if late:
        words = _(
            "The certificates of these timestamps have run out, and nothing newer covers them: "
            "{places}. They were valid when they were made; a key stolen since could make others."
        )
        meaning = words.format(places=_listed(late))
        return Check("stamp.renewed", Result.COULD_NOT_CHECK, meaning, late[0])
    words = _("Timestamps whose certificates have run out were renewed in time.")
    return Check("stamp.renewed", Result.HELD, words)


def _renewal_moments(stamps: Stamps) -> Mapping[str, datetime]:
    """Return, for each stamp file, the earliest moment at which a renewal vouches for it."""
    stamped = {one.sequence: one.earliest for one in stamps.found}
    moments: dict[str, datetime] = {}
    for sequence, files in stamps.renewed:
        moment = stamped.get(sequence)
        for file, sha256 in files if moment else ():
            path = stamps.seals / file
            fits = is_stamp_file(file) and path.is_file()
            if fits and hashlib.sha256(path.read_bytes()).hexdigest() == sha256 and moment:
                moments[file] = min(moment, moments.get(file, moment))
    return moments


def _listed(places: Sequence[str]) -> str:
    shown = ", ".join(places[:_MOST_TOLD])
    more = len(places) - _MOST_TOLD
    return shown if more <= 0 else shown + " " + _("and {more} more").format(more=more)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
