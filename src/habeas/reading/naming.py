"""Who, what body and what place is named in a block of sentences, and where.

The first half of reading: everything else (who speaks, whom something was done to) refers to it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from habeas.reading.found import Found, key_at, overlaps
from habeas.reading.linking import Linked, Register
from habeas.reading.name_words import MAN, WOMAN
from habeas.reading.organisations import organisations_of
from habeas.reading.people import Candidate, candidates_of
from habeas.reading.places import places_of, unknown_places
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Confidence, Person
from habeas.reading.tokens import LOWER, WORD, word_set

# "called by his original name", "его настоящее имя", "он же": two names of one person.
_ALIASES = {
    "en": word_set(
        "original_name tajik_name real_name birth_name passport_name also_known known_as aka "
        "under_the_name whose_name full_name name_of the_pseudonym"
    ),
    "ru": word_set(
        "настоящее_имя полное_имя он_же она_же известный_как известного_как известная_как "
        "известному_как по_паспорту под_именем под_фамилией настоящая_фамилия урожденная "
        "под_псевдонимом"
    ),
    "tg": word_set("номи_аслиаш номи_пурраш маъруф_ба бо_номи номи_аслии бо_тахаллуси"),
    "uz": word_set("asl_ismi to'liq_ismi nomi_bilan haqiqiy_ismi taxallusi"),
}  # fmt: skip


# Behind these stands where somebody is from as often as a name.
_FROM = word_set(
    "resident native national worker migrant passenger житель жителя жительница жительницы "
    "уроженец уроженца уроженка уроженки выходец выходца гражданин гражданина гражданка "
    "гражданки мигрант мигранта сокини шаҳрванди муҳоҷири табааи fuqarosi aholisi yashovchi "
    "muhojir"
)


_OWNERS = {"her": WOMAN, "his": MAN, "её": WOMAN, "ее": WOMAN, "его": MAN}
_OWNER_BEFORE = 4
_LISTING = word_set(", and и ва va — - (")


@dataclass(slots=True)
class Named:
    """A place in a sentence where a person is named."""

    first: int
    last: int
    person: int
    value: Person
    rule: str
    confidence: Confidence
    relative: bool = False


@dataclass(slots=True)
class Names:
    """What one sentence names."""

    people: list[Named] = field(default_factory=list)
    organisations: list[Found] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)

    @property
    def taken(self) -> list[tuple[int, int]]:
        """The tokens that a name covers."""
        others = [(one.first, one.last) for one in (*self.organisations, *self.places)]
        return [(one.first, one.last) for one in self.people] + others


def names_of(text: str, sentences: Sequence[Sentence], register: Register) -> list[Names]:
    """Return what each sentence of a block names; people are added to the register."""
    lower = _lower_words(sentences)
    found = [Names(organisations=organisations_of(sentence)) for sentence in sentences]
    pending: list[list[Candidate]] = []
    for sentence, names in zip(sentences, found, strict=True):
        names.places = _outside(sentence, names, places_of(sentence, []))
        taken = [*names.organisations, *names.places]
        pending.append(candidates_of(sentence, taken, lower))
    _link_full(text, sentences, (found, pending), register)
    _link_parts(text, sentences, (found, pending), register)
    _note_relatives(sentences, found, register)
    for sentence, names in zip(sentences, found, strict=True):
        names.people.sort(key=lambda one: one.first)
        names.places += unknown_places(sentence, names.taken)
    return found


def _outside(sentence: Sentence, names: Names, places: list[Found]) -> list[Found]:
    """Leave out places that are part of a body's name, but not the town of a "court in Khujand"."""
    bodies = [(one.first, one.last) for one in names.organisations]
    return [
        one
        for one in places
        if not overlaps(one.first, one.last, bodies)
        or key_at(sentence, one.first - 1) in {"in", "в", "дар", "во", "à"}
    ]


def _lower_words(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset(
        token.key
        for sentence in sentences
        for token in sentence.tokens
        if token.kind == WORD and token.case == LOWER
    )


def _spelling(text: str, sentence: Sentence, candidate: Candidate) -> str:
    start = sentence.tokens[candidate.first].start
    end = sentence.tokens[candidate.last - 1].end
    return " ".join(text[start:end].split())


Pending = tuple[list[Names], list[list[Candidate]]]


def _link_full(text: str, sentences: Sequence[Sentence], both: Pending, register: Register) -> None:
    found, pending = both
    for sentence, names, candidates in zip(sentences, found, pending, strict=True):
        for candidate in candidates:
            if not candidate.strong:
                continue
            spelling = _spelling(text, sentence, candidate)
            start = sentence.tokens[candidate.first].start
            other = _other_name(sentence, names, (candidate, candidates), register)
            if other is not None:
                linked = register.same(candidate, spelling, sentence.language, other, "text")
            else:
                linked = register.full(candidate, spelling, sentence.language, start)
            names.people.append(_named(candidate, linked, spelling))


def _other_name(
    sentence: Sentence,
    names: Names,
    both: tuple[Candidate, Sequence[Candidate]],
    register: Register,
) -> int | None:
    """Return the person whose other name a full name is, if the text says that it is one."""
    candidate, candidates = both
    if not _is_alias(sentence, candidate):
        return None
    before = {named.person for named in names.people if named.last <= candidate.first}
    for other in candidates:
        if not other.strong and other.last <= candidate.first:
            before.update(register.meant(other, sentence.language))
    if len(before) == 1:
        return before.pop()
    return 0 if not before and len(register.people) == 1 else None


def _is_alias(sentence: Sentence, candidate: Candidate) -> bool:
    """Return whether words such as "his original name" stand before a name."""
    start = max(0, candidate.first - 7)
    before = "_".join(token.key for token in sentence.tokens[start : candidate.first])
    aliases = _ALIASES.get(sentence.language, frozenset())
    return any(f"_{words}_" in f"_{before}_" for words in aliases)


def _link_parts(
    text: str, sentences: Sequence[Sentence], both: Pending, register: Register
) -> None:
    found, pending = both
    for sentence, names, candidates in zip(sentences, found, pending, strict=True):
        relatives = _relatives(sentence, candidates)
        for candidate in candidates:
            if candidate.strong:
                continue
            spelling = _spelling(text, sentence, candidate)
            start = sentence.tokens[candidate.first].start
            candidate.relative = candidate.relative or candidate.first in relatives
            linked = register.part(candidate, spelling, sentence.language, start)
            if linked is None:
                if not _is_person(candidate):
                    continue
                linked = register.single(candidate, spelling, sentence.language, start)
            names.people.append(_named(candidate, linked, spelling))


def _note_relatives(
    sentences: Sequence[Sentence], found: Sequence[Names], register: Register
) -> None:
    """Say whose relative somebody is: of the person whom the text names most.

    Where "her" or "his" stands before the relative and that person is of the other gender, it is
    whoever was named last and fits.
    """
    counted = Counter(named.person for names in found for named in names.people)
    if not counted:
        return
    main = counted.most_common(1)[0][0]
    register.main = main
    before: list[int] = []
    for sentence, names in zip(sentences, found, strict=True):
        for named in sorted(names.people, key=lambda one: one.first):
            person = register.people[named.person]
            if named.relative and named.person != main and person.relative_of is None:
                person.relative_of = _whose(sentence, named, before, register)
            before.append(named.person)


def _whose(
    sentence: Sentence, named: Named, before: Sequence[int], register: Register
) -> int | None:
    """Return whose relative somebody is, None where nobody fits."""
    start = max(0, named.first - _OWNER_BEFORE)
    owners = [_OWNERS.get(key_at(sentence, at), 0) for at in range(start, named.first)]
    wanted = next((gender for gender in reversed(owners) if gender), MAN | WOMAN)
    main = register.main
    if main is None or register.people[main].genders in (0, MAN | WOMAN):
        return main
    if register.people[main].genders & wanted:
        return main
    fits = (
        n for n in reversed(before) if n != named.person and register.people[n].genders & wanted
    )
    return next(fits, None)


def _relatives(sentence: Sentence, candidates: Sequence[Candidate]) -> set[int]:
    """Return where "brothers, X and Y" name relatives."""
    found: set[int] = set()
    for mark in sentence.of("roles"):
        at = mark.last
        if mark.value != ("relative", "g") or key_at(sentence, at) not in {",", "—", "-", "("}:
            continue
        for candidate in candidates:
            between = {key_at(sentence, place) for place in range(at, candidate.first)}
            if candidate.first >= at and between <= _LISTING:
                found.add(candidate.first)
                at = candidate.last
    return found


def _is_person(candidate: Candidate) -> bool:
    """Return whether a single word that no full name explains is a person all the same."""
    word = candidate.words[0]
    if candidate.relative:
        return True
    if candidate.introduced and candidate.role_form and candidate.introduced.lower() not in _FROM:
        return True
    if candidate.introduced:
        return word.sign
    if word.surname and not word.given:
        return not candidate.begins or candidate.speaks or candidate.aged
    return word.given and (candidate.speaks or candidate.aged or candidate.suffers)


def _named(candidate: Candidate, linked: Linked, spelling: str) -> Named:
    value = Person(linked.person, spelling, "full" if linked.full else "part", candidate.introduced)
    return Named(
        candidate.first,
        candidate.last,
        linked.person,
        value,
        linked.rule,
        linked.confidence,
        candidate.relative,
    )


def covered(names: Names, first: int, last: int) -> bool:
    """Return whether a name covers any of these tokens."""
    return overlaps(first, last, names.taken)
