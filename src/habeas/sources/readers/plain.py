"""The running text of a page, a PDF or a text file, for reading: what a person would read aloud.

Menus, scripts and forms are left out; headings and paragraphs stay apart. Nothing is interpreted.
"""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.language import _
from habeas.sources.contract import Capture, Obstacle
from habeas.sources.pages import failure
from habeas.sources.readers.kinds import FileKind
from habeas.sources.tangled import is_tangled

_UNSEEN = ["script", "style", "noscript", "template", "textarea", "svg", "head", "iframe", "select"]
_FRAME = ["nav", "header", "footer", "aside", "form", "button", "menu", "dialog"]
_INLINE_TAGS = """a abbr b bdi bdo big cite code em font i ins kbd label mark nobr q s small span
strong sub sup time tt u var wbr"""
_INLINE = _INLINE_TAGS.split()
# The part of a page that holds its article must hold so much of the page's text to be it alone.
_MAIN_SHARE = 0.4
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n\s*\n+")
# "задер-\nжали": a word that a PDF breaks at the end of a line.
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])(?![A-ZА-ЯЁ])")
_UNREADABLE_SHARE = 200
_STRANGE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a place.

    Attributes:
        text: the text; empty where there is none to be had.
        extracted: the text was taken out of a page or a PDF, so that places in it are not places
            in the file.
        obstacle: why the text could not be had, or not whole; None if it could.
        explanation: the sentence for it.
        remarks: what a careful reader should know about the text.
    """

    text: str
    extracted: bool = False
    obstacle: Obstacle | None = None
    explanation: str = ""
    remarks: tuple[str, ...] = ()


def plain_text(capture: Capture, kind: FileKind) -> Plain:
    """Return the running text of a capture of a page, a PDF or a text. Never raises."""
    if kind is FileKind.HTML:
        return _page(capture)
    if kind is FileKind.PDF:
        return _pdf(capture)
    return _checked(capture.text, capture, extracted=False)


def _page(capture: Capture) -> Plain:
    failed = failure(capture, "")
    if failed is not None:
        return Plain("", extracted=True, obstacle=failed.obstacle, explanation=failed.explanation)
    if is_tangled(capture.text):
        words = _("The page is built so tangled that it cannot be read.")
        return Plain("", extracted=True, obstacle=Obstacle.UNREADABLE, explanation=words)
    tree = LexborHTMLParser(capture.text)
    tree.strip_tags(_UNSEEN)
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()
    body = tree.body
    whole = _text(body) if body is not None else ""
    main = _main(tree, len(whole))
    if main is None:
        tree.strip_tags(_FRAME)
        main = _text(tree.body) if tree.body is not None else ""
    return _checked(main if len(main) > len(whole) * _MAIN_SHARE / 4 else whole, capture)


def _main(tree: LexborHTMLParser, length: int) -> str | None:
    """Return the text of the part that the page itself marks as its article; None if none is."""
    for selector in ("article", "main", "[itemprop=articleBody]", "[role=main]"):
        found = max((_text(node) for node in tree.css(selector)[:50]), key=len, default="")
        if found and len(found) >= length * _MAIN_SHARE:
            return found
    return None


def _text(node: LexborNode) -> str:
    text = node.text(separator="\n\n")
    return _GAPS.sub("\n\n", _BLANKS.sub(" ", text)).strip()


def _pdf(capture: Capture) -> Plain:
    from habeas.sources.readers.pdf import texts_of

    texts, trouble = texts_of(capture)
    text = _BROKEN.sub("", "\n\n".join(texts))
    if not text.strip():
        words = trouble or _("The file holds no text: scanned; needs OCR. Read it yourself.")
        return Plain("", extracted=True, obstacle=Obstacle.UNREADABLE, explanation=words)
    plain = _checked(text, capture)
    if trouble:
        return Plain(text, True, Obstacle.INCOMPLETE, trouble, plain.remarks)  # noqa: FBT003
    return plain


def _checked(text: str, capture: Capture, *, extracted: bool = True) -> Plain:
    """Return the text with remarks about letters that cannot be read."""
    remarks: tuple[str, ...] = ()
    strange = len(_STRANGE.findall(text))
    if strange * _UNREADABLE_SHARE > len(text):
        remarks = (_("Many characters cannot be read; what stands there is not suggested."),)
    if not capture.complete:
        words = _("Fewer bytes arrived than were announced.")
        return Plain(text, extracted, Obstacle.INCOMPLETE, words, remarks)
    return Plain(text, extracted, remarks=remarks)
