"""Reads "New World Inmate Inquiry": the roster of everybody in custody, and a person's page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

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
from habeas.sources.pages import cut_short, failure, legible, never_there, obstacle
from habeas.sources.readers.tables import unread, with_the_rest
from habeas.sources.tables import LayoutChanged, Table, TableRow, text_of

ID = "us_newworld"


@dataclass(frozen=True, slots=True)
class Jail:
    """One county's roster: its title, and where it is asked."""

    title: str
    address: str


JAILS = {
    "dallas_ia": Jail(
        "Dallas County, Iowa", "https://inmates.dallascountyiowa.gov/NewWorld.InmateInquiry/dallas"
    ),
    "jefferson_al": Jail(
        "Jefferson County, Alabama", "https://sheriff.jccal.org/NewWorld.InmateInquiry/AL0010000"
    ),
    "allen_oh": Jail(
        "Allen County, Ohio", "https://cadwebview.acso-oh.us/NewWorld.InmateInquiry/OH0020000"
    ),
    "hancock_oh": Jail(
        "Hancock County, Ohio", "https://inmates.findlayohio.gov/NewWorld.InmateInquiry/OH0320000"
    ),
    "muskingum_oh": Jail(
        "Muskingum County, Ohio",
        "https://inmatesearch.corp1840.ohiomuskingumsheriff.org/NewWorld.InmateInquiry/OH0600000",
    ),
    "sebastian_ar": Jail(
        "Sebastian County, Arkansas",
        "https://inmate.sebastiancountyar.gov/NewWorld.InmateInquiry/AR0660000",
    ),
    "flagler_fl": Jail(
        "Flagler County, Florida", "https://nwwebcad.fcpsn.org/NewWorld.InmateInquiry/FL0180000"
    ),
}
"""Rosters by the name that `Query.courts` uses."""

_INDEX, _PERSON = "#Inmate_Index", "#DemographicInformation"
_NAME, _HELD = "Name", "In Custody"
# Printed column -> fact. Counties show some of them; any other stops the reader.
_COLUMNS = {
    "Subject Number": "case_id",
    "Scheduled Release Date": "scheduled_release",
    "Race": "race",
    "Gender": "gender",
    "Height": "height",
    "Weight": "weight",
    "Multiple Bookings": "multiple_bookings",
    "Housing Facility": "facility",
}
_IGNORED = frozenset({"Photo"})
_EMPTY = "No data"
_BOOKING = re.compile(r"Booking\s+(\S.*)")


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is of this platform, by its path and its containers."""
    text = capture.text
    return "NewWorld.InmateInquiry" in text and any(
        f'id="{name[1:]}"' in text for name in (_INDEX, _PERSON)
    )


def plan(query: Query) -> Iterable[Request]:
    """Yield the roster of each jail of the query, or of all; days and names change nothing.

    Raises:
        KeyError: a jail of the query is not known.
    """
    for name in query.courts or JAILS:
        jail = JAILS[name]
        purpose = _("everybody in custody, {jail}").format(jail=jail.title)
        yield Request(f"{jail.address}?InCustody=True", purpose=purpose)


def parse(capture: Capture) -> Page:
    """Read a roster, or a person's page. Never raises: what is not understood is an obstacle."""
    failed = failure(capture, ID, entries=f"{_INDEX} td, {_PERSON} li")
    if failed is not None:
        return failed if "/Inmate/Detail/" in capture.url else never_there(failed)
    tree = capture.tree
    try:
        if (person := tree.css_first(_PERSON)) is not None:
            return legible(_card(capture, person))
        if (index := tree.css_first(_INDEX)) is not None:
            page = _roster(capture, index)
            changed = page.obstacle is Obstacle.LAYOUT_CHANGED
            return with_the_rest(page, capture) if changed else legible(page)
    except LayoutChanged as change:
        return unread(capture, ID, Obstacle.LAYOUT_CHANGED, str(change))
    reason = Obstacle.INCOMPLETE if cut_short(capture) else Obstacle.LAYOUT_CHANGED
    return unread(capture, ID, reason, _("The page is neither a roster nor a person's page."))


# --- the roster ----------------------------------------------------------------------------------


def _roster(capture: Capture, index: LexborNode) -> Page:
    _expect_filter(index)
    node = index.css_first("table")
    if node is None:
        raise LayoutChanged(_("The page has no table of people."))
    broken: list[str] = []
    table = Table.of(node, broken=broken)
    rows, mentions = [], []
    for entry in table.rows:
        row, mention = _held(entry)
        rows.append(row)
        mentions.append(mention)
    if not rows and not broken:
        return _nobody(capture, node)
    following = index.css_first("a.Next[href]")
    reason, words = _verdict(capture, broken)
    return Page(
        source=ID,
        kind=PageKind.ROSTER,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        court=_title(capture),
        facts={"columns": list(table.columns)},
        rows=tuple(rows),
        mentions=tuple(mentions),
        part=_part(capture, more=following is not None),
        next=tuple(_next(capture, following)),
    )


def _expect_filter(index: LexborNode) -> None:
    """Make sure that the page lists who is held now, and not everybody who ever was."""
    for box in index.css("input[name=InCustody]"):
        if "checked" in box.attributes and (box.attributes.get("value") or "").lower() == "true":
            return
    raise LayoutChanged(_("The page does not say that it lists people in custody."))


def _held(entry: TableRow) -> tuple[Row, Mention]:
    name = entry.take(_NAME)
    facts: dict[str, Fact] = {"in_custody": entry.take(_HELD).text}
    for column in entry.cells.keys() & _COLUMNS.keys():
        if text := entry.take(column).text:
            facts[_COLUMNS[column]] = text
    entry.nothing_left(ignore=_IGNORED)
    if not name.text or facts["in_custody"] != "Yes":
        raise LayoutChanged(_("Row {row} names nobody who is in custody.").format(row=entry.number))
    where = f"row {entry.number}, column {_NAME}"
    mention = Mention(name.text, "", Capacity.PARTY, entry.number, where)
    return Row(entry.number, {key: facts[key] for key in sorted(facts)}, name.link), mention


def _verdict(capture: Capture, broken: list[str]) -> tuple[Obstacle | None, str]:
    if cut_short(capture):
        return Obstacle.INCOMPLETE, _("The page ends before its end.")
    return (Obstacle.LAYOUT_CHANGED, broken[0]) if broken else (None, "")


def _nobody(capture: Capture, table: LexborNode) -> Page:
    if cut_short(capture):
        return obstacle(ID, Obstacle.INCOMPLETE, _("The page ends before its end."))
    if _EMPTY not in text_of(table):
        raise LayoutChanged(_("The roster has no rows and does not say so."))
    return obstacle(ID, Obstacle.UNCONFIRMED_EMPTY, _EMPTY, kind=PageKind.EMPTY_UNCONFIRMED)


def _part(capture: Capture, *, more: bool) -> Part:
    """Return which page this is; of how many, the platform tells only that there is a next one."""
    parts = urlsplit(capture.url)
    printed = dict(parse_qsl(parts.query)).get("Page", "1")
    number = int(printed) if printed.isascii() and printed.isdigit() and int(printed) else 1
    return Part(f"{parts.netloc}{parts.path}" or ID, number, number + 1 if more else number)


def _next(capture: Capture, link: LexborNode | None) -> Iterator[Request]:
    address = (link.attributes.get("href") or "").strip() if link is not None else ""
    if address:
        yield Request(urljoin(capture.url, address), purpose=_("the next page of the roster"))


def _title(capture: Capture) -> str:
    for jail in JAILS.values():
        if capture.url.startswith(jail.address):
            return jail.title
    return text_of(capture.tree.css_first("h1"))


# --- a person's page -----------------------------------------------------------------------------


def _card(capture: Capture, person: LexborNode) -> Page:
    name = text_of(person.css_first("li.Name span"))
    if not name:
        raise LayoutChanged(_("The page of a person has no name."))
    bookings = [_booking(node) for node in capture.tree.css("#BookingHistory div.Booking")]
    if not bookings:
        raise LayoutChanged(_("The page of a person has no bookings."))
    facts: dict[str, Fact] = {"bookings": bookings}
    if number := text_of(person.css_first("li.SubjectNumber span")):
        facts["case_id"] = number
    reason, words = _verdict(capture, [])
    return Page(
        source=ID,
        kind=PageKind.CARD,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        title=name,
        court=_title(capture),
        facts=facts,
        rows=(Row(1, facts),),
        mentions=(Mention(name, "", Capacity.PARTY, 1, "name"),),
    )


def _booking(node: LexborNode) -> dict[str, Fact]:
    heading = _BOOKING.fullmatch(text_of(node.css_first("h3, h4")))
    if heading is None:
        raise LayoutChanged(_("A booking has no number."))
    facts: dict[str, Fact] = {"booking_number": heading.group(1)}
    for term, css in (
        ("date", "li.BookingDate span"),
        ("released", "li.ReleaseDate span"),
        ("facility", "li.HousingFacility span"),
    ):
        if text := text_of(node.css_first(css)):
            facts[term] = text
    charges = [text_of(one) for one in node.css(".BookingCharges td.ChargeDescription")]
    if charges:
        facts["charges"] = charges
    return facts
