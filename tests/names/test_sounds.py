"""Distances between runs of sounds."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from habeas.names import sounds
from habeas.names.sounds import (
    FIRST_SOUND,
    LONG,
    MOST_EDITS,
    NEVER,
    SWAPPED,
    TYPING_ERROR,
    apart,
    coarse,
    distance,
    one_letter,
    spread_of,
)

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


def _plainly(one: str, other: str) -> float:
    """The whole table of prices, cell by cell."""
    costs = sounds._costs()
    gone = [costs.get("-" + sound, TYPING_ERROR) for sound in other]
    first = [0.0 if word[0] == "H" else FIRST_SOUND for word in (one, other)]
    table = [[0.0, *(first[1] + price for price in accumulate(gone))]]
    for i, sound in enumerate(one):
        away = costs.get("-" + sound, TYPING_ERROR)
        row = [table[i][0] + away + (0.0 if i else first[0])]
        for j, target in enumerate(other):
            change = 0.0 if sound == target else costs.get(sound + target, TYPING_ERROR)
            change += FIRST_SOUND if i == j == 0 and sound != target else 0.0
            best = min(table[i][j] + change, table[i][j + 1] + away, row[j] + gone[j])
            if i and j and (sound, one[i - 1]) == (other[j - 1], target) and sound != target:
                best = min(best, table[i - 1][j - 1] + SWAPPED)
            row.append(best)
        table.append(row)
    return table[-1][-1]


@settings(max_examples=500)
@given(SOUNDS, st.data())
def test_leaving_cells_out_changes_no_price(one: str, data: st.DataObject) -> None:
    other = one
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(other) - 1))
        letter = data.draw(st.sampled_from(["", "H", "i", "a", "o", "v", "g", "t"]))
        other = other[:place] + letter + other[place + data.draw(st.integers(0, 1)) :] or one
    limit = data.draw(st.sampled_from([1.0, 3.0, 3.2, 6.0, 6.6]))
    price = _plainly(one, other)
    found = sounds._weighted(one, other, limit)
    assert found == pytest.approx(price) if price <= limit else found == NEVER


@given(st.lists(SOUNDS, min_size=1, max_size=4), st.lists(SOUNDS, min_size=1, max_size=4))
def test_what_is_apart_is_apart_in_every_form(one: list[str], other: list[str]) -> None:
    mine, theirs = ([coarse(text) for text in texts] for texts in (one, other))
    near = any(
        OSA.distance(a, b) <= (MOST_EDITS if len(a) + len(b) >= LONG else 1)
        for a in mine
        for b in theirs
    )
    assert apart(spread_of(tuple(mine)), spread_of(tuple(theirs))) == (not near)
