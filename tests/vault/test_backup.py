"""Backups: encrypted, whole or not there, and brought back whole or not at all."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from homes import NEEDLES, PASSPHRASE, SURNAME, named
from sealed_stores import broken

from habeas.errors import BackupRefused, HomeInUse, HomeLocked, HomeNotChanged, PassphraseWrong
from habeas.vault import database, opened, turning, using
from habeas.vault.backup import back_up, restore
from habeas.vault.keys import RECOVERY


def _clear(file: Path) -> bool:
    content = file.read_bytes()
    return any(needle in content for needle in NEEDLES)


def test_a_home_with_a_passphrase_comes_back_as_it_was(home: Path, tmp_path: Path) -> None:
    recovery = turning.turn_on(home, PASSPHRASE)
    file = tmp_path / "backup.zip"
    assert back_up(home, file) == ""
    assert not _clear(file)
    assert file.stat().st_mode & 0o077 == 0
    opened.forget(home)
    for words, by in ((PASSPHRASE, "passphrase"), (recovery, RECOVERY)):
        again = tmp_path / f"by {by}"
        restore(file, again, words, by=by)
        assert named(again) == set()
        opened.open_with(PASSPHRASE, again)
        with database.opened(again / database.NAME, opened.secrets(again).database) as connection:
            assert connection.execute("SELECT count(*) FROM people").fetchone() == (300,)
        opened.open_with(PASSPHRASE)
        for store in ("captures", "documents"):
            assert broken(again / store) == set()
        opened.forget(home)


def test_a_home_without_one_is_encrypted_in_its_backup_alone(home: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    file = tmp_path / "backup.zip"
    recovery = back_up(home, file, passphrase=PASSPHRASE)
    assert recovery
    assert not _clear(file)
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    aside = ("habeas.sqlite3", "using/")
    ours = {
        path
        for path in {*before, *after}
        if not path.relative_to(home).as_posix().startswith(aside)
    }
    assert {path: after.get(path) for path in ours} == {path: before.get(path) for path in ours}
    again = tmp_path / "again"
    restore(file, again, PASSPHRASE)
    assert not opened.is_set(again)
    assert database.is_plain(again / database.NAME)
    kept = [path.relative_to(home) for path in home.glob("captures/*/*.warc.gz")]
    assert all((again / one).read_bytes() == (home / one).read_bytes() for one in kept)
    assert broken(again / "captures") == set()
    with pytest.raises(PassphraseWrong):
        restore(file, tmp_path / "other", "wrong and long enough")
    assert not (tmp_path / "other").exists()


def test_nothing_of_a_home_is_backed_up_in_clear(home: Path, tmp_path: Path) -> None:
    with pytest.raises(HomeLocked):
        back_up(home, tmp_path / "backup.zip")
    turning.turn_on(home, PASSPHRASE)
    opened.lock(home)
    with pytest.raises(HomeLocked):
        back_up(home, tmp_path / "backup.zip")
    assert not list(tmp_path.glob("backup*"))


def test_a_locked_backup_opens_with_age_and_sqlcipher_alone(home: Path, tmp_path: Path) -> None:
    """As the note inside says; by libraries that are not ours, from the two files in the ZIP."""
    import hashlib
    import io
    import json
    import tarfile

    import pyrage
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    back_up(home, tmp_path / "backup.zip", passphrase=PASSPHRASE)
    with zipfile.ZipFile(tmp_path / "backup.zip") as package:
        vault = json.loads(package.read("vault.json"))
        content = package.read("home.tar.age")
    wrap = next(one for one in vault["wraps"] if one["by"] == "passphrase")
    scrypt = wrap["scrypt"]
    key = hashlib.scrypt(
        PASSPHRASE.encode(), salt=bytes.fromhex(scrypt["salt"]), n=scrypt["n"], r=8, p=1, dklen=32
    )
    held = json.loads(
        ChaCha20Poly1305(key).decrypt(
            bytes.fromhex(wrap["nonce"]), bytes.fromhex(wrap["box"]), None
        )
    )
    plain = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(held["age"])])
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        member = archive.extractfile("habeas.sqlite3")
        assert member is not None
        assert SURNAME.encode() in member.read()


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_bytes(b"something else")
    with pytest.raises(BackupRefused, match="there is a file of that name"):
        back_up(home, file, passphrase=PASSPHRASE)
    assert file.read_bytes() == b"something else"
    file.unlink()
    back_up(home, file, passphrase=PASSPHRASE)
    before = sorted(home.rglob("*"))
    with pytest.raises(BackupRefused, match="nothing is overwritten"):
        restore(file, home, PASSPHRASE)
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("how", ["flipped", "cut", "other", "tail"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    home: Path, tmp_path: Path, how: str
) -> None:
    file = tmp_path / "backup.zip"
    back_up(home, file, passphrase=PASSPHRASE)
    content = bytearray(file.read_bytes())
    if how == "flipped":
        content[len(content) // 2] ^= 1
    elif how == "cut":
        content = content[: len(content) // 2]
    elif how == "tail":
        content = _shorter(file)
    else:
        content = bytearray(b"no ZIP at all")
    file.write_bytes(content)
    with pytest.raises(BackupRefused):
        restore(file, tmp_path / "again", PASSPHRASE)
    assert not list(tmp_path.glob("again*"))


def _shorter(file: Path) -> bytearray:
    """Return a well-formed ZIP whose encrypted part lacks its end."""
    made = file.with_name("made")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        new.writestr("vault.json", old.read("vault.json"))
        new.writestr("home.tar.age", old.read("home.tar.age")[: -70 * 1024])
    return bytearray(made.read_bytes())


def test_a_full_disk_leaves_no_half_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises((BackupRefused, HomeNotChanged), match="No space left"):
            back_up(home, tmp_path / "backup.zip", passphrase=PASSPHRASE)
    assert not list(tmp_path.glob("backup*"))
    assert not list(home.glob("backup*"))


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_anywhere_while_it_is_restored_there_is_no_home_or_a_whole_one(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    back_up(home, file, passphrase=PASSPHRASE)
    script = (
        "import os, signal, sys; from pathlib import Path; from habeas.vault import backup\n"
        "left = [int(sys.argv[3])]\n"
        "def counted(real):\n"
        "    def counting(*arguments, **named):\n"
        "        left[0] -= 1\n"
        "        if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return real(*arguments, **named)\n"
        "    return counting\n"
        "for holder, name in ((os, 'fsync'), (Path, 'rename'), (Path, 'mkdir'), (os, 'utime')):\n"
        "    setattr(holder, name, counted(getattr(holder, name)))\n"
        "backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4])\n"
    )
    again = tmp_path / "again"
    seen: set[str] = set()
    for step in (1, 4, 11, 20, 40, 300):
        command = [sys.executable, "-c", script, str(file), str(again), str(step), PASSPHRASE]
        done = subprocess.run(command, check=False)
        assert done.returncode in {0, -signal.SIGKILL}
        if again.exists():
            seen.add("after")
            assert broken(again / "captures") == set()
            shutil.rmtree(again)
        else:
            seen.add("before")
    assert seen == {"before", "after"}
    restore(file, again, PASSPHRASE)
    assert broken(again / "documents") == set()
    assert not again.with_name("again.restoring").exists()


def test_it_is_made_while_others_write(home: Path, tmp_path: Path) -> None:
    """A watcher goes on: the copy is that of one moment, and holds."""
    turning.turn_on(home, PASSPHRASE)
    script = (
        "import sys; sys.path[:0] = [sys.argv[2]]\n"
        "from pathlib import Path; from homes import PASSPHRASE\n"
        "from sealed_stores import page, sealer\n"
        "from habeas.evidence import Store; from habeas.vault import opened\n"
        "home = Path(sys.argv[1]); opened.open_with(PASSPHRASE, home)\n"
        "store = Store(home / 'captures', sealer(home))\n"
        "for n in range(10**6):\n"
        "    store.keep(page(b'%d' % n)); n == 3 and print('go', flush=True)\n"
    )
    support = str(Path(__file__).parents[1] / "support")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home), support], stdout=subprocess.PIPE
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"go\n"
            back_up(home, tmp_path / "backup.zip")
        finally:  # it would write for ever, and be waited for
            writer.kill()
    restore(tmp_path / "backup.zip", tmp_path / "again", PASSPHRASE)
    assert broken(tmp_path / "again" / "captures") <= {"seal.times"}


def test_one_backup_at_a_time(home: Path, tmp_path: Path) -> None:
    held = using.one_backup(home)
    with pytest.raises(HomeInUse):
        back_up(home, tmp_path / "backup.zip", passphrase=PASSPHRASE)
    held.release()
    back_up(home, tmp_path / "backup.zip", passphrase=PASSPHRASE)


def test_a_file_that_gets_its_final_name_meanwhile_is_in_the_copy(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished = home / "captures" / "late.bin.part"
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.write_bytes(b"whole")
    read = Path.read_bytes

    def renamed_first(path: Path) -> bytes:
        if path == unfinished and path.exists():
            path.rename(path.with_suffix(""))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", renamed_first)
    back_up(home, tmp_path / "backup.zip", passphrase=PASSPHRASE)
    restore(tmp_path / "backup.zip", tmp_path / "again", PASSPHRASE)
    assert (tmp_path / "again" / "captures" / "late.bin").read_bytes() == b"whole"
