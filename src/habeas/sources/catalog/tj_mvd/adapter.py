"""Reads mvd.tj: the list of news, and a notice with the people whom it names."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.contract import (
    Capture,
    Fact,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Part,
    Query,
    Request,
    Row,
)
from habeas.sources.pages import cut_short, failure, legible, never_there, obstacle
from habeas.sources.readers.tables import unread
from habeas.sources.readers.text import mentions_of_text
from habeas.sources.tables import text_of

ID = "tj_mvd"
BASE = "https://www.mvd.tj/"
_COOKIE = {"Cookie": "dle_skin=tj"}
_SECTIONS = ("tj/ruydodho/", "ru/sobytiya/")
_MARKS = ("dle_skin", "DataLife Engine")
_PUBLISHERS = ("mvd.tj", "vkd.tj", "ВКД ҶТ", "корҳои дохилии Ҷумҳурии Тоҷикистон")
_HEAD = 16_384
_PAGE = re.compile(r"/page/(\d{1,6})/")
# "соли таваллудаш 1987", "1987 года рождения", "born in 1987": as notices print it.
_BORN = re.compile(
    r"(?:таваллудаш|солаи таваллуди|born in)\s+(\d{4})|(\d{4})\s*(?:года рождения|г\.\s?р\.)"
)
# "моддаи 247 қисми 4 банди «б»" and "пункту «б» части 4 статьи 247": law citations in words.
_LAW_TG = re.compile(
    r"(модда\w*\s+\d+(?:\.\d+)?(?:\s+қисм\w*\s+\d+)?(?:\s+банд\w*\s+«\w»)?)"
    r"(.{0,60}?Кодекси ҷиноятии)?"
)
_LAW_RU = re.compile(
    r"(?:п(?:ункт\w*|\.)\s*«(\w)»\s*)?(?:ч(?:аст\w*|\.)\s*(\d+)\s*)?ст(?:ать\w*|\.)\s*(\d+(?:\.\d+)?)"
    r"(.{0,60}?Уголовного кодекса)?"
)
_LETTERS_TG = frozenset("ҷқғӯӣҳҶҚҒӮӢҲ")


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is the ministry's: its engine's marks and its own name."""
    text = capture.text
    head = text[:_HEAD]
    return any(name in head for name in _PUBLISHERS) and any(mark in text for mark in _MARKS)


def plan(query: Query) -> Iterable[Request]:
    """Yield the first page of the news in each language; days and names change nothing."""
    del query
    for section in _SECTIONS:
        yield Request(
            f"{BASE}{section}page/1/",
            headers=_COOKIE,
            purpose=_("the ministry's news, {section}").format(section=section),
        )


def parse(capture: Capture) -> Page:
    """Read a capture. Never raises on any bytes: what is not understood is an obstacle."""
    found = failure(capture, ID)
    if found is not None:
        return never_there(found) if _PAGE.search(capture.url) else found
    article = capture.tree.css_first("article.full")
    if article is not None:
        return legible(_article(capture, article), article.text())
    items = capture.tree.css("#dle-content div.news-item, #dle-content div.main-item")
    if items:
        return legible(_list(capture, items), "".join(item.text() for item in items))
    if capture.tree.css_first("#dle-content") is not None and not cut_short(capture):
        # The engine shows an empty frame for a section without news and for a wrong address alike.
        return obstacle(
            ID,
            Obstacle.UNCONFIRMED_EMPTY,
            _("The list of news is empty."),
            kind=PageKind.EMPTY_UNCONFIRMED,
        )
    return unread(
        capture, ID, Obstacle.LAYOUT_CHANGED, _("There is neither a list of news nor an article.")
    )


def _incomplete(capture: Capture) -> Obstacle | None:
    return Obstacle.INCOMPLETE if not capture.complete or cut_short(capture) else None


def _list(capture: Capture, items: list[LexborNode]) -> Page:
    rows: list[Row] = []
    mentions: list[Mention] = []
    reason, words = _incomplete(capture), _("The page ends in the middle.")
    for number, item in enumerate(items, 1):
        link = item.css_first("a.side-item-link")
        address = (link.attributes.get("href") or "").strip() if link else ""
        title = text_of(item.css_first("div.news-title") or link)
        if not address or not title:
            reason, words = Obstacle.LAYOUT_CHANGED, _("An item has no title or no address.")
            continue
        date = text_of(item.css_first(".main-item-date"))
        rows.append(Row(number, {"url": address, "title": title, "date": date}, link=address))
        shown = f"{title}. {text_of(item.css_first('div.news-text'))}"
        mentions.extend(
            Mention(one.printed, row=number, where=_("item {number}").format(number=number))
            for one in mentions_of_text(shown)
        )
    following = capture.tree.css_first("span.pnext a, .pnext a")
    target = (following.attributes.get("href") or "") if following else ""
    return Page(
        source=ID,
        kind=PageKind.NEWS_LIST,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words if reason else "",
        facts={"item": [row.facts for row in rows], **({"next_page": target} if target else {})},
        rows=tuple(rows),
        mentions=tuple(mentions),
        part=_part(capture, target),
        next=tuple(_followed(capture, rows, target)),
    )


def _part(capture: Capture, target: str) -> Part:
    """Return which page of the news this is; how many there are only where the pager says so."""
    linked = [
        int(found.group(1))
        for link in capture.tree.css("div.navigation a[href], div.pages a[href]")
        if (found := _PAGE.search(link.attributes.get("href") or "")) and text_of(link).isdecimal()
    ]
    here = _PAGE.search(capture.url)
    following = _PAGE.search(target)
    number = int(here.group(1)) if here else int(following.group(1)) - 1 if following else 1
    number = max(number, 1)
    pages = max([number, *linked]) if linked else None
    return Part(_PAGE.sub("/", capture.url or target) or ID, number, pages)


def _followed(capture: Capture, rows: list[Row], target: str) -> Iterator[Request]:
    """Yield the articles, then the next page: names stand in the articles."""
    base = capture.url or BASE
    for row in rows:
        yield Request(urljoin(base, row.link), headers=_COOKIE, purpose=str(row.facts["title"]))
    if target:
        yield Request(urljoin(base, target), headers=_COOKIE, purpose=_("older news"))


def _article(capture: Capture, article: LexborNode) -> Page:
    body = article.css_first("div.full-text")
    title = text_of(article.css_first("h1"))
    if body is None or not title:
        words = _("The article has no title or no text.")
        return unread(capture, ID, Obstacle.LAYOUT_CHANGED, words)
    paragraphs = [text for node in body.css("p") if (text := text_of(node))]
    if not paragraphs:
        paragraphs = [text for text in (text_of(body),) if text]
    text = "\n".join(paragraphs)
    reason = _incomplete(capture) or (None if paragraphs else Obstacle.LAYOUT_CHANGED)
    facts: dict[str, Fact] = {
        "title": title,
        "date": text_of(article.css_first(".main-item-date")),
        "paragraphs": len(paragraphs),
        "language": _language(text),
    }
    facts.update(_law_and_birth(text))
    return Page(
        source=ID,
        kind=PageKind.NEWS_ARTICLE,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=_("The article could not be read to its end.") if reason else "",
        title=title,
        court="Вазорати корҳои дохилии Ҷумҳурии Тоҷикистон",
        facts=facts,
        rows=(Row(1, facts),),
        mentions=tuple(_named([title, *paragraphs])),
        part=Part(capture.url) if _PAGE.search(capture.url) else None,
    )


def _named(paragraphs: list[str]) -> Iterator[Mention]:
    for number, paragraph in enumerate(paragraphs):
        place = _("paragraph {number}").format(number=number) if number else _("title")
        for one in mentions_of_text(paragraph, where=place):
            yield Mention(one.printed, row=1, where=one.where)


def _language(text: str) -> str:
    """Return tg, ru or en: by the letters that only Tajik has, then by script."""
    letters = [c for c in text if c.isalpha()]
    if sum(c in _LETTERS_TG for c in letters) * 100 > len(letters):
        return "tg"
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
    return "ru" if cyrillic * 2 > len(letters) else "en"


def _law_and_birth(text: str) -> Iterator[tuple[str, Fact]]:
    born = _BORN.search(text)
    if born:
        yield "birth_year", int(born.group(1) or born.group(2))
    law = _law(text)
    if law:
        yield "article_of_law", law


def _law(text: str) -> str:
    """Return the first citation in short form; the code is named only if the text names it."""
    if tajik := _LAW_TG.search(text):
        cited, code = tajik.groups()
        return f"{cited} КҶ ҶТ" if code else str(cited)
    if not (russian := _LAW_RU.search(text)):
        return ""
    point, part, article, code = russian.groups()
    words = (
        f"п. «{point}»" if point else "",
        f"ч. {part}" if part else "",
        f"ст. {article}",
        "УК РТ" if code else "",
    )
    return " ".join(word for word in words if word)
