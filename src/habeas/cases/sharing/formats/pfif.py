"""PFIF 1.4 (People Finder Interchange Format): one person with a note for each statement.

PFIF knows no detention: it is said in the text and in the last known place. A record ends by
itself, and of a person of whom nothing may leave any more only a placeholder is written, so that
whoever copied the record forgets it too.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.lines import CUSTODY, line, moment, newest, plain, said_by, state_of
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement

NAMESPACE = "http://zesty.ca/pfif/1.4"
DOMAIN = "habeas.invalid"
"""Of the record ids: reserved (RFC 2606), so that no id points at us."""
LASTS = timedelta(days=60)
"""How long a record is good without a newer one."""
_NONE: "AttributesImpl[str]" = AttributesImpl({})
_STATUSES = {
    "at_liberty": "believed_alive",
    "released": "believed_alive",
    "exile": "believed_alive",
    "in_custody": "believed_alive",
    "dead": "believed_dead",
    "missing": "believed_missing",
    "contact_lost": "believed_missing",
    "taken_unacknowledged": "believed_missing",
}


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write the records one by one."""
    xml = XMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("pfif:pfif", AttributesImpl({"xmlns:pfif": NAMESPACE}))
    with override(occasion.lang):
        for person in people:
            _record(xml, person, occasion)
    xml.endElement("pfif:pfif")
    xml.endDocument()


def gone(person: OutgoingPerson) -> bool:
    """Whether nothing of a person may leave any more, so that only a placeholder is written."""
    return not person.names and not person.statements and person.birth_year is None


def _record(xml: XMLGenerator, person: OutgoingPerson, occasion: Occasion) -> None:
    record = f"{DOMAIN}/{person.id}"
    xml.startElement("pfif:person", _NONE)
    if gone(person):
        now = moment(occasion.now)
        end = f"{person.gone_since:%Y-%m-%d}T23:59:59Z" if person.gone_since else now
        told = [("entry_date", now), ("expiry_date", end), ("source_date", now)]
        _fields(xml, [("person_record_id", record), *told])
        xml.endElement("pfif:person")
        return
    _fields(xml, [("person_record_id", record), *_person(person, occasion)])
    for one in person.statements:
        xml.startElement("pfif:note", _NONE)
        _fields(xml, _note(one, record, person, occasion.now))
        xml.endElement("pfif:note")
    xml.endElement("pfif:person")


def _fields(xml: XMLGenerator, fields: Iterable[tuple[str, str]]) -> None:
    for name, value in fields:
        if value:
            xml.startElement(f"pfif:{name}", _NONE)
            xml.characters(plain(value))
            xml.endElement(f"pfif:{name}")


def _person(person: OutgoingPerson, occasion: Occasion) -> list[tuple[str, str]]:
    written = newest(person) or occasion.now
    names = [one.text for one in person.names if one.text.strip()] or [person.id]
    sheet = [f"{say('Custody')}: {state_of(person)}"]
    if occasion.by:
        sheet.append(occasion.by)
    return [
        ("entry_date", moment(occasion.now)),
        ("expiry_date", moment(occasion.now + LASTS)),
        ("source_date", moment(written)),
        ("full_name", names[0]),
        ("alternate_names", "\n".join(" ".join(name.split()) for name in names[1:])),
        ("description", "\n".join(sheet)),
        ("date_of_birth", f"{person.birth_year:04d}" if person.birth_year else ""),
    ]


def _note(
    one: OutgoingStatement, record: str, person: OutgoingPerson, now: datetime
) -> list[tuple[str, str]]:
    place = one.details.get("place", "") if one.property == CUSTODY else ""
    status = _STATUSES.get(one.value, "information_sought") if one.property == CUSTODY else ""
    names = {document.id: document for document in person.documents}
    paper = names.get(one.document)
    carried = f"\n{paper.carrier}: {paper.title} {paper.address}" if paper else ""
    return [
        ("note_record_id", f"{DOMAIN}/note.{one.id}"),
        ("person_record_id", record),
        ("entry_date", moment(now)),
        ("author_name", said_by(one)),
        ("source_date", moment(one.said_by)),
        ("status", status),
        ("last_known_location", place),
        ("text", line(one) + carried),
    ]


FORMAT = Format(
    key="pfif",
    label=later("PFIF 1.4, for registers of missing people"),
    uses=frozenset({"name"}),
    extension="pfif.xml",
    media_type="application/xml",
    write=write,
    placeholders=True,
)
