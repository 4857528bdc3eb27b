"""court.example and jail.example: a list of the day and a roster, as plain tables."""

from datetime import datetime

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals.example_site import ExampleSite, framed
from habeas.replica.script import Entry

PAGE_ROWS = 10
_COURT, _JAIL = "xx_table", "xx_roster"
_HEARINGS = ("№", "Номер дела", "Время", "Участники", "Статья", "Судья", "Примечание")
_ROSTER = ("Name", "Booking number", "Booked", "Age", "Charge", "Photo")
_COURT_TITLE, _JAIL_TITLE = "Вымышленный районный суд", "Invented County Sheriff"


def _hearings(ask: Ask, stage: Stage) -> Reply | None:
    if ask.path != "/hearings":
        return None
    printed = ask.query.get("day", "")
    try:
        day = stage.script.day_of(datetime.strptime(printed, "%d.%m.%Y").date())  # noqa: DTZ007 - a day of a court has no time zone
    except ValueError:
        return _no_hearings(ask, stage)
    entries = list(stage.script.visible(_COURT, stage.day, None, day))
    if not entries:
        words = f"<p>На {text(printed)} дел не назначено</p>"
        return framed(_COURT_TITLE, words, stage.day)
    lines = tuple(
        Line(one, _hearing(number, printed_names(one, stage.faults)), number)
        for number, one in enumerate(entries, 1)
    )
    listing = spoilt(Listing(_HEARINGS, lines, len(lines)), stage.faults)
    head = f"<h1>Список дел на {text(printed)}</h1>\n<p>Всего дел: {listing.counter}</p>\n"
    return framed(_COURT_TITLE, head + _table(listing, "hearings"), stage.day)


def _no_hearings(_ask: Ask, stage: Stage) -> Reply:
    return framed(_COURT_TITLE, "<p>Ничего не найдено</p>", stage.day)


def _hearing(number: int, entry: Entry) -> tuple[str, ...]:
    people = "<br>".join(text(f"{role}: {name}" if role else name) for role, name in entry.people)
    link = f'<a href="/card/{entry.serial}">{text(entry.number)}</a>'
    return (
        str(number),
        link,
        text(entry.time),
        people,
        text(entry.article),
        text(entry.judge),
        "",
    )


def _roster(ask: Ask, stage: Stage) -> Reply | None:
    if ask.path != "/roster":
        return None
    printed = ask.query.get("page", "1")
    number = int(printed) if printed.isascii() and printed.isdigit() else 1
    entries = list(stage.script.visible(_JAIL, stage.day))
    shown = entries[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    lines = tuple(
        Line(one, _inmate(printed_names(one, stage.faults), stage), at)
        for at, one in enumerate(shown, 1)
    )
    more = len(entries) > number * PAGE_ROWS
    following = f"{ask.origin}/roster?page={number + 1}" if more else ""
    listing = spoilt(Listing(_ROSTER, lines, len(entries), following), stage.faults)
    head = f"<h1>Everybody in custody</h1>\n<p>Total in custody: {listing.counter}</p>\n"
    way_on = (
        f'<p><a class="next" href="{text(listing.following)}">Next</a></p>'
        if listing.following
        else ""
    )
    return framed(_JAIL_TITLE, f"{head}{_table(listing, 'roster')}\n{way_on}", stage.day, "en")


def _nobody(_ask: Ask, stage: Stage) -> Reply:
    return framed(_JAIL_TITLE, "<p>No results found</p>", stage.day, "en")


def _inmate(entry: Entry, stage: Stage) -> tuple[str, ...]:
    name = text(", ".join(entry.names))
    booked = f"{stage.script.date_of(entry.day):%m/%d/%Y} {entry.time}"
    photo = f'<img src="/photo/{entry.serial}.jpg" alt="">'
    return name, str(entry.serial), booked, str(20 + entry.serial % 50), text(entry.article), photo


def _table(listing: Listing, name: str) -> str:
    heading = "".join(f"<th>{text(column)}</th>" for column in listing.columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.cells) + "</tr>"
        for line in listing.lines
    )
    marked = f'id="{name}"' if name == "roster" else f'class="{name}"'
    return f"<table {marked}>\n<thead><tr>{heading}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


court = ExampleSite(_COURT, ("court.example",), _hearings, _no_hearings)
jail = ExampleSite(_JAIL, ("jail.example",), _roster, _nobody)
