"""lenta.example and karta.example: a feed, sitemaps, and the articles that they lead to."""

import re

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals.example_site import ExampleSite, document, framed, gone
from habeas.replica.script import Entry

PAGE_ROWS = 10
_FEED, _MAP = "xx_feed", "xx_sitemap"
_FEED_TITLE, _MAP_TITLE = "Прокуратураи вилояти Афсона", "ГУВД Небыляндии"
_ARTICLE = re.compile(r"/(news|notices)/(\d{1,9})\.html")


def _newest(stage: Stage, source: str) -> list[Entry]:
    entries = stage.script.visible(source, stage.day)
    return sorted(entries, key=lambda one: (-one.day, one.key))


def _lines(ask: Ask, stage: Stage, source: str) -> tuple[Line, ...]:
    shown = _newest(stage, source)[:PAGE_ROWS]
    make = _item if source == _FEED else _url
    lines = tuple(
        Line(one, (make(ask, stage, printed_names(one, stage.faults)),), at)
        for at, one in enumerate(shown, 1)
    )
    return spoilt(Listing((), lines, len(lines)), stage.faults).lines


def _lenta(ask: Ask, stage: Stage) -> Reply | None:
    if ask.path == "/rss.xml":
        return _rss(_lines(ask, stage, _FEED), stage.day)
    return _article(ask, stage, _FEED)


def _rss(lines: tuple[Line, ...], day: int) -> Reply:
    items = "\n".join(line.cells[0] for line in lines)
    body = (
        f'<rss version="2.0"><channel><title>{_FEED_TITLE}</title>\n'
        f"<link>https://lenta.example/</link><description>invented</description>\n{items}\n"
        "</channel></rss>"
    )
    return document(body, day, "application/rss+xml")


def _item(ask: Ask, stage: Stage, entry: Entry) -> str:
    link = f"{ask.origin}/news/{entry.serial}.html"
    published = f"{stage.script.date_of(entry.day):%a, %d %b %Y} {entry.time}:00 +0500"
    return (
        f"<item><title>{text(entry.title)}</title><link>{link}</link>"
        f"<pubDate>{published}</pubDate></item>"
    )


def _karta(ask: Ask, stage: Stage) -> Reply | None:
    if ask.path == "/sitemap.xml":
        parts = "\n".join(
            f"<sitemap><loc>{ask.origin}/{name}.xml</loc><lastmod>{changed}</lastmod></sitemap>"
            for name, changed in (
                ("sitemap-notices", stage.script.date_of(stage.day)),
                ("sitemap-pages", stage.script.date_of(0)),
            )
        )
        return _map(f"<sitemapindex {_SPACE}>\n{parts}\n</sitemapindex>", stage.day)
    if ask.path == "/sitemap-pages.xml":
        about = f"<url><loc>{ask.origin}/about.html</loc></url>"
        return _map(f"<urlset {_SPACE}>\n{about}\n</urlset>", stage.day)
    if ask.path == "/sitemap-notices.xml":
        urls = "\n".join(line.cells[0] for line in _lines(ask, stage, _MAP))
        return _map(f"<urlset {_SPACE}>\n{urls}\n</urlset>", stage.day)
    return _article(ask, stage, _MAP)


_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _map(body: str, day: int) -> Reply:
    return document(body, day, "application/xml")


def _url(ask: Ask, stage: Stage, entry: Entry) -> str:
    changed = f"{stage.script.date_of(entry.day)}T{entry.time}:00+06:00"
    link = f"{ask.origin}/notices/{entry.serial}.html"
    return f"<url><loc>{link}</loc><lastmod>{changed}</lastmod></url>"


def _article(ask: Ask, stage: Stage, source: str) -> Reply | None:
    found = _ARTICLE.fullmatch(ask.path)
    if found is None:
        return None
    name = "post" if source == _FEED else "notice"
    title = _FEED_TITLE if source == _FEED else _MAP_TITLE
    for entry in stage.script.visible(source, stage.day):
        if entry.serial == int(found.group(2)):
            printed = printed_names(entry, stage.faults)
            paragraphs = "\n".join(f"<p>{text(one)}</p>" for one in printed.text.split("\n"))
            content = f'<article class="{name}"><h1>{text(printed.title)}</h1>\n{paragraphs}'
            return framed(title, f"{content}\n</article>", stage.day)
    return gone(title, stage.day)


def _empty_feed(_ask: Ask, stage: Stage) -> Reply:
    return _rss((), stage.day)


def _empty_map(_ask: Ask, stage: Stage) -> Reply:
    return _map(f"<urlset {_SPACE}>\n</urlset>", stage.day)


lenta = ExampleSite(_FEED, ("lenta.example",), _lenta, _empty_feed)
karta = ExampleSite(_MAP, ("karta.example",), _karta, _empty_map)
