"""`habeas serve` as a user starts it: one link, loopback only, a database made ready."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, cast

import django_ready  # noqa: F401 - sets Django up
import pytest
from click.testing import CliRunner

from habeas.cli.serve import command
from habeas.errors import AddressNotOurs, DatabaseNotReady, NobodyMayAsk, PortTaken
from habeas.site import serving

_LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/open/[A-Za-z0-9_-]{43}/\n")


def _run(home: Path, *arguments: str) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HABEAS_")}
    return subprocess.Popen(
        [sys.executable, "-m", "habeas.cli", "serve", *arguments],
        env=clean | {"HABEAS_HOME": str(home), "HABEAS_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def _serving(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = _run(home, *arguments)
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _browser() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
    )


def _status(browser: urllib.request.OpenerDirector, address: str) -> tuple[int, str]:
    try:
        with browser.open(address, timeout=20) as answer:
            return answer.status, answer.geturl()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.geturl()


def test_the_site_is_served_opened_once_and_stopped(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with _serving(home) as (process, line):
        found = _LINK.fullmatch(line)
        assert found
        site = f"http://127.0.0.1:{found[1]}"
        mine, other = _browser(), _browser()
        assert _status(other, f"{site}/")[1].endswith("/en/sign-in/?next=/en/")
        assert _status(mine, line.strip())[0] == 200
        assert _status(mine, f"{site}/en/") == (200, f"{site}/en/")
        assert _status(other, line.strip())[0] == 410
        again = _run(home, "--link", "--port", found[1])
        stdout, _stderr = again.communicate(timeout=60)
        assert again.returncode == 0
        assert _status(other, stdout.strip())[0] == 200
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=20)
    assert process.returncode == 0
    assert stdout == ""
    assert "works once" in stderr
    assert "/open/" not in stderr
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_only_this_machine_can_reach_it(tmp_path: Path) -> None:
    with _serving(tmp_path / "home") as (_process, line):
        found = _LINK.fullmatch(line)
        assert found
        with socket.socket() as elsewhere:
            # 127.0.0.2 is this machine too, but not the address that is listened on.
            assert elsewhere.connect_ex(("127.0.0.2", int(found[1]))) != 0


@pytest.mark.usefixtures("tmp_path")
def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port}: it is not free") as caught:
            serving.listening(port=port)
    assert "Leave --port out" in caught.value.advice
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("address", ["nowhere", "203.0.113.7", "::ffff", ""])
def test_an_address_of_another_machine_is_told(address: str) -> None:
    with pytest.raises(AddressNotOurs, match="no address of this machine"):
        serving.listening(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3"])
@pytest.mark.usefixtures("database")
def test_the_door_is_not_opened_to_everybody(address: str) -> None:
    done = CliRunner().invoke(command, ["--listen", address])
    assert isinstance(done.exception, NobodyMayAsk)
    assert "HABEAS_HOSTS" in done.exception.advice
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--link"], "--link needs --port"),
        (["--as", " "], "1 to 150"),
        (["--as", "x" * 151], "1 to 150"),
        (["--port", "70000"], "range"),
    ],
)
@pytest.mark.usefixtures("database")
def test_wrong_usage_is_told(arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 2
    assert words in done.stderr


@pytest.mark.parametrize("content", [b"not a database, whatever its name" * 40])
def test_a_database_that_is_none_is_left_alone(content: bytes, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    broken = home / "habeas.sqlite3"
    broken.write_bytes(content)
    # An open key: where neither database nor keys can be read, the home is an encrypted one.
    (home / "keys").mkdir()
    (home / "keys" / "own.key").write_bytes(b"-----BEGIN PRIVATE KEY-----")
    process = _run(home)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 3
    assert stdout == ""
    assert "The database cannot be opened or brought up to date" in stderr
    assert broken.read_bytes() == content


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("a file, no folder")
    process = _run(home)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 3
    assert stdout == ""
    assert "Traceback" not in stderr
    assert "HABEAS_HOME" in stderr


def test_what_was_there_survives_a_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with _serving(home):
        pass
    with sqlite3.connect(home / "habeas.sqlite3") as known:
        known.execute(
            "INSERT INTO watch_person (code, added_at) VALUES ('P1', '2026-11-24 09:00:00')"
        )
    known.close()
    with _serving(home):
        pass
    with sqlite3.connect(home / "habeas.sqlite3") as known:
        assert known.execute("SELECT code FROM watch_person").fetchall() == [("P1",)]
    known.close()


def test_the_error_names_the_cause_and_what_to_check() -> None:
    error = DatabaseNotReady("OperationalError")
    assert "OperationalError" in error.happened
    assert error.kept == "What it holds was not changed."
    assert "HABEAS_DATABASE" in error.advice


@pytest.mark.usefixtures("database")
def test_a_server_in_a_thread_ends_though_a_browser_keeps_its_connection() -> None:
    """An exception in the thread would fail the test: warnings are errors here."""
    for _ in range(5):
        bound = serving.listening()
        running = serving.server(bound)
        thread = threading.Thread(target=running.run)
        thread.start()
        host, port = bound.getsockname()
        kept = http.client.HTTPConnection(host, port, timeout=10)
        kept.request("GET", "/static/site/icon.svg")
        assert kept.getresponse().read()
        serving.stop(running)
        thread.join(timeout=10)
        assert not thread.is_alive()
        kept.close()


@pytest.mark.usefixtures("database")
def test_a_loop_woken_by_a_page_just_answered_waits_until_it_was_asked_to_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker wakes the loop when its page is answered, between our wish and our waking it."""
    running = serving.server(serving.listening())
    trigger = cast("Any", running).trigger
    pull = trigger._physical_pull
    thread = threading.Thread(target=running.run)

    def pulled_by_a_worker_first() -> None:
        pull()
        thread.join(timeout=0.5)
        pull()

    monkeypatch.setattr(trigger, "_physical_pull", pulled_by_a_worker_first)
    thread.start()
    serving.stop(running)
    thread.join(timeout=10)
    assert not thread.is_alive()
