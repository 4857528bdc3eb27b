"""The annotated texts can be read, the measures count what they say, and the tuning half holds."""

from collections import defaultdict

import pytest
from benchmarks.reading import measures, page
from benchmarks.reading.annotated import Annotated, AnnotationWrong, _block, texts

from habeas.reading import read
from habeas.reading.rules import CHECKS, RULES

_TEXTS = list(texts())


def test_there_are_enough_texts_and_half_of_them_are_held_out() -> None:
    held = [one for one in _TEXTS if one.half == "held"]
    assert len(_TEXTS) >= 60
    assert 2 * len(held) == len(_TEXTS)
    assert {one.lang for one in held} == {"en", "ru", "tg", "uz", "fr", "de", "it"}
    assert len({one.id for one in _TEXTS}) == len(_TEXTS)


@pytest.mark.parametrize("one", _TEXTS, ids=lambda one: one.id)
def test_every_annotation_stands_on_words_of_its_text(one: Annotated) -> None:
    assert one.marks
    assert all(one.text[start:end] for mark in one.marks for start, end in mark.spans)


def test_an_annotation_of_words_that_are_not_there_is_refused() -> None:
    block = "=== en-99 tuning | invented\nPolice held nobody.\n---\nperson: Farhod Latipov\n"
    with pytest.raises(AnnotationWrong):
        _block(block)


def _one(text: str, *marks: str) -> measures.Scored:
    block = "=== en-99 tuning | invented\n" + text + "\n---\n" + "\n".join(marks) + "\n"
    return measures.score(_block(block), read(text))


def test_a_count_is_right_only_with_its_bounds() -> None:
    text = "At least 120 people were detained, OVD-Info said."
    right = _one(text, "count: At least 120 people -> 120+ | people | by=OVD-Info")
    assert right.tallies["counts"].hits == right.tallies["attribution"].hits == 1
    wrong = _one(text, "count: At least 120 people -> =120 | people | by=OVD-Info")
    assert (wrong.tallies["counts"].misses, wrong.tallies["counts"].extras) == (1, 1)


def test_another_speaker_is_both_an_extra_and_a_miss() -> None:
    text = "At least 120 people were detained, OVD-Info said."
    wrong = _one(text, "count: At least 120 people -> 120+ | people | by=the ministry")
    tally = wrong.tallies["attribution"]
    assert (tally.hits, tally.extras, tally.misses) == (0, 1, 1)


def test_a_day_of_a_peer_with_a_year_that_is_not_printed_is_invented() -> None:
    text = "Farhod Latipov was held on 2 April and on 5 May 2021."
    one = _block(f"=== en-99 tuning | invented\n{text}\n---\ndate: 5 May 2021 -> 2021-05-05\n")
    first, second = text.index("2 April"), text.index("5 May")
    found: list[list[object]] = [
        [first, first + 7, "2026-04-02"],
        [second, second + 10, "2021-05-05"],
    ]
    tally = measures.Tally()
    assert measures.dates_of_peer(one, found, tally) == 1
    assert (tally.hits, tally.extras, tally.misses) == (1, 0, 0)


def test_the_tuning_half_reaches_every_aim() -> None:
    found: dict[str, measures.Tally] = defaultdict(measures.Tally)
    for one in _TEXTS:
        if one.half == "tuning":
            for kind, tally in measures.score(one, read(one.text)).tallies.items():
                found[kind].add(tally)
    assert found["invented years"].extras == 0
    for kind, (precision, recall) in page.AIMS.items():
        assert found[kind].precision >= precision, kind
        assert found[kind].recall >= recall, kind


def test_the_reference_names_every_rule_and_check() -> None:
    written = (page.DOCS / "reading-rules.md").read_text("utf-8")
    for table in (RULES, CHECKS):
        for key, sentence in table.items():
            assert f"| `{key}` | {sentence} |" in written
