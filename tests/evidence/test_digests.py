"""Digests in every notation that recordings use."""

import base64
import hashlib

import pytest

from habeas.evidence.digests import Expected, label

_CONTENT = b"page"
_SHA1 = hashlib.sha1(_CONTENT, usedforsecurity=False).digest()
_SHA256 = hashlib.sha256(_CONTENT).digest()


@pytest.mark.parametrize(
    "claim",
    [
        label(_SHA256),
        "sha256:" + _SHA256.hex(),
        "SHA-256:" + _SHA256.hex().upper(),
        "sha256:" + base64.b64encode(_SHA256).decode(),
        "sha256:" + base64.urlsafe_b64encode(_SHA256).decode().rstrip("="),
        "sha256:" + base64.b32encode(_SHA256).decode().rstrip("=").lower(),
        "sha1:" + base64.b32encode(_SHA1).decode(),
        "sha1:" + _SHA1.hex(),
    ],
)
def test_a_digest_holds_in_any_notation_and_for_no_other_bytes(claim: str) -> None:
    right, wrong = Expected(claim), Expected(claim)
    right.update(_CONTENT)
    wrong.update(_CONTENT + b"!")
    assert right.holds is True
    assert wrong.holds is False


@pytest.mark.parametrize("label", ["", "crc32:aaaa", "nonsense"])
def test_no_digest_or_an_unknown_one_says_nothing(label: str) -> None:
    assert Expected(label).holds is None


@pytest.mark.parametrize("label", ["sha256:", "sha256:zz", "sha256:" + "g" * 64, "sha1:ü"])
def test_a_digest_that_is_none_does_not_hold(label: str) -> None:
    assert Expected(label).holds is False
