"""Attacks on evidence, each carried out for real on a copy of honest ground.

Whoever attacks has everything but the signer's key: they redo every hash and list that they can,
with habeas itself where that is easiest.
"""

import gzip
import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sealed import NAME, NOW, OTHER, PNG, Ground, build, sealer_in
from time_authority import TimeAuthority

from habeas.evidence.digests import label
from habeas.evidence.wacz import Contents, write_wacz
from habeas.evidence.wacz.signing import signer_of


@dataclass(frozen=True)
class Attack:
    """One row of the matrix.

    Attributes:
        name: what is done, for the table.
        target: what is handed to the verifiers: package, exhibit, zip or store.
        breaks: one check that must be broken.
        act: does it, and returns the path to be verified.
    """

    name: str
    target: str
    breaks: str
    act: Callable[[Ground], Path]

    @property
    def code(self) -> int:
        """The exit code: 1; or 3, where something may be honest and nothing vouches for it."""
        return 3 if self.act.__name__ == "smuggle" else 1


ATTACKS: list[Attack] = []


def _attack(
    name: str, target: str, breaks: str
) -> Callable[[Callable[[Ground], Path]], Callable[[Ground], Path]]:
    def registered(act: Callable[[Ground], Path]) -> Callable[[Ground], Path]:
        ATTACKS.append(Attack(name, target, breaks, act))
        return act

    return registered


# --- tools of attackers ------------------------------------------------------------------------


def unpacked(package: Path) -> dict[str, bytes]:
    """Return the members of a package."""
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(package: Path, members: dict[str, bytes]) -> Path:
    """Write members as they are, without making any list anew."""
    package.unlink()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as out:
        for name, content in members.items():
            out.writestr(zipfile.ZipInfo(name), content)
    return package


def rehashed(package: Path, members: dict[str, bytes], *, sign: bool = True) -> Path:
    """Write members with the package's list of hashes made anew; keep the old signature's bytes."""
    listed = json.loads(members["datapackage.json"])
    own = {"datapackage.json", "datapackage-digest.json"}
    listed["resources"] = [
        {
            "name": name.lower(),
            "path": name,
            "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }
        for name, content in members.items()
        if name not in own
    ]
    text = json.dumps(listed).encode()
    digest = json.loads(members["datapackage-digest.json"])
    digest["hash"] = "sha256:" + hashlib.sha256(text).hexdigest()
    if "signedData" in digest:
        digest["signedData"]["hash"] = digest["hash"]
        if not sign:
            del digest["signedData"]
    members = {**members, "datapackage.json": text}
    members["datapackage-digest.json"] = json.dumps(digest).encode()
    return packed(package, members)


def repackaged(ground: Ground, members: dict[str, bytes], *, keys: Path | None = None) -> Path:
    """Make a whole new package of changed recordings: index, pages, lists, a signature if asked."""
    folder = ground.folder / "forged"
    folder.mkdir()
    archives = []
    for name, content in members.items():
        if name.startswith("archive/"):
            archives.append(folder / name.rpartition("/")[2])
            archives[-1].write_bytes(content)
    seals = {name: content for name, content in members.items() if name.startswith("seals/")}
    package = ground.package
    package.unlink()
    signer = signer_of(sealer_in(keys).keys.current()) if keys else None
    write_wacz(package, Contents(archives, NOW, further=seals), signer=signer)
    return package


def recordings(members: dict[str, bytes]) -> list[str]:
    """Return the names of the recordings that hold an answer, oldest first."""
    return sorted(
        name
        for name, content in members.items()
        if name.startswith("archive/") and b"msgtype=response" in gzip.decompress(content)
    )


def named(members: dict[str, bytes]) -> str:
    """Return the recording of the page that prints the name."""
    return next(one for one in recordings(members) if _OLD in gzip.decompress(members[one]))


def split_members(content: bytes) -> Iterator[bytes]:
    """Yield the records of a recording, unpacked."""
    import zlib

    while content:
        machine = zlib.decompressobj(31)
        yield machine.decompress(content)
        content = machine.unused_data


def edited(content: bytes, old: bytes, new: bytes) -> bytes:
    """Return a recording in which something was exchanged and every digest made anew."""
    out = []
    for record in split_members(content):
        head, _gap, block = record.partition(b"\r\n\r\n")
        block = block[:-4]
        changed = record.replace(old, new)
        if changed != record:
            head, block = head.replace(old, new), block.replace(old, new)
            head = _with_digests(head, block)
            changed = head + b"\r\n\r\n" + block + b"\r\n\r\n"
        out.append(gzip.compress(changed, 6, mtime=0))
    return b"".join(out)


def _with_digests(head: bytes, block: bytes) -> bytes:
    payload = block.partition(b"\r\n\r\n")[2] if b"application/http" in head else block
    for name, held in ((b"Block", block), (b"Payload", payload)):
        digest = label(hashlib.sha256(held).digest()).encode()
        head = re.sub(
            rb"(?m)^WARC-%s-Digest: [^\r]*" % name, b"WARC-%s-Digest: " % name + digest, head
        )
    return re.sub(rb"(?m)^Content-Length: \d+", b"Content-Length: %d" % len(block), head)


def log_lines(members: dict[str, bytes]) -> list[bytes]:
    """Return the lines of the enclosed log."""
    return members["seals/log.txt"].splitlines(keepends=True)


def flipped(content: bytes, place: int) -> bytes:
    """Return bytes with one bit turned over."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


_OLD, _NEW = NAME.encode("windows-1251"), "Вымышленко А.Б.".encode("windows-1251")


# --- the recording -----------------------------------------------------------------------------


@_attack("flip one bit of a recording inside the package", "package", "package.files")
def flip_in_zip(ground: Ground) -> Path:
    name = recordings(members := unpacked(ground.package))[0]
    raw = ground.package.read_bytes()
    start = raw.index(members[name])
    ground.package.write_bytes(flipped(raw, start + len(members[name]) // 2))
    return ground.package


@_attack("flip one bit of a recording, redo the package's hashes", "package", "package.records")
def flip_and_rehash(ground: Ground) -> Path:
    name = recordings(members := unpacked(ground.package))[0]
    members[name] = flipped(members[name], len(members[name]) // 2)
    return rehashed(ground.package, members)


@_attack(
    "change a name on the page, redo all digests, index, lists; no signature",
    "package",
    "item.bytes",
)
def change_name(ground: Ground) -> Path:
    name = named(members := unpacked(ground.package))
    members[name] = edited(members[name], _OLD, _NEW)
    return repackaged(ground, members)


@_attack("change a name, redo everything, sign with another key", "package", "item.bytes")
def change_name_and_sign(ground: Ground) -> Path:
    name = named(members := unpacked(ground.package))
    members[name] = edited(members[name], _OLD, _NEW)
    return repackaged(ground, members, keys=ground.folder / "forger")


@_attack("date the capture back in the recording, redo everything", "package", "item.bytes")
def redate_recording(ground: Ground) -> Path:
    name = recordings(members := unpacked(ground.package))[0]
    members[name] = edited(members[name], b"2026-11-23T", b"2026-11-03T")
    return repackaged(ground, members)


@_attack("exchange the contents of two recordings", "package", "item.bytes")
def mix_captures(ground: Ground) -> Path:
    one, two = recordings(members := unpacked(ground.package))[:2]
    members[one], members[two] = members[two], members[one]
    return repackaged(ground, members)


@_attack("append a record of one capture to the recording of another", "package", "item.records")
def append_record(ground: Ground) -> Path:
    one, two = recordings(members := unpacked(ground.package))[:2]
    record = list(split_members(members[two]))[2]
    members[one] += gzip.compress(record, 6, mtime=0)
    return repackaged(ground, members)


@_attack(
    "exchange the picture of the page in its recording, redo everything", "package", "item.bytes"
)
def swap_picture(ground: Ground) -> Path:
    members = unpacked(ground.package)
    name = next(n for n, c in members.items() if n.endswith(".gz") and PNG in gzip.decompress(c))
    members[name] = edited(members[name], PNG, flipped(PNG, len(PNG) - 20))
    return repackaged(ground, members)


@_attack("leave out a recording, redo everything", "package", "item.present")
def leave_out(ground: Ground) -> Path:
    members = unpacked(ground.package)
    del members[recordings(members)[1]]
    return repackaged(ground, members)


@_attack("add a recording that was never sealed, redo everything", "package", "item.unsealed")
def add_recording(ground: Ground) -> Path:
    name = named(members := unpacked(ground.package))
    members["archive/20261123T140506123456Z-" + "0" * 32 + ".warc.gz"] = edited(
        members[name], _OLD, _NEW
    )
    return repackaged(ground, members)


@_attack("cut off the end of a recording, redo everything possible", "package", "package.records")
def cut_recording(ground: Ground) -> Path:
    name = recordings(members := unpacked(ground.package))[0]
    members[name] = members[name][:-40]
    return rehashed(ground.package, members)


# --- the package -------------------------------------------------------------------------------


@_attack("remove the package's signature, redo its hashes", "package", "package.signature")
def strip_signature(ground: Ground) -> Path:
    return rehashed(ground.package, unpacked(ground.package), sign=False)


@_attack("sign the unchanged package with another key", "package", "package.signature")
def resign(ground: Ground) -> Path:
    return repackaged(ground, unpacked(ground.package), keys=ground.folder / "forger")


@_attack("remove the page list and its listing, redo hashes", "package", "package.files")
def remove_pages(ground: Ground) -> Path:
    members = unpacked(ground.package)
    del members["pages/pages.jsonl"]
    return rehashed(ground.package, members)


@_attack("point the index at another record, redo hashes", "package", "package.index")
def bend_index(ground: Ground) -> Path:
    members = unpacked(ground.package)
    index = members["indexes/index.cdx"]
    members["indexes/index.cdx"] = index.replace(b"list?n=0", b"list?n=3")
    return rehashed(ground.package, members)


@_attack("add a file that no list names", "package", "package.files")
def add_unlisted(ground: Ground) -> Path:
    return packed(ground.package, {**unpacked(ground.package), "seals/more.txt": b"x"})


@_attack("remove all seals, redo everything, sign with another key", "package", "seal.signature")
def remove_seals(ground: Ground) -> Path:
    members = {n: c for n, c in unpacked(ground.package).items() if not n.startswith("seals/")}
    return repackaged(ground, members, keys=ground.folder / "forger")


# --- seals, keys, custody ----------------------------------------------------------------------


def _relogged(ground: Ground, change: Callable[[list[bytes]], list[bytes]]) -> Path:
    members = unpacked(ground.package)
    members["seals/log.txt"] = b"".join(change(log_lines(members)))
    return rehashed(ground.package, members)


@_attack("date a seal back", "package", "seal.signature")
def redate_seal(ground: Ground) -> Path:
    def change(lines: list[bytes]) -> list[bytes]:
        return [
            re.sub(rb'"created":"\d{4}', b'"created":"2025', line)
            if b'"kind":"capture"' in line
            else line
            for line in lines
        ]

    return _relogged(ground, change)


@_attack("put the digest of a forged recording into its seal", "package", "seal.signature")
def forge_seal(ground: Ground) -> Path:
    name = named(members := unpacked(ground.package))
    old = hashlib.sha256(members[name]).hexdigest().encode()
    members[name] = edited(members[name], _OLD, _NEW)
    new = hashlib.sha256(members[name]).hexdigest().encode()
    members["seals/log.txt"] = members["seals/log.txt"].replace(old, new)
    return repackaged(ground, members)


@_attack("make the whole exhibit anew with another key", "exhibit", "seal.signer")
def other_key(ground: Ground) -> Path:
    forged = build(ground.folder / "forged", ground.exchange, (OTHER, NAME))
    return forged.exhibit.folder


@_attack("remove a seal from the log", "package", "item.unsealed")
def remove_seal(ground: Ground) -> Path:
    def change(lines: list[bytes]) -> list[bytes]:
        first = next(line for line in lines if b'"kind":"capture"' in line)
        return [line for line in lines if line is not first]

    return _relogged(ground, change)


@_attack("put two seals of the log into another order", "package", "seal.chain")
def reorder(ground: Ground) -> Path:
    def change(lines: list[bytes]) -> list[bytes]:
        places = [n for n, line in enumerate(lines) if b'"kind":"capture"' in line]
        lines[places[0]], lines[places[1]] = lines[places[1]], lines[places[0]]
        return lines

    return _relogged(ground, change)


@_attack("remove a row of custody", "package", "custody.complete")
def remove_custody(ground: Ground) -> Path:
    def change(lines: list[bytes]) -> list[bytes]:
        return [line for line in lines if b'"event":"exported"' not in line]

    return _relogged(ground, change)


@_attack("change who did something in a row of custody", "package", "custody.complete")
def change_custody(ground: Ground) -> Path:
    def change(lines: list[bytes]) -> list[bytes]:
        return [
            line.replace(b'"name":"habeas/', b'"name":"nobody/')
            if b'"event":"captured"' in line
            else line
            for line in lines
        ]

    return _relogged(ground, change)


# --- timestamps --------------------------------------------------------------------------------


def _tokens(members: dict[str, bytes]) -> list[str]:
    return sorted(name for name in members if name.endswith(".tsr"))


@_attack("remove a timestamp, redo hashes", "package", "stamp.kept")
def remove_stamp(ground: Ground) -> Path:
    members = unpacked(ground.package)
    del members[_tokens(members)[0]]
    return rehashed(ground.package, members)


@_attack("put a timestamp over something else in its place", "package", "stamp.rfc3161")
def wrong_stamp(ground: Ground) -> Path:
    from habeas.evidence.stamps.tokens import request

    members = unpacked(ground.package)
    folder = ground.folder / "first"
    with TimeAuthority(ground.folder / "third") as authority:
        authority.folder = folder
        reply = authority.reply(request(hashlib.sha256(b"something else").digest()))
    members[_tokens(members)[0]] = reply
    return rehashed(ground.package, members)


@_attack("put a timestamp of an authority of one's own in its place", "package", "stamp.kept")
def own_authority(ground: Ground) -> Path:
    from habeas.evidence.stamps.tokens import request

    members = unpacked(ground.package)
    name = _tokens(members)[0]
    manifest = members[name.partition(".")[0] + ".manifest"]
    with TimeAuthority(ground.folder / "forged-authority", name="Invented first") as authority:
        members[name] = authority.reply(request(hashlib.sha256(manifest).digest()))
    return rehashed(ground.package, members)


@_attack("change the time inside a timestamp", "package", "stamp.rfc3161")
def bend_stamp(ground: Ground) -> Path:
    members = unpacked(ground.package)
    name = _tokens(members)[0]
    members[name] = re.sub(rb"\x18\x0f2\d{13}Z", b"\x18\x0f20250101000000Z", members[name], count=1)
    return rehashed(ground.package, members)


# --- the ZIP -----------------------------------------------------------------------------------


@_attack("cut off the end of the package", "package", "zip.structure")
def truncate(ground: Ground) -> Path:
    ground.package.write_bytes(ground.package.read_bytes()[:-500])
    return ground.package


@_attack("put a second file of the same name into the ZIP", "package", "zip.structure")
def duplicate(ground: Ground) -> Path:
    import warnings

    name = recordings(members := unpacked(ground.package))[0]
    with warnings.catch_warnings(), zipfile.ZipFile(ground.package, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(zipfile.ZipInfo(name), edited(members[name], _OLD, _NEW))
    return ground.package


@_attack("a name that differs in capitals only", "package", "zip.structure")
def duplicate_case(ground: Ground) -> Path:
    members = unpacked(ground.package)
    return rehashed(ground.package, {**members, "Indexes/INDEX.cdx": b"x"})


@_attack("a name that leads out of the folder", "package", "zip.structure")
def traverse(ground: Ground) -> Path:
    return rehashed(ground.package, {**unpacked(ground.package), "seals/../../x.txt": b"x"})


@_attack("a link in the ZIP", "package", "zip.structure")
def link(ground: Ground) -> Path:
    with zipfile.ZipFile(ground.package, "a") as package:
        entry = zipfile.ZipInfo("seals/link")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return ground.package


@_attack("a packed file that unpacks to a hundred megabytes", "package", "package.files")
def bomb(ground: Ground) -> Path:
    place = ground.package
    rehashed(place, {**unpacked(place), "seals/bomb.txt": b"\0" * 100_000_000})
    members = unpacked(place)
    place.unlink()
    with zipfile.ZipFile(place, "w") as package:
        for name, content in members.items():
            kind = zipfile.ZIP_DEFLATED if name == "seals/bomb.txt" else zipfile.ZIP_STORED
            package.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return place


@_attack("two files of the ZIP share their bytes", "package", "zip.structure")
def overlap(ground: Ground) -> Path:
    raw = bytearray(ground.package.read_bytes())
    directory = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x01\x02", directory + 4)
    raw[second + 42 : second + 46] = raw[directory + 42 : directory + 46]
    ground.package.write_bytes(bytes(raw))
    return ground.package


@_attack("the ZIP lies about a size", "package", "zip.structure")
def lie_about_size(ground: Ground) -> Path:
    raw = bytearray(ground.package.read_bytes())
    directory = raw.index(b"PK\x01\x02")
    size = struct.unpack("<L", raw[directory + 24 : directory + 28])[0]
    raw[directory + 24 : directory + 28] = struct.pack("<L", size - 7)
    ground.package.write_bytes(bytes(raw))
    return ground.package


@_attack("hide bytes before the first file of the ZIP", "package", "zip.structure")
def prefix(ground: Ground) -> Path:
    members = unpacked(ground.package)
    out = io.BytesIO()
    out.write(b"#!/bin/sh\necho hidden\n")
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name), content)
    # Begins with the mark of a ZIP all the same, as an attacker would see to.
    ground.package.write_bytes(b"PK" + out.getvalue()[2:])
    return ground.package


# --- the exhibit -------------------------------------------------------------------------------


@_attack("exchange the PDF", "exhibit", "exhibit.files")
def swap_paper(ground: Ground) -> Path:
    paper = next(ground.exhibit.folder.glob("*.pdf"))
    paper.write_bytes(paper.read_bytes().replace(b"Typst", b"Typzt"))
    return ground.exhibit.folder


@_attack("exchange verify.py for one that approves of everything", "exhibit", "exhibit.files")
def swap_verifier(ground: Ground) -> Path:
    (ground.exhibit.folder / "verify.py").write_text("print('RESULT: all holds')")
    return ground.exhibit.folder


@_attack("put the package of another exhibit into this one", "exhibit", "exhibit.files")
def swap_package(ground: Ground) -> Path:
    package = ground.package
    members = unpacked(package)
    del members["seals/roots.pem" if "seals/roots.pem" in members else recordings(members)[1]]
    return repackaged(ground, members).parent


@_attack("add a file to the exhibit", "exhibit", "exhibit.files")
def add_to_exhibit(ground: Ground) -> Path:
    (ground.exhibit.folder / "note.txt").write_text("The signer agrees.")
    return ground.exhibit.folder


@_attack("change the list of the exhibit's files to fit", "exhibit", "exhibit.seal")
def bend_exhibit(ground: Ground) -> Path:
    folder = ground.exhibit.folder
    sheet, manifest = folder / "READ-ME.txt", folder / "seal" / "manifest.json"
    old = hashlib.sha256(sheet.read_bytes()).hexdigest().encode()
    content = sheet.read_bytes().replace(b"3.8", b"3.9")
    sheet.write_bytes(content)
    new = hashlib.sha256(content).hexdigest().encode()
    manifest.write_bytes(manifest.read_bytes().replace(old, new))
    return folder


@_attack("cut off the end of the exhibit's ZIP", "zip", "zip.structure")
def truncate_archive(ground: Ground) -> Path:
    archive = ground.exhibit.archive
    archive.write_bytes(archive.read_bytes()[: -archive.stat().st_size // 3])
    return archive


# --- the store ---------------------------------------------------------------------------------


def _recordings(ground: Ground) -> list[Path]:
    return sorted(ground.store.glob("2*/*.warc.gz"))


def _log(ground: Ground) -> Path:
    return ground.store / "seals" / "log" / "00000001.jsonl"


@_attack("delete a recording from the store", "store", "item.present")
def delete_recording(ground: Ground) -> Path:
    _recordings(ground)[0].unlink()
    return ground.store


@_attack("change a name in a recording of the store, redo its digests", "store", "item.bytes")
def change_in_store(ground: Ground) -> Path:
    for path in _recordings(ground):
        path.write_bytes(edited(path.read_bytes(), _OLD, _NEW))
    return ground.store


@_attack("delete a recording and its rows from the store", "store", "log.chain")
def delete_with_rows(ground: Ground) -> Path:
    path = _recordings(ground)[2]
    path.unlink()
    lines = _log(ground).read_bytes().splitlines(keepends=True)
    _log(ground).write_bytes(b"".join(one for one in lines if path.name.encode() not in one))
    return ground.store


@_attack("put two rows of the store's log into another order", "store", "log.chain")
def reorder_store(ground: Ground) -> Path:
    lines = _log(ground).read_bytes().splitlines(keepends=True)
    lines[3], lines[5] = lines[5], lines[3]
    _log(ground).write_bytes(b"".join(lines))
    return ground.store


@_attack("put a recording into the store that was made elsewhere", "store", "item.unsealed")
def smuggle(ground: Ground) -> Path:
    path = _recordings(ground)[0]
    forged = path.with_name(path.name.replace("2026", "2025", 1))
    forged.write_bytes(edited(path.read_bytes(), b"05-9001", b"05-9002"))
    return ground.store


@_attack("delete a timestamp from the store", "store", "stamp.kept")
def delete_stamp(ground: Ground) -> Path:
    next((ground.store / "seals" / "stamps").glob("*/*.tsr")).unlink()
    return ground.store


@_attack("flip one bit in the middle of the store's log", "store", "log.chain")
def flip_in_log(ground: Ground) -> Path:
    content = _log(ground).read_bytes()
    _log(ground).write_bytes(flipped(content, content.index(b'"why"', len(content) // 3) + 2))
    return ground.store
