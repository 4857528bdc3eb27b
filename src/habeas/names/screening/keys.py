"""Keys of runs of sounds, and how far two runs are apart.

Two runs of sounds can be one name (`sounds.distance`) only if

- their coarse sounds are at most one edit apart: then what is left of both is the same when at
  most one sound is taken out of each; or
- their weighted distance is at most CHEAP. Each step of it that leads from one class of sounds to
  another takes at most one sound out of each, and costs at least the least price at which that
  sound ever leaves its class. So what is left of both is the same when sounds are taken out whose
  least prices add up to no more than CHEAP.

The classes are the coarse sounds with all vowels as one. All runs that are left in these two ways
are kept as hashed keys; what shares a key is measured before it counts as near.
"""

import numpy as np

from habeas.names.screening.compiled import Array, Record, compiled
from habeas.names.screening.desk import MOST_KEYS
from habeas.names.screening.measures import GONE, NEVER, TOO_LONG

_H = 72


@compiled
def mixed(value: np.uint64) -> np.uint64:
    """Return a 64-bit value with its bits well spread."""
    value ^= value >> np.uint64(32)
    value *= np.uint64(0xD6E8FEB86659FD93)
    return value ^ (value >> np.uint64(29))


@compiled
def keys_of(sounds: Array, start: int, size: int, desk: Record) -> int:
    """Write the keys of a run into `desk.keys`; return how many, -1 if there are too many.

    A key is a polynomial of the classes that are left, so that taking one out is one step. Those
    come first that lead to runs within CHEAP, `desk.cheap_keys` of them, then those that only lead
    to runs within one edit.
    """
    _begin(sounds, start, size, desk)
    desk.keys[0] = mixed(desk.after[0])
    count = _single_keys(size, False, desk, 1)
    count = _pairs_of_keys(size, desk, count)
    desk.cheap_keys[0] = count
    count = _single_keys(size, True, desk, count)
    return count if count < MOST_KEYS else -1


@compiled
def _begin(sounds: Array, start: int, size: int, desk: Record) -> None:
    """Work out the polynomials of all beginnings and ends of a run."""
    desk.before[0] = desk.after[size] = 0
    for place in range(size):
        desk.left[place] = desk.classes[sounds[start + place]]
        desk.leaving[place] = desk.least[sounds[start + place]]
        value = desk.values[desk.left[place]]
        desk.before[place + 1] = desk.before[place] * desk.powers[1] + value
    for place in range(size - 1, -1, -1):
        value = desk.values[desk.left[place]] * desk.powers[size - 1 - place]
        desk.after[place] = desk.after[place + 1] + value


@compiled
def _single_keys(size: int, dear: bool, desk: Record, count: int) -> int:
    """Write the keys with one place taken out that is within CHEAP, or that is not."""
    for place in range(size):
        if (desk.leaving[place] > desk.prices[2]) == dear:
            left = desk.before[place] * desk.powers[size - 1 - place] + desk.after[place + 1]
            desk.keys[count] = mixed(left)
            count += 1
    return count


@compiled
def _pairs_of_keys(size: int, desk: Record, count: int) -> int:
    """Write the keys with two places and more taken out, within CHEAP."""
    least, most = NEVER, desk.prices[2]
    for place in range(size):
        least = min(least, desk.leaving[place])
    for first in range(size):
        left = most - desk.leaving[first]
        for second in range(first + 1, size if left >= least else 0):
            if desk.leaving[second] <= left:
                count = _key_without(first, second, -1, -1, size, desk, count)
                rest = left - desk.leaving[second]
                if rest >= least:
                    count = _more_keys(first, second, rest, size, desk, count)
    return count


@compiled
def _more_keys(first: int, second: int, left: int, size: int, desk: Record, count: int) -> int:
    """Write the keys with three and four places taken out, two of which are given."""
    for third in range(second + 1, size):
        if desk.leaving[third] > left:
            continue
        count = _key_without(first, second, third, -1, size, desk, count)
        for fourth in range(third + 1, size):
            if desk.leaving[fourth] <= left - desk.leaving[third]:
                count = _key_without(first, second, third, fourth, size, desk, count)
    return count


@compiled
def _key_without(
    first: int, second: int, third: int, fourth: int, size: int, desk: Record, count: int
) -> int:
    """Write the key without the classes at some places (-1: none)."""
    value = np.uint64(0)
    for place in range(size):
        if place not in (first, second, third, fourth):
            value = value * desk.powers[1] + desk.values[desk.left[place]]
    if count < MOST_KEYS - size:
        desk.keys[count] = mixed(value)
        return count + 1
    return MOST_KEYS - size


@compiled
def packed_of(sounds: Array, start: int, size: int, desk: Record) -> np.uint64:
    """Return the coarse sounds of a run, four bits each, the first lowest; 0 if it is too long."""
    value = np.uint64(0)
    if size < TOO_LONG:
        for place in range(size - 1, -1, -1):
            value = (value << np.uint64(4)) | desk.nibbles[sounds[start + place]]
    return value


@compiled
def one_edit(one: np.uint64, other: np.uint64) -> bool:
    """Whether packed coarse sounds are the same but for one more, less, other, or two swapped."""
    four, last = np.uint64(4), np.uint64(15)
    while one and (one ^ other) & last == 0:
        one >>= four
        other >>= four
    if one == other or one >> four == other >> four:
        return True
    if one >> four == other or one == other >> four:
        return True
    eight = np.uint64(8)
    return (
        one >> eight == other >> eight
        and one & last == (other >> four) & last
        and other & last == (one >> four) & last
    )


@compiled
def long_one_edit(size: int, sounds: Array, start: int, length: int, desk: Record) -> bool:
    """Whether the same holds of the run in `desk.own` and another that is too long to be packed."""
    if abs(size - length) > 1:
        return False
    shorter = min(size, length)
    first = last = 0
    while first < shorter and _same(first, sounds, start + first, desk):
        first += 1
    while last < shorter - first and _same(
        size - 1 - last, sounds, start + length - 1 - last, desk
    ):
        last += 1
    left, right = size - first - last, length - first - last
    if left <= 1 and right <= 1:
        return True
    return (
        left == right == 2
        and _same(first, sounds, start + first + 1, desk)
        and _same(first + 1, sounds, start + first, desk)
    )


@compiled
def _same(place: int, sounds: Array, other: int, desk: Record) -> bool:
    """Whether a sound of `desk.own` and one of another run are of one coarse sound."""
    return desk.coarse[desk.own[place]] == desk.coarse[sounds[other]]


@compiled
def distance(size: int, other: Array, start: int, length: int, most: int, desk: Record) -> int:
    """Return how far the run in `desk.own` is from another (`sounds.distance`).

    In parts of a bit; NEVER if it is more than `most`.
    """
    costs, rows = desk.costs, desk.costs_of
    before, row, new = 0, 1, 2
    rows[row, 0] = 0
    for j in range(length):
        extra = 0 if j or other[start] == _H else desk.prices[0]
        rows[row, j + 1] = rows[row, j] + costs[GONE, other[start + j]] + extra
    last_least = 0
    for i in range(size):
        sound = desk.own[i]
        away = costs[GONE, sound]
        rows[new, 0] = rows[row, 0] + away + (0 if i or sound == _H else desk.prices[0])
        least = rows[new, 0]
        for j in range(length):
            target = other[start + j]
            best = rows[row, j] + costs[sound, target]
            if i == 0 and j == 0 and sound != target:
                best += desk.prices[0]
            best = min(best, rows[row, j + 1] + away, rows[new, j] + costs[GONE, target])
            if i and j and sound == other[start + j - 1] and desk.own[i - 1] == target:
                best = min(best, rows[before, j - 1] + desk.prices[1])
            rows[new, j + 1] = best
            least = min(least, best)
        if least > most and last_least > most:  # a swap may still reach over one row
            return NEVER
        last_least = least
        before, row, new = row, new, before
    return rows[row, length] if rows[row, length] <= most else NEVER
