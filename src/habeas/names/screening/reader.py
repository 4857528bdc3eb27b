"""Reading of long texts: runs of words that stand together, each looked at once.

What a run names is remembered by its bytes, so that a name or a headline that comes again and
again costs no more than being read.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from habeas.errors import HabeasError
from habeas.names.many import Comparing
from habeas.names.screening import texts
from habeas.names.screening.compiled import Array
from habeas.names.screening.desk import MOST_REMEMBERED, forget_runs
from habeas.names.screening.index import Index
from habeas.names.screening.nearby import Begun
from habeas.names.screening.windows import Named, Raw, Tokens, around, best, by_two_parts

BLOCK = 1 << 20
"""Bytes of a text that are read together."""
_RUNS_OF_A_BLOCK = BLOCK // 6  # two words, what parts them, and what parts them from the next


class Window(NamedTuple):
    """Words of a run that may name a person; which run, and bytes of the text."""

    run: int
    person: int
    start: int
    end: int


class TextReader:
    """Reads texts with an index of people, and remembers what each run of words names."""

    def __init__(
        self, index: Index, people: Sequence[tuple[str, ...]], comparing: Comparing
    ) -> None:
        """Take the index, the spellings of the people in it, and what compares them."""
        self._index, self._people, self._comparing = index, people, comparing
        self._piece = texts.piece(BLOCK)
        self._results: list[list[Named]] = [[]]

    def read(self, text: Raw) -> Iterator[Named]:
        """Yield whom a text in UTF-8 names, in order."""
        last = -1, -1, -1
        for start, named in self._runs(text):
            for one in named:
                found = one._replace(start=start + one.start, end=start + one.end)
                # Pieces of a very long run overlap.
                if found[:3] > last:
                    last = found[:3]
                    yield found

    def _runs(self, text: Raw) -> Iterator[tuple[int, list[Named]]]:
        """Yield the places of runs that name somebody, and whom, with bytes from there on."""
        array = np.frombuffer(text, dtype=np.uint8)
        own = self._index.words
        place = 0
        while place < len(text):
            end = _cut(text, place)
            if not own.has_room(end - place):
                own.forget()
            if int(own.desk["remembered"][0]) + _RUNS_OF_A_BLOCK > MOST_REMEMBERED:
                forget_runs(own.desk)
                self._results = [[]]
            last = int(texts.read_runs(array, place, end, own.desk, self._piece))
            self._look(text, end)
            # The last run may go on behind the end: it is read again, unless it is all there is.
            final = end == len(text) or last == place
            yield from self._known(end if final else last)
            place = end if final else last

    def _known(self, before: int) -> Iterator[tuple[int, list[Named]]]:
        """Yield the runs that name somebody and begin before a place."""
        runs = self._piece.runs
        count = int(runs.used[0])
        values = self._index.words.desk["run_values"][runs.slots[:count]]
        for number in np.flatnonzero((values > 0) & (runs.starts[:count] < before)):
            yield int(runs.starts[number]), self._results[int(values[number])]

    def _look(self, text: Raw, end: int) -> None:
        """Find what the new runs name."""
        runs, read = self._piece.runs, self._piece.words
        count = int(runs.used[1])
        if not count:
            return
        values = self._index.words.desk["run_values"]
        values[runs.new[:count]] = texts.NOBODY
        ends = np.cumsum(runs.sizes[:count])
        windows = sorted(set(self._windows(text, end, ends)))
        named: dict[int, list[Named]] = {}
        for run, found in self._compared(text, windows):
            start = int(read.starts[int(ends[run]) - int(runs.sizes[run])])
            shifted = found._replace(start=found.start - start, end=found.end - start)
            named.setdefault(run, []).append(shifted)
        for run, some in named.items():
            values[runs.new[run]] = len(self._results)
            self._results.append(sorted(best(some), key=lambda one: one[:3]))

    # -- windows -------------------------------------------------------------------------------

    def _windows(self, text: Raw, end: int, ends: Array) -> list[Window]:
        """Return the windows of the new runs, which end at places among their words."""
        while True:
            self._number(text, end)
            count = int(self._piece.runs.used[2])
            read = _first(self._piece.words, count)
            found: list[Window] = []
            try:
                for one, other, person in self._index.passages(read.tokens, read.joined):
                    runs = np.searchsorted(ends, one, side="right").tolist()
                    pairs = zip(runs, one.tolist(), other.tolist(), person.tolist(), strict=True)
                    for run, first, second, who in pairs:
                        bounds = around(text, read, min(first, second), max(first, second))
                        found.extend(Window(run, who, *some) for some in bounds)
            except Begun:
                continue
            return found

    def _number(self, text: Raw, end: int) -> None:
        """Give the words of the new runs their numbers."""
        own, piece = self._index.words, self._piece
        texts.number(np.frombuffer(text, dtype=np.uint8), end, own.desk, piece)
        read = piece.words
        for place in np.flatnonzero(read.tokens[: int(piece.runs.used[2])] == texts.UNREAD):
            first, last = int(read.starts[place]), int(read.ends[place])
            raw = text[first : last + text[last : last + 1].count(b".")]
            read.tokens[place] = own.token_in_text(raw.decode("utf-8", "replace"))

    def _compared(self, text: Raw, windows: list[Window]) -> Iterator[tuple[int, Named]]:
        """Yield the windows that name their person by two parts, and in which run they are."""
        pairs = [
            (self._people[one.person], text[one.start : one.end].decode("utf-8", "replace"))
            for one in windows
        ]
        for one, comparison in zip(windows, self._comparing.compare(pairs), strict=True):
            if not isinstance(comparison, HabeasError) and by_two_parts(comparison):
                yield one.run, Named(one.start, one.end, one.person, comparison)


def _first(read: Tokens, count: int) -> Tokens:
    """Return as many tokens, without the memory behind them."""
    return Tokens(read.tokens[:count], read.starts[:count], read.ends[:count], read.joined[:count])


def _cut(text: Raw, start: int) -> int:
    """Return where a piece of a text ends: at white space, if there is some."""
    end = start + BLOCK
    if end >= len(text):
        return len(text)
    cut = max(text.rfind(b" ", start, end), text.rfind(b"\n", start, end))
    return cut if cut > start else end
