"""Reads case cards of the ГАС «Правосудие» sites, both generations, into facts and mentions.

The first generation has tabs `#cont1`, `#cont2`, …, each with its own `table#tablcont`; the second
has `#tab_content_Case`, `#tab_content_EventList` and so on, and repeats every fact for phones
(`.block-mobile`) and for print (`#printVersionBodyCase`), both of which are passed over. The text
of an act lies inside the card, sometimes with its own `<HTML>` and `<BODY>`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.contract import Capacity, Fact, Mention
from habeas.sources.platforms import sudrf_fields
from habeas.sources.platforms.sudrf_grid import (
    Entry,
    cells_by_row,
    lines_of,
    raw_text_of,
    read_grid,
    text_of,
    unknown,
)
from habeas.sources.platforms.sudrf_lists import by_form, case_numbers
from habeas.sources.platforms.sudrf_names import (
    is_hidden,
    looks_like_a_person,
    named_in,
    names_inside,
)
from habeas.sources.tables import LayoutChanged, folded

_TAB = re.compile(r"cont\d+")
_NUMBER = re.compile(r"(?:ДЕЛО|МАТЕРИАЛ|Дело|Материал)\s*№\s*")
_COMPLAINT = re.compile(r"ЖАЛОБА № (\d{1,4})")
_PUBLISHED = re.compile(
    r"опубликовано (\d\d\.\d\d\.\d{4} \d\d:\d\d)(?:, изменено (\d\d\.\d\d\.\d{4} \d\d:\d\d))?"
)
# Tabs that print one label and one value a row; the others are told by their headings.
_FIELD_TABS = ("дело", "производство", "рассмотрение в нижестоящем суде", "материал")
_ACT_TABS = ("судебные акты", "судебный акт")
_LEFT_OUT_IF_EMPTY = frozenset({"inn", "kpp", "ogrn", "ogrnip", "decided", "result"})


@dataclass(slots=True)
class Card:
    """What one card says.

    Attributes:
        facts: by standard term, events, parties, complaints and writs as lists.
        mentions: everybody named, officials too; names in an act's text last.
        withheld: how many names of parties the court hides.
        changed: what is not known about the layout, empty where all is.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    withheld: int = 0
    changed: str = ""

    def name(self, printed: str, role: str, capacity: Capacity, where: str) -> None:
        """Note a name."""
        self.mentions.append(Mention(printed, role, capacity, 1, where))


def card_number(content: LexborNode) -> LexborNode | None:
    """Return the line with the number of the case, by which a card is known; None for no card."""
    return content.css_first("div.casenumber, #case_window > div.case-num")


def read_card(content: LexborNode, number: LexborNode) -> Card:
    """Read all tabs of a card; whatever is not known is noted in `changed` and read by form."""
    card = Card()
    title = content.css_first("div.title, div.name-instanse")
    card.facts["title"] = text_of(title) if title is not None else ""
    card.facts.update(case_numbers(_NUMBER.sub("", text_of(number), count=1)))
    tabs: list[str] = []
    for heading, tab in _tabs(content):
        tabs.append(heading)
        try:
            _read_tab(heading, tab, card)
        except LayoutChanged as changed:
            card.changed = str(changed)
            card.mentions.extend(by_form(lines_of(tab)))
    if not tabs:
        card.changed = str(unknown(text_of(number)))
    card.facts["tabs"] = tabs
    card.facts.setdefault("acts", 0)
    _publication(content, card)
    return card


def _tabs(content: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Yield the printed heading and the container of each tab."""
    headings = {node.id or "": text_of(node) for node in content.css("li[id^=tab]")}
    for tab in content.css("div[id^=cont]"):
        name = tab.id or ""
        if _TAB.fullmatch(name):
            yield headings.get(name.replace("cont", "tab"), ""), tab
    for tab in content.css("div[id^=tab_content_]"):
        yield headings.get((tab.id or "").replace("tab_content_", "tab_id_"), ""), tab


def _read_tab(heading: str, tab: LexborNode, card: Card) -> None:
    if heading.casefold().startswith(_ACT_TABS):
        _read_acts(tab, card)
        return
    tables = [child for child in tab.iter() if child.tag == "table"]
    if not tables:
        raise unknown(heading or text_of(tab))
    for table in tables:
        rows = list(cells_by_row(table))
        printed = text_of(rows[0][0]) if rows and len(rows[0]) == 1 else ""
        complaint = _COMPLAINT.match(printed)
        if complaint:
            _read_complaint(int(complaint.group(1)), rows[1:], card)
        elif heading.casefold().startswith(_FIELD_TABS):
            _read_fields(rows[1:] if printed else rows, heading, card)
        else:
            _read_grid(heading, rows, card)


def _read_fields(rows: list[list[LexborNode]], heading: str, card: Card) -> None:
    left: list[tuple[str, ...]] = []
    for cells in rows:
        label = text_of(cells[0])
        term = sudrf_fields.FIELDS.get(label)
        if term is None or len(cells) != 2:
            left.append(_lines(cells))
        else:
            _field(term, cells[1], card, heading)
    _leave(left, card)


def _lines(cells: list[LexborNode]) -> tuple[str, ...]:
    return tuple(line for cell in cells for line in lines_of(cell))


def _leave(rows: Iterable[tuple[str, ...]], card: Card) -> None:
    """Note rows that are not known, and whoever is named in them."""
    for lines in rows:
        card.changed = str(unknown(" ".join(lines)))
        card.mentions.extend(by_form(lines))


def _field(term: str, value: LexborNode, card: Card, heading: str) -> None:
    printed = text_of(value)
    if term == "category":
        levels = [line.rstrip("→ ").rstrip() for line in lines_of(value)]
        card.facts[term] = [level for level in levels if level]
    elif term == "protocol":
        number, *issuer = re.split(r"\s{2,}", raw_text_of(value).strip(), maxsplit=1)
        card.facts["protocol_number"] = folded(number)
        if issuer:
            card.facts["protocol_issuer"] = folded(issuer[0])
    else:
        card.facts[term] = printed
    if term in {"judge", "lower_judge"} and printed and not is_hidden(printed):
        card.name(printed, "Судья", Capacity.OFFICIAL, _place(heading))


def _place(heading: str) -> str:
    return _("tab {heading}").format(heading=heading)


def _heading_term(known: Mapping[str, str]) -> Callable[[str], str | None]:
    return known.get


def _read_grid(heading: str, rows: list[list[LexborNode]], card: Card) -> None:
    columns = next(({text_of(cell) for cell in cells} for cells in rows if len(cells) > 1), set())
    for mark, (known, required, term, take) in _GRIDS.items():
        if columns & set(mark):
            grid = read_grid(rows, _heading_term(known), frozenset(required))
            entries = [take(entry, heading, card) for entry in grid.entries]
            _extend(card.facts, term, entries)
            _leave(grid.odd, card)
            return
    raise unknown(heading or " | ".join(sorted(columns)))


def _extend(facts: dict[str, Fact], term: str, entries: list[dict[str, Fact]]) -> None:
    before = facts.get(term)
    facts[term] = [*(before if isinstance(before, list) else []), *entries]


def _facts_of(entry: Entry) -> dict[str, Fact]:
    return {term: text_of(cell) for term, cell in entry.cells.items()}


def _event(entry: Entry, heading: str, card: Card) -> dict[str, Fact]:
    del heading, card
    return _facts_of(entry)


def _writ(entry: Entry, heading: str, card: Card) -> dict[str, Fact]:
    facts = _facts_of(entry)
    to = entry.text("to")
    if looks_like_a_person(to):
        card.name(to, "", Capacity.NAMED, _place(heading))
    return facts


def _party(entry: Entry, heading: str, card: Card) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"role": "", **_facts_of(entry)}
    for term in _LEFT_OUT_IF_EMPTY:
        if not facts.get(term):
            facts.pop(term, None)
    # «ЛИЦА» of a criminal card lists the accused only; its heading is the only role printed.
    role = entry.text("role") or heading
    printed = entry.text("name")
    if is_hidden(printed):
        card.withheld += 1
    else:
        for named in named_in(printed, role):
            where = f"{_place(heading)}, {named.note}" if named.note else _place(heading)
            card.name(named.printed, role, named.capacity, where)
    return facts


def _complaint_row(entry: Entry, heading: str, card: Card) -> dict[str, Fact]:
    applicant, role = entry.text("applicant"), entry.text("applicant_role")
    if is_hidden(applicant):
        card.withheld += 1
    elif applicant:
        for named in named_in(applicant, role):
            card.name(named.printed, role, named.capacity, _place(heading))
    return {term: value for term, value in _facts_of(entry).items() if value}


_Take = Callable[[Entry, str, Card], dict[str, Fact]]
_GRIDS: dict[tuple[str, ...], tuple[Mapping[str, str], tuple[str, ...], str, _Take]] = {
    ("Наименование события",): (sudrf_fields.EVENTS, ("event", "date"), "event", _event),
    (
        "Фамилия / наименование",
        "Лицо, участвующее в деле (ФИО, наименование)",
        "Сторона по делу (ФИО, наименование)",
        "ФИО",
    ): (sudrf_fields.PARTIES, ("name",), "party", _party),
    ("Серия, номер бланка",): (sudrf_fields.WRITS, ("issued",), "writ", _writ),
    ("Лицо, подавшее жалобу (заявитель)",): (
        sudrf_fields.COMPLAINTS,
        ("applicant",),
        "complaint",
        _complaint_row,
    ),
    ("Вид требования",): (sudrf_fields.CLAIMS, ("claim",), "claim", _event),
}
"""By a heading that only this table has: the known headings, those needed, the term, the reader."""


def _read_complaint(number: int, rows: list[list[LexborNode]], card: Card) -> None:
    facts: dict[str, Fact] = {"number": number}
    left: list[tuple[str, ...]] = []
    for cells in rows:
        inner = cells[0].css_first("table") if len(cells) == 1 else None
        if inner is not None:
            grid = read_grid(
                cells_by_row(inner), _heading_term(sudrf_fields.EVENTS), frozenset({"event"})
            )
            _extend(facts, "event", [_facts_of(entry) for entry in grid.entries])
            left.extend(grid.odd)
        elif len(cells) == 2 and (term := sudrf_fields.COMPLAINT_FIELDS.get(text_of(cells[0]))):
            facts[term] = text_of(cells[1])
        elif len(cells) != 1 or not text_of(cells[0]).strip("-= ").startswith("ДВИЖЕНИЕ ЖАЛОБЫ"):
            left.append(_lines(cells))
    _extend(card.facts, "complaint", [facts])
    _applicant(str(facts.get("applicant_role", "")), number, card)
    _leave(left, card)


def _applicant(printed: str, number: int, card: Card) -> None:
    """Note an applicant where the court prints a name and not, as it usually does, a role."""
    where = _("complaint {number}").format(number=number)
    whole = [printed] if looks_like_a_person(printed) else names_inside(printed)
    for name in whole:
        card.name(name, "Заявитель", Capacity.PARTY, where)


def _read_acts(tab: LexborNode, card: Card) -> None:
    """Take the headings of the acts and the names that were left in their texts."""
    titles = [text_of(node) for node in tab.css("li[id^=tab_doc]")]
    texts = tab.css("div[id^=cont_doc]") or [tab]
    before = card.facts.get("acts")
    first = before if isinstance(before, int) else 0
    card.facts["acts"] = first + max(len(titles), 1)
    if titles:
        card.facts.setdefault("act_title", titles[0])
        card.facts.setdefault("act_titles", titles)
    known = {mention.printed for mention in card.mentions}
    for number, text in enumerate(texts, first + 1):
        where = _("text of act {number}").format(number=number)
        for printed in dict.fromkeys(names_inside(text_of(text))):
            if printed not in known:
                card.name(printed, "", Capacity.NAMED, where)
                known.add(printed)


def _publication(content: LexborNode, card: Card) -> None:
    node = content.css_first("div.publishInfo")
    found = _PUBLISHED.search(text_of(node)) if node is not None else None
    if found:
        card.facts["page_published"] = found.group(1)
        if found.group(2):
            card.facts["page_changed"] = found.group(2)
