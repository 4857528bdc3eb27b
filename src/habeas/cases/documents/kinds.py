"""What a file is, by its first bytes. Names and types that a browser sends are not believed."""

import io
import zipfile
from collections.abc import Mapping

MOST_BYTES = 25 * 1024 * 1024

ENDINGS: Mapping[str, str] = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/plain": "txt",
}
"""Kinds that are taken, with the ending that a download gets. A saved web page is text here."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})

_MARKS = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1a\x45\xdf\xa3", 0, "video/webm"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"),
)
_INSIDE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "content.xml": "application/vnd.oasis.opendocument.text",
}


def media_type(content: bytes) -> str:
    """Return the kind of a file out of `ENDINGS`, empty where it is none of them."""
    for mark, place, kind in _MARKS:
        if content[place : place + len(mark)] == mark:
            return kind
    if content[:4] == b"PK\x03\x04":
        return _of_archive(content)
    return "text/plain" if _is_text(content) else ""


def _of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""
    return next((kind for name, kind in _INSIDE.items() if name in inside), "")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
