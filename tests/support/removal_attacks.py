"""Attacks on removal by policy: "missing" is to pass for "removed", or "removed" for another thing.

As in `attacks`, whoever attacks has everything but the signer's key; what the signer did honestly
before is done with it here first.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from attacks import Attack, named, recordings, repackaged, unpacked
from sealed import Ground, sealer_in

from habeas.evidence import Store
from habeas.evidence.seals.canonical import Json, canonical
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.log import rows
from habeas.evidence.seals.removals import Reason
from habeas.evidence.seals.removing import remove
from habeas.evidence.seals.rows import Seal, custody_line, number_of, seal_line

ATTACKS: list[Attack] = []


def _attack(
    name: str, target: str, breaks: str
) -> Callable[[Callable[[Ground], Path]], Callable[[Ground], Path]]:
    def registered(act: Callable[[Ground], Path]) -> Callable[[Ground], Path]:
        ATTACKS.append(Attack(name, target, breaks, act))
        return act

    return registered


# --- what the signer did, and what an attacker can write ------------------------------------------


def captures(store: Path) -> list[Seal]:
    """Return the seals of captures, in order."""
    found = rows(store / "seals" / "log")
    return [row for row in found if isinstance(row, Seal) and row.kind == "capture"]


def honestly_removed(ground: Ground, which: int = 2) -> Seal:
    """Remove a capture by policy, with the signer's key; return its seal."""
    seal = captures(ground.store)[which]
    store = Store(ground.store, sealer_in(ground.folder))
    remove(store.chain, [seal.file], reason=Reason.RETENTION, by="owner")
    return seal


def _log(store: Path) -> Path:
    return store / "seals" / "log" / "00000001.jsonl"


def _lines(store: Path) -> list[bytes]:
    return _log(store).read_bytes().splitlines(keepends=True)


def _relogged(store: Path, lines: list[bytes]) -> Path:
    _log(store).write_bytes(b"".join(lines))
    return store


def _removal_at(lines: list[bytes]) -> int:
    return next(place for place, line in enumerate(lines) if b'"kind":"removal"' in line)


def _item(seal: Seal) -> Json:
    entry = {"sequence": seal.sequence, "sha256": seal.hash, "file": seal.file}
    by = {"kind": "person", "name": "owner"}
    return {"kind": "removal", "seals": [entry], "reason": "retention", "by": by}


def _append_seal(store: Path, item: Json, keys: Path, changes: Mapping[str, object]) -> None:
    """Append a seal that fits both chains, signed by a key of the attacker's own."""
    found = list(rows(store / "seals" / "log"))
    last = [row for row in found if isinstance(row, Seal)][-1]
    value = {
        **last.value,
        "number": number_of(found[-1]) + 1,
        "previous": found[-1].hash,
        "sequence": last.sequence + 1,
        "previous_seal": last.hash,
        "item": item,
        **changes,
    }
    signed = canonical(value)
    signature = KeyRing(keys, lambda: "").current().sign(signed)
    with _log(store).open("ab") as log:
        log.write(seal_line(signed, signature) + b"\n")


def _deleted(ground: Ground) -> Seal:
    """Delete a recording, without any right to."""
    seal = captures(ground.store)[1]
    (ground.store / seal.file).unlink()
    return seal


# --- "missing" is to pass for "removed by policy" -------------------------------------------------


@_attack("delete a recording, append a removal with a false signature", "store", "item.present")
def forge_removal(ground: Ground) -> Path:
    seal = _deleted(ground)
    _append_seal(ground.store, _item(seal), ground.folder / "forger", {})
    return ground.store


@_attack("delete a recording, append a removal signed by another key", "store", "item.present")
def removal_of_another_key(ground: Ground) -> Path:
    seal = _deleted(ground)
    mark = KeyRing(ground.folder / "forger", lambda: "").current().fingerprint
    key = {"algorithm": "ed25519", "fingerprint": mark}
    _append_seal(ground.store, _item(seal), ground.folder / "forger", {"key": key})
    return ground.store


@_attack(
    "delete a recording, declare the key lost, sign the removal by a new one",
    "store",
    "item.removed",
)
def removal_after_a_lost_key(ground: Ground) -> Path:
    seal = captures(ground.store)[1]
    forger = Store(ground.store, sealer_in(ground.folder / "forger"))
    forger.chain.replace_key()
    remove(forger.chain, [seal.file], reason=Reason.RETENTION)
    return ground.store


@_attack(
    "delete a recording, forge a change of key, sign the removal by the new one",
    "store",
    "item.present",
)
def removal_after_a_forged_rotation(ground: Ground) -> Path:
    seal = _deleted(ground)
    forger = KeyRing(ground.folder / "forger", lambda: "").current()
    item: Json = {
        "kind": "key",
        "fingerprint": forger.fingerprint,
        "pem": forger.pem,
        "ecdsa_pem": forger.ecdsa_pem,
        "reason": "rotation",
    }
    _append_seal(ground.store, item, ground.folder / "forger", {})
    key = {"algorithm": "ed25519", "fingerprint": forger.fingerprint}
    _append_seal(ground.store, _item(seal), ground.folder / "forger", {"key": key})
    return ground.store


@_attack("delete a recording, append custody that calls it removed", "store", "item.present")
def custody_alone(ground: Ground) -> Path:
    seal = _deleted(ground)
    last = list(rows(ground.store / "seals" / "log"))[-1]
    known = next(line for line in _lines(ground.store) if b'"event":"captured"' in line)
    value = {
        **json.loads(known),
        "number": number_of(last) + 1,
        "previous": last.hash,
        "event": "removed",
        "item": seal.file,
        "before": seal.item["sha256"],
        "after": None,
        "detail": {"seal": last.value.get("sequence", 1), "reason": "retention"},
    }
    return _relogged(ground.store, [*_lines(ground.store), custody_line(value) + b"\n"])


@_attack("delete a second recording, add it to an honest removal", "store", "item.present")
def widen_removal(ground: Ground) -> Path:
    honest, seal = honestly_removed(ground), _deleted(ground)
    old, new = (
        canonical({"file": one.file, "sequence": one.sequence, "sha256": one.hash})
        for one in (honest, seal)
    )
    lines = _lines(ground.store)
    place = _removal_at(lines)
    lines[place] = lines[place].replace(old, old + b"," + new)
    return _relogged(ground.store, lines)


@_attack(
    "delete a recording, take a removal over from another store of the signer",
    "store",
    "item.present",
)
def removal_of_another_store(ground: Ground) -> Path:
    other = ground.folder / "other"
    shutil.copytree(ground.store, other)
    identity = other / "seals" / "store.json"
    identity.write_bytes(identity.read_bytes().replace(b"urn:uuid:", b"urn:uuid:0000"))
    seal = _deleted(ground)
    store = Store(other, sealer_in(ground.folder))
    remove(store.chain, [seal.file], reason=Reason.RETENTION, by="owner")
    return _relogged(ground.store, _lines(other))


# --- an honest removal is to pass for something else ----------------------------------------------


@_attack("take the removal and all rows behind it out of the log", "store", "item.present")
def cut_removal_off(ground: Ground) -> Path:
    honestly_removed(ground)
    lines = _lines(ground.store)
    return _relogged(ground.store, lines[: _removal_at(lines)])


@_attack("date a removal back", "store", "seal.signature")
def redate_removal(ground: Ground) -> Path:
    honestly_removed(ground)
    return _changed(ground, b'"created":"20', b'"created":"19')


@_attack("change the reason of a removal", "store", "seal.signature")
def change_reason(ground: Ground) -> Path:
    honestly_removed(ground)
    return _changed(ground, b'"reason":"retention"', b'"reason":"request"')


@_attack("change who decided a removal", "store", "seal.signature")
def change_who(ground: Ground) -> Path:
    honestly_removed(ground)
    return _changed(ground, b'"name":"owner"', b'"name":"nobody"')


def _changed(ground: Ground, old: bytes, new: bytes) -> Path:
    lines = _lines(ground.store)
    place = _removal_at(lines)
    lines[place] = lines[place].replace(old, new, 1)
    return _relogged(ground.store, lines)


@_attack("put a removal before the seal of what it removes", "store", "log.chain")
def removal_too_early(ground: Ground) -> Path:
    seal = honestly_removed(ground)
    lines = _lines(ground.store)
    removal = lines.pop(_removal_at(lines))
    return _relogged(ground.store, [*lines[: number_of(seal) - 1], removal,
                                    *lines[number_of(seal) - 1 :]])  # fmt: skip


@_attack("put the bytes back that a removal speaks of", "store", "item.removed")
def put_back(ground: Ground) -> Path:
    path = ground.store / captures(ground.store)[2].file
    content = path.read_bytes()
    honestly_removed(ground)
    path.write_bytes(content)
    return ground.store


@_attack("put other bytes in the place of what was removed", "store", "item.bytes")
def put_something_else(ground: Ground) -> Path:
    seal = honestly_removed(ground)
    shutil.copyfile(ground.store / captures(ground.store)[0].file, ground.store / seal.file)
    return ground.store


# --- packages -------------------------------------------------------------------------------------


@_attack(
    "leave a recording out of the package, add a removal with a false signature",
    "package",
    "item.present",
)
def forge_removal_in_package(ground: Ground) -> Path:
    members = unpacked(ground.package)
    gone = next(one for one in recordings(members) if one != named(members))
    seal = next(one for one in captures(ground.store) if one.file.endswith(gone.split("/")[1]))
    del members[gone]
    _append_seal(ground.store, _item(seal), ground.folder / "forger", {})
    members["seals/log.txt"] += _lines(ground.store)[-1]
    return repackaged(ground, members)
