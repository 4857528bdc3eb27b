"""Members out of a bundle from somebody else: everything is checked, and nothing is believed.

The tar is read here block by block, and only plain files of known names are taken: no link, no
folder, no second of a name, no header that says how another is to be understood. Nothing of it is
unpacked to the disk, and nothing of it is compressed, so it cannot grow.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from math import isfinite
from typing import Any, BinaryIO

from habeas.bundles import layout
from habeas.bundles.layout import BLOCK, Contents, Member, Told
from habeas.bundles.signing import signed_by
from habeas.errors import BundleDamaged, BundleOtherVersion
from habeas.language import _

_EMPTY = b"\0" * BLOCK
_MOST_PADDING = 1024
_HEAD = re.compile(rb"habeas-bundle ([0-9]{1,6})\n")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KNOWN = frozenset(
    {"format", "version", "made_at", "by", "for", "circle", "lang", "locked_for", "people",
     "members"}
)  # fmt: skip
_LONGEST = 1000
_END_OF_NAME = 100
_DEEPEST = 20


def checked(stream: BinaryIO) -> Contents:
    """Read a bundle to its end, and return what it holds if all of it is as its sender signed it.

    Args:
        stream: unlocked, at its beginning; read once.

    Raises:
        BundleDamaged: it has no end, holds what no bundle holds, or not what its list says.
        BundleOtherVersion: it is of another version of the format.
        SignatureRefused: its list is not signed by its key.
    """
    met: dict[str, Member] = {}
    tail: dict[str, bytes] = {}
    for name, content in _members(stream):
        if name in layout.TAIL:
            tail[name] = content
        else:
            met[name] = Member(hashlib.sha256(content).hexdigest(), len(content))
        if layout.is_person(name):
            parsed(content)
    if tuple(tail) != layout.TAIL:
        raise BundleDamaged(_("its end is missing"))
    fingerprint = signed_by(tail[layout.MANIFEST], tail[layout.SIGNATURE], tail[layout.SENDER])
    manifest = parsed(tail[layout.MANIFEST])
    if _listed(manifest) != met or manifest.get("people") != _people(met):
        raise BundleDamaged(_("it does not hold what its list says"))
    return Contents(
        told=_told(manifest),
        members=met,
        fingerprint=fingerprint,
        pem=tail[layout.SENDER],
        manifest=tail[layout.MANIFEST],
        signature=tail[layout.SIGNATURE],
        extra={key: value for key, value in manifest.items() if key not in _KNOWN},
    )


def contents(stream: BinaryIO, expected: Contents) -> Iterator[tuple[str, bytes]]:
    """Yield people and files of a bundle that was checked; it is read once more.

    Raises:
        BundleDamaged: it is another one than before.
    """
    for name, content in _members(stream):
        if name == layout.MANIFEST and content != expected.manifest:
            raise BundleDamaged(_("it changed while it was read"))
        if name in layout.TAIL:
            continue
        found = Member(hashlib.sha256(content).hexdigest(), len(content))
        if expected.members.get(name) != found:
            raise BundleDamaged(_("it changed while it was read"))
        yield name, content


def parsed(content: bytes) -> dict[str, Any]:
    """Return a JSON object; what two programs could read in two ways is refused.

    Raises:
        BundleDamaged: it is none, or has a key twice, NaN, or numbers without end.
    """
    try:
        found = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=_finite,
        )
    except (ValueError, RecursionError) as error:
        raise BundleDamaged(_("its JSON cannot be read")) from error
    if not isinstance(found, dict) or _is_deep(found):
        raise BundleDamaged(_("its JSON cannot be read"))
    return found


def _is_deep(found: object) -> bool:
    level = [found]
    for _depth in range(_DEEPEST):
        inside: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inside += one.values()
            elif isinstance(one, list):
                inside += one
        level = inside
    return bool(level)


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no_number(word: str) -> None:
    raise ValueError(word)


def _members(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each member but the first, in order, to the end of the stream."""
    seen: set[str] = set()
    ended = 0
    while header := _block(stream):
        name, size = _header(header)
        if name in seen or len(seen) > layout.MOST_MEMBERS or ended > len(layout.TAIL):
            raise BundleDamaged(_("it holds something that no bundle holds"))
        content = _read(stream, size)
        _read(stream, -size % BLOCK)
        if not seen:
            _refuse_other_version(name, content)
        elif name == layout.FORMAT or (ended and name not in layout.TAIL):
            raise BundleDamaged(_("it holds something that no bundle holds"))
        else:
            yield name, content
        ended += name in layout.TAIL
        seen.add(name)
    if not seen:
        raise BundleDamaged(_("there is nothing in it"))
    _to_the_end(stream)


def _block(stream: BinaryIO) -> bytes:
    """Return the next header; nothing at the end of the archive."""
    block = _read(stream, BLOCK)
    return b"" if block == _EMPTY else block


def _header(block: bytes) -> tuple[str, int]:
    try:
        entry = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.TarError, ValueError) as error:
        if block.startswith(b"PK\x03\x04"):
            raise BundleOtherVersion("1") from error
        raise BundleDamaged(_("it holds something that no bundle holds")) from error
    # Behind the end of a name nothing may be hidden that another reader would take for more of it.
    plain = entry.type == tarfile.REGTYPE and not entry.linkname
    plain = plain and not block[len(entry.name) : _END_OF_NAME].strip(b"\0")
    if not plain or not 0 <= entry.size <= layout.most_of(entry.name):
        raise BundleDamaged(_("it holds something that no bundle holds"))
    return entry.name, entry.size


def _read(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) != size:
        raise BundleDamaged(_("it is only half there"))
    return content


def _refuse_other_version(name: str, content: bytes) -> None:
    head = _HEAD.fullmatch(content)
    if name != layout.FORMAT or head is None:
        raise BundleDamaged(_("it is no bundle of habeas"))
    if content != layout.HEAD:
        raise BundleOtherVersion(head.group(1).decode())


def _to_the_end(stream: BinaryIO) -> None:
    """Read what fills the last record; age vouches for the last byte only at its end."""
    left = _MOST_PADDING * BLOCK
    while rest := stream.read(BLOCK):
        left -= len(rest)
        if left < 0 or rest.strip(b"\0"):
            raise BundleDamaged(_("something stands behind its end"))


def _people(members: dict[str, Member]) -> int:
    return sum(1 for name in members if layout.is_person(name))


def _listed(manifest: dict[str, Any]) -> dict[str, Member]:
    if manifest.get("format") != layout.NAME or manifest.get("version") != layout.VERSION:
        raise BundleDamaged(_("it is no bundle of habeas"))
    listed = manifest.get("members")
    if not isinstance(listed, dict):
        raise BundleDamaged(_("it does not hold what its list says"))
    return {str(name): _member(one) for name, one in listed.items()}


def _member(one: object) -> Member:
    if not isinstance(one, dict):
        raise BundleDamaged(_("it does not hold what its list says"))
    sha256, size = one.get("sha256"), one.get("bytes")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256) or type(size) is not int:
        raise BundleDamaged(_("it does not hold what its list says"))
    return Member(sha256, size)


def _told(manifest: dict[str, Any]) -> Told:
    words = [
        str(manifest.get(key, ""))[:_LONGEST]
        for key in ("made_at", "by", "for", "circle", "lang", "locked_for")
    ]
    return Told(*words)
