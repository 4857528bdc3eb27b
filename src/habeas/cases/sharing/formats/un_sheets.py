"""Sheets for the UN: the Working Group (minimum elements) and the Committee (article 30).

The minimum elements are those that the Working Group names for any case; the tests of admission
are those of article 30, paragraph 2, of the Convention. Both list what is missing, and what has to
be checked; neither asserts that a State is bound by the Convention.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.cases.sharing.papers import setting, word
from habeas.cases.sharing.papers.parts import Paper, Part
from habeas.cases.sharing.papers.un_words import LANGUAGES, code, told
from habeas.cases.sharing.papers.wording import ALLEGED

_TAKEN = frozenset({"contact_lost", "missing", "taken_unacknowledged", "in_custody"})
_INTERNATIONAL = re.compile(
    r"\b(UN|ONU|OHCHR|WGEID|CED|Working Group|Committee|ECHR|European Court|ООН|СММ|"
    r"Рабоч\w+ групп\w+|Комитет\w* по насильственным|Европейск\w+ суд\w*|ЕСПЧ)\b",
    re.IGNORECASE,
)
_LABELLED = ("identifier", "born", "citizenship_status", "passport_name", "marks", "accusation")
Elements = tuple[tuple[str, tuple[str, ...]], ...]
WGEID: Elements = (
    ("date", ("detained_on", "last_contact")),
    ("place", ("detained_at", "last_seen", "last_place")),
    ("forces", ("taken_by",)),
)
CED: Elements = (*WGEID, ("official", ("official_answer",)))


def _words(one: OutgoingStatement, lang: str) -> str:
    text = one.words
    if one.property == "custody":
        state = one.details.get("removal", "") if one.value == "removed" else ""
        parts = [code("state", state or one.value, lang), one.details.get("place", ""), one.as_said]
        text = "; ".join(part for part in parts if part)
    if one.property == "action":
        parts = [
            code("sort", one.details.get("sort", ""), lang),
            one.value,
            one.details.get("whom", ""),
            code("standing", one.details.get("standing", ""), lang),
            one.as_said,
        ]
        text = "; ".join(part for part in parts if part)
    return told("alleged", lang, words=text) if one.property in ALLEGED else text


def _said(one: OutgoingStatement, person: OutgoingPerson, lang: str) -> Part:
    role = code("role", one.role, lang)
    day = one.said_on or told("unknown", lang)
    line = told("said", lang, speaker=one.speaker, role=role, day=day)
    if one.about:
        line += " " + told("when", lang, time=f"{one.about} ({one.zone})")
    numbers = {paper.id: number for number, paper in enumerate(person.documents, 1)}
    if one.document in numbers:
        line += " " + told("paper", lang, number=numbers[one.document])
    lines = [line]
    if one.disputed:
        lines.append(told("disputed", lang))
    if one.in_custody == "yes":
        lines.append(told("custody_said", lang))
    label = f"{told(one.property, lang)}: " if one.property in _LABELLED else ""
    return Part("said", label + _words(one, lang), tuple(lines))


def _element(
    letter: str, key: str, rows: Sequence[OutgoingStatement], person: OutgoingPerson, lang: str
) -> list[Part]:
    parts = [Part("heading", f"({letter}) {told(key, lang)}")]
    return parts + (
        [_said(one, person, lang) for one in rows] or [Part("text", told("unknown", lang))]
    )


def rows_of(
    person: OutgoingPerson, key: str, properties: tuple[str, ...]
) -> list[OutgoingStatement]:
    """Return the statements of one element; the custody timeline answers when and where too."""
    rows = list(person.of(*properties))
    for one in person.of("custody"):
        dated = key == "date" and bool(one.about)
        placed = key == "place" and bool(one.details.get("place"))
        if one.value in _TAKEN and (dated or placed):
            rows.append(one)
    return rows


def _identity(person: OutgoingPerson, lang: str) -> list[Part]:
    unknown = told("unknown", lang)
    named = bool(person.names)
    rows = [
        (told("name", lang), person.name if named else unknown),
        (told("other_names", lang), " · ".join(one.text for one in person.names[1:]) or unknown),
        (told("birth_year", lang), str(person.birth_year or unknown)),
        (told("photo", lang), told("attached", lang) if person.photo else unknown),
    ]
    told_of = person.of(*_LABELLED[:-1])
    parts = [Part("heading", f"(a) {told('identity', lang)}"), Part("facts", rows=tuple(rows))]
    if person.photo:
        parts.append(Part("photo", told("photo", lang), picture=person.photo))
    return parts + [_said(one, person, lang) for one in told_of]


def filings(person: OutgoingPerson) -> tuple[list[OutgoingStatement], list[OutgoingStatement]]:
    """Return what was filed at home and internationally, by date; what is planned is not filed."""
    done = [
        one
        for one in person.of("action", "appeal")
        if one.details.get("sort", "filing") in {"filing", "appeal", "letter", "urgent"}
        and one.details.get("standing") != "planned"
    ]
    done.sort(key=lambda one: one.about or "9999")
    abroad = [one for one in done if _international(one)]
    return [one for one in done if one not in abroad], abroad


def _international(one: OutgoingStatement) -> bool:
    said = " ".join((one.value, one.as_said, one.details.get("whom", "")))
    return one.details.get("sort") == "urgent" or _INTERNATIONAL.search(said) is not None


def event(person: OutgoingPerson) -> datetime | None:
    """Return the earliest moment at which somebody is said to have been taken or lost."""
    rows = rows_of(person, "date", ("detained_on",))
    return min((one.about_from for one in rows if one.about_from), default=None)


def urgency(person: OutgoingPerson, occasion: Occasion) -> str:
    """Return whether the urgent procedure may apply: within three months of the event."""
    day = event(person)
    if day is None:
        return told("undated", occasion.lang)
    key = "urgent" if occasion.now < _three_months_after(day) else "standard"
    return told(key, occasion.lang, day=f"{day:%Y-%m-%d}")


def _three_months_after(day: datetime) -> datetime:
    months = day.month + 2
    year, month = day.year + months // 12, months % 12 + 1
    last = (datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) - datetime(
        year, month, 1, tzinfo=UTC)).days  # fmt: skip
    return day.replace(year=year, month=month, day=min(day.day, last))


def missing(person: OutgoingPerson, elements: Elements, lang: str) -> list[str]:
    """Return the elements of which nothing is said, one sentence each."""
    keys = [key for key, properties in elements if not rows_of(person, key, properties)]
    if not person.names:
        keys.insert(0, "name")
    if not person.of("identifier"):
        keys.insert(0, "identifier")
    if person.photo is None:
        keys.append("photo")
    if not person.of("action", "appeal"):
        keys.append("steps")
    keys.append("submitter")
    return [told("gap", lang, element=told(key, lang)) for key in keys]


def warnings(person: OutgoingPerson, lang: str, *, committee: bool) -> list[str]:
    """Return what a person has to check; none of it is asserted by us."""
    home, abroad = filings(person)
    found = [told("form", lang), told("consent", lang), told("address", lang)]
    if committee:
        found.append(told("treaty", lang))
        if not home:
            found.append(told("no_domestic", lang))
    else:
        found.append(told("domestic_helps", lang))
    found += [told("parallel", lang, action=_words(one, lang)) for one in abroad] or [
        told("no_parallel", lang)
    ]
    if any(one.as_said for one in person.statements) or any(
        one.lang and one.lang != lang for one in person.statements
    ):
        found.append(told("translate", lang))
    if person.left_out:
        found.append(told("kept_back", lang, number=person.left_out))
    return found


def _filed(person: OutgoingPerson, lang: str) -> list[Part]:
    parts: list[Part] = []
    for key, rows in zip(("domestic", "international"), filings(person), strict=True):
        parts += _element("e", key, rows, person, lang)
    return parts


def _papers(person: OutgoingPerson, lang: str) -> list[Part]:
    rows = [
        Part("said", f"{number}. {one.title or one.kind}",
             (" · ".join(part for part in (one.carrier, one.published, one.address) if part),
              *(f"sha256 {digest}" for digest in one.sha256)))
        for number, one in enumerate(person.documents, 1)
    ]  # fmt: skip
    return [Part("heading", told("papers", lang)), *rows] if rows else []


def sheet(person: OutgoingPerson, occasion: Occasion, *, committee: bool) -> Paper:
    """Return the sheet for the Working Group or, for the `committee`, that of article 30."""
    lang = occasion.lang
    elements = CED if committee else WGEID
    title = told("ced" if committee else "wgeid", lang)
    when = word.moment(occasion.now)
    parts = [Part("title", title, (told("confidential", lang, when=when),))]
    if not committee:
        parts.append(Part("box", urgency(person, occasion)))
    parts.append(Part("box", told("gaps", lang), tuple(missing(person, elements, lang))))
    checks = tuple(warnings(person, lang, committee=committee))
    parts.append(Part("box", told("warnings", lang), checks))
    parts += _identity(person, lang)
    for letter, (key, properties) in zip("bcdg", elements, strict=False):
        parts += _element(letter, key, rows_of(person, key, properties), person, lang)
    parts += _filed(person, lang)
    parts += [
        Part("heading", f"(f) {told('submitter', lang)}"),
        Part("text", occasion.by or told("unknown", lang)),
    ]
    story = [_said(one, person, lang) for one in person.of("custody", "said_then", "accusation")]
    parts += [
        Part("heading", told("facts", lang)),
        *(story or [Part("text", told("unknown", lang))]),
    ]
    return Paper(title, lang, f"{title} · {when}", occasion.now, parts + _papers(person, lang))


def _writer(
    render: Callable[[Paper], bytes], *, committee: bool
) -> Callable[[Iterable[OutgoingPerson], BinaryIO, Occasion], None]:
    def write(people: Iterable[OutgoingPerson], to: BinaryIO, occasion: Occasion) -> None:
        (person,) = people
        to.write(render(sheet(person, occasion, committee=committee)))

    return write


def _gaps(*, committee: bool) -> Callable[[OutgoingPerson, Occasion], list[str]]:
    def gaps(person: OutgoingPerson, occasion: Occasion) -> list[str]:
        elements = CED if committee else WGEID
        first = [] if committee else [urgency(person, occasion)]
        found = missing(person, elements, occasion.lang)
        return first + found + warnings(person, occasion.lang, committee=committee)

    return gaps


def _format(key: str, label: Promise, *, committee: bool) -> Format:
    as_docx = key.endswith("docx")
    return Format(
        key,
        label,
        frozenset({"un"}),
        "docx" if as_docx else "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        if as_docx
        else "application/pdf",
        _writer(word.docx if as_docx else setting.pdf, committee=committee),
        one_person=True,
        languages=LANGUAGES,
        gaps=_gaps(committee=committee),
    )


FORMATS = (
    _format("wgeid-docx", later("sheet for the UN Working Group (DOCX)"), committee=False),
    _format("wgeid-pdf", later("sheet for the UN Working Group (PDF)"), committee=False),
    _format("ced-docx", later("sheet for the UN Committee, article 30 (DOCX)"), committee=True),
    _format("ced-pdf", later("sheet for the UN Committee, article 30 (PDF)"), committee=True),
)
