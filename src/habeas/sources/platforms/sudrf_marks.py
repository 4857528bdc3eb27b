"""Tells pages of the ГАС «Правосудие» sites by the site's own marks, and what frame they have.

For saved files without an address: a page of sudrf.ru carries the container `modSdpContent`, a
page of msudrf.ru the court name in `#court_name`; both count visits at counter.sudrf.ru under the
code of the court. The letters of that code say which kind of court it is (77KJ0002: a court of
cassation; 59MS0002: a magistrate; RS, OS, GV and so on: the others).
"""

import re
from enum import StrEnum

from selectolax.lexbor import LexborNode

from habeas.sources.contract import Capture
from habeas.sources.platforms.sudrf_grid import text_of

_CODE = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{4}")
_BEFORE_CODE = ("cnt.php?ssid=", "?fromOa=", "vnkod=")
# The title of the page, by which a court without a code is known, stands before this.
_HEAD = 8192


class Kind(StrEnum):
    """Which of the platform's courts a page belongs to."""

    CASSATION = "cassation"
    MAGISTRATE = "magistrate"
    OTHER = "other"
    NONE = ""
    """Not a page of this platform."""


def kind_of(capture: Capture) -> Kind:
    """Return which kind of court of this platform sent the page, by the page alone."""
    text = capture.text
    if "modSdpContent" not in text and "counter.sudrf.ru/cnt.php" not in text:
        return Kind.NONE
    letters = court_code(text)[2:4]
    if letters in {"KJ", "KV"}:
        return Kind.CASSATION
    if letters == "MS" or (not letters and 'id="court_name"' in text):
        return Kind.MAGISTRATE
    if not letters and "ассационный" in text[:_HEAD]:
        return Kind.CASSATION
    return Kind.OTHER


def court_code(text: str) -> str:
    """Return the code of the court ("77KJ0002") from the site's own links, empty for none."""
    first, end = "", len(text)
    for mark in _BEFORE_CODE:
        # Literal search, for speed, and only before what another mark has found.
        at = text.find(mark, 0, end)
        while at >= 0:
            if code := _CODE.match(text, at + len(mark)):
                first, end = code.group(), at
                break
            at = text.find(mark, at + 1, end)
    return first


def court_name(capture: Capture) -> str:
    """Return the name of the court as the page prints it, empty where it does not."""
    for mark in ("#court_name", ".heading_title", "title"):
        node = capture.tree.css_first(mark)
        if node is not None and (name := text_of(node)):
            return name
    return ""


def content_of(capture: Capture) -> LexborNode | None:
    """Return the part of the page that the case system fills, None where there is none."""
    for mark in ("#modSdpContent", ".site > .content", "div.content"):
        node = capture.tree.css_first(mark)
        if node is not None:
            return node
    return None


def is_whole(capture: Capture) -> bool:
    """Return whether the page arrived to its end.

    The end is `</html>` after a footer after the content: an act inside a card brings its own
    `</HTML>`, so the mark alone proves nothing.
    """
    text = capture.text
    end = max(text.rfind("</html>"), text.rfind("</HTML>"))
    footer = max(text.rfind('class="footer'), text.rfind("<footer"))
    content = max(text.find("modSdpContent"), text.rfind("cont_doc"))
    return capture.complete and end > footer > content
