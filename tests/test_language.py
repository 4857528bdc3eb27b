"""The four languages say the same: plural forms, placeholders, letters, and the three outcomes."""

import gettext
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from habeas import language
from habeas.finding.words import advice, meaning, verdict_words
from habeas.names import Verdict
from habeas.names.reasons import PARTS, RULES
from habeas.sources.contract import Obstacle

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "src" / "habeas" / "locale"
TRANSLATED = tuple(code for code in language.LANGUAGES if code != "en")

NOT_FOUND = "Not found in these places as they were captured. Absence here proves nothing else."
NO_ANSWER = "No answer: not everything could be looked at, and nobody was found in the rest."
COULD_NOT_LOOK = "Could not look"
COUNTED = ("and {count} more entry", "and {count} more entries")

SAME_AS_ENGLISH: dict[str, frozenset[str]] = {code: frozenset() for code in TRANSLATED}
"""Reviewed: sentences that a language writes as English does. None so far."""

# Roots of "found": a sentence about an obstacle that holds one of them could pass for "not found".
_FOUND = {
    "en": re.compile(r"\b(?:not|nobody|nothing)\b.*\bfound\b", re.IGNORECASE),
    "ru": re.compile(r"найд|найти|наш[ёе]л|нашл|обнаруж|отсутств|не числ", re.IGNORECASE),
    "tg": re.compile(r"ёфт|ёб|пайдо на|вуҷуд надор", re.IGNORECASE),
    "uz": re.compile(r"topil|topm|mavjud emas", re.IGNORECASE),
}
# "No record" of a person claims more than any page can show.
_NO_RECORD = {
    "ru": re.compile(r"не числится|не значится|(?:данных|сведений|записей) нет", re.IGNORECASE),
    "tg": re.compile(r"(?:маълумот|сабт)е? (?:нест|вуҷуд надорад)", re.IGNORECASE),
    "uz": re.compile(r"(?:maʼlumot|yozuv)\w* (?:yoʻq|mavjud emas)", re.IGNORECASE),
}
# What a reader types or looks up has one form in all languages.
_KEPT = re.compile(
    r"--[a-z][a-z-]*|`[^`]+`|\bHABEAS_[A-Z]+|\bdocs/[\w./-]+\.md|source\.toml|robots\.txt|https?://"
    r"|\bQUERY\b|\bRECORD\b|not_same|Ctrl\+C|\b(?:HTTP|TLS|PEM|WARC|WACZ|ZIP|PDF|OCR|JSON|UTC)\b"
    r"|Asia/Dushanbe|\d\d:\d\d|127\.0\.0\.1|data-full-text|SHA-256"
)
_ALLEGED = {
    "ru": re.compile(r"предположительно|утвержд|по (?:словам|версии)", re.IGNORECASE),
    "tg": re.compile(r"гӯё|иддао", re.IGNORECASE),
    "uz": re.compile(r"goʻyo|daʼvo", re.IGNORECASE),
}


@cache
def catalogue(code: str) -> tuple[Message, ...]:
    with (LOCALE / code / "LC_MESSAGES" / "habeas.po").open("rb") as file:
        return tuple(message for message in read_po(file, locale=code) if message.id)


@cache
def compiled(code: str) -> gettext.NullTranslations:
    return gettext.translation("habeas", localedir=str(LOCALE), languages=[code])


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def pairs(code: str) -> Iterator[tuple[str, str]]:
    """Yield each English sentence with each form of its translation."""
    for message in catalogue(code):
        english = forms(message.id)
        for number, text in enumerate(forms(message.string)):
            if text:
                yield english[min(number, len(english) - 1)], text


def placeholders(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_chosen", ["en"])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ru", ["записей", "запись", "записи", "записей", "записей", "запись", "записи"]),
        ("tg", ["сабт"] * 7),
        ("uz", ["yozuv"] * 7),
    ],
)
def test_a_number_meets_its_plural_form(code: str, expected: list[str]) -> None:
    told = [compiled(code).ngettext(*COUNTED, n) for n in (0, 1, 2, 5, 11, 21, 102)]
    assert [sentence.split()[-1] for sentence in told] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ru", [2, 0, 1, 2, 2, 0]), ("tg", [1, 0, 1, 1, 1, 1]), ("uz", [0, 0, 0, 0, 0, 0])],
)
def test_the_compiled_rule_picks_the_form_by_number(code: str, expected: list[int]) -> None:
    # NullTranslations has no `plural`; a compiled catalogue has the function of its header.
    plural = vars(compiled(code))["plural"]
    assert [plural(n) for n in (0, 1, 2, 5, 11, 21)] == expected


@pytest.mark.parametrize("code", TRANSLATED)
def test_counted_sentences_have_every_form(code: str) -> None:
    wanted = {"ru": 3, "tg": 2, "uz": 1}[code]
    for message in catalogue(code):
        if isinstance(message.id, (tuple, list)):
            assert len(forms(message.string)) == wanted, message.id
            assert all(forms(message.string)), message.id


@pytest.mark.parametrize("code", TRANSLATED)
def test_almost_every_sentence_is_translated(code: str) -> None:
    # New sentences come daily and show in English until they are translated.
    done = len([message for message in catalogue(code) if all(forms(message.string))])
    assert done >= 0.95 * len(catalogue(code))


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_lost_or_invented_a_placeholder(code: str) -> None:
    for message in catalogue(code):
        # "one person" needs no number; Russian says its first form of 21 people as well.
        allowed = [set(placeholders(english)) for english in forms(message.id)]
        for text in filter(None, forms(message.string)):
            assert set(placeholders(text)) in allowed, text


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_is_its_english_source(code: str) -> None:
    same = {english for english, text in pairs(code) if english == text}
    # A sentence of placeholders and punctuation only has nothing to translate.
    wordless = {one for one in same if not re.search(r"[A-Za-z]", re.sub(r"\{\w*\}", "", one))}
    assert same - wordless == SAME_AS_ENGLISH[code]


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_a_reader_types_stays_as_it_is(code: str) -> None:
    for english, text in pairs(code):
        assert set(_KEPT.findall(english)) <= set(_KEPT.findall(text)), text


@pytest.mark.parametrize("code", TRANSLATED)
def test_line_breaks_and_indents_are_kept(code: str) -> None:
    for english, text in pairs(code):
        assert text.count("\n") == english.count("\n"), text
        assert text.endswith("\n") == english.endswith("\n"), text
        assert len(text) - len(text.lstrip(" ")) == len(english) - len(english.lstrip(" ")), text


@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.usefixtures("english")
def test_could_not_look_never_reads_like_not_found(code: str) -> None:
    sentences = [COULD_NOT_LOOK, "could not look: {why}"]
    for one in Obstacle:
        sentences += [meaning(one), advice(one)]
    for sentence in sentences:
        assert not _FOUND[code].search(language.in_language(sentence, code)), sentence


@pytest.mark.parametrize(
    ("code", "mistaken"),
    [
        ("en", "The page was not found."), ("en", "Nobody could be found."),
        ("ru", "Страница не найдена."), ("ru", "Никого не нашли."), ("ru", "Имя отсутствует."),
        ("tg", "Саҳифа ёфт нашуд."), ("tg", "Касе пайдо нашуд."),
        ("uz", "Sahifa topilmadi."), ("uz", "Hech kim topilmagan."),
    ],
)  # fmt: skip
def test_the_guard_sees_an_obstacle_that_reads_like_not_found(code: str, mistaken: str) -> None:
    assert _FOUND[code].search(mistaken)


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.usefixtures("english")
def test_obstacles_verdicts_and_reasons_are_translated_and_distinct(code: str) -> None:
    told = [language.in_language(meaning(one), code) for one in Obstacle]
    told += [language.in_language(verdict_words(one), code) for one in Verdict]
    told += [language.in_language(one, code) for one in (NOT_FOUND, NO_ANSWER, COULD_NOT_LOOK)]
    assert len(set(told)) == len(told)
    for sentence in (
        *map(meaning, Obstacle), *map(advice, Obstacle), *map(verdict_words, Verdict),
        *PARTS.values(), *RULES.values(), NOT_FOUND, NO_ANSWER, COULD_NOT_LOOK,
    ):  # fmt: skip
        assert language.in_language(sentence, code) != sentence


@pytest.mark.parametrize(
    ("code", "found", "as_kept"),
    [("ru", "не найдено", "при сохранении"), ("tg", "ёфт нашуд", "ҳангоми нигоҳдорӣ"),
     ("uz", "topilmadi", "saqlangan paytdagi")],
)  # fmt: skip
def test_not_found_is_said_of_these_places_as_they_were_kept(
    code: str, found: str, as_kept: str
) -> None:
    told = language.in_language(NOT_FOUND, code)
    assert found in told
    assert as_kept in told
    assert COULD_NOT_LOOK not in told


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_sentence_about_the_search_claims_that_there_is_no_record(code: str) -> None:
    for sentence in (
        NOT_FOUND,
        NO_ANSWER,
        "Nothing decisive in these places as they were captured.",
    ):
        assert not _NO_RECORD[code].search(language.in_language(sentence, code))


@pytest.mark.parametrize("code", TRANSLATED)
def test_an_allegation_stays_alleged(code: str) -> None:
    for english, text in pairs(code):
        if re.search(r"\balleg|'s claim\b", english, re.IGNORECASE):
            assert _ALLEGED[code].search(text), text


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_word_mixes_latin_and_cyrillic_letters(code: str) -> None:
    for _, text in pairs(code):
        for word in re.findall(r"[^\W\d_]+", re.sub(r"\{\w*\}", " ", text)):
            scripts = {"CYRILLIC" if "\u0400" <= letter <= "\u04ff" else "other" for letter in word}
            assert len(scripts) == 1, (word, text)


def test_uzbek_has_its_own_apostrophes() -> None:
    for _, text in pairs("uz"):
        words = re.sub(r"`[^`]*`", "", text)
        assert not re.search(r"['\u2018\u2019`\u00b4]", words), text
        # U+02BB stands in oʻ and gʻ only; U+02BC is the glottal stop, after another letter.
        assert not re.search(r"(?<![oOgG])\u02bb|(?<![^\W\d_])\u02bc|[gG]\u02bc", words), text


def test_tajik_is_written_with_tajik_letters() -> None:
    for _, text in pairs("tg"):
        quoted = re.sub(r"«[^»]*»", "", text)
        assert not re.search("[ўіїѓќһұүөщыь]", quoted, re.IGNORECASE), text


def test_a_comparison_gives_its_reasons_in_tajik() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", "match", "Izzat Amon", "Холов И.А."],
        env={**os.environ, "HABEAS_LANG": "tg", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    reasons = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert any("насаб" in line and "номаълум" in line for line in reasons)
    assert any("ҳарфи аввал мувофиқ аст" in line for line in reasons)
    for sentence in (*PARTS.values(), *RULES.values()):
        assert not any(f"{sentence}:" in line or f": {sentence} (" in line for line in reasons)
