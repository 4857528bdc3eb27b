"""Adds up what a search came to: one outcome, and what completeness it rests on.

A page of a longer list proves nothing about the rest of that list. Pages are put together by
their `Part.listing`; a listing of which pages are missing is an obstacle of its own.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from habeas.errors import Exit
from habeas.finding.looked import STANDING, Hit, Looked
from habeas.names import Verdict
from habeas.sources.contract import Obstacle, Outcome


@dataclass(slots=True)
class Listing:
    """One list that a site spreads over pages, as far as it was seen."""

    source: str
    court: str
    pages: int | None = None
    rows_total: int | None = None
    seen: dict[int, int] = field(default_factory=dict)

    def missing(self) -> str:
        """Return what is missing, as the site counts ("pages 2, 3"), or '' where all was seen."""
        if self.pages is not None:
            gaps = [str(number) for number in range(1, self.pages + 1) if number not in self.seen]
            if gaps:
                return ", ".join(gaps[:20]) + (" …" if len(gaps) > 20 else "")
        elif self.seen and set(self.seen) != set(range(1, max(self.seen) + 1)):
            gaps = [str(n) for n in range(1, max(self.seen)) if n not in self.seen]
            return ", ".join(gaps[:20])
        rows = sum(self.seen.values())
        if self.rows_total is not None and rows < self.rows_total:
            return f"{rows} / {self.rows_total}"
        return ""


@dataclass(slots=True)
class Report:
    """A running total; `add` every result, then read the outcome.

    Attributes:
        looked: captures that could be looked at.
        obstacles: captures that could not, counted by obstacle.
        names: printed names that were compared.
        standing: hits by verdict that are worth a person's time.
        undecided: hits of which the names alone cannot tell.
        withheld: entries whose names the sites themselves hide.
    """

    looked: int = 0
    names: int = 0
    withheld: int = 0
    undecided: int = 0
    standing: Counter[Verdict] = field(default_factory=Counter)
    obstacles: Counter[Obstacle] = field(default_factory=Counter)
    listings: dict[tuple[str, str], Listing] = field(default_factory=dict)

    def add(self, looked: Looked) -> None:
        """Count one result."""
        self.names += looked.names
        self.withheld += looked.withheld
        for hit in looked.hits:
            if hit.verdict in STANDING:
                self.standing[hit.verdict] += 1
            else:
                self.undecided += 1
        self.undecided += looked.more
        if looked.obstacle is not None:
            self.obstacles[looked.obstacle] += 1
        else:
            self.looked += 1
        self._place_in_listing(looked)

    def _place_in_listing(self, looked: Looked) -> None:
        part = looked.part
        if part is None:
            return
        listing = self.listings.setdefault(
            (looked.source, part.listing), Listing(looked.source, looked.court)
        )
        listing.pages = part.pages if part.pages is not None else listing.pages
        listing.rows_total = part.rows_total if part.rows_total is not None else listing.rows_total
        # A page that could not be read whole stays a gap; a whole copy of it closes the gap.
        if looked.obstacle is None:
            listing.seen[part.number] = looked.rows

    def incomplete(self) -> tuple[Listing, ...]:
        """Return the listings of which something is missing."""
        return tuple(listing for listing in self.listings.values() if listing.missing())

    @property
    def outcome(self) -> Outcome:
        """Found, or looked everywhere and not found, or anything else: could not look."""
        if self.standing.total():
            return Outcome.FOUND
        if not self.looked or self.obstacles.total() or self.incomplete():
            return Outcome.COULD_NOT_LOOK
        return Outcome.NOT_FOUND

    @property
    def exit_code(self) -> Exit:
        """The exit code of a search that came to this."""
        return {
            Outcome.FOUND: Exit.DONE,
            Outcome.NOT_FOUND: Exit.NOT_FOUND,
            Outcome.COULD_NOT_LOOK: Exit.COULD_NOT_LOOK,
        }[self.outcome]

    def as_json(self) -> Mapping[str, object]:
        """Return the summary as plain values."""
        return {
            "type": "summary",
            "outcome": self.outcome,
            "exit_code": int(self.exit_code),
            "looked": self.looked,
            "could_not_look": dict(self.obstacles),
            "incomplete_lists": [
                {"source": one.source, "court": one.court, "missing": one.missing()}
                for one in self.incomplete()
            ],
            "names_compared": self.names,
            "matches": dict(self.standing),
            "undecided": self.undecided,
            "withheld": self.withheld,
        }


def best_first(hits: list[tuple[Looked, Hit]]) -> list[tuple[Looked, Hit]]:
    """Return hits with their places, standing ones first, strongest first."""
    return sorted(hits, key=lambda pair: (pair[1].verdict not in STANDING, -pair[1].bits))
