"""Courts on sudrf.ru: day lists in both layouts, searches with paging, cards; in windows-1251."""

from datetime import datetime

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, numbered, printed_names, spoilt, text
from habeas.replica.portals import sudrf_cards, sudrf_portal, sudrf_results
from habeas.replica.portals.sudrf_frame import CHARSET, Court, court_at, day_form, frame
from habeas.replica.script import Entry

SOURCE = "ru_sudrf"
CASSATION = "ru_sudrf_cassation"
HOSTS = (".sudrf.ru",)

_SECTIONS = {
    "civil": "ГРАЖДАНСКИЕ И АДМИНИСТРАТИВНЫЕ ДЕЛА - ПЕРВАЯ ИНСТАНЦИЯ",
    "administrative": "ДЕЛА ОБ АДМИНИСТРАТИВНЫХ ПРАВОНАРУШЕНИЯХ - ПЕРВАЯ ИНСТАНЦИЯ",
    "criminal": "УГОЛОВНЫЕ ДЕЛА - ПЕРВАЯ ИНСТАНЦИЯ",
}
_FIRST = (
    "№ п/п", "Номер дела", "Время слушания", "Место проведения (Зал судебного заседания)",
    "Информация по делу", "Судья", "Результат слушания", "Судебные акты",
)  # fmt: skip
_SECOND = (
    "№ п/п", "Номер дела", "Время слушания", "Событие", "Место проведения", "Информация по делу",
    "Судья", "Результат слушания", "Судебные акты",
)  # fmt: skip
_DOWN = (
    "<div align='center' id='error'>Информация временно недоступна. Обратитесь к странице позже."
    "</div>"
)
_SEARCH_FORM = """<form action="" method="get" name="calform" id="calform">
<input name="name" type="hidden" value="sud_delo"><input name="name_op" type="hidden" value="r">
<input name="delo_id" type="hidden" value="1500001">
<table width="100%"><tr><td>Фамилия</td><td><input name='adm_parts__NAMESS' type='text'></td></tr>
<tr><td>Проверочный код</td><td><input name='captcha' id='captcha' type='text'>
<img src="data: image/png;base64, iVBORw0KGgoAAAANSUhEUg==">
<input name="captchaid" type="hidden" value="inventedcaptchaid"></td></tr></table>
<input name="delo_table" type="hidden" value="adm_case">
<input type="submit" name="Submit" value="Найти"></form>"""
_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>DDoS-Guard</title></head>
<body><p>Checking your browser before accessing the site.</p>
<script src="/.well-known/ddos-guard/check"></script></body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the page of an address, None where the site has none."""
    if ask.host in sudrf_portal.HOSTS:
        return sudrf_portal.answer(ask, stage)
    if ask.path != "/modules.php" or ask.query.get("name") != "sud_delo":
        return None
    court = court_at(ask.host)
    query = ask.query_1251
    operation = query.get("name_op", "")
    if operation in {"case", "r_juid"}:
        content = (
            sudrf_cards.card(query, stage, court)
            if operation == "case"
            else sudrf_results.by_uid(query, stage, court)
        )
    elif operation == "r":
        content = sudrf_results.results(ask, stage, court)
    elif "H_date" in query:
        content = _day(ask, stage, court)
    else:
        content = day_form("") + _SEARCH_FORM
    return Reply(frame(court, content, stage.day), CHARSET)


def captcha(ask: Ask) -> Reply:
    """Return the search form with the digits of a picture."""
    return _framed(ask, day_form("") + _SEARCH_FORM)


def challenge(ask: Ask) -> Reply:
    """Return a shield against robots."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return the frame with "temporarily unavailable" in it, at HTTP 200."""
    return _framed(ask, _DOWN)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return what the platform says to a query it does not understand: "nothing found"."""
    del stage
    return _framed(ask, day_form("") + sudrf_results.NOTHING)


def source_at(host: str) -> str:
    """Return the source whose script a host of the platform plays."""
    return CASSATION if host.partition(".")[0].endswith("kas") else SOURCE


def _framed(ask: Ask, content: str) -> Reply:
    return Reply(frame(court_at(ask.host), content, 0), CHARSET)


def _day(ask: Ask, stage: Stage, court: Court) -> str:
    printed = ask.query.get("H_date", "")
    try:
        day = stage.script.day_of(datetime.strptime(printed, "%d.%m.%Y").date())  # noqa: DTZ007 - a day of a court has no time zone
    except ValueError:
        return day_form(printed) + "<div id='error'>НЕВЕРНЫЙ ФОРМАТ ЗАПРОСА!</div>"
    server = ask.query.get("srv_num", "1")
    name = court.host if server in {"", "1"} else f"{court.host}#{server}"
    entries = [
        printed_names(entry, stage.faults)
        for entry in stage.script.visible(source_at(court.host), stage.day, name, day)
    ]
    if not entries:
        return _empty(printed, court)
    listing = spoilt(_listing(entries, court), stage.faults)
    return _second(listing, printed) if court.second else _first(listing, printed)


def _listing(entries: list[Entry], court: Court) -> Listing:
    sections = [
        (heading, [entry for entry in entries if entry.section == name])
        for name, heading in _SECTIONS.items()
    ]
    lines = tuple(
        Line(entry, _cells(entry, number, court), number, heading)
        for heading, number, entry in numbered(sections)
    )
    return Listing(_SECOND if court.second else _FIRST, lines, len(lines))


def _cells(entry: Entry, number: int, court: Court) -> tuple[str, ...]:
    event = (text("Судебное заседание"),) if court.second else ()
    return (
        str(number) if court.second else f"{number}.",
        sudrf_cards.link(entry, second=court.second),
        text(entry.time),
        *event,
        text(entry.room),
        info(entry),
        text(entry.judge),
        text(entry.result),
        "",
    )


def info(entry: Entry) -> str:
    """Return the cell that describes a case: the accused with articles, or the sides."""
    if entry.section == "civil":
        return "<br>".join(f"{text(role)}: {text(name)}" for role, name in entry.people)
    return "; ".join(
        f"{text(name)} - {text(entry.article)}" if entry.article else text(name)
        for name in entry.names
    )


def _title(printed: str) -> str:
    return (
        "<div id=line></div>\n<div align='center' class='title'>\n"
        f"\tСписок дел, назначенных к слушанию на {printed}\n</div>\n<div id=line></div>\n"
    )


def _first(listing: Listing, printed: str) -> str:
    width = len(listing.columns)
    heading = "".join(f'<td align="center"><b>{text(one)}</b></td>' for one in listing.columns)
    rows, section = [], ""
    for line in listing.lines:
        if line.section != section:
            section = line.section
            rows.append(f'<tr><td colspan="{width}" align="center"><b>{section}</b></td></tr>')
        cells = "".join(f"<td>{one}&nbsp;</td>" for one in line.cells)
        rows.append(f'<tr valign="top">{cells}</tr>')
    newline = "\n"
    return (
        f"{day_form(printed)}<div id='content'>\n{_title(printed)}"
        f'<table width="100%" id="tablcont">\n<tr>{heading}</tr>\n{newline.join(rows)}\n</table>\n'
        "</div>"
    )


def _second(listing: Listing, printed: str) -> str:
    width = len(listing.columns)
    heading = "".join(f'<td class="text-center">{text(one)}</td>' for one in listing.columns)
    rows, section = [], ""
    for line in listing.lines:
        if line.section != section:
            section = line.section
            rows.append(f'<tr><td colspan="{width}" class="text-center"><b>{section}</b></td></tr>')
        rows.append("<tr>" + "".join(f"<td>{one}</td>" for one in line.cells) + "</tr>")
    # The copy for phones has as many entries as the site counts.
    phones = "".join(
        f'<div class="mobile-lawcase-card"><time>{number}</time></div>'
        for number in range(listing.counter)
    )
    newline = "\n"
    return (
        f"{_second_form(printed)}<div id='search_results'>\n"
        '<div id="resultTable"><table class="law-case-table line-hover">\n'
        f"<thead><tr>{heading}</tr></thead>\n<tbody>\n{newline.join(rows)}\n</tbody></table></div>\n"
        f'<div id="resultMob" class="mt7">{phones}</div>\n</div>\n</div>'
    )


def _second_form(printed: str) -> str:
    return (
        '<div class="round-border-container"><div class="form-container">'
        '<form class="form-item date-item" id="calformH" method="get" action="/modules.php">'
        '<input name="name" type="hidden" value="sud_delo"><span class="date-label">Список дел, '
        "назначенных к&nbsp;слушанию&nbsp;на</span>"
        f'<span><input name="H_date" id="H_date" class="date" value="{text(printed)}"></span>'
        "</form></div><hr>\n"
    )


def _empty(printed: str, court: Court) -> str:
    sentence = f"На {text(printed)} дел не назначено"
    if court.second:
        return f"{_second_form(printed)}<div id='search_results'><div>{sentence}</div></div></div>"
    return (
        f"{day_form(text(printed))}<div id='content'>\n{_title(text(printed))}"
        f"<div align='center' id=error>{sentence}<br><br></div>\n</div>"
    )
