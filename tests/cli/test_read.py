"""`habeas read`: what a volunteer sees, what a program gets, and its exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from habeas.cli import main
from habeas.errors import PlaceMissing

_TEXT = """Hundreds arrested in the capital

At least 120 of 400 protesters were arrested on April 2. According to OVD-Info, they had come to \
speak up for Farhod Latipov, who is accused of fraud. The interior ministry denies it.
"""


def _run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments, input=stdin, standalone_mode=False)
    return (done.return_value if isinstance(done.return_value, int) else -1), done.stdout


def test_a_pasted_text_is_told_with_its_words_and_its_doubts() -> None:
    code, output = _run("read", "-", stdin=_TEXT.encode())
    assert code == 0
    assert "The headline says “Hundreds arrested”" in output
    assert "at least 120, people out of: 400 ?" in output
    assert "OVD-Info? (named in the next sentence only)" in output
    assert "alleged by nobody named: fraud" in output
    assert "XXXX-04-02" in output
    start = _TEXT.index("At least 120")
    assert f"“At least 120 of 400 protesters” [{start}–" in output


def test_json_carries_everything_and_the_text_if_wanted() -> None:
    code, output = _run("read", "--json", "--with-text", "-", stdin=_TEXT.encode())
    answer = json.loads(output)
    assert code == 0
    assert answer["type"] == "reading"
    assert answer["text"] == _TEXT
    for one in answer["suggestions"]:
        assert _TEXT[one["start"] : one["end"]] == one["quote"]
        assert one["reason"]
    (count,) = [one for one in answer["suggestions"] if one["kind"] == "count" and one["total"]]
    assert (count["bounds"], count["low"], count["high"]) == ("at_least", 120, None)
    assert count["total"]["low"] == count["total"]["high"] == 400
    assert "text" not in json.loads(_run("read", "--json", "-", stdin=_TEXT.encode())[1])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 3),
        (b"12345 67890", 3),
        (b"The road went along the river.", 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", 3),
    ],
)
def test_nothing_suggested_and_could_not_look_are_two_things(
    tmp_path: Path, body: bytes, code: int
) -> None:
    place = tmp_path / "a.bin"
    place.write_bytes(body)
    assert _run("read", str(place))[0] == code
    assert _run("read", "--json", str(place))[0] == code


def test_a_place_that_fails_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(_TEXT, "utf-8")
    code, output = _run("read", "--json", str(tmp_path))
    first, second = (json.loads(line) for line in output.splitlines())
    assert code == 0
    assert (first["type"], second["type"]) == ("could_not_look", "reading")
    assert first["words"]


def test_a_missing_place_is_a_mistake_in_the_command(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["read", str(tmp_path / "nowhere")])
    assert isinstance(done.exception, PlaceMissing)
    assert done.exception.exit_code == 2


def test_control_characters_of_a_text_do_not_reach_the_terminal() -> None:
    text = "Police held \x1b[31m12 people in \u202eMoscow, said Farhod \x07Latipov."
    _code, output = _run("read", "-", stdin=text.encode())
    assert not {"\x1b", "\u202e", "\x07"} & set(output)
