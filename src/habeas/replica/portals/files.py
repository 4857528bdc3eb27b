"""pdf.example: a page that links to weekly lists in PDF, and the files."""

import io
import re
from datetime import date, timedelta
from functools import lru_cache

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals.example_site import ExampleSite, framed, gone
from habeas.replica.script import Entry

_SOURCE, _TITLE = "xx_pdf_list", "Invented Court of Appeal"
_FILE = re.compile(r"/files/(\d{4})-(\d{2})-(\d{2})\.pdf")


def _answer(ask: Ask, stage: Stage) -> Reply | None:
    if ask.path == "/lists/":
        return _list(stage)
    found = _FILE.fullmatch(ask.path)
    if found is None:
        return None
    try:
        return _file(stage, date(*(int(part) for part in found.groups())))
    except ValueError:
        return None


def _monday(stage: Stage, entry: Entry) -> date:
    day = stage.script.date_of(entry.day)
    return day - timedelta(days=day.weekday())


def _weeks(stage: Stage) -> list[date]:
    entries = stage.script.visible(_SOURCE, stage.day)
    return sorted({_monday(stage, one) for one in entries}, reverse=True)


def _list(stage: Stage) -> Reply:
    weeks = _weeks(stage)
    items = "\n".join(
        f'<li><a href="/files/{week}.pdf">Hearings in the week from {week:%d.%m.%Y}</a></li>'
        for week in weeks
    )
    return framed(_TITLE, f'<h1>Lists</h1>\n<ul class="lists">\n{items}\n</ul>', stage.day, "en")


def _file(stage: Stage, monday: date) -> Reply:
    if monday not in _weeks(stage):
        return gone(_TITLE, stage.day)
    entries = [
        printed_names(one, stage.faults)
        for one in stage.script.visible(_SOURCE, stage.day)
        if _monday(stage, one) == monday
    ]
    lines = tuple(
        Line(one, (f"{number}. Case {one.number}: {', '.join(one.names)}, at {one.time}.",), number)
        for number, one in enumerate(entries, 1)
    )
    shown = spoilt(Listing((), lines, len(lines)), stage.faults).lines
    head = f"Hearings in the week from {monday:%d.%m.%Y}. All people are invented."
    body = _pdf((head, *(line.cells[0] for line in shown)))
    # Bytes as letters: the charset gives the same bytes back.
    return Reply(body.decode("latin-1"), charset="latin-1", content_type="application/pdf")


@lru_cache(maxsize=64)
def _pdf(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one page with these lines, in Latin letters."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 10 Tf 14 TL 40 800 Td {shown} ET".encode("latin-1", "replace"))
    page[NameObject("/Contents")] = content
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _escaped(line: str) -> str:
    """Return a line as a string of PDF (ISO 32000-1, 7.3.4.2)."""
    return "".join(f"\\{sign}" if sign in "()\\" else sign for sign in line)


def _nothing(_ask: Ask, stage: Stage) -> Reply:
    words = f"<h1>Lists</h1>\n<p>{text('No files found')}</p>"
    return framed(_TITLE, words, stage.day, "en")


pdf = ExampleSite(_SOURCE, ("pdf.example",), _answer, _nothing)
