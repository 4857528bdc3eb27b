"""PDF: new pages of what is drawn; nothing else of the old file is taken over."""

from dataclasses import dataclass, field
from io import BytesIO

from django.utils.translation import gettext as say
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from habeas.cases.sharing.strippers import jpeg
from habeas.errors import NotStripped

MOST_PAGES, MOST_OBJECTS, MOST_DEEP = 2000, 100_000, 60
MOST_UNPACKED = 400 * 1024 * 1024
_OF_A_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Group")
_NOT_TAKEN = frozenset(
    {
        "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA", "/Alternates", "/OPI",
        "/StructParent", "/StructParents", "/Properties", "/OC", "/Measure", "/PtData", "/Thumb",
        "/Parent", "/Ref", "/Names", "/Length", "/Filter", "/DecodeParms", "/F", "/FFilter",
        "/FDecodeParms", "/DL",
    }
)  # fmt: skip
_MARKS = frozenset({b"BDC", b"BMC", b"EMC", b"DP", b"MP"})
_KEPT_CODED = frozenset({"/CCITTFaxDecode", "/JBIG2Decode"})


def rebuilt(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the pages as a new PDF, and what was not taken over.

    Raises:
        NotStripped: it is broken or locked, has layers that can be hidden or a filled-in form.
    """
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise NotStripped(say("it is locked"))
        if "/OCProperties" in reader.root_object:
            raise NotStripped(say("it has layers that can be hidden"))
        if len(reader.pages) > MOST_PAGES:
            raise NotStripped(say("it has too many pages"))
        copy = _Copy(reader)
        for page in reader.pages:
            copy.page(page)
        kept = BytesIO()
        copy.writer.metadata = None
        copy.writer.write(kept)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError,
            RecursionError, NotImplementedError, AssertionError) as error:  # fmt: skip
        raise NotStripped(say("it is broken")) from error
    return kept.getvalue(), _told(copy.notes)


@dataclass
class _Copy:
    """Copies objects, each once, without the keys that tell more than what is drawn."""

    reader: PdfReader
    writer: PdfWriter = field(default_factory=PdfWriter)
    notes: int = 0
    unpacked: int = 0
    done: dict[int, IndirectObject] = field(default_factory=dict)

    def page(self, old: PageObject) -> None:
        """Add a page of what the old one draws."""
        fresh = self.writer.add_blank_page(1, 1)
        for key in _OF_A_PAGE:
            value = old.get_inherited(key)
            if value is not None and not isinstance(value, NullObject):
                fresh[NameObject(key)] = self.copied(value, 0)
        contents = old.get("/Contents")
        if contents is not None:
            drawn = self._drawn(contents.get_object())
            fresh[NameObject("/Contents")] = self.writer._add_object(drawn)  # noqa: SLF001 - no other way in
        links = [one for one in map(self._link, _annotations(old)) if one is not None]
        if links:
            fresh[NameObject("/Annots")] = ArrayObject(links)

    def copied(self, one: PdfObject, depth: int) -> PdfObject:
        """Return an object as it may leave."""
        if depth > MOST_DEEP or len(self.done) > MOST_OBJECTS:
            raise NotStripped(say("it is nested too deeply"))
        if isinstance(one, IndirectObject):
            return self._referred(one, depth)
        if isinstance(one, StreamObject):
            return self._stream(one, depth)
        if isinstance(one, DictionaryObject):
            return self._dictionary(one, depth)
        if isinstance(one, ArrayObject):
            return ArrayObject(self.copied(each, depth + 1) for each in one)
        return one

    def _referred(self, one: IndirectObject, depth: int) -> PdfObject:
        if one.idnum not in self.done:
            # Reserved first, because objects may refer to each other in a ring.
            place = self.writer._add_object(NullObject())  # noqa: SLF001 - no other way in
            self.done[one.idnum] = place
            found = one.get_object()
            fresh = self.copied(found, depth + 1) if found is not None else NullObject()
            self.writer._replace_object(place, fresh)  # noqa: SLF001 - no other way in
        return self.done[one.idnum]

    def _dictionary(self, one: DictionaryObject, depth: int) -> DictionaryObject:
        fresh = DictionaryObject()
        for key, value in one.items():
            if key not in _NOT_TAKEN:
                fresh[NameObject(key)] = self.copied(value, depth + 1)
        return fresh

    def _stream(self, one: StreamObject, depth: int) -> StreamObject:
        fresh = self._bytes_of(one)
        for key, value in self._dictionary(one, depth).items():
            fresh[NameObject(key)] = value
        return fresh

    def _bytes_of(self, one: StreamObject) -> StreamObject:
        """Return a stream of the same content, without its keys."""
        if one.get("/Subtype") == "/Form" or one.get("/PatternType") == 1:
            return self._drawn(one)
        coded = _filters(one)
        if coded == ["/DCTDecode"]:
            return _raw(jpeg.drawing_only(one._data), coded[0])  # noqa: SLF001 - as stored
        if len(coded) == 1 and coded[0] in _KEPT_CODED:
            kept = _raw(one._data, coded[0])  # noqa: SLF001 - as stored
            if "/DecodeParms" in one:
                kept[NameObject("/DecodeParms")] = self.copied(one["/DecodeParms"], 1)
            return kept
        if {"/DCTDecode", "/JPXDecode", *_KEPT_CODED} & set(coded):
            raise NotStripped(say("it holds a picture of a kind that cannot be stripped"))
        return self._packed(one.get_data())

    def _drawn(self, one: PdfObject) -> StreamObject:
        """Return what draws, without marks, hidden texts of pictures and remarks."""
        stream = ContentStream(one, self.reader)
        stream.operations = [each for each in stream.operations if each[1] not in _MARKS]
        return self._packed(stream.get_data())

    def _packed(self, content: bytes) -> StreamObject:
        self.unpacked += len(content)
        if self.unpacked > MOST_UNPACKED:
            raise NotStripped(say("it unpacks to too much"))
        fresh = DecodedStreamObject()
        fresh.set_data(content)
        return fresh.flate_encode()

    def _link(self, one: DictionaryObject) -> DictionaryObject | None:
        """Return a link to a public address, bare; None for any other note, which is counted."""
        action = one.get("/A")
        action = action.get_object() if action is not None else {}
        address = str(action.get("/URI", "")) if isinstance(action, DictionaryObject) else ""
        if one.get("/Subtype") != "/Link" or not address.startswith(("https://", "http://")):
            self.notes += 1
            return None
        corners = ArrayObject(FloatObject(each) for each in one["/Rect"])  # type: ignore[attr-defined]
        followed = DictionaryObject({
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject(address),
        })  # fmt: skip
        return DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): corners,
            NameObject("/A"): followed,
        })  # fmt: skip


def _filters(one: StreamObject) -> list[str]:
    told = one.get("/Filter")
    told = told.get_object() if told is not None else None
    if isinstance(told, ArrayObject):
        return [str(each.get_object()) for each in told]
    return [str(told)] if told is not None else []


def _raw(content: bytes, coding: str) -> StreamObject:
    fresh = StreamObject()
    fresh._data = content  # noqa: SLF001 - kept as it is coded
    fresh[NameObject("/Filter")] = NameObject(coding)
    return fresh


def _annotations(page: PageObject) -> list[DictionaryObject]:
    told = page.get("/Annots")
    told = told.get_object() if told is not None else None
    every = [each.get_object() for each in told] if isinstance(told, ArrayObject) else []
    found = [one for one in every if isinstance(one, DictionaryObject)]
    for one in found:
        if one.get("/Subtype") == "/Widget" and _field(one, "/FT") != "/Sig" and _field(one, "/V"):
            raise NotStripped(say("it is a form that is filled in"))
    return found


def _field(one: DictionaryObject, key: str) -> object:
    """Return what a field of a form says, itself or by those above it."""
    for _ in range(MOST_DEEP):
        if key in one:
            return one[key]
        above = one.get("/Parent")
        above = above.get_object() if above is not None else None
        if not isinstance(above, DictionaryObject):
            return None
        one = above
    return None


def _told(notes: int) -> tuple[str, ...]:
    removed = [
        say("Author, program, times and other properties of the file (Info, XMP)."),
        say("Attached files, programs, bookmarks, earlier versions and signatures."),
        say("Notes hidden in pictures, and descriptions behind the text."),
    ]
    if notes:
        removed.append(say("Notes and marks on the pages: %(number)d.") % {"number": notes})
    return tuple(removed)
