"""Tables of sudrf.ru: own cells only, columns by heading, nothing guessed."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.sources.platforms.sudrf_grid import (
    address_of,
    cells_by_row,
    lines_of,
    parameters,
    read_grid,
    text_of,
)
from habeas.sources.tables import LayoutChanged

KNOWN = {"№": "n", "Дата размещения": "published", "Имя": "name"}


def node(html: str, mark: str = "table") -> LexborNode:
    found = LexborHTMLParser(html).css_first(mark)
    assert found is not None
    return found


def test_breaks_and_blocks_begin_lines_and_tooltips_are_left_out() -> None:
    cell = node(
        "<table><tr><td>Дата<br>размещения&nbsp;<span class='tooltipShow'>подсказка</span>"
        "<div>Дубов А.Б.</div><p>Вязов В.Г.</p><script>x</script></td></tr></table>",
        "td",
    )
    assert lines_of(cell) == ["Дата", "размещения", "Дубов А.Б.", "Вязов В.Г."]
    assert text_of(cell) == "Дата размещения Дубов А.Б. Вязов В.Г."


def test_a_vertical_tab_in_the_page_is_no_break() -> None:
    assert lines_of(node("<table><tr><td>Дубов\vА.Б.</td></tr></table>", "td")) == ["Дубов А.Б."]


def test_rows_opened_twice_and_inner_tables_add_no_rows() -> None:
    table = node(
        "<table><tr><th colspan=2>ДЕЛО</th><tr><tr><td>а</td><td>б<table><tr><td>в</td></tr>"
        "</table></td></tr><br></table>"
    )
    assert [len(cells) for cells in cells_by_row(table)] == [1, 2]


def test_a_grid_has_sections_entries_and_odd_rows() -> None:
    table = node(
        "<table><tr><td>№</td><td>Имя</td></tr><tr><td colspan=2>Раздел</td></tr>"
        "<tr><td>1</td><td>Дубов А.Б.</td></tr><tr><td>2</td><td>Вязов</td><td>?</td></tr>"
        "<tr><td>3</td><td>Буков</td></tr></table>"
    )
    grid = read_grid(cells_by_row(table), KNOWN.get, frozenset({"name"}))
    assert grid.columns == ("№", "Имя")
    assert [(entry.section, entry.begins, entry.text("name")) for entry in grid.entries] == [
        ("Раздел", True, "Дубов А.Б."),
        ("Раздел", False, "Буков"),
    ]
    assert grid.odd == (("2", "Вязов", "?"),)
    assert grid.sections == 1
    assert grid.entries[0].text("published") == ""


@pytest.mark.parametrize(
    "heading",
    ["<td>№</td><td>ФИО</td>", "<td>Имя</td><td>Имя</td>", "<td>№</td><td>Дата размещения</td>"],
    ids=["unknown", "doubled", "needed one missing"],
)
def test_a_heading_that_is_not_as_known_stops_the_reading(heading: str) -> None:
    table = node(f"<table><tr>{heading}</tr></table>")
    with pytest.raises(LayoutChanged):
        read_grid(cells_by_row(table), KNOWN.get, frozenset({"name"}))


def test_a_table_without_a_heading_stops_the_reading() -> None:
    with pytest.raises(LayoutChanged):
        read_grid(
            cells_by_row(node("<table><tr><td>один</td></tr></table>")), KNOWN.get, frozenset()
        )


def test_addresses_are_read_in_their_own_charset() -> None:
    asked = parameters("/modules.php?a=1&a=2&Submit=%CD%E0%E9%F2%E8&vnkod=")
    assert asked == {"a": "1", "Submit": "Найти", "vnkod": ""}
    assert parameters("http://[broken") == {}
    cell = node("<table><tr><td>-</td></tr></table>", "td")
    assert address_of(cell) == ""
