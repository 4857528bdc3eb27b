"""Compares the names of a page with one sought person and keeps those that may be the person."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from habeas.errors import NameTooLong, NothingToCompare
from habeas.finding.looked import STANDING, Hit, Looked, Why
from habeas.names import Comparison, Facts, Frequencies, Matcher, Sought, Verdict
from habeas.names.slots import longer_than_a_name
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
_PIECE = re.compile(r"[^\s,;]+")
# A name in running text has at most four words (Фамилия Имя Отчество + оглы); longer runs of
# capitalised words are several names, or a name after a title, and are read window by window.
_WINDOW = 4


Rows = Mapping[int, tuple[Mapping[str, Fact], str]]
"""Facts and link of each row, by its number."""


EVERY_SOURCE = "*"
"""Stands for all sources in learned counts."""


class Compares(Protocol):
    """Takes the mentions of pages and rows: a search, or whoever counts names."""

    def compares(self, mention: Mention) -> bool:
        """Return whether a mention is taken."""
        ...

    def hits(
        self, mentions: Sequence[Mention], rows: Rows, source: str = "", *, table: bool = False
    ) -> Iterator[Hit]:
        """Yield what is worth keeping of mentions that stand in these rows."""
        ...


class Screener:
    """Holds one sought person and compares mention after mention with them."""

    def __init__(
        self,
        sought: Sought,
        *,
        officials: bool = False,
        frequencies: Mapping[str, Frequencies] | None = None,
    ) -> None:
        """Prepare the spellings once.

        Args:
            sought: the person.
            officials: also compare judges, clerks and prosecutors.
            frequencies: learned counts by source; those under EVERY_SOURCE hold for all others,
                which go by the reviewed estimates if there are none.
        """
        self._learned = {
            source: Matcher(sought, frequencies=counts)
            for source, counts in (frequencies or {}).items()
        }
        self._matcher = self._learned.get(EVERY_SOURCE) or Matcher(sought)
        self._officials = officials

    def compares(self, mention: Mention) -> bool:
        """Return whether a mention is one that is compared: no official, unless asked for."""
        return self._officials or mention.capacity not in _SKIPPED

    def hits(
        self, mentions: Sequence[Mention], rows: Rows, source: str = "", *, table: bool = False
    ) -> Iterator[Hit]:
        """Yield the mentions that stand, or that cannot be told.

        Args:
            mentions: the names of a page, or of one row.
            rows: facts and link of their rows.
            source: the id of the page's source, for its learned counts.
            table: the rows are those of a table, so that the facts of a row with one name are
                that name's, whatever its role.
        """
        matcher = self._learned.get(source, self._matcher)
        taken = [mention for mention in mentions if self.compares(mention)]
        alone = Counter((one.row, _is_party(one)) for one in taken)
        for mention in taken:
            facts, link = rows.get(mention.row, ({}, ""))
            party = _is_party(mention)
            sure = alone[mention.row, party] == 1 and (
                party or (table and not alone[mention.row, True])
            )
            best = _best(matcher, mention, facts_of(facts, shared=not sure))
            if best is None or best[1].verdict is Verdict.DIFFERENT:
                continue
            yield _hit(mention, best[0], best[1], facts, link)


def _is_party(mention: Mention) -> bool:
    return mention.capacity is Capacity.PARTY


def _best(matcher: Matcher, mention: Mention, facts: Facts) -> tuple[str, Comparison] | None:
    """Return the strongest reading of a mention, and the words it was read from."""
    best: tuple[str, Comparison] | None = None
    for printed in _readings(mention):
        try:
            comparison = matcher.compare(printed, facts=facts)
        except (NothingToCompare, NameTooLong):
            continue
        if best is None or comparison.bits > best[1].bits:
            best = (printed, comparison)
    return best


_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")


def facts_of(facts: Mapping[str, Fact], *, shared: bool) -> Facts:
    """Return what a row says beside the name, by the standard terms of the field.

    Args:
        facts: the row's facts: `birth_year`, `citizenship`, `place`, `gender`, `relatives`.
        shared: more than one name stands in the row, so that it is not sure whose they are.
    """
    year = _YEAR.search(str(facts.get("birth_year", "")))
    relatives = facts.get("relatives", ())
    return Facts(
        birth_year=int(year.group()) if year else None,
        place=_text(facts.get("place")),
        citizenship=_text(facts.get("citizenship")),
        gender=_GENDER.get(_text(facts.get("gender")).strip().lower(), ""),
        relatives=(
            (relatives,)
            if isinstance(relatives, str) and relatives
            else tuple(one for one in relatives if isinstance(one, str))
            if isinstance(relatives, Sequence)
            else ()
        ),
        shared=shared,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


# As tables print it, in full or by a letter: English, Russian, Tajik, Uzbek.
_GENDER = dict.fromkeys(("m", "male", "м", "муж", "муж.", "мужской", "мард", "erkak"), "m")
_GENDER |= dict.fromkeys(("f", "female", "ж", "жен", "жен.", "женский", "зан", "ayol"), "f")


def _readings(mention: Mention) -> Iterator[str]:
    """Yield what to compare: the mention as printed or, for long runs of words, its windows."""
    words = _WORD.findall(mention.printed)
    if mention.capacity is not Capacity.NAMED or len(words) <= _WINDOW:
        yield mention.printed
        if not longer_than_a_name(mention.printed):
            return
        # A cell with many names: `compare` reads the first words of a name only.
        words = _PIECE.findall(mention.printed)
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
        among=comparison.among,
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


def looked_at(page: Page, capture: Capture, screener: Compares) -> Looked:
    """Compare every name of a page and return what looking at it came to.

    The outcome is the search's, not the page's: `found` needs a hit that stands; a page on which
    nobody stands is `not_found` only if it was read whole and hides no name.
    """
    rows = {row.number: (row.facts, row.link) for row in page.rows}
    table = page.kind is PageKind.TABLE
    kept, more = strongest(screener.hits(page.mentions, rows, page.source, table=table))
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

    A hit in no row (the running text around a table) is left out beside any row's, and so are the
    readings of one name in running text: "Выдумов Ойбодом" beside "Выдумов Ойбодом Амонович".
    """
    kept: list[Hit] = []
    for hit in hits:
        longer = any(
            hit.printed in other.printed
            and hit.row in {0, other.row}
            and (hit.where != other.where or (not hit.row and hit.printed != other.printed))
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
