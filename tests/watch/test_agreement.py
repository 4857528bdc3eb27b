"""Two routes to one source: each has its ledger, and what they were shown is compared."""

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_court import HOST, ID, Court, page
from tests.watch.conftest import FakeClock

from habeas.errors import RouteUnknown
from habeas.watch.agreement import agreements
from habeas.watch.breaker import Breaker
from habeas.watch.building import Wishes, routes
from habeas.watch.looking import Looking
from habeas.watch.models import Watch
from habeas.watch.pulling import Puller
from habeas.watch.routes import Routes

TODAY = "2026-11-24"


@pytest.fixture
def other(watch: Watch, clock: FakeClock) -> Watch:
    del watch
    return Watch.objects.create(
        source=ID, every_s=3600, days_back=0, days_ahead=0, route="tor", added_at=clock.now()
    )


@pytest.fixture
def looking_by_two(court: Court, clock: FakeClock, tmp_path: Path, watch: Watch) -> Looking:
    """Both routes lead to the same court here."""
    del watch
    wishes = Wishes(tmp_path / "captures", replicas={HOST: court.place}, clock=clock)
    asking = routes(wishes).by("direct")
    both = Routes({"direct": asking, "tor": asking})
    return Looking(Puller(both, Breaker(clock.monotonic), clock), clock)


def test_routes_that_are_shown_the_same_agree(
    court: Court, looking_by_two: Looking, watch: Watch, other: Watch, clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    for one in (watch, other):
        looking_by_two.look(one, clock.now())
    (found,) = agreements(watch, other)
    assert found.same
    assert set(found.looks) == {"direct", "tor"}


def test_what_one_route_alone_is_shown_is_named(
    court: Court, looking_by_two: Looking, watch: Watch, other: Watch, clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.put(TODAY, "u2", "Небылов В.Г.")
    looking_by_two.look(watch, clock.now())
    del court.days[TODAY]["u2"]
    looking_by_two.look(other, clock.now())
    (found,) = agreements(watch, other)
    assert not found.same
    assert found.only == {"direct": ("uid:u2",), "tor": ()}


def test_a_route_that_was_refused_agrees_with_nobody(
    court: Court, looking_by_two: Looking, watch: Watch, other: Watch, clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    looking_by_two.look(watch, clock.now())
    court.faults["*"] = page(obstacle="captcha")
    looking_by_two.look(other, clock.now())
    (found,) = agreements(watch, other)
    assert not found.comparable
    assert not found.same


def test_what_cannot_be_compared_is_refused(watch: Watch) -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        list(agreements(watch, watch))


def test_a_route_that_is_not_set_up_is_a_row_of_the_ledger(
    looking: Callable[[], Looking], other: Watch, clock: FakeClock
) -> None:
    look = looking().look(other, clock.now())
    assert look.outcome == "could_not_look"
    assert look.explanation.startswith("There is no route 'tor'.")
    with pytest.raises(RouteUnknown):
        Routes({}).by("tor")
