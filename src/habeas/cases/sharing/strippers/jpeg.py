"""The segments of a JPEG that draw (ITU-T T.81, annex B); all others are left out."""

_SCAN, _END, _STUFFED = 0xDA, 0xD9, 0x00
_RESTARTS = range(0xD0, 0xD8)
_NOTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_KEPT_SHORT = {0xE0: 14, 0xEE: 12}
"""JFIF without its preview, and Adobe's note on colours: without it, colours turn."""


def drawing_only(content: bytes) -> bytes:
    """Return a JPEG, points untouched, without notes, previews and what follows its end.

    Raises:
        ValueError: it is not one.
    """
    if content[:2] != b"\xff\xd8":
        raise ValueError(content[:2])
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 1 < len(content):
        if content[at] != 0xFF:
            raise ValueError(at)
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == _END:
            return bytes(kept + b"\xff\xd9")
        else:
            segment, at = _segment(content, at, marker)
            kept += segment
    raise ValueError(at)


def _segment(content: bytes, at: int, marker: int) -> tuple[bytes, int]:
    length = int.from_bytes(content[at + 2 : at + 4], "big")
    end = at + 2 + length
    if length < 2 or end > len(content):
        raise ValueError(at)
    if marker in _NOTES:
        return b"", end
    if marker in _KEPT_SHORT:
        body = bytearray(content[at + 4 : end][: _KEPT_SHORT[marker]])
        if marker == 0xE0:
            body[12:14] = b"\0\0"
        return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + bytes(body), end
    if marker == _SCAN:
        end = _scan_end(content, end)
    return content[at:end], end


def _scan_end(content: bytes, at: int) -> int:
    """Return where the coded points end: at a marker that is neither stuffing nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0:
        if at + 1 < len(content) and content[at + 1] not in (_STUFFED, *_RESTARTS):
            return at
        at += 2
    raise ValueError(len(content))
