"""The passphrase as a user meets it: commands and site in processes of their own, and the disk."""

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from homes import PASSPHRASE, SURNAME, named
from sealed_stores import page

from habeas.evidence import Store
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.seals.documents import keep_document
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.recovering import chain_of
from habeas.vault import database, keys, turning

NEW = "five other words of songs"
PERSON = f"{SURNAME} Иззат Амонович"
_LINK = re.compile(r"http://127\.0\.0\.1:(\d+)(/open/[A-Za-z0-9_-]{43}/)\n")


def habeas(home: Path, *arguments: str, passphrase: str = "", **more: str) -> tuple[int, str, str]:
    """Run a command; return exit code, stdout, stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        env=environment(home, passphrase, **more),
        capture_output=True,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def environment(home: Path, passphrase: str, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HABEAS_")}
    state = str(home.parent / "state")
    given = {"HABEAS_PASSPHRASE": passphrase} if passphrase else {}
    return (
        clean
        | {"HABEAS_HOME": str(home), "HABEAS_LANG": "en", "XDG_STATE_HOME": state}
        | given
        | more
    )


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as habeas fills it: a sought person, a capture, a document; then a passphrase."""
    home = tmp_path_factory.mktemp("lived") / "home"
    code, _out, told = habeas(home, "watch", "add-person", f"{PERSON} | Vymyshlenov Izzat")
    assert code == 0, told
    own = Sealer(keys=KeyRing(home / "keys", lambda: ""))
    Store(home / "captures", own).keep(page(f"<p>{PERSON}</p>".encode("windows-1251")))
    keep_document(chain_of(home / "documents", own), PERSON.encode())
    assert {name.split("/")[0].partition("-")[0] for name in named(home)} == {
        "habeas.sqlite3", "captures", "documents",
    }  # fmt: skip
    paper = home.parent / "paper.txt"
    code, out, told = habeas(
        home, "passphrase", "set", "--recovery-file", str(paper), passphrase=PASSPHRASE
    )
    assert (code, out) == (0, f"{paper}\n"), told
    assert "Traces of what lay there before" in told
    return home


def recovery(home: Path) -> str:
    return (home.parent / "paper.txt").read_text("utf-8").split()[-1]


def test_nothing_on_the_disk_names_anybody_and_commands_ask(lived_in: Path) -> None:
    assert named(lived_in) == set()
    assert habeas(lived_in, "passphrase", "status")[0] == 0
    add = ("watch", "add-person", "Придуманова Олима")
    code, out, told = habeas(lived_in, *add)
    assert (code, out) == (3, "")
    assert "is encrypted, and the passphrase was not given" in told
    code, _out, told = habeas(lived_in, *add, passphrase="wrong, and long")
    assert code == 3
    assert "This passphrase is wrong.\n  Nothing was changed.\n" in told
    code, _out, told = habeas(lived_in, *add, passphrase=PASSPHRASE)
    assert code == 0, told
    assert named(lived_in) == set()
    assert not any("Придуманова".encode() in path.read_bytes() for path in _all(lived_in))


def _all(home: Path) -> Iterator[Path]:
    return (path for path in home.rglob("*") if path.is_file())


def test_a_search_reads_encrypted_captures_and_leaves_nothing_in_clear(
    lived_in: Path, tmp_path: Path
) -> None:
    place = str(lived_in / "captures")
    code, out, told = habeas(lived_in, "find", PERSON, place, passphrase=PASSPHRASE)
    assert code == 0, told
    assert SURNAME in out
    assert named(lived_in.parent) == set()
    code, _out, told = habeas(lived_in, "find", PERSON, place)
    assert code == 3, "locked captures were taken for an absence"
    code, out, told = habeas(lived_in, "verify", place, passphrase=PASSPHRASE)
    assert code == 3, told  # timestamps are missing, nothing else
    assert "DOES NOT HOLD" not in out
    (record,) = (lived_in / "captures").glob("*/*.warc.gz")
    made = ("exhibit", str(record), "--into", str(tmp_path), "--no-picture", "--paper", "en")
    code, out, told = habeas(lived_in, *made, passphrase=PASSPHRASE)
    assert code == 0, told
    (package,) = tmp_path.glob("*/*.wacz")
    alone = subprocess.run(
        [sys.executable, "-I", str(package.parent / "verify.py"), str(package.parent)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert alone.returncode in {0, 3}, alone.stdout


def test_change_and_recover(lived_in: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text(f"{NEW}\n", "utf-8")
    change = ("passphrase", "change", "--new-file", str(new))
    assert habeas(lived_in, *change, passphrase="wrong, and long")[0] == 3
    assert habeas(lived_in, *change, passphrase=PASSPHRASE)[0] == 0
    assert habeas(lived_in, "watch", "status", passphrase=PASSPHRASE)[0] == 3
    assert habeas(lived_in, "watch", "status", passphrase=NEW)[0] == 0
    new.write_text(f"{PASSPHRASE}\n", "utf-8")
    paper = tmp_path / "paper"
    paper.write_text("AAAAA-AAAAA-AAAAA\n", "utf-8")
    recover = ("passphrase", "recover", "--new-file", str(new), "--key-file", str(paper))
    code, _out, told = habeas(lived_in, *recover)
    assert code == 3
    assert "This recovery key does not fit." in told
    paper.write_text(f"{recovery(lived_in)}\n", "utf-8")
    assert habeas(lived_in, *recover)[0] == 0
    assert habeas(lived_in, "watch", "status", passphrase=PASSPHRASE)[0] == 0


def test_backup_and_restore(lived_in: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "backup.zip", tmp_path / "again"
    assert habeas(lived_in, "backup", str(file))[0] == 3
    code, out, told = habeas(lived_in, "backup", str(file), passphrase=PASSPHRASE)
    assert (code, out) == (0, f"{file}\n"), told
    into = ("restore", str(file), "--into", str(again))
    assert habeas(lived_in, *into, passphrase="wrong, and long")[0] == 3
    assert not again.exists()
    assert habeas(lived_in, *into, passphrase=PASSPHRASE)[0] == 0
    assert named(again) == set()
    assert habeas(again, "watch", "status", passphrase=PASSPHRASE)[0] == 0
    assert habeas(again, *into, passphrase=PASSPHRASE)[0] == 2


def test_a_home_that_is_encrypted_from_its_first_day(tmp_path: Path) -> None:
    home, new = tmp_path / "home", tmp_path / "new"
    code, out, told = habeas(home, "passphrase", "set", passphrase=PASSPHRASE)
    assert code == 0, told
    assert re.fullmatch(r"(?:[2-9A-Z]{5}-){5}[2-9A-Z]{5}\n", out)
    assert habeas(home, "watch", "add-person", PERSON, passphrase=PASSPHRASE)[0] == 0
    # The signing key is made under one passphrase, and still opens under the next one.
    assert habeas(home, "keys", "list", passphrase=PASSPHRASE)[0] == 0
    sealing = ("capture", "http://127.0.0.1:9/", "--into", str(home / "captures"))
    habeas(home, *sealing, passphrase=PASSPHRASE)
    (key,) = (home / "keys").glob("*.key")
    assert key.read_bytes().startswith(b"age-encryption.org/v1\n")
    new.write_text(NEW, "utf-8")
    changing = ("passphrase", "change", "--new-file", str(new))
    assert habeas(home, *changing, passphrase=PASSPHRASE)[0] == 0
    habeas(home, *sealing, passphrase=NEW)
    assert len(list((home / "captures").glob("*/*.warc.gz"))) == 2
    assert named(home) == set()
    assert not (home / database.NAME).read_bytes().startswith(b"SQLite format 3")


def test_what_was_stopped_in_the_middle_is_finished_by_the_next_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert habeas(home, "watch", "add-person", PERSON)[0] == 0
    # As a kill leaves it right after the point of no return.
    content = keys.new_secrets()
    wrapped = keys.new_vault(content, PASSPHRASE, keys.new_recovery_key(), state=keys.ENCRYPTING)
    turning.write_vault(home, wrapped)
    assert habeas(home, "watch", "status")[0] == 3
    assert named(home)
    code, _out, told = habeas(home, "watch", "status", passphrase=PASSPHRASE)
    assert code == 0, told
    assert "Encrypting was stopped in the middle; it is finished now." in told
    assert "habeas passphrase recovery-key" in told
    assert named(home) == set()


def test_a_home_without_its_wrapped_key_says_what_is_missing(
    lived_in: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(lived_in, home)
    wrapped = (home / "vault.json").read_bytes()
    (home / "vault.json").unlink()
    code, _out, told = habeas(home, "watch", "status", passphrase=PASSPHRASE)
    assert code == 3
    assert "it is missing, and the home is encrypted" in told
    (home / "vault.json").write_bytes(wrapped)
    assert habeas(home, "watch", "status", passphrase=PASSPHRASE)[0] == 0


def test_a_protected_signing_key_is_left_to_the_vault(tmp_path: Path) -> None:
    home, new = tmp_path / "home", tmp_path / "new"
    sealing = ("capture", "http://127.0.0.1:9/", "--into", str(home / "captures"))
    habeas(home, *sealing, passphrase=PASSPHRASE)
    (key,) = (home / "keys").glob("*.key")
    assert b"ENCRYPTED PRIVATE KEY" in key.read_bytes()
    assert habeas(home, "passphrase", "set", passphrase=PASSPHRASE)[0] == 0
    new.write_text(NEW, "utf-8")
    changing = ("passphrase", "change", "--new-file", str(new))
    assert habeas(home, *changing, passphrase=PASSPHRASE)[0] == 0
    habeas(home, *sealing, passphrase=NEW)
    assert len(list((home / "captures").glob("*/*.warc.gz"))) == 2


def test_a_server_of_databases_is_not_encrypted_by_this(tmp_path: Path) -> None:
    code, _out, told = habeas(
        tmp_path / "home", "passphrase", "set", passphrase=PASSPHRASE,
        HABEAS_DATABASE="postgresql://u@127.0.0.1/x",
    )  # fmt: skip
    assert code == 2
    assert "a passphrase cannot encrypt that" in told


# --- the site ------------------------------------------------------------------------------------


class Visitor:
    """A browser's worth of cookies, and no more."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, page and where it leads."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        asked.request("GET" if form is None else "POST", path, body, headers)
        answer = asked.getresponse()
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        content = answer.read().decode()
        asked.close()
        return answer.status, content, answer.headers.get("Location", "")


@contextmanager
def serving(home: Path, **more: str) -> Iterator[Visitor]:
    with subprocess.Popen(
        [sys.executable, "-m", "habeas.cli", "serve"],
        env=environment(home, PASSPHRASE, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        found = _LINK.fullmatch(process.stdout.readline())
        assert found
        visitor = Visitor(int(found[1]))
        assert visitor.ask(found[2])[0] == 200
        yield visitor
        process.kill()


def _token(content: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', content)
    assert found
    return found[1]


def test_the_site_locks_itself_and_opens_again(lived_in: Path) -> None:
    with serving(lived_in, HABEAS_LOCK_AFTER="0.05") as visitor:
        status, content, _to = visitor.ask("/en/people/")
        assert status == 200
        assert SURNAME in content
        # While it runs, with its write-ahead log, nothing lies there in clear.
        assert named(lived_in) == set()
        deadline = time.monotonic() + 60
        while visitor.ask("/static/site/habeas.css")[0] == 200 and time.monotonic() < deadline:
            time.sleep(3.5)
            status, content, _to = visitor.ask("/en/people/")
            if status == 423:
                break
        assert status == 423
        assert SURNAME not in content
        wrong = {"token": _token(content), "after": "/en/people/", "passphrase": "not this one"}
        status, refused, _to = visitor.ask("/unlock/", wrong)
        assert status == 423
        assert "This passphrase is wrong" in refused
        stranger = {**wrong, "token": "x", "passphrase": PASSPHRASE}
        assert visitor.ask("/unlock/", stranger)[0] == 423
        assert visitor.ask("/unlock/", {**wrong, "passphrase": PASSPHRASE})[::2] == (
            302, "/en/people/",
        )  # fmt: skip
        status, content, _to = visitor.ask("/en/people/")
        assert status == 200
        assert SURNAME in content


def test_it_is_not_encrypted_under_a_running_site(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home):
        code, _out, told = habeas(home, "passphrase", "set", passphrase=PASSPHRASE)
        assert code == 3
        assert "Stop habeas serve" in told
    assert not (home / "vault.json").exists()
