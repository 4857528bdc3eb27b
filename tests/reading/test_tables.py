"""The tables of this room: every row can be read, and the code knows every value in it."""

from pathlib import Path

import pytest

from habeas.names.tables_io import rows
from habeas.reading.phrases import FOLDER, LANGUAGES, TABLES, index_of
from habeas.reading.suggestions import Said
from habeas.reading.words import EVENTS, SIZES, UNITS

_ALL = sorted(TABLES)


@pytest.mark.parametrize("table", _ALL)
def test_every_row_names_its_languages_and_a_phrase(table: str) -> None:
    for languages, phrase, *_ in rows(table, ("language", "phrase", *TABLES[table]), FOLDER):
        assert languages == "*" or set(languages.split(",")) <= set(LANGUAGES)
        assert phrase.strip()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_table_says_where_it_comes_from(path: Path) -> None:
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    assert any("Source:" in line for line in head)
    assert any("Licence:" in line for line in head)


def _values(table: str, place: int) -> set[str]:
    return {row[2 + place] for row in rows(table, ("language", "phrase", *TABLES[table]), FOLDER)}


def test_the_program_has_words_for_everything_that_the_tables_name() -> None:
    assert _values("custody", 0) <= set(EVENTS)
    assert _values("units", 0) <= set(UNITS)
    assert _values("speech", 0) <= {said.value for said in Said}
    vague = {
        value
        for _, _, kind, value in rows("numbers", ("language", "phrase", "kind", "value"), FOLDER)
        if kind == "vague"
    }
    assert vague <= set(SIZES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phrases_of_a_language_can_be_found(language: str) -> None:
    index = index_of(language)
    known = {"en": "detained", "ru": "задержан", "tg": "боздошт", "uz": "qamoqqa"}
    word = known.get(language)
    assert word is None or index.knows(word)
    assert not index.knows("qwertyuiop")
