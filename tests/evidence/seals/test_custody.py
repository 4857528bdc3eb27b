"""Custody: what happened to an item is told in order, and evidence of others keeps its past."""

import hashlib
import json
from pathlib import Path

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

from habeas.errors import ImportRefused, SealUnknown
from habeas.evidence import Decoding, Store
from habeas.evidence.seals.importing import Provenance, take_over
from habeas.evidence.seals.rows import Custody
from habeas.evidence.seals.telling import (
    about,
    close,
    custody_rows,
    lay_out_seal,
    report,
    seal_number,
    seals_of,
)
from habeas.evidence.seals.waiting import gather
from habeas.evidence.stamps.authorities import Promise

PAST = Provenance(
    collected_by="an invented witness",
    collected_at="2026-11-20, evening",
    received_from="an invented courier",
    method="photographed from a screen",
    statement="Кадр сделан до удаления страницы.",
)


def _rows(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log_lines(folder)]


def test_everything_about_one_item_is_found_in_one_pass(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path, Promise(1, 0)))
    other = store.keep(page(b"another page"))
    kept = store.keep(page(b"the page"))
    note = store.annotate(kept, Decoding("utf-8", "windows-1251", 2), moment=MOMENT)
    gather(store.chain)
    file = kept.path.relative_to(store.folder).as_posix()
    report(store.chain, "read", item=file, sha256=kept.sha256, by="Invented Lawyer", why="hearing")
    found = about(store.folder, file)
    assert found.seal.sequence == kept.seal
    assert found.seal.hash == kept.seal_hash
    assert [one.sequence for one in found.notes] == [note.seal]
    assert [row.event for row in found.custody] == ["captured", "noted", "read"]
    assert [path.name for path in found.stamped] == ["seal-00000005"]
    assert other.seal_hash not in {one.hash for one in (found.seal, *found.notes)}
    read = found.custody[-1].value
    assert read["by"] == {"kind": "person", "name": "Invented Lawyer"}
    assert read["why"] == "hearing"


def test_a_file_without_a_seal_has_no_story(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    with pytest.raises(SealUnknown) as caught:
        about(store.folder, "2026-11-23/missing.warc.gz")
    assert str(caught.value) == (
        f"There is no seal of 2026-11-23/missing.warc.gz in {store.folder}. "
        "Nothing was changed. `habeas seals list` shows the seals there are."
    )
    with pytest.raises(SealUnknown):
        seal_number(store.folder, 99)


def test_closing_vouches_for_the_rows_and_for_their_number(tmp_path: Path) -> None:
    store, (kept, *_more) = filled(tmp_path / "store", tmp_path)
    file = kept.path.relative_to(store.folder).as_posix()
    report(store.chain, "exported", item=file, sha256=kept.sha256)
    found = about(store.folder, file)
    seal = close(store.chain, found)
    listed = seal.item["rows"]
    assert listed == [[row.value["number"], row.hash] for row in found.custody]
    assert len(found.custody) == 2
    assert broken(store.folder) == set()


def test_only_known_events_are_reported_by_hand(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    before = len(log_lines(store.folder))
    with pytest.raises(ValueError, match="stamped"):
        report(store.chain, "stamped")
    assert len(log_lines(store.folder)) == before


def test_rows_after_the_last_seal_are_counted_as_not_sealed_yet(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    report(store.chain, "copied", why="to the other office")
    report(store.chain, "copied", why="to the other office")
    assert "no seal covers yet: 2" in checked(store.folder)["log.sealed"].meaning
    store.keep(page(b"next"))
    assert "no seal covers yet: 0" in checked(store.folder)["log.sealed"].meaning


def test_a_report_needs_no_key(tmp_path: Path) -> None:
    """A locked key must not keep anybody from saying who has the disk."""
    store, _kept = filled(tmp_path / "store", tmp_path)
    for path in (tmp_path / "keys").glob("*.key"):
        path.unlink()
    report(Store(store.folder, sealer(tmp_path)).chain, "transferred", by="A", why="to B")
    assert [row.value["why"] for row in custody_rows(store.folder)][-1] == "to B"


def test_rows_and_seals_can_be_listed(tmp_path: Path) -> None:
    store, (kept, *_more) = filled(tmp_path / "store", tmp_path)
    file = kept.path.relative_to(store.folder).as_posix()
    assert [row.event for row in custody_rows(store.folder, file) if isinstance(row, Custody)] == [
        "captured"
    ]
    assert [seal.sequence for seal in seals_of(store.folder, 3)] == [3, 4]
    lay_out_seal(seal_number(store.folder, 2), tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "manifest.json", "signature.bin",
    }  # fmt: skip


# --- evidence of others --------------------------------------------------------------------------


def _bring(tmp_path: Path) -> list[Path]:
    (tmp_path / "Вымышленов паспорт.JPG").write_bytes(b"\xff\xd8 an invented picture")
    (tmp_path / "list.tar.gz").write_bytes(b"an invented archive")
    return sorted(path for path in tmp_path.iterdir() if path.is_file())


def test_evidence_of_others_is_copied_sealed_and_keeps_its_past(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    brought = _bring(tmp_path)
    seal = take_over(store.chain, brought, PAST, by="Invented Lawyer")
    files = seal.item["files"]
    assert isinstance(files, list)
    for described in files:
        content = (store.folder / described["file"]).read_bytes()
        assert described["sha256"] == hashlib.sha256(content).hexdigest()
    names = [Path(one["file"]).name for one in files]
    assert names == ["0001.tar.gz", "0002.jpg", "provenance.json"]
    past = json.loads((store.folder / files[-1]["file"]).read_bytes())
    assert past["collected_by"] == "an invented witness"
    assert past["statement"] == "Кадр сделан до удаления страницы."
    assert [one["came_as"] for one in past["files"]] == ["list.tar.gz", "Вымышленов паспорт.JPG"]
    assert all(path.exists() for path in brought)
    (received,) = [row for row in _rows(store.folder) if row.get("event") == "received"]
    assert received["by"] == {"kind": "person", "name": "Invented Lawyer"}
    assert broken(store.folder) == set()
    assert "item.unsealed" not in unchecked(store.folder)


def test_no_name_of_the_past_reaches_a_manifest(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    take_over(store.chain, _bring(tmp_path), PAST)
    text = json.dumps(manifests(store.folder), ensure_ascii=False)
    for secret in ("witness", "courier", "Вымышленов", "list.tar.gz"):
        assert secret not in text


@pytest.mark.parametrize("which", [0, -1])
def test_a_changed_import_is_found(tmp_path: Path, which: int) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    seal = take_over(store.chain, _bring(tmp_path), PAST)
    file = store.folder / seal.item["files"][which]["file"]  # type: ignore[index]
    file.write_bytes(file.read_bytes() + b" ")
    assert broken(store.folder) == {"item.bytes"}


def test_a_file_that_is_added_to_an_import_is_not_sealed(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    seal = take_over(store.chain, _bring(tmp_path), PAST)
    (store.folder / str(seal.item["folder"]) / "0009.jpg").write_bytes(b"slipped in")
    assert "item.unsealed" in unchecked(store.folder)


def test_what_is_missing_is_not_taken_over(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)
    before = log_lines(store.folder)
    for files in ([], [tmp_path / "missing"]):
        with pytest.raises(ImportRefused) as caught:
            take_over(store.chain, files, PAST)
        assert "Nothing was copied" in str(caught.value)
    assert log_lines(store.folder) == before
    assert not (store.folder / "imports").exists()
