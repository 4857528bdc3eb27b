"""Kills, full disks and several writers: the store goes on from the last whole row, and says so."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sealed_stores import broken, checked, filled, log_lines, page, sealer, unchecked

from habeas.errors import EvidenceNotSealed, EvidenceNotWritten, Exit, StoreBusy, StoreNewer
from habeas.evidence import Store, read_recording
from habeas.evidence.checks import Result
from habeas.evidence.seals.canonical import canonical
from habeas.evidence.seals.pen import LogWriter

SUPPORT = Path(__file__).parents[2] / "support"

# One interpreter, a fork for each step: starting sixty would take most of a minute.
_CHILD = """
import os, sys
sys.path[:0] = [{support!r}]
from pathlib import Path
from sealed_stores import page, sealer
from habeas.evidence import Store

def run(base, step):
    store = Store(base / "store", sealer(base))
    store.keep(page(b"the first page, kept before"))
    steps = 0
    def counted(real):
        def counting(*arguments, **named):
            nonlocal steps
            steps += 1
            if steps == step:
                os.kill(os.getpid(), 9)
            return real(*arguments, **named)
        return counting
    real_write = os.write
    os.write = counted(lambda descriptor, content: real_write(descriptor, bytes(content)[:900]))
    os.fsync = counted(os.fsync)
    os.close = counted(os.close)
    Path.replace = counted(Path.replace)
    store.keep(page(b"a page that is being kept"))

for step in range(1, 60):
    base = Path({base!r}) / str(step)
    base.mkdir()
    child = os.fork()
    if not child:
        run(base, step)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    print(step, os.waitstatus_to_exitcode(status))
    if not status:
        break
"""


def _rows(folder: Path) -> list[dict[str, Any]]:
    """Return the whole rows, read without habeas; fragments are left out."""
    found = []
    for line in log_lines(folder):
        with suppress(ValueError):
            found.append(json.loads(line))
    return found


def _events(folder: Path) -> list[str]:
    return [str(row["event"]) for row in _rows(folder) if "event" in row]


def _captures(folder: Path) -> list[dict[str, Any]]:
    """Return the items of all seals of captures."""
    items = [row["manifest"]["item"] for row in _rows(folder) if "manifest" in row]
    return [item for item in items if item["kind"] == "capture"]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_kill_at_any_step_loses_no_whole_record_and_breaks_nothing(tmp_path: Path) -> None:
    child = _CHILD.format(support=str(SUPPORT), base=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", child], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    *killed, last = (tuple(map(int, line.split())) for line in done.stdout.splitlines())
    assert {code for _step, code in killed} == {-signal.SIGKILL}
    assert last[1] == 0
    assert len(killed) > 12
    seen: set[str] = set()
    for step, _code in killed:
        seen |= _goes_on(tmp_path / str(step))
    # Every kind of leftover was met.
    assert seen >= {"unfinished", "found_unsealed", "torn", "captured twice"}


def _goes_on(base: Path) -> set[str]:
    """Keep another page after a kill, check everything, and return what was met."""
    folder = base / "store"
    records = sorted(folder.glob("*/*.warc.gz"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    Store(folder, sealer(base)).keep(page(b"a page after the kill"))
    assert broken(folder) == set()
    assert "item.unsealed" not in unchecked(folder)
    # Nothing that lay there was changed: files of the log only grew, records are as they were.
    for path, content in before.items():
        if path.name not in {"writing", "lock"} and path.exists():
            assert path.read_bytes().startswith(content), path
    kept = sorted(folder.glob("*/*.warc.gz"))
    assert set(records) <= set(kept)
    for record in kept:
        (recorded,) = read_recording(record)
        assert recorded.problem is None
        assert recorded.complete
    sealed = [item["file"] for item in _captures(folder)]
    assert sorted(sealed) == [path.relative_to(folder).as_posix() for path in kept]
    return set(_events(folder)) | ({"captured twice"} if len(kept) == 3 else set())


def test_a_record_sealed_late_says_so_and_carries_its_own_facts(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    _leave_unsealed(store.folder, tmp_path)
    Store(store.folder, sealer(tmp_path)).keep(page(b"another"))
    (item,) = [item for item in _captures(store.folder) if item["late"]]
    assert item["outcome"] == {
        "complete": True, "failure": None, "obstacle": None, "status": 200, "truncated": None,
    }  # fmt: skip
    assert item["times"]["answered"] == "2026-11-23T14:05:06.123456Z"
    assert "found_unsealed" in _events(store.folder)
    assert broken(store.folder) == set()


def _leave_unsealed(folder: Path, keys: Path) -> Path:
    """Put a whole record of another store into one, as a kill before the seal leaves it."""
    other = Store(keys / "other", sealer(keys)).keep(page(b"left behind"))
    place = folder / other.path.parent.name / other.path.name
    place.parent.mkdir(exist_ok=True)
    shutil.copyfile(other.path, place)
    return place


def test_records_of_a_time_before_seals_are_sealed_late(tmp_path: Path) -> None:
    for number in range(3):
        kept = Store(tmp_path / f"other{number}", sealer(tmp_path)).keep(page(b"%d" % number))
        place = tmp_path / "store" / kept.path.parent.name / kept.path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept.path, place)
    Store(tmp_path / "store", sealer(tmp_path)).keep(page(b"the first sealed one"))
    late = [item["late"] for item in _captures(tmp_path / "store")]
    assert sorted(late) == [False, True, True, True]
    assert unchecked(tmp_path / "store") == {"seal.signer", "stamp.required"}


def test_a_copied_store_is_not_sealed_a_second_time(tmp_path: Path) -> None:
    """After a copy all times are new, so every file looks as if it had been left."""
    store, _kept = filled(tmp_path / "store", tmp_path, count=3)
    copy = tmp_path / "copy"
    shutil.copytree(store.folder, copy, copy_function=shutil.copyfile)
    Store(copy, sealer(tmp_path)).keep(page(b"after the copy"))
    assert "found_unsealed" not in _events(copy)
    assert len(_captures(copy)) == 4
    assert broken(copy) == set()


def test_a_renaming_that_the_disk_forgot_is_finished(tmp_path: Path) -> None:
    """After a power cut the log can be there and the name not; the content is confirmed before."""
    store, kept = filled(tmp_path / "store", tmp_path, count=2)
    path = kept[-1].path
    path.rename(path.with_name(path.name + ".part"))
    long_ago = (store.folder / "seals" / "store.json").stat().st_mtime - 5
    os.utime(path.with_name(path.name + ".part"), (long_ago, long_ago))
    Store(store.folder, sealer(tmp_path)).keep(page(b"after the cut"))
    assert path.exists()
    assert broken(store.folder) == set()
    assert "unfinished" not in _events(store.folder)


def test_a_part_with_other_content_is_not_taken_for_the_record(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path, count=2)
    path = kept[-1].path
    content = path.read_bytes()
    path.rename(path.with_name(path.name + ".part"))
    path.with_name(path.name + ".part").write_bytes(content[:-1])
    Store(store.folder, sealer(tmp_path)).keep(page(b"after the cut"))
    assert not path.exists()
    assert broken(store.folder) == {"item.present"}


def test_a_damaged_leftover_is_named_and_not_sealed(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    place = _leave_unsealed(store.folder, tmp_path)
    place.write_bytes(place.read_bytes()[:-20])
    Store(store.folder, sealer(tmp_path)).keep(page(b"another"))
    assert "unfinished" in _events(store.folder)
    # Nothing vouches for it, and the check goes on saying so.
    assert "item.unsealed" in unchecked(store.folder)
    Store(store.folder, sealer(tmp_path)).keep(page(b"and another"))
    assert _events(store.folder).count("unfinished") == 1


# --- full disks ----------------------------------------------------------------------------------


def _full_after(monkeypatch: pytest.MonkeyPatch, allowed: int) -> None:
    """Let a number of bytes through to the log, then say that the disk is full."""
    real = os.write
    left = [allowed]

    def write(descriptor: int, content: memoryview) -> int:
        if b'"event":"captured"' not in bytes(content) and left[0] == allowed:
            return real(descriptor, content)
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(descriptor, bytes(content)[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", write)


@pytest.mark.parametrize("allowed", [1, 100, 500, 1200])
def test_a_disk_that_fills_up_inside_the_log_leaves_a_fragment_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    before = (store.folder / "seals" / "log" / "00000001.jsonl").read_bytes()
    with monkeypatch.context() as full:
        _full_after(full, allowed)
        with pytest.raises(EvidenceNotSealed) as caught:
            store.keep(page(b"no room for its seal"))
    assert str(caught.value) == (
        f"A record in {store.folder} could not be sealed: No space left on device. "
        "The record itself is kept; it is not read before it is sealed. Free some space. The next "
        "habeas command that writes to this folder seals the record, and says that this was done "
        "late."
    )
    assert caught.value.exit_code is Exit.COULD_NOT_LOOK
    after = (store.folder / "seals" / "log" / "00000001.jsonl").read_bytes()
    assert after.startswith(before)
    assert len(after) == len(before) + allowed
    store.keep(page(b"there is room again"))
    assert _fragment_is_named(store.folder)
    assert broken(store.folder) == set()
    late = [item["late"] for item in _captures(store.folder)]
    assert late == [False, True, False]


def _fragment_is_named(folder: Path) -> bool:
    lines = log_lines(folder)
    place = next(place for place, line in enumerate(lines) if b'"event":"torn"' in line)
    before = lines[place - 1]
    named = {"bytes": len(before), "sha256": hashlib.sha256(before).hexdigest()}
    return bool(json.loads(lines[place])["detail"] == named)


def test_a_disk_that_is_full_before_the_log_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    before = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}

    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken_disk:
        broken_disk.setattr(os, "fsync", full)
        with pytest.raises(EvidenceNotWritten):
            store.keep(page(b"no room at all"))
    after = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    before.pop(store.folder / "seals" / "writing")
    after.pop(store.folder / "seals" / "writing")
    assert after == before


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits on Windows")
def test_a_real_limit_on_file_size_in_the_middle_of_the_log(tmp_path: Path) -> None:
    """No pretence here: the system itself stops the write, at a byte of its own choosing."""
    filled(tmp_path / "store", tmp_path, count=2)
    log = tmp_path / "store" / "seals" / "log" / "00000001.jsonl"
    size = log.stat().st_size
    child = (
        "import resource, signal, sys\n"
        f"sys.path[:0] = [{str(SUPPORT)!r}]\n"
        "from pathlib import Path\n"
        "from sealed_stores import page, sealer\n"
        "from habeas.errors import EvidenceNotSealed\n"
        "from habeas.evidence import Store\n"
        f"base = Path({str(tmp_path)!r})\n"
        "store = Store(base / 'store', sealer(base))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 700}, {size + 700}))\n"
        "try:\n"
        "    store.keep(page(b'x'))\n"
        "except EvidenceNotSealed:\n"
        "    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", child], check=False, capture_output=True)
    assert done.returncode == 7, done.stderr
    assert log.stat().st_size == size + 700
    assert "log.rows" in unchecked(tmp_path / "store")
    Store(tmp_path / "store", sealer(tmp_path)).keep(page(b"again"))
    assert broken(tmp_path / "store") == set()
    assert _events(tmp_path / "store").count("torn") == 1


# --- several writers -----------------------------------------------------------------------------


def test_threads_and_processes_write_one_chain(tmp_path: Path) -> None:
    filled(tmp_path / "store", tmp_path, count=1)
    child = (
        "import sys\n"
        f"sys.path[:0] = [{str(SUPPORT)!r}]\n"
        "from pathlib import Path\n"
        "from sealed_stores import page, sealer\n"
        "from habeas.evidence import Store\n"
        f"base = Path({str(tmp_path)!r})\n"
        "store = Store(base / 'store', sealer(base))\n"
        "for number in range(12):\n"
        "    store.keep(page(b'from a process %d' % number))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", child]) for _ in range(2)]
    store = Store(tmp_path / "store", sealer(tmp_path))

    def keep() -> None:
        for number in range(6):
            store.keep(page(b"from a thread %d" % number))

    threads = [threading.Thread(target=keep) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [process.wait(60) for process in processes] == [0, 0]
    # Each has a clock of its own in this test, so only their order is not asked for.
    assert broken(tmp_path / "store") <= {"seal.times"}
    assert len(_captures(tmp_path / "store")) == 1 + 2 * 12 + 2 * 6
    assert unchecked(tmp_path / "store") == {"seal.signer", "stamp.required"}


def test_a_writer_that_hangs_does_not_make_others_wait_for_ever(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    other = LogWriter(store.folder / "seals", wait_s=0.05)
    with store.chain.log.locked(), pytest.raises(StoreBusy) as caught, other.locked():
        pass
    assert str(caught.value) == (
        f"Another program has been writing to {store.folder} for 0.05 seconds. Nothing was "
        "changed. Wait for the other habeas program, or end it if it hangs; then try again."
    )


def test_an_older_version_does_not_write_behind_a_newer_one(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=1)
    path = store.folder / "seals" / "log" / "00000001.jsonl"
    newer = canonical({"format": "habeas custody 9"}) + b"\n"
    path.write_bytes(path.read_bytes() + newer)
    with pytest.raises(StoreNewer) as caught:
        Store(store.folder, sealer(tmp_path)).keep(page())
    assert "newer habeas (format 'habeas custody 9')" in str(caught.value)
    assert path.read_bytes().endswith(newer)


def test_the_log_may_be_damaged_before_and_new_rows_still_hold_together(tmp_path: Path) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path, count=2)
    path = store.folder / "seals" / "log" / "00000001.jsonl"
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    Store(store.folder, sealer(tmp_path)).keep(page(b"later"))
    checks = checked(store.folder)
    # The damage stays visible for ever, and is not laid to the later rows.
    assert checks["log.rows"].result is Result.BROKEN or checks["log.chain"].result is Result.BROKEN
    assert "seal.signature" in broken(store.folder) or "seal.chain" in broken(store.folder)
    assert _captures(store.folder)[-1]["late"] is False
