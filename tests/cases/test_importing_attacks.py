"""Hostile files leave nothing, and what is odd is told. Invented people."""

import io
import zipfile
from pathlib import Path

import pytest
from case_story import invented
from import_story import HAND, LIST, PFIF, book, cells, packed, row, staged, taken, told
from openpyxl import Workbook

from habeas.cases.importing import deciding, staging
from habeas.cases.importing.counted import counted
from habeas.cases.importing.deciding import ALONE
from habeas.cases.importing.models import Decision, Import, Row
from habeas.cases.statements import recording
from habeas.cases.statements.models import Statement, Subject
from habeas.errors import FileNotImported, StatementRefused, TooManyRows


@pytest.fixture(autouse=True)
def _fresh(database: Path) -> None:
    del database


LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha">' + "".join(
    f'<!ENTITY b{n} "{"&b;" * 10 if n == 0 else f"&b{n - 1};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    "hostile",
    [
        LAUGHS + ']><pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">&b8;</pfif:pfif>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        '<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">' + "<a>" * 100_000,
        "<html><body>not pfif</body></html>",
        PFIF.format(version="1.4", first="given_name", last="family_name", other="x")[:-60],
    ],
)
def test_hostile_or_half_xml_leaves_nothing(hostile: str) -> None:
    with pytest.raises(FileNotImported):
        staged(hostile, "x.xml")
    assert not Import.objects.exists()
    assert not Row.objects.exists()


def test_entities_in_a_workbook_are_refused() -> None:
    good = book(lambda made: made.active.append(["ФИО"]))  # type: ignore[union-attr]
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(buffer, "w") as new:
        for one in old.infolist():
            content = old.read(one)
            if one.filename.endswith("sheet1.xml"):
                content = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + content
            new.writestr(one.filename, content)
    with pytest.raises(FileNotImported):
        staged(buffer.getvalue(), "x.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.txt", "w", force_zip64=True) as inside,
    ):
        for _n in range(450):
            inside.write(b"\0" * 1_000_000)
    with pytest.raises(FileNotImported, match="400 MB"):
        staged(buffer.getvalue(), "x.zip", subject=invented())


def test_an_archive_that_lies_about_its_sizes_fails_in_that_file_only() -> None:
    case = invented()
    sent = bytearray(packed(("a.txt", b"A" * 30_000_000), ("b.txt", "Письмо".encode())))
    size = (30_000_000).to_bytes(4, "little")
    sent = bytearray(bytes(sent).replace(size, (10).to_bytes(4, "little")))
    imported = taken(staged(bytes(sent), "x.zip", subject=case), ALONE)
    assert case.filed.count() == 1
    assert counted(imported).failed == 1


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_half_a_workbook_leaves_nothing(cut: float) -> None:
    whole = book(lambda made: made.active.append(["ФИО", "Возраст"]))  # type: ignore[union-attr]
    with pytest.raises(FileNotImported):
        staged(whole[: int(len(whole) * cut)], "x.xlsx")
    assert not Import.objects.exists()


def test_a_million_empty_rows_are_no_rows() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.active
        assert sheet is not None
        sheet.append(["ФИО", "Возраст"])
        sheet["A1048576"] = "Выдумов Небыл"

    imported = staged(book(fill), "x.xlsx")
    assert imported.read == 1
    assert row(imported, 1).place == "1048576"


def test_nul_bytes_and_control_signs_are_told_and_kept_out() -> None:
    imported = staged("ФИО,Возраст\nВыдумов\x00 Небыл\x1b[2J,41\n")
    assert "control" in told(imported)
    assert "\x00" not in cells(imported)["ФИО"]
    taken(imported, ALONE)
    assert counted(imported).imported == 1


def test_a_cell_of_ten_megabytes_is_cut_told_and_stays_in_the_file() -> None:
    imported = staged('ФИО,Примечание\nВыдумов Небыл,"' + "я" * 5_000_000 + '"\n')
    assert ["cut", "Примечание"] in row(imported, 1).told
    assert len(cells(imported)["Примечание"]) == 20_000
    taken(imported, ALONE)
    assert len(Statement.objects.get(property="note").as_said) > 20_000


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    imported = staged('ФИО,Возраст\n"Выдумов Небыл,41\n' + "Небылова Хаёл,30\n" * 60)
    assert "many_lines" in told(imported)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\x00\x01\x02\x00" * 500],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(FileNotImported):
        staged(content)


def test_a_page_takes_no_more_rows_than_somebody_can_wait_for() -> None:
    sent = staging.Sent(LIST.encode(), "a.csv", "x", "media")
    with pytest.raises(TooManyRows):
        staging.stage(sent, HAND, most=2)
    assert not Import.objects.exists()


def test_a_row_is_the_same_only_as_an_earlier_row_of_its_own_file() -> None:
    imported, other = staged(LIST), staged(LIST.replace("Небыл", "Хаёл"))
    for wrong in (row(imported, 2), row(imported, 3), row(other, 1)):
        with pytest.raises(StatementRefused):
            deciding.decide(row(imported, 2), Decision.SAME, HAND, other=wrong)
    event = recording.new_subject(Subject.EVENT, "Мельница", HAND)
    with pytest.raises(StatementRefused):
        deciding.decide(row(imported, 2), Decision.SAME, HAND, subject=event)
