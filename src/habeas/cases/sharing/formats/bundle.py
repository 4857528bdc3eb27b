"""A bundle for one recipient: people and their files, signed, locked with age as it is read.

Nothing of it stands in clear text on this computer's disk, and only the recipient's key opens it.
The inside is described in docs/reference/bundle-format.md; how it is packed, in `habeas.bundles`.
"""

import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import BinaryIO

from django.utils.translation import gettext_lazy as later

from habeas.bundles import locking
from habeas.bundles.layout import Told
from habeas.bundles.writing import Packing
from habeas.cases.documents import keeping
from habeas.cases.sharing.attached import Attached, attached
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.lines import moment
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.evidence.seals.keys import Signer


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a bundle for whoever holds the key of the occasion.

    If reading the people fails half-way, what was written until then is no bundle: it has no end,
    and the error is the caller's.

    Raises:
        RecipientKeyRefused: there is no key, or nobody could open what it locks.
        KeyLocked, KeyLost, KeyRefused: the key that signs is not to be had.
    """
    key = occasion.key.strip()
    if key.lower().startswith("age1"):
        to = locking.recipient_of(key)
        signer = keeping.signer()
        locking.lock(lambda end: _pack(people, end, occasion, signer), out, to)
    else:
        passphrase = locking.passphrase_of(key)
        signer = keeping.signer()
        locking.lock_by_passphrase(
            lambda end: _pack(people, end, occasion, signer), out, passphrase
        )


def _pack(
    people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion, signer: Signer
) -> None:
    packing = Packing(out, _told(occasion))
    for person in people:
        sent = []
        for one, content in attached(person):
            if not one.held:
                packing.file(content, one.name.rpartition(".")[2])
            occasion.sent(person.id, one)
            sent.append(one)
        told = json.dumps(as_json(person, sent), ensure_ascii=False)
        packing.person(told.encode("utf-8", "replace") + b"\n")
    packing.end(signer)


def _told(occasion: Occasion) -> Told:
    key = occasion.key.strip().lower()
    return Told(
        made_at=moment(occasion.now),
        by=occasion.by,
        whom=occasion.recipient,
        circle=occasion.circle,
        lang=occasion.lang,
        # For whom it was locked is signed, so that it cannot be locked anew for somebody else.
        locked_for=key if key.startswith("age1") else "",
    )


def as_json(person: OutgoingPerson, files: Iterable[Attached] = ()) -> dict[str, object]:
    """Return a person as a member of a bundle: the values that leave, under their names."""
    told: dict[str, object] = _plain(asdict(person))  # type: ignore[assignment]  # a dict stays one
    # Only who leaves is in a bundle: a placeholder has no place in it.
    del told["gone_since"]
    papers = told["documents"]
    assert isinstance(papers, list)
    sent = list(files)
    for paper in papers:
        paper["files"] = [_file(one) for one in sent if one.document == paper["id"]]
    return told


def _file(one: Attached) -> dict[str, object]:
    original = {
        "original_sha256": one.original,
        "original_bytes": one.original_size,
        "media_type": one.media_type,
    }
    if one.held:
        return {**original, "held": one.held, "why": one.why}
    return {**original, "member": one.name, "sha256": one.sha256, "bytes": one.size}


def _plain(value: object) -> object:
    """Return a value as JSON has it: moments as RFC 3339 in UTC, nothing rounded away."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


FORMAT = Format(
    key="bundle",
    label=later("Locked bundle for one recipient (age)"),
    uses=frozenset({"lawyer", "monitor", "un"}),
    extension="tar.age",
    media_type="application/octet-stream",
    write=write,
    attaches=True,
    beside=True,
)
