"""Articles of laws in the shapes of four languages."""

import pytest
from reading_texts import articles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Его признали виновным по части 2 статьи 18.10 КоАП РФ.",
            [("КоАП РФ", "18.10", "2", "")],
        ),
        ("Он осуждён по ч.2 ст.18.10 КоАП РФ.", [("КоАП РФ", "18.10", "2", "")]),
        ("Дело по п. «а» ч. 2 ст. 244 УК РФ.", [("УК РФ", "244", "2", "а")]),
        (
            "Обвинение по ст. 29.9, 29.10 КоАП РФ.",
            [("КоАП РФ", "29.9", "", ""), ("КоАП РФ", "29.10", "", "")],
        ),
        ("Ему вменяют статью 307 прим. 1 УК Таджикистана.", [("УК РТ", "307.1", "", "")]),
        (
            "He is charged under Article 247(4) of Tajikistan's Criminal Code.",
            [("УК РТ", "247", "4", "")],
        ),
        (
            "Charged under part 2 of Article 307 of the Criminal Code of Tajikistan.",
            [("УК РТ", "307", "2", "")],
        ),
        ("Ӯ бо моддаи 307, қисми 2 Кодекси ҷиноятӣ айбдор мешавад.", [("УК РТ", "307", "2", "")]),
        (
            "U Jinoyat kodeksining 165-moddasi 2-qismi bilan ayblanmoqda.",
            [("УК РУз", "165", "2", "")],
        ),
        ("Unga JK 168-modda 4-qismi qo‘yildi.", [("УК РУз", "168", "4", "")]),
    ],
)
def test_articles_are_read_with_part_point_and_code(
    text: str, found: list[tuple[str, str, str, str]]
) -> None:
    assert articles(text) == found


@pytest.mark.parametrize(
    "text",
    ["The article on 5 March said so.", "Статья в газете от 5 марта.", "An article of 2021."],
)
def test_an_article_in_a_paper_is_no_article_of_law(text: str) -> None:
    assert articles(text) == []


def test_a_code_that_is_not_named_stays_empty() -> None:
    assert articles("Он осуждён по ч. 5 ст. 20.2.") == [("", "20.2", "5", "")]
