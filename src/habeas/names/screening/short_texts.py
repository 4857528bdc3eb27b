"""Short texts and few people: read in Python, every window compared with everybody.

For these that is quicker than to compile anything, and it says the same as the compiled loops.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from habeas.errors import HabeasError
from habeas.names.layouts import SHORT_WORDS
from habeas.names.letters import DASHES
from habeas.names.many import Comparing
from habeas.names.screening import alphabet
from habeas.names.screening.windows import (
    ABBREVIATED,
    MOST_SPACES,
    Named,
    Raw,
    Tokens,
    around,
    best,
    by_two_parts,
)
from habeas.names.tables_io import rows

# A text in kinds of characters, one letter each, so that expressions can be looked for in it.
_CAPITAL, _SMALL, _FIGURE, _MARK, _SPACE, _REST = "Uldms-"
_WORD = re.compile(r"[Uld](?:[Uld]|m(?=[Ul]))*")
_BEGIN = re.compile(r"(?<![Ul])(?<![Ul]m)U")
_BYTES_OF_A_WINDOW = 32
_BETWEEN = re.compile(rf"s{{0,{MOST_SPACES}}}(?=[Ul])")


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(map(_kind, alphabet.characters().tolist()))


def _kind(character: int) -> str:
    if character & alphabet.LETTER:
        return _CAPITAL if character & alphabet.UPPER else _SMALL
    kind = character & alphabet.KIND
    if kind == alphabet.MARK:
        return _MARK
    if kind in (alphabet.DIGIT, alphabet.ODD):
        return _FIGURE
    return _SPACE if character & alphabet.SPACE else _REST


def _in_kinds(text: str) -> str:
    known = _kinds()
    codes = map(ord, text)
    return "".join(known[code] if code < alphabet.CHARACTERS else _FIGURE for code in codes)


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for (word,) in rows("particles", ("word",)))


class _Runs:
    """The runs of words of one text that may belong to one name."""

    def __init__(self, text: str) -> None:
        self._text, self._kinds = text, _in_kinds(text)

    def __iter__(self) -> Iterator[list[tuple[int, int]]]:
        """Yield runs of two words and more, each word by its first character and its end."""
        place = 0
        while found := _BEGIN.search(self._kinds, place):
            run: list[tuple[int, int]] = []
            following: int | None = found.start()
            while following is not None:
                end = self._end(following)
                place = end
                is_name = self._is_name(following, end)
                if is_name:
                    run.append((following, end))
                following = self._joined(following, end) if is_name else None
            if len(run) > 1:
                yield run

    def _end(self, start: int) -> int:
        found = _WORD.match(self._kinds, start)
        assert found is not None
        return found.end()

    def _letters(self, start: int, end: int) -> int:
        return end - start - self._kinds.count(_MARK, start, end)

    def _is_name(self, start: int, end: int) -> bool:
        """Whether a word is no preposition or abbreviation (`texts._is_no_name`)."""
        if self._letters(start, end) > ABBREVIATED or self._text[end : end + 1] == ".":
            return True
        own, kinds = self._text[start:end], self._kinds[start:end]
        scripts = {alphabet.script_of(letter.lower()) for letter in own if letter.isalpha()}
        if len(own) <= 1 or _FIGURE in kinds or len(scripts) > 1:
            return False
        capitals = _SMALL not in kinds
        return not (capitals and own.lower() not in SHORT_WORDS)

    def _joined(self, start: int, end: int) -> int | None:
        """Return where the next word of the same name begins, if one does (`texts._joins`)."""
        place = end
        after = self._text[place : place + 1]
        if after == "," or (after == "." and self._letters(start, end) <= ABBREVIATED):
            place += 1
        between = _BETWEEN.match(self._kinds, place)
        if between is None:
            return None
        place = between.end()
        if self._kinds[place] == _CAPITAL:
            return place
        end = self._end(place)
        if self._kinds[end : end + 1] == _MARK and self._text[end] not in f"-{DASHES}":
            return None  # an apostrophe at its end belongs to the word
        return place if self._text[place:end].lower() in _particles() else None


def named(text: bytes, people: Sequence[tuple[str, ...]], comparing: Comparing) -> Iterator[Named]:
    """Yield whom a text in UTF-8 names, in order, as `reader.TextReader` does.

    Args:
        text: any bytes; what is no UTF-8 parts no words.
        people: the spellings of each.
        comparing: compares them.
    """
    runs = list(_in_bytes(text))
    asked = [
        (number, person, *window)
        for number, run in enumerate(runs)
        for window in sorted(_windows(text, run))
        for person in range(len(people))
    ]
    pairs = [
        (people[person], text[start:end].decode("utf-8", "replace"))
        for _, person, start, end in asked
    ]
    found: list[list[Named]] = [[] for _ in runs]
    compared = comparing.compare(pairs)
    for (number, person, start, end), comparison in zip(asked, compared, strict=True):
        if not isinstance(comparison, HabeasError) and by_two_parts(comparison):
            found[number].append(Named(start, end, person, comparison))
    for some in found:
        yield from sorted(best(some), key=lambda one: one[:3])


def windows_in(text: Raw) -> int:
    """Return about how many windows a text has, at most."""
    return len(text) // _BYTES_OF_A_WINDOW + 1


def _windows(text: bytes, run: Tokens) -> set[tuple[int, int]]:
    return {
        window
        for place in range(run.starts.size - 1)
        for window in around(text, run, place, place + 1)
    }


def _in_bytes(text: bytes) -> Iterator[Tokens]:
    """Yield the runs of a text, their words by bytes."""
    decoded = text.decode("utf-8", "surrogateescape")
    characters = start = 0
    for run in _Runs(decoded):
        bounds = np.array(run, dtype=np.int64)
        for number, place in np.ndenumerate(bounds):
            start += len(decoded[characters:place].encode("utf-8", "surrogateescape"))
            characters, bounds[number] = int(place), start
        joined = np.arange(len(run)) > 0
        yield Tokens(np.zeros(len(run), dtype=np.int64), bounds[:, 0], bounds[:, 1], joined)
