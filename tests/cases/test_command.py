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
