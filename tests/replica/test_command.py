"""`habeas replica` from a shell: it serves, takes orders, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner

from habeas.cli.replica import command
from habeas.errors import ScriptRefused

_SCRIPT = """
start = 2026-11-02
[[entry]]
key = "one"
source = "ru_sudrf"
court = "nebylovo.sudrf.ru"
people = ["ВЫДУМОВ П.К."]
[[entry.event]]
on = 0
kind = "appears"
"""


@contextmanager
def _running(*arguments: str) -> Iterator[tuple[dict[str, object], "subprocess.Popen[str]"]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "habeas.cli", "replica", "--json", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline()), process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_it_serves_a_script_until_it_is_ended(tmp_path: Path) -> None:
    script = tmp_path / "script.toml"
    script.write_text(_SCRIPT, "utf-8")
    with _running(str(script), "--day", "4") as (told, process):
        assert told["day"] == 4
        ca = Path(str(told["ca"]))
        assert ca.read_text().startswith("-----BEGIN CERTIFICATE-----")
        with urllib.request.urlopen(f"{told['address']}/replica", timeout=10) as answer:
            assert json.load(answer)["entries"] == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert not ca.exists()


def test_a_script_that_is_not_understood_is_told(tmp_path: Path) -> None:
    script = tmp_path / "script.toml"
    script.write_text("begin = 2026-11-02", "utf-8")
    result = CliRunner().invoke(command, [str(script), "--port", "0"])
    assert isinstance(result.exception, ScriptRefused)
    assert "begin" in str(result.exception)
