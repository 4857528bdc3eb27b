"""WACZ packages: read where they lie, and zips made to do harm are refused."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.conftest import as_kept, as_plain, package, read

from habeas.evidence import Exchange, Problem

Make = Callable[..., Exchange]


def test_the_order_in_a_package_is_kept_and_its_members_are_named(
    tmp_path: Path, exchange: Make
) -> None:
    content = package(
        {
            "datapackage.json": b"{}",
            "archive/b.warc.gz": as_kept(exchange(b"one")),
            "archive/../../a.warc": as_plain(exchange(b"two")),
            "pages/pages.jsonl": b"",
        }
    )
    found = read(tmp_path / "x.wacz", content)
    assert [(one.member, one.payload) for one in found] == [
        ("archive/b.warc.gz", b"one"),
        ("archive/../../a.warc", b"two"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["x.wacz"]


def test_a_packed_member_is_read_too(tmp_path: Path, exchange: Make) -> None:
    body = bytes(range(256)) * 40
    content = package({"archive/a.warc": as_plain(exchange(body))}, zipfile.ZIP_DEFLATED)
    (found,) = read(tmp_path / "x", content)
    assert found.payload == body


@pytest.mark.parametrize("ratio_hidden", [True, False])
def test_a_zip_bomb_is_refused(tmp_path: Path, *, ratio_hidden: bool) -> None:
    content = bytearray(
        package({"archive/a.warc": b"WARC/1.1\r\n" + bytes(50_000_000)}, zipfile.ZIP_DEFLATED)
    )
    if ratio_hidden:
        # A directory that lies about the size: no more than it says is unpacked.
        place = content.rfind(b"PK\x01\x02")
        content[place + 24 : place + 28] = struct.pack("<L", 1000)
    found = read(tmp_path / "x", bytes(content))
    expected = {Problem.TOO_LARGE} if not ratio_hidden else {Problem.TRUNCATED, Problem.DAMAGED}
    assert found[0].problem in expected


def test_overlapping_members_are_refused(tmp_path: Path, exchange: Make) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("archive/a.warc", as_plain(exchange()))
        package.filelist.extend(
            [replace_name(package.filelist[0], f"archive/{n}.warc") for n in range(50)]
        )
    found = read(tmp_path / "x", out.getvalue())
    assert [one.problem for one in found] == [Problem.TOO_LARGE]


def replace_name(entry: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    """Return a directory entry that points to the same bytes under another name."""
    other = zipfile.ZipInfo(name)
    other.header_offset = entry.header_offset
    other.compress_size, other.file_size = entry.compress_size, entry.file_size
    other.CRC, other.compress_type = entry.CRC, entry.compress_type
    return other


def test_a_package_with_a_huge_directory_is_not_opened(tmp_path: Path, exchange: Make) -> None:
    content = bytearray(package({"archive/a.warc": as_plain(exchange())}))
    place = content.rfind(b"PK\x05\x06")
    content[place + 12 : place + 16] = struct.pack("<L", 900_000_000)
    assert [one.problem for one in read(tmp_path / "x", bytes(content))] == [Problem.TOO_LARGE]


def test_an_encrypted_member_is_told_and_the_others_are_read(
    tmp_path: Path, exchange: Make
) -> None:
    content = bytearray(
        package({"a.warc": as_plain(exchange(b"x")), "b.warc": as_plain(exchange(b"y"))})
    )
    content[content.find(b"PK\x01\x02") + 8] |= 1
    found = read(tmp_path / "x", bytes(content))
    assert [(one.problem, one.payload) for one in found] == [
        (Problem.ENCRYPTED, b""),
        (None, b"y"),
    ]


def test_a_damaged_packed_member_is_told(tmp_path: Path, exchange: Make) -> None:
    content = bytearray(
        package({"a.warc": as_plain(exchange(bytes(range(256)) * 99))}, zipfile.ZIP_DEFLATED)
    )
    content[len(content) // 3] ^= 0xFF
    assert all(one.problem is not None for one in read(tmp_path / "x", bytes(content)))


@given(place=st.integers(0, 9_999), change=st.integers(1, 255), cut=st.integers(0, 40))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_changed_byte_of_a_package_is_an_error_or_another_page(
    tmp_path: Path, exchange: Make, place: int, *, change: int, cut: int
) -> None:
    made = exchange(b"<td>Vymyshlenov A. B.</td>" * 3)
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        content = bytearray(package({"archive/a.warc.gz": as_kept(made)}, compression))
        # Half of the changes fall into the directory at the end, which is short.
        at = (len(content) - 1) * place // 9_999 if place % 2 else len(content) - 1 - place % 150
        content[at] ^= change
        for found in read(tmp_path / "x", bytes(content[: len(content) - cut])):
            if found.problem is None and found.digest_ok:
                assert found.payload == made.payload
