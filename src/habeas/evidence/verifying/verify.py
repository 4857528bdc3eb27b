#!/usr/bin/env python3
"""Checks a habeas exhibit, WACZ package or store of captures. Needs nothing of habeas.

    python3 verify.py --signer FINGERPRINT [FILE-OR-FOLDER]

Without FILE-OR-FOLDER it checks the folder in which it lies. It needs Python 3.8 or newer and, for
signatures and timestamps, the program `openssl` (3.0 or newer). It opens no network connection,
writes nothing and trusts nothing that lies beside it.

Each line is one check: its name, whether it holds, and what that means. Exit code: 0 all of it
holds, 1 something does not hold, 2 wrong usage, 3 something could not be checked.

FINGERPRINT is the SHA-256 of the public key of whoever made the captures. Take it from the case
sheet or ask its owner; never from the package that you check. The format is described in
`docs/reference/seal-format.md` and `docs/reference/exhibit.md` of habeas.

How to read this file: 1 results, 2 places and ZIP, 3 openssl, 4 recordings (WARC), 5 packages,
6 the log of seals, 7 sealed items, 8 timestamps, 9 exhibits, 10 what is checked when, 11 the
command, 12 translations. It is one file so that it can be read and carried as one, and compared
with its published SHA-256 as one.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from contextlib import closing
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Dict, Iterable, Iterator, List, Optional, Protocol, Sequence, Tuple

Json = Dict[str, Any]

STEP = 1 << 20
SMALL = 64 << 20  # the largest file that is read whole: lists, logs, certificates
LARGEST_BLOCK = 64 << 20  # the largest record whose page is looked at beside its digest
MOST_MEMBERS = 100_000
MOST_RATIO = 1100  # deflate cannot pack better than 1 to 1032
NOTHING_BEFORE = "0" * 64

# ---------------------------------------------------------------------------------------------
# 1. Results
# ---------------------------------------------------------------------------------------------

HELD, NOTE, REMOVED = "held", "note", "removed"
UNCHECKED, BROKEN = "could not check", "broken"
_WORST = (HELD, NOTE, REMOVED, UNCHECKED, BROKEN)
MOST_LINES = 12  # of one check; the others are counted


def _(sentence: str) -> str:
    """Mark a sentence for translation (section 12); it is translated when it is shown."""
    return sentence


class Unusable(Exception):
    """What is checked cannot be read at all; carries the sentence that says so."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


class Check:
    """One named check: what was found, worst first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: List[Tuple[str, str, Json]] = []

    def held(self, sentence: str, **values: object) -> None:
        """Say what holds and what that means."""
        self.found.append((HELD, sentence, values))

    def note(self, sentence: str, **values: object) -> None:
        """Say something that the reader should know and that proves nothing wrong."""
        self.found.append((NOTE, sentence, values))

    def removed(self, sentence: str, **values: object) -> None:
        """Say what is not here because its owner decided so, in a row that they signed."""
        self.found.append((REMOVED, sentence, values))

    def unchecked(self, sentence: str, **values: object) -> None:
        """Say what could not be checked, and why."""
        self.found.append((UNCHECKED, sentence, values))

    def broken(self, sentence: str, **values: object) -> None:
        """Say what does not hold."""
        self.found.append((BROKEN, sentence, values))

    @property
    def state(self) -> str:
        """The worst of what was found."""
        return max((state for state, _s, _v in self.found), key=_WORST.index, default=HELD)

    def words(self, language: str) -> List[str]:
        """Return the sentences of the worst state first; the good ones only if all is good."""
        state = self.state
        shown = [one for one in self.found if one[0] == state]
        if state in (UNCHECKED, HELD):
            shown += [one for one in self.found if one[0] == NOTE]
        lines = [safe(translated(text, language).format(**values)) for _s, text, values in shown]
        lines = list(dict.fromkeys(lines))
        if len(lines) > MOST_LINES:
            more = translated(_("and {count} more like these."), language)
            lines[MOST_LINES:] = [more.format(count=len(lines) - MOST_LINES)]
        return lines


class Report:
    """All checks, in the order in which they were made."""

    def __init__(self) -> None:
        self.checks: List[Check] = []
        self.signers: List[str] = []

    def check(self, name: str) -> Check:
        """Return the check of that name; it is begun if it is new."""
        for one in self.checks:
            if one.name == name:
                return one
        self.checks.append(Check(name))
        return self.checks[-1]

    @property
    def exit_code(self) -> int:
        """0 holds, 1 does not hold, 3 could not check."""
        states = {one.state for one in self.checks}
        if BROKEN in states:
            return 1
        return 3 if UNCHECKED in states or not states else 0


def safe(text: str) -> str:
    """Return text in which nothing can move the cursor or turn the direction of writing."""
    return re.sub(
        "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
        lambda found: "<U+%04X>" % ord(found.group()),
        text,
    )


def sha256(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def canonical(value: object) -> bytes:
    """Return the one way of writing a value (RFC 8785, for whole numbers and ASCII keys)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def parsed(content: bytes) -> Json:
    """Return a JSON object; an empty one where the bytes are none."""
    try:
        value = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def part_of(value: object, *keys: str) -> Any:
    """Return what lies under keys in objects within objects, None where there is no such thing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def objects(value: object) -> List[Json]:
    """Return the objects of a list; an empty list where there is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def moment(text: object) -> Optional[datetime]:
    """Return a moment in UTC, None where the text is none."""
    form = "%Y-%m-%dT%H:%M:%S.%fZ" if "." in str(text) else "%Y-%m-%dT%H:%M:%SZ"
    try:
        return datetime.strptime(str(text), form).replace(tzinfo=timezone.utc)
    except ValueError:
        return None


# ---------------------------------------------------------------------------------------------
# 2. Places: a folder, a ZIP file, a ZIP file in a ZIP file
# ---------------------------------------------------------------------------------------------


class Readable(Protocol):
    """A file that can be read at any place."""

    def read(self, n: int = -1, /) -> bytes:
        """Return up to `n` bytes, empty at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""

    def close(self) -> None:
        """Be done with it."""


class Place:
    """Files by name, with "/" between folders."""

    def names(self) -> List[str]:
        """Return the names of all files."""
        raise NotImplementedError

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        raise NotImplementedError

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of an entry, unpacked; refuse what is not as the ZIP tells it."""
        """Yield a file's bytes."""
        raise NotImplementedError

    def file(self, name: str) -> Readable:
        """Return a file that can be read at any place."""
        raise NotImplementedError

    def has(self, name: str) -> bool:
        """Return whether there is such a file."""
        return name in self.names()

    def read(self, name: str) -> bytes:
        """Return a small file whole."""
        if self.size(name) > SMALL:
            raise Unusable(_("{name} is too large to be what it should be."), name=name)
        return b"".join(self.chunks(name))

    def sha256(self, name: str) -> Tuple[str, int]:
        """Return a file's SHA-256 and how many bytes were hashed."""
        digest, size = hashlib.sha256(), 0
        for chunk in self.chunks(name):
            digest.update(chunk)
            size += len(chunk)
        return digest.hexdigest(), size


class Folder(Place):
    """A folder on disk. Links are not followed: they could lead anywhere."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._sizes: Dict[str, int] = {}
        self.links: List[str] = []
        for here, folders, files in os.walk(path):
            folders.sort()
            for name in files + folders:
                whole = os.path.join(here, name)
                relative = os.path.relpath(whole, path).replace(os.sep, "/")
                if os.path.islink(whole):
                    self.links.append(relative)
                elif name in files:
                    self._sizes[relative] = os.path.getsize(whole)

    def names(self) -> List[str]:
        return list(self._sizes)

    def has(self, name: str) -> bool:
        return name in self._sizes

    def size(self, name: str) -> int:
        return self._sizes[name]

    def chunks(self, name: str) -> Iterator[bytes]:
        with closing(self.file(name)) as file:
            while True:
                chunk = file.read(STEP)
                if not chunk:
                    return
                yield chunk

    def file(self, name: str) -> Readable:
        return open(os.path.join(self.path, *name.split("/")), "rb")


class Window:
    """A part of a file, read as if it were a file."""

    def __init__(self, file: Readable, start: int, size: int) -> None:
        self._file, self._size, self._place = file, size, 0
        self.start = start

    @property
    def under(self) -> Readable:
        """The file of which this is a part."""
        return self._file

    def read(self, n: int = -1) -> bytes:
        left = self._size - self._place
        self._file.seek(self.start + self._place)
        got = self._file.read(left if n < 0 else min(n, left))
        self._place += len(got)
        return got

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._place, self._size)[whence]
        self._place = max(0, min(base + offset, self._size))
        return self._place

    def tell(self) -> int:
        return self._place

    def close(self) -> None:
        """Leave the file open: it belongs to the ZIP."""


class Entry:
    """One member of a ZIP file, as its directory describes it."""

    def __init__(self, name: str, head: Tuple[int, ...], sizes: Tuple[int, int, int]) -> None:
        self.name = name
        self.flags, self.method, self.crc, self.attributes = head
        self.packed, self.size, self.offset = sizes
        self.start = 0


class Zip(Place):
    """A ZIP file, read strictly: whatever two programs could read differently is refused.

    Members must lie one behind the other from the first byte to the directory, and what stands
    before each must say the same as the directory (APPNOTE 6.3, sections 4.3 and 4.4).
    """

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._length = file.seek(0, 2)
        self.problems: List[Tuple[str, Json]] = []
        self._entries: Dict[str, Entry] = {}
        count, size, start = self._end()
        entries = self._directory(count, size, start)
        self._examine(entries, start)

    def names(self) -> List[str]:
        return list(self._entries)

    def has(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        return self._entries[name].size

    def stored(self, name: str) -> bool:
        """Return whether a member lies in the file as it is, unpacked."""
        return self._entries[name].method == 0

    def file(self, name: str) -> Readable:
        entry = self._entries[name]
        if entry.method:
            raise Unusable(_("{name} is packed inside the ZIP and must not be."), name=name)
        return Window(self._file, entry.start, entry.size)

    def chunks(self, name: str) -> Iterator[bytes]:
        entry = self._entries[name]
        crc, size = 0, 0
        for chunk in self._unpacked(entry):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            if size > entry.size:
                break
            yield chunk
        if size != entry.size or crc != entry.crc:
            raise Unusable(_("{name} is damaged inside the ZIP."), name=name)

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        packed = Window(self._file, entry.start, entry.packed)
        machine = zlib.decompressobj(-15) if entry.method else None
        while True:
            chunk = packed.read(STEP)
            if not chunk:
                return
            if machine is None:
                yield chunk
                continue
            while chunk:
                try:
                    yield machine.decompress(chunk, STEP)
                except zlib.error:
                    return
                chunk = machine.unconsumed_tail

    def _end(self) -> Tuple[int, int, int]:
        """Find the end record: count, size and place of the directory."""
        tail_start = max(0, self._length - 65_557)
        self._file.seek(tail_start)
        tail = self._file.read()
        place = tail.rfind(b"PK\x05\x06")
        if place < 0 or len(tail) < place + 22:
            raise Unusable(_("The ZIP file has no end: it was cut off, or is no ZIP file."))
        disk, first, here, count, size, start, comment = struct.unpack(
            "<4H2LH", tail[place + 4 : place + 22]
        )
        if disk or first or here != count or place + 22 + comment != len(tail):
            raise Unusable(_("The end of the ZIP file is not as it should be."))
        end = tail_start + place
        if count == 0xFFFF or 0xFFFFFFFF in (size, start):
            count, size, start, end = self._big_end(end)
        if start + size != end:
            self._problem(_("Bytes lie hidden between the directory of the ZIP and its end."))
        if size > SMALL or count > MOST_MEMBERS or start + size > end:
            raise Unusable(_("The directory of the ZIP file is not as it should be."))
        return count, size, start

    def _big_end(self, end: int) -> Tuple[int, int, int, int]:
        self._file.seek(max(0, end - 20))
        mark, _disk, place, _disks = struct.unpack("<LLQL", self._file.read(20))
        self._file.seek(min(place, self._length))
        record = self._file.read(56)
        if mark != 0x07064B50 or len(record) < 56 or record[:4] != b"PK\x06\x06":
            raise Unusable(_("The end of the ZIP file is not as it should be."))
        count, size, start = struct.unpack("<3Q", record[32:56])
        return count, size, start, place

    def _directory(self, count: int, size: int, start: int) -> List[Entry]:
        self._file.seek(start)
        held, place, entries = self._file.read(size), 0, []
        for _n in range(count):
            head = held[place : place + 46]
            if len(head) < 46 or head[:4] != b"PK\x01\x02":
                raise Unusable(_("The directory of the ZIP file is not as it should be."))
            (flags, method, _time, crc, packed, whole, n, x, c, _disk, _int, attributes, offset) = (
                struct.unpack("<2HL3L5H2L", head[8:46])
            )
            name = held[place + 46 : place + 46 + n].decode("utf-8", "surrogateescape")
            extra = held[place + 46 + n : place + 46 + n + x]
            sizes = _big_sizes(extra, [whole, packed, offset])
            entries.append(
                Entry(name, (flags, method, crc, attributes), (sizes[1], sizes[0], sizes[2]))
            )
            place += 46 + n + x + c
        if place != size:
            self._problem(_("Bytes lie hidden in the directory of the ZIP."))
        return entries

    def _examine(self, entries: List[Entry], directory: int) -> None:
        seen: Dict[str, str] = {}
        end = 0
        for entry in sorted(entries, key=lambda one: one.offset):
            self._examine_name(entry, seen)
            if entry.offset != end and not self._is_descriptor(end, entry.offset):
                self._problem(
                    _("{name} overlaps another file of the ZIP, or hidden bytes lie before it."),
                    name=entry.name,
                )
            end = self._examine_local(entry)
            if not entry.name.endswith("/"):
                self._entries.setdefault(entry.name, entry)
        if end != directory and not self._is_descriptor(end, directory):
            self._problem(_("Bytes lie hidden before the directory of the ZIP."))

    def _examine_name(self, entry: Entry, seen: Dict[str, str]) -> None:
        name = entry.name
        steps = name.rstrip("/").split("/")
        if (
            {"", ".", ".."} & set(steps)
            or re.search("[\\\\:\x00-\x1f\x7f\ud800-\udfff]", name)
            or (entry.attributes >> 16) & 0o170000 == 0o120000
        ):
            self._problem(_("{name} is a name that leads out of the package."), name=name)
        # Some systems take names for one that differ in capitals only.
        if name.casefold() in seen:
            self._problem(_("{name} is in the ZIP twice."), name=name)
        seen[name.casefold()] = name

    def _examine_local(self, entry: Entry) -> int:
        """Compare what stands before a member with the directory; return where the member ends."""
        self._file.seek(min(entry.offset, self._length))
        head = self._file.read(30)
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            raise Unusable(_("{name} is not where the ZIP says it is."), name=entry.name)
        flags, method, _time, crc, packed, size, n, x = struct.unpack("<2HL3L2H", head[6:30])
        name = self._file.read(n).decode("utf-8", "surrogateescape")
        sizes = _big_sizes(self._file.read(x), [size, packed])
        later = bool(flags & 8)  # sizes stand behind the member
        same = (sizes[0], sizes[1], crc) == (entry.size, entry.packed, entry.crc) or later
        if (name, method, flags) != (entry.name, entry.method, entry.flags) or not same:
            self._problem(_("The ZIP says two different things about {name}."), name=entry.name)
        if flags & 1 or method not in (0, 8):
            self._problem(_("{name} is encrypted or packed in an unknown way."), name=entry.name)
        if method == 0 and entry.size != entry.packed:
            self._problem(_("The ZIP lies about the size of {name}."), name=entry.name)
        if entry.size > max(entry.packed, 100) * MOST_RATIO:
            self._problem(_("{name} claims to unpack to an impossible size."), name=entry.name)
        entry.start = entry.offset + 30 + n + x
        return entry.start + entry.packed

    def _is_descriptor(self, start: int, end: int) -> bool:
        """Return whether the bytes between two members are the sizes of the first one."""
        if end - start not in (12, 16, 20, 24):
            return False
        self._file.seek(start)
        return end - start in (12, 20) or self._file.read(4) == b"PK\x07\x08"

    def _problem(self, sentence: str, **values: object) -> None:
        self.problems.append((sentence, values))


def _big_sizes(extra: bytes, sizes: List[int]) -> List[int]:
    """Return sizes, those that do not fit into 32 bits taken from the extra field of ZIP64."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<2H", extra[:4])
        held, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == 1:
            for n, size in enumerate(sizes):
                if size == 0xFFFFFFFF and len(held) >= 8:
                    sizes[n], held = struct.unpack("<Q", held[:8])[0], held[8:]
    return sizes


# ---------------------------------------------------------------------------------------------
# 3. Signatures and certificates: the openssl program
# ---------------------------------------------------------------------------------------------


def from_pem(pem: str) -> List[bytes]:
    """Return the DER of each block of a PEM text."""
    found = re.findall("-----BEGIN [A-Z ]+-----(.*?)-----END", pem, re.DOTALL)
    try:
        return [base64.b64decode("".join(one.split()), validate=True) for one in found]
    except (ValueError, binascii.Error):
        return []


def as_pem(der: bytes, kind: str) -> str:
    """Return DER as PEM."""
    text = base64.b64encode(der).decode("ascii")
    lines = [text[n : n + 64] for n in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN %s-----" % kind, *lines, "-----END %s-----" % kind, ""])


def fingerprint(pem: str) -> str:
    """Return the SHA-256 of the DER of a public key, empty where there is not exactly one."""
    blocks = from_pem(pem)
    return sha256(blocks[0]) if len(blocks) == 1 else ""


class Missing(Exception):
    """The openssl program is not there, or cannot do what is asked."""


class Openssl:
    """Answers by running `openssl`: True, False, or Missing is raised."""

    def __init__(self) -> None:
        self.program = shutil.which("openssl")

    def ed25519(self, pem: str, message: bytes, signature: bytes) -> bool:
        """Return whether a signature is that of the key."""
        return self._signature(pem, message, signature, "-rawin")

    def ed25519_many(self, asked: Sequence[Tuple[str, bytes, bytes]]) -> List[bool]:
        """Answer for many signatures: key, message, signature of each."""
        return [self.ed25519(*one) for one in asked]

    def ecdsa(self, pem: str, message: bytes, signature: bytes) -> bool:
        """Return whether a signature (DER) over the SHA-256 of a message is that of the key."""
        return self._signature(pem, message, signature, "-rawin", "-digest", "sha256")

    def _signature(self, pem: str, message: bytes, signature: bytes, *options: str) -> bool:
        files = {"key": pem.encode("ascii", "replace"), "message": message, "signature": signature}
        arguments = ("pkeyutl", "-verify", "-pubin", "-inkey", "key", "-in", "message")
        code, said = self._run(files, *arguments, "-sigfile", "signature", *options)
        if "Verified Successfully" in said:
            return True
        if code and ("Unknown option" in said or "unknown option" in said):
            raise Missing
        return False

    def timestamp(self, token: bytes, imprint: str, roots: Sequence[bytes], **more: Any) -> str:
        """Return "" if a timestamp holds at its own time, else what openssl says against it.

        Keyword arguments: `chain` (further certificates, DER), `at` (seconds since 1970), `kind`
        of the digest.
        """
        files = {"token": token, **_certificates(roots, more["chain"])}
        arguments = ["ts", "-verify", "-in", "token", "-digest", imprint, "-CAfile", "roots"]
        if more["chain"]:
            arguments += ["-untrusted", "chain"]
        code, said = self._run(files, *arguments, "-attime", str(more["at"]))
        return "" if "Verification: OK" in said and not code else _reason(said)

    def chain(self, leaf: bytes, roots: Sequence[bytes], **more: Any) -> str:
        """Return "" if a certificate (DER) held at a time for a host, else what speaks against.

        Keyword arguments: `chain`, `at` as above, `host`.
        """
        files = {
            "leaf": as_pem(leaf, "CERTIFICATE").encode(),
            **_certificates(roots, more["chain"]),
        }
        arguments = ["verify", "-CAfile", "roots", "-attime", str(more["at"])]
        if more["chain"]:
            arguments += ["-untrusted", "chain"]
        arguments += ["-verify_hostname", more["host"], "-purpose", "sslserver", "leaf"]
        code, said = self._run(files, *arguments)
        return "" if code == 0 and "leaf: OK" in said else _reason(said)

    def key_of(self, certificate: bytes) -> str:
        """Return the public key (PEM) of a certificate (DER), empty where it cannot be had."""
        files = {"leaf": as_pem(certificate, "CERTIFICATE").encode()}
        _code, said = self._run(files, "x509", "-in", "leaf", "-noout", "-pubkey")
        found = re.search(
            "-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----\n", said, re.DOTALL
        )
        return found.group() if found else ""

    def _run(self, files: Dict[str, bytes], *arguments: str) -> Tuple[int, str]:
        if self.program is None:
            raise Missing
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(content)
            environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
            if "SYSTEMROOT" in os.environ:
                environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
            try:
                done = subprocess.run(  # noqa: S603 - openssl, with files of our own making
                    [self.program, *arguments],
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    timeout=60,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise Missing from error
        return done.returncode, done.stdout.decode("utf-8", "replace")


def _certificates(roots: Sequence[bytes], chain: Sequence[bytes]) -> Dict[str, bytes]:
    """Return the files of trusted and of further certificates."""
    texts = [
        "".join(as_pem(one, "CERTIFICATE") for one in certificates)
        for certificates in (roots, chain)
    ]
    return {"roots": texts[0].encode(), "chain": texts[1].encode()}


def _reason(said: str) -> str:
    """Return the telling part of what openssl says."""
    found = re.findall(r"(?:error \d+ at \d+ depth lookup: ?|Verify error: ?)(.+)", said)
    found = found or re.findall(r":([^:\n]+):[^:\n]*\.c:\d+:", said)
    return (found[-1] if found else said.strip().splitlines()[-1] if said.strip() else "?").strip()


def der_signature(signature: bytes) -> bytes:
    """Return an ECDSA signature in DER, from r and s one behind the other, or as it is."""
    half = len(signature) // 2
    if len(signature) not in (64, 96, 132) or (signature[:1] == b"\x30" and len(signature) != 64):
        return signature
    numbers = b""
    for part in (signature[:half], signature[half:]):
        bare = part.lstrip(b"\0") or b"\0"
        bare = b"\0" + bare if bare[0] & 0x80 else bare
        numbers += b"\x02" + bytes([len(bare)]) + bare
    head = bytes([len(numbers)]) if len(numbers) < 128 else b"\x81" + bytes([len(numbers)])
    return b"\x30" + head + numbers


# ---------------------------------------------------------------------------------------------
# 4. Recordings: WARC/1.1 (ISO 28500:2017)
# ---------------------------------------------------------------------------------------------


KNOWN_DIGESTS = ("md5", "sha1", "sha256", "sha384", "sha512")


class Record:
    """One record: where it lies, what it says of itself, what its bytes are."""

    def __init__(self, offset: int) -> None:
        self.offset, self.length = offset, 0
        self.sha256 = ""  # of the stored bytes
        self.headers: Dict[str, str] = {}
        self.block_sha256 = ""
        self.payload_kind = self.payload_digest = ""  # empty where the record is too large
        self.status = ""

    @property
    def kind(self) -> str:
        """The WARC-Type."""
        return self.headers.get("warc-type", "").lower()

    @property
    def id(self) -> str:
        """The record's id, without angle brackets."""
        return self.headers.get("warc-record-id", "").strip("<>")

    @property
    def url(self) -> str:
        """The address asked."""
        return self.headers.get("warc-target-uri", "").strip("<>")


class _Reading:
    """Takes the unpacked bytes of records one behind the other and gives finished records."""

    def __init__(self) -> None:
        self._head = b""
        self._block: List[bytes] = []
        self._digest = hashlib.sha256()
        self._others: Dict[str, Any] = {}
        self._left = -1
        self._whole = True
        self.record: Optional[Record] = None

    def feed(self, held: bytes, offset: int) -> Iterator[Record]:
        """Take the next bytes of a recording, and yield each record that ends in them."""
        while held:
            if self._left < 0:
                held = self._read_head(held, offset)
            if self.record is not None and self._left >= 0:
                taken, held = held[: self._left], held[self._left :]
                self._take(taken)
                if self._left == 0:
                    yield self._finish()

    @property
    def in_between(self) -> bool:
        """Whether no record is begun."""
        return self._left < 0 and not self._head.strip()

    def _read_head(self, held: bytes, offset: int) -> bytes:
        if not self._head:
            held = held.lstrip(b"\r\n")
        self._head += held
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            if len(self._head) > STEP:
                raise Unusable(_("A record of the recording has no end of headers."))
            return b""
        lines = self._head[:end].decode("utf-8", "replace").split("\r\n")
        rest, self._head = self._head[end + 4 :], b""
        record = Record(offset)
        for line in lines[1:]:
            name, _colon, value = line.partition(":")
            record.headers.setdefault(name.strip().lower(), value.strip())
        length = record.headers.get("content-length", "")
        if not lines[0].startswith("WARC/1.") or not re.fullmatch("[0-9]{1,15}", length):
            raise Unusable(_("A record of the recording cannot be read."))
        self.record, self._left = record, int(length)
        self._digest, self._block, self._whole = hashlib.sha256(), [], self._left <= LARGEST_BLOCK
        self._others = other_digests(record)
        return rest

    def _take(self, taken: bytes) -> None:
        self._left -= len(taken)
        self._digest.update(taken)
        for other in self._others.values():
            other.update(taken)
        if self._whole:
            self._block.append(taken)

    def _finish(self) -> Record:
        record, self.record, self._left = self.record, None, -1
        assert record is not None
        record.block_sha256 = self._digest.hexdigest()
        for kind, other in self._others.items():
            record.headers["block as " + kind] = other.hexdigest()
        if self._whole:
            _look_at_payload(record, b"".join(self._block))
        self._block = []
        return record


def other_digests(record: Record) -> Dict[str, Any]:
    """Return a hash object for each digest but SHA-256 that the record claims of its block."""
    kind = record.headers.get("warc-block-digest", "").partition(":")[0].lower().replace("-", "")
    return {kind: hashlib.new(kind)} if kind in KNOWN_DIGESTS and kind != "sha256" else {}


def _look_at_payload(record: Record, block: bytes) -> None:
    """Work out the digest of a page, in the way in which the record's own digest was made.

    WARC/1.1, section 5.9, means the page without its transfer coding; most crawlers hash all that
    follows the headers; and servers break the rules of HTTP in several ways. The block's digest,
    which needs no such reading, is what binds.
    """
    kind, value = claimed(record.headers.get("warc-payload-digest", ""))
    kind = kind if kind in KNOWN_DIGESTS else "sha256"
    best = ""
    for payload in _payloads(record, block):
        digest = hashlib.new(kind, payload).hexdigest()
        best = best or digest
        if digest == value:
            best = digest
            break
    record.payload_kind, record.payload_digest = kind, best


def _payloads(record: Record, block: bytes) -> Iterator[bytes]:
    """Yield what may be meant by the payload of a record, the likeliest first."""
    if record.kind not in ("response", "request", "revisit"):
        yield block
        return
    start = 0
    while True:  # interim (1xx) answers stand before the answer
        found = re.compile(rb"\r?\n\r?\n").search(block, start)
        end = found.end() if found else len(block)
        head = block[start:end]
        if found is None or not re.match(rb"HTTP/1\.[0-9] 1(?!01)\d\d", head):
            break
        start = end
    status = re.match(rb"HTTP/1\.[0-9] (\d{3})", head)
    record.status = status.group(1).decode() if status else ""
    raw = block[end:]
    length = re.search(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", head)
    if re.search(rb"(?im)^transfer-encoding:.*chunked[ \t]*\r?$", head):
        yield _without_chunks(raw)
    elif length and record.status not in ("204", "304"):
        yield raw[: int(length.group(1))]
    yield raw
    yield b""


def _without_chunks(raw: bytes) -> bytes:
    """Return a body without its chunks; as it is where it has none, or they make no sense."""
    parts: List[bytes] = []
    place = 0
    while True:
        line = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n").match(raw, place)
        if line is None:
            return raw if not parts else b"".join(parts)
        size = int(line.group(1), 16)
        if size == 0:
            return b"".join(parts)
        parts.append(raw[line.end() : line.end() + size])
        place = line.end() + size
        place += 2 if raw[place : place + 2] == b"\r\n" else 1


def records(file: Readable, unpacker: Any = None) -> Iterator[Record]:
    """Yield the records of a recording, plain or packed by gzip, in constant memory.

    Raises Unusable where the recording is damaged or ends too early.
    """
    file.seek(0)
    mark = file.read(3)
    file.seek(0)
    if mark[:2] == b"\x1f\x8b":
        yield from _packed_records(file, unpacker or (lambda: zlib.decompressobj(31)))
    elif mark:
        yield from _plain_records(file)


def _plain_records(file: Readable) -> Iterator[Record]:
    """Records of a plain recording are as long as they say; their stored digest is not needed."""
    reading, offset, chunk = _Reading(), 0, file.read(STEP)
    while chunk:
        for record in reading.feed(chunk, offset):
            yield record
        offset += len(chunk)
        chunk = file.read(STEP)
    if not reading.in_between:
        raise Unusable(_("The recording ends in the middle of a record."))


def _packed_records(file: Readable, unpacker: Any) -> Iterator[Record]:
    place, held = 0, file.read(STEP)
    while held:
        if held[:2] != b"\x1f\x8b":
            if not held.strip(b"\0"):
                return
            raise Unusable(_("The recording is damaged behind byte {place}."), place=place)
        found, size, held = _member(file, unpacker(), held, place)
        yield from found
        place += size
        held = held or file.read(STEP)


def _member(
    file: Readable, machine: Any, held: bytes, place: int
) -> Tuple[List[Record], int, bytes]:
    """Read one gzip member: its records, its size, and the bytes read beyond it."""
    reading, stored, size = _Reading(), hashlib.sha256(), 0
    found: List[Record] = []
    while not machine.eof:
        held = held or file.read(STEP)
        if not held:
            raise Unusable(_("The recording ends in the middle of a record."))
        try:
            unpacked = machine.decompress(held, STEP)
        except (zlib.error, ValueError, OSError) as error:
            raise Unusable(
                _("The recording is damaged behind byte {place}."), place=place
            ) from error
        rest = machine.unused_data if machine.eof else machine.unconsumed_tail
        used = len(held) - len(rest)
        stored.update(held[:used])
        size, held = size + used, rest
        found.extend(reading.feed(unpacked, place))
    if not reading.in_between:
        raise Unusable(_("The recording ends in the middle of a record."))
    for record in found:
        record.length, record.sha256 = size, stored.hexdigest()
    return found, size, held


@lru_cache(maxsize=4096)
def claimed(label: str) -> Tuple[str, str]:
    """Return algorithm and hexadecimal value of a digest as records write it (base 16 or 32)."""
    kind, _colon, value = label.strip().partition(":")
    kind = kind.lower().replace("-", "")
    try:
        size = hashlib.new(kind).digest_size
        if len(value) != 2 * size:
            bare = value.rstrip("=").upper()
            value = base64.b32decode(bare + "=" * (-len(bare) % 8)).hex()
    except (ValueError, binascii.Error):
        return kind, ""
    return kind, value.lower()


def digests_hold(record: Record) -> bool:
    """Return whether the bytes of a record are those that its own block digest was made of."""
    kind, value = claimed(record.headers.get("warc-block-digest", ""))
    block = record.block_sha256 if kind == "sha256" else record.headers.get("block as " + kind)
    return not kind or block is None or value == block


def payload_holds(record: Record) -> bool:
    """Return whether a page is that of which the record's payload digest was made."""
    kind, value = claimed(record.headers.get("warc-payload-digest", ""))
    if record.kind == "revisit" or kind not in KNOWN_DIGESTS or not record.payload_digest:
        return True
    return value == record.payload_digest


# ---------------------------------------------------------------------------------------------
# 5. Packages: WACZ 1.1.1 and wacz-auth 0.1.0
# ---------------------------------------------------------------------------------------------


class Tools:
    """What a check needs beside its object: openssl, roots, what the reader gave."""

    def __init__(self, crypto: Optional[Openssl] = None) -> None:
        self.crypto = crypto or Openssl()
        self.unpacker: Any = None  # makes a faster machine than zlib's, if there is one
        self.signer = ""  # fingerprint that the reader expects
        self.roots: List[bytes] = []  # DER, trusted by the reader
        self.blocks: Dict[int, bytes] = {}  # headers of Bitcoin blocks

    def recordings(self, place: Place, names: Sequence[str]) -> Iterator["Recording"]:
        """Yield recordings one after the other; habeas puts several processes in its place."""
        for name in names:
            yield read_recording(place, name, self)


class Recording:
    """What was found in one recording of a package or store."""

    def __init__(self, name: str) -> None:
        self.name, self.sha256, self.size = name, "", 0
        self.records: List[Record] = []
        self.problem: Optional[Unusable] = None


class _Hashed(Window):
    """Passes bytes on and hashes them on the way, so that a recording is read once only."""

    def __init__(self, file: Readable, size: int) -> None:
        super().__init__(file, 0, size)
        self.digest, self.hashed = hashlib.sha256(), 0

    def read(self, n: int = -1) -> bytes:
        place = self.tell()
        got = super().read(n)
        if place + len(got) > self.hashed:
            self.digest.update(got[self.hashed - place :])
            self.hashed = place + len(got)
        return got


def read_recording(place: Place, name: str, tools: Tools) -> Recording:
    """Read a recording once: its own SHA-256, and every record."""
    found = Recording(name)
    try:
        with closing(place.file(name)) as file:
            hashed = _Hashed(file, place.size(name))
            try:
                found.records = list(records(hashed, tools.unpacker))
            except Unusable as problem:
                found.problem = problem
            while hashed.read(STEP):
                pass
            found.sha256, found.size = hashed.digest.hexdigest(), hashed.hashed
    except (Unusable, OSError) as problem:
        found.problem = _as_unusable(problem, name)
    return found


def _as_unusable(problem: Exception, name: str) -> Unusable:
    if isinstance(problem, Unusable):
        return problem
    return Unusable(_("{name} cannot be read."), name=name)


class Package:
    """A WACZ: its place, its lists, its recordings."""

    def __init__(self, place: Place, tools: Tools) -> None:
        self.place, self.tools = place, tools
        self.listed: Json = {}
        self.recordings: Dict[str, Recording] = {}
        self.strict = place.has("seals/log.txt")  # one of ours: then more is demanded
        self.signed_by = ""  # SHA-256 of the key of its own signature

    def check(self, report: Report) -> None:
        """Make all checks of a package as such."""
        files = report.check("package.files")
        check, count = report.check("package.records"), 0
        names = sorted(name for name in self.place.names() if name.startswith("archive/"))
        for recording in self.tools.recordings(self.place, names):
            self.recordings[recording.name] = recording
            count += check_records(check, recording)
        say_records(check, count)
        self._check_files(files)
        self._check_index(report.check("package.index"))
        self._check_pages(report.check("package.pages"))
        check_wacz_signature(self, report)

    def _check_files(self, check: Check) -> None:
        for name in ("datapackage.json", "pages/pages.jsonl"):
            if not self.place.has(name):
                check.broken(
                    _("The file {name}, which every WACZ must have, is missing."), name=name
                )
        if not self.place.has("datapackage.json"):
            return
        raw = self.place.read("datapackage.json")
        self.listed = parsed(raw)
        self._check_list_digest(check, raw)
        listed = self._resources()
        here = set(self.place.names()) - {"datapackage.json", "datapackage-digest.json"}
        for name in sorted(here - set(listed)):
            check.broken(_("{name} is in the package but not in its list."), name=name)
        for name in sorted(set(listed) - here):
            check.broken(_("{name} is in the list but not in the package."), name=name)
        for name in sorted(here & set(listed)):
            self._check_listed(check, name, *listed[name])
        if check.state == HELD:
            check.held(
                _("All {count} files are those of the package's list, byte for byte."),
                count=len(listed),
            )

    def _check_list_digest(self, check: Check, raw: bytes) -> None:
        name = "datapackage-digest.json"
        digest = parsed(self.place.read(name)) if self.place.has(name) else {}
        if digest.get("hash") == "sha256:" + sha256(raw):
            return
        if digest or self.strict:
            check.broken(_("The package's list is not the one whose hash the package states."))
        elif str(self.listed.get("wacz_version", "")) != "1.0.0":
            check.note(_("The package does not state a hash of its own list."))

    def _resources(self) -> Dict[str, Tuple[str, object]]:
        listed: Dict[str, Tuple[str, object]] = {}
        for one in objects(self.listed.get("resources")):
            stats = one.get("stats")
            old = stats if isinstance(stats, dict) else {}  # WACZ 1.0.0
            digest = str(one.get("hash") or old.get("hash") or "")
            listed[str(one.get("path"))] = (digest, one.get("bytes", old.get("bytes")))
        return listed

    def _digest(self, name: str) -> Tuple[str, int]:
        """Return SHA-256 and size of a member; a recording was hashed while it was read."""
        read = self.recordings.get(name)
        return (read.sha256, read.size) if read and read.sha256 else self.place.sha256(name)

    def _check_listed(self, check: Check, name: str, digest: str, size: object) -> None:
        try:
            found, count = self._digest(name)
        except Unusable as problem:
            check.broken(problem.sentence, **problem.values)
            return
        if claimed(digest if ":" in digest else "sha256:" + digest) != ("sha256", found):
            check.broken(_("{name} is not the file whose hash the package states."), name=name)
        elif size != count:
            check.broken(_("{name} has another size than the package states."), name=name)
        if self.strict and isinstance(self.place, Zip) and not self.place.stored(name):
            check.broken(_("{name} is packed inside the ZIP and must not be."), name=name)

    def _lines(self, check: Check) -> Iterator[Tuple[str, str, Json]]:
        """Yield key, time and facts of each line of the index, plain or packed."""
        last = b""
        for name in sorted(self.place.names()):
            if not re.fullmatch(r"indexes/[^/]+\.cdxj?(\.gz)?", name):
                continue
            raw = self.place.read(name)
            for line in (_gunzipped(raw) if name.endswith(".gz") else raw).splitlines():
                if line < last:
                    check.broken(_("The index is not sorted: readers would miss entries."))
                last = line
                key, _space, rest = line.decode("utf-8", "replace").partition(" ")
                when, _space, facts = rest.partition(" ")
                if not key.startswith("!"):
                    yield key, when, parsed(facts.encode("utf-8"))

    def _check_index(self, check: Check) -> None:
        by_place = {
            (name.rpartition("/")[2], str(record.offset)): record
            for name, recording in self.recordings.items()
            for record in recording.records
        }
        missing = {key for key, one in by_place.items() if one.kind in ("response", "revisit")}
        count = 0
        for _key, when, facts in self._lines(check):
            count += 1
            where = (str(facts.get("filename")), str(facts.get("offset")))
            record = by_place.get(where)
            missing.discard(where)
            if record is None or not _entry_agrees(record, when, facts):
                check.broken(
                    _("The index says something else about {url} than the recording does."),
                    url=str(facts.get("url")),
                )
        if missing:
            check.broken(_("{count} answers are missing from the index."), count=len(missing))
        if check.state == HELD:
            check.held(
                _("All {count} entries of the index agree with the recordings."), count=count
            )

    def _check_pages(self, check: Check) -> None:
        dates: Dict[str, List[Optional[datetime]]] = {}
        for recording in self.recordings.values():
            for record in recording.records:
                when = moment(record.headers.get("warc-date"))
                dates.setdefault(record.url, []).append(when and when.replace(microsecond=0))
        lines = self.place.read("pages/pages.jsonl") if self.place.has("pages/pages.jsonl") else b""
        pages = [parsed(line) for line in lines.splitlines() if line.strip()]
        pages = [page for page in pages if "format" not in page]
        for page in pages:
            when, url = moment(page.get("ts")), str(page.get("url"))
            if when is None or url not in dates:
                check.broken(_("The page list names {url}, which was not recorded."), url=url)
            elif when.replace(microsecond=0) not in dates[url]:
                say = check.broken if self.strict else check.note
                say(_("The page list gives another time for {url} than the recording."), url=url)
        if not pages:
            check.note(_("The page list is empty."))
        elif check.state == HELD:
            check.held(
                _("All {count} listed pages are in the recordings, with their times."),
                count=len(pages),
            )


def check_records(check: Check, recording: Recording) -> int:
    """Check that a recording can be read to its end and fits its own digests; count its records."""
    name = recording.name
    if recording.problem is not None:
        check.broken(_("{name} is damaged or cut off."), name=name)
        check.broken(recording.problem.sentence, **recording.problem.values)
    for record in recording.records:
        if not digests_hold(record):
            check.broken(
                _("A record of {name} at byte {place} does not fit its own digest."),
                name=name,
                place=record.offset,
            )
        elif not payload_holds(record):
            said = record.headers.get("warc-block-digest")
            (check.note if said else check.broken)(
                _("The page in {name} at byte {place} does not fit its second digest."),
                name=name,
                place=record.offset,
            )
    return len(recording.records)


def say_records(check: Check, count: int) -> None:
    """Say how many records were checked."""
    if not count:
        check.broken(_("There is no recording."))
    elif check.state in (HELD, NOTE):
        check.held(
            _("All {count} records fit their own digests. That shows damage, not intent."),
            count=count,
        )


def _entry_agrees(record: Record, when: str, facts: Json) -> bool:
    date = moment(record.headers.get("warc-date"))
    digest = facts.get("digest")
    return bool(
        facts.get("url") == record.url
        and (not record.length or str(facts.get("length")) == str(record.length))
        and date is not None
        and when[:14] == date.strftime("%Y%m%d%H%M%S")
        and (not record.status or str(facts.get("status", record.status)) == record.status)
        and (not digest or claimed(_labelled(record, str(digest))) == _digest_of(record))
    )


def _labelled(record: Record, digest: str) -> str:
    """Return a digest with its label: some indexes leave out the label of SHA-1."""
    label = record.headers.get("warc-payload-digest", "").partition(":")[0]
    return digest if ":" in digest else "%s:%s" % (label, digest)


def _digest_of(record: Record) -> Tuple[str, str]:
    return claimed(record.headers.get("warc-payload-digest", ""))


def _gunzipped(raw: bytes) -> bytes:
    """Unpack an index, member by member, up to the size of what is read whole."""
    out = []
    left = SMALL
    while raw and left > 0:
        machine = zlib.decompressobj(31)
        try:
            out.append(machine.decompress(raw, left))
        except zlib.error:
            break
        left -= len(out[-1])
        raw = machine.unused_data
    return b"".join(out)


SIGNED_KEYS = {
    "hash", "created", "software", "version", "signature", "publicKey", "domain", "domainCert",
    "timeSignature", "timestampCert", "crossSignedCert",
}  # fmt: skip


def check_wacz_signature(package: Package, report: Report) -> None:
    """Check the one signature of a WACZ (wacz-auth 0.1.0, "Verification")."""
    check = report.check("package.signature")
    name = "datapackage-digest.json"
    digest = parsed(package.place.read(name)) if package.place.has(name) else {}
    signed = digest.get("signedData")
    if not isinstance(signed, dict):
        if package.strict:
            check.broken(_("The package is not signed, and a package with seals must be."))
        else:
            check.unchecked(
                _(
                    "The package is not signed: anybody can have changed it and made its hashes "
                    "anew."
                )
            )
        return
    if set(signed) - SIGNED_KEYS:
        check.broken(_("The signature carries what its format does not allow."))
    if signed.get("hash") != digest.get("hash"):
        check.broken(_("The signature is over another list than that of this package."))
    created = package.listed.get("created")
    if created is not None and created != signed.get("created"):
        check.broken(_("The package and its signature state different times."))
    try:
        if signed.get("publicKey"):
            package.signed_by = _check_anonymous(check, signed, package.tools)
        else:
            _check_domain(check, signed, package.tools)
    except Missing:
        _say_missing(check)


def _say_missing(check: Check) -> None:
    check.unchecked(
        _("The program openssl (3.0 or newer) is needed for this and was not found or is too old.")
    )


def _from_base64(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (ValueError, binascii.Error):
        return b""


def _check_anonymous(check: Check, signed: Json, tools: Tools) -> str:
    key = _from_base64(signed.get("publicKey"))
    message = str(signed.get("hash")).encode("utf-8")
    signature = der_signature(_from_base64(signed.get("signature")))
    if tools.crypto.ecdsa(as_pem(key, "PUBLIC KEY"), message, signature):
        check.held(
            _("The package's list carries a good signature of the key {key}."), key=sha256(key)
        )
    else:
        check.broken(_("The signature of the package's list is not that of its key."))
    return sha256(key)


def _check_domain(check: Check, signed: Json, tools: Tools) -> None:
    chain = from_pem(str(signed.get("domainCert")))
    signature = _from_base64(signed.get("signature"))
    if not chain or not signature:
        check.broken(_("The signature lacks its parts."))
        return
    crypto, message = tools.crypto, str(signed.get("hash")).encode("utf-8")
    if not crypto.ecdsa(crypto.key_of(chain[0]), message, signature):
        check.broken(_("The signature of the package's list is not that of its key."))
    token = read_token(_from_base64(signed.get("timeSignature")))
    created = moment(signed.get("created"))
    if token is None or created is None:
        check.broken(_("The signature's timestamp cannot be read."))
        return
    if abs(token.moment - created) > timedelta(minutes=10):
        check.broken(_("The signature states another time than its timestamp."))
    authority = from_pem(str(signed.get("timestampCert")))
    imprint = hashlib.new(token.digest, str(signed.get("signature")).encode("ascii")).hexdigest()
    _check_token(check, token, imprint, authority, tools)
    domain = str(signed.get("domain"))
    said = crypto.chain(
        chain[0], trusted(chain, tools), chain=chain[1:], at=_seconds(token.moment), host=domain
    )
    if said:
        check.broken(
            _("The certificate of {domain} does not lead to a trusted authority: {reason}."),
            domain=domain,
            reason=said,
        )
    if check.state == HELD:
        check.held(
            _("The package was signed by whoever held the certificate of {domain} on {moment}."),
            domain=domain,
            moment=shown(token.moment),
        )


def trusted(chain: Sequence[bytes], tools: Tools) -> List[bytes]:
    """Return trusted roots: the reader's, the system's, and enclosed ones that are known here."""
    known = [one for one in chain if sha256(one) in KNOWN_ROOTS]
    return [*tools.roots, *known, *system_roots()]


def system_roots() -> List[bytes]:
    """Return the certificates that this computer trusts, where they can be found as a file."""
    if not _SYSTEM_ROOTS:
        import ssl

        paths = ssl.get_default_verify_paths()
        candidates = (paths.cafile, paths.openssl_cafile, "/etc/ssl/certs/ca-certificates.crt")
        for path in candidates:
            if path and os.path.isfile(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    _SYSTEM_ROOTS.extend(from_pem(file.read()))
                break
    return _SYSTEM_ROOTS


_SYSTEM_ROOTS: List[bytes] = []


def shown(when: datetime) -> str:
    """Return a moment for a reader."""
    return when.strftime("%Y-%m-%d %H:%M:%S UTC")


def _seconds(when: datetime) -> int:
    return int(when.timestamp())


# ---------------------------------------------------------------------------------------------
# 6. The log of seals
# ---------------------------------------------------------------------------------------------


class Row:
    """One line of the log while it is looked at: a seal, or a row of custody."""

    def __init__(self, line: bytes, value: Json) -> None:
        self.is_seal = line.startswith(b'{"manifest":')
        self.manifest = line[12:-104] if self.is_seal else line
        self.value: Json = value["manifest"] if self.is_seal else value
        self.signature = _from_base64(value.get("signature")) if self.is_seal else b""
        self.hash = sha256(self.manifest)
        item = self.value.get("item")
        self.item: Json = item if isinstance(item, dict) else {}
        self.kind = str(self.item.get("kind") if self.is_seal else self.value.get("event"))

    def number(self, key: str) -> int:
        """Return a whole number of the row, 0 where there is none."""
        found = self.value.get(key)
        return found if isinstance(found, int) and not isinstance(found, bool) else 0


def read_row(line: bytes) -> Optional[Row]:
    """Return a row, None where a line is not exactly as the format says."""
    value = parsed(line)
    sealed = set(value) == {"manifest", "signature"}
    inner = value["manifest"] if sealed else value
    wanted = "habeas seal 1" if sealed else "habeas custody 1"
    if not isinstance(inner, dict) or inner.get("format") != wanted or canonical(value) != line:
        return None
    row = Row(line, value)
    return row if row.number("number") > 0 and sealed == row.is_seal else None


class Seal:
    """What is remembered of a seal."""

    __slots__ = ("created", "demands", "hash", "item", "kind", "number", "sequence", "signer")

    def __init__(self, row: Row) -> None:
        self.kind, self.hash = row.kind, row.hash
        self.number, self.sequence = row.number("number"), row.number("sequence")
        self.created = str(row.value.get("created"))
        self.signer = str(part_of(row.value, "key", "fingerprint"))
        self.demands = (
            part_of(row.value, "must_have", "rfc3161") or 0,
            part_of(row.value, "must_have", "opentimestamps") or 0,
        )
        self.item = row.item
        if row.kind in ("capture", "note"):
            # A store has very many: of their records, one digest is remembered.
            records = objects(row.item.get("records"))
            self.item = {
                "file": str(row.item.get("file")),
                "bytes": row.item.get("bytes"),
                "sha256": row.item.get("sha256"),
                "records": sha256(canonical([_bound(one) for one in records])),
                "stored": [str(one.get("sha256")) for one in records],
            }


def _bound(record: Json) -> Json:
    """Return what binds a record: all but the payload's digest, which the block's implies."""
    return {key: value for key, value in record.items() if key != "payload_sha256"}


class Chain:
    """Follows one of the two chains of the log."""

    def __init__(self, check: Check, number: str, previous: str) -> None:
        self._check, self._number, self._previous = check, number, previous
        self._last, self._hash, self.count, self.gaps = 0, NOTHING_BEFORE, 0, 0

    def take(self, row: Row) -> None:
        """Look whether a row follows from the one before."""
        n = row.number(self._number)
        if n <= self._last:
            self._check.broken(
                _("Row {n} stands in the wrong place: rows were moved or doubled."), n=n
            )
            return
        if n != self._last + 1:
            self.gaps += n - self._last - 1
        elif row.value.get(self._previous) != self._hash:
            self._check.broken(
                _("Row {n} does not follow from the row before it: one was changed."), n=n
            )
        self._last, self._hash, self.count = n, row.hash, self.count + 1

    def close(self, complete: bool) -> None:  # noqa: FBT001
        """Say what came of it."""
        if self.gaps and complete:
            self._check.broken(_("{count} rows of the chain are missing."), count=self.gaps)
        elif self.gaps:
            self._check.note(
                _(
                    "{count} rows about other captures are not enclosed; the others keep their "
                    "order."
                ),
                count=self.gaps,
            )
        if self._check.state in (HELD, NOTE):
            self._check.held(
                _("All {count} rows stand in their order, each bound to the one before."),
                count=self.count,
            )


class Keys:
    """The keys that the log introduces, and which are bound to each other."""

    def __init__(self, check: Check, complete: bool) -> None:  # noqa: FBT001
        self._check, self._complete = check, complete
        self.pem: Dict[str, str] = {}
        self.companions: Dict[str, str] = {}  # SHA-256 of a key for packages: its owner
        self.groups: List[List[str]] = []  # keys bound to each other by rotation
        self._active = ""

    def take(self, row: Row) -> str:
        """Return the key (PEM) by which a seal must be signed, empty where there is none."""
        signer = str(part_of(row.value, "key", "fingerprint"))
        if row.kind == "key":
            self._introduce(row, signer)
        elif signer != self._active and (self._complete or signer not in self.pem):
            self._check.broken(
                _("Seal {n} is signed by a key that was not the one to sign."),
                n=row.number("sequence"),
            )
        return self.pem.get(signer, "")

    def _introduce(self, row: Row, signer: str) -> None:
        pem, mark = str(row.item.get("pem")), str(row.item.get("fingerprint"))
        reason = row.item.get("reason")
        rotated = reason == "rotation"
        if (
            fingerprint(pem) != mark
            or signer != (self._active if rotated else mark)
            or (reason == "first" and self.pem)
        ):
            self._check.broken(
                _("Seal {n} introduces a key in a way that does not hold together."),
                n=row.number("sequence"),
            )
            return
        if rotated and self.groups:
            self.groups[-1].append(mark)
        else:
            self.groups.append([mark])
        self.pem[mark] = pem
        self._active = mark
        for der in from_pem(str(row.item.get("ecdsa_pem") or "")):
            self.companions[sha256(der)] = mark

    def bound_to(self, mark: str) -> List[str]:
        """Return all keys that rotations bind to a key, with itself."""
        return next((group for group in self.groups if mark in group), [])

    def close(self, seals: Sequence[Seal], tools: Tools) -> None:
        """Say who signed."""
        bound = self.bound_to(tools.signer)
        for seal in seals if tools.signer else ():
            if seal.signer not in bound:
                self._check.broken(
                    _("Seal {n} is signed by {key}, which is not the signer that you expect."),
                    n=seal.sequence,
                    key=seal.signer,
                )
        if len(self.groups) > 1:
            self._check.note(
                _("A key was lost and replaced by one for which the old key does not vouch.")
            )
        if not tools.signer:
            self._check.unchecked(
                _(
                    "Signed by {key}. Compare it with the fingerprint on the case sheet, or ask "
                    "its "
                    "owner by another way; then give it as --signer."
                ),
                key=", ".join(one for group in self.groups for one in group) or "?",
            )
        elif self._check.state in (HELD, NOTE):
            self._check.held(
                _("All seals are by the signer that you expect, or by keys bound to it.")
            )


class Log:
    """The rows of a log: all of them (a store), or those that concern what was exported."""

    BATCH = 50_000  # signatures waiting to be checked: some 100 MB

    def __init__(self, report: Report, tools: Tools, store: str, complete: bool) -> None:  # noqa: FBT001
        self.report, self.tools, self.complete = report, tools, complete
        self._store = store
        self.seals: List[Seal] = []
        self.custody: List[Tuple[int, str, str]] = []  # number, hash, item
        self.stamped: List[Tuple[str, str]] = []  # file, SHA-256
        self.bad: set[int] = set()  # sequences of seals whose word cannot be taken
        self.unsure = False  # whether there was no openssl to check signatures with
        self._rows = report.check("log.rows")
        self._chain = Chain(report.check("log.chain"), "number", "previous")
        self._seal_chain = Chain(report.check("seal.chain"), "sequence", "previous_seal")
        self._signatures = report.check("seal.signature")
        self.keys = Keys(report.check("seal.signer"), complete)
        self._times = report.check("seal.times")
        self._last_time: Optional[datetime] = None
        self._waiting: List[Tuple[int, str, bytes, bytes]] = []
        self._fragment: Optional[Tuple[int, bytes]] = None
        self._torn = self._good = self._unsealed = 0

    def read(self, lines: Iterable[bytes]) -> None:
        """Take all lines, then say what came of them."""
        for n, line in enumerate(lines, 1):
            self._take(n, line)
        if self._fragment is not None:
            self._say_not_a_row(self._fragment[0])
        self._check_signatures()
        self._close()

    def _take(self, n: int, line: bytes) -> None:
        row = read_row(line)
        if self._fragment is not None:
            if row is not None and _names_fragment(row, self._fragment[1]):
                self._torn += 1
            else:
                self._say_not_a_row(self._fragment[0])
        self._fragment = (n, line) if row is None else None
        if row is None:
            return
        self._chain.take(row)
        self._unsealed = 0 if row.is_seal else self._unsealed + 1
        if row.is_seal:
            self._take_seal(row)
        else:
            self._take_custody(row)

    def _say_not_a_row(self, n: int) -> None:
        self._rows.broken(_("Line {n} of the log is not a row: it was damaged or changed."), n=n)

    def _take_seal(self, row: Row) -> None:
        self._seal_chain.take(row)
        seal = Seal(row)
        self.seals.append(seal)
        if row.value.get("store") != self._store:
            self.bad.add(seal.sequence)
            self.report.check("store.identity").broken(
                _("Seal {n} belongs to another store."), n=seal.sequence
            )
        self._take_time(row, seal.sequence)
        pem = self.keys.take(row)
        algorithm = part_of(row.value, "key", "algorithm")
        if not pem or algorithm != "ed25519":
            self.bad.add(seal.sequence)
            self._signatures.broken(
                _("Seal {n} is signed by a key that nothing introduces."), n=seal.sequence
            )
            return
        self._waiting.append((seal.sequence, pem, row.manifest, row.signature))
        if len(self._waiting) >= self.BATCH:
            self._check_signatures()

    def _take_custody(self, row: Row) -> None:
        self.custody.append((row.number("number"), row.hash, str(row.value.get("item"))))
        if row.kind in ("stamped", "stamp_upgraded"):
            detail = row.value.get("detail")
            self.stamped.append((str(part_of(detail, "file")), str(part_of(detail, "sha256"))))

    def _take_time(self, row: Row, n: int) -> None:
        created = moment(row.value.get("created"))
        back = part_of(row.value, "clock", "back_ms") or 0
        if created is None:
            self._times.broken(_("Seal {n} does not say when it was made."), n=n)
            return
        if back:
            self._times.note(
                _("The clock was set back by {ms} ms before seal {n}; the seal says so."),
                ms=back,
                n=n,
            )
        elif self._last_time is not None and created < self._last_time:
            self._times.broken(_("Seal {n} claims to be older than the seal before it."), n=n)
        self._last_time = created

    def _check_signatures(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            answers = self.tools.crypto.ed25519_many([one[1:] for one in waiting])
        except Missing:
            _say_missing(self._signatures)
            self.unsure = True
            return
        for (n, _pem, _manifest, _signature), good in zip(waiting, answers):
            self._good += good
            if not good:
                self.bad.add(n)
                self._signatures.broken(
                    _("The signature of seal {n} is not good: the seal was changed."), n=n
                )

    def _close(self) -> None:
        if self._torn:
            self._rows.note(
                _("{count} rows were torn when a program stopped; the log says so itself."),
                count=self._torn,
            )
        if self._rows.state in (HELD, NOTE):
            self._rows.held(
                _("All {count} rows of the log are well-formed."), count=self._chain.count
            )
        self._chain.close(self.complete)
        self._seal_chain.close(self.complete)
        if not self.seals:
            self._signatures.broken(_("There is no seal."))
        elif self._signatures.state == HELD:
            self._signatures.held(_("All {count} seals carry good signatures."), count=self._good)
        self.keys.close(self.seals, self.tools)
        self.report.signers = [one for group in self.keys.groups for one in group]
        if self._times.state in (HELD, NOTE):
            self._times.held(_("By their own clock, the seals were made one after the other."))
        if self.complete:
            self._say_unsealed(self.report.check("log.sealed"))
        identity = self.report.check("store.identity")
        if identity.state == HELD:
            identity.held(_("All seals belong to one store, {store}."), store=self._store)

    def _say_unsealed(self, check: Check) -> None:
        if self._unsealed:
            check.note(_("{count} rows at the end are under no seal yet."), count=self._unsealed)
        else:
            check.held(_("Every row of the log is under a seal."))


def _names_fragment(row: Row, fragment: bytes) -> bool:
    detail = row.value.get("detail")
    return (
        row.kind == "torn"
        and part_of(detail, "sha256") == sha256(fragment)
        and part_of(detail, "bytes") == len(fragment)
    )


# ---------------------------------------------------------------------------------------------
# 7. Sealed items: captures, notes, imports, custody
# ---------------------------------------------------------------------------------------------


_COLLECTED = ("capture", "note", "import", "document")


def brought_files(seal: Seal) -> List[Json]:
    """Return the files that people brought and a seal covers: imports and documents."""
    if seal.kind == "document":
        return objects([seal.item])
    return objects(seal.item.get("files")) if seal.kind == "import" else []


class Removals:
    """What signed rows say was removed by policy, and whether they can be believed.

    A row is believed if its signature holds and its key is bound by rotations to the key of the
    seal that it names, or to the expected one. That a key was lost and replaced is not enough.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self.check = log.report.check("item.removed")
        self._rows: Dict[int, Seal] = {}  # by the sequence of the seal that was removed
        self._counts: Dict[int, int] = {}
        seals = {seal.sequence: seal for seal in log.seals}
        for row in log.seals:
            for one in objects(row.item.get("seals")) if row.kind == "removal" else ():
                named = seals.get(int(one.get("sequence") or 0))
                if named is not None or log.complete:
                    self._take(row, one, named)

    def _take(self, row: Seal, one: Json, named: Optional[Seal]) -> None:
        if named is None or named.hash != one.get("sha256") or named.sequence >= row.sequence:
            self.check.broken(
                _("Seal {n} says that something was removed that was never sealed here."),
                n=row.sequence,
            )
        elif named.kind not in _COLLECTED or _file_of(named) != one.get("file"):
            self.check.broken(
                _("Seal {n} names another file than the seal that it speaks of."), n=row.sequence
            )
        elif not self._believed(row, named):
            self.check.broken(
                _(
                    "Seal {n} says that {file} was removed, but its key has no word of the key "
                    "that sealed it: anybody could have written that."
                ),
                n=row.sequence,
                file=_file_of(named),
            )
        else:
            self._rows.setdefault(named.sequence, row)

    def _believed(self, row: Seal, named: Seal) -> bool:
        log = self._log
        if row.sequence in log.bad or any(one.sequence in log.bad for one in log.seals
                                          if one.kind == "key"):  # fmt: skip
            return False
        bound = log.keys.bound_to(row.signer)
        return named.signer in bound or (bool(log.tools.signer) and log.tools.signer in bound)

    def absent(self, seal: Seal) -> bool:
        """Return whether a file may be missing, because a row says that it was removed."""
        row = self._rows.get(seal.sequence)
        if row is not None and not self._log.unsure:
            self._counts[row.sequence] = self._counts.get(row.sequence, 0) + 1
        return row is not None and not self._log.unsure

    def name(self, seal: Seal) -> bool:
        """Return whether a row that is believed says that a file was removed."""
        return seal.sequence in self._rows

    def unsure(self, seal: Seal) -> bool:
        """Return whether a row says so, whose signature could not be checked."""
        return seal.sequence in self._rows and self._log.unsure

    def here(self, seal: Seal, again: bool) -> None:  # noqa: FBT001
        """Look whether a file that is here was to be removed; `again`: a later seal covers it."""
        if seal.sequence in self._rows and not again:
            self.check.broken(
                _("{file} is here, and seal {n} says that it was removed."),
                file=_file_of(seal),
                n=self._rows[seal.sequence].sequence,
            )

    @property
    def any(self) -> bool:
        """Whether a row that is believed says that something was removed."""
        return bool(self._rows)

    def close(self) -> None:
        """Say what was removed, row by row."""
        for row in self._log.seals:
            if row.sequence in self._counts:
                self.check.removed(
                    _(
                        "Removed by policy ({reason}), says signed seal {n} of {moment}: {count} "
                        "sealed files. What was in them is not here and cannot be checked here."
                    ),
                    count=self._counts[row.sequence],
                    reason=row.item.get("reason"),
                    n=row.sequence,
                    moment=row.created,
                )


def _file_of(seal: Seal) -> str:
    return str(seal.item.get("folder" if seal.kind == "import" else "file"))


class Items:
    """Compares what was sealed with what lies in a store or package, one recording at a time."""

    def __init__(self, log: Log, place: Place, veiled: Sequence[str] = ()) -> None:
        self._log, self._place, report = log, place, log.report
        self._veiled = set(veiled)
        self._sealed = {
            self._name(seal.item["file"]): seal
            for seal in log.seals
            if seal.kind in ("capture", "note")
        }
        self._removals = Removals(log)
        self._last = {_file_of(seal): seal for seal in log.seals if seal.kind in _COLLECTED}
        self._seen: set[str] = set()
        self._stored: set[str] = set()  # SHA-256 of each record met
        self._unsealed: List[Tuple[str, List[str]]] = []
        self._present, self._bytes = report.check("item.present"), report.check("item.bytes")
        self._records = report.check("item.records")
        self._without = report.check("item.unsealed")
        self._custody = report.check("custody.complete")

    def _name(self, file: str) -> str:
        return file if self._log.complete else "archive/" + file.rpartition("/")[2]

    def take(self, found: Recording) -> None:
        """Compare a recording with its seal."""
        stored = [record.sha256 for record in found.records]
        self._stored.update(stored)
        seal = self._sealed.get(found.name)
        if seal is None:
            self._unsealed.append((found.name, stored))
            return
        self._seen.add(found.name)
        self._here(seal)
        if (found.sha256, found.size) != (seal.item["sha256"], seal.item["bytes"]):
            self._say_changed(seal, str(seal.item["file"]))
        facts = [_sealed_facts(record) for record in found.records]
        if sha256(canonical(facts)) != seal.item["records"]:
            self._records.broken(
                _("The records of {file} are not those that seal {n} was made of."),
                file=seal.item["file"],
                n=seal.sequence,
            )

    def _say_changed(self, seal: Seal, file: str) -> None:
        self._bytes.broken(
            _("{file} is not what seal {n} was made of: it was changed after {moment}."),
            file=file,
            n=seal.sequence,
            moment=seal.created,
        )

    @property
    def removed(self) -> bool:
        """Whether a row that is believed says that something was removed."""
        return self._removals.any

    def _here(self, seal: Seal) -> None:
        # What was brought again after its removal has a seal of its own.
        self._removals.here(seal, again=self._last[_file_of(seal)] is not seal)

    def _absent(self, seal: Seal, file: str) -> None:
        """Say what it means that a sealed file is not here."""
        if self._removals.absent(seal):
            return
        if self._removals.unsure(seal):
            self._present.unchecked(
                _("{file} is missing. A seal says that it was removed; openssl must check it."),
                file=file,
            )
            return
        self._present.broken(
            _("{file}, which seal {n} covers, is missing."), file=file, n=seal.sequence
        )

    def close(self) -> None:
        """Say what came of it."""
        self._check_present()
        self._check_unsealed()
        if self._log.complete:
            self._check_brought()
            self._check_documents()
        self._check_custody()
        self._removals.close()
        for check, sentence in (
            (self._present, _("All {count} sealed captures and notes are here.")),
            (self._bytes, _("Every sealed file is, byte for byte, what was sealed.")),
            (self._records, _("Every record in them is as it was sealed.")),
            (self._without, _("Nothing lies here without a seal.")),
        ):
            if check.state in (HELD, NOTE):
                here = [one for one in self._sealed.values() if not self._removals.name(one)]
                check.held(sentence, count=len(here))

    def _check_present(self) -> None:
        if not self._sealed and not self._log.complete:
            self._present.broken(_("No capture is sealed here."))
        for name, seal in self._sealed.items():
            # Records may lie, unchanged, in another recording.
            here = name in self._seen or name in self._veiled
            if name in self._veiled:
                self._here(seal)
            if not here and not set(seal.item["stored"]) <= self._stored:
                self._absent(seal, str(seal.item["file"]))

    def _check_unsealed(self) -> None:
        sealed = {digest for seal in self._sealed.values() for digest in seal.item["stored"]}
        for name, stored in self._unsealed:
            if not stored or not set(stored) <= sealed:
                # In a store it may be what a stop left behind; a package was made on purpose.
                say = self._without.unchecked if self._log.complete else self._without.broken
                say(_("{name} lies here without a seal; nothing vouches for it."), name=name)

    def _check_documents(self) -> None:
        """Find documents that no seal names; they are called by their SHA-256."""
        sealed = {str(seal.item.get("file")) for seal in self._log.seals if seal.kind == "document"}
        for name in self._place.names():
            if re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{64}", name) and name not in sealed:
                self._without.unchecked(
                    _("{name} lies here without a seal; nothing vouches for it."), name=name
                )

    def _check_brought(self) -> None:
        for seal in self._log.seals:
            for one in brought_files(seal):
                name = str(one.get("file"))
                if not self._place.has(name):
                    self._absent(seal, name)
                    continue
                self._here(seal)
                if name in self._veiled:
                    continue
                if self._place.sha256(name)[0] != one.get("sha256"):
                    self._say_changed(seal, name)

    def _rows_by_item(self) -> Dict[str, List[Tuple[int, str]]]:
        """Return numbers and hashes of the rows of custody about each file; "None": of all."""
        by_item: Dict[str, List[Tuple[int, str]]] = {"None": []}
        for number, digest, item in self._log.custody:
            by_item["None"].append((number, digest))
            if item != "None":
                by_item.setdefault(item, []).append((number, digest))
        return by_item

    def _check_custody(self) -> None:
        closing = {
            str(seal.item.get("file")): seal for seal in self._log.seals if seal.kind == "custody"
        }
        by_item = self._rows_by_item()
        for file, seal in closing.items():
            listed = seal.item.get("rows") or []
            wanted = sorted(tuple(one) for one in listed if isinstance(one, list))
            here = sorted(one for one in by_item.get(file, []) if one[0] < seal.number)
            if wanted != here:
                self._custody.broken(
                    _(
                        "The custody log of {file} is not the one that seal {n} closes: rows are "
                        "missing or were changed."
                    ),
                    file=file,
                    n=seal.sequence,
                )
        if not self._log.complete and "None" not in closing:
            for seal in self._sealed.values():
                if seal.item["file"] not in closing:
                    self._custody.broken(
                        _("The custody log of {file} is not closed by a seal."),
                        file=seal.item["file"],
                    )
        if self._custody.state == HELD:
            self._custody.held(
                _(
                    "The custody log is whole: {count} rows say who or what held, read and copied "
                    "it."
                ),
                count=len(self._log.custody),
            )


def _sealed_facts(record: Record) -> Json:
    """Return a record's facts as a seal states them."""
    return {
        "id": record.id,
        "type": record.kind,
        "offset": record.offset,
        "length": record.length,
        "sha256": record.sha256,
        "block_sha256": record.block_sha256,
    }


# ---------------------------------------------------------------------------------------------
# 8. Timestamps by others: RFC 3161 and OpenTimestamps
# ---------------------------------------------------------------------------------------------

# SHA-256 of root certificates of public time-stamping authorities. A root that is enclosed with
# the evidence proves nothing by itself: whoever forges a stamp encloses a forged root.
KNOWN_ROOTS: Dict[str, str] = {
    "a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc": "FreeTSA (2016 to 2041)",
}

_SHA = {
    "2b0e03021a": "sha1",
    "608648016503040201": "sha256",
    "608648016503040202": "sha384",
    "608648016503040203": "sha512",
}


class Token:
    """A timestamp token as far as it is read here; openssl judges the rest."""

    def __init__(self, raw: bytes, digest: str, imprint: str) -> None:
        self.raw, self.digest, self.imprint = raw, digest, imprint
        self.moment = datetime.fromtimestamp(0, timezone.utc)


def _der(raw: bytes, place: int) -> Tuple[int, int, int]:
    """Return tag, start and end of the value that begins at a place (X.690, 8.1)."""
    tag, length, start = raw[place], raw[place + 1], place + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            raise ValueError(length)
        length = int.from_bytes(raw[start : start + count], "big")
        start += count
    if start + length > len(raw):
        raise ValueError(length)
    return tag, start, start + length


def _inside(raw: bytes, start: int, end: int) -> List[Tuple[int, int, int]]:
    """Return tag, start and end of each value between two places."""
    found = []
    while start < end:
        found.append(_der(raw, start))
        start = found[-1][2]
    return found


def read_token(raw: bytes) -> Optional[Token]:
    """Read a granted RFC 3161 reply (section 2.4.2): over what, and when. None if it is none."""
    try:
        _tag, start, end = _der(raw, 0)
        status, content = _inside(raw, start, end)[:2]
        granted = _inside(raw, status[1], status[2])[0]
        if int.from_bytes(raw[granted[1] : granted[2]], "big") > 1:
            return None
        signed = _inside(raw, *_inside(raw, content[1], content[2])[1][1:])[0]
        enclosed = _inside(raw, signed[1], signed[2])[2]
        octets = _inside(raw, *_inside(raw, enclosed[1], enclosed[2])[1][1:])[0]
        body = _der(raw, octets[1])
        fields = _inside(raw, body[1], body[2])
        algorithm, imprint = _inside(raw, fields[2][1], fields[2][2])
        kind = _inside(raw, algorithm[1], algorithm[2])[0]
        token = Token(raw, _SHA[raw[kind[1] : kind[2]].hex()], raw[imprint[1] : imprint[2]].hex())
        text = raw[fields[4][1] : fields[4][2]].decode("ascii")
        whole, _dot, rest = text.rstrip("Z").partition(".")
        when = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        token.moment = when + timedelta(seconds=float("0." + (rest or "0")))
    except (ValueError, IndexError, KeyError, UnicodeDecodeError):
        return None
    return token


def certificates_in(raw: bytes) -> List[bytes]:
    """Return the certificates that a token encloses (DER), found by their shape."""
    found = []
    for place in (one.start() for one in re.finditer(b"\x30\x82", raw)):
        end = _end_of_certificate(raw, place)
        if end:
            found.append(raw[place:end])
    return found


def _end_of_certificate(raw: bytes, place: int) -> int:
    """Return where the certificate that begins at a place ends, 0 where none begins."""
    try:
        _tag, start, end = _der(raw, place)
        inner = _inside(raw, start, end)
        if len(inner) == 3 and inner[2][0] == 3 and raw[inner[0][1]] == 0xA0:
            return end
    except (ValueError, IndexError):
        return 0
    return 0


def _check_token(
    check: Check, token: Token, imprint: str, chain: List[bytes], tools: Tools
) -> bool:
    """Check one token; return whether it holds before a root that is known or given."""
    if token.imprint != imprint:
        check.broken(_("The timestamp of {moment} is over something else."),
                     moment=shown(token.moment))  # fmt: skip
        return False
    chain = [*chain, *certificates_in(token.raw)]
    roots = trusted(chain, tools)
    at = _seconds(token.moment)
    said = tools.crypto.timestamp(token.raw, imprint, roots, chain=chain, at=at) if roots else "-"
    if not said:
        return True
    alone = [one for one in chain if self_issued(one)]
    if alone and not tools.crypto.timestamp(token.raw, imprint, alone, chain=chain, at=at):
        check.unchecked(
            _(
                "The timestamp of {moment} holds, but before the root certificate {root}, which is "
                "not known here. Compare that fingerprint with the one that the authority "
                "publishes, and give the certificate as --roots."
            ),
            moment=shown(token.moment),
            root=sha256(alone[-1]),
        )
    else:
        check.broken(_("The timestamp of {moment} does not hold: {reason}."),
                     moment=shown(token.moment), reason=said)  # fmt: skip
    return False


def self_issued(certificate: bytes) -> bool:
    """Return whether a certificate names itself as its issuer: a root."""
    try:
        _tag, start, end = _der(certificate, 0)
        body = _inside(certificate, start, end)[0]
        fields = _inside(certificate, body[1], body[2])
        fields = fields[1:] if fields[0][0] == 0xA0 else fields
        issuer, subject = fields[2], fields[4]
    except (ValueError, IndexError):
        return False
    return certificate[issuer[1] : issuer[2]] == certificate[subject[1] : subject[2]]


class Proof:
    """What an OpenTimestamps proof comes to: for each way through it, who attests what."""

    def __init__(self) -> None:
        self.pending: List[str] = []  # addresses of calendars
        self.bitcoin: List[Tuple[int, bytes]] = []  # height, merkle root as hashed
        self.other: List[str] = []
        self.unknown_operation = False


OTS_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_OTS_HASHES = {0x02: "sha1", 0x03: "ripemd160", 0x08: "sha256"}
_OTS_SIZES = {"sha1": 20, "ripemd160": 20, "sha256": 32}
_OTS_BITCOIN = bytes.fromhex("0588960d73d71901")
_OTS_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_OTS_DEEPEST = 256  # operations one behind the other, as the reference implementation


class _Ots:
    """Reads a detached proof, format version 1."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._place = raw, 0
        self.proof = Proof()

    def read(self, digest: bytes, kind: str) -> Proof:
        """Read all of it; ValueError where it is damaged or is of another digest."""
        if self._take(len(OTS_MAGIC)) != OTS_MAGIC or self._number() != 1:
            raise ValueError(_("The proof is not one of OpenTimestamps, version 1."))
        if _OTS_HASHES.get(self._take(1)[0]) != kind or self._take(len(digest)) != digest:
            raise ValueError(_("The proof is over something else."))
        self._follow(digest, 0)
        if self._place != len(self._raw):
            raise ValueError(_("Bytes stand behind the end of the proof."))
        return self.proof

    def _take(self, size: int) -> bytes:
        taken = self._raw[self._place : self._place + size]
        if len(taken) != size:
            raise ValueError(_("The proof is cut off."))
        self._place += size
        return taken

    def _number(self) -> int:
        value = shift = 0
        while True:
            byte = self._take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value
            if shift > 63:
                raise ValueError(_("The proof is damaged."))

    def _bytes(self, most: int) -> bytes:
        size = self._number()
        if size > most:
            raise ValueError(_("The proof is damaged."))
        return self._take(size)

    def _follow(self, message: Optional[bytes], depth: int) -> None:
        if depth > _OTS_DEEPEST:
            raise ValueError(_("The proof is damaged."))
        tag = self._take(1)[0]
        while tag == 0xFF:  # a fork: what follows is one of several ways on
            self._step(self._take(1)[0], message, depth)
            tag = self._take(1)[0]
        self._step(tag, message, depth)

    def _step(self, tag: int, message: Optional[bytes], depth: int) -> None:
        if tag == 0x00:
            self._attested(message)
        else:
            self._follow(self._applied(tag, message), depth + 1)

    def _applied(self, tag: int, message: Optional[bytes]) -> Optional[bytes]:
        argument = self._bytes(4096) if tag in (0xF0, 0xF1) else b""
        if tag not in (0xF0, 0xF1, 0xF2, 0xF3, 0x67, *_OTS_HASHES):
            raise ValueError(_("The proof is damaged."))
        if message is None:
            return None
        if len(message) > 4096:
            raise ValueError(_("The proof is damaged."))
        if tag in _OTS_HASHES:
            try:
                return hashlib.new(_OTS_HASHES[tag], message).digest()
            except ValueError:  # RIPEMD-160 is switched off in some builds of Python
                self.proof.unknown_operation = True
                return None
        if tag == 0x67:  # Keccak-256, of Ethereum: not in the standard library
            self.proof.unknown_operation = True
            return None
        plain = {0xF0: message + argument, 0xF1: argument + message, 0xF2: message[::-1]}
        return plain.get(tag, message.hex().encode("ascii"))

    def _attested(self, message: Optional[bytes]) -> None:
        kind, payload = self._take(8), self._bytes(8192)
        inner = _Ots(payload)
        if kind == _OTS_PENDING:
            self.proof.pending.append(inner._bytes(1000).decode("ascii", "replace"))
        elif kind == _OTS_BITCOIN:
            height = inner._number()
            if message is not None:
                if len(message) != 32:
                    raise ValueError(_("The proof is damaged."))
                self.proof.bitcoin.append((height, message))
        else:
            self.proof.other.append(kind.hex())


def read_proof(raw: bytes, digest: bytes, kind: str = "sha256") -> Proof:
    """Read an OpenTimestamps proof for a digest. ValueError says, as a sentence, what is wrong."""
    return _Ots(raw).read(digest, kind)


# What a block's header must have cost, by the year it claims: its difficulty, as a power of two,
# a little below the lowest of that time. Making a header with less is cheap.
_LEAST_WORK = ((2021, 43), (2018, 40), (2009, 35))


def block_time(header: bytes, merkle_root: bytes) -> Optional[datetime]:
    """Return a Bitcoin block's time if its header has the root and its proof of work, else None.

    A header needs little trust: to make one with a false root takes a mining machine weeks for a
    block of 2015, and years for one of today.
    """
    if len(header) != 80 or header[36:68] != merkle_root:
        return None
    when = datetime.fromtimestamp(struct.unpack("<L", header[68:72])[0], timezone.utc)
    bits = struct.unpack("<L", header[72:76])[0]
    target = (bits & 0x7FFFFF) << (8 * ((bits >> 24) - 3)) if bits >> 24 >= 3 else 0
    least = next(power for year, power in _LEAST_WORK if when.year >= year or year == 2009)
    if int(block_hash(header), 16) > target or target >> (224 - least):
        return None
    return when


def block_hash(header: bytes) -> str:
    """Return the name of a block, as explorers show it."""
    return hashlib.sha256(hashlib.sha256(header).digest()).digest()[::-1].hex()


class Stamps:
    """The timestamps of a store or package, and which seals they cover."""

    def __init__(self, log: Log, place: Place) -> None:
        self._log, self._place, self._tools = log, place, log.tools
        self._seals = {seal.sequence: seal for seal in log.seals}
        self._covered: Dict[Tuple[int, str], set[str]] = {}
        self._names = sorted(one for one in place.names() if one.startswith("seals/"))
        roots = place.read("seals/roots.pem") if place.has("seals/roots.pem") else b""
        self._enclosed = from_pem(roots.decode("ascii", "replace"))

    def check(self, report: Report) -> None:
        """Make all checks of timestamps."""
        tokens, proofs = report.check("stamp.rfc3161"), report.check("stamp.opentimestamps")
        kept = report.check("stamp.kept")
        files = list(self._files())
        newest = {sequence: name for name, sequence in files if name.endswith(".ots")}
        for name, sequence in files:
            seal = self._seals.get(sequence)
            if seal is None:
                kept.broken(_("{name} stamps a seal that is not here."), name=name)
            elif name.endswith(".tsr"):
                self._check_rfc3161(tokens, name, seal)
            elif newest.get(sequence) == name:  # a confirmed proof is written beside a pending one
                self._check_ots(proofs, name, seal)
            elif not name.endswith(".ots") and self._place.sha256(name)[0] != seal.hash:
                kept.broken(_("{name} is not what the log holds under that number."), name=name)
        for check in (tokens, proofs):
            if not check.found:
                check.note(_("There is none here."))
        self._check_kept(kept)
        self._check_required(report.check("stamp.required"))

    def _files(self) -> Iterator[Tuple[str, int]]:
        for name in self._names:
            found = re.fullmatch(r"seals/(?:stamps/)?seal-(\d+)[./]([^/]+)", name)
            if found and name.endswith((".tsr", ".ots", ".json", ".manifest")):
                yield name, int(found.group(1))

    def _imprint(self, seal: Seal, name: str, kind: str) -> str:
        """Return the digest of a seal's manifest in the algorithm of a token."""
        if kind == "sha256":
            return seal.hash
        folder = name.rpartition("/")[0]
        for manifest in (folder + "/manifest.json", "seals/seal-%08d.manifest" % seal.sequence):
            if self._place.has(manifest):
                content = self._place.read(manifest)
                if sha256(content) == seal.hash:
                    return hashlib.new(kind, content).hexdigest()
        return ""

    def _check_rfc3161(self, check: Check, name: str, seal: Seal) -> None:
        token = read_token(self._place.read(name))
        if token is None:
            check.broken(_("{name} is not a timestamp that was granted."), name=name)
            return
        imprint = self._imprint(seal, name, token.digest)
        try:
            good = _check_token(check, token, imprint, self._enclosed, self._tools)
        except Missing:
            _say_missing(check)
            return
        if good:
            authority = name.rpartition(".")[0].rpartition("Z-")[2]
            self._cover(seal, "rfc3161", authority)
            check.held(
                _("Seal {n} existed on {moment}, says {authority}."),
                n=seal.sequence,
                moment=shown(token.moment),
                authority=authority,
            )

    def _check_ots(self, check: Check, name: str, seal: Seal) -> None:
        try:
            proof = read_proof(self._place.read(name), bytes.fromhex(seal.hash))
        except ValueError as problem:
            check.broken(_("{name} does not hold."), name=name)
            check.broken(str(problem))
            return
        confirmed = [self._confirmed(check, seal, *one) for one in proof.bitcoin]
        if any(confirmed):
            self._cover(seal, "opentimestamps", "bitcoin")
        elif not proof.bitcoin:
            check.unchecked(
                _("The proof for seal {n} waits for a Bitcoin block; that takes hours."),
                n=seal.sequence,
            )

    def _confirmed(self, check: Check, seal: Seal, height: int, root: bytes) -> bool:
        header = self._tools.blocks.get(height, b"")
        name = "seals/block-%d.header" % height
        if not header and self._place.has(name):
            header = self._place.read(name)
        when = block_time(header, root) if header else None
        if header and when is None:
            check.broken(
                _("The proof for seal {n} does not lead to Bitcoin block {height}."),
                n=seal.sequence,
                height=height,
            )
        elif when is None:
            check.unchecked(
                _(
                    "The proof for seal {n} leads to Bitcoin block {height}: compare the block's "
                    "merkle root with {root}, or give the block's header as --blocks."
                ),
                n=seal.sequence,
                height=height,
                root=root[::-1].hex(),
            )
        else:
            check.held(
                _("Seal {n} existed on {moment}, says Bitcoin block {height}, {block}."),
                n=seal.sequence,
                moment=shown(when),
                height=height,
                block=block_hash(header),
            )
        return when is not None

    def _cover(self, seal: Seal, kind: str, who: str) -> None:
        self._covered.setdefault((seal.sequence, kind), set()).add(who)
        first, hashes = seal.item.get("first"), seal.item.get("seals")
        if seal.kind != "gathering" or not isinstance(first, int):
            return
        for n, digest in enumerate(hashes if isinstance(hashes, list) else [], first):
            one = self._seals.get(n)
            if one is not None and one.hash == digest:
                self._covered.setdefault((n, kind), set()).add(who)

    def _check_kept(self, check: Check) -> None:
        for file, digest in self._log.stamped:
            name = self._laid(file)
            if not self._place.has(name):
                check.broken(
                    _("The timestamp {name} was obtained and is not here: it was removed."),
                    name=name,
                )
            elif self._place.sha256(name)[0] != digest:
                check.broken(_("The timestamp {name} is not the one that was obtained."), name=name)
        self._check_renewed(check)
        if check.state == HELD:
            count = len(self._log.stamped)
            check.held(_("All {count} timestamps that the log names are here."), count=count)

    def _laid(self, file: str) -> str:
        """Return where a stamp lies: in folders in a store, in one folder in a package."""
        name = file if self._log.complete else file.replace("stamps/", "").replace("/", ".")
        return "seals/" + name.replace(".manifest.json", ".manifest").replace(
            ".signature.bin", ".sig"
        )

    def _check_renewed(self, check: Check) -> None:
        """Check the stamps that a later seal, with fresh stamps of its own, vouches for."""
        for seal in self._log.seals:
            for one in objects(seal.item.get("files")) if seal.kind == "renewal" else ():
                name = self._laid(str(one.get("file")))
                if self._place.has(name) and self._place.sha256(name)[0] != one.get("sha256"):
                    check.broken(
                        _("The timestamp {name} is not the one that was obtained."), name=name
                    )

    def _check_required(self, check: Check) -> None:
        sentences = (
            _(
                "{count} of {all} captures have fewer timestamps of authorities than their seals "
                "demand ({wanted}). Their time rests on the clock of whoever made them."
            ),
            _(
                "{count} of {all} captures have no confirmed OpenTimestamps proof, as their seals "
                "demand."
            ),
        )
        captures = [one for one in self._log.seals if one.kind in _COLLECTED]
        for n, (kind, sentence) in enumerate(zip(("rfc3161", "opentimestamps"), sentences)):
            short = [
                seal.demands[n]
                for seal in captures
                if len(self._covered.get((seal.sequence, kind), ())) < seal.demands[n]
            ]
            if short:
                check.unchecked(sentence, count=len(short), all=len(captures), wanted=max(short))
        if check.state == HELD:
            check.held(_("Every capture has the timestamps of others that its seal demands."))


# ---------------------------------------------------------------------------------------------
# 9. Exhibits
# ---------------------------------------------------------------------------------------------

SEAL_FOLDER = "seal/"


def check_exhibit(place: Place, report: Report, tools: Tools) -> None:
    """Check the seal that closes an exhibit, every file under it, and the packages inside."""
    raw = place.read("seal/manifest.json")
    manifest = parsed(raw)
    item = manifest.get("item")
    check = report.check("exhibit.seal")
    mark = str(part_of(manifest, "key", "fingerprint"))
    name = "seal/%s.pem" % mark
    pem = place.read(name).decode("ascii", "replace") if place.has(name) else ""
    signature = place.read("seal/signature.bin") if place.has("seal/signature.bin") else b""
    try:
        if fingerprint(pem) != mark or canonical(manifest) != raw:
            check.broken(_("The seal of the exhibit does not fit its key."))
        elif not tools.crypto.ed25519(pem, raw, signature):
            check.broken(_("The signature of the exhibit's seal is not good."))
        elif part_of(item, "kind") != "export":
            check.broken(_("The seal is not that of an exhibit."))
        else:
            check.held(_("The list of the exhibit's files carries a good signature of {key}."),
                       key=mark)  # fmt: skip
    except Missing:
        _say_missing(check)
    _check_exhibit_files(place, report.check("exhibit.files"), item)
    inside = [name for name in place.names() if name.endswith(".wacz") and "/" not in name]
    if not inside:
        report.check("exhibit.files").broken(_("The exhibit holds no recording."))
    for name in inside:
        with closing(place.file(name)) as file:
            check_zip(file, report, tools)
    _check_same_signer(report, mark, tools)


def _check_exhibit_files(place: Place, check: Check, item: object) -> None:
    listed = {str(one.get("file")): one for one in objects(part_of(item, "files"))}
    here = [name for name in place.names() if not name.startswith(SEAL_FOLDER)]
    for name in sorted(set(listed) | set(here)):
        if name not in listed:
            check.broken(_("{name} is in the exhibit but not under its seal."), name=name)
        elif name not in here:
            check.broken(_("{name} is under the exhibit's seal but not in the exhibit."), name=name)
        elif place.sha256(name) != (listed[name].get("sha256"), listed[name].get("bytes")):
            check.broken(_("{name} is not the file that was sealed."), name=name)
    if isinstance(place, Folder):
        for name in place.links:
            check.broken(_("{name} is a link, and leads out of the exhibit."), name=name)
    if check.state == HELD:
        check.held(_("All {count} files of the exhibit are those under its seal."),
                   count=len(listed))  # fmt: skip


def _check_same_signer(report: Report, mark: str, tools: Tools) -> None:
    check = report.check("exhibit.seal")
    if mark not in report.signers:
        check.broken(_("The exhibit is sealed by another key than its captures."))
    elif tools.signer and report.check("seal.signer").state == BROKEN:
        check.broken(_("The exhibit is sealed by {key}, which is not the signer that you expect."),
                     key=mark)  # fmt: skip


# ---------------------------------------------------------------------------------------------
# 10. What is checked when
# ---------------------------------------------------------------------------------------------


def verify(path: str, tools: Optional[Tools] = None) -> Report:
    """Check whatever lies at a path. Every problem becomes a result; nothing is raised."""
    report, tools = Report(), tools or Tools()
    check = Check("readable")
    try:
        _verify(path, report, tools)
    except Unusable as problem:
        check.broken(problem.sentence, **problem.values)
    except OSError as error:
        check.unchecked(_("It cannot be read: {reason}."), reason=error.strerror or repr(error))
    except (ArithmeticError, LookupError, TypeError, ValueError, EOFError) as error:
        # A value of a kind or size that the format does not know, where no check expected it.
        check.broken(_("It is not in the format that it claims: {reason}."), reason=repr(error))
    except (AttributeError, struct.error, zlib.error, RecursionError, MemoryError) as error:
        check.broken(_("It is not in the format that it claims: {reason}."), reason=repr(error))
    if check.found:
        report.checks.append(check)
    return report


def _verify(path: str, report: Report, tools: Tools) -> None:
    if os.path.isdir(path):
        place = Folder(path)
        if place.has("seal/manifest.json"):
            check_exhibit(place, report, tools)
        elif place.has("seals/store.json"):
            check_store(place, report, tools)
        elif place.has("datapackage.json"):
            check_package(place, report, tools)
        else:
            raise Unusable(_("The folder is neither an exhibit nor a store nor a package."))
        return
    with open(path, "rb") as file:
        if file.read(2) == b"PK":
            check_zip(file, report, tools)
        else:
            check_bare_recording(file, os.path.basename(path), report, tools)


def check_zip(file: Readable, report: Report, tools: Tools) -> None:
    """Check a ZIP file as such, then the exhibit or package in it."""
    check = report.check("zip.structure")
    try:
        place = Zip(file)
    except Unusable as problem:
        check.broken(problem.sentence, **problem.values)
        return
    for sentence, values in place.problems:
        check.broken(sentence, **values)
    if place.problems:
        # Two programs could read two different things; what one of them reads proves nothing.
        return
    check.held(_("The ZIP file is whole, and there is only one way to read it."))
    tops = {name.partition("/")[0] for name in place.names()}
    top = next(iter(tops)) if len(tops) == 1 else ""
    if top and place.has(top + "/seal/manifest.json"):
        check_exhibit(Inner(place, top + "/"), report, tools)
    else:
        check_package(place, report, tools)


class Inner(Place):
    """A folder of another place."""

    def __init__(self, place: Place, prefix: str) -> None:
        self._place, self._prefix = place, prefix

    def names(self) -> List[str]:
        return [name[len(self._prefix) :] for name in self._place.names()]

    def size(self, name: str) -> int:
        return self._place.size(self._prefix + name)

    def chunks(self, name: str) -> Iterator[bytes]:
        return self._place.chunks(self._prefix + name)

    def file(self, name: str) -> Readable:
        return self._place.file(self._prefix + name)


def check_package(place: Place, report: Report, tools: Tools) -> None:
    """Check a package, and the seals inside it if it is one of ours."""
    package = Package(place, tools)
    package.check(report)
    if not package.strict:
        if tools.signer:
            report.check("seal.signature").broken(
                _("There is no seal here, so none of the signer that you expect.")
            )
        else:
            report.check("seal.signature").note(
                _("There is no seal of habeas here; the package's own signature is all there is.")
            )
        return
    log = Log(report, tools, _store_id(place, report), complete=False)
    log.read(_lines_of([place.read("seals/log.txt")], report))
    items = Items(log, place)
    for recording in package.recordings.values():
        items.take(recording)
    items.close()
    Stamps(log, place).check(report)
    check = report.check("package.signature")
    if package.signed_by and package.signed_by not in log.keys.companions:
        check.broken(_("The package is signed by a key that its seals do not name."))


def is_veiled(place: Place, name: str) -> bool:
    """Return whether a file was encrypted by age (age-encryption.org/v1)."""
    if name.startswith("seals/"):
        return False
    with closing(place.file(name)) as file:
        return file.read(22) == b"age-encryption.org/v1\n"


def check_store(place: Folder, report: Report, tools: Tools) -> None:
    """Check a store: its log, and every recording in it."""
    log = Log(report, tools, _store_id(place, report), complete=True)
    files = sorted(name for name in place.names() if re.fullmatch(r"seals/log/\d{8}\.jsonl", name))
    log.read(_lines_of((place.read(name) for name in files), report))
    veiled = [name for name in place.names() if is_veiled(place, name)]
    if veiled:
        report.check("item.bytes").unchecked(
            _(
                "{count} files are encrypted by the passphrase of whoever keeps them. Their seals "
                "are over the bytes before that; only habeas, opened with it, can compare them."
            ),
            count=len(veiled),
        )
    items = Items(log, place, veiled)
    check = report.check("package.records")
    count = 0
    names = [
        name for name in sorted(set(place.names()) - set(veiled))
        if name.endswith(".warc.gz") and not name.startswith(("seals/", "imports/"))
    ]  # fmt: skip
    for recording in tools.recordings(place, names):
        count += check_records(check, recording)
        items.take(recording)
    brought = any(brought_files(seal) for seal in log.seals)
    if count or not (veiled or brought or items.removed):
        say_records(check, count)
    for name in place.names():
        if name.endswith(".part"):
            report.check("item.unsealed").note(
                _("{name} was begun and never finished; nothing reads it."), name=name
            )
    items.close()
    Stamps(log, place).check(report)


def _store_id(place: Place, report: Report) -> str:
    raw = place.read("seals/store.json") if place.has("seals/store.json") else b""
    value = parsed(raw)
    if value.get("format") != "habeas store 1" or canonical(value) + b"\n" != raw:
        report.check("store.identity").broken(_("The store does not say which store it is."))
    return str(value.get("id"))


def _lines_of(files: Iterable[bytes], report: Report) -> Iterator[bytes]:
    """Yield lines; what stands behind the last line end is a row that was never finished."""
    rest = b""
    for content in files:
        lines = (rest + content).split(b"\n")
        rest = lines.pop()
        yield from lines
    if rest:
        report.check("log.rows").note(
            _("The log ends in the middle of a row: the program was stopped while it wrote.")
        )


def check_bare_recording(file: Readable, name: str, report: Report, tools: Tools) -> None:
    """Check a recording that lies alone."""
    check = report.check("package.records")
    found = Recording(name)
    try:
        found.records = list(records(file, tools.unpacker))
    except Unusable as problem:
        found.problem = problem
    say_records(check, check_records(check, found))
    report.check("seal.signature").unchecked(
        _("A recording alone has no seal: check the package, exhibit or store to which it belongs.")
    )


# ---------------------------------------------------------------------------------------------
# 11. The command
# ---------------------------------------------------------------------------------------------

OWN_SIGNER = _("Signed by a key of this computer, {key}.")

NOT_PROVED = (
    _(
        "What this does not prove: that the site sent these bytes to anybody else; that what the "
        "page says is true; who the person on the page is."
    ),
    _(
        "A timestamp proves that the capture existed then, not that the site wrote it. The site's "
        "certificates, recorded with it, show with whom the connection was; they do not sign the "
        "page."
    ),
)

_SHOWN = {
    HELD: _("holds"),
    NOTE: _("note"),
    REMOVED: _("removed"),
    UNCHECKED: _("could not check"),
    BROKEN: _("DOES NOT HOLD"),
}
RESULTS = {
    0: _("RESULT: all that was checked holds."),
    1: _("RESULT: IT DOES NOT HOLD. Do not rely on it; keep it, and ask where it came from."),
    REMOVED: _(
        "RESULT: what is here holds. Something was removed by policy; a signed row says so."
    ),
    3: _("RESULT: nothing speaks against it, but not everything could be checked."),
}


def lines_of(report: Report, language: str) -> Iterator[str]:
    """Yield the report as lines of text."""
    width = max(len(translated(word, language)) for word in _SHOWN.values()) + 2
    for check in report.checks:
        if check.found:
            mark = "[%s]" % translated(_SHOWN[check.state], language)
            words = check.words(language)
            yield "%s  %-20s %s" % (mark.ljust(width), check.name, words[0])
            for more in words[1:]:
                yield " " * (width + 23) + more
    yield ""
    yield from (translated(one, language) for one in NOT_PROVED)
    yield ""
    gone = report.exit_code == 0 and any(one.state == REMOVED for one in report.checks)
    yield translated(RESULTS[REMOVED if gone else report.exit_code], language)


def as_json(report: Report, language: str) -> str:
    """Return the report as one JSON object."""
    checks = [
        {"name": one.name, "state": one.state, "words": one.words(language)}
        for one in report.checks
        if one.found
    ]
    whole = {"exit_code": report.exit_code, "checks": checks, "signers": report.signers}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def read_blocks(path: str) -> Dict[int, bytes]:
    """Read headers of Bitcoin blocks: on each line a height and 160 hexadecimal digits."""
    blocks = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            height, _space, header = line.strip().partition(" ")
            if height:
                blocks[int(height)] = bytes.fromhex(header.strip())
    return blocks


def _arguments(given: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Checks a habeas exhibit, a WACZ package or a store of captures.",
        epilog="Exit codes: 0 holds, 1 does not hold, 2 wrong usage, 3 could not check.",
    )
    parser.add_argument(
        "place", nargs="?", metavar="FILE-OR-FOLDER", help="without it, this program's folder"
    )
    parser.add_argument(
        "--signer", default="", metavar="FINGERPRINT", help="as expected, from the case sheet"
    )
    parser.add_argument(
        "--roots",
        action="append",
        default=[],
        metavar="FILE",
        help="certificates (PEM) of time-stamping authorities that you trust",
    )
    parser.add_argument(
        "--blocks",
        default="",
        metavar="FILE",
        help="headers of Bitcoin blocks: height and 160 hexadecimal digits a line",
    )
    parser.add_argument("--lang", choices=("en", *sorted(WORDS)), default="en")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args(given)


def as_fingerprint(text: str) -> str:
    """Return a fingerprint as it is compared: people write it with spaces, colons, capitals."""
    return re.sub("[^0-9a-f]", "", text.lower())


def main(given: Optional[Sequence[str]] = None) -> int:
    """Run the command and return its exit code."""
    options = _arguments(given)
    place = options.place or os.path.dirname(os.path.abspath(__file__))
    tools = Tools()
    tools.signer = as_fingerprint(options.signer)
    wrong = "" if os.path.exists(place) else place
    if options.signer and len(tools.signer) != 64:
        wrong = options.signer
    if wrong:
        sys.stderr.write("verify.py: %r\n" % wrong)
        return 2
    try:
        for path in options.roots:
            with open(path, encoding="ascii", errors="replace") as file:
                tools.roots += from_pem(file.read())
        tools.blocks = read_blocks(options.blocks) if options.blocks else {}
    except (OSError, ValueError) as error:
        sys.stderr.write("verify.py: %r\n" % error)
        return 2
    report = verify(place, tools)
    text = (
        as_json(report, options.lang) if options.json else "\n".join(lines_of(report, options.lang))
    )
    sys.stdout.write(text + "\n")
    return report.exit_code


# ---------------------------------------------------------------------------------------------
# 12. Translations
# ---------------------------------------------------------------------------------------------


def translated(sentence: str, language: str) -> str:
    """Return a sentence in a language, in English where there is no translation."""
    return WORDS.get(language, {}).get(sentence, sentence)


# Written by tools/messages.py of habeas from its catalogues; the tests compare.
# fmt: off
WORDS: Dict[str, Dict[str, str]] = {
    "ru": {
        "and {count} more like these.": "и ещё {count} таких же.",
        "{name} is too large to be what it should be.": "{name}: слишком велик для того, чем он должен быть.",
        "{name} is packed inside the ZIP and must not be.": "{name} упакован внутри ZIP, а не должен быть.",
        "{name} is damaged inside the ZIP.": "{name} внутри ZIP повреждён.",
        "The ZIP file has no end: it was cut off, or is no ZIP file.": "У файла ZIP нет конца: он обрезан или это не ZIP.",
        "The end of the ZIP file is not as it should be.": "Конец файла ZIP не такой, каким должен быть.",
        "Bytes lie hidden between the directory of the ZIP and its end.": "Между оглавлением ZIP и его концом скрыты байты.",
        "The directory of the ZIP file is not as it should be.": "Оглавление файла ZIP не такое, каким должно быть.",
        "Bytes lie hidden in the directory of the ZIP.": "В оглавлении ZIP скрыты байты.",
        "{name} overlaps another file of the ZIP, or hidden bytes lie before it.": "{name} накладывается на другой файл ZIP, или перед ним скрыты байты.",
        "Bytes lie hidden before the directory of the ZIP.": "Перед оглавлением ZIP скрыты байты.",
        "{name} is a name that leads out of the package.": "{name} – имя, которое выводит за пределы пакета.",
        "{name} is in the ZIP twice.": "{name} есть в ZIP дважды.",
        "{name} is not where the ZIP says it is.": "{name} лежит не там, где говорит ZIP.",
        "The ZIP says two different things about {name}.": "ZIP говорит о {name} две разные вещи.",
        "{name} is encrypted or packed in an unknown way.": "{name} зашифрован или упакован неизвестным способом.",
        "The ZIP lies about the size of {name}.": "ZIP лжёт о размере {name}.",
        "{name} claims to unpack to an impossible size.": "{name} якобы распаковывается до невозможного размера.",
        "A record of the recording has no end of headers.": "У записи нет конца заголовков.",
        "A record of the recording cannot be read.": "Одну из записей нельзя прочесть.",
        "The recording ends in the middle of a record.": "Файл записей кончается посреди записи.",
        "The recording is damaged behind byte {place}.": "Файл записей повреждён после байта {place}.",
        "{name} cannot be read.": "{name} нельзя прочесть.",
        "The file {name}, which every WACZ must have, is missing.": "Нет файла {name}, который должен быть в каждом WACZ.",
        "{name} is in the package but not in its list.": "{name} есть в пакете, но не в его списке.",
        "{name} is in the list but not in the package.": "{name} есть в списке, но не в пакете.",
        "All {count} files are those of the package's list, byte for byte.": "Все файлы ({count}) побайтно те же, что в списке пакета.",
        "The package's list is not the one whose hash the package states.": "Список пакета не тот, хеш которого указан в пакете.",
        "The package does not state a hash of its own list.": "Пакет не указывает хеш собственного списка.",
        "{name} is not the file whose hash the package states.": "{name} – не тот файл, хеш которого указан в пакете.",
        "{name} has another size than the package states.": "Размер {name} не тот, что указан в пакете.",
        "The index is not sorted: readers would miss entries.": "Указатель не упорядочен: читающие программы пропустят записи.",
        "The index says something else about {url} than the recording does.": "Указатель говорит о {url} не то, что запись.",
        "{count} answers are missing from the index.": "В указателе не хватает ответов: {count}.",
        "All {count} entries of the index agree with the recordings.": "Все строки указателя ({count}) согласуются с записями.",
        "The page list names {url}, which was not recorded.": "Список страниц называет {url}, которого нет в записях.",
        "The page list gives another time for {url} than the recording.": "Список страниц даёт для {url} не то время, что запись.",
        "The page list is empty.": "Список страниц пуст.",
        "All {count} listed pages are in the recordings, with their times.": "Все страницы списка ({count}) есть в записях, с тем же временем.",
        "{name} is damaged or cut off.": "{name} повреждён или обрезан.",
        "A record of {name} at byte {place} does not fit its own digest.": "Запись в {name} с байта {place} не соответствует своему хешу.",
        "The page in {name} at byte {place} does not fit its second digest.": "Страница в {name} с байта {place} не соответствует своему второму хешу.",
        "There is no recording.": "Записи страниц нет.",
        "All {count} records fit their own digests. That shows damage, not intent.": "Все записи ({count}) соответствуют своим хешам. Это показывает порчу, но не умысел.",
        "The package is not signed, and a package with seals must be.": "Пакет не подписан, а пакет с печатями должен быть подписан.",
        "The package is not signed: anybody can have changed it and made its hashes anew.": "Пакет не подписан: кто угодно мог изменить его и сделать хеши заново.",
        "The signature carries what its format does not allow.": "В подписи есть то, чего её формат не допускает.",
        "The signature is over another list than that of this package.": "Подпись поставлена под другим списком, не под списком этого пакета.",
        "The package and its signature state different times.": "Пакет и его подпись называют разное время.",
        "The program openssl (3.0 or newer) is needed for this and was not found or is too old.": "Для этого нужна программа openssl (3.0 или новее); её нет или она слишком старая.",
        "The package's list carries a good signature of the key {key}.": "Под списком пакета верная подпись ключа {key}.",
        "The signature of the package's list is not that of its key.": "Подпись под списком пакета не принадлежит его ключу.",
        "The signature lacks its parts.": "В подписи не хватает частей.",
        "The signature's timestamp cannot be read.": "Отметку времени подписи нельзя прочесть.",
        "The signature states another time than its timestamp.": "Подпись называет не то время, что её отметка времени.",
        "The certificate of {domain} does not lead to a trusted authority: {reason}.": "Сертификат {domain} не ведёт к доверенному центру: {reason}.",
        "The package was signed by whoever held the certificate of {domain} on {moment}.": "Пакет подписал владелец сертификата {domain}, {moment}.",
        "Row {n} stands in the wrong place: rows were moved or doubled.": "Строка {n} стоит не на месте: строки переставлены или удвоены.",
        "Row {n} does not follow from the row before it: one was changed.": "Строка {n} не следует из строки перед ней: одна из них изменена.",
        "{count} rows of the chain are missing.": "В цепи не хватает строк: {count}.",
        "{count} rows about other captures are not enclosed; the others keep their order.": "Строки о других записях ({count}) не приложены; порядок остальных сохранён.",
        "All {count} rows stand in their order, each bound to the one before.": "Все строки ({count}) стоят по порядку, каждая связана с предыдущей.",
        "Seal {n} is signed by a key that was not the one to sign.": "Печать {n} подписана не тем ключом, который должен был подписать.",
        "Seal {n} introduces a key in a way that does not hold together.": "Печать {n} вводит ключ так, что одно с другим не сходится.",
        "Seal {n} is signed by {key}, which is not the signer that you expect.": "Печать {n} подписана ключом {key}, а это не тот, кого вы ожидаете.",
        "A key was lost and replaced by one for which the old key does not vouch.": "Ключ был утерян и заменён другим, за который старый ключ не ручается.",
        "Signed by {key}. Compare it with the fingerprint on the case sheet, or ask its owner by another way; then give it as --signer.": "Подписано ключом {key}. Сравните его с отпечатком в листе дела или спросите владельца другим путём; затем укажите его как --signer.",
        "All seals are by the signer that you expect, or by keys bound to it.": "Все печати – ожидаемого вами лица или ключей, связанных с его ключом.",
        "Line {n} of the log is not a row: it was damaged or changed.": "Строка {n} журнала – не строка формата: она повреждена или изменена.",
        "Seal {n} belongs to another store.": "Печать {n} принадлежит другому хранилищу.",
        "Seal {n} is signed by a key that nothing introduces.": "Печать {n} подписана ключом, который ничто не вводит.",
        "Seal {n} does not say when it was made.": "Печать {n} не говорит, когда она сделана.",
        "The clock was set back by {ms} ms before seal {n}; the seal says so.": "Перед печатью {n} часы были переведены назад на {ms} мс; печать сама это говорит.",
        "Seal {n} claims to be older than the seal before it.": "Печать {n} выдаёт себя за более старую, чем печать перед ней.",
        "The signature of seal {n} is not good: the seal was changed.": "Подпись печати {n} неверна: печать изменена.",
        "{count} rows were torn when a program stopped; the log says so itself.": "Строки ({count}) оборвались, когда программа была остановлена; журнал сам это говорит.",
        "All {count} rows of the log are well-formed.": "Все строки журнала ({count}) правильного вида.",
        "There is no seal.": "Печати нет.",
        "All {count} seals carry good signatures.": "Все печати ({count}) с верными подписями.",
        "By their own clock, the seals were made one after the other.": "По их собственным часам печати сделаны одна за другой.",
        "All seals belong to one store, {store}.": "Все печати принадлежат одному хранилищу, {store}.",
        "{count} rows at the end are under no seal yet.": "Строки в конце ({count}) ещё не под печатью.",
        "Every row of the log is under a seal.": "Каждая строка журнала – под печатью.",
        "Seal {n} says that something was removed that was never sealed here.": "Печать {n} говорит об удалении того, что здесь никогда не было запечатано.",
        "Seal {n} names another file than the seal that it speaks of.": "Печать {n} называет не тот файл, который назван в печати, о которой она говорит.",
        "Seal {n} says that {file} was removed, but its key has no word of the key that sealed it: anybody could have written that.": "Печать {n} говорит, что {file} удалён, но за её ключ не ручается ключ, которым файл был запечатан: такое мог написать кто угодно.",
        "{file} is here, and seal {n} says that it was removed.": "{file} здесь, а печать {n} говорит, что он удалён.",
        "Removed by policy ({reason}), says signed seal {n} of {moment}: {count} sealed files. What was in them is not here and cannot be checked here.": "Удалено по правилам ({reason}), как говорит подписанная печать {n} от {moment}; запечатанных файлов: {count}. Их содержимого здесь нет, и проверить его здесь нельзя.",
        "The records of {file} are not those that seal {n} was made of.": "Записи файла {file} не те, из которых сделана печать {n}.",
        "{file} is not what seal {n} was made of: it was changed after {moment}.": "{file} – не то, из чего сделана печать {n}: он изменён после {moment}.",
        "{file} is missing. A seal says that it was removed; openssl must check it.": "{file} отсутствует. Печать говорит, что он удалён; её должен проверить openssl.",
        "{file}, which seal {n} covers, is missing.": "Нет файла {file}, который под печатью {n}.",
        "All {count} sealed captures and notes are here.": "Все запечатанные записи и примечания ({count}) здесь.",
        "Every sealed file is, byte for byte, what was sealed.": "Каждый запечатанный файл побайтно тот, что был запечатан.",
        "Every record in them is as it was sealed.": "Каждая запись в них такая, какой была запечатана.",
        "Nothing lies here without a seal.": "Ничто не лежит здесь без печати.",
        "No capture is sealed here.": "Ни одна страница здесь не запечатана.",
        "{name} lies here without a seal; nothing vouches for it.": "{name} лежит здесь без печати; ничто за него не ручается.",
        "The custody log of {file} is not the one that seal {n} closes: rows are missing or were changed.": "Журнал хранения {file} не тот, что закрыт печатью {n}: строк не хватает или они изменены.",
        "The custody log of {file} is not closed by a seal.": "Журнал хранения {file} не закрыт печатью.",
        "The custody log is whole: {count} rows say who or what held, read and copied it.": "Журнал хранения цел: {count} строк говорят, кто или что хранило, читало и копировало.",
        "The timestamp of {moment} is over something else.": "Отметка времени {moment} поставлена под чем-то другим.",
        "The timestamp of {moment} holds, but before the root certificate {root}, which is not known here. Compare that fingerprint with the one that the authority publishes, and give the certificate as --roots.": "Отметка времени {moment} верна, но перед корневым сертификатом {root}, который здесь не известен. Сравните этот отпечаток с опубликованным центром и укажите сертификат как --roots.",
        "The timestamp of {moment} does not hold: {reason}.": "Отметка времени {moment} неверна: {reason}.",
        "The proof is not one of OpenTimestamps, version 1.": "Это не доказательство OpenTimestamps версии 1.",
        "The proof is over something else.": "Доказательство – о чём-то другом.",
        "Bytes stand behind the end of the proof.": "За концом доказательства стоят ещё байты.",
        "The proof is cut off.": "Доказательство обрезано.",
        "The proof is damaged.": "Доказательство повреждено.",
        "{name} stamps a seal that is not here.": "{name} относится к печати, которой здесь нет.",
        "{name} is not what the log holds under that number.": "{name} – не то, что стоит в журнале под этим номером.",
        "There is none here.": "Здесь их нет.",
        "{name} is not a timestamp that was granted.": "{name} – не выданная отметка времени.",
        "Seal {n} existed on {moment}, says {authority}.": "Печать {n} существовала {moment}, говорит {authority}.",
        "{name} does not hold.": "{name} не верно.",
        "The proof for seal {n} waits for a Bitcoin block; that takes hours.": "Доказательство для печати {n} ждёт блока Bitcoin; это занимает часы.",
        "The proof for seal {n} does not lead to Bitcoin block {height}.": "Доказательство для печати {n} не ведёт к блоку Bitcoin {height}.",
        "The proof for seal {n} leads to Bitcoin block {height}: compare the block's merkle root with {root}, or give the block's header as --blocks.": "Доказательство для печати {n} ведёт к блоку Bitcoin {height}: сравните корень Меркла этого блока с {root} или укажите заголовок блока как --blocks.",
        "Seal {n} existed on {moment}, says Bitcoin block {height}, {block}.": "Печать {n} существовала {moment}, говорит блок Bitcoin {height}, {block}.",
        "The timestamp {name} was obtained and is not here: it was removed.": "Отметка времени {name} была получена, а здесь её нет: она удалена.",
        "The timestamp {name} is not the one that was obtained.": "Отметка времени {name} – не та, что была получена.",
        "All {count} timestamps that the log names are here.": "Все отметки времени, которые называет журнал ({count}), здесь.",
        "{count} of {all} captures have fewer timestamps of authorities than their seals demand ({wanted}). Their time rests on the clock of whoever made them.": "У {count} из {all} записей меньше отметок времени сторонних центров, чем требуют их печати ({wanted}). Их время держится на часах того, кто их сделал.",
        "{count} of {all} captures have no confirmed OpenTimestamps proof, as their seals demand.": "У {count} из {all} записей нет подтверждённого доказательства OpenTimestamps, которого требуют их печати.",
        "Every capture has the timestamps of others that its seal demands.": "У каждой записи есть те отметки времени других, которых требует её печать.",
        "The seal of the exhibit does not fit its key.": "Печать комплекта не подходит к своему ключу.",
        "The signature of the exhibit's seal is not good.": "Подпись печати комплекта неверна.",
        "The seal is not that of an exhibit.": "Это не печать комплекта.",
        "The list of the exhibit's files carries a good signature of {key}.": "Под списком файлов комплекта верная подпись ключа {key}.",
        "The exhibit holds no recording.": "В комплекте нет записи страниц.",
        "{name} is in the exhibit but not under its seal.": "{name} есть в комплекте, но не под его печатью.",
        "{name} is under the exhibit's seal but not in the exhibit.": "{name} есть под печатью комплекта, но не в комплекте.",
        "{name} is not the file that was sealed.": "{name} – не тот файл, что был запечатан.",
        "{name} is a link, and leads out of the exhibit.": "{name} – ссылка, и она выводит за пределы комплекта.",
        "All {count} files of the exhibit are those under its seal.": "Все файлы комплекта ({count}) – те, что под его печатью.",
        "The exhibit is sealed by another key than its captures.": "Комплект запечатан не тем ключом, что его записи.",
        "The exhibit is sealed by {key}, which is not the signer that you expect.": "Комплект запечатан ключом {key}, а это не тот, кого вы ожидаете.",
        "It cannot be read: {reason}.": "Это нельзя прочесть: {reason}.",
        "It is not in the format that it claims: {reason}.": "Это не того формата, за который себя выдаёт: {reason}.",
        "The folder is neither an exhibit nor a store nor a package.": "Эта папка – не комплект, не хранилище и не пакет.",
        "The ZIP file is whole, and there is only one way to read it.": "Файл ZIP цел, и прочесть его можно только одним способом.",
        "There is no seal here, so none of the signer that you expect.": "Здесь нет печати, а значит и печати ожидаемого вами лица.",
        "There is no seal of habeas here; the package's own signature is all there is.": "Печати habeas здесь нет; есть только собственная подпись пакета.",
        "The package is signed by a key that its seals do not name.": "Пакет подписан ключом, которого его печати не называют.",
        "{count} files are encrypted by the passphrase of whoever keeps them. Their seals are over the bytes before that; only habeas, opened with it, can compare them.": "{count} файлов зашифровано парольной фразой того, кто их хранит. Печати стоят на байтах до шифрования; сравнить их может только habeas, открытый этой фразой.",
        "{name} was begun and never finished; nothing reads it.": "{name} был начат и не закончен; его ничто не читает.",
        "The store does not say which store it is.": "Хранилище не говорит, что это за хранилище.",
        "The log ends in the middle of a row: the program was stopped while it wrote.": "Журнал кончается посреди строки: программа была остановлена, пока писала.",
        "A recording alone has no seal: check the package, exhibit or store to which it belongs.": "У отдельной записи нет печати: проверьте пакет, комплект или хранилище, к которому она относится.",
        "Signed by a key of this computer, {key}.": "Подписано ключом этого компьютера, {key}.",
        "What this does not prove: that the site sent these bytes to anybody else; that what the page says is true; who the person on the page is.": "Чего это не доказывает: что сайт прислал эти байты кому-то ещё; что написанное на странице – правда; кто этот человек на странице.",
        "A timestamp proves that the capture existed then, not that the site wrote it. The site's certificates, recorded with it, show with whom the connection was; they do not sign the page.": "Отметка времени доказывает, что запись тогда существовала, а не то, что её написал сайт. Сертификаты сайта, записанные вместе с ней, показывают, с кем было соединение; страницу они не подписывают.",
        "holds": "верно",
        "note": "примечание",
        "removed": "удалено",
        "could not check": "не удалось проверить",
        "DOES NOT HOLD": "НЕ ВЕРНО",
        "RESULT: all that was checked holds.": "ИТОГ: всё, что проверено, верно.",
        "RESULT: IT DOES NOT HOLD. Do not rely on it; keep it, and ask where it came from.": "ИТОГ: ЭТО НЕВЕРНО. Не полагайтесь на это; сохраните и спросите, откуда оно взялось.",
        "RESULT: what is here holds. Something was removed by policy; a signed row says so.": "ИТОГ: то, что здесь есть, подтверждено. Кое-что удалено по правилам; об этом говорит подписанная строка журнала.",
        "RESULT: nothing speaks against it, but not everything could be checked.": "ИТОГ: ничто не говорит против, но проверить удалось не всё.",
    },
    "tg": {
        "and {count} more like these.": "ва боз {count} тои дигари ҳамин гуна.",
        "{name} is too large to be what it should be.": "{name} барои он чизе, ки бояд бошад, аз ҳад калон аст.",
        "{name} is packed inside the ZIP and must not be.": "{name} дар дохили ZIP фишурда шудааст, ҳол он ки набояд.",
        "{name} is damaged inside the ZIP.": "{name} дар дохили ZIP вайрон аст.",
        "The ZIP file has no end: it was cut off, or is no ZIP file.": "Файли ZIP охир надорад: бурида шудааст ё ZIP нест.",
        "The end of the ZIP file is not as it should be.": "Охири файли ZIP он тавре, ки бояд бошад, нест.",
        "Bytes lie hidden between the directory of the ZIP and its end.": "Байни мундариҷаи ZIP ва охири он байтҳо пинҳонанд.",
        "The directory of the ZIP file is not as it should be.": "Мундариҷаи файли ZIP он тавре, ки бояд бошад, нест.",
        "Bytes lie hidden in the directory of the ZIP.": "Дар мундариҷаи ZIP байтҳо пинҳонанд.",
        "{name} overlaps another file of the ZIP, or hidden bytes lie before it.": "{name} рӯйи файли дигари ZIP меафтад, ё пеш аз он байтҳо пинҳонанд.",
        "Bytes lie hidden before the directory of the ZIP.": "Пеш аз мундариҷаи ZIP байтҳо пинҳонанд.",
        "{name} is a name that leads out of the package.": "{name} номест, ки берун аз баста мебарад.",
        "{name} is in the ZIP twice.": "{name} дар ZIP ду бор ҳаст.",
        "{name} is not where the ZIP says it is.": "{name} он ҷое нест, ки ZIP мегӯяд.",
        "The ZIP says two different things about {name}.": "ZIP дар бораи {name} ду чизи гуногун мегӯяд.",
        "{name} is encrypted or packed in an unknown way.": "{name} рамзгузорӣ шудааст ё бо роҳи номаълум фишурда шудааст.",
        "The ZIP lies about the size of {name}.": "ZIP дар бораи андозаи {name} дурӯғ мегӯяд.",
        "{name} claims to unpack to an impossible size.": "{name} гӯё то андозаи номумкин кушода мешавад.",
        "A record of the recording has no end of headers.": "Сабт охири сарлавҳаҳо надорад.",
        "A record of the recording cannot be read.": "Яке аз сабтҳоро хондан мумкин нест.",
        "The recording ends in the middle of a record.": "Файли сабтҳо дар миёни сабт тамом мешавад.",
        "The recording is damaged behind byte {place}.": "Файли сабтҳо пас аз байти {place} вайрон аст.",
        "{name} cannot be read.": "{name}-ро хондан мумкин нест.",
        "The file {name}, which every WACZ must have, is missing.": "Файли {name}, ки дар ҳар WACZ бояд бошад, нест.",
        "{name} is in the package but not in its list.": "{name} дар баста ҳаст, вале дар рӯйхати он нест.",
        "{name} is in the list but not in the package.": "{name} дар рӯйхат ҳаст, вале дар баста нест.",
        "All {count} files are those of the package's list, byte for byte.": "Ҳамаи файлҳо ({count}) байт ба байт ҳамонанд, ки дар рӯйхати баста ҳастанд.",
        "The package's list is not the one whose hash the package states.": "Рӯйхати баста он нест, ки хэшаш дар баста гуфта шудааст.",
        "The package does not state a hash of its own list.": "Баста хэши рӯйхати худро намегӯяд.",
        "{name} is not the file whose hash the package states.": "{name} он файле нест, ки хэшаш дар баста гуфта шудааст.",
        "{name} has another size than the package states.": "Андозаи {name} он нест, ки дар баста гуфта шудааст.",
        "The index is not sorted: readers would miss entries.": "Феҳраст ба тартиб нест: барномаҳои хонанда сабтҳоро аз даст медиҳанд.",
        "The index says something else about {url} than the recording does.": "Феҳраст дар бораи {url} на он чизеро мегӯяд, ки дар сабт аст.",
        "{count} answers are missing from the index.": "Дар феҳраст ҷавобҳо намерасанд: {count}.",
        "All {count} entries of the index agree with the recordings.": "Ҳамаи сатрҳои феҳраст ({count}) бо сабтҳо мувофиқанд.",
        "The page list names {url}, which was not recorded.": "Рӯйхати саҳифаҳо {url}-ро ном мебарад, ки сабт нашудааст.",
        "The page list gives another time for {url} than the recording.": "Рӯйхати саҳифаҳо барои {url} вақти дигар медиҳад, на он ки дар сабт аст.",
        "The page list is empty.": "Рӯйхати саҳифаҳо холист.",
        "All {count} listed pages are in the recordings, with their times.": "Ҳамаи саҳифаҳои рӯйхат ({count}) дар сабтҳо ҳастанд, бо ҳамон вақт.",
        "{name} is damaged or cut off.": "{name} вайрон ё бурида шудааст.",
        "A record of {name} at byte {place} does not fit its own digest.": "Сабт дар {name} аз байти {place} ба хэши худ мувофиқ нест.",
        "The page in {name} at byte {place} does not fit its second digest.": "Саҳифа дар {name} аз байти {place} ба хэши дуюми худ мувофиқ нест.",
        "There is no recording.": "Сабти саҳифа нест.",
        "All {count} records fit their own digests. That shows damage, not intent.": "Ҳамаи сабтҳо ({count}) ба хэшҳои худ мувофиқанд. Ин вайроншавиро нишон медиҳад, на қасдро.",
        "The package is not signed, and a package with seals must be.": "Баста имзо надорад, ҳол он ки бастаи мӯҳрдор бояд имзо дошта бошад.",
        "The package is not signed: anybody can have changed it and made its hashes anew.": "Баста имзо надорад: ҳар кас метавонист онро тағйир диҳад ва хэшҳоро аз нав созад.",
        "The signature carries what its format does not allow.": "Дар имзо чизе ҳаст, ки шакли он иҷозат намедиҳад.",
        "The signature is over another list than that of this package.": "Имзо зери рӯйхати дигар аст, на зери рӯйхати ин баста.",
        "The package and its signature state different times.": "Баста ва имзои он вақти гуногунро мегӯянд.",
        "The program openssl (3.0 or newer) is needed for this and was not found or is too old.": "Барои ин барномаи openssl (3.0 ё навтар) лозим аст; он нест ё аз ҳад кӯҳна аст.",
        "The package's list carries a good signature of the key {key}.": "Зери рӯйхати баста имзои дурусти калиди {key} аст.",
        "The signature of the package's list is not that of its key.": "Имзои зери рӯйхати баста аз они калиди он нест.",
        "The signature lacks its parts.": "Қисмҳои имзо намерасанд.",
        "The signature's timestamp cannot be read.": "Тамғаи вақти имзоро хондан мумкин нест.",
        "The signature states another time than its timestamp.": "Имзо вақти дигарро мегӯяд, на он ки дар тамғаи вақташ аст.",
        "The certificate of {domain} does not lead to a trusted authority: {reason}.": "Шаҳодатномаи {domain} ба маркази боэътимод намебарад: {reason}.",
        "The package was signed by whoever held the certificate of {domain} on {moment}.": "Бастаро соҳиби шаҳодатномаи {domain} имзо кардааст, {moment}.",
        "Row {n} stands in the wrong place: rows were moved or doubled.": "Сатри {n} дар ҷойи худ нест: сатрҳо ҷойивазшуда ё дучандшудаанд.",
        "Row {n} does not follow from the row before it: one was changed.": "Сатри {n} аз сатри пеш аз он барнамеояд: яке аз онҳо тағйир ёфтааст.",
        "{count} rows of the chain are missing.": "Дар занҷир сатрҳо намерасанд: {count}.",
        "{count} rows about other captures are not enclosed; the others keep their order.": "Сатрҳо дар бораи сабтҳои дигар ({count}) замима нашудаанд; тартиби боқимонда нигоҳ дошта шудааст.",
        "All {count} rows stand in their order, each bound to the one before.": "Ҳамаи сатрҳо ({count}) ба тартибанд, ҳар яке бо пешина пайваст аст.",
        "Seal {n} is signed by a key that was not the one to sign.": "Мӯҳри {n} на бо он калиде имзо шудааст, ки бояд имзо мекард.",
        "Seal {n} introduces a key in a way that does not hold together.": "Мӯҳри {n} калидро тавре ворид мекунад, ки бо ҳам мувофиқ нест.",
        "Seal {n} is signed by {key}, which is not the signer that you expect.": "Мӯҳри {n} бо калиди {key} имзо шудааст, ва ин он кас нест, ки шумо интизоред.",
        "A key was lost and replaced by one for which the old key does not vouch.": "Калид гум шуда, бо дигаре иваз шудааст, ки калиди кӯҳна барои он кафил нест.",
        "Signed by {key}. Compare it with the fingerprint on the case sheet, or ask its owner by another way; then give it as --signer.": "Бо калиди {key} имзо шудааст. Онро бо нақши калид дар варақаи парванда муқоиса кунед ё аз соҳибаш бо роҳи дигар пурсед; баъд онро ҳамчун --signer диҳед.",
        "All seals are by the signer that you expect, or by keys bound to it.": "Ҳамаи мӯҳрҳо аз они имзокунандаи интизорбудаи шумо ё калидҳои ба он пайвастаанд.",
        "Line {n} of the log is not a row: it was damaged or changed.": "Сатри {n}-и журнал сатри ин шакл нест: вайрон ё тағйирёфта аст.",
        "Seal {n} belongs to another store.": "Мӯҳри {n} аз они анбори дигар аст.",
        "Seal {n} is signed by a key that nothing introduces.": "Мӯҳри {n} бо калиде имзо шудааст, ки ҳеҷ чиз онро ворид накардааст.",
        "Seal {n} does not say when it was made.": "Мӯҳри {n} намегӯяд, ки кай гузошта шудааст.",
        "The clock was set back by {ms} ms before seal {n}; the seal says so.": "Пеш аз мӯҳри {n} соат ба {ms} мс ақиб гузошта шуда буд; худи мӯҳр инро мегӯяд.",
        "Seal {n} claims to be older than the seal before it.": "Мӯҳри {n} худро аз мӯҳри пешина кӯҳнатар нишон медиҳад.",
        "The signature of seal {n} is not good: the seal was changed.": "Имзои мӯҳри {n} дуруст нест: мӯҳр тағйир дода шудааст.",
        "{count} rows were torn when a program stopped; the log says so itself.": "Сатрҳо ({count}) ҳангоми бозмондани барнома канда шудаанд; худи журнал инро мегӯяд.",
        "All {count} rows of the log are well-formed.": "Ҳамаи сатрҳои журнал ({count}) шакли дуруст доранд.",
        "There is no seal.": "Мӯҳр нест.",
        "All {count} seals carry good signatures.": "Ҳамаи мӯҳрҳо ({count}) имзои дуруст доранд.",
        "By their own clock, the seals were made one after the other.": "Аз рӯйи соати худашон мӯҳрҳо пайи ҳам гузошта шудаанд.",
        "All seals belong to one store, {store}.": "Ҳамаи мӯҳрҳо аз они як анбор, {store}, мебошанд.",
        "{count} rows at the end are under no seal yet.": "Сатрҳои охир ({count}) ҳоло зери мӯҳр нестанд.",
        "Every row of the log is under a seal.": "Ҳар сатри журнал зери мӯҳр аст.",
        "Seal {n} says that something was removed that was never sealed here.": "Мӯҳри {n} дар бораи нест кардани чизе мегӯяд, ки ҳеҷ гоҳ дар ин ҷо мӯҳр нашудааст.",
        "Seal {n} names another file than the seal that it speaks of.": "Мӯҳри {n} файли дигарро меномад, на онеро, ки дар мӯҳри зикршуда аст.",
        "Seal {n} says that {file} was removed, but its key has no word of the key that sealed it: anybody could have written that.": "Мӯҳри {n} мегӯяд, ки {file} нест карда шуд, вале калиде, ки файлро мӯҳр кардааст, барои калиди он кафил нест: инро ҳар кас навишта метавонист.",
        "{file} is here, and seal {n} says that it was removed.": "{file} дар ин ҷост, вале мӯҳри {n} мегӯяд, ки он нест карда шуд.",
        "Removed by policy ({reason}), says signed seal {n} of {moment}: {count} sealed files. What was in them is not here and cannot be checked here.": "Мувофиқи қоида нест карда шуд ({reason}), чунон ки мӯҳри имзошудаи {n} аз {moment} мегӯяд; файлҳои мӯҳршуда: {count}. Мазмунашон дар ин ҷо нест ва онро дар ин ҷо санҷидан мумкин нест.",
        "The records of {file} are not those that seal {n} was made of.": "Сабтҳои {file} онҳое нестанд, ки мӯҳри {n} аз онҳо гузошта шудааст.",
        "{file} is not what seal {n} was made of: it was changed after {moment}.": "{file} он нест, ки мӯҳри {n} аз он гузошта шудааст: пас аз {moment} тағйир ёфтааст.",
        "{file} is missing. A seal says that it was removed; openssl must check it.": "{file} нест. Мӯҳр мегӯяд, ки он нест карда шуд; онро бояд openssl санҷад.",
        "{file}, which seal {n} covers, is missing.": "Файли {file}, ки зери мӯҳри {n} аст, нест.",
        "All {count} sealed captures and notes are here.": "Ҳамаи сабтҳо ва эзоҳҳои мӯҳрдор ({count}) дар ин ҷоянд.",
        "Every sealed file is, byte for byte, what was sealed.": "Ҳар файли мӯҳрдор байт ба байт ҳамон аст, ки мӯҳр шуда буд.",
        "Every record in them is as it was sealed.": "Ҳар сабт дар онҳо чунон аст, ки мӯҳр шуда буд.",
        "Nothing lies here without a seal.": "Дар ин ҷо чизе бе мӯҳр нест.",
        "No capture is sealed here.": "Дар ин ҷо ягон саҳифа мӯҳр нашудааст.",
        "{name} lies here without a seal; nothing vouches for it.": "{name} дар ин ҷо бе мӯҳр аст; ҳеҷ чиз барои он кафил нест.",
        "The custody log of {file} is not the one that seal {n} closes: rows are missing or were changed.": "Журнали нигоҳдории {file} он нест, ки мӯҳри {n} бастааст: сатрҳо намерасанд ё тағйир ёфтаанд.",
        "The custody log of {file} is not closed by a seal.": "Журнали нигоҳдории {file} бо мӯҳр баста нашудааст.",
        "The custody log is whole: {count} rows say who or what held, read and copied it.": "Журнали нигоҳдорӣ пурра аст: {count} сатр мегӯянд, ки кӣ ё чӣ нигоҳ дошт, хонд ва нусха гирифт.",
        "The timestamp of {moment} is over something else.": "Тамғаи вақти {moment} зери чизи дигар аст.",
        "The timestamp of {moment} holds, but before the root certificate {root}, which is not known here. Compare that fingerprint with the one that the authority publishes, and give the certificate as --roots.": "Тамғаи вақти {moment} дуруст аст, вале назди шаҳодатномаи решагии {root}, ки ин ҷо маълум нест. Ин нақшро бо нақши эълонкардаи марказ муқоиса кунед ва шаҳодатномаро ҳамчун --roots диҳед.",
        "The timestamp of {moment} does not hold: {reason}.": "Тамғаи вақти {moment} дуруст нест: {reason}.",
        "The proof is not one of OpenTimestamps, version 1.": "Ин далели OpenTimestamps-и нусхаи 1 нест.",
        "The proof is over something else.": "Далел дар бораи чизи дигар аст.",
        "Bytes stand behind the end of the proof.": "Пас аз охири далел боз байтҳо ҳастанд.",
        "The proof is cut off.": "Далел бурида шудааст.",
        "The proof is damaged.": "Далел вайрон аст.",
        "{name} stamps a seal that is not here.": "{name} ба мӯҳре тааллуқ дорад, ки ин ҷо нест.",
        "{name} is not what the log holds under that number.": "{name} он нест, ки дар журнал бо ин рақам истодааст.",
        "There is none here.": "Дар ин ҷо онҳо нестанд.",
        "{name} is not a timestamp that was granted.": "{name} тамғаи вақти додашуда нест.",
        "Seal {n} existed on {moment}, says {authority}.": "Мӯҳри {n} дар {moment} вуҷуд дошт, мегӯяд {authority}.",
        "{name} does not hold.": "{name} дуруст нест.",
        "The proof for seal {n} waits for a Bitcoin block; that takes hours.": "Далел барои мӯҳри {n} мунтазири блоки Bitcoin аст; ин чанд соат мегирад.",
        "The proof for seal {n} does not lead to Bitcoin block {height}.": "Далел барои мӯҳри {n} ба блоки Bitcoin {height} намебарад.",
        "The proof for seal {n} leads to Bitcoin block {height}: compare the block's merkle root with {root}, or give the block's header as --blocks.": "Далел барои мӯҳри {n} ба блоки Bitcoin {height} мебарад: решаи Меркли он блокро бо {root} муқоиса кунед ё сарлавҳаи блокро ҳамчун --blocks диҳед.",
        "Seal {n} existed on {moment}, says Bitcoin block {height}, {block}.": "Мӯҳри {n} дар {moment} вуҷуд дошт, мегӯяд блоки Bitcoin {height}, {block}.",
        "The timestamp {name} was obtained and is not here: it was removed.": "Тамғаи вақти {name} гирифта шуда буд, вале ин ҷо нест: нест карда шудааст.",
        "The timestamp {name} is not the one that was obtained.": "Тамғаи вақти {name} он нест, ки гирифта шуда буд.",
        "All {count} timestamps that the log names are here.": "Ҳамаи тамғаҳои вақт, ки журнал ном мебарад ({count}), ин ҷоянд.",
        "{count} of {all} captures have fewer timestamps of authorities than their seals demand ({wanted}). Their time rests on the clock of whoever made them.": "{count} аз {all} сабт назар ба талаби мӯҳрҳояшон ({wanted}) тамғаҳои вақти марказҳои бегона камтар доранд. Вақти онҳо ба соати созандаашон такя мекунад.",
        "{count} of {all} captures have no confirmed OpenTimestamps proof, as their seals demand.": "{count} аз {all} сабт далели тасдиқшудаи OpenTimestamps надоранд, ки мӯҳрҳояшон талаб мекунанд.",
        "Every capture has the timestamps of others that its seal demands.": "Ҳар сабт он тамғаҳои вақти дигаронро дорад, ки мӯҳраш талаб мекунад.",
        "The seal of the exhibit does not fit its key.": "Мӯҳри маҷмӯа ба калиди худ мувофиқ нест.",
        "The signature of the exhibit's seal is not good.": "Имзои мӯҳри маҷмӯа дуруст нест.",
        "The seal is not that of an exhibit.": "Ин мӯҳри маҷмӯа нест.",
        "The list of the exhibit's files carries a good signature of {key}.": "Зери рӯйхати файлҳои маҷмӯа имзои дурусти калиди {key} аст.",
        "The exhibit holds no recording.": "Дар маҷмӯа сабти саҳифа нест.",
        "{name} is in the exhibit but not under its seal.": "{name} дар маҷмӯа ҳаст, вале зери мӯҳри он нест.",
        "{name} is under the exhibit's seal but not in the exhibit.": "{name} зери мӯҳри маҷмӯа ҳаст, вале дар маҷмӯа нест.",
        "{name} is not the file that was sealed.": "{name} он файле нест, ки мӯҳр шуда буд.",
        "{name} is a link, and leads out of the exhibit.": "{name} пайванд аст ва берун аз маҷмӯа мебарад.",
        "All {count} files of the exhibit are those under its seal.": "Ҳамаи файлҳои маҷмӯа ({count}) онҳоянд, ки зери мӯҳранд.",
        "The exhibit is sealed by another key than its captures.": "Маҷмӯа бо калиди дигар мӯҳр шудааст, на он ки сабтҳояш.",
        "The exhibit is sealed by {key}, which is not the signer that you expect.": "Маҷмӯа бо калиди {key} мӯҳр шудааст, ва ин он кас нест, ки шумо интизоред.",
        "It cannot be read: {reason}.": "Инро хондан мумкин нест: {reason}.",
        "It is not in the format that it claims: {reason}.": "Ин он шакле нест, ки худро нишон медиҳад: {reason}.",
        "The folder is neither an exhibit nor a store nor a package.": "Ин папка на маҷмӯа аст, на анбор ва на баста.",
        "The ZIP file is whole, and there is only one way to read it.": "Файли ZIP пурра аст ва онро танҳо бо як роҳ хондан мумкин аст.",
        "There is no seal here, so none of the signer that you expect.": "Дар ин ҷо мӯҳр нест, пас мӯҳри имзокунандаи интизорбудаи шумо ҳам нест.",
        "There is no seal of habeas here; the package's own signature is all there is.": "Дар ин ҷо мӯҳри habeas нест; танҳо имзои худи баста ҳаст.",
        "The package is signed by a key that its seals do not name.": "Баста бо калиде имзо шудааст, ки мӯҳрҳояш ном намебаранд.",
        "{count} files are encrypted by the passphrase of whoever keeps them. Their seals are over the bytes before that; only habeas, opened with it, can compare them.": "{count} файл бо ибораи рамзии нигоҳдорандаашон рамзгузорӣ шудааст. Мӯҳрҳо бар байтҳои пеш аз он гузошта шудаанд; танҳо habeas, ки бо он ибора кушода шудааст, онҳоро муқоиса карда метавонад.",
        "{name} was begun and never finished; nothing reads it.": "{name} сар шуда, ба охир нарасидааст; онро ҳеҷ чиз намехонад.",
        "The store does not say which store it is.": "Анбор намегӯяд, ки кадом анбор аст.",
        "The log ends in the middle of a row: the program was stopped while it wrote.": "Журнал дар миёни сатр тамом мешавад: барнома ҳангоми навиштан бозмонда буд.",
        "A recording alone has no seal: check the package, exhibit or store to which it belongs.": "Сабти танҳо мӯҳр надорад: баста, маҷмӯа ё анбореро, ки ба он тааллуқ дорад, санҷед.",
        "Signed by a key of this computer, {key}.": "Бо калиди ҳамин компютер имзо шудааст, {key}.",
        "What this does not prove: that the site sent these bytes to anybody else; that what the page says is true; who the person on the page is.": "Он чӣ ин исбот намекунад: ки сайт ин байтҳоро ба каси дигар ҳам фиристод; ки навиштаи саҳифа рост аст; ки он шахс дар саҳифа кист.",
        "A timestamp proves that the capture existed then, not that the site wrote it. The site's certificates, recorded with it, show with whom the connection was; they do not sign the page.": "Тамғаи вақт исбот мекунад, ки сабт он вақт вуҷуд дошт, на он ки сайт онро навиштааст. Шаҳодатномаҳои сайт, ки бо он сабт шудаанд, нишон медиҳанд, ки пайваст бо кӣ буд; онҳо саҳифаро имзо намекунанд.",
        "holds": "дуруст",
        "note": "эзоҳ",
        "removed": "нест карда шуд",
        "could not check": "санҷидан муяссар нашуд",
        "DOES NOT HOLD": "ДУРУСТ НЕСТ",
        "RESULT: all that was checked holds.": "НАТИҶА: ҳар чӣ санҷида шуд, дуруст аст.",
        "RESULT: IT DOES NOT HOLD. Do not rely on it; keep it, and ask where it came from.": "НАТИҶА: ИН НОДУРУСТ АСТ. Ба он такя накунед; нигоҳ доред ва пурсед, ки аз куҷост.",
        "RESULT: what is here holds. Something was removed by policy; a signed row says so.": "НАТИҶА: он чи дар ин ҷост, дуруст аст. Чизе мувофиқи қоида нест карда шудааст; сатри имзошудаи журнал инро мегӯяд.",
        "RESULT: nothing speaks against it, but not everything could be checked.": "НАТИҶА: чизе бар зидди он нест, вале на ҳама чиз санҷида шуд.",
    },
    "uz": {
        "and {count} more like these.": "va yana {count} ta shunga oʻxshash.",
        "{name} is too large to be what it should be.": "{name}: boʻlishi kerak boʻlgan narsa uchun haddan tashqari katta.",
        "{name} is packed inside the ZIP and must not be.": "{name} ZIP ichida siqilgan, vaholanki siqilmasligi kerak.",
        "{name} is damaged inside the ZIP.": "{name} ZIP ichida shikastlangan.",
        "The ZIP file has no end: it was cut off, or is no ZIP file.": "ZIP faylning oxiri yoʻq: u kesilgan yoki ZIP emas.",
        "The end of the ZIP file is not as it should be.": "ZIP faylning oxiri kerakli koʻrinishda emas.",
        "Bytes lie hidden between the directory of the ZIP and its end.": "ZIP mundarijasi bilan oxiri orasida yashirin baytlar bor.",
        "The directory of the ZIP file is not as it should be.": "ZIP fayl mundarijasi kerakli koʻrinishda emas.",
        "Bytes lie hidden in the directory of the ZIP.": "ZIP mundarijasida yashirin baytlar bor.",
        "{name} overlaps another file of the ZIP, or hidden bytes lie before it.": "{name} ZIP ning boshqa fayli ustiga tushadi yoki undan oldin yashirin baytlar bor.",
        "Bytes lie hidden before the directory of the ZIP.": "ZIP mundarijasidan oldin yashirin baytlar bor.",
        "{name} is a name that leads out of the package.": "{name} – paketdan tashqariga olib chiqadigan nom.",
        "{name} is in the ZIP twice.": "{name} ZIP da ikki marta bor.",
        "{name} is not where the ZIP says it is.": "{name} ZIP aytgan joyda emas.",
        "The ZIP says two different things about {name}.": "ZIP {name} haqida ikki xil narsa aytadi.",
        "{name} is encrypted or packed in an unknown way.": "{name} shifrlangan yoki nomaʼlum usulda siqilgan.",
        "The ZIP lies about the size of {name}.": "ZIP {name} hajmi haqida yolgʻon aytadi.",
        "{name} claims to unpack to an impossible size.": "{name} goʻyo mumkin boʻlmagan hajmgacha ochiladi.",
        "A record of the recording has no end of headers.": "Yozuvda sarlavhalar oxiri yoʻq.",
        "A record of the recording cannot be read.": "Yozuvlardan birini oʻqib boʻlmaydi.",
        "The recording ends in the middle of a record.": "Yozuvlar fayli yozuv oʻrtasida tugaydi.",
        "The recording is damaged behind byte {place}.": "Yozuvlar fayli {place}-baytdan keyin shikastlangan.",
        "{name} cannot be read.": "{name} faylini oʻqib boʻlmaydi.",
        "The file {name}, which every WACZ must have, is missing.": "Har bir WACZ da boʻlishi shart boʻlgan {name} fayli yoʻq.",
        "{name} is in the package but not in its list.": "{name} paketda bor, lekin uning roʻyxatida yoʻq.",
        "{name} is in the list but not in the package.": "{name} roʻyxatda bor, lekin paketda yoʻq.",
        "All {count} files are those of the package's list, byte for byte.": "Barcha fayllar ({count} ta) paket roʻyxatidagi bilan baytma-bayt bir xil.",
        "The package's list is not the one whose hash the package states.": "Paket roʻyxati paketda xeshi koʻrsatilgan roʻyxat emas.",
        "The package does not state a hash of its own list.": "Paket oʻz roʻyxatining xeshini koʻrsatmaydi.",
        "{name} is not the file whose hash the package states.": "{name} – paketda xeshi koʻrsatilgan fayl emas.",
        "{name} has another size than the package states.": "{name} hajmi paketda koʻrsatilganidan boshqa.",
        "The index is not sorted: readers would miss entries.": "Koʻrsatkich tartiblanmagan: oʻqiydigan dasturlar yozuvlarni oʻtkazib yuboradi.",
        "The index says something else about {url} than the recording does.": "Koʻrsatkich {url} haqida yozuvdagidan boshqa narsani aytadi.",
        "{count} answers are missing from the index.": "Koʻrsatkichda javoblar yetishmaydi: {count}.",
        "All {count} entries of the index agree with the recordings.": "Koʻrsatkichning barcha qatorlari ({count} ta) yozuvlarga mos.",
        "The page list names {url}, which was not recorded.": "Sahifalar roʻyxatida {url} bor, lekin u yozib olinmagan.",
        "The page list gives another time for {url} than the recording.": "Sahifalar roʻyxati {url} uchun yozuvdagidan boshqa vaqtni beradi.",
        "The page list is empty.": "Sahifalar roʻyxati boʻsh.",
        "All {count} listed pages are in the recordings, with their times.": "Roʻyxatdagi barcha sahifalar ({count} ta) yozuvlarda bor, vaqtlari ham bir xil.",
        "{name} is damaged or cut off.": "{name} shikastlangan yoki kesilgan.",
        "A record of {name} at byte {place} does not fit its own digest.": "{name} ichidagi {place}-baytdagi yozuv oʻz xeshiga mos emas.",
        "The page in {name} at byte {place} does not fit its second digest.": "{name} ichidagi {place}-baytdagi sahifa oʻzining ikkinchi xeshiga mos emas.",
        "There is no recording.": "Yozib olingan sahifa yoʻq.",
        "All {count} records fit their own digests. That shows damage, not intent.": "Barcha yozuvlar ({count} ta) oʻz xeshlariga mos. Bu buzilishni koʻrsatadi, qasdni emas.",
        "The package is not signed, and a package with seals must be.": "Paket imzolanmagan, muhrli paket esa imzolangan boʻlishi shart.",
        "The package is not signed: anybody can have changed it and made its hashes anew.": "Paket imzolanmagan: uni istalgan kishi oʻzgartirib, xeshlarini qaytadan yasashi mumkin edi.",
        "The signature carries what its format does not allow.": "Imzoda uning shakli ruxsat bermaydigan narsa bor.",
        "The signature is over another list than that of this package.": "Imzo bu paketning roʻyxatiga emas, boshqa roʻyxatga qoʻyilgan.",
        "The package and its signature state different times.": "Paket va uning imzosi har xil vaqtni koʻrsatadi.",
        "The program openssl (3.0 or newer) is needed for this and was not found or is too old.": "Buning uchun openssl dasturi (3.0 yoki yangiroq) kerak; u yoʻq yoki juda eski.",
        "The package's list carries a good signature of the key {key}.": "Paket roʻyxatida {key} kalitining toʻgʻri imzosi bor.",
        "The signature of the package's list is not that of its key.": "Paket roʻyxatidagi imzo uning kalitiga tegishli emas.",
        "The signature lacks its parts.": "Imzoning qismlari yetishmaydi.",
        "The signature's timestamp cannot be read.": "Imzoning vaqt belgisini oʻqib boʻlmaydi.",
        "The signature states another time than its timestamp.": "Imzo oʻz vaqt belgisidagidan boshqa vaqtni koʻrsatadi.",
        "The certificate of {domain} does not lead to a trusted authority: {reason}.": "{domain} sertifikati ishonchli markazga olib bormaydi: {reason}.",
        "The package was signed by whoever held the certificate of {domain} on {moment}.": "Paketni {domain} sertifikati egasi imzolagan, {moment}.",
        "Row {n} stands in the wrong place: rows were moved or doubled.": "{n}-qator oʻz joyida emas: qatorlar koʻchirilgan yoki takrorlangan.",
        "Row {n} does not follow from the row before it: one was changed.": "{n}-qator oldingi qatordan kelib chiqmaydi: ulardan biri oʻzgartirilgan.",
        "{count} rows of the chain are missing.": "Zanjirda qatorlar yetishmaydi: {count}.",
        "{count} rows about other captures are not enclosed; the others keep their order.": "Boshqa yozuvlar haqidagi qatorlar ({count} ta) ilova qilinmagan; qolganlarining tartibi saqlangan.",
        "All {count} rows stand in their order, each bound to the one before.": "Barcha qatorlar ({count} ta) tartibda, har biri oldingisiga bogʻlangan.",
        "Seal {n} is signed by a key that was not the one to sign.": "{n}-muhr imzolashi kerak boʻlgan kalit bilan imzolanmagan.",
        "Seal {n} introduces a key in a way that does not hold together.": "{n}-muhr kalitni oʻzaro mos kelmaydigan tarzda kiritadi.",
        "Seal {n} is signed by {key}, which is not the signer that you expect.": "{n}-muhr {key} kaliti bilan imzolangan, bu siz kutgan imzolovchi emas.",
        "A key was lost and replaced by one for which the old key does not vouch.": "Kalit yoʻqolgan va eski kalit kafil boʻlmagan boshqasi bilan almashtirilgan.",
        "Signed by {key}. Compare it with the fingerprint on the case sheet, or ask its owner by another way; then give it as --signer.": "{key} kaliti bilan imzolangan. Uni ish varaqasidagi kalit izi bilan solishtiring yoki egasidan boshqa yoʻl bilan soʻrang; keyin uni --signer sifatida bering.",
        "All seals are by the signer that you expect, or by keys bound to it.": "Barcha muhrlar siz kutgan imzolovchiniki yoki unga bogʻlangan kalitlarniki.",
        "Line {n} of the log is not a row: it was damaged or changed.": "Jurnalning {n}-qatori shu shakldagi qator emas: u shikastlangan yoki oʻzgartirilgan.",
        "Seal {n} belongs to another store.": "{n}-muhr boshqa omborga tegishli.",
        "Seal {n} is signed by a key that nothing introduces.": "{n}-muhr hech narsa kiritmagan kalit bilan imzolangan.",
        "Seal {n} does not say when it was made.": "{n}-muhr qachon qoʻyilganini aytmaydi.",
        "The clock was set back by {ms} ms before seal {n}; the seal says so.": "{n}-muhrdan oldin soat {ms} ms orqaga surilgan; buni muhrning oʻzi aytadi.",
        "Seal {n} claims to be older than the seal before it.": "{n}-muhr oʻzini oldingi muhrdan eskiroq deb koʻrsatadi.",
        "The signature of seal {n} is not good: the seal was changed.": "{n}-muhr imzosi toʻgʻri emas: muhr oʻzgartirilgan.",
        "{count} rows were torn when a program stopped; the log says so itself.": "Dastur toʻxtaganda {count} ta qator uzilib qolgan; buni jurnalning oʻzi aytadi.",
        "All {count} rows of the log are well-formed.": "Jurnalning barcha qatorlari ({count} ta) toʻgʻri shaklda.",
        "There is no seal.": "Muhr yoʻq.",
        "All {count} seals carry good signatures.": "Barcha muhrlarning ({count} ta) imzolari toʻgʻri.",
        "By their own clock, the seals were made one after the other.": "Oʻz soatlari boʻyicha muhrlar ketma-ket qoʻyilgan.",
        "All seals belong to one store, {store}.": "Barcha muhrlar bitta omborga tegishli, {store}.",
        "{count} rows at the end are under no seal yet.": "Oxirgi qatorlar ({count} ta) hali muhr ostida emas.",
        "Every row of the log is under a seal.": "Jurnalning har bir qatori muhr ostida.",
        "Seal {n} says that something was removed that was never sealed here.": "{n}-muhr bu yerda hech qachon muhrlanmagan narsa olib tashlanganini aytadi.",
        "Seal {n} names another file than the seal that it speaks of.": "{n}-muhr oʻzi aytayotgan muhrdagidan boshqa faylni nomlaydi.",
        "Seal {n} says that {file} was removed, but its key has no word of the key that sealed it: anybody could have written that.": "{n}-muhr {file} olib tashlanganini aytadi, ammo uning kaliti uchun faylni muhrlagan kalit kafil emas: buni har kim yozgan boʻlishi mumkin.",
        "{file} is here, and seal {n} says that it was removed.": "{file} shu yerda, ammo {n}-muhr u olib tashlanganini aytadi.",
        "Removed by policy ({reason}), says signed seal {n} of {moment}: {count} sealed files. What was in them is not here and cannot be checked here.": "Qoida boʻyicha olib tashlangan ({reason}), buni {moment} dagi imzolangan {n}-muhr aytadi; muhrlangan fayllar: {count}. Ichidagisi bu yerda yoʻq va bu yerda tekshirib boʻlmaydi.",
        "The records of {file} are not those that seal {n} was made of.": "{file} yozuvlari {n}-muhr qoʻyilgan yozuvlar emas.",
        "{file} is not what seal {n} was made of: it was changed after {moment}.": "{file} – {n}-muhr qoʻyilgan narsa emas: u {moment} dan keyin oʻzgartirilgan.",
        "{file} is missing. A seal says that it was removed; openssl must check it.": "{file} yoʻq. Muhr u olib tashlanganini aytadi; uni openssl tekshirishi kerak.",
        "{file}, which seal {n} covers, is missing.": "{n}-muhr ostidagi {file} fayli yoʻq.",
        "All {count} sealed captures and notes are here.": "Barcha muhrlangan yozuvlar va izohlar ({count} ta) shu yerda.",
        "Every sealed file is, byte for byte, what was sealed.": "Har bir muhrlangan fayl muhrlangani bilan baytma-bayt bir xil.",
        "Every record in them is as it was sealed.": "Ulardagi har bir yozuv muhrlangan holida turibdi.",
        "Nothing lies here without a seal.": "Bu yerda muhrsiz hech narsa yoʻq.",
        "No capture is sealed here.": "Bu yerda hech bir sahifa muhrlanmagan.",
        "{name} lies here without a seal; nothing vouches for it.": "{name} bu yerda muhrsiz yotibdi; unga hech narsa kafil emas.",
        "The custody log of {file} is not the one that seal {n} closes: rows are missing or were changed.": "{file} saqlash jurnali {n}-muhr yopgan jurnal emas: qatorlar yetishmaydi yoki oʻzgartirilgan.",
        "The custody log of {file} is not closed by a seal.": "{file} saqlash jurnali muhr bilan yopilmagan.",
        "The custody log is whole: {count} rows say who or what held, read and copied it.": "Saqlash jurnali butun: {count} ta qator kim yoki nima saqlagani, oʻqigani va nusxa olganini aytadi.",
        "The timestamp of {moment} is over something else.": "{moment} vaqt belgisi boshqa narsaga qoʻyilgan.",
        "The timestamp of {moment} holds, but before the root certificate {root}, which is not known here. Compare that fingerprint with the one that the authority publishes, and give the certificate as --roots.": "{moment} vaqt belgisi toʻgʻri, lekin bu yerda nomaʼlum boʻlgan {root} ildiz sertifikati oldida. Bu izni markaz eʼlon qilgani bilan solishtiring va sertifikatni --roots sifatida bering.",
        "The timestamp of {moment} does not hold: {reason}.": "{moment} vaqt belgisi toʻgʻri emas: {reason}.",
        "The proof is not one of OpenTimestamps, version 1.": "Bu OpenTimestamps 1-versiyasi dalili emas.",
        "The proof is over something else.": "Dalil boshqa narsa haqida.",
        "Bytes stand behind the end of the proof.": "Dalil oxiridan keyin yana baytlar bor.",
        "The proof is cut off.": "Dalil kesilgan.",
        "The proof is damaged.": "Dalil shikastlangan.",
        "{name} stamps a seal that is not here.": "{name} bu yerda yoʻq muhrga tegishli.",
        "{name} is not what the log holds under that number.": "{name} – jurnalda shu raqam ostida turgan narsa emas.",
        "There is none here.": "Bu yerda ular yoʻq.",
        "{name} is not a timestamp that was granted.": "{name} – berilgan vaqt belgisi emas.",
        "Seal {n} existed on {moment}, says {authority}.": "{n}-muhr {moment} da mavjud boʻlgan, deydi {authority}.",
        "{name} does not hold.": "{name} toʻgʻri emas.",
        "The proof for seal {n} waits for a Bitcoin block; that takes hours.": "{n}-muhr dalili Bitcoin blokini kutmoqda; bu bir necha soat oladi.",
        "The proof for seal {n} does not lead to Bitcoin block {height}.": "{n}-muhr dalili Bitcoin {height}-blokiga olib bormaydi.",
        "The proof for seal {n} leads to Bitcoin block {height}: compare the block's merkle root with {root}, or give the block's header as --blocks.": "{n}-muhr dalili Bitcoin {height}-blokiga olib boradi: blokning Merkl ildizini {root} bilan solishtiring yoki blok sarlavhasini --blocks sifatida bering.",
        "Seal {n} existed on {moment}, says Bitcoin block {height}, {block}.": "{n}-muhr {moment} da mavjud boʻlgan, deydi Bitcoin {height}-bloki, {block}.",
        "The timestamp {name} was obtained and is not here: it was removed.": "{name} vaqt belgisi olingan edi, lekin bu yerda yoʻq: u olib tashlangan.",
        "The timestamp {name} is not the one that was obtained.": "{name} – olingan vaqt belgisi emas.",
        "All {count} timestamps that the log names are here.": "Jurnal aytgan barcha vaqt belgilari ({count} ta) shu yerda.",
        "{count} of {all} captures have fewer timestamps of authorities than their seals demand ({wanted}). Their time rests on the clock of whoever made them.": "{all} ta yozuvdan {count} tasida begona markazlarning vaqt belgilari muhrlari talab qilganidan ({wanted}) kam. Ularning vaqti ularni qilgan odamning soatiga tayanadi.",
        "{count} of {all} captures have no confirmed OpenTimestamps proof, as their seals demand.": "{all} ta yozuvdan {count} tasida muhrlari talab qilgan tasdiqlangan OpenTimestamps dalili yoʻq.",
        "Every capture has the timestamps of others that its seal demands.": "Har bir yozuvda muhri talab qilgan boshqalarning vaqt belgilari bor.",
        "The seal of the exhibit does not fit its key.": "Toʻplam muhri oʻz kalitiga mos emas.",
        "The signature of the exhibit's seal is not good.": "Toʻplam muhrining imzosi toʻgʻri emas.",
        "The seal is not that of an exhibit.": "Bu toʻplam muhri emas.",
        "The list of the exhibit's files carries a good signature of {key}.": "Toʻplam fayllari roʻyxatida {key} kalitining toʻgʻri imzosi bor.",
        "The exhibit holds no recording.": "Toʻplamda yozib olingan sahifa yoʻq.",
        "{name} is in the exhibit but not under its seal.": "{name} toʻplamda bor, lekin uning muhri ostida emas.",
        "{name} is under the exhibit's seal but not in the exhibit.": "{name} toʻplam muhri ostida bor, lekin toʻplamda yoʻq.",
        "{name} is not the file that was sealed.": "{name} – muhrlangan fayl emas.",
        "{name} is a link, and leads out of the exhibit.": "{name} – havola va toʻplamdan tashqariga olib chiqadi.",
        "All {count} files of the exhibit are those under its seal.": "Toʻplamning barcha fayllari ({count} ta) muhr ostidagilar.",
        "The exhibit is sealed by another key than its captures.": "Toʻplam yozuvlari muhrlangan kalitdan boshqasi bilan muhrlangan.",
        "The exhibit is sealed by {key}, which is not the signer that you expect.": "Toʻplam {key} kaliti bilan muhrlangan, bu siz kutgan imzolovchi emas.",
        "It cannot be read: {reason}.": "Buni oʻqib boʻlmaydi: {reason}.",
        "It is not in the format that it claims: {reason}.": "Bu oʻzini koʻrsatgan shaklda emas: {reason}.",
        "The folder is neither an exhibit nor a store nor a package.": "Bu papka toʻplam ham, ombor ham, paket ham emas.",
        "The ZIP file is whole, and there is only one way to read it.": "ZIP fayl butun va uni faqat bitta usulda oʻqish mumkin.",
        "There is no seal here, so none of the signer that you expect.": "Bu yerda muhr yoʻq, demak siz kutgan imzolovchining muhri ham yoʻq.",
        "There is no seal of habeas here; the package's own signature is all there is.": "Bu yerda habeas muhri yoʻq; faqat paketning oʻz imzosi bor.",
        "The package is signed by a key that its seals do not name.": "Paket muhrlari aytmagan kalit bilan imzolangan.",
        "{count} files are encrypted by the passphrase of whoever keeps them. Their seals are over the bytes before that; only habeas, opened with it, can compare them.": "{count} ta fayl ularni saqlovchining parol iborasi bilan shifrlangan. Muhrlar shifrlashdan oldingi baytlarga qoʻyilgan; ularni faqat shu ibora bilan ochilgan habeas taqqoslay oladi.",
        "{name} was begun and never finished; nothing reads it.": "{name} boshlangan va tugatilmagan; uni hech narsa oʻqimaydi.",
        "The store does not say which store it is.": "Ombor qaysi ombor ekanini aytmaydi.",
        "The log ends in the middle of a row: the program was stopped while it wrote.": "Jurnal qator oʻrtasida tugaydi: dastur yozayotganda toʻxtatilgan.",
        "A recording alone has no seal: check the package, exhibit or store to which it belongs.": "Yolgʻiz yozuvning muhri yoʻq: u tegishli boʻlgan paket, toʻplam yoki omborni tekshiring.",
        "Signed by a key of this computer, {key}.": "Shu kompyuterning kaliti bilan imzolangan, {key}.",
        "What this does not prove: that the site sent these bytes to anybody else; that what the page says is true; who the person on the page is.": "Bu nimani isbotlamaydi: sayt bu baytlarni yana kimgadir yuborganini; sahifada yozilgani rost ekanini; sahifadagi odam kimligini.",
        "A timestamp proves that the capture existed then, not that the site wrote it. The site's certificates, recorded with it, show with whom the connection was; they do not sign the page.": "Vaqt belgisi yozuv oʻsha paytda mavjud boʻlganini isbotlaydi, uni sayt yozganini emas. U bilan birga yozib olingan sayt sertifikatlari ulanish kim bilan boʻlganini koʻrsatadi; ular sahifani imzolamaydi.",
        "holds": "toʻgʻri",
        "note": "izoh",
        "removed": "olib tashlangan",
        "could not check": "tekshirib boʻlmadi",
        "DOES NOT HOLD": "TOʻGʻRI EMAS",
        "RESULT: all that was checked holds.": "NATIJA: tekshirilgan hamma narsa toʻgʻri.",
        "RESULT: IT DOES NOT HOLD. Do not rely on it; keep it, and ask where it came from.": "NATIJA: BU NOTOʻGʻRI. Bunga tayanmang; saqlab qoʻying va qayerdan kelganini soʻrang.",
        "RESULT: what is here holds. Something was removed by policy; a signed row says so.": "NATIJA: bu yerda bor narsa tasdiqlandi. Nimadir qoida boʻyicha olib tashlangan; buni jurnalning imzolangan qatori aytadi.",
        "RESULT: nothing speaks against it, but not everything could be checked.": "NATIJA: qarshi hech narsa yoʻq, lekin hammasini tekshirib boʻlmadi.",
    },
}
# fmt: on


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main())
