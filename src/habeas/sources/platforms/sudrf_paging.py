"""Reads how long a result list of the ГАС «Правосудие» sites is, by its own counter and pager."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from habeas.sources.contract import Capture, Part, Request
from habeas.sources.platforms.sudrf_grid import parameters, text_of
from habeas.sources.platforms.sudrf_marks import court_code
from habeas.sources.platforms.sudrf_requests import further_pages

_COUNTER = re.compile(
    r"Всего по запросу найдено\s?[—–-]\s?(\d{1,9})"
    r"(?:.{0,40}? записи с (\d{1,9}) по (\d{1,9}))?"
)
# More pages than this are asked for one after the other: a list of 5,000 entries is a wrong query.
_PLANNED_AT_ONCE = 200
_NOT_THE_LIST = frozenset({"page", "_page", "captcha", "captchaid", "submit", "vnkod"})


@dataclass(frozen=True, slots=True)
class Paging:
    """The site's own statement of a list's length.

    Attributes:
        counter: entries in the whole list.
        first: number of the first entry of this page.
        last: number of the last entry of this page.
        number: this page, from 1.
        last_page: the highest page that the pager links, None where there is no pager.
        link: the address of another page, as printed, or empty.
    """

    counter: int
    first: int
    last: int
    number: int
    last_page: int | None
    link: str

    @property
    def rows(self) -> int:
        """How many entries this page should have."""
        return max(0, self.last - self.first + 1) if self.last else 0

    @property
    def pages(self) -> int | None:
        """How many pages there are, by the pager or because this one holds everything."""
        return 1 if self.rows == self.counter else self.last_page


def paging_of(content: LexborNode, address: str) -> Paging | None:
    """Return what the page says about its length, None where it has no counter."""
    place = _counter_place(content)
    found = _COUNTER.search(text_of(place)) if place is not None else None
    if found is None:
        return None
    counter, first, last = (int(value or 0) for value in found.groups())
    if not found.group(2):
        first, last = min(1, counter), counter
    links = _links(content)
    numbers = [number for number, _link in links]
    number = _current(content, address, numbers)
    last_page = max([*numbers, number]) if numbers else None
    return Paging(counter, first, last, number, last_page, links[0][1] if links else "")


def _counter_place(content: LexborNode) -> LexborNode | None:
    """Return the smallest known container of the counter."""
    for mark in (".lawcase-count", "table:not([id]) td", "td", "#search_results"):
        for node in content.css(mark):
            if "Всего по запросу найдено" in node.text():
                return node
    return None


def _links(content: LexborNode) -> list[tuple[int, str]]:
    """Return number and address of the pages that the pager links."""
    found = []
    for link in content.css("a[href*='page=']"):
        address = (link.attributes.get("href") or "").strip()
        asked = parameters(address)
        number = asked.get("page") or asked.get("_page") or ""
        if number.isascii() and number.isdigit() and 0 < len(number) < 7:
            found.append((int(number), address))
    return found


def _current(content: LexborNode, address: str, numbers: list[int]) -> int:
    """Return the number of this page: as asked, else the pager's number that is no link."""
    asked = parameters(address)
    number = asked.get("page") or asked.get("_page") or ""
    if number.isascii() and number.isdigit() and 0 < len(number) < 7:
        return max(1, int(number))
    for mark in content.css("table:not([id]) td > b, .lawcase-paging .current"):
        printed = text_of(mark)
        if numbers and printed.isascii() and printed.isdigit() and len(printed) < 7:
            return max(1, int(printed))
    return 1


def part_of(capture: Capture, paging: Paging, heading: str) -> Part:
    """Return which part of its list a page is; the list is known by what was asked for it."""
    return Part(
        listing=_listing(capture, paging, heading),
        number=paging.number,
        pages=paging.pages,
        rows_total=paging.counter,
    )


def _listing(capture: Capture, paging: Paging, heading: str) -> str:
    address = capture.url or paging.link
    kept = sorted(
        f"{name}={value}"
        for name, value in parameters(address).items()
        if name.lower() not in _NOT_THE_LIST and value
    )
    court = urlsplit(capture.url).netloc or court_code(capture.text)
    return "&".join([court, *(kept or [heading])])


def following(capture: Capture, paging: Paging) -> tuple[Request, ...]:
    """Return the requests for the rest of the list; none where its address is not known."""
    if paging.last >= paging.counter or not capture.url:
        return ()
    last = paging.last_page
    if last is None and paging.number == 1 and paging.rows:
        # The second generation turns pages by script; its size of a page is that of the first.
        last = -(-paging.counter // paging.rows)
    last = min(last or paging.number + 1, paging.number + _PLANNED_AT_ONCE)
    return tuple(further_pages(capture.url, paging.link, range(paging.number + 1, last + 1)))
