"""Tokens keep their places; sentences are not cut where a full stop ends nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.reading import read
from habeas.reading.sentences import LONGEST_SENTENCE, sentences_of
from habeas.reading.tokens import tokens_of


def _cut(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Суд признал его виновным по ч.2 ст.18.10 КоАП РФ и назначил штраф.",
        "Решение по п. «а» ч. 2 ст. 244 УК РФ вынес судья А. В. Орехов в г. Туле.",
        "The U.S. embassy said Mr. Nazarov and Dr. Karimov were held on Jan. 5.",
        "Am 2. April nahm die Polizei ca. 60 Personen fest, u.a. Studenten.",
        "Его задержали в 1999 г. в г. Душанбе вместе с им. Рудаки и т.д. и т.п.",
        "Штраф составил 5 тыс. руб. и был уплачен.",
    ],
)
def test_a_full_stop_of_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert _cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Его задержали. Суд будет завтра.", 2),
        ("Police held 12 people. They were freed! Why? Nobody says…", 4),
        ("«Меня били». Так сказал Назаров.", 2),
        ("Ўн киши ушланди. Улар озод қилинди.", 2),
        ("Мақомот 12 нафарро боздошт карданд. Онҳо дар боздоштгоҳанд.", 2),
        ("Headline without a stop\n\nThe first sentence. The second one.", 3),
    ],
)
def test_sentences_end_where_they_end(text: str, parts: int) -> None:
    assert len(_cut(text)) == parts


def test_a_wrapped_line_is_one_sentence_and_a_heading_is_not_part_of_it() -> None:
    wrapped = (
        "The police detained several dozen people at the square on Friday and took\n"
        "them to three stations in the north of the city."
    )
    assert len(_cut(wrapped)) == 1
    headings = list(sentences_of("Hundreds held in the capital\n\n" + wrapped))
    assert [one.heading for one in headings] == [True, False]


def test_no_sentence_is_longer_than_the_limit() -> None:
    text = "word " * (3 * LONGEST_SENTENCE)
    assert all(len(one.tokens) <= LONGEST_SENTENCE for one in sentences_of(text))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("l'Interno", ["l'", "interno"]),
        ("Amon's", ["amon", "'s"]),
        ("Naval'nyj ma’lum O‘zbekiston", ["naval'nyj", "ma'lum", "o'zbekiston"]),
        ("Mосква", ["москва"]),
        ("за\u00adдер\u200bжан", ["задержан"]),
        ("E\u0301tats", ["états"]),
    ],
)
def test_a_key_is_what_a_word_is_looked_up_by(text: str, keys: list[str]) -> None:
    assert [token.key for token in tokens_of(text)] == keys


@given(st.text(max_size=200))
def test_tokens_and_sentences_keep_every_letter_and_its_place(text: str) -> None:
    tokens = tokens_of(text)
    assert all(text[one.start : one.end] == one.text for one in tokens)
    assert sum(len(one.text) for one in tokens) <= len(text)
    covered = {at for one in tokens for at in range(one.start, one.end)}
    assert all(at in covered for at, letter in enumerate(text) if letter.isalnum())
    sentences = list(sentences_of(text))
    starts = [token.start for one in sentences for token in one.tokens]
    assert starts == [token.start for token in tokens]


def test_a_short_english_text_is_not_italian() -> None:
    reading = read("Sherzod Karimov vanished. A court later jailed him.")
    assert reading.languages == ("en",)
