"""Strict reading of tables and of label-and-value lists: nothing is guessed, nothing is left over.

A portal that renames, adds or moves a column must stop the reader, because a wrong column read as
names is a person not found. Columns are found by their printed heading; each is taken or named as
ignored. `LayoutChanged` stays inside the room: `parse` turns it into an obstacle page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.language import _

_BLOCK_TAGS = """address article blockquote br caption dd div dl dt fieldset h1 h2 h3 h4 h5 h6 hr li
    nobr ol p pre section table tbody td tfoot th thead tr ul"""
_BREAKS = frozenset(_BLOCK_TAGS.split())
_PAGE_OF_NOTHING = LexborHTMLParser("<td></td>")
_NOTHING = _PAGE_OF_NOTHING.css("body")[0]
_UNSEEN = frozenset({"script", "style", "template", "noscript", "textarea"})
# A colspan above this is an attack or a mistake (HTML standard, 4.9.11, caps it at 1000).
_WIDEST = 1000


class LayoutChanged(Exception):
    """The page is not built as the reader expects; carries one sentence for the explanation."""


def folded(text: str) -> str:
    """Return `text` with runs of white space (also no-break) as one blank, and none at the ends."""
    return " ".join(text.split())


def text_of(node: LexborNode | None) -> str:
    """Return the folded text of a node, as the portal runs it together; empty for no node."""
    return "" if node is None else folded(node.text())


def lines_of(node: LexborNode) -> list[str]:
    """Return the folded lines of a node: a `br` or a block begins a new one; no empty lines."""
    lines: list[list[str]] = [[]]
    # Not recursive: a hostile page nests deeper than the interpreter's stack.
    waiting: list[LexborNode | None] = []
    waiting.extend(list(node.iter(include_text=True))[::-1])
    while waiting:
        child = waiting.pop()
        if child is None:
            lines.append([])
        elif child.tag == "-text":
            lines[-1].append(child.text())
        elif child.tag not in _UNSEEN:
            if child.tag in _BREAKS:
                lines.append([])
                waiting.append(None)
            waiting.extend(list(child.iter(include_text=True))[::-1])
    return [line for parts in lines if (line := folded("".join(parts)))]


@dataclass(frozen=True)
class Cell:
    """One cell of a row: its node and its folded text."""

    node: LexborNode
    width: int = 1

    @cached_property
    def text(self) -> str:
        """The visible text, folded."""
        return text_of(self.node)

    @property
    def lines(self) -> list[str]:
        """The visible text by lines."""
        return lines_of(self.node)

    @property
    def link(self) -> str:
        """The address of the first link in the cell, as printed, or empty."""
        anchor = self.node.css_first("a[href]")
        return (anchor.attributes.get("href") or "").strip() if anchor else ""


@dataclass
class TableRow:
    """One row of entries.

    Attributes:
        number: its place among the rows of entries, from 1.
        cells: by column heading.
        node: its `tr`.
        section: text of the nearest row above that spans all columns ("category row"), or empty.
    """

    number: int
    cells: dict[str, Cell]
    node: LexborNode
    section: str = ""
    _taken: set[str] = field(default_factory=set)

    def take(self, column: str) -> Cell:
        """Return the cell of a column.

        Raises:
            LayoutChanged: the table has no such column.
        """
        try:
            cell = self.cells[column]
        except KeyError:
            message = _("There is no column “{column}”; there are: {columns}.")
            there = ", ".join(self.cells)
            raise LayoutChanged(message.format(column=column, columns=there)) from None
        self._taken.add(column)
        return cell

    def take_any(self, *columns: str) -> Cell:
        """Return the cell of the first of `columns` that the table has.

        Raises:
            LayoutChanged: it has none of them.
        """
        for column in columns:
            if column in self.cells:
                return self.take(column)
        return self.take(columns[0])

    def nothing_left(self, ignore: Iterable[str] = ()) -> None:
        """Make sure that every column was taken or is named in `ignore`.

        Raises:
            LayoutChanged: there is a column that nobody asked for.
        """
        left = self.cells.keys() - self._taken - set(ignore)
        if left:
            names = ", ".join(f"“{name}”" for name in self.cells if name in left)
            message = _("There are columns that are not known: {columns}.")
            raise LayoutChanged(message.format(columns=names))

    @property
    def link(self) -> str:
        """The address of the first link in the row, as printed, or empty."""
        return next((cell.link for cell in self.cells.values() if cell.link), "")


@dataclass(frozen=True)
class Table:
    """A table read by the headings of its columns.

    Attributes:
        columns: headings in order, folded; a repeated heading gets " (2)", " (3)".
        rows: the rows of entries; rows that span all columns become `TableRow.section`.
    """

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @classmethod
    def of(
        cls, node: LexborNode, *, ragged: bool = False, broken: list[str] | None = None
    ) -> "Table":
        """Read the `table` (or `thead`/`tbody`) `node`; tables nested in its cells stay in them.

        The heading is the first row that is not one single cell across.

        Args:
            node: the table.
            ragged: True where this portal leaves out empty cells at the end of a row.
            broken: if given, a row with a wrong number of cells is left out and described here,
                so that the rows that can be read are kept; the page is then an obstacle.

        Raises:
            LayoutChanged: there is no heading, the heading itself has two storeys, or a row has
                more or fewer cells than there are headings.
        """
        lines = _lines(own_rows(node))
        for index, (_row, cells) in enumerate(lines):
            if len(cells) > 1:
                columns = _columns(cells)
                below = lines[index + 1 :]
                if ragged:
                    below = [(row, _filled(cells, len(columns))) for row, cells in below]
                return cls(columns, tuple(_entries(columns, below, broken)))
        raise LayoutChanged(_("There is a table without a heading."))

    def expect(self, columns: Sequence[str]) -> None:
        """Make sure that the headings are exactly these, in this order.

        Raises:
            LayoutChanged: they are not.
        """
        if list(self.columns) != list(columns):
            message = _("The columns are {found}, not {expected}.")
            raise LayoutChanged(
                message.format(found=", ".join(self.columns), expected=", ".join(columns))
            )


def own_rows(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the `tr` of a table in page order, but none of a table nested in a cell."""
    for child in node.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from own_rows(child)


def _lines(rows: Iterable[LexborNode]) -> list[tuple[LexborNode, list[Cell]]]:
    """Return the cells of each row, with cells of rows above that reach down (rowspan) repeated."""
    lines = []
    reaching: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        cells: list[Cell] = []
        place = 0
        for node in row.iter():
            if node.tag in {"td", "th"}:
                place = _reached(reaching, place, cells)
                cell = Cell(node, _span(node, "colspan"))
                down = _span(node, "rowspan")
                if down > 1:
                    reaching[place] = (down, cell)
                cells.append(cell)
                place += cell.width
        _reached(reaching, place, cells)
        reaching = {at: (left - 1, cell) for at, (left, cell) in reaching.items() if left > 1}
        if cells:
            lines.append((row, cells))
    return lines


def _reached(reaching: dict[int, tuple[int, Cell]], place: int, cells: list[Cell]) -> int:
    while place in reaching and reaching[place][1] not in cells:
        cell = reaching[place][1]
        cells.append(cell)
        place += cell.width
    return place


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "").strip()
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and int(value) else 1


def _columns(cells: Sequence[Cell]) -> tuple[str, ...]:
    names: list[str] = []
    for cell in cells:
        if cell.width > 1 or _span(cell.node, "rowspan") > 1:
            message = _("The heading “{column}” spans several columns or rows.")
            raise LayoutChanged(message.format(column=cell.text))
        name, again = cell.text, 2
        while name in names:
            name, again = f"{cell.text} ({again})", again + 1
        names.append(name)
    return tuple(names)


def _filled(cells: list[Cell], wanted: int) -> list[Cell]:
    if len(cells) == 1 and cells[0].width > 1:
        return cells
    return cells + [Cell(_NOTHING)] * (wanted - len(cells))


def _entries(
    columns: Sequence[str],
    lines: Iterable[tuple[LexborNode, list[Cell]]],
    broken: list[str] | None,
) -> Iterator[TableRow]:
    number, section = 0, ""
    for node, cells in lines:
        if len(cells) == 1 and len(columns) > 1 and cells[0].width >= len(columns):
            section = cells[0].text
        elif len(cells) != len(columns) or any(cell.width > 1 for cell in cells):
            number += 1
            message = _("Row {row} has {cells} cells under {columns} headings.").format(
                row=number, cells=len(cells), columns=len(columns)
            )
            if broken is None:
                raise LayoutChanged(message)
            broken.append(message)
        else:
            number += 1
            yield TableRow(number, dict(zip(columns, cells, strict=True)), node, section)


class Fields:
    """Labels with values, as a case card prints them; the same label may come again.

    Attributes:
        pairs: label and value node or text, in page order.
    """

    def __init__(self, pairs: Iterable[tuple[str, LexborNode]]) -> None:
        self.pairs = tuple(pairs)
        self._taken: set[str] = set()

    def take_all(self, label: str) -> list[LexborNode]:
        """Return the values of a label in page order, none if it is not there."""
        self._taken.add(label)
        return [value for name, value in self.pairs if name == label]

    def take(self, label: str) -> LexborNode | None:
        """Return the value of a label that comes at most once, None if it is not there.

        Raises:
            LayoutChanged: it comes twice.
        """
        values = self.take_all(label)
        if len(values) > 1:
            message = _("The label “{label}” comes {count} times.")
            raise LayoutChanged(message.format(label=label, count=len(values)))
        return values[0] if values else None

    def nothing_left(self, ignore: Iterable[str] = ()) -> None:
        """Make sure that every label was taken or is named in `ignore`.

        Raises:
            LayoutChanged: there is a label that nobody asked for.
        """
        known = self._taken | set(ignore)
        left = [name for name, _ in self.pairs if name not in known]
        if left:
            message = _("There are labels that are not known: {labels}.")
            raise LayoutChanged(message.format(labels=", ".join(left)))
