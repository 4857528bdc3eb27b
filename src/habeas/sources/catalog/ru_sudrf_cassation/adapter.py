"""Courts of cassation on sudrf.ru: what to ask, and how their pages are read."""

from collections.abc import Iterator

from habeas.language import _
from habeas.sources.contract import Capture, Page, Query, Request
from habeas.sources.platforms import sudrf_pages
from habeas.sources.platforms.sudrf_marks import Kind, kind_of
from habeas.sources.platforms.sudrf_requests import court_of, day_list, search

SOURCE = "ru_sudrf_cassation"

COURTS = tuple(f"{number}kas.sudrf.ru" for number in range(1, 10))

# Complaints against КоАП rulings in force: `delo_id` and table.
_IN_FORCE = ("2550001", "adm33_case")
# These ask for the digits of a picture before a search (6 August 2026); their day lists do not.
_ASK_FOR_DIGITS = frozenset(f"{number}kas.sudrf.ru" for number in (1, 3, 4, 6))


def recognise(capture: Capture) -> bool:
    """Return whether the page bears the marks of a court of cassation."""
    return kind_of(capture) is Kind.CASSATION


def plan(query: Query) -> Iterator[Request]:
    """Yield day lists, lists of cases received on these days, then searches for names.

    Without courts in `query` all nine are asked. Courts that want the digits of a picture are
    asked for their day lists only, unless a name is sought.

    Raises:
        KeyError: a court of the query is no host of this platform.
    """
    hosts = [court_of(printed)[0] for printed in query.courts] or list(COURTS)
    for day in query.days:
        for host in hosts:
            yield day_list(host, day)
    if query.days:
        first, last = min(query.days), max(query.days)
        fields = {
            "adm33_case__ENTRY_DATE1D": f"{first:%d.%m.%Y}",
            "adm33_case__ENTRY_DATE2D": f"{last:%d.%m.%Y}",
        }
        for host in hosts:
            if host not in _ASK_FOR_DIGITS:
                purpose = _("cases received from {first} to {last} at {host}").format(
                    first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}", host=host
                )
                yield Request(search(host, _IN_FORCE, fields), purpose=purpose)
    for name in query.names:
        for host in hosts:
            purpose = _("cases by name at {host}, table {table}").format(
                host=host, table=_IN_FORCE[1]
            )
            address = search(host, _IN_FORCE, {"adm33_parts__NAMESS": name})
            yield Request(address, purpose=purpose, by_name=True)


def parse(capture: Capture) -> Page:
    """Read a capture. Never raises on any bytes: what is not understood is an obstacle."""
    return sudrf_pages.read(capture, SOURCE)
