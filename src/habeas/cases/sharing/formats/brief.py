"""The one-page brief, as PDF and as plain text, and the brief in two sentences."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext as say_n
from django.utils.translation import override
from pypdf import PdfReader

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.cases.sharing.papers import setting, wording
from habeas.cases.sharing.papers.parts import Paper, Part, plain, shortened
from habeas.cases.sharing.papers.word import moment

_HAPPENED = (
    "custody",
    "taken_by",
    "detained_on",
    "detained_at",
    "last_contact",
    "last_seen",
    "last_place",
    "removed_on",
    "removal_ground",
    "custody_place",
)
_ACCUSED = (
    "accusation",
    "charge_article",
    "alleged_amount",
    "sentence",
    "court_article",
)
_OFFICIAL = ("official_answer",)
_LONGEST, _MOST_LINES = 280, 40


def _one(people: Iterable[OutgoingPerson]) -> OutgoingPerson:
    (person,) = people
    return person


def _said(one: OutgoingStatement) -> Part:
    lines = (wording.speaker(one), *wording.notes(one))
    lead = [one.about] if one.about else []
    if one.property != "custody":
        lead.append(shortened(one.label, 60))
    words = ": ".join([*lead, wording.words_of(one, _LONGEST)])
    return Part("said", words, (" · ".join(lines),))


def _statements(person: OutgoingPerson) -> list[tuple[str, OutgoingStatement]]:
    """Return what is told, most needed first, each with the heading under which it stands."""
    told = [(say("What happened"), one) for one in person.of(*_HAPPENED)]
    told += [(say("What officials say"), one) for one in person.of(*_OFFICIAL)]
    told += [(say("What they are accused of (alleged)"), one) for one in person.of(*_ACCUSED)]
    return told


def _headed(told: Sequence[tuple[str, OutgoingStatement]]) -> list[Part]:
    parts: list[Part] = []
    above = ""
    for heading, one in told:
        if heading != above:
            parts.append(Part("heading", heading))
            above = heading
        parts.append(_said(one))
    return parts


def _who(person: OutgoingPerson) -> Part:
    others = [shortened(one.text, 80) for one in person.names[1:7]]
    lines = [say("Also written: {names}").format(names=" · ".join(others))] if others else []
    if person.birth_year:
        lines.append(say("Born in {year}").format(year=person.birth_year))
    return Part("title", shortened(person.name, 120), tuple(lines))


def page(person: OutgoingPerson, occasion: Occasion, shown: int) -> Paper:
    """Return the brief with the first `shown` of the statements; the others are counted."""
    told = _statements(person)
    parts = [
        _who(person),
        Part(
            "box",
            say("Believed now: {state}.").format(state=wording.believed(person, occasion.now)),
            tuple(wording.cautions(person)),
        ),
        *_headed(told[:shown]),
    ]
    asked = [shortened(one, _LONGEST) for one in wording.asked(person)][:6]
    if asked:
        parts += [Part("heading", say("What is asked for")), Part("list", lines=tuple(asked))]
    ending = _not_shown(len(told) - shown) + wording.kept_back(person)
    if ending:
        parts.append(Part("text", " ".join(ending)))
    return Paper(
        title=say("Brief"),
        lang=occasion.lang,
        footer=say("Printed at {when} for {recipient}.").format(
            when=moment(occasion.now), recipient=shortened(occasion.recipient, 80)
        ),
        made=occasion.now,
        parts=parts,
        small=True,
    )


def _not_shown(number: int) -> list[str]:
    if number <= 0:
        return []
    sentence = say_n(
        "%(number)d more statement did not fit on this page.",
        "%(number)d more statements did not fit on this page.",
        number,
    )
    return [sentence % {"number": number}]


def fitted(person: OutgoingPerson, occasion: Occasion) -> tuple[Paper, bytes]:
    """Return the brief with as many statements as one page of A4 holds, and its PDF."""

    def made(shown: int) -> tuple[Paper, bytes]:
        paper = page(person, occasion, shown)
        return paper, setting.pdf(paper)

    most = min(len(_statements(person)), _MOST_LINES)
    best = made(most)
    if pages(best[1]) == 1:
        return best
    return _largest(made, most)


def _largest(made: Callable[[int], tuple[Paper, bytes]], too_many: int) -> tuple[Paper, bytes]:
    low, high, best = 0, too_many, made(0)
    while high - low > 1:
        middle = (low + high) // 2
        tried = made(middle)
        if pages(tried[1]) == 1:
            low, best = middle, tried
        else:
            high = middle
    return best


def pages(pdf: bytes) -> int:
    """Return of how many pages a PDF is."""
    return len(PdfReader(BytesIO(pdf)).pages)


def _write_pdf(people: Iterable[OutgoingPerson], to: BinaryIO, occasion: Occasion) -> None:
    with override(occasion.lang):
        to.write(fitted(_one(people), occasion)[1])


def _write_text(people: Iterable[OutgoingPerson], to: BinaryIO, occasion: Occasion) -> None:
    """Write what the page says: both hold the same, so that nobody compares two versions."""
    with override(occasion.lang):
        to.write(plain(fitted(_one(people), occasion)[0]).encode())


def two_sentences(person: OutgoingPerson, occasion: Occasion) -> str:
    """Return who and what happened by whose word, then where they are believed and what is asked.

    Exactly two sentences, each in a line of its own.
    """
    who = shortened(person.name, 120)
    if person.birth_year:
        who = say("{name}, born in {year}").format(name=who, year=person.birth_year)
    told = person.of(*_HAPPENED)
    if told:
        words = _clause(wording.words_of(told[0], 200))
        if told[0].about:
            words = say("{words} ({time})").format(words=words, time=told[0].about)
        first = say("{who}: {words}; so says {speaker}.").format(
            who=_clause(who), words=words, speaker=_clause(wording.speaker(told[0]))
        )
    else:
        first = say("{who}: nobody has yet said what happened.").format(who=_clause(who))
    second = [_clause(wording.believed(person, occasion.now, 120))]
    second += [_clause(one) for one in wording.cautions(person)]
    asked = [_clause(one) for one in wording.asked(person)[:2]]
    if asked:
        second.append(say("asked for: {what}").format(what="; ".join(asked)))
    return first + "\n" + say("Believed now: {state}.").format(state="; ".join(second)) + "\n"


def _clause(text: str) -> str:
    """Return words that can stand inside a sentence: without an end of their own."""
    return shortened(text, 400).rstrip(" .!?…").replace(". ", "; ").replace("! ", "; ")


def _write_two(people: Iterable[OutgoingPerson], to: BinaryIO, occasion: Occasion) -> None:
    with override(occasion.lang):
        to.write(two_sentences(_one(people), occasion).encode())


def gaps(person: OutgoingPerson, occasion: Occasion) -> list[str]:
    """Return what a brief of this person cannot say, and what in it is weak."""
    with override(occasion.lang):
        found = []
        if "name" in person.withheld or not person.names:
            found.append(say("The name is not told: there is no consent for it."))
        if not person.of(*_HAPPENED):
            found.append(say("Nobody has said what happened."))
        if person.custody.confirmed_at is None:
            found.append(say("Nobody has said where this person is."))
        found += wording.cautions(person)
        if not wording.asked(person):
            found.append(say("Nothing is written down that is asked for."))
        if any(one.property in wording.ALLEGED for one in person.statements):
            found.append(say("It repeats accusations: check that each may be repeated at all."))
        return found + wording.kept_back(person)


_USES = frozenset({"lawyer", "monitor", "un", "story"})

FORMATS = (
    Format(
        "brief-pdf",
        later("brief of one page (PDF)"),
        _USES,
        "pdf",
        "application/pdf",
        _write_pdf,
        one_person=True,
        gaps=gaps,
    ),
    Format(
        "brief-text",
        later("brief of one page (text)"),
        _USES,
        "txt",
        "text/plain",
        _write_text,
        one_person=True,
        gaps=gaps,
    ),
    Format(
        "brief-two-sentences",
        later("brief in two sentences (text)"),
        _USES,
        "txt",
        "text/plain",
        _write_two,
        one_person=True,
        gaps=gaps,
    ),
)
