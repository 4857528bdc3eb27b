"""The second subject of a statement that came in a bundle, and pictures of people."""

import hashlib
from typing import Any

from django.utils.translation import gettext as say

from habeas.cases.documents import keeping
from habeas.cases.documents import kinds as files
from habeas.cases.documents.models import Upload
from habeas.cases.importing.bundled import persons
from habeas.cases.importing.bundled.records import bundle_of
from habeas.cases.importing.models import Bundle, Received, Result, Row
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import StatementRefused
from habeas.language import _

_KINDS = frozenset({"body", "place", "event", "legal_case", "record", "document"})


def other_of(row: Row, told: dict[str, Any], hand: Hand) -> tuple[Subject | None, bool]:
    """Return the second subject of a statement, and whether it still waits for its own row.

    A person who was not sent stands here as an entry that names nobody.
    """
    bundle = bundle_of(row)
    if told["other_kind"] != Subject.PERSON:
        kind = told["other_kind"] if told["other_kind"] in _KINDS else Subject.RECORD
        mark = hashlib.sha256(told["other"].encode()).hexdigest()[:16]
        return _entry(bundle, kind, told["other"], f"{kind}:{mark}", hand), False
    found = _person(bundle, told["other"])
    if found is not None:
        return found, False
    own = row.imported.rows.filter(place=told["other"], out="").first()
    if own is not None and not Result._base_manager.filter(row=own).exists():  # noqa: SLF001 - whoever asks
        return None, True
    title = say("a person of whom nothing was sent, record %(id)s") % {"id": told["other"]}
    return _entry(bundle, Subject.RECORD, title, f"person:{told['other']}", hand), False


def _person(bundle: Bundle, theirs: str) -> Subject | None:
    rows = Received._base_manager.filter(  # noqa: SLF001 - whoever asks
        kind=persons.PERSON,
        theirs=theirs,
        fingerprint=bundle.fingerprint,
        circle=bundle.circle,
        result__undone=None,
    )
    found = rows.select_related("result__subject").order_by("-pk").first()
    return found.result.subject if found is not None else None


def _entry(bundle: Bundle, kind: str, title: str, mark: str, hand: Hand) -> Subject:
    ref = f"bundle:{bundle.fingerprint}:{mark}"[:400]
    found = Subject._base_manager.filter(ref=ref).first()  # noqa: SLF001 - whoever asks
    return found or recording.new_subject(kind, title, hand, ref=ref)


def photo(row: Row, sha256: str, hand: Hand) -> Document:
    """Return a document of the picture of the person of a row.

    Raises:
        StatementRefused: its bytes are gone.
    """
    content = keeping.read(sha256)
    if content is None:
        raise StatementRefused(_("a file of the bundle is missing or damaged"))
    document = Document.objects.create(
        kind="file",
        title=say("Photo of the person, as sent"),
        carrier=row.imported.speaker,
        added_by=hand.by,
        added_at=hand.at,
    )
    Upload.objects.create(
        document=document,
        sha256=sha256,
        size=len(content),
        media_type=files.media_type(content),
        by=hand.by,
        at=hand.at,
    )
    return document
