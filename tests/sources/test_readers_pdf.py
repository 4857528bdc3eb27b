"""PDF files: text, pictures, locks and damage. All people are invented."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from habeas.sources.contract import Capture, Obstacle, Outcome
from habeas.sources.readers.pdf import Limits, read_pdf


def pdf(*pages: str, password: str = "") -> bytes:
    """Return a PDF with one line of text a page; an empty line makes a page without text."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


WHOLE = pdf("The accused Vydumov Nazar was heard", "by judge Sochinskaya P.P. in Nowhere")


def test_names_are_read_with_their_page() -> None:
    page = read_pdf(Capture(WHOLE))
    assert (page.outcome, page.facts["pages"]) == (Outcome.FOUND, 2)
    assert {(m.printed, m.row) for m in page.mentions} >= {
        ("Vydumov Nazar", 1),
        ("Sochinskaya P.P.", 2),
    }


def test_a_page_without_text_may_be_a_picture() -> None:
    page = read_pdf(Capture(pdf("The accused Vydumov Nazar was heard", "")))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.UNREADABLE)
    assert page.explanation == (
        "Page 2 holds a picture without text: scanned; needs OCR. Read it yourself."
    )
    assert "Vydumov Nazar" in [mention.printed for mention in page.mentions]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (WHOLE[:300], "damaged"),
        (pdf("Vydumov Nazar was heard", password="secret"), "locked with a password"),
        (pdf(), "no pages"),
    ],
)
def test_what_cannot_be_opened_is_no_absence(body: bytes, words: str) -> None:
    page = read_pdf(Capture(body))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.UNREADABLE)
    assert words in page.explanation


@pytest.mark.parametrize("limits", [Limits(pages=1), Limits(characters=20)])
def test_beyond_the_limits_it_is_incomplete(limits: Limits) -> None:
    page = read_pdf(Capture(WHOLE), limits)
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
    assert page.mentions


def test_a_file_above_the_limit_is_not_opened() -> None:
    assert read_pdf(Capture(WHOLE), Limits(bytes=10)).obstacle is Obstacle.TOO_LARGE


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_file_never_raises_and_is_never_an_absence(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(WHOLE)
    for _ in range(chance.randrange(1, 12)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    page = read_pdf(Capture(bytes(body)))
    assert page.outcome is not Outcome.NOT_FOUND


@given(st.binary(max_size=600))
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    assert read_pdf(Capture(b"%PDF-1.4\n" + body)).outcome is Outcome.COULD_NOT_LOOK
