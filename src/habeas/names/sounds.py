"""How surprising it is that two runs of sounds were written for one name, in bits.

A weighted edit distance: confusions that writers make (о and а, ҳ and г, ж and дж) are cheap,
ordinary typing errors are dear. The prices are in `sound_costs.tsv`.
"""

from functools import cache, lru_cache

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


def apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether all coarse forms are too far apart for one name."""
    for a in one:
        for b in other:
            edits = MOST_EDITS if len(a) + len(b) >= LONG else 1
            if OSA.distance(a, b, score_cutoff=edits) <= edits:
                return False
    return True


@lru_cache(maxsize=1 << 17)
def _weighted(one: str, other: str, limit: float) -> float:
    costs = _costs()
    gone = [costs.get("-" + sound, TYPING_ERROR) for sound in other]
    before: list[float] = []
    row = [0.0]
    for price in gone:
        row.append(row[-1] + price + (0.0 if row[1:] or other[0] == "H" else FIRST_SOUND))
    last = ""
    for i, sound in enumerate(one):
        away = costs.get("-" + sound, TYPING_ERROR)
        new = [row[0] + away + (0.0 if i or sound == "H" else FIRST_SOUND)]
        for j, target in enumerate(other):
            if sound == target:
                best = row[j]
            else:
                best = row[j] + costs.get(sound + target, TYPING_ERROR)
                if i == 0 and j == 0:
                    best += FIRST_SOUND
            best = min(best, row[j + 1] + away, new[j] + gone[j])
            if i and j and sound == other[j - 1] and last == target and sound != last:
                best = min(best, before[j - 1] + SWAPPED)
            new.append(best)
        if min(new) > limit:
            return NEVER
        before, row, last = row, new, sound
    return row[-1] if row[-1] <= limit else NEVER


def one_letter(one: str, other: str) -> bool:
    """Whether two words in plain sounds differ by one typing error."""
    return (
        min(len(one), len(other)) > 3
        and one[0] == other[0]
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
