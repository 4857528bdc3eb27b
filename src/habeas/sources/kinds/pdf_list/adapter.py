"""Reads a page that links to PDF files, and the files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from habeas.language import _
from habeas.sources.contract import Capture, Mention, Obstacle, Page, PageKind, Query, Request, Row
from habeas.sources.kinds.posts import Post, post_list
from habeas.sources.kinds.settings import Settings, SettingsWrong
from habeas.sources.pages import cut_short, failure, never_there, obstacle
from habeas.sources.readers.kinds import FileKind, kind_of
from habeas.sources.readers.pdf import read_pdf
from habeas.sources.readers.tables import unread
from habeas.sources.tables import text_of

_MOST_FILES = 100
_KEPT_NAMES = 200


@dataclass(frozen=True)
class PdfListAdapter:
    """The adapter of one such source.

    Attributes:
        links: CSS of the links to the files.
        newest: how many files are read: the first ones on the page.
    """

    source: str
    addresses: tuple[str, ...]
    links: str
    newest: int = 10

    def recognise(self, capture: Capture) -> bool:
        """Return whether a saved page names one of this source's addresses and links to PDF."""
        text = capture.text if not _is_pdf(capture) else ""
        hosts = {address.split("/")[2] for address in self.addresses}
        return ".pdf" in text and any(host in text for host in hosts)

    def plan(self, query: Query) -> Iterable[Request]:
        """Yield the pages with links; days and names change nothing."""
        del query
        for address in self.addresses:
            yield Request(address, purpose=_("the list of files"))

    def parse(self, capture: Capture) -> Page:
        """Read a page with links, or a file. Never raises: the unknown is an obstacle."""
        if _is_pdf(capture):
            return self._file(capture)
        listed = not capture.url or capture.url in self.addresses
        failed = failure(capture, self.source, entries=self.links)
        if failed is not None:
            return never_there(failed) if listed else failed
        if not listed:
            words = _("The answer is no PDF file.")
            return unread(capture, self.source, Obstacle.LAYOUT_CHANGED, words)
        if cut_short(capture):
            words = _("The page ends before its end.")
            return unread(capture, self.source, Obstacle.INCOMPLETE, words)
        return self._page(capture)

    def _page(self, capture: Capture) -> Page:
        posts: dict[str, Post] = {}
        for node in capture.tree.css(self.links):
            address = _complete(capture.url, (node.attributes.get("href") or "").strip())
            if address:
                posts.setdefault(address, Post(address, title=text_of(node)))
        chosen = list(posts.values())[: self.newest]
        return post_list(
            self.source,
            capture,
            chosen,
            following=[Request(post.link, purpose=post.title or post.link) for post in chosen],
            title=text_of(capture.tree.css_first("title")),
        )

    def _file(self, capture: Capture) -> Page:
        """Read a file: one entry, with everybody whom it names."""
        if not capture.complete:
            words = _("Fewer bytes arrived than were announced.")
            return obstacle(self.source, Obstacle.INCOMPLETE, words)
        read = read_pdf(capture)
        names = sorted({mention.printed for mention in read.mentions})[:_KEPT_NAMES]
        title = urlsplit(capture.url).path.rpartition("/")[2]
        facts = {**read.facts, "title": title, "names": names}
        return replace(
            read,
            source=self.source,
            kind=PageKind.ACT,
            title=title,
            rows=(Row(1, facts),),
            mentions=tuple(
                Mention(
                    one.printed,
                    one.role,
                    one.capacity,
                    row=1,
                    where=one.where or _("page {page}").format(page=one.row),
                )
                for one in read.mentions
            ),
        )


def _is_pdf(capture: Capture) -> bool:
    return kind_of(capture.body, "") is FileKind.PDF


def _complete(base: str, printed: str) -> str:
    try:
        address = urljoin(base, printed) if printed else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def made(source: str, settings: Settings, serves: Callable[[str], bool]) -> PdfListAdapter:
    """Return the adapter of a description.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    newest = int(settings.take("newest", int, 10))
    if not 0 < newest <= _MOST_FILES:
        message = _("“read.newest” is 1 to {files}")
        raise SettingsWrong(message.format(files=_MOST_FILES))
    return PdfListAdapter(
        source,
        settings.addresses("addresses", serves),
        links=settings.selector("links", "a[href$='.pdf'], a[href$='.PDF']"),
        newest=newest,
    )
