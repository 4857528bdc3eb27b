import string
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from outgoing_papers import HOSTILE, empty, hostile, occasion, person, said
from pypdf import PdfReader

from habeas.cases.custody.states import REMOVALS, STATES
from habeas.cases.sharing.contract import formats
from habeas.cases.sharing.formats.un_sheets import urgency
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.sharing.papers.un_words import LANGUAGES, SENTENCES, told
from habeas.cases.statements.words import ROLES


def text_of(key: str, one: OutgoingPerson, lang: str = "en") -> str:
    kept = BytesIO()
    formats()[key].write([one], kept, occasion(lang, "un"))
    if key.endswith("pdf"):
        pages = PdfReader(BytesIO(kept.getvalue())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    read = Document(BytesIO(kept.getvalue()))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def gaps_of(key: str, one: OutgoingPerson, lang: str = "en") -> list[str]:
    gaps = formats()[key].gaps
    assert gaps is not None
    return gaps(one, occasion(lang, "un"))


def test_every_sentence_is_there_in_three_languages_with_the_same_places() -> None:
    for key, several in SENTENCES.items():
        assert len(several) == len(LANGUAGES), key
        assert all(one.strip() for one in several), key
        places = [{part[1] for part in string.Formatter().parse(one)} for one in several]
        assert places[0] == places[1] == places[2], key
    codes = [f"state.{one}" for one in (*STATES, *REMOVALS) if one]
    codes += [f"role.{one}" for one in ROLES]
    assert not [one for one in codes if one not in SENTENCES]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["wgeid-docx", "wgeid-pdf", "ced-docx", "ced-pdf"])
def test_a_sheet_prints_gaps_warnings_statements_and_speakers(key: str, lang: str) -> None:
    text = text_of(key, person(), lang)
    for wanted in ("Sister Invented", "complaint no. 17", told("form", lang),
                   told("consent", lang), told("address", lang)):  # fmt: skip
        assert " ".join(wanted.split()) in " ".join(text.split())
    assert told("unknown", lang) in text_of(key, empty(), lang)


@pytest.mark.parametrize("key", ["wgeid-docx", "wgeid-pdf", "ced-docx", "ced-pdf"])
def test_hostile_values_are_printed_as_they_are(key: str) -> None:
    assert HOSTILE[:16] in text_of(key, hostile())


def test_treaty_status_is_to_be_checked_and_never_asserted() -> None:
    assert told("treaty", "en") in gaps_of("ced-pdf", person())
    assert told("treaty", "en") not in gaps_of("wgeid-pdf", person())


def test_a_parallel_procedure_is_warned_about_in_any_of_its_names() -> None:
    for whom, sort in (("WGEID", "letter"), ("Рабочая группа ООН", "filing"), ("", "urgent")):
        action = said("action", "sent", details={"whom": whom, "sort": sort, "standing": "sent"})
        told_of = gaps_of("ced-pdf", person(action))
        assert any("PARALLEL PROCEDURE" in one for one in told_of)
        assert told("no_domestic", "en") in told_of
    assert not any("PARALLEL" in one for one in gaps_of("ced-pdf", person()))


def test_what_is_only_planned_is_not_filed() -> None:
    action = said("action", "x", details={"sort": "filing", "standing": "planned"})
    assert told("no_domestic", "en") in gaps_of("ced-pdf", person(action))


@pytest.mark.parametrize(
    ("day", "now", "urgent"),
    [
        (datetime(2025, 12, 15, tzinfo=UTC), datetime(2026, 3, 14, 23, tzinfo=UTC), True),
        (datetime(2025, 12, 15, tzinfo=UTC), datetime(2026, 3, 15, tzinfo=UTC), False),
        (datetime(2025, 11, 30, tzinfo=UTC), datetime(2026, 2, 27, tzinfo=UTC), True),
        (datetime(2025, 11, 30, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC), False),
    ],
)
def test_urgent_is_within_three_months(day: datetime, now: datetime, urgent: bool) -> None:  # noqa: FBT001
    one = person(said("detained_on", "x", about_from=day, about="x"))
    assert ("URGENT" in urgency(one, replace(occasion(), now=now))) is urgent


def test_without_a_date_the_sheet_says_that_it_cannot_be_told() -> None:
    assert urgency(empty(), occasion()) == told("undated", "en")
