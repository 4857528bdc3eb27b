"""What is read of lists, workbooks and records. Invented people."""

import csv
import io
import re
from pathlib import Path

import pytest
from django_ready import POSTGRESQL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_story import LIST, PFIF, adds_up, book, cells, row, staged, taken, told
from openpyxl import Workbook

from habeas.cases.importing import columns, deciding
from habeas.cases.importing.claims import understood
from habeas.cases.importing.counted import counted
from habeas.cases.importing.deciding import ALONE, REST
from habeas.cases.importing.readers import delimited
from habeas.cases.importing.readers.rows import Reading
from habeas.cases.importing.words import FIELDS
from habeas.cases.statements.models import Statement
from habeas.watch.models import Spelling


@pytest.fixture(autouse=True)
def _fresh(database: Path) -> None:
    del database


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_table_is_read_in_any_charset_and_layout(charset: str, delimiter: str) -> None:
    imported = staged(LIST.replace(";", delimiter).encode(charset))
    assert imported.read == 3
    assert imported.headings == ["ФИО", "Дата рождения", "Где содержится", "Любимый цвет"]
    assert cells(imported)["ФИО"] == "Выдумов Небыл Вымышленович"
    assert deciding.mapping_of(imported) == {
        "ФИО": "name",
        "Дата рождения": "born",
        "Где содержится": "custody_place",
        "Любимый цвет": "note",
    }


def test_letters_beyond_ascii_that_come_late_still_tell_the_charset() -> None:
    many = "name,note\n" + "Nobody Invented,x\n" * 80_000 + "Выдумов Небыл,y\n"
    stream = io.BytesIO(many.encode("cp1251"))
    last = list(delimited.read(stream, Reading()))[-1]
    assert last.cells[0].text == "Выдумов Небыл"


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Full name", "name"), ("Ф.И.О.", "name"), ("Ному насаб", "name"), ("F.I.Sh.", "name"),
        ("Date of birth", "born"), ("Год рождения", "born"), ("Соли таваллуд", "born"),
        ("Tug‘ilgan yili", "born"), ("Телефон", "phone"), ("passportNumber", "identifier"),
        ("Event.name", "note"), ("note.phone_of_found_person", "phone"), ("x", "note"),
    ],
)  # fmt: skip
def test_headings_are_known_in_four_languages(heading: str, meant: str) -> None:
    assert columns.proposed([heading]) == {heading: meant}


def test_what_is_above_the_headings_and_without_a_heading_is_told_and_kept() -> None:
    imported = staged("Список Выдумки,,\n\nФИО,Возраст\nВыдумов Небыл,41,лишнее\nФИО,Возраст\n")
    assert ["before_header", "Список Выдумки"] in imported.remarks
    assert cells(imported) == {"ФИО": "Выдумов Небыл", "Возраст": "41", "3": "лишнее"}
    assert ["extra", "3"] in row(imported, 1).told
    assert row(imported, 2).out == "header_again"
    taken(imported, ALONE)
    assert Statement.objects.get(property="note").value == "3: лишнее"
    assert adds_up(imported)
    assert counted(imported).left_out == 1


def test_without_headings_every_line_is_a_row() -> None:
    imported = staged("Выдумов Небыл,41\nНебылова Хаёл,30\n")
    assert imported.read == 2
    assert "no_header" in told(imported)
    assert imported.headings == ["1", "2"]


def test_two_columns_of_one_heading_stay_apart() -> None:
    imported = staged("ФИО,Телефон,Телефон\nВыдумов Небыл,1112233,4445566\n")
    assert cells(imported)["Телефон (2)"] == "4445566"


def test_a_workbook_is_read_with_hidden_sheets_and_formulas_told() -> None:
    def fill(made: Workbook) -> None:
        from datetime import datetime

        sheet = made.active
        assert sheet is not None
        sheet.append(["ФИО", "Дата рождения", "Возраст"])
        sheet.append(["Выдумов Небыл", datetime(1984, 5, 12), '=HYPERLINK("http://x")'])  # noqa: DTZ001 - as in a cell
        hidden = made.create_sheet("Тайный")
        hidden.append(["Name", "Age"])
        hidden.append(["Nebylova Xayol", 30.0])
        hidden.sheet_state = "hidden"

    imported = staged(book(fill), "list.xlsx")
    assert imported.kind == "workbook"
    assert cells(imported)["Дата рождения"] == "1984-05-12"
    assert cells(imported)["Возраст"] == '=HYPERLINK("http://x")'
    assert ["formula_bare", "Возраст"] in row(imported, 1).told
    assert ["hidden_sheet", "Тайный"] in imported.remarks
    assert cells(imported, 2) == {"Name": "Nebylova Xayol", "Age": "30"}
    assert row(imported, 2).place == "Тайный, 2"


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4"])
def test_pfif_of_every_version_brings_people_and_notes_with_their_authors(version: str) -> None:
    old = version < "1.4"
    words = {"first": "first_name", "last": "last_name", "other": "other"}
    new = {"first": "given_name", "last": "family_name", "other": "description"}
    imported = staged(PFIF.format(version=version, **(words if old else new)), "x.xml")
    assert imported.read == 3
    taken(imported, ALONE, REST)
    names = Statement.objects.filter(property="known_as")
    assert [one.value for one in names] == ["Выдумов Небыл"]
    assert names[0].speaker == "Выдумова Мать"
    seen = Statement.objects.get(property="last_place")
    assert (seen.speaker, seen.said_on) == ("Сосед Выдумка", "2026-11-02T10:00:00")
    assert seen.place == "row 1, note 1"
    assert counted(imported).left_out == 2
    everything = " ".join(str(one.cells) for one in imported.rows.all())
    assert "Забытов" not in everything
    assert adds_up(imported)


def test_entities_bring_people_and_what_points_to_them() -> None:
    imported = staged(
        '{"id":"p1","schema":"Person","properties":{"name":["Выдумов Небыл"],"birthDate":["1984"],'
        '"alias":["Nebyl V."]}}\n'
        '{"id":"d1","schema":"Passport","properties":{"holder":["p1"],"passportNumber":["N112233"]}}\n'
        '{"id":"e1","schema":"Event","properties":{"name":["Митинг Выдумки"]}}\n',
        "x.ndjson",
    )
    assert imported.kind == "ftm"
    assert imported.read == 2
    taken(imported, ALONE)
    assert {one.text for one in Spelling.objects.all()} == {"Выдумов Небыл", "Nebyl V."}
    assert Statement.objects.get(property="identifier").value == "N112233"
    assert row(imported, 2).out == "no_person"


_CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd;|"),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_every_cell_of_any_table_is_in_a_row_or_told(grid: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(grid)
    reading = Reading()
    rows = list(delimited.read(io.BytesIO(written.getvalue().encode()), reading))
    kept = " ".join(cell.text for row in rows for cell in row.cells)
    kept += " ".join([*reading.columns, *(odd.about for odd in reading.remarks)])
    # Of a small table a sign in its cells may be taken for the separator, or for a quotation mark.
    for text in (text for line in grid for text in line):
        assert all(word in kept for word in re.split(r"[\s;,|\"]+", text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(list(FIELDS)), _CELLS.filter(str.strip)), max_size=8),
)
def test_every_cell_is_said_or_left_out_by_choice(chosen: list[tuple[str, str]]) -> None:
    mapping = {str(number): meant for number, (meant, _text) in enumerate(chosen)}
    read = understood(
        [[str(number), text.strip()] for number, (_meant, text) in enumerate(chosen)], mapping
    )
    kept = [*read.names, read.speaker, *(cell.text for cell in read.left)]
    kept += [f"{one.claim.value} {one.claim.as_said}" for one in read.spoken]
    everything = " ".join(kept)
    for meant, text in chosen:
        for word in text.replace(";", " ").replace("|", " ").split():
            assert word in everything or (meant == "said_on" and read.said_on)


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_signs_that_no_database_holds_are_kept_out_on_postgresql(database: Path) -> None:
    del database
    odd = '{"id":"1","schema":"Person","properties":{"name":["Выдумов \\u0000 \\ud800 Небыл"]}}'
    imported = taken(staged(odd, "x.ndjson"), ALONE)
    assert counted(imported).imported == 1
    assert adds_up(imported)
