"""Makes an exhibit: a folder and one ZIP, closed by a seal. Nothing is overwritten.

It comes into being under another name and gets its own when it is whole. File names hold numbers
only: an exhibit on a table, in a mail or in a backup tells nobody whom it is about.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from habeas.errors import EvidenceNotWritten, PackageTaken
from habeas.evidence.digests import sha256_hex
from habeas.evidence.exhibit import document, enclosing, instructions
from habeas.evidence.exhibit.enclosing import Enclosed
from habeas.evidence.exhibit.facts import CaptureFacts, read_capture
from habeas.evidence.exhibit.stamps import stamp_facts
from habeas.evidence.exhibit.telling import Told
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.names import UNFINISHED
from habeas.evidence.wacz import Contents, Packaged, write_wacz
from habeas.evidence.wacz.package import for_the_user_alone
from habeas.evidence.wacz.signing import signer_of
from habeas.files import write_file

LANGUAGES = ("en", "ru", "tg")
"""Languages of the paper where the user chose none: of courts abroad, of courts there, of home."""

Prepare = Callable[[CaptureFacts], CaptureFacts]
"""Adds what only a reader of pages knows: title, text, marked rows, picture."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A finished exhibit.

    Attributes:
        exhibit_id: 32 hexadecimal digits.
        folder, archive: where it lies, as a folder and as one ZIP.
        signer: fingerprint for the case sheet.
        sha256: of the ZIP.
        captures: what it tells of.
    """

    exhibit_id: str
    folder: Path
    archive: Path
    signer: str
    sha256: str
    captures: tuple[CaptureFacts, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How an exhibit is made.

    Attributes:
        into: the folder in which it is put.
        languages: of the papers, ISO 639-1.
        prepare: see `Prepare`.
        now: wall time (aware, UTC).
    """

    into: Path
    languages: Sequence[str] = LANGUAGES
    prepare: Prepare = lambda one: one
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def make_exhibit(chain: Chain, recordings: Sequence[Path], plan: Plan) -> Exhibit:
    """Make an exhibit of captures of one store.

    Raises:
        NothingToExhibit: a recording is not a sealed capture of that store.
        PackageTaken, EvidenceNotWritten, PaperNotMade, RecordingUnreadable: see there; what was
            begun is removed, and the custody log says that an export was begun.
        StoreBusy, KeyLost and the others of `Chain.act`.
    """
    exhibit_id = uuid4().hex
    folder = plan.into / f"exhibit-{exhibit_id[:8]}"
    begun = folder.with_name(folder.name + UNFINISHED)
    try:
        plan.into.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.exists():
            raise PackageTaken(folder.name)
        begun.mkdir(mode=0o700)
        try:
            made = _made(chain, recordings, plan, begun=begun, exhibit_id=exhibit_id)
            begun.rename(folder)
            archive = _archived(folder)
        finally:
            shutil.rmtree(begun, ignore_errors=True)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise EvidenceNotWritten(str(plan.into), cause) from error
    with archive.open("rb") as file:
        whole = hashlib.file_digest(file, "sha256").hexdigest()
    signer = chain.sealer.keys.current().fingerprint
    return Exhibit(exhibit_id, folder, archive, signer, whole, made)


def _made(
    chain: Chain, recordings: Sequence[Path], plan: Plan, *, begun: Path, exhibit_id: str
) -> tuple[CaptureFacts, ...]:
    chosen = [enclosing.file_of(chain, path) for path in recordings]
    enclosed = enclosing.enclose(chain, chosen, exhibit_id=exhibit_id)
    captures = tuple(plan.prepare(one) for one in _captures(chain, enclosed))
    packaged = _packaged(chain, enclosed, captures, plan, begun / f"{exhibit_id[:8]}.wacz")
    verifier = (files("habeas.evidence.verifying") / "verify.py").read_bytes()
    told = Told(
        exhibit_id=exhibit_id,
        made=plan.now(),
        signer=chain.sealer.keys.current().fingerprint,
        captures=captures,
        seals=[enclosed.seals[file] for file in enclosed.files],
        custody=enclosed.custody,
        stamps=list(stamp_facts(enclosed)),
        package=(packaged.path.name, packaged.sha256, packaged.size),
        verifier_sha256=sha256_hex(verifier),
    )
    write_file(begun / "verify.py", verifier)
    write_file(begun / "READ-ME.txt", instructions.sheet(told).encode("utf-8"))
    for language in plan.languages:
        name = f"{exhibit_id[:8]}-{language}.pdf"
        write_file(begun / name, document.paper(told, language))
    _close(chain, begun, exhibit_id)
    return captures


def _captures(chain: Chain, enclosed: Enclosed) -> Iterator[CaptureFacts]:
    for file, seal in enclosed.seals.items():
        if seal.kind == "capture":
            ids = {str(one.get("id")) for one in _records(seal.item)}
            notes = [
                chain.folder / note.file
                for note in enclosed.seals.values()
                if note.item.get("about") in ids and note.file in enclosed.files
            ]
            yield read_capture(chain.folder / file, file, seal, notes)


def _records(item: Mapping[str, object]) -> list[dict[str, object]]:
    found = item.get("records")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _packaged(
    chain: Chain, enclosed: Enclosed, captures: Sequence[CaptureFacts], plan: Plan, target: Path
) -> Packaged:
    contents = Contents(
        archives=[chain.folder / file for file in enclosed.files],
        created=plan.now(),
        further=enclosing.package_files(enclosed, chain),
        titles={one.recorded.record_id: one.title for one in captures if one.title},
        title=f"Exhibit {target.stem}",
    )
    return write_wacz(target, contents, signer=signer_of(chain.sealer.keys.current()))


def _close(chain: Chain, begun: Path, exhibit_id: str) -> None:
    """Seal all files of the exhibit and lay the seal beside them."""
    listed: list[dict[str, object]] = []
    for path in sorted(begun.iterdir()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        listed.append({"file": path.name, "bytes": path.stat().st_size, "sha256": digest})
    seal = enclosing.close(chain, exhibit_id, listed)
    folder = begun / "seal"
    folder.mkdir(mode=0o700)
    write_file(folder / "manifest.json", seal.signed)
    write_file(folder / "signature.bin", seal.signature)
    pem = chain.sealer.keys.signer(seal.signer).pem
    write_file(folder / f"{seal.signer}.pem", pem.encode("ascii"))


def _archived(folder: Path) -> Path:
    """Write the folder as one ZIP beside it."""
    target = folder.with_name(folder.name + ".zip")
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        with (
            open(unfinished, "xb", opener=for_the_user_alone) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
        ):
            for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.external_attr = 0o100600 << 16
                entry.create_system = 3
                entry.file_size = path.stat().st_size
                with path.open("rb") as source, archive.open(entry, "w") as member:
                    shutil.copyfileobj(source, member, 1024 * 1024)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target
