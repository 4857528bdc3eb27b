"""The circuit breaker: a dead host is left alone, and asked again."""

from tests.watch.conftest import FakeClock

from habeas.sources.contract import Obstacle
from habeas.watch.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, OPENS_AFTER, Breaker


def failing(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.note("court.invented", Obstacle.DOWN)


def test_it_opens_after_failures_in_a_row_and_only_for_that_host(clock: FakeClock) -> None:
    breaker = Breaker(clock.monotonic)
    failing(breaker, OPENS_AFTER - 1)
    assert breaker.stands_open("court.invented") is None
    failing(breaker, 1)
    assert breaker.stands_open("court.invented") == (Obstacle.DOWN, FIRST_PAUSE_S)
    assert breaker.stands_open("other.invented") is None


def test_a_page_with_an_obstacle_of_its_own_is_no_failure_of_the_host(clock: FakeClock) -> None:
    breaker = Breaker(clock.monotonic)
    failing(breaker, OPENS_AFTER - 1)
    breaker.note("court.invented", Obstacle.GONE)
    failing(breaker, OPENS_AFTER - 1)
    assert breaker.stands_open("court.invented") is None


def test_its_pause_doubles_to_a_bound_and_ends_when_the_host_works(clock: FakeClock) -> None:
    breaker = Breaker(clock.monotonic)
    failing(breaker, OPENS_AFTER)
    for _ in range(10):
        found = breaker.stands_open("court.invented")
        assert found is not None
        clock.pass_by(found[1])
        assert breaker.stands_open("court.invented") is None
        failing(breaker, 1)
    found = breaker.stands_open("court.invented")
    assert found is not None
    assert found[1] == LONGEST_PAUSE_S
    breaker.note("court.invented", None)
    assert breaker.stands_open("court.invented") is None
