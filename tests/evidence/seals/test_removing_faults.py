"""Kills, full disks, other writers and forged rows while something is removed by policy."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sealed_stores import broken, checked, filled, log_lines, page, sealer, write_log

from habeas.errors import LogNotWritten
from habeas.evidence import Store, read_recording
from habeas.evidence.checks import Result
from habeas.evidence.seals.documents import keep_document
from habeas.evidence.seals.importing import Provenance, take_over
from habeas.evidence.seals.removals import Reason
from habeas.evidence.seals.removing import remove

SUPPORT = Path(__file__).parents[2] / "support"

# One interpreter, a fork for each step: starting ninety would take more than a minute.
_CHILD = """
import os, sys
sys.path[:0] = [{support!r}]
from pathlib import Path
from sealed_stores import sealer
from habeas.evidence.seals.recovering import chain_of
from habeas.evidence.seals.removals import Reason
from habeas.evidence.seals.removing import remove

def run(base, step):
    chain = chain_of(base / "store", sealer(base))
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
    Path.unlink = counted(Path.unlink)
    Path.rmdir = counted(Path.rmdir)
    remove(chain, (base / "wanted").read_text().split(), reason=Reason.RETENTION, by="owner")

for step in range(1, 200):
    base = Path({base!r}) / str(step)
    import shutil
    shutil.copytree({pristine!r}, base, copy_function=shutil.copy2)
    child = os.fork()
    if not child:
        run(base, step)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    print(step, os.waitstatus_to_exitcode(status))
    if not status:
        break
"""


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two captures, a document and an import, of which one capture stays."""
    base = tmp_path_factory.mktemp("pristine")
    store, kept = filled(base / "store", base, count=2)
    document = keep_document(store.chain, b"an invented document", by="owner")
    (base / "brought.txt").write_text("what an invented witness brought")
    seal = take_over(store.chain, [base / "brought.txt"], Provenance())
    wanted = (kept[0].record_id, f"{document.sha256[:2]}/{document.sha256}", seal.item["folder"])
    (base / "stays").write_text(kept[1].path.relative_to(store.folder).as_posix())
    (base / "wanted").write_text("\n".join(map(str, wanted)))
    return base


def _evidence(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    inside = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in inside.items() if name[:5] != "seals"}


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_at_any_step_it_is_undecided_or_the_next_act_finishes_it(
    pristine: Path, tmp_path: Path
) -> None:
    child = _CHILD.format(support=str(SUPPORT), base=str(tmp_path), pristine=str(pristine))
    done = subprocess.run(
        [sys.executable, "-c", child], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    *killed, last = (tuple(map(int, line.split())) for line in done.stdout.splitlines())
    assert {code for _step, code in killed} == {-signal.SIGKILL}
    assert last[1] == 0
    assert len(killed) > 25
    before = _evidence(pristine / "store")
    met = {_after_kill(tmp_path / str(step), before) for step, _code in killed}
    # Each state was met: nothing decided; decided and all there; some of it gone; all gone.
    assert met == {"undecided", "all there", "partly", "all gone"}


def _after_kill(base: Path, before: dict[str, bytes]) -> str:
    """Say in which state a kill left the store, and see that the next act puts it right."""
    folder = base / "store"
    lines = (folder / "seals" / "log" / "00000001.jsonl").read_bytes()
    decided = any(
        b'"kind":"removal"' in line and line.endswith(b"}") for line in lines.splitlines()
    )
    left = _evidence(folder)
    if not decided:
        # Nothing may go before the row is on disk.
        assert left == before
    Store(folder, sealer(base)).keep(page(b"a page after the kill"))
    assert broken(folder) == set(), (base.name, checked(folder))
    after = _evidence(folder)
    wanted = set(before) - {(base / "stays").read_text()}
    if decided:
        assert not wanted & set(after)
        assert "item.removed" in checked(folder)
        rows = [json.loads(line) for line in log_lines(folder) if line.endswith(b"}")]
        events = [row["event"] for row in rows if row.get("event", "").startswith("removed")]
        assert len(events) == 3
        whole = {name for name in wanted & set(left) if left[name] == before[name]}
        return "all there" if whole == wanted else "partly" if wanted & set(left) else "all gone"
    assert {name: after[name] for name in before} == before
    return "undecided"


@pytest.mark.parametrize("allowed", [1, 400, 900])
def test_a_disk_that_fills_up_before_the_row_is_whole_removes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    before = _evidence(store.folder)
    with monkeypatch.context() as full:
        _full(full, b'"kind":"removal"', allowed)
        with pytest.raises(LogNotWritten):
            remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert _evidence(store.folder) == before
    store.keep(page(b"there is room again"))
    assert kept[0].path.exists()
    assert broken(store.folder) == set()


def test_a_disk_that_fills_up_after_the_row_leaves_it_to_the_next_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    with monkeypatch.context() as full:
        _full(full, b'"event":"removed"', 100)
        with pytest.raises(LogNotWritten):
            remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert not kept[0].path.exists()
    store.keep(page(b"there is room again"))
    rows = [line for line in log_lines(store.folder) if b'"event":"removed"' in line]
    # The fragment, which the next row names, and the row made up for.
    assert len(rows) in {1, 2}
    assert broken(store.folder) == set()
    assert checked(store.folder)["item.removed"].result is Result.REMOVED


def _full(monkeypatch: pytest.MonkeyPatch, mark: bytes, allowed: int) -> None:
    """Say that the disk is full when a row with a mark is written, after some of its bytes."""
    real = os.write
    left = [allowed]

    def write(descriptor: int, content: memoryview) -> int:
        if mark not in bytes(content) and left[0] == allowed:
            return real(descriptor, content)
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(descriptor, bytes(content)[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", write)


def test_a_watcher_that_records_meanwhile_loses_nothing(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path, count=12)
    child = (
        "import sys\n"
        f"sys.path[:0] = [{str(SUPPORT)!r}]\n"
        "from pathlib import Path\n"
        "from sealed_stores import page, sealer\n"
        "from habeas.evidence import Store\n"
        f"base = Path({str(tmp_path)!r})\n"
        "store = Store(base / 'store', sealer(base))\n"
        "for number in range(20):\n"
        "    store.keep(page(b'from a watcher %d' % number))\n"
    )
    watcher = subprocess.Popen([sys.executable, "-c", child])

    def take(part: int) -> None:
        own = Store(store.folder, sealer(tmp_path))
        for one in kept[part::2]:
            remove(own.chain, [one.record_id], reason=Reason.RETENTION)

    threads = [threading.Thread(target=take, args=(part,)) for part in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert watcher.wait(60) == 0
    left = sorted(store.folder.glob("2*/*.warc.gz"))
    assert len(left) == 20
    assert all(next(read_recording(path)).problem is None for path in left)
    # Each has a clock of its own in this test, so only their order is not asked for.
    assert broken(store.folder) <= {"seal.times"}


def test_a_link_in_place_of_a_record_leads_nobody_else_to_lose_a_file(tmp_path: Path) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    elsewhere = tmp_path / "somebody's own file"
    kept[0].path.rename(elsewhere)
    content = elsewhere.read_bytes()
    kept[0].path.symlink_to(elsewhere)
    remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert elsewhere.read_bytes() == content
    assert not kept[0].path.is_symlink()
    # A second name of the same file is somebody's copy: it keeps its bytes.
    os.link(kept[1].path, tmp_path / "copy")
    content = kept[1].path.read_bytes()
    remove(store.chain, [kept[1].record_id], reason=Reason.RETENTION)
    assert (tmp_path / "copy").read_bytes() == content
    assert broken(store.folder) == set()


def test_the_bytes_are_written_over_before_the_name_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, kept = filled(tmp_path / "store", tmp_path)
    seen = {}
    real = Path.unlink

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        seen[path] = path.read_bytes()
        real(path, missing_ok=missing_ok)

    size = kept[0].path.stat().st_size
    monkeypatch.setattr(Path, "unlink", unlink)
    remove(store.chain, [kept[0].record_id], reason=Reason.RETENTION)
    assert seen[kept[0].path] == bytes(size)


def test_a_row_that_somebody_else_wrote_makes_nobody_remove_anything(tmp_path: Path) -> None:
    """Without our key, a row at the end of the log must not be finished by our next act."""
    store, kept = filled(tmp_path / "store", tmp_path)
    theirs = tmp_path / "theirs"
    shutil.copytree(tmp_path / "store", theirs / "store")
    forger = Store(theirs / "store", sealer(theirs))
    forger.chain.replace_key()
    remove(forger.chain, [one.record_id for one in kept], reason=Reason.RETENTION)
    lines = log_lines(theirs / "store")
    place = next(number for number, line in enumerate(lines) if b'"kind":"removal"' in line)
    write_log(store.folder, lines[: place + 1])
    fresh = Store(store.folder, sealer(tmp_path))
    fresh.chain.replace_key()
    assert all(one.path.exists() for one in kept)
