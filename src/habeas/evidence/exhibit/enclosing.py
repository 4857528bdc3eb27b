"""What a package takes along from its store: recordings, and the part of the log about them.

Other captures stay out of it, their seals too: the digest of a public page, known to somebody who
can fetch the page himself, would tell whom else the user watches. What is enclosed is the seals of
the chosen captures and notes, of keys, of gatherings (hashes only), the rows of custody about the
chosen, and a new seal that vouches that there are no other rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from habeas.errors import NothingToExhibit, RecordRemoved
from habeas.evidence.seals import SEALS
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.log import rows
from habeas.evidence.seals.removals import REMOVAL, Removal
from habeas.evidence.seals.rows import Custody, Row, Seal, number_of
from habeas.evidence.seals.taking import own_removals
from habeas.evidence.stamps.authorities import read_authorities

_STAMP_SUFFIXES = {".tsq", ".tsr", ".ots"}
_STAMPED = {"stamped", "stamp_upgraded"}


@dataclass(slots=True)
class Enclosed:
    """The part of a store's log that goes along, and what it speaks of.

    Attributes:
        files: the sealed files to enclose, paths in the store, captures before their notes.
        seals: the seals of these files, and of notes that were removed, by file.
        custody: the rows about them, oldest first.
        lines: the lines of the log to enclose, in their order.
        stamps: the stamp files to enclose, by their name in a package.
        gathered: for each sequence of a chosen seal, the sequences of seals whose stamps cover it.
    """

    files: list[str]
    seals: dict[str, Seal]
    custody: list[Custody] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    stamps: dict[str, Path] = field(default_factory=dict)
    gathered: dict[int, list[int]] = field(default_factory=dict)


def file_of(chain: Chain, path: Path) -> str:
    """Return a recording's path in its store.

    Raises:
        NothingToExhibit: it lies outside.
    """
    try:
        return path.resolve().relative_to(chain.folder.resolve()).as_posix()
    except ValueError as error:
        raise NothingToExhibit(str(path)) from error


def enclose(chain: Chain, chosen: Sequence[str], *, exhibit_id: str) -> Enclosed:
    """Note in the custody log that captures are exported, close their logs, and gather what goes.

    Args:
        chain: of the store.
        chosen: files of captures, paths in the store.
        exhibit_id: stands in the rows of custody.

    Raises:
        NothingToExhibit: a file is not sealed as a capture.
        RecordRemoved: a capture was removed by policy.
        OSError and the errors of `Chain.act`: nothing was noted.
    """
    with chain.act() as act:
        act.introduce()
        enclosed = _chosen(rows(act.pen.folder), chosen)
        _leave_out(enclosed, own_removals(chain))
        about = {file: [[number_of(row), row.hash] for row in held]
                 for file, held in _by_item(enclosed.custody).items()}  # fmt: skip
        for file in enclosed.files:
            sha256 = str(enclosed.seals[file].item.get("sha256"))
            noted = act.custody(
                "exported", item=file, before=sha256, after=sha256, detail={"exhibit": exhibit_id}
            )
            about.setdefault(file, []).append([act.pen.head.number, noted])
        for file, listed in about.items():
            act.seal({"kind": "custody", "file": file, "rows": listed})
        act.commit()
    enclosed.custody = []
    _gather(enclosed, rows(chain.log.folder))
    _find_stamps(enclosed, chain)
    return enclosed


def close(chain: Chain, exhibit_id: str, files: Iterable[Mapping[str, object]]) -> Seal:
    """Seal the finished files of an exhibit and return the seal.

    Args:
        chain: of the store.
        exhibit_id: 32 hexadecimal digits.
        files: `file`, `bytes`, `sha256` of each.

    Raises:
        OSError and the errors of `Chain.act`.
    """
    item: dict[str, object] = {
        "kind": "export",
        "id": exhibit_id,
        "files": [dict(one) for one in files],
    }
    with chain.act() as act:
        seal = act.seal(item)
        act.commit()
    return seal


def package_files(enclosed: Enclosed, chain: Chain) -> Mapping[str, "bytes | Path"]:
    """Return the files of the folder `seals/` of a package, by name.

    All lie in one folder, as the common validator of WACZ sees no deeper.
    """
    signers = {str(seal.item.get("fingerprint")): seal for seal in _key_seals(enclosed)}
    files: dict[str, bytes | Path] = {
        "seals/store.json": chain.seals / "store.json",
        "seals/log.txt": b"".join(line + b"\n" for line in enclosed.lines),
    }
    for mark, seal in signers.items():
        files[f"seals/{mark}.pem"] = str(seal.item.get("pem")).encode("ascii")
    for seal in enclosed.seals.values():
        files[f"seals/seal-{seal.sequence:08d}.manifest"] = seal.signed
        files[f"seals/seal-{seal.sequence:08d}.sig"] = seal.signature
    files.update(enclosed.stamps)
    if roots := _roots():
        files["seals/roots.pem"] = roots
    return files


def _key_seals(enclosed: Enclosed) -> list[Seal]:
    from habeas.evidence.seals.rows import read_row

    read = (read_row(line) for line in enclosed.lines)
    return [row for row in read if isinstance(row, Seal) and row.kind == "key"]


def _chosen(found: Iterable[Row], chosen: Sequence[str]) -> Enclosed:
    """Find the seals of the chosen captures, of the notes about them, and the rows about both."""
    enclosed = Enclosed([], {})
    ids: set[str] = set()
    for row in found:
        if isinstance(row, Custody):
            enclosed.custody.append(row)
        elif row.kind == "capture" and row.file in chosen:
            ids.update(str(one.get("id")) for one in _objects(row.item.get("records")))
            enclosed.seals[row.file] = row
        elif row.kind == "note" and row.item.get("about") in ids:
            enclosed.seals[row.file] = row
    enclosed.custody = [row for row in enclosed.custody if row.item in enclosed.seals]
    for file in chosen:
        if file not in enclosed.seals:
            raise NothingToExhibit(file)
    enclosed.files = list(enclosed.seals)
    return enclosed


def _leave_out(enclosed: Enclosed, removed: Mapping[str, Removal]) -> None:
    """Refuse captures that were removed; of removed notes the seals go along, and no bytes."""
    for file, seal in enclosed.seals.items():
        removal = removed.get(seal.hash)
        if removal is not None and seal.kind == "capture":
            raise RecordRemoved(file, removal.day, removal.why)
        if removal is not None:
            enclosed.files.remove(file)


def _by_item(custody: Sequence[Custody]) -> dict[str, list[Custody]]:
    found: dict[str, list[Custody]] = {}
    for row in custody:
        found.setdefault(row.item, []).append(row)
    return found


def _objects(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _gather(enclosed: Enclosed, found: Iterable[Row]) -> None:
    """Choose the lines to enclose, and see which gatherings cover the chosen seals."""
    mine = {seal.sequence: seal.hash for seal in enclosed.seals.values()}
    kept: list[Row] = []
    stamped: list[Custody] = []
    for row in found:
        if isinstance(row, Seal):
            if _belongs(row, enclosed, mine) or _removes(row, mine):
                kept.append(row)
        elif row.item in enclosed.seals:
            enclosed.custody.append(row)
            kept.append(row)
        elif row.event in _STAMPED:
            stamped.append(row)
    wanted = _wanted(enclosed)
    kept += [row for row in stamped if row.detail.get("seal") in wanted]
    enclosed.lines = [row.raw for row in sorted(kept, key=number_of)]


def _wanted(enclosed: Enclosed) -> set[int]:
    """Return the sequences of the seals whose stamps go along."""
    return {sequence for several in enclosed.gathered.values() for sequence in several}


def _belongs(seal: Seal, enclosed: Enclosed, mine: Mapping[int, str]) -> bool:
    if seal.kind == "key" or seal.file in enclosed.seals:
        enclosed.gathered.setdefault(seal.sequence, []).append(seal.sequence)
        return True
    if seal.kind == "custody":
        return seal.item.get("file") in enclosed.seals
    first, hashes = seal.item.get("first"), seal.item.get("seals")
    if seal.kind == "renewal":
        renewed = set(hashes if isinstance(hashes, list) else []) & _wanted(enclosed)
        for several in enclosed.gathered.values():
            if renewed & set(several):
                several.append(seal.sequence)
        return bool(renewed)
    if seal.kind != "gathering" or not isinstance(first, int):
        return False
    listed = dict(enumerate(hashes if isinstance(hashes, list) else [], first))
    covered = [sequence for sequence, digest in mine.items() if listed.get(sequence) == digest]
    for sequence in covered:
        enclosed.gathered.setdefault(sequence, []).append(seal.sequence)
    return bool(covered)


def _removes(seal: Seal, mine: Mapping[int, str]) -> bool:
    """Return whether a row says that something of the chosen was removed."""
    named = {str(one.get("sha256")) for one in _objects(seal.item.get("seals"))}
    return seal.kind == REMOVAL and bool(named & set(mine.values()))


def _find_stamps(enclosed: Enclosed, chain: Chain) -> None:
    for sequence in sorted(_wanted(enclosed)):
        folder = chain.seals / "stamps" / f"seal-{sequence:08d}"
        for path in sorted(folder.glob("*")):
            if path.suffix in _STAMP_SUFFIXES:
                enclosed.stamps[f"{SEALS}/{folder.name}.{path.name}"] = path
        manifest = folder / "manifest.json"
        if manifest.is_file():
            enclosed.stamps[f"{SEALS}/{folder.name}.manifest"] = manifest
            enclosed.stamps[f"{SEALS}/{folder.name}.sig"] = folder / "signature.bin"


def _roots() -> bytes:
    """Return the roots of the authorities that the user chose, as PEM."""
    return b"".join(
        certificate.public_bytes(Encoding.PEM)
        for authority in read_authorities().asked
        for certificate in authority.certificates()
        if authority.roots is not None
    )
