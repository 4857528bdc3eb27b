"""Reads whole lists: page after page to the site's own count, then controls, cards and look-ups.

Works without the database, so that several slots can be pulled at once in threads. A list is
`found` only when every page is there and the rows agree with the counter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from habeas.fetch import Clock
from habeas.language import _
from habeas.sources.contract import Mention, Obstacle, Outcome, Page, PageKind, Request
from habeas.sources.registry import host_of
from habeas.watch.answering import Answering, Read
from habeas.watch.breaker import Breaker
from habeas.watch.identity import Seen, absolute, identity_of, merged
from habeas.watch.planning import family_of, scope_of
from habeas.watch.pulled import (
    CARD,
    Answered,
    Asked,
    ListRead,
    Planned,
    Pulled,
    Purpose,
    Task,
    Wanted,
)
from habeas.watch.routes import Routes

MOST_PAGES = 300
"""Pages of one list; the longest that is watched whole has about 200."""
MOST_ENDLESS_PAGES = 5
"""Pages of a list without end that are followed in one look, until known entries come."""
MOST_WANTED = 60
"""Cards and look-ups in one slot; the rest waits for the next."""

_SINGLE = frozenset({PageKind.CARD, PageKind.NEWS_ARTICLE, PageKind.ACT})


class Puller:
    """Pulls slots. One for a process; safe to use in several threads for different hosts."""

    def __init__(self, routes: Routes, breaker: Breaker, clock: Clock) -> None:
        self._routes = routes
        self._breaker = breaker
        self._clock = clock

    def lists(self, pulled: Pulled) -> None:
        """Read all lists of a task into `pulled`.

        Raises:
            RouteUnknown: the task's route is not set up here.
        """
        answering = self._answering(pulled.task)
        for planned in pulled.task.planned:
            pulled.lists += _ListReader(planned, answering, pulled.asked).read()

    def controls(self, pulled: Pulled, requests: Iterable[Request]) -> None:
        """Ask for lists that are known to hold entries, so that empty ones can be believed."""
        answering = self._answering(pulled.task)
        for request in requests:
            read = answering.read(request)
            scope, family = scope_of(request, None), family_of(request)
            pulled.asked.append(read.asked(request, Purpose.CONTROL, scope))
            pulled.controls[family] = read.page.outcome is Outcome.FOUND and bool(read.page.rows)

    def own_pages(self, pulled: Pulled, wanted: Iterable[Wanted]) -> None:
        """Ask the own pages of entries; look-ups come before cards."""
        answering = self._answering(pulled.task)
        for one in list(wanted)[:MOST_WANTED]:
            pulled.answers.append(_own_page(one, answering, pulled.asked))

    def _answering(self, task: Task) -> Answering:
        return Answering(
            self._routes.by(task.route),
            task.source,
            breaker=self._breaker,
            clock=self._clock,
            by_name=task.by_name,
            route=task.route,
        )


def settle_empties(pulled: Pulled) -> None:
    """Believe lists that say they are empty if a list of their kind was read, or a control was.

    Without either they could not be looked at: the same words may mean a misunderstood question.
    """
    full = {
        one.planned.family
        for one in pulled.lists
        if one.outcome is Outcome.FOUND and one.confirmed and one.entries
    }
    full |= {family for family, good in pulled.controls.items() if good}
    pulled.lists = [_believed(one, full) for one in pulled.lists]


def wants_control(one: ListRead) -> bool:
    """Return whether a list says that it is empty, with or without positive words."""
    if one.entries or one.unread:
        return False
    return one.outcome is Outcome.NOT_FOUND or one.obstacle is Obstacle.UNCONFIRMED_EMPTY


def _believed(one: ListRead, full: set[str]) -> ListRead:
    if not wants_control(one):
        return one
    if one.planned.family in full:
        return replace(one, outcome=Outcome.NOT_FOUND, obstacle=None, confirmed=True, counter=0)
    words = one.explanation or _("The list says that it is empty.")
    return replace(
        one,
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=Obstacle.UNCONFIRMED_EMPTY,
        explanation=f"{words} " + _("No control question confirmed it."),
        confirmed=False,
    )


# --- one list --------------------------------------------------------------------------------


@dataclass
class _ListReader:
    """Reads one planned list with all its pages."""

    planned: Planned
    answering: Answering
    asked: list[Asked]
    pages: list[Read] = field(default_factory=list)
    singles: list[Read] = field(default_factory=list)
    inner: list[ListRead] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    trouble: tuple[Obstacle, str] | None = None

    def read(self) -> list[ListRead]:
        """Return the list, and lists that its pages led to."""
        self._follow(self.planned.request)
        return [self._result(), *self.inner]

    @property
    def endless(self) -> bool:
        """Whether the list has neither counter nor last page."""
        part = self.pages[0].page.part if self.pages else None
        kind = self.pages[0].page.kind if self.pages else PageKind.UNKNOWN
        open_part = part is not None and part.pages is None and part.rows_total is None
        return kind is PageKind.NEWS_LIST or (open_part and bool(self.pages[0].page.next))

    def _follow(self, first: Request) -> None:
        queue = [first]
        while queue:
            request = queue.pop(0)
            key = f"{request.method} {request.url} {request.body!r}"
            if key in self.seen:
                continue
            if len(self.seen) >= MOST_PAGES:
                self._stop(Obstacle.INCOMPLETE, _("The list has more pages than are followed."))
                return
            self.seen.add(key)
            if not self.answering.allowed(request):
                self._stop(Obstacle.INCOMPLETE, _("A page of the list lies at another host."))
                continue
            queue += self._one(request)

    def _one(self, request: Request) -> tuple[Request, ...]:
        """Read one page; return what to ask next."""
        read = self.answering.read(request)
        self.asked.append(read.asked(request, Purpose.LIST, self.planned.scope))
        page = read.page
        if self.pages and page.kind in _SINGLE:
            self.singles.append(read)
            self._note(page)
            return ()
        if self.pages and self.endless and page.kind is not self.pages[0].page.kind:
            self._inner_list(request, read)
            return ()
        self.pages.append(read)
        self._note(page)
        return self._next(read) if page.outcome is Outcome.FOUND or page.next else ()

    def _next(self, read: Read) -> tuple[Request, ...]:
        """Return what comes next; of an endless list, older pages only while entries are new."""
        if not self.endless:
            return read.page.next
        own = {absolute(read.url, row.link) for row in read.page.rows}
        entries: list[Request] = []
        older: list[Request] = []
        for request in read.page.next:
            (entries if request.url in own else older).append(request)
        known = {f"link:{address}" for address in own} & self.planned.known
        bound = MOST_ENDLESS_PAGES if self.planned.known else 1
        if known or len(self.pages) >= bound:
            older = []
        return (*entries, *older)

    def _inner_list(self, request: Request, read: Read) -> None:
        """A list of posts led to a closed list: it is a list of its own, whatever becomes of it."""
        planned = Planned(scope_of(request, None), family_of(request), request)
        reader = _ListReader(planned, self.answering, self.asked, pages=[read])
        reader._note(read.page)
        for following in read.page.next if not reader.endless else ():
            reader._follow(following)
        self.inner.append(reader._result())

    def _note(self, page: Page) -> None:
        if page.obstacle is not None:
            self._stop(page.obstacle, page.explanation)

    def _stop(self, obstacle: Obstacle, words: str) -> None:
        if self.trouble is None:
            self.trouble = obstacle, words

    def _result(self) -> ListRead:
        endless = self.endless
        trouble = self.trouble or (None if endless else _miscounted(self.pages))
        reads = [*self.pages, *self.singles]
        own = {read.url for read in self.singles}
        entries = merged(
            seen for read in reads for seen in _entries(read) if not _replaced(seen, read, own)
        )
        counter = self.pages[0].page.part.rows_total if self.pages[0].page.part else None
        outcome = Outcome.FOUND if entries else self.pages[0].page.outcome
        if trouble is not None:
            outcome = Outcome.COULD_NOT_LOOK
        elif not entries and outcome is Outcome.FOUND:
            trouble = Obstacle.INCOMPLETE, _("The list has no entries and does not say so.")
            outcome = Outcome.COULD_NOT_LOOK
        return ListRead(
            self.planned,
            outcome,
            trouble[0] if trouble else None,
            trouble[1] if trouble else self.pages[0].page.explanation,
            entries,
            counter,
            endless=endless,
            confirmed=trouble is None and bool(entries),
            unread=tuple(mention for read in reads for mention in _lost(read)),
            record=self.pages[0].record,
        )


def _entries(read: Read) -> Iterable[Seen]:
    """Yield the entries of a page whose rows can be relied on, obstacle or not."""
    if not _usable(read.page):
        return
    by_row: dict[int, list[int]] = {}
    for place, mention in enumerate(read.page.mentions):
        by_row.setdefault(mention.row, []).append(place)
    for row in read.page.rows:
        mentions = tuple(read.page.mentions[place] for place in by_row.get(row.number, ()))
        if not row.link and read.page.kind in _SINGLE:
            # A news article is known by its address.
            row = replace(row, link=read.url)  # noqa: PLW2901 - the same row, with its address
        yield Seen(
            identity_of(row, mentions, read.url),
            row.facts,
            absolute(read.url, row.link),
            mentions,
            read.record,
            whole=read.page.obstacle is None,
        )


_HALF = frozenset({None, Obstacle.INCOMPLETE, Obstacle.WITHHELD})


def _usable(page: Page) -> bool:
    """Half a list holds true rows; a page whose layout changed may hold false ones."""
    return page.obstacle in _HALF


def _lost(read: Read) -> Iterable[Mention]:
    """Yield the names that stand on a page without belonging to an entry that is kept."""
    kept = {row.number for row in read.page.rows} - {0} if _usable(read.page) else set()
    return (mention for mention in read.page.mentions if mention.row not in kept)


def _replaced(seen: Seen, read: Read, own: set[str]) -> bool:
    """Return whether a line of a list of news is told better by the article that was read."""
    return read.page.kind is PageKind.NEWS_LIST and seen.link in own


def _miscounted(pages: list[Read]) -> tuple[Obstacle, str] | None:
    """Hold what was read against the site's own numbers of rows and of pages."""
    parts = [read.page.part for read in pages if read.page.part is not None]
    if not parts:
        return None
    rows = sum(len(read.page.rows) for read in pages)
    totals = {part.rows_total for part in parts if part.rows_total is not None}
    if len(totals) > 1 or (totals and rows != totals.copy().pop()):
        words = _("{rows} entries were read; the site counts {total}.")
        return Obstacle.INCOMPLETE, words.format(
            rows=rows, total=", ".join(map(str, sorted(totals)))
        )
    numbers = {part.number for part in parts}
    last = max((part.pages or 1) for part in parts)
    if numbers != set(range(1, last + 1)):
        words = _("{read} of {pages} pages of the list were read.")
        return Obstacle.INCOMPLETE, words.format(read=len(numbers), pages=last)
    return None


# --- an entry's own page ---------------------------------------------------------------------


def _own_page(wanted: Wanted, answering: Answering, asked: list[Asked]) -> Answered:
    """Ask the address of a card: as it is now, or as proof that it is gone."""
    words = {
        Purpose.CARD: _("card of an entry that may be about a sought person"),
        Purpose.LOOK_UP: _("an entry that is no longer in its list, under its own address"),
    }[wanted.purpose]
    request = Request(wanted.link, purpose=words)
    read = answering.read(request)
    row = read.asked(request, wanted.purpose, f"{CARD}{host_of(wanted.link)}")
    asked.append(row)
    page = read.page
    if page.obstacle is Obstacle.GONE:
        return Answered(wanted, row, gone=True)
    if not _usable(page) or len(page.rows) != 1:
        return Answered(wanted, row)
    # It was asked under the address of this entry: it is this entry, whatever else it prints.
    entry = next(iter(_entries(read)))
    everybody = tuple(page.mentions)
    card = replace(entry, identity=wanted.identity, link=wanted.link, mentions=everybody)
    return Answered(wanted, row, entry=card)
