"""Search: any script, by sound, by number, in the wrong keyboard layout, and never a wrong man."""

from pathlib import Path

import pytest
from case_story import NOW, invented, say
from django_ready import POSTGRESQL, SQLITE

from habeas.cases.search import indexing, keys
from habeas.cases.search.alike import alike
from habeas.cases.search.finding import search
from habeas.cases.search.models import Key
from habeas.cases.statements.models import Subject
from habeas.watch.models import Spelling

PEOPLE = {
    "P1": "Выдумов Ойбодом Небылоевич",
    "P2": "Небылова Саодат",
    "P3": "Афсонаев Тасаввур",
    "P4": "Xayolov Ulug'bek",
    "P5": "Хаёлов Улуғбек Хаёлович",
}


@pytest.fixture
def people(database: Path) -> dict[str, Subject]:
    del database
    return {code: invented(code, name) for code, name in PEOPLE.items()}


def codes(query: str) -> list[str]:
    return [one.code for one in search(query).found]


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
def test_both_databases_find_by_sound_and_by_beginning(people: dict[str, Subject]) -> None:
    del people
    assert codes("Vydumov") == ["P1"]
    assert "P3" in codes("Афсо")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Выдумов", "P1"),
        ("выдумов ойбодом", "P1"),
        ("Vydumov", "P1"),
        ("VYDUMOV OYBODOM", "P1"),
        ("Выдумова Ойбодома", "P1"),
        ("Saodat Nebylova", "P2"),
        ("Небилова", "P2"),
        ("Afsonaev", "P3"),
        ("Афсонаев Т.", "P3"),
        ("Ulugbek Khayolov", "P4"),
        ("Xayolov", "P5"),
        ("Афсо", "P3"),
        ("p3", "P3"),
    ],
)
def test_a_name_is_found_however_it_is_written(
    people: dict[str, Subject], query: str, code: str
) -> None:
    del people
    assert code in codes(query)


@pytest.mark.parametrize(
    ("typed", "meant", "code"),
    [("dslevjd", "выдумов", "P1"), ("Facjyftd", "Афсонаев", "P3"), ("ЧфнщдщмгКУКУ", "", "")],
)
def test_the_wrong_keyboard_layout_is_understood_and_said(
    people: dict[str, Subject], typed: str, meant: str, code: str
) -> None:
    del people
    found = search(typed)
    assert found.layout == meant
    assert [one.code for one in found.found][:1] == ([code] if code else [])


def test_latin_typed_on_a_russian_layout_is_understood_too(people: dict[str, Subject]) -> None:
    del people
    found = search("мнвгьщм")
    assert found.layout == "vydumov"
    assert found.found[0].code == "P1"


def test_a_number_finds_its_paper_however_it_is_written(people: dict[str, Subject]) -> None:
    say(people["P2"], "phone", "+992 (00) 000-12-34")
    say(people["P3"], "identifier", "A 0123456")
    assert codes("992000001234") == ["P2"]
    assert codes("0123456") == ["P3"]
    assert codes("1234") == []


def test_a_spelling_added_later_is_found_and_one_said_by_somebody_too(
    people: dict[str, Subject],
) -> None:
    sought = people["P1"].person
    assert sought is not None
    Spelling.objects.create(person=sought, text="Oybodom Fictional", added_at=NOW)
    assert codes("Fictional") == ["P1"]
    say(people["P2"], "known_as", "Гулру")
    assert codes("Гулру") == ["P2"]


@pytest.mark.parametrize("query", ["", "   ", "%", "' OR 1=1 --", "\x00", "🕊️", "я" * 5000, "1"])
def test_any_query_is_answered(people: dict[str, Subject], query: str) -> None:
    del people
    assert codes(query) == []


def test_the_index_can_be_made_anew(people: dict[str, Subject]) -> None:
    before = set(Key.objects.values_list("subject", "key"))
    Key.objects.all().delete()
    assert indexing.refresh_all() == len(people)
    assert set(Key.objects.values_list("subject", "key")) == before


def test_somebody_alike_is_asked_about_before_a_case_is_opened(people: dict[str, Subject]) -> None:
    del people
    assert [one.code for one in alike(["Vydumov Oybodom"])] == ["P1"]
    assert alike(["Совсемдругой Человек"]) == []


def test_the_layouts_are_one_key_each() -> None:
    assert keys.in_other_layout(keys.in_other_layout("Иззат Амон")) == "Иззат Амон"
    assert keys.in_other_layout("bppfn fvjy") == "иззат амон"
