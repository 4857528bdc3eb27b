"""Reads RSS 2.0, RSS 1.0 and Atom feeds, and the articles that they lead to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from habeas.language import _
from habeas.sources.contract import Capture, Obstacle, Page, Query, Request
from habeas.sources.kinds.posts import Post, post_list, read_article, words_of
from habeas.sources.kinds.settings import Settings
from habeas.sources.kinds.xml import child_text, document, local, root_of
from habeas.sources.pages import obstacle
from habeas.sources.tables import folded

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"rss", "feed", "rdf"})
_ENTRIES = "item, entry"
_MOST_POSTS = 1_000


@dataclass(frozen=True)
class FeedAdapter:
    """The adapter of one such source.

    Attributes:
        follow: whether the articles are read too.
        article: CSS of the text of an article; empty for the whole page.
    """

    source: str
    addresses: tuple[str, ...]
    follow: bool = False
    article: str = ""

    def recognise(self, capture: Capture) -> bool:
        """Return whether a saved file is a feed that names one of this source's hosts."""
        hosts = {address.split("/")[2] for address in self.addresses}
        return root_of(capture) in ROOTS and any(host in capture.text for host in hosts)

    def plan(self, query: Query) -> Iterable[Request]:
        """Yield the feeds; days and names change nothing."""
        del query
        for address in self.addresses:
            yield Request(address, purpose=_("the feed"))

    def parse(self, capture: Capture) -> Page:
        """Read a feed, or an article. Never raises: what is not understood is an obstacle."""
        listed = not capture.url or capture.url in self.addresses
        if root_of(capture) not in ROOTS and not listed:
            return read_article(capture, self.source, self.article, listed=False)
        root = document(capture, self.source, _ENTRIES)
        if isinstance(root, Page):
            return root
        if local(root) not in ROOTS:
            words = _("The answer is no feed.")
            return obstacle(self.source, Obstacle.LAYOUT_CHANGED, words)
        posts = list(_posts(root, capture.url))
        if len(posts) > _MOST_POSTS or any(not post.link for post in posts):
            words = _("A post of the feed has no address of its own, or there are too many posts.")
            return obstacle(self.source, Obstacle.LAYOUT_CHANGED, words)
        return post_list(
            self.source,
            capture,
            posts,
            following=[Request(post.link, purpose=post.title) for post in posts]
            if self.follow
            else (),
            title=_title(root),
        )


def _posts(root: "Element", base: str) -> Iterator[Post]:
    for element in root.iter():
        if local(element) not in {"item", "entry"}:
            continue
        # The fullest text that the feed carries: content, else the summary.
        text = words_of(child_text(element, "encoded", "content", "description", "summary"))
        yield Post(
            link=_link(element, base),
            title=words_of(child_text(element, "title")),
            text=text,
            date=folded(child_text(element, "pubdate", "published", "date", "updated")),
        )


def _link(element: "Element", base: str) -> str:
    """Return the address of a post: its link, or an identifier that is an address."""
    atom = [child for child in element if local(child) == "link" and child.get("href")]
    alternate = [one for one in atom if one.get("rel", "alternate") == "alternate"]
    address = alternate[0].get("href", "") if alternate else child_text(element, "link")
    if not address:
        named = child_text(element, "guid", "id")
        address = named if named.startswith(("http://", "https://")) else ""
    try:
        return urljoin(base, address.strip()) if address else ""
    except ValueError:
        return ""


def _title(root: "Element") -> str:
    channel = next((child for child in root if local(child) == "channel"), root)
    return words_of(child_text(channel, "title"))


def made(source: str, settings: Settings, serves: Callable[[str], bool]) -> FeedAdapter:
    """Return the adapter of a description.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    return FeedAdapter(
        source,
        settings.addresses("addresses", serves),
        follow=bool(settings.take("follow", bool, default=False)),
        article=settings.selector("article", ""),
    )
