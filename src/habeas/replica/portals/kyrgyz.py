"""act.sot.kg: the register of court acts, ten a page, with its own counter."""

from datetime import datetime

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "kg_acts"
HOSTS = ("act.sot.kg",)
PAGE_ROWS = 10
_COLUMNS = (
    "№", "Иштин номери", "Актынын аталышы", "Судья / Сот", "Кабыл алынган күнү",
    "Жарыяланган күнү",
)  # fmt: skip
_KINDS = {
    "administrative": "Административдик иш",
    "civil": "Жарандык иш",
    "criminal": "Кылмыш иши",
}
_COURT = "Ойдогу шаардын Жок райондук соту"
_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Текшерүү</title></head><body>
<form method="post"><div class="cf-turnstile" data-sitekey="invented"></div></form></body></html>"""
_CHALLENGE = """<!DOCTYPE html><html><head><title>DDoS-Guard</title><meta charset="utf-8"></head>
<body><p>Checking your browser before accessing the site.</p>
<script src="/.well-known/ddos-guard/check"></script></body></html>"""
_WORKS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>503</title></head>
<body><h1>Сайт убактылуу жеткиликсиз</h1></body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the list of an address, None where the register has none."""
    if ask.path != "/kg/search":
        return None
    query = ask.query
    first, last = (_day(stage, query.get(end, "")) for end in ("from", "to"))
    on = first if first == last else None
    entries = [
        entry
        for entry in stage.script.visible(SOURCE, stage.day, on=on)
        if (first is None or first <= entry.day) and (last is None or entry.day <= last)
        if all(_named(entry, query.get(side, "")) for side in ("side1", "side2"))
    ]
    return _listed(ask, stage, sorted(entries, key=lambda one: (-one.day, one.key)))


def captcha(ask: Ask) -> Reply:
    """Return a page that asks to prove that one is human."""
    del ask
    return Reply(_CAPTCHA)


def challenge(ask: Ask) -> Reply:
    """Return a shield against robots."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return "temporarily not reachable", at HTTP 200."""
    del ask
    return Reply(_WORKS)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return the list of nothing that a query gets that was not understood."""
    return _listed(ask, stage.emptied(), [])


def _day(stage: Stage, printed: str) -> int | None:
    try:
        return stage.script.day_of(datetime.strptime(printed, "%d-%m-%Y").date())  # noqa: DTZ007 - a day of an act has no time zone
    except ValueError:
        return None


def _named(entry: Entry, wanted: str) -> bool:
    return any(wanted.casefold() in name.casefold() for name in entry.names)


def _listed(ask: Ask, stage: Stage, entries: list[Entry]) -> Reply:
    printed = ask.query.get("page", "1")
    number = max(1, int(printed)) if printed.isascii() and printed.isdigit() else 1
    pages = max(1, -(-len(entries) // PAGE_ROWS))
    before = (number - 1) * PAGE_ROWS
    shown = entries[before : before + PAGE_ROWS]
    lines = tuple(
        Line(one, _cells(printed_names(one, stage.faults), at, stage), at)
        for at, one in enumerate(shown, before + 1)
    )
    following = ask.page_link("page", number + 1) if number < pages else ""
    listing = spoilt(Listing(_COLUMNS, lines, len(entries), following), stage.faults)
    return Reply(_page(ask, listing, (number, pages), stage.day))


def _cells(entry: Entry, number: int, stage: Stage) -> tuple[str, ...]:
    names = dict(entry.people)
    plaintiff = names.get("Талапкер", "Прокуратура")
    defendants = ", ".join(name for role, name in entry.people if role != "Талапкер")
    act = f"/act/download/{entry.serial}.pdf"
    day = stage.script.date_of(entry.day)
    published = stage.script.date_of(entry.published or 0)
    case = (
        f'<a href="/kg/case/{entry.serial}/show">{text(entry.number)}</a>'
        f'<span class="block">{_KINDS[entry.section]}</span>\n <span class="side">'
        f'<b>Талапкер:</b> {text(plaintiff)}</span><br><span class="side"><b>Жоопкер:</b> '
        f"{text(defendants)}</span>"
    )
    return (
        str(number),
        case,
        f'<a href="{act}"> ТОКТОМ </a>',
        f'<span class="block fio">{text(entry.judge)}</span><span class="block">{_COURT}</span>',
        f"{day:%d-%m-%Y}",
        f"{published:%d-%m-%Y} {entry.time}",
    )


def _page(ask: Ask, listing: Listing, place: tuple[int, int], day: int) -> str:
    heading = "".join(f"<th>{text(one)}</th>" for one in listing.columns)
    rows = "\n".join(
        f'<tr id="/act/download/{line.entry.serial}.pdf">'
        + "\n".join(f"<td>{one}</td>" for one in line.cells)
        + "</tr>"
        for line in listing.lines
    )
    return f"""<!DOCTYPE html><html lang="kg"><head><meta charset="UTF-8">
<title>Кыргыз Республикасынын Сот актыларынын мамлекеттик реестри</title></head><body>
<div class="count-result">Табылды: {listing.counter}</div>
<table class="table"><thead><tr>{heading}</tr></thead>
<tbody class="tbody-data-list">
{rows}
</tbody></table>{_pager(ask, listing, place)}
<footer><p>© Сот департаменти (ойдон чыгарылган)</p></footer></body></html>
<!-- replica of habeas, day {day}: every person, judge and number is invented -->
"""


def _pager(ask: Ask, listing: Listing, place: tuple[int, int]) -> str:
    number, pages = place
    if pages == 1 and not listing.following:
        return ""
    first, last = text(ask.page_link("page", 1)), text(ask.page_link("page", pages))
    following = (
        f'<li class="next"><a href="{text(listing.following)}">&raquo;</a></li>'
        if listing.following
        else ""
    )
    return (
        '<div class="pagination"><ul class="pagination"><li class="first">'
        f'<a href="{first}">&laquo;&laquo;</a></li><li class="active current"><span>{number}</span>'
        f'</li>{following}<li class="last"><a href="{last}">&raquo;&raquo;</a></li></ul></div>'
    )
