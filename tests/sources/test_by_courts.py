"""The schedule of the courts of Belarus. All people are invented."""

from datetime import date
from importlib.resources import files
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.by_courts import adapter
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, Query

_PAGES = files("habeas.sources.catalog.by_courts") / "pages"
URL = adapter.ADDRESS


def body(name: str = "schedule") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str) -> Page:
    return adapter.parse(Capture(text.encode(), URL, 200))


def test_three_panels_are_read_and_closed_hearings_are_counted() -> None:
    page = parse(body())
    assert (page.outcome, page.withheld, len(page.rows)) == (Outcome.FOUND, 1, 4)
    parties = [m.printed for m in page.mentions if m.capacity is Capacity.PARTY]
    assert parties == [
        "Выдумкин Пахом Сидорович",
        "Выдумкина Анна",
        "Небывалов Тимофей Карпович",
        "Хаёлов Бахром Афсонаевич",
    ]
    assert 'ООО "Небылица, дочь и Ко"' in [m.printed for m in page.mentions]
    assert "Закрытое судебное заседание" not in [m.printed for m in page.mentions]


def test_only_closed_hearings_are_withheld_and_no_absence() -> None:
    page = parse(body("all_closed"))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.WITHHELD)


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ('<span class="badge">2</span>', '<span class="badge">3</span>', Obstacle.INCOMPLETE),
        ("<th>ФИО</th>", "<th>Лицо</th>", Obstacle.LAYOUT_CHANGED),
        ("<th>ФИО</th>", "", Obstacle.LAYOUT_CHANGED),
        ("Уголовные дела", "Иные дела", Obstacle.LAYOUT_CHANGED),
        ("</div>\n<script", "<script", Obstacle.INCOMPLETE),
        ("panel", "pane", Obstacle.UNCONFIRMED_EMPTY),
        ("<td>\n  1\n </td>", "<td>\n  2\n </td>", Obstacle.INCOMPLETE),
    ],
)
def test_no_change_of_the_page_is_an_absence(old: str, new: str, obstacle: Obstacle) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    assert "Небывалов Тимофей Карпович" in [mention.printed for mention in page.mentions]


def test_a_fragment_cut_anywhere_is_never_whole() -> None:
    text = body()
    for end in range(0, text.index("</div>\n<script"), 97):
        assert parse(text[:end]).outcome is Outcome.COULD_NOT_LOOK


def test_the_form_carries_a_name_only_if_it_was_asked_for() -> None:
    days = (date(2026, 11, 2),)
    (request,) = adapter.plan(Query(days=days, courts=("77",)))
    form = parse_qs(request.body.decode(), keep_blank_values=True)
    assert (form["CourtId"], form["StartDate"], form["Name"]) == (["77"], ["02.11.2026"], [""])
    assert not request.by_name
    (named,) = adapter.plan(Query(days=days, courts=("77",), names=("Хаёлов",)))
    assert named.by_name
    assert list(adapter.plan(Query(days=days))) == []


def test_a_missing_row_keeps_the_names_of_the_others() -> None:
    text = body()
    start = text.index("<tr><td>\n  1\n </td>", text.index("Уголовные дела"))
    page = parse(text[:start] + text[text.index("</tr>", start) + 5 :])
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
    assert len(page.rows) == 3
    assert "Хаёлов Бахром Афсонаевич" in [m.printed for m in page.mentions if m.row == 3]


def test_a_row_out_of_order_is_incomplete_and_not_a_changed_layout() -> None:
    row = body()[body().rindex("<tr>") : body().rindex("</tbody>")]
    page = parse(body().replace(row, row.replace("  2\n", "  3\n", 1) + row))
    assert page.obstacle is Obstacle.INCOMPLETE
    assert len(page.rows) == 5


@pytest.mark.parametrize(
    ("old", "new"), [("Уголовные дела", "Иные дела"), ("<th>ФИО</th>", "<th>Лицо</th>")]
)
def test_an_unknown_panel_or_column_keeps_the_rows_of_the_other_panels(old: str, new: str) -> None:
    page = parse(body().replace(old, new))
    assert page.obstacle is Obstacle.LAYOUT_CHANGED
    assert page.rows
    assert {m.role for m in page.mentions if m.printed == "Выдумкина Анна"} == {"Ответчик"}
    assert "Хаёлов Бахром Афсонаевич" in [mention.printed for mention in page.mentions]


@pytest.mark.parametrize(
    "closed",
    [
        "Закрытое судебное заседание (ст. 6.1 ПИКоАП)",
        "ЗАКРЫТОЕ судебное заседание",
        "Закрытое судебное заседание (ч. 2 (1) ст. 23 УПК)",
    ],
)
def test_a_closed_hearing_with_its_reason_is_withheld_and_no_name(closed: str) -> None:
    page = parse(body("all_closed").replace("Закрытое судебное заседание", closed))
    assert (page.obstacle, page.withheld) == (Obstacle.WITHHELD, 1)
    assert [m.printed for m in page.mentions] == ["Придумова О.О."]


def test_a_name_beside_the_words_of_a_closed_hearing_is_a_name() -> None:
    named = "Хаёлова Мехри, закрытое судебное заседание"
    page = parse(body("all_closed").replace("Закрытое судебное заседание", named))
    assert "Хаёлова Мехри" in [mention.printed for mention in page.mentions]
    assert page.withheld == 1


def test_a_panel_that_is_not_there_is_remarked() -> None:
    assert not parse(body()).remarks
    text = body()
    start = text.index('<div class="panel panel-default">', text.index('collapse11" class'))
    page = parse(text[:start] + text[text.index("</div>\n</div>\n<script") :])
    assert page.outcome is Outcome.FOUND
    assert len(page.remarks) == 1
    assert "Уголовные дела" in page.remarks[0]


def test_an_address_without_a_list_was_asked_wrongly() -> None:
    gone = adapter.parse(Capture("<html>Страница не найдена</html>".encode(), URL, 404))
    assert gone.obstacle is Obstacle.BAD_QUERY


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    for tried in (content, body().encode()[:1200] + content):
        assert adapter.parse(Capture(tried, URL)).outcome is not Outcome.NOT_FOUND
