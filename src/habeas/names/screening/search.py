"""Looking up which sought words are near to the words of rows."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening import kinds
from habeas.names.screening.compiled import Array, Record, compiled, int64
from habeas.names.screening.keys import distance, keys_of, long_one_edit, one_edit, packed_of
from habeas.names.screening.near import Index, bits_of
from habeas.names.screening.spelled import SURNAMES, spell
from habeas.names.screening.tokens import BY_HAND, NAMES_KNOWN, SURNAMES_KNOWN
from habeas.names.sounds import LONG, MOST_EDITS

SURNAME, GIVEN, FATHER, ALONE = range(4)
"""Columns of the near words of a word."""


class Marks(NamedTuple):
    """Memory of searches that grows with the sought: what was seen in the search `clock` counts."""

    runs: NDArray[np.int64]
    words: NDArray[np.int64]
    roles: NDArray[np.uint8]
    found: NDArray[np.int32]
    clock: NDArray[np.int64]


def marks(index: Index) -> Marks:
    """Return the memory that searches of an index need."""
    return Marks(
        np.zeros(index.kinds.size, dtype=np.int64),
        np.zeros(index.roles.size, dtype=np.int64),
        np.zeros(index.roles.size, dtype=np.uint8),
        np.zeros(index.roles.size, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


@compiled
def learn(asked: Array, first: int, parts: int, desk: Record, index: Index, marks: Marks) -> int:
    """Look up the near words of new words, from one on; return the place of the first not done.

    It stops at words that are left to Python, and where there may be no room.
    """
    flag = SURNAMES_KNOWN if parts & SURNAMES else NAMES_KNOWN
    for place in range(first, asked.size):
        word = asked[place]
        if desk.states[word] & flag:
            continue
        if desk.states[word] & BY_HAND or room(desk) < 2 * marks.words.size:
            return place
        if spell(word, parts, desk) < 0:
            return place
        count = search(index, desk, marks)
        if count < 0:
            return place
        if parts & SURNAMES:
            keep(word, SURNAME, count, desk, index, marks)
        else:
            keep(word, GIVEN, count, desk, index, marks)
            keep(word, FATHER, count, desk, index, marks)
            initials = desk.beginnings[desk.latin[word], desk.letters[desk.starts[word]]]
            for link in range(desk.runs_used[1]):
                initials |= desk.known[desk.run_links[link, 0], 5]
            desk.initials_of[word] = initials
        desk.states[word] |= flag
    return asked.size


@compiled
def room(desk: Record) -> int:
    """Return how many near words there is room for."""
    return desk.near.size - desk.used[2]


@compiled
def keep(word: int, column: int, count: int, desk: Record, index: Index, marks: Marks) -> None:
    """Note the words found by a search that are near as surnames, given or fathers' names."""
    used = desk.used[2]
    desk.near_starts[word, column] = used
    for place in range(count):
        other = marks.found[place]
        if marks.roles[other] >> column & 1:
            desk.near[used] = other
            desk.near_initials[used] = index.initials[other]
            used += 1
    desk.near_counts[word, column] = used - desk.used[2]
    desk.used[2] = used


@compiled
def search(index: Index, desk: Record, marks: Marks) -> int:
    """Write the sought words that may agree with the word on the desk into `marks.found`.

    Returns how many, -1 if it cannot tell; `marks.roles` says what each may be to the word.
    """
    marks.clock[0] += 1
    count = 0
    for place in range(index.always.size):
        word = index.always[place]
        count = _found(word, index.roles[word], marks, count)
    for run in range(desk.runs_used[0]):
        for place in range(desk.run_sizes[run]):
            desk.own[place] = desk.runs[run, place]
        keys = keys_of(desk.own, 0, desk.run_sizes[run], desk)
        if keys < 0:
            return -1
        if not desk.run_kinds[run] & kinds.BY_ONE_EDIT:
            keys = desk.cheap_keys[0]
        marks.clock[1] += 1
        count = _near_run(run, keys, index, desk, marks, count)
    for number in range(desk.runs_used[1]):
        count = _linked(number, index, desk, marks, count)
    return count


@compiled
def everything(index: Index, marks: Marks) -> int:
    """Write all sought words into `marks.found`, near in every role they have; return how many."""
    marks.clock[0] += 1
    count = 0
    for word in range(index.roles.size):
        if index.roles[word]:
            count = _found(word, index.roles[word], marks, count)
    return count


@compiled
def _linked(number: int, index: Index, desk: Record, marks: Marks, count: int) -> int:
    """Add the words that are in the groups of a name which the word on the desk may be."""
    slot, role = desk.run_links[number, 0], desk.run_links[number, 1]
    for place in range(desk.known[slot, 2 * role], desk.known[slot, 2 * role + 1]):
        group = desk.groups[place]
        # A bare given name may be the father's name; a stem is never the given name.
        for entry in range(index.links[group, role], index.links[group, 2]):
            given = entry < index.links[group, 1]
            kind = kinds.GIVEN_ROLE if given else kinds.FATHER_ROLE
            count = _found(index.linked[entry], kind, marks, count)
    return count


@compiled
def _found(word: int, roles: int, marks: Marks, count: int) -> int:
    if marks.words[word] != marks.clock[0]:
        marks.words[word] = marks.clock[0]
        marks.roles[word] = roles
        marks.found[count] = word
        return count + 1
    marks.roles[word] |= roles
    return count


@compiled
def _against(run: int, how_near: int, desk: Record) -> int:
    """Return the kinds that a run is held against if they are so near."""
    found = 0
    for kind in range(kinds.NUMBER):
        if desk.run_kinds[run] >> kind & 1:
            found |= desk.against[kind, how_near]
    return found


@compiled
def _near_run(run: int, keys: int, index: Index, desk: Record, marks: Marks, count: int) -> int:
    """Add the words that have a run near to the one in `desk.own`, whose keys are on the desk."""
    size = desk.run_sizes[run]
    own = packed_of(desk.own, 0, size, desk)
    errors, cheap = _against(run, kinds.ERROR, desk), _against(run, kinds.CHEAP, desk)
    alike, edits = _against(run, kinds.ALIKE, desk), _against(run, kinds.ONE_EDIT, desk)
    wanted = errors | cheap | alike | edits
    # Bound to names, the arrays are counted once, not for each entry.
    bitmap, buckets, entries, packed = index.bitmap, index.buckets, index.entries, index.packed
    run_kinds, seen, now = index.kinds, marks.runs, marks.clock[1]
    shift = np.uint64(64 - bits_of(buckets.size - 1))
    fine = np.uint64(58 - bits_of(bitmap.size))
    for number in range(keys):
        bit = desk.keys[number] >> fine
        if not (bitmap[bit >> np.uint64(6)] >> (bit & np.uint64(63))) & np.uint64(1):
            continue
        bucket = desk.keys[number] >> shift
        for entry in range(buckets[bucket], buckets[bucket + np.uint64(1)]):
            # Two edits are within CHEAP only if both runs lead to the same key within it.
            cheaply = number < desk.cheap_keys[0] and entries[entry] & 1
            theirs = packed[entry]
            edits_apart = 1
            if own and theirs and not one_edit(own, theirs):
                if not cheaply:
                    continue
                edits_apart = 2
            other = entries[entry] >> 1
            met = run_kinds[other] & wanted
            if not met or seen[other] == now:
                continue
            if not (own and theirs):
                edits_apart = _edits(size, other, index, desk)
            if edits_apart == 2 and not (cheaply and _comparable(size, other, index)):
                continue
            seen[other] = now
            agreed = met & edits if edits_apart == 1 else 0
            agreed |= _agreed(
                size, other, edits_apart - 1, (met & errors, met & cheap, met & alike), index, desk
            )
            if agreed:
                count = _owners(other, agreed, index, marks, count)
    return count


@compiled
def _edits(size: int, other: int, index: Index, desk: Record) -> int:
    """Return 1 if coarse sounds that are too long to be packed are one edit apart, else 2."""
    start = index.starts[other]
    length = index.starts[other + 1] - start
    return 1 if long_one_edit(size, index.sounds, start, length, desk) else 2


@compiled
def _comparable(size: int, other: int, index: Index) -> bool:
    """Whether two runs are long enough, and alike enough in length, for two edits."""
    length = index.starts[other + 1] - index.starts[other]
    return size + length >= LONG and abs(size - length) <= MOST_EDITS


@compiled
def _agreed(
    size: int, other: int, edit: int, met: tuple[int, int, int], index: Index, desk: Record
) -> int:
    """Return those of the kinds that are met whose runs are near enough."""
    errors, cheap, alike = met
    most = desk.limits[kinds.ALIKE, edit] if alike else -1
    if cheap:
        most = max(most, desk.limits[kinds.CHEAP, edit])
    if errors:
        most = max(most, desk.limits[kinds.ERROR, edit])
    if most < 0:
        return 0
    start = index.starts[other]
    gap = distance(size, index.sounds, start, index.starts[other + 1] - start, most, desk)
    found = errors if gap <= desk.limits[kinds.ERROR, edit] else 0
    found |= cheap if gap <= desk.limits[kinds.CHEAP, edit] else 0
    found |= alike if gap <= desk.limits[kinds.ALIKE, edit] else 0
    return found


@compiled
def _owners(run: int, agreed: int, index: Index, marks: Marks, count: int) -> int:
    """Add the words that have a run, in the roles that the agreeing kinds give them."""
    for place in range(index.owner_starts[run], index.owner_starts[run + 1]):
        word, met = index.owners[place], index.owner_kinds[place] & agreed
        roles = 0
        if met & kinds.ANY_PART:
            roles = int64(index.roles[word])
        if met & kinds.AS_SURNAME:
            roles |= kinds.SURNAME_ROLE
        if met & kinds.AS_GIVEN:
            roles |= kinds.GIVEN_ROLE
        if met & kinds.AS_FATHER:
            roles |= kinds.FATHER_ROLE
        if roles & index.roles[word]:
            count = _found(word, roles & index.roles[word], marks, count)
    return count
