"""Distances between runs of sounds."""

from hypothesis import given
from hypothesis import strategies as st

from habeas.names.sounds import NEVER, distance, one_letter

SOUNDS = st.text("aeiouvgdzklmnprstfxHSCcJZE", min_size=2, max_size=12)


def test_confusions_of_clerks_are_cheap_and_errors_dear() -> None:
    assert distance("raxmonov", "raxmanov", 8.0) < 1.5
    assert distance("ibroHimov", "ibragimov", 8.0) < 2.0
    assert distance("raxmonov", "raxmolov", 8.0) > 5.0


def test_other_words_are_not_measured() -> None:
    assert distance("xolov", "petrenko", 8.0) == NEVER


def test_one_letter_of_a_short_word_makes_another_word() -> None:
    assert one_letter("kanat", "kaat")
    assert not one_letter("ali", "vali")


@given(SOUNDS, SOUNDS)
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other, 7.5) == distance(other, one, 7.5)
    assert (distance(one, other, 7.5) == 0.0) == (one == other)
