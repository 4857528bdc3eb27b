"""service.court.gov.by: the schedule of a court and a day, a fragment that a form asks for."""

from datetime import datetime

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "by_courts"
HOSTS = ("service.court.gov.by",)
_COMMON = ("№", "Дата", "Время", "Зал", "Номер дела")
_OFFENCE = (*_COMMON, "ФИО", "Статья", "Судья")
_CIVIL = (*_COMMON, "Категория", "Истец (заявитель)", "Ответчик", "Судья")
_PANELS = (
    ("civil", "Гражданские дела", _CIVIL),
    ("administrative", "Дела об административных правонарушениях", _OFFENCE),
    ("criminal", "Уголовные дела", _OFFENCE),
)
_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Проверка</title></head><body>
<form method="post"><div class="g-recaptcha" data-sitekey="invented"></div>
<button>OK</button></form>
</body></html>"""
_CHALLENGE = """<!DOCTYPE html><html><head><title>DDoS-Guard</title><meta charset="utf-8"></head>
<body><p>Checking your browser before accessing the site.</p>
<script src="/.well-known/ddos-guard/check"></script></body></html>"""
_WORKS = (
    '<div class="alert alert-warning" role="alert">Сервис временно недоступен. Проводятся '
    "регламентные работы.</div>"
)


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the schedule that a form asks for, None for any other address."""
    if ask.path != "/ru/public/schedule/schedule" or ask.method != "POST":
        return None
    form = ask.form
    try:
        first, last = (
            datetime.strptime(form.get(name, ""), "%d.%m.%Y").date()  # noqa: DTZ007 - a day of a court has no time zone
            for name in ("StartDate", "EndDate")
        )
    except ValueError:
        return malformed(ask, stage)
    days = range(stage.script.day_of(first), stage.script.day_of(last) + 1)
    wanted = form.get("Name", "").casefold()
    entries = [
        printed_names(entry, stage.faults)
        for entry in stage.script.visible(SOURCE, stage.day, form.get("CourtId", ""))
        if entry.day in days and any(wanted in name.casefold() for name in entry.names)
    ]
    period = f"с {first:%d.%m.%Y} по {last:%d.%m.%Y}"
    return Reply(_schedule(entries, stage, period))


def captcha(ask: Ask) -> Reply:
    """Return a page that asks to prove that one is human."""
    del ask
    return Reply(_CAPTCHA)


def challenge(ask: Ask) -> Reply:
    """Return a shield against robots."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return the announcement of works, at HTTP 200."""
    del ask
    return Reply(_WORKS)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return the schedule without entries that a query gets that was not understood."""
    del ask
    return Reply(_schedule([], stage, "с 01.01.0001 по 01.01.0001"))


def _schedule(entries: list[Entry], stage: Stage, period: str) -> str:
    # The panels are one page: a fault of a list spoils the first panel that has rows.
    faults = list(stage.faults)
    panels = []
    for at, (section, heading, columns) in enumerate(_PANELS):
        here = [entry for entry in entries if entry.section == section]
        lines = tuple(
            Line(entry, _cells(entry, number, stage), number)
            for number, entry in enumerate(here, 1)
        )
        listing = Listing(columns, lines, len(lines))
        if lines:
            listing, faults = spoilt(listing, faults), []
        panels.append(_panel(at, heading, listing))
    return (
        '<div class="schedule-result">\n<h3 class="schedule-court">Суд Выдуманного района '
        f'(вымышленный)</h3>\n<p class="schedule-period">Расписание судебных заседаний {period}'
        f'</p>\n<div class="panel-group" id="accordion">{"".join(panels)}</div>\n</div>\n'
        "<script>$('#loading').hide();</script>\n<!-- replica of habeas, day "
        f"{stage.day}: the court, every person, judge and number is invented -->\n"
    )


def _cells(entry: Entry, number: int, stage: Stage) -> tuple[str, ...]:
    day = f"{stage.script.date_of(entry.day):%d.%m.%Y}"
    common = (str(number), day, entry.time, entry.room, entry.number)
    if entry.section == "civil":
        sides = [
            ", ".join(name for role, name in entry.people if (role == "Ответчик") is second)
            for second in (False, True)
        ]
        values = (*common, entry.article, *sides, entry.judge)
    else:
        values = (*common, ", ".join(entry.names), entry.article, entry.judge)
    return tuple(text(value) for value in values)


def _panel(at: int, heading: str, listing: Listing) -> str:
    columns = "".join(f"<th>{text(one)}</th>" for one in listing.columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>\n  {one}\n </td>" for one in line.cells) + "</tr>"
        for line in listing.lines
    )
    return (
        '<div class="panel panel-default"><div class="panel-heading"><h4 class="panel-title">'
        f'<a href="#collapse1{at}">{heading} <span class="badge">{listing.counter}</span></a></h4>'
        f'</div>\n<div id="collapse1{at}" class="panel-collapse"><table class="table '
        f'schedule-table"><thead><tr>{columns}</tr></thead><tbody>\n{rows}\n</tbody></table></div>'
        "</div>"
    )
