"""The key for which others lock bundles: made once, kept for its owner, encrypted with the home."""

import os
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from habeas.bundles.identities import identities, new_identity, own_identity, secrets_in
from habeas.errors import KeyRefused


def test_it_is_made_once_and_is_the_users_alone(tmp_path: Path) -> None:
    made = own_identity(tmp_path / "keys")
    assert own_identity(tmp_path / "keys") == made
    (path,) = (tmp_path / "keys").glob("*.identity")
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.public.startswith("age1")
    assert made.secret not in repr(made)
    locked = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(made.public)])
    assert pyrage.decrypt(locked, [pyrage.x25519.Identity.from_str(made.secret)]) == b"x"


def test_a_new_one_leaves_the_older_ones(tmp_path: Path) -> None:
    first = own_identity(tmp_path)
    second = new_identity(tmp_path)
    assert identities(tmp_path) == [second, first]
    assert own_identity(tmp_path) == second


def test_a_file_without_a_key_is_told(tmp_path: Path) -> None:
    own_identity(tmp_path)
    (tmp_path / "bundles-0001.identity").write_text("nothing")
    with pytest.raises(KeyRefused, match="no key in it"):
        identities(tmp_path)


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1" + "Q" * 58, "age1abc", "\xff\xfe"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert secrets_in(text.encode("utf-8")) == []


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"HABEAS_HOME": str(home)} | more
    return subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_the_command_prints_the_line_and_a_passphrase_encrypts_the_secret(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = run(home, "keys", "recipient")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("age1")
    assert "signed by" in first.stderr
    assert run(home, "keys", "recipient").stdout == first.stdout
    (path,) = (home / "keys").glob("*.identity")
    assert b"AGE-SECRET-KEY" in path.read_bytes()
    told = {"HABEAS_PASSPHRASE": "four words of a poem"}
    done = run(home, "passphrase", "set", **told)
    assert done.returncode == 0, done.stderr
    assert b"AGE-SECRET-KEY" not in path.read_bytes()
    again = run(home, "keys", "recipient", **told)
    assert again.stdout == first.stdout, again.stderr
    fresh = run(home, "keys", "recipient", "--new", **told)
    assert fresh.stdout != first.stdout
    assert all(b"AGE-SECRET" not in one.read_bytes() for one in path.parent.glob("*.identity"))
