"""How surprising it is that two runs of sounds were written for one name, in bits.

A weighted edit distance: confusions that writers make (о and а, ҳ and г, ж and дж) are cheap,
ordinary typing errors are dear. The prices are in `sound_costs.tsv`.
"""

from functools import cache, lru_cache
from math import ceil, floor
from typing import NamedTuple

from rapidfuzz.distance import OSA

from habeas.names.romanise import Sound
from habeas.names.tables_io import rows

TYPING_ERROR = 5.5
"""Bits for a sound that became any other sound, or came or went: about one error in forty-five."""
SWAPPED = 4.5
"""Bits for two neighbouring sounds that changed places."""
FIRST_SOUND = 1.5
"""Extra bits when the first sound differs: writers seldom miss the first letter."""
NEVER = 99.0
MOST_EDITS = 2
CHEAP = 3.2
"""Most bits of a difference that needs no typing error to explain it."""
LONG = 11
"""Sounds of both words together; in shorter ones a single such difference is the most."""
"""Differences beyond the cheap confusions; with more, two words are not one name."""

_COARSE = str.maketrans("oAOeEuSzZ124Jc3CfdgkHb", "aaaeeassssssssssvtxxxp")
_VOWELS = frozenset("aeiouAEO")


@cache
def _costs() -> dict[str, float]:
    found: dict[str, float] = {}
    for one, other, bits in rows("sound_costs", ("one", "other", "bits")):
        found[one + other] = found[other + one] = float(bits)
    return found


@lru_cache(maxsize=1 << 16)
def coarse(sounds: str) -> str:
    """Return sounds in classes so wide that cheap confusions fall together."""
    return sounds.translate(_COARSE)


def near(one: tuple[Sound, ...], other: tuple[Sound, ...], limit: float) -> float:
    """Return the least distance of two readings, prices added; NEVER if over `limit`."""
    best = NEVER
    for first, price in one:
        for second, other_price in other:
            extra = price + other_price
            if first == second:
                best = min(best, extra)
            elif extra < min(best, limit):
                best = min(best, distance(first, second, min(best, limit) - extra) + extra)
    return best if best <= limit else NEVER


def distance(one: str, other: str, limit: float) -> float:
    """Return the distance of two runs of sounds in bits, or NEVER if it exceeds `limit`."""
    if one == other:
        return 0.0
    if abs(len(one) - len(other)) > MOST_EDITS:
        return NEVER
    edits = MOST_EDITS if len(one) + len(other) >= LONG else 1
    gap = OSA.distance(coarse(one), coarse(other), score_cutoff=edits)
    if gap > edits:
        return NEVER
    # Two such differences are never one typing error: only cheap ones count.
    return _weighted(one, other, limit if gap < MOST_EDITS else min(limit, CHEAP))


class Spread(NamedTuple):
    """Coarse sounds that one word may stand for.

    Attributes:
        texts: the runs of sounds.
        some: letters (`letters_of`) that any of them holds.
        every: letters that all of them hold.
        shortest: sounds of the shortest.
        longest: sounds of the longest.
    """

    texts: tuple[str, ...]
    some: int
    every: int
    shortest: int
    longest: int


@lru_cache(maxsize=1 << 16)
def letters_of(text: str) -> int:
    """Return the letters of a text as 64 bits: 32 for those there once, 32 for those there twice.

    Letters may share a bit. An edit takes away one letter at most, and brings in one at most.
    """
    once = twice = 0
    for letter in text:
        bit = 1 << (ord(letter) & 31)
        twice |= once & bit
        once |= bit
    return once | twice << 32


def spread_of(texts: tuple[str, ...]) -> Spread:
    """Return the spread of some runs of coarse sounds."""
    some, every = 0, -1
    for text in texts:
        letters = letters_of(text)
        some |= letters
        every &= letters
    lengths = [len(text) for text in texts] or [0]
    return Spread(texts, some, every, min(lengths), max(lengths))


def apart(one: Spread, other: Spread) -> bool:
    """Whether all coarse sounds are too far apart for one name.

    An edit brings in one new letter at most: what every run of one word holds, and no run of the
    other, must be few letters.
    """
    texts, some, every, shortest, longest = one
    others, other_some, other_every, other_shortest, other_longest = other
    most = MOST_EDITS if longest + other_longest >= LONG else 1
    if (
        (every & ~other_some).bit_count() > most
        or (other_every & ~some).bit_count() > most
        or shortest - other_longest > most
        or other_shortest - longest > most
    ):
        return True
    for a in texts:
        for b in others:
            edits = MOST_EDITS if len(a) + len(b) >= LONG else 1
            if a == b or OSA.distance(a, b, score_cutoff=edits) <= edits:
                return False
    return True


@cache
def _least_gone() -> float:
    """Return the least price of a sound that came or went."""
    return min(price for pair, price in _costs().items() if "-" in pair)


@lru_cache(maxsize=1 << 17)
def _weighted(one: str, other: str, limit: float) -> float:
    """Return the least price of edits that make one run of sounds the other, if within `limit`.

    Only the cells near the diagonal are worked out: each step away from it is a sound that came
    or went, and so is each step back to the corner.
    """
    longer = len(other) - len(one)
    if not one or not other:
        price = _edge(one or other, abs(longer))[-1] if longer else 0.0
        return price if price <= limit else NEVER
    if not longer:
        price = _in_place(one, other)
        if price <= 2 * _least_gone():  # no way that leaves the diagonal is cheaper
            return price if price <= limit else NEVER
    steps = limit / _least_gone()
    band = range(ceil((longer - steps) / 2), floor((longer + steps) / 2) + 1)
    gone = _gone(other)
    column = _edge(one, -band.start)
    before = _edge(other, band.stop - 1)
    row = _next_row(
        [FIRST_SOUND if one[0] != other[0] else 0.0, *before[1:]], [], ("", one[0]), other, gone,
        column[1], band,
    )  # fmt: skip
    for i in range(1, len(one)):
        if min(row) > limit:
            return NEVER
        within = range(band.start + i, band.stop + i)
        pair = one[i - 1], one[i]
        before, row = row, _next_row(row, before, pair, other, gone, column[i + 1], within)
    return row[-1] if row[-1] <= limit else NEVER


def _next_row(  # noqa: PLR0913, PLR0917 - the state of a loop
    row: list[float],
    before: list[float],
    pair: tuple[str, str],
    other: str,
    gone: list[float],
    left: float,
    band: range,
) -> list[float]:
    """Return the row of prices of one more sound.

    Args:
        row: the prices of the sounds so far against each beginning of `other`.
        before: the row before that one.
        pair: the last sound and the new one.
        other: the other run of sounds.
        gone: what each of its sounds costs that came or went.
        left: the price of the empty beginning of `other`.
        band: the cells that are worked out; the others are NEVER.
    """
    costs = _costs()
    last, sound = pair
    away = costs.get("-" + sound, TYPING_ERROR)
    new = [NEVER] * len(row)
    new[0] = left
    if band.start > 0:
        left = NEVER
    for j in range(max(0, band.start), min(len(other), band.stop)):
        target = other[j]
        best = row[j] if sound == target else row[j] + costs.get(sound + target, TYPING_ERROR)
        price = row[j + 1] + away
        best = min(best, price)
        left += gone[j]
        best = min(best, left)
        if last == target and j and sound == other[j - 1] and sound != last:
            price = before[j - 1] + SWAPPED
            best = min(best, price)
        new[j + 1] = left = best
    return new


def _in_place(one: str, other: str) -> float:
    """Return what it costs to change sounds one by one, none coming, going or changing places."""
    costs = _costs()
    total = 0.0
    if one[0] != other[0]:
        total = costs.get(one[0] + other[0], TYPING_ERROR) + FIRST_SOUND
    for sound, target in zip(one[1:], other[1:], strict=True):
        if sound != target:
            total += costs.get(sound + target, TYPING_ERROR)
    return total


@lru_cache(maxsize=1 << 14)
def _gone(sounds: str) -> list[float]:
    costs = _costs()
    return [costs.get("-" + sound, TYPING_ERROR) for sound in sounds]


def _edge(sounds: str, most: int) -> list[float]:
    """Return what it costs that only the first sounds of a run are there, and nothing against them.

    Beyond `most` sounds it is NEVER.
    """
    row = [NEVER] * (len(sounds) + 1)
    row[0] = total = 0.0
    for j, price in enumerate(_gone(sounds)[: max(most, 0)]):
        total += price + (0.0 if j or sounds[0] == "H" else FIRST_SOUND)
        row[j + 1] = total
    return row


def one_letter(one: str, other: str) -> bool:
    """Whether two words in plain sounds differ by one typing error."""
    return (
        one[:1] == other[:1]
        and -1 <= len(one) - len(other) <= 1
        and min(len(one), len(other)) > 3
        and OSA.distance(one, other, score_cutoff=1) <= 1
    )


def one_error(one: tuple[Sound, ...], other: tuple[Sound, ...]) -> bool:
    """Whether some readings differ by at most one sound that came, went, changed or swapped."""
    return any(
        OSA.distance(coarse(a), coarse(b), score_cutoff=1) <= 1 for a, _ in one for b, _ in other
    )


def skeleton(sounds: str) -> str:
    """Return the consonants of `sounds`; Persian script writes few vowels."""
    return "".join(sound for sound in sounds if sound not in _VOWELS)
