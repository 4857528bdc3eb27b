"""Evidence that others collected: taken over as it came, with what is known of its way here.

It is sealed from now on; its past is what people say about it, and is kept as that.
"""

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from habeas.errors import ImportRefused
from habeas.evidence.seals import PROVENANCE
from habeas.evidence.seals.canonical import Json, canonical
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.items import moment
from habeas.evidence.seals.rows import Seal
from habeas.files import make_folder, sync_folder, write_file, write_new
from habeas.vault import opened
from habeas.vault.bytes import protected, sha256_of_file

FORMAT = "habeas provenance 1"
_MOST_FILES = 1000
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,8}){1,2}")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of evidence before it came here, in the words of whoever brings it.

    Attributes:
        collected_by: person or organisation; may be a code where a name would endanger somebody.
        collected_at: when, as they say.
        received_from: who handed it over.
        method: how it was collected.
        statement: anything else.
    """

    collected_by: str = ""
    collected_at: str = ""
    received_from: str = ""
    method: str = ""
    statement: str = ""


def take_over(chain: Chain, files: Sequence[Path], provenance: Provenance, *, by: str = "") -> Seal:
    """Copy files into the store, seal them with their provenance, and return the seal.

    The copies get plain numbers for names; the names they came with are kept in `provenance.json`,
    which is sealed as well but never goes into a manifest.

    Args:
        chain: the store.
        files: what is taken over; left where it is.
        provenance: what is known of its past.
        by: the person who takes it over.

    Raises:
        ImportRefused: a file is missing, or none was named.
        LogNotWritten: the disk is full or cannot be written to. Nothing is in the log then.
        StoreBusy, KeyLost, KeyLocked: as `Chain.act`.
    """
    _check(files)
    name = uuid4().hex
    folder = chain.folder / "imports" / name
    received_at = moment(chain.sealer.now())
    facts = {"received_at": received_at, "received_by": by, **asdict(provenance)}
    with chain.typed():
        described = _copied(files, folder, facts)
    person = {"kind": "person", "name": by} if by else None
    with chain.act() as act:
        act.introduce()
        with chain.typed():
            _unfinished(folder).rename(folder)
            sync_folder(folder.parent)
        detail = {"files": len(files)}
        act.custody("received", item=f"imports/{name}", detail=detail, by=person)
        seal = act.seal({"kind": "import", "folder": f"imports/{name}", "files": described})
        act.commit()
    return seal


def _unfinished(folder: Path) -> Path:
    return folder.with_name(folder.name + ".part")


def _copied(files: Sequence[Path], folder: Path, facts: Json) -> list[Json]:
    """Copy everything under another name, and return how a manifest describes it."""
    unfinished = _unfinished(folder)
    make_folder(unfinished)
    described: list[Json] = []
    names: list[Json] = []
    for number, path in enumerate(files, 1):
        own = f"{number:04d}{_suffix(path)}"
        _copy(path, unfinished / own)
        described.append(_described(unfinished / own, f"imports/{folder.name}/{own}"))
        names.append({"file": own, "came_as": path.name, "sha256": described[-1]["sha256"]})
    told = canonical({"format": FORMAT, "files": names, **facts})
    write_file(unfinished / PROVENANCE, protected(told))
    file = f"imports/{folder.name}/{PROVENANCE}"
    described.append(_described(unfinished / PROVENANCE, file))
    _confirm(unfinished)
    return described


def _copy(path: Path, target: Path) -> None:
    if opened.is_set():
        write_new(target, protected(path.read_bytes()))
    else:
        shutil.copyfile(path, target)


def _check(files: Sequence[Path]) -> None:
    if not files or len(files) > _MOST_FILES:
        raise ImportRefused(str(len(files)))
    for path in files:
        if not path.is_file():
            raise ImportRefused(str(path))


def _suffix(path: Path) -> str:
    """Return the ending of a name, lower case: it says what kind of file it is, and no more."""
    found = "".join(path.suffixes[-2:]).lower()
    return found if _SUFFIX.fullmatch(found) else ""


def _described(path: Path, file: str) -> Json:
    size, sha256 = sha256_of_file(path)
    return {"file": file, "bytes": size, "sha256": sha256}


def _confirm(folder: Path) -> None:
    """Have the disk confirm everything in a folder."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(folder)
