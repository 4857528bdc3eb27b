"""Turns a capture of a ГАС «Правосудие» site into a page: the one door for its three adapters.

Order of the questions: is it one of the failures that answer HTTP 200; a card; a list of hearings
or of results; a day without hearings; the search form instead of an answer. Whatever is none of
these is an obstacle, and names that could be read are mentioned all the same.
"""

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.contract import (
    Capacity,
    Capture,
    Fact,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Row,
)
from habeas.sources.pages import failure, legible, obstacle
from habeas.sources.platforms.sudrf_cards import Card, card_number, read_card
from habeas.sources.platforms.sudrf_grid import lines_of, parameters, text_of
from habeas.sources.platforms.sudrf_lists import Listing, by_form, list_table, read_list
from habeas.sources.platforms.sudrf_marks import content_of, court_name, is_whole
from habeas.sources.platforms.sudrf_paging import Paging, following, paging_of, part_of
from habeas.sources.tables import LayoutChanged

_DAY = re.compile(r"назначенных к слушанию на (\d\d\.\d\d\.\d{4})")
_EMPTY_DAY = re.compile(r"На (\d\d\.\d\d\.\d{4}) дел не назначено")
_EMPTY_RESULT = re.compile(r"(?:Данных по запросу не|Ничего не)\s(?:обнаружено|найдено)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every kind of page of one capture shares."""

    capture: Capture
    source: str
    content: LexborNode
    court: str


def read(capture: Capture, source: str) -> Page:
    """Read a capture as a page of `source`. Never raises: what is not known is an obstacle."""
    failed = failure(capture, source)
    if failed is not None:
        return _with_form_fields(_gone_or_never_there(failed, capture), capture)
    content = content_of(capture)
    if content is None:
        sentence = _("The page has no place in which this site prints cases.")
        return obstacle(source, Obstacle.LAYOUT_CHANGED, sentence)
    reading = _Reading(capture, source, content, court_name(capture))
    # Names are told from offices by their form: one with a lost letter may be told wrongly.
    return legible(_read(reading), text_of(content) if capture.decoded.replacements else "")


def _read(reading: _Reading) -> Page:
    number = card_number(reading.content)
    if number is not None:
        return _card(reading, number)
    table = list_table(reading.content)
    return _list(reading, table) if table is not None else _without_entries(reading)


# --- cards -----------------------------------------------------------------------------------


def _card(reading: _Reading, number: LexborNode) -> Page:
    card = read_card(reading.content, number)
    asked = parameters(reading.capture.url)
    facts: dict[str, Fact] = dict(card.facts)
    if card.withheld:
        facts["names_withheld"] = True
    own = {term: value for term, value in facts.items() if isinstance(value, str)}
    for term, names in (("case_id", ("case_id", "_id")), ("case_uid", ("case_uid", "_uid"))):
        value = next((asked[name] for name in names if asked.get(name)), "")
        if value:
            own[term] = value
    row = Row(1, own)
    page = Page(
        reading.source,
        PageKind.CARD,
        Outcome.FOUND,
        title=str(facts.get("title", "")),
        court=reading.court,
        facts=facts,
        rows=(row,),
        mentions=tuple(card.mentions),
        withheld=card.withheld,
    )
    return _limited(page, reading.capture, _card_obstacle(card))


def _card_obstacle(card: Card) -> tuple[Obstacle, str] | None:
    if card.changed:
        return Obstacle.LAYOUT_CHANGED, card.changed
    if not any(mention.capacity is not Capacity.OFFICIAL for mention in card.mentions):
        return Obstacle.WITHHELD, _("The card names no party.")
    return None


# --- lists -----------------------------------------------------------------------------------


def _list(reading: _Reading, table: LexborNode) -> Page:
    try:
        listing = read_list(reading.content, table)
    except LayoutChanged as changed:
        page = obstacle(reading.source, Obstacle.LAYOUT_CHANGED, str(changed))
        return replace(page, court=reading.court, mentions=tuple(by_form(lines_of(table))))
    return _day(reading, listing) if listing.is_day else _results(reading, listing)


def _page_of(reading: _Reading, listing: Listing, kind: PageKind, facts: dict[str, Fact]) -> Page:
    return Page(
        reading.source,
        kind,
        Outcome.FOUND,
        title=_title(reading.content),
        court=reading.court,
        facts={**facts, "rows": len(listing.rows), "columns": list(listing.grid.columns)},
        rows=tuple(listing.rows),
        mentions=tuple(listing.mentions),
        withheld=listing.withheld,
        remarks=tuple(listing.remarks),
    )


def _list_obstacle(listing: Listing) -> tuple[Obstacle, str] | None:
    if listing.changed:
        return Obstacle.LAYOUT_CHANGED, listing.changed
    if not listing.rows:
        return Obstacle.INCOMPLETE, _("The table has a heading and no entries.")
    if listing.gap:
        return Obstacle.INCOMPLETE, listing.gap
    if listing.withheld and not listing.with_people:
        return Obstacle.WITHHELD, _("The court hides the names in all entries.")
    return None


def _day(reading: _Reading, listing: Listing) -> Page:
    day = _printed_day(reading.content)
    facts: dict[str, Fact] = {"date": day, "categories": list(listing.categories)}
    page = _page_of(reading, listing, PageKind.DAY_LIST, facts)
    return _limited(page, reading.capture, _other_day(reading, day) or _list_obstacle(listing))


def _printed_day(content: LexborNode) -> str:
    """Return the day of a list: from its title, else from the field that repeats what was asked."""
    title = content.css_first("div.title")
    found = _DAY.search(text_of(title)) if title is not None else None
    if found:
        return found.group(1)
    field = content.css_first("input[name=H_date]")
    return (field.attributes.get("value") or "").strip() if field is not None else ""


def _other_day(reading: _Reading, day: str) -> tuple[Obstacle, str] | None:
    asked = parameters(reading.capture.url).get("H_date", "")
    if not day:
        return Obstacle.LAYOUT_CHANGED, _("The list of hearings does not say its day.")
    if asked and asked != day:
        sentence = _("The site lists {day}, not {asked} as asked.")
        return Obstacle.BAD_QUERY, sentence.format(day=day, asked=asked)
    return None


def _results(reading: _Reading, listing: Listing) -> Page:
    capture = reading.capture
    paging = paging_of(reading.content, capture.url)
    facts = _length(paging)
    if searched := _searched_uid(capture.url):
        facts["searched_uid"] = searched
    page = _page_of(reading, listing, PageKind.RESULTS, facts)
    if paging is not None and not paging.counter and not listing.rows:
        sentence = _("The site says that it found 0 entries.")
        return replace(
            obstacle(reading.source, Obstacle.UNCONFIRMED_EMPTY, sentence, facts=page.facts),
            court=reading.court,
            title=page.title,
        )
    if paging is not None:
        part = part_of(capture, paging, page.title)
        page = replace(page, part=part, next=following(capture, paging))
    return _limited(page, capture, _list_obstacle(listing) or _miscounted(paging, listing))


def _length(paging: Paging | None) -> dict[str, Fact]:
    if paging is None:
        return {}
    facts: dict[str, Fact] = {
        "counter": paging.counter,
        "first": paging.first,
        "last": paging.last,
    }
    if paging.last_page is not None:
        facts["last_page"] = paging.last_page
    return facts


def _miscounted(paging: Paging | None, listing: Listing) -> tuple[Obstacle, str] | None:
    if paging is None:
        return Obstacle.INCOMPLETE, _("The page does not say how many entries were found.")
    rows = len(listing.rows)
    if paging.rows != rows or paging.last > paging.counter:
        sentence = _("The site counts entries {first} to {last} of {counter}; {rows} were read.")
        words = sentence.format(
            first=paging.first, last=paging.last, counter=paging.counter, rows=rows
        )
        return Obstacle.INCOMPLETE, words
    return None


def _searched_uid(address: str) -> str:
    return next(
        (
            value
            for name, value in parameters(address).items()
            if name.lower().rstrip("s").endswith("judicial_uid") and value
        ),
        "",
    )


def _title(content: LexborNode) -> str:
    node = content.css_first("div.title, div.name-instanse")
    if node is None:
        return ""
    own = [
        child.text_content or "" for child in node.iter(include_text=True) if child.tag == "-text"
    ]
    return " ".join(" ".join(own).split())


# --- pages without entries -------------------------------------------------------------------


def _without_entries(reading: _Reading) -> Page:
    text = text_of(reading.content)
    empty = _EMPTY_DAY.search(text)
    if empty:
        return _empty_day(reading, empty)
    none = _EMPTY_RESULT.search(text)
    if none:
        facts: dict[str, Fact] = {"rows": 0, "text": none.group()}
        page = obstacle(reading.source, Obstacle.UNCONFIRMED_EMPTY, none.group(), facts=facts)
    elif reading.content.css_first("form#calform, input[name$=NAMESS]") is not None:
        sentence = _("The site answered with its search form instead of a list.")
        page = obstacle(reading.source, Obstacle.BAD_QUERY, sentence)
    else:
        sentence = _("The page has no table, card or sentence that is known.")
        page = obstacle(reading.source, Obstacle.LAYOUT_CHANGED, sentence)
        page = replace(page, mentions=tuple(by_form(lines_of(reading.content))))
    return replace(page, court=reading.court)


def _empty_day(reading: _Reading, empty: "re.Match[str]") -> Page:
    """Read the sentence that a day has no hearings: positive proof, if it is the day asked for."""
    day = empty.group(1)
    page = Page(
        reading.source,
        PageKind.DAY_EMPTY,
        Outcome.NOT_FOUND,
        explanation=empty.group(),
        title=_title(reading.content),
        court=reading.court,
        facts={"date": day, "rows": 0, "text": empty.group()},
    )
    other = _other_day(reading, day)
    if other is None and _printed_day(reading.content) not in {"", day}:
        sentence = _("The page names two days: {day} and {title}.")
        words = sentence.format(day=day, title=_printed_day(reading.content))
        other = Obstacle.UNCONFIRMED_EMPTY, words
    return _limited(page, reading.capture, other)


def _gone_or_never_there(page: Page, capture: Capture) -> Page:
    """Return a missing list as a wrong query: only a card can be gone."""
    if page.obstacle is not Obstacle.GONE or capture.status not in {404, 410}:
        return page
    if not capture.url or parameters(capture.url).get("name_op") == "case":
        return page
    return replace(page, kind=PageKind.BAD_QUERY, obstacle=Obstacle.BAD_QUERY)


def _with_form_fields(page: Page, capture: Capture) -> Page:
    """Add the names of the fields that a person needs who solves the digits of a search form."""
    if page.obstacle is Obstacle.TOO_LARGE or not capture.body:
        return page
    form = capture.tree.css_first("form#calform")
    if page.kind is not PageKind.CAPTCHA_FORM or form is None:
        return replace(page, court=court_name(capture))
    facts: dict[str, Fact] = dict(page.facts)
    for node in form.css("input[name]"):
        name = node.attributes.get("name") or ""
        if name.upper().endswith("NAMESS"):
            facts.setdefault("name_field", name)
        elif name.upper().endswith("JUDICIAL_UIDSS"):
            facts.setdefault("uid_field", name)
            facts.setdefault("valid_uid_example", node.attributes.get("data-valid-example") or "")
        elif name in {"delo_table", "delo_id"}:
            facts.setdefault(name, node.attributes.get("value") or "")
    return replace(page, facts=facts, court=court_name(capture))


def _limited(page: Page, capture: Capture, found: tuple[Obstacle, str] | None) -> Page:
    """Return the page as it is, or as one that could not be looked at, with all that was read."""
    if found is None and not is_whole(capture):
        found = Obstacle.INCOMPLETE, _("The page ends before its end; names may be missing.")
    if found is None:
        return page
    reason, explanation = found
    return replace(page, outcome=Outcome.COULD_NOT_LOOK, obstacle=reason, explanation=explanation)
