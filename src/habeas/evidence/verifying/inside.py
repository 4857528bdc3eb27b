"""The checks of `verify.py` as they run inside habeas: signatures in the process, several cores.

What is checked and what is said is `verify.py`'s alone, so that a stranger and we read the same.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from habeas.errors import NotToBeVerified, StoreRefused
from habeas.evidence.checks import Result
from habeas.evidence.seals import SEALS
from habeas.evidence.seals.checking import Against, check_store
from habeas.evidence.seals.stampcheck import Trusted
from habeas.evidence.stamps.chains import certificates_of
from habeas.evidence.verifying import verify as stranger
from habeas.following import end_with_parent
from habeas.language import _
from habeas.vault import opened
from habeas.vault.bytes import is_protected
from habeas.vault.keys import Secrets

# Below this, starting processes takes longer than it saves.
_PARALLEL_FROM_BYTES = 32 * 1024 * 1024
_PARALLEL_FROM_SIGNATURES = 20_000
_AT_ONCE = 16


Signature = tuple[str, bytes, bytes]
"""Key (PEM), message, signature."""


def _good(asked: Signature) -> bool:
    pem, message, signature = asked
    try:
        key = load_pem_public_key(pem.encode("ascii", "replace"))
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, message)
    except (ValueError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


@dataclass
class Inside(stranger.Openssl):
    """Signatures by the cryptography package; timestamps and certificates by openssl as before."""

    processes: int = field(default_factory=lambda: cpu_count() or 1)

    def __post_init__(self) -> None:
        """Find openssl."""
        super().__init__()

    def ed25519(self, pem: str, message: bytes, signature: bytes) -> bool:
        """Return whether a signature is that of the key."""
        return _good((pem, message, signature))

    def ed25519_many(self, asked: Sequence[Signature]) -> list[bool]:
        """Answer for many signatures."""
        if len(asked) < _PARALLEL_FROM_SIGNATURES or self.processes < 2:
            return [_good(one) for one in asked]
        with _processes(self.processes) as pool:
            return list(pool.map(_good, asked, chunksize=1000))

    def ecdsa(self, pem: str, message: bytes, signature: bytes) -> bool:
        """Return whether a signature (DER) over the SHA-256 of a message is that of the key."""
        try:
            key = load_pem_public_key(pem.encode("ascii", "replace"))
            if not isinstance(key, EllipticCurvePublicKey):
                return super().ecdsa(pem, message, signature)
            key.verify(signature, message, ECDSA(hashes.SHA256()))
        except (ValueError, InvalidSignature, UnsupportedAlgorithm):
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a recording lies on disk: a file, or a part of a ZIP."""

    name: str
    path: str
    start: int
    size: int


class _One(stranger.Place):
    """A place with one file."""

    def __init__(self, piece: _Piece) -> None:
        self._piece = piece

    def size(self, name: str) -> int:  # noqa: ARG002 - there is only one
        return self._piece.size

    def file(self, name: str) -> stranger.Readable:  # noqa: ARG002 - there is only one
        opened = Path(self._piece.path).open("rb")  # noqa: SIM115 - closed with the window
        return _Owned(opened, self._piece.start, self._piece.size)


class _Owned(stranger.Window):
    """A window that closes the file under it."""

    def close(self) -> None:
        self.under.close()


def _read(piece: _Piece) -> stranger.Recording:
    return stranger.read_recording(_One(piece), piece.name, stranger.Tools())


class InsideTools(stranger.Tools):
    """What the checks use inside habeas.

    Args:
        processes: how many to use for reading recordings and checking signatures.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or cpu_count() or 1
        super().__init__(Inside(self._processes))

    def recordings(
        self, place: stranger.Place, names: Sequence[str]
    ) -> Iterator[stranger.Recording]:
        """Yield recordings in order, read by several processes where there is much to read."""
        total = sum(place.size(name) for name in names)
        if total < _PARALLEL_FROM_BYTES or self._processes < 2 or len(names) < 2:
            yield from super().recordings(place, names)
            return
        pieces = [_located(place, name) for name in names]
        with _processes(self._processes) as pool:
            # A few at a time: results wait in memory until they are taken.
            step = _AT_ONCE * self._processes
            for start in range(0, len(pieces), step):
                yield from pool.map(_read, pieces[start : start + step], chunksize=4)


def _located(place: stranger.Place, name: str) -> _Piece:
    with closing(place.file(name)) as file:
        start, inner = 0, file
        while isinstance(inner, stranger.Window):
            start, inner = start + inner.start, inner.under
        path = str(getattr(inner, "name", ""))
        return _Piece(name, str(Path(path).resolve()), start, place.size(name))


def _start(secrets: Secrets | None) -> None:
    end_with_parent()
    opened.as_a_child(secrets)


def _processes(count: int) -> ProcessPoolExecutor:
    # Not "fork": a process with threads must not be doubled.
    return ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=_start,
        initargs=(opened.for_a_child(),),
    )


@dataclass(frozen=True, slots=True)
class Expectations:
    """What evidence is held against.

    Attributes:
        signer: the fingerprint that is expected, hexadecimal; empty if none is.
        own: fingerprints of the user's own keys; they need no comparing by eye.
        roots: PEM files of certificates that are trusted for timestamps.
        blocks: headers of Bitcoin blocks by height.
    """

    signer: str = ""
    own: Collection[str] = ()
    roots: Sequence[Path] = ()
    blocks: Mapping[int, bytes] = field(default_factory=dict)

    def certificates(self) -> list[bytes]:
        """Return the trusted certificates, DER."""
        return [
            der
            for path in self.roots
            for der in stranger.from_pem(path.read_text("ascii", "replace"))
        ]


def verify(path: Path, against: Expectations, *, processes: int | None = None) -> stranger.Report:
    """Check an exhibit, package, store or recording. Every problem becomes a result.

    Args:
        path: the file or folder.
        against: see `Expectations`.
        processes: how many to use; as many as there are cores if not given.
    """
    if (path / SEALS / "store.json").is_file():
        return _store(path, against, processes or 0)
    if path.is_file() and is_protected(path):
        raise NotToBeVerified(
            str(path), _("it is encrypted; verify the folder of captures that it lies in")
        )
    tools = InsideTools(processes)
    tools.signer, tools.roots = against.signer, against.certificates()
    tools.blocks = dict(against.blocks)
    report = stranger.verify(str(path), tools)
    check = report.check("seal.signer")
    signers = set(report.signers)
    if not against.signer and signers and signers <= set(against.own):
        check.found = [one for one in check.found if one[0] != stranger.UNCHECKED]
        check.held(stranger.OWN_SIGNER, key=", ".join(sorted(signers)))
    return report


_STATES = {
    Result.HELD: stranger.HELD,
    Result.REMOVED: stranger.REMOVED,
    Result.BROKEN: stranger.BROKEN,
    Result.COULD_NOT_CHECK: stranger.UNCHECKED,
}


def _store(path: Path, against: Expectations, workers: int) -> stranger.Report:
    """Check a store by the room of seals, which reads it as a stream and knows the same names."""
    report = stranger.Report()
    report.signers = sorted(one.stem for one in (path / SEALS / "keys").glob("*.pem"))
    expected = {against.signer} if against.signer else set()
    if not expected and report.signers and set(report.signers) <= set(against.own):
        expected = set(against.own)
    roots = [one for pem in against.roots for one in certificates_of(pem.read_bytes())]
    trusted = Trusted(roots, against.blocks)
    try:
        checks = check_store(path, Against(expected, trusted, workers=workers))
    except StoreRefused as error:
        report.check("log.rows").broken("{text}", text=error.happened)
        return report
    for one in checks:
        about = f" ({one.about})" if one.about else ""
        found = (_STATES[one.result], "{text}", {"text": one.meaning + about})
        report.check(one.name).found.append(found)
    return report
