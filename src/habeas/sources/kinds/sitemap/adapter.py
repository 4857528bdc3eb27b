"""Reads sitemaps, and the newest pages that they list."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from habeas.language import _
from habeas.sources.contract import (
    Capture,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Part,
    Query,
    Request,
)
from habeas.sources.kinds.posts import Post, post_list, read_article
from habeas.sources.kinds.settings import Settings, SettingsWrong
from habeas.sources.kinds.xml import child_text, document, local, root_of
from habeas.sources.pages import obstacle

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"urlset", "sitemapindex"})
_ENTRIES = "url, sitemap"
_MOST_PAGES, _MOST_MAPS = 200, 5
# Of the protocol (sitemaps.org): no sitemap has more.
_MOST_LISTED = 50_000


@dataclass(frozen=True)
class SitemapAdapter:
    """The adapter of one such source.

    Attributes:
        pages: piece of the path of the pages that count; empty for all.
        newest: how many of them are read, the last changed first.
        maps: how many sitemaps of a sitemap of sitemaps are followed, the last changed first.
        article: CSS of the text of such a page; empty for the whole page.
    """

    source: str
    addresses: tuple[str, ...]
    pages: str = ""
    newest: int = 30
    maps: int = 2
    article: str = ""

    def recognise(self, capture: Capture) -> bool:
        """Return whether a saved file is a sitemap of one of this source's hosts."""
        hosts = {address.split("/")[2] for address in self.addresses}
        return root_of(capture) in ROOTS and any(host in capture.text for host in hosts)

    def plan(self, query: Query) -> Iterable[Request]:
        """Yield the sitemaps; days and names change nothing."""
        del query
        for address in self.addresses:
            yield Request(address, purpose=_("the sitemap"))

    def parse(self, capture: Capture) -> Page:
        """Read a sitemap, or a page that it lists. Never raises."""
        listed = not capture.url or capture.url in self.addresses
        if root_of(capture) not in ROOTS and not listed:
            return read_article(capture, self.source, self.article, listed=False)
        root = document(capture, self.source, _ENTRIES)
        if isinstance(root, Page):
            return root
        if local(root) not in ROOTS:
            words = _("The answer is no sitemap.")
            return obstacle(self.source, Obstacle.LAYOUT_CHANGED, words)
        return self._map(capture, root)

    def _map(self, capture: Capture, root: "Element") -> Page:
        index = local(root) == "sitemapindex"
        listed = list(_listed(root))
        if len(listed) > _MOST_LISTED or any(not link for link, _changed in listed):
            words = _("An entry of the sitemap has no address, or there are too many entries.")
            return obstacle(self.source, Obstacle.LAYOUT_CHANGED, words)
        fitting = [one for one in listed if index or self.pages in urlsplit(one[0]).path]
        if listed and not fitting:
            # A part of the site in which nothing is of interest: read whole, and nobody in it.
            return Page(self.source, PageKind.NEWS_LIST, Outcome.FOUND, part=Part(capture.url))
        # Dates as the protocol writes them (W3C) sort as texts; the last ones stand last without.
        newest = sorted(enumerate(fitting), key=lambda one: (one[1][1], one[0]), reverse=True)
        chosen = [one for _at, one in newest[: self.maps if index else self.newest]]
        posts = [Post(link, date=changed) for link, changed in chosen]
        purpose = _("a part of the sitemap") if index else _("a page of the sitemap")
        return post_list(
            self.source,
            capture,
            posts,
            following=[Request(post.link, purpose=purpose) for post in posts],
        )


def _listed(root: "Element") -> Iterator[tuple[str, str]]:
    """Yield address and date of change (empty if none) of each entry."""
    for element in root:
        if local(element) in {"url", "sitemap"}:
            link = child_text(element, "loc")
            yield (link if _is_address(link) else ""), child_text(element, "lastmod")


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def made(source: str, settings: Settings, serves: Callable[[str], bool]) -> SitemapAdapter:
    """Return the adapter of a description.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    newest = int(settings.take("newest", int, 30))
    maps = int(settings.take("maps", int, 2))
    if not 0 < newest <= _MOST_PAGES or not 0 < maps <= _MOST_MAPS:
        message = _("“read.newest” is 1 to {pages}, “read.maps” 1 to {maps}")
        raise SettingsWrong(message.format(pages=_MOST_PAGES, maps=_MOST_MAPS))
    return SitemapAdapter(
        source,
        settings.addresses("addresses", serves),
        pages=settings.text("pages", ""),
        newest=newest,
        maps=maps,
        article=settings.selector("article", ""),
    )
