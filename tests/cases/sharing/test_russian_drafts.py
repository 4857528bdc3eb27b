from io import BytesIO

import pytest
from docx import Document
from outgoing_papers import HOSTILE, empty, hostile, occasion, person

from habeas.cases.sharing.contract import formats
from habeas.cases.sharing.formats.russian_drafts import BLANK
from habeas.cases.sharing.outgoing import OutgoingPerson

KEYS = ("missing-person-ru", "detention-complaint-ru")


def text_of(key: str, one: OutgoingPerson) -> str:
    kept = BytesIO()
    formats()[key].write([one], kept, occasion("ru"))
    read = Document(BytesIO(kept.getvalue()))
    assert not read.core_properties.author
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


@pytest.mark.parametrize("key", KEYS)
def test_a_draft_marks_blanks_lists_them_and_says_that_a_lawyer_must_read_it(key: str) -> None:
    text = text_of(key, empty())
    assert BLANK in text
    assert "Надо заполнить:" in text
    assert "должен прочитать адвокат" in text
    assert "статья 22" not in text


@pytest.mark.parametrize("key", KEYS)
def test_what_is_known_is_filled_in_with_who_says_so(key: str) -> None:
    text = text_of(key, person())
    assert "Зафар Выдуманный" in text
    assert "Seller Invented" in text
    gaps = formats()[key].gaps
    assert gaps is not None
    assert "Дата рождения" not in gaps(person(), occasion("ru"))
    assert "Место рождения" in gaps(person(), occasion("ru"))


@pytest.mark.parametrize("key", KEYS)
def test_hostile_values_stay_text(key: str) -> None:
    assert HOSTILE[:16] in text_of(key, hostile())
