"""The dossier as PDF: everything that these readers may see, each with who says so and where."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.actions.words import KINDS
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.outgoing import OutgoingDocument, OutgoingPerson, OutgoingStatement
from habeas.cases.sharing.papers import setting, wording
from habeas.cases.sharing.papers.parts import Paper, Part
from habeas.cases.sharing.papers.word import moment
from habeas.cases.statements.properties import GROUPS, known
from habeas.cases.statements.words import CERTAINTIES, CIRCLES, DOCUMENTS

_LAST = "9999"


def _timeline(person: OutgoingPerson) -> list[Part]:
    rows = sorted(
        person.of("custody"),
        key=lambda one: one.about_from.isoformat() if one.about_from else one.about or _LAST,
    )
    if not rows:
        return []
    return [Part("heading", say("Timeline")), *(_said(one, person, labelled=False) for one in rows)]


def _said(one: OutgoingStatement, person: OutgoingPerson, *, labelled: bool = True) -> Part:
    lead = f"{one.label}: " if labelled else f"{one.about}: " if one.about else ""
    lines = list(wording.sources(one, person))
    if one.certainty != "unknown":
        judged = str(CERTAINTIES.get(one.certainty, one.certainty))
        lines[0] += " " + say("We judge it: {certainty}.").format(certainty=judged)
    if one.current and one.disputed:
        lines.append(say("Shown first; the other versions stand beside it."))
    return Part("said", lead + wording.words_of(one), tuple(lines))


def _grouped(person: OutgoingPerson) -> list[Part]:
    """Return the statements under the headings of the page; versions of one thing side by side."""
    parts: list[Part] = []
    for group, title in GROUPS.items():
        rows = [one for one in person.statements if known(one.property).group == group]
        if rows:
            parts.append(Part("heading", str(title)))
            parts += [_said(one, person) for one in _side_by_side(rows)]
    return parts


def _side_by_side(rows: Sequence[OutgoingStatement]) -> list[OutgoingStatement]:
    order = list(dict.fromkeys(one.property for one in rows))
    return sorted(rows, key=lambda one: (order.index(one.property), not one.current))


def _done(person: OutgoingPerson) -> list[Part]:
    parts: list[Part] = []
    for key, kind in KINDS.items():
        rows = person.of(key)
        if rows:
            parts.append(Part("heading", str(kind.title)))
            parts += [_said(one, person, labelled=False) for one in rows]
    return parts


def _unlisted(person: OutgoingPerson) -> list[Part]:
    """Return what no heading of the page has; nothing that leaves is left unprinted."""
    rows = [
        one
        for one in person.statements
        if not known(one.property).group and one.property not in {"custody", *KINDS}
    ]
    if not rows:
        return []
    return [Part("heading", say("Other entries")), *(_said(one, person) for one in rows)]


def _papers(person: OutgoingPerson) -> list[Part]:
    if not person.documents:
        return []
    parts = [Part("heading", say("Papers"))]
    parts += [_listed(number, paper) for number, paper in enumerate(person.documents, 1)]
    return parts


def _listed(number: int, paper: OutgoingDocument) -> Part:
    lines = [
        " · ".join(part for part in (str(DOCUMENTS.get(paper.kind, paper.kind)), paper.carrier,
                                     paper.published, paper.lang) if part),
        paper.address,
        paper.archive,
        *(f"sha256 {digest}" for digest in paper.sha256),
    ]  # fmt: skip
    title = paper.title or say("without a title")
    return Part("said", f"{number}. {title}", tuple(one for one in lines if one))


def _front(person: OutgoingPerson, occasion: Occasion) -> list[Part]:
    kinds = {"spelling": "", "known_as": say("known as"), "passport_name": say("in the passport")}
    below = [one for one in (person.code,) if one]
    if person.birth_year:
        below.append(say("Born in {year}").format(year=person.birth_year))
    reader = str(CIRCLES.get(occasion.circle, occasion.circle))
    below.append(say("For: {recipient} ({circle}).").format(
        recipient=occasion.recipient, circle=reader
    ))  # fmt: skip
    parts = [Part("title", person.name, tuple(below))]
    if person.photo:
        parts.append(Part("photo", say("Photo of {name}").format(name=person.name),
                          picture=person.photo))  # fmt: skip
    parts.append(Part(
        "box",
        say("Believed now: {state}.").format(state=wording.believed(person, occasion.now)),
        tuple(wording.cautions(person)),
    ))  # fmt: skip
    if len(person.names) > 1:
        spelled = [
            f"{one.text} ({kinds[one.kind]})" if kinds.get(one.kind) else one.text
            for one in person.names
        ]
        parts += [Part("heading", say("Names and spellings")), Part("list", lines=tuple(spelled))]
    return parts


def _ending(person: OutgoingPerson) -> list[Part]:
    lines = [
        say("Every line is what somebody said. Accusations are alleged until a court decides."),
        say("The hash of a paper (sha256) shows whether a file is the one that was kept."),
        *wording.kept_back(person),
    ]
    return [Part("heading", say("How to read this")), Part("list", lines=tuple(lines))]


def dossier(person: OutgoingPerson, occasion: Occasion) -> Paper:
    """Return the dossier of one person."""
    parts = _front(person, occasion) + _timeline(person) + _grouped(person) + _done(person)
    parts += _unlisted(person) + _papers(person) + _ending(person)
    return Paper(
        title=say("Dossier"),
        lang=occasion.lang,
        footer=say("Printed at {when}").format(when=moment(occasion.now)),
        made=occasion.now,
        parts=parts,
    )


def _write(people: Iterable[OutgoingPerson], to: BinaryIO, occasion: Occasion) -> None:
    (person,) = people
    with override(occasion.lang):
        to.write(setting.pdf(dossier(person, occasion)))


def gaps(person: OutgoingPerson, occasion: Occasion) -> list[str]:
    """Return what the dossier lacks: papers, papers kept, confirmations, and what is kept back."""
    with override(occasion.lang):
        found = wording.cautions(person)
        if person.custody.confirmed_at is None:
            found.append(say("Nobody has said where this person is."))
        if not person.documents:
            found.append(say("No paper carries any of the statements."))
        if any(not one.sha256 for one in person.documents):
            found.append(say("Of some papers no file is kept: nobody can check them."))
        if person.photo is None:
            found.append(say("There is no photo, or no consent for it."))
        return found + wording.kept_back(person)


FORMAT = Format(
    "dossier-pdf",
    later("dossier (PDF)"),
    frozenset({"lawyer", "monitor", "un"}),
    "pdf",
    "application/pdf",
    _write,
    one_person=True,
    gaps=gaps,
)
