"""Reads the web pages of public Telegram channels, and the own page of a post."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from habeas.language import _, ngettext
from habeas.sources.contract import (
    Capture,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Query,
    Request,
)
from habeas.sources.kinds.posts import Post, post_list
from habeas.sources.kinds.settings import Settings, SettingsWrong
from habeas.sources.pages import cut_short, failure, legible, never_there, obstacle
from habeas.sources.readers.tables import unread
from habeas.sources.tables import lines_of, text_of

HOST = "t.me"
# "Usernames … a-z, 0-9 and underscores, 5 to 32 characters" (Telegram FAQ); 4 are sold at auction.
_CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_OWN_PAGE = re.compile(r"/(?!s/)[A-Za-z0-9_]+/\d+")
_POST = re.compile(r"[A-Za-z0-9_]+/\d+")
_MESSAGE = "div.tgme_widget_message[data-post]"
_ENTRIES = "div.tgme_widget_message, .tgme_channel_history"
_NONE, _ERROR = ".tme_no_messages_found", ".tgme_widget_message_error"
_CHANNEL_PAGE = ".tgme_channel_info, .tgme_channel_history"


@dataclass(frozen=True)
class TelegramAdapter:
    """The adapter of one such source.

    Attributes:
        channels: names of the channels, without @.
    """

    source: str
    channels: tuple[str, ...]

    def recognise(self, capture: Capture) -> bool:
        """Return whether a saved page is of one of the channels."""
        text = capture.text
        return "tgme_widget_message" in text and any(
            f'data-post="{channel}/' in text for channel in self.channels
        )

    def plan(self, query: Query) -> Iterable[Request]:
        """Yield the newest posts of each channel, or of the channels of the query.

        Raises:
            KeyError: a channel of the query is none of this source.
        """
        for channel in query.courts or self.channels:
            if channel not in self.channels:
                raise KeyError(channel)
            purpose = _("the newest posts of {channel}").format(channel=channel)
            yield Request(f"https://{HOST}/s/{channel}", purpose=purpose)

    def parse(self, capture: Capture) -> Page:
        """Read a channel, or one post. Never raises: what is not understood is an obstacle."""
        own = _OWN_PAGE.fullmatch(urlsplit(capture.url).path) is not None
        failed = failure(capture, self.source, entries=f"{_ENTRIES}, {_ERROR}, {_NONE}")
        if failed is not None:
            return failed if own else never_there(failed)
        if cut_short(capture):
            words = _("The page ends before its end.")
            return unread(capture, self.source, Obstacle.INCOMPLETE, words)
        return self._post(capture) if own else self._channel(capture)

    def _channel(self, capture: Capture) -> Page:
        tree = capture.tree
        nodes = [node for node in tree.css(_MESSAGE) if not _is_service(node)]
        if not nodes:
            return self._silent(capture)
        posts, unread_pictures = [], 0
        for node in nodes:
            post = _read(node)
            if post is None:
                words = _("A post has no number or no date.")
                return unread(capture, self.source, Obstacle.LAYOUT_CHANGED, words)
            posts.append(post)
            unread_pictures += not post.text
        page = post_list(
            self.source,
            capture,
            # The newest stands last on the page.
            posts[::-1],
            following=list(_older(capture)),
            title=text_of(tree.css_first(".tgme_channel_info_header_title")),
        )
        if not unread_pictures:
            return page
        words = ngettext(
            "{count} post has no words; names in pictures are not read.",
            "{count} posts have no words; names in pictures are not read.",
            unread_pictures,
        )
        return replace(page, remarks=(words.format(count=unread_pictures),))

    def _silent(self, capture: Capture) -> Page:
        """Return what a page without posts is: too much asked, an empty channel, or no channel."""
        tree = capture.tree
        if tree.css_first(_NONE) is not None or tree.css_first(_CHANNEL_PAGE) is not None:
            words = _("The page shows no posts; it also says so when too much was asked.")
            return obstacle(self.source, Obstacle.UNCONFIRMED_EMPTY, words)
        words = _("There is no such public channel, or its web page is switched off.")
        return obstacle(self.source, Obstacle.BAD_QUERY, words)

    def _post(self, capture: Capture) -> Page:
        """Read the own page of a post: as it is now, or that it is gone."""
        error = capture.tree.css_first(_ERROR)
        if error is not None:
            return obstacle(self.source, Obstacle.GONE, text_of(error))
        node = capture.tree.css_first(_MESSAGE)
        post = _read(node) if node is not None else None
        if post is None:
            words = _("The page shows no post.")
            return unread(capture, self.source, Obstacle.LAYOUT_CHANGED, words)
        page = Page(
            source=self.source,
            kind=PageKind.NEWS_ARTICLE,
            outcome=Outcome.FOUND,
            rows=(post.row(1),),
            mentions=tuple(Mention(one.printed, row=1, where="") for one in post.mentions(1)),
        )
        return legible(page, post.text)


def _is_service(node: LexborNode) -> bool:
    """Return whether a post only tells that the channel was made, renamed and the like."""
    return "service_message" in (node.attributes.get("class") or "")


def _read(node: LexborNode) -> Post | None:
    """Return a post, None where it has no number or no date."""
    number = (node.attributes.get("data-post") or "").strip()
    moment = node.css_first("time[datetime]")
    date = (moment.attributes.get("datetime") or "") if moment is not None else ""
    if not _POST.fullmatch(number) or not date:
        return None
    texts = node.css(".tgme_widget_message_text")
    # A quoted post stands in the reply to it; it is not this post's text.
    own = [text for text in texts if not _within(text, "tgme_widget_message_reply")]
    lines = [line for text in own for line in lines_of(text)]
    return Post(
        link=f"https://{HOST}/{number}?embed=1",
        text=" ".join(lines),
        date=date,
        facts={"post": number},
    )


def _within(node: LexborNode, name: str) -> bool:
    parent = node.parent
    while parent is not None:
        if name in (parent.attributes.get("class") or "").split():
            return True
        parent = parent.parent
    return False


def _older(capture: Capture) -> Iterator[Request]:
    link = capture.tree.css_first("a.tme_messages_more[data-before], link[rel=prev]")
    address = (link.attributes.get("href") or "") if link is not None else ""
    if "before=" in address:
        base = capture.url or f"https://{HOST}/"
        yield Request(urljoin(base, address), purpose=_("older posts"))


def made(source: str, settings: Settings, serves: Callable[[str], bool]) -> TelegramAdapter:
    """Return the adapter of a description.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    channels = settings.texts("channels")
    for channel in channels:
        if not _CHANNEL.fullmatch(channel):
            message = _("{channel} is no name of a channel")
            raise SettingsWrong(message.format(channel=repr(channel)[:60]))
    if not channels:
        raise SettingsWrong(_("“read.channels” names no channel"))
    if not serves(HOST):
        raise SettingsWrong(_("the hosts of a channel are [“t.me”]"))
    return TelegramAdapter(source, channels)
