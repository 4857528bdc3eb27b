"""Checks the outside timestamps that lie in a store, each in the folder of its seal."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509

from habeas.evidence.seals.rows import whole
from habeas.evidence.stamps.der import NotDer
from habeas.evidence.stamps.proofs import ProofReport, check_proof
from habeas.evidence.stamps.tokens import read_request
from habeas.evidence.stamps.trusting import Expected, Fault, TokenReport, check_reply

MANIFEST = "manifest.json"
SIGNATURE = "signature.bin"
_LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trusted:
    """What timestamps are held against.

    Attributes:
        roots: certificates that authorities' must lead to.
        headers: Bitcoin block headers (80 bytes) by height.
        openssl: whether the openssl program is asked about each token, too.
    """

    roots: Sequence[x509.Certificate] = field(default=(), repr=False)
    headers: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    openssl: bool = True


@dataclass(frozen=True, slots=True)
class StampedSeal:
    """The stamps in one folder.

    Attributes:
        folder: its name.
        sequence: of the seal, 0 where the folder does not say.
        hash: SHA-256 of its manifest.
        needed: how many RFC 3161 stamps and OpenTimestamps proofs the manifest promises.
        tokens: (file, report) of each reply.
        proof: (file, report) of the newest proof, None where there is none.
    """

    folder: str
    sequence: int
    hash: str
    needed: tuple[int, int]
    tokens: tuple[tuple[str, TokenReport], ...] = ()
    proof: tuple[str, ProofReport] | None = None

    @property
    def authorities(self) -> int:
        """Number of different authorities whose stamps are there and not broken."""
        there = {
            report.authority
            for _file, report in self.tokens
            if report.fault in {None, Fault.UNTRUSTED}
        }
        return len(there)

    @property
    def earliest(self) -> datetime | None:
        """The earliest moment that an authority vouches for (aware, UTC)."""
        moments = [one.moment for _f, one in self.tokens if one.fault is None and one.moment]
        return min(moments, default=None)


def stamped_seals(seals: Path, trusted: Trusted) -> Iterator[StampedSeal]:
    """Yield every stamped seal of a store's `seals` folder, in order."""
    for folder in sorted((seals / "stamps").glob("seal-*")):
        yield stamps_in(folder, trusted)


def stamps_in(folder: Path, trusted: Trusted) -> StampedSeal:
    """Return the stamps of one folder, checked against the manifest that lies there."""
    import json

    name = folder.name
    digits = name.removeprefix("seal-")
    try:
        content = read_small(folder / MANIFEST)
        manifest = json.loads(content)
        must = manifest["must_have"]
        needed = whole(must.get("rfc3161")), whole(must.get("opentimestamps"))
        sequence = whole(manifest.get("sequence"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return StampedSeal(name, int(digits) if digits.isdigit() else 0, "", (0, 0))
    tokens = tuple(
        (path.name, _token(path, content, trusted)) for path in sorted(folder.glob("*.tsr"))
    )
    proofs = sorted(folder.glob("*.ots"))
    proof = None
    if proofs:
        found = check_proof(read_small(proofs[-1]), content, trusted.headers)
        proof = proofs[-1].name, found
    digest = hashlib.sha256(content).hexdigest()
    return StampedSeal(name, sequence, digest, needed, tokens, proof)


def read_small(path: Path) -> bytes:
    """Return the content of a file that must be small.

    Raises:
        OSError: it cannot be read, or it is larger than anything we write there.
    """
    if path.stat().st_size > _LARGEST:
        raise OSError(path)
    return path.read_bytes()


def _token(path: Path, content: bytes, trusted: Trusted) -> TokenReport:
    try:
        reply = read_small(path)
    except OSError as error:
        return TokenReport(Fault.UNREADABLE, detail=type(error).__name__)
    expected = Expected(content, trusted.roots, _nonce(path), openssl=trusted.openssl)
    return check_reply(reply, expected)


def _nonce(path: Path) -> int | None:
    """Return the nonce of the kept request; None where it is not there or cannot be read."""
    try:
        return read_request(read_small(path.with_suffix(".tsq"))).nonce
    except (OSError, NotDer):
        return None
