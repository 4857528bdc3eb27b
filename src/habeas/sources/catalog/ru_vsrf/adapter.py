"""Reads the search results of the Supreme Court of Russia (vsrf.ru/lk/practice)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from selectolax.lexbor import LexborNode

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
from habeas.sources.pages import cut_short, failure, obstacle
from habeas.sources.readers.tables import unread
from habeas.sources.readers.tangled import is_tangled
from habeas.sources.roles import capacity_of
from habeas.sources.tables import LayoutChanged, folded, text_of

ID = "ru_vsrf"
BASE = "https://vsrf.ru/lk/practice/claims"
_COUNTER = re.compile(r"НАЙДЕНО:\s*(\d{1,9})", re.IGNORECASE)
_DAY = re.compile(r"\d{2}\.\d{2}\.\d{4}")
_FIRST = re.compile(
    r"(?P<court>.{3,200}?)\. (?P<act>[^\W\d_]{4,30}) от (?P<decided>\d{2}\.\d{2}\.\d{4})\."
    r"(?: Судья: (?P<judge>.{3,80}?))?(?: Номер дела 1-ой инстанции: (?P<number>\S{1,60}))?"
)
_CASSATION = re.compile(r"(.+?) - (\d{2}\.\d{2}\.\d{4})")
_INITIALS_FIRST = re.compile(r"((?:[^\W\d_]\.\s?){1,2})\s*(\S.*)")

# Labels of one value. The parties' labels are known by the mark of their values instead.
_LABELS = {
    "Дата поступления": "received",
    "Вид судопроизводства": "proceeding",
    "Инстанция": "instance",
    "Уникальный идентификатор дела": "uid",
    "По иску": "subject",
    "Предмет иска": "subject",
    "Обжалуется": "appealed",
}
_FIRST_COURT = "Суд 1-ой инстанции"
_CASSATION_COURT = "Кассационный суд"
_IN_INTEREST = "В интересах"
_HIDDEN = "Информация скрыта"


@dataclass
class _Entry:
    """One entry of the list while it is read."""

    number: int
    facts: dict[str, Fact] = field(default_factory=dict)
    parties: list[Fact] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    withheld: int = 0

    def name(self, printed: str, role: str, capacity: Capacity) -> None:
        """Add a mention."""
        where = f"row {self.number}, {role}"
        self.mentions.append(Mention(printed, role, capacity, self.number, where))


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is the court's search."""
    text = capture.text
    return "vsrf.ru/" in text and ("vs-search-items" in text or "vs-items" in text)


def plan(query: Query) -> Iterable[Request]:
    """Yield a search a name: the court publishes no whole list."""
    for name in query.names:
        yield Request(
            f"{BASE}?&registerDateExact=off&considerationDateExact=off&numberExact=true"
            f"&keywords={quote(name, safe='')}",
            purpose=_("cases and complaints by name"),
            by_name=True,
        )


def parse(capture: Capture) -> Page:
    """Read a list of results. Never raises: what is not understood is an obstacle."""
    if is_tangled(capture.text):
        return obstacle(ID, Obstacle.UNREADABLE, _("Its tags are nested too deeply to read."))
    failed = failure(capture, ID, entries="div.vs-items-label a")
    if failed is not None:
        return failed
    counted = _COUNTER.search(text_of(capture.tree.css_first(".count-label")))
    items = capture.tree.css("#vs-search-items div.vs-items")
    if counted is None:
        reason = Obstacle.INCOMPLETE if cut_short(capture) else Obstacle.LAYOUT_CHANGED
        return unread(capture, ID, reason, _("The page does not say how many it found."))
    if not items and int(counted.group(1)):
        return unread(capture, ID, Obstacle.INCOMPLETE, _("The entries it counts are not there."))
    try:
        entries = [_entry(node, number) for number, node in enumerate(items, 1)]
    except LayoutChanged as change:
        reason = Obstacle.INCOMPLETE if cut_short(capture) else Obstacle.LAYOUT_CHANGED
        return unread(capture, ID, reason, str(change))
    return _page(capture, entries, int(counted.group(1)))


def _page(capture: Capture, entries: list[_Entry], counter: int) -> Page:
    withheld = sum(entry.withheld for entry in entries)
    mentions = tuple(mention for entry in entries for mention in entry.mentions)
    people = any(mention.capacity is not Capacity.OFFICIAL for mention in mentions)
    reason, words = None, ""
    if cut_short(capture):
        reason, words = Obstacle.INCOMPLETE, _("The page ends before its end.")
    elif counter == 0 and not entries:
        reason, words = Obstacle.UNCONFIRMED_EMPTY, _("The site says that it found nothing.")
    elif counter != len(entries):
        reason, words = Obstacle.INCOMPLETE, _("The page has other rows than its counter says.")
    elif withheld and not people:
        reason, words = Obstacle.WITHHELD, _HIDDEN
    return Page(
        source=ID,
        kind=PageKind.RESULTS if entries else PageKind.EMPTY_UNCONFIRMED,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        court="Верховный Суд Российской Федерации",
        facts={"counter": counter, "rows": len(entries)},
        rows=tuple(Row(entry.number, entry.facts, str(entry.facts["link"])) for entry in entries),
        mentions=mentions,
        part=Part(capture.url or ID, rows_total=counter),
        withheld=withheld,
    )


def _entry(node: LexborNode, number: int) -> _Entry:
    entry = _Entry(number)
    head = node.css_first("div.vs-items-label a[href]")
    if head is None:
        message = _("Entry {entry} has no number with a link.").format(entry=number)
        raise LayoutChanged(message)
    complaint = any(text_of(title) == "Жалоба" for title in node.css("div.vs-items-title"))
    entry.facts["kind"] = "complaint" if complaint else "case"
    entry.facts["number"] = text_of(head)
    entry.facts["link"] = (head.attributes.get("href") or "").strip()
    for row in node.css("div.vs-item-detail"):
        _read_row([cell for cell in row.iter() if cell.tag == "div"], entry)
    if entry.parties:
        entry.facts["party"] = entry.parties
    return entry


def _read_row(cells: list[LexborNode], entry: _Entry) -> None:
    """Read a row of an entry: label and value, or day and event, or a mere link."""
    shown = [cell for cell in cells if text_of(cell)]
    if len(shown) < 2:
        return
    label, value = text_of(shown[0]), shown[-1]
    if _DAY.fullmatch(label):
        _read_event(label, value, entry)
    elif label.endswith(":") and len(shown) == 2:
        _read_label(label.rstrip(":"), value, entry)
    else:
        message = _("Entry {entry} has a row that is not known: “{label}”.").format(
            entry=entry.number, label=label[:80]
        )
        raise LayoutChanged(message)


def _read_event(day: str, value: LexborNode, entry: _Entry) -> None:
    """Take the event that stands first, which is the last that happened."""
    reporter = text_of(value.css_first(".vs-reporter-name"))
    if reporter:
        entry.name(reporter, "Докладчик", Capacity.OFFICIAL)
    if "last_event" in entry.facts:
        return
    entry.facts["last_event"] = folded(text_of(value).partition("Докладчик:")[0])
    entry.facts["last_event_date"] = day
    if reporter:
        entry.facts["reporter"] = reporter


def _read_label(label: str, value: LexborNode, entry: _Entry) -> None:
    text = text_of(value)
    if label == _FIRST_COURT:
        result = text_of(value.css_first(".vs-items-black"))
        _read_first_court(folded(text.removesuffix(result)), result, entry)
    elif label == _CASSATION_COURT:
        parts = _CASSATION.fullmatch(text)
        entry.facts["cassation_court"] = parts.group(1) if parts else text
        if parts:
            entry.facts["cassation_date"] = parts.group(2)
    elif label in _LABELS:
        if _LABELS[label] in entry.facts:
            message = _("Entry {entry} has “{label}” twice.").format(
                entry=entry.number, label=label
            )
            raise LayoutChanged(message)
        entry.facts[_LABELS[label]] = text
    elif value.attributes.get("data-mark-from-name") == "keywords":
        _read_names(label, value, entry)
    else:
        message = _("Entry {entry} has a label that is not known: “{label}”.").format(
            entry=entry.number, label=label[:80]
        )
        raise LayoutChanged(message)


def _read_names(label: str, value: LexborNode, entry: _Entry) -> None:
    """Read the names of one label; each stands in a span of its own."""
    spans = [span for span in value.css("span") if "highlight" not in _classes(span)]
    names = [name for span in spans if (name := text_of(span))] or [text_of(value)]
    for name in names:
        if name == _HIDDEN:
            entry.withheld += 1
            continue
        entry.name(name, label, capacity_of(label, name))
        if label != _IN_INTEREST:
            entry.parties.append({"role": label, "name": name})
    if label == _IN_INTEREST:
        entry.facts["in_interest_of"] = ", ".join(names)


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _read_first_court(text: str, result: str, entry: _Entry) -> None:
    parts = _FIRST.fullmatch(text)
    if parts is None:
        message = _("Entry {entry} describes its first court in a form that is not known.").format(
            entry=entry.number
        )
        raise LayoutChanged(message)
    entry.facts.update(_of_first_court(parts))
    if result:
        entry.facts["first_result"] = result
    if judge := parts["judge"]:
        entry.name(judge, "Судья", Capacity.OFFICIAL)


def _of_first_court(parts: re.Match[str]) -> Iterator[tuple[str, Fact]]:
    """Yield what the sentence says; the judge with the surname first, as elsewhere."""
    yield "first_court", parts["court"]
    yield "first_decided", parts["decided"]
    if judge := parts["judge"]:
        turned = _INITIALS_FIRST.fullmatch(judge)
        yield "first_judge", f"{turned.group(2)} {turned.group(1).strip()}" if turned else judge
    if parts["number"]:
        yield "first_number", parts["number"]
