"""The index of sought people: which of them each row, or each place of a text, may name."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from habeas.names.screening import join, passages, tokens
from habeas.names.screening.nearby import AS_NAMES, AS_SURNAMES, Begun, Nearby
from habeas.names.screening.people import read_people
from habeas.names.screening.side import side
from habeas.names.screening.texts import PARTICLE
from habeas.names.screening.words import Rows, Words

_MOST_PAIRS = 1 << 18
Numbers = NDArray[np.int32]


class Index:
    """Sought people, indexed once, to be looked for in many rows.

    One index serves one thread; the loops let other threads run meanwhile.
    """

    def __init__(self, spellings: Sequence[Sequence[str]]) -> None:
        """Index people, each known by some spellings.

        Raises:
            NothingToCompare: a spelling holds no name.
            NameTooLong: a spelling has more than 1000 characters.
            TooManyWords: the names hold more different words than can be indexed together.
        """
        sought = Words()
        people = read_people(spellings, sought)
        self._side = side(people)
        self._near = Nearby(sought, self._side, people.roles)
        self._memory = join.memory(self._side, len(spellings))
        self._pairs = join.pairs(_MOST_PAIRS + len(spellings))
        self._found = passages.found(_MOST_PAIRS + passages.SHIFT * self._side.readings.shape[0])

    @property
    def words(self) -> Words:
        """The words of the rows and texts that were looked at."""
        return self._near.words

    def candidates(self, rows: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return places of rows and of people that may agree, by row and person.

        Whoever is not among them is told apart from the row by `compare`, or says too little.
        """
        try:
            return self._candidates(rows)
        except Begun as begun:
            if not begun.full or len(rows) == 1:
                return self._candidates(rows)
        half = len(rows) // 2  # half of the rows have fewer words
        first, second = self.candidates(rows[:half]), self.candidates(rows[half:])
        return (
            np.concatenate((first[0], second[0] + np.int32(half))),
            np.concatenate((first[1], second[1])),
        )

    def _candidates(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        if not self.words.has_room(sum(map(len, texts)) * 2):
            self.words.forget()
        rows, owners = self._with_odd(self.words.read(texts), texts)
        self._near.look_up(rows.tokens[rows.tokens >= 0], AS_SURNAMES)
        bounds = np.stack((rows.starts, rows.ends))
        todo = np.ones(owners.size, dtype=np.bool_)
        found = [np.zeros((0, 2), dtype=np.int32)]
        pairs = self._pairs
        while todo.any():
            pairs.used[:] = 0
            join.join(rows.tokens, bounds, todo, self.words.desk, self._side, self._memory, pairs)
            count, asked = map(int, pairs.used)
            found.append(pairs.pairs[:count].copy())
            if asked:
                self._near.answer(pairs.asked[:asked])
        row, person = np.concatenate(found).T
        both = np.unique(np.stack((owners[row], person), axis=1), axis=0)
        return both[:, 0], both[:, 1]

    def _with_odd(self, rows: Rows, texts: Sequence[str]) -> tuple[Rows, Numbers]:
        """Return the rows, and the row that each is a version of.

        Behind them stand the versions of the rows that Python has to read, which are empty.
        """
        more: list[int] = []
        bounds: list[tuple[int, int, int]] = []
        for row in np.flatnonzero(rows.odd).tolist():
            for version in self.words.versions_of(texts[row]):
                start = rows.tokens.size + len(more)
                more.extend(version)
                bounds.append((row, start, start + len(version)))
        owners, starts, ends = np.array(bounds, dtype=np.int64).reshape(-1, 3).T
        return rows._replace(
            tokens=np.concatenate((rows.tokens, np.array(more, dtype=np.int64))),
            starts=np.concatenate((rows.starts, starts)),
            ends=np.concatenate((rows.ends, ends)),
        ), np.concatenate((np.arange(len(texts)), owners)).astype(np.int32)

    def passages(
        self, read: NDArray[np.int64], joined: NDArray[np.bool_]
    ) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """Yield pairs of tokens of a text that may name somebody together, and those people.

        Args:
            read: tokens of words that stand with others.
            joined: whether each may belong to one name with the one before.

        Raises:
            Begun: the numbers of words changed, so that the text must be read again.
        """
        own = np.unique(read[(read >= 0) & (read < PARTICLE)])
        unknown = self.words.desk["states"][own] & tokens.SURNAMES_KNOWN == 0
        self._near.look_up(own[unknown], AS_SURNAMES)
        start, found = 0, self._found
        while start < read.size:
            found.used[:] = 0
            done = passages.pair(
                read, joined, start, self.words.desk, self._side, self._memory, found
            )
            if found.used[1]:
                asked = found.asked[: int(found.used[1])].astype(np.int64)
                self._near.look_up(asked, AS_NAMES)
                continue
            count = int(found.used[0])
            yield found.one[:count], found.other[:count], found.people[:count]
            start = done
