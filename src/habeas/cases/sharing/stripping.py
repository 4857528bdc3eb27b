"""Takes out of a file what it tells beside its content, before it leaves; originals stay as kept.

A file is rebuilt of what may leave, never edited in place: what is not known to be harmless is not
taken over. A kind that cannot be rebuilt is refused.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as say

from habeas.cases.sharing.strippers import archive, paper, picture, sheet, written
from habeas.errors import NotStripped

MOST_BYTES = 50 * 1024 * 1024

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Stripped:
    """A file as it may leave.

    Attributes:
        removed: sentences about what was taken out, in the language of the page.
    """

    content: bytes
    media_type: str
    extension: str
    removed: tuple[str, ...]


def stripped(content: bytes) -> Stripped:
    """Return a file without author, place, history and hidden parts. Its kind is read from it.

    JPEG, PNG, PDF, DOCX and XLSX can be stripped.

    Raises:
        NotStripped: it is of another kind, broken, locked, or holds what cannot be taken out.
    """
    if len(content) > MOST_BYTES:
        raise NotStripped(say("it is too large"))
    if content.startswith(b"\xff\xd8\xff"):
        return Stripped(picture.redrawn(content), "image/jpeg", "jpg", picture.told())
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Stripped(picture.redrawn(content), "image/png", "png", picture.told())
    if content.startswith(b"%PDF-"):
        made, removed = paper.rebuilt(content)
        return Stripped(made, "application/pdf", "pdf", removed)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise NotStripped(say("habeas cannot strip files of this kind"))


def _office(content: bytes) -> Stripped:
    parts = archive.parts(content)
    if any("vbaproject" in name.lower() for name in parts):
        raise NotStripped(say("it holds a program (macro)"))
    if "word/document.xml" in parts:
        made, removed = written.rebuilt(parts)
        return Stripped(made, _WORD, "docx", removed)
    if "xl/workbook.xml" in parts:
        made, removed = sheet.rebuilt(content)
        return Stripped(made, _SHEET, "xlsx", removed)
    raise NotStripped(say("habeas cannot strip files of this kind"))
