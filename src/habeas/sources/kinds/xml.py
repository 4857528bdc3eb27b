"""Documents of feeds and sitemaps: XML, read safely and told from pages that came instead."""

import re
from xml.etree import ElementTree as ET

from habeas.language import _
from habeas.sources.contract import Capture, Obstacle, Page
from habeas.sources.pages import failure, never_there, obstacle

# A document type can carry entities that grow without end; no feed needs one.
_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?!\?|!)\s*([\w.:-]{1,60})")
_HEAD = 4096


def root_of(capture: Capture) -> str:
    """Return the name of the first element, without its prefix; empty for no markup."""
    found = _ROOT.search(capture.text[:_HEAD])
    return found.group(1).rpartition(":")[2].lower() if found else ""


def document(capture: Capture, source: str, entries: str) -> ET.Element | Page:
    """Return the root of an XML answer, or the obstacle that came instead.

    Args:
        capture: the recorded bytes.
        source: id of the source.
        entries: CSS by which the document's entries are known, so that a word in one of them is
            not taken for a failure.
    """
    failed = failure(capture, source, entries=entries)
    if failed is not None:
        return never_there(failed)
    if _ENTITIES.search(capture.text):
        words = _("The document declares entities; it is not read.")
        return obstacle(source, Obstacle.UNREADABLE, words)
    try:
        # Entities were refused above, and the parser fetches nothing (expat, no external entities).
        return ET.fromstring(capture.text.encode("utf-8"), parser=_parser())  # noqa: S314
    except (ET.ParseError, ValueError):
        if not capture.complete or not _closed(capture):
            words = _("The document breaks off before its end.")
            return obstacle(source, Obstacle.INCOMPLETE, words)
        words = _("The answer is no XML document.")
        return obstacle(source, Obstacle.LAYOUT_CHANGED, words)


def _parser() -> ET.XMLParser:
    """Return a parser to which the text is given in UTF-8, whatever the document declares."""
    return ET.XMLParser(encoding="utf-8")  # noqa: S314 - see `document`


def _closed(capture: Capture) -> bool:
    root = root_of(capture)
    return bool(root) and f"{root}>" in capture.text[-_HEAD:].lower()


def local(element: ET.Element) -> str:
    """Return the name of an element without its namespace, in small letters."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_text(element: ET.Element, *names: str) -> str:
    """Return the text of the first child of one of these names that has any."""
    for name in names:
        for child in element:
            if local(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return ""
