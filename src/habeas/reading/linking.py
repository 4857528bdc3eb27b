"""Puts together the places where one person is named: spellings, parts of names, other names.

Spellings are compared by the names room, which undoes case endings by declining forward. What stays
doubtful is kept apart and said to be doubtful; nobody is merged silently.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from habeas.errors import HabeasError
from habeas.names import Verdict, compare
from habeas.names.letters import script_of
from habeas.names.words import word
from habeas.reading.name_words import MAN, WOMAN, name_word
from habeas.reading.nominative import nominative, of_spellings
from habeas.reading.people import Candidate
from habeas.reading.suggestions import Confidence, PersonFound

_KEPT = 1 << 15
_MOST_RIVALS = 8
"""People who share a word of a name and are compared with a new spelling; later ones are not."""
# Bits of names.compare from which two spellings of one text that agree in two parts are one person.
_ENOUGH = 8.0


@lru_cache(maxsize=_KEPT)
def link_keys(key: str, language: str) -> frozenset[str]:
    """Return the sounds of the forms that a word of a name may stand for."""
    base = name_word(key, language).base or key
    own = word(base, script_of(base))
    found = {form.sounds for form in own.surname_forms}
    found.update(sound.text for form in own.given_forms for sound in form.name.sounds[:1])
    return frozenset(text for text in found if len(text) > 1) or frozenset((base,))


@dataclass(slots=True)
class _Known:
    """A person while the text is read."""

    number: int
    name: str
    keys: tuple[str, ...]
    language: str = ""
    spellings: dict[str, int] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    genders: int = 0
    relative_of: int | None = None
    same_as: str = ""
    doubtful: dict[str, None] = field(default_factory=dict)
    full: bool = True
    last_alone: int = -1
    initials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a person is named, and how sure it is that it is this person."""

    person: int
    full: bool
    confidence: Confidence
    rule: str


class Register:
    """The people of one text."""

    def __init__(self) -> None:
        self.people: list[_Known] = []
        self.main: int | None = None
        self._by_key: dict[str, list[int]] = defaultdict(list)

    def found(self) -> tuple[PersonFound, ...]:
        """Return the people in the order in which the text names them."""
        return tuple(
            PersonFound(
                one.number,
                of_spellings(one.name, tuple(one.spellings), one.language, one.genders),
                tuple(sorted(one.spellings, key=lambda s: (-len(s.split()), one.spellings[s]))),
                tuple(one.roles),
                one.relative_of,
                one.same_as,
                tuple(one.doubtful),
            )
            for one in self.people
        )

    def full(self, candidate: Candidate, spelling: str, language: str, place: int) -> Linked:
        """Link a full name, or take it for a new person."""
        bare = nominative(spelling, language) if language in {"tg", "uz"} else spelling
        for number in self._rivals(candidate.keys, language):
            rival = self.people[number]
            if _one_person(rival, candidate, bare):
                self._note(rival, candidate, spelling, place)
                if len(spelling.split()) > len(rival.name.split()) or not rival.full:
                    rival.name, rival.keys, rival.full = spelling, candidate.keys, True
                    rival.language = language
                    self._learn(rival, language)
                return Linked(number, full=True, confidence=Confidence.HIGH, rule="name")
        return self._new(candidate, spelling, language, place)

    def same(
        self, candidate: Candidate, spelling: str, language: str, number: int, why: str
    ) -> Linked:
        """Link a name to a person because the text itself says that they are one."""
        person = self.people[number]
        person.same_as = why
        person.spellings.setdefault(spelling, len(person.spellings))
        for key in candidate.keys:
            for sounds in link_keys(key, language):
                self._by_key[sounds].append(number)
        return Linked(number, full=True, confidence=Confidence.HIGH, rule="name-text-says")

    def meant(self, candidate: Candidate, language: str) -> list[int]:
        """Return the people whom a single word may mean."""
        return self._rivals(candidate.keys, language)

    def part(self, candidate: Candidate, spelling: str, language: str, place: int) -> Linked | None:
        """Link a single word to the person whose name it is part of; None if there is nobody."""
        numbers = list(dict.fromkeys(self._rivals(candidate.keys, language)))
        if candidate.relative and not _is_named_full(self.people, numbers, candidate):
            return None
        if not numbers:
            return None
        chosen, confidence = self._choose(numbers, candidate, language, place)
        person = self.people[chosen]
        if confidence is Confidence.LOW:
            person.doubtful.setdefault(spelling)
        self._note(person, candidate, spelling, place)
        person.last_alone = place
        return Linked(chosen, full=False, confidence=confidence, rule="name-part")

    def single(self, candidate: Candidate, spelling: str, language: str, place: int) -> Linked:
        """Take a single word for a new person."""
        linked = self._new(candidate, spelling, language, place)
        self.people[linked.person].full = False
        return Linked(linked.person, full=False, confidence=Confidence.MEDIUM, rule="name-single")

    def _new(self, candidate: Candidate, spelling: str, language: str, place: int) -> Linked:
        person = _Known(len(self.people), spelling, candidate.keys, language)
        person.initials = candidate.initials
        self.people.append(person)
        self._learn(person, language)
        self._note(person, candidate, spelling, place)
        return Linked(person.number, full=True, confidence=Confidence.HIGH, rule="name")

    def _learn(self, person: _Known, language: str) -> None:
        for key in person.keys:
            for sounds in link_keys(key, language):
                if person.number not in self._by_key[sounds]:
                    self._by_key[sounds].append(person.number)

    def _note(self, person: _Known, candidate: Candidate, spelling: str, place: int) -> None:
        person.spellings.setdefault(spelling, place)
        if candidate.introduced:
            person.roles.setdefault(candidate.introduced)
        person.genders = person.genders or gender_of(candidate)

    def _rivals(self, keys: Iterable[str], language: str) -> list[int]:
        found: dict[int, None] = {}
        for key in keys:
            for sounds in link_keys(key, language):
                for number in self._by_key.get(sounds, ())[:_MOST_RIVALS]:
                    found.setdefault(number)
        return sorted(found)[: 2 * _MOST_RIVALS]

    def _choose(
        self, numbers: list[int], candidate: Candidate, language: str, place: int
    ) -> tuple[int, Confidence]:
        """Return the person whom a single word means, and how sure that is."""
        exact = [
            n for n in numbers if any(key in self.people[n].keys for key in candidate.keys)
        ] or numbers
        gender = gender_of(candidate)
        fitting = [
            n
            for n in exact
            if not gender or not self.people[n].genders or gender & self.people[n].genders
        ] or exact
        before = [n for n in numbers if min(self.people[n].spellings.values()) < place]
        if language == "ru" and len(before) == 1 and before[0] not in fitting:
            # "Назарова" is a woman's name, or a man's in another case: she comes later.
            return before[0], Confidence.MEDIUM
        if len(fitting) == 1:
            return fitting[0], Confidence.HIGH
        # Of two people with one surname, the bare surname means the one it meant before, or else
        # the one whom the text introduced first.
        meant = max(fitting, key=lambda n: (self.people[n].last_alone, -n))
        return meant, Confidence.LOW


def gender_of(candidate: Candidate) -> int:
    """Return the gender that a name or the role before it tells: MAN, WOMAN, or 0."""
    if candidate.role_form in {"m", "f"}:
        return MAN if candidate.role_form == "m" else WOMAN
    told = [w.genders for w in candidate.words if w.given or w.father]
    for genders in told or [w.genders for w in candidate.words]:
        if genders in (MAN, WOMAN):
            return genders
    return 0


def _is_named_full(people: list[_Known], numbers: list[int], candidate: Candidate) -> bool:
    """Return whether a relative's bare name was itself given in full before."""
    return any(
        candidate.keys[0] in people[number].keys and people[number].relative_of is not None
        for number in numbers
    )


def _one_person(rival: _Known, candidate: Candidate, spelling: str) -> bool:
    """Return whether two spellings of one text are one person's."""
    if spelling in rival.spellings:
        return True
    if candidate.initials and candidate.initials == rival.initials:
        # "Ганиева Э.Э.", "Ганиев Э.Э": initials and surname agree, and the text is one.
        return True
    if len(rival.keys) == 1 and len(candidate.keys) > 1:
        # A word alone that came first ("Qodirzoda detained"), or a relative's bare given name.
        return not rival.full and rival.relative_of is None
    name = nominative(rival.name, rival.language) if rival.language in {"tg", "uz"} else rival.name
    verdict, bits, agreeing = _compared(name, spelling)
    if verdict in (Verdict.SAME, Verdict.LIKELY):
        return True
    return verdict is Verdict.POSSIBLE and bits >= _ENOUGH and agreeing >= 2


@lru_cache(maxsize=1 << 12)
def _compared(one: str, other: str) -> tuple[Verdict, float, int]:
    """Return how two names compare: verdict, bits, and how many parts agree."""
    try:
        found = compare(one.replace("|", " "), other)
    except HabeasError:
        return Verdict.CANNOT_TELL, 0.0, 0
    agreeing = sum(reason.bits > 1 for reason in found.reasons)
    return found.verdict, found.bits, agreeing
