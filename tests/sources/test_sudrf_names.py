"""Names out of the cells of sudrf.ru. All people are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capacity
from habeas.sources.platforms.sudrf_names import (
    looks_like_a_person,
    named_in,
    names_inside,
    parties_by_kind,
    read_case_cell,
    split_entries,
)


def named(*lines: str) -> list[tuple[str, str, Capacity]]:
    return [(name.printed, name.role, name.capacity) for name in read_case_cell(lines).names]


@pytest.mark.parametrize(
    ("line", "printed", "article"),
    [
        ("ТОПОЛЬЗОДА Ш.Ч. - ст.18.8 ч.1.1 КоАП РФ", "ТОПОЛЬЗОДА Ш.Ч.", "ст.18.8 ч.1.1 КоАП РФ"),
        ("Каштанов Э.О.: ст. 18.10 ч.1 КоАП РФ", "Каштанов Э.О.", "ст. 18.10 ч.1 КоАП РФ"),
        ("Арчазода М. : ст. 18.8 КоАП РФ", "Арчазода М.", "ст. 18.8 КоАП РФ"),
        ("КЛЁНОВ Ю.Я. (ст.125 УПК РФ)", "КЛЁНОВ Ю.Я.", "ст.125 УПК РФ"),
        ("БУКОВ УУЛУ Б. - ст.18.10 ч.1 КоАП РФ", "БУКОВ УУЛУ Б.", "ст.18.10 ч.1 КоАП РФ"),
        ("ТУТОВ Ж.У. УГЛИ - ст.18.8 КоАП РФ", "ТУТОВ Ж.У. УГЛИ", "ст.18.8 КоАП РФ"),
        ("ЛАВРОВА А.Р.", "ЛАВРОВА А.Р.", ""),
        ("ДУБОВ-ВЯЗОВ Э.Ю. - ст.5.1; ст.6.1 КоАП РФ", "ДУБОВ-ВЯЗОВ Э.Ю.", "ст.5.1; ст.6.1 КоАП РФ"),
    ],
)
def test_a_person_charged_is_cut_from_the_article(line: str, printed: str, article: str) -> None:
    cell = read_case_cell([line])
    assert [(name.printed, name.article) for name in cell.names] == [(printed, article)]
    assert cell.names[0].capacity is Capacity.PARTY
    assert cell.charged == [(printed, article)]


def test_several_accused_in_one_line_are_several_people() -> None:
    line = "Ольхин Э.Ы. - ст.322.1 ч.2 УК РФ; Ольхина Ю.Ы. - ст.322.1 ч.2 УК РФ"
    assert [name for name, _, _ in named(line)] == ["Ольхин Э.Ы.", "Ольхина Ю.Ы."]


def test_parties_are_split_at_commas_and_keep_their_role() -> None:
    assert named("ИСТЕЦ(ЗАЯВИТЕЛЬ): Осинкина Ё.Щ., Осинкин Э.Ю.", "ОТВЕТЧИК: УМВД России") == [
        ("Осинкина Ё.Щ.", "ИСТЕЦ(ЗАЯВИТЕЛЬ)", Capacity.PARTY),
        ("Осинкин Э.Ю.", "ИСТЕЦ(ЗАЯВИТЕЛЬ)", Capacity.PARTY),
        ("УМВД России", "ОТВЕТЧИК", Capacity.ORGANISATION),
    ]


def test_a_person_in_the_dative_is_found_inside_an_addressee() -> None:
    cell = read_case_cell(
        ["ИСТЕЦ(ЗАЯВИТЕЛЬ): Начальнику СИЗО 9 (для вручения Тоползоде Шарифу Чинаровичу)"]
    )
    office, person = cell.names
    assert (office.printed, office.capacity) == ("Начальнику СИЗО 9", Capacity.ORGANISATION)
    assert (person.printed, person.capacity) == ("Тоползоде Шарифу Чинаровичу", Capacity.PARTY)
    assert person.note == "inside an addressee"
    assert cell.by_role["ИСТЕЦ(ЗАЯВИТЕЛЬ)"] == [
        "Начальнику СИЗО 9 (для вручения Тоползоде Шарифу Чинаровичу)"
    ]


def test_two_people_of_one_addressee_and_a_lost_bracket() -> None:
    people = list(named_in("СИЗО 9 (для вручения Дубову А.Б., Вязову Ясеню Кленовичу", "ИСТЕЦ"))
    assert [name.printed for name in people] == ["СИЗО 9", "Дубову А.Б.", "Вязову Ясеню Кленовичу"]


def test_words_around_a_person_in_an_addressee_do_not_hide_them() -> None:
    people = list(named_in("Дубова Л.Л. (в интересах несовершеннолетнего Дубова Е.Е.)", "ИСТЕЦ"))
    assert [name.printed for name in people] == ["Дубова Л.Л.", "Дубова Е.Е."]


def test_unbalanced_quotes_of_a_company_do_not_swallow_a_person() -> None:
    assert [
        name for name, _, _ in named('ОТВЕТЧИК: ООО "РСУ "Дуб", Вязов И.И., ООО "Ель, сын"')
    ] == [
        'ООО "РСУ "Дуб"',
        "Вязов И.И.",
        'ООО "Ель, сын"',
    ]


def test_a_sole_trader_is_a_person() -> None:
    assert named("ИП БЕРЁЗКИН Ы.Ъ. - ст.14.16 ч.3 КоАП РФ") == [
        ("БЕРЁЗКИН Ы.Ъ.", "", Capacity.PARTY)
    ]


@pytest.mark.parametrize(
    "line", ["КАТЕГОРИЯ: Споры Иванова дня", "Заявление о восстановлении срока"]
)
def test_a_category_and_a_sentence_are_nobody(line: str) -> None:
    assert named(line) == []


def test_the_court_below_is_a_fact_and_no_person() -> None:
    cell = read_case_cell(["Нижестоящий суд (судебный участок): Судебный участок № 9"])
    assert (cell.lower_court, cell.names) == ("Судебный участок № 9", [])


def test_hidden_names_are_counted_wherever_they_stand() -> None:
    assert read_case_cell(["КАТЕГОРИЯ: Споры о детях", "Информация скрыта"]).withheld
    cell = read_case_cell(["ИСТЕЦ: Информация скрыта", "ОТВЕТЧИК: Вязов И.И."])
    assert cell.withheld
    assert [name.printed for name in cell.names] == ["Вязов И.И."]


def test_a_name_in_a_sentence_without_a_role_is_found_by_its_form() -> None:
    (name,) = read_case_cell(["о признании гражданина Тоползоды Шарифа Чинаровича"]).names
    assert (name.printed, name.capacity) == ("Тоползоды Шарифа Чинаровича", Capacity.NAMED)


def test_a_single_name_and_a_company_alone_are_kept() -> None:
    assert [name for name, _, _ in named("ОРЕХЗОДА")] == ["ОРЕХЗОДА"]
    assert named('муниципальное учреждение "Дубрава"')[0][2] is Capacity.ORGANISATION


def test_a_cut_office_is_noted_and_a_whole_one_is_not() -> None:
    lines = ["ИСТЕЦ: УФСИН РФ по Примерской облас (для вручения Дубову А.Б.), УФСИН по области"]
    assert read_case_cell(lines).cut == ["УФСИН РФ по Примерской облас"]


def test_names_inside_a_text() -> None:
    text = (
        "Судья Э.Ю. Вязова, при секретаре Дубовой Р.Ы., истца Соловьёва-Щеглова М.А., "
        "с участием Миндалёва Ореха Кизиловича и Кизил Арча оглы, в городе Нижний Примерск"
    )
    assert names_inside(text) == [
        "Э.Ю. Вязова",
        "Дубовой Р.Ы.",
        "Соловьёва-Щеглова М.А.",
        "Миндалёва Ореха Кизиловича",
    ]


def test_a_surname_that_begins_like_an_office_is_a_surname() -> None:
    assert names_inside("истца Прокуроровой А.Б. и Секретарёва В.Г.") == [
        "Прокуроровой А.Б.",
        "Секретарёва В.Г.",
    ]


def test_entries_by_kind_of_role() -> None:
    roles = {"ИСТЕЦ(ЗАЯВИТЕЛЬ)": ["А"], "ОТВЕТЧИК": ["Б", "В"], "ЛИЦА": ["Г"], "ПРОКУРОР": ["Д"]}
    assert parties_by_kind(roles) == {
        "applicants": ["А"],
        "respondents": ["Б", "В"],
        "others": ["Г", "Д"],
    }


_SURNAME = st.text("абвгдежзиклмнопрстуя", min_size=2, max_size=12).map(str.capitalize)
_LETTER = st.sampled_from("АБВГДЕЖИКЛМНОПРСТУФЭЮЯ")
_PERSON = st.builds(lambda name, a, b: f"{name} {a}.{b}.", _SURNAME, _LETTER, _LETTER)
_COMPANY = st.sampled_from(
    ['ООО "Дуб"', 'ООО "РСУ "Дуб"', "АО «Ель, сосна»", 'ПАО "Клён', "УМВД (г. Примерск, ул. 1)"]
)


@given(st.lists(st.one_of(_PERSON, _COMPANY), min_size=1, max_size=8))
def test_no_person_of_a_list_is_lost(parties: list[str]) -> None:
    printed = {name for name, _, _ in named("ОТВЕТЧИК: " + ", ".join(parties))}
    assert {party for party in parties if looks_like_a_person(party)} <= printed


@given(st.text())
def test_a_split_loses_no_letter(value: str) -> None:
    joined = "".join("".join(split_entries(value)).split())
    assert joined.replace(",", "") == "".join(value.split()).replace(",", "")


@given(st.lists(st.text(), max_size=4))
def test_any_lines_can_be_read_and_names_are_parts_of_them(lines: list[str]) -> None:
    folded = [" ".join(line.split()) for line in lines]
    for name in read_case_cell(folded).names:
        assert name.printed
        assert any(name.printed in line for line in folded)
