"""Packages: what goes in is what lies in them, whole or not at all."""

import base64
import errno
import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from habeas.errors import EvidenceNotWritten, PackageTaken, RecordingUnreadable
from habeas.evidence import Exchange, Store
from habeas.evidence.wacz import Contents, write_wacz

_NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
Make = Callable[..., Exchange]


class Signer:
    """A throw-away key."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP384R1())

    def sign(self, message: bytes, /) -> bytes:
        r, s = decode_dss_signature(self._key.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(48, "big") + s.to_bytes(48, "big")

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )


@pytest.fixture
def archive(exchange: Make, tmp_path: Path) -> Path:
    return Store(tmp_path / "store").keep(exchange()).path


def _contents(*archives: Path, **further: Any) -> Contents:
    return Contents(archives, _NOW, **further)


def _read(package: Path, name: str) -> bytes:
    with zipfile.ZipFile(package) as opened:
        return opened.read(name)


def test_recordings_are_taken_over_byte_for_byte_and_stored(archive: Path, tmp_path: Path) -> None:
    packaged = write_wacz(tmp_path / "p.wacz", _contents(archive), signer=None)
    with zipfile.ZipFile(packaged.path) as package:
        assert package.read(f"archive/{archive.name}") == archive.read_bytes()
        assert all(one.compress_type == zipfile.ZIP_STORED for one in package.infolist())
    assert packaged.sha256 == hashlib.sha256(packaged.path.read_bytes()).hexdigest()
    assert packaged.size == packaged.path.stat().st_size


def test_every_member_is_listed_with_its_size_and_hash(archive: Path, tmp_path: Path) -> None:
    contents = _contents(archive, further={"seals/Öne.txt": b"1", "seals/two.tsr": archive})
    packaged = write_wacz(tmp_path / "p.wacz", contents, signer=None)
    listed = json.loads(_read(packaged.path, "datapackage.json"))
    assert listed["wacz_version"] == "1.1.1"
    assert listed["created"] == "2026-11-24T08:00:00Z"
    found = {one["path"]: (one["hash"], one["bytes"]) for one in listed["resources"]}
    with zipfile.ZipFile(packaged.path) as package:
        names = set(package.namelist()) - {"datapackage.json", "datapackage-digest.json"}
        assert found == {
            name: ("sha256:" + hashlib.sha256(body).hexdigest(), len(body))
            for name in names
            for body in [package.read(name)]
        }


def test_the_signature_covers_the_list_of_hashes(archive: Path, tmp_path: Path) -> None:
    packaged = write_wacz(tmp_path / "p.wacz", _contents(archive), signer=Signer())
    digest = json.loads(_read(packaged.path, "datapackage-digest.json"))
    signed = digest["signedData"]
    # wacz-auth 0.1.0: nothing that it does not list.
    assert set(signed) == {"hash", "created", "software", "version", "signature", "publicKey"}
    listed = _read(packaged.path, "datapackage.json")
    assert signed["hash"] == "sha256:" + hashlib.sha256(listed).hexdigest() == digest["hash"]
    key = serialization.load_der_public_key(base64.b64decode(signed["publicKey"]))
    assert isinstance(key, ec.EllipticCurvePublicKey)
    raw = base64.b64decode(signed["signature"])
    signature = encode_dss_signature(int.from_bytes(raw[:48]), int.from_bytes(raw[48:]))
    key.verify(signature, signed["hash"].encode(), ec.ECDSA(hashes.SHA256()))


def test_the_page_list_names_pages_with_their_titles(
    exchange: Make, archive: Path, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    moved = store.keep(
        replace(
            exchange(b""),
            response=b"HTTP/1.1 302 Found\r\nLocation: /list\r\nContent-Length: 0\r\n\r\n",
            status=302,
        )
    )
    rules = store.keep(exchange(url="https://court.example/robots.txt"))
    contents = _contents(archive, moved.path, rules.path)
    first = write_wacz(tmp_path / "1.wacz", contents, signer=None)
    page = next(one for one in first.entries if one.filename == archive.name)
    titled = replace(contents, titles={page.record_id: "Список дел"})
    packaged = write_wacz(tmp_path / "2.wacz", titled, signer=None)
    head, *pages = map(json.loads, _read(packaged.path, "pages/pages.jsonl").splitlines())
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    assert pages == [
        {
            "id": page.record_id,
            "url": "https://court.example/list",
            "ts": "2026-11-23T14:05:06Z",
            "title": "Список дел",
        }
    ]


def test_the_index_points_at_each_record_and_is_sorted(exchange: Make, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    addresses = ("https://court.example/b", "https://a.example/", "https://court.example/a?z=1")
    kept = [store.keep(exchange(url=url)).path for url in addresses]
    packaged = write_wacz(tmp_path / "p.wacz", _contents(*kept), signer=None)
    lines = _read(packaged.path, "indexes/index.cdx").splitlines()
    assert lines == sorted(lines)
    assert [line.split(b" ")[0] for line in lines] == [
        b"example,a)/",
        b"example,court)/a?z=1",
        b"example,court)/b",
    ]
    for line in lines:
        entry = json.loads(line.split(b" ", 2)[2])
        held = _read(packaged.path, f"archive/{entry['filename']}")
        end = int(entry["offset"]) + int(entry["length"])
        record = gzip.decompress(held[int(entry["offset"]) : end])
        assert f"WARC-Target-URI: {entry['url']}\r\n".encode() in record
        assert f"WARC-Payload-Digest: {entry['digest']}\r\n".encode() in record


def test_the_same_contents_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    written = [
        write_wacz(tmp_path / name, _contents(archive), signer=None).path.read_bytes()
        for name in ("1.wacz", "2.wacz")
    ]
    assert written[0] == written[1]


def test_nothing_is_overwritten(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "p.wacz"
    target.write_text("mine")
    with pytest.raises(PackageTaken, match=r"The name p\.wacz is taken"):
        write_wacz(target, _contents(archive), signer=None)
    assert target.read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("name", ["archive/x.warc", "pages/more.jsonl", "indexes/x.cdx"])
def test_nothing_else_stands_in_the_folders_of_the_format(
    archive: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(PackageTaken):
        write_wacz(tmp_path / "p.wacz", _contents(archive, further={name: b""}), signer=None)


def test_a_damaged_recording_is_not_packed_as_if_it_were_whole(
    archive: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(archive.read_bytes()[:-30])
    with pytest.raises(RecordingUnreadable):
        write_wacz(tmp_path / "p.wacz", _contents(cut), signer=None)
    assert not (tmp_path / "p.wacz").exists()


def test_a_recording_that_no_index_can_point_into_is_refused(archive: Path, tmp_path: Path) -> None:
    one_member = tmp_path / "one.warc.gz"
    one_member.write_bytes(gzip.compress(gzip.decompress(archive.read_bytes())))
    with pytest.raises(RecordingUnreadable, match="one gzip member"):
        write_wacz(tmp_path / "p.wacz", _contents(one_member), signer=None)


def test_a_full_disk_leaves_nothing_behind(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("habeas.evidence.wacz.package.os.fsync", full)
    with pytest.raises(EvidenceNotWritten, match="No space left"):
        write_wacz(tmp_path / "out" / "p.wacz", _contents(archive), signer=None)
    assert not list((tmp_path / "out").iterdir())
