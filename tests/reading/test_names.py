"""People with all their spellings; case endings undone; nobody is linked who need not be.

People are invented, except the public case: press reports named Izzat Amon, a ministry's notice
Kholov Izatullo Amonovich.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_texts import people

from habeas.reading import Kind, read
from habeas.reading.suggestions import Organisation, Place


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        (
            "Задержан Фарход Латипов. Адвокат Латипова сказал, что Латипову угрожали.",
            ("Фарход Латипов", "Латипова", "Латипову"),
        ),
        (
            "Police held Farhod Latipov. Latipov's lawyer said Latipov was beaten.",
            ("Farhod Latipov", "Latipov"),
        ),
        (
            "Фарҳод Латипов боздошт шуд. Латиповро ба Маскав бурданд.",
            ("Фарҳод Латипов", "Латиповро"),
        ),
        (
            "Farhod Latipov ushlandi. Latipovning advokati shikoyat qildi.",
            ("Farhod Latipov", "Latipovning"),
        ),
    ],
)
def test_all_spellings_of_one_person_are_linked(text: str, spellings: tuple[str, ...]) -> None:
    assert people(text) == [spellings]


def test_the_text_itself_links_two_names() -> None:
    text = (
        "The ministry published a notice. It says that Izzat Amon, called by his original name of "
        "Kholov Izatullo Amonovich, took money. Amon denies it."
    )
    (person,) = read(text).people
    assert set(person.spellings) == {"Izzat Amon", "Kholov Izatullo Amonovich", "Amon"}
    assert person.same_as == "text"


def test_a_relative_of_the_same_surname_is_somebody_else() -> None:
    text = "Задержали Фархода Латипова. Его брат Умед Латипов ждёт у суда."
    found = read(text).people
    assert len(found) == 2
    assert found[1].relative_of == 0


def test_a_surname_that_two_people_carry_stays_doubtful() -> None:
    text = "Фарход Латипов и Умед Латипов пришли. Латипова задержали."
    reading = read(text)
    assert len(reading.people) == 2
    assert "who" in {question.check for question in reading.questions}


@pytest.mark.parametrize(
    "text",
    [
        "Police in Saint Petersburg met at Red Square on Monday.",
        "The Human Rights Watch report said so.",
        "Верховный Суд России и Центральный Банк молчат.",
        "В Москве на улице Исмоила Сомони прошёл митинг.",
        "The Tajik Interior Ministry and Supreme Court did not answer.",
    ],
)
def test_capitals_alone_are_no_name(text: str) -> None:
    assert people(text) == []


def test_bodies_and_places_are_named_as_printed() -> None:
    text = "Тверской районный суд Москвы и МВД Таджикистана не ответили «ОВД-Инфо» из Душанбе."
    reading = read(text)
    bodies = [one.value for one in reading.of(Kind.ORGANISATION)]
    assert [(one.name, one.type) for one in bodies if isinstance(one, Organisation)] == [
        ("Тверской районный суд Москвы", "court"),
        ("МВД Таджикистана", "ministry"),
        ("ОВД-Инфо", "monitor"),
    ]
    places = [one.value for one in reading.of(Kind.PLACE) if isinstance(one.value, Place)]
    assert "Душанбе" in {place.name for place in places}


@given(
    st.sampled_from(["Латипов", "Назаров", "Саидов", "Каримов"]),
    st.sampled_from(["", "а", "у", "ым", "е"]),
)
def test_the_cases_of_a_surname_are_undone_by_inflecting_forward(name: str, case: str) -> None:
    (found,) = read(f"Задержан Фарход {name}. Все спрашивали о деле {name}{case}.").people
    assert found.name == f"Фарход {name}"


def test_her_father_is_the_father_of_the_woman_named_before() -> None:
    reading = read(
        "The spokesman Farid Kasimov spoke first. Farid Kasimov named Shahlo Yoqubova, a teacher. "
        "Her father Yoqub told reporters that she was taken."
    )
    (father,) = [one for one in reading.people if one.name == "Yoqub"]
    assert father.relative_of is not None
    assert reading.people[father.relative_of].name == "Shahlo Yoqubova"


def test_a_surname_without_its_ending_tells_the_case_of_the_given_name() -> None:
    reading = read(
        "Суд постановил выдворить 23-летнего Бахрома Юлдашева. Позже Юлдашев вину не признал."
    )
    assert [one.name for one in reading.people] == ["Бахром Юлдашев"]
