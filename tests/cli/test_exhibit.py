"""`habeas exhibit` and `habeas verify`, end to end: from the demo to a machine without habeas."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_NAMES = ("Izzak Amon", "Kholov Izatullo Amonovich")


def _habeas(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        env={**os.environ, "HABEAS_HOME": str(home), "HABEAS_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what `habeas demo` leaves behind."""
    folder = tmp_path_factory.mktemp("demo")
    done = _habeas(folder / "home", "demo", "--into", str(folder / "demo"))
    assert done.returncode == 0, done.stderr
    return folder


def _page_with_the_match(demo: Path) -> str:
    found = _habeas(
        demo / "home", "find", _NAMES[0], "--also", _NAMES[1], str(demo / "demo"), "--json"
    )
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    match = next(one for one in lines if one.get("printed") == "Холов И.А.")
    place = str(match["place"])
    return place.partition(" · ")[0]


@pytest.fixture(scope="module")
def made(demo: Path) -> dict[str, object]:
    names = [part for name in _NAMES for part in ("--name", name)]
    done = _habeas(
        demo / "home", "exhibit", _page_with_the_match(demo), *names, "--into", str(demo / "out"),
        "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_the_row_that_matters_is_marked(made: dict[str, object]) -> None:
    assert made["rows"] == ["Холов И.А."]


def test_it_is_checked_on_a_machine_without_habeas(made: dict[str, object], tmp_path: Path) -> None:
    """Another folder, an empty environment, an isolated Python: nothing of habeas is there."""
    shutil.copytree(str(made["folder"]), tmp_path / "exhibit")
    script = "import importlib.util as u; raise SystemExit(u.find_spec('habeas') is not None)"
    python = getattr(sys, "_base_executable", sys.executable)
    nothing = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    assert subprocess.run([python, "-I", "-c", script], env=nothing, check=False).returncode == 0
    done = subprocess.run(
        [python, "-I", "verify.py", "--signer", str(made["signer"]), "--json"],
        cwd=tmp_path / "exhibit",
        env=nothing,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout)
    states = {one["name"]: one["state"] for one in told["checks"]}
    # On loopback there is nobody to ask for timestamps: that, and only that, is missing.
    assert [name for name, state in states.items() if state == "could not check"] == [
        "stamp.required"
    ]
    assert "broken" not in states.values()
    assert done.returncode == 3


def test_verify_says_the_same_inside_habeas(demo: Path, made: dict[str, object]) -> None:
    for what in ("folder", "zip"):
        done = _habeas(demo / "home", "verify", str(made[what]))
        assert done.returncode == 3, done.stdout
        assert "Signed by a key of this computer" in done.stdout
        assert "RESULT: nothing speaks against it" in done.stdout


def test_verify_reads_the_store_as_well(demo: Path, made: dict[str, object]) -> None:
    signer = str(made["signer"])
    done = _habeas(demo / "home", "verify", str(demo / "demo"), "--signer", signer, "--json")
    checks = {one["name"]: one["state"] for one in json.loads(done.stdout)["checks"]}
    assert checks["seal.signature"] == checks["item.bytes"] == "held"
    assert "broken" not in checks.values()


def test_another_signer_is_not_the_one_expected(demo: Path, made: dict[str, object]) -> None:
    done = _habeas(demo / "home", "verify", str(made["folder"]), "--signer", "ab" * 32)
    assert done.returncode == 1
    assert "which is not the signer that you expect" in done.stdout


@pytest.mark.parametrize("arguments", [("/nowhere",), ("/", "--signer", "12")])
def test_wrong_usage_of_verify_is_exit_code_2(demo: Path, arguments: tuple[str, ...]) -> None:
    done = _habeas(demo / "home", "verify", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_record_id_names_a_capture(demo: Path) -> None:
    number = Path(_page_with_the_match(demo)).name.partition("-")[2].partition(".")[0]
    done = _habeas(
        demo / "home", "exhibit", number, "--from", str(demo / "demo"), "--quote", "05-9020/2021",
        "--no-picture", "--paper", "uz", "--into", str(demo / "by-id"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Rows marked: 05-9020/2021" in done.stdout
    [folder] = [one for one in (demo / "by-id").iterdir() if one.is_dir()]
    assert [one.name[-6:] for one in folder.glob("*.pdf")] == ["uz.pdf"]


@pytest.mark.parametrize(
    ("capture", "words"),
    [
        ("nothing-of-the-kind", "nothing-of-the-kind is not a capture in a store of habeas"),
        ("match:99999", "match:99999 is not a capture"),
        (__file__, "is not a capture in a store of habeas"),
    ],
)
def test_what_is_no_capture_is_refused(demo: Path, capture: str, words: str) -> None:
    done = _habeas(demo / "home", "exhibit", capture, "--into", str(demo / "none"))
    assert done.returncode == 2
    assert words in done.stderr
    assert not (demo / "none").exists()
