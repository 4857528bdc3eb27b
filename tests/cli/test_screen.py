"""`habeas screen`: many people against rows and texts. Everybody is invented."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from habeas.cli import main
from habeas.errors import PeopleRefused, TableUnreadable

PEOPLE = "person\tnames\np1\tPavel Dorokhin | Дорохин П. И.\np2\tШавкат Джалолов\n"
ROWS = "row\ttext\n1\tДОРОХИНУ П.И.\n2\tЛужский О.И.\n3\tJalolov Shavkat\n"


def _run(*arguments: object, stdin: bytes | None = None) -> tuple[int, list[dict[str, Any]], str]:
    words = [str(one) for one in arguments]
    done = CliRunner().invoke(main, words, input=stdin, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return int(done.return_value), [json.loads(x) for x in done.stdout.splitlines()], done.stderr


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.tsv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_rows_are_answered_with_row_person_score_and_verdict(people: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.tsv"
    rows.write_text(ROWS, encoding="utf-8")
    code, alerts, told = _run("screen", "--people", people, "--rows", rows)
    assert code == 0
    assert [(one["row"], one["person"]) for one in alerts] == [("1", "p1"), ("3", "p2")]
    assert all(one["verdict"] in {"same", "likely", "possible"} for one in alerts)
    assert all(isinstance(one["score"], float) for one in alerts)
    assert told == ""


def test_rows_come_from_standard_input_with_columns_in_any_order(people: Path) -> None:
    rows = "court\ttext\trow\nA\tДорохина Павла\t7\n".encode()
    code, alerts, _told = _run("screen", "--people", people, "--rows", "-", stdin=rows)
    assert (code, [one["row"] for one in alerts]) == (0, ["7"])


def test_a_text_is_answered_with_the_bytes_of_the_name(people: Path, tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text("Вчера суд оштрафовал Павла Дорохина. Позже отпустили Ш. Джалолова.", "utf-8")
    code, alerts, _told = _run("screen", "--people", people, "--text", text)
    raw = text.read_bytes()
    assert code == 0
    assert [one["printed"] for one in alerts] == ["Павла Дорохина", "Ш. Джалолова"]
    assert [raw[one["start"] : one["end"]].decode() for one in alerts] == [
        one["printed"] for one in alerts
    ]


def test_an_empty_text_names_nobody(people: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert _run("screen", "--people", people, "--text", empty) == (0, [], "")


def test_rows_cut_short_are_counted_aloud_and_the_rest_is_looked_at(people: Path) -> None:
    rows = "row\ttext\n1\n2\tДорохин П. И.\n\n3\t\n".encode()
    code, alerts, told = _run("screen", "--people", people, "--rows", "-", stdin=rows)
    assert (code, [one["row"] for one in alerts]) == (3, ["2"])
    assert "not looked at" in told
    assert ": 1." in told


def test_rows_in_another_charset_are_could_not_look_and_never_nothing(people: Path) -> None:
    rows = b"row\ttext\n1\t" + "Дорохин П. И.".encode("cp1251") + b"\n2\t" + "Ш. Джалолов".encode()
    code, alerts, told = _run("screen", "--people", people, "--rows", "-", stdin=rows)
    assert (code, [one["row"] for one in alerts]) == (3, ["2"])
    assert ": 1." in told


def test_a_text_in_another_charset_is_could_not_look_and_the_next_is_read(
    people: Path, tmp_path: Path
) -> None:
    strange, plain = tmp_path / "strange.txt", tmp_path / "plain.txt"
    strange.write_bytes("Суд оштрафовал Павла Дорохина.".encode("cp1251"))
    plain.write_text("Суд оштрафовал Павла Дорохина.", encoding="utf-8")
    code, alerts, told = _run("screen", "--people", people, "--text", strange, "--text", plain)
    assert (code, [Path(one["text"]).name for one in alerts]) == (3, ["plain.txt"])
    assert "strange.txt" in told


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) - 1])
def test_a_letter_cut_by_the_pieces_is_not_another_charset(
    people: Path, tmp_path: Path, size: int
) -> None:
    text = tmp_path / "long.txt"
    text.write_bytes(b"." * (size - 1) + "я Павел Дорохин".encode())
    code, alerts, told = _run("screen", "--people", people, "--text", text)
    assert (code, len(alerts), told) == (0, 1, "")


@pytest.mark.parametrize("line", ["p3\t18.10", "p3\t", "p3"])
def test_a_person_without_a_name_stops_the_search(people: Path, line: str) -> None:
    people.write_text(f"{PEOPLE}{line}\n", encoding="utf-8")
    with pytest.raises(PeopleRefused, match="line 4"):
        _run("screen", "--people", people, "--rows", "-", stdin=ROWS.encode())


@pytest.mark.parametrize("content", [b"", b"person\tname\n", b"person\tnames\n\xff\xfe\n"])
def test_a_list_of_people_that_cannot_be_read_is_no_empty_list(
    people: Path, content: bytes
) -> None:
    people.write_bytes(content)
    with pytest.raises(TableUnreadable):
        _run("screen", "--people", people, "--rows", "-", stdin=ROWS.encode())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_said(people: Path) -> None:
    people.chmod(0)
    with pytest.raises(TableUnreadable):
        _run("screen", "--people", people, "--rows", "-", stdin=ROWS.encode())


def test_missing_files_are_said_and_nothing_is_called_not_found(
    people: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.tsv"
    for arguments in (("--people", gone, "--rows", "-"), ("--people", people, "--rows", gone)):
        with pytest.raises(TableUnreadable) as raised:
            _run("screen", *arguments, stdin=ROWS.encode())
        assert raised.value.exit_code == 3
    code, alerts, told = _run("screen", "--people", people, "--text", gone)
    assert (code, alerts) == (3, [])
    assert "gone.tsv" in told
