"""vsrf.ru: search results of the Supreme Court, one page with its own counter."""

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "ru_vsrf"
HOSTS = ("vsrf.ru", "www.vsrf.ru")
_LABELS = (
    "Дата поступления", "Вид судопроизводства", "Уникальный идентификатор дела",
    "Суд 1-ой инстанции", "По иску", "Заявители",
)  # fmt: skip
_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Проверка</title></head><body>
<form method="post"><div class="smart-captcha" data-sitekey="invented"></div></form>
</body></html>"""
_CHALLENGE = """<!DOCTYPE html><html><head><title>DDoS-Guard</title><meta charset="utf-8"></head>
<body><p>Checking your browser before accessing the site.</p>
<script src="/.well-known/ddos-guard/check"></script></body></html>"""
_WORKS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>vsrf.ru</title></head>
<body><h1>Сайт временно недоступен</h1><p>Ведутся технические работы</p></body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the results of a search, None for any other address."""
    if ask.path != "/lk/practice/claims":
        return None
    wanted = ask.query.get("keywords", "").casefold()
    entries = [
        entry
        for entry in stage.script.visible(SOURCE, stage.day)
        if any(wanted in name.casefold() for name in entry.names)
    ]
    lines = tuple(
        Line(entry, _values(printed_names(entry, stage.faults), stage), number)
        for number, entry in enumerate(entries, 1)
    )
    return Reply(_page(spoilt(Listing(_LABELS, lines, len(lines)), stage.faults), stage.day))


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
    """Return the "found: 0" that a query gets that was not understood."""
    del ask
    return Reply(_page(Listing(_LABELS, ()), stage.day))


def _values(entry: Entry, stage: Stage) -> tuple[str, ...]:
    day = f"{stage.script.date_of(entry.published or 0):%d.%m.%Y}"
    decided = f"{stage.script.date_of(entry.day):%d.%m.%Y}"
    first = f"Выдуманный городской суд. Решение от {decided}. Судья: {entry.judge}"
    names = "".join(f"<div><span>{text(name)}</span></div>" for name in entry.names)
    return (
        day,
        "<span>Административное судопроизводство</span>",
        entry.uid(stage.script.start.year),
        text(first),
        text(entry.article),
        names,
    )


def _page(listing: Listing, day: int) -> str:
    items = "".join(_item(line, listing.columns, day) for line in listing.lines)
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8">
<title>Электронная справочная</title></head><body>
<a href="https://vsrf.ru/">Верховный Суд Российской Федерации</a>
<div class="vs-items-additional-info count-label">НАЙДЕНО: {listing.counter}</div>
<div id="vs-search-items"><div class="vs-wrapper-items">{items}</div></div>
<div class="vs-footer"><div>(вымышленный)</div></div></body></html>
<!-- replica of habeas, day {day}: every person, judge and number is invented -->
"""


def _item(line: Line, labels: tuple[str, ...], day: int) -> str:
    del day
    details = "".join(
        '<div class="row vs-item-detail"><div class="col-md-2"></div>'
        f'<div class="col-md-3">{text(label)}:</div><div class="col-md-7 '
        f'vs-items-additional-info"{_mark(value)}>{value}</div></div>\n'
        for label, value in zip(labels, line.cells, strict=True)
    )
    entry = line.entry
    return (
        '<div id="vs-items" class="vs-items"><div class="row"><div class="col-md-2 '
        f'vs-items-label"><a href="https://vsrf.ru/lk/practice/cases/{entry.serial}">'
        f'{text(entry.number)}</a></div><div class="vs-items-title"></div></div>\n{details}</div>'
    )


def _mark(value: str) -> str:
    # The site marks the values in which it looks for the words that were asked for.
    return ' data-mark-from-name="keywords"' if value.startswith("<div><span>") else ""
