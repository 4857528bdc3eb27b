"""Magistrates on msudrf.ru: what to ask, and how their pages are read."""

from collections.abc import Iterator

from habeas.language import _
from habeas.sources.contract import Capture, Page, Query, Request
from habeas.sources.platforms import sudrf_pages
from habeas.sources.platforms.sudrf_marks import Kind, kind_of
from habeas.sources.platforms.sudrf_requests import court_of

SOURCE = "ru_msudrf"


def recognise(capture: Capture) -> bool:
    """Return whether the page bears the marks of a magistrate's site."""
    return kind_of(capture) is Kind.MAGISTRATE


def plan(query: Query) -> Iterator[Request]:
    """Yield the day lists of the magistrates of `query` (host names).

    There are no requests by name: the fields of that search are not known from any saved page.

    Raises:
        KeyError: a court of the query is no host of this platform.
    """
    for day in query.days:
        for printed in query.courts:
            host, _server = court_of(printed)
            purpose = _("hearings on {day} at {host}").format(day=f"{day:%d.%m.%Y}", host=host)
            address = f"https://{host}/modules.php?name=sud_delo&op=hl&H_date={day:%d.%m.%Y}"
            yield Request(address, purpose=purpose)


def parse(capture: Capture) -> Page:
    """Read a capture. Never raises on any bytes: what is not understood is an obstacle."""
    return sudrf_pages.read(capture, SOURCE)
