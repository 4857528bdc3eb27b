"""`habeas cases purge` in an encrypted home, and once more after an older backup was put back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from case_story import BY, NOW
from django.conf import settings
from django.db import connections
from django.test import override_settings
from purge_story import CODE, Life, lived, needles, told_in, told_in_rows

from habeas.cases.retention.models import Expiry
from habeas.vault import database as vault_database
from habeas.vault import keys, opened, turning
from habeas.vault.backup import back_up, restore

PASSPHRASE = "four words of a poem"


@pytest.fixture
def life(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """A life that ended long ago, in a home of its own; stretching a passphrase takes no time."""
    home = database.parent
    monkeypatch.setattr(keys, "_N", 2**10)
    (home / "secret-key").write_text(settings.SECRET_KEY, "ascii")
    with override_settings(HABEAS_HOME=home):
        found = lived()
        Expiry.objects.create(
            subject=found.subject, day=date(2020, 1, 1), reason="давно", by=BY, at=NOW
        )
        yield found
    opened.forget(home)


def run(home: Path, *arguments: str, passphrase: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"HABEAS_HOME": str(home), "HABEAS_PASSPHRASE": passphrase}
    environment.pop("HABEAS_DATABASE", None)
    return subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def told_inside(home: Path, folder: Path, wanted: list[bytes]) -> list[bytes]:
    """Return which byte strings stand in an encrypted database, written out in clear elsewhere."""
    path, plain = home / vault_database.NAME, folder / "plain.sqlite3"
    plain.unlink(missing_ok=True)
    with vault_database.opened(path, opened.secrets(home).database) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')")
    content = plain.read_bytes()
    return [one for one in wanted if one in content]


def test_an_encrypted_home_is_purged_and_an_older_copy_of_it_again(
    life: Life, database: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home, wanted = database.parent, needles(life)
    connections.close_all()
    turning.turn_on(home, PASSPHRASE)
    opened.open_with(PASSPHRASE, home)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert told_inside(home, elsewhere, wanted)
    back_up(home, elsewhere / "backup.zip")
    shown = run(home, "cases", "purge", passphrase=PASSPHRASE)
    assert shown.returncode == 0, shown.stderr
    assert "1 person would be removed." in shown.stderr
    assert "--confirm 1" in shown.stderr
    assert "4\tfiles, from the disk" in shown.stdout
    wrong = run(home, "cases", "purge", "--confirm", "2", passphrase=PASSPHRASE)
    assert wrong.returncode == 2
    report = elsewhere / "report.json"
    confirmed = ("cases", "purge", "--confirm", "1", "--report", str(report))
    done = run(home, *confirmed, passphrase=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert told_inside(home, elsewhere, wanted) == []
    assert told_in(home, wanted) == {}
    assert [one for one in (*wanted, CODE.encode()) if one in report.read_bytes()] == []
    assert run(home, "cases", "purge", passphrase=PASSPHRASE).returncode == 1
    checked = run(home, "team", "log", "check", passphrase=PASSPHRASE)
    assert checked.returncode == 0, checked.stdout
    _purged_again(elsewhere, report, wanted)


def _purged_again(elsewhere: Path, report: Path, wanted: list[bytes]) -> None:
    again = elsewhere / "again"
    restore(elsewhere / "backup.zip", again, PASSPHRASE)
    opened.open_with(PASSPHRASE, again)
    assert told_inside(again, elsewhere, wanted)
    more = ("cases", "purge", "--again", str(report), "--confirm", "1")
    assert run(again, *more, passphrase=PASSPHRASE).returncode == 0
    assert told_inside(again, elsewhere, wanted) == []
    opened.forget(again)


@pytest.mark.usefixtures("life")
def test_backups_are_named_kept_and_told_of_until_they_are_destroyed(
    database: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home, stick = database.parent, tmp_path_factory.mktemp("stick")
    connections.close_all()
    backing = ("backup", str(stick))
    first = run(home, *backing, passphrase=PASSPHRASE)
    assert first.returncode == 0, first.stderr
    assert run(home, "cases", "purge", "--confirm", "1").returncode == 0
    begun, until, seen, place = run(home, "backups", "check").stdout.split("\t")
    assert (seen, place.strip()) == ("yes", first.stdout.strip().splitlines()[0])
    assert begun[:10] < until
    assert run(home, "backups", "destroyed", place.strip()).returncode == 2
    kept = run(home, *backing, "--keep", "1", passphrase=PASSPHRASE)
    assert f"Removed: {place.strip()}" in kept.stderr
    assert [str(one) for one in stick.iterdir()] == kept.stdout.strip().splitlines()[:1]
    assert "\t-\tyes\t" in run(home, "backups", "check").stdout
    assert run(home, "backup", str(stick / "x.zip"), "--keep", "1").returncode == 2


def test_a_file_that_is_no_report_purges_nobody(life: Life, database: Path) -> None:
    home = database.parent
    connections.close_all()
    for content in ("{", json.dumps({"format": "habeas purge 9", "marks": []})):
        (home / "x.json").write_text(content, "utf-8")
        done = run(home, "cases", "purge", "--again", str(home / "x.json"), "--confirm", "1")
        assert done.returncode == 2
        assert "is no report of a purge that can be used" in done.stderr
    assert told_in_rows(needles(life))
