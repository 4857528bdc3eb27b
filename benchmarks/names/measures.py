"""Measures: recall at one threshold for all forms, at each form's own, AUC, reliability."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2, nan
from typing import NamedTuple

SHARES = (0.001, 0.01)
"""Shares of negatives that may pass."""
SMALL_SETS_MAY_PASS = 1
BIN_BITS = 3.0
LOWEST_BIN = -9.0


class Judged(NamedTuple):
    """A pair as far as the measures need it."""

    form: str
    group: str
    kind: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one form, one group, or of everything.

    Attributes:
        positives: pairs of one person.
        negatives: pairs of two.
        one: recall at the threshold that lets SHARES of all negatives pass.
        own: recall at the threshold that lets SHARES of these negatives pass.
        auc: chance that a random positive scores above a random negative; ties count half.
        passing: share of these negatives above the thresholds of `one`.
    """

    positives: int
    negatives: int
    one: tuple[float, ...]
    own: tuple[float, ...]
    auc: float
    passing: tuple[float, ...]


def threshold(ascending: Sequence[float], allowed: int) -> float:
    """Return the lowest threshold that at most `allowed` of the scores exceed."""
    place = len(ascending) - 1 - allowed
    return ascending[place] if place >= 0 else float("-inf")


def above(ascending: Sequence[float], limit: float) -> float:
    """Return the share of the scores that exceed `limit`."""
    if not ascending:
        return nan
    return (len(ascending) - bisect_right(ascending, limit)) / len(ascending)


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Return the chance that a random positive scores above a random negative."""
    if not positives or not negatives:
        return nan
    wins = sum(bisect_left(negatives, p) + bisect_right(negatives, p) for p in positives)
    return wins / (2 * len(positives) * len(negatives))


def thresholds(pairs: Sequence[Judged], scores: Sequence[float]) -> tuple[float, ...]:
    """Return the thresholds that let SHARES of all negatives pass."""
    negatives = sorted(s for pair, s in zip(pairs, scores, strict=True) if not pair.same)
    return tuple(threshold(negatives, int(share * len(negatives))) for share in SHARES)


def table(
    pairs: Sequence[Judged], scores: Sequence[float], key: Callable[[Judged], str]
) -> dict[str, Row]:
    """Return the measures for each value of `key`, at the thresholds of all pairs together."""
    limits = thresholds(pairs, scores)
    parts: dict[str, tuple[list[float], list[float]]] = {}
    for pair, score in zip(pairs, scores, strict=True):
        parts.setdefault(key(pair), ([], []))[not pair.same].append(score)
    return {name: _row(sorted(p), sorted(n), limits) for name, (p, n) in parts.items()}


def _row(positives: list[float], negatives: list[float], limits: tuple[float, ...]) -> Row:
    own = tuple(
        above(positives, threshold(negatives, int(share * len(negatives)))) for share in SHARES
    )
    return Row(
        len(positives),
        len(negatives),
        tuple(above(positives, limit) for limit in limits),
        own,
        auc(positives, negatives),
        tuple(above(negatives, limit) for limit in limits),
    )


def small_recall(pairs: Sequence[Judged], scores: Sequence[float]) -> float:
    """Return the recall of a small set with at most one false positive."""
    positives = sorted(s for pair, s in zip(pairs, scores, strict=True) if pair.same)
    negatives = sorted(s for pair, s in zip(pairs, scores, strict=True) if not pair.same)
    return above(positives, threshold(negatives, SMALL_SETS_MAY_PASS))


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose score lies in a range of bits.

    Attributes:
        low: from this score on.
        same: pairs of one person.
        different: pairs of two.
        measured: bits that the score is worth by these pairs (log2 of the likelihood ratio).
    """

    low: float
    same: int
    different: int
    measured: float

    @property
    def share(self) -> float:
        """Share of pairs of one person."""
        return self.same / max(self.same + self.different, 1)


def reliability(
    pairs: Sequence[Judged], scores: Sequence[float], width: float = BIN_BITS
) -> list[Bin]:
    """Return bins of the score; half a pair is added to each count for the logarithm.

    Everything below LOWEST_BIN is in the first one.
    """
    counts: dict[int, list[int]] = {}
    for pair, score in zip(pairs, scores, strict=True):
        place = int(max(score, LOWEST_BIN - width) // width)
        counts.setdefault(place, [0, 0])[not pair.same] += 1
    all_same = sum(pair.same for pair in pairs)
    all_other = len(pairs) - all_same
    return [
        Bin(place * width, same, other,
            log2((same + 0.5) / (all_same + 1)) - log2((other + 0.5) / (all_other + 1)))
        for place, (same, other) in sorted(counts.items())
    ]  # fmt: skip


def verdicts(pairs: Sequence[Judged], given: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return how many pairs of one person, and of two, each verdict was given to."""
    found: dict[str, list[int]] = {}
    for pair, verdict in zip(pairs, given, strict=True):
        found.setdefault(verdict, [0, 0])[not pair.same] += 1
    return {name: (same, other) for name, (same, other) in found.items()}
