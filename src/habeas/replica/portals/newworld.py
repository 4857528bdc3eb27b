"""A county's jail on "New World Inmate Inquiry": the roster in pages, and a person's page."""

import re

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals.example_site import ExampleSite, gone
from habeas.replica.script import Entry
from habeas.sources.catalog.us_newworld.adapter import JAILS
from habeas.sources.registry import host_of

PAGE_ROWS = 10
_SOURCE, _TITLE = "us_newworld", "Invented County Inmate Inquiry"
_JAIL_AT = {host_of(jail.address): name for name, jail in JAILS.items()}
_COLUMNS = (
    "Photo", "Name", "In Custody", "Race", "Gender", "Height", "Weight", "Multiple Bookings",
)  # fmt: skip
_LIST = re.compile(r"/NewWorld\.InmateInquiry/([A-Za-z0-9]+)")
_PERSON = re.compile(r"/NewWorld\.InmateInquiry/([A-Za-z0-9]+)/Inmate/Detail/-(\d{1,9})")


def _answer(ask: Ask, stage: Stage) -> Reply | None:
    if found := _PERSON.fullmatch(ask.path):
        return _person(ask, stage, int(found.group(2)))
    if _LIST.fullmatch(ask.path):
        return _list(ask, stage)
    return None


def _list(ask: Ask, stage: Stage) -> Reply:
    printed = ask.query.get("Page", "1")
    number = int(printed) if printed.isascii() and printed.isdigit() else 1
    entries = list(stage.script.visible(_SOURCE, stage.day, _JAIL_AT[ask.host]))
    shown = entries[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    if not shown:
        return _nothing(ask, stage)
    lines = tuple(
        Line(one, _cells(ask, printed_names(one, stage.faults)), at)
        for at, one in enumerate(shown, 1)
    )
    more = len(entries) > number * PAGE_ROWS
    following = f"{ask.path}?InCustody=True&Page={number + 1}" if more else ""
    listing = spoilt(Listing(_COLUMNS, lines, 0, following), stage.faults)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.cells) + "</tr>"
        for line in listing.lines
    )
    way_on = (
        f'<a class="Next" href="{text(listing.following)}">Next</a>' if listing.following else ""
    )
    return _index(_table(listing.columns, rows) + way_on, stage.day)


def _cells(ask: Ask, entry: Entry) -> tuple[str, ...]:
    link = f"{ask.path}/Inmate/Detail/-{entry.serial}"
    name = f'<a href="{link}">{text(", ".join(entry.names))}</a>'
    return "", name, "Yes", "", "", "", "", "No"


def _table(columns: tuple[str, ...], rows: str) -> str:
    heading = "".join(f"<th>{text(one)}</th>" for one in columns)
    return f"<table><thead><tr>{heading}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n"


def _nothing(_ask: Ask, stage: Stage) -> Reply:
    empty = f'<tr><td colspan="{len(_COLUMNS)}">No data</td></tr>'
    return _index(_table(_COLUMNS, empty), stage.day)


def _index(content: str, day: int) -> Reply:
    return _framed(
        '<div id="Inmate_Index"><div><form method="get"><label>'
        '<input type="checkbox" name="InCustody" value="True" checked> In Custody</label>'
        f"</form></div>\n<div><div>{content}</div></div></div>",
        day,
    )


def _person(ask: Ask, stage: Stage, serial: int) -> Reply:
    for entry in stage.script.visible(_SOURCE, stage.day, _JAIL_AT[ask.host]):
        if entry.serial == serial:
            printed = printed_names(entry, stage.faults)
            booked = f"{stage.script.date_of(entry.day):%m/%d/%Y} {entry.time}"
            return _framed(
                '<div id="DemographicInformation"><h2>Demographic Information</h2>'
                '<ul class="FieldList"><li class="Name"><label>Name</label><span>'
                f"{text(', '.join(printed.names))}</span></li></ul></div>\n"
                '<div id="BookingHistory"><h2>Booking History</h2><div class="Booking">'
                f'<h3>Booking {text(entry.number)}</h3><ul class="FieldList">'
                f'<li class="BookingDate"><label>Booking Date</label><span>{booked}</span></li>'
                '<li class="HousingFacility"><label>Housing Facility</label><span>Jail</span></li>'
                '</ul><div class="BookingCharges"><table class="Grid"><tbody><tr>'
                f'<td class="ChargeDescription">{text(entry.article)}</td></tr></tbody></table>'
                "</div></div></div>",
                stage.day,
            )
    return gone(_TITLE, stage.day)


def _framed(content: str, day: int) -> Reply:
    return Reply(f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{_TITLE}</title></head>
<body><h1>{_TITLE}</h1>
<div class="Header">Disclaimer: Record of an arrest is not an indication of guilt.</div>
{content}
<footer>NewWorld.InmateInquiry</footer></body></html>
<!-- replica of habeas, day {day}: every person and booking on this page is invented -->
""")


jail = ExampleSite(_SOURCE, tuple(_JAIL_AT), _answer, _nothing)
