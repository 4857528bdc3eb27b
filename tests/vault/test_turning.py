"""A home that is encrypted: nothing of it can be read on the disk, and no kill leaves it half."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from homes import DOCUMENT, PASSPHRASE, SURNAME, named
from sealed_stores import broken, page, sealer, unchecked

from habeas.errors import (
    HomeInUse,
    HomeLocked,
    HomeNotChanged,
    NotToBeVerified,
    PassphraseRefused,
    PassphraseWrong,
    VaultState,
)
from habeas.evidence import Store, read_recording
from habeas.evidence.seals.documents import keep_document
from habeas.evidence.seals.recovering import chain_of
from habeas.evidence.verifying import verify as stranger
from habeas.evidence.verifying.inside import Expectations, verify
from habeas.fetch import Visits, visit_of
from habeas.vault import bytes as through
from habeas.vault import database, keys, opened, turning, using
from habeas.watch.routes import name_route, read_routes

NEW = "another five words of it"


def _record(folder: Path) -> Path:
    return min(folder.glob("captures/*/*.warc.gz"))


def _names(folder: Path) -> list[str]:
    """Return the names in the database, opened with the vault's key."""
    with database.opened(folder / database.NAME, opened.secrets(folder).database) as connection:
        found = connection.execute("SELECT name FROM found WHERE found MATCH ?", (SURNAME,))
        rows = [str(row[0]) for row in found]
        assert connection.execute("PRAGMA user_version").fetchone() == (7,)
        with pytest.raises(Exception, match="append only"):
            connection.execute("DELETE FROM people")
        return rows


def test_before_the_name_can_be_read_in_every_kind_of_file(home: Path) -> None:
    """Else the searches below would prove nothing."""
    kinds = {name.split("/")[0] for name in named(home)}
    assert kinds == {"habeas.sqlite3", "captures", "documents"}
    assert {name.split("/")[1] for name in named(home) if "captures" in name} >= {"imports"}


def test_passwords_of_proxies_and_cookies_of_visits_are_encrypted_too(home: Path) -> None:
    name_route("tor", "socks5h://zarina:s3cret-word@127.0.0.1:9050", home)
    pasted = "curl 'http://court.invented/' -b 'sid=s3cret-cookie'"
    visits = Visits(home)
    visits.add(visit_of(pasted, "Zarina", datetime(2026, 11, 24, tzinfo=UTC)))
    secret = (home / "routes.json", visits.path)
    assert all(b"s3cret" in path.read_bytes() for path in secret)
    turning.turn_on(home, PASSPHRASE)
    for _ in range(2):
        assert not any(b"s3cret" in path.read_bytes() for path in secret)
        assert read_routes(home)["tor"].startswith("socks5h://zarina:s3cret-word@")
        held = visits.of("court.invented")
        assert held is not None
        assert held.cookie == "sid=s3cret-cookie"
        # Written anew, they are encrypted from the start.
        name_route("home", "socks5h://127.0.0.1:1080", home)
        visits.add(held)


def test_after_no_file_holds_the_name_and_everything_is_there(home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.glob("captures/*/*.warc.gz")}
    recovery = turning.turn_on(home, PASSPHRASE)
    assert named(home) == set()
    assert not any(home.rglob("*.encrypting"))
    assert list(turning.plain_files(home)) == []
    assert len(_names(home)) == 300
    for path, moment in before.items():
        assert path.stat().st_mtime_ns == moment
        (recorded,) = read_recording(path)
        assert SURNAME.encode("windows-1251") in recorded.payload
    for store in ("captures", "documents"):
        assert broken(home / store) == set()
        assert unchecked(home / store) == {"seal.signer", "stamp.required"}
    assert keys.at(home).opened(recovery, keys.RECOVERY) == opened.secrets(home)  # type: ignore[union-attr]


def test_what_comes_later_is_encrypted_as_well(home: Path, tmp_path: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    own = sealer(home)
    kept = Store(home / "captures", own).keep(page(f"<p>{SURNAME}</p>".encode()))
    (recorded,) = read_recording(kept.path)
    assert SURNAME.encode() in recorded.payload
    keep_document(chain_of(home / "documents", own), f"later {SURNAME}".encode(), by="owner")
    own.keys.rotate()
    elsewhere = Store(tmp_path / "elsewhere", own).keep(page(f"<p>{SURNAME}</p>".encode()))
    assert through.is_protected(elsewhere.path)
    assert named(home) | named(tmp_path / "elsewhere") == set()
    assert all(through.is_protected(path) for path in home.glob("keys/*.key"))
    for store in ("captures", "documents"):
        assert broken(home / store) == set()


def test_locked_nothing_is_read_and_the_user_learns_what_to_do(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    opened.lock(home)
    opened.ask_with(lambda: PASSPHRASE)  # not asked: only opening it again opens it
    with pytest.raises(HomeLocked) as caught:
        list(read_recording(_record(home)))
    assert "HABEAS_PASSPHRASE_FILE" in caught.value.advice
    with pytest.raises(HomeLocked):
        Store(home / "captures", sealer(home)).keep(page(b"x"))
    with pytest.raises(PassphraseWrong, match="This passphrase is wrong"):
        opened.open_with("four words of another", home)
    opened.open_with(PASSPHRASE, home)
    assert list(read_recording(_record(home)))


def test_a_changed_byte_is_damage_and_no_other_content(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    for place in ("captures", "documents"):
        path = _record(home) if place == "captures" else next(home.glob("documents/??/*"))
        content = bytearray(path.read_bytes())
        content[-3] ^= 1
        path.write_bytes(content)
        assert broken(home / place) == {"item.bytes"}


def test_files_of_another_home_are_not_taken_for_ours(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    path = _record(home)
    path.write_bytes(through.encrypted(b"x", keys.new_secrets()))
    with pytest.raises(through.Sealed):
        through.read_bytes(path)
    assert broken(home / "captures") == {"item.bytes"}


def test_a_short_passphrase_is_refused_and_nothing_is_changed(home: Path) -> None:
    with pytest.raises(PassphraseRefused, match="at least 10"):
        turning.turn_on(home, "short")
    assert not opened.is_set(home)
    assert database.is_plain(home / database.NAME)


def test_a_second_passphrase_is_refused(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    with pytest.raises(VaultState, match="already protects"):
        turning.turn_on(home, NEW)
    opened.forget(home)
    opened.open_with(PASSPHRASE, home)


# --- changes -------------------------------------------------------------------------------------


def test_a_change_of_passphrase_rewrites_the_wrapping_alone(home: Path) -> None:
    recovery = turning.turn_on(home, PASSPHRASE)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    turning.change(home, PASSPHRASE, NEW)
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == {"vault.json"}
    with pytest.raises(PassphraseWrong):
        opened.open_with(PASSPHRASE, home)
    opened.open_with(NEW, home)
    turning.change(home, recovery.lower().replace("-", " "), PASSPHRASE, by=keys.RECOVERY)
    opened.open_with(PASSPHRASE, home)


def test_a_new_recovery_key_voids_the_old_one(home: Path) -> None:
    old = turning.turn_on(home, PASSPHRASE)
    new = turning.renew_recovery(home, PASSPHRASE)
    assert new != old
    with pytest.raises(PassphraseWrong, match="recovery key does not fit"):
        turning.change(home, old, NEW, by=keys.RECOVERY)
    turning.change(home, new, NEW, by=keys.RECOVERY)
    opened.open_with(NEW, home)


def test_a_wrong_passphrase_changes_nothing(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    before = (home / keys.FILE).read_bytes()
    for attempt in (
        lambda: turning.change(home, "wrong and long", NEW),
        lambda: turning.change(home, PASSPHRASE, "short"),
        lambda: turning.renew_recovery(home, "wrong and long"),
    ):
        with pytest.raises((PassphraseWrong, PassphraseRefused)):
            attempt()
    assert (home / keys.FILE).read_bytes() == before


# --- faults --------------------------------------------------------------------------------------


def _killed_at_each_step(
    home: Path,
    base: Path,
    act: Callable[[Path], object],
    look: Callable[[Path], None],
    *,
    stride: int = 1,
) -> int:
    """Do something to a copy of the home, killed at its first step, its second, and so on."""
    for step in range(1, 300, stride):
        copy = base / f"killed{step}" / "home"
        shutil.copytree(home, copy)
        os.environ["HABEAS_HOME"] = str(copy)
        child = os.fork()
        if not child:
            _count_down(step)
            act(copy)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        look(copy)
        opened.forget(copy)
        shutil.rmtree(copy)
        if not status:
            return step
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    raise AssertionError


def _count_down(step: int) -> None:
    left = [step]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def counting(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return counting

    for holder, name in ((os, "write"), (os, "fsync"), (Path, "replace"), (Path, "rename"),
                         (Path, "unlink"), (os, "utime")):  # fmt: skip
        setattr(holder, name, counted(getattr(holder, name)))


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_anywhere_while_it_is_encrypted_it_is_before_or_after(
    home: Path, tmp_path: Path
) -> None:
    seen: set[str] = set()

    def look(copy: Path) -> None:
        vault = keys.at(copy)
        if vault is None:
            seen.add("before")
            assert database.is_plain(copy / database.NAME)
            assert list(read_recording(_record(copy)))
            return
        seen.add(vault.state)
        opened.open_with(PASSPHRASE, copy)
        # Even now, before it is finished, everything can be read.
        for path in copy.glob("captures/*/*.warc.gz"):
            (recorded,) = read_recording(path)
            assert SURNAME.encode("windows-1251") in recorded.payload
        turning.finish(copy)
        assert not turning.is_unfinished(copy)
        assert named(copy) == set()
        assert len(_names(copy)) == 300
        assert broken(copy / "captures") | broken(copy / "documents") == set()

    steps = _killed_at_each_step(
        home, tmp_path, lambda copy: turning.turn_on(copy, PASSPHRASE), look, stride=3
    )
    assert steps > 30
    assert seen == {"before", "encrypting", "encrypted"}


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_anywhere_while_the_passphrase_changes_one_of_the_two_opens_it(
    home: Path, tmp_path: Path
) -> None:
    turning.turn_on(home, PASSPHRASE)
    seen: set[str] = set()

    def look(copy: Path) -> None:
        opens = []
        for words in (PASSPHRASE, NEW):
            try:
                opened.open_with(words, copy)
            except PassphraseWrong:
                continue
            opens.append(words)
        assert len(opens) == 1
        seen.add(opens[0])
        # A leftover does not stand in the way of the next attempt.
        turning.change(copy, opens[0], "yet another one of them")

    _killed_at_each_step(home, tmp_path, lambda copy: turning.change(copy, PASSPHRASE, NEW), look)
    assert seen == {PASSPHRASE, NEW}


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_in_the_middle_of_the_database_itself(home: Path, tmp_path: Path) -> None:
    """By the clock, not by our own steps: SQLCipher writes without asking us."""
    script = (
        "import sys; sys.path[:0] = [sys.argv[2]]\n"
        "from pathlib import Path; from habeas.vault import database\n"
        "print('go', flush=True); database.encrypt(Path(sys.argv[1]), 'ab' * 32)\n"
    )
    path = home / database.NAME
    with closing(_plainly(path)) as connection:
        connection.executemany(
            "INSERT INTO people (name) VALUES (?)",
            [(f"{SURNAME} {n}" * 40,) for n in range(5_000)],
        )
        connection.commit()
    for pause in (0.02, 0.1, 0.3):
        copy = tmp_path / f"database{pause}"
        shutil.copytree(home, copy)
        with subprocess.Popen(
            [sys.executable, "-c", script, str(copy / database.NAME), str(tmp_path)],
            stdout=subprocess.PIPE,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"go\n"
            try:
                child.wait(pause)
            except subprocess.TimeoutExpired:
                child.kill()
        key = "" if database.is_plain(copy / database.NAME) else "ab" * 32
        if not key:
            database.encrypt(copy / database.NAME, "ab" * 32)
        with database.opened(copy / database.NAME, "ab" * 32) as connection:
            assert connection.execute("SELECT count(*) FROM people").fetchone() == (5_300,)
            database.check(connection, copy)
        shutil.rmtree(copy)


def _plainly(path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLite's own
    import sqlite3

    return sqlite3.connect(path)


@pytest.mark.parametrize("after", [0, 3, 9])
def test_a_full_disk_stops_it_and_repeating_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    real, left = os.fsync, [after]

    def full(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(HomeNotChanged, match="No space left"):
            turning.turn_on(home, PASSPHRASE)
    if opened.is_set(home):
        turning.finish(home)
    else:
        turning.turn_on(home, PASSPHRASE)
    assert named(home) == set()
    assert len(_names(home)) == 300


def test_nobody_else_may_be_at_work_in_it(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from habeas.vault import using\n"
        "using.work(Path(sys.argv[1])); print('in', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        with pytest.raises(HomeInUse, match="Another habeas is at work"):
            turning.turn_on(home, PASSPHRASE)
        assert not opened.is_set(home)
        other.kill()
    # Its lock went with it, however it ended.
    turning.turn_on(home, PASSPHRASE)
    with using.alone(home), pytest.raises(HomeInUse):
        using.work(home)


def test_a_database_that_somebody_has_open_is_not_turned(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1])\n"
        "print(c.execute('SELECT count(*) FROM people').fetchone()[0], flush=True)\n"
        "sys.stdin.read()\n"
    )
    path = home / database.NAME
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"300\n"
        monkeypatch.setattr(database, "_WAIT_S", 0.1)
        with pytest.raises(HomeInUse):
            database.encrypt(path, "ab" * 32)
        assert database.is_plain(path)
        reader.kill()
    database.encrypt(path, "ab" * 32)


def test_the_old_pages_are_written_over(home: Path) -> None:
    """What another name of the same bytes shows: the disk itself cannot be asked here."""
    same = home / "same"
    os.link(home / database.NAME, same)
    record = home / "record"
    os.link(_record(home), record)
    turning.turn_on(home, PASSPHRASE)
    assert set(same.read_bytes()) == set(record.read_bytes()) == {0}


def test_a_document_is_the_same_after_it_was_encrypted(home: Path) -> None:
    turning.turn_on(home, PASSPHRASE)
    (path,) = home.glob("documents/??/*")
    assert through.read_bytes(path) == DOCUMENT
    assert through.size_of(path) == len(DOCUMENT)


def test_a_stranger_could_not_check_what_is_encrypted_and_does_not_call_it_changed(
    home: Path,
) -> None:
    turning.turn_on(home, PASSPHRASE)
    for store in ("captures", "documents"):
        done = subprocess.run(
            [sys.executable, "-I", stranger.__file__, str(home / store), "--json"],
            capture_output=True,
            check=False,
            text=True,
        )
        states = {one["name"]: one["state"] for one in json.loads(done.stdout)["checks"]}
        assert done.returncode == 3, states
        assert states["item.bytes"] == "could not check"
        assert "broken" not in states.values()
    with pytest.raises(NotToBeVerified, match="it is encrypted"):
        verify(_record(home), Expectations())
