"""Lists of the portal: results of a search, cases by article, hearings by day."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from habeas.language import _
from habeas.sources.catalog.ru_mosgorsud.courts import court_in
from habeas.sources.catalog.ru_mosgorsud.parties import parties_of
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
    Request,
    Row,
)
from habeas.sources.pages import cut_short, obstacle
from habeas.sources.readers.cells import spotted_names
from habeas.sources.roles import capacity_of
from habeas.sources.tables import Cell, LayoutChanged, Table, TableRow, text_of
from habeas.sources.tangled import is_tangled

BASE = "https://mos-gorsud.ru"

# Latin letters that the portal's own headings and labels carry in Cyrillic words ("Cудья").
_LATIN = str.maketrans("AaBCcEeHKMOoPpTXxy", "АаВСсЕеНКМОоРрТХху")
_PARTIES = "Стороны"
_CASE = frozenset(
    {"№ дела", "№ дела ~ материала", "Номер дела", "Номер дела ~ материала", "№ материала"}
)
# Printed column (letters folded) → fact. The hearing columns are those of the sittings on a card.
_COLUMNS = {
    "Категория дела": "category",
    "Судья": "judge",
    "Статья": "article",
    "Решение первой инстанции": "first_instance",
    "Решение апелляционной инстанции": "appeal",
    "Решение кассационной инстанции": "cassation",
    "Дата и время": "when",
    "Зал": "room",
    "Стадия": "stage",
    "Стадия дела": "stage",
    "Результат": "result",
    "Тип судебного заседания/слушания": "openness",
    "Основание назначения судебного заседания": "basis",
}
_STATE = "Текущее состояние"
_LIST = "Список дел"
_UUID = re.compile(r"/cases/([a-z0-9-]+)/details/([0-9a-f-]{36})")
_DATE_AT_END = re.compile(r"^(.*?),\s*(\d\d\.\d\d\.\d{4})$")
_COUNTER = re.compile(r"найдено\D{0,40}(\d[\d\s]*)", re.IGNORECASE)


@dataclass
class Reading:
    """What has been read of a page so far; a complaint makes it an obstacle that keeps its rows."""

    rows: list[Row] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    complaints: list[tuple[Obstacle, str]] = field(default_factory=list)
    withheld: int = 0
    nameless: int = 0

    def complain(self, reason: Obstacle, sentence: str) -> None:
        """Note that the page was not wholly read; the first complaint counts."""
        self.complaints.append((reason, sentence))

    def check_letters(self) -> None:
        """Complain of a name with a lost letter: it could be the one that is sought."""
        if any("\ufffd" in mention.printed for mention in self.mentions):
            self.complain(Obstacle.ENCODING, _("A name has letters that cannot be read."))


def cyrillic(label: str) -> str:
    """Return a printed label with the Latin look-alikes of its Cyrillic words replaced."""
    return label.translate(_LATIN)


def listing(capture: Capture, source: str) -> Page | None:
    """Read a list; None if the page has neither a table of entries nor a counter.

    Raises:
        LayoutChanged: the table has no heading.
    """
    counted = text_of(capture.tree.css_first("div.resultsearch_text"))
    node = capture.tree.css_first(
        "div.wrapper-search-tables table, table.search-form__table, table:has(tr.linked-row)"
    )
    if node is None:
        return _empty(counted, source) if counted else None
    broken: list[str] = []
    table = Table.of(node, broken=broken)
    reading = Reading()
    for message in broken:
        reading.complain(Obstacle.LAYOUT_CHANGED, message)
    for row in table.rows:
        _read_row(row, reading)
    return _page(capture, source, table, reading)


def _empty(counted: str, source: str) -> Page:
    """Type the portal's own "nothing found": a broken query is answered with the same words."""
    match = _COUNTER.search(counted)
    facts: dict[str, Fact] = {"rows": 0, "error_text": counted}
    if match:
        facts["counter"] = int("".join(match.group(1).split()))
    if facts.get("counter"):
        sentence = _("The page announces {count} entries and lists none.").format(
            count=facts["counter"]
        )
        return obstacle(source, Obstacle.INCOMPLETE, sentence, facts=facts)
    return obstacle(source, Obstacle.UNCONFIRMED_EMPTY, counted, facts=facts)


def _page(capture: Capture, source: str, table: Table, reading: Reading) -> Page:
    counter, part, following = _extent(capture, len(table.rows))
    _check_count(reading, part, len(table.rows))
    reading.check_letters()
    if cut_short(capture):
        reading.complain(Obstacle.INCOMPLETE, _("The page ends before its end."))
    if reading.rows and reading.nameless == len(reading.rows):
        reading.complain(Obstacle.WITHHELD, _("No entry of the page prints a name."))
    if not reading.rows and not reading.complaints:
        reading.complain(Obstacle.INCOMPLETE, _("The table of entries is empty."))
    facts: dict[str, Fact] = {"columns": list(table.columns), "rows": len(table.rows)}
    facts["counter_present"] = counter is not None
    if counter is not None:
        facts["counter"] = counter
    if part.pages is not None:
        facts["max_pages"], facts["page"] = part.pages, part.number
    hearings = "Дата и время" in table.columns
    reason, sentence = reading.complaints[0] if reading.complaints else (None, "")
    return Page(
        source=source,
        kind=PageKind.DAY_LIST if hearings else PageKind.RESULTS,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=sentence,
        title=text_of(capture.tree.css_first("h1")),
        court=_court(capture, reading),
        facts=facts,
        rows=tuple(reading.rows),
        mentions=tuple(reading.mentions),
        part=part,
        withheld=reading.withheld,
        next=following,
        remarks=tuple(reading.remarks),
    )


def _court(capture: Capture, reading: Reading) -> str:
    """Return the court all entries belong to, as the portal prints it; empty if several."""
    asked = court_in(split_address(capture.url).path)
    if asked:
        return asked
    of_rows = {court_in(row.link) for row in reading.rows}
    return of_rows.pop() if len(of_rows) == 1 else ""


def _check_count(reading: Reading, part: Part, rows: int) -> None:
    """Hold the rows against the portal's own counter; a page may be any size but the last."""
    total, pages = part.rows_total, part.pages or 1
    if total is None:
        return
    if pages == 1:
        agrees = rows == total
    elif part.number < pages:
        agrees = (pages - 1) * rows < total <= pages * rows
    else:
        before = total - rows
        agrees = rows > 0 and before % (pages - 1) == 0 and before // (pages - 1) >= rows
    if not agrees:
        sentence = _(
            "The page lists {rows} entries; the site counts {total} on {pages} pages."
        ).format(rows=rows, total=total, pages=pages)
        reading.complain(Obstacle.INCOMPLETE, sentence)


def _extent(capture: Capture, rows: int) -> tuple[int | None, Part, tuple[Request, ...]]:
    """Read counter and paging: which part of which answer this is, and what comes next."""
    tree = capture.tree
    match = _COUNTER.search(text_of(tree.css_first("div.resultsearch_text")))
    counter = int("".join(match.group(1).split())) if match else None
    pager = tree.css_first("#paginationForm, div.pagenav")
    last = _href(capture, "a.intheend")
    address = capture.url or last or _href(capture, "a.inthestart") or _href(capture, "a.prev")
    pages = _number(capture, "#paginationFormMaxPages") or _page_in(last)
    if pages is None and (pager is not None or counter == rows):
        pages = 1
    number = _number(capture, "#paginationFormInput") or _page_in(capture.url) or 1
    # A saved list without address and pager cannot be told from another but by its bytes.
    name = _without_page(address) or hashlib.sha256(capture.body).hexdigest()
    part = Part(name, number, pages, counter)
    return counter, part, _following(address, part)


def _href(capture: Capture, selector: str) -> str:
    node = capture.tree.css_first(selector)
    return (node.attributes.get("href") or "").strip() if node is not None else ""


def _number(capture: Capture, selector: str) -> int | None:
    node = capture.tree.css_first(selector)
    value = (node.attributes.get("value") or "").strip() if node is not None else ""
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 7 else None


def split_address(address: str) -> SplitResult:
    """Return the parts of an address on the portal; of a broken one, empty parts."""
    try:
        return urlsplit(urljoin(BASE, address))
    except ValueError:
        return SplitResult("", "", "", "", "")


def _query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(split_address(address).query, keep_blank_values=True)


def _page_in(address: str) -> int | None:
    value = dict(_query(address)).get("page", "")
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 7 else None


def _without_page(address: str) -> str:
    """Return an address without page number and empty fields: the same for all its pages."""
    if not address:
        return ""
    split = split_address(address)
    kept = sorted((name, value) for name, value in _query(address) if value and name != "page")
    return urlunsplit(("https", split.netloc, split.path, urlencode(kept), ""))


def _following(address: str, part: Part) -> tuple[Request, ...]:
    if not address or part.pages is None or part.number >= part.pages:
        return ()
    split = split_address(address)
    fields = [(name, value) for name, value in _query(address) if name != "page"]
    query = urlencode([*fields, ("page", str(part.number + 1))])
    return (
        Request(
            url=urlunsplit(("https", split.netloc, split.path, query, "")),
            purpose=_("page {number} of {pages} of a list of {court}").format(
                number=part.number + 1,
                pages=part.pages,
                court=court_in(split.path) or split.netloc,
            ),
            by_name=any(name == "participant" and value for name, value in fields),
        ),
    )


def _read_row(row: TableRow, reading: Reading) -> None:
    facts: dict[str, Fact] = {}
    link = (row.node.attributes.get("data-href") or "").strip() or row.link
    if match := _UUID.search(link):
        facts["section"], facts["card_uuid"] = match.group(1), match.group(2)
    unknown = []
    for column in row.cells:
        name = cyrillic(column)
        take = _taker(name)
        if take is None:
            unknown.append(column)
        else:
            take(row.take(column), facts)
    if unknown:
        sentence = _("There are columns that are not known: {columns}.").format(
            columns=", ".join(unknown)
        )
        reading.complain(Obstacle.LAYOUT_CHANGED, sentence)
    reading.rows.append(Row(row.number, facts, link))
    _read_people(row, facts, reading)


def _taker(name: str) -> Callable[[Cell, dict[str, Fact]], None] | None:
    """Return what reads the column of this name into facts, None if it is not known."""
    if name in _CASE:
        return _take_case
    if name == _STATE:
        return _take_state
    if name == _LIST:
        return lambda cell, facts: facts.update(list=full_text(cell))
    if name == _PARTIES:
        return lambda _cell, _facts: None  # read by `_read_people`
    key = _COLUMNS.get(name)
    return (lambda cell, facts: facts.update({key: full_text(cell)})) if key else None


def _take_case(cell: Cell, facts: dict[str, Fact]) -> None:
    """Read number, former numbers in brackets and material numbers after "∼"."""
    former: list[Fact] = []
    material: list[Fact] = []
    number = ""
    anchor = cell.node.css_first("nobr")
    before = ""
    holder = cell.node.css_first("div.case-number") or cell.node
    for child in holder.traverse(include_text=True):
        if child.tag == "nobr":
            printed = text_of(child)
            if anchor is not None and child.mem_id == anchor.mem_id:
                number = printed
            else:
                (former if before.rstrip().endswith("(") else material).append(printed)
        elif child.tag == "-text" and child.text().strip():
            before = child.text()
    facts["case_number"] = number or text_of(cell.node.css_first("a")) or cell.text
    facts["former_numbers"], facts["material_numbers"] = former, material


def _take_state(cell: Cell, facts: dict[str, Fact]) -> None:
    facts.update(state_of(full_text(cell)))


def state_of(printed: str) -> dict[str, Fact]:
    """Return "Обжаловано, 07.04.2026" as state and its date."""
    match = _DATE_AT_END.match(printed)
    return {"state": match.group(1), "state_date": match.group(2)} if match else {"state": printed}


def full_text(cell: Cell) -> str:
    """Return the text of a cell, from `data-full-text` where the portal cut it."""
    content = cell.node.css_first("div.table-row-content[data-full-text]")
    if content is None:
        return cell.text
    # The attribute holds markup in cells of names and plain text in others; both fold alike.
    full = content.attributes.get("data-full-text") or ""
    return cell.text if is_tangled(full) else text_of(LexborHTMLParser(full).body)


def _all_text(cell: Cell) -> str:
    """Return everything that a cell says, visible or not, for spotting names in it."""
    content = cell.node.css_first("[data-full-text]")
    full = (content.attributes.get("data-full-text") or "") if content is not None else ""
    return f"{cell.node.text(separator=chr(10))}\n{full}"


def _read_people(row: TableRow, facts: dict[str, Fact], reading: Reading) -> None:
    place = _("row {row}, column {column}").format(row=row.number, column=_PARTIES)
    cell = next((row.cells[name] for name in row.cells if cyrillic(name) == _PARTIES), None)
    if cell is None:
        sentence = _("There is no column of the parties.")
        reading.complain(Obstacle.LAYOUT_CHANGED, sentence)
        return
    try:
        parties = parties_of(cell.node)
    except LayoutChanged as change:
        reading.complain(Obstacle.LAYOUT_CHANGED, str(change))
        reading.mentions += [
            Mention(name, row=row.number, where=place) for name in spotted_names(_all_text(cell))
        ]
        return
    facts["visible_parties"], facts["trimmed"] = parties.visible, parties.trimmed
    facts["visible_complete_names"] = parties.visible_complete_names
    facts["party"] = [party.facts for party in parties.groups]
    if parties.lost:
        reading.complain(
            Obstacle.INCOMPLETE,
            _("Row {row}: the portal cut the names and did not send the full list.").format(
                row=row.number
            ),
        )
    reading.withheld += parties.hidden
    if parties.trimmed and not parties.lost:
        place += " " + _("(attribute data-full-text; the visible text is cut)")
    people = [(party.role, name) for party in parties.groups for name in party.names]
    reading.nameless += not people
    reading.mentions += [
        Mention(name, role, capacity_of(role, name), row.number, place) for role, name in people
    ]
    if judge := facts.get("judge"):
        where = _("row {row}, column {column}").format(row=row.number, column="Судья")
        reading.mentions.append(Mention(str(judge), "Судья", Capacity.OFFICIAL, row.number, where))
