"""OpenTimestamps proofs (`.ots`): begun with a salt, completed by calendars, checked by a block.

The one place that uses the opentimestamps library. A calendar is told a hash of our hash and a
random salt: it can neither recognise what is stamped, nor tell two stamps of the same thing.
"""

import hashlib
import secrets
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

PROOF_LIMIT = 64 * 1024
"""Bytes of a proof, and of a calendar's reply. Real ones have 0.2 to 4 KB."""
HEADER_BYTES = 80

_SALT_BYTES = 16
_TIME_AT = 68


class ProofFault(StrEnum):
    """Why a proof does not hold, or why that cannot be told."""

    UNREADABLE = "unreadable"
    WRONG_DIGEST = "wrong_digest"
    """It is a proof for something else."""
    WRONG_BLOCK = "wrong_block"
    """The block that was given does not confirm it."""
    PENDING = "pending"
    """No block confirms it yet; the calendars have promised one. Could not check."""
    NO_HEADER = "no_header"
    """A block is named, and its header is not at hand. Could not check."""
    NOTHING = "nothing"
    """It names neither a block nor a calendar. Could not check."""


@dataclass(frozen=True, slots=True)
class ProofReport:
    """What checking a proof came to.

    Attributes:
        fault: None where a block confirms it.
        pending: addresses of calendars that promised to complete it.
        blocks: height and Merkle root (hexadecimal, as block explorers print it) of each Bitcoin
            block that is named.
        height: of the block that confirmed it, 0 where none did.
        moment: time of that block (aware, UTC). Miners' clocks may be some hours off.
    """

    fault: ProofFault | None
    pending: tuple[str, ...] = ()
    blocks: tuple[tuple[int, str], ...] = ()
    height: int = 0
    moment: datetime | None = None


class ProofUnreadable(ValueError):
    """The bytes are no OpenTimestamps proof, or the calendar's reply does not fit."""


class Proof:
    """A proof for some content."""

    def __init__(self, detached: Any) -> None:  # noqa: ANN401 - the library has no types
        self._detached = detached

    @classmethod
    def begin(cls, content: bytes) -> "Proof":
        """Begin a proof for content; `commitment` is then what calendars are told."""
        from opentimestamps.core.op import OpAppend, OpSHA256
        from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

        detached: Any = DetachedTimestampFile(
            OpSHA256(), Timestamp(hashlib.sha256(content).digest())
        )
        salted = detached.timestamp.ops.add(OpAppend(secrets.token_bytes(_SALT_BYTES)))
        salted.ops.add(OpSHA256())
        return cls(detached)

    @classmethod
    def read(cls, content: bytes) -> "Proof":
        """Return the proof of an `.ots` file.

        Raises:
            ProofUnreadable: it is none.
        """
        from opentimestamps.core.serialize import StreamDeserializationContext
        from opentimestamps.core.timestamp import DetachedTimestampFile

        if len(content) > PROOF_LIMIT:
            raise ProofUnreadable("too long")
        with _readable():
            source = StreamDeserializationContext(BytesIO(content))
            return cls(DetachedTimestampFile.deserialize(source))

    def written(self) -> bytes:
        """Return the bytes of the `.ots` file. It must have been completed by some calendar."""
        from opentimestamps.core.serialize import StreamSerializationContext

        out = BytesIO()
        self._detached.serialize(StreamSerializationContext(out))
        return out.getvalue()

    @property
    def commitment(self) -> bytes:
        """What calendars are told: SHA-256 of our hash and a salt."""
        (salted,) = self._detached.timestamp.ops.values()
        (committed,) = salted.ops.values()
        return bytes(committed.msg)

    def complete(self, commitment: bytes, reply: bytes) -> bool:
        """Take in a calendar's reply; return whether it added anything.

        Args:
            commitment: what the calendar was asked about.
            reply: its answer.

        Raises:
            ProofUnreadable: the reply is no timestamp, or not about that.
        """
        from opentimestamps.core.serialize import StreamDeserializationContext
        from opentimestamps.core.timestamp import Timestamp

        node = next(
            (one for one in _nodes(self._detached.timestamp) if one.msg == commitment), None
        )
        if node is None or len(reply) > PROOF_LIMIT:
            raise ProofUnreadable("not about this")
        before = self.written() if self._complete() else b""
        with _readable():
            source = StreamDeserializationContext(BytesIO(reply))
            node.merge(Timestamp.deserialize(source, commitment))
        return self.written() != before

    def pending(self) -> list[tuple[str, bytes]]:
        """Return (address of the calendar, what to ask it about) for each promise in the proof."""
        from opentimestamps.core.notary import PendingAttestation

        return [
            (str(found.uri), bytes(commitment))
            for commitment, found in self._detached.timestamp.all_attestations()
            if isinstance(found, PendingAttestation)
        ]

    def confirmed(self) -> bool:
        """Return whether a Bitcoin block is named."""
        return bool(self._blocks())

    def check(self, content: bytes, headers: Mapping[int, bytes]) -> ProofReport:
        """Check the proof against content and block headers.

        Args:
            content: what was stamped.
            headers: block headers (80 bytes each) by height, from wherever the user trusts.
        """
        from opentimestamps.core.op import OpSHA256

        blocks = tuple((height, root[::-1].hex()) for height, root in self._blocks())
        pending = tuple(sorted({address for address, _commitment in self.pending()}))
        report = ProofReport(None, pending, blocks)
        if not isinstance(self._detached.file_hash_op, OpSHA256):
            return _with(report, ProofFault.WRONG_DIGEST)
        if self._detached.file_digest != hashlib.sha256(content).digest():
            return _with(report, ProofFault.WRONG_DIGEST)
        for height, root in self._blocks():
            header = headers.get(height)
            if header is not None and len(header) == HEADER_BYTES:
                return _by_block(report, height, root, header)
        if blocks:
            return _with(report, ProofFault.NO_HEADER)
        return _with(report, ProofFault.PENDING if pending else ProofFault.NOTHING)

    def _blocks(self) -> list[tuple[int, bytes]]:
        from opentimestamps.core.notary import BitcoinBlockHeaderAttestation

        return sorted(
            (int(found.height), bytes(root))
            for root, found in self._detached.timestamp.all_attestations()
            if isinstance(found, BitcoinBlockHeaderAttestation)
        )

    def _complete(self) -> bool:
        return any(True for _one in self._detached.timestamp.all_attestations())


@contextmanager
def _readable() -> Iterator[None]:
    """Type what the library raises for bytes from strangers; its warnings are not the user's."""
    from opentimestamps.core.serialize import DeserializationError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            yield
    except (DeserializationError, ValueError, TypeError, RecursionError) as error:
        raise ProofUnreadable(type(error).__name__) from error


def check_proof(proof: bytes, content: bytes, headers: Mapping[int, bytes]) -> ProofReport:
    """Return whether the bytes of an `.ots` file are a proof for content. Arguments as `check`."""
    try:
        return Proof.read(proof).check(content, headers)
    except ProofUnreadable:
        return ProofReport(ProofFault.UNREADABLE)


def _by_block(report: ProofReport, height: int, root: bytes, header: bytes) -> ProofReport:
    """A header (80 bytes) holds the Merkle root at 36 to 68 and the time at 68, little-endian."""
    if header[36:_TIME_AT] != root:
        return _with(report, ProofFault.WRONG_BLOCK)
    seconds = int.from_bytes(header[_TIME_AT : _TIME_AT + 4], "little")
    moment = datetime.fromtimestamp(seconds, UTC)
    return ProofReport(None, report.pending, report.blocks, height, moment)


def _with(report: ProofReport, fault: ProofFault) -> ProofReport:
    return ProofReport(fault, report.pending, report.blocks)


def _nodes(timestamp: Any) -> "list[Any]":  # noqa: ANN401 - the library has no types
    """Return a node and all below it."""
    found = [timestamp]
    for one in found:
        found.extend(one.ops.values())
    return found
