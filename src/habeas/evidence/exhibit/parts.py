"""The parts of which the paper is made: what `exhibit.typ` arranges, as JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

Say: TypeAlias = Callable[[str], str]
"""Gives a sentence in the language of the paper."""
Part: TypeAlias = Mapping[str, object]
Value: TypeAlias = str | Mapping[str, str]
"""A text, or one in letters of equal width (`mono`)."""


def mono(text: str) -> Value:
    """Return a hash, an address or a code, to be printed in letters of equal width."""
    return {"mono": text}


def heading(text: str) -> Part:
    """Return a heading."""
    return {"kind": "heading", "text": text}


def subheading(text: str) -> Part:
    """Return a heading of the second order."""
    return {"kind": "subheading", "text": text}


def text(words: str) -> Part:
    """Return a paragraph."""
    return {"kind": "text", "text": words}


def items(several: Sequence[str]) -> Part:
    """Return a list."""
    return {"kind": "list", "items": list(several)}


def box(title: str, lines: Sequence[Value]) -> Part:
    """Return a framed text."""
    return {"kind": "box", "title": title, "lines": list(lines)}


def facts(rows: Iterable[tuple[str, Value | Sequence[Value]]]) -> Part:
    """Return labels and values; rows without a value are left out."""
    told: list[dict[str, object]] = []
    for label, value in rows:
        several = [value] if isinstance(value, (str, Mapping)) else list(value)
        if filled := [one for one in several if one and one != {"mono": ""}]:
            told.append({"label": label, "values": filled})
    return {"kind": "facts", "rows": told}


def table(head: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Value]]) -> Part:
    """Return a table."""
    return {
        "kind": "table",
        "head": list(head),
        "widths": list(widths),
        "rows": [list(row) for row in rows],
    }


def code(lines: Sequence[str]) -> Part:
    """Return source text."""
    return {"kind": "code", "lines": list(lines)}


def shown(moment: datetime) -> str:
    """Return a moment for a reader, UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def groups(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, as people compare it."""
    return " ".join(fingerprint[n : n + 4] for n in range(0, len(fingerprint), 4))
