"""Short ways to ask what a text is read into. Everybody named in these tests is invented."""

from habeas.reading import Kind, Reading, Suggestion, read
from habeas.reading.suggestions import (
    Article,
    Claim,
    Count,
    Custody,
    Date,
    Value,
)


def of(text: str, kind: Kind) -> list[Suggestion]:
    """Return the suggestions of one kind for a text."""
    return list(read(text).of(kind))


def dates(text: str) -> list[str]:
    """Return the dates of a text in EDTF."""
    return [value.edtf for value in _values(text, Kind.DATE) if isinstance(value, Date)]


def counts(text: str) -> list[Count]:
    """Return the counts of a text."""
    return [value for value in _values(text, Kind.COUNT) if isinstance(value, Count)]


def shown(text: str) -> list[str]:
    """Return the counts of a text with their totals and units: "≥ 120 of = 400 people"."""
    return [told(count) for count in counts(text)]


def told(count: Count) -> str:
    """Return a count in a line."""
    total = f" of {count.total.shown}" if count.total is not None else ""
    return f"{count.bounds.shown}{total} {count.unit}"


def articles(text: str) -> list[tuple[str, str, str, str]]:
    """Return the articles of a text: code, number, part, point."""
    found = [value for value in _values(text, Kind.ARTICLE) if isinstance(value, Article)]
    return [(one.code, one.article, one.part, one.point) for one in found]


def claims(text: str) -> list[tuple[str, str]]:
    """Return the claims of a text: their kind and who makes them."""
    found = [value for value in _values(text, Kind.CLAIM) if isinstance(value, Claim)]
    return [(one.said.value, one.speaker.name or one.speaker.kind.value) for one in found]


def custody(text: str) -> list[tuple[str, str]]:
    """Return the custody events of a text: what was done and to whom."""
    found = [value for value in _values(text, Kind.CUSTODY) if isinstance(value, Custody)]
    return [(one.event, one.whom) for one in found]


def people(text: str) -> list[tuple[str, ...]]:
    """Return the people of a text with their spellings."""
    return [person.spellings for person in read(text).people]


def asked(reading: Reading) -> set[str]:
    """Return the checks that ask something about a reading."""
    return {question.check for question in reading.questions}


def _values(text: str, kind: Kind) -> list[Value]:
    return [one.value for one in of(text, kind)]
