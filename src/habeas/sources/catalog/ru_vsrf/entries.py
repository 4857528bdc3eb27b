"""Reads one entry of the Supreme Court's list: labels with values, parties, events."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.contract import Capacity, Fact, Mention
from habeas.sources.roles import capacity_of
from habeas.sources.tables import LayoutChanged, folded, lines_of, text_of

_DAY = re.compile(r"\d{2}\.\d{2}\.\d{4}")
_FIRST = re.compile(
    r"(?P<court>.{3,200}?)\. (?P<act>[^\W\d_]{4,30}(?: [^\W\d_]{4,30}){0,3})"
    r" от (?P<decided>\d{2}\.\d{2}\.\d{4})\."
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
# A row of one cell that only leads to the card.
_LEADS_ON = "vs-show-additional-info"
_FIRST_COURT = "Суд 1-ой инстанции"
_CASSATION_COURT = "Кассационный суд"
_IN_INTEREST = "В интересах"
HIDDEN = "Информация скрыта"


@dataclass
class Entry:
    """One entry of the list while it is read.

    Attributes:
        number: its place on the page, from 1.
        facts: what was read.
        parties: role and name of each party.
        mentions: everybody named.
        withheld: how many names the court hides.
        broken: what of it is not known, one sentence each.
    """

    number: int
    facts: dict[str, Fact] = field(default_factory=dict)
    parties: list[Fact] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    withheld: int = 0
    broken: list[str] = field(default_factory=list)

    def name(self, printed: str, role: str, capacity: Capacity) -> None:
        """Add a mention."""
        where = f"row {self.number}, {role}"
        self.mentions.append(Mention(printed, role, capacity, self.number, where))


def entry_of(node: LexborNode, number: int) -> Entry:
    """Read one entry; what is not known about it is noted in `broken`, and the rest is kept."""
    entry = Entry(number)
    head = node.css_first("div.vs-items-label a[href]")
    if head is None:
        message = _("Entry {entry} has no number with a link.").format(entry=number)
        entry.broken.append(message)
    complaint = any(text_of(title) == "Жалоба" for title in node.css("div.vs-items-title"))
    entry.facts["kind"] = "complaint" if complaint else "case"
    entry.facts["number"] = text_of(head)
    entry.facts["link"] = (head.attributes.get("href") or "").strip() if head else ""
    for row in node.css("div.vs-item-detail"):
        try:
            _read_row(row, entry)
        except LayoutChanged as change:
            entry.broken.append(str(change))
    if entry.parties:
        entry.facts["party"] = entry.parties
    return entry


def _read_row(row: LexborNode, entry: Entry) -> None:
    """Read a row of an entry: label and value, or day and event, or a mere link."""
    cells = [cell for cell in row.iter() if cell.tag == "div"]
    shown = [cell for cell in cells if text_of(cell)]
    if not _same_letters(text_of(row), [text_of(cell) for cell in shown]):
        raise _unknown_row(entry, text_of(row))
    if not shown or (len(shown) == 1 and _leads_on(shown[0])):
        return
    label, value = text_of(shown[0]), shown[-1]
    if len(shown) == 2 and _DAY.fullmatch(label):
        _read_event(label, value, entry)
    elif len(shown) == 2 and label.endswith(":"):
        _read_label(label.rstrip(":"), value, entry)
    else:
        raise _unknown_row(entry, label)


def _unknown_row(entry: Entry, text: str) -> LayoutChanged:
    message = _("Entry {entry} has a row that is not known: “{label}”.")
    return LayoutChanged(message.format(entry=entry.number, label=text[:80]))


def _leads_on(cell: LexborNode) -> bool:
    """Return whether a cell is nothing but the link to the card."""
    return _LEADS_ON in _classes(cell) and text_of(cell) == text_of(cell.css_first("a"))


def _same_letters(whole: str, parts: list[str]) -> bool:
    """Return whether the parts are the whole, but for white space."""
    return "".join(whole.split()) == "".join("".join(parts).split())


def _read_event(day: str, value: LexborNode, entry: Entry) -> None:
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


def _read_label(label: str, value: LexborNode, entry: Entry) -> None:
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


def _read_names(label: str, value: LexborNode, entry: Entry) -> None:
    """Read the names of one label; each stands in a span of its own.

    Raises:
        LayoutChanged: there is text beside the spans; it is mentioned all the same.
    """
    spans = [span for span in value.css("span") if "highlight" not in _classes(span)]
    names = [name for span in spans if (name := text_of(span))] or [text_of(value)]
    beside = not _same_letters(text_of(value), names)
    for name in [*names, *(_beside(value, names) if beside else ())]:
        if name == HIDDEN:
            entry.withheld += 1
            continue
        entry.name(name, label, capacity_of(label, name))
        if label != _IN_INTEREST:
            entry.parties.append({"role": label, "name": name})
    if label == _IN_INTEREST:
        entry.facts["in_interest_of"] = ", ".join(names)
    if beside:
        message = _("Entry {entry} has text beside the names of “{label}”.")
        raise LayoutChanged(message.format(entry=entry.number, label=label[:80]))


def _beside(value: LexborNode, names: list[str]) -> list[str]:
    """Return the lines of a cell that are more than the names read from its spans."""
    return [line for line in lines_of(value) if line not in names]


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _read_first_court(text: str, result: str, entry: Entry) -> None:
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
