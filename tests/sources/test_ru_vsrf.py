"""The search of the Supreme Court of Russia. All people are invented."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.ru_vsrf import adapter
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, Query

_PAGES = files("habeas.sources.catalog.ru_vsrf") / "pages"
URL = "https://vsrf.ru/lk/practice/claims?&keywords=x"


def body(name: str = "results") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str) -> Page:
    return adapter.parse(Capture(text.encode(), URL, 200))


def test_a_name_cut_by_the_highlight_is_one_name() -> None:
    page = parse(body())
    parties = [m.printed for m in page.mentions if m.capacity is Capacity.PARTY]
    assert parties == ["Выдумов Назар Небывалович", "Выдумова Н.Н.", "ВЫДУМОВ НАЗАР НЕБЫВАЛОВИЧ"]
    assert page.rows[0].facts["first_judge"] == "Сочинитель П.П."
    assert "П.П. Сочинитель" in [m.printed for m in page.mentions]
    assert not any("Небылицына" in m.printed for m in page.mentions), "the footer names nobody"


def test_a_case_and_a_complaint_keep_their_own_fields() -> None:
    case, complaint = parse(body()).rows
    assert (case.facts["kind"], complaint.facts["kind"]) == ("case", "complaint")
    assert case.facts["first_result"] == "В иске отказано"
    assert complaint.facts["in_interest_of"] == "ВЫДУМОВ НАЗАР НЕБЫВАЛОВИЧ"
    assert complaint.facts["cassation_date"] == "01.10.2026"


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("НАЙДЕНО: 2", "НАЙДЕНО: 3", Obstacle.INCOMPLETE),
        ("НАЙДЕНО: 2", "", Obstacle.LAYOUT_CHANGED),
        ("Обжалуется:", "Оспаривается:", Obstacle.LAYOUT_CHANGED),
        ("Решение от 01.06.2026", "Решение", Obstacle.LAYOUT_CHANGED),
        ("vs-items-label", "vs-label", Obstacle.LAYOUT_CHANGED),
        ('class="vs-items"', 'class="entries"', Obstacle.INCOMPLETE),
        ("</html>", "", Obstacle.INCOMPLETE),
    ],
)
def test_no_change_of_the_page_is_an_absence(old: str, new: str, obstacle: Obstacle) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    assert "Выдумов Назар Небывалович" in [mention.printed for mention in page.mentions]


def test_hidden_names_are_withheld_and_no_absence() -> None:
    page = parse(body("hidden"))
    assert (page.outcome, page.obstacle, page.withheld) == (
        Outcome.COULD_NOT_LOOK,
        Obstacle.WITHHELD,
        1,
    )


def test_the_court_is_asked_by_name_only_and_only_on_request() -> None:
    assert list(adapter.plan(Query())) == []
    (request,) = adapter.plan(Query(names=("Выдумов Н",)))
    assert request.by_name
    assert request.url.endswith("&keywords=%D0%92%D1%8B%D0%B4%D1%83%D0%BC%D0%BE%D0%B2%20%D0%9D")


def test_an_unknown_label_keeps_rows_and_roles() -> None:
    page = parse(body().replace("Обжалуется:", "Оспаривается:"))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert [row.facts["kind"] for row in page.rows] == ["case", "complaint"]
    (found,) = [m for m in page.mentions if m.printed == "Выдумова Н.Н."]
    assert (found.row, found.role) == (1, "Заявители (истцы / административные истцы)")


def test_without_a_counter_the_entries_are_kept() -> None:
    page = parse(body().replace("НАЙДЕНО: 2", ""))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert len(page.rows) == 2
    assert "counter" not in page.facts


@pytest.mark.parametrize(
    ("printed", "counter"), [("1 378", 1378), ("37801", 37801), ("1\N{NO-BREAK SPACE}378", 1378)]
)
def test_a_counter_is_read_whole(printed: str, counter: int) -> None:
    page = parse(body().replace("НАЙДЕНО: 2", f"НАЙДЕНО: {printed}"))
    assert page.facts["counter"] == counter
    assert page.obstacle is Obstacle.INCOMPLETE


def test_an_appeal_ruling_of_the_first_court_is_read() -> None:
    page = parse(body().replace("Решение от 01.06.2026", "Апелляционное определение от 01.06.2026"))
    assert page.outcome is Outcome.FOUND
    assert page.rows[0].facts["first_court"] == "Выдуманный городской суд"
    assert page.rows[0].facts["first_decided"] == "01.06.2026"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<div><span>Выдумова Н.Н.</span></div>", "<div>Хаёлов Бахром</div>"),
        ("<span>Выдумова Н.Н.</span>", "<span>Выдумова Н.Н.</span> Хаёлов Бахром"),
        (
            '<div class="col-md-3">По иску:</div><div class="col-md-7 vs-items-additional-info">',
            '<div class="col-md-3">Третьи лица: Хаёлов Бахром</div><div class="col-md-7">',
        ),
        (
            "<div>Докладчик:&nbsp;",
            "<div>Заявитель: Хаёлов Бахром</div></div><div>и<div>Докладчик:&nbsp;",
        ),
    ],
)
def test_a_name_in_an_unforeseen_place_is_kept_and_no_whole_page(old: str, new: str) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert any("Хаёлов Бахром" in mention.printed for mention in page.mentions)


def test_a_label_with_its_value_in_one_cell_is_not_passed_over() -> None:
    first = '<div class="row vs-item-detail">'
    row = f"{first}<div>Ответчик: Хаёлов Бахром</div></div>"
    page = parse(body().replace(first, row + first, 1))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert len(page.rows) == 2
    assert "Хаёлов Бахром" in [mention.printed for mention in page.mentions]


def test_the_link_to_the_card_is_no_unknown_row() -> None:
    row = (
        '<div class="row vs-item-detail"><div class="vs-show-additional-info">'
        '<a href="/x">Показать подробную информацию</a></div></div>'
    )
    text = body().replace('</div><div id="vs-items"', f'{row}</div><div id="vs-items"')
    assert parse(text).outcome is Outcome.FOUND


def test_the_days_are_asked_without_a_name() -> None:
    (request,) = adapter.plan(Query(days=(date(2026, 11, 24),)))
    assert not request.by_name
    assert "registerDateFrom=24.11.2026&registerDateTo=24.11.2026" in request.url


NEWER = """<!DOCTYPE html><html><head><title>x</title></head><body><a href="https://vsrf.ru/">x</a>
<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": {"initialItemsData":
{"content": [{"a": {"b": ["Выдумов Назар Небывалович"]}}, {"c": "Хаёлов Б.А."}],
"totalElements": 12, "last": false}}}}</script></body></html>"""


@pytest.mark.parametrize("query", ["keywords=x", "registerDateFrom=1"])
def test_the_newer_layout_is_an_obstacle_that_keeps_its_names(query: str) -> None:
    url = f"https://vsrf.ru/lk/practice/claims?{query}&page=1"
    page = adapter.parse(Capture(NEWER.encode(), url, 200))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.LAYOUT_CHANGED)
    assert [(m.printed, m.row) for m in page.mentions] == [
        ("Выдумов Назар Небывалович", 1),
        ("Хаёлов Б.А.", 2),
    ]
    assert page.part is not None
    assert (page.part.number, page.part.rows_total) == (2, 12)
    (following,) = page.next
    assert following.url.endswith("&page=2")
    assert following.by_name == ("keywords" in query)
    assert adapter.recognise(Capture(NEWER.encode()))


@pytest.mark.parametrize(
    ("old", "new"), [('"last": false', '"last": '), ('"props"', "[" * 50_000), ("content", "items")]
)
def test_a_broken_newer_page_keeps_its_names(old: str, new: str) -> None:
    page = parse(NEWER.replace(old, new))
    assert page.outcome is Outcome.COULD_NOT_LOOK
    assert any("Выдумов Назар Небывалович" in mention.printed for mention in page.mentions)


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    for tried in (content, body().encode()[:1500] + content):
        assert adapter.parse(Capture(tried, URL)).outcome is not Outcome.NOT_FOUND
