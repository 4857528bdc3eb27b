"""What a text suggests, as its page shows it: grouped, numbered, with the answers so far."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.suggestions import telling
from habeas.cases.suggestions.models import Answer
from habeas.cases.suggestions.texts import Part
from habeas.reading import Confidence, Kind, Suggestion
from habeas.reading.rules import check_words, rule_words
from habeas.reading.suggestions import (
    Claim,
    Count,
    Custody,
    Passage,
    Person,
    PersonFound,
    Question,
    Quote,
    Reading,
    Speaker,
    SpeakerKind,
)

QUESTION = "question"

GROUPS: Mapping[str, tuple[Promise, bool]] = {
    QUESTION: (later("Questions"), True),
    Kind.PERSON: (later("People"), True),
    Kind.COUNT: (later("Counts"), True),
    Kind.CUSTODY: (later("What was done"), True),
    Kind.CLAIM: (later("Who says what"), True),
    Kind.ARTICLE: (later("Articles of law"), True),
    Kind.DATE: (later("Dates"), False),
    Kind.SPAN: (later("Lengths of time"), False),
    Kind.WHEN: (later("Times without a date"), False),
    Kind.AGE: (later("Ages"), False),
    Kind.QUOTE: (later("Quotations"), False),
    Kind.ORGANISATION: (later("Organisations"), False),
    Kind.PLACE: (later("Places"), False),
}
"""Heading of each kind, in order, and whether it stands open."""
_ONCE = frozenset({Kind.ORGANISATION, Kind.PLACE})


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion on the page.

    Attributes:
        number: by which its words are marked in the text.
        key: kind and place in the whole text; what an answer refers to.
        told: what was understood, in words of the page's language.
        speaker: who says so; empty where the text itself does, or nothing is said.
        doubtful: the speaker is uncertain; accepting asks whose words they are.
        at: the passages it rests on, in characters of the part.
        beside: the passages of its speaker and its content.
        spellings: of a person: every spelling with its first place.
        person: the number of the person it is about in the reading; None where it is about none.
        answer: the newest answer, None where nobody answered or it was taken back.
        turn: how many answers there are, those taken back among them.
    """

    number: int
    key: str
    kind: str
    rule: str
    told: str
    at: tuple[Passage, ...]
    speaker: str = ""
    doubtful: bool = False
    sure: str = Confidence.HIGH
    note: str = ""
    beside: tuple[Passage, ...] = ()
    spellings: tuple[str, ...] = ()
    person: int | None = None
    suggestion: Suggestion | None = None
    answer: Answer | None = None
    turn: int = 0
    times: int = 1

    @property
    def words(self) -> str:
        """The words of the first passage."""
        return " ".join(self.at[0].text.split()) if self.at else ""


@dataclass(slots=True)
class Offers:
    """All offers of a part of a text, by kind and by key."""

    groups: list[tuple[str, Promise, bool, list[Offer]]] = field(default_factory=list)
    by_key: dict[str, Offer] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Offer]:
        """Iterate over the offers in their order on the page."""
        return iter(self.by_key.values())


def key_of(kind: str, start: int, end: int) -> str:
    """Return what an answer refers to."""
    return f"{kind}:{start}-{end}"


def offers(part: Part, answers: Iterable[Answer]) -> Offers:
    """Return everything that a part of a text suggests.

    Args:
        part: the part, with its reading.
        answers: those of the whole text, the oldest first.
    """
    found = Offers()
    if part.reading is None:
        return found
    newest = {key_of(one.kind, one.start, one.end): one for one in answers}
    by_kind: dict[str, list[Offer]] = defaultdict(list)
    for offer in _Maker(part).all(part.reading):
        if offer.key not in found.by_key:
            answered = _answered(offer, newest.get(offer.key))
            found.by_key[offer.key] = answered
            by_kind[offer.kind].append(answered)
    for kind, (heading, stands_open) in GROUPS.items():
        if by_kind[kind]:
            found.groups.append((kind, heading, stands_open, by_kind[kind]))
    return found


def _answered(offer: Offer, newest: Answer | None) -> Offer:
    if newest is None:
        return offer
    standing = None if newest.answer == Answer.OPEN else newest
    return replace(offer, answer=standing, turn=newest.number + 1)


class _Maker:
    """Makes the offers of one part, numbering them."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.number = 0

    def all(self, reading: Reading) -> Iterator[Offer]:
        """Yield the offers: questions, people, and then the rest in order of place."""
        for question in reading.questions:
            if question.at:
                yield self._question(question)
        yield from self._people(reading)
        once: dict[tuple[str, str], list[Suggestion]] = defaultdict(list)
        for one in reading.suggestions:
            name = one.at.text.casefold() if one.kind in _ONCE else str(one.at.start)
            once[one.kind, name].append(one)
        for (kind, _name), alike in once.items():
            if kind != Kind.PERSON:
                yield self._other(alike)

    def _people(self, reading: Reading) -> Iterator[Offer]:
        named: dict[int, list[Suggestion]] = defaultdict(list)
        for one in reading.of(Kind.PERSON):
            assert isinstance(one.value, Person)
            named[one.value.person].append(one)
        for person in reading.people:
            if named[person.number]:
                yield self._person(person, named[person.number], reading.people)

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _key(self, kind: str, at: Passage) -> str:
        return key_of(kind, at.start + self.part.start, at.end + self.part.start)

    def _question(self, question: Question) -> Offer:
        key = self._key(QUESTION, question.at[0])
        return Offer(
            self._next(), key, QUESTION, question.check,
            check_words(question.check, question.facts), question.at,
        )  # fmt: skip

    def _person(
        self, found: PersonFound, named: Sequence[Suggestion], people: Sequence[PersonFound]
    ) -> Offer:
        key = self._key(Kind.PERSON, named[0].at)
        return Offer(
            self._next(), key, Kind.PERSON, named[0].rule, found.name,
            tuple(one.at for one in named),
            note=telling.person_note(found, people),
            spellings=found.spellings, person=found.number, suggestion=named[0], times=len(named),
        )  # fmt: skip

    def _other(self, alike: Sequence[Suggestion]) -> Offer:
        one = alike[0]
        key = self._key(one.kind, one.at)
        speaker = speaker_of(one)
        return Offer(
            self._next(), key, one.kind, one.rule, telling.told(one),
            tuple(other.at for other in alike),
            speaker=telling.speaker(speaker),
            doubtful=_doubtful(speaker),
            sure=one.confidence,
            note=rule_words(one.rule),
            beside=_beside(one),
            person=telling.person_of(one.value),
            suggestion=one,
            times=len(alike),
        )  # fmt: skip


def speaker_of(one: Suggestion) -> Speaker | None:
    """Return who says what is suggested; None for what nobody says, such as a date."""
    value = one.value
    return value.speaker if isinstance(value, Count | Claim | Custody | Quote) else None


def _doubtful(speaker: Speaker | None) -> bool:
    return (
        speaker is not None
        and speaker.kind is SpeakerKind.NAMED
        and speaker.confidence is Confidence.LOW
    )


def _beside(one: Suggestion) -> tuple[Passage, ...]:
    found = []
    speaker = speaker_of(one)
    if speaker is not None and speaker.at is not None:
        found.append(speaker.at)
    if isinstance(one.value, Claim) and one.value.content is not None:
        found.append(one.value.content)
    return tuple(found)


def remark(part: Part) -> str:
    """Return that not everything of a part was read, where that is so."""
    if part.reading is None:
        return say("There is no word in it that could be read.")
    if part.reading.read_to < len(part.text):
        return say("There was too much in it: it was not read to its end.")
    return ""
