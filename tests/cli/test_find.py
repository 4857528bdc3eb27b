"""`habeas find` as a user runs it: real files, a real process. All people are invented."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

_NAME = "Выдуманов Тимур Назарович"
_TABLE = (
    "<html><body><table><tr><th>№</th><th>ФИО</th></tr>"
    "<tr><td>1</td><td>{name}</td></tr></table></body></html>"
)
_CAPTCHA = (
    "<html><body><h2>Для продолжения необходимо пройти дополнительную проверку</h2>"
    '<form method="post" id="kcaptchaForm"><img src="/captcha.php">'
    '<input name="captcha-response"></form></body></html>'
)


def _find(folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", "find", "--json", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(folder / "state"), "HABEAS_LANG": "en"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def _pages(folder: Path, **pages: str) -> Path:
    place = folder / "pages"
    place.mkdir(exist_ok=True)
    for name, text in pages.items():
        (place / f"{name}.html").write_text(text, "utf-8")
    return place


def test_found_is_0_with_row_reasons_and_hash(tmp_path: Path) -> None:
    place = _pages(tmp_path, a=_TABLE.format(name=_NAME))
    code, lines, _err = _find(tmp_path, _NAME, str(place))
    match, summary = lines
    assert code == 0
    assert match["printed"] == _NAME
    assert match["reasons"]
    assert len(match["sha256"]) == 64
    assert summary["outcome"] == "found"


def test_looked_and_not_found_is_1(tmp_path: Path) -> None:
    place = _pages(tmp_path, a=_TABLE.format(name="Примерова Анна Львовна"))
    code, lines, _err = _find(tmp_path, _NAME, str(place))
    assert code == 1
    assert lines[-1]["outcome"] == "not_found"


@pytest.mark.parametrize("with_good_page", [False, True])
def test_a_captcha_beside_good_pages_is_3_and_never_1(
    tmp_path: Path, *, with_good_page: bool
) -> None:
    place = _pages(tmp_path, captcha=_CAPTCHA)
    if with_good_page:
        _pages(tmp_path, good=_TABLE.format(name="Примерова Анна Львовна"))
    code, lines, _err = _find(tmp_path, _NAME, str(place))
    assert code == 3
    assert lines[0]["reason"] == "captcha"
    assert lines[0]["advice"]
    assert lines[-1]["outcome"] == "could_not_look"


def test_a_missing_place_is_2_and_says_what_was_done(tmp_path: Path) -> None:
    code, lines, err = _find(tmp_path, _NAME, str(tmp_path / "nowhere"))
    assert code == 2
    assert not lines
    assert "nowhere" in err
    assert "Nothing was looked at." in err


def test_an_address_with_the_sought_name_is_not_asked(tmp_path: Path) -> None:
    address = "http://127.0.0.1:9/search?participant=%C2%FB%E4%F3%EC%E0%ED%EE%E2"
    code, lines, err = _find(tmp_path, _NAME, address)
    assert code == 2
    assert not lines
    assert "contains the sought name" in err
    assert not (tmp_path / "captures").exists()


def test_what_a_page_prints_cannot_steer_the_terminal(tmp_path: Path) -> None:
    hostile = _TABLE.format(name=f"\x1b[2J\u202e{_NAME}\x9b31m")
    place = _pages(tmp_path, a=hostile)
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", "find", _NAME, str(place)],
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")},
    )
    shown = done.stdout.decode("utf-8")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\x9b" not in shown


def test_an_interrupted_search_goes_on_where_it_stopped(tmp_path: Path) -> None:
    place = _pages(tmp_path, **{f"p{n:04d}": _TABLE.format(name=_NAME) for n in range(1500)})
    command = [sys.executable, "-m", "habeas.cli", "find", "--json", "--jobs", "1", _NAME]
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "HABEAS_LANG": "en"}
    with subprocess.Popen(
        [*command, str(place)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        journals = tmp_path / "state" / "habeas" / "find"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            kept = list(journals.glob("*.jsonl")) if journals.exists() else []
            if kept and kept[0].stat().st_size > 20_000:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
        assert process.returncode == 3, err
    assert b"again to go on" in err
    (journal,) = journals.glob("*.jsonl")
    already = len(journal.read_bytes().splitlines())
    assert 0 < already < 1500
    code, lines, _err = _find(tmp_path, "--jobs", "1", _NAME, str(place))
    assert code == 0
    assert len(lines) == 1501
    assert len({line["place"] for line in lines[:-1]}) == 1500
    assert not list(journals.glob("*.jsonl"))


def test_several_processes_give_the_same_answer_as_one(tmp_path: Path) -> None:
    pages = {
        f"p{n:03d}": _TABLE.format(name=_NAME if n % 7 == 0 else "Примеров П.П.")
        for n in range(150)
    }
    place = _pages(tmp_path, **pages)
    one = _find(tmp_path, "--jobs", "1", _NAME, str(place))
    two = _find(tmp_path, "--jobs", "2", _NAME, str(place))
    assert one[:2] == two[:2]
