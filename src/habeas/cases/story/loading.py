"""Loads the public case: people, spellings, documents, statements, the court's entry."""

import csv
from datetime import datetime
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.cases.story import CODE
from habeas.watch.decisions import add_spelling
from habeas.watch.models import Person

COURT = "Tverskoy district court of Moscow: entry under КоАП РФ 18.10 ч.2, decision of 04.03.2021"
_BY = "public sources"


def loaded(at: datetime | None = None) -> Subject:
    """Return the case, loading it where it is not there yet; safe to call again.

    Args:
        at: when it is taken down (aware); now, if not given.
    """
    hand = Hand(_BY, at or timezone.now())
    with transaction.atomic():
        person, made = Person.objects.get_or_create(code=CODE, defaults={"added_at": hand.at})
        subject = recording.case_of(person, hand)
        if made or not subject.statements.exists():
            for row in _rows("spellings"):
                add_spelling(person, row["text"], _BY, hand.at)
            papers = _documents(hand)
            _derivations(papers, hand)
            _statements(subject, papers, hand)
    return subject


def _rows(table: str) -> list[dict[str, str]]:
    text = (files("habeas.cases.story") / f"{table}.tsv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _documents(hand: Hand) -> dict[str, Document]:
    return {
        row["key"]: Document.objects.create(
            kind=row["kind"],
            carrier=row["carrier"],
            address=row["address"],
            lang=row["lang"],
            published=row["published"],
            added_by=hand.by,
            added_at=hand.at,
        )
        for row in _rows("documents")
    }


def _derivations(papers: dict[str, Document], hand: Hand) -> None:
    for row in _rows("documents"):
        if row["repeats"]:
            recording.derive(
                papers[row["key"]], papers[row["repeats"]], hand, holds=True, ground=row["ground"]
            )


def _statements(subject: Subject, papers: dict[str, Document], hand: Hand) -> None:
    court = recording.new_subject(
        Subject.RECORD, COURT, hand, ref="ru_mosgorsud tverskoj 18.10 04.03.2021"
    )
    for row in _rows("statements"):
        details = dict(pair.split("=", 1) for pair in row["details"].split(";") if pair)
        claim = Claim(
            row["property"],
            row["value"],
            as_said=row["as_said"],
            about=row["about"],
            zone="Europe/Moscow",
            other=court if row["property"] == "same_as" else None,
            details=details,
        )
        said = Said(
            row["speaker"],
            row["role"],
            papers[row["document"]],
            said_on=row["said_on"],
            visibility="public",
        )
        recording.state(subject, claim, said, hand)
