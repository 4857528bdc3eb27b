"""Sentences of papers about one statement: what, who says so, when, and where it is written."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as say
from django.utils.translation import ngettext as say_n

from habeas.cases.actions.words import KINDS
from habeas.cases.custody.states import sign_of
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.cases.sharing.papers.parts import shortened
from habeas.cases.sharing.papers.word import moment
from habeas.cases.statements.words import ROLES

ALLEGED = frozenset(
    {
        "accusation",
        "charge_article",
        "alleged_amount",
        "further_amount",
        "alleged_period",
        "complainants",
        "unpaid",
    }
)
"""What accuses the person: printed with the word "alleged", whoever says so."""

HELD = frozenset(
    {"contact_lost", "missing", "taken_unacknowledged", "in_custody", "transferring", "unknown"}
)
"""States in which somebody is looked for or held, so that there is something to ask for."""

_HOURS_UNTIL_DAYS = 48


def words_of(one: OutgoingStatement, most: int = 100_000) -> str:
    """Return what is said, codes in words; allegations with the word for it."""
    text = _coded(one) or one.words
    if one.property in ALLEGED:
        text = say("alleged: {words}").format(words=text)
    return shortened(text, most)


def _coded(one: OutgoingStatement) -> str:
    if one.property == "custody":
        word = str(sign_of(one.value, one.details.get("removal", "")).word)
        return ": ".join(part for part in (_at(word, one), one.as_said) if part)
    kind = KINDS.get(one.property)
    if kind is None:
        return ""
    sort = one.details.get("sort", "")
    standing = one.details.get("standing", "")
    parts = [
        str(kind.sorts.get(sort, sort)),
        one.value,
        one.details.get("whom", ""),
        str(kind.standings.get(standing, standing)),
        one.as_said,
    ]
    return "; ".join(part for part in parts if part)


def _at(word: str, one: OutgoingStatement) -> str:
    place = one.details.get("place", "")
    return say("{state}, {place}").format(state=word, place=place) if place else word


def speaker(one: OutgoingStatement) -> str:
    """Return who says so, with the role and the day."""
    role = str(ROLES.get(one.role, one.role))
    said = one.said_on or say("not known")
    return say("{speaker} ({role}), {day}").format(
        speaker=shortened(one.speaker, 200), role=role, day=said
    )


def sources(one: OutgoingStatement, person: OutgoingPerson) -> tuple[str, ...]:
    """Return the lines below a statement: about when, who says so, where it is written."""
    lines = [say("Said by {who}.").format(who=speaker(one))]
    if one.about:
        lines.append(say("About: {time} ({zone}).").format(time=one.about, zone=one.zone))
    if one.lang:
        lines[-1] += " " + say("Language of the words: {lang}.").format(lang=one.lang)
    numbers = {paper.id: number for number, paper in enumerate(person.documents, 1)}
    if one.document in numbers:
        where = say("Paper {number}").format(number=numbers[one.document])
        lines.append(" ".join(part for part in (where, one.place) if part))
    lines += notes(one)
    return tuple(lines)


def notes(one: OutgoingStatement) -> list[str]:
    """Return what a reader has to know before believing a statement."""
    found = []
    if one.disputed:
        found.append(say("Disputed: others say something else."))
    if one.in_custody == "yes":
        found.append(say("Said under the power of those who hold them."))
    return found


def age(since: datetime, now: datetime) -> str:
    """Return how old a confirmation is, in hours, after two days in days."""
    hours = max(int((now - since) / timedelta(hours=1)), 0)
    if hours < _HOURS_UNTIL_DAYS:
        return say_n("%(number)d hour ago", "%(number)d hours ago", hours) % {"number": hours}
    days = hours // 24
    return say_n("%(number)d day ago", "%(number)d days ago", days) % {"number": days}


def believed(person: OutgoingPerson, now: datetime, most: int = 300) -> str:
    """Return where somebody is believed to be, and how old that knowledge is."""
    custody = person.custody
    text = str(sign_of(custody.state, custody.removal).word)
    if custody.place:
        place = shortened(custody.place, most)
        text = say("{state}, {place}").format(state=text, place=place)
    if custody.confirmed_at is None:
        return say("{state}; nobody has confirmed it").format(state=text)
    return say("{state}; last said {age} ({when})").format(
        state=text, age=age(custody.confirmed_at, now), when=moment(custody.confirmed_at)
    )


def cautions(person: OutgoingPerson) -> list[str]:
    """Return what weakens the belief about where somebody is."""
    found = []
    if person.custody.stale:
        found.append(say("This is too old to be relied on: ask again."))
    if person.custody.disputed:
        found.append(say("It is disputed where this person is."))
    return found


def asked(person: OutgoingPerson) -> list[str]:
    """Return what is asked for: open needs, what the family wants, and to be told where they are.

    To be told is asked for only while nobody knows the person free.
    """
    found = []
    if person.custody.state in HELD:
        found.append(say("Say where this person is held, by whom and on what ground."))
        found.append(say("Let the family and a lawyer see them."))
    found += [words_of(one, 300) for one in person.of("position")]
    found += [
        words_of(one, 300) for one in person.of("need") if one.details.get("standing") != "met"
    ]
    return found


def kept_back(person: OutgoingPerson) -> list[str]:
    """Return the sentence about statements that these readers may not see."""
    if not person.left_out:
        return []
    sentence = say_n(
        "%(number)d statement is kept back: it is not for these readers.",
        "%(number)d statements are kept back: they are not for these readers.",
        person.left_out,
    )
    return [sentence % {"number": person.left_out}]
