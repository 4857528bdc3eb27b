"""mos-gorsud.ru: whole lists of names, honest counters, and no absence out of a failure."""

import re
import time
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import habeas.sources.catalog.ru_mosgorsud as folder
from habeas.sources import registry
from habeas.sources.catalog.ru_mosgorsud import adapter
from habeas.sources.catalog.ru_mosgorsud.courts import COURTS, court_in, path_of
from habeas.sources.catalog.ru_mosgorsud.parties import split_names
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, PageKind, Query

PAGES = Path(next(iter(folder.__path__))) / "pages"
LIST = (
    "https://mos-gorsud.ru/rs/tverskoj/search?courtAlias=tverskoj&instance=1&processType=3&page={}"
)


def body(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def parse(content: bytes | str, url: str = "", status: int | None = 200) -> Page:
    if isinstance(content, str):
        content = content.encode()
    return adapter.parse(Capture(content, url, status, "text/html; charset=UTF-8"))


def printed(page: Page, row: int = 0) -> list[str]:
    return [
        mention.printed
        for mention in page.mentions
        if mention.capacity is not Capacity.OFFICIAL and (not row or mention.row == row)
    ]


# --- names -----------------------------------------------------------------------------------


def test_names_come_from_the_attribute_and_never_from_the_cut_cell() -> None:
    page = parse(body("results_by_participant"))
    assert page.outcome is Outcome.FOUND
    assert page.rows[0].facts["visible_complete_names"] == 2
    assert len(printed(page, 1)) == 10
    assert "Нигдеев Н.Д." in printed(page, 1)
    assert "Придуман" not in printed(page)
    assert printed(page, 1).count("Придуманный Д.А.") == 2, "one mention per printed name"
    assert "data-full-text" in page.mentions[0].where


def test_a_cut_cell_without_the_attribute_is_incomplete_and_invents_nobody() -> None:
    text = body("results_by_participant").decode()
    page = parse(re.sub(r' data-full-text="&lt;div.*?"', "", text, flags=re.DOTALL))
    assert page.obstacle is Obstacle.INCOMPLETE
    assert printed(page, 1) == ["Выдумов Н.Н.", "Выдумова Н.Н."]
    assert "ИП Выдумов М.А." in printed(page), "what was read is kept"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Выдумов Н.Н., Небыль А.", ["Выдумов Н.Н.", "Небыль А."]),
        ("Служба регистрации, кадастра и картографии", None),
        ('ООО "Небыль, Лтд", Выдумов Н.Н.', ['ООО "Небыль, Лтд"', "Выдумов Н.Н."]),
        ("АО «Быль, небыль и Ко», Выдумов Н.", ["АО «Быль, небыль и Ко»", "Выдумов Н."]),
        ("Выдумов Н.Н., фон Ритт А.В.", ["Выдумов Н.Н.", "фон Ритт А.В."]),
        ("Выдумов Ж.У. угли, Кудайберген к. А.", ["Выдумов Ж.У. угли", "Кудайберген к. А."]),
    ],
)
def test_a_line_of_names_is_split_only_between_names(line: str, names: list[str] | None) -> None:
    assert split_names(line) == (names or [line])


@given(st.text("АБВабв.,« »\"'- ", max_size=80))
def test_splitting_loses_no_letter(line: str) -> None:
    kept = "".join(split_names(line))
    assert [c for c in kept if c.isalpha()] == [c for c in line if c.isalpha()]


def test_a_latin_letter_in_a_name_is_kept_as_printed() -> None:
    assert "Cочиненный Р.Н." in printed(parse(body("koap_page1"))), "a Latin C"


def test_roles_say_who_is_a_party() -> None:
    page = parse(body("koap_page1"))
    by_name = {mention.printed: mention.capacity for mention in page.mentions}
    assert by_name["Выдумов Н.Н."] is Capacity.PARTY
    assert by_name["Нигдеев Н.Д."] is Capacity.REPRESENTATIVE
    assert by_name["Вымышленная О.Э."] is Capacity.OFFICIAL
    office = "ОМВД России по Несуществующему району г. Москвы"
    assert by_name[office] is Capacity.OFFICIAL


def test_who_filed_a_document_is_mentioned() -> None:
    page = parse(body("card_district"))
    assert "Сказкина Ш.Д." in printed(page)
    assert page.rows[0].facts["judge"] == "Вымышленная О.Э.", "the label begins with a Latin C"


# --- counters and parts ------------------------------------------------------------------------


def test_a_page_of_several_says_which_part_it_is_and_what_comes_next() -> None:
    first, second = parse(body("koap_page1")), parse(body("koap_page2"))
    assert first.part is not None
    assert second.part is not None
    assert first.part.listing == second.part.listing
    assert (first.part.number, first.part.pages, first.part.rows_total) == (1, 2, 5)
    (following,) = first.next
    assert parse_qs(urlsplit(following.url).query)["page"] == ["2"]
    assert not following.by_name
    assert second.next == ()


def test_the_next_page_of_a_search_by_name_carries_the_name_and_says_so() -> None:
    url = "https://mos-gorsud.ru/search?courtAlias=&participant=%D0%92%D1%8B%D0%B4&page=1"
    (following,) = parse(body("koap_page1"), url).next
    assert following.by_name
    assert "participant=%D0%92%D1%8B%D0%B4" in following.url


ROW = re.compile(r"<tr data-href=.*?</tr>", re.DOTALL)


@pytest.mark.parametrize("name", ["koap_page1", "results_by_participant", "hearings_day"])
def test_a_row_that_is_missing_makes_the_page_incomplete(name: str) -> None:
    text = body(name).decode()
    page = parse(ROW.sub("", text, count=1))
    assert page.obstacle is Obstacle.INCOMPLETE
    assert page.rows, "the rows that are there are kept"
    assert page.mentions


def test_no_row_at_all_under_a_counter_is_incomplete() -> None:
    page = parse(ROW.sub("", body("koap_page1").decode()))
    assert page.obstacle is Obstacle.INCOMPLETE


def test_a_cut_page_is_incomplete_and_keeps_its_people() -> None:
    text = body("koap_page1")
    page = parse(text[: text.index(b"</table>")])
    assert page.obstacle is Obstacle.INCOMPLETE
    assert "Выдумов Н.Н." in printed(page)


# --- not an absence ----------------------------------------------------------------------------


def test_an_empty_answer_is_unconfirmed() -> None:
    page = parse(body("empty"), LIST.format(1))
    assert page.kind is PageKind.EMPTY_UNCONFIRMED
    assert page.obstacle is Obstacle.UNCONFIRMED_EMPTY


@pytest.mark.parametrize("counted", ["найдено записей: 0", "Найдено 0 дел"])
def test_a_counter_of_nothing_is_unconfirmed(counted: str) -> None:
    text = body("empty").decode().replace("ничего не найдено", counted)
    page = parse(text)
    assert page.obstacle is Obstacle.UNCONFIRMED_EMPTY
    assert page.facts["counter"] == 0


def test_a_counter_without_a_list_is_incomplete() -> None:
    text = body("empty").decode().replace("ничего не найдено", "найдено записей: 7")
    assert parse(text).obstacle is Obstacle.INCOMPLETE


def test_the_form_sent_back_is_a_bad_query() -> None:
    text = re.sub(r'<div class="resultsearch_text">.*?</div>', "", body("empty").decode())
    assert parse(text).obstacle is Obstacle.BAD_QUERY


@pytest.mark.parametrize(
    ("heading", "renamed"), [("Стороны", "Участники"), ("Статья", "Норма"), ("Судья", "Состав")]
)
def test_a_renamed_column_is_a_changed_layout(heading: str, renamed: str) -> None:
    text = body("koap_page1").decode().replace(f"<th>{heading}</th>", f"<th>{renamed}</th>")
    page = parse(text)
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert (renamed in page.explanation) or (heading == "Стороны")
    assert page.rows


def test_an_unknown_line_of_a_card_is_a_changed_layout_with_its_people() -> None:
    text = body("card_district").decode().replace(" Дата поступления\n", " Дата задержания\n")
    page = parse(text)
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert "Дата задержания" in page.explanation
    assert "Сочинённов Ж.У. угли" in printed(page)


def test_an_unknown_table_of_a_card_is_a_changed_layout() -> None:
    text = body("card_district").decode().replace("<th>Местонахождение</th>", "<th>Конвой</th>")
    assert parse(text).obstacle is Obstacle.LAYOUT_CHANGED


def test_a_list_without_any_name_is_withheld() -> None:
    text = re.sub(r'<p class="table-bold-text">.*?<br>', "", body("hearings_day").decode())
    page = parse(text)
    assert page.obstacle is Obstacle.WITHHELD
    assert page.withheld == 3


@pytest.mark.parametrize("name", ["hearings_day", "card_district"])
def test_a_name_with_a_lost_letter_is_no_ground_for_an_absence(name: str) -> None:
    broken = body(name).replace("Сказкина".encode(), b"\xff" + "казкина".encode())
    page = parse(broken)
    assert page.obstacle is Obstacle.ENCODING
    assert "\ufffdказкина Ш.Д." in printed(page)


def test_hidden_names_are_counted() -> None:
    text = body("hearings_day").decode().replace("Нигдеев Н.Д.", "Информация скрыта")
    page = parse(text)
    assert page.outcome is Outcome.FOUND
    assert page.withheld == 2
    assert "Информация скрыта" not in printed(page)


def test_a_challenge_is_a_block_and_the_captcha_of_a_card_is_not() -> None:
    for status in (200, 401, None):
        assert parse(body("challenge"), LIST.format(1), status).obstacle is Obstacle.BLOCKED
    assert "smart-captcha" in body("card_district").decode()
    assert parse(body("card_district")).outcome is Outcome.FOUND


def test_only_a_card_can_be_gone() -> None:
    card = "https://mos-gorsud.ru/rs/tverskoj/services/cases/admin/details/x"
    assert parse(body("card_gone"), card, 404).obstacle is Obstacle.GONE
    assert parse(body("card_gone"), LIST.format(1), 404).obstacle is Obstacle.BAD_QUERY


NAMES = ("koap_page1", "card_district", "hearings_day", "results_by_participant", "empty")


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_damage_never_raises_and_never_proves_an_absence(name: str, data: st.DataObject) -> None:
    content = bytearray(body(name))
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, 300))
    end = data.draw(st.integers(start, len(content)))
    url = data.draw(st.sampled_from(["", LIST.format(1), "https://mos-gorsud.ru/[::", "x://[y"]))
    page = parse(bytes(content[start:end]), url)
    assert page.outcome is not Outcome.NOT_FOUND
    if page.outcome is Outcome.FOUND:
        assert page.rows


# --- plan --------------------------------------------------------------------------------------


def test_a_plan_asks_for_whole_days_and_names_nobody() -> None:
    query = Query(days=(date(2026, 11, 24), date(2026, 11, 25)), courts=("tverskoj", "mgs"))
    urls = [request.url for request in adapter.plan(query)]
    assert urls[0] == (
        "https://mos-gorsud.ru/rs/tverskoj/hearing"
        "?hearingRangeDateFrom=24.11.2026&hearingRangeDateTo=24.11.2026&page=1"
    )
    assert len(urls) == 4
    assert not any(request.by_name for request in adapter.plan(query))
    assert len(list(adapter.plan(Query(days=(date(2026, 11, 24),))))) == 36


def test_a_name_is_sent_only_as_asked_in_utf8_to_all_courts() -> None:
    (request,) = adapter.plan(Query(names=("Выдумов Ё",)))
    assert request.by_name
    assert request.url.endswith(
        "/search?courtAlias=&participant=" + "%D0%92%D1%8B%D0%B4%D1%83%D0%BC%D0%BE%D0%B2%20%D0%81"
    )
    assert "Выдумов" not in request.purpose


def test_a_court_that_is_not_here_is_refused() -> None:
    with pytest.raises(KeyError):
        list(adapter.plan(Query(days=(date(2026, 11, 24),), courts=("kirov",))))


def test_courts_and_their_paths_agree() -> None:
    assert len(COURTS) == 36
    for alias, name in COURTS.items():
        assert court_in(f"{path_of(alias)}/search?x=/rs/y") == name
    assert court_in("/search") == court_in("") == ""


# --- the shared fixtures -----------------------------------------------------------------------

SHARED = Path(__file__).parents[2].parent / "shared" / "fixtures"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared fixtures are not there")


@shared
@pytest.mark.shared
def test_126_names_are_read_where_three_are_visible() -> None:
    page = adapter.parse(Capture((SHARED / "mosgorsud/search-mgs-participant.html").read_bytes()))
    assert page.rows[0].facts["visible_complete_names"] == 3
    assert len(printed(page, 1)) == 127, "126 claimants and one respondent"
    assert len(printed(page, 11)) == 17


@shared
@pytest.mark.shared
def test_three_pages_hold_the_58_rows_of_the_counter() -> None:
    folder_ = SHARED / "synthetic"
    names = [f"synthetic-mgs-tverskoj-koap-page{number}.html" for number in (1, 2, 3)]
    pages = [adapter.parse(Capture((folder_ / name).read_bytes())) for name in names]
    assert len({page.part.listing for page in pages if page.part}) == 1
    assert sum(len(page.rows) for page in pages) == 58
    assert all(page.outcome is Outcome.FOUND for page in pages)
    assert registry.source_of(Capture((folder_ / names[0]).read_bytes())) is registry.source(
        "ru_mosgorsud"
    )


def test_a_list_of_names_built_to_hang_the_reader_is_refused() -> None:
    text = body("koap_page1").decode()
    start = text.index('data-full-text="') + len('data-full-text="')
    end = text.index('"', start)
    began = time.perf_counter()
    page = parse(text[:start] + "&lt;div&gt;" * 100_000 + text[end:])
    assert time.perf_counter() - began < 8
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert len(page.rows) == len(parse(text).rows)


def test_a_name_without_a_role_is_an_obstacle_and_still_a_mention() -> None:
    text = body("koap_page1").decode()
    start = text.index('data-full-text="') + len('data-full-text="')
    end = text.index('"', start)
    page = parse(f"{text[:start]}Небывалов Тимофей Карпович{text[end:]}")
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert "Небывалов Тимофей Карпович" in printed(page)
