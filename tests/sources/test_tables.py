"""Tables are read by heading; whatever is not understood stops the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.sources.tables import Fields, LayoutChanged, Table, folded, lines_of, text_of


def node(html: str, selector: str = "table") -> LexborNode:
    found = LexborHTMLParser(html).css_first(selector)
    assert found is not None
    return found


def table(*rows: str) -> LexborNode:
    return node("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")


HEAD = "<th>№</th><th>Дело</th><th>Судья</th>"


def test_cells_are_taken_by_heading() -> None:
    read = Table.of(table(HEAD, "<td>1<td><a href=' /c?1 '>5-1/2026</a><td>Выдумов&nbsp; Н.Н."))
    (row,) = read.rows
    assert read.columns == ("№", "Дело", "Судья")
    assert row.take("Судья").text == "Выдумов Н.Н."
    assert row.take("Дело").link == row.link == "/c?1"
    row.nothing_left(ignore={"№"})


def test_a_moved_column_is_still_read_and_a_renamed_one_stops() -> None:
    moved = Table.of(table("<th>Судья</th><th>Дело</th>", "<td>Выдумов Н.Н.<td>5-1/2026"))
    assert moved.rows[0].take("Судья").text == "Выдумов Н.Н."
    renamed = Table.of(table("<th>Cудья</th><th>Дело</th>", "<td>Выдумов Н.Н.<td>5-1/2026"))
    with pytest.raises(LayoutChanged, match="Судья"):
        renamed.rows[0].take("Судья")
    assert renamed.rows[0].take_any("Судья", "Cудья").text == "Выдумов Н.Н."


def test_a_column_nobody_asked_for_stops() -> None:
    (row,) = Table.of(table(HEAD, "<td>1<td>5-1/2026<td>Выдумов Н.Н.")).rows
    row.take("Дело")
    with pytest.raises(LayoutChanged, match="“Судья”"):
        row.nothing_left(ignore={"№"})


@pytest.mark.parametrize("cells", ["<td>1<td>2", "<td>1<td>2<td>3<td>4", "<td colspan=2>1<td>2"])
def test_a_row_of_another_length_stops_or_is_put_aside(cells: str) -> None:
    broken: list[str] = []
    with pytest.raises(LayoutChanged, match="Row 1"):
        Table.of(table(HEAD, cells))
    read = Table.of(table(HEAD, cells, "<td>2<td>5-2/2026<td>Выдумов Н.Н."), broken=broken)
    assert [row.number for row in read.rows] == [2]
    assert len(broken) == 1


def test_a_ragged_table_has_empty_cells_at_the_end_of_a_row() -> None:
    (row,) = Table.of(table(HEAD, "<td>1<td>5-1/2026"), ragged=True).rows
    assert row.take("Судья").text == ""


def test_category_rows_become_sections() -> None:
    read = Table.of(table(HEAD, "<td colspan=3>КоАП", "<td>1<td>a<td>b", "<td>2<td>c<td>d"))
    assert [(row.number, row.section) for row in read.rows] == [(1, "КоАП"), (2, "КоАП")]


def test_a_cell_that_reaches_down_belongs_to_each_row() -> None:
    rows = ["<td rowspan=2>1<td>a<td>b", "<td>c<td>d", "<td>2<td>e<td>f"]
    read = Table.of(table(HEAD, *rows))
    assert [row.take("№").text for row in read.rows] == ["1", "1", "2"]
    assert [row.take("Судья").text for row in read.rows] == ["b", "d", "f"]


def test_a_nested_table_stays_in_its_cell() -> None:
    inner = "<table><tr><td>x<td>y<td>z</table>"
    (row,) = Table.of(table(HEAD, f"<td>1<td>{inner}<td>b")).rows
    assert row.take("Дело").text == "xyz"


def test_repeated_headings_are_told_apart() -> None:
    read = Table.of(table("<th>Имя<th>Имя<th>", "<td>a<td>b<td>c"))
    assert read.columns == ("Имя", "Имя (2)", "")
    with pytest.raises(LayoutChanged):
        read.expect(["Имя", "Имя"])


@pytest.mark.parametrize("html", ["<table></table>", "<table><tr><td>one cell</table>"])
def test_a_table_without_heading_stops(html: str) -> None:
    with pytest.raises(LayoutChanged, match="heading"):
        Table.of(node(html))


def test_a_heading_of_two_storeys_stops() -> None:
    with pytest.raises(LayoutChanged, match="spans"):
        Table.of(table("<th colspan=2>Стороны<th>Судья", "<td>a<td>b<td>c"))


def test_fields_are_taken_and_nothing_may_be_left() -> None:
    fields = Fields([("Судья", node("<b>x</b>", "b")), ("Статья", node("<b>y</b>", "b"))])
    assert text_of(fields.take("Судья")) == "x"
    assert fields.take("Дата") is None
    with pytest.raises(LayoutChanged, match="Статья"):
        fields.nothing_left()
    fields.nothing_left(ignore={"Статья"})


def test_a_label_that_comes_twice_stops_unless_all_are_taken() -> None:
    fields = Fields([("Судья", node("<b>x</b>", "b")), ("Судья", node("<b>y</b>", "b"))])
    with pytest.raises(LayoutChanged, match="2 times"):
        fields.take("Судья")
    assert [text_of(value) for value in fields.take_all("Судья")] == ["x", "y"]


def test_lines_break_at_br_and_blocks_but_not_in_a_word() -> None:
    cell = node(
        "<div>Аудио - <b>Н</b>ет<br>Видео&nbsp;<p>Истец</p>Выдумов Н.Н.<script>x</script>", "div"
    )
    assert lines_of(cell) == ["Аудио - Нет", "Видео", "Истец", "Выдумов Н.Н."]


def node_deep() -> LexborNode:
    return node("<p>a</p>" + "<div>" * 30_000 + "b", "body")


def test_lines_of_a_deeply_nested_page_do_not_exhaust_the_stack() -> None:
    assert lines_of(node_deep()) == ["a", "b"]


@given(st.text())
def test_folding_is_idempotent_and_leaves_no_double_blank(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert "  " not in once
    assert once == once.strip()


@given(
    st.lists(st.lists(st.sampled_from(["<td>a", "<td colspan=2>b", "<td rowspan=3>c"]), max_size=5))
)
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    broken: list[str] = []
    read = Table.of(table(HEAD, *("".join(row) for row in rows)), broken=broken, ragged=True)
    assert all(set(row.cells) == set(read.columns) for row in read.rows)
