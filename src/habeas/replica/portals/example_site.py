"""Sites of no publisher, for the kinds of sources that a user describes: common pages and frame."""

from collections.abc import Callable
from dataclasses import dataclass

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import text

Answer = Callable[[Ask, Stage], Reply | None]

_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Check</title></head><body>
<form method="post"><div class="h-captcha" data-sitekey="invented"></div><button>OK</button></form>
</body></html>"""
_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Just a moment...</title></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>"""
_WORKS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Сайт</title></head>
<body><h1>Сайт временно недоступен</h1><p>Проводятся технические работы.</p></body></html>"""


@dataclass(frozen=True)
class ExampleSite:
    """A site that answers with its own pages, and with common ones where something is wrong.

    Attributes:
        SOURCE: id of the source that reads it.
        HOSTS: its hosts.
        pages: its own pages.
        nothing: the page for a query that was not understood; as `pages`.
    """

    SOURCE: str
    HOSTS: tuple[str, ...]
    pages: Answer
    nothing: Callable[[Ask, Stage], Reply]

    def answer(self, ask: Ask, stage: Stage) -> Reply | None:
        """Return the page of an address, None where the site has none."""
        return self.pages(ask, stage)

    def captcha(self, ask: Ask) -> Reply:
        """Return the page that asks for a person."""
        del ask
        return Reply(_CAPTCHA)

    def challenge(self, ask: Ask) -> Reply:
        """Return the shield against robots."""
        del ask
        return Reply(_CHALLENGE)

    def maintenance(self, ask: Ask) -> Reply:
        """Return the announcement of works, at HTTP 200."""
        del ask
        return Reply(_WORKS)

    def malformed(self, ask: Ask, stage: Stage) -> Reply:
        """Return what a query gets that was not understood, in the words of "nothing found"."""
        return self.nothing(ask, stage)


def framed(title: str, content: str, day: int, lang: str = "ru") -> Reply:
    """Return content in a page of the site."""
    return Reply(f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{text(title)}</title></head>
<body><header><a href="/">{text(title)}</a></header>
<main>
{content}
</main></body></html>
<!-- replica of habeas, day {day}: every person, number and event on this page is invented -->
""")


def gone(title: str, day: int) -> Reply:
    """Return the page of an address that is no more."""
    page = framed(title, "<h1>404</h1><p>The page was removed.</p>", day)
    return Reply(page.text, status=404)


def document(body: str, day: int, media: str) -> Reply:
    """Return an XML document that says what it is."""
    note = f"<!-- replica of habeas, day {day}: every person and event here is invented -->"
    text_ = f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n{note}\n'
    return Reply(text_, content_type=f"{media}; charset=utf-8")
