"""What a suggestion means, in words of the page's language; never more than the text says."""

from collections.abc import Sequence

from django.utils.dates import MONTHS
from django.utils.translation import gettext as say

from habeas.cases.counts import counting
from habeas.cases.counts.counting import Counted
from habeas.cases.statements import when
from habeas.cases.statements.templatetags.said import in_words
from habeas.reading import Suggestion
from habeas.reading.suggestions import (
    Age,
    Article,
    Claim,
    Count,
    Custody,
    Date,
    Organisation,
    PersonFound,
    Place,
    Quote,
    Said,
    Span,
    Speaker,
    SpeakerKind,
    Value,
)
from habeas.reading.words import claim_words, event_words, speaker_words

_LONGEST = 300


def told(one: Suggestion) -> str:
    """Return what was understood."""
    value = one.value
    if isinstance(value, Count):
        return counting.in_words(counted(value))
    if isinstance(value, Custody):
        return _custody(value)
    if isinstance(value, Claim):
        return _claim(value)
    if isinstance(value, Article):
        return article(value)
    return _small(value) or _short(one.at.text)


def _small(value: Value) -> str:
    if isinstance(value, Date):
        return date(value.edtf, approximate=value.approximate)
    if isinstance(value, Span):
        return f"{value.amount:g} {value.unit}" if value.amount is not None else value.since
    if isinstance(value, Age):
        return str(value.years or value.birth_year or "")
    if isinstance(value, Quote):
        return _short(value.words)
    return value.name if isinstance(value, Organisation | Place) else ""


def counted(value: Count) -> Counted:
    """Return a count as an event keeps it; an unknown word for those counted is left out."""
    what = value.what if value.what in counting.WHAT else ""
    return Counted(value.bounds, value.unit, what, value.total)


def _custody(value: Custody) -> str:
    parts = [event_words(value.event)]
    if value.denied:
        parts.append(say("it is denied"))
    if value.future:
        parts.append(say("it may happen, or is asked for"))
    parts += [part for part in (value.whom, date(value.date), value.place) if part]
    return ", ".join(parts)


def _claim(value: Claim) -> str:
    words = claim_words(value)
    return f"{words}: {_short(value.content.text)}" if value.content is not None else words


def article(value: Article) -> str:
    """Return an article of a law with its code, part and point."""
    small = ", ".join(part for part in (value.part, value.point) if part)
    return " ".join(part for part in (value.code, value.article, small and f"({small})") if part)


def date(edtf: str, *, approximate: bool = False) -> str:
    """Return a date as printed; a year that is not printed stays missing, and is said to be."""
    if not edtf:
        return ""
    if "XXXX" in edtf:
        ends = " – ".join(_without_year(end) for end in edtf.split("/"))
        return say("%(date)s, year not printed") % {"date": ends}
    try:
        words = in_words(when.parse(edtf))
    except when.NotATime:
        return edtf
    return say("about %(time)s") % {"time": words} if approximate else words


def _without_year(edtf: str) -> str:
    month, _, day = edtf.removeprefix("XXXX-").partition("-")
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return edtf
    return f"{day}.{month}." if day.isdigit() else str(MONTHS[int(month)])


def speaker(said: Speaker | None) -> str:
    """Return who says so; empty where the text itself does."""
    return "" if said is None or said.kind is SpeakerKind.CARRIER else speaker_words(said)


def person_note(found: PersonFound, people: Sequence[PersonFound]) -> str:
    """Return what the text calls a person, and whose relative they are."""
    parts = [", ".join(found.roles)] if found.roles else []
    if found.relative_of is not None:
        parts.append(say("relative of %(name)s") % {"name": people[found.relative_of].name})
    if found.doubtful:
        parts.append(say("may be somebody else: %(names)s") % {"names": ", ".join(found.doubtful)})
    return "; ".join(parts)


def person_of(value: Value) -> int | None:
    """Return the number of the person that a suggestion is about, None for nobody."""
    if isinstance(value, Custody | Age):
        return value.person
    return value.about if isinstance(value, Claim) and value.said is Said.ACCUSES else None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
