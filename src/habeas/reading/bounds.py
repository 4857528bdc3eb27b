"""What a wording says about a number: bounds, never more. Counts are kept apart by unit.

The rules are those of the reference on counts: "at least N" is [N, …), "more than N" is [N+1, …),
"about N" has no bounds and is shown with its wording, "dozens" are words only, and a bare N is the
number if the speaker claims a count. Nothing is ever made harder than its wording, and sources are
never averaged.
"""

from dataclasses import dataclass
from enum import StrEnum


class Hedge(StrEnum):
    """How a wording holds its number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    UP_TO = "up_to"
    LESS_THAN = "less_than"
    RANGE = "range"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many, as far as a wording says.

    Attributes:
        hedge: how the wording holds its number.
        low: at least so many; None where the wording gives no lower bound.
        high: at most so many; None where it gives no upper bound.
        number: the number as written, None for words only and for ranges. It bounds nothing by
            itself: "about 120" has the number 120 and no bounds.
        words: the vague word ("dozens"), empty where a number is written.
    """

    hedge: Hedge
    low: int | None = None
    high: int | None = None
    number: int | None = None
    words: str = ""

    @classmethod
    def of(cls, hedge: Hedge, number: int) -> "Bounds":
        """Return the bounds of one number under one hedge (not RANGE or WORDS)."""
        low, high = {
            Hedge.EXACT: (number, number),
            Hedge.AT_LEAST: (number, None),
            Hedge.MORE_THAN: (number + 1, None),
            Hedge.UP_TO: (None, number),
            Hedge.LESS_THAN: (None, max(number - 1, 0)),
            Hedge.ABOUT: (None, None),
        }[hedge]
        return cls(hedge, low, high, number)

    @classmethod
    def between(cls, low: int, high: int) -> "Bounds":
        """Return the bounds of "between 80 and 100"; the ends may be given in any order."""
        return cls(Hedge.RANGE, min(low, high), max(low, high))

    @classmethod
    def in_words(cls, words: str) -> "Bounds":
        """Return a size that is told in words only; it has no bounds."""
        return cls(Hedge.WORDS, words=words)

    @property
    def known(self) -> bool:
        """Whether there is any bound."""
        return self.low is not None or self.high is not None

    @property
    def shown(self) -> str:
        """The bounds as they are printed: "≥ 120", "= 61", "~ 120", "60–70", "dozens"."""
        if self.hedge is Hedge.WORDS:
            return self.words
        if self.hedge is Hedge.ABOUT:
            return f"~ {self.number}"
        if self.low is not None and self.low == self.high:
            return f"= {self.low}"
        if self.low is not None and self.high is not None:
            return f"{self.low}–{self.high}"
        return f"≥ {self.low}" if self.low is not None else f"≤ {self.high}"

    def within(self, other: "Bounds") -> bool | None:
        """Return whether a part can lie within a total; None where the wordings do not tell."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return False
        if self.high is not None and other.low is not None and self.high <= other.low:
            return True
        return None

    def agrees(self, other: "Bounds") -> bool | None:
        """Return whether both can be true of the same thing; None where the wordings do not tell.

        Two wordings disagree only if no number satisfies both.
        """
        if not (self.known and other.known):
            return None
        low = max((end for end in (self.low, other.low) if end is not None), default=0)
        ends = [end for end in (self.high, other.high) if end is not None]
        return low <= min(ends) if ends else True


def together(parts: "list[Bounds]") -> Bounds | None:
    """Return the bounds of a sum of parts that have no person in common; None without parts.

    The lower bounds add up, a part without one adds nothing; an upper bound exists only if every
    part has one.
    """
    if not parts:
        return None
    low = sum(part.low or 0 for part in parts)
    high = None
    if all(part.high is not None for part in parts):
        high = sum(part.high or 0 for part in parts)
    if high is not None and low == high:
        return Bounds(Hedge.EXACT, low, high, low)
    if high is not None:
        return Bounds(Hedge.RANGE, low, high)
    return Bounds(Hedge.AT_LEAST, low, None, low)
