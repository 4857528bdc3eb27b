"""Many sought people against many printed names, or against a text: only near names are compared.

An index says which people a row may name; it misses nobody whom `compare` would report. Whoever is
found that way is compared in full, so that a screening never says anything else than `compare` says
of the names.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product, repeat
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from habeas.errors import HabeasError
from habeas.names.compare import Matcher
from habeas.names.many import Comparing
from habeas.names.reasons import REPORTED, Comparison
from habeas.names.screening.short_texts import named, windows_in
from habeas.names.screening.windows import Raw
from habeas.names.slots import longer_than_a_name
from habeas.names.sought import Sought

if TYPE_CHECKING:
    from habeas.names.screening.index import Index
    from habeas.names.screening.reader import TextReader

BLOCK = 1 << 13
"""Rows that are looked at together."""
MOST_PAIRS = 200_000
"""So many pairs of a person and a name are compared one by one: that takes seconds, where the loops
of the index are compiled for longer when they are first used on a computer."""
MANY = 1000
"""People; with more of them the index is made at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that may name a sought person.

    Attributes:
        row_index: place of the row in what was screened, from 0.
        person_index: place of the person in the sequence given to Screen, from 0.
        comparison: exactly what `compare` says about the two names; of a row that is longer than
            a name, about those words of it that fit best.
    """

    row_index: int
    person_index: int
    comparison: Comparison

    @property
    def score(self) -> float:
        """Bits of the comparison."""
        return self.comparison.bits


@dataclass(frozen=True, slots=True)
class TextHit:
    """A place in a text that may name a sought person.

    Attributes:
        start: first character of the name in the text.
        end: character after its last one.
        person_index: place of the person in the sequence given to Screen, from 0.
        comparison: what `compare` says about the words between start and end.
    """

    start: int
    end: int
    person_index: int
    comparison: Comparison


class Screen:
    """Sought people, indexed once, to be looked for in many rows or texts.

    Facts beside the name are not looked at. One Screen serves one thread; while it searches it lets
    other threads run.
    """

    def __init__(self, people: Sequence[Sought]) -> None:
        """Index the people.

        Raises:
            NothingToCompare: somebody has no name.
            NameTooLong: a spelling has more than 1000 characters.
            TooManyWords: the names hold more different words than one search has room for.
        """
        self._people = [person.spellings for person in people]
        self._comparing = Comparing()
        self._compared = 0
        if len(people) > MANY:
            self._index  # noqa: B018 - made at once, so that bad names are told at once
        else:
            for person in people:
                Matcher(person)

    @cached_property
    def _index(self) -> "Index":
        from habeas.names.screening.index import Index

        return Index(self._people)

    def _one_by_one(self, names: int) -> bool:
        """Return whether everybody is compared with so many more names, and count them."""
        if "_index" in self.__dict__:
            return False
        self._compared += names * len(self._people)
        return self._compared <= MOST_PAIRS

    @cached_property
    def _reader(self) -> "TextReader":
        from habeas.names.screening.reader import TextReader

        return TextReader(self._index, self._people, self._comparing)

    def rows(self, texts: Iterable[str], before: Iterable[int] | None = None) -> Iterator[Hit]:
        """Yield a hit for every row and person whose comparison is at least possible.

        By row and person. A row with more words than one name has (a list of parties, a sentence)
        is read as a text as well, since `compare` reads the first words only.

        Args:
            texts: the rows.
            before: for each row, only people whose index is below this number are looked at; where
                the rows are the people themselves, each pair is so compared once. None for all.
        """
        source = iter(texts)
        limits = repeat(len(self._people)) if before is None else iter(before)
        done = 0
        while block := list(islice(source, BLOCK)):
            most = list(islice(limits, len(block)))
            found = {
                (row, person): compared for row, person, compared in self._reported(block, most)
            }
            for row in (place for place, text in enumerate(block) if longer_than_a_name(text)):
                for hit in self.text(block[row]):
                    old = found.get((row, hit.person_index))
                    if hit.person_index < most[row] and (
                        old is None or hit.comparison.bits > old.bits
                    ):
                        found[row, hit.person_index] = hit.comparison
            for (row, person), comparison in sorted(found.items(), key=itemgetter(0)):
                yield Hit(done + row, person, comparison)
            done += len(block)

    def _reported(self, block: list[str], most: list[int]) -> Iterator[tuple[int, int, Comparison]]:
        candidates = [
            (row, person) for row, person in self._candidates(block) if person < most[row]
        ]
        pairs = [(self._people[person], block[row]) for row, person in candidates]
        compared = self._comparing.compare(pairs)
        for (row, person), found in zip(candidates, compared, strict=True):
            if not isinstance(found, HabeasError) and found.verdict in REPORTED:
                yield row, person, found

    def _candidates(self, block: list[str]) -> list[tuple[int, int]]:
        if self._one_by_one(len(block)):
            return list(product(range(len(block)), range(len(self._people))))
        rows, people = self._index.candidates(block)
        return list(zip(rows.tolist(), people.tolist(), strict=True))

    def text(self, text: str) -> Iterator[TextHit]:
        """Yield every place of a text that names a sought person at least possibly, in order.

        A name in a text is two to four words with a capital that stand together. Surname and given
        name, or its initial, must both agree; for somebody known without a surname, given name and
        father's name.
        """
        raw = text.encode("utf-8", "surrogatepass")
        at = place = 0
        for hit in self.utf8(raw):
            start = at + _characters(raw, place, hit.start)
            end = start + _characters(raw, hit.start, hit.end)
            yield TextHit(start, end, hit.person_index, hit.comparison)
            at, place = start, hit.start

    def utf8(self, text: Raw) -> Iterator[TextHit]:
        """Yield what `text` does for a text in UTF-8; `start` and `end` count bytes."""
        if not self._people:
            return
        if self._one_by_one(windows_in(text)):
            found = named(text[:], self._people, self._comparing)
        else:
            found = self._reader.read(text)
        for one in found:
            yield TextHit(*one)


def _characters(text: bytes, start: int, end: int) -> int:
    """Return how many characters of UTF-8 begin between two places."""
    piece = np.frombuffer(text, dtype=np.uint8, count=end - start, offset=start)
    return int(np.count_nonzero(piece & 0xC0 != 0x80))
