"""Reading of tables: a bad row is refused with file and line."""

from pathlib import Path

import pytest

from habeas.errors import TableRefused
from habeas.names.tables_io import FOLDER, check, rows


def table(folder: Path, text: str) -> Path:
    (folder / "made.tsv").write_text(text, encoding="utf-8")
    return folder


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    folder = table(tmp_path, "# from nowhere\n\na\tb\n1\t2\n")
    assert list(rows("made", ("b", "a"), folder)) == [("2", "1")]


def test_a_row_with_a_missing_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = table(tmp_path, "# from nowhere\na\tb\n1\n")
    with pytest.raises(TableRefused, match=r"made\.tsv, line 3: 1 cells, the header has 2"):
        list(rows("made", ("a",), folder))


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match="no column c"):
        list(rows("made", ("c",), table(tmp_path, "a\tb\n")))


def test_a_missing_table_has_no_rows(tmp_path: Path) -> None:
    assert list(rows("made", ("a",), tmp_path)) == []


def test_an_impossible_row_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = table(tmp_path, "a\tb\n1\t2\n3\tx\n")
    with pytest.raises(TableRefused, match=r"line 3: no number"):
        check("made", ("b",), lambda row: "" if row[0].isdigit() else "no number", folder)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_table_is_whole_and_says_where_it_comes_from(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    header = next(line for line in lines if not line.startswith("#")).split("\t")
    assert list(rows(path.stem, tuple(header)))


def number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def test_the_prices_of_sounds_are_possible() -> None:
    def refuse(row: tuple[str, ...]) -> str:
        one, other, bits = row
        return "" if len(one) == len(other) == 1 and one != other and number(bits) else "impossible"

    assert check("sound_costs", ("one", "other", "bits"), refuse) > 50


def test_the_case_endings_are_possible() -> None:
    def refuse(row: tuple[str, ...]) -> str:
        paradigm, gender, cases, price = row
        possible = (
            paradigm in {"ov", "adj", "noun", "father"}
            and gender in {"m", "f", "mf"}
            and (cases == "*" or set(cases) <= set("ngdaip"))
            and number(price)
        )
        return "" if possible else "impossible"

    assert check("case_endings", ("paradigm", "gender", "cases", "price"), refuse) > 100


def test_every_style_has_a_source_and_a_place() -> None:
    def refuse(row: tuple[str, ...]) -> str:
        places = {"any", "start", "end", "vowel", "front", "after_vowel"}
        return "" if row[0] in places and row[1] else "impossible"

    assert check("romanisations", ("where", "source"), refuse) > 150
