"""Removal by policy: bytes leave for good, the chain holds, and every check says what happened."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sealed_stores import (
    MOMENT,
    broken,
    checked,
    filled,
    log_lines,
    manifests,
    page,
    sealer,
    unchecked,
)

from habeas.errors import KeyLost, RecordRemoved, RemovalUnfinished, SealUnknown
from habeas.evidence import Decoding, Kept, Redirect, Store
from habeas.evidence.checks import Result, exit_code
from habeas.evidence.rendering import Rendering, rendering_records
from habeas.evidence.seals.checking import Against, check_store
from habeas.evidence.seals.documents import file_of, keep_document
from habeas.evidence.seals.importing import Provenance, take_over
from habeas.evidence.seals.removals import Reason, removal_of
from habeas.evidence.seals.removing import planned, remove
from habeas.evidence.seals.waiting import gather
from habeas.evidence.stamps.authorities import Promise
from habeas.evidence.verifying import verify as stranger

SECRET = "Вымышленова Тайна Тестовна"


def _signer(store: Path) -> str:
    return str(manifests(store)[0]["key"]["fingerprint"])  # type: ignore[index]


def _said(store: Path) -> dict[str, str]:
    """Return what the file for strangers says of a store, by check."""
    tools = stranger.Tools()
    tools.signer = _signer(store)
    report = stranger.verify(str(store), tools)
    return {check.name: check.state for check in report.checks if check.found}


def _file(store: Store, kept: Kept) -> str:
    return kept.path.relative_to(store.folder).as_posix()


def _rows(store: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log_lines(store)]


def _everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _pictured(store: Store, kept: Kept, parts: tuple[str, ...] = ()) -> Kept:
    drawn = Rendering(
        picture=b"\x89PNG an invented picture",
        dom=SECRET.encode(),
        moment=MOMENT,
        program="Chromium 1",
        width=1,
        height=1,
        cut=False,
        scripts=False,
        parts=parts,
        left_out={},
    )
    records, note = rendering_records(kept, drawn)
    return store.add_note(kept, records, note, moment=MOMENT)


def test_a_record_leaves_with_its_notes_and_the_chain_holds(tmp_path: Path) -> None:
    store, (first, second, third) = filled(tmp_path / "store", tmp_path)
    note = store.annotate(second, Decoding("utf-8", "utf-8", 0), moment=MOMENT)
    before = log_lines(store.folder)
    removed = remove(store.chain, [second.record_id], reason=Reason.CONSENT, by="owner")
    assert removed.files == 2
    assert not second.path.exists()
    assert not note.path.exists()
    assert first.path.exists()
    assert third.path.exists()
    # The log only grew: each earlier row is where and what it was.
    assert log_lines(store.folder)[: len(before)] == before
    checks = checked(store.folder, signers={_signer(store.folder)})
    assert checks["item.removed"].result is Result.REMOVED
    assert checks["item.removed"].meaning == (
        "Sealed files that were removed by policy, as signed rows say: 2 (seal 6 of 2026-11-23, "
        "consent ended: 2). Their seals stay and hold; what was in them is not here and cannot be "
        "checked here any more."
    )
    assert checks["item.present"].meaning == "All 2 sealed files are here."
    wrong = {name for name, check in checks.items() if check.result is Result.BROKEN}
    assert wrong == set()
    said = _said(store.folder)
    assert said["item.removed"] == stranger.REMOVED
    assert "broken" not in said.values()


def test_the_signed_row_names_hashes_day_reason_and_label_and_nothing_else(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    remove(store.chain, [kept[0].record_id], reason=Reason.REQUEST, by="owner")
    (manifest,) = [one for one in manifests(store.folder) if one["item"]["kind"] == "removal"]  # type: ignore[index]
    assert manifest["item"] == {
        "by": {"kind": "person", "name": "owner"},
        "kind": "removal",
        "reason": "request",
        "seals": [
            {"file": _file(store, kept[0]), "sequence": kept[0].seal, "sha256": kept[0].seal_hash}
        ],
    }
    custody = _rows(store.folder)[-1]
    assert custody["event"] == "removed"
    assert custody["item"] == _file(store, kept[0])
    assert (custody["before"], custody["after"]) == (kept[0].sha256, None)
    assert custody["by"] == {"kind": "person", "name": "owner"}
    assert custody["detail"] == {"reason": "request", "seal": manifest["sequence"]}


def test_nothing_of_the_page_is_left_in_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    hop = store.keep(replace(page(b"moved"), url="https://court.example/who?name=Taina"))
    redirected = replace(page(SECRET.encode()), redirects=(Redirect(hop.url, 302, hop.record_id),))
    part = store.keep(replace(page(b"her photograph"), url="https://court.example/photo.png"))
    kept = store.keep(redirected)
    store.annotate(kept, Decoding("utf-8", "utf-8", 0), moment=MOMENT)
    _pictured(store, kept, (part.record_id,))
    stays = store.keep(page(b"another page"))
    # What a kill may leave beside a record goes as well.
    kept.path.with_name(kept.path.name + ".part").write_bytes(SECRET.encode())
    plan = planned(store.chain, [kept.record_id])
    assert [one.kind for one in plan.leaving] == ["capture", "capture", "capture", "note", "note"]
    remove(store.chain, [kept.record_id], reason=Reason.RETENTION)
    left = [path for path in store.folder.glob("2*/*") if path.is_file()]
    assert left == [stays.path]
    assert b"Taina" not in _everything(store.folder)
    assert b"court.example" not in _everything(store.folder / "seals")
    assert broken(store.folder) == set()


def test_a_picture_alone_can_leave(tmp_path: Path) -> None:
    store, (kept, *_rest) = filled(tmp_path / "store", tmp_path, count=2)
    note = _pictured(store, kept)
    remove(store.chain, [note.record_id], reason=Reason.MISTAKE)
    assert kept.path.exists()
    assert not note.path.exists()
    assert broken(store.folder) == set()


def test_what_is_not_in_the_store_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    before = _everything(store.folder)
    with pytest.raises(SealUnknown):
        remove(store.chain, [kept[0].record_id, "urn:uuid:nobody"], reason=Reason.MISTAKE)
    with pytest.raises(SealUnknown):
        remove(store.chain, ["../../etc/passwd"], reason=Reason.MISTAKE)
    assert _everything(store.folder) == before


def test_a_lost_file_is_not_turned_into_a_decision(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    kept[0].path.unlink()
    removed = remove(store.chain, [kept[0].record_id, kept[1].record_id], reason=Reason.RETENTION)
    assert removed.missing == (_file(store, kept[0]),)
    assert removed.files == 1
    assert broken(store.folder) == {"item.present"}
    assert _said(store.folder)["item.present"] == stranger.BROKEN


def test_removing_twice_needs_no_second_row(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    before = log_lines(store.folder)
    again = remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert (again.rows, again.files) == ((), 0)
    assert log_lines(store.folder) == before
    assert planned(store.chain, [kept[0].record_id]).gone == (_file(store, kept[0]),)


def test_bytes_that_are_put_back_are_told_and_can_be_removed_again(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    content = kept[0].path.read_bytes()
    remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    kept[0].path.write_bytes(content)
    check = checked(store.folder)["item.removed"]
    assert check.result is Result.BROKEN
    assert check.meaning == (
        "A signed row says that these files were removed, and they are here: "
        f"{_file(store, kept[0])}. The removal was not finished, or somebody put them back."
    )
    assert _said(store.folder)["item.removed"] == stranger.BROKEN
    removed = remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert (removed.rows, removed.files) == ((), 1)
    assert broken(store.folder) == set()


def test_a_file_that_cannot_be_removed_is_said_and_does_not_stop_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    real = Path.unlink

    def refused(path: Path, *, missing_ok: bool = False) -> None:
        if path == kept[1].path:
            raise PermissionError(13, "Permission denied")
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as stubborn:
        stubborn.setattr(Path, "unlink", refused)
        with pytest.raises(RemovalUnfinished) as caught:
            remove(store.chain, [one.record_id for one in kept[:2]], reason=Reason.RETENTION)
    assert str(caught.value) == (
        f"Files that could not be removed from {store.folder}: 1 (Permission denied). The rest is "
        "gone. The log says of each file what came of it. Check the rights of the folder, then "
        "give the same command again."
    )
    assert caught.value.files == (_file(store, kept[1]),)
    assert not kept[0].path.exists()
    assert [row["event"] for row in _rows(store.folder)[-2:]] == ["removed", "removal_failed"]
    assert "item.removed" in broken(store.folder)
    store.keep(page(b"the watch goes on"))
    remove(store.chain, [kept[1].record_id], reason=Reason.RETENTION)
    assert broken(store.folder) == set()


def test_a_stranger_checks_the_row_with_openssl_and_python_as_documented(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    (row,) = remove(store.chain, [kept[0].record_id], reason=Reason.CONSENT, by="owner").rows
    page_ = Path(__file__).parents[3] / "docs" / "reference" / "seal-format.md"
    recipe = page_.read_text("utf-8").split("```sh\npython3 - 41 18")[1].split("```")[0]

    def followed(sealed: int) -> list[str]:
        script = f"python3 - {row} {sealed}" + recipe.replace("FINGERPRINT", _signer(store.folder))
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=store.folder / "seals",
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.splitlines()

    assert followed(kept[0].seal) == ["True", "Signature Verified Successfully"]
    assert followed(kept[1].seal)[0] == "False"


# --- documents, imports, stores of others --------------------------------------------------------


def test_a_document_leaves_and_may_be_brought_again(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    document = keep_document(store.chain, SECRET.encode(), by="owner")
    file = file_of(document.sha256)
    remove(store.chain, [file], reason=Reason.CONSENT, by="owner")
    assert not (store.folder / file).exists()
    assert broken(store.folder) == set()
    keep_document(store.chain, SECRET.encode(), by="owner")
    # It is here by a seal of its own now; the old row stays true of the time before.
    assert (store.folder / file).exists()
    assert broken(store.folder) == set()
    assert "broken" not in _said(store.folder).values()
    remove(store.chain, [file], reason=Reason.CONSENT, by="owner")
    assert not (store.folder / file).exists()
    assert broken(store.folder) == set()
    assert "broken" not in _said(store.folder).values()


def test_evidence_of_others_leaves_as_a_whole_with_its_past(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(SECRET)
    past = Provenance(collected_by=SECRET)
    seal = take_over(store.chain, [tmp_path / "one.txt", tmp_path / "two.txt"], past, by="owner")
    folder = str(seal.item["folder"])
    plan = planned(store.chain, [f"{folder}/0002.txt"])
    assert [(one.kind, one.file) for one in plan.leaving] == [("import", folder)]
    remove(store.chain, [folder], reason=Reason.REQUEST, by="owner")
    assert not (store.folder / folder).exists()
    assert SECRET.encode() not in _everything(store.folder)
    assert broken(store.folder) == set()
    assert checked(store.folder)["item.removed"].result is Result.REMOVED
    assert _said(store.folder)["item.removed"] == stranger.REMOVED


def test_without_the_key_nothing_can_be_removed_from_a_store_of_others(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path / "theirs")
    mine = Store(store.folder, sealer(tmp_path / "mine"))
    with pytest.raises(KeyLost):
        remove(mine.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert kept[0].path.exists()
    assert broken(store.folder) == set()


def test_stamps_cover_what_was_removed_and_the_row_that_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path, Promise(1, 0)))
    kept = [store.keep(page(b"%d" % number)) for number in range(3)]
    gather(store.chain)
    before = sorted(path for path in (store.folder / "seals" / "stamps").rglob("*"))
    remove(store.chain, [kept[1].record_id], reason=Reason.RETENTION)
    assert sorted(path for path in (store.folder / "seals" / "stamps").rglob("*")) == before
    waiting = gather(store.chain)
    # Nothing is asked of authorities for the removed one again, and the removal is stamped itself.
    assert len(waiting) == 2
    assert broken(store.folder) == set()


# --- what comes after ----------------------------------------------------------------------------


def test_a_note_is_not_added_to_an_answer_that_was_removed_meanwhile(tmp_path: Path) -> None:
    store, (kept, *_rest) = filled(tmp_path / "store", tmp_path, count=2)
    remove(store.chain, [kept.record_id], reason=Reason.CONSENT)
    with pytest.raises(RecordRemoved) as caught:
        _pictured(store, kept)
    assert caught.value.day == "2026-11-23"
    assert SECRET.encode() not in _everything(store.folder)
    assert broken(store.folder) == set()


def test_removal_is_found_by_path_for_pages(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    ring = sealer(tmp_path).keys
    assert removal_of(kept[0].path, ring) is None
    remove(store.chain, [kept[0].record_id], reason=Reason.CONSENT)
    found = removal_of(kept[0].path, ring)
    assert found is not None
    assert (found.day, found.reason) == ("2026-11-23", "consent")
    assert removal_of(kept[1].path, ring) is None
    # Somebody else's keys, somebody else's word.
    assert removal_of(kept[0].path, sealer(tmp_path / "other").keys) is None
    assert removal_of(tmp_path / "nowhere" / "x.warc.gz", ring) is None


def test_what_is_removed_by_policy_is_no_failure(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    kept = [store.keep(page(b"%d" % number)) for number in range(2)]
    remove(store.chain, [one.record_id for one in kept], reason=Reason.RETENTION)
    checks = check_store(store.folder, Against({_signer(store.folder)}, workers=1))
    found = [one for one in checks if one.result is not Result.HELD]
    assert {one.name for one in found} == {"item.removed", "stamp.required"}
    assert exit_code([one for one in checks if one.name != "stamp.required"]) == 0
    # Nothing is left to read, and that is no damage.
    assert "package.records" not in _said(store.folder)
    assert unchecked(store.folder, signers={_signer(store.folder)}) == {"stamp.required"}


def test_only_the_seals_can_be_checked(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert checked(store.folder, files=False)["item.removed"].result is Result.REMOVED


def test_more_than_one_row_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.evidence.seals.removing.MOST_NAMED", 2)
    store, kept = filled(tmp_path / "store", tmp_path, count=5)
    removed = remove(store.chain, [one.record_id for one in kept], reason=Reason.RETENTION)
    assert len(removed.rows) == 3
    assert removed.files == 5
    assert broken(store.folder) == set()
    assert _said(store.folder)["item.removed"] == stranger.REMOVED
