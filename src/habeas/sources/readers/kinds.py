"""Tells what kind of file some bytes are, by their content first and by their name second.

People rename files, and portals send anything under any name; a wrong guess would read a picture
as an empty text and call it "not found".
"""

import re
from enum import StrEnum

from habeas.sources.decode import decode

SAMPLE_BYTES = 65_536
"""How much of a file's beginning `kind_of` looks at; more is not used."""


class FileKind(StrEnum):
    """What a file is, as far as a reader is concerned."""

    HTML = "html"
    TEXT = "text"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    JSON = "json"
    PDF = "pdf"
    WARC = "warc"
    WACZ = "wacz"
    GZIP = "gzip"
    ZIP = "zip"
    BINARY = "binary"
    EMPTY = "empty"


_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|title|meta|article|section|form|tr|td|h[1-6]"
    rb"|p|span|br|ul|ol|a|script|!--)\b|<(?:p|br|hr|b)>",
    re.IGNORECASE,
)
_CONTROL = bytes((0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20))
_JSON_START = re.compile(r"\s*[\[{]")
_JSON_LINE = re.compile(r"\s*\{.*\}\s*$")
_SUFFIXES = {
    ".html": FileKind.HTML, ".htm": FileKind.HTML, ".xhtml": FileKind.HTML, ".csv": FileKind.CSV,
    ".tsv": FileKind.TSV, ".tab": FileKind.TSV, ".jsonl": FileKind.JSONL,
    ".ndjson": FileKind.JSONL, ".json": FileKind.JSON, ".txt": FileKind.TEXT,
    ".md": FileKind.TEXT,
}  # fmt: skip


def kind_of(head: bytes, name: str) -> FileKind:
    """Return the kind of a file.

    Args:
        head: its first bytes, `SAMPLE_BYTES` of them if there are so many.
        name: its name, empty if it has none; decides only between kinds that look alike.
    """
    head = head[:SAMPLE_BYTES]
    if not head:
        return FileKind.EMPTY
    if packed := _packed(head, name.lower()):
        return packed
    # Most files are pages: told by their first tag, without decoding.
    if head.lstrip()[:1] == b"<" and not _is_binary(head) and _HTML.search(head[:4096]):
        return FileKind.HTML
    decoded = decode(whole_characters(head))
    if _is_binary(head) and not decoded.used.startswith("utf-16"):
        return FileKind.BINARY
    text = decoded.text.lstrip("\ufeff")
    if not text.strip():
        return FileKind.EMPTY
    return _textual(head, text, name)


def whole_characters(head: bytes) -> bytes:
    """Return a cut beginning of a file without the half of a character that the cut left.

    Up to three bytes of a UTF-8 sequence (RFC 3629, section 3); a one-byte charset loses the same,
    so use it only to find out what the text is.
    """
    for back in range(1, min(4, len(head)) + 1):
        byte = head[-back]
        if byte < 0x80:
            return head
        if byte >= 0xC0:
            return head[:-back]
    return head


def _packed(head: bytes, name: str) -> FileKind | None:
    """Return the kind by its magic number (PDF 7.5.2, RFC 1952, APPNOTE 4.3.7, WARC 1.1)."""
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(b"WARC/"):
        return FileKind.WARC
    if head.startswith(b"\x1f\x8b"):
        return FileKind.WARC if name.endswith((".warc.gz", ".warc")) else FileKind.GZIP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        wacz = name.endswith(".wacz") or b"datapackage.json" in head or b"archive/data" in head
        return FileKind.WACZ if wacz else FileKind.ZIP
    return None


def _is_binary(head: bytes) -> bool:
    """Return whether bytes are no text in any charset we read: control bytes stand among them."""
    control = len(head) - len(head.translate(None, _CONTROL))
    return control * 200 > len(head)


def _textual(head: bytes, text: str, name: str) -> FileKind:
    dot = name.rfind(".")
    by_name = _SUFFIXES.get(name[dot:].lower()) if dot >= 0 else None
    start = text.lstrip()
    if start.startswith("<") and _HTML.search(head[:4096]):
        return FileKind.HTML
    if _JSON_START.match(text) and (json := _json(text, by_name)):
        return json
    if by_name in {FileKind.CSV, FileKind.TSV}:
        return by_name
    if by_name is FileKind.HTML or len(_HTML.findall(head)) > 3:
        return FileKind.HTML
    return _columns(text) or FileKind.TEXT


def _json(text: str, by_name: FileKind | None) -> FileKind | None:
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    objects = [bool(_JSON_LINE.match(line)) for line in lines]
    if len(objects) > 1 and objects[0] and (objects[1] or len(objects) == 2):
        return FileKind.JSONL
    if by_name in {FileKind.JSON, FileKind.JSONL}:
        return by_name
    # A text may begin with a bracket too: "[photo] Moscow, 2 April".
    plain = re.match(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:[\[{\"\d]|\]))", text)
    return FileKind.JSON if plain else None


def _columns(text: str) -> FileKind | None:
    """Recognise a table without a telling name: the same number of tabs or semicolons in lines."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if len(text) >= SAMPLE_BYTES // 4:
        lines = lines[:-1] or lines
    if len(lines) < 2:
        return None
    for mark, kind in (("\t", FileKind.TSV), (";", FileKind.CSV), (",", FileKind.CSV)):
        counts = {line.count(mark) for line in lines}
        # Commas stand in sentences too, so they must be many.
        least = 2 if mark == "," else 1
        if len(counts) == 1 and counts.pop() >= least:
            return kind
    return None
