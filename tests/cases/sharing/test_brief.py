from io import BytesIO

import pytest
from outgoing_papers import HOSTILE, empty, hostile, occasion, person, said
from pypdf import PdfReader

from habeas.cases.sharing.contract import formats
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.sharing.papers.parts import printable
from habeas.cases.sharing.papers.setting import drawn

LANGUAGES = ("en", "ru", "tg", "uz")


def written(key: str, one: OutgoingPerson, lang: str = "en") -> bytes:
    kept = BytesIO()
    formats()[key].write([one], kept, occasion(lang))
    return kept.getvalue()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_brief_is_one_page_whatever_it_is_given(lang: str) -> None:
    for one in (person(), empty(), hostile()):
        assert len(PdfReader(BytesIO(written("brief-pdf", one, lang))).pages) == 1


def test_the_brief_says_who_says_so_alleged_and_how_old_the_knowledge_is() -> None:
    text = text_of(written("brief-pdf", person()))
    for wanted in (
        "Зафар Выдуманный",
        "alleged: fraud",
        "Prosecutor Invented (prosecutor)",
        "24 hours ago",
        "It is disputed where this person is.",
        "2 statements are kept back",
    ):
        assert wanted in text


def test_what_does_not_fit_is_counted() -> None:
    rows = [said("last_seen", "x" * 250, speaker=f"Seller {one}") for one in range(60)]
    text = written("brief-text", person(*rows)).decode()
    shown = sum(f"Seller {one} (" in text for one in range(60))
    assert 0 < shown < 60
    assert f"{60 - shown} more statements did not fit on this page." in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_short_brief_is_two_sentences(lang: str) -> None:
    for one in (person(), empty(), hostile()):
        lines = written("brief-two-sentences", one, lang).decode().splitlines()
        assert len(lines) == 2
        assert all(line.endswith(".") and line.count(". ") == 0 for line in lines)


def test_values_are_neither_markup_nor_marks_that_turn_the_text() -> None:
    assert "#panic() *bold*" in text_of(written("brief-pdf", hostile()))
    assert not set("\u202e\u2066\u0007\ud800") & set(printable(HOSTILE))
    assert "[U+4E2D]" in drawn(HOSTILE)


def test_gaps_tell_what_is_not_known() -> None:
    gaps = formats()["brief-pdf"].gaps
    assert gaps is not None
    assert "Nobody has said where this person is." in gaps(empty(), occasion())
    assert any("accusations" in one for one in gaps(person(), occasion()))
