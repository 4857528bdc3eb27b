"""Reads the lists of the ГАС «Правосудие» sites: hearings of a day, and results of a search.

Two generations of pages are in use: `table#tablcont`, and `#resultTable > table.law-case-table`
with a second copy of every entry for phones in `#resultMob`. Columns differ by court and kind of
case and are found by heading; an unknown heading stops the reading.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.contract import Capacity, Fact, Mention, Row
from habeas.sources.platforms.sudrf_grid import (
    Entry,
    Grid,
    address_of,
    cells_by_row,
    lines_of,
    parameters,
    read_grid,
    unknown,
)
from habeas.sources.platforms.sudrf_names import (
    CaseCell,
    looks_like_a_person,
    names_inside,
    parties_by_kind,
    read_case_cell,
)

# Headings as printed (with breaks as blanks) to the terms of the facts. Seen on saved pages of
# 2025-2026 of district, regional and cassation courts and of magistrates.
_COLUMNS = {
    "№ п/п": "n",
    "№": "n",
    "№ дела": "case_number",
    "Номер дела": "case_number",
    "Номер дела (материала)": "case_number",
    "Время слушания": "time",
    "Время": "time",
    "Дата слушания": "date",
    "Событие": "event",
    "Место проведения": "place",
    "Место проведения (Зал судебного заседания)": "place",
    "Зал судебного заседания": "place",
    "Информация по делу": "info",
    "Судья": "judge",
    "Результат слушания": "result",
    "Результат": "result",
    "Дата поступления": "received",
    "Дата решения": "decided",
    "Решение": "result",
    "Дата вступления в законную силу": "in_force",
    "Судебные акты": "acts",
}
# "Категория / Стороны / Суд", "Правонарушение / Нижестоящий суд (мировой судья)": the heading of
# the cell that describes the case names its parts, and they differ by court and kind of case.
_INFO_PARTS = frozenset(
    {
        "Категория",
        "Стороны",
        "Суд",
        "Суд первой инстанции",
        "Номер дела в первой инстанции",
        "Правонарушение",
        "Нижестоящий суд (мировой судья)",
        "Нижестоящий суд",
        "Перечень статей",
        "Лица",
    }
)
_NEEDED = frozenset({"case_number", "info"})
_NUMBERS = re.compile(r"(?P<number>[^(~\[]+)(?:\((?P<former>[^)]*)\))?\s*(?:~\s*(?P<material>.+))?")


@dataclass(slots=True)
class Listing:
    """The entries of one list.

    Attributes:
        grid: the table they were read from.
        rows: the entries, in page order.
        mentions: everybody named, officials too.
        categories: the lines that group the entries, in page order, empty ones too.
        withheld: how many entries hide their names.
        with_people: how many entries name somebody who is no official.
        changed: what is not known about the layout, empty where all is.
        gap: why entries may be missing, empty where nothing says so.
        remarks: for a careful reader.
    """

    grid: Grid
    rows: list[Row] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    withheld: int = 0
    with_people: int = 0
    changed: str = ""
    gap: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def is_day(self) -> bool:
        """Whether these are hearings (with a time) and not results of a search."""
        return "time" in self.grid.terms


def list_table(content: LexborNode) -> LexborNode | None:
    """Return the table that lists entries (never the copy for phones), None where there is none."""
    for mark in ("#resultTable > table", "table#tablcont"):
        table = content.css_first(mark)
        if table is not None:
            return table
    return None


def read_list(content: LexborNode, table: LexborNode) -> Listing:
    """Read the entries of a table of hearings or of results, told apart by their headings.

    Raises:
        LayoutChanged: a heading is not known. A single odd row is no error: it is noted in
            `changed`, and names in it are still mentioned.
    """
    listing = Listing(read_grid(cells_by_row(table), _term_of, _NEEDED))
    expected = 1
    for number, entry in enumerate(listing.grid.entries, 1):
        if entry.begins:
            listing.categories.append(entry.section)
        if "n" in entry.cells:
            expected = _next_number(entry, expected, listing)
        lines = lines_of(entry.cells["info"])
        cell = read_case_cell(lines)
        facts = _hearing(entry, lines) if listing.is_day else _result(entry, cell)
        link = _identity(entry, facts, with_kind=listing.is_day)
        listing.rows.append(Row(number, facts, link))
        _people(entry, cell, number, listing)
    for odd in listing.grid.odd:
        listing.changed = str(unknown(" ".join(odd)))
        listing.mentions.extend(by_form(odd))
    if listing.grid.sections != len(listing.categories):
        listing.gap = _("A category has no entries under it.")
    _compare_with_phones(content, listing)
    return listing


def by_form(lines: Iterable[str]) -> list[Mention]:
    """Return the names in lines whose layout is not known, so that nobody in them is hidden.

    A line that is a name by its form as a whole counts too: two capitalised words alone may be
    an office, but on a page that could not be read a line too many is better than one too few.
    """
    where = _("text whose layout is not known")
    return [
        Mention(printed, where=where)
        for line in lines
        for printed in names_inside(line) or ([line] if looks_like_a_person(line) else [])
    ]


def case_numbers(printed: str) -> dict[str, str]:
    """Return the numbers of "2-890/2026 (2-3310/2025;) ~ М-2904/2025" or "8Г-1/2026 [88-2/2026]".

    Terms: `case_number`, `former_number`, `material_number`. In courts of cassation the material
    comes first and the case stands in square brackets.
    """
    before, bracket, after = printed.partition("[")
    if bracket:
        numbers = {"material_number": before, "case_number": after.rstrip("] ")}
    else:
        parts = _NUMBERS.fullmatch(printed)
        if parts is None:
            return {"case_number": printed}
        numbers = {
            "case_number": parts["number"],
            "former_number": (parts["former"] or "").rstrip("; "),
            "material_number": parts["material"] or "",
        }
    return {term: value.strip() for term, value in numbers.items() if value.strip()}


def _term_of(column: str) -> str | None:
    if column in _COLUMNS:
        return _COLUMNS[column]
    return "info" if _INFO_PARTS.issuperset(column.split(" / ")) else None


def _hearing(entry: Entry, lines: list[str]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"category": entry.section}
    if "n" in entry.cells:
        printed = entry.text("n").rstrip(".")
        facts["n"] = int(printed) if _is_number(printed) else printed
    _simple(entry, facts, ("case_number", "date", "time", "event", "place"))
    facts["info"] = lines
    _simple(entry, facts, ("judge", "result"))
    _acts(entry, facts)
    return facts


def _result(entry: Entry, cell: CaseCell) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"case_number": "", **case_numbers(entry.text("case_number"))}
    _simple(entry, facts, ("received",))
    _described(cell, facts)
    _simple(entry, facts, ("judge", "decided", "result", "in_force"))
    _acts(entry, facts)
    return facts


def _simple(entry: Entry, facts: dict[str, Fact], terms: tuple[str, ...]) -> None:
    facts.update({term: entry.text(term) for term in terms if term in entry.cells})


def _next_number(entry: Entry, expected: int, listing: Listing) -> int:
    """Check the number of an entry: it begins anew under each category, a jump is a gap."""
    printed = entry.text("n").rstrip(".")
    if not _is_number(printed):
        listing.changed = str(unknown(entry.text("n")))
        return expected
    if int(printed) != (1 if entry.begins else expected):
        sentence = _("The numbers of the entries have a gap before {number}.")
        listing.gap = sentence.format(number=printed)
    return int(printed) + 1


def _is_number(printed: str) -> bool:
    return printed.isascii() and printed.isdigit() and len(printed) < 6


def _described(cell: CaseCell, facts: dict[str, Fact]) -> None:
    if cell.category:
        facts["category"] = cell.category
    if cell.charged:
        facts["person"] = "; ".join(printed for printed, _article in cell.charged)
        facts["article"] = "; ".join(article for _printed, article in cell.charged if article)
    facts.update(parties_by_kind(cell.by_role))
    if cell.lower_court:
        facts["lower_court"] = cell.lower_court
    if cell.lower_number:
        facts["lower_number"] = cell.lower_number


def _acts(entry: Entry, facts: dict[str, Fact]) -> None:
    if "acts" in entry.cells:
        only = entry.cells["acts"].first_child
        bare = only is None or (only.tag == "-text" and only.next is None)
        facts["acts"] = 0 if bare else len(entry.cells["acts"].css("a[href]"))


def _identity(entry: Entry, facts: dict[str, Fact], *, with_kind: bool) -> str:
    link = address_of(entry.cells["case_number"])
    asked = parameters(link)
    for term, names in (("case_id", ("case_id", "_id")), ("case_uid", ("case_uid", "_uid"))):
        value = next((asked[name] for name in names if name in asked), "")
        if value:
            facts[term] = value
    kind = asked.get("delo_id") or asked.get("_deloId") or ""
    if with_kind and kind:
        facts["delo_id"] = kind
    return link


def _people(entry: Entry, cell: CaseCell, number: int, listing: Listing) -> None:
    for named in cell.names:
        where = _("row {row}, column {column}").format(row=number, column="Информация по делу")
        if named.note:
            where = f"{where}, {named.note}"
        listing.mentions.append(Mention(named.printed, named.role, named.capacity, number, where))
    if judge := entry.text("judge"):
        where = _("row {row}, column {column}").format(row=number, column="Судья")
        listing.mentions.append(Mention(judge, "Судья", Capacity.OFFICIAL, number, where))
    listing.withheld += cell.withheld
    listing.with_people += bool(cell.names)
    for office in cell.cut:
        sentence = _("Row {row}: the site seems to have cut off the name “{name}”.")
        listing.remarks.append(sentence.format(row=number, name=office))


def _compare_with_phones(content: LexborNode, listing: Listing) -> None:
    """Note a gap where the copy for phones has another number of entries than the table."""
    phones = content.css_first("#resultMob")
    if phones is None:
        return
    copies = len(phones.css("div.mobile-lawcase-card"))
    if copies != len(listing.rows):
        sentence = _("The table has {rows} entries, its copy for phones {copies}.")
        listing.gap = sentence.format(rows=len(listing.rows), copies=copies)
