"""Whatever is changed in a store is found, under its own name, and an untouched store holds."""

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sealed_stores import (
    MOMENT,
    Ticking,
    broken,
    checked,
    filled,
    log_lines,
    manifests,
    page,
    sealer,
    unchecked,
    write_log,
)

from habeas.errors import Exit, StoreRefused
from habeas.evidence import Store
from habeas.evidence.checks import Check, Result, exit_code
from habeas.evidence.seals.canonical import canonical
from habeas.evidence.seals.checking import check_store
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.rows import seal_line


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("pristine")
    filled(base / "store", base, count=4)
    return base


@pytest.fixture
def store(pristine: Path, tmp_path: Path) -> Path:
    shutil.copytree(pristine / "store", tmp_path / "store")
    return tmp_path / "store"


def _signer(store: Path) -> str:
    return str(manifests(store)[0]["key"]["fingerprint"])  # type: ignore[index]


def test_an_untouched_store_holds(store: Path) -> None:
    checks = checked(store, signers={_signer(store)})
    assert {name for name, check in checks.items() if check.result is not Result.HELD} == {
        # This store promises no stamps, and the check says so instead of praising it.
        "stamp.required"
    }
    assert "16 " not in checks["log.rows"].meaning
    assert checks["log.rows"].meaning == "Each of the 9 rows of the log is whole and well written."
    assert checks["seal.signature"].meaning == "All 5 signatures hold."


def test_what_a_seal_says_of_single_records_is_checked_on_demand(
    store: Path, pristine: Path
) -> None:
    found = checked(store, records=True)["item.records"]
    assert found.result is Result.HELD
    assert found.meaning == (
        "Each of the 16 records stands where its seal says, with the digests it says."
    )
    # Only whoever holds the key can make a seal that fits the file and lies about its records.
    manifest = json.loads(log_lines(store)[2])["manifest"]
    manifest["item"]["records"][2]["payload_sha256"] = "0" * 64
    signed = canonical(manifest)
    lines = log_lines(store)
    lines[2] = seal_line(signed, KeyRing(pristine / "keys", lambda: "").current().sign(signed))
    write_log(store, lines)
    assert "item.records" in broken(store, records=True)
    assert "item.records" not in broken(store)


def test_without_a_known_fingerprint_the_signer_is_not_called_known(store: Path) -> None:
    found = checked(store)["seal.signer"]
    assert found.result is Result.COULD_NOT_CHECK
    signer = _signer(store)
    assert signer[:64] in found.meaning


def test_the_exit_code_follows_the_worst_check() -> None:
    held = Check("a", Result.HELD, "")
    open_ = Check("b", Result.COULD_NOT_CHECK, "")
    wrong = Check("c", Result.BROKEN, "")
    assert exit_code([held]) is Exit.DONE
    assert exit_code([held, open_]) is Exit.COULD_NOT_LOOK
    assert exit_code([open_, wrong, held]) is Exit.NOT_FOUND


def test_a_folder_without_seals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as caught:
        check_store(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} cannot be used as a folder of sealed records: seals/log. "
        "Nothing was changed. Check the folder, or name another one."
    )


# --- what an attacker without the key can do -----------------------------------------------------


def _flip_in_record(store: Path) -> None:
    path = next(store.glob("2026-*/*.warc.gz"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _remove_record(store: Path) -> None:
    next(store.glob("2026-*/*.warc.gz")).unlink()


def _link_record(store: Path) -> None:
    path = next(store.glob("2026-*/*.warc.gz"))
    elsewhere = store.parent / "elsewhere.gz"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _edit_seal(store: Path, old: bytes, new: bytes) -> None:
    write_log(store, [line.replace(old, new) for line in log_lines(store)])


def _redate(store: Path) -> None:
    _edit_seal(store, b'"answered":"2026-11-23', b'"answered":"2026-11-20')


def _drop_row(store: Path) -> None:
    lines = log_lines(store)
    write_log(store, lines[:3] + lines[4:])


def _drop_capture(store: Path) -> None:
    """Remove one capture wholly: its file, its row and its seal."""
    lines = log_lines(store)
    file = json.loads(lines[4])["manifest"]["item"]["file"]
    (store / file).unlink()
    write_log(store, lines[:3] + lines[5:])


def _swap_rows(store: Path) -> None:
    lines = log_lines(store)
    lines[1:3], lines[3:5] = lines[3:5], lines[1:3]
    write_log(store, lines)


def _zero_signature(store: Path) -> None:
    lines = log_lines(store)
    lines[2] = lines[2][:-90] + b"A" * 86 + b'=="}'
    write_log(store, lines)


def _swap_files(store: Path) -> None:
    one, two = sorted(store.glob("2026-*/*.warc.gz"))[:2]
    other = store / "x"
    one.rename(other)
    two.rename(one)
    other.rename(two)


def _garbage_line(store: Path) -> None:
    lines = log_lines(store)
    write_log(store, [*lines[:3], b'{"half a row', *lines[3:]])


def _edit_custody(store: Path) -> None:
    _edit_seal(store, b'"event":"captured"', b'"event":"verified"')


def _forget_identity(store: Path) -> None:
    (store / "seals" / "store.json").unlink()


def _other_identity(store: Path) -> None:
    path = store / "seals" / "store.json"
    found = json.loads(path.read_bytes())
    path.write_bytes(canonical({**found, "id": "urn:uuid:" + "0" * 36}))


def _key_row_removed(store: Path) -> None:
    write_log(store, log_lines(store)[1:])


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (_flip_in_record, {"item.bytes"}),
        (_remove_record, {"item.present"}),
        (_link_record, {"item.present"}),
        (_redate, {"log.chain", "seal.chain", "seal.signature"}),
        (_drop_row, {"log.chain"}),
        (_drop_capture, {"log.chain", "seal.chain"}),
        (_swap_rows, {"log.chain", "seal.chain", "seal.times"}),
        (_zero_signature, {"seal.signature"}),
        (_swap_files, {"item.bytes"}),
        (_garbage_line, {"log.rows"}),
        (_edit_custody, {"log.chain"}),
        (_forget_identity, {"store.identity"}),
        (_other_identity, {"store.identity"}),
        (_key_row_removed, {"log.chain", "seal.chain", "seal.signer"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_attack_is_found_by_name(
    store: Path, attack: Callable[[Path], None], found: set[str]
) -> None:
    attack(store)
    assert broken(store) == found


def test_cut_off_rows_leave_records_that_nothing_vouches_for(store: Path) -> None:
    write_log(store, log_lines(store)[:-2])
    assert broken(store) == set()
    check = checked(store)["item.unsealed"]
    assert check.result is Result.COULD_NOT_CHECK
    assert "Nothing vouches for them" in check.meaning


def test_a_record_that_somebody_adds_is_not_sealed(store: Path) -> None:
    path = next(store.glob("2026-*/*.warc.gz"))
    shutil.copyfile(path, path.with_name("20261123T140506000000Z-" + "0" * 32 + ".warc.gz"))
    assert "item.unsealed" in unchecked(store)


def test_a_log_cut_inside_a_row_is_told(store: Path) -> None:
    path = store / "seals" / "log" / "00000001.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    checks = checked(store)
    assert checks["log.rows"].result is Result.COULD_NOT_CHECK
    assert "ends in the middle of a row" in checks["log.rows"].meaning
    assert checks["item.unsealed"].result is Result.COULD_NOT_CHECK


def test_a_row_of_a_later_version_is_not_called_damage(store: Path) -> None:
    lines = log_lines(store)
    last = json.loads(lines[-1])["manifest"]
    later = {"format": "habeas custody 2", "number": last["number"] + 1}
    write_log(store, [*lines, canonical(later)])
    check = checked(store)["log.rows"]
    assert check.result is Result.COULD_NOT_CHECK
    assert "newer format" in check.meaning


def test_a_path_that_leads_outside_is_not_followed(store: Path, pristine: Path) -> None:
    """Whoever holds the key could name any file of the checker's computer."""
    line = log_lines(store)[2]
    manifest = json.loads(line)["manifest"]
    manifest["item"]["file"] = "../../../etc/passwd"
    ring = KeyRing(pristine / "keys", lambda: "")
    signed = canonical(manifest)
    lines = log_lines(store)
    lines[2] = seal_line(signed, ring.current().sign(signed))
    write_log(store, lines)
    check = checked(store)["item.present"]
    assert check.result is Result.BROKEN
    assert check.meaning == "The seals 2 name files outside of the store."


@given(data=st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_single_changed_byte_of_the_log_goes_unnoticed(
    data: st.DataObject, pristine: Path, tmp_path: Path
) -> None:
    store = tmp_path / "copy"
    shutil.rmtree(store, ignore_errors=True)
    shutil.copytree(pristine / "store", store)
    path = store / "seals" / "log" / "00000001.jsonl"
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    found = checked(store, signers={_signer(pristine / "store")})
    assert any(
        check.result is not Result.HELD for name, check in found.items() if name != "stamp.required"
    )


# --- what an attacker with a key of their own can do ---------------------------------------------


def test_a_store_made_anew_with_another_key_is_another_signer(store: Path, tmp_path: Path) -> None:
    """All is rebuilt, hashes and signatures included: only the fingerprint tells."""
    expected = _signer(store)
    forged, _kept = filled(tmp_path / "forged", tmp_path / "their own", count=4)
    assert broken(forged.folder, signers={expected}) == {"seal.signer"}
    assert "another key than the expected one" in (
        checked(forged.folder, signers={expected})["seal.signer"].meaning
    )


def test_a_key_that_was_never_introduced_does_not_sign(store: Path, tmp_path: Path) -> None:
    other = KeyRing(tmp_path / "other", lambda: "").current()
    line = log_lines(store)[-1]
    manifest = json.loads(line)["manifest"]
    manifest["key"]["fingerprint"] = other.fingerprint
    signed = canonical(manifest)
    write_log(store, [*log_lines(store)[:-1], seal_line(signed, other.sign(signed))])
    (store / "seals" / "keys" / f"{other.fingerprint}.pem").write_text(other.pem)
    assert broken(store) == {"seal.signer"}


# --- clocks --------------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_is_told_and_is_no_forgery(tmp_path: Path) -> None:
    clock = Ticking()
    store = Store(tmp_path / "store", sealer(tmp_path, now=clock))
    store.keep(page())
    clock.moment = MOMENT - timedelta(hours=3)
    store.keep(page(b"another"))
    found = checked(store.folder)["seal.times"]
    assert found.result is Result.HELD
    assert found.meaning == ("The clock was set back before the seals 3; they say so themselves.")
    clock_of = manifests(store.folder)[2]["clock"]
    assert isinstance(clock_of, dict)
    assert clock_of["back_ms"] > 3 * 3600 * 1000


# --- long logs -----------------------------------------------------------------------------------


def test_a_log_of_several_files_is_one_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.evidence.seals.log.ROWS_PER_FILE", 4)
    store, _kept = filled(tmp_path / "store", tmp_path, count=5)
    files = sorted(path.name for path in (store.folder / "seals" / "log").iterdir())
    assert files == ["00000001.jsonl", "00000005.jsonl", "00000009.jsonl"]
    assert broken(store.folder) == set()
    again = Store(store.folder, sealer(tmp_path))
    again.keep(page(b"after a new start"))
    assert broken(store.folder) == set()
    assert (
        checked(store.folder)["seal.chain"].meaning == "Each of the 7 seals names the one before."
    )
    (store.folder / "seals" / "log" / "00000005.jsonl").unlink()
    assert broken(store.folder) == {"log.chain", "seal.chain"}


def test_several_processes_come_to_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.evidence.seals.log.ROWS_PER_FILE", 4)
    store, _kept = filled(tmp_path / "store", tmp_path, count=5)
    alone = check_store(store.folder)
    from habeas.evidence.seals.checking import Against

    assert check_store(store.folder, Against(workers=2)) == alone
