"""Takes an uploaded file: checks it, keeps and seals its bytes, then takes it down, in that order.

A kill between the two leaves bytes that nothing refers to, never a row without its bytes.
"""

from dataclasses import dataclass

from django.db import transaction

from habeas.cases.documents import keeping, kinds, pictures
from habeas.cases.documents.models import Photo, Upload
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import UploadRefused
from habeas.language import _


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent, and what its sender says of it."""

    content: bytes
    name: str
    kind: str = "file"
    title: str = ""
    carrier: str = ""
    published: str = ""


def take(subject: Subject, sent: Sent, hand: Hand) -> Upload:
    """Keep a file in the file of a subject.

    Raises:
        UploadRefused: it is empty, too large, or of a kind that is not taken.
        EvidenceNotWritten, EvidenceNotSealed, KeyLocked and others: as `keeping.keep`; nothing is
            taken down.
    """
    media_type = checked(sent.content)
    kept = keeping.keep(sent.content, by=hand.by)
    with transaction.atomic():
        document = Document.objects.create(
            kind=sent.kind,
            title=sent.title or sent.name[:500],
            carrier=sent.carrier,
            published=sent.published,
            retrieved_at=hand.at,
            added_by=hand.by,
            added_at=hand.at,
        )
        recording.file(subject, document, hand)
        upload = Upload.objects.create(
            document=document,
            sha256=kept.sha256,
            size=kept.size,
            media_type=media_type,
            name_as_sent=sent.name[:300],
            by=hand.by,
            at=hand.at,
        )
        recording.tell(subject, hand.at)
    return upload


def checked(content: bytes) -> str:
    """Return the kind of a file that may be taken.

    Raises:
        UploadRefused: it may not.
    """
    if not content:
        raise UploadRefused(_("it is empty"))
    if len(content) > kinds.MOST_BYTES:
        raise UploadRefused(_("it is larger than 25 MB"))
    media_type = kinds.media_type(content)
    if not media_type:
        raise UploadRefused(_("it is of a kind that is not taken"))
    return media_type


def take_photo(subject: Subject, upload: Upload, hand: Hand) -> Photo:
    """Show an uploaded picture on the page of a subject, drawn anew.

    Raises:
        UploadRefused: it is no picture that can be drawn.
    """
    content = keeping.read(upload.sha256)
    picture = pictures.drawn(content) if content else None
    if picture is None:
        raise UploadRefused(_("it is no picture"))
    kept = keeping.keep(picture.content)
    return Photo.objects.create(
        subject=subject,
        upload=upload,
        sha256=kept.sha256,
        width=picture.width,
        height=picture.height,
        by=hand.by,
        at=hand.at,
    )
