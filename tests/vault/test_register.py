"""The list of backups: taken down, rotated, and never "gone" where nobody could look."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from homes import PASSPHRASE

from habeas.errors import BackupRefused
from habeas.vault import bytes as vault_bytes
from habeas.vault import opened, register, turning
from habeas.vault.register import There

AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def made(home: Path, folder: Path, day: int, content: bytes = b"x") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"habeas-{day}.zip"
    path.write_bytes(content + str(day).encode())
    register.note(home, path, AT + timedelta(days=day))
    return path


def test_rotation_keeps_the_newest_and_removes_only_what_it_made(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    files = [made(home, folder, day) for day in range(4)]
    stranger = folder / "habeas-photos.zip"
    stranger.write_bytes(b"somebody else's")
    files[0].write_bytes(b"another file under that name")
    gone = register.rotate(home, folder, 2, AT + timedelta(days=9))
    assert [Path(one.place) for one in gone] == [files[1]]
    assert sorted(folder.iterdir()) == sorted([files[0], files[2], files[3], stranger])
    assert [bool(one.destroyed_at) for one in register.known(home)] == [False, True, False, False]
    assert register.rotate(home, folder, 2, AT) == []


def test_a_missing_folder_proves_nothing(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    path = made(home, folder, 1)
    (one,) = register.known(home)
    assert register.looked(one) is There.YES
    path.write_bytes(b"other")
    assert register.looked(one) is There.OTHER
    path.unlink()
    assert register.looked(one) is There.GONE
    folder.rmdir()
    assert register.looked(one) is There.UNSEEN


def test_the_list_of_an_encrypted_home_is_encrypted(home: Path, tmp_path: Path) -> None:
    made(home, tmp_path / "stick", 1)
    turning.turn_on(home, PASSPHRASE)
    assert vault_bytes.is_protected(home / register.FILE)
    made(home, tmp_path / "stick", 2)
    assert vault_bytes.is_protected(home / register.FILE)
    assert len(register.known(home)) == 2
    opened.lock(home)


def test_a_damaged_list_is_no_empty_list(home: Path) -> None:
    (home / register.FILE).write_text("[{", "utf-8")
    with pytest.raises(BackupRefused, match="damaged"):
        register.known(home)
