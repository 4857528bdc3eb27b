"""A decided row of a bundle taken over, record by record, and taken back.

Every statement keeps its speaker, its days and its paper; that it came from them stands beside it.
No answer of consent is taken down as ours: what they may share with us is no leave to publish.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as say

from habeas.cases.documents.models import Upload
from habeas.cases.importing.bundled import others, persons, records
from habeas.cases.importing.bundled.checks import moment_of
from habeas.cases.importing.bundled.persons import Record
from habeas.cases.importing.models import Decision, Import, Made, Received, Result, Row
from habeas.cases.importing.whose import origin, result_of, whose
from habeas.cases.lookups.models import LookUp, TakenBack
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.cases.statements.words import DOCUMENTS
from habeas.watch.pages import recording as watching


def names_in(row: Row) -> list[str]:
    """Return the names of the person of a row."""
    found = [one.told["text"] for one in records.records_of(row.cells) if one.kind == persons.NAME]
    return list(dict.fromkeys(found))


def birth_year_in(row: Row) -> int | None:
    """Return the year of birth of the person of a row; None where it is none."""
    for one in records.records_of(row.cells):
        year = one.told.get("birth_year") if one.kind == persons.PERSON else None
        if type(year) is int and 1900 <= year <= 2100:
            return year
    return None


def take(row: Row, decision: Decision, hand: Hand) -> None:
    """Take over what a row brings; inside the transaction of the row.

    Raises:
        StatementRefused: as `whose.whose`.
    """
    subject, opened = whose(row, decision, names_in(row), birth_year_in(row), hand)
    result = result_of(row, Result.IMPORTED, hand, subject=subject, opened=opened)
    taking = _Taking(row, subject, result, hand)
    with recording.together():
        recording.file(subject, row.imported.document, hand)
        for record in records.news_of(row).fresh:
            taking.record(record)


def link(imported: Import, hand: Hand) -> None:
    """Take over claims about two people, both of this bundle, that waited for the second."""
    done = Result.objects.filter(
        row__imported=imported, outcome=Result.IMPORTED, undone=None, subject__isnull=False
    )
    for result in done.select_related("row__imported", "subject").order_by("row__number"):
        row, subject = result.row, result.subject
        if '"other_kind": "person"' not in "".join(cell[1] for cell in row.cells):
            continue
        assert subject is not None
        taking = _Taking(row, subject, result, hand)
        with recording.atomically():
            for record in records.news_of(row).of(persons.STATEMENT):
                if record.told["other_kind"] == Subject.PERSON:
                    taking.record(record)


def take_back(result: Result, hand: Hand) -> None:
    """Take back the look-ups that came with a row; statements and spellings go with all imports."""
    for lookup in LookUp.objects.filter(received_as__result=result, taken_back=None):
        TakenBack.objects.create(lookup=lookup, by=hand.by, at=hand.at)


class _Taking:
    """Takes over the records of one row."""

    def __init__(self, row: Row, subject: Subject, result: Result, hand: Hand) -> None:
        self._row, self._subject, self._result, self._hand = row, subject, result, hand
        self._bundle = records.bundle_of(row)
        self._by_kind: Mapping[str, Callable[[Record], None]] = {
            persons.PERSON: self._person,
            persons.NAME: self._name,
            persons.DOCUMENT: self._document,
            persons.FILE: self._file,
            persons.PHOTO: self._photo,
            persons.STATEMENT: self._statement,
            persons.LOOKUP: self._lookup,
        }

    def record(self, record: Record) -> None:
        """Take over a record; what has no place of its own here is kept as it was sent."""
        self._by_kind.get(record.kind, self._kept)(record)

    def _kept(
        self,
        record: Record,
        *,
        statement: Statement | None = None,
        lookup: LookUp | None = None,
        document: Document | None = None,
    ) -> None:
        Received.objects.create(
            result=self._result,
            kind=record.kind,
            theirs=record.theirs[:100],
            fingerprint=self._bundle.fingerprint,
            circle=self._bundle.circle,
            digest=record.digest,
            told=record.told,
            statement=statement,
            lookup=lookup,
            document=document,
        )

    def _person(self, record: Record) -> None:
        year, person = birth_year_in(self._row), self._subject.person
        statement = None
        if year is not None and person is not None and person.birth_year != year:
            # Whose year of birth it is, is theirs to say: ours stays, and both are shown.
            claim = Claim("born", str(year), about=str(year))
            imported = self._row.imported
            said = Said(imported.speaker, imported.role, imported.document, self._place(record))
            statement = self._state(claim, said)
        self._kept(record, statement=statement)

    def _place(self, record: Record) -> str:
        return say("record %(id)s") % {"id": record.theirs}

    def _name(self, record: Record) -> None:
        person, name = self._subject.person, record.told["text"]
        if not self._result.opened and person is not None:
            watching.add_spelling(person, name, by=origin(self._result), at=self._hand.at)
        self._kept(record)

    def _document(self, record: Record) -> None:
        document = self._paper(record.theirs)
        if document is None:
            told, hand = record.told, self._hand
            document = Document.objects.create(
                kind=told["kind"] if told["kind"] in DOCUMENTS else "other",
                title=told["title"],
                carrier=told["carrier"],
                address=told["address"],
                archive=told["archive"],
                lang=told["lang"],
                published=told["published"],
                added_by=hand.by,
                added_at=hand.at,
            )
        recording.file(self._subject, document, self._hand)
        self._kept(record, document=document)

    def _paper(self, theirs: str) -> Document | None:
        """Return what was made of a paper of theirs, in this bundle or an earlier one."""
        rows = Received._base_manager.filter(  # noqa: SLF001 - whoever asks
            kind=persons.DOCUMENT,
            theirs=theirs,
            fingerprint=self._bundle.fingerprint,
            circle=self._bundle.circle,
            result__undone=None,
        )
        found = rows.select_related("document").order_by("-pk").first()
        return found.document if found is not None else None

    def _file(self, record: Record) -> None:
        document = self._paper(record.told["document"])
        if not record.told.get("held") and document is not None:
            self._upload(document, record.told["sha256"], record.told)
        self._kept(record, document=document)

    def _upload(self, document: Document, sha256: str, told: Mapping[str, Any]) -> None:
        if not document.uploads.filter(sha256=sha256).exists():
            Upload.objects.create(
                document=document,
                sha256=sha256,
                size=told["bytes"],
                media_type=told["media_type"],
                name_as_sent=str(told.get("member", ""))[:300],
                by=self._hand.by,
                at=self._hand.at,
            )

    def _photo(self, record: Record) -> None:
        """File the picture as a paper: whether it is shown, somebody here decides."""
        document = others.photo(self._row, record.told["sha256"], self._hand)
        recording.file(self._subject, document, self._hand)
        self._kept(record, document=document)

    def _statement(self, record: Record) -> None:
        told = record.told
        other = None
        if told["other"]:
            other, waits = others.other_of(self._row, told, self._hand)
            if waits:
                return
        claim = Claim(
            told["property"],
            told["value"],
            as_said=told["as_said"],
            lang=told["lang"],
            about=told["about"],
            zone=told["zone"],
            other=other,
            details=told["details"],
        )
        said = Said(
            told["speaker"],
            told["role"],
            self._paper(told["document"]) if told["document"] else None,
            told["place"],
            told["said_on"],
            told["certainty"],
            told["in_custody"],
            not_after=self._not_after(told.get("said_by")),
        )
        self._kept(record, statement=self._state(claim, said))

    def _not_after(self, told: str | None) -> datetime | None:
        # What they knew before us is no news of today.
        return moment_of(told) if told else None

    def _state(self, claim: Claim, said: Said) -> Statement:
        statement = recording.state(self._subject, claim, said, self._hand)
        Made.objects.create(result=self._result, statement=statement)
        return statement

    def _lookup(self, record: Record) -> None:
        told = record.told
        by = say("%(sender)s, received by %(user)s") % {
            "sender": self._row.imported.speaker,
            "user": self._hand.by,
        }
        lookup = LookUp.objects.create(
            subject=self._subject,
            whom=told["whom"],
            channel=told["channel"],
            spelling=told["spelling"],
            outcome=told["outcome"],
            answer=told["answer"],
            officer=told["officer"],
            asked_at=moment_of(told["asked_at"]),
            by=by[:150],
            at=self._hand.at,
        )
        recording.tell(self._subject, self._hand.at)
        self._kept(record, lookup=lookup)
