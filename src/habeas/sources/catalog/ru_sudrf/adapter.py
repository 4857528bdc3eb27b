"""Courts of Russia on sudrf.ru: what to ask, and how their pages are read."""

from collections.abc import Iterator

from habeas.language import _
from habeas.sources.contract import Capture, Page, Query, Request
from habeas.sources.platforms import sudrf_pages
from habeas.sources.platforms.sudrf_marks import Kind, kind_of
from habeas.sources.platforms.sudrf_requests import court_of, day_list, search

SOURCE = "ru_sudrf"

# КоАП in first instance, complaints against rulings, second complaints: `delo_id` and table. The
# field for a name is `<prefix>_parts__NAMESS`.
_CASES = (("1500001", "adm_case"), ("1502001", "adm1_case"), ("1513001", "adm2_case"))


def recognise(capture: Capture) -> bool:
    """Return whether the page bears the marks of a sudrf.ru court that is no cassation court."""
    return kind_of(capture) is Kind.OTHER


def plan(query: Query) -> Iterator[Request]:
    """Yield the day lists of the courts of `query`, then searches for its names.

    A court is a host name, with "#2" after it for its second server (building). Without courts
    nothing is asked: there are about 2,250 of them.

    Raises:
        KeyError: a court of the query is no host of this platform.
    """
    courts = [court_of(printed) for printed in query.courts]
    for day in query.days:
        for host, server in courts:
            yield day_list(host, day, server)
    for name in query.names:
        for host, server in courts:
            for kind in _CASES:
                field = f"{kind[1].removesuffix('_case')}_parts__NAMESS"
                purpose = _("cases by name at {host}, table {table}").format(
                    host=host, table=kind[1]
                )
                address = search(host, kind, {field: name}, server)
                yield Request(address, purpose=purpose, by_name=True)


def parse(capture: Capture) -> Page:
    """Read a capture. Never raises on any bytes: what is not understood is an obstacle."""
    return sudrf_pages.read(capture, SOURCE)
