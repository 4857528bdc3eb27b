"""Posts of feeds, sitemaps and channels as a list of news, and the articles that they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser

from habeas.language import _
from habeas.sources.contract import (
    Capture,
    Fact,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Part,
    Request,
    Row,
)
from habeas.sources.pages import cut_short, failure, legible, never_there
from habeas.sources.readers.tables import read_tables, unread
from habeas.sources.readers.text import mentions_of_text
from habeas.sources.tables import folded, lines_of, text_of
from habeas.sources.tangled import is_tangled

_LONGEST_TEXT = 100_000
_KEPT_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a list.

    Attributes:
        link: its own address, complete.
        text: its words, without markup, as far as the list carries them.
        date: as printed.
        facts: further facts, by the field's terms.
    """

    link: str
    title: str = ""
    text: str = ""
    date: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)

    def row(self, number: int) -> Row:
        """Return the row of the post."""
        shown = {"title": self.title, "date": self.date, "text": self.text[:_KEPT_TEXT]}
        filled = {term: value for term, value in shown.items() if value}
        return Row(number, {"url": self.link, **self.facts, **filled}, self.link)

    def mentions(self, number: int) -> list[Mention]:
        """Return who may be named in title and text."""
        words = f"{self.title}. {self.text}"[:_LONGEST_TEXT]
        where = _("item {number}").format(number=number)
        return [Mention(one.printed, row=number, where=where) for one in mentions_of_text(words)]


def post_list(
    source: str,
    capture: Capture,
    posts: Sequence[Post],
    *,
    following: Sequence[Request] = (),
    title: str = "",
) -> Page:
    """Return a list of posts that was read whole; one without posts shows nothing.

    Such a list has neither a counter nor an end: older posts leave it, so absence says nothing.

    Args:
        source: id of the source.
        capture: the recorded bytes.
        posts: in the order of the site, the newest first.
        following: what comes next: the posts' own pages, older posts.
        title: the list's own title.
    """
    if not posts:
        return Page(
            source=source,
            kind=PageKind.EMPTY_UNCONFIRMED,
            outcome=Outcome.COULD_NOT_LOOK,
            obstacle=Obstacle.UNCONFIRMED_EMPTY,
            explanation=_("The list has no posts."),
            title=title,
        )
    page = Page(
        source=source,
        kind=PageKind.NEWS_LIST,
        outcome=Outcome.FOUND,
        title=title,
        rows=tuple(post.row(number) for number, post in enumerate(posts, 1)),
        mentions=tuple(
            mention for number, post in enumerate(posts, 1) for mention in post.mentions(number)
        ),
        part=Part(capture.url or source),
        next=tuple(following),
    )
    return legible(page, "".join(post.title + post.text for post in posts))


def read_article(capture: Capture, source: str, css: str, *, listed: bool) -> Page:
    """Read a page to which a post leads. Never raises: what is not understood is an obstacle.

    Args:
        capture: the recorded bytes.
        source: id of the source.
        css: the container of the article's text; empty where the whole page counts.
        listed: the address is one of the source's lists, which cannot be gone.
    """
    failed = failure(capture, source, entries=css)
    if failed is not None:
        return never_there(failed) if listed else failed
    if not css:
        return _whole_page(capture, source)
    container = capture.tree.css_first(css)
    if container is None:
        words = _("The page has no article: there is no {css}.").format(css=css)
        return unread(capture, source, Obstacle.LAYOUT_CHANGED, words)
    lines = lines_of(container)
    title = text_of(capture.tree.css_first("h1")) or text_of(capture.tree.css_first("title"))
    reason = _unfinished(capture, lines)
    facts: dict[str, Fact] = {"title": title, "paragraphs": len(lines)}
    page = Page(
        source=source,
        kind=PageKind.NEWS_ARTICLE,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=_("The article could not be read to its end.") if reason else "",
        title=title,
        facts=facts,
        rows=(Row(1, {**facts, "text": " ".join(lines)[:_KEPT_TEXT]}),),
        mentions=tuple(
            Mention(one.printed, row=1, where=_("paragraph {number}").format(number=number))
            for number, line in enumerate([title, *lines])
            for one in mentions_of_text(line)
        ),
    )
    return legible(page, "".join(lines))


def _unfinished(capture: Capture, lines: list[str]) -> Obstacle | None:
    if cut_short(capture):
        return Obstacle.INCOMPLETE
    return None if lines else Obstacle.LAYOUT_CHANGED


def _whole_page(capture: Capture, source: str) -> Page:
    """Read all visible text of a page, for recall; whoever is named anywhere on it is named."""
    read = read_tables(capture)
    facts: dict[str, Fact] = {"title": read.title}
    return replace(
        read,
        source=source,
        kind=PageKind.NEWS_ARTICLE if read.obstacle is None else read.kind,
        rows=(Row(1, facts),),
        mentions=tuple(replace(mention, row=1) for mention in read.mentions),
    )


def words_of(markup: str) -> str:
    """Return the words of a piece of HTML, folded; of plain text, the text itself."""
    piece = markup[:_LONGEST_TEXT]
    if "<" not in piece and "&" not in piece:
        return folded(piece)
    if is_tangled(piece):
        return folded(piece)
    tree = LexborHTMLParser(piece)
    return " ".join(lines_of(tree.body)) if tree.body is not None else ""
