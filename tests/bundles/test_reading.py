"""Bundles from strangers: whatever was done to one, it is refused whole, in three parts."""

import io
import json
import tarfile
import tracemalloc
from collections.abc import Callable
from typing import BinaryIO, cast

import pyrage
import pytest
from bundled import PICTURE, TOLD, Key, locked, members, packed, rebuilt, resigned, tar

from habeas.bundles import layout, locking, reading
from habeas.bundles.layout import HEAD
from habeas.errors import (
    BundleDamaged,
    BundleNotOpened,
    BundleOtherVersion,
    HabeasError,
    SignatureRefused,
)

KEY = Key()
OURS, OTHER = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
GOOD = packed({"id": "ab" * 8}, {"id": "cd" * 8}, key=KEY, files={PICTURE: "png"})
PERSON = layout.person_name(1)


def refused(content: bytes, cause: type[HabeasError] = BundleDamaged, match: str = ".") -> None:
    with pytest.raises(cause, match=match) as found:
        reading.checked(io.BytesIO(content))
    assert all((found.value.happened, found.value.kept, found.value.advice))
    assert "taken over" in found.value.kept


def test_what_was_written_is_read() -> None:
    found = reading.checked(io.BytesIO(GOOD))
    assert found.told == TOLD
    assert found.people == 2
    assert list(found.members) == [layout.named_by(PICTURE, "png")[0], PERSON,
                                   layout.person_name(2)]  # fmt: skip
    read = dict(reading.contents(io.BytesIO(GOOD), found))
    assert read[layout.named_by(PICTURE, "png")[0]] == PICTURE
    assert json.loads(read[PERSON]) == {"id": "ab" * 8}


def test_any_tar_opens_it() -> None:
    assert list(members(GOOD))[-3:] == ["manifest.json", "manifest.sig", "sender.pem"]


@pytest.mark.parametrize("part", [0.0, 0.01, 0.2, 0.5, 0.8])
def test_half_of_one_is_none(part: float) -> None:
    refused(GOOD[: int(len(GOOD) * part)])


def test_every_byte_counts() -> None:
    """Bytes of every member turned: what is read is all as it was sent, or nothing is."""
    whole, content = reading.checked(io.BytesIO(GOOD)), bytearray(GOOD)
    stopped = 0
    for at in [*range(0, len(GOOD) - 1024, 97), len(GOOD) - 1, len(GOOD) - 700]:
        content[at] ^= 0x41
        try:
            # What fills up a block means nothing here.
            assert reading.checked(io.BytesIO(bytes(content))) == whole
        except HabeasError:
            stopped += 1
        content[at] ^= 0x41
    assert stopped > 30


CHANGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a person changed": lambda found: found.update({PERSON: b'{"id": "xx"}'}),
    "a person taken out": lambda found: found.pop(PERSON),
    "a person put in": lambda found: found.update({"people/000009.json": b"{}"}),
    "a file taken out": lambda found: found.pop(layout.named_by(PICTURE, "png")[0]),
    "the head taken out": lambda found: found.pop("FORMAT"),
    "no list": lambda found: found.pop("manifest.json"),
    "no signature": lambda found: found.pop("manifest.sig"),
    "no key": lambda found: found.pop("sender.pem"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_refused(change: Callable[[dict[str, bytes]], object]) -> None:
    refused(rebuilt(GOOD, change))


def test_a_signature_of_another_key_is_refused() -> None:
    other = Key()
    refused(rebuilt(GOOD, lambda found: found.update({"sender.pem": other.pem.encode()})),
            SignatureRefused, "not that of its key")  # fmt: skip
    refused(rebuilt(GOOD, lambda found: found.update({"sender.pem": b"no key"})),
            SignatureRefused, "no Ed25519 key")  # fmt: skip
    bare = {"manifest.sig": KEY.sign(members(GOOD)["manifest.json"])}
    refused(rebuilt(GOOD, lambda found: found.update(bare)), SignatureRefused)
    taken_over = resigned(GOOD, other, lambda _told: None)
    refused(taken_over, SignatureRefused)


MANIFESTS: dict[str, Callable[[dict[str, object]], object]] = {
    "another format": lambda told: told.update(format="other"),
    "another version": lambda told: told.update(version=3),
    "no members": lambda told: told.update(members=[]),
    "a member without a hash": lambda told: told.update(members={PERSON: {"bytes": 3}}),
    "sizes that are no numbers": lambda told: told.update(
        members={PERSON: {"sha256": "a" * 64, "bytes": True}}
    ),
    "another number of people": lambda told: told.update(people=10**30),
}


@pytest.mark.parametrize("change", MANIFESTS.values(), ids=MANIFESTS)
def test_a_list_that_lies_is_refused_though_it_is_signed(
    change: Callable[[dict[str, object]], object],
) -> None:
    refused(resigned(GOOD, KEY, change))


def test_what_a_later_version_adds_is_told() -> None:
    found = reading.checked(io.BytesIO(resigned(GOOD, KEY, lambda told: told.update(later=1))))
    assert found.extra == {"later": 1}


@pytest.mark.parametrize(
    ("content", "version"),
    [(GOOD.replace(b"habeas-bundle 2\n", b"habeas-bundle 3\n", 1), "3"),
     (b"PK\x03\x04" + b"\0" * 600, "1")],
)  # fmt: skip
def test_another_version_is_named(content: bytes, version: str) -> None:
    refused(content, BundleOtherVersion, f"version {version}")


def _entry(name: str, **more: object) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    for key, value in more.items():
        setattr(entry, key, value)
    return entry


TRICKS = {
    "a path that leads outside": (_entry("../../etc/cron.d/x"), b"x"),
    "an absolute path": (_entry("/etc/passwd"), b"x"),
    "a link": (_entry(PERSON, type=tarfile.SYMTYPE, linkname="/etc/passwd"), b""),
    "a hard link": (_entry(PERSON, type=tarfile.LNKTYPE, linkname="FORMAT"), b""),
    "a folder": (_entry("files", type=tarfile.DIRTYPE), b""),
    "a device": (_entry(PERSON, type=tarfile.CHRTYPE), b""),
    "a long name": (_entry("files/" + "a" * 300), b"x"),
    "a name in a header before it": (_entry(PERSON, pax_headers={"path": "../x"}), b"x"),
    "a file of another kind": (_entry("files/0123456789abcdef.exe"), b"MZ"),
    "a name with a zero": (_entry("people/000001.json\0.exe"), b"x"),
    "too much": (_entry("manifest.sig"), b"x" * 65),
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_tricks_of_tar_bring_nothing(trick: tuple[tarfile.TarInfo, bytes]) -> None:
    refused(tar([(_entry("FORMAT"), HEAD), trick]), match="no bundle holds")


def test_a_name_twice_is_refused() -> None:
    body = [(_entry(name), content) for name, content in members(GOOD).items()]
    refused(tar([body[0], body[1], *body[1:]]), match="no bundle holds")


def test_something_behind_the_end_is_refused() -> None:
    refused(GOOD + b"more", match="behind its end")
    refused(GOOD + b"\0" * 2_000_000, match="behind its end")
    behind = [(_entry(name), content) for name, content in members(GOOD).items()]
    refused(tar([*behind, (_entry("people/000007.json"), b"{}")]), match="no bundle holds")


def test_a_size_without_end_is_not_believed() -> None:
    header = bytearray(_entry(PERSON).tobuf(tarfile.USTAR_FORMAT))
    for size in (b"777777777777", b"\x80" + b"\0" * 7 + b"\xff\xff\xff\xff", b"\xff" * 12):
        header[124 : 124 + len(size)] = size
        header[148:156] = b" " * 8
        header[148:156] = b"%06o\0 " % sum(header)
        first = _entry("FORMAT", size=len(HEAD)).tobuf(tarfile.USTAR_FORMAT)
        refused(first + HEAD.ljust(512, b"\0") + bytes(header), match="no bundle holds")


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": Infinity}', '{"a": 1e999}', '{"a": ' + "9" * 5000 +
     "}", "[" * 200_000, '{"a":' * 30 + "1" + "}" * 30, "[]", '"x"', "{", "\xff"],
)  # fmt: skip
def test_tricks_of_json_are_refused(text: str) -> None:
    with pytest.raises(BundleDamaged, match="JSON"):
        reading.parsed(text.encode("latin-1"))


# --- the lock ------------------------------------------------------------------------------------


def opened(content: bytes, *keys: str, passphrase: str = "") -> layout.Contents:
    with locking.unlocked(io.BytesIO(content), list(keys), passphrase) as stream:
        return reading.checked(stream)


def test_one_of_several_keys_opens_it() -> None:
    assert opened(locked(GOOD, OURS), str(OTHER), str(OURS)).people == 2


def test_for_another_recipient_it_does_not_open() -> None:
    with pytest.raises(BundleNotOpened, match="locked for another key") as found:
        opened(locked(GOOD, OTHER), str(OURS))
    assert "habeas keys recipient" in found.value.advice


@pytest.mark.parametrize("part", [0.05, 0.5, 0.999])
def test_a_locked_one_that_was_cut_is_refused(part: float) -> None:
    content = locked(GOOD + b"\0" * 200_000, OURS)
    with pytest.raises(BundleDamaged):
        opened(content[: int(len(content) * part)], str(OURS))


def test_one_changed_byte_of_a_locked_one_is_refused() -> None:
    content = bytearray(locked(GOOD, OURS))
    content[-900] ^= 1
    with pytest.raises(BundleDamaged, match="cut off or was changed"):
        opened(bytes(content), str(OURS))


def test_a_passphrase_opens_what_it_locked() -> None:
    out = io.BytesIO()
    locking.lock_by_passphrase(lambda end: end.write(GOOD), out, "four words of a poem")
    assert opened(out.getvalue(), passphrase="four words of a poem").people == 2
    for wrong, words in (("four words of a song", "passphrase is wrong"), ("", "none was given")):
        with pytest.raises(BundleNotOpened, match=words):
            opened(out.getvalue(), str(OURS), passphrase=wrong)


class Sink(io.RawIOBase):
    """Takes bytes and keeps none."""

    size = 0

    def write(self, some: object) -> int:
        taken = len(bytes(some))  # type: ignore[call-overload]  # bytes are all that comes
        self.size += taken
        return taken


def test_locking_goes_in_flat_memory() -> None:
    piece, pieces, sink = b"x" * 2**20, 60, Sink()
    tracemalloc.start()
    locking.lock(
        lambda end: [end.write(piece) for _n in range(pieces)],
        cast("BinaryIO", sink),
        OURS.to_public(),
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sink.size > pieces * len(piece)
    assert peak < 8 * 2**20
