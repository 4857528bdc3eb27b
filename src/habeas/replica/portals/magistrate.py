"""Magistrates on msudrf.ru: the day list behind (or not behind) the letters of a picture."""

import zlib
from datetime import datetime

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "ru_msudrf"
HOSTS = (".msudrf.ru",)
_CHARSET = "windows-1251"
_COLUMNS = ("Номер дела", "Время слушания", "Событие", "Информация по делу", "Судья")
_CAPTCHA = """<div>
	<h2>Для продолжения необходимо пройти дополнительную проверку</h2>
	<form style="margin-top: 1em" method="post" id="kcaptchaForm">
		<img src="/captcha.php" style="border: 1px solid #a5a5a5">
		<input type="text" class="text-input" name="captcha-response">
		<button type="submit" class="button-normal">Продолжить</button>
	</form></div>"""
_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>DDoS-Guard</title></head>
<body><p>Checking your browser before accessing the site.</p>
<script src="/.well-known/ddos-guard/check"></script></body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the page of an address, None where the site has none."""
    if ask.path != "/modules.php" or "H_date" not in ask.query:
        return None
    printed = ask.query["H_date"]
    try:
        day = stage.script.day_of(datetime.strptime(printed, "%d.%m.%Y").date())  # noqa: DTZ007 - a day of a court has no time zone
    except ValueError:
        return _framed(ask, '<div id="error">НЕВЕРНЫЙ ФОРМАТ ЗАПРОСА!</div>', stage.day)
    entries = [
        printed_names(entry, stage.faults)
        for entry in stage.script.visible(SOURCE, stage.day, ask.host, day)
    ]
    form = f'<form method="get"><input name="H_date" value="{text(printed)}"></form>'
    if not entries:
        empty = f'<div id="search_results"><div>На {text(printed)} дел не назначено</div></div>'
        return _framed(ask, f"{form}\n{empty}", stage.day)
    lines = tuple(Line(entry, _cells(entry), number) for number, entry in enumerate(entries, 1))
    listing = spoilt(Listing(_COLUMNS, lines, len(lines)), stage.faults)
    return _framed(ask, f"{form}\n{_table(listing)}", stage.day)


def captcha(ask: Ask) -> Reply:
    """Return the page that asks for the letters of a picture."""
    return _framed(ask, _CAPTCHA, 0)


def challenge(ask: Ask) -> Reply:
    """Return a shield against robots."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return "temporarily unavailable" in the site's frame, at HTTP 200."""
    return _framed(ask, '<div id="error">Информация временно недоступна.</div>', 0)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return "nothing found" for a query that was not understood."""
    return _framed(ask, '<div id="search_results"><div>Ничего не найдено</div></div>', stage.day)


def _cells(entry: Entry) -> tuple[str, ...]:
    link = f"/modules.php?name=sud_delo&op=cs&case_id={entry.serial}&delo_id=1500001"
    return (
        f'<a href="{text(link)}">{text(entry.number)}</a>',
        text(entry.time),
        "Рассмотрение дела по существу",
        "; ".join(text(f"{name} - {entry.article}") for name in entry.names),
        text(entry.judge),
    )


def _table(listing: Listing) -> str:
    heading = "".join(f'<td align="center"><b>{text(one)}</b></td>' for one in listing.columns)
    section = (
        f'<tr><td colspan="{len(listing.columns)}" align="center">'
        "<b>Дела об административных правонарушениях</b></td></tr>"
    )
    rows = "\n".join(
        '<tr valign="top">' + "".join(f"<td>{one}</td>" for one in line.cells) + "</tr>"
        for line in listing.lines
    )
    return f'<table id="tablcont" width="100%">\n<tr>{heading}</tr>\n{section}\n{rows}\n</table>'


def _framed(ask: Ask, content: str, day: int) -> Reply:
    number = zlib.crc32(ask.host.encode()) % 1000
    name = f"Судебный участок № {number} Несуществующего района (вымышленный)"
    page = f"""<!DOCTYPE html><html lang="ru"><head>
	<meta charset="windows-1251">
	<title>{name}</title>
	</head>
<body class="adopt-medium">
<div class="site">
	<header><p class="court-name"><span id="court_name">{name}</span></p></header>
	<div class="content">
{content}
	</div>
</div>
<footer>
	<div class="counter"><noscript><img src="//counter.sudrf.ru/cnt.php?ssid=99MS{number:04}">
	</noscript></div>
	<p>{name}</p>
</footer>
</body></html>
<!-- replica of habeas, day {day}: the court, every person, judge and number is invented -->
"""
    return Reply(page, _CHARSET)
