"""Case cards of sudrf.ru, both generations, on the recorded pages. All people are invented."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import habeas.sources.catalog
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, PageKind
from habeas.sources.platforms import sudrf_pages
from habeas.sources.platforms.sudrf_lists import case_numbers

CATALOG = Path(next(iter(habeas.sources.catalog.__path__)))


def recorded(name: str) -> Capture:
    path = CATALOG / f"{name.replace('/', '/pages/')}.html"
    meta = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return Capture(path.read_bytes(), meta["url"], meta["status"], meta["content_type"])


def changed(capture: Capture, old: str, new: str) -> Capture:
    text = capture.text
    assert old in text
    return replace(capture, body=text.replace(old, new).encode("cp1251", "xmlcharrefreplace"))


def read(capture: Capture) -> Page:
    return sudrf_pages.read(capture, "ru_sudrf")


KOAP = "ru_sudrf/card-koap"
CIVIL = "ru_sudrf/card-civil"
CASSATION = "ru_sudrf_cassation/card-civil"


def test_a_koap_card_says_when_the_court_published_each_event() -> None:
    facts = read(recorded(KOAP)).facts
    assert facts["uid"] == "99RS0009-01-2026-000411-77"
    assert facts["former_number"] == "5-300/2026"
    assert (facts["protocol_number"], facts["protocol_issuer"]) == (
        "00099999-АП",
        "Отдел по вопросам миграции г. Примерска",
    )
    events = facts["event"]
    assert isinstance(events, list)
    assert events[1] == {
        "event": "Рассмотрение дела по существу",
        "date": "16.09.2026",
        "time": "11:00",
        "place": "каб. 7",
        "result": "Вынесено постановление о назначении административного наказания",
        "basis": "",
        "note": "",
        "published": "18.09.2026",
    }
    assert facts["page_changed"] == "21.09.2026 11:17"


def test_parties_are_named_in_full_with_role_and_article() -> None:
    page = read(recorded(KOAP))
    assert page.facts["party"] == [
        {
            "role": "ПРИВЛЕКАЕМОЕ ЛИЦО",
            "name": "Тоползода Шариф Чинарович",
            "articles": "ст.18.8 ч.1.1 КоАП РФ",
        },
        {"role": "Защитник", "name": "Ивовая Сирень Жасминовна", "articles": ""},
    ]
    capacities = {m.printed: m.capacity for m in page.mentions}
    assert capacities["Тоползода Шариф Чинарович"] is Capacity.PARTY
    assert capacities["Ивовая Сирень Жасминовна"] is Capacity.REPRESENTATIVE
    assert capacities["Вязова Э.Ю."] is Capacity.OFFICIAL


def test_names_left_in_an_act_are_mentioned_by_form() -> None:
    page = read(recorded(KOAP))
    inside = {m.printed for m in page.mentions if m.capacity is Capacity.NAMED}
    assert inside == {"Э.Ю. Вязова", "Акациевой Р.Ы.", "Миндалёва Ореха Кизиловича"}
    assert (page.facts["acts"], page.facts["act_title"]) == (1, "Судебный акт #1 (Постановление)")


def test_complaints_and_writs_of_a_civil_card() -> None:
    facts = read(recorded(CIVIL)).facts
    complaints = facts["complaint"]
    assert isinstance(complaints, list)
    first, second = complaints
    assert isinstance(first, dict)
    assert first["number"] == 1
    assert first["applicant_role"] == "ОТВЕТЧИК"
    assert (first["higher_court_date"], first["higher_court_time"]) == ("13.07.2026", "12:00")
    assert [event["published"] for event in first["event"]] == ["29.04.2026", "01.06.2026"]
    assert isinstance(second, dict)
    assert second["kind"] == "Частная жалоба"
    assert facts["writ"] == [
        {
            "issued": "22.04.2026",
            "series": "",
            "electronic": "99RS0009#2-790/2026#1",
            "status": "Выдан",
            "to": "Отдел судебных приставов по г. Примерску",
        }
    ]
    assert facts["category"] == [
        "Споры, возникающие из трудовых отношений",
        "Дела о восстановлении на работе",
    ]


def test_some_hidden_names_leave_the_others_found() -> None:
    page = read(recorded(CIVIL))
    assert (page.outcome, page.withheld) == (Outcome.FOUND, 1)
    assert page.facts["names_withheld"] is True
    companies = [m.printed for m in page.mentions if m.capacity is Capacity.ORGANISATION]
    assert companies == ['муниципальное казенное учреждение "Дубрава"']
    party = page.facts["party"]
    assert isinstance(party, list)
    assert isinstance(party[1], dict)
    assert (party[1]["inn"], party[1]["ogrn"]) == ("9900000001", "1029900000001")
    assert "inn" not in party[0]


def test_an_applicant_named_in_a_complaint_is_mentioned() -> None:
    assert any(
        m.printed == "Осинкин Э.Ю." and m.capacity is Capacity.PARTY
        for m in read(recorded(CIVIL)).mentions
    )


def test_the_second_generation_is_read_once_and_hides_all_names() -> None:
    page = read(recorded("ru_sudrf/card-second-generation-withheld"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.WITHHELD)
    events = page.facts["event"]
    assert isinstance(events, list)
    assert len(events) == 2
    assert page.withheld == 2
    assert page.facts["tabs"] == ["Дело", "Движение дела", "Стороны"]


def test_a_cassation_card_has_two_numbers_and_the_court_below() -> None:
    page = read(recorded(CASSATION))
    facts = page.facts
    assert (facts["material_number"], facts["case_number"]) == ("8Г-101/2026", "88-202/2026")
    assert facts["lower_court"] == "Верхнереченский районный суд"
    assert facts["complaint"] == [
        {
            "received": "28.04.2026",
            "applicant_role": "ОТВЕТЧИК",
            "applicant": "Рябинов Ж. Ц.",
            "passed_on": "29.04.2026",
            "studied": "29.04.2026",
            "study_result": "ВОЗБУЖДЕНО КАССАЦИОННОЕ ПРОИЗВОДСТВО",
        }
    ]
    assert {"Рябинов Ж. Ц.", "Рябинов Женьшень Цикориевич"} <= {m.printed for m in page.mentions}


def test_a_card_has_one_row_with_its_identity() -> None:
    (row,) = read(recorded(KOAP)).rows
    assert row.facts["case_number"] == "5-411/2026"
    assert row.facts["case_id"] == "90000003"
    assert row.facts["case_uid"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (KOAP, "Дата рассмотрения", "Рассмотрено когда"),
        (KOAP, "Фамилия / наименование", "Кто"),
        (KOAP, "Дата размещения", "Выложено"),
        (CIVIL, "Вышестоящий суд", "Куда"),
        (CIVIL, "ИСПОЛНИТЕЛЬНЫЕ ЛИСТЫ", "ЧТО-ТО"),
        (CASSATION, "Лицо, подавшее жалобу (заявитель)", "Податель"),
    ],
)
def test_an_unknown_label_or_heading_stops_the_reading_but_hides_nobody(
    name: str, old: str, new: str
) -> None:
    whole = recorded(name)
    if old == "ИСПОЛНИТЕЛЬНЫЕ ЛИСТЫ":
        whole, old, new = changed(whole, "Серия, номер бланка", "Серия"), "Статус", "Дубов А.Б."
    page = read(changed(whole, old, new))
    assert (page.kind, page.obstacle) == (PageKind.CARD, Obstacle.LAYOUT_CHANGED)
    lost = {m.printed for m in read(recorded(name)).mentions if m.capacity is Capacity.PARTY}
    assert lost <= {m.printed for m in page.mentions}


def test_a_criminal_card_names_the_accused_under_its_heading() -> None:
    heading = "<td align='center'><b>Вид лица, участвующего в деле</b></td>"
    card = changed(recorded(KOAP), heading, "")
    card = changed(card, "<td>ПРИВЛЕКАЕМОЕ ЛИЦО</td>", "")
    card = changed(changed(card, "<td>Защитник</td>", ""), "СТОРОНЫ ПО ДЕЛУ", "ЛИЦА")
    page = read(card)
    assert page.outcome is Outcome.FOUND
    accused = next(m for m in page.mentions if m.printed == "Тоползода Шариф Чинарович")
    assert (accused.role, accused.capacity) == ("ЛИЦА", Capacity.PARTY)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("5-100/2026", {"case_number": "5-100/2026"}),
        (
            "2-890/2026 (2-3310/2025;) ~ М-2904/2025",
            {
                "case_number": "2-890/2026",
                "former_number": "2-3310/2025",
                "material_number": "М-2904/2025",
            },
        ),
        (
            "33а-979/2026 (33а-1/2025;)",
            {"case_number": "33а-979/2026", "former_number": "33а-1/2025"},
        ),
        ("8Г-1/2026 [88-2/2026]", {"material_number": "8Г-1/2026", "case_number": "88-2/2026"}),
        ("", {"case_number": ""}),
        ("((", {"case_number": "(("}),
    ],
)
def test_numbers_of_a_case(printed: str, expected: dict[str, str]) -> None:
    assert case_numbers(printed) == expected
