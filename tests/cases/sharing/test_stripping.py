"""What leaves tells nothing beside its content: canaries are planted, and searched for after."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import django_ready  # noqa: F401 - sets Django up before the room is imported
import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from habeas.cases.sharing.papers.parts import Paper, Part
from habeas.cases.sharing.papers.setting import pdf
from habeas.cases.sharing.strippers import archive, jpeg, picture
from habeas.cases.sharing.stripping import stripped
from habeas.errors import NotStripped

CANARY = "CANARY77"
VISIBLE = "What was said is here"
NOW = datetime(2026, 3, 14, tzinfo=UTC)


def holds(content: bytes, word: str = CANARY) -> bool:
    """Whether a word stands in a file, in any part of an archive or unpacked stream of a PDF."""
    every = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as opened:
            every += [opened.read(one) for one in opened.namelist()]
            every += [one.filename.encode() + one.comment + one.extra for one in opened.infolist()]
            every.append(opened.comment)
    for start in range(len(content)):
        at = content.find(b"stream", start)
        if at < 0 or not content.startswith(b"%PDF"):
            break
        if start != at:
            continue
        try:
            every.append(zlib.decompressobj().decompress(content[at + 6 :].lstrip(b"\r\n")))
        except zlib.error:
            continue
    wanted = [word.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(one in each for each in every for one in wanted)


def photo(kind: str) -> bytes:
    """A photo with author, place and comment, and something behind its end."""
    image = Image.new("RGB", (64, 32), "red")
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = CANARY
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[29] = CANARY
    kept = BytesIO()
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", CANARY)
        info.add_itxt("XML:com.adobe.xmp", CANARY)
        image.save(kept, "PNG", pnginfo=info, exif=exif)
    else:
        image.save(kept, "JPEG", exif=exif, comment=CANARY.encode(), xmp=CANARY.encode())
    return kept.getvalue() + CANARY.encode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_loses_place_author_and_comment_and_stands_upright(kind: str) -> None:
    before = photo(kind)
    assert holds(before)
    made = stripped(before)
    assert not holds(made.content)
    assert made.removed
    with Image.open(BytesIO(made.content)) as opened:
        assert opened.format == kind
        assert opened.size == (32, 64)
        assert not opened.getexif()
        assert "icc_profile" not in opened.info


def test_a_jpeg_inside_a_paper_keeps_its_points_and_loses_its_notes() -> None:
    made = jpeg.drawing_only(photo("JPEG"))
    assert not holds(made)
    with Image.open(BytesIO(made)) as after, Image.open(BytesIO(photo("JPEG"))) as before:
        assert after.tobytes() == before.tobytes()


def test_pictures_with_too_many_points_or_broken_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(NotStripped):
        stripped(photo("JPEG")[:300])
    monkeypatch.setattr(picture, "MOST_PIXELS", 100)
    with pytest.raises(NotStripped):
        stripped(photo("PNG"))


def planted_pdf() -> bytes:
    """A paper with author, XMP, attached file, script, a note, an alternative text and history."""
    parts = [
        Part("text", VISIBLE),
        Part("photo", f"alt {CANARY}", picture=photo("JPEG")),
    ]
    writer = PdfWriter(clone_from=BytesIO(pdf(Paper("t", "en", "f", NOW, parts))))
    writer.add_metadata({"/Author": CANARY, "/Producer": CANARY})
    writer.add_attachment("secret.txt", CANARY.encode() * 40)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject(f"app.alert('{CANARY}')"),
    })  # fmt: skip
    note = FreeText(text=CANARY, rect=(10, 10, 90, 90))
    note[NameObject("/T")] = TextStringObject(CANARY)
    writer.add_annotation(0, note)
    remark = DecodedStreamObject()
    remark.set_data(f"% {CANARY}\n/Span <</ActualText ({CANARY})>> BDC EMC".encode())
    page = writer.pages[0]
    form = DecodedStreamObject()
    form.set_data(f"% {CANARY}\n0 0 m".encode())
    form.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/PieceInfo"): DictionaryObject({NameObject("/X"): TextStringObject(CANARY)}),
        NameObject("/Metadata"): writer._add_object(remark),
    })  # fmt: skip
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    drawn = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    assert isinstance(drawn, DictionaryObject)
    drawn[NameObject("/Planted")] = writer._add_object(form)
    kept = BytesIO()
    writer.write(kept)
    later = PdfWriter(BytesIO(kept.getvalue()), incremental=True)
    later.pages[0][NameObject("/LastModified")] = TextStringObject(CANARY)
    again = BytesIO()
    later.write(again)
    return again.getvalue()


def test_a_paper_loses_author_attachment_script_note_and_history() -> None:
    before = planted_pdf()
    assert before.count(b"%%EOF") > 1
    assert holds(before)
    made = stripped(before)
    assert not holds(made.content)
    reader = PdfReader(BytesIO(made.content))
    assert VISIBLE in reader.pages[0].extract_text()
    assert len(reader.pages[0].images) == 1
    assert not reader.attachments
    assert made.content.count(b"%%EOF") == 1
    assert any("1" in one for one in made.removed)


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def layered() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject()
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def unknown_picture() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    image = StreamObject()
    image._data = CANARY.encode()
    image.update({NameObject("/Subtype"): NameObject("/Image"),
                  NameObject("/Filter"): NameObject("/JPXDecode")})  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject({
        NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(image)})
    })  # fmt: skip
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def planted_docx() -> bytes:
    """A letter with author, comment, tracked changes, hidden text, sessions and a photo."""
    written = Document()
    facts = written.core_properties
    facts.author = facts.last_modified_by = facts.comments = CANARY
    paragraph = written.add_paragraph(VISIBLE)
    written.add_comment(paragraph.runs, text=CANARY, author=CANARY)
    paragraph._p.set(qn("w:rsidR"), CANARY)
    for kind, text in (("del", "w:delText"), ("ins", "w:t")):
        change = OxmlElement(f"w:{kind}")
        change.set(qn("w:author"), CANARY)
        run = OxmlElement("w:r")
        words = OxmlElement(text)
        words.text = CANARY if kind == "del" else " and added"
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    hidden = paragraph.add_run(CANARY)
    hidden.font.hidden = True
    paragraph._p.append(parse_xml(f"<x:secret xmlns:x='urn:x' {nsdecls('w')}>{CANARY}</x:secret>"))
    written.add_picture(BytesIO(photo("PNG")))
    written.inline_shapes[0]._inline.docPr.set("descr", f"C:\\{CANARY}\\me.png")
    written.add_table(1, 1).cell(0, 0).text = "In the table"
    written.sections[0].header.paragraphs[0].text = "Letterhead"
    kept = BytesIO()
    written.save(kept)
    return with_part(kept.getvalue(), "customXml/item1.xml", f"<a>{CANARY}</a>".encode())


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive with a further part, or another in its place."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as fresh:
        for one in old.namelist():
            if one != name:
                fresh.writestr(one, old.read(one))
        fresh.writestr(name, part)
        fresh.comment = CANARY.encode()
    return kept.getvalue()


def test_a_letter_loses_author_comments_changes_and_hidden_text_and_still_reads() -> None:
    before = planted_docx()
    assert holds(before)
    made = stripped(before)
    assert not holds(made.content)
    assert not holds(made.content, "rsid")
    read = Document(BytesIO(made.content))
    assert read.paragraphs[0].text == f"{VISIBLE} and added"
    assert read.tables[0].cell(0, 0).text == "In the table"
    assert read.sections[0].header.paragraphs[0].text == "Letterhead"
    assert len(read.inline_shapes) == 1
    assert len(made.removed) == 5


def planted_xlsx() -> bytes:
    """A list with author, hidden sheet, rows, columns, names, a comment and a formula."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = CANARY
    seen = book.worksheets[0]
    seen.title = "Seen"
    seen["A1"] = VISIBLE
    seen["B1"] = CANARY
    seen["A2"] = CANARY
    seen["A3"] = "=1+1"
    seen["D4"] = 12.5
    seen.column_dimensions["B"].hidden = True
    seen.row_dimensions[2].hidden = True
    seen["A1"].comment = Comment(CANARY, CANARY)
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(f"{CANARY}-{state}")
        other["A1"] = CANARY
        other.sheet_state = state
    book.defined_names[CANARY] = DefinedName(CANARY, attr_text="Seen!$A$1")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_list_loses_hidden_sheets_rows_columns_names_and_comments() -> None:
    before = planted_xlsx()
    assert holds(before)
    made = stripped(before)
    assert not holds(made.content)
    read = load_workbook(BytesIO(made.content))
    assert read.sheetnames == ["Seen"]
    assert read.worksheets[0]["A1"].value == VISIBLE
    assert read.worksheets[0]["D4"].value == 12.5
    assert len(made.removed) == 4


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    book = Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.data_type = "=cmd|'/c calc'!A1", "s"
    kept = BytesIO()
    book.save(kept)
    read = load_workbook(BytesIO(stripped(kept.getvalue()).content))
    assert read.worksheets[0]["A1"].data_type == "s"


def bomb() -> bytes:
    """An archive of 45 MB of nothing in a few kilobytes, which tells another size."""
    made = with_part(planted_docx(), "word/big.xml", b"0")
    kept = BytesIO(made)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("word/media/big.png", b"\0" * (archive.MOST_OF_ONE + 1))
    return kept.getvalue()


def entity(coding: str = "utf-8", declared: str = "SYSTEM 'file:///etc/passwd'") -> bytes:
    xml = (
        f"<?xml version='1.0' encoding='{coding}'?><!DOCTYPE w [<!ENTITY x {declared}>]>"
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    return with_part(planted_docx(), "word/document.xml", xml.encode(coding))


def vector() -> bytes:
    made = planted_docx()
    with zipfile.ZipFile(BytesIO(made)) as opened:
        name = next(one for one in opened.namelist() if one.startswith("word/media/"))
    return with_part(made, name, struct.pack("<L", 1) + CANARY.encode())


REFUSED: dict[str, Callable[[], bytes]] = {
    "locked PDF": locked,
    "layers": layered,
    "picture of an unknown kind in a PDF": unknown_picture,
    "half a PDF": lambda: planted_pdf()[:200],
    "bomb": bomb,
    "entity": entity,
    "entity in UTF-16": partial(entity, "utf-16"),
    "entities that grow": partial(entity, declared="'&x;&x;'"),
    "macro": lambda: with_part(planted_docx(), "word/vbaProject.bin", b"x"),
    "metafile in a letter": vector,
    "half a letter": lambda: planted_docx()[:-400],
    "other archive": lambda: with_part(planted_docx(), "word/document.xml", b"<a/>"),
    "web page": f"<html><!-- {CANARY} --></html>".encode,
    "text": CANARY.encode,
    "video": lambda: b"\0\0\0\x18ftypmp42" + CANARY.encode(),
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("named", REFUSED)
def test_what_cannot_be_stripped_is_refused_in_three_parts(named: str) -> None:
    with pytest.raises(NotStripped) as met:
        stripped(REFUSED[named]())
    told = met.value
    assert str(told)
    assert told.kept
    assert told.advice
    assert CANARY not in f"{told}{told.kept}{told.advice}"


def test_a_link_to_another_file_in_a_letter_is_not_taken_over() -> None:
    made = planted_docx()
    with zipfile.ZipFile(BytesIO(made)) as opened:
        relations = opened.read("word/_rels/document.xml.rels").decode()
    planted = relations.replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="file:///{CANARY}" TargetMode="External"/>'
        "</Relationships>",
    )
    made = with_part(made, "word/_rels/document.xml.rels", planted.encode())
    assert not holds(stripped(made).content)
