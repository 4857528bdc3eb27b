"""The contract between official sources and the rest of habeas: recorded bytes in, mentions out.

A source is one folder of `catalog/` with `source.toml`, `adapter.py` and recorded pages. The
adapter does no input or output: `plan` says what to ask, `parse` reads a capture. Watching,
`habeas find`, tests and archive sweeps run the same code on the same recorded bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol, TypeAlias

from selectolax.lexbor import LexborHTMLParser

from habeas.sources.decode import Decoded, decode
from habeas.sources.tangled import is_tangled

Fact: TypeAlias = "str | int | bool | Sequence[Fact] | Mapping[str, Fact]"
"""A value read from a page: JSON without null. A missing fact is left out, an empty cell is ''."""


class Outcome(StrEnum):
    """What looking came to. The three are never mixed.

    Of a page, before anyone is sought: `found`, it lists entries and all of them were read;
    `not_found`, it proves that it lists none; `could_not_look`, anything else.
    Of a search: `found`, somebody who may be the sought person is printed there; `not_found`,
    complete and recognised pages do not print them; `could_not_look`, anything else.
    """

    FOUND = "found"
    NOT_FOUND = "not_found"
    COULD_NOT_LOOK = "could_not_look"


class Obstacle(StrEnum):
    """Why it was not possible to look (reference: how each answer of a portal is typed)."""

    CAPTCHA = "captcha"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    BAD_QUERY = "bad_query"
    DOWN = "down"
    TLS = "tls"
    LAYOUT_CHANGED = "layout_changed"
    ENCODING = "encoding"
    INCOMPLETE = "incomplete"
    UNCONFIRMED_EMPTY = "unconfirmed_empty"
    WITHHELD = "withheld"
    """The page prints no name at all, or says that it hides them."""
    GONE = "gone"
    """The address of an entry answers that the entry was removed or moved: an event, no absence."""
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_RECOGNISED = "not_recognised"
    """Readable, but of no known source, and without rows or text in which a name could stand."""


class PageKind(StrEnum):
    """What a page is. The part up to `ACT` lists or describes cases; the rest are failures."""

    RESULTS = "results"
    CARD = "card"
    DAY_LIST = "day-list"
    DAY_EMPTY = "day-empty"
    WEEKLY_LIST = "weekly-list"
    SCHEDULE = "schedule"
    NEWS_LIST = "news-list"
    NEWS_ARTICLE = "news-article"
    ROSTER = "roster"
    TABLE = "table"
    TEXT = "text"
    ACT = "act"
    EMPTY_UNCONFIRMED = "empty-unconfirmed"
    CAPTCHA_FORM = "captcha-form"
    CAPTCHA_REJECTED = "captcha-rejected"
    BLOCKED = "blocked"
    DOWN = "down"
    EXPIRED = "expired"
    BAD_QUERY = "bad-query"
    GONE = "gone"
    UNKNOWN = "unknown"


class Capacity(StrEnum):
    """In what capacity a person is named; a search skips officials unless it is told not to."""

    PARTY = "party"
    REPRESENTATIVE = "representative"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    NAMED = "named"
    """Named in running text, or in a table whose columns are not known to us."""


@dataclass(frozen=True)
class Capture:
    """Recorded bytes as one answer, or as one saved file, carried them.

    Attributes:
        body: the payload, transfer coding removed, otherwise as sent.
        url: the address asked, empty for a saved file.
        status: the HTTP status, None for a saved file.
        content_type: the header as sent, empty for a saved file.
        captured_at: when the answer arrived (aware, UTC), None where nobody recorded it.
        place: where the bytes lie, for the reader: a path, or a path and a record.
        complete: False where fewer bytes arrived than were announced.
    """

    body: bytes
    url: str = ""
    status: int | None = None
    content_type: str = ""
    captured_at: datetime | None = None
    place: str = ""
    complete: bool = True

    @cached_property
    def decoded(self) -> Decoded:
        """The text, with the charsets declared and used and the replacements made."""
        return decode(self.body, self.content_type)

    @property
    def text(self) -> str:
        """The decoded text."""
        return self.decoded.text

    @cached_property
    def tangled(self) -> bool:
        """Whether building the tree could take long or fill the memory; see `tangled`."""
        return is_tangled(self.text)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The HTML5 tree of the text. Built once; do not change it.

        The tree of a tangled text is empty, so that no reader can hang; such a page is typed as
        unreadable before anybody looks at its tree (`pages.failure`).
        """
        return LexborHTMLParser("" if self.tangled else self.text)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask a source.

    Attributes:
        url: complete, with its query already percent-encoded in the source's own charset.
        purpose: in plain words, for the coverage record: "hearings on 24.11.2026".
        by_name: True where the request carries a sought name; sent only with leave.
    """

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    purpose: str = ""
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a plan is made for: which days, which courts, and names only where that is allowed."""

    days: tuple[date, ...] = ()
    courts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list, or the one case of a card.

    Attributes:
        number: its place among the entries of the page, from 1.
        facts: what was read, keyed by the field's standard terms (`case_number`, `judge`,
            `article`, `state`, `received`, `card_uuid`, `uid` and so on), values as printed.
        link: the address of its card, as printed (may be relative), or empty.
    """

    number: int
    facts: Mapping[str, Fact]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as printed on a page. Not yet a match, and never a statement.

    Attributes:
        printed: as printed, white space folded, nothing else changed.
        role: the role as printed ("Привлекаемое лицо"), empty where none is.
        capacity: what kind of role that is.
        row: the `Row.number` it stands in, 0 where it stands in no row.
        where: its place for a reader: "row 7, column Стороны (attribute data-full-text)".
    """

    printed: str
    role: str = ""
    capacity: Capacity = Capacity.NAMED
    row: int = 0
    where: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a longer list a page is, by the site's own counters.

    Attributes:
        listing: the same for all pages of one answer and different for others.
        number: this page, from 1.
        pages: how many there are by the site's own paging, None where it does not say.
        rows_total: the site's own counter of entries, None where it prints none.
    """

    listing: str
    number: int = 1
    pages: int | None = None
    rows_total: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a capture says.

    Attributes:
        source: id of the source (its folder), or of the generic reader.
        kind: what the page is.
        outcome: see `Outcome`.
        obstacle: why it could not be looked at; set exactly when `outcome` says so.
        explanation: the site's own words for that, or ours, one sentence.
        title: the page's or card's own title.
        court: the court or other publisher as printed, empty where the page does not say.
        facts: facts of the page as a whole (`counter`, `columns`, `published`, ...).
        rows: entries in page order. A card has one.
        mentions: every name that stands in a place where a name can stand.
        part: set where the page is, or may be, one of several.
        withheld: how many entries or names the site itself hides.
        next: what to ask to complete this (the next page), in order.
        remarks: what a careful reader should know (a homoglyph, a cut cell), one sentence each.
    """

    source: str
    kind: PageKind
    outcome: Outcome
    obstacle: Obstacle | None = None
    explanation: str = ""
    title: str = ""
    court: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    mentions: tuple[Mention, ...] = ()
    part: Part | None = None
    withheld: int = 0
    next: tuple[Request, ...] = ()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.obstacle is not None) != (self.outcome is Outcome.COULD_NOT_LOOK):
            message = f"{self.source}: {self.outcome} with obstacle {self.obstacle}"
            raise ValueError(message)


class Adapter(Protocol):
    """What `adapter.py` of every source offers, as module-level functions."""

    def recognise(self, capture: Capture) -> bool:
        """Return whether a saved page without an address is one of this source's pages.

        Cheap: it may look at the decoded text for the site's own marks, not parse tables.
        """

    def plan(self, query: Query) -> Iterable[Request]:
        """Yield what to ask: whole lists first; by-name requests only for `query.names`."""

    def parse(self, capture: Capture) -> Page:
        """Read a capture. Never raises on any bytes: what is not understood is an obstacle."""
