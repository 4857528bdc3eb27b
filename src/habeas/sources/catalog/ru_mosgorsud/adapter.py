"""Reads mos-gorsud.ru: which pages it knows, what to ask, and how a page is typed."""

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

from habeas.language import _
from habeas.sources.catalog.ru_mosgorsud.card import card
from habeas.sources.catalog.ru_mosgorsud.courts import COURTS, path_of
from habeas.sources.catalog.ru_mosgorsud.listing import BASE, listing, split_address
from habeas.sources.contract import Capture, Obstacle, Page, Query, Request
from habeas.sources.pages import cut_short, failure, obstacle
from habeas.sources.readers.tables import unread
from habeas.sources.tables import LayoutChanged

ID = "ru_mosgorsud"
_NAME = "Официальный портал судов общей юрисдикции города Москвы"
# The portal's title stands in its first kilobytes; other sites link to it further down.
_HEAD = 8192


def recognise(capture: Capture) -> bool:
    """Return whether a saved page is one of this portal's: by its title or by its rows."""
    text = capture.text
    return _NAME in text[:_HEAD] or ("linked-row" in text and "/services/cases/" in text)


def court_title(court: str) -> str:
    """Return the name of a court by the alias that the portal's addresses use."""
    return COURTS.get(court, court)


def plan(query: Query) -> Iterable[Request]:
    """Yield hearings by day and court; without days, the КоАП cases; names only as asked.

    Courts are aliases ("tverskoj", "mgs"); none given means all 36.

    Raises:
        KeyError: a court of the query is not on this portal.
    """
    courts = query.courts or tuple(COURTS)
    unknown = [alias for alias in courts if alias not in COURTS]
    if unknown:
        raise KeyError(unknown[0])
    for day in query.days:
        yield from (_hearings(alias, day) for alias in courts)
    if not query.days and not query.names:
        yield from (_administrative(alias) for alias in courts)
    yield from _by_name(query)


def _hearings(alias: str, day: date) -> Request:
    printed = f"{day:%d.%m.%Y}"
    return Request(
        url=f"{BASE}{path_of(alias)}/hearing"
        f"?hearingRangeDateFrom={printed}&hearingRangeDateTo={printed}&page=1",
        purpose=_("hearings on {day}, {court}").format(day=printed, court=COURTS[alias]),
    )


def _administrative(alias: str) -> Request:
    return Request(
        url=f"{BASE}{path_of(alias)}/search"
        f"?courtAlias={alias}&uid=&instance=1&processType=3&letterNumber=&caseNumber="
        "&participant=&formType=fullForm&page=1",
        purpose=_("cases of administrative offences, {court}").format(court=COURTS[alias]),
    )


def _by_name(query: Query) -> Iterator[Request]:
    for name in query.names:
        for alias in query.courts or ("",):
            path = path_of(alias) if alias else ""
            yield Request(
                url=f"{BASE}{path}/search?courtAlias={alias}&participant={quote(name, safe='')}",
                purpose=_("cases by participant, {court}").format(
                    court=COURTS[alias] if alias else _("all courts of Moscow")
                ),
                by_name=True,
            )


def parse(capture: Capture) -> Page:
    """Read a list or a card. Never raises: what is not understood is an obstacle."""
    failed = failure(capture, ID)
    if failed is not None:
        return _of_list(capture, failed)
    try:
        page = card(capture, ID) or listing(capture, ID)
    except LayoutChanged as change:
        return unread(capture, ID, Obstacle.LAYOUT_CHANGED, str(change))
    if page is not None:
        return page
    if cut_short(capture):
        return obstacle(ID, Obstacle.INCOMPLETE, _("The page ends before its end."))
    if capture.tree.css_first("#case-index-search-form") is not None:
        return obstacle(
            ID, Obstacle.BAD_QUERY, _("The portal sent its empty search form back, no answer.")
        )
    return obstacle(
        ID, Obstacle.LAYOUT_CHANGED, _("The page has neither a list of cases nor a card.")
    )


def _of_list(capture: Capture, failed: Page) -> Page:
    """Only a card can be gone; a list that answers 404 was asked wrongly."""
    asked = split_address(capture.url).path
    if failed.obstacle is Obstacle.GONE and asked and "/details/" not in asked:
        return obstacle(ID, Obstacle.BAD_QUERY, failed.explanation, facts=failed.facts)
    return failed
