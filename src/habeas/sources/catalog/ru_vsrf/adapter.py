"""Reads the search results of the Supreme Court of Russia (vsrf.ru/lk/practice)."""

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from habeas.language import _
from habeas.sources.catalog.ru_vsrf.entries import HIDDEN, Entry, entry_of
from habeas.sources.contract import (
    Capacity,
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
from habeas.sources.readers.cells import spotted_names
from habeas.sources.readers.tables import with_the_rest
from habeas.sources.tables import text_of

ID = "ru_vsrf"
BASE = "https://vsrf.ru/lk/practice/claims"
_FIXED = "registerDateExact=off&considerationDateExact=off&numberExact=true"
_COUNTER = re.compile(r"НАЙДЕНО:\s*([0-9](?: ?[0-9]){0,8})", re.IGNORECASE)
_CARD = re.compile("/practice/(?:cases|appeals)/")
_NEXT_DATA = "script#__NEXT_DATA__"
_MOST_STRINGS = 100_000


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is the court's search."""
    text = capture.text
    if "vsrf.ru/" not in text:
        return False
    return "vs-search-items" in text or "vs-items" in text or "initialItemsData" in text


def plan(query: Query) -> Iterable[Request]:
    """Yield the cases received on each day, then a search a name.

    The fields of the days stand in the search form itself (`registerDateFrom`, `registerDateTo`);
    whether the court answers to them without any other field is unverified.
    """
    for day in query.days:
        printed = f"{day:%d.%m.%Y}"
        yield Request(
            f"{BASE}?&{_FIXED}&registerDateFrom={printed}&registerDateTo={printed}",
            purpose=_("cases and complaints received on {day}").format(day=printed),
        )
    for name in query.names:
        yield Request(
            f"{BASE}?&{_FIXED}&keywords={quote(name, safe='')}",
            purpose=_("cases and complaints by name"),
            by_name=True,
        )


def parse(capture: Capture) -> Page:
    """Read a list of results. Never raises: what is not understood is an obstacle."""
    newer = _NEXT_DATA if "initialItemsData" in capture.text else ""
    failed = failure(capture, ID, entries=newer or "div.vs-items-label a")
    if failed is not None:
        return failed if _CARD.search(capture.url) else never_there(failed)
    items = capture.tree.css("#vs-search-items div.vs-items")
    script = capture.tree.css_first(_NEXT_DATA) if newer else None
    if script is not None and not items:
        return _newer(capture, script.text())
    page = _page(capture, [entry_of(node, number) for number, node in enumerate(items, 1)])
    if page.obstacle in {Obstacle.LAYOUT_CHANGED, Obstacle.INCOMPLETE}:
        return with_the_rest(page, capture)
    return legible(page)


def _page(capture: Capture, entries: list[Entry]) -> Page:
    counted = _COUNTER.search(text_of(capture.tree.css_first(".count-label")))
    counter = int(counted.group(1).replace(" ", "")) if counted else None
    mentions = tuple(mention for entry in entries for mention in entry.mentions)
    reason, words = _verdict(capture, entries, counter)
    facts: dict[str, Fact] = {} if counter is None else {"counter": counter}
    facts["rows"] = len(entries)
    return Page(
        source=ID,
        kind=PageKind.EMPTY_UNCONFIRMED
        if reason is Obstacle.UNCONFIRMED_EMPTY
        else PageKind.RESULTS,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        court="Верховный Суд Российской Федерации",
        facts=facts,
        rows=tuple(Row(entry.number, entry.facts, str(entry.facts["link"])) for entry in entries),
        mentions=mentions,
        part=Part(capture.url or ID, rows_total=counter),
        withheld=sum(entry.withheld for entry in entries),
    )


def _verdict(
    capture: Capture, entries: list[Entry], counter: int | None
) -> tuple[Obstacle | None, str]:
    broken = [sentence for entry in entries for sentence in entry.broken]
    if counter is None:
        broken = [_("The page does not say how many it found.")]
    people = any(
        mention.capacity is not Capacity.OFFICIAL for entry in entries for mention in entry.mentions
    )
    if cut_short(capture):
        return Obstacle.INCOMPLETE, _("The page ends before its end.")
    if counter == 0 and not entries:
        return Obstacle.UNCONFIRMED_EMPTY, _("The site says that it found nothing.")
    if broken:
        return Obstacle.LAYOUT_CHANGED, broken[0]
    if counter != len(entries):
        return Obstacle.INCOMPLETE, _("The page has other rows than its counter says.")
    if not people and any(entry.withheld for entry in entries):
        return Obstacle.WITHHELD, HIDDEN
    return None, ""


# --- the newer layout ------------------------------------------------------------------------


def _newer(capture: Capture, script: str) -> Page:
    """Keep the names of the newer layout, a list inside a script (reported in 2026, unverified).

    Its frame was reported (`initialItemsData` with `content`, `totalElements` and `last`; `page=`
    counts from 0), the fields of its entries were not: so nothing is claimed of an entry, every
    text of it is searched for names, and the page stays an obstacle.
    """
    words = _("The list stands in a script whose fields are not known; read the page yourself.")
    listed = _listed(script)
    content = listed.get("content")
    entries = content if isinstance(content, list) else [listed]
    total = listed.get("totalElements")
    counter = total if isinstance(total, int) and not isinstance(total, bool) else None
    page = obstacle(ID, Obstacle.LAYOUT_CHANGED, words, kind=PageKind.RESULTS)
    mentions = tuple(
        Mention(name, row=number, where=_("entry {number} of the script").format(number=number))
        for number, entry in enumerate(entries, 1)
        for name in dict.fromkeys(name for text in _strings(entry) for name in spotted_names(text))
    )
    return Page(
        source=ID,
        kind=page.kind,
        outcome=page.outcome,
        obstacle=page.obstacle,
        explanation=words,
        facts={"rows": len(entries), **({} if counter is None else {"counter": counter})},
        mentions=mentions,
        part=Part(capture.url or ID, _number(capture.url) + 1, rows_total=counter),
        next=tuple(_following(capture.url)) if listed.get("last") is False else (),
    )


def _listed(script: str) -> dict[str, object]:
    """Return what stands under `initialItemsData`, wherever it lies; else the whole script."""
    try:
        waiting: list[object] = [json.loads(script)]
    except (ValueError, RecursionError):
        return {"text": script}
    whole = waiting[0]
    for _turn in range(_MOST_STRINGS):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(found := value.get("initialItemsData"), dict):
                return found
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return {"text": whole}


def _strings(value: object) -> Iterator[str]:
    """Yield the texts of a value of JSON, however deep."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _fields(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query)
    except ValueError:
        return []


def _number(url: str) -> int:
    asked = dict(_fields(url)).get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _following(url: str) -> Iterator[Request]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    if not parts.netloc:
        return
    number = _number(url) + 1
    kept = [(name, value) for name, value in _fields(url) if name != "page"]
    yield Request(
        urlunsplit(parts._replace(query=urlencode([*kept, ("page", str(number))]))),
        purpose=_("page {number} of the same list").format(number=number + 1),
        by_name=any(name == "keywords" for name, _value in kept),
    )
