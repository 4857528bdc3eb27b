"""Rows in, hits out: the tables that grow with what was read, and the order of the work.

A row goes through sieves, each of which lets through whatever might still be a hit: words that
are near to no sought surname stop most rows; initials and given names stop most of the rest; what
remains is read as `slots` reads it and weighed as `compare` weighs it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names import weights
from habeas.names.compare import NEARLY, Matcher, read_cached
from habeas.names.letters import Printed, Script, _printed
from habeas.names.lexicon import initial_bits, titles
from habeas.names.pairs import Pairing, initials, names, surnames
from habeas.names.reasons import POSSIBLE_FROM
from habeas.names.screening import join, near, patterns, sieve, spelled, tokens
from habeas.names.screening.readings import (
    FATHER,
    GENDERS,
    GIVEN,
    PLACE,
    SURNAME,
    TOLD,
    Grouped,
    Readings,
    no_readings,
)
from habeas.names.screening.wanted import NameIndex, Wanted, surname_strings, unmeasured
from habeas.names.slots import Initial, NameUnit, SurnameUnit
from habeas.names.words import Word, word

MOST_WORDS_KEPT = 1 << 20
"""Words of rows that are remembered; beyond, everything learnt from rows is forgotten."""
MOST_HITS = 1 << 16


class Hits(NamedTuple):
    """Hits side by side: place of the row, place of the person, bits, given name and surname full."""

    rows: NDArray[np.int64]
    people: NDArray[np.int32]
    bits: NDArray[np.float64]
    full: NDArray[np.bool_]


class Engine:
    """Looks for sought people in rows."""

    def __init__(self, matchers: Sequence[Matcher]) -> None:
        """Index the people."""
        self.tables = near.measure()
        self.rules = spelled.load_rules()
        self.wanted = Wanted(matchers, self.tables)
        own = self.wanted
        self.side = join.Side(
            own.readings,
            own.person,
            own.starts,
            own.by_word,
            own.by_given,
            own.by_given_alone,
            own.by_father,
        )
        self.model = join.Model(
            POSSIBLE_FROM,
            max(weights.SURNAME_RANGE[1], weights.SURNAME_UNLISTED),
            weights.GENDER_UNUSUAL,
            weights.INITIALS_ALONE,
            NEARLY,
        )
        self.sieve = sieve.Sieve(own, self.rules)
        self._surname_units = list(own.surnames)
        self._special = np.array(
            sorted({sieve.lower_key(text) for text in sieve.special_words()}), dtype=np.uint64
        )
        self._forget()

    def _forget(self) -> None:
        """Forget all words of rows; what is known of the sought stays."""
        self.words = tokens.vocabulary(1 << 14, 1 << 18)
        self.seen = sieve.seen(1 << 14)
        self.done = 0
        self.classes = np.full(1 << 14, -1, dtype=np.int32)
        self._class_numbers: dict[tuple[object, ...], int] = {}
        self.shapes = patterns.shapes(1 << 10)
        self.units = patterns.units_table(1 << 14)
        self._row_surnames: dict[SurnameUnit, int] = {}
        self._row_names: dict[NameUnit, int] = {}
        self._row_words: dict[Word, int] = {}
        self._surname_list: list[SurnameUnit] = []
        self._names_as: dict[tuple[int, int], None] = {}
        self._known = join.known(1 << 14)
        self._near_names: list[list[list[int]]] = [[], []]
        self._kinds = 0
        self._initial_bits = np.zeros((0, len(self.wanted.units)))
        self._row_initials: list[NDArray[np.float64]] = []
        self._grouped: list[Grouped] | None = None

    # -- words ---------------------------------------------------------------------------------

    def printed(self, number: int) -> Printed:
        """Return a word of the vocabulary as `letters.words` gives it."""
        start = int(self.words.starts[number])
        raw = bytes(self.words.arena[start : start + int(self.words.lengths[number])])
        flags = int(self.words.flags[number])
        home = Script.LATIN if flags & tokens.LATIN_HOME else Script.CYRILLIC
        place = "comma" if flags & tokens.COMMA else ""
        return _printed(raw.decode("utf-8", "replace"), home, bool(flags & tokens.DOT), place)

    def _word(self, number: int) -> Word:
        printed = self.printed(number)
        return word(printed.text, printed.script)

    def _make_room(self, letters: int) -> None:
        used, arena = int(self.words.used[0]), int(self.words.used[1])
        if used > MOST_WORDS_KEPT:
            self._forget()
            used = arena = 0
        most = used + letters // 2 + 2
        if most > self.words.starts.size or arena + letters + 2 > self.words.arena.size:
            self.words = tokens.grown(self.words, 2 * most, 2 * (arena + letters + 2))
        if most > self.classes.size:
            extra = np.full(2 * most - self.classes.size, -1, dtype=np.int32)
            self.classes = np.concatenate((self.classes, extra))
        self.seen = sieve.with_room(self.seen, 2 * most if most > self.seen.shape.size else 0)

    def _meet(self) -> None:
        """Find what each new word is near to."""
        last = int(self.words.used[0])
        while self.done < last:
            self.seen, self.done = self.sieve.meet(
                self.words, self.done, last, self.seen, self._special
            )
            if self.done < last and self.seen.flags[self.done] & sieve.BY_HAND:
                self._by_hand(self.done)
                self.done += 1

    def _by_hand(self, number: int) -> None:
        """Find what a word is near to that the kernel does not read."""
        printed = self.printed(number)
        own = word(printed.text, printed.script)
        text = printed.text.rstrip("'")
        shape = sieve.FULL_WORD
        special = own.text in titles() or bool(own.parent_word)
        letters = initial_bits(text, printed=True) if len(text) == 1 else 0
        if letters:
            shape = sieve.INITIAL
        elif len(text) == 1 or len(text) == 2 or len(text) <= 4 or special:  # noqa: PLR2004
            shape = sieve.UNSURE
        self.seen.shape[number], self.seen.letters[number] = shape, letters
        if shape != sieve.INITIAL:
            self.seen = sieve.add(self.seen, number, self.near_words(own))
            self.seen = self.sieve.answer(self.seen, number, own)

    def near_words(self, own: Word) -> list[int]:
        """Return the sought surnames that may agree with a word."""
        wanted = self.wanted
        strings = surname_strings(own)
        if unmeasured(own, strings, self.tables):
            return list(range(len(wanted.words)))
        found = set(wanted.always)
        found.update(self.sieve.near_words(strings))
        return sorted(found)

    # -- rows ----------------------------------------------------------------------------------

    def hits(self, texts: Sequence[str]) -> Hits:
        """Return the hits of rows, by row and person."""
        joined = "\n".join(texts)
        encoded = joined.encode("utf-8", "surrogatepass")
        if joined.count("\n") != len(texts) - 1:
            encoded = "\n".join(text.replace("\n", "\0") for text in texts).encode(
                "utf-8", "surrogatepass"
            )
        return self.hits_in(np.frombuffer(encoded, dtype=np.uint8), texts)

    def hits_in(self, text: NDArray[np.uint8], texts: Sequence[str]) -> Hits:
        """Return the hits of the lines of an encoded text; `texts` are the same lines."""
        count = len(texts)
        if not count:
            return self._nothing()
        self._make_room(text.size)
        numbers = np.empty(text.size + 1, dtype=np.int32)
        row_starts = np.zeros(count + 1, dtype=np.int64)
        odd = np.zeros(count, dtype=np.bool_)
        tokens.tokenise(text, self.words, numbers, row_starts, odd)
        self._meet()
        self.seen, chosen = self.sieve.chosen(
            self.words, self.seen, numbers, row_starts, odd, self._word
        )
        return self._weigh(chosen, np.flatnonzero(odd), numbers, row_starts, texts)

    def _nothing(self) -> Hits:
        return Hits(
            np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.bool_)
        )

    def _weigh(
        self,
        chosen: NDArray[np.int64],
        odd: NDArray[np.int64],
        numbers: NDArray[np.int32],
        row_starts: NDArray[np.int64],
        texts: Sequence[str],
    ) -> Hits:
        self._classify(chosen, numbers, row_starts)
        found = self._patterns(chosen, numbers, row_starts, texts)
        by_hand = found < 0
        others = np.sort(np.concatenate((odd, chosen[by_hand])))
        chosen, found = chosen[~by_hand], found[~by_hand]
        readings, starts = self._assemble(chosen, found, numbers, row_starts)
        parts = [self._join(readings, starts, chosen)]
        if others.size:
            parts.append(self._join(*self._read(others, texts)))
        rows = np.concatenate([part.rows for part in parts])
        people = np.concatenate([part.people for part in parts])
        order = np.lexsort((people, rows))
        return Hits(
            rows[order],
            people[order],
            np.concatenate([part.bits for part in parts])[order],
            np.concatenate([part.full for part in parts])[order],
        )

    def _classify(
        self, chosen: NDArray[np.int64], numbers: NDArray[np.int32], row_starts: NDArray[np.int64]
    ) -> None:
        used = sieve.words_of(chosen, numbers, row_starts)
        for number in np.unique(used[self.classes[used] < 0]):
            printed = self.printed(int(number))
            answer = patterns.class_of(printed, word(printed.text, printed.script))
            self.classes[number] = self._class_numbers.setdefault(answer, len(self._class_numbers))

    def _patterns(
        self,
        chosen: NDArray[np.int64],
        numbers: NDArray[np.int32],
        row_starts: NDArray[np.int64],
        texts: Sequence[str],
    ) -> NDArray[np.int32]:
        """Return the pattern of each row, -1 for rows to be read one by one."""
        found = np.full(chosen.size, -1, dtype=np.int32)
        while True:
            patterns.patterns_of(self.shapes, row_starts, numbers, chosen, self.classes, found)
            lacking = np.flatnonzero(found == -1)
            if not lacking.size:
                break
            for place in lacking:
                row = int(chosen[place])
                own = self.classes[numbers[row_starts[row] : row_starts[row + 1]]]
                slot = patterns.slot_of(self.shapes, own, own.size)
                if self.shapes.table[slot] < 0:
                    self._learn(slot, own, texts[row])
        bad = self.shapes.starts[found + 1] == self.shapes.starts[found]
        found[bad] = -1
        return found

    def _learn(self, slot: int, classes: NDArray[np.int32], text: str) -> None:
        """Add the pattern of a row; one without readings if rows like it are read one by one."""
        number, count = int(self.shapes.used[0]), int(self.shapes.used[1])
        printed, readings = read_cached(text)
        slots = patterns.slots_of(printed, readings) or []
        self.shapes.table[slot] = number
        self.shapes.classes[number, : classes.size] = classes
        for place, one in enumerate(slots, count):
            row = [value for part in one.parts for value in part]
            self.shapes.slots[place] = [*row, one.genders, int(one.told)]
            self.shapes.prices[place] = one.price
        self.shapes.used[0], self.shapes.used[1] = number + 1, count + len(slots)
        self.shapes.starts[number + 1] = count + len(slots)
        if number + 2 >= self.shapes.starts.size:
            self.shapes = patterns.more_shapes(self.shapes)

    def _assemble(
        self,
        chosen: NDArray[np.int64],
        found: NDArray[np.int32],
        numbers: NDArray[np.int32],
        row_starts: NDArray[np.int64],
    ) -> tuple[Readings, NDArray[np.int64]]:
        sizes = self.shapes.starts[found + 1] - self.shapes.starts[found]
        room = int(sizes.sum())
        out = no_readings(room)
        starts = np.zeros(chosen.size + 1, dtype=np.int64)
        missing = np.empty(3 * room + 1, dtype=np.int64)
        while True:
            count = patterns.assemble(
                self.shapes, row_starts, numbers, chosen, found, self.units, out, starts, missing
            )
            if not count:
                return out, starts
            keys = np.unique(missing[:count])
            values = np.array([self._part(int(key)) for key in keys], dtype=np.int32)
            while 2 * (int(self.units.used[0]) + keys.size) > self.units.keys.size:
                self.units = patterns.more_units(self.units)
            patterns.put_units(self.units, keys, values)

    def _part(self, key: int) -> int:
        """Return the number of the unit that a part of a row is, or -2 minus its initial's kind."""
        kind, mask, letter = key & 3, (key >> 2) & 0x3FFF, (key >> 16) & 15
        return self._number(patterns.part_of(self.printed(key >> 20), letter, kind, mask), kind)

    def _number(self, part: object, kind: int) -> int:
        if isinstance(part, SurnameUnit):
            number = self._row_surnames.setdefault(part, len(self._row_surnames))
            if number == len(self._surname_list):
                self._surname_list.append(part)
            return number
        if isinstance(part, Initial):
            return -2 - self.wanted.kinds.number(part)
        assert isinstance(part, NameUnit)
        number = self._row_names.setdefault(part, len(self._row_names))
        if number == len(self._row_initials):
            self._row_initials.append(self._against_initials(part))
        if (number, kind) not in self._names_as:
            self._names_as[number, kind] = None
            self._agreeing(part, number, kind)
        return number

    def _against_initials(self, unit: NameUnit) -> NDArray[np.float64]:
        kinds = self.wanted.kinds.initials[: self.wanted.own_kinds]
        return np.array([_bits(initials(letter, unit)) for letter in kinds], dtype=np.float64)

    def _agreeing(self, unit: NameUnit, number: int, kind: int) -> None:
        """Work out which names of the sought agree with one of a row, and how well."""
        given = kind == patterns.AS_GIVEN
        index: NameIndex = self.wanted.given_index if given else self.wanted.father_index
        which = 0 if given else 1
        lists = self._near_names[which]
        while len(lists) <= number:
            lists.append([])
        units = self.wanted.units
        agreeing = [(other, names(units[other], unit)) for other in index.candidates(unit)]
        lists[number] = [other for other, pairing in agreeing if pairing.bits >= 0]
        column = GIVEN if given else FATHER
        self._put(
            [
                (join.key_of(column, other, number), pairing)
                for other, pairing in agreeing
                if pairing.bits >= 0
            ]
        )
        self._grouped = None

    def _put(self, pairs: list[tuple[int, Pairing]]) -> None:
        while 2 * (int(self._known.used[0]) + len(pairs)) > self._known.keys.size:
            self._known = join.more(self._known)
        join.put(
            self._known,
            np.array([key for key, _ in pairs], dtype=np.int64),
            np.array([(pairing.bits, pairing.rarity) for _, pairing in pairs]).reshape(-1, 2),
        )

    def _read(
        self, rows: NDArray[np.int64], texts: Sequence[str]
    ) -> tuple[Readings, NDArray[np.int64], NDArray[np.int64]]:
        """Return the readings of rows that are read one by one."""
        every = []
        starts = np.zeros(rows.size + 1, dtype=np.int64)
        for place, row in enumerate(rows):
            try:
                readings = read_cached(texts[int(row)])[1]
            except (NothingToCompare, NameTooLong):
                readings = ()
            every.extend(readings)
            starts[place + 1] = len(every)
        out = no_readings(len(every))
        for place, reading in enumerate(every):
            row = out.parts[place]
            if reading.surname is not None:
                row[SURNAME] = self._number(reading.surname, patterns.AS_SURNAME)
                row[PLACE] = self._own_place(reading.surname.own)
            for column, kind, part in (
                (GIVEN, patterns.AS_GIVEN, reading.given),
                (FATHER, patterns.AS_FATHER, reading.father),
            ):
                if part is not None:
                    number = self._number(part, kind)
                    if number >= 0:
                        row[column] = number
                    else:
                        row[column + 1] = -2 - number
            row[GENDERS], row[TOLD] = reading.genders, reading.told
            out.prices[place] = reading.price
        return out, starts, rows

    def _own_place(self, own: Word) -> int:
        """Return the number under which the near words of a word of an odd row are kept."""
        if own not in self._row_words:
            self._make_room(4)
            number = int(self.words.used[0])
            self.words.used[0] += 1
            self.words.lengths[number] = -1
            self.done = number + 1
            self._row_words[own] = number
            self.seen = sieve.add(self.seen, number, self.near_words(own))
        return self._row_words[own]

    # -- the join ------------------------------------------------------------------------------

    def _join(self, readings: Readings, starts: NDArray[np.int64], ids: NDArray[np.int64]) -> Hits:
        todo = np.ones(ids.size, dtype=np.bool_)
        parts: list[Hits] = []
        people = self.wanted.starts.size - 1
        found = join.Found(
            np.zeros(MOST_HITS + people, np.int64),
            np.zeros(MOST_HITS + people, np.int32),
            np.zeros(MOST_HITS + people),
            np.zeros(MOST_HITS + people, np.bool_),
            np.zeros(1 << 14, np.int64),
            np.zeros(3, np.int64),
            np.full(people, -1, np.int64),
            np.zeros(people, np.int32),
        )
        while todo.any():
            found.used[:2] = 0
            near_names, initial_bits = self._near(), self._initials()
            join.join(
                self.side,
                readings,
                starts,
                ids,
                todo,
                self._known,
                near_names,
                initial_bits,
                self.model,
                found,
            )
            count = int(found.used[0])
            if count:
                parts.append(Hits(*(column[:count].copy() for column in found[:4])))
            if found.used[1]:
                self._answer(np.unique(found.asked[: int(found.used[1])]))
        return Hits(*map(np.concatenate, zip(self._nothing(), *parts, strict=True)))

    def _answer(self, keys: NDArray[np.int64]) -> None:
        """Work out the surnames that the join asks for."""
        low = (1 << 29) - 1
        pairs = []
        for key in map(int, keys):
            mine, theirs = self._surname_units[(key >> 29) & low], self._surname_list[key & low]
            pairs.append((key, surnames(mine, theirs)))
        self._put(pairs)

    def _near(self) -> join.Near:
        if self._grouped is None:
            self._grouped = [_lists(lists, len(self._row_names)) for lists in self._near_names]
        givens, fathers = self._grouped
        return join.Near(givens, fathers, self.seen.starts, self.seen.counts, self.seen.near)

    def _initials(self) -> join.Initials:
        kinds, own_kinds = self.wanted.kinds, self.wanted.own_kinds
        new = kinds.initials[self._kinds :]
        if new:
            worth = [[_bits(initials(one, unit)) for unit in self.wanted.units] for one in new]
            self._initial_bits = np.concatenate((self._initial_bits, np.array(worth)))
            self._kinds = len(kinds.initials)
        rows = np.full((1, 1), -1.0)
        if self._row_initials and own_kinds:
            rows = np.array(self._row_initials)
        weight = [weights.initial_weight(letter.shown) for letter in kinds.initials]
        return join.Initials(
            self._initial_bits,
            rows,
            np.array([letter.letters for letter in kinds.initials], dtype=np.int64),
            np.array(weight, dtype=np.float64),
        )


def _bits(pairing: Pairing) -> float:
    return pairing.bits


def _lists(lists: list[list[int]], size: int) -> Grouped:
    starts = np.zeros(size + 1, dtype=np.int64)
    counts = [len(items) for items in lists] + [0] * (size - len(lists))
    starts[1:] = np.cumsum(counts[:size])
    items = [item for own in lists[:size] for item in own]
    return Grouped(starts, np.array(items, dtype=np.int32))
