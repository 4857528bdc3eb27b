"""Turns: pauses that grow by chance, hosts that do not wait for each other."""

import pytest
from tests.fetch.conftest import FakeClock

from habeas.fetch import Turns
from habeas.fetch.politeness import LeftAlone


def test_the_pause_grows_by_at_most_a_quarter(clock: FakeClock) -> None:
    turns = Turns(clock, jitter=lambda: 1.0)
    for _ in range(2):
        with turns.turn("court.example", 4.0):
            pass
    assert clock.slept == [5.0]


def test_hosts_do_not_wait_for_each_other(clock: FakeClock) -> None:
    turns = Turns(clock, jitter=lambda: 0.0)
    for host in ("a.example", "b.example", "c.example"):
        with turns.turn(host, 60.0):
            pass
    assert clock.slept == []


def test_the_pause_counts_after_a_failure_too(clock: FakeClock) -> None:
    turns = Turns(clock, jitter=lambda: 0.0)
    with pytest.raises(RuntimeError), turns.turn("court.example", 4.0):
        raise RuntimeError
    with turns.turn("court.example", 4.0):
        pass
    assert clock.slept == [4.0]


def test_a_host_that_asks_for_a_day_is_left_alone_for_at_most_a_day(clock: FakeClock) -> None:
    turns = Turns(clock, jitter=lambda: 0.0, patience_s=30)
    turns.leave_alone("court.example", "999999999")
    with pytest.raises(LeftAlone) as caught, turns.turn("court.example", 0):
        pass
    assert f"{caught.value.until:%Y-%m-%d %H:%M}" == "2026-11-24 12:00"


def test_a_shorter_wish_does_not_undo_a_longer_one(clock: FakeClock) -> None:
    turns = Turns(clock, jitter=lambda: 0.0, patience_s=3600)
    turns.leave_alone("court.example", "50")
    turns.leave_alone("court.example", "10")
    with turns.turn("court.example", 0):
        pass
    assert clock.slept == [50.0]
