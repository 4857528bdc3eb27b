"""Feeds of what was published: Atom (RFC 4287) and JSON Feed 1.1.

Ids are UUIDs worked out of random ones; nothing in a feed leads back to our own codes.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.lines import for_everybody, label, line, moment, plain, said_by
from habeas.cases.sharing.outgoing import OutgoingPerson

_SPACE = uuid5(NAMESPACE_URL, "https://habeas.invalid/feed/")
_NONE: "AttributesImpl[str]" = AttributesImpl({})
_USES = frozenset({"name", "story"})
_ATOM, _JSON = later("Feed of changes (Atom)"), later("Feed of changes (JSON Feed)")


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    title: str
    text: str
    author: str
    at: datetime
    about: str


def _urn(*parts: str) -> str:
    return UUID(bytes=uuid5(_SPACE, "/".join(parts)).bytes).urn


def _entries(people: Iterable[OutgoingPerson], occasion: Occasion) -> Iterator[_Entry]:
    since = occasion.changes_since
    for person in people:
        if person.gone_since is not None:
            yield _gone(person.id, person.gone_since, occasion)
            continue
        papers = {one.id: one.address for one in person.documents}
        for one in () if "story" in person.withheld else person.statements:
            if since is None or one.recorded_at > since:
                yield _Entry(
                    id=_urn(person.id, one.id),
                    title=plain(f"{person.name}: {label(one)}"),
                    text=line(one),
                    author=said_by(one),
                    at=one.recorded_at,
                    about=_link(papers.get(one.document, "")),
                )


def _gone(number: str, day: date, occasion: Occasion) -> _Entry:
    told = say("A record stood here until %(day)s.") % {"day": day.strftime("%d.%m.%Y")}
    return _Entry(
        id=_urn(number, "gone"),
        title=told,
        text=told,
        author=occasion.by or "habeas",
        at=occasion.now,
        about="",
    )


def _link(address: str) -> str:
    """Return an address that a feed may link to, else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    clean = address.isascii() and address.isprintable() and not set(address) & set(' <>"{}|\\^`')
    return address if parts.scheme in ("http", "https") and parts.hostname and clean else ""


def atom(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write an Atom feed; its order is that of the people.

    Raises:
        NotForTheseReaders: the export is not for everybody.
    """
    for_everybody(occasion, str(_ATOM))
    xml = XMLGenerator(out, "utf-8")
    xml.startDocument()
    with override(occasion.lang):
        head = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": occasion.lang}
        xml.startElement("feed", AttributesImpl(head))
        _leaf(xml, "id", _urn("feed", occasion.lang))
        _leaf(xml, "title", say("Published changes"))
        _leaf(xml, "updated", moment(occasion.now))
        _author(xml, occasion.by or "habeas")
        for entry in _entries(people, occasion):
            _atom_entry(xml, entry)
        xml.endElement("feed")
    xml.endDocument()


def _leaf(
    xml: XMLGenerator, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    xml.startElement(name, AttributesImpl(attributes or {}))
    xml.characters(plain(text))
    xml.endElement(name)


def _author(xml: XMLGenerator, name: str) -> None:
    xml.startElement("author", _NONE)
    _leaf(xml, "name", name)
    xml.endElement("author")


def _atom_entry(xml: XMLGenerator, entry: _Entry) -> None:
    xml.startElement("entry", _NONE)
    _leaf(xml, "id", entry.id)
    _leaf(xml, "title", entry.title)
    _leaf(xml, "updated", moment(entry.at))
    _author(xml, entry.author)
    if entry.about:
        _leaf(xml, "link", "", {"rel": "related", "href": entry.about})
    _leaf(xml, "content", entry.text, {"type": "text"})
    xml.endElement("entry")


def json_feed(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a JSON Feed; the items one by one.

    Raises:
        NotForTheseReaders: the export is not for everybody.
    """
    for_everybody(occasion, str(_JSON))
    with override(occasion.lang):
        head = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": say("Published changes"),
            "language": occasion.lang,
            "authors": [{"name": plain(occasion.by or "habeas")}],
        }
        out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "items": [')
        between = b"\n"
        for entry in _entries(people, occasion):
            out.write(between + json.dumps(_item(entry), ensure_ascii=False).encode())
            between = b",\n"
        out.write(b"\n]}\n")


def _item(entry: _Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "title": entry.title,
        "content_text": entry.text,
        "date_modified": moment(entry.at),
        "authors": [{"name": entry.author}],
    }
    if entry.about:
        item["external_url"] = entry.about
    return item


FORMATS = (
    Format("atom", _ATOM, _USES, "atom.xml", "application/atom+xml", atom, placeholders=True),
    Format(
        "json-feed",
        _JSON,
        _USES,
        "feed.json",
        "application/feed+json",
        json_feed,
        placeholders=True,
    ),
)
