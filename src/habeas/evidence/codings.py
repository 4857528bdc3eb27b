"""Content codings undone for reading, within a limit. The bytes as sent stay in the record.

We ask for `identity`; some servers compress nevertheless, and some compress a bomb.
"""

import zlib
from dataclasses import dataclass

UNPACKED_LIMIT = 32 * 1024 * 1024
"""Bytes of one unpacked page. The longest court list seen has 0.4 MB."""

_STEP = 256 * 1024
_MOST_CODINGS = 3


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A body with its content codings undone.

    Attributes:
        body: the bytes; where something went wrong, what could be unpacked before.
        too_large: the limit was reached; `body` is cut.
        broken: the compressed bytes are damaged or end early; `body` is cut.
        unknown: a coding that is not known here, empty where all are; `body` is still coded.
    """

    body: bytes
    too_large: bool = False
    broken: bool = False
    unknown: str = ""


def unpack(payload: bytes, content_encoding: str, *, limit: int = UNPACKED_LIMIT) -> Unpacked:
    """Undo the codings that a Content-Encoding header names, last one first (RFC 9110, 8.4)."""
    codings = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in codings if name and name != "identity"]
    if len(codings) > _MOST_CODINGS:
        return Unpacked(payload, unknown=content_encoding)
    body = payload
    too_large = broken = False
    for coding in reversed(codings):
        if coding not in {"gzip", "x-gzip", "deflate"}:
            return Unpacked(body, too_large, broken, unknown=coding)
        if not body or (coding != "deflate" and body[:2] != b"\x1f\x8b"):
            # Said to be packed and is not: some servers, and crawlers that unpack but keep headers.
            continue
        step = _inflate(body, _window(body, coding), limit)
        body = step.body
        too_large, broken = too_large or step.too_large, broken or step.broken
    return Unpacked(body, too_large, broken)


def _window(body: bytes, coding: str) -> int:
    """Return zlib's window bits: gzip by its mark, else zlib, else raw deflate.

    Some servers send raw deflate and call it deflate, some send gzip and call it deflate.
    """
    if body[:2] == b"\x1f\x8b" or coding != "deflate":
        return 16 + zlib.MAX_WBITS
    zlib_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS


def _inflate(body: bytes, window: int, limit: int) -> Unpacked:
    parts: list[bytes] = []
    total = 0
    rest = body
    while rest:
        machine = zlib.decompressobj(window)
        while rest and not machine.eof:
            try:
                part = machine.decompress(rest, min(_STEP, limit + 1 - total))
            except zlib.error:
                return Unpacked(b"".join(parts), broken=True)
            rest = machine.unconsumed_tail or machine.unused_data
            total += len(part)
            parts.append(part)
            if total > limit:
                return Unpacked(b"".join(parts)[:limit], too_large=True)
        if not machine.eof:
            return Unpacked(b"".join(parts), broken=True)
        if rest[:2] != b"\x1f\x8b":
            # Padding or a stray line end behind the compressed body; browsers ignore it too.
            break
    return Unpacked(b"".join(parts))
