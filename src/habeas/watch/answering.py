"""Asks one request for the ledger: what the answer says, retries, the breaker, the hosts allowed.

Nothing here turns an obstacle into an answer: what could not be read is a page with an obstacle.
"""

import hashlib
from dataclasses import dataclass

from habeas.errors import EvidenceNotWritten, HabeasError, Retry
from habeas.fetch import Answer, Clock
from habeas.finding.capturing import page_of
from habeas.language import _
from habeas.sources.contract import Obstacle, Outcome, Page, PageKind, Request
from habeas.sources.registry import Source, host_of
from habeas.watch.breaker import Breaker
from habeas.watch.pulled import Asked, Purpose
from habeas.watch.routes import DIRECT, Asking

# Seconds before each further try in the same slot. An expired visit is begun anew at once; sites
# that are down often are back in a minute; an empty answer is not believed the first time.
_AGAIN_AFTER_S = {
    Obstacle.EXPIRED: (0.0,),
    Obstacle.DOWN: (20.0, 60.0),
    Obstacle.INCOMPLETE: (10.0, 30.0),
    Obstacle.UNREADABLE: (30.0,),
    Obstacle.UNCONFIRMED_EMPTY: (5.0,),
}

_ENDS_A_VISIT = frozenset({Obstacle.CAPTCHA, Obstacle.EXPIRED, Obstacle.BLOCKED})
"""Under a visit that was handed over these mean that it is over."""


@dataclass(frozen=True, slots=True)
class Read:
    """An answer as a page.

    Attributes:
        url: the address whose page it is; links are relative to it.
        record: path and record id of the capture, SHA-256 of the payload; empty if none came.
    """

    page: Page
    url: str
    record: dict[str, str]
    tries: int

    def asked(self, request: Request, purpose: Purpose, scope: str) -> Asked:
        """Return the row for the ledger."""
        page = self.page
        return Asked(
            request,
            purpose,
            scope,
            page.outcome,
            page.obstacle,
            page.explanation,
            rows=len(page.rows),
            counter=page.part.rows_total if page.part else None,
            tries=self.tries,
            path=self.record.get("path", ""),
            record=self.record.get("record", ""),
            sha256=self.record.get("sha256", ""),
            visit=self.record.get("visit", ""),
        )


class Answering:
    """Asks for one slot.

    Args:
        asking: by which the source is asked.
        route: its name: what one route meets says nothing of another.
        source: whose pages they are.
        breaker: shared by all slots.
        clock: to wait by.
        by_name: whether requests that carry a name may be sent.
    """

    def __init__(  # noqa: PLR0913 - each is a separate fact; all but two by name
        self,
        asking: Asking,
        source: Source,
        *,
        breaker: Breaker,
        clock: Clock,
        by_name: bool,
        route: str = DIRECT,
    ) -> None:
        self._asking = asking
        self._route = route
        self._source = source
        self._breaker = breaker
        self._clock = clock
        self._by_name = by_name

    def allowed(self, request: Request) -> bool:
        """Return whether a request stays with the source, and carries no name without leave."""
        return self._source.serves(host_of(request.url)) and (self._by_name or not request.by_name)

    def read(self, request: Request) -> Read:
        """Ask, again where that can help, and read the answer.

        What the adapter raises comes through: it is broken, and its slot ends.
        """
        read, retry = self._once(request, 1)
        first = read.page.obstacle
        pauses = _AGAIN_AFTER_S.get(first, ()) if first is not None else ()
        for tries, pause in enumerate(pauses, 2):
            if read.page.obstacle is None or retry is Retry.NEVER:
                break
            self._clock.sleep(pause)
            read, retry = self._once(request, tries)
        return read

    def _once(self, request: Request, tries: int) -> tuple[Read, Retry]:
        host = host_of(request.url)
        if not self.allowed(request):
            words = _("{host} is not asked as {source}.").format(host=host, source=self._source.id)
            return self._not_asked(Obstacle.BLOCKED, words, tries), Retry.NEVER
        left_alone = self._breaker.stands_open(self._way(host))
        if left_alone is not None:
            obstacle, seconds = left_alone
            words = _(
                "{host} failed many times in a row and is left alone for another {minutes} minutes."
            ).format(host=host, minutes=int(seconds // 60) + 1)
            return self._not_asked(obstacle, words, tries), Retry.NEVER
        try:
            answer = self._asking.ask(request, source=self._source)
        except EvidenceNotWritten as error:
            # An answer that cannot be recorded is not read: that is a slot not looked at.
            return self._not_asked(Obstacle.INCOMPLETE, str(error), tries), Retry.NEVER
        except HabeasError as error:
            return self._not_asked(Obstacle.BAD_QUERY, str(error), tries), Retry.NEVER
        return self._answered(request, answer, tries)

    def _answered(self, request: Request, answer: Answer, tries: int) -> tuple[Read, Retry]:
        # 404 of a card is an answer of a site that works.
        self._breaker.note(self._way(host_of(request.url)), answer.obstacle)
        page = page_of(answer, self._source)
        if answer.exchange.visit and page.obstacle in _ENDS_A_VISIT:
            self._asking.end_visit(host_of(answer.capture.url))
        retry = answer.retry if answer.obstacle is not None else Retry.LATER
        if answer.obstacle is Obstacle.GONE:
            page = self._as_adapter_says(answer, page)
        record = {
            "path": str(answer.record.path),
            "record": answer.record.record_id,
            "sha256": hashlib.sha256(answer.capture.body).hexdigest(),
            "visit": answer.exchange.visit,
        }
        return Read(self._within_bounds(page), answer.capture.url, record, tries), retry

    def _way(self, host: str) -> str:
        return host if self._route == DIRECT else f"{self._route} {host}"

    def _as_adapter_says(self, answer: Answer, page: Page) -> Page:
        """Let the adapter tell a card that is gone (404) from a list that was asked wrongly."""
        said = self._source.adapter.parse(answer.capture)
        return said if said.outcome is Outcome.COULD_NOT_LOOK else page

    def _within_bounds(self, page: Page) -> Page:
        """Refuse a page with fewer names than its source can have on a page of entries."""
        lowest = self._source.mentions[0]
        if page.outcome is not Outcome.FOUND or not page.rows or page.kind is PageKind.NEWS_LIST:
            return page
        if page.withheld or len(page.mentions) >= lowest:
            return page
        words = _("The page has {rows} entries and only {names} names.").format(
            rows=len(page.rows), names=len(page.mentions)
        )
        return _failed(page, Obstacle.LAYOUT_CHANGED, words)

    def _not_asked(self, obstacle: Obstacle, words: str, tries: int) -> Read:
        page = Page(
            source=self._source.id,
            kind=PageKind.UNKNOWN,
            outcome=Outcome.COULD_NOT_LOOK,
            obstacle=obstacle,
            explanation=words,
        )
        return Read(page, "", {}, tries)


def _failed(page: Page, obstacle: Obstacle, words: str) -> Page:
    return Page(
        source=page.source,
        kind=page.kind,
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=obstacle,
        explanation=words,
        facts=page.facts,
        mentions=page.mentions,
    )
