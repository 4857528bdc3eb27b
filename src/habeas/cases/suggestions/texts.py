"""The text of a document, in parts that are read at once: pasted, or out of its file."""

from dataclasses import dataclass
from functools import lru_cache

from habeas.cases.documents import keeping
from habeas.cases.statements.models import Document
from habeas.errors import NothingToRead
from habeas.finding.texts import text_of
from habeas.language import _
from habeas.reading import Reading, read
from habeas.sources.contract import Capture

LONGEST = 200_000
"""Characters of a text that are taken when it is pasted; a longer one is sent as a file."""
PART = 30_000
"""Characters that are read and shown at once: about ten pages of a book."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The text of a document.

    Attributes:
        text: empty where there is none.
        why_not: why nothing, or not everything, could be read; empty where everything was.
    """

    text: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text with what was read in it.

    Attributes:
        number: from 1.
        of: how many parts there are.
        start: where it begins in the whole text.
        reading: None where it holds no word.
    """

    number: int
    of: int
    start: int
    text: str
    reading: Reading | None


def whole(document: Document) -> Whole:
    """Return the text of a document: as pasted, else out of the newest file that came with it."""
    if document.text.strip():
        return Whole(document.text)
    upload = document.uploads.order_by("-pk").first()
    if upload is None:
        return Whole("", _("This document has no text and no file."))
    content = keeping.read(upload.sha256)
    if content is None:
        return Whole("", _("Its file is missing, or no longer what was taken."))
    plain = text_of(Capture(content, place=upload.sha256), upload.name_as_sent).plain
    return Whole(plain.text.replace("\r\n", "\n"), plain.explanation)


def part(text: str, number: int) -> Part:
    """Return one part of a text, counted from 1; beyond the end the last one."""
    cuts = _cuts(text)
    number = max(1, min(number, len(cuts) - 1))
    start, end = cuts[number - 1], cuts[number]
    own = text[start:end]
    return Part(number, len(cuts) - 1, start, own, _read(own))


def _cuts(text: str) -> list[int]:
    """Return where the parts begin and end: at the end of a line, or else of a word."""
    cuts = [0]
    while len(text) - cuts[-1] > PART:
        limit = cuts[-1] + PART
        cut = max(text.rfind("\n", cuts[-1] + PART // 2, limit), 0) or text.rfind(
            " ", cuts[-1] + PART // 2, limit
        )
        cuts.append(cut + 1 if cut > cuts[-1] else limit)
    return [*cuts, len(text)]


@lru_cache(maxsize=16)
def _read(text: str) -> Reading | None:
    """Return what is read in a text: the same each time, so that a page need not read it anew."""
    try:
        return read(text)
    except NothingToRead:
        return None
