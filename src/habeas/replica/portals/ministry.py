"""mvd.tj: the news of the Tajik interior ministry, lists and articles, in UTF-8."""

import re

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "tj_mvd"
HOSTS = ("mvd.tj", "www.mvd.tj", "vkd.tj", "www.vkd.tj")
PAGE_ROWS = 10
_LIST = re.compile(r"/(tj/ruydodho|ru/sobytiya|en/news)/(?:page/(\d{1,4})/)?")
_ARTICLE = re.compile(r"/(tj/ruydodho|ru/sobytiya|en/news)/(\d{1,9})-[a-z0-9-]*\.html")
_SECTIONS = {"tj/ruydodho": "tg", "ru/sobytiya": "ru", "en/news": "en"}
_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Санҷиш</title></head><body>
<form method="post"><div class="g-recaptcha" data-sitekey="invented"></div>
<button>OK</button></form>
</body></html>"""
_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Just a moment...</title></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript><div id="ddos-guard"></div>
<script src="/.well-known/ddos-guard/check"></script></body></html>"""
_WORKS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>503</title></head><body>
<h1>Сайт временно недоступен</h1><p>Проводятся технические работы.</p></body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the page of an address, None where the site has none."""
    if found := _ARTICLE.fullmatch(ask.path):
        return _article(stage, found.group(1), int(found.group(2)))
    if found := _LIST.fullmatch(ask.path):
        return _list(ask, stage, found.group(1), int(found.group(2) or 1))
    return None


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
    """Return the empty frame that the engine shows for an address it does not know."""
    del ask
    return _framed("", stage.day)


def _news(stage: Stage, section: str) -> list[Entry]:
    """Return the notices of a section, newest first."""
    entries = stage.script.visible(SOURCE, stage.day)
    here = [one for one in entries if one.court in {"", _SECTIONS[section]}]
    return sorted(here, key=lambda one: (-one.day, one.key))


def _path(section: str, entry: Entry) -> str:
    return f"/{section}/{entry.serial}-habar.html"


def _when(stage: Stage, entry: Entry) -> str:
    return f"{stage.script.date_of(entry.day):%d.%m.%Y} {entry.time}"


def _list(ask: Ask, stage: Stage, section: str, number: int) -> Reply:
    entries = _news(stage, section)
    shown = entries[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    lines = tuple(
        Line(one, (_item(ask, stage, section, printed_names(one, stage.faults)),), at)
        for at, one in enumerate(shown, 1)
    )
    more = len(entries) > number * PAGE_ROWS
    following = f"{ask.origin}/{section}/page/{number + 1}/" if more else ""
    listing = spoilt(Listing((), lines, len(entries), following), stage.faults)
    items = "\n".join(line.cells[0] for line in listing.lines)
    following = (
        '<div class="navigation"><span class="pnext">'
        f'<a href="{text(listing.following)}">&rarr;</a></span></div>'
        if listing.following
        else ""
    )
    return _framed(f"{items}\n{following}", stage.day)


def _item(ask: Ask, stage: Stage, section: str, entry: Entry) -> str:
    return (
        '<div class="news-item clearfix">'
        f'<a class="side-item-link" href="{ask.origin}{_path(section, entry)}">\n'
        f'<div class="news-title">{text(entry.title)}</div></a>\n'
        '<div class="news-meta"><span class="main-item-date">'
        f"{_when(stage, entry)}</span></div></div>"
    )


def _article(stage: Stage, section: str, serial: int) -> Reply:
    for entry in _news(stage, section):
        if entry.serial == serial:
            printed = printed_names(entry, stage.faults)
            paragraphs = "\n".join(f"<p>{text(one)}</p>" for one in printed.text.split("\n"))
            return _framed(
                f'<article class="full ignore-select"><h1>{text(printed.title)}</h1>\n'
                '<div class="main-item-meta"><div class="main-item-date">'
                f"{_when(stage, entry)}</div></div>\n"
                f'<div class="full-text clearfix">{paragraphs}</div></article>',
                stage.day,
            )
    gone = '<div class="alert">Саҳифа ёфт нашуд (404)</div>'
    return Reply(_framed(gone, stage.day).text, status=404)


def _framed(content: str, day: int) -> Reply:
    return Reply(f"""<!DOCTYPE html>
<html lang="tg"><head><meta charset="utf-8"><title>Рӯйдодҳо</title>
<meta name="generator" content="DataLife Engine (https://dle-news.ru)">
<meta property="og:site_name" content="Вазорати корҳои дохилии Ҷумҳурии Тоҷикистон">
</head><body><div class="wrap"><header class="header"><a href="/" class="logo">ВКД ҶТ</a></header>
<div class="cols"><main class="col-main" id="dle-content">
{content}
</main></div>
<footer class="footer">© Вазорати корҳои дохилии Ҷумҳурии Тоҷикистон</footer></div>
<script>var dle_root='/';var dle_skin='tj';</script>
</body></html>
<!-- replica of habeas, day {day}: every person, number and event on this page is invented -->
""")
