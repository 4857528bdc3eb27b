"""Reads the lists of the register of court acts of Kyrgyzstan (act.sot.kg, Kyrgyz interface)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

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
    Part,
    Query,
    Request,
    Row,
)
from habeas.sources.pages import cut_short, failure, legible, never_there
from habeas.sources.readers.cells import names_of_list
from habeas.sources.readers.tables import unread, with_the_rest
from habeas.sources.roles import capacity_of
from habeas.sources.tables import LayoutChanged, Table, TableRow, folded, text_of

ID = "kg_acts"
BASE = "https://act.sot.kg/"
PAGE_ROWS = 10
"""Entries on every page but the last."""

COLUMNS = (
    "№",
    "Иштин номери",
    "Актынын аталышы",
    "Судья / Сот",
    "Кабыл алынган күнү",
    "Жарыяланган күнү",
)
_SIDES = {"Талапкер": "side1", "Жоопкер": "side2"}
# "Табылды: 378 012": thousands may be set apart.
_COUNTER = re.compile(r"Табылды:\s*([0-9](?: ?[0-9]){0,8})")
_ACT = re.compile(r"/act/download/(\d{1,12})\.pdf")
_MARK = "Сот актыларынын мамлекеттик реестри"


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is one of the register's, by its title."""
    return _MARK in capture.text[:8192]


def plan(query: Query) -> Iterable[Request]:
    """Yield the first page of each day's acts (newest first without days), then sides by name."""
    for day in query.days:
        printed = f"{day:%d-%m-%Y}"
        yield Request(_address(day=day), purpose=_("acts of {day}").format(day=printed))
    if not query.days and not query.names:
        yield Request(_address(), purpose=_("the newest acts"))
    for name in query.names:
        for side in ("side1", "side2"):
            yield Request(
                _address(side=side, name=name),
                purpose=_("acts by the name of a side"),
                by_name=True,
            )


def _address(*, day: date | None = None, side: str = "", name: str = "") -> str:
    printed = f"{day:%d-%m-%Y}" if day else ""
    fields = {
        "caseno": "",
        "judge": "all",
        "side1": name if side == "side1" else "",
        "side2": name if side == "side2" else "",
        "from": printed,
        "to": printed,
        "actType": "all",
        "submit-act": "Актылар",
        "caseType": "all",
        "sort": "act.created",
        "direction": "desc",
    }
    return f"{BASE}kg/search?{urlencode(fields, quote_via=quote)}"


def parse(capture: Capture) -> Page:
    """Read a list of acts. Never raises: what is not understood is an obstacle."""
    failed = failure(capture, ID, entries="tbody.tbody-data-list td")
    if failed is not None:
        return failed if "/act/download/" in capture.url else never_there(failed)
    try:
        return _listing(capture)
    except LayoutChanged as change:
        reason = Obstacle.INCOMPLETE if cut_short(capture) else Obstacle.LAYOUT_CHANGED
        return unread(capture, ID, reason, str(change))


def _listing(capture: Capture) -> Page:
    tree = capture.tree
    counted = _COUNTER.fullmatch(text_of(tree.css_first("div.count-result")))
    node = tree.css_first("table.table")
    if node is None:
        raise LayoutChanged(_("The page has no table of acts."))
    broken: list[str] = []
    if counted is None:
        broken.append(_("The page does not say how many it found."))
    counter = int(counted.group(1).replace(" ", "")) if counted else None
    table = Table.of(node, broken=broken)
    table.expect(COLUMNS)
    rows = tuple(_rows(table, broken))
    mentions = tuple(mention for row in rows for mention in _mentions(row))
    number, last = _place(tree)
    withheld = sum(not any(row.facts.get(side) for side in _SIDES.values()) for row in rows)
    reason, words = _verdict(capture, table, counter, (number, last))
    if broken and not cut_short(capture):
        reason, words = Obstacle.LAYOUT_CHANGED, broken[0]
    if reason is None and withheld == len(rows):
        reason, words = Obstacle.WITHHELD, _("No act of the page names its sides.")
    page = Page(
        source=ID,
        kind=PageKind.RESULTS if rows else PageKind.EMPTY_UNCONFIRMED,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        facts=_counts(counter, number, last, len(rows)),
        rows=rows,
        mentions=mentions,
        part=Part(_listed(capture.url), number, last, counter),
        withheld=withheld,
        next=tuple(_next(capture, number)),
    )
    if reason in {Obstacle.LAYOUT_CHANGED, Obstacle.INCOMPLETE}:
        return with_the_rest(page, capture)
    return legible(page)


def _verdict(
    capture: Capture, table: Table, counter: int | None, place: tuple[int, int]
) -> tuple[Obstacle | None, str]:
    """Compare the rows with the site's counter and with its numbers of rows."""
    number, last = place
    before = (number - 1) * PAGE_ROWS
    due = PAGE_ROWS if number < last or counter is None else counter - before
    numbers = [entry.take("№").text for entry in table.rows]
    if cut_short(capture):
        return Obstacle.INCOMPLETE, _("The page ends before its end.")
    if counter == 0 and not numbers:
        return Obstacle.UNCONFIRMED_EMPTY, _("The site says that it found nothing.")
    if numbers != [str(before + place) for place in range(1, due + 1)]:
        return Obstacle.INCOMPLETE, _("The page has other rows than its counter says.")
    return None, ""


def _place(tree: LexborHTMLParser) -> tuple[int, int]:
    """Return the number of this page and of the last one, by the site's own paging."""
    shown = text_of(tree.css_first("li.current span"))
    number = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 9 else 1
    last = number
    for link in tree.css("ul.pagination a[href]"):
        found = re.search(r"[?&]page=(\d{1,8})(?:&|$)", link.attributes.get("href") or "")
        last = max(last, int(found.group(1)) if found else 1)
    return number, last


def _rows(table: Table, broken: list[str]) -> Iterator[Row]:
    """Yield the rows that can be read; the others are described in `broken`."""
    for entry in table.rows:
        try:
            yield _row(entry)
        except LayoutChanged as change:
            broken.append(str(change))


def _row(entry: TableRow) -> Row:
    act = _ACT.fullmatch((entry.node.attributes.get("id") or "").strip())
    cell = entry.take("Иштин номери")
    person = entry.take("Судья / Сот").node
    blocks = [text_of(block) for block in person.css("span.block")]
    if act is None or len(blocks) != 2:
        message = _("Row {row} has no address of its act, or no judge and court.").format(
            row=entry.number
        )
        raise LayoutChanged(message)
    facts: dict[str, Fact] = {
        "act_id": act.group(1),
        "case_number": text_of(cell.node.css_first("a")),
        "category": text_of(cell.node.css_first("span.block")),
        **_sides(entry),
        "act_name": entry.take("Актынын аталышы").text,
        "judge": blocks[0],
        "court": blocks[1],
        "act_date": entry.take("Кабыл алынган күнү").text,
        "published": entry.take("Жарыяланган күнү").text,
    }
    entry.nothing_left(ignore=["№"])
    return Row(entry.number, facts, act.group())


def _sides(entry: TableRow) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for node in entry.take("Иштин номери").node.css("span.side"):
        label = text_of(node.css_first("b"))
        key = _SIDES.get(label.rstrip(":"))
        if key is None or key in facts:
            message = _("Row {row} has a side that is not known: “{label}”.").format(
                row=entry.number, label=label[:80]
            )
            raise LayoutChanged(message)
        facts[key] = folded(text_of(node).removeprefix(label))
    return facts


def _mentions(row: Row) -> Iterator[Mention]:
    for label, key in _SIDES.items():
        for name in names_of_list(str(row.facts.get(key, ""))):
            where = f"row {row.number}, {label}"
            yield Mention(name, label, capacity_of(label, name), row.number, where)
    judge = str(row.facts["judge"])
    if judge:
        yield Mention(judge, "Судья", Capacity.OFFICIAL, row.number, f"row {row.number}, judge")


def _listed(url: str) -> str:
    """Return what all pages of one answer share: the address without its page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ID
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key != "page"]
    return f"{parts.path}?{urlencode(kept)}"


def _counts(counter: int | None, number: int, last: int, rows: int) -> dict[str, Fact]:
    counts: dict[str, Fact] = {} if counter is None else {"counter": counter}
    return {**counts, "page": number, "last_page": last, "rows": rows}


def _next(capture: Capture, number: int) -> Iterator[Request]:
    following = capture.tree.css_first("li.next a[href]")
    target = (following.attributes.get("href") or "").strip() if following else ""
    if target:
        try:
            address = urljoin(capture.url or BASE, target)
            by_name = _names_a_side(address)
        except ValueError:
            return
        purpose = _("page {number} of the acts").format(number=number + 1)
        yield Request(address, purpose=purpose, by_name=by_name)


def _names_a_side(address: str) -> bool:
    """Return whether an address carries a sought name."""
    return any(key in _SIDES.values() for key, value in parse_qsl(urlsplit(address).query))
