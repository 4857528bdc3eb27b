"""The year to play: what it plants can be seen, and what it spoils does not hide it."""

from collections import Counter
from itertools import pairwise

import pytest

from habeas.replica.crowd import crowd
from habeas.replica.script import Kind
from habeas.replica.year import BLOCK, COURTS, WINDOW, host_of, plan_year


@pytest.mark.parametrize("seed", range(4))
def test_the_same_seed_makes_the_same_year(seed: int) -> None:
    assert plan_year(seed, 60) == plan_year(seed, 60)
    assert plan_year(seed, 60) != plan_year(seed + 1, 60)


@pytest.mark.parametrize("seed", range(6))
def test_no_court_has_two_bad_days_within_half_a_block(seed: int) -> None:
    year = plan_year(seed, 200)
    for court in COURTS:
        spoilt = {fault.from_day for fault in year.faults if fault.host == host_of(court)}
        bad = sorted(spoilt | year.dark)
        assert min(after - before for before, after in pairwise(bad)) >= 3
        assert all(len([day for day in bad if first <= day < first + BLOCK]) <= 2 for first in bad)


@pytest.mark.parametrize("seed", range(6))
def test_every_state_is_long_enough_to_be_seen_while_its_list_is_looked_at(seed: int) -> None:
    year = plan_year(seed, 200)
    for one in year.planted:
        first, last = one.entry.day - WINDOW + 1, one.entry.day + WINDOW - 1
        for day in (happening.day for happening in one.happenings):
            assert day <= one.entry.day + 2
        turns = [max(first, happening.day) for happening in one.happenings] + [last]
        assert min(after - before for before, after in pairwise(turns)) >= 3


def test_all_kinds_of_happenings_are_planted_and_expected() -> None:
    year = plan_year(1, 200)
    kinds = Counter(one.kind for one in year.expected)
    assert set(kinds) == set(Kind)
    assert min(kinds.values()) >= 10
    assert len({one.entry.key for one in year.script.planned}) == len(year.script.planned)


def test_a_crowd_has_its_people_apart() -> None:
    people = crowd("ru_mosgorsud", ["tverskoj", "presnenskij"], range(30), each=5)
    names = [one.entry.names for one in people]
    assert len(names) == 300
    assert len({one.entry.uuid for one in people}) == 300
    assert crowd("ru_mosgorsud", ["tverskoj"], range(3), seed=1) != crowd(
        "ru_mosgorsud", ["tverskoj"], range(3), seed=2
    )
