"""The one file for strangers: old Pythons, no openssl, hostile input, other languages."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attacks import unpacked
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed import VERIFIER, Ground, by_stranger

from habeas.evidence.messages import Receiver
from habeas.evidence.verifying import verify as stranger

if TYPE_CHECKING:
    from oracles import Oracles

_OLDEST = (3, 8)


def _run(*arguments: str, path: str = os.defpath) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *arguments],
        env={"PATH": path},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_imports_the_standard_library_alone() -> None:
    tree = ast.parse(VERIFIER.read_text("utf-8"), feature_version=_OLDEST)
    imported = {
        (one.module if isinstance(one, ast.ImportFrom) else alias.name) or ""
        for one in ast.walk(tree)
        if isinstance(one, (ast.Import, ast.ImportFrom))
        for alias in one.names
    }
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    # Nothing that could open a connection.
    assert not imported & {"socket", "http", "urllib", "ftplib", "asyncio"}


def test_it_uses_nothing_newer_than_python_3_8(oracles: "Oracles") -> None:
    done = oracles.run("vermin", "--no-tips", "-t=3.8-", "--violations", str(VERIFIER))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.13"])
def test_it_runs_on_old_and_new_pythons(ground: Ground, version: str) -> None:
    found = [
        *Path.home().glob(f".pyenv/versions/{version}.*/bin/python"),
        *filter(None, [shutil.which(f"python{version}")]),
    ]
    for python in map(str, found):
        probe = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        told = subprocess.run(probe, capture_output=True, text=True, check=False).stdout.strip()
        if told == version:
            assert by_stranger(ground.exhibit.archive, ground, python=python).code == 0
            return
    pytest.skip(f"there is no Python {version} here")


def test_without_a_signer_it_asks_the_reader_to_compare(ground: Ground) -> None:
    done = _run(str(ground.exhibit.folder), "--roots", str(ground.roots))
    assert done.returncode == 3
    assert f"Signed by {ground.signer}. Compare it" in done.stdout
    assert "nothing speaks against it, but not everything could be checked" in done.stdout


def test_without_openssl_signatures_could_not_be_checked(ground: Ground, tmp_path: Path) -> None:
    done = _run(str(ground.package), "--signer", ground.signer, "--json", path=str(tmp_path))
    checks = {one["name"]: one["state"] for one in json.loads(done.stdout)["checks"]}
    assert done.returncode == 3
    assert checks["seal.signature"] == checks["package.signature"] == "could not check"
    assert checks["item.bytes"] == "held"


def test_an_unknown_root_is_not_taken_on_trust(ground: Ground) -> None:
    done = _run(str(ground.package), "--signer", ground.signer, "--json")
    checks = {one["name"]: one for one in json.loads(done.stdout)["checks"]}
    # The tokens enclose no root, and nobody gave one.
    assert checks["stamp.rfc3161"]["state"] == "broken"
    assert "unable to get" in " ".join(checks["stamp.rfc3161"]["words"])


@pytest.mark.parametrize(
    "arguments", [("/nowhere",), ("/", "--signer", "12"), ("/", "--roots", "/nowhere")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = _run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", ["ru", "tg", "uz"])
def test_every_sentence_is_there_in_every_language(ground: Ground, language: str) -> None:
    english = set(re.findall(r"[A-Za-z]{4,}", _run(str(ground.package)).stdout))
    other = _run(str(ground.package), "--lang", language)
    assert other.returncode == 1
    words = set(re.findall(r"[A-Za-z]{4,}", other.stdout)) & english
    # Names of checks, authorities, programs and hashes stay as they are.
    said = {word for word in words if not re.fullmatch(r"[a-f]{4,}", word)}
    assert said <= _NAMES, said - _NAMES


_NAMES = {
    "structure", "package", "files", "records", "index", "pages", "signature", "rows", "chain",
    "seal", "signer", "times", "store", "identity", "item", "present", "bytes", "unsealed",
    "custody", "complete", "stamp", "opentimestamps", "kept", "required", "uuid", "habeas",
    "unable", "issuer", "certificate", "local", "error", "Verify", "Error", "signed", "self",
    "OpenTimestamps", "first", "second", "more", "like", "issued", "root", "SHA", "sertifikat",
}  # fmt: skip


def test_what_it_prints_cannot_move_a_cursor() -> None:
    assert stranger.safe("a\x1b[2Jb\u202e\n") == "a<U+001B>[2Jb<U+202E><U+000A>"


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_result_and_no_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    for mark in (b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/1.1\r\n"):
        path.write_bytes(mark + content)
        assert stranger.verify(str(path)).exit_code in {1, 3}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_byte_of_a_package_is_noticed_or_changes_no_file(
    ground: Ground, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Dates and versions in the ZIP's own headers bind nothing; the exhibit's seal covers them."""
    raw = bytearray(ground.package.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    changed = tmp_path_factory.mktemp("changed") / "p.wacz"
    changed.write_bytes(bytes(raw))
    tools = stranger.Tools(_Unasked())
    tools.signer = ground.signer
    if stranger.verify(str(changed), tools).exit_code != 1:
        assert unpacked(changed) == unpacked(ground.package)


class _Unasked(stranger.Openssl):
    """Signatures are not asked: what is changed must be noticed by digests and structure."""

    def ed25519(self, *_arguments: object) -> bool:
        return True

    def ecdsa(self, *_arguments: object) -> bool:
        return True

    def timestamp(self, *_arguments: object, **_more: object) -> str:
        return ""


_HEADS = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 200 OK\n\n",
)
_CHUNKS = st.lists(st.sampled_from((b"3\r\nabc\r\n", b"1;x=y\r\nz\r\n", b"0\r\n\r\n", b"zz")))


@given(st.sampled_from(_HEADS), _CHUNKS)
def test_the_stranger_reads_answers_as_the_recorder_did(head: bytes, parts: list[bytes]) -> None:
    block = head + b"".join(parts)
    receiver = Receiver()
    receiver.feed(block)
    receiver.close()
    digest = stranger.sha256(receiver.payload)
    record = stranger.Record(0)
    record.headers = {"warc-type": "response", "warc-payload-digest": "sha256:" + digest}
    stranger._look_at_payload(record, block)
    assert record.payload_digest == digest
