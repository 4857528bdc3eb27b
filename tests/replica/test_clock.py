"""The replica's clock moves by hand, by wall time, or with another clock."""

from datetime import UTC, date, datetime, timedelta

from habeas.replica import ReplicaClock

_START = date(2026, 11, 2)


class _Wall:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 2, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


def test_it_stands_until_it_is_advanced() -> None:
    wall = _Wall()
    clock = ReplicaClock(_START, now=wall.now)
    wall.time += timedelta(days=400)
    assert clock.day == 0
    assert clock.advance() == 1
    assert clock.advance(2.5) == 3
    assert clock.advance(-3) == 0
    assert clock.advance(-1) == -1
    assert clock.time == datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_wall_time_may_be_many_times_faster() -> None:
    wall = _Wall()
    clock = ReplicaClock(_START, factor=1440, now=wall.now)
    wall.time += timedelta(minutes=3)
    assert clock.day == 3
    clock.advance(1)
    wall.time += timedelta(minutes=1)
    assert clock.day == 5


def test_it_can_show_the_time_of_another_clock_even_if_that_jumps() -> None:
    wall = _Wall()
    clock = ReplicaClock.following(_START, wall.now)
    assert clock.time == wall.time
    wall.time += timedelta(days=7, hours=13)
    assert (clock.day, clock.time) == (8, wall.time)
    wall.time -= timedelta(days=8)
    assert (clock.day, clock.time) == (0, wall.time)
