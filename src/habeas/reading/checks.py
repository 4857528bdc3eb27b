"""What does not go together in a text: asked as questions, never corrected.

Every question shows the passages it is about. A question is no finding of ours: a date may be
misprinted, a headline may count something else, two brothers may carry one name.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.linking import link_keys
from habeas.reading.name_words import is_given
from habeas.reading.suggestions import (
    Age,
    Confidence,
    Count,
    Custody,
    Date,
    Kind,
    Passage,
    Person,
    PersonFound,
    Question,
    SpeakerKind,
    Suggestion,
)
from habeas.reading.tally import stronger
from habeas.reading.tokens import word_set

_TAKEN = word_set("detained arrested taken abducted missing")
_AFTER = word_set("convicted sentenced expelled deported extradited released returned")
_SIZES = {"dozens": (24, 200), "hundreds": (200, 2000), "thousands": (2000, 20_000)}
"""Sizes in words, as far as a plural goes: hundreds are at least two hundred."""
_MOST_QUESTIONS = 200


def questions_of(
    suggestions: Sequence[Suggestion], people: Sequence[PersonFound], headings: frozenset[int]
) -> list[Question]:
    """Return the questions about a text, at most 200.

    Args:
        suggestions: what was read, in order of place.
        people: the people of the text.
        headings: where the sentences begin that stand as headings.
    """
    found: list[Question] = []
    for check in (
        _headline(suggestions, headings),
        _parts(suggestions),
        _same_speaker(suggestions),
        _orders(suggestions, people),
        _reversed_ranges(suggestions),
        _ages(suggestions, people),
        _relatives(suggestions, people),
        _doubtful(suggestions, people),
    ):
        for question in check:
            found.append(question)
            if len(found) >= _MOST_QUESTIONS:
                return found
    return found


def _counts(suggestions: Sequence[Suggestion]) -> list[tuple[Suggestion, Count]]:
    return [(one, one.value) for one in suggestions if isinstance(one.value, Count)]


def _headline(suggestions: Sequence[Suggestion], headings: frozenset[int]) -> Iterator[Question]:
    """Ask where a headline counts otherwise than the text below it."""
    counts = _counts(suggestions)
    body = [pair for pair in counts if pair[0].sentence[0] not in headings]
    for one, count in counts:
        if one.sentence[0] not in headings or count.unit not in {"people", "detentions"}:
            continue
        alike = [
            (other, own)
            for other, own in body
            if own.unit in {"people", "detentions"} and _of_one_kind(count, own)
        ]
        if not alike or any(_told_alike(count.bounds, own.bounds) for _, own in alike):
            continue
        other, _ = alike[0]
        facts = {"headline": one.at.text, "text": other.at.text}
        yield Question("headline", (one.at, other.at), facts)


def _of_one_kind(one: Count, other: Count) -> bool:
    return one.what == other.what or not one.what


def _told_alike(one: Bounds, other: Bounds) -> bool:
    """Return whether a headline says what the text says, or less: not "120" for "at least 120"."""
    if one.hedge is Hedge.WORDS:
        if other.hedge is Hedge.WORDS:
            return one.words == other.words
        low, _ = _SIZES.get(one.words, (0, 0))
        number = other.number if other.number is not None else other.low
        return number is not None and number >= low > 0
    if other.hedge is Hedge.WORDS:
        return False
    if Hedge.ABOUT in {one.hedge, other.hedge}:
        return one.hedge is other.hedge and one.number == other.number
    return one.agrees(other) is True and not stronger(one, other)


def _parts(suggestions: Sequence[Suggestion]) -> Iterator[Question]:
    """Ask where a part is larger than its total, or parts together are."""
    for one, count in _counts(suggestions):
        if count.total is not None and count.bounds.within(count.total) is False:
            facts = {"part": count.bounds.shown, "total": count.total.shown}
            yield Question("part-larger", (one.at,), facts)
    by_sentence: dict[tuple[int, int], list[tuple[Suggestion, Count]]] = defaultdict(list)
    for one, count in _counts(suggestions):
        by_sentence[one.sentence].append((one, count))
    for counts in by_sentence.values():
        whole = counts[0]
        parts = [pair for pair in counts[1:] if pair[0].rule == "count-among"]
        high = whole[1].bounds.high
        together = sum(part.bounds.low or 0 for _, part in parts)
        if len(parts) > 0 and high is not None and together > high:
            places = (whole[0].at, *(one.at for one, _ in parts))
            yield Question("parts-larger", places, {"total": str(high), "parts": str(together)})


def _same_speaker(suggestions: Sequence[Suggestion]) -> Iterator[Question]:
    """Ask where one speaker gives two numbers of one thing that cannot both be true."""
    groups: dict[tuple[str, str, str, str], list[tuple[Suggestion, Count]]] = defaultdict(list)
    for one, count in _counts(suggestions):
        if count.speaker.kind is SpeakerKind.NAMED and count.what and one.rule == "count-noun":
            key = (count.speaker.name, count.unit, count.what, count.date)
            groups[key].append((one, count))
    for (name, *_), counts in groups.items():
        for (one, count), (other, own) in pairwise(counts):
            # In one sentence they are parts: "37 detained, including five women".
            if one.sentence != other.sentence and count.bounds.agrees(own.bounds) is False:
                facts = {"speaker": name, "one": one.at.text, "other": other.at.text}
                yield Question("two-numbers", (one.at, other.at), facts)


def _orders(suggestions: Sequence[Suggestion], people: Sequence[PersonFound]) -> Iterator[Question]:
    """Ask where somebody is sentenced or expelled before having been taken at all."""
    events: dict[int, list[tuple[str, Suggestion, Custody]]] = defaultdict(list)
    for one in suggestions:
        value = one.value
        if not isinstance(value, Custody) or value.person is None:
            continue
        if value.date and "/" not in value.date and not value.denied and not value.future:
            events[value.person].append((value.date, one, value))
    for person, dated in events.items():
        taken = [one for one in dated if one[2].event in _TAKEN]
        after = [one for one in dated if one[2].event in _AFTER]
        if not taken or not after:
            continue
        first, last = min(taken, key=_when), max(after, key=_when)
        if _before(last[0], first[0]):
            facts = {
                "name": people[person].name,
                "event": last[1].at.text, "date": last[0],
                "first": first[1].at.text, "first_date": first[0],
            }  # fmt: skip
            yield Question("order", (last[1].at, first[1].at), facts)


def _when(one: tuple[str, Suggestion, Custody]) -> str:
    return one[0]


def _before(one: str, other: str) -> bool:
    """Return whether a date is surely before another: both with their year, or both without."""
    if ("X" in one[:4]) != ("X" in other[:4]):
        return False
    length = min(len(one), len(other))
    return one[:length] < other[:length] and "X" not in one[4:length] + other[4:length]


def _reversed_ranges(suggestions: Sequence[Suggestion]) -> Iterator[Question]:
    for one in suggestions:
        if isinstance(one.value, Date) and "/" in one.value.edtf:
            begin, _, end = one.value.edtf.partition("/")
            if _before(end, begin):
                yield Question("range", (one.at,), {"range": one.at.text})


def _ages(suggestions: Sequence[Suggestion], people: Sequence[PersonFound]) -> Iterator[Question]:
    """Ask where ages of one person differ, or do not fit the year of birth."""
    years = [
        int(one.value.edtf[:4])
        for one in suggestions
        if isinstance(one.value, Date) and one.value.edtf[:4].isdigit()
    ]
    by_person: dict[int, list[tuple[Suggestion, Age]]] = defaultdict(list)
    for one in suggestions:
        if isinstance(one.value, Age) and one.value.person is not None:
            by_person[one.value.person].append((one, one.value))
    for person, ages in by_person.items():
        told = [(one, age) for one, age in ages if age.years is not None]
        born = [(one, age) for one, age in ages if age.birth_year is not None]
        name = people[person].name
        for (one, age), (other, own) in pairwise(told):
            if abs((age.years or 0) - (own.years or 0)) > 1:
                facts = {"name": name, "one": one.at.text, "other": other.at.text}
                yield Question("ages", (one.at, other.at), facts)
        if told and born and years:
            (one, age), (other, birth) = told[0], born[0]
            then = max(years) - (birth.birth_year or 0)
            if age.years is not None and abs(then - age.years) > 1:
                facts = {
                    "name": name, "age": str(age.years),
                    "born": str(birth.birth_year), "year": str(max(years)),
                }  # fmt: skip
                yield Question("age-and-birth", (one.at, other.at), facts)


def _relatives(
    suggestions: Sequence[Suggestion], people: Sequence[PersonFound]
) -> Iterator[Question]:
    """Ask where a relative carries a given name of the person whose relative it is."""
    for person in people:
        if person.relative_of is None:
            continue
        own = people[person.relative_of]
        shared = _shared_name(person, own)
        if not shared:
            continue
        places = (
            _named(suggestions, person.number, shared[0]),
            _named(suggestions, own.number, shared[1]),
        )
        facts = {"relative": person.name, "name": own.name, "spelling": shared[1]}
        yield Question("relative", tuple(at for at in places if at is not None), facts)


def _shared_name(one: PersonFound, other: PersonFound) -> tuple[str, str] | None:
    for spelling in one.spellings:
        for word in spelling.lower().split():
            if not is_given(word):
                continue
            keys = link_keys(word, "")
            for own in other.spellings:
                if any(
                    keys & link_keys(part, "") for part in own.lower().split() if is_given(part)
                ):
                    return spelling, own
    return None


def _named(suggestions: Sequence[Suggestion], person: int, spelling: str) -> Passage | None:
    return next(
        (
            one.at
            for one in suggestions
            if isinstance(one.value, Person)
            and one.value.person == person
            and one.value.spelling == spelling
        ),
        None,
    )


def _doubtful(
    suggestions: Sequence[Suggestion], people: Sequence[PersonFound]
) -> Iterator[Question]:
    """Ask who is meant where two people of the text share the only word that is printed."""
    asked: set[str] = set()
    for one in suggestions:
        if one.kind is not Kind.PERSON or one.confidence is not Confidence.LOW:
            continue
        if not isinstance(one.value, Person) or one.value.spelling in asked:
            continue
        asked.add(one.value.spelling)
        facts = {"spelling": one.value.spelling, "name": people[one.value.person].name}
        yield Question("who", (one.at,), facts)
