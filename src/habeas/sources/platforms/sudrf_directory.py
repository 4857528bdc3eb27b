"""Reads directories of the courts on sudrf.ru: the portal's own pages, and files that others keep.

The portal lists the courts of a region at `index.php?id=300&act=go_search…` as `ul.search-results`;
each entry carries the court's code, addresses and the link to its site. It does not say in how many
buildings (`srv_num`) a court sits; files of researchers do.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from habeas.language import _
from habeas.sources.contract import Capture, Obstacle, Request
from habeas.sources.pages import cut_short, failure
from habeas.sources.platforms.sudrf_requests import court_of
from habeas.sources.tables import folded, text_of

PORTAL = "https://sudrf.ru/index.php"
# Codes of the subjects of the federation as the portal uses them (vehicle registration codes).
_SPARSE = (83, 86, 87, 89, 91, 92, 94, 95)
REGIONS = tuple(f"{code:02}" for code in (*range(1, 80), *_SPARSE))

_CODE = re.compile(r"\b(\d{2})[A-ZА-Я]{2}\d{4}\b")
_ENTRIES = "ul.search-results li"


class DirectoryUnreadable(Exception):
    """A page or file is no directory; carries one sentence and, for a page, the obstacle."""

    def __init__(self, words: str, obstacle: Obstacle | None = None) -> None:
        super().__init__(words)
        self.obstacle = obstacle


@dataclass(frozen=True, slots=True, order=True)
class Court:
    """One court, or one of its buildings.

    Attributes:
        name: as `Query.courts` wants it: its host, with "#2" for its second server.
        title: as printed.
        code: of the court ("22RS0001"), empty where nobody says.
        region: two digits, empty where nobody says.
    """

    name: str
    title: str = ""
    code: str = ""
    region: str = ""


def portal_page(region: str) -> Request:
    """Return the request for the courts of a region, all kinds of them."""
    query = (
        f"id=300&act=go_search&searchtype=fs&court_name=&court_subj={region}"
        "&court_type=0&court_okrug=0&vcourt_okrug=0"
    )
    purpose = _("the portal's own list of the courts of region {region}").format(region=region)
    return Request(f"{PORTAL}?{query}", purpose=purpose)


def courts_of_page(capture: Capture, region: str = "") -> list[Court]:
    """Return the courts that a page of the portal lists.

    Raises:
        DirectoryUnreadable: it is no such page, or one that could not be looked at.
    """
    failed = failure(capture, "ru_sudrf", entries=_ENTRIES)
    if failed is not None:
        raise DirectoryUnreadable(failed.explanation, failed.obstacle)
    if cut_short(capture):
        raise DirectoryUnreadable(_("The page ends before its end."), Obstacle.INCOMPLETE)
    entries = capture.tree.css(_ENTRIES)
    if not entries:
        words = _("The page lists no courts.")
        raise DirectoryUnreadable(words, Obstacle.LAYOUT_CHANGED)
    found: list[Court] = []
    for entry in entries:
        title = text_of(entry.css_first("a.court-result"))
        if not title:
            words = _("A court of the page has no name.")
            raise DirectoryUnreadable(words, Obstacle.LAYOUT_CHANGED)
        code = _CODE.search(folded(entry.text(separator=" ")))
        links = (node.attributes.get("href") or "" for node in entry.css("a[href]"))
        host = next((name for link in links if (name := _host(link))), "")
        if host:
            where = region or (code.group(1) if code else "")
            found.append(Court(host, title, code.group() if code else "", where))
    return found


def courts_of_file(text: str) -> tuple[list[Court], int]:
    """Return the courts that a file lists, and how many entries are on other platforms.

    Understood are: JSON by region with `court_website` and `srv`; JSON of a list with `fields.url`;
    CSV with a column `court` (host, or host#2) or `url`, and, if wanted, `title`, `code`, `region`.

    Raises:
        DirectoryUnreadable: it is none of these.
    """
    try:
        plain = json.loads(text)
    except ValueError:
        entries: Iterable[Mapping[str, Any]] = _csv(text)
        return _courts(entries, _of_csv)
    if isinstance(plain, dict):
        rows = [
            {**one, "region": region}
            for region, courts in plain.items()
            if isinstance(courts, list)
            for one in courts
            if isinstance(one, dict)
        ]
        return _courts(rows, _of_regions)
    if isinstance(plain, list):
        fields = [one.get("fields", one) for one in plain if isinstance(one, dict)]
        return _courts((one for one in fields if isinstance(one, dict)), _of_fields)
    raise DirectoryUnreadable(_("The file is no directory of courts."))


def _courts(
    entries: Iterable[Mapping[str, Any]], of: "Callable[[Mapping[str, Any]], Iterable[Court]]"
) -> tuple[list[Court], int]:
    found: list[Court] = []
    elsewhere = 0
    for entry in entries:
        courts = list(of(entry))
        found += courts
        elsewhere += not courts
    if not found:
        raise DirectoryUnreadable(_("The file names no court on sudrf.ru."))
    return found, elsewhere


def _of_regions(entry: Mapping[str, Any]) -> Iterator[Court]:
    host = _host(str(entry.get("court_website") or ""))
    servers = entry.get("srv") or ["1"]
    title, code = str(entry.get("court_name") or ""), str(entry.get("court_id") or "")
    for server in servers if host and isinstance(servers, list) else ():
        if str(server).isascii() and str(server).isdigit():
            name = host if str(server) == "1" else f"{host}#{server}"
            yield Court(name, folded(title), code, str(entry.get("region") or code[:2]))


def _of_fields(entry: Mapping[str, Any]) -> Iterator[Court]:
    host = _host(str(entry.get("url") or ""))
    if host and not entry.get("not_available"):
        region = entry.get("region")
        printed = f"{region:02}" if isinstance(region, int) else str(region or "")
        yield Court(host, folded(str(entry.get("title") or "")), "", printed)


def _of_csv(entry: Mapping[str, Any]) -> Iterator[Court]:
    printed = str(entry.get("court") or entry.get("url") or "")
    address, mark, server = printed.partition("#")
    host = _host(address)
    if host:
        name = f"{host}#{server}" if mark and server not in {"", "1"} else host
        title, code = str(entry.get("title") or ""), str(entry.get("code") or "")
        yield Court(name, folded(title), code, str(entry.get("region") or code[:2]))


def _csv(text: str) -> Iterator[dict[str, str]]:
    rows = csv.DictReader(line for line in text.splitlines() if line.strip())
    if not {"court", "url"} & set(rows.fieldnames or ()):
        raise DirectoryUnreadable(
            _("The file is neither JSON nor a CSV with a column “court” or “url”.")
        )
    yield from rows


def _host(printed: str) -> str:
    """Return the host of an address if it is a court's on this platform, empty if not."""
    printed = printed.strip().lower()
    try:
        host = urlsplit(printed if "//" in printed else f"//{printed}").hostname or ""
        court_of(host)
    except (ValueError, KeyError):
        return ""
    return "" if host in {"sudrf.ru", "www.sudrf.ru"} else host.removeprefix("www.")
