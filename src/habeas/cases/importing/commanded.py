"""An import from the command line: the preview in lines, and what may be taken over at once."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from habeas.bundles.identities import secrets_in
from habeas.cases.importing import applying, deciding, kinds, staging
from habeas.cases.importing.bundled import by_key
from habeas.cases.importing.bundled import staging as bundles
from habeas.cases.importing.counted import counted
from habeas.cases.importing.deciding import ALONE
from habeas.cases.importing.kinds import BUNDLE
from habeas.cases.importing.models import Alike, Import
from habeas.cases.importing.words import FIELDS, TOLD
from habeas.cases.statements import when
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.cases.statements.words import ROLES
from habeas.errors import FileNotImported
from habeas.language import _
from habeas.terminal import safe_line

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was told beside the file.

    Attributes:
        identity, passphrase, signed_by: for a bundle: a file with a secret key, a passphrase, and
            the fingerprint of the sender's key.
    """

    speaker: str
    role: str
    said_on: str
    code: str
    user_name: str
    identity: Path | None = None
    passphrase: str = field(default="", repr=False)
    signed_by: str = ""


def run(file: Path, asked: Asked, at: datetime, *, wanted: bool) -> Iterator[str]:
    """Read a file or folder and yield the preview; take over what nobody need decide, if wanted.

    Raises:
        FileNotImported: it cannot be read, or what was said of it makes no sense.
    """
    hand = Hand(asked.user_name, at)
    staged = _staged(file, asked, hand)
    if staged.again:
        yield _("This file was read before.")
    yield from _preview(staged.imported)
    if staged.imported.kind == BUNDLE:
        yield from by_key.tell(staged.imported, asked.signed_by, hand)
        yield from by_key.tell_news(staged.imported)
    if wanted:
        deciding.decide_group(staged.imported, ALONE, hand)
        if staged.imported.kind == BUNDLE:
            deciding.decide_known(staged.imported, hand)
        applying.apply(staged.imported, hand)
    yield from _numbers(staged.imported)


def _staged(file: Path, asked: Asked, hand: Hand) -> staging.Staged:
    if not file.is_dir() and kinds.is_bundle(_start(file)):
        return staging.stage_bundle(_bundle(file, asked), hand)
    return staging.stage(_sent(file, asked), hand)


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(200)
    except OSError as error:
        raise FileNotImported(error.strerror or str(error)) from error


def _bundle(file: Path, asked: Asked) -> bundles.Sent:
    keys = secrets_in(asked.identity.read_bytes()) if asked.identity else []
    if asked.identity and not keys:
        raise FileNotImported(_("there is no age secret key in the file of the identity"))
    role, said_on = _role(asked), _said_on(asked)
    return bundles.Sent(
        lambda: file.open("rb"), file.name, asked.speaker, role, said_on, tuple(keys),
        asked.passphrase,
    )  # fmt: skip


def _role(asked: Asked) -> str:
    if asked.role not in ROLES:
        raise FileNotImported(_("the role of the speaker is unknown"))
    return asked.role


def _said_on(asked: Asked) -> str:
    try:
        return when.typed(asked.said_on) if asked.said_on else ""
    except when.NotATime as error:
        raise FileNotImported(_("the date is none")) from error


def _sent(file: Path, asked: Asked) -> staging.Sent:
    subject = Subject.objects.filter(code=asked.code).first() if asked.code else None
    if asked.code and subject is None:
        raise FileNotImported(_("there is no case with this code"))
    role, said_on = _role(asked), _said_on(asked)
    try:
        content = _packed(file) if file.is_dir() else file.read_bytes()
    except OSError as error:
        raise FileNotImported(error.strerror or str(error)) from error
    return staging.Sent(content, file.name, asked.speaker, role, said_on, subject)


def _packed(folder: Path) -> bytes:
    """Return the files of a folder as a ZIP, the same bytes each time; links stay links."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(folder.rglob("*")):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            if path.is_symlink():
                info.external_attr = 0o120777 << 16
                archive.writestr(info, b"")
            elif path.is_file():
                archive.writestr(info, path.read_bytes())
    return buffer.getvalue()


def _preview(imported: Import) -> Iterator[str]:
    for heading, meant in deciding.mapping_of(imported).items():
        yield f"{safe_line(heading)}: {FIELDS.get(meant, meant)}"
    for code, about in imported.remarks:
        yield f"{safe_line(about)}: {TOLD.get(code, code)}"
    alike = Alike.objects.filter(row__imported=imported).values("row").distinct().count()
    yield _("Rows that may be about somebody who is there already: {n}.").format(n=alike)


def _numbers(imported: Import) -> Iterator[str]:
    now = counted(imported)
    yield _("Read: {n}.").format(n=now.read)
    yield _("Taken over: {n}.").format(n=now.imported)
    yield _("Left out: {n}.").format(n=now.left_out)
    yield _("Failed: {n}.").format(n=now.failed)
    yield _("Not decided, or not taken over yet: {n}.").format(n=now.decided + now.open)
