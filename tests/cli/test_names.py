"""`habeas names learn`, and what a search makes of it. All names are invented."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from habeas.cli import main
from habeas.errors import CountsRefused, NothingLearned

# Every second person of this list is a Собиров: there the surname says next to nothing.
_GIVEN = ("Далер", "Фаррух", "Шавкат", "Рустам", "Зафар", "Умед", "Карим", "Олим", "Саид", "Анвар")
_FATHERS = ("Хакимович", "Шарифович", "Каримович", "Алиевич", "Азизович")
_SURNAMES = ("Собиров", "Щурбадаков", "Собиров", "Дорохин", "Собиров", "Ятимов")


def _list(path: Path, surnames: tuple[str, ...] = _SURNAMES) -> Path:
    people = [
        f"{surnames[(place + number) % len(surnames)]} {given} {father},18.10"
        for place, given in enumerate(_GIVEN)
        for number, father in enumerate(_FATHERS)
    ]
    path.write_text("ФИО,Статья\n" + "\n".join(people) + "\n", encoding="utf-8")
    return path


def _run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(one) for one in arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return (
        (done.return_value if isinstance(done.return_value, int) else -1),
        done.stdout,
        (done.stderr),
    )


def _scores(folder: Path, *options: object) -> list[float]:
    done = subprocess.run(
        [
            sys.executable, "-m", "habeas.cli", "find", "Собиров Далер", folder / "list.csv",
            "--json", "--fresh", "--jobs", "1", *map(str, options),
        ],
        capture_output=True, text=True, check=False, cwd=folder,
        env={"PATH": "", "XDG_STATE_HOME": str(folder), "HOME": str(folder), "HABEAS_LANG": "en"},
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [line["score"] for line in lines if line["type"] == "match"]


def test_a_name_that_is_common_in_a_source_says_less_there(tmp_path: Path) -> None:
    table, counts = _list(tmp_path / "list.csv"), tmp_path / "counts.json"
    code, output, _ = _run(
        "names", "learn", table, "--named", "--source", "list", "--counts", counts
    )
    assert code == 0
    assert "50 people" in output
    assert stat.S_IMODE(counts.stat().st_mode) == 0o600
    before = _scores(tmp_path)
    after = _scores(tmp_path, "--counts", counts, "--counts-of", "list")
    assert max(after) < max(before) - 3


def test_no_whole_name_and_nothing_seen_once_is_kept(tmp_path: Path) -> None:
    counts = tmp_path / "counts.json"
    table = _list(tmp_path / "list.csv")
    with table.open("a", encoding="utf-8") as file:
        file.write("Небывалов Щедрослав Лукич,18.10\n")
    _run("names", "learn", table, "--named", "--source", "list", "--counts", counts)
    kept = counts.read_text(encoding="utf-8").lower()
    for part in ("nebival", "небывал", "щедрослав", "sedroslav", "собиров далер"):
        assert part not in kept


def test_learning_again_replaces_that_source_and_no_other(tmp_path: Path) -> None:
    counts = tmp_path / "counts.json"
    one, other = _list(tmp_path / "one.csv"), _list(tmp_path / "two.csv", ("Дорохин", "Ятимов"))
    for source, table in (("a", one), ("b", one), ("a", other)):
        assert _run("names", "learn", table, "--named", "--source", source, "--counts", counts)
    _, output, _ = _run("names", "show", "--json", "--counts", counts)
    shown = {line["source"]: line["surnames"] for line in map(json.loads, output.splitlines())}
    assert "sobir" not in shown["a"]
    assert shown["b"]["sobir"] > 5


def test_without_a_party_nothing_is_learned_and_nothing_changed(tmp_path: Path) -> None:
    table, counts = _list(tmp_path / "list.csv"), tmp_path / "counts.json"
    with pytest.raises(NothingLearned):
        _run("names", "learn", table, "--source", "list", "--counts", counts)
    assert not counts.exists()


def test_what_could_not_be_read_is_said_and_is_exit_code_3(tmp_path: Path) -> None:
    table, broken = _list(tmp_path / "list.csv"), tmp_path / "broken.warc.gz"
    broken.write_bytes(b"\x1f\x8b\x08\x00broken")
    code, _, error = _run(
        "names", "learn", table, broken, "--named", "--source", "x", "--counts", tmp_path / "c.json"
    )
    assert code == 3
    assert "could not be read" in error


def test_counts_that_are_none_are_refused(tmp_path: Path) -> None:
    counts = tmp_path / "counts.json"
    counts.write_text('{"habeas_name_counts": 1, "sources": {"a": {"people": -1}}}')
    with pytest.raises(CountsRefused):
        _run("names", "show", "--counts", counts)


def test_nothing_learned_yet_is_not_found(tmp_path: Path) -> None:
    code, _, error = _run("names", "show", "--counts", tmp_path / "none.json")
    assert code == 1
    assert "Nothing was learned yet" in error


@pytest.mark.parametrize(
    "option", ["born=1799", "born=soon", "gender=x", "height=180", "born", "place="]
)
def test_a_fact_that_cannot_be_is_wrong_usage(option: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", "match", "a", "b", "--known", option],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_facts_that_both_sides_carry_count() -> None:
    def bits(*options: str) -> float:
        _, output, _ = _run("match", "Собиров Далер", "Собиров Д.Х.", "--json", *options)
        return float(json.loads(output)["score"])

    alone = bits()
    assert bits("--known", "born=1987") == alone
    assert bits("--known", "born=1987", "--printed", "born=1987") > alone
    assert bits("--known", "citizenship=TJ", "--printed", "citizenship=Узбекистан") < alone
    assert bits("--known", "relative=Собир Зарина", "--printed", "relative=Собир Зарина") > alone


def test_reasons_are_explained_in_sentences_or_as_a_fragment() -> None:
    pair = ("match", "Izzat Amon", "Холов Изатулло Амонович", "--explain")
    _, told, _ = _run(*pair)
    assert "one is a short form of the other" in " ".join(told.split())
    assert "given_names.tsv" in told
    _, page, _ = _run(*pair, "--html")
    assert page.startswith('<p data-verdict="likely">')
    assert "<script" not in page
