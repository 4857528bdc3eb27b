"""Reads the schedule of the courts of Belarus: three panels, each with its own counter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

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
    Query,
    Request,
    Row,
)
from habeas.sources.pages import cut_short, failure, legible, never_there
from habeas.sources.readers.cells import names_of_list
from habeas.sources.readers.tables import unread, with_the_rest
from habeas.sources.roles import capacity_of
from habeas.sources.tables import LayoutChanged, Table, TableRow, folded, text_of

ID = "by_courts"
ADDRESS = "https://service.court.gov.by/ru/public/schedule/schedule"
CLOSED = "Закрытое судебное заседание"
"""Stands in the place of a name where the hearing is closed."""
# "Закрытое судебное заседание (ст. 6.1 ПИКоАП)": the reason stands in brackets.
_CLOSED = re.compile(
    r"закрыт\w* судебн\w* заседани\w*\s*(?:\((?:[^()]++|\([^()]*+\))*+\))?[\s.,;–—-]*",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")

_COMMON = {
    "Дата": "date",
    "Время": "time",
    "Зал": "room",
    "Номер дела": "case_number",
}
_OFFENCE = {**_COMMON, "ФИО": "person", "Статья": "article", "Судья": "judge"}
_CIVIL = {
    **_COMMON,
    "Категория": "category",
    "Истец (заявитель)": "plaintiff",
    "Ответчик": "defendant",
    "Судья": "judge",
}
_PANELS: dict[str, tuple[str, dict[str, str]]] = {
    "Гражданские дела": ("civil", _CIVIL),
    "Дела об административных правонарушениях": ("administrative", _OFFENCE),
    "Уголовные дела": ("criminal", _OFFENCE),
}
_NAMES = {"Истец (заявитель)", "Ответчик", "ФИО"}


@dataclass
class _Reading:
    rows: list[Row] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    panels: dict[str, list[Fact]] = field(default_factory=dict)
    withheld: int = 0
    short: bool = False
    broken: list[str] = field(default_factory=list)


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is such a schedule, which is a fragment without a title."""
    text = capture.text
    return "schedule-table" in text and "schedule-court" in text


def plan(query: Query) -> Iterable[Request]:
    """Yield one form a court and day; courts are the portal's own ids, and none is guessed."""
    for court in query.courts:
        for day in query.days:
            printed = f"{day:%d.%m.%Y}"
            for name in query.names or ("",):
                yield _asked(court, printed, name)


def _asked(court: str, day: str, name: str) -> Request:
    form = {
        "CourtId": court,
        "StartDate": day,
        "EndDate": day,
        "Name": name,
        "RecaptchaResponse": "",
    }
    return Request(
        ADDRESS,
        method="POST",
        body=urlencode(form).encode("ascii"),
        headers={"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"},
        purpose=_("hearings on {day}, court {court}").format(day=day, court=court),
        by_name=bool(name),
    )


def parse(capture: Capture) -> Page:
    """Read a schedule. Never raises: what is not understood is an obstacle."""
    failed = failure(capture, ID, entries="table.schedule-table td")
    if failed is not None:
        return never_there(failed)
    panels = capture.tree.css("div.panel")
    if not panels:
        known = capture.tree.css_first("div.schedule-result") is not None
        reason = Obstacle.UNCONFIRMED_EMPTY if known else Obstacle.LAYOUT_CHANGED
        if cut_short(capture):
            reason = Obstacle.INCOMPLETE
        return unread(capture, ID, reason, _("There is no panel of cases on the page."))
    reading = _Reading()
    for panel in panels:
        try:
            _read_panel(panel, reading)
        except LayoutChanged as change:
            reading.broken.append(str(change))
    page = _page(capture, reading)
    if page.obstacle in {Obstacle.LAYOUT_CHANGED, Obstacle.INCOMPLETE}:
        return with_the_rest(page, capture)
    return legible(page)


def _read_panel(panel: LexborNode, reading: _Reading) -> None:
    heading = panel.css_first(".panel-title")
    badge = text_of(panel.css_first(".panel-title .badge"))
    name = folded(text_of(heading).removesuffix(badge))
    table = panel.css_first("table")
    if name not in _PANELS:
        message = _("There is a panel that is not known: “{name}”.").format(name=name[:80])
        raise LayoutChanged(message)
    key, columns = _PANELS[name]
    entries = reading.panels.setdefault(key, [])
    if table is None:
        reading.short = True
        return
    read = Table.of(table, broken=reading.broken)
    read.expect(["№", *columns])
    for entry in read.rows:
        place = entry.take("№").text
        facts: dict[str, Fact] = {fact: entry.take(at).text for at, fact in columns.items()}
        reading.short = reading.short or place != str(entry.number)
        entry.nothing_left()
        number = len(reading.rows) + 1
        reading.rows.append(Row(number, facts))
        entries.append(facts)
        reading.withheld += sum(bool(_CLOSED.search(entry.take(at).text)) for at in columns)
        reading.mentions.extend(_mentions(entry, columns, number))
    reading.short = reading.short or badge != str(len(read.rows))


def _mentions(entry: TableRow, columns: dict[str, str], number: int) -> Iterator[Mention]:
    for column in columns:
        text = _CLOSED.sub("", entry.take(column).text)
        where = f"row {number}, column {column}"
        if column == "Судья":
            for name in names_of_list(text):
                yield Mention(name, column, Capacity.OFFICIAL, number, where)
        elif column in _NAMES:
            role = "" if column == "ФИО" else column
            for name in filter(_LETTER.search, names_of_list(text)):
                yield Mention(name, role, capacity_of(role, name), number, where)


def _page(capture: Capture, reading: _Reading) -> Page:
    text = capture.text
    # A fragment has no closing </html> to miss: its boxes must all be closed instead.
    cut = cut_short(capture) or text.count("<div") != text.count("</div>")
    people = any(mention.capacity is not Capacity.OFFICIAL for mention in reading.mentions)
    reason, words = None, ""
    if reading.broken and not cut:
        reason, words = Obstacle.LAYOUT_CHANGED, reading.broken[0]
    elif cut or reading.short:
        reason = Obstacle.INCOMPLETE
        words = _("Rows are missing: a panel has another number of them than it says.")
    elif not reading.rows:
        reason, words = Obstacle.UNCONFIRMED_EMPTY, _("The schedule has no rows.")
    elif reading.withheld and not people:
        reason, words = Obstacle.WITHHELD, CLOSED
    kind = PageKind.EMPTY_UNCONFIRMED if reason is Obstacle.UNCONFIRMED_EMPTY else PageKind.SCHEDULE
    return Page(
        source=ID,
        kind=kind,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        title=text_of(capture.tree.css_first(".schedule-period")),
        court=text_of(capture.tree.css_first(".schedule-court")),
        facts={"rows": len(reading.rows), **reading.panels},
        rows=tuple(reading.rows),
        mentions=tuple(reading.mentions),
        withheld=reading.withheld,
        remarks=tuple(
            _("The schedule has no panel “{name}”; what would stand there is not shown.").format(
                name=name
            )
            for name, (key, _columns) in _PANELS.items()
            if key not in reading.panels
        ),
    )
