"""Windows of neighbouring words that may be one name in a text, and which of them count."""

from collections.abc import Iterator
from functools import lru_cache
from mmap import mmap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names.letters import words
from habeas.names.reasons import REPORTED, Comparison
from habeas.names.words import word

Raw = bytes | mmap
"""Bytes of a text in UTF-8, in memory or in a file."""
WINDOW = 4
"""Most words of a name in a text."""
MOST_SPACES = 3
"""White space between two words of one name."""
ABBREVIATED = 2
"""Letters of a word after which a full stop does not end the sentence, at most."""
_NOT_COMPARED = frozenset(("not printed", "unknown"))


class Tokens(NamedTuple):
    """Words of runs, one after the other.

    Attributes:
        tokens: numbers of words, or as in `tokens.Lines`, or PARTICLE or UNREAD of `texts`.
        starts, ends: bytes of the text.
        joined: whether it may belong to one name with the word before.
    """

    tokens: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    joined: NDArray[np.bool_]


class Named(NamedTuple):
    """Words of a text that name a person at least possibly; `start` and `end` count bytes."""

    start: int
    end: int
    person: int
    comparison: Comparison


def around(text: Raw, read: Tokens, low: int, high: int) -> list[tuple[int, int]]:
    """Return the windows of a run that hold two of its words, as bytes of the text.

    A window is of four words at most. It begins at no second initial; what belongs to a name (an
    initial, a father's name) is left out before it only where that may belong to another name
    before, and behind it only where the window is full.
    """
    found: list[tuple[int, int]] = []
    for left in range(low, max(-1, high - WINDOW), -1):
        if _begins(text, read, left):
            found.extend(
                (int(read.starts[left]), _end(text, read, right))
                for right in _reach(text, read, left)
                if right >= high
            )
        if not read.joined[left]:
            break
    return found


def _reach(text: Raw, read: Tokens, left: int) -> Iterator[int]:
    """Yield the last words of the windows that begin at a word."""
    last = left + WINDOW - 1
    for place in range(left, last + 1):
        after = place + 1
        if not _is_joined(read, after) or (place > left and _ends_a_list(text, read, place)):
            yield place
            return
        if place == last or not _belongs(_raw(text, read, after)):
            yield place


def _ends_a_list(text: Raw, read: Tokens, place: int) -> bool:
    """Whether a comma and initials follow that begin the next name of a list."""
    after = place + 1
    if b"," not in text[read.ends[place] : read.starts[after]]:
        return False
    first = after
    while _raw(text, read, after).endswith(b"."):
        after += 1
        if not _is_joined(read, after):
            return False
    return after > first and not _belongs(_raw(text, read, after))


def _raw(text: Raw, read: Tokens, place: int) -> bytes:
    return text[read.starts[place] : _end(text, read, place)]


def _begins(text: Raw, read: Tokens, place: int) -> bool:
    """Whether a window may begin at a word."""
    own = _raw(text, read, place)
    while read.joined[place]:
        place -= 1
        before = _raw(text, read, place)
        if own.endswith(b".") and before.endswith(b"."):
            return False
        if not _belongs(before):
            return True
        own = b""
    return own != b""


def _is_joined(read: Tokens, place: int) -> bool:
    return place < read.joined.size and bool(read.joined[place])


def _end(text: Raw, read: Tokens, place: int) -> int:
    """Return where a word of a run ends, with the full stop of an initial."""
    start, end = int(read.starts[place]), int(read.ends[place])
    stop = text[end : end + 1] == b"." and len(text[start:end].decode("utf-8", "replace")) == 1
    return end + 1 if stop else end


@lru_cache(maxsize=1 << 14)
def _belongs(raw: bytes) -> bool:
    """Whether a word in a text never begins another name than that of the words beside it."""
    if raw.endswith(b"."):
        return True
    try:
        printed = words(raw.decode("utf-8", "replace"))
    except (NothingToCompare, NameTooLong):
        return False
    own = [word(item.text, item.script) for item in printed]
    return any(one.father_marked or one.parent_word for one in own)


def by_two_parts(comparison: Comparison) -> bool:
    """Whether somebody is named at least possibly, by two parts of the name.

    A surname that the person has must be among them; of somebody known without one, given name and
    father's name must both be printed in full.
    """
    if comparison.verdict not in REPORTED:
        return False
    rules = {
        reason.part: reason.rule
        for reason in comparison.reasons
        if reason.part in ("surname", "given", "father") and reason.rule not in _NOT_COMPARED
    }
    if "surname" in rules:
        return len(rules) > 1
    known = any(
        reason.rule == "not printed" for reason in comparison.reasons if reason.part == "surname"
    )
    return not known and len(rules) > 1 and "initial agrees" not in rules.values()


def best(some: list[Named]) -> list[Named]:
    """Return the best of the windows of one person that overlap: the strongest, then longest."""
    found: list[Named] = []
    end = 0
    for one in sorted(some, key=lambda one: (one.person, one.start, one.end)):
        if found and one.person == found[-1].person and one.start < end:
            end = max(end, one.end)
            if _rank(one) > _rank(found[-1]):
                found[-1] = one
        else:
            end = one.end
            found.append(one)
    return found


def _rank(one: Named) -> tuple[float, int]:
    return one.comparison.bits, one.end - one.start
