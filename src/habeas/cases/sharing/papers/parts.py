"""What a paper is made of, before it becomes a PDF, a DOCX or plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["title", "heading", "text", "list", "facts", "box", "said", "photo"]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a paper.

    Attributes:
        text: of a title, heading, text or box; of "said", the words.
        lines: of a list or box; of a title, what stands below it; of "said", who says so, when and
            where it is written.
        rows: of "facts": label and value.
        picture: of "photo": PNG or JPEG.
    """

    kind: Kind
    text: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        lang: ISO 639-1.
        footer: stands on every page, before its number.
        made: aware, UTC.
    """

    title: str
    lang: str
    footer: str
    made: datetime
    parts: Sequence[Part]
    small: bool = False
    notes: tuple[str, ...] = field(default_factory=tuple)


_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\u2028\u2029]")


def printable(text: str) -> str:
    """Return a text as any paper can carry it.

    Control characters become the sign for an unreadable one. Marks that turn the direction of
    writing are taken out: with them, a value could make the words beside it read otherwise.
    """
    return _TURNING.sub("", _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\t", " ")))


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters, in one line, with a sign that it goes on."""
    one_line = " ".join(printable(text).split())
    return one_line if len(one_line) <= most else one_line[: most - 1].rstrip() + "…"


def plain(paper: Paper) -> str:
    """Return a paper as plain text."""
    lines: list[str] = []
    for part in paper.parts:
        if part.kind in ("heading", "title") and lines:
            lines.append("")
        if part.text:
            lines.append(printable(part.text))
        lead = "  " if part.kind == "said" else "" if part.kind == "title" else "- "
        lines += [lead + printable(one) for one in part.lines]
        lines += [f"{label}: {printable(value)}" for label, value in part.rows]
    return "\n".join([*lines, "", printable(paper.footer), ""])
