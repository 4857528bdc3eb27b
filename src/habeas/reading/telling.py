"""A reading as plain values, for JSON: every suggestion with its place, its words and its rule."""

from collections.abc import Iterator

from habeas.reading.bounds import Bounds
from habeas.reading.rules import check_words, rule_words
from habeas.reading.suggestions import (
    Age,
    Article,
    Claim,
    Count,
    Custody,
    Date,
    Organisation,
    Passage,
    Person,
    PersonFound,
    Place,
    Question,
    Quote,
    Reading,
    Span,
    Speaker,
    Suggestion,
    When,
)

Plain = dict[str, object]


def as_plain(reading: Reading) -> Plain:
    """Return a reading as plain values: docs/reference/read-json.md says what each field means."""
    return {
        "languages": list(reading.languages),
        "read_to": reading.read_to,
        "unread": [list(span) for span in reading.unread],
        "people": [_found(person) for person in reading.people],
        "suggestions": [_suggestion(one, reading.people) for one in reading.suggestions],
        "questions": [_question(one) for one in reading.questions],
    }


def _found(person: PersonFound) -> Plain:
    return {
        "person": person.number,
        "name": person.name,
        "spellings": list(person.spellings),
        "roles": list(person.roles),
        "relative_of": person.relative_of,
        "same_as": person.same_as,
        "doubtful": list(person.doubtful),
    }


def _suggestion(one: Suggestion, people: tuple[PersonFound, ...]) -> Plain:
    return {
        "kind": one.kind,
        **_passage(one.at),
        "rule": one.rule,
        "reason": rule_words(one.rule),
        "confidence": one.confidence,
        **dict(_value(one, people)),
        "sentence": list(one.sentence),
    }


def _passage(at: Passage) -> Plain:
    return {"start": at.start, "end": at.end, "quote": at.text}


def _value(one: Suggestion, people: tuple[PersonFound, ...]) -> Iterator[tuple[str, object]]:
    value = one.value
    if isinstance(value, Person):
        yield from (("person", value.person), ("name", people[value.person].name))
        yield from (("spelling", value.spelling), ("how", value.how), ("role", value.role))
    elif isinstance(value, Organisation):
        yield from (("name", value.name), ("type", value.type))
    elif isinstance(value, Place):
        yield from (("name", value.name), ("country", value.country))
    elif isinstance(value, Count):
        yield from _count(value)
    elif isinstance(value, Claim):
        yield from _claim(value)
    elif isinstance(value, Custody):
        yield from _custody(value)
    else:
        yield from _small(value)


def _small(
    value: Date | Span | When | Age | Article | Quote,
) -> Iterator[tuple[str, object]]:
    if isinstance(value, Date):
        yield from (("edtf", value.edtf), ("missing", list(value.missing)))
        yield from (("part", value.part), ("approximate", value.approximate))
    elif isinstance(value, Span):
        yield from (("amount", value.amount), ("unit", value.unit), ("since", value.since))
    elif isinstance(value, When):
        yield "words", value.words
    elif isinstance(value, Age):
        yield from (("years", value.years), ("birth_year", value.birth_year))
        yield "person", value.person
    elif isinstance(value, Article):
        yield from (("article", value.article), ("part", value.part), ("point", value.point))
        yield from (("code", value.code), ("code_as", value.code_as))
    else:
        yield "speaker", _speaker(value.speaker)


def _count(value: Count) -> Iterator[tuple[str, object]]:
    yield from _bounds(value.bounds).items()
    yield "total", _bounds(value.total) if value.total is not None else None
    yield from (("unit", value.unit), ("what", value.what), ("hedge", value.hedge))
    yield from (("as_of", value.date), ("speaker", _speaker(value.speaker)))


def _bounds(bounds: Bounds) -> Plain:
    return {
        "bounds": bounds.hedge,
        "low": bounds.low,
        "high": bounds.high,
        "number": bounds.number,
        "words": bounds.words,
        "shown": bounds.shown,
    }


def _claim(value: Claim) -> Iterator[tuple[str, object]]:
    yield from (("said", value.said), ("verb", value.verb), ("alleged", value.alleged))
    yield "content", _passage(value.content) if value.content is not None else None
    yield from (("about", value.about), ("hedge", value.hedge), ("denied", value.denied))
    yield "speaker", _speaker(value.speaker)


def _custody(value: Custody) -> Iterator[tuple[str, object]]:
    yield from (("event", value.event), ("person", value.person), ("whom", value.whom))
    yield from (("date", value.date), ("place", value.place))
    yield from (("denied", value.denied), ("future", value.future))
    yield "speaker", _speaker(value.speaker)


def _speaker(speaker: Speaker) -> Plain:
    return {
        "kind": speaker.kind,
        "name": speaker.name,
        "person": speaker.person,
        "through": speaker.through,
        "at": _passage(speaker.at) if speaker.at is not None else None,
        "rule": speaker.rule,
        "reason": rule_words(speaker.rule) if speaker.rule else "",
        "confidence": speaker.confidence,
    }


def _question(question: Question) -> Plain:
    return {
        "check": question.check,
        "question": check_words(question.check, question.facts),
        "at": [_passage(at) for at in question.at],
    }
