"""What is near to the words of rows: looked up for each word once, and kept."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from habeas.names.declension import ANY
from habeas.names.letters import Script
from habeas.names.pairs import names
from habeas.names.reasons import POSSIBLE_FROM
from habeas.names.screening import by_hand, kinds, near, search, spelled, tokens
from habeas.names.screening.desk import MOST_RUNS
from habeas.names.screening.people import initials_of
from habeas.names.screening.search import ALONE, FATHER, GIVEN, SURNAME
from habeas.names.screening.side import GIVENS, Side
from habeas.names.screening.words import Words
from habeas.names.slots import given_unit
from habeas.names.weights import given_bits
from habeas.names.words import Word

AS_SURNAMES, AS_NAMES = 0, 1
"""Two indexes: of surnames, and of given and fathers' names."""


class Begun(Exception):
    """Words were forgotten while rows were looked at, so that these have to be read again.

    Attributes:
        full: because there was no room; else because consonants were added to the indexes.
    """

    def __init__(self, *, full: bool) -> None:
        self.full = full
        super().__init__()


class Nearby:
    """The indexes of the sought words, and the words of rows with what is near to them."""

    def __init__(self, sought: Words, side: Side, roles: NDArray[np.uint8]) -> None:
        """Index the words of people.

        Args:
            sought: their words.
            side: their readings.
            roles: what each word is in them.
        """
        self.words = Words()
        self._sought, self._side, self._roles = sought, side, roles
        persian = any(own.script is Script.PERSIAN for own in sought.left_to_python())
        self._build(spelled.CONSONANTS if persian else 0)

    def _build(self, more: int) -> None:
        """Index the words; `more` are parts of them to be found beside the usual ones."""
        self._parts = (spelled.SURNAMES | more, spelled.NAMES | more)
        surnames = np.uint8(kinds.SURNAME_ROLE)
        others = np.uint8(kinds.GIVEN_ROLE | kinds.FATHER_ROLE)
        self._indexes = (
            self._gathered(self._roles & surnames, self._parts[AS_SURNAMES]),
            self._gathered(self._roles & others, self._parts[AS_NAMES]),
        )
        self._marks = tuple(search.marks(index) for index in self._indexes)

    def _gathered(self, roles: NDArray[np.uint8], parts: int) -> near.Index:
        desk = self._sought.desk
        found = near.gathered(4 * roles.size + 4 * MOST_RUNS)
        always: list[int] = []
        done = 0
        while True:
            done = near.gather(roles, done, parts, desk, found)
            if done == roles.size:
                break
            if near.is_full(found):
                found = near.with_more_room(found)
                continue
            size = by_hand.load(self._sought.word(done), parts, desk)
            if size < 0 or not near.measurable(desk):
                always.append(done)
            else:
                near.add(done, int(roles[done]), desk, found)
            done += 1
        return near.build(
            found,
            desk,
            roles=roles,
            always=np.array(always, dtype=np.int32),
            initials=self._side.surname_initials,
        )

    def look_up(self, asked: NDArray[np.int64], which: int) -> None:
        """Look up what is near to words, as surnames or as names.

        Raises:
            Begun: there was no room, or a word asks for indexes that hold consonants.
        """
        asked = np.unique(asked)
        desk, parts = self.words.desk, self._parts[which]
        index, marks = self._indexes[which], self._marks[which]
        done = 0
        while done < asked.size:
            done = search.learn(asked, done, parts, desk, index, marks)
            if done < asked.size:
                self._make_sure_of_room()
                self._by_hand(int(asked[done]), which)

    def _make_sure_of_room(self) -> None:
        if search.room(self.words.desk) < 2 * self._roles.size:
            self.words.forget()
            raise Begun(full=True)

    def _by_hand(self, number: int, which: int) -> None:
        """Look up one word that the loops cannot spell or measure."""
        own, parts = self.words.word(number), self._parts[which]
        if own.script is Script.PERSIAN and not parts & spelled.CONSONANTS:
            self.words.forget()
            self._build(spelled.CONSONANTS)
            raise Begun(full=False)
        index, marks, desk = self._indexes[which], self._marks[which], self.words.desk
        size = by_hand.load(own, parts, desk)
        if size >= 0:
            size = search.search(index, desk, marks)
        if size < 0:
            size = search.everything(index, marks)
        for column in (SURNAME,) if which == AS_SURNAMES else (GIVEN, FATHER):
            search.keep(number, column, size, desk, index, marks)
        if which == AS_NAMES:
            desk["initials_of"][number] = initials_of(own)
        flag = tokens.SURNAMES_KNOWN if which == AS_SURNAMES else tokens.NAMES_KNOWN
        desk["states"][number] |= flag

    def answer(self, asked: NDArray[np.int32]) -> None:
        """Look up what the join asked for: names, or given names that are enough alone.

        Raises:
            Begun: as `look_up`.
        """
        asked = np.unique(asked)
        known = self.words.desk["states"][asked] & tokens.NAMES_KNOWN != 0
        for number in asked[known]:
            self._make_sure_of_room()
            self._alone(int(number))
        self.look_up(asked[~known].astype(np.int64), AS_NAMES)

    def _alone(self, number: int) -> None:
        """Note which sought given names are enough by themselves beside a word of a row."""
        desk = self.words.desk
        start = int(desk["near_starts"][number, GIVEN])
        near_names = desk["near"][start : start + int(desk["near_counts"][number, GIVEN])]
        starts = self._side.starts[GIVENS]
        wanted = near_names[starts[near_names] < starts[near_names + 1]]
        chosen = [int(name) for name in wanted if self._is_enough(int(name), number)]
        used = int(desk["used"][2])
        desk["near"][used : used + len(chosen)] = chosen
        desk["near_starts"][number, ALONE] = used
        desk["near_counts"][number, ALONE] = len(chosen)
        desk["used"][2] += len(chosen)
        desk["states"][number] |= tokens.ALONE_KNOWN

    def _is_enough(self, name: int, number: int) -> bool:
        """Whether a sought given name and a word of a row agree so rarely that it is reported."""
        mine, theirs = self._sought.word(name), self.words.word(number)
        if max(_rarity(mine), _rarity(theirs)) < POSSIBLE_FROM:
            return False
        return names(given_unit(mine, ANY), given_unit(theirs, ANY)).bits >= POSSIBLE_FROM


@lru_cache(maxsize=1 << 16)
def _rarity(own: Word) -> float:
    """Return the most bits that agreeing on a given name can be worth."""
    return max((given_bits(form.name) for form in own.given_forms), default=0.0)
