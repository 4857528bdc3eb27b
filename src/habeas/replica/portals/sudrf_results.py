"""Search results of the ГАС «Правосудие» sites: windows-1251 queries, 25 rows a page, a counter."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from habeas.replica.exchange import Ask, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals import sudrf_cards
from habeas.replica.portals.sudrf_frame import Court, day_form
from habeas.replica.script import Entry

PAGE_ROWS = 25
_COLUMNS = (
    "№ дела", "Дата поступления", "Правонарушение", "Судья", "Дата решения", "Решение",
    "Дата вступления в законную силу", "Судебные акты",
)  # fmt: skip
_HEADED = {
    "Дата поступления": "Дата<br>поступления",
    "Дата решения": "Дата<br>решения",
    "Судебные акты": "Судебные<br>акты",
}
# Which cases a number of the form stands for; the replica has no complaints against rulings.
_SECTIONS = {
    "1500001": ("administrative",),
    "1540005": ("civil",),
    "1540006": ("criminal",),
    "2550001": ("administrative", "civil", "criminal"),
}
NOTHING = (
    "<div id='content'><div align='center' class='title'>\n"
    "<div align='center' id=error>Данных по запросу не обнаружено.<br>Измените критерии поиска. "
    '<br><a href="#">Вернуться на форму поиска</a></div></div></div>'
)
_BAD = "<div id='content'><div align='center' id=error>НЕВЕРНЫЙ ФОРМАТ ЗАПРОСА!</div></div>"


def results(ask: Ask, stage: Stage, court: Court) -> str:
    """Return what the case system prints for a search."""
    query = ask.query_1251
    # Observed by public clients: without the button's own value the form comes back.
    if query.get("Submit") != "Найти":
        return day_form("") + _BAD
    entries = [
        entry
        for entry in stage.script.visible(_source(court), stage.day)
        if entry.court.partition("#")[0] == court.host and _fits(entry, query, stage)
    ]
    return _listed(ask, stage, entries)


def by_uid(query: Mapping[str, str], stage: Stage, court: Court) -> str:
    """Return everything of one unique identifier at a court."""
    year = stage.script.start.year
    wanted = query.get("judicial_uid", "")
    entries = [
        entry
        for entry in stage.script.visible(_source(court), stage.day)
        if entry.court.partition("#")[0] == court.host and entry.uid(year) == wanted
    ]
    target = f"/modules.php?name=sud_delo&srv_num=1&name_op=r_juid&judicial_uid={wanted}"
    return _listed(Ask("https", court.host, target), stage, entries)


def _source(court: Court) -> str:
    return "ru_sudrf_cassation" if court.host.partition(".")[0].endswith("kas") else "ru_sudrf"


def _fits(entry: Entry, query: Mapping[str, str], stage: Stage) -> bool:
    if entry.section not in _SECTIONS.get(query.get("delo_id", ""), ()):
        return False
    received = stage.script.date_of(entry.published or 0)
    for name, value in query.items():
        if name.endswith("NAMESS") and value:
            if not any(value.casefold() in printed.casefold() for printed in entry.names):
                return False
        elif name.endswith(("ENTRY_DATE1D", "ENTRY_DATE2D")) and (day := _day(value)):
            early, late = (received, day) if name.endswith("2D") else (day, received)
            if early > late:
                return False
    return True


def _day(printed: str) -> date | None:
    try:
        return datetime.strptime(printed, "%d.%m.%Y").date()  # noqa: DTZ007 - a day of a court has no time zone
    except ValueError:
        return None


def _listed(ask: Ask, stage: Stage, entries: Sequence[Entry]) -> str:
    if not entries:
        return day_form("") + NOTHING
    printed = ask.query.get("page", "1")
    number = max(1, int(printed)) if printed.isascii() and printed.isdigit() else 1
    first = (number - 1) * PAGE_ROWS
    shown = entries[first : first + PAGE_ROWS]
    pages = -(-len(entries) // PAGE_ROWS)
    lines = tuple(
        Line(entry, _cells(printed_names(entry, stage.faults), stage), at)
        for at, entry in enumerate(shown, 1)
    )
    following = _link(ask, number + 1) if number < pages else ""
    listing = spoilt(Listing(_COLUMNS, lines, len(entries), following), stage.faults)
    last = first + len(shown) + (listing.counter - len(entries))
    return _page(listing, _pager(ask, listing, number, pages), f"{first + 1}", f"{last}")


def _cells(entry: Entry, stage: Stage) -> tuple[str, ...]:
    received = f"{stage.script.date_of(entry.published or 0):%d.%m.%Y}"
    decided = f"{stage.script.date_of(entry.day):%d.%m.%Y}" if entry.result else ""
    charged = "; ".join(f"{text(name)} - {text(entry.article)}" for name in entry.names)
    return (
        sudrf_cards.link(entry),
        received,
        charged,
        text(entry.judge),
        decided,
        text(entry.result),
        "",
        "",
    )


def _link(ask: Ask, number: int) -> str:
    kept = [
        part
        for part in urlsplit(ask.target).query.split("&")
        if part and not part.startswith(("page=", "name=", "name_op=", "srv_num="))
    ]
    begun = f"./modules.php?name=sud_delo&srv_num=1&name_op=r&page={number}"
    return "&".join([begun, *kept])


def _pager(ask: Ask, listing: Listing, number: int, pages: int) -> str:
    if pages == 1 and not listing.following:
        return ""
    numbers = " ".join(
        f"<b>{one}</b>" if one == number else f"<a href= {_link(ask, one)}>{one}</a>"
        for one in range(1, pages + 1)
    )
    more = f" <a href= {listing.following}>></a>" if listing.following else ""
    return f"Страницы : {numbers}{more}"


def _page(listing: Listing, pager: str, first: str, last: str) -> str:
    heading = "".join(
        f'<th style="text-align: center" >{_HEADED.get(one, text(one))}</th>'
        for one in listing.columns
    )
    rows = "\n".join(
        '<tr valign="top">' + "".join(f"<td>{one}&nbsp;</td>" for one in line.cells) + "</tr>"
        for line in listing.lines
    )
    return f"""{day_form("")}<div id='content'>
<div id=line></div>
<div align='center' class='title'>
	ДЕЛА ОБ АДМИНИСТРАТИВНЫХ ПРАВОНАРУШЕНИЯХ<br></div>
<table width="100%" border="0"><tr>
<td valign="bottom" nowrap>{pager}</td>
<td align="right">Всего по запросу найдено — {listing.counter}. На странице записи с {first} по \
{last}.&nbsp;&nbsp;</td></tr></table>
<table width="100%" id="tablcont">
<tr>{heading}</tr>
{rows}
</table>
</div>"""
