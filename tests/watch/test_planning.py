"""Which lists a slot asks for, and under which names they are known from day to day."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.watch.conftest import FakeClock

from habeas.watch.adding import Wish, add_source
from habeas.watch.planning import plan


def _scopes(wish: Wish, clock: FakeClock) -> list[str]:
    watch = add_source(wish, clock.now())
    return [one.scope for one in plan(watch, clock.now(), clock.now()).planned]


@pytest.mark.parametrize("days", [0, 1, 7])
def test_a_list_that_is_the_same_on_every_day_keeps_its_name(
    days: int, clock: FakeClock, database: Path
) -> None:
    del database
    wish = Wish("tj_mvd", days_back=days, days_ahead=0)
    today = _scopes(wish, clock)
    clock.jump(timedelta(days=1).total_seconds())
    assert _scopes(wish, clock) == today
    assert not [scope for scope in today if scope.startswith("2026")]


@pytest.mark.parametrize("days", [0, 2])
def test_a_list_of_a_day_carries_its_day(days: int, clock: FakeClock, database: Path) -> None:
    del database
    scopes = _scopes(Wish("ru_mosgorsud", "tverskoj", days_back=days, days_ahead=0), clock)
    today = clock.now().date()
    wanted = [today - timedelta(days=n) for n in range(days, -1, -1)]
    assert [scope[:10] for scope in scopes] == [day.isoformat() for day in wanted]
