"""Reads a file into rows that wait for a decision: the whole file, or nothing of it."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.db import transaction

from habeas.cases.documents import keeping
from habeas.cases.documents.models import Upload
from habeas.cases.importing import columns, kinds, proposals
from habeas.cases.importing.bundled import staging as bundles
from habeas.cases.importing.models import Import, Row
from habeas.cases.importing.readers.rows import Raw, Reading
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import FileNotImported, TooManyRows
from habeas.language import _

ON_A_PAGE = 5000
"""Rows that are compared while somebody waits for a page; more are imported by the command."""
MOST_ROWS = 1_000_000
MOST_BYTES = 300_000_000
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent, and what its sender says of it; fields as in `models.Import`.

    Attributes:
        passphrase: of a bundle that was locked with one.
    """

    content: bytes
    name: str
    speaker: str
    role: str
    said_on: str = ""
    subject: Subject | None = None
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Staged:
    """An import; `again` where the same bytes were sent before and that import still stands."""

    imported: Import
    again: bool = False


def stage(sent: Sent, hand: Hand, *, most: int = MOST_ROWS) -> Staged:
    """Read a file, keep and seal it, and take down its rows with proposals.

    Args:
        sent: the file.
        hand: who sends it, now.
        most: rows that are taken.

    Raises:
        FileNotImported, TooManyRows: nothing of it is kept.
        BundleNotOpened and others: as `bundled.staging.stage`.
        EvidenceNotWritten, EvidenceNotSealed, KeyLocked and others: as `documents.keeping.keep`.
    """
    if kinds.is_bundle(sent.content[:200]):
        return stage_bundle(
            bundles.Sent(
                lambda: io.BytesIO(sent.content), sent.name, sent.speaker, sent.role, sent.said_on,
                passphrase=sent.passphrase,
            ),
            hand,
            most=most,
        )  # fmt: skip
    before = _before(sent, hand)
    if before is not None:
        return Staged(before, again=True)
    if len(sent.content) > MOST_BYTES:
        raise FileNotImported(_("it is larger than 300 MB"))
    with _stream(sent.content) as stream:
        kind = kinds.kind_of(stream)
        if kind == kinds.PAPERS and sent.subject is None:
            raise FileNotImported(_("it does not say into whose file these documents go"))
        # It is read once to its end before anything is kept: a trap or half a file leaves nothing.
        read = sum(1 for _row in islice(kinds.rows(kind, stream, Reading(), now=hand.at), most + 1))
        if read > most:
            raise TooManyRows(most)
        kept = keeping.keep(sent.content, by=hand.by)
        stream.seek(0)
        with transaction.atomic():
            imported = _take_down(sent, kind, stream, kept.sha256, hand)
    proposals.propose(imported)
    return Staged(imported)


def stage_bundle(sent: bundles.Sent, hand: Hand, *, most: int = MOST_ROWS) -> Staged:
    """Read a bundle, which may be larger than memory; else as `stage`."""
    imported, again = bundles.stage(sent, hand, most=most)
    if not again:
        proposals.propose(imported)
    return Staged(imported, again)


def _before(sent: Sent, hand: Hand) -> Import | None:
    """Return the standing import of the same bytes into the same file by the same user."""
    sha256 = hashlib.sha256(sent.content).hexdigest()
    same = Import.objects.filter(sha256=sha256, by=hand.by, subject=sent.subject).order_by("-pk")
    for one in same:
        done = one.rows.filter(result__outcome="imported")
        if not done.exists() or done.filter(result__undone=None).exists():
            return one
    return None


@contextmanager
def _stream(content: bytes) -> Iterator[BinaryIO]:
    with io.BytesIO(content) as stream:
        yield stream


def _take_down(sent: Sent, kind: str, stream: BinaryIO, sha256: str, hand: Hand) -> Import:
    document = Document.objects.create(
        kind="file", title=sent.name[:500], carrier=sent.speaker, published=sent.said_on,
        retrieved_at=hand.at, added_by=hand.by, added_at=hand.at,
    )  # fmt: skip
    Upload.objects.create(
        document=document, sha256=sha256, size=len(sent.content), media_type=kinds.MEDIA[kind],
        name_as_sent=sent.name[:300], by=hand.by, at=hand.at,
    )  # fmt: skip
    reading = Reading()
    rows = list(_numbered(kinds.rows(kind, stream, reading, now=hand.at)))
    imported = Import.objects.create(
        name=sent.name[:300], sha256=sha256, size=len(sent.content), kind=kind,
        speaker=sent.speaker, role=sent.role, said_on=sent.said_on, document=document,
        subject=sent.subject, signature=columns.signature(kind, reading.columns),
        headings=list(reading.columns), remarks=[list(one) for one in reading.remarks],
        read=len(rows), by=hand.by, at=hand.at,
    )  # fmt: skip
    for row in rows:
        row.imported = imported
    Row.objects.bulk_create(rows, batch_size=_CHUNK)
    return imported


def _numbered(raws: Iterable[Raw]) -> Iterator[Row]:
    for number, raw in enumerate(raws, 1):
        yield Row(
            number=number,
            place=raw.place[:120],
            cells=[_short(cell) for cell in raw.cells],
            told=[list(odd) for odd in raw.told],
            out=raw.out,
        )


def _short(cell: tuple[str, ...]) -> list[str]:
    """Return the fields of a cell without the empty ones at its end."""
    fields = list(cell)
    while len(fields) > 2 and not fields[-1]:
        fields.pop()
    return fields
