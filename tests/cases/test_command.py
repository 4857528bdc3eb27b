"""`habeas cases`: the public case, offices from a table, derived rows made anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"HABEAS_HOME": str(home)}
    environment.pop("HABEAS_DATABASE", None)
    return subprocess.run(
        [sys.executable, "-m", "habeas.cli", "cases", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_the_command_line_of_case_files(tmp_path: Path) -> None:
    home, table = tmp_path / "home", tmp_path / "offices.csv"
    done = run(home, "load-story")
    assert (done.returncode, done.stdout) == (0, "AMON\n"), done.stderr
    table.write_text("name,kind,phone\nStation 5,police,+0\nStation 6,prison,+1\n", "utf-8")
    refused = run(home, "offices", str(table))
    assert refused.returncode == 2
    assert "line 3" in refused.stderr
    assert "Nothing of this file was taken over." in refused.stderr
    table.write_text("name,kind,phone\nStation 5,police,+0\n", "utf-8")
    taken = run(home, "offices", str(table), "--as", "Zarina")
    assert taken.stdout == "B-1\n", taken.stderr
    rebuilt = run(home, "rebuild")
    assert rebuilt.returncode == 0
    assert "1 case was worked out." in rebuilt.stderr


@pytest.mark.parametrize("verb", ["load-story", "offices", "rebuild"])
def test_each_verb_says_what_it_does(verb: str, tmp_path: Path) -> None:
    done = run(tmp_path, verb, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_people_are_handed_out_only_with_consent_and_nothing_is_overwritten(
    tmp_path: Path,
) -> None:
    home, file = tmp_path / "home", tmp_path / "out.jsonl"
    assert run(home, "load-story").returncode == 0
    wanted = ("export", "json", str(file), "--for", "un", "--to", "WGEID")
    refused = run(home, *wanted)
    assert refused.returncode == 2
    assert "AMON stays here; missing consent: send it to the UN, confidentially" in refused.stderr
    assert "No file was made, and nothing was handed out." in refused.stderr
    assert not list(tmp_path.glob("out*"))
    agree(home)
    shown = run(home, *wanted, "--dry-run")
    assert (shown.returncode, shown.stdout) == (0, "AMON\n"), shown.stderr
    assert not file.exists()
    done = run(home, *wanted)
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert "Izzat Amon" in file.read_text("utf-8")
    before = file.read_bytes()
    again = run(home, *wanted)
    assert "a file of this name is there already" in again.stderr
    assert file.read_bytes() == before
    for bad in (("--case", "NO-1"), ("--lang", "xx")):
        assert run(home, *wanted[:2], str(tmp_path / "b"), *wanted[3:], *bad).returncode == 2
    assert not (tmp_path / "b").exists()


def agree(home: Path) -> None:
    """Take down an invented consent; in truth nobody was asked about anything here."""
    code = (
        "import django; django.setup()\n"
        "from datetime import date\n"
        "from habeas.cases.consent.models import Consent\n"
        "from habeas.cases.statements.models import Subject\n"
        "Consent.objects.create(subject=Subject.objects.get(code='AMON'), use='un', given=True,"
        " speaker='Invented for a test', role='other', manner='spoken',"
        " answered_on=date(2026, 1, 1), by='test')"
    )
    environment = os.environ | {
        "HABEAS_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "habeas.site.settings",
    }
    environment.pop("HABEAS_DATABASE", None)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
