"""The sought people as arrays: their readings, and where to find them by word and by name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from habeas.names.compare import Matcher
from habeas.names.letters import Script
from habeas.names.lexicon import Known, elements, father_stem, lexicon
from habeas.names.pairs import _MUHAMMAD, initials
from habeas.names.screening import near
from habeas.names.screening.readings import (
    FATHER,
    GENDERS,
    GIVEN,
    GIVEN_INITIAL,
    PLACE,
    SURNAME,
    TOLD,
    Grouped,
    Readings,
    grouped,
    no_readings,
)
from habeas.names.slots import Initial, NameUnit, Reading, SurnameUnit
from habeas.names.weights import initial_weight
from habeas.names.words import Word, word

ANY_LETTER = 1 << 30
LETTERS = 27
SHORTEST_REST = 3


def surname_strings(own: Word) -> set[str]:
    """Return every run of sounds by which `pairs.surnames` may find a word near to another."""
    found = {own.plain}
    found.update(sound.text for sound in own.sounds)
    for form in own.surname_forms:
        found.update((form.sounds, form.stem))
    for half in own.text.split("-") if "-" in own.text else ():
        if len(half) > 1:
            found |= surname_strings(word(half, own.script))
    return found


def name_strings(unit: NameUnit) -> set[str]:
    """Return every run of sounds by which `pairs.names` may find a unit near to another."""
    found = {unit.own.plain}
    for form in unit.forms:
        for place, sound in enumerate(form.name.sounds):
            found.add(sound.text)
            if place < 2:  # noqa: PLR2004 - as `pairs._affixed`, which looks at two readings
                found |= _stripped(sound.text)
    return found | {
        joined for text in found if (joined := _MUHAMMAD.sub("M", text, count=1)) != text
    }


def unmeasured(own: Word, strings: set[str], tables: near.Measure) -> bool:
    """Whether the index cannot tell what a word is near to: Persian script, or too long for it."""
    if own.script is Script.PERSIAN:
        return True
    return not all(near.can_tell(text, tables) for text in strings)


def _stripped(sounds: str) -> set[str]:
    prefixes, suffixes = elements()
    found = {sounds[: -len(end)] for end in suffixes if sounds.endswith(end)}
    found |= {sounds[len(start) :] for start in prefixes if sounds.startswith(start)}
    return {text for text in found if len(text) >= SHORTEST_REST}


def groups_of(unit: NameUnit) -> set[str]:
    """Return all groups of names that a unit belongs to, is short for, or holds."""
    found: set[str] = set()
    for form in unit.forms:
        known = form.name.known
        found |= _groups(known)
    return found


class Kinds:
    """Initials that mean the same, by number."""

    def __init__(self) -> None:
        self.of: dict[tuple[int, float], int] = {}
        self.initials: list[Initial] = []

    def number(self, letter: Initial) -> int:
        """Return the number of an initial's kind: its letters and its weight."""
        key = letter.letters, initial_weight(letter.shown)
        if key not in self.of:
            self.of[key] = len(self.initials)
            self.initials.append(letter)
        return self.of[key]


class NameIndex:
    """The given names, or the fathers' names, of the sought: who may agree with a row's."""

    def __init__(self, units: Sequence[NameUnit], numbers: set[int], tables: near.Measure) -> None:
        owned: dict[str, set[int]] = defaultdict(set)
        self.by_group: dict[str, list[int]] = defaultdict(list)
        self.always: list[int] = []
        self.all = sorted(numbers)
        for number in self.all:
            for text in name_strings(units[number]):
                owned[text].add(number)
            for group in groups_of(units[number]):
                self.by_group[group].append(number)
            if unmeasured(units[number].own, name_strings(units[number]), tables):
                self.always.append(number)
        self.strings = near.index(owned, tables)
        self.memory = near.scratch(self.strings, len(units) + 1)
        self._found = np.zeros(len(units) + 1, dtype=np.int32)
        self._tables = tables

    def candidates(self, unit: NameUnit) -> list[int]:
        """Return the units that may agree with one: every other one is known to differ."""
        if unmeasured(unit.own, name_strings(unit), self._tables):
            return self.all
        found = set(self.always)
        for group in groups_of(unit):
            found.update(self.by_group.get(group, ()))
        found.update(self.near(name_strings(unit)))
        return sorted(found)

    def near(self, strings: Iterable[str]) -> list[int]:
        """Return the units near to any of these runs of sounds."""
        count = near.load(self.memory, strings)
        size = near.search(self.strings, count, self._tables, self.memory, self._found)
        return [int(number) for number in self._found[:size]]


class Wanted:
    """Everybody who is sought, read once."""

    def __init__(self, matchers: Sequence[Matcher], tables: near.Measure) -> None:
        self.tables = tables
        # A name that is printed with one error is held against what is left of longer names
        # without weighing which error it was (`pairs._mistyped_short`).
        self.name_tables = tables._replace(one_edit=np.inf)
        self.words: dict[Word, int] = {}
        self.surnames: dict[SurnameUnit, int] = {}
        self.names: dict[NameUnit, int] = {}
        self.kinds = Kinds()
        self.starts = np.zeros(len(matchers) + 1, dtype=np.int64)
        every = [reading for matcher in matchers for reading in matcher.readings]
        self.starts[1:] = np.cumsum([len(matcher.readings) for matcher in matchers])
        self.person = np.repeat(
            np.arange(len(matchers), dtype=np.int32), np.diff(self.starts)
        ).astype(np.int32)
        self.readings = self._arrays(every)
        self.own_kinds = len(self.kinds.initials)
        self.units = list(self.names)
        self._group()
        self._index()

    def _arrays(self, every: list[Reading]) -> Readings:
        out = no_readings(len(every))
        for place, reading in enumerate(every):
            row = out.parts[place]
            if reading.surname is not None:
                row[SURNAME] = self.surnames.setdefault(reading.surname, len(self.surnames))
                row[PLACE] = self.words.setdefault(reading.surname.own, len(self.words))
            for column, part in ((GIVEN, reading.given), (FATHER, reading.father)):
                if isinstance(part, Initial):
                    row[column + 1] = self.kinds.number(part)
                elif part is not None:
                    row[column] = self.names.setdefault(part, len(self.names))
            row[GENDERS], row[TOLD] = reading.genders, reading.told
            out.prices[place] = reading.price
        return out

    def _group(self) -> None:
        parts = self.readings.parts
        surname, given, father = parts[:, SURNAME], parts[:, GIVEN], parts[:, FATHER]
        named = np.flatnonzero(surname >= 0)
        self.by_word = grouped(((int(parts[n, PLACE]), int(n)) for n in named), len(self.words))
        self.by_given = self._by(given, given >= 0)
        self.by_given_alone = self._by(given, (given >= 0) & (father < 0))
        self.by_father = self._by(father, father >= 0)
        no_given = (given < 0) & (parts[:, GIVEN_INITIAL] < 0)
        self.father_alone = bool(np.any(no_given & (father >= 0)))
        self.letters = self._letters()

    def _by(self, names: NDArray[np.int32], chosen: NDArray[np.bool_]) -> tuple[Grouped, Grouped]:
        """Return the chosen readings by name: all, and those without a surname."""
        bare = self.readings.parts[:, SURNAME] < 0
        every, some = (
            grouped(((int(names[n]), int(n)) for n in np.flatnonzero(rows)), len(self.names))
            for rows in (chosen, chosen & bare)
        )
        return every, some

    def _letters(self) -> NDArray[np.int64]:
        """Return, for each surname word, the initials under which its people may be printed."""
        of_unit = np.array([letters_of(unit) for unit in self.units], dtype=np.int64)
        of_kind = np.array([kind.letters for kind in self.kinds.initials], dtype=np.int64)
        found = np.zeros(len(self.words) + 1, dtype=np.int64)
        for row in self.readings.parts:
            if row[GIVEN] >= 0:
                letters = of_unit[row[GIVEN]]
            elif row[GIVEN_INITIAL] >= 0:
                letters = of_kind[row[GIVEN_INITIAL]]
            else:
                letters = -1
            found[row[PLACE]] |= letters
        return found

    def _index(self) -> None:
        owned: dict[str, set[int]] = defaultdict(set)
        self.always: list[int] = []
        for own, number in self.words.items():
            for text in surname_strings(own):
                owned[text].add(number)
            if unmeasured(own, surname_strings(own), self.tables):
                self.always.append(number)
        self.by_sound = near.index(owned, self.tables)
        parts = self.readings.parts
        givens = {int(n) for n in parts[:, GIVEN] if n >= 0}
        fathers = {int(n) for n in parts[:, FATHER] if n >= 0}
        self.given_index = NameIndex(self.units, givens, self.name_tables)
        self.father_index = NameIndex(self.units, fathers, self.name_tables)
        self._bare_fathers()

    def _bare_fathers(self) -> None:
        """Index the fathers' names of readings without a surname, with all that agrees by table."""
        parts = self.readings.parts
        numbers = {int(n) for n in parts[parts[:, SURNAME] < 0, FATHER] if n >= 0}
        owned: dict[str, set[int]] = defaultdict(set)
        of_group: dict[str, set[int]] = defaultdict(set)
        self.fathers_always: list[int] = []
        for number in numbers:
            unit = self.units[number]
            strings = name_strings(unit)
            for text in strings:
                owned[text].add(number)
            for group in groups_of(unit):
                of_group[group].add(number)
            if unmeasured(unit.own, strings, self.name_tables):
                self.fathers_always.append(number)
        self.bare_fathers = near.index(owned, self.name_tables)
        self.linked_fathers = self._linked(linked_fathers(set(of_group)), of_group)
        self._all_givens()

    def _all_givens(self) -> None:
        """Index the given names of the sought, with all that agrees with them by table."""
        units = self.given_index.all
        owned: dict[str, set[int]] = defaultdict(set)
        of_group: dict[str, set[int]] = defaultdict(set)
        for number in units:
            for text in name_strings(self.units[number]):
                owned[text].add(number)
            for group in groups_of(self.units[number]):
                of_group[group].add(number)
        self.all_givens = near.index(owned, self.name_tables)
        self.linked_givens = self._linked(linked_groups(set(of_group)), of_group)

    def _linked(
        self, names: Iterable[tuple[str, frozenset[str]]], of_group: dict[str, set[int]]
    ) -> near.Exact:
        owned: dict[str, set[int]] = defaultdict(set)
        for sounds, groups in names:
            for group in groups:
                owned[sounds] |= of_group.get(group, set())
        return near.exact(owned, self.name_tables)


def linked_fathers(groups: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the stem of each name joined to one of these groups as in a patronymic, its groups."""
    for sounds, own in linked_groups(groups):
        yield father_stem(sounds), own
    for sounds, known in lexicon()._father.items():  # noqa: SLF001 - one room; the whole table
        own = _groups(known)
        if not groups.isdisjoint(own):
            yield sounds, own


def linked_groups(groups: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the sounds of each name that is joined to one of these groups, and all its groups."""
    for sounds, known in lexicon()._given.items():  # noqa: SLF001 - as above
        own = _groups(known)
        if not groups.isdisjoint(own):
            yield sounds, own


def _groups(known: Known) -> frozenset[str]:
    return known.groups | known.short_of | known.base_of


def letters_of(unit: NameUnit) -> int:
    """Return the initials, as bits, under which a given name may be printed."""
    found = 0
    for place in range(LETTERS):
        if initials(Initial("", 1 << place), unit).rule == "initial agrees":
            found |= 1 << place
    return found
