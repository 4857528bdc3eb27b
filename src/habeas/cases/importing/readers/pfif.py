"""PFIF 1.1 to 1.4 (People Finder Interchange Format): people with the notes of others on them.

The oldest versions called some fields otherwise; they are read under their newer names. A record
that has expired, or of which only a placeholder is left, brings nothing: its owner wants it
forgotten.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from xml.parsers import expat

from habeas.cases.importing.readers import markup
from habeas.cases.importing.readers.rows import Cell, Odd, Raw, Reading, clean
from habeas.errors import FileNotImported
from habeas.language import _

SPACE = "http://zesty.ca/pfif/1."
_RENAMED = {
    "first_name": "given_name",
    "last_name": "family_name",
    "found": "author_made_contact",
    "other": "description",
    "home_zip": "home_postal_code",
    "name": "full_name",
}
_ID = "person_record_id"
_PLACEHOLDER = frozenset({_ID, "source_date", "entry_date", "expiry_date"})
_NOTES = "note."
_SILENT = frozenset({"note_record_id", _ID, "entry_date", "author_name", "source_date"})
_MOST = 400_000_000
_DEEPEST = 10
Record = list[tuple[str, str]]


class _Builder:
    """Takes elements and keeps records: people as they come, notes by person."""

    def __init__(self) -> None:
        self.people: list[Record] = []
        self.notes: dict[str, list[Record]] = {}
        self.root = ""
        self._path: list[str] = []
        self._text: list[str] = []
        self._person: Record | None = None
        self._note: Record | None = None

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Begin an element."""
        space, _sep, tag = name.rpartition(" ")
        self.root = self.root or name
        self._path.append(tag if space.startswith(SPACE) else "")
        if len(self._path) > _DEEPEST:
            raise FileNotImported(_("its XML is nested too deeply"))
        self._text = []
        if self._path[-1] == "person":
            self._person = []
        elif self._path[-1] == "note":
            self._note = []

    def text(self, piece: str) -> None:
        """Take text."""
        self._text.append(piece)

    def end(self, _name: str) -> None:
        """End an element."""
        tag = self._path.pop()
        if tag == "note" and self._note is not None:
            self._keep_note(self._note)
            self._note = None
        elif tag == "person" and self._person is not None:
            self.people.append(self._person)
            self._person = None
        elif tag and (into := self._note if self._note is not None else self._person) is not None:
            value = "".join(self._text).strip()
            if value:
                into.append((_RENAMED.get(tag, tag), value))
        self._text = []

    def _keep_note(self, note: Record) -> None:
        own = dict(note).get(_ID) or dict(self._person or ()).get(_ID, "")
        self.notes.setdefault(own, []).append(note)


def read(stream: BinaryIO, reading: Reading, *, now: datetime) -> Iterator[Raw]:
    """Yield a row for each person, and one for each note on somebody who is not in the file.

    Args:
        stream: the file.
        reading: takes what is told of it as a whole.
        now: for expiry (aware).

    Raises:
        FileNotImported: it is no PFIF, cut off, or declares entities.
    """
    built = _Builder()
    _parse(stream, built)
    for number, person in enumerate(built.people, 1):
        own = dict(person).get(_ID, "")
        notes = built.notes.pop(own, [])
        yield _told(reading, _row(number, person, notes, now))
    orphans = [note for notes in built.notes.values() for note in notes]
    for number, note in enumerate(orphans, len(built.people) + 1):
        yield _told(reading, Raw(str(number), *_cells([], [note]), "no_person"))


def _told(reading: Reading, row: Raw) -> Raw:
    reading.columns.update(dict.fromkeys(cell.column for cell in row.cells))
    return row


def _parse(stream: BinaryIO, built: _Builder) -> None:
    parser = markup.parser()
    parser.StartElementHandler = built.start
    parser.CharacterDataHandler = built.text
    parser.EndElementHandler = built.end
    try:
        while piece := stream.read(1 << 16):
            parser.Parse(piece, False)  # noqa: FBT003 - expat knows no keywords
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError as error:
        raise FileNotImported(_("its XML is damaged or only half there")) from error
    space, _sep, tag = built.root.rpartition(" ")
    if tag != "pfif" or not space.startswith(SPACE):
        raise FileNotImported(_("its XML is not PFIF"))


def _row(number: int, person: Record, notes: list[Record], now: datetime) -> Raw:
    expired = _expired(dict(person).get("expiry_date", ""), now)
    if expired or {tag for tag, _value in person} <= _PLACEHOLDER:
        own = [Cell(tag, value) for tag, value in person if tag in _PLACEHOLDER]
        return Raw(str(number), tuple(own), (Odd("expired"),), "expired")
    return Raw(str(number), *_cells(person, notes))


def _expired(text: str, now: datetime) -> bool:
    try:
        return bool(text) and datetime.fromisoformat(text) <= now
    except (ValueError, TypeError):
        return False


def _cells(person: Record, notes: list[Record]) -> tuple[tuple[Cell, ...], tuple[Odd, ...]]:
    cells, told = [], []
    for tag, value in person:
        text, odd = clean(tag, value)
        told += odd
        cells.append(Cell(tag, _moment(text) if tag == "source_date" else text))
    for number, note in enumerate(notes, 1):
        facts = dict(note)
        said_on = _moment(facts.get("source_date", ""))
        for tag, value in note:
            if tag in _SILENT:
                continue
            text, odd = clean(_NOTES + tag, value)
            told += odd
            speaker = clean("", facts.get("author_name", ""))[0]
            cells.append(Cell(_NOTES + tag, text, speaker, said_on, f"note {number}"))
    return tuple(cells), tuple(told)


def _moment(text: str) -> str:
    """Return a moment of PFIF (UTC) in EDTF, which stands in UTC here as well."""
    return text.removesuffix("Z")[:19]
