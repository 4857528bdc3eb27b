import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from habeas.cli import main, match_batch


def _run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments, input=stdin, standalone_mode=False)
    return (done.return_value if isinstance(done.return_value, int) else -1), done.stdout


def test_with_the_ministrys_spelling_the_courts_row_is_more_than_cannot_tell() -> None:
    code, output = _run("match", "--json", "Izzak Amon | Kholov Izatullo Amonovich", "Холов И.А.")
    answer = json.loads(output)
    assert code == 0
    assert answer["verdict"] in {"possible", "likely"}
    assert answer["reasons"]


def test_without_it_nobody_can_tell() -> None:
    code, output = _run("match", "--json", "Izzak Amon", "Холов И.А.")
    assert code == 0
    assert json.loads(output)["verdict"] == "cannot_tell"


def test_reasons_are_told_in_words_with_their_bits() -> None:
    _code, output = _run("match", "Izzak Amon | Kholov Izatullo Amonovich", "Холов И.А.")
    assert "Холов" in output or "холов" in output
    assert "bits" in output
    assert "in a million" in output


def test_batch_answers_every_line_with_one_line() -> None:
    pairs = "Izzat Amon\tХолов И.А.\nКаримов Рустам\tКаримов Р.\n\t\nИван\t\n12\t34\n".encode()
    code, output = _run("match", "--batch", stdin=pairs)
    answers = [json.loads(line) for line in output.splitlines()]
    assert code == 0
    assert len(answers) == 5
    assert all(isinstance(answer["score"], float) for answer in answers)
    assert [answer["verdict"] for answer in answers[2:]] == ["cannot_tell"] * 3


def test_a_line_without_tab_is_answered_and_the_run_says_so() -> None:
    code, output = _run("match", "--batch", stdin=b"no tab here\na\tb\n")
    assert code == 2
    assert json.loads(output.splitlines()[0])["verdict"] == "cannot_tell"


@pytest.mark.parametrize(
    "arguments", [("match",), ("match", "only one"), ("match", "a", "--batch")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["", " ", "1234", "!?", "x" * 10_001])
def test_what_is_no_name_is_a_usage_error_that_says_why(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", "match", "--", name, "Холов И.А."],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


def test_starting_loads_nothing_heavy() -> None:
    code = (
        "import sys; from habeas.cli import run\n"
        "try: run(['match', 'Izzat Amon', 'Холов И.А.'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'numba', 'rich', 'warcio', 'pypdf', 'cryptography', 'django'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_several_processes_answer_in_the_order_of_the_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(match_batch, "TOGETHER", 40)
    names = ["Холов И.А.", "Kholov Izatullo", "no tab", "12", "Дорохин Павел", "Рахмонов Ш."]
    lines = [
        one if one == "no tab" else f"{one}\t{other}"
        for one in names
        for other in names
        for _ in range(4)
    ]
    text = "\n".join(lines).encode()
    alone = _run("match", "--batch", "--processes", "1", stdin=text)
    shared = _run("match", "--batch", "--processes", "2", stdin=text)
    assert alone == shared
    assert alone[0] == 2
    assert len(alone[1].splitlines()) == len(lines)
