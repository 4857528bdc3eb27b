"""Many sought people against many printed names, or against a text: only near names are compared.

People are found by the consonants of their surname with one of them left out, or by given name and
father's name where the surname is unknown. Whoever is found that way is compared in full, so that
a screening never says anything else than `compare`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names.compare import Matcher, comparison_of, read_cached
from habeas.names.declension import ANY
from habeas.names.letters import Script
from habeas.names.pairs import initials, names, surnames
from habeas.names.reasons import POSSIBLE_FROM, Comparison, Verdict
from habeas.names.slots import Initial, NameUnit, Reading, father_unit, surname_unit
from habeas.names.sought import Sought
from habeas.names.sounds import LONG, MOST_EDITS, coarse, skeleton
from habeas.names.words import Word, word

REPORTED = frozenset((Verdict.SAME, Verdict.LIKELY, Verdict.POSSIBLE))
"""The verdicts that a screening reports; the rest says too little to be read by a person."""

_ONE_VOWEL = str.maketrans("aeiouyAEO", "aaaaaaaaa")
_RUN = re.compile(r"(.)\1+")
_WINDOW = 4
"""Words on each side of a surname that may belong to the name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that may name a sought person.

    Attributes:
        row_index: place of the row in what was screened, from 0.
        person_index: place of the person in the sequence given to Screen, from 0.
        comparison: exactly what `compare` says about the two.
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


@lru_cache(maxsize=1 << 17)
def _bones(sounds: str) -> str:
    """Return a word in coarse sounds with all vowels alike, runs as one."""
    return _RUN.sub(r"\1", coarse(sounds).translate(_ONE_VOWEL))


@lru_cache(maxsize=1 << 17)
def _keys(bones: str) -> tuple[str, ...]:
    """Return the bones, whole and with each one left out: one change still shares a key."""
    return (bones, *{bones[:place] + bones[place + 1 :] for place in range(len(bones))})


@lru_cache(maxsize=1 << 16)
def _surname_bones(own: Word) -> frozenset[str]:
    texts = {*own.coarse, *(sound.text for sound in own.sounds)}
    texts |= {text.replace("x", "") for text in own.coarse if "x" in text[1:]}
    for half in own.text.split("-") if "-" in own.text else ():
        if len(half) > 1:
            texts.update(word(half, own.script).coarse)
    if own.script is Script.PERSIAN:
        texts |= {skeleton(text) for text in texts}
    # One letter gone from between two vowels: no runs here.
    whole = "~" + coarse(own.plain).translate(_ONE_VOWEL)
    return frozenset((*map(_bones, texts), whole))


def _surname_keys(own: Word) -> set[str]:
    return {key for bones in _surname_bones(own) for key in _keys(bones)}


def _name_keys(unit: NameUnit) -> set[str]:
    """Return where a father's name is kept: its groups, and its bones."""
    found: set[str] = set(_keys(_bones(unit.own.plain)))
    for form in unit.forms:
        known = form.name.known
        found.update(f"={group}" for group in known.groups | known.short_of | known.base_of)
        for sound in form.name.sounds:
            found.update(_keys(_bones(sound.text)))
    return found


class Screen:
    """Sought people, indexed once, to be looked for in many rows or texts."""

    def __init__(self, people: Sequence[Sought]) -> None:
        """Index the people.

        Raises:
            NothingToCompare: somebody has no name.
            NameTooLong: a spelling has more than 1000 characters.
        """
        self._matchers = [Matcher(person) for person in people]
        self._people_of: dict[Word, list[int]] = defaultdict(list)
        self._by_surname: dict[str, list[Word]] = defaultdict(list)
        self._by_father: dict[str, list[tuple[int, Reading]]] = defaultdict(list)
        for place, matcher in enumerate(self._matchers):
            self._add(place, matcher.readings)
        self._near: dict[Word, tuple[int, ...]] = {}
        self._words: dict[str, bool] = {}

    def _add(self, place: int, readings: tuple[Reading, ...]) -> None:
        surnames_of = {reading.surname.own for reading in readings if reading.surname is not None}
        for own in surnames_of:
            if own not in self._people_of:
                for key in _surname_keys(own):
                    self._by_surname[key].append(own)
            self._people_of[own].append(place)
        for reading in readings:
            if isinstance(reading.father, NameUnit) and isinstance(reading.given, NameUnit):
                for key in _name_keys(reading.father):
                    self._by_father[key].append((place, reading))

    def rows(self, texts: Iterable[str]) -> Iterator[Hit]:
        """Yield a hit for every row and person whose comparison is at least possible.

        Rows without a name, or longer than a name, are passed over.
        """
        for number, text in enumerate(texts):
            for place, comparison in self._row(text):
                yield Hit(number, place, comparison)

    def _row(self, text: str) -> Iterator[tuple[int, Comparison]]:
        try:
            readings = read_cached(text)[1]
        except (NothingToCompare, NameTooLong):
            return
        for place in sorted(self._candidates(readings)):
            best = self._matchers[place].best(readings)
            if best.bits >= POSSIBLE_FROM:
                comparison = comparison_of(best)
                if comparison.verdict in REPORTED:
                    yield place, comparison

    def _candidates(self, readings: tuple[Reading, ...]) -> set[int]:
        found: set[int] = set()
        for reading in readings:
            if reading.surname is not None:
                near = self._near_surname(reading.surname.own)
                found.update(place for place in near if self._may_be(place, reading))
            if isinstance(reading.given, NameUnit) and isinstance(reading.father, NameUnit):
                found |= self._without_surname(reading)
        return found

    def _near_surname(self, own: Word) -> tuple[int, ...]:
        """Return the people with a surname that may agree with the word."""
        near = self._near.get(own)
        if near is None:
            others = {item for key in _surname_keys(own) for item in self._by_surname.get(key, ())}
            near = tuple(
                {place for theirs in _alike(own, list(others)) for place in self._people_of[theirs]}
            )
            self._near[own] = near
        return near

    def _without_surname(self, reading: Reading) -> set[int]:
        """Return the people whose given and father's name agree, where a surname is missing."""
        people = [
            item
            for key in _name_keys_cached(reading.father)
            for item in self._by_father.get(key, ())
        ]
        return {
            place
            for place, mine in people
            if (mine.surname is None or reading.surname is None)
            and _agree(mine.given, reading.given)
            and _agree(mine.father, reading.father)
        }

    def _may_be(self, place: int, reading: Reading) -> bool:
        """Whether some given name of a person agrees with that of a row, or one is not shown."""
        theirs = reading.given
        return theirs is None or any(
            mine is None or _agree(mine, theirs) for mine in self._matchers[place].givens
        )

    def text(self, text: str) -> Iterator[TextHit]:
        """Yield every place of a text that names a sought person at least possibly, in order."""
        tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
        taken = -1
        for number, (start, end) in enumerate(tokens):
            if start < taken or not self._known_word(text[start:end]):
                continue
            best = self._around(text, tokens, number)
            for hit in best:
                taken = max(taken, hit.end)
                yield hit

    def _known_word(self, printed: str) -> bool:
        """Whether a word may be somebody's surname, or given name with a father's name."""
        known = self._words.get(printed)
        if known is None:
            try:
                readings = read_cached(printed)[1]
            except (NothingToCompare, NameTooLong):
                readings = ()
            known = any(
                (reading.surname is not None and bool(self._near_surname(reading.surname.own)))
                or (isinstance(reading.given, NameUnit) and self._known_father(reading.given))
                for reading in readings
            )
            self._words[printed] = known
        return known

    def _known_father(self, unit: NameUnit) -> bool:
        return any(key in self._by_father for key in _name_keys_cached(father_unit(unit.own)))

    def _around(self, text: str, tokens: list[tuple[int, int]], number: int) -> list[TextHit]:
        """Return the best hit of each person among the runs of words that hold word `number`."""
        best: dict[int, TextHit] = {}
        for start, end in _runs(text, tokens, number):
            for place, comparison in self._row(text[start:end]):
                old = best.get(place)
                if old is None or (comparison.bits, end - start) > (
                    old.comparison.bits,
                    old.end - old.start,
                ):
                    best[place] = TextHit(start, end, place, comparison)
        return sorted(best.values(), key=lambda hit: (hit.start, hit.person_index))


_TOKEN = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ`\-][^\W\d_]+)*")
_JOIN = re.compile(r"[.,]?\s{0,3}\Z")


def _runs(text: str, tokens: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    """Return the runs of one to four neighbouring words that hold word `number`, as offsets."""
    first = last = number
    while first > max(0, number - _WINDOW + 1) and _joined(text, tokens, first - 1):
        first -= 1
    while last < min(len(tokens) - 1, number + _WINDOW - 1) and _joined(text, tokens, last):
        last += 1
    found = []
    for left in range(first, number + 1):
        for right in range(max(number, left + 1), min(last, left + _WINDOW - 1) + 1):
            end = tokens[right][1]
            if end - tokens[right][0] == 1 and text[end : end + 1] == ".":
                end += 1
            found.append((tokens[left][0], end))
    return found


def _joined(text: str, tokens: list[tuple[int, int]], place: int) -> bool:
    """Whether a word and the next may belong to one name.

    Both are capitalised, or a word for son or daughter; a full stop stands only after an initial.
    """
    (start, end), (then, after) = tokens[place], tokens[place + 1]
    between = text[end:then]
    if not _JOIN.match(between) or ("." in between and end - start > _LONGEST_INITIAL):
        return False
    return all(
        text[left] != text[left].lower() or word(text[left:right], Script.CYRILLIC).parent_word
        for left, right in ((start, end), (then, after))
    )


_LONGEST_INITIAL = 2


@lru_cache(maxsize=1 << 16)
def _name_keys_cached(unit: NameUnit) -> frozenset[str]:
    return frozenset(_name_keys(unit))


def _alike(own: Word, others: list[Word]) -> list[Word]:
    """Return the words that agree with a word as surnames do.

    All coarse sounds are measured in one call; only what is near is compared with its reasons.
    """
    if not others:
        return []
    mine = [*own.coarse, coarse(own.plain)]
    forms = [(text, other) for other in others for text in (*other.coarse, coarse(other.plain))]
    gaps = process.cdist(
        mine, [text for text, _ in forms], scorer=OSA.distance, score_cutoff=MOST_EDITS
    )
    lengths = np.add.outer([len(text) for text in mine], [len(text) for text, _ in forms])
    most = np.where(lengths >= LONG, MOST_EDITS, 1)
    near = {forms[int(place)][1] for place in np.flatnonzero(np.any(gaps <= most, axis=0))}
    near.update(other for other in others if _unlike_kinds(own, other))
    whole = surname_unit(own, ANY)
    return [other for other in near if surnames(whole, surname_unit(other, ANY)).bits > 0]


def _unlike_kinds(one: Word, other: Word) -> bool:
    """Whether coarse sounds cannot tell: a double surname, or Persian script on one side."""
    persian = (one.script is Script.PERSIAN) != (other.script is Script.PERSIAN)
    return persian or "-" in one.text or "-" in other.text


@lru_cache(maxsize=1 << 18)
def _agree(mine: NameUnit | Initial, theirs: NameUnit | Initial) -> bool:
    if isinstance(theirs, Initial):
        return initials(theirs, mine).bits > 0
    if isinstance(mine, Initial):
        return initials(mine, theirs).bits > 0
    return names(mine, theirs).bits > 0
