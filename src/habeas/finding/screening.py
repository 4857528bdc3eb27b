"""Compares the names of a page with one sought person and keeps those that may be the person."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from habeas.errors import NameTooLong, NothingToCompare
from habeas.finding.looked import STANDING, Hit, Looked, Why
from habeas.names import Comparison, Matcher, Sought, Verdict
from habeas.sources.contract import (
    Capacity,
    Capture,
    Fact,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
)

KEEP_AT_MOST = 1000
"""Hits kept of one place; the weakest beyond that are counted, not kept, so that memory is flat."""

_SKIPPED = frozenset({Capacity.OFFICIAL, Capacity.ORGANISATION})
_WORD = re.compile(r"\S+")
# A name in running text has at most four words (Фамилия Имя Отчество + оглы); longer runs of
# capitalised words are several names, or a name after a title, and are read window by window.
_WINDOW = 4


class Screener:
    """Holds one sought person and compares mention after mention with them."""

    def __init__(self, sought: Sought, *, officials: bool = False) -> None:
        """Prepare the spellings once. `officials` also compares judges, clerks and prosecutors."""
        self._matcher = Matcher(sought)
        self._officials = officials

    def compares(self, mention: Mention) -> bool:
        """Return whether a mention is one that is compared: no official, unless asked for."""
        return self._officials or mention.capacity not in _SKIPPED

    def hits(
        self, mentions: Iterable[Mention], rows: Mapping[int, tuple[Mapping[str, Fact], str]]
    ) -> Iterator[Hit]:
        """Yield the mentions that stand, or that cannot be told; `rows` gives facts and link."""
        for mention in mentions:
            if not self.compares(mention):
                continue
            best = self._best(mention)
            if best is None or best[1].verdict is Verdict.DIFFERENT:
                continue
            if best[1].verdict is Verdict.CANNOT_TELL and _is_any_word(mention):
                continue
            facts, link = rows.get(mention.row, ({}, ""))
            yield _hit(mention, best[0], best[1], facts, link)

    def _best(self, mention: Mention) -> tuple[str, Comparison] | None:
        """Return the strongest reading of a mention, and the words it was read from."""
        best: tuple[str, Comparison] | None = None
        for printed in _readings(mention):
            try:
                comparison = self._matcher.compare(printed)
            except (NothingToCompare, NameTooLong):
                continue
            if best is None or comparison.bits > best[1].bits:
                best = (printed, comparison)
        return best


def _is_any_word(mention: Mention) -> bool:
    """Return whether it is one capitalised word of a text: too little, and not worth listing."""
    return mention.capacity is Capacity.NAMED and len(mention.printed.split()) == 1


def _readings(mention: Mention) -> Iterator[str]:
    """Yield what to compare: the mention as printed or, for long runs of words, its windows."""
    words = _WORD.findall(mention.printed)
    if mention.capacity is not Capacity.NAMED or len(words) <= _WINDOW:
        yield mention.printed
        return
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + _WINDOW, len(words)) + 1):
            yield " ".join(words[start:end])


def _hit(
    mention: Mention, printed: str, comparison: Comparison, facts: Mapping[str, Fact], link: str
) -> Hit:
    return Hit(
        printed=printed,
        verdict=comparison.verdict,
        bits=round(comparison.bits, 2),
        namesakes=comparison.namesakes,
        reasons=tuple(
            Why(r.part, r.rule, r.sought, r.printed, round(r.bits, 2), r.sentence())
            for r in comparison.reasons
        ),
        role=mention.role,
        capacity=str(mention.capacity),
        row=mention.row,
        where=mention.where,
        facts=facts,
        link=link,
    )


def looked_at(page: Page, capture: Capture, screener: Screener) -> Looked:
    """Compare every name of a page and return what looking at it came to.

    The outcome is the search's, not the page's: `found` needs a hit that stands; a page on which
    nobody stands is `not_found` only if it was read whole and hides no name.
    """
    rows = {row.number: (row.facts, row.link) for row in page.rows}
    kept, more = strongest(screener.hits(page.mentions, rows))
    kept = _without_fragments(kept)
    outcome, obstacle = outcome_of(page, any(hit.verdict in STANDING for hit in kept))
    return Looked(
        place=capture.place,
        outcome=outcome,
        obstacle=obstacle,
        explanation=page.explanation,
        source=page.source,
        kind=page.kind,
        url=capture.url,
        captured_at=capture.captured_at.isoformat() if capture.captured_at else "",
        sha256=hashlib.sha256(capture.body).hexdigest(),
        title=page.title,
        court=page.court,
        part=page.part,
        withheld=page.withheld,
        rows=len(page.rows),
        names=sum(screener.compares(mention) for mention in page.mentions),
        hits=tuple(pointed_at(hit, capture) for hit in kept),
        more=more,
        remarks=page.remarks,
    )


def outcome_of(page: Page, stands: bool) -> tuple[Outcome, Obstacle | None]:  # noqa: FBT001 - the two inputs of a truth table
    """Return the outcome of a search on one page, from the page's own outcome.

    Somebody found on half a page is found; the obstacle stays beside it, for the other half.
    """
    if stands:
        return Outcome.FOUND, page.obstacle
    if page.outcome is Outcome.COULD_NOT_LOOK:
        return page.outcome, page.obstacle
    if page.withheld and not page.mentions:
        return Outcome.COULD_NOT_LOOK, Obstacle.WITHHELD
    if page.kind is PageKind.NEWS_LIST:
        # Titles rarely name anybody; the names stand in the articles, which are other pages.
        return Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE
    if any("\ufffd" in mention.printed for mention in page.mentions):
        # A name with a lost letter may be the sought one.
        return Outcome.COULD_NOT_LOOK, Obstacle.ENCODING
    return Outcome.NOT_FOUND, None


def strongest(hits: Iterable[Hit]) -> tuple[tuple[Hit, ...], int]:
    """Return the strongest hits, strongest first, and how many more there were."""
    kept: list[Hit] = []
    seen = 0
    for hit in hits:
        seen += 1
        kept.append(hit)
        if len(kept) > 2 * KEEP_AT_MOST:
            kept = sorted(kept, key=_order)[:KEEP_AT_MOST]
    kept = sorted(kept, key=_order)[:KEEP_AT_MOST]
    return tuple(kept), seen - len(kept)


def _without_fragments(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Leave out hits that are a part of a stronger one in the same row: one name is one hit.

    A hit in no row (the running text around a table) is left out beside any row's.
    """
    kept: list[Hit] = []
    for hit in hits:
        longer = any(
            hit.printed in other.printed and hit.row in {0, other.row} and hit.where != other.where
            for other in kept
        )
        if not longer:
            kept.append(hit)
    return tuple(kept)


def _order(hit: Hit) -> tuple[bool, float, int]:
    return (hit.verdict not in STANDING, -hit.bits, hit.row)


def pointed_at(hit: Hit, capture: Capture) -> Hit:
    """Return the hit with the place of its name in the bytes, if it stands there exactly once."""
    try:
        needle = hit.printed.encode(capture.decoded.used)
    except (UnicodeEncodeError, LookupError):
        return hit
    first = capture.body.find(needle)
    if first < 0 or capture.body.find(needle, first + 1) >= 0:
        return hit
    span = (first, first + len(needle))
    return Hit(**{name: getattr(hit, name) for name in Hit.__slots__} | {"span": span})
