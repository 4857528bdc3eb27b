"""`habeas demo`, as a new user runs it: a process of its own, real sockets, a real database."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import IO

import pytest
import requests

from habeas.evidence import read_recording

_HABEAS = str(Path(sys.executable).with_name("habeas"))
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/open/\S+")
_TAG = re.compile(r"<[^>]+>")


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HABEAS_")}
    # A user's own home and database: the demo must leave both alone.
    return {**kept, "HABEAS_HOME": str(home), "HABEAS_DATABASE": "postgresql://nobody@nowhere/x"}


@dataclass
class Told:
    """A demo that was run to its end."""

    text: str
    into: Path
    home: Path
    code: int


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story without anybody at the terminal: as CI and `make demo < /dev/null` run it."""
    folder = tmp_path_factory.mktemp("demo")
    into, home = folder / "pages", folder / "home"
    done = subprocess.run(
        [_HABEAS, "--lang", "en", "demo", "--into", str(into)],
        env=_environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return Told(done.stdout, into, home, done.returncode)


def test_it_ends_by_itself_and_leaves_what_is_the_users_alone(told: Told) -> None:
    assert told.code == 0
    # Their key, which seals the pages that are left with them; nothing else.
    assert {path.name for path in told.home.iterdir()} == {"keys"}


def test_it_tells_the_story_in_order(told: Told) -> None:
    turns = (
        "25.03.2021",
        "✕ Magistrates of Russia: hearings — could not look. The site asks for the digits",
        "26.03.2021",
        "Too little to tell",
        "Холов И.А. · 05-9020/2021",
        "Nothing decisive in these places as they were captured.",
        "27.03.2021",
        "likely  Kholov Izatullo Amonovich",
        "izzat ~ izatullo: short form",
        "possible  Холов И.А.  possibly the same person; worth a telephone call",
        "05-9020/2021 · Ст. 18.10, Ч.2",
        "28.03.2021",
        "29.03.2021",
        "✕ Interior ministry of Tajikistan: news and notices — could not look. The site was out",
        "vanished  Холов И.А. · 05-9020/2021",
        "an entry VANISHED",
        "30.03.2021",
    )
    at = 0
    for turn in turns:
        assert turn in told.text[at:], turn
        at = told.text.index(turn, at)


def test_the_calendar_has_no_silent_gap(told: Told) -> None:
    rows = {
        title: re.findall(r"[●◐✕○·]", line[: line.index(title)])
        for line in told.text.splitlines()
        for title in ("Courts of Moscow", "Interior ministry", "Magistrates")
        if re.match(rf"  [●◐✕○·] .*{title}", line) and "—" not in line
    }
    assert rows == {
        "Courts of Moscow": list("●●●○●●"),
        "Interior ministry": list("●●●○✕●"),
        "Magistrates": list("✕✕✕○✕✕"),
    }


def test_letters_reached_the_mail_catcher_and_carry_codes_only(told: Told) -> None:
    letters = [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted((told.into / "mail").glob("*.eml"))
    ]
    texts = [str(letter.get_content()) for letter in letters]
    about = [text for text in texts if text.startswith("P1: ")]
    assert len(about) == 3
    assert "likely the same person" in about[0]
    assert "worth a telephone call" in about[1]
    assert "VANISHED" in about[2]
    assert all(re.search(r"http://127\.0\.0\.1:\d+/", text) for text in about)
    assert not re.search("Холов|Kholov|Amon", "".join(texts))


def test_records_are_dated_truly_and_marked_as_a_replicas(told: Told) -> None:
    files = sorted(told.into.rglob("*.warc.gz"))
    assert len(files) > 50
    read = [one for path in files for one in read_recording(path)]
    assert all(".replica.invalid/" in one.url for one in read)
    assert all(path.name.startswith(time.strftime("%Y", time.gmtime())) for path in files)


def test_the_recorded_pages_can_be_searched_again(told: Told, tmp_path: Path) -> None:
    command = told.text[told.text.index('habeas find "Izzak Amon"') :].strip()
    assert command.endswith(str(told.into))
    done = subprocess.run(
        [_HABEAS, "--lang", "en", "find", "Izzak Amon", "--also", "Kholov Izatullo Amonovich",
         str(told.into)],
        env={**_environment(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Холов И.А." in done.stdout
    assert "captcha" in done.stdout


@dataclass
class Running:
    """A demo that stays open, as it does for somebody at a terminal with a browser."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def until(self, words: str, seconds: float = 90) -> str:
        """Wait for words on stdout; return all of it so far."""
        end = time.monotonic() + seconds
        while words not in (text := "".join(self.lines)):
            assert time.monotonic() < end, text
            assert self.process.poll() is None, text
            time.sleep(0.05)
        return text


def _read(stream: IO[str], lines: list[str]) -> None:
    lines.extend(stream)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with subprocess.Popen(
        [
            _HABEAS,
            "--lang",
            "en",
            "demo",
            "--serve",
            "--pace",
            "0.6",
            "--into",
            str(tmp_path / "p"),
        ],
        env={**_environment(tmp_path / "home"), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        started = Running(process)
        reader = threading.Thread(target=_read, args=(process.stdout, started.lines))
        reader.start()
        yield started
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(20)
        reader.join(20)


def _page(visit: requests.Session, address: str) -> str:
    answer = visit.get(address, timeout=20)
    assert answer.status_code == 200
    return " ".join(_TAG.sub("", answer.text).split())


def test_the_story_unfolds_on_the_page_and_a_visitor_can_join_in(running: Running) -> None:
    found = _LINK.search(running.until("/open/"))
    assert found is not None
    home = found.group().partition("/open/")[0]
    visit = requests.Session()
    opened = visit.get(found.group(), timeout=20)
    assert opened.status_code == 200
    assert visit.get(found.group(), timeout=20).status_code == 410
    first = visit.get(f"{home}/en/", timeout=20).text
    assert "Demonstration." in first
    assert 'http-equiv="refresh"' in first
    assert "Холов И.А." not in first
    assert 'http-equiv="refresh"' not in visit.get(f"{home}/en/?still", timeout=20).text
    running.until("The site stays open")
    last = visit.get(f"{home}/en/", timeout=20).text
    assert 'http-equiv="refresh"' not in last
    overview = _page(visit, f"{home}/en/")
    assert "possible: worth a telephone call" in overview
    assert "no longer in the list since" in overview
    assert "✕ vanished Холов И.А." in overview
    person = _page(visit, f"{home}/en/people/P1/")
    for state in ("complete", "missed", "could not look", "habeas was not running"):
        assert state in person
    _somebody_is_added(visit, home)
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    with pytest.raises(requests.ConnectionError):
        visit.get(f"{home}/en/", timeout=5)


def _somebody_is_added(visit: requests.Session, home: str) -> None:
    """Add a person on the page; what was read before is compared with them at once."""
    form = visit.get(f"{home}/en/people/add/", timeout=20).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    sent = {"csrfmiddlewaretoken": token.group(1), "spellings": "Гулов А.М.", "birth_year": ""}
    assert visit.post(f"{home}/en/people/add/", data=sent, timeout=20).status_code == 200
    end = time.monotonic() + 20
    while "Гулов А.М. " not in (page := _page(visit, f"{home}/en/people/P2/")) or (
        "Awaiting your decision No match" in page
    ):
        assert time.monotonic() < end, page
        time.sleep(0.3)
