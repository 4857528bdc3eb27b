"""Removal by policy in a home that is encrypted: the same rows, the same checks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from homes import DOCUMENT, PASSPHRASE
from sealed_stores import broken, checked, sealer

from habeas.errors import HomeLocked
from habeas.evidence.checks import Result
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.documents import file_of
from habeas.evidence.seals.recovering import chain_of
from habeas.evidence.seals.removals import Reason
from habeas.evidence.seals.removing import planned, remove
from habeas.evidence.verifying import verify as stranger
from habeas.vault import opened, turning


def _chain(home: Path, store: str) -> Chain:
    return chain_of(home / store, sealer(home))


def test_captures_documents_and_imports_leave_an_encrypted_home(home: Path) -> None:
    captures = sorted(home.glob("captures/2*/*.warc.gz"))
    folder = next((home / "captures" / "imports").iterdir()).relative_to(home / "captures")
    (document,) = home.glob("documents/??/*")
    turning.turn_on(home, PASSPHRASE)
    # What a kill leaves while a home is encrypted is a second copy of the bytes.
    leftover = captures[0].with_name(captures[0].name + ".encrypting")
    leftover.write_bytes(b"half of it")
    gone = captures[0].relative_to(home / "captures").as_posix()
    removed = remove(
        _chain(home, "captures"), [gone, folder.as_posix()], reason=Reason.CONSENT, by="owner"
    )
    assert removed.files == 2
    sha256 = document.name
    remove(_chain(home, "documents"), [file_of(sha256)], reason=Reason.CONSENT, by="owner")
    left = [path for path in (home / "captures").rglob("*.warc.gz*") if path.is_file()]
    assert left == captures[1:]
    assert list(home.glob("documents/??/*")) == []
    for store in ("captures", "documents"):
        assert broken(home / store) == set()
        assert checked(home / store)["item.removed"].result is Result.REMOVED
        done = subprocess.run(
            [sys.executable, "-I", stranger.__file__, str(home / store), "--json"],
            capture_output=True,
            check=False,
            text=True,
        )
        states = {one["name"]: one["state"] for one in json.loads(done.stdout)["checks"]}
        assert states["item.removed"] == "removed"
        assert "broken" not in states.values(), done.stdout
    # The row of custody holds the SHA-256 of what was sealed, not of how it lay there.
    lines = (home / "documents" / "seals" / "log" / "00000001.jsonl").read_bytes().splitlines()
    assert json.loads(lines[-1])["before"] == sha256
    assert DOCUMENT not in b"".join(lines)


def test_locked_nothing_is_decided_and_nothing_leaves(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    first = min(home.glob("captures/2*/*.warc.gz"))
    file = first.relative_to(home / "captures").as_posix()
    log = home / "captures" / "seals" / "log" / "00000001.jsonl"
    before, held = log.read_bytes(), first.read_bytes()
    opened.lock(home)
    with pytest.raises(HomeLocked):
        planned(_chain(home, "captures"), [file])
    with pytest.raises(HomeLocked):
        remove(_chain(home, "captures"), [file], reason=Reason.CONSENT)
    assert (log.read_bytes(), first.read_bytes()) == (before, held)
