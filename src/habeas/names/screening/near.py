"""Which words of the sought are within reach of a word, by sound.

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

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening.compiled import Array, compiled, inlined

from habeas.errors import TableRefused
from habeas.names.pairs import limit
from habeas.names.sounds import CHEAP, LONG, SWAPPED, TYPING_ERROR, coarse
from habeas.names.tables_io import rows

U8 = np.uint8
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SEED = np.uint64(0xCBF29CE484222325)
MOST_TAKEN = 4
"""Sounds that may be taken out together; the least price of a sound is at least CHEAP over that."""
MOST_KEYS = 1024
SURELY_SHORT = 10
"""Sounds. Fewer never have too many keys."""


@inlined
def mixed(value: np.uint64) -> np.uint64:
    """Return a 64-bit value with its bits well spread."""
    value ^= value >> np.uint64(32)
    value *= np.uint64(0xD6E8FEB86659FD93)
    value ^= value >> np.uint64(29)
    return value


@compiled
def _key_of(
    classes: Array, size: int, first: int, second: int, third: int, fourth: int
) -> np.uint64:
    """Return the key of a run of classes without those at some places (-1: none)."""
    value = _SEED
    for place in range(size):
        if place != first and place != second and place != third and place != fourth:
            value = (value ^ np.uint64(classes[place])) * _PRIME
            value ^= value >> np.uint64(31)
    return mixed(value)


@inlined
def keys_of(text: Array, start: int, size: int, tables: Measure, classes: Array, out: Array) -> int:
    """Write the keys of a run of sounds, and its classes; return how many keys, -1 if too many."""
    for place in range(size):
        classes[place] = tables.classes[text[start + place]]
    count = 1
    out[0] = _key_of(classes, size, -1, -1, -1, -1)
    for first in range(size):
        if first and classes[first] == classes[first - 1]:
            continue  # the same key as before
        out[count] = _key_of(classes, size, first, -1, -1, -1)
        count += 1
    for first in range(size):
        one = tables.least[text[start + first]]
        for second in range(first + 1, size):
            two = one + tables.least[text[start + second]]
            if two > tables.two_edits:
                continue
            if count + size * size > out.size:
                return -1
            out[count] = _key_of(classes, size, first, second, -1, -1)
            count += 1
            for third in range(second + 1, size):
                three = two + tables.least[text[start + third]]
                if three > tables.two_edits:
                    continue
                if count + size > out.size:
                    return -1
                out[count] = _key_of(classes, size, first, second, third, -1)
                count += 1
                for fourth in range(third + 1, size):
                    if three + tables.least[text[start + fourth]] <= tables.two_edits:
                        out[count] = _key_of(classes, size, first, second, third, fourth)
                        count += 1
    return count


@compiled
def count_keys(
    sounds: Array, starts: Array, lengths: Array, bits: int, tables: Measure, counts: Array
) -> None:
    """Count the keys of all strings by bucket; return the first string with too many, or -1."""
    shift = np.uint64(64 - bits)
    classes = np.empty(LONGEST, dtype=np.uint8)
    keys = np.empty(MOST_KEYS, dtype=np.uint64)
    for number in range(starts.size):
        size = keys_of(sounds, starts[number], lengths[number], tables, classes, keys)
        for place in range(max(size, 0)):
            counts[keys[place] >> shift] += 1


@compiled
def fill_keys(
    sounds: Array,
    starts: Array,
    lengths: Array,
    bits: int,
    tables: Measure,
    places: Array,
    entries: Array,
) -> None:
    """Write the number of each string into the buckets of its keys."""
    shift = np.uint64(64 - bits)
    classes = np.empty(LONGEST, dtype=np.uint8)
    keys = np.empty(MOST_KEYS, dtype=np.uint64)
    for number in range(starts.size):
        size = keys_of(sounds, starts[number], lengths[number], tables, classes, keys)
        for place in range(max(size, 0)):
            bucket = keys[place] >> shift
            entries[places[bucket]] = number
            places[bucket] += 1


@inlined
def one_edit_apart(one: Array, size: int, other: Array, start: int, length: int) -> bool:
    """Whether two runs are the same but for one sound more, less, other, or two changed places."""
    first = 0
    while first < size and first < length and one[first] == other[start + first]:
        first += 1
    last = 0
    while (
        last < size - first
        and last < length - first
        and one[size - 1 - last] == other[start + length - 1 - last]
    ):
        last += 1
    left, right = size - first - last, length - first - last
    if left <= 1 and right <= 1:
        return True
    return (
        left == 2
        and right == 2
        and one[first] == other[start + first + 1]
        and one[first + 1] == other[start + first]
    )


@inlined
def within(
    one: Array,
    size: int,
    other: Array,
    start: int,
    length: int,
    costs: Array,
    rows: Array,
    limit: float,
) -> bool:
    """Whether the weighted distance of two runs is at most `limit` bits.

    Never more than what `sounds.distance` finds: it has extra prices for the first sound.
    """
    before, row, new = 0, 1, 2
    rows[row, 0] = 0.0
    for j in range(length):
        rows[row, j + 1] = rows[row, j] + costs[45, other[start + j]]
    last_least = 0.0
    for i in range(size):
        sound = one[i]
        away = costs[45, sound]
        least = rows[new, 0] = rows[row, 0] + away
        for j in range(length):
            target = other[start + j]
            best = rows[row, j] + costs[sound, target]
            best = min(best, rows[row, j + 1] + away)
            best = min(best, rows[new, j] + costs[45, target])
            if i and j and sound == other[start + j - 1] and one[i - 1] == target:
                best = min(best, rows[before, j - 1] + costs[0, 0])
            rows[new, j + 1] = best
            least = min(least, best)
        if least > limit and last_least > limit:  # a swap may still reach over one row
            return False
        last_least = least
        before, row, new = row, new, before
    return rows[row, length] <= limit


class Strings(NamedTuple):
    """Runs of sounds, by hashed key, with the numbers of the words that hold them."""

    bitmap: NDArray[np.uint64]
    buckets: NDArray[np.int64]
    entries: NDArray[np.int32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    sounds: NDArray[np.uint8]
    coarse: NDArray[np.uint8]
    owner_starts: NDArray[np.int64]
    owners: NDArray[np.int32]
    bits: int


class Measure(NamedTuple):
    """What it takes to measure two runs of sounds: the tables of `sounds`, and its limits."""

    coarse: NDArray[np.uint8]
    classes: NDArray[np.uint8]
    alike: NDArray[np.uint8]
    least: NDArray[np.float64]
    costs: NDArray[np.float64]
    one_edit: float
    two_edits: float
    long: int


class Scratch(NamedTuple):
    """Memory of one search."""

    strings: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    coarse: NDArray[np.uint8]
    classes: NDArray[np.uint8]
    keys: NDArray[np.uint64]
    cost_rows: NDArray[np.float64]
    seen: NDArray[np.int64]
    taken: NDArray[np.int64]
    near: NDArray[np.int32]
    clock: NDArray[np.int64]


MOST_STRINGS = 512
LONGEST = 64
"""Sounds. Longer strings are not measured here, see `wanted.unmeasured`."""
_PLAIN_MAP = bytes(code if code < 128 else 127 for code in range(256))


def as_bytes(sounds: str) -> bytes:
    """Return sounds as bytes below 128; what no table knows becomes one byte like any other."""
    return sounds.encode("latin-1", "replace").translate(_PLAIN_MAP)[: LONGEST - 1]


_VOWELS = bytes.maketrans(b"aeiouyAEO", b"aaaaaaaaa")


def measure() -> Measure:
    """Return the tables of `sounds` as arrays."""
    table = np.array([ord(coarse(chr(code))) for code in range(128)], dtype=U8)
    prices = np.full((128, 128), TYPING_ERROR)
    np.fill_diagonal(prices, 0.0)
    prices[0, 0] = SWAPPED
    for one, other, bits in rows("sound_costs", ("one", "other", "bits")):
        prices[ord(one), ord(other)] = prices[ord(other), ord(one)] = float(bits)
    classes = np.frombuffer(bytes(table).translate(_VOWELS), dtype=U8).copy()
    leaves = np.where(classes[:, None] != classes[None, :], prices, TYPING_ERROR)
    leaves[:, : ord("-")] = TYPING_ERROR
    least = np.minimum(leaves.min(axis=1), prices[ord("-")])
    least[ord("-")] = TYPING_ERROR
    if CHEAP / least.min() >= MOST_TAKEN + 1:
        raise TableRefused("sound_costs.tsv", 0, f"a price under {CHEAP / (MOST_TAKEN + 1):.2f}")
    most = max(limit(length) for length in range(1, 32))
    slack = 1e-6
    alike = np.frombuffer(bytes(table).replace(b"e", b"a"), dtype=U8).copy()
    return Measure(table, classes, alike, least, prices, most + slack, CHEAP + slack, LONG)


def can_tell(text: str, tables: Measure) -> bool:
    """Whether a run of sounds can be looked up: it is not too long and has not too many keys."""
    if len(text) >= LONGEST:
        return False
    if len(text) < SURELY_SHORT:
        return True
    raw = np.frombuffer(as_bytes(text), dtype=U8)
    keys = np.empty(MOST_KEYS, dtype=np.uint64)
    return bool(keys_of(raw, 0, raw.size, tables, np.empty(LONGEST, dtype=U8), keys) >= 0)


def scratch(strings: Strings, owners: int) -> Scratch:
    """Return the memory that searches of `strings` need."""
    return Scratch(
        np.zeros((MOST_STRINGS, LONGEST), dtype=U8),
        np.zeros(MOST_STRINGS, dtype=np.int64),
        np.zeros(LONGEST, dtype=U8),
        np.zeros(LONGEST, dtype=U8),
        np.zeros(MOST_KEYS, dtype=np.uint64),
        np.zeros((3, LONGEST + 1)),
        np.zeros(strings.starts.size, dtype=np.int64),
        np.zeros(owners, dtype=np.int64),
        np.zeros(strings.starts.size, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


def index(owned: dict[str, set[int]], tables: Measure) -> Strings:
    """Return an index of runs of sounds; `owned` says which words each belongs to."""
    merged: dict[bytes, set[int]] = {}
    for text, words in owned.items():
        if text:
            merged.setdefault(as_bytes(text), set()).update(words)
    lengths = np.array([len(text) for text in merged], dtype=np.int64)
    starts = np.zeros(lengths.size, dtype=np.int64)
    starts[1:] = np.cumsum(lengths)[:-1]
    sounds = np.frombuffer(b"".join(merged), dtype=U8).copy()
    wide = tables.coarse[sounds]
    owner_starts = np.zeros(lengths.size + 1, dtype=np.int64)
    owner_starts[1:] = np.cumsum([len(words) for words in merged.values()])
    owners = np.array([word for words in merged.values() for word in sorted(words)], dtype=np.int32)
    bits = min(26, max(10, (8 * int(lengths.sum())).bit_length()))
    counts = np.zeros(1 << bits, dtype=np.int64)
    count_keys(sounds, starts, lengths, bits, tables, counts)
    buckets = np.zeros(counts.size + 1, dtype=np.int64)
    np.cumsum(counts, out=buckets[1:])
    entries = np.empty(int(buckets[-1]), dtype=np.int32)
    fill_keys(sounds, starts, lengths, bits, tables, buckets[:-1].copy(), entries)
    bitmap = np.zeros(max(1, counts.size // 64), dtype=np.uint64)
    used = np.flatnonzero(counts).astype(np.uint64)
    np.bitwise_or.at(bitmap, used >> np.uint64(6), np.uint64(1) << (used & np.uint64(63)))
    return Strings(
        bitmap, buckets, entries, starts, lengths, sounds, wide, owner_starts, owners, bits
    )


class Exact(NamedTuple):
    """Runs of sounds by hashed key, alike to the letter but for sounds that tables take as one."""

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    owners: NDArray[np.int32]


def exact(owned: dict[str, set[int]], tables: Measure) -> Exact:
    """Return runs of sounds that are found only as they stand, and the names that hold them."""
    merged: dict[int, set[int]] = defaultdict(set)
    for text, names in owned.items():
        raw = tables.alike[np.frombuffer(as_bytes(text), dtype=U8)]
        merged[int(_key_of(raw, raw.size, -1, -1, -1, -1))] |= names
    keys = sorted(merged)
    starts = np.zeros(len(keys) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(merged[key]) for key in keys])
    owners = [name for key in keys for name in sorted(merged[key])]
    return Exact(np.array(keys, dtype=np.uint64), starts, np.array(owners, dtype=np.int32))


def load(memory: Scratch, strings: Iterable[str]) -> int:
    """Put runs of sounds into the memory of a search; return how many there are."""
    count = 0
    for text in {as_bytes(text) for text in strings if text}:
        if count < MOST_STRINGS:
            memory.strings[count, : len(text)] = np.frombuffer(text, dtype=U8)
            memory.sizes[count] = len(text)
            count += 1
    return count


@compiled
def _near_strings(index: Strings, text: Array, size: int, tables: Measure, memory: Scratch) -> int:
    """Write the strings of the index near to one run of sounds; return how many, -1 if untold."""
    coarse = memory.coarse
    for place in range(size):
        coarse[place] = tables.coarse[text[place]]
    memory.clock[0] += 1
    now = memory.clock[0]
    keys = keys_of(text, 0, size, tables, memory.classes, memory.keys)
    shift = np.uint64(64 - index.bits)
    count = 0
    for place in range(keys):
        bucket = memory.keys[place] >> shift
        if not (index.bitmap[bucket >> np.uint64(6)] >> (bucket & np.uint64(63))) & np.uint64(1):
            continue
        for entry in range(index.buckets[bucket], index.buckets[bucket + np.uint64(1)]):
            number = index.entries[entry]
            if memory.seen[number] == now:
                continue
            memory.seen[number] = now
            start, length = index.starts[number], index.lengths[number]
            if one_edit_apart(coarse, size, index.coarse, start, length):
                limit = tables.one_edit
            elif size + length >= tables.long and abs(size - length) <= 2:
                limit = tables.two_edits
            else:
                continue
            if within(
                text, size, index.sounds, start, length, tables.costs, memory.cost_rows, limit
            ):
                memory.near[count] = number
                count += 1
    return count if keys >= 0 else -1


@compiled
def search(index: Strings, strings: int, tables: Measure, memory: Scratch, found: Array) -> int:
    """Write the words near to any of the first `strings` runs in `memory`; return how many.

    -1 if one of the runs has too many keys to tell. `found` must hold as many words as the index
    has.
    """
    memory.clock[1] += 1
    now = memory.clock[1]
    count = 0
    for number in range(strings):
        matches = _near_strings(index, memory.strings[number], memory.sizes[number], tables, memory)
        if matches < 0:
            return -1
        for place in range(matches):
            near = memory.near[place]
            for owner in range(index.owner_starts[near], index.owner_starts[near + 1]):
                word = index.owners[owner]
                if memory.taken[word] != now:
                    memory.taken[word] = now
                    found[count] = word
                    count += 1
    return count


@compiled
def slot_of(keys: Array, key: np.uint64) -> int:
    """Return the place of a key among sorted ones, or -1."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.size and keys[low] == key else -1


@compiled
def search_exact(
    index: Exact, strings: int, tables: Measure, memory: Scratch, found: Array, count: int
) -> int:
    """Add the names that hold one of the runs in `memory` as it stands; return the new count.

    To be called after `search` with the same memory, whose words are not added again.
    """
    now = memory.clock[1]
    for number in range(strings):
        size = memory.sizes[number]
        for place in range(size):
            memory.classes[place] = tables.alike[memory.strings[number, place]]
        key = _key_of(memory.classes, size, -1, -1, -1, -1)
        slot = slot_of(index.keys, key)
        if slot >= 0:
            for owner in range(index.starts[slot], index.starts[slot + 1]):
                word = index.owners[owner]
                if memory.taken[word] != now:
                    memory.taken[word] = now
                    found[count] = word
                    count += 1
    return count
