"""Which sealed files were removed by policy, as signed rows of the log say; reads only.

A removal is a seal of its own kind, so only whoever holds the key can make one. It is believed
where its signature holds, where it was made for this store and after the seals that it names, and
where its key is bound to theirs by rotations, or is one that the reader expects. A key that was
only declared lost and replaced is not enough: anybody can declare that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from habeas.evidence.seals import SEALS
from habeas.evidence.seals.keys import KeyRing, raw_public_key
from habeas.evidence.seals.log import lines_of, log_files
from habeas.evidence.seals.rows import Seal, read_row, whole
from habeas.evidence.seals.signatures import verifier
from habeas.language import _

REMOVAL = "removal"
REMOVABLE = frozenset({"capture", "note", "document", "import"})
"""Kinds of items whose bytes can be removed; all others are the log's own."""

_SEAL_MARK = b'{"manifest":'
_KEY_MARK, _REMOVAL_MARK = b'"kind":"key"', b'"kind":"removal"'
_DAY_CHARACTERS = len("2026-11-23")


class Reason(StrEnum):
    """Why something is removed: a class, so that no row tells of a person."""

    RETENTION = "retention"
    """It was kept for as long as it was to be kept."""
    CONSENT = "consent"
    """The consent for keeping it was withdrawn, or has run out."""
    REQUEST = "request"
    """Somebody whom it tells of asked for it."""
    MISTAKE = "mistake"
    """It should never have been recorded."""


@dataclass(frozen=True, slots=True)
class Removal:
    """One removed file, as a signed row tells it.

    Attributes:
        row: number of the removal among the seals.
        at: when it was decided, by the clock of whoever did, as manifests write moments.
        reason: one of `Reason`, or the word of a later version.
        sequence: number of the seal of what was removed.
        file: its path in the store; of imported evidence its folder.
        signers: fingerprints of the keys that rotations bind to the one that signed the removal.
        expected: whether one of these is a key that the reader expects.
    """

    row: int
    at: str
    reason: str
    sequence: int
    file: str
    signers: frozenset[str] = field(repr=False)
    expected: bool

    @property
    def day(self) -> str:
        """The day on which it was decided (UTC)."""
        return self.at[:_DAY_CHARACTERS]

    @property
    def why(self) -> str:
        """The reason in words of the interface language."""
        words = {
            Reason.RETENTION.value: _("its time to be kept was over"),
            Reason.CONSENT.value: _("consent ended"),
            Reason.REQUEST.value: _("somebody concerned asked for it"),
            Reason.MISTAKE.value: _("it was recorded by mistake"),
        }
        return words.get(self.reason, self.reason)

    def vouches_for(self, seal: Seal) -> bool:
        """Return whether the removal of what a seal covers is believed."""
        return self.expected or seal.signer in self.signers


def removed_file(seal: Seal) -> str:
    """Return what a removal names for a seal: its file, or its folder of imported evidence."""
    return str(seal.item.get("folder", "")) if seal.kind == "import" else seal.file


def marked(files: Iterable[Path]) -> list[Seal]:
    """Return the seals of a log that introduce keys or remove, in order.

    Lines are searched before they are read, so that a long log costs little.
    """
    found = []
    for path in files:
        for line in lines_of(path):
            raw = line.raw
            if raw.startswith(_SEAL_MARK) and (_KEY_MARK in raw or _REMOVAL_MARK in raw):
                with suppress(ValueError):
                    row = read_row(raw)
                    if isinstance(row, Seal) and row.kind in {"key", REMOVAL}:
                        found.append(row)
    return found


def public_keys(seals: Path, found: Iterable[Seal]) -> dict[str, bytes]:
    """Return raw public keys by fingerprint: from the log itself, and from the folder beside it.

    A fingerprint is the hash of its key, so it does not matter where a key was found.
    """
    pems = [path.read_bytes() for path in sorted((seals / "keys").glob("*.pem"))]
    pems += [str(seal.item.get("pem", "")).encode() for seal in found if seal.kind == "key"]
    known = (raw_public_key(pem) for pem in pems)
    return dict(one for one in known if one is not None)


def believed(
    found: Iterable[Seal], keys: Mapping[str, bytes], store: str, expected: Collection[str]
) -> dict[str, Removal]:
    """Return what signed rows say was removed, by the SHA-256 of the seal concerned.

    Args:
        found: as `marked` returns them.
        keys: public keys by fingerprint.
        store: id of the store.
        expected: fingerprints of keys that the reader expects; may be empty.
    """
    verify, bound = verifier(keys), _Bound()
    removed: dict[str, Removal] = {}
    for seal in found:
        good = verify(seal) is True and seal.value.get("store") == store
        if seal.kind == "key":
            if not (good and bound.take(seal)):
                # Keys that do not follow from each other: nothing can be built on any of them.
                return {}
        elif good:
            for sealed, removal in _named(seal, bound.to(seal.signer), expected):
                removed.setdefault(sealed, removal)
    return removed


def removal_of(path: Path, ring: KeyRing) -> Removal | None:
    """Return what was decided about a file that is not here; None where nothing says it was.

    For pages and commands that find nothing where a record should lie. Believed by the user's own
    keys alone; `checking` looks at each seal.

    Args:
        path: where it would lie in a store.
        ring: the user's keys.

    Raises:
        OSError, StoreRefused: the log or the store's identity cannot be read.
    """
    if path.exists():
        return None
    store = next((one for one in path.absolute().parents if _is_store(one)), None)
    if store is None:
        return None
    return removed_from(store, ring).get(path.absolute().relative_to(store).as_posix())


def removed_from(store: Path, ring: KeyRing) -> Mapping[str, Removal]:
    """Return all that was removed from a store, by path. Raises as `removal_of`."""
    files = log_files(store / SEALS / "log")
    size = files[-1].stat().st_size if files else 0
    own = frozenset(key.fingerprint for key in ring.known())
    return _removals(store.absolute(), len(files), size, own)


def _is_store(folder: Path) -> bool:
    return (folder / SEALS / "store.json").is_file()


@lru_cache(maxsize=8)
def _removals(
    store: Path,
    count: int,  # noqa: ARG001 - with the size, it says whether the log is still the same
    size: int,  # noqa: ARG001
    own: frozenset[str],
) -> Mapping[str, Removal]:
    """Return what was removed from a store, by path."""
    from habeas.evidence.seals.chain import read_store_id

    seals = store / SEALS
    found = marked(log_files(seals / "log"))
    told = believed(found, public_keys(seals, found), read_store_id(seals), own)
    return {one.file: one for one in told.values() if one.expected}


class _Bound:
    """Which keys are bound to each other: each by the word of the one before."""

    def __init__(self) -> None:
        self._groups: list[set[str]] = []
        self._active = ""

    def take(self, seal: Seal) -> bool:
        """Follow an introduction; False where it does not follow from the keys before."""
        key, reason = str(seal.item.get("fingerprint")), seal.item.get("reason")
        if reason == "rotation" and self._active and seal.signer == self._active:
            self._groups[-1].add(key)
        elif seal.signer == key and (reason == "lost" or not self._groups):
            self._groups.append({key})
        else:
            return False
        self._active = key
        return True

    def to(self, key: str) -> frozenset[str]:
        """Return the keys that are bound to one, with itself; none where it may not sign now."""
        if key != self._active:
            return frozenset()
        return frozenset(self._groups[-1])


def _named(
    seal: Seal, signers: frozenset[str], expected: Collection[str]
) -> Iterator[tuple[str, Removal]]:
    """Yield what a removal names: the SHA-256 of each seal, and what is said of it."""
    listed = seal.item.get("seals")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and whole(one.get("sequence")) < seal.sequence:
            yield (
                str(one.get("sha256")),
                Removal(
                    row=seal.sequence,
                    at=str(seal.value.get("created")),
                    reason=str(seal.item.get("reason")),
                    sequence=whole(one.get("sequence")),
                    file=str(one.get("file")),
                    signers=signers,
                    expected=bool(signers & set(expected)),
                ),
            )
