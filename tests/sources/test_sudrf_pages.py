"""Lists, days and failures of sudrf.ru: each damage must show, none may become "not found".

The pages are the recorded ones of the catalogue; all people in them are invented.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import habeas.sources.catalog
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, PageKind
from habeas.sources.platforms import sudrf_marks, sudrf_pages

CATALOG = Path(next(iter(habeas.sources.catalog.__path__)))
BODIES = sorted(
    path
    for folder in ("ru_sudrf", "ru_sudrf_cassation", "ru_msudrf")
    for path in (CATALOG / folder / "pages").glob("*.html")
)


def recorded(name: str) -> Capture:
    path = CATALOG / f"{name.replace('/', '/pages/')}.html"
    meta = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return Capture(path.read_bytes(), meta["url"], meta["status"], meta["content_type"])


def changed(capture: Capture, old: str, new: str, count: int = 1) -> Capture:
    text = capture.text
    assert old in text
    return replace(capture, body=text.replace(old, new, count).encode("cp1251"))


def read(capture: Capture) -> Page:
    return sudrf_pages.read(capture, "ru_sudrf")


def printed(page: Page) -> set[str]:
    return {mention.printed for mention in page.mentions}


DAY = "ru_sudrf/day-first-generation"
DAY_NEW = "ru_sudrf/day-second-generation"
LIST = "ru_sudrf_cassation/results-first-page"


# --- what a whole page says ------------------------------------------------------------------


def test_a_day_list_names_everybody_once_and_counts_who_is_hidden() -> None:
    page = read(recorded(DAY))
    assert (page.kind, page.outcome, page.withheld) == (PageKind.DAY_LIST, Outcome.FOUND, 1)
    assert page.facts["date"] == "16.09.2026"
    assert page.facts["categories"] == [
        "Гражданские и административные дела - первая инстанция",
        "Дела об административных правонарушениях - первая инстанция",
        "",
        "Уголовные дела - первая инстанция",
    ]
    assert [row.facts["n"] for row in page.rows] == [1, 2, 1, 2, 3, 1, 1]
    people = [m for m in page.mentions if m.capacity is not Capacity.OFFICIAL]
    assert len({m.printed for m in people}) == len(people)
    judge = next(m for m in page.mentions if m.printed == "Вязова Э.Ю.")
    assert (judge.role, judge.capacity) == ("Судья", Capacity.OFFICIAL)


def test_the_copy_for_phones_adds_nobody() -> None:
    page = read(recorded(DAY_NEW))
    assert len(page.rows) == 4
    assert sum(m.printed == "Тоползоде Шарифу Чинаровичу" for m in page.mentions) == 1


def test_one_page_of_several_says_so_and_asks_for_the_next() -> None:
    page = read(recorded(LIST))
    assert page.outcome is Outcome.FOUND
    assert page.part is not None
    assert (page.part.number, page.part.pages, page.part.rows_total) == (1, 2, 28)
    (following,) = page.next
    assert "page=2&" in following.url
    assert following.url.endswith("Submit=%CD%E0%E9%F2%E8")
    last = read(recorded("ru_sudrf_cassation/results-last-page"))
    assert last.part is not None
    assert (last.part.number, last.next) == (2, ())


def test_a_saved_page_without_an_address_reads_the_same() -> None:
    for path in BODIES:
        body = path.read_bytes()
        saved, asked = read(Capture(body)), read(recorded(f"{path.parts[-3]}/{path.stem}"))
        assert (saved.kind, saved.mentions) == (asked.kind, asked.mentions)


def test_a_copy_saved_as_utf_8_reads_the_same() -> None:
    for path in BODIES:
        body = path.read_bytes().decode("cp1251").encode()
        assert read(Capture(body)).mentions == read(Capture(path.read_bytes())).mentions


# --- damages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DAY, DAY_NEW, LIST, "ru_sudrf/card-koap"])
def test_a_cut_page_is_incomplete_and_keeps_whom_it_names(name: str) -> None:
    whole = recorded(name)
    end = whole.body.rindex(b'<div class="footer')
    for body in (whole.body[:end], whole.body[: end + 40]):
        page = read(replace(whole, body=body))
        assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
        assert printed(page) == printed(read(whole))
    page = read(replace(whole, complete=False))
    assert page.obstacle is Obstacle.INCOMPLETE


def test_the_end_of_an_act_inside_a_card_is_not_the_end_of_the_page() -> None:
    whole = recorded("ru_sudrf/card-koap")
    cut = whole.body[: whole.body.index(b"</BODY></HTML>") + 14]
    page = read(replace(whole, body=cut))
    assert page.obstacle is Obstacle.INCOMPLETE
    assert "Тоползода Шариф Чинарович" in printed(page)


def without_row(capture: Capture, number: str) -> Capture:
    rows = re.findall(r"<tr\b(?:(?!<tr\b).)*?</tr>", capture.text, flags=re.DOTALL)
    row = next(row for row in rows if number in row and "<td" in row)
    return changed(capture, row, "")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        (DAY, "5-411/2026"),
        (DAY, "5-412/2026"),
        (DAY, "3/10-4/2026"),
        (DAY_NEW, "7-52/2026"),
        (LIST, "16-930/2026"),
        (LIST, "16-906/2026"),
    ],
)
def test_a_row_that_is_missing_is_missed(name: str, number: str) -> None:
    page = read(without_row(recorded(name), number))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
    assert page.mentions


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (DAY, "Информация по делу", "Сведения о деле"),
        (DAY, "<b>Судья</b>", "<b>Состав</b>"),
        (DAY_NEW, "Событие", "Что произошло"),
        (LIST, "Правонарушение / Нижестоящий суд (мировой судья)", "Правонарушение / Кто"),
        (DAY, "<b>Номер дела</b>", "<b>Судья</b>"),
    ],
)
def test_a_renamed_heading_stops_the_reading_but_hides_nobody(
    name: str, old: str, new: str
) -> None:
    whole = recorded(name)
    page = read(changed(whole, old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    lost = {m.printed for m in read(whole).mentions if re.search(r"\w \w\.\w\.$", m.printed)}
    assert lost <= printed(page)


@pytest.mark.parametrize(
    ("name", "person"), [(DAY, "ТОПОЛЬЗОДА Ш.Ч."), (LIST, "ЛИСТВЕННИЦЫН Б.Ё.")]
)
def test_a_row_with_another_number_of_cells_is_noted_and_the_others_are_read(
    name: str, person: str
) -> None:
    whole = recorded(name)
    page = read(changed(whole, person, f"Новый Н.Н.</td><td>{person}"))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert {"Новый Н.Н.", person} <= printed(page)
    assert len(page.rows) == len(read(whole).rows) - 1


def test_a_table_within_a_cell_adds_no_rows() -> None:
    whole = recorded(DAY)
    inner = "<table><tr><td>9.</td><td>5-999/2026</td></tr></table>ТОПОЛЬЗОДА"
    page = read(changed(whole, "ТОПОЛЬЗОДА", inner))
    assert len(page.rows) == len(read(whole).rows)
    assert "ТОПОЛЬЗОДА Ш.Ч." in printed(page)


def test_a_list_that_hides_all_names_could_not_be_looked_at() -> None:
    whole = recorded("ru_sudrf/results-first-generation")
    page = read(changed(whole, "ТОПОЛЬЗОДА Ш.Ч. - ст.18.8 ч.1.1 КоАП РФ", "Информация скрыта"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.WITHHELD)
    assert page.withheld == 2


def test_rows_and_the_site_s_counter_must_agree() -> None:
    whole = recorded(LIST)
    for old, new in (
        ("1				по 25", "1				по 26"),
        ("найдено — 28", "найдено — 20"),
    ):
        assert read(changed(whole, old, new)).obstacle is Obstacle.INCOMPLETE
    nothing = changed(whole, "Всего по запросу найдено", "Найдено")
    assert read(nothing).obstacle is Obstacle.INCOMPLETE


def test_a_counter_of_zero_is_no_proof_of_absence() -> None:
    whole = recorded(LIST)
    text = whole.text.replace(
        "найдено — 28. На странице записи с 1				по 25", "найдено — 0"
    )
    head, _, tail = text.partition('<tr valign="top"')
    body = head + tail[tail.index("</table>") :]
    page = read(replace(whole, body=body.encode("cp1251")))
    assert (page.kind, page.obstacle) == (
        PageKind.EMPTY_UNCONFIRMED,
        Obstacle.UNCONFIRMED_EMPTY,
    )


def test_another_day_than_asked_is_a_wrong_query() -> None:
    whole = recorded(DAY)
    page = read(replace(whole, url=whole.url.replace("16.09", "17.09")))
    assert page.obstacle is Obstacle.BAD_QUERY
    assert page.mentions


# --- days without hearings -------------------------------------------------------------------


EMPTY = "ru_sudrf/day-empty"


def test_the_sentence_about_an_empty_day_is_a_proof_for_that_day() -> None:
    page = read(recorded(EMPTY))
    assert (page.kind, page.outcome) == (PageKind.DAY_EMPTY, Outcome.NOT_FOUND)
    assert page.facts == {"date": "01.01.2026", "rows": 0, "text": "На 01.01.2026 дел не назначено"}


@pytest.mark.parametrize(
    ("damage", "obstacle"),
    [
        (lambda c: replace(c, url=c.url.replace("01.01", "02.01")), Obstacle.BAD_QUERY),
        (
            lambda c: changed(c, "слушанию на 01.01", "слушанию на 02.01"),
            Obstacle.UNCONFIRMED_EMPTY,
        ),
        (lambda c: replace(c, complete=False), Obstacle.INCOMPLETE),
        (lambda c: replace(c, body=c.body[: c.body.rindex(b"</body>")]), Obstacle.INCOMPLETE),
        (lambda c: changed(c, "дел не назначено", "дела назначены"), Obstacle.LAYOUT_CHANGED),
        (lambda c: replace(c, status=503), Obstacle.DOWN),
        (lambda c: replace(c, status=403), Obstacle.BLOCKED),
    ],
)
def test_a_doubtful_empty_day_is_no_proof(
    damage: Callable[[Capture], Capture], obstacle: Obstacle
) -> None:
    page = read(damage(recorded(EMPTY)))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)


def test_the_sentence_beside_a_list_does_not_hide_the_list() -> None:
    page = read(changed(recorded(DAY), "нажмите на номер", "На 16.09.2026 дел не назначено"))
    assert page.outcome is Outcome.FOUND
    assert len(page.rows) == 7


# --- failures at HTTP 200 --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "obstacle"),
    [
        ("Неверно указан проверочный код с картинки.", Obstacle.CAPTCHA),
        ("Время жизни сессии закончилось", Obstacle.EXPIRED),
        ("НЕВЕРНЫЙ ФОРМАТ ЗАПРОСА!", Obstacle.BAD_QUERY),
        ("Указанный сервер СДП не найден", Obstacle.BAD_QUERY),
        ("Информация временно недоступна", Obstacle.DOWN),
        ("Данный модуль неактивен", Obstacle.DOWN),
        ("Этот запрос заблокирован по соображениям безопасности", Obstacle.BLOCKED),
        ("Возможно, она была удалена или перемещена", Obstacle.GONE),
        ("Ничего не найдено", Obstacle.UNCONFIRMED_EMPTY),
        ("Совсем новое предложение", Obstacle.LAYOUT_CHANGED),
    ],
)
def test_each_soft_failure_has_its_type(sentence: str, obstacle: Obstacle) -> None:
    capture = changed(
        recorded("ru_sudrf/empty-unconfirmed"), "Данных по запросу не обнаружено.", sentence
    )
    page = read(changed(capture, "Уточните критерии поиска.", ""))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)


def test_a_missing_list_is_a_wrong_query_and_a_missing_card_is_gone() -> None:
    missing = replace(recorded("ru_sudrf/empty-unconfirmed"), status=404)
    assert read(missing).obstacle is Obstacle.BAD_QUERY
    card = replace(recorded("ru_sudrf/card-gone"), status=404)
    assert read(card).obstacle is Obstacle.GONE


def test_the_form_with_digits_tells_what_a_person_needs_to_solve_it() -> None:
    page = read(recorded("ru_sudrf/captcha-form"))
    assert (page.kind, page.obstacle) == (PageKind.CAPTCHA_FORM, Obstacle.CAPTCHA)
    assert page.facts["captcha_id"] == "inventedcaptchaidinvented"
    assert page.facts["name_field"] == "adm_parts__NAMESS"
    assert page.facts["delo_table"] == "adm_case"


def test_a_page_of_nothing_known_is_no_empty_list() -> None:
    for body in (
        b"<html><body><p>x</p></body></html>",
        b"\x00\xff",
        b"",
        b"<div id=modSdpContent>",
    ):
        assert read(Capture(body)).outcome is Outcome.COULD_NOT_LOOK


# --- any bytes -------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(st.sampled_from(BODIES), st.data())
def test_damaged_bytes_never_raise_and_never_prove_absence(path: Path, data: st.DataObject) -> None:
    whole = recorded(f"{path.parts[-3]}/{path.stem}")
    body = bytearray(whole.body[: data.draw(st.integers(0, len(whole.body)))])
    for _ in range(data.draw(st.integers(0, 6))):
        if body:
            body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    page = read(replace(whole, body=bytes(body)))
    if "day-empty" not in path.stem:
        assert page.outcome is not Outcome.NOT_FOUND
    elif page.outcome is Outcome.NOT_FOUND:
        assert f"На {page.facts['date']} дел не назначено" in bytes(body).decode(
            "cp1251", "replace"
        )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(BODIES), st.data())
def test_shuffled_markup_never_raises(path: Path, data: st.DataObject) -> None:
    whole = recorded(f"{path.parts[-3]}/{path.stem}")
    pieces = re.split(r"(?=<)", whole.text)
    start = data.draw(st.integers(0, len(pieces) - 1))
    end = data.draw(st.integers(start, min(len(pieces), start + 40)))
    moved = pieces[:start] + pieces[end:] + pieces[start:end]
    page = read(replace(whole, body="".join(moved).encode("cp1251", "replace")))
    assert page.obstacle is not None or page.kind is not PageKind.UNKNOWN


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "tbody"])
@pytest.mark.parametrize("name", [DAY, "ru_sudrf/card-koap", EMPTY])
def test_deep_nesting_never_raises(name: str, tag: str) -> None:
    text = recorded(name).text
    place = text.index("</table>") if name != EMPTY else text.index("На 01.01")
    body = f"{text[:place]}{f'<{tag}>' * 3000}{text[place:]}"
    page = read(replace(recorded(name), body=body.encode("cp1251", "xmlcharrefreplace")))
    assert page.kind in set(PageKind)


@given(st.binary(max_size=400))
def test_any_bytes_are_no_proof_of_absence(body: bytes) -> None:
    assert read(Capture(body)).outcome is Outcome.COULD_NOT_LOOK
    assert sudrf_marks.kind_of(Capture(body)) is sudrf_marks.Kind.NONE
