"""Any HTML page: recall first, and never an absence out of nothing. All people are invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, PageKind
from habeas.sources.readers.cells import names_of_list, names_of_name_cell
from habeas.sources.readers.tables import read_tables
from habeas.sources.tangled import is_tangled

NAME = "Хаёлов Бахром Афсонаевич"
TABLE = f"""<html><body><table><tr><th>№</th><th>Ответчик</th><th>Судья</th><th>Сведения</th></tr>
<tr data-href="/card/1"><td>1</td><td>{NAME}, Выдумов Назар</td><td>Сочинская П.П.</td>
<td>представитель Баюнов К.К.</td></tr></table></body></html>"""


def read(text: str | bytes, **more: object) -> Page:
    body = text if isinstance(text, bytes) else text.encode()
    return read_tables(Capture(body, **more))  # type: ignore[arg-type]


def printed(page: Page) -> list[str]:
    return [mention.printed for mention in page.mentions]


def test_rows_are_read_by_their_headings() -> None:
    page = read(TABLE)
    assert (page.kind, page.outcome) == (PageKind.TABLE, Outcome.FOUND)
    (row,) = page.rows
    assert (row.facts["№"], row.facts["Судья"], row.link) == ("1", "Сочинская П.П.", "/card/1")
    by_name = {mention.printed: mention for mention in page.mentions}
    assert (by_name[NAME].role, by_name[NAME].capacity) == ("Ответчик", Capacity.PARTY)
    assert by_name["Выдумов Назар"].row == 1
    assert by_name["Сочинская П.П."].capacity is Capacity.OFFICIAL
    assert by_name["Баюнов К.К."].capacity is Capacity.NAMED


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Вчера {NAME} пропал</p>",
        "<p>Вчера <b>Хаёл</b>ов <i>Бахром</i> Афсонаевич пропал</p>",
        f'<table><tr><td>1</td><td title="{NAME}">Хаёлов…</td></tr></table>',
        f'<div data-full-text="&lt;p&gt;{NAME}&lt;/p&gt;">раскрыть</div><p>Выдумов Н.</p>',
        "<table><tr><th>Фамилия<th>Имя<th>Отчество<tr><td>Хаёлов<td>Бахром<td>Афсонаевич</table>",
        f"<table><tr><td>Ответчик:</td><td>{NAME}</td></tr></table>",
        f"<table><tr><td><table><tr><td>1</td><td>{NAME}</td></tr></table></td><td>x</td></tr>",
        f"<table><tr><td>{NAME}",
        f"<ul><li>{NAME}<li>Выдумов Н.",
    ],
)
def test_a_name_is_found_wherever_it_stands(text: str) -> None:
    assert NAME in printed(read(text))


@pytest.mark.parametrize(
    ("text", "obstacle"),
    [
        ("<html><body><p>погода сегодня хорошая</p></body></html>", Obstacle.NOT_RECOGNISED),
        ("<html><body><div id=app></div><script>x</script></body></html>", Obstacle.NOT_RECOGNISED),
        (
            "<html><body>Новости Выдумска<script>x</script>Включите Скрипты</body></html>",
            Obstacle.NOT_RECOGNISED,
        ),
        (TABLE.removesuffix("</html>"), Obstacle.INCOMPLETE),
        ("", Obstacle.INCOMPLETE),
        ("<html><body><h1>Сайт временно недоступен</h1></body></html>", Obstacle.DOWN),
    ],
)
def test_nothing_is_no_absence(text: str, obstacle: Obstacle) -> None:
    page = read(text)
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)


def test_a_cut_page_keeps_who_was_read() -> None:
    page = read(TABLE, complete=False)
    assert page.obstacle is Obstacle.INCOMPLETE
    assert NAME in printed(page)


HOSTILE = {
    "deep": "<div>" * 100_000 + NAME,
    "deep formatting": "<b>" * 100_000 + NAME,
    "deep tables": "<table><tr><td>" * 100_000 + NAME,
    "many attributes": "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + f">{NAME}",
    "long attribute": '<p title="' + "а" * 10_000_000 + f'">{NAME}',
    "reopened": "".join(f"<b id={i}><p>" for i in range(20_000)) + NAME,
    "entities": "&lt;" * 200_000 + f"<p>{NAME}",
    "comments": "<p>" + NAME + "<!--" * 300_000,
    "angles": "<" * 1_000_000,
    "nuls": f"<p>\x00{NAME}\x00</p>" + "\x00" * 1000,
    "directions": f"<p>\u202e{NAME}\u202c\u2066</p>",
    "wide row": "<table><tr>" + "<td>x</td>" * 50_000 + f"<tr><td>1<td>{NAME}",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_pages_take_bounded_time(shape: str) -> None:
    began = time.perf_counter()
    page = read(HOSTILE[shape])
    assert time.perf_counter() - began < 8
    assert page.outcome is not Outcome.NOT_FOUND
    if shape not in {"angles", "directions", "nuls", "comments"}:
        assert NAME in printed(page)


def test_ordinary_pages_are_not_taken_for_hostile() -> None:
    assert not is_tangled("<tr><td><a href=x><b>y</b></a></td></tr>" * 20_000)
    assert not is_tangled("<p>" + "слово " * 50_000)


def test_names_in_a_cell_of_names() -> None:
    assert names_of_name_cell("Ibragimov, Vydum") == ["Ibragimov, Vydum", "Ibragimov", "Vydum"]
    assert names_of_name_cell("Истец: Выдумов Н.; Ответчик: Хаёлов Б.") == [
        "Выдумов Н.",
        "Хаёлов Б.",
    ]
    assert names_of_name_cell("12.11.2026") == []
    assert names_of_list('ООО "А, Б и В", Выдумов Н. (ранее Хаёлов, Н.)') == [
        'ООО "А, Б и В"',
        "Выдумов Н. (ранее Хаёлов, Н.)",
    ]


_TAGS = (
    *("<table>", "</table>", "<tr>", "<td>", "<th>Судья", "</td>", "<b>", "</b>", "<p>", "<br>"),
    *("Хаёлов Б.", "<td title='Выдумов Н.'>", "<script>", "&#0;", "\x00", "</html>", "<html>"),
)


@given(st.lists(st.sampled_from(_TAGS), max_size=60))
def test_any_arrangement_of_tags_is_read(parts: list[str]) -> None:
    assert read("".join(parts)).outcome is not Outcome.NOT_FOUND


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    assert read(body).outcome is not Outcome.NOT_FOUND
