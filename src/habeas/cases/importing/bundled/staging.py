"""Reads a bundle into rows that wait for a decision: all of it was checked, or nothing is kept.

It is read twice: to its end, to check every hash and the signature; then once more, to keep its
files, each sealed under its hash, and to take down its people. A kill between leaves bytes that
nothing refers to. Its files go through memory one at a time.
"""

import hashlib
import io
import tarfile
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from habeas.bundles import identities, layout, locking, reading
from habeas.bundles.layout import BLOCK, Contents
from habeas.cases.documents import keeping
from habeas.cases.documents import kinds as files
from habeas.cases.documents.models import Upload
from habeas.cases.importing import columns, kinds
from habeas.cases.importing.bundled import persons, records
from habeas.cases.importing.bundled.persons import FILE, NAME, UNCLEAR, Read, Record
from habeas.cases.importing.models import Bundle, Import, Row
from habeas.cases.statements.models import Document
from habeas.cases.statements.recording import Hand
from habeas.errors import BundleNotOpened, FileNotImported, TooManyRows
from habeas.language import _

MOST_KEPT = 300_000_000
"""Bytes of the people of a bundle, its files apart."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MEDIA = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": _XLSX,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle as it was sent; fields as in `models.Import`.

    Attributes:
        opened: opens the file anew for each reading.
        keys: secret keys beside those of this home.
        passphrase: for one that was locked with a passphrase.
    """

    opened: Callable[[], BinaryIO]
    name: str
    speaker: str
    role: str
    said_on: str = ""
    keys: tuple[str, ...] = field(default=(), repr=False)
    passphrase: str = field(default="", repr=False)


@contextmanager
def clear(sent: Sent) -> Iterator[BinaryIO]:
    """Give a bundle unlocked, for reading once.

    Raises:
        BundleNotOpened, BundleDamaged: as `locking.unlocked`.
        KeyRefused, HomeLocked and others: as `identities.identities`.
    """
    with sent.opened() as file:
        start = file.read(200)
        file.seek(0)
        if not locking.is_locked(start):
            yield file
            return
        own = [one.secret for one in own_keys()]
        if not own and not sent.keys and not locking.wants_passphrase(start):
            raise BundleNotOpened(_("this home has no key for bundles yet"))
        with locking.unlocked(file, [*sent.keys, *own], sent.passphrase) as stream:
            yield stream


def own_keys() -> list[identities.Identity]:
    """Return the keys of this home for which others lock bundles."""
    return identities.identities(Path(settings.HABEAS_HOME) / "keys")


def stage(sent: Sent, hand: Hand, *, most: int) -> tuple[Import, bool]:
    """Read a bundle, keep and seal what is in it, and take down its rows.

    Returns:
        The import, and whether it is an earlier one of the same bundle that still stands.

    Raises:
        BundleNotOpened, BundleDamaged, BundleOtherVersion, SignatureRefused: nothing is kept.
        FileNotImported, TooManyRows: it holds too much; nothing is kept.
        EvidenceNotWritten and others: as `documents.keeping.keep`; repeating goes on.
    """
    with clear(sent) as stream:
        contents = reading.checked(stream)
    people = [one for name, one in contents.members.items() if layout.is_person(name)]
    if len(people) > most:
        raise TooManyRows(most)
    if sum(one.size for one in people) > MOST_KEPT:
        raise FileNotImported(_("it is larger than 300 MB"))
    sha256 = hashlib.sha256(contents.manifest).hexdigest()
    before = _before(sha256, hand)
    if before is not None:
        return before, True
    with clear(sent) as stream:
        taken = _Taking(contents, hand)
        for name, content in reading.contents(stream, contents):
            taken.member(name, content)
    core = keeping.keep(taken.core(), by=hand.by)
    with transaction.atomic():
        return _take_down(sent, contents, taken, (sha256, core.sha256, core.size), hand), False


def _before(sha256: str, hand: Hand) -> Import | None:
    for one in Import.objects.filter(sha256=sha256, by=hand.by).order_by("-pk"):
        done = one.rows.filter(result__outcome="imported")
        if not done.exists() or done.filter(result__undone=None).exists():
            return one
    return None


class _Taking:
    """Keeps the files of a bundle as they come, and remembers its people."""

    def __init__(self, contents: Contents, hand: Hand) -> None:
        self._contents, self._hand = contents, hand
        self._core: list[tuple[str, bytes]] = [(layout.FORMAT, layout.HEAD)]
        self._media: dict[str, str] = {}
        self.people: list[Read] = []

    def member(self, name: str, content: bytes) -> None:
        """Take a member."""
        if layout.is_person(name):
            self._core.append((name, content))
            told = reading.parsed(content)
            read = persons.read(told, self._photo(told.get("photo")))
            self.people.append(Read(read.id, tuple(self._with_files(read.records))))
            return
        media_type = _MEDIA[name.rpartition(".")[2]]
        # What a file is, its bytes say; a name is not believed.
        is_sheet = media_type == _XLSX and content[:4] == b"PK\x03\x04"
        if is_sheet or files.media_type(content) == media_type:
            keeping.keep(content, by=self._hand.by)
            self._media[name] = media_type

    def _photo(self, told: object) -> str:
        """Keep the picture of a person; return its SHA-256, nothing where there is none."""
        if not isinstance(told, str):
            return ""
        try:
            content = b64decode(told, validate=True)
        except (NoBase64, ValueError):
            return ""
        if files.media_type(content) not in {"image/jpeg", "image/png"}:
            return ""
        return keeping.keep(content, by=self._hand.by).sha256

    def _with_files(self, found: tuple[Record, ...]) -> Iterator[Record]:
        """Yield records; a file whose bytes did not come, or are no such file, is not clear."""
        for one in found:
            name = one.told.get("member")
            if one.kind != FILE or one.told.get("held"):
                yield one
            elif isinstance(name, str) and name in self._media:
                member = self._contents.members[name]
                own = {"sha256": member.sha256, "bytes": member.size,
                       "media_type": self._media[name]}  # fmt: skip
                yield one._replace(told={**one.told, **own})
            else:
                yield Record(UNCLEAR, one.theirs, {"name": FILE, "told": one.told})

    def core(self) -> bytes:
        """Return the bundle without its files, as the sender signed it."""
        tail = (self._contents.manifest, self._contents.signature, self._contents.pem)
        out = io.BytesIO()
        for name, content in [*self._core, *zip(layout.TAIL, tail, strict=True)]:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            out.write(entry.tobuf(tarfile.USTAR_FORMAT) + content + b"\0" * (-len(content) % BLOCK))
        out.write(b"\0" * (2 * BLOCK))
        return out.getvalue()


def _take_down(
    sent: Sent, contents: Contents, taken: _Taking, kept: tuple[str, str, int], hand: Hand
) -> Import:
    manifest, core, size = kept
    document = Document.objects.create(
        kind="file", title=sent.name[:500], carrier=sent.speaker, published=sent.said_on,
        retrieved_at=hand.at, added_by=hand.by, added_at=hand.at,
    )  # fmt: skip
    Upload.objects.create(
        document=document, sha256=core, size=size, media_type=kinds.MEDIA[kinds.BUNDLE],
        name_as_sent=sent.name[:300], by=hand.by, at=hand.at,
    )  # fmt: skip
    imported = Import.objects.create(
        name=sent.name[:300], sha256=manifest, size=size, kind=kinds.BUNDLE,
        speaker=sent.speaker, role=sent.role, said_on=sent.said_on, document=document,
        signature=columns.signature(kinds.BUNDLE, []), headings=[],
        remarks=_remarks(contents), read=len(taken.people), by=hand.by, at=hand.at,
    )  # fmt: skip
    told = contents.told
    Bundle.objects.create(
        imported=imported, fingerprint=contents.fingerprint, by=told.by, whom=told.whom,
        circle=told.circle, made_at=told.made_at, ours=_is_ours(contents),
        files=len(contents.members) - contents.people,
    )  # fmt: skip
    before = records.before(contents.fingerprint, told.circle)
    rows = [_row(imported, number, one, before) for number, one in enumerate(taken.people, 1)]
    Row.objects.bulk_create(rows, batch_size=500)
    return imported


def _is_ours(contents: Contents) -> bool | None:
    if not contents.told.locked_for:
        return None
    return contents.told.locked_for in {one.public for one in own_keys()}


def _remarks(contents: Contents) -> list[list[str]]:
    found = [["unknown", key[:300]] for key in contents.extra]
    if _is_ours(contents) is False:
        found.append(["passed_on", contents.told.whom[:300]])
    return found


def _row(imported: Import, number: int, one: Read, before: records.Before) -> Row:
    told = [["unknown", str(each.told["name"])] for each in one.records if each.kind == UNCLEAR]
    told += _held_back(one.records[0].told)
    return Row(
        imported=imported,
        number=number,
        place=one.id,
        cells=list(records.cells_of(one.records)),
        told=told[:200],
        out=_out(one, before),
    )


def _held_back(own: dict[str, Any]) -> list[list[str]]:
    """Return what the sender says that they did not send."""
    found = []
    if isinstance(own.get("left_out"), int) and own["left_out"] > 0:
        found.append(["left_out", str(own["left_out"])[:20]])
    withheld = own.get("withheld")
    if isinstance(withheld, list) and withheld:
        found.append(["withheld", ", ".join(str(each) for each in withheld)[:200]])
    return found


def _out(one: Read, before: records.Before) -> str:
    if not one.id:
        return "no_person"
    names = any(each.kind == NAME for each in one.records)
    news = before.news(one.records)
    if news.here and not news.fresh:
        return "nothing_new"
    return "" if names or news.here else "no_name"
