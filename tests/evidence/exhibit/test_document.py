"""The paper: PDF/A with fonts of its own, in every language, nobody's name in its metadata."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sealed import NOW, page, sealer_in

from habeas.evidence import Exchange, Store
from habeas.evidence.exhibit import document
from habeas.evidence.exhibit.facts import (
    Absence,
    Area,
    CaptureFacts,
    MarkedRow,
    Picture,
    SealedPicture,
    Strip,
)
from habeas.evidence.exhibit.folder import Plan, make_exhibit
from habeas.evidence.exhibit.telling import Told
from habeas.language import LANGUAGES

Make = Callable[..., Exchange]
_PRINTED = "Ҳолов И.А. · خالوف عزتالله"


@pytest.fixture(scope="module")
def told(exchange: Make, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What one exhibit tells, caught on its way to the paper."""
    folder = tmp_path_factory.mktemp("paper")
    store = Store(folder / "store", sealer_in(folder))
    kept = store.keep(exchange(page(), url="https://court.example/list?" + "x" * 300))
    caught: list[Told] = []
    with pytest.MonkeyPatch.context() as patch:

        def catch(one: Told, _language: str) -> bytes:
            caught.append(one)
            return b"%PDF"

        patch.setattr(document, "paper", catch)
        row = MarkedRow(_PRINTED, (("judge", "Выдуманная Е.В."),), "row 6", ("given: +6.1",))

        def prepare(one: CaptureFacts) -> CaptureFacts:
            return replace(one, title="Список", text=_PRINTED, rows=(row,))

        make_exhibit(store.chain, [kept.path], Plan(folder / "out", ("en",), prepare))
    return replace(caught[0], made=NOW)


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def _text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in _read(pdf).pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_set_in_every_language_with_its_own_fonts(told: Told, language: str) -> None:
    reader = _read(document.paper(told, language))
    assert str(reader.root_object["/Lang"]).startswith(language)
    names = {font["/BaseFont"] for font in _fonts(reader)}
    assert {re.sub(r"^/[A-Z]{6}\+", "", str(name)) for name in names} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoSansArabic-Bold",
        "NotoSansArabic-Regular",
        "DejaVuSansMono",
    }


def _fonts(reader: PdfReader) -> Iterator[Any]:
    for one in reader.pages:
        for font in one["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            yield font.get_object()


def test_every_font_is_embedded(told: Told) -> None:
    for font in _fonts(_read(document.paper(told, "tg"))):
        [descendant] = font["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]
        assert "/ToUnicode" in font


def test_it_says_of_itself_that_it_is_pdf_a_3a_and_accessible(told: Told) -> None:
    """No validator of PDF/A can be had from the registries used here; this is what can be seen."""
    reader = _read(document.paper(told, "ru"))
    metadata = reader.root_object["/Metadata"].get_data().decode("utf-8")  # type: ignore[attr-defined]
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in reader.root_object
    intents: Any = reader.root_object["/OutputIntents"]
    assert [one.get_object()["/S"] for one in intents] == ["/GTS_PDFA1"]
    assert not reader.is_encrypted
    assert not {"/JavaScript", "/OpenAction", "/AA"} & set(reader.root_object)


def test_its_metadata_name_no_person(told: Told) -> None:
    reader = _read(document.paper(told, "en"))
    assert reader.metadata is not None
    assert reader.metadata.title == f"Exhibit {told.exhibit_id}"
    assert not reader.metadata.author
    assert not reader.metadata.subject


def test_the_source_of_the_page_is_attached_as_recorded(told: Told) -> None:
    reader = _read(document.paper(told, "en"))
    assert list(reader.attachments) == ["page-source-1.txt"]
    assert reader.attachments["page-source-1.txt"] == [page()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_the_minimum_and_what_is_not_proved(told: Told, language: str) -> None:
    flat = re.sub(r"\s", "", _text(document.paper(told, language)).replace("\u200b", ""))
    one = told.captures[0]
    wanted = [
        told.signer,
        one.recorded.url,
        one.recorded.record_id,
        "2026-11-23T14:05:06.123456Z",
        str(one.seal.item["sha256"]),
        told.package[1],
        "TLSv1.3",
        "192.0.2.7",
        "Выдуманная",
    ]
    for words in wanted:
        assert re.sub(r"\s", "", words) in flat, words
    limits = {
        "en": "What this does not prove",
        "ru": "Чего это не доказывает",
        "tg": "Он чӣ ин исбот намекунад",
        "uz": "Bu nimani isbotlamaydi",
    }
    assert re.sub(r"\s", "", limits[language]) in flat


def test_the_same_contents_give_the_same_paper(told: Told) -> None:
    assert document.paper(told, "en") == document.paper(told, "en")


def test_a_picture_is_framed_and_not_touched(told: Told) -> None:
    from sealed import PNG

    strip = Strip(PNG, 100, 60, (Area(5, 5, 50, 10),))
    drawn = Picture((strip, strip), "Chromium 1", cut=True)
    capture = replace(told.captures[0], picture=drawn)
    reader = _read(document.paper(replace(told, captures=[capture]), "en"))
    assert sum(len(one.images) for one in reader.pages) >= 1
    text = " ".join(one.extract_text() for one in reader.pages)
    assert "Drawn by Chromium 1 from the recorded bytes alone" in text
    assert "The page is longer than this" in text


def test_a_picture_sealed_with_the_page_is_shown_in_parts(told: Told) -> None:
    from sealed import PNG

    strips = tuple(Strip(PNG, 100, 60, offset=top) for top in (0, 60, 120))
    sealed = SealedPicture("Chromium 1", "2026-11-23T14:05:07Z", True, 3, strips, True)  # noqa: FBT003
    capture = replace(told.captures[0], sealed=sealed)
    text = " ".join(_text(document.paper(replace(told, captures=[capture]), "en")).split())
    assert "on 2026-11-23T14:05:07Z, when the page was recorded, and sealed with it" in text
    assert "The page's own scripts ran" in text


@pytest.mark.parametrize("absence", Absence)
def test_the_absence_of_a_picture_is_said(told: Told, absence: Absence) -> None:
    capture = replace(told.captures[0], picture=Picture(absent=absence, detail="why"))
    text = _text(document.paper(replace(told, captures=[capture]), "en"))
    assert "there is no picture of it. why" in " ".join(text.split())


def test_a_page_cannot_write_into_the_paper(told: Told) -> None:
    """What a page prints is text for Typst, never its language."""
    hostile = '#panic("x") $x$ *a* `b` \\ @c <d> ] ) "'
    row = MarkedRow(hostile, (("judge", hostile),), hostile, (hostile,), (hostile,))
    capture = replace(told.captures[0], rows=(row,), text=hostile, title=hostile)
    flat = "".join(_text(document.paper(replace(told, captures=[capture]), "en")).split())
    assert '#panic("x")$x$*a*`b`' in flat


def test_the_fonts_come_with_their_licence() -> None:
    folder = Path(document.__file__).parent / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")
    assert sum(one.stat().st_size for one in folder.iterdir()) < 2_000_000
