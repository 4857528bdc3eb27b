"""Reads what leaves of people, for a circle of readers, as plain values.

Read in lots, so that memory does not grow with their number. Everything narrower than the circle is
left out here, and for what is public also whatever would tell a name or a source that must not be
told; no format sees it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from habeas.cases.custody import timeline
from habeas.cases.documents import keeping
from habeas.cases.documents.models import Photo
from habeas.cases.search import keys
from habeas.cases.sharing import attached, beside
from habeas.cases.sharing.ids import public_id
from habeas.cases.sharing.outgoing import (
    OutgoingConsent,
    OutgoingCustody,
    OutgoingDocument,
    OutgoingFile,
    OutgoingLookUp,
    OutgoingName,
    OutgoingPerson,
    OutgoingStatement,
)
from habeas.cases.sharing.passed import PUBLIC, Passed
from habeas.cases.statements import reading
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.cases.statements.properties import known
from habeas.cases.statements.reading import SignedLines
from habeas.cases.statements.words import ROLES

_LOT = 500
_UNNAMED = frozenset({"self", "family", "eyewitness", "co_detainee", "staff", "anonymous"})
"""Speakers whose names never become public: only what they are to the person is said."""
_NAMES = ("known_as", "passport_name")


@dataclass(frozen=True, slots=True)
class _Lot:
    """Everything of one lot of people, read with one question each."""

    rows: Mapping[int, Sequence[Statement]]
    roots: dict[int, frozenset[int]]
    lines: Mapping[int, SignedLines]
    papers: Mapping[int, Document]
    files: Mapping[int, tuple[OutgoingFile, ...]]
    lookups: Mapping[int, tuple[OutgoingLookUp, ...]]
    consents: Mapping[int, tuple[OutgoingConsent, ...]]


def outgoing(
    passed: Mapping[int, Passed], circle: str, lang: str, now: datetime
) -> Iterator[tuple[int, OutgoingPerson]]:
    """Yield what leaves of each person, with the primary key of its subject.

    Args:
        passed: who may go, by primary key; see `gate.judge`.
        circle: for whom.
        lang: of the labels; English where the site does not speak it.
        now: as of when.
    """
    every = list(passed)
    for start in range(0, len(every), _LOT):
        wanted = every[start : start + _LOT]
        subjects = Subject.objects.select_related("person").prefetch_related("person__spellings")
        found = {one.pk: one for one in subjects.filter(pk__in=wanted)}
        lot = _lot(wanted, passed, circle)
        for key in wanted:
            if key in found:
                with translation.override(lang), reading.shown_to(circle) as shown:
                    yield key, _person(found[key], lot, passed[key], shown, now)


def _lot(wanted: Sequence[int], passed: Mapping[int, Passed], circle: str) -> _Lot:
    rows: dict[int, list[Statement]] = defaultdict(list)
    for row in Statement.objects.filter(subject__in=wanted).select_related("other").order_by("pk"):
        rows[row.subject_id].append(row)
    papers = {row.document_id for found in rows.values() for row in found if row.document_id}
    return _Lot(
        rows,
        reading.roots_of(papers),
        reading.signed_lines_of(wanted),
        Document.objects.prefetch_related("uploads").in_bulk(papers),
        {} if circle == PUBLIC else attached.files_of(papers, passed, circle),
        beside.lookups_of(wanted, circle) if circle in reading.OURS else {},
        beside.consents_of({key: passed[key] for key in wanted}, circle),
    )


def _person(
    subject: Subject, lot: _Lot, passed: Passed, shown: reading.Circle, now: datetime
) -> OutgoingPerson:
    public = shown.key == PUBLIC
    live = reading.alive(lot.rows.get(subject.pk, ()))
    names = _names(subject, live, public=public)
    lines = reading.those_seen(lot.lines.get(subject.pk, {}))
    if "story" in passed.withheld:
        shown.left_out.update(one.pk for one in live)
        live = []
    if "name" in passed.withheld:
        telling = _telling(live, names)
        shown.left_out.update(one.pk for one in telling)
        live = [one for one in live if one not in telling]
    chosen = lines.get((timeline.TERM, None), (None, frozenset()))[1]
    stays = timeline.stays_of([one for one in live if one.property == timeline.TERM], chosen)
    questions = reading.questions_of(live, lot.roots, lines)
    statements = [
        _statement(
            one,
            asked,
            shown.key,
            current=version in asked.current,
            paper=lot.papers.get(one.document_id or 0),
        )
        for asked in questions
        for version in asked.versions
        for one in version.statements
    ]
    papers = {one.document_id for one in live if one.document_id}
    named = "name" not in passed.withheld
    return OutgoingPerson(
        id=public_id(shown.key, "person", subject.pk),
        code="" if public else subject.code,
        names=names if named else (),
        birth_year=subject.person.birth_year if subject.person and named else None,
        custody=_custody(timeline.badge(stays, subject.added_at), now),
        statements=tuple(statements),
        documents=tuple(
            _paper(lot, one, shown.key, secret=() if named else names) for one in sorted(papers)
        ),
        photo=None if "photo" in passed.withheld else _photo(subject),
        left_out=len(shown.left_out),
        withheld=passed.withheld,
        lookups=lot.lookups.get(subject.pk, ()),
        consents=lot.consents.get(subject.pk, ()),
    )


def _names(
    subject: Subject, live: Sequence[Statement], *, public: bool
) -> tuple[OutgoingName, ...]:
    """Return the spellings; of those that only statements give, those that these may see."""
    spellings = subject.person.spellings.all() if subject.person else ()
    found = {
        one.text: OutgoingName(one.text, "spelling")
        for one in sorted(spellings, key=lambda one: one.pk)
        if one.withdrawn_at is None
    }
    for row in live:
        if row.property in _NAMES and not (public and row.property == "passport_name"):
            found.setdefault(row.value, OutgoingName(row.value, row.property))
    return tuple(found.values())


def _telling(live: Sequence[Statement], names: Sequence[OutgoingName]) -> list[Statement]:
    """Return the statements whose words would tell a name that may not be named."""
    secret = _Secret.of(names)
    return [
        row
        for row in live
        if row.property in _NAMES or any(secret.is_told_by(text) for text in _texts(row))
    ]


def _texts(row: Statement) -> list[str]:
    said = [row.value, row.as_said, row.speaker, row.place, *map(str, row.details.values())]
    return [*said, row.other.title] if row.other is not None else said


@dataclass(frozen=True, slots=True)
class _Secret:
    """A name that may not be told: its words as written, and their consonants in any script."""

    words: frozenset[str]
    bones: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[OutgoingName]) -> "_Secret":
        words = frozenset(word for name in names for word in keys.every_word_of(name.text))
        return cls(words, frozenset(bone for word in words for bone in keys.bones_of(word)))

    def is_told_by(self, text: str) -> bool:
        """Whether a word of a text may be a word of the name, in any script and case."""
        return any(self._is_in(word) for word in keys.every_word_of(text))

    def _is_in(self, word: str) -> bool:
        # A case ending adds letters at the end.
        if any(word.startswith(one) for one in self.words):
            return True
        # Of one consonant too much is alike; of two, only the whole word is taken for the name.
        return any(
            found in self.bones or any(len(one) > 2 and found.startswith(one) for one in self.bones)
            for found in keys.bones_of(word)
            if len(found) > 1
        )


def _statement(
    row: Statement,
    asked: reading.Question,
    circle: str,
    *,
    current: bool,
    paper: Document | None,
) -> OutgoingStatement:
    unnamed = circle == PUBLIC and row.role in _UNNAMED
    return OutgoingStatement(
        id=public_id(circle, "statement", row.pk),
        property=row.property,
        label=str(known(row.property).label),
        value=row.value,
        as_said=row.as_said,
        lang=row.lang,
        details={key: str(value) for key, value in row.details.items()},
        about=row.about,
        zone=row.zone,
        about_from=row.about_from,
        about_to=row.about_to,
        speaker=str(ROLES.get(row.role, row.role)) if unnamed else row.speaker,
        role=row.role,
        document=public_id(circle, "document", row.document_id) if row.document_id else "",
        place=row.place,
        said_on=row.said_on or (paper.published if paper else ""),
        said_by=row.said_by,
        certainty=row.certainty,
        in_custody=row.in_custody,
        other=_other(row, circle),
        other_kind=row.other.kind if row.other else "",
        disputed=asked.disputed,
        current=current,
        signed=asked.signed,
        recorded_at=row.recorded_at,
    )


def _other(row: Statement, circle: str) -> str:
    """Return who or what the statement is about beside the person.

    Another person may not have agreed to anything, so only the id of their row stands here.
    """
    if row.other is None:
        return ""
    if row.other.kind == Subject.PERSON:
        return public_id(circle, "person", row.other.pk)
    return row.other.title


def _paper(lot: _Lot, key: int, circle: str, *, secret: Sequence[OutgoingName]) -> OutgoingDocument:
    """Return a paper; without its title and address where they would tell a secret name."""
    name, document = _Secret.of(secret), lot.papers[key]

    def told(text: str) -> str:
        return "" if name.is_told_by(text) else text

    return OutgoingDocument(
        id=public_id(circle, "document", document.pk),
        kind=document.kind,
        title=told(document.title),
        carrier=told(document.carrier),
        address=told(document.address),
        archive=told(document.archive),
        lang=document.lang,
        published=document.published,
        sha256=tuple(one.sha256 for one in document.uploads.all()),
        files=lot.files.get(key, ()),
    )


def _custody(badge: timeline.Badge, now: datetime) -> OutgoingCustody:
    return OutgoingCustody(
        state=badge.state,
        removal=badge.removal,
        place=badge.place,
        since=badge.since,
        confirmed_at=badge.confirmed_at,
        stale=badge.stale_at is not None and badge.stale_at <= now,
        disputed=badge.disputed,
    )


def _photo(subject: Subject) -> bytes | None:
    """Return the newest picture, which we drew anew; whatever its file had hidden is gone."""
    newest = Photo.objects.filter(subject=subject).order_by("-pk").first()
    return keeping.read(newest.sha256) if newest else None
