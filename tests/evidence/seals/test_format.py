"""A store is what `docs/reference/seal-format.md` says, checked with openssl and the shell."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
from sealed_stores import filled, log_lines, manifests

DOCS = Path(__file__).parents[3] / "docs" / "reference" / "seal-format.md"
ZEROS = "0" * 64


@pytest.fixture
def store(tmp_path: Path) -> Path:
    filled(tmp_path / "store", tmp_path)
    return tmp_path / "store"


def test_every_row_names_the_one_before_and_every_seal_the_seal_before(store: Path) -> None:
    previous, previous_seal, sequence = ZEROS, ZEROS, 0
    for number, line in enumerate(log_lines(store), 1):
        row = json.loads(line)
        body = row.get("manifest", row)
        assert (body["number"], body["previous"]) == (number, previous)
        if "manifest" in row:
            sequence += 1
            assert (body["sequence"], body["previous_seal"]) == (sequence, previous_seal)
            signed = line[12:-104]
            assert json.loads(signed) == body
            previous = previous_seal = hashlib.sha256(signed).hexdigest()
        else:
            previous = hashlib.sha256(line).hexdigest()
    assert sequence == 4


def test_a_manifest_has_the_keys_of_the_format_and_nothing_of_the_page(store: Path) -> None:
    text = DOCS.read_text("utf-8")
    for manifest in manifests(store):
        for name in manifest:
            assert f"`{name}`" in text, name
    key, *captures = manifests(store)
    assert key["item"]["reason"] == "first"  # type: ignore[index]
    item = captures[0]["item"]
    assert isinstance(item, dict)
    assert set(item) == {
        "kind", "file", "bytes", "sha256", "records", "outcome", "times", "late",
    }  # fmt: skip
    content = (store / item["file"]).read_bytes()
    assert item["bytes"] == len(content)
    assert item["sha256"] == hashlib.sha256(content).hexdigest()
    for record in item["records"]:
        stored = content[record["offset"] : record["offset"] + record["length"]]
        assert record["sha256"] == hashlib.sha256(stored).hexdigest()
    log = b"\n".join(log_lines(store))
    for secret in (b"Vymyshlenov", b"court.example", b"page 0"):
        assert secret not in log


def test_the_digests_of_a_record_are_those_of_its_block_and_payload(store: Path) -> None:
    item = manifests(store)[1]["item"]
    assert isinstance(item, dict)
    by_type = {record["type"]: record for record in item["records"]}
    assert by_type["response"]["payload_sha256"] == hashlib.sha256(b"page 0").hexdigest()
    assert by_type["request"]["payload_sha256"] == hashlib.sha256(b"").hexdigest()
    request = b"GET /list HTTP/1.1\r\nHost: court.example\r\n\r\n"
    assert by_type["request"]["block_sha256"] == hashlib.sha256(request).hexdigest()
    assert by_type["metadata"]["payload_sha256"] == by_type["metadata"]["block_sha256"]


def test_the_commands_of_the_format_check_a_seal(store: Path) -> None:
    """The shell lines are taken out of the page itself, so that they cannot rot."""
    text = DOCS.read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    seals = store / "seals"
    row = next(n for n, line in enumerate(log_lines(store), 1) if b'"kind":"capture"' in line)
    signer = str(manifests(store)[1]["key"]["fingerprint"])  # type: ignore[index]
    lay_out = next(block for block in blocks if "sed -n" in block).replace("18p", f"{row}p")
    verify = next(block for block in blocks if "pkeyutl" in block).replace("FINGERPRINT", signer)
    done = subprocess.run(
        ["sh", "-e", "-c", lay_out + verify], cwd=seals, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Signature Verified Successfully" in done.stdout
    assert done.stdout.strip().endswith(signer)


def test_the_python_line_of_the_format_gives_the_canonical_bytes(store: Path) -> None:
    for line in log_lines(store):
        value = json.loads(line)
        written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert written.encode("utf-8") == line


def test_only_the_user_may_read_what_belongs_to_the_seals(store: Path) -> None:
    for path in [store / "seals", *(store / "seals").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
