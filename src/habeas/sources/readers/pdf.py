"""Reads the text of a PDF, within limits; a picture of a page is never taken for an empty page.

Court acts and notices are published as PDF. Some hold text, some only a scanned picture, some are
locked or broken: all but the first could not be looked at.
"""

import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from habeas.language import _
from habeas.sources.contract import Capture, Fact, Mention, Obstacle, Outcome, Page, PageKind
from habeas.sources.pages import obstacle
from habeas.sources.readers.acts import is_act, read_act
from habeas.sources.readers.spotting import names_in

if TYPE_CHECKING:
    from pypdf import PdfReader

SOURCE = "pdf"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a PDF is read; what lies beyond makes the answer `could_not_look`.

    Attributes:
        pages: number of pages.
        characters: length of the text of all pages together.
        bytes: size of the file.
    """

    pages: int = 2_000
    characters: int = 20_000_000
    bytes: int = 256 * 1024 * 1024


# pypdf raises its own errors for what it expects and these for what it does not: a broken file can
# have any object in any place. Found by mutating files; memory and time are bounded by `Limits` and
# by pypdf's own limits on decompression.
_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    OSError,
    EOFError,
    zlib.error,
)


def read_pdf(capture: Capture, limits: Limits | None = None) -> Page:
    """Read the text of a PDF. Never raises.

    Mentions carry the page they stand on as `row`. A file without a text on some page may hold a
    picture of one there: `could_not_look(unreadable)`, with the mentions of the other pages.
    """
    allowed = limits or Limits()
    if len(capture.body) > allowed.bytes:
        return obstacle(SOURCE, Obstacle.TOO_LARGE, _("The file is too large to be read."))
    opened = _opened(capture.body)
    if isinstance(opened, str):
        return obstacle(SOURCE, Obstacle.UNREADABLE, opened)
    texts, trouble = _texts(opened, allowed)
    return _page(capture, texts, trouble)


def texts_of(capture: Capture, limits: Limits | None = None) -> tuple[list[str], str]:
    """Return the text of each page, and a sentence if some could not be read. Never raises."""
    allowed = limits or Limits()
    if len(capture.body) > allowed.bytes:
        return [], _("The file is too large to be read.")
    opened = _opened(capture.body)
    return ([], opened) if isinstance(opened, str) else _texts(opened, allowed)


def _opened(body: bytes) -> "PdfReader | str":
    """Return a reader, or the sentence that says why there is none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # pypdf tells every oddity to the log; what matters is in the outcome.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            return _("The file is locked with a password. Ask the publisher for an open copy.")
        _count = len(reader.pages)
    except (PyPdfError, *_BROKEN):
        return _("The file is damaged: it cannot be opened as a PDF. Fetch it again.")
    return reader


def _texts(reader: "PdfReader", limits: Limits) -> tuple[list[str], str]:
    """Return the text of each page, and a sentence if some of it could not be read."""
    from pypdf.errors import PyPdfError

    texts: list[str] = []
    left = limits.characters
    try:
        count = len(reader.pages)
    except (PyPdfError, *_BROKEN):
        count = 0
    if count == 0:
        return texts, _("The file has no pages.")
    for number in range(min(count, limits.pages)):
        try:
            text = reader.pages[number].extract_text()
        except (PyPdfError, *_BROKEN):
            return texts, _("Page {page} is damaged. Fetch the file again.").format(page=number + 1)
        texts.append(text[:left])
        left -= len(text)
        if left <= 0:
            return texts, _("The text is longer than is read at once.")
    if count > limits.pages:
        return texts, _("Only the first {pages} pages were read.").format(pages=limits.pages)
    return texts, ""


def _page(capture: Capture, texts: list[str], trouble: str) -> Page:
    whole = "\n\n".join(texts)
    mentions = tuple(_mentions(texts))
    facts: dict[str, Fact] = {"pages": len(texts)}
    kind = PageKind.TEXT
    if is_act(whole):
        kind = PageKind.ACT
        act = read_act(whole, list(names_in(whole)))
        facts.update(act.facts)
        mentions = act.mentions
    reason: Obstacle | None = None
    blank = [number for number, text in enumerate(texts, 1) if not _has_words(text)]
    if trouble:
        reason = Obstacle.INCOMPLETE if mentions else Obstacle.UNREADABLE
    elif blank:
        reason = Obstacle.UNREADABLE
        trouble = _(
            "Page {page} holds a picture without text: scanned; needs OCR. Read it yourself."
        ).format(page=blank[0])
    elif not capture.complete:
        reason, trouble = Obstacle.INCOMPLETE, _("Fewer bytes arrived than were announced.")
    return Page(
        source=SOURCE,
        kind=kind,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=trouble,
        facts=facts,
        mentions=mentions,
    )


def _mentions(texts: list[str]) -> Iterator[Mention]:
    for number, text in enumerate(texts, 1):
        for found in names_in(text):
            yield Mention(found.printed, row=number, where=f"page {number}")


def _has_words(text: str) -> bool:
    """Return whether a page holds words; a page number under a picture is none."""
    return sum(character.isalpha() for character in text) >= 10
