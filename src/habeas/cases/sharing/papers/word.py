"""Writes a paper as DOCX, with no name of an author and the time of the export alone."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Written
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from habeas.cases.sharing.papers.parts import Paper, Part, printable

_QUIET = RGBColor(0x4A, 0x4A, 0x4A)
_CODES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "tg": "tg-Cyrl-TJ"}


def docx(paper: Paper) -> bytes:
    """Return a paper as DOCX, A4."""
    written = Document()
    _prepare(written, paper)
    for part in paper.parts:
        _write(written, part)
    kept = BytesIO()
    written.save(kept)
    return kept.getvalue()


def _prepare(written: Written, paper: Paper) -> None:
    section = written.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    style = written.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    style.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _CODES.get(paper.lang, paper.lang))
    style.element.get_or_add_rPr().append(language)
    footer = section.footer.paragraphs[0]
    _run(footer, f"{paper.footer} · ", quiet=True)
    _number(footer)
    facts = written.core_properties
    # The template of the library carries its own author and year.
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    facts.title, facts.language, facts.revision = paper.title[:200], paper.lang, 1
    facts.created = facts.modified = paper.made.astimezone(UTC).replace(microsecond=0, tzinfo=None)


def _number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - the library has no fields


def _run(paragraph: Paragraph, text: str, *, quiet: bool = False, bold: bool = False) -> None:
    run = paragraph.add_run(printable(text))
    run.bold = bold or None
    if quiet:
        run.font.size, run.font.color.rgb = Pt(9), _QUIET


def _write(written: Written, part: Part) -> None:
    if part.kind == "title":
        paragraph = written.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        _run(paragraph, part.text, bold=True)
        paragraph.runs[0].font.size = Pt(17)
        for one in part.lines:
            _run(written.add_paragraph(), one, quiet=True)
    elif part.kind == "heading":
        paragraph = written.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, part.text, bold=True)
        paragraph.runs[0].font.size = Pt(12)
        _outline(paragraph)
    elif part.kind == "facts":
        _facts(written, part)
    elif part.kind == "photo":
        written.add_picture(BytesIO(part.picture), height=Mm(45))
    else:
        _words(written, part)


def _outline(paragraph: Paragraph) -> None:
    """Mark a heading for those who read by ear; its looks are our own, not the theme's."""
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)  # noqa: SLF001 - the library has no outline levels


def _words(written: Written, part: Part) -> None:
    if part.text:
        _run(written.add_paragraph(), part.text, bold=part.kind == "box")
    for one in part.lines:
        if part.kind == "said":
            paragraph = written.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(6)
            _run(paragraph, one, quiet=True)
        else:
            _run(written.add_paragraph(style="List Bullet"), one)


def _facts(written: Written, part: Part) -> None:
    table = written.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Mm(48), Mm(118)
    for label, value in part.rows:
        left, right = table.add_row().cells
        left.width, right.width = Mm(48), Mm(118)
        _run(left.paragraphs[0], label, quiet=True)
        _run(right.paragraphs[0], value)


def moment(one: datetime) -> str:
    """Return a moment as papers print it, in UTC."""
    return f"{one.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
