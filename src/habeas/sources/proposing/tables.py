"""Proposes what the columns of a table are, by their headings and by what stands in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.contract import Capacity, Capture
from habeas.sources.kinds.table.cells import FACT, JOINED, NAME, NAMES, NUMBER, OFFICIAL, PARTIES
from habeas.sources.proposing.draft import OPEN, Draft, listed, quoted
from habeas.sources.proposing.posts import feeds_offered
from habeas.sources.readers.cells import names_of_name_cell
from habeas.sources.readers.headings import name_columns, role_of
from habeas.sources.tables import LayoutChanged, Table, lines_of

# Printed headings (small letters, no signs) and the field's terms; every other stays a fact.
_TERMS = {
    "номер дела": "case_number", "№ дела": "case_number", "дело": "case_number",
    "рақами парванда": "case_number", "ish raqami": "case_number", "case": "case_number",
    "case number": "case_number", "case no": "case_number", "booking number": "booking_number",
    "booking no": "booking_number", "дата": "date", "сана": "date", "date": "date",
    "время": "time", "вақт": "time", "time": "time", "зал": "room", "толор": "room",
    "room": "room", "статья": "article", "модда": "article", "article": "article",
    "charge": "article", "результат": "result", "result": "result", "суд": "court",
    "court": "court",
}  # fmt: skip
_IDENTIFYING = frozenset({"case_number", "booking_number"})
_NUMBERS = frozenset({"№", "n", "no", "no.", "#", "п/п", "№ п/п", "р/с", "т/р"})
_DATES = (
    (re.compile(r"\d{2}\.\d{2}\.\d{4}"), "%d.%m.%Y"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
    (re.compile(r"\d{2}/\d{2}/\d{4}"), "%d/%m/%Y"),
)
_NEXT = ("a[rel=next]", "a.next", ".next a", "a.nextpage")
_COUNT = re.compile(r"^(.*?\D)(\d{1,6})\D{0,20}$")
_MOST_NODES = 200


@dataclass(frozen=True, slots=True)
class _Found:
    """A table that lists people, as far as its headings tell."""

    node: LexborNode
    table: Table
    columns: dict[str, str]

    @property
    def weight(self) -> tuple[int, int]:
        """How much speaks for it: columns of names, rows."""
        naming = {NAME, NAMES, PARTIES, *JOINED}
        return sum(one in naming for one in self.columns.values()), len(self.table.rows)


def table(capture: Capture) -> Draft | None:
    """Return a proposal for the table of a page that lists most people, None if none does."""
    found = [one for node in capture.tree.css("table")[:_MOST_NODES] if (one := _found(node))]
    if not found:
        return None
    best = max(found, key=lambda one: one.weight)
    held = "booking_number" in best.columns.values()
    draft = Draft("roster" if held else "table", capture, letters=best.node.text()[:20_000])
    if held:
        draft.remarks.append(
            _("Check that the page lists everybody who is held, not new arrivals.")
        )
    _addresses(draft, capture)
    _around(draft, capture, best)
    for heading, meaning in best.columns.items():
        note = _("kept under its own heading; “ignored” leaves it out") if meaning == FACT else ""
        draft.columns[heading] = quoted(meaning), note or _("check")
    if len(found) > 1:
        words = _("{count} tables of the page may list people; this is the largest.")
        draft.remarks.append(words.format(count=len(found)))
    for address in feeds_offered(capture)[:3]:
        draft.remarks.append(_("The page offers a feed: {address}").format(address=address))
    return draft


def _found(node: LexborNode) -> _Found | None:
    broken: list[str] = []
    try:
        read = Table.of(node, broken=broken)
    except LayoutChanged:
        return None
    if not read.rows or len(broken) > len(read.rows) or not all(read.columns):
        return None
    columns = _columns(read)
    one = _Found(node, read, columns)
    return one if one.weight[0] else None


def _columns(read: Table) -> dict[str, str]:
    names = name_columns(read.columns)
    meanings: dict[str, str] = {}
    for place, heading in enumerate(read.columns):
        cells = [row.cells[heading].text for row in read.rows]
        if len(names.joined) > 1 and place in names.joined:
            meanings[heading] = JOINED[names.joined.index(place)]
        elif place in names.whole or place in names.joined:
            meanings[heading] = _naming(heading, cells)
        else:
            meanings[heading] = _plain(heading, cells)
    return meanings


def _naming(heading: str, cells: Sequence[str]) -> str:
    """Return what a column of names holds: one name, several, names behind roles, officials."""
    if role_of(heading)[1] is Capacity.OFFICIAL:
        return OFFICIAL
    if any(re.search(r"[^\W\d_]{3,}:\s", cell) for cell in cells):
        return PARTIES
    # "Surname, Given" is one name.
    several = (cell for cell in cells if cell.count(",") > 1 or ";" in cell)
    return NAMES if any(len(names_of_name_cell(cell)) > 1 for cell in several) else NAME


def _plain(heading: str, cells: Sequence[str]) -> str:
    printed = " ".join(heading.lower().split()).rstrip(".:")
    numbers = [cell.rstrip(".)") for cell in cells]
    if printed in _NUMBERS and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
        return NUMBER
    return _TERMS.get(printed, FACT)


def _addresses(draft: Draft, capture: Capture) -> None:
    address = capture.url
    for form, written in _DATES:
        if address and len(form.findall(address)) == 1:
            draft.read["addresses"] = listed(form.sub("{day}", address)), _("check: each day")
            draft.read["day"] = quoted(written), _("check: how the site writes a day")
            return
    draft.read["addresses"] = listed(address or OPEN), ""


def _around(draft: Draft, capture: Capture, best: _Found) -> None:
    """Propose where the table is, what tells its rows apart, its count, and the way on."""
    if css := _css(best.node):
        draft.read["table"] = quoted(css), _("check")
    for heading, meaning in best.columns.items():
        values = [row.cells[heading].text for row in best.table.rows]
        if meaning in _IDENTIFYING and len(set(values)) == len(values):
            draft.read["identity"] = quoted(heading), _("check: it tells the entries apart")
            break
    if words := _counter(capture, len(best.table.rows)):
        draft.read["counter"] = quoted(words), _("check: the words before the site's own count")
    for css in _NEXT:
        if capture.tree.css_first(f"{css}[href]" if css.startswith("a") else css) is not None:
            draft.read["next"] = quoted(css), _("check: the link to the next page")
            break


def _css(node: LexborNode) -> str:
    """Return the CSS by which a table is known again: its id or its first class."""
    name = (node.attributes.get("id") or "").strip()
    if re.fullmatch(r"[A-Za-z][\w-]*", name):
        return f"table#{name}"
    classes = (node.attributes.get("class") or "").split()
    return next((f"table.{one}" for one in classes if re.fullmatch(r"[A-Za-z][\w-]*", one)), "")


def _counter(capture: Capture, rows: int) -> str:
    """Return the words before a number that equals the number of rows, empty if none does."""
    body = capture.tree.body
    for line in lines_of(body) if body is not None else ():
        found = _COUNT.match(line) if len(line) < 100 else None
        if found and int(found.group(2)) == rows and rows > 1:
            words = found.group(1).strip(" :-–—")
            if sum(letter.isalpha() for letter in words) > 3:
                return words
    return ""
