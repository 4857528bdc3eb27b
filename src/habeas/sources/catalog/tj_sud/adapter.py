"""Reads the weekly lists of the courts of Tajikistan, and the lists of posts that lead to them."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

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
from habeas.sources.pages import cut_short, failure, legible, never_there
from habeas.sources.readers.cells import names_of_list
from habeas.sources.readers.tables import unread, with_the_rest
from habeas.sources.roles import capacity_of
from habeas.sources.tables import LayoutChanged, Table, TableRow, text_of

ID = "tj_sud"
COURTS = ("sino", "firdavsi", "isomoni", "harbidushanbe")
"""Hosts below sud.tj on which lists were seen."""

COLUMNS = (
    "№",
    "Ному насаби тарафҳо",
    "Моддаи КҶ ҶТ / мазмуни даъво",
    "Судя",
    "Сана ва соати мурофиа",
    "Толор",
)
_WEEKLY = re.compile("РӮЙХАТИ ПАРВАНДАҲО", re.IGNORECASE)
_PAGE = re.compile(r"/page/([0-9]{1,6})/?(?=$|[?#])")
_WHEN = re.compile(r"(\d{2}\.\d{2}\.\d{4})\s+соати\s+(\d{1,2}:\d{2})")
_LABEL = re.compile(r"([^\W\d_][^:\d]{1,40}):\s+(\S.*)")


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is a post of one of these courts."""
    text = capture.text
    return ".sud.tj/" in text and "entry-title" in text


def plan(query: Query) -> Iterable[Request]:
    """Yield the announcements of each court; they lead to the weekly lists."""
    for court in query.courts or COURTS:
        yield Request(
            f"http://{court}.sud.tj/category/press/elonho/",
            purpose=_("announcements of the court {court}").format(court=court),
        )


def parse(capture: Capture) -> Page:
    """Read a weekly list, or a list of posts. Never raises: the unknown is an obstacle."""
    failed = failure(capture, ID, entries="div.entry-content td")
    if failed is not None:
        return never_there(failed) if "/category/" in capture.url else failed
    table = capture.tree.css_first("div.entry-content table")
    try:
        if table is not None:
            page = _weekly(capture, table)
            changed = page.obstacle is Obstacle.LAYOUT_CHANGED
            return with_the_rest(page, capture) if changed else legible(page)
    except LayoutChanged as change:
        return unread(capture, ID, Obstacle.LAYOUT_CHANGED, str(change))
    posts = capture.tree.css("h2.entry-title a[href]")
    if posts:
        return _posts(capture, posts)
    reason = Obstacle.INCOMPLETE if cut_short(capture) else Obstacle.LAYOUT_CHANGED
    return unread(capture, ID, reason, _("There is no list of cases in the post."))


def _weekly(capture: Capture, node: LexborNode) -> Page:
    broken: list[str] = []
    table = Table.of(node, broken=broken)
    table.expect(COLUMNS)
    title = text_of(capture.tree.css_first("h1.entry-title"))
    rows: list[Row] = []
    mentions: list[Mention] = []
    gap = False
    places: dict[str, int] = {}
    for entry in table.rows:
        mentions.extend(_mentions(entry))
        try:
            row = Row(entry.number, _facts(entry))
        except LayoutChanged as change:
            broken.append(str(change))
            continue
        # Each section counts from 1: a number that is missing is a row that is missing.
        places[entry.section] = places.get(entry.section, 0) + 1
        gap = gap or row.facts["n"] != places[entry.section]
        rows.append(row)
    reason, words = _verdict(capture, rows, broken, gap=gap)
    return Page(
        source=ID,
        kind=PageKind.WEEKLY_LIST if rows else PageKind.EMPTY_UNCONFIRMED,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        title=title,
        court=text_of(capture.tree.css_first(".site-title")),
        facts={
            "title": title,
            "published": text_of(capture.tree.css_first("time.entry-date")),
            "rows": len(rows),
            "sections": list(places),
            "columns": list(table.columns),
        },
        rows=tuple(rows),
        mentions=tuple(mentions),
    )


def _verdict(
    capture: Capture, rows: list[Row], broken: list[str], *, gap: bool
) -> tuple[Obstacle | None, str]:
    if cut_short(capture):
        return Obstacle.INCOMPLETE, _("The page ends before its end.")
    if broken:
        return Obstacle.LAYOUT_CHANGED, broken[0]
    if gap:
        return Obstacle.INCOMPLETE, _("The numbers of the rows have a gap.")
    if not rows:
        return Obstacle.UNCONFIRMED_EMPTY, _("The list has no rows.")
    return None, ""


def _facts(entry: TableRow) -> dict[str, Fact]:
    number = entry.take("№").text.rstrip(".")
    when = _WHEN.fullmatch(entry.take("Сана ва соати мурофиа").node.text(separator=" ").strip())
    if not (number.isascii() and number.isdigit() and len(number) < 6) or when is None:
        message = _("Row {row} has no number, or no day and hour.").format(row=entry.number)
        raise LayoutChanged(message)
    facts: dict[str, Fact] = {
        "section": entry.section,
        "n": int(number),
        "parties": entry.take("Ному насаби тарафҳо").lines,
        "matter": entry.take("Моддаи КҶ ҶТ / мазмуни даъво").text,
        "judge": entry.take("Судя").text,
        "date": when.group(1),
        "time": when.group(2),
        "room": entry.take("Толор").text,
    }
    entry.nothing_left()
    return facts


def _mentions(entry: TableRow) -> Iterator[Mention]:
    for line in entry.take("Ному насаби тарафҳо").lines:
        labelled = _LABEL.fullmatch(line)
        role, names = labelled.groups() if labelled else ("", line)
        for name in names_of_list(names):
            where = f"row {entry.number}, column Ному насаби тарафҳо"
            yield Mention(name, role, capacity_of(role, name), entry.number, where)
    for name in names_of_list(entry.take("Судя").text):
        yield Mention(name, "Судя", Capacity.OFFICIAL, entry.number, "column Судя")


def _posts(capture: Capture, posts: list[LexborNode]) -> Page:
    """Read a list of posts: the weekly lists among them come next, then the older posts."""
    base = capture.url or "http://sud.tj/"
    rows = [
        Row(number, {"title": text_of(node)}, (node.attributes.get("href") or "").strip())
        for number, node in enumerate(posts, 1)
    ]
    older = capture.tree.css_first("div.nav-previous a[href], a.next[href]")
    following = [
        Request(_joined(base, row.link), purpose=str(row.facts["title"]))
        for row in rows
        if _WEEKLY.search(str(row.facts["title"]))
    ]
    if older is not None:
        target = _joined(base, older.attributes.get("href") or "")
        following.append(Request(target, purpose=_("older announcements")))
    cut = cut_short(capture)
    return Page(
        source=ID,
        kind=PageKind.NEWS_LIST,
        outcome=Outcome.COULD_NOT_LOOK if cut else Outcome.FOUND,
        obstacle=Obstacle.INCOMPLETE if cut else None,
        explanation=_("The page ends before its end.") if cut else "",
        facts={"rows": len(rows)},
        rows=tuple(rows),
        # The names stand in the posts: this page alone is never the whole.
        part=_part(capture),
        next=tuple(following),
    )


def _part(capture: Capture) -> Part:
    """Return which page of the posts this is; how many there are only where the pager says so."""
    linked = [
        int(printed)
        for link in capture.tree.css("a.page-numbers, span.page-numbers")
        if (printed := text_of(link)).isascii() and printed.isdigit() and len(printed) < 7
    ]
    here = _PAGE.search(capture.url)
    number = max(1, int(here.group(1))) if here else 1
    listing = _PAGE.sub("/", capture.url) or ID
    return Part(listing, number, max([number, *linked]) if linked else None)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        # A link that is no address ("http://[") is kept as printed.
        return address
