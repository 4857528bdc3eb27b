"""Takes down statements, retractions, documents and signed lines, each as new rows at once.

Whatever has to be kept in step (see `features.parts("facts")`) hears of it in the same
transaction, through `HEARERS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from habeas.cases.statements import when
from habeas.cases.statements.models import (
    Chosen,
    Derivation,
    Document,
    Filed,
    Line,
    Statement,
    Subject,
)
from habeas.errors import StatementRefused
from habeas.language import _
from habeas.watch import scope
from habeas.watch.models import Person

HEARERS: list[Callable[[Subject, datetime], None]] = []
"""Called with the subject and the time, inside the transaction, after anything was added."""

_waiting: ContextVar[dict[int, tuple[Subject, datetime]] | None] = ContextVar(
    "waiting", default=None
)

_LETTERS = {
    Subject.BODY: "B",
    Subject.PLACE: "L",
    Subject.EVENT: "E",
    Subject.LEGAL_CASE: "C",
    Subject.RECORD: "R",
    Subject.DOCUMENT: "D",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who takes something down, and when (aware)."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so, and where it stands; the fields are those of `models.Statement`.

    Attributes:
        not_after: a moment (aware) by which it had been said, where others knew it before us.
    """

    speaker: str
    role: str
    document: Document | None = None
    place: str = ""
    said_on: str = ""
    certainty: str = "unknown"
    in_custody: str = "unknown"
    visibility: str = "internal"
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said; the fields are those of `models.Statement`."""

    property: str
    value: str
    as_said: str = ""
    lang: str = ""
    about: str = ""
    zone: str = "UTC"
    other: Subject | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def case_of(person: Person, hand: Hand) -> Subject:
    """Return the subject of a sought person; it is made when it is first asked for."""
    with scope.everything():
        found = Subject.objects.filter(person=person).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            subject = Subject.objects.create(
                kind=Subject.PERSON,
                code=person.code,
                person=person,
                added_by=hand.by,
                added_at=hand.at,
            )
            tell(subject, hand.at)
            return subject
    except IntegrityError:  # somebody else opened the page at the same time
        with scope.everything():
            return Subject.objects.get(person=person)


def new_subject(kind: str, title: str, hand: Hand, *, ref: str = "") -> Subject:
    """Return a new body, place, event, legal case or record under the next free code."""
    letter = _LETTERS[kind]
    with scope.everything():
        number = Subject.objects.filter(kind=kind).count()
    while True:
        number += 1
        try:
            # Of two people at two desks, whoever comes second takes the next number.
            with transaction.atomic():
                return Subject.objects.create(
                    kind=kind,
                    code=f"{letter}-{number}",
                    title=title[:300],
                    ref=ref,
                    added_by=hand.by,
                    added_at=hand.at,
                )
        except IntegrityError:
            continue


def state(
    subject: Subject,
    claim: Claim,
    said: Said,
    hand: Hand,
    *,
    supersedes: Statement | None = None,
) -> Statement:
    """Take down one statement.

    Args:
        subject: whom or what it is about.
        claim: what is said.
        said: who says so.
        hand: who takes it down, now.
        supersedes: the statement that it corrects; that one stays on record.

    Raises:
        StatementRefused: nobody is named as its speaker, nothing is said, or the statement that it
            corrects is about something else.
        when.NotATime: a time is not in EDTF.
    """
    if not claim.value.strip():
        raise StatementRefused(_("nothing is said"))
    _refuse_stranger(subject, supersedes)
    about_from, about_to = (
        when.parse(claim.about).bounds(claim.zone) if claim.about else (None,) * 2
    )
    return _add(
        subject,
        said,
        hand,
        supersedes=supersedes,
        property=claim.property,
        value=claim.value.strip()[:2000],
        as_said=claim.as_said.strip(),
        lang=claim.lang,
        other=claim.other,
        details={key: value for key, value in claim.details.items() if value},
        about=claim.about,
        about_from=about_from,
        about_to=about_to,
        zone=claim.zone,
    )


def retract(statement: Statement, said: Said, hand: Hand, *, reason: str) -> Statement:
    """Take a statement back; it stays on record, and so does who took it back and why.

    Raises:
        StatementRefused: nobody is named as the one who takes it back.
    """
    return _add(
        statement.subject,
        said,
        hand,
        retracts=statement,
        property=statement.property,
        other=statement.other,
        as_said=reason,
        zone=statement.zone,
    )


def _refuse_stranger(subject: Subject, supersedes: Statement | None) -> None:
    if supersedes is not None and supersedes.subject_id != subject.pk:
        raise StatementRefused(_("the statement that it corrects is about somebody else"))


def _add(subject: Subject, said: Said, hand: Hand, **fields: Any) -> Statement:  # noqa: ANN401 - columns of the model
    if not said.speaker.strip():
        raise StatementRefused(_("nobody is named as its speaker"))
    with transaction.atomic():
        if said.document is not None:
            file(subject, said.document, hand)
        statement = Statement.objects.create(
            subject=subject,
            speaker=" ".join(said.speaker.split())[:300],
            role=said.role,
            document=said.document,
            place=said.place[:200],
            said_on=said.said_on,
            said_by=_said_by(said, fields, hand.at),
            certainty=said.certainty,
            in_custody=said.in_custody,
            visibility=said.visibility,
            recorded_by=hand.by,
            recorded_at=hand.at,
            **fields,
        )
        tell(subject, hand.at)
    return statement


def _said_by(said: Said, fields: dict[str, Any], at: datetime) -> datetime:
    """Return the last moment at which it can have been said, as far as anybody knows.

    What is told to us now is news of now. What stands in a document of no known date is as old as
    what it is about: an old paper that turns up today confirms nothing of today.
    """
    said_on = said.said_on or (said.document.published if said.document else "")
    zone = str(fields.get("zone", "UTC"))
    end = when.parse(said_on).bounds(zone)[1] if said_on else None
    if end is None and said.document is not None and said.document.kind != "call_note":
        end = fields.get("about_to") or fields.get("about_from")
    return min(one for one in (end, said.not_after, at) if one is not None)


def file(subject: Subject, document: Document, hand: Hand) -> None:
    """Put a document into the file of a subject, once."""
    with scope.everything():
        Filed.objects.get_or_create(
            subject=subject, document=document, defaults={"by": hand.by, "at": hand.at}
        )


def derive(
    copy: Document, original: Document, hand: Hand, *, holds: bool, ground: str
) -> Derivation:
    """Take down that a document repeats another, or that it does not after all.

    Raises:
        StatementRefused: it would repeat itself.
    """
    if copy.pk == original.pk:
        raise StatementRefused(_("a document does not repeat itself"))
    return Derivation.objects.create(
        copy=copy, original=original, holds=holds, ground=ground, by=hand.by, at=hand.at
    )


def sign(
    statements: Iterable[Statement], hand: Hand, *, reason: str, review_on: date | None = None
) -> Line:
    """Choose statements of one property as the current line; what is not chosen stays beside it.

    Raises:
        StatementRefused: there is none, they are of several properties, or no reason is given.
    """
    chosen = list(statements)
    if len({(one.subject_id, one.property, one.other_id) for one in chosen}) != 1:
        raise StatementRefused(_("a line shows statements of one property of one subject"))
    if not reason.strip():
        raise StatementRefused(_("it does not say why"))
    first = chosen[0]
    with transaction.atomic():
        line = Line.objects.create(
            subject=first.subject,
            property=first.property,
            other=first.other,
            reason=reason.strip(),
            by=hand.by,
            at=hand.at,
            review_on=review_on,
        )
        for one in chosen:
            Chosen.objects.create(line=line, statement=one)
        tell(first.subject, hand.at)
    return line


@contextmanager
def together() -> Iterator[None]:
    """Tell the hearers once of each subject at the end, however much is added inside.

    Use it inside one transaction: what they keep is in step again only when it ends.
    """
    waiting: dict[int, tuple[Subject, datetime]] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for subject, at in waiting.values():
        tell(subject, at)


@contextmanager
def atomically() -> Iterator[None]:
    """Add everything inside, or nothing of it; the hearers are told once, at the end."""
    with transaction.atomic(), together():
        yield


def tell(subject: Subject, at: datetime) -> None:
    """Tell the hearers that something about a subject was added; what they keep is of it all."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[subject.pk] = (subject, at)
        return
    with scope.everything():
        for hear in HEARERS:
            hear(subject, at)
