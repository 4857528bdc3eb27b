"""Reads any HTML page: its tables row by row, and the rest of its visible text.

For pages of publishers we have no adapter for. Nothing is known of such a page, so it is read for
recall: columns are understood by their headings where possible, every other cell and every passage
is searched for what looks like a name, and so are attributes, in which portals hide the full text
of a shortened cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.language import _
from habeas.sources.contract import (
    Capacity,
    Capture,
    Fact,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Row,
)
from habeas.sources.pages import cut_short, failure, obstacle
from habeas.sources.readers.cells import names_of_name_cell, spotted_names
from habeas.sources.readers.headings import (
    NameColumns,
    distinct,
    holds_names,
    is_heading,
    name_columns,
    role_of,
)
from habeas.sources.readers.spotting import names_in
from habeas.sources.tables import own_rows
from habeas.sources.tangled import is_tangled

SOURCE = "tables"

_UNSEEN = ["script", "style", "noscript", "template", "textarea", "svg"]
_INLINE_TAGS = """a abbr b bdi bdo big cite code em font i ins kbd label mark nobr q s small span
strong sub sup time tt u var wbr"""
_INLINE = _INLINE_TAGS.split()
# Attributes in which portals and tooltips keep the whole of a shortened text.
_ATTRIBUTES = ("data-full-text", "title", "data-original-title", "data-content", "data-title")
_LONGEST_ATTRIBUTES_CHARS = 2_000_000
_MOST_ROWS = 200_000
_WIDEST_ROW = 200
# A page with scripts and less visible text is a shell that a script has yet to fill.
_SHELL_CHARS = 300


@dataclass
class _Reading:
    """What was read of a page so far."""

    rows: list[Row] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    columns: tuple[str, ...] = ()

    def add(self, names: list[str], *, role: tuple[str, Capacity], row: int, where: str) -> None:
        """Add the names of one place."""
        self.mentions.extend(Mention(name, role[0], role[1], row, where) for name in names)


_NO_ROLE = ("", Capacity.NAMED)


def read_tables(capture: Capture) -> Page:
    """Read an HTML page of an unknown publisher. Never raises.

    `found` means: the page is whole, names stand in its tables or its text, and all were read. A
    page in which no name stands at all is `could_not_look`: nothing shows that it lists anybody.
    """
    if failed := failure(capture, SOURCE):
        return failed
    reading, text = _read(capture)
    return _page(capture, reading, text)


def unread(capture: Capture, source: str, reason: Obstacle, explanation: str) -> Page:
    """Return the obstacle page of an adapter that does not understand a page of its source.

    Whoever is named anywhere on it is still shown, as by `read_tables`; nothing else is claimed.
    """
    page = obstacle(source, reason, explanation)
    return replace(page, mentions=tuple(_read(capture)[0].mentions))


def with_the_rest(page: Page, capture: Capture) -> Page:
    """Add to a page that was not wholly understood whoever else is named anywhere on it.

    These stand in no row of the page: the rows that could not be read have no number.
    """
    known = {mention.printed for mention in page.mentions}
    rest = [
        replace(mention, row=0)
        for mention in _read(capture)[0].mentions
        if mention.printed not in known
    ]
    return replace(page, mentions=(*page.mentions, *rest))


def _read(capture: Capture) -> tuple[_Reading, str]:
    tree = _plain_tree(capture.text)
    reading = _Reading()
    for number, table in enumerate(tree.css("table"), 1):
        _read_table(table, number, reading)
    _read_attributes(capture.tree, reading)
    text = tree.root.text(separator="\n\n") if tree.root else ""
    known = frozenset(mention.printed for mention in reading.mentions)
    reading.mentions.extend(_text_mentions(text, known))
    return reading, text


def _plain_tree(text: str) -> LexborHTMLParser:
    """Return a tree of our own, without scripts and inline tags: "<b>Хо</b>лов" is one word."""
    tree = LexborHTMLParser(text)
    tree.strip_tags(_UNSEEN)
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()
    return tree


def _read_table(table: LexborNode, number: int, reading: _Reading) -> None:
    headings: tuple[str, ...] | None = None
    names = NameColumns()
    for line in own_rows(table):
        cells = _cells(line)
        if len(cells) < 2 or len(reading.rows) >= _MOST_ROWS:
            # One cell across is a title or a frame; its text is read with the rest of the page.
            continue
        texts = [" ".join(cell.split()) for cell in cells]
        if headings is None:
            headings, names = _headings(line, texts)
            if headings:
                reading.columns = reading.columns or headings
                continue
        row = len(reading.rows) + 1
        keys = headings or ()
        facts: dict[str, Fact] = dict(zip(keys, texts, strict=False))
        facts.update({str(at + 1): texts[at] for at in range(len(keys), len(texts))})
        reading.rows.append(Row(row, facts, _link(line)))
        _read_cells(cells, names, (headings, number, row), reading)


def _cells(line: LexborNode) -> list[str]:
    """Return the text of the cells; a cell that holds a table is left to that table."""
    return [
        cell.text(separator="\n")
        for cell in list(line.iter())[:_WIDEST_ROW]
        if cell.tag in {"td", "th"} and cell.css_first("table") is None
    ]


def _headings(line: LexborNode, texts: list[str]) -> tuple[tuple[str, ...], NameColumns]:
    cells = [node for node in line.iter() if node.tag in {"td", "th"}]
    all_heads = all(node.tag == "th" for node in cells)
    names = name_columns(texts)
    if all_heads or (len(texts) > 2 and is_heading(texts, names)):
        return tuple(distinct(texts)), names
    return (), NameColumns()


def _read_cells(
    cells: list[str],
    names: NameColumns,
    place: tuple[tuple[str, ...] | None, int, int],
    reading: _Reading,
) -> None:
    headings, table, row = place
    if names.joined:
        joined = " ".join(" ".join(cells[at] for at in names.joined if at < len(cells)).split())
        reading.add([joined] if joined else [], role=_NO_ROLE, row=row, where=f"table {table}")
    if not headings and len(cells) == 2 and holds_names(cells[0]):
        label = " ".join(cells[0].split()).rstrip(":")
        where = f"table {table}, row {row}, {label}"
        reading.add(names_of_name_cell(cells[1]), role=role_of(label), row=row, where=where)
        return
    for at, cell in enumerate(cells):
        where = f"table {table}, row {row}, column {at + 1}"
        if at in names.whole and headings:
            found, role = names_of_name_cell(cell), role_of(headings[at])
            reading.add(found, role=role, row=row, where=where)
        elif at not in names.joined:
            reading.add(spotted_names(cell), role=_NO_ROLE, row=row, where=where)


def _link(line: LexborNode) -> str:
    return (line.attributes.get("data-href") or "").strip()


def _read_attributes(tree: LexborHTMLParser, reading: _Reading) -> None:
    """Add the names that stand in attributes only."""
    seen = {mention.printed for mention in reading.mentions}
    left = _LONGEST_ATTRIBUTES_CHARS
    for node in tree.css(", ".join(f"[{name}]" for name in _ATTRIBUTES)):
        for name in _ATTRIBUTES:
            value = (node.attributes.get(name) or "")[:left]
            left -= len(value)
            if "<" in value and not is_tangled(value):
                value = LexborHTMLParser(value).text(separator="\n")
            found = [printed for printed in spotted_names(value) if printed not in seen]
            seen.update(found)
            reading.add(found, role=_NO_ROLE, row=0, where=f"attribute {name}")
        if left <= 0:
            return


def _text_mentions(text: str, known: frozenset[str]) -> Iterator[Mention]:
    for found in names_in(text):
        if found.printed not in known:
            yield Mention(found.printed, where="text of the page")


def _page(capture: Capture, reading: _Reading, text: str) -> Page:
    strong = any(" " in m.printed or "." in m.printed for m in reading.mentions)
    reason, explanation = None, ""
    if cut_short(capture):
        reason, explanation = Obstacle.INCOMPLETE, _("The page breaks off before its end.")
    elif not strong:
        reason = Obstacle.NOT_RECOGNISED
        explanation = _("No name stands on the page at all, so it shows nothing about anybody.")
    elif not reading.rows and len(text.strip()) < _SHELL_CHARS and capture.tree.css_first("script"):
        reason = Obstacle.NOT_RECOGNISED
        explanation = _("The page has almost no text; a script would have to fill it.")
    title = capture.tree.css_first("title")
    kind = PageKind.TABLE if reading.rows else PageKind.TEXT
    return Page(
        source=SOURCE,
        kind=PageKind.UNKNOWN if reason is Obstacle.NOT_RECOGNISED else kind,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=explanation,
        title=" ".join(title.text().split())[:500] if title else "",
        facts={"columns": list(reading.columns)} if reading.columns else {},
        rows=tuple(reading.rows),
        mentions=tuple(reading.mentions),
    )
