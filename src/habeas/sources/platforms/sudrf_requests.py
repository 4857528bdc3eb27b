"""Builds the addresses that the ГАС «Правосудие» sites answer to, in their own charset.

Queries are percent-encoded in windows-1251, `Submit` ("Найти") is required, and an empty `vnkod=`
brings the form back instead of an answer (observed by public clients of these sites).
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlencode, urljoin, urlsplit

from habeas.language import _
from habeas.sources.contract import Request
from habeas.sources.platforms.sudrf_grid import parameters

CHARSET = "windows-1251"
_PAGE = re.compile(r"([?&]_?page=)\d*")
# Characters that a written address keeps; "%" because most of it is encoded already.
_KEPT = "%/:=&?#+!$,;'@()*[]~-._"
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+m?sudrf\.ru")
_SEARCH_BUTTON = "Найти"


def day_list(host: str, day: date, server: str = "1", *, scheme: str = "https") -> Request:
    """Return the request for all hearings of one day at one court (or one of its buildings)."""
    query = f"name=sud_delo&srv_num={server}&H_date={day:%d.%m.%Y}"
    purpose = _("hearings on {day} at {host}").format(day=f"{day:%d.%m.%Y}", host=host)
    return Request(f"{scheme}://{host}/modules.php?{query}", purpose=purpose)


def search(host: str, kind: tuple[str, str], fields: dict[str, str], server: str = "1") -> str:
    """Return the address of a search.

    Args:
        host: the court's host name.
        kind: `delo_id` and the name of the table, as ("1500001", "adm_case").
        fields: further fields, by their full names.
        server: `srv_num`, for courts in several buildings.
    """
    delo_id, table = kind
    query = {
        "name": "sud_delo",
        "srv_num": server,
        "name_op": "r",
        "delo_id": delo_id,
        "case_type": "0",
        "new": "0",
        "delo_table": table,
        **fields,
        "Submit": _SEARCH_BUTTON,
    }
    return f"https://{host}/modules.php?{urlencode(query, encoding=CHARSET, errors='replace')}"


def court_of(printed: str) -> tuple[str, str]:
    """Return host and `srv_num` of a court written as "host" or "host#2".

    Raises:
        KeyError: the host is none of this platform; it must not be sent our queries.
    """
    host, _mark, server = printed.strip().lower().partition("#")
    if not _HOST.fullmatch(host):
        raise KeyError(printed)
    return host, server if server.isascii() and server.isdigit() else "1"


def names_a_person(address: str) -> bool:
    """Return whether an address asks for a name."""
    return any(
        name.lower().endswith("namess") and value for name, value in parameters(address).items()
    )


def page_address(base: str, link: str, number: int) -> str:
    """Return the address of page `number` of a list, from a link of its pager (or empty).

    Empty where the list itself has no address.
    """
    if not urlsplit(base).netloc:
        return ""
    address = urljoin(base, link) if link else base
    address = quote(address, safe=_KEPT, encoding=CHARSET, errors="replace")
    if _PAGE.search(address):
        return _PAGE.sub(lambda found: f"{found.group(1)}{number}", address)
    name = "_page" if "_deloId=" in address else "page"
    return f"{address}{'&' if '?' in address else '?'}{name}={number}"


def further_pages(base: str, link: str, numbers: range) -> Iterator[Request]:
    """Yield the requests for further pages of a list."""
    for number in numbers:
        address = page_address(base, link, number)
        if address:
            purpose = _("page {number} of the same list").format(number=number)
            yield Request(address, purpose=purpose, by_name=names_a_person(address))
