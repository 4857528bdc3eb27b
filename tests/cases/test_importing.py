"""Imports are decided by a person, taken over once, and taken back. Invented people."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from case_story import invented
from click.testing import CliRunner
from django.conf import settings
from django.db import connections
from import_story import HAND, LIST, adds_up, packed, row, staged, taken

from habeas.cases.importing import applying, deciding, staging
from habeas.cases.importing.counted import counted
from habeas.cases.importing.deciding import ALONE, DOUBLE, REST
from habeas.cases.importing.models import Alike, Decision, Result
from habeas.cases.statements.models import Statement, Subject
from habeas.cli.cases import command
from habeas.errors import FileNotImported, StatementRefused
from habeas.watch.models import Person, Spelling


@pytest.fixture(autouse=True)
def _fresh(database: Path) -> None:
    del database


def test_each_row_becomes_statements_with_speaker_document_and_place() -> None:
    imported = taken(staged(LIST), ALONE, REST)
    person = Subject.objects.get(code="P1")
    said = {one.property: one for one in person.statements.all()}
    assert said["born"].value == "1984-05-12"
    assert said["custody_place"].speaker == "Центр Выдумки"
    assert said["custody_place"].place == "row 2"
    assert said["custody_place"].document == imported.document
    assert said["note"].value == "Любимый цвет: синий"
    assert Person.objects.get(code="P1").birth_year == 1984
    upload = imported.document.uploads.get()
    assert upload.sha256 == imported.sha256


def test_a_cell_that_is_not_understood_is_a_note_under_its_heading() -> None:
    imported = staged(LIST)
    taken(imported, ALONE)
    deciding.decide(row(imported, 3), Decision.NEW, HAND)
    taken(imported)
    values = {one.value for one in Statement.objects.filter(property="note")}
    assert "Дата рождения: весной 1990" in values


def test_doubles_are_proposed_among_people_and_within_the_file() -> None:
    there = invented(name="Vydumov Nebyl Vymyshlenovich")
    imported = staged(LIST)
    proposed = Alike.objects.get(row=row(imported, 1))
    assert proposed.subject == there
    assert Alike.objects.get(row=row(imported, 3)).other == row(imported, 2)
    assert not Statement.objects.exists()


def test_a_row_that_is_the_same_joins_the_person() -> None:
    there = invented()
    imported = staged(LIST)
    deciding.decide(row(imported, 1), Decision.SAME, HAND, subject=there)
    deciding.decide(row(imported, 2), Decision.NEW, HAND)
    deciding.decide(row(imported, 3), Decision.SAME, HAND, other=row(imported, 2))
    taken(imported)
    assert Person.objects.count() == 2
    assert there.statements.filter(property="custody_place").exists()
    other = Result.objects.get(row=row(imported, 2)).subject
    assert Result.objects.get(row=row(imported, 3)).subject == other
    assert counted(imported).done


def test_years_of_birth_that_differ_are_told_and_nobody_is_joined_in_a_group() -> None:
    invented(name="Выдумов Небыл Вымышленович")
    Person.objects.update(birth_year=1971)
    imported = staged(LIST)
    assert Alike.objects.get(row=row(imported, 1)).years_differ
    deciding.decide_group(imported, DOUBLE, HAND)
    assert not Decision.objects.exists()


def test_what_nobody_decided_is_not_taken_over() -> None:
    imported = taken(staged(LIST))
    assert not Person.objects.exists()
    assert counted(imported).open == 3


def test_a_row_without_a_name_fails_and_the_others_go_on() -> None:
    imported = taken(staged("ФИО,Возраст\n,41\nВыдумов Небыл,30\n"), ALONE)
    now = counted(imported)
    assert (now.imported, now.failed) == (1, 1)
    assert "no name" in Result.objects.get(outcome="failed").reason
    assert adds_up(imported)


def test_the_same_file_twice_is_told_and_nothing_is_there_twice() -> None:
    first = taken(staged(LIST), ALONE, REST)
    before = Statement.objects.count()
    again = staging.stage(staging.Sent(LIST.encode(), "b.csv", "x", "media"), HAND)
    assert again.again
    assert again.imported == first
    taken(again.imported, ALONE, REST)
    assert Statement.objects.count() == before


def test_undone_means_retracted_never_deleted_and_may_be_imported_again() -> None:
    imported = taken(staged(LIST), ALONE, REST)
    said = Statement.objects.filter(retracts=None).count()
    applying.undo(imported, HAND)
    applying.undo(imported, HAND)
    assert Statement.objects.filter(retracts=None).count() == said
    assert Statement.objects.exclude(retracts=None).count() == said
    assert not Spelling.objects.filter(withdrawn_at=None).exists()
    assert not Person.objects.filter(closed_at=None).exists()
    assert counted(imported).undone == counted(imported).imported
    assert not staging.stage(staging.Sent(LIST.encode(), "b.csv", "x", "media"), HAND).again


def test_undoing_leaves_the_names_that_others_gave() -> None:
    there = invented()
    imported = staged(LIST)
    deciding.decide(row(imported, 1), Decision.SAME, HAND, subject=there)
    taken(imported)
    applying.undo(imported, HAND)
    assert there.person is not None
    assert there.person.spellings.filter(withdrawn_at=None).count() == 1
    assert there.person.closed_at is None


def test_the_choice_of_columns_is_remembered_for_the_same_headings() -> None:
    imported = staged(LIST)
    deciding.choose(imported, {"Любимый цвет": "marks", "Где содержится": "out"}, HAND)
    other = staged(LIST.replace("Выдумов", "Выдумщиков"))
    assert deciding.mapping_of(other)["Любимый цвет"] == "marks"
    taken(other, ALONE)
    assert Statement.objects.filter(property="marks").exists()
    assert not Statement.objects.filter(property="custody_place").exists()


def test_columns_are_not_changed_once_rows_were_taken_over() -> None:
    imported = taken(staged(LIST), ALONE)
    with pytest.raises(StatementRefused):
        deciding.choose(imported, {"ФИО": "note"}, HAND)


@pytest.mark.parametrize("chosen", [{"ФИО": "recorded_by"}, {"visibility": "name"}])
def test_no_column_is_mapped_to_what_is_not_offered(chosen: dict[str, str]) -> None:
    with pytest.raises(StatementRefused):
        deciding.choose(staged(LIST), chosen, HAND)


def test_papers_go_into_a_file_and_tricks_do_not() -> None:
    case = invented()
    sent = packed(
        ("письмо.txt", "Письмо Выдумова".encode()),
        ("../../etc/cron.d/x", b"* * * * *"),
        ("/etc/passwd", b"root"),
        ("C:\\x.txt", b"x"),
        ("program.exe", b"MZ\x00\x00\xff"),
        link="link.txt",
    )
    imported = taken(staged(sent, "papers.zip", subject=case), ALONE)
    assert [one.out for one in imported.rows.order_by("number")] == [
        "", "outside", "outside", "outside", "", "link",
    ]  # fmt: skip
    assert [one.document.title for one in case.filed.all()] == ["письмо.txt"]
    now = counted(imported)
    assert (now.imported, now.left_out, now.failed) == (1, 4, 1)


def test_papers_need_a_case() -> None:
    with pytest.raises(FileNotImported):
        staged(packed(("a.txt", b"x")), "a.zip")


_KILLED = """
import os, signal, sys
import django_ready
import os
import signal
import subprocess
import sys
from pathlib import Path
django_ready.use(Path(sys.argv[1]))
os.environ["HABEAS_HOME"] = sys.argv[2]
from django.conf import settings
settings.HABEAS_HOME = Path(sys.argv[2])
from django.db.models.signals import post_save
from habeas.cases.importing import applying
from habeas.cases.importing.models import Import, Made
from habeas.cases.statements.recording import Hand
from case_story import NOW
made = []
def kill(**_more):
    made.append(1)
    if len(made) == 6:
        os.kill(os.getpid(), signal.SIGKILL)
post_save.connect(kill, sender=Made, weak=False)
applying.apply(Import.objects.get(), Hand("owner", NOW))
"""


def test_an_import_killed_in_the_middle_of_a_row_goes_on_and_nothing_is_twice(
    database: Path,
) -> None:
    many = "ФИО,Возраст,Телефон\n" + "".join(
        f"{surname} Небыл,{n},+99290000{n}\n"
        for n, surname in enumerate(("Выдумов", "Хаёлов", "Мельников", "Тасаввуров", "Мостов"), 40)
    )
    imported = staged(many)
    deciding.decide_group(imported, ALONE, HAND)
    connections.close_all()
    run = subprocess.run(
        [sys.executable, "-c", _KILLED, str(database), str(settings.HABEAS_HOME)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert run.returncode == -signal.SIGKILL
    assert Result.objects.count() == Person.objects.count() == 1
    assert applying.apply(imported, HAND) == 0
    assert applying.apply(imported, HAND) == 0
    assert (counted(imported).imported, Person.objects.count()) == (5, 5)
    assert Statement.objects.count() == 15
    assert Statement.objects.values("subject", "property", "value").distinct().count() == 15


def test_the_command_shows_first_and_enters_only_rows_without_a_double(tmp_path: Path) -> None:
    invented(name="Выдумов Небыл Вымышленович")
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    arguments = ["import", str(file), "--speaker", "Центр Выдумки"]
    shown = CliRunner().invoke(command, arguments)
    assert shown.exit_code == 0, shown.output
    assert "ФИО: name of the person" in shown.output
    assert Person.objects.count() == 1
    applied = CliRunner().invoke(command, [*arguments, "--apply"])
    assert "Taken over: 1." in applied.output
    assert "Not decided, or not taken over yet: 2." in applied.output
    assert Person.objects.count() == 2


def test_the_command_takes_a_folder_and_follows_no_link_out_of_it(tmp_path: Path) -> None:
    case = invented()
    folder = tmp_path / "papers"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.txt").write_text("Письмо Выдумова", encoding="utf-8")
    (folder / "b.txt").symlink_to("/etc/passwd")
    arguments = ["import", str(folder), "--speaker", "Сестра", "--case", case.code, "--apply"]
    for _again in range(2):
        assert "Taken over: 1." in CliRunner().invoke(command, arguments).output
    assert [one.document.title for one in case.filed.all()] == ["inner/a.txt"]
