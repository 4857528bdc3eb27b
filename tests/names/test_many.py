"""Many pairs at once say what `compare` says of each. All people are invented."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.cli.match_batch import line_of
from habeas.errors import HabeasError, NameTooLong, NothingToCompare
from habeas.names import Comparing, Comparison, compare, many
from habeas.names.columns import Pairings, Parts
from habeas.names.declension import ANY
from habeas.names.letters import Script
from habeas.names.pairs import given_names, surnames
from habeas.names.slots import father_unit, given_unit, surname_unit
from habeas.names.tables_io import rows
from habeas.names.words import word

# Sought names and records of many kinds, so that each meets each.
QUERIES = [
    "Иззат Амонов",
    "Kholov Izatullo Amonovich | Izzat Amon",
    "Ғаффорова Ҷамила Тоҳировна",
    "GʻOFUROV Oʻktam Rustam oʻgʻli",
    "Дорохина-Скворецкая Мария Юрьевна",
    "Sergej Tschitschwarkin",
    "فرهاد کریم اف",
    "Ц.А. Ҷалолов",
    "Абу Бакр Саидов",
    "(Дорохин Павел), Ильич",
]
RECORDS = [
    *QUERIES,
    "Холова Изатулло Амоновича",
    "ХОЛОВ И.А.",
    "И. А. Холову",
    "Гаффорова Дж. Т.",
    "Гофуров Уктам Рустам угли",
    "Скворецкой М.Ю.",
    "Дорохин, Павел Ильич",
    "Ҷалолзода Цезар",
    "Каримов Фарҳод хоҷӣ",
    "Ян Ли",
    "И.",
    "Нурмахмад Саидзода",
    "Xoлов Изaтулло",
]


def _alone(query: str, record: str) -> Comparison | str:
    try:
        return compare(query, record)
    except HabeasError as error:
        return type(error).__name__


def _together(pairs: list[tuple[str, str]]) -> list[Comparison | str]:
    return [
        type(found).__name__ if isinstance(found, HabeasError) else found
        for found in Comparing().compare(pairs)
    ]


def test_every_answer_is_that_of_one_comparison() -> None:
    pairs = list(product(QUERIES, RECORDS))
    assert _together(pairs) == [_alone(*pair) for pair in pairs]


def test_what_is_refused_is_refused_in_its_place() -> None:
    pairs = [("Дорохин", "18.10"), ("Дорохин", "Дорохин"), ("|", "Дорохин"), ("а" * 2000, "а")]
    kinds = [type(found) for found in Comparing().compare(pairs)]
    assert kinds == [NothingToCompare, Comparison, NothingToCompare, NameTooLong]
    assert list(Comparing().compare([])) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=40),
            st.lists(st.sampled_from(" ".join(RECORDS).split()), min_size=1, max_size=5),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_is_answered_as_alone(found: list[tuple[str, list[str]]]) -> None:
    pairs = [(" ".join(words), text) for text, words in found]
    pairs += [(one, " ".join(words)) for (one, _), (_, words) in product(pairs, found)]
    assert _together(pairs) == [_alone(*pair) for pair in pairs]


@pytest.mark.parametrize("most", ["MOST_PARTS", "MOST_PAIRINGS"])
def test_what_was_remembered_may_be_forgotten(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, most, 5)
    monkeypatch.setattr(many, "TOGETHER", 7)
    pairs = list(product(QUERIES[:4], RECORDS))
    assert _together(pairs) == [_alone(*pair) for pair in pairs]


def test_parts_that_are_told_apart_without_looking_do_differ() -> None:
    texts = [row[0].lower() for row in rows("given_names", ("spelling",))][::130]
    owns = [word(text, Script.CYRILLIC if text[0] > "Ѐ" else Script.LATIN) for text in texts]
    parts = Parts()
    pairings = Pairings(parts)
    for make, joined, number in (
        (lambda own: given_unit(own, ANY), given_names, pairings.of_names),
        (father_unit, given_names, pairings.of_names),
        (lambda own: surname_unit(own, ANY), surnames, pairings.of_surnames),
    ):
        units = [make(own) for own in owns]
        mine, theirs = zip(*product(range(len(units)), repeat=2), strict=True)
        import numpy as np

        numbers = np.array([parts.number(unit) for unit in units])
        found = number(numbers[list(mine)], numbers[list(theirs)])
        for one, other, pairing in zip(mine, theirs, found.tolist(), strict=True):
            assert pairings.items[pairing] == joined(units[one], units[other])


def test_a_line_is_the_json_of_its_comparison() -> None:
    for language in ("en", "ru", "tg", "uz"):
        for record in RECORDS:
            comparison = compare(QUERIES[1], record)
            answer = json.loads(line_of(comparison, language))
            assert answer == {
                "score": round(comparison.bits, 2),
                "verdict": comparison.verdict,
                "namesakes": comparison.namesakes,
                "reasons": [reason.sentence(language) for reason in comparison.reasons],
            }
