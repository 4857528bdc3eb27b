"""A bundle for one recipient: a ZIP of JSON, locked with age, written as it is read.

Nothing of it stands in clear text on this computer's disk, and only the recipient's key opens it.
The inside is described in docs/reference/bundle-format.md.
"""

import io
import json
import os
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from typing import BinaryIO

import pyrage
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.lines import moment
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.errors import RecipientKeyRefused

NAME, VERSION = "habeas-bundle", 1
PEOPLE, MANIFEST = "people.ndjson", "manifest.json"
SHORTEST = 16
"""Characters of the shortest passphrase: it is guessed at without anybody noticing."""
LARGEST = 64 * 2**20
"""Bytes of the largest ZIP that a passphrase locks: age has no stream for it here."""
_STAMP = (1980, 1, 1, 0, 0, 0)
_MOMENTS = ("about_from", "about_to", "said_by", "recorded_at")


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a bundle for whoever holds the key of the occasion.

    If reading the people fails half-way, what was written until then is no bundle: its ZIP has no
    end, and the error is the caller's.

    Raises:
        RecipientKeyRefused: there is no key, or nobody could open what it locks.
    """
    key = occasion.key.strip()
    if key.lower().startswith("age1"):
        _for_key(people, out, occasion, _recipient(key))
    else:
        _with_passphrase(people, out, occasion, _passphrase(key))


def _recipient(key: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(key.lower())
    except pyrage.RecipientError as error:
        raise RecipientKeyRefused(say("this is no age public key, or a letter is wrong")) from error


def _passphrase(key: str) -> str:
    if key.upper().startswith("AGE-SECRET-KEY-"):
        reason = say("this is a secret key: its owner should make a new one, and send only “age1…”")
        raise RecipientKeyRefused(reason)
    if len(key) < SHORTEST:
        reason = say("a passphrase has at least %(count)d characters") % {"count": SHORTEST}
        raise RecipientKeyRefused(reason if key else say("there is no key"))
    return key


def _for_key(
    people: Iterable[OutgoingPerson],
    out: BinaryIO,
    occasion: Occasion,
    recipient: pyrage.x25519.Recipient,
) -> None:
    reading, writing = os.pipe()
    watched = _Watched(out)

    def take() -> None:
        with os.fdopen(reading, "rb") as end:
            try:
                pyrage.encrypt_io(end, watched, [recipient])
            except pyrage.EncryptError as error:
                raise watched.failed or error from error

    with ThreadPoolExecutor(1) as thread:
        taken = thread.submit(take)
        # Where the other side failed first, its error says more than our broken pipe.
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as end:
            _pack(people, end, occasion)
        taken.result()


class _Watched:
    """A file whose failure is kept: age tells only that there was one."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.failed: OSError | None = None

    def write(self, some: bytes) -> int:
        """Write on."""
        try:
            return self.out.write(some)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        """Leave that to whoever owns the file."""


class _Bounded(io.BytesIO):
    """Memory that takes so much and no more."""

    def write(self, some: bytes, /) -> int:  # type: ignore[override]  # bytes are all that comes
        if self.tell() + len(some) > LARGEST:
            raise RecipientKeyRefused(say("so many people need a public key, not a passphrase"))
        return super().write(some)


def _with_passphrase(
    people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion, passphrase: str
) -> None:
    memory = _Bounded()
    _pack(people, memory, occasion)
    out.write(pyrage.passphrase.encrypt(memory.getvalue(), passphrase))


def _pack(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write the ZIP: first the people, then what says how their bytes must look."""
    digest, size, count = sha256(), 0, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open(_member(PEOPLE), "w", force_zip64=True) as member:
            for person in people:
                line = json.dumps(as_json(person), ensure_ascii=False).encode("utf-8", "replace")
                member.write(line + b"\n")
                digest.update(line + b"\n")
                size, count = size + len(line) + 1, count + 1
        listed = {PEOPLE: {"sha256": digest.hexdigest(), "bytes": size}}
        told = json.dumps(_manifest(occasion, listed, count), ensure_ascii=False, indent=1)
        with package.open(_member(MANIFEST), "w") as member:
            member.write(told.encode("utf-8", "replace") + b"\n")


def _member(name: str) -> zipfile.ZipInfo:
    """Return a member whose time tells nothing: when it was made stands in the manifest."""
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _manifest(occasion: Occasion, members: Mapping[str, object], count: int) -> dict[str, object]:
    return {
        "format": NAME,
        "version": VERSION,
        "made_at": moment(occasion.now),
        "by": occasion.by,
        "for": occasion.recipient,
        "circle": occasion.circle,
        "lang": occasion.lang,
        "people": count,
        "members": members,
    }


def as_json(person: OutgoingPerson) -> dict[str, object]:
    """Return a person as a line of `people.ndjson`: the values that leave, under their names."""
    told = asdict(person)
    told["custody"] = _times(told["custody"], ("since", "confirmed_at"))
    told["statements"] = [_statement(one) for one in person.statements]
    told["withheld"] = sorted(person.withheld)
    told["photo"] = None if person.photo is None else b64encode(person.photo).decode()
    return told


def _statement(one: OutgoingStatement) -> dict[str, object]:
    return _times({**asdict(one), "details": dict(one.details)}, _MOMENTS)


def _times(told: dict[str, object], keys: Iterable[str]) -> dict[str, object]:
    """Return the same with its aware moments as RFC 3339 in UTC, nothing rounded away."""
    return {
        key: value.astimezone(UTC).isoformat()
        if key in keys and isinstance(value, datetime)
        else value
        for key, value in told.items()
    }


FORMAT = Format(
    key="bundle",
    label=later("Locked bundle for one recipient (age)"),
    uses=frozenset({"lawyer", "monitor", "un"}),
    extension="zip.age",
    media_type="application/octet-stream",
    write=write,
)
