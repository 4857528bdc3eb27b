"""The index of sought words by their runs of sounds."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening import kinds
from habeas.names.screening.compiled import Array, Record, compiled
from habeas.names.screening.desk import MOST_RUNS
from habeas.names.screening.keys import keys_of, packed_of
from habeas.names.screening.measures import LONGEST_RUN
from habeas.names.screening.spelled import spell
from habeas.names.screening.tokens import BY_HAND

MOST_GROUPS = 4096
"""Links of one word; names with so many groups are in no table."""
SURELY_SHORT = 10
"""Sounds; a run of fewer never has too many keys."""
FINER = 2
"""Bits by which the bitmap tells keys better apart than the buckets do."""


class Index(NamedTuple):
    """Runs of sounds of the sought words, to be found by what is left of them.

    Attributes:
        bitmap: which keys are there, by their upper bits.
        buckets, entries: the runs by key; those of bucket b are entries[buckets[b]:buckets[b + 1]],
            doubled, with 1 added if the key leads to runs within CHEAP.
        packed: the coarse sounds of each entry's run, four bits each, if it is not too long.
        starts, sounds: the runs; run r is sounds[starts[r]:starts[r + 1]].
        kinds: what each run is.
        owner_starts, owners, owner_kinds: the words that have each run, and what it is of them.
        roles: by word: what it is of the people.
        links: by group of names: first given name, first father's name, last of all.
        linked: those words.
        always: words that are near to every word, because they cannot be measured.
        initials: by word: those of the given names that people of that surname have.
    """

    bitmap: NDArray[np.uint64]
    buckets: NDArray[np.int32]
    entries: NDArray[np.int32]
    packed: NDArray[np.uint64]
    starts: NDArray[np.int32]
    sounds: NDArray[np.uint8]
    kinds: NDArray[np.int32]
    owner_starts: NDArray[np.int32]
    owners: NDArray[np.int32]
    owner_kinds: NDArray[np.int32]
    roles: NDArray[np.uint8]
    links: NDArray[np.int32]
    linked: NDArray[np.int32]
    always: NDArray[np.int32]
    initials: NDArray[np.int32]


class Gathered(NamedTuple):
    """Runs of sounds of words, one after the other, and the groups of names they belong to.

    `used` holds how many runs, sounds and links there are.
    """

    sounds: NDArray[np.uint8]
    starts: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    words: NDArray[np.int32]
    kinds: NDArray[np.int32]
    links: NDArray[np.int32]
    used: NDArray[np.int64]


def gathered(room: int) -> Gathered:
    """Return room for so many runs."""
    return Gathered(
        np.zeros(LONGEST_RUN * room // 4 + LONGEST_RUN * MOST_RUNS, dtype=np.uint8),
        np.zeros(room + 1, dtype=np.int32),
        np.zeros(room, dtype=np.uint64),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros((2 * room + MOST_GROUPS, 3), dtype=np.int32),
        np.zeros(3, dtype=np.int64),
    )


def _columns(some: Gathered) -> tuple[Array, ...]:
    return some.sounds, some.starts, some.hashes, some.words, some.kinds, some.links


def with_more_room(old: Gathered) -> Gathered:
    """Return the same runs with twice the room."""
    bigger = gathered(2 * old.words.size)
    for new, column in zip(_columns(bigger), _columns(old), strict=True):
        new[: len(column)] = column
    bigger.used[:] = old.used
    return bigger


# --- gathering ---------------------------------------------------------------------------------


@compiled
def is_full(out: Gathered) -> bool:
    """Whether there may be no room for another word."""
    return (
        out.used[0] + MOST_RUNS > out.words.size
        or out.used[1] + MOST_RUNS * LONGEST_RUN > out.sounds.size
        or out.used[2] + MOST_GROUPS > out.links.shape[0]
    )


@compiled
def gather(roles: Array, first: int, parts: int, desk: Record, out: Gathered) -> int:
    """Add the runs of the words of a desk, from one on; return the first that was not done.

    It stops where there may be no room, and at a word that the loops cannot spell or measure.
    `roles` tells what each word is of the people; those that are nothing are passed over.
    """
    for word in range(first, roles.size):
        if roles[word]:
            if is_full(out) or desk.states[word] & BY_HAND:
                return word
            if spell(word, parts, desk) < 0 or not measurable(desk):
                return word
            add(word, roles[word], desk, out)
    return roles.size


@compiled
def measurable(desk: Record) -> bool:
    """Whether no run of the word on the desk has too many keys."""
    for run in range(desk.runs_used[0]):
        size = desk.run_sizes[run]
        for place in range(size):
            desk.own[place] = desk.runs[run, place]
        if size >= SURELY_SHORT and keys_of(desk.own, 0, size, desk) < 0:
            return False
    return True


@compiled
def add(word: int, roles: int, desk: Record, out: Gathered) -> None:
    """Add the runs of the word on the desk, and its groups, as far as its roles ask for them."""
    wanted = kinds.ANY_PART
    wanted |= kinds.AS_SURNAME if roles & kinds.SURNAME_ROLE else 0
    wanted |= kinds.AS_GIVEN if roles & kinds.GIVEN_ROLE else 0
    wanted |= kinds.AS_FATHER if roles & kinds.FATHER_ROLE else 0
    for run in range(desk.runs_used[0]):
        if desk.run_kinds[run] & wanted:
            place, start = out.used[0], out.used[1]
            out.words[place], out.kinds[place] = word, desk.run_kinds[run] & wanted
            out.hashes[place] = desk.run_hashes[run]
            for sound in range(desk.run_sizes[run]):
                out.sounds[start + sound] = desk.runs[run, sound]
            out.used[0], out.used[1] = place + 1, start + desk.run_sizes[run]
            out.starts[place + 1] = out.used[1]
    _link(word, roles, desk, out.links, out.used)


@compiled
def _link(word: int, roles: int, desk: Record, links: Array, used: Array) -> None:
    """Add the groups of a word: as given name (0), as father's name (1)."""
    for number in range(desk.runs_used[1]):
        slot, role = desk.run_links[number, 0], desk.run_links[number, 1]
        for place in range(desk.known[slot, 2 * role], desk.known[slot, 2 * role + 1]):
            # A bare given name may be the father's name; a stem is never the given name.
            for other in range(role, 2):
                wanted = kinds.FATHER_ROLE if other else kinds.GIVEN_ROLE
                if roles & wanted and used[2] < links.shape[0]:
                    links[used[2], 0], links[used[2], 1] = desk.groups[place], other
                    links[used[2], 2] = word
                    used[2] += 1


# --- building ----------------------------------------------------------------------------------


def build(
    found: Gathered,
    desk: Record,
    *,
    roles: NDArray[np.uint8],
    always: NDArray[np.int32],
    initials: NDArray[np.int32],
) -> Index:
    """Return the index of what was gathered.

    Args:
        found: the runs of all sought words, and their links.
        desk: the desk they were spelled at.
        roles: what each word is of the people.
        always: words that are near to every word.
        initials: as in Index.
    """
    count = int(found.used[0])
    _, chosen, run_of = np.unique(found.hashes[:count], return_index=True, return_inverse=True)
    sizes = (found.starts[1 : count + 1] - found.starts[:count])[chosen]
    starts = np.zeros(chosen.size + 1, dtype=np.int32)
    np.cumsum(sizes, out=starts[1:])
    within = np.arange(int(starts[-1])) - np.repeat(starts[:-1], sizes)
    sounds = found.sounds[np.repeat(found.starts[:count][chosen], sizes) + within]
    order = np.argsort(run_of, kind="stable")
    owner_starts = np.zeros(chosen.size + 1, dtype=np.int32)
    np.cumsum(np.bincount(run_of, minlength=chosen.size), out=owner_starts[1:])
    owner_kinds = found.kinds[:count][order]
    run_kinds = np.zeros(0, dtype=np.int32)
    if count:
        run_kinds = np.bitwise_or.reduceat(owner_kinds, owner_starts[:-1]).astype(np.int32)
    return Index(
        *_buckets(sounds, starts, run_kinds, desk),
        starts,
        sounds,
        run_kinds,
        owner_starts,
        found.words[:count][order],
        owner_kinds,
        roles,
        *_linked(found.links[: int(found.used[2])], int(desk["groups"].max()) + 1),
        always,
        initials,
    )


def _buckets(
    sounds: NDArray[np.uint8], starts: NDArray[np.int32], runs: NDArray[np.int32], desk: Record
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64]]:
    bits = min(26, max(6, (4 * sounds.size).bit_length()))
    counts = np.zeros(1 << bits, dtype=np.int32)
    count_keys(sounds, starts, runs, desk, counts)
    buckets = np.zeros(counts.size + 1, dtype=np.int32)
    np.cumsum(counts, out=buckets[1:])
    entries = np.empty(int(buckets[-1]), dtype=np.int32)
    packed = np.empty(entries.size, dtype=np.uint64)
    bitmap = np.zeros(1 << (bits + FINER - 6), dtype=np.uint64)
    fill_keys(sounds, starts, runs, desk, (buckets[:-1].copy(), entries, packed, bitmap))
    return bitmap, buckets, entries, packed


@compiled
def _keys(run: int, sounds: Array, starts: Array, runs: Array, desk: Record) -> int:
    """Write the keys under which a run is found; return how many."""
    count = keys_of(sounds, starts[run], starts[run + 1] - starts[run], desk)
    return count if runs[run] & kinds.BY_ONE_EDIT else desk.cheap_keys[0]


@compiled
def bits_of(size: int) -> int:
    """Return the logarithm of a power of two."""
    bits = 0
    while size > 1:
        size >>= 1
        bits += 1
    return bits


@compiled
def count_keys(sounds: Array, starts: Array, runs: Array, desk: Record, counts: Array) -> None:
    """Count the keys of all runs by bucket."""
    shift = np.uint64(64 - bits_of(counts.size))
    for run in range(runs.size):
        for place in range(_keys(run, sounds, starts, runs, desk)):
            counts[desk.keys[place] >> shift] += 1


@compiled
def fill_keys(
    sounds: Array, starts: Array, runs: Array, desk: Record, out: tuple[Array, Array, Array, Array]
) -> None:
    """Write the number of each run into the buckets of its keys, with 1 for keys of CHEAP."""
    places, entries, packed, bitmap = out
    shift, fine = np.uint64(64 - bits_of(places.size)), np.uint64(58 - bits_of(bitmap.size))
    for run in range(runs.size):
        own = packed_of(sounds, starts[run], starts[run + 1] - starts[run], desk)
        for place in range(_keys(run, sounds, starts, runs, desk)):
            bucket, bit = desk.keys[place] >> shift, desk.keys[place] >> fine
            entries[places[bucket]] = 2 * run + (place < desk.cheap_keys[0])
            packed[places[bucket]] = own
            places[bucket] += 1
            bitmap[bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))


def _linked(links: NDArray[np.int32], groups: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the words of each group, once each, given names before fathers' names."""
    if not links.size:
        return np.zeros((groups, 3), dtype=np.int32), np.zeros(0, dtype=np.int32)
    unique = np.unique(links, axis=0)
    places = np.searchsorted(unique[:, 0], np.arange(groups + 1)).astype(np.int32)
    fathers = np.concatenate(([0], np.cumsum(unique[:, 1]))).astype(np.int32)
    table = np.empty((groups, 3), dtype=np.int32)
    table[:, 0], table[:, 2] = places[:-1], places[1:]
    table[:, 1] = table[:, 2] - (fathers[places[1:]] - fathers[places[:-1]])
    return table, unique[:, 2].astype(np.int32)
