"""Tables: one line for each person, or one for each statement, as CSV that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.lines import label, moment, newest, plain, role, state_of
from habeas.cases.sharing.outgoing import OutgoingDocument, OutgoingPerson, OutgoingStatement
from habeas.cases.sharing.spreadsheet import harmless

PERSONS = (
    "id",
    "code",
    "name",
    "other_names",
    "birth_year",
    "state",
    "removal",
    "place",
    "state_in_words",
    "since",
    "confirmed_at",
    "stale",
    "disputed",
    "statements",
    "left_out",
    "withheld",
    "newest",
)
STATEMENTS = (
    "person",
    "code",
    "name",
    "id",
    "property",
    "label",
    "value",
    "as_said",
    "lang",
    "details",
    "about",
    "zone",
    "speaker",
    "role",
    "role_in_words",
    "said_on",
    "certainty",
    "in_custody",
    "other",
    "disputed",
    "current",
    "signed",
    "recorded_at",
    "place_in_document",
    "document",
    "document_title",
    "carrier",
    "address",
    "archive",
    "published",
    "sha256",
)
_USES = frozenset({"internal", "lawyer", "monitor", "un", "name"})
_NO_PAPER = OutgoingDocument("", "", "", "", "", "", "", "", ())


def persons(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a line for each person; other names stand one a line in their cell."""
    with override(occasion.lang):
        _table(PERSONS, (_person(one) for one in people), out)


def statements(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a line for each statement, with its person and its paper."""
    with override(occasion.lang):
        _table(STATEMENTS, (row for one in people for row in _statements(one)), out)


def _table(columns: tuple[str, ...], rows: Iterable[Iterable[object]], out: BinaryIO) -> None:
    # With the mark at its beginning (BOM) a spreadsheet reads Cyrillic as Cyrillic.
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([harmless(plain(_cell(value))) for value in row])
    text.detach()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _person(person: OutgoingPerson) -> list[object]:
    told, written = person.custody, newest(person)
    return [
        person.id,
        person.code,
        person.names[0].text if person.names else "",
        "\n".join(name.text for name in person.names[1:]),
        person.birth_year,
        told.state,
        told.removal,
        told.place,
        state_of(person),
        moment(told.since) if told.since else None,
        moment(told.confirmed_at) if told.confirmed_at else None,
        told.stale,
        told.disputed,
        len(person.statements),
        person.left_out,
        " ".join(sorted(person.withheld)),
        moment(written) if written else None,
    ]


def _statements(person: OutgoingPerson) -> Iterator[list[object]]:
    papers = {one.id: one for one in person.documents}
    name = person.names[0].text if person.names else ""
    for one in person.statements:
        paper = papers.get(one.document, _NO_PAPER)
        yield [person.id, person.code, name, *_said(one), *_paper(paper)]


def _said(one: OutgoingStatement) -> list[object]:
    return [
        one.id,
        one.property,
        label(one),
        one.value,
        one.as_said,
        one.lang,
        "\n".join(f"{key}: {said}" for key, said in one.details.items()),
        one.about,
        one.zone,
        one.speaker,
        one.role,
        role(one.role),
        one.said_on,
        one.certainty,
        one.in_custody,
        one.other,
        one.disputed,
        one.current,
        one.signed,
        moment(one.recorded_at),
        one.place,
    ]


def _paper(one: OutgoingDocument) -> list[object]:
    hashes = "\n".join(one.sha256)
    return [one.id, one.title, one.carrier, one.address, one.archive, one.published, hashes]


FORMATS = (
    Format(
        key="persons",
        label=later("Table of people (CSV)"),
        uses=_USES,
        extension="csv",
        media_type="text/csv",
        write=persons,
    ),
    Format(
        key="statements",
        label=later("Table of statements (CSV)"),
        uses=_USES,
        extension="csv",
        media_type="text/csv",
        write=statements,
    ),
)
