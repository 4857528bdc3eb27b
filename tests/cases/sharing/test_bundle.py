"""The bundle: only its recipient opens it, it says what it holds, and half of one is none."""

import hashlib
import io
import json
import tarfile
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pyrage
import pytest
from bundled import members
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from outgoing_people import hostile, occasion, story

from habeas.cases.sharing.formats import bundle
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.errors import RecipientKeyRefused

_OURS = pyrage.x25519.Identity.generate()
_PHRASE = "correct horse battery staple"


def _locked(key: str, *people: OutgoingPerson) -> bytes:
    out = io.BytesIO()
    told = occasion("lawyer", key=key, by="The Invented Centre", recipient="Invented advocate")
    bundle.write(people, out, told)
    return out.getvalue()


def _opened(content: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    found = members(content)
    manifest = json.loads(found["manifest.json"])
    assert next(iter(found)) == "FORMAT"
    tail = {"FORMAT", "manifest.json", "manifest.sig", "sender.pem"}
    assert set(found) == {*manifest["members"], *tail}
    for name, told in manifest["members"].items():
        assert hashlib.sha256(found[name]).hexdigest() == told["sha256"]
        assert len(found[name]) == told["bytes"]
    public = load_pem_public_key(found["sender.pem"])
    assert isinstance(public, Ed25519PublicKey)
    public.verify(found["manifest.sig"], found["FORMAT"] + found["manifest.json"])
    return manifest, [json.loads(found[name]) for name in found if name.startswith("people/")]


def test_the_recipient_opens_it_and_reads_all_that_left() -> None:
    whom = story(photo=b"\x89PNG\x00")
    content = _locked(str(_OURS.to_public()), whom, hostile())
    manifest, people = _opened(pyrage.decrypt(content, [_OURS]))
    assert manifest["format"] == "habeas-bundle"
    assert (manifest["by"], manifest["for"]) == ("The Invented Centre", "Invented advocate")
    assert (manifest["people"], manifest["circle"]) == (2, "lawyer")
    assert [one["id"] for one in people[0]["statements"]] == [one.id for one in whom.statements]
    assert people[0]["names"][1]["text"] == "نابود خیالی"
    assert b64decode(people[0]["photo"]) == b"\x89PNG\x00"
    assert people[0]["documents"][0]["sha256"] == ["ab" * 32]


def test_nobody_else_opens_it() -> None:
    content = _locked(str(_OURS.to_public()), story())
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [pyrage.x25519.Identity.generate()])
    assert "Небылов".encode() not in content


def test_a_passphrase_locks_it_too() -> None:
    content = _locked(_PHRASE, story())
    assert _opened(pyrage.passphrase.decrypt(content, _PHRASE))[0]["people"] == 1


@pytest.mark.parametrize(
    ("key", "reason"),
    [("", "there is no key"), ("short", "at least 16 characters"), ("age1wrong", "no age public"),
     (str(_OURS.to_public())[:-1] + "!", "no age public"), (str(_OURS), "secret key")],
    ids=["none", "short", "no key", "broken", "secret"],
)  # fmt: skip
def test_a_key_that_cannot_serve_is_refused_before_anything_is_read(key: str, reason: str) -> None:
    asked: list[str] = []

    def people() -> Iterator[OutgoingPerson]:
        asked.append(key)
        yield story()

    out = io.BytesIO()
    with pytest.raises(RecipientKeyRefused, match=reason) as refused:
        bundle.write(people(), out, occasion("lawyer", key=key))
    assert out.getvalue() == b""
    assert asked == []
    assert refused.value.kept
    assert refused.value.advice
    assert not key or key not in str(refused.value)


def test_a_passphrase_is_in_no_log() -> None:
    assert _PHRASE not in repr(occasion("lawyer", key=_PHRASE))


def test_what_stops_half_way_is_no_bundle() -> None:
    class Withdrawn(Exception):
        pass

    def people() -> Iterator[OutgoingPerson]:
        yield story()
        raise Withdrawn

    out = io.BytesIO()
    with pytest.raises(Withdrawn):
        bundle.write(people(), out, occasion("lawyer", key=str(_OURS.to_public())))
    try:
        content = pyrage.decrypt(out.getvalue(), [_OURS])
    except pyrage.DecryptError:
        return
    with pytest.raises((tarfile.TarError, KeyError)):
        _opened(content)


def test_a_full_disk_is_told_as_what_it_is() -> None:
    class Full(io.BytesIO):
        def write(self, _some: object, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        bundle.write([story()] * 500, Full(), occasion("lawyer", key=str(_OURS.to_public())))
