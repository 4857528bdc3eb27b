"""Reads the tables of the ГАС «Правосудие» sites strictly: columns by header, every cell accounted.

The site nests tables, repeats the id `tablcont` in every tab, opens rows twice (`<tr>` where
`</tr>` was meant), breaks headings with `<br>` and hangs tooltips into them. So rows and cells are
walked by hand, direct children only, and headings are read with their breaks as blanks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.tables import LayoutChanged, folded, own_rows

# A browser drops these wherever they stand (URL standard, 4.4).
_NOT_IN_ADDRESSES = str.maketrans("", "", "\t\n\r")
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "noscript"})
# A question mark with a sentence beside "Дата размещения"; a plain read glues it to the heading.
_TOOLTIP = "tooltipShow"
_BREAK = "\v"
_BREAKING = frozenset({"br", "div", "li", "p", "table", "td", "th", "tr", "ul"})


def text_of(node: LexborNode) -> str:
    """Return the folded text of a node; `<br>` counts as a blank, tooltips are left out."""
    # A vertical tab is white space, and so is folded away.
    return folded(raw_text_of(node))


def lines_of(node: LexborNode) -> list[str]:
    """Return the text of a node by lines: a `<br>` or a block begins one; no empty lines."""
    return [line for raw in raw_text_of(node).split(_BREAK) if (line := folded(raw))]


def raw_text_of(node: LexborNode) -> str:
    """Return the text of a node with its blanks as sent; a vertical tab begins a line."""
    only = node.first_child
    if only is None:
        return ""
    if only.tag == "-text" and only.next is None:
        # Most cells hold nothing else.
        return (only.text_content or "").replace(_BREAK, " ")
    parts: list[str] = []
    # A stack, because a hostile page may nest deeper than Python's own.
    stack = [(node.iter(include_text=True), "")]
    while stack:
        children, closing = stack[-1]
        child = next(children, None)
        if child is None:
            parts.append(closing)
            stack.pop()
        elif child.tag == "-text":
            # A vertical tab in the page itself must not pass for a break.
            parts.append((child.text_content or "").replace(_BREAK, " "))
        elif _is_seen(child):
            around = _BREAK if child.tag in _BREAKING else ""
            parts.append(around)
            stack.append((child.iter(include_text=True), around))
    return "".join(parts)


def _is_seen(node: LexborNode) -> bool:
    return node.tag not in _UNSEEN and node.attributes.get("class") != _TOOLTIP


def cells_by_row(table: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the cells of each row of a table itself; a row without cells is no row."""
    for row in own_rows(table):
        cells = [cell for cell in row.iter() if cell.tag in _CELLS]
        if cells:
            yield cells


@dataclass(frozen=True, slots=True)
class Entry:
    """One row under the heading of a `Grid`.

    Attributes:
        section: the line that spans the table above this row (a category), empty for none.
        begins: whether that line stands directly above.
        cells: by standard term.
    """

    section: str
    begins: bool
    cells: Mapping[str, LexborNode]
    _texts: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def text(self, term: str) -> str:
        """Return the folded text of a cell, empty where the table has no such column."""
        if term not in self._texts:
            cell = self.cells.get(term)
            self._texts[term] = "" if cell is None else text_of(cell)
        return self._texts[term]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a heading.

    Attributes:
        columns: the headings as printed.
        terms: the standard term of each.
        sections: how many lines span the table.
        entries: the rows under the heading.
        odd: the lines of rows with another number of cells than the heading; whoever reads the
            table must not call it complete, but may still look for names in them.
    """

    columns: tuple[str, ...]
    terms: tuple[str, ...]
    sections: int
    entries: tuple[Entry, ...]
    odd: tuple[tuple[str, ...], ...]


def read_grid(
    rows: Iterable[list[LexborNode]], term_of: Callable[[str], str | None], required: frozenset[str]
) -> Grid:
    """Read the rows of a table, all columns of which `term_of` must know by their heading.

    Raises:
        LayoutChanged: no heading, an unknown or doubled one, or one of `required` (terms) missing.
    """
    rows = iter(rows)
    heading = next((cells for cells in rows if len(cells) > 1), None)
    if heading is None:
        raise LayoutChanged(_("A table has no heading."))
    columns = tuple(text_of(cell) for cell in heading)
    terms = tuple(_known(column, term_of) for column in columns)
    if len(set(terms)) != len(terms) or not required <= set(terms):
        raise unknown(" | ".join(columns))
    entries: list[Entry] = []
    odd: list[tuple[str, ...]] = []
    section, begins, sections = "", False, 0
    for cells in rows:
        if len(cells) == 1 and _width(cells[0]) >= len(terms):
            section, begins, sections = text_of(cells[0]), True, sections + 1
        elif len(cells) == len(terms):
            entries.append(Entry(section, begins, dict(zip(terms, cells, strict=True))))
            begins = False
        else:
            odd.append(tuple(line for cell in cells for line in lines_of(cell)))
    return Grid(columns, terms, sections, tuple(entries), tuple(odd))


def unknown(printed: str) -> LayoutChanged:
    """Return the error for something on the page that this reader does not know."""
    sentence = _("The page has something that is not known: “{printed}”.")
    return LayoutChanged(sentence.format(printed=printed[:200]))


def _known(column: str, term_of: Callable[[str], str | None]) -> str:
    term = term_of(column)
    if term is None:
        raise unknown(column)
    return term


def _width(cell: LexborNode) -> int:
    span = cell.attributes.get("colspan") or ""
    return int(span) if span.isascii() and span.isdigit() and len(span) < 5 else 1


def address_of(cell: LexborNode) -> str:
    """Return the address of the first link of a cell as printed, or an empty string."""
    link = cell.css_first("a[href]")
    return (link.attributes.get("href") or "").strip() if link is not None else ""


def parameters(address: str) -> dict[str, str]:
    """Return the query of an address, windows-1251 percent-encoding undone, first value counts."""
    query = address.translate(_NOT_IN_ADDRESSES).partition("#")[0].partition("?")[2]
    found: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        name, _equals, value = part.partition("=")
        if "%" in part or "+" in part:
            name, value = (unquote_plus(text, "windows-1251") for text in (name, value))
        found.setdefault(name, value)
    return found
