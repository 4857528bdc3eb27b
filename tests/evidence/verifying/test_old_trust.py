"""Trust of others, made years ago, still verifies or fails as its name says."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from habeas.evidence.verifying import verify as stranger
from habeas.evidence.verifying.inside import Expectations, verify

_SHARED = Path(__file__).parents[4] / "shared" / "fixtures"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not _SHARED.is_dir(), reason="the shared fixtures are not here"),
]


def _manifest() -> dict[str, Any]:
    if not _SHARED.is_dir():
        return {}
    found = tomllib.loads((_SHARED / "manifest.toml").read_text("utf-8"))["fixture"]
    return {one["file"]: one for one in found}


_OTS = [name for name, one in _manifest().items() if one.get("kind") == "ots-proof"]


def _roots() -> list[Path]:
    import certifi

    return [Path(certifi.where())]


@pytest.mark.parametrize(
    ("name", "code", "state"),
    [
        ("valid_signed_example_1", 0, "held"),
        ("invalid_signed_example_1", 1, "broken"),
        ("valid_example_1", 3, "could not check"),
    ],
)
def test_signed_packages_hold_or_fail_as_they_are_called(name: str, code: int, state: str) -> None:
    path = _SHARED / "wacz-samples" / f"{name}.wacz"
    for report in (stranger.verify(str(path)), verify(path, Expectations(roots=_roots()))):
        assert report.exit_code == code, stranger.as_json(report, "en")
        assert report.check("package.signature").state == state


def test_a_domain_signature_names_the_domain_and_the_time() -> None:
    path = _SHARED / "wacz-samples" / "valid_signed_example_1.wacz"
    words = " ".join(stranger.verify(str(path)).check("package.signature").words("en"))
    assert "btrix-sign-test.webrecorder.net on 2022-01-18 19:00:12 UTC" in words


@pytest.mark.parametrize("name", _OTS)
def test_opentimestamps_proofs_say_what_their_description_says(name: str) -> None:
    expected = _manifest()[name]["expect"]
    raw = (_SHARED / name).read_bytes()
    digest = bytes.fromhex(str(expected.get("digest", "")))
    kind = str(expected.get("hash", "sha256"))
    if not expected["parses"]:
        with pytest.raises(ValueError, match="proof"):
            stranger.read_proof(raw, digest, kind)
        return
    proof = stranger.read_proof(raw, digest, kind)
    told = [
        *(f"bitcoin:{height}" for height, _root in proof.bitcoin),
        *(f"pending:{address}" for address in proof.pending),
    ]
    described = expected["attestations"]
    assert isinstance(described, list)
    known = [one for one in described if str(one).startswith(("bitcoin:", "pending:"))]
    assert sorted(set(told)) == sorted(set(known))
    assert len(proof.other) == len(set(described)) - len(set(known))
    if expected.get("target_present"):
        target = (_SHARED / name).with_suffix("").read_bytes()
        assert hashlib.new(kind, target).digest() == digest


@pytest.mark.parametrize("name", _OTS)
def test_a_proof_for_something_else_does_not_hold(name: str) -> None:
    raw = (_SHARED / name).read_bytes()
    with pytest.raises(ValueError, match="proof"):
        stranger.read_proof(raw, bytes(32))


def test_two_proofs_of_one_block_differ_in_its_merkle_root() -> None:
    """`bad-stamp` names the block of `hello-world`, and leads elsewhere."""
    roots = set()
    for name in ("hello-world.txt", "bad-stamp.txt"):
        target = (_SHARED / "ots-samples" / name).read_bytes()
        raw = (_SHARED / "ots-samples" / f"{name}.ots").read_bytes()
        [(height, root)] = stranger.read_proof(raw, hashlib.sha256(target).digest()).bitcoin
        assert height == 358391
        roots.add(root)
    assert len(roots) == 2
