from io import BytesIO

import pytest
from outgoing_papers import empty, hostile, occasion, person
from PIL import Image
from pypdf import PdfReader

from habeas.cases.sharing.contract import formats
from habeas.cases.sharing.outgoing import OutgoingPerson


def read(one: OutgoingPerson, lang: str = "en") -> tuple[PdfReader, str]:
    kept = BytesIO()
    formats()["dossier-pdf"].write([one], kept, occasion(lang))
    reader = PdfReader(BytesIO(kept.getvalue()))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_dossier_tells_everything_that_leaves_and_who_says_it() -> None:
    _reader, text = read(person())
    for one in person().statements:
        assert one.speaker in text
    for wanted in (
        "Timeline",
        "Disputed: others say something else.",
        "alleged: fraud",
        "The Invented Gazette",
        "Printed at 2026-03-14 09:30 UTC",
        "1 / ",
    ):
        assert wanted in text
    assert "abab" * 16 in text.replace(" ", "").replace("\u200b", "")


def test_the_dossier_is_tagged_archival_a4_and_names_no_author() -> None:
    reader, _text = read(person())
    root = reader.root_object
    assert "/StructTreeRoot" in root
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert b"pdfaid" in root["/Metadata"].get_data()  # type: ignore[attr-defined]
    assert round(float(reader.pages[0].mediabox.width)) == 595
    facts = reader.metadata
    assert facts is None or not facts.author


@pytest.mark.parametrize("lang", ["en", "ru", "tg", "uz"])
def test_nothing_known_and_hostile_values_are_set_too(lang: str) -> None:
    for one in (empty(), hostile()):
        assert read(one, lang)[0].pages


def test_a_photo_is_shown() -> None:
    kept = BytesIO()
    Image.new("RGB", (30, 40), "blue").save(kept, "PNG")
    reader, _text = read(person(photo=kept.getvalue()))
    assert len(reader.pages[0].images) == 1


def test_gaps_name_missing_papers() -> None:
    gaps = formats()["dossier-pdf"].gaps
    assert gaps is not None
    assert "No paper carries any of the statements." in gaps(empty(), occasion())
