"""One watcher at a time, and a new one at once after a kill."""

import os
import socket
from pathlib import Path

import pytest
from django.db import transaction
from tests.watch.conftest import FakeClock

from habeas.errors import Exit, LeaseLost, Retry, WatcherRunning
from habeas.watch.lease import LASTS_S, take
from habeas.watch.models import Lease

pytestmark = pytest.mark.usefixtures("database")


def elsewhere(clock: FakeClock, seconds: float = LASTS_S) -> None:
    """Let a process of another computer hold the lease."""
    until = clock.now().__class__.fromtimestamp(
        clock.now().timestamp() + seconds, clock.now().tzinfo
    )
    Lease.objects.update_or_create(
        name="watcher", defaults={"holder": "another:1:aa", "until": until}
    )


def test_a_second_watcher_is_refused_and_told_why(clock: FakeClock) -> None:
    take(clock)
    with pytest.raises(WatcherRunning) as refused:
        take(clock)
    assert str(os.getpid()) in refused.value.happened
    assert refused.value.retry is Retry.LATER
    assert refused.value.exit_code is Exit.COULD_NOT_LOOK


def test_it_can_be_taken_when_it_was_given_back(clock: FakeClock) -> None:
    take(clock).give_back()
    take(clock)


def test_the_lease_of_a_killed_process_is_taken_at_once(clock: FakeClock) -> None:
    take(clock)
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    Lease.objects.update(holder=f"{socket.gethostname()}:{child}:aa")
    take(clock)


def test_the_lease_of_another_computer_is_taken_only_when_it_ran_out(clock: FakeClock) -> None:
    elsewhere(clock)
    with pytest.raises(WatcherRunning):
        take(clock)
    clock.pass_by(LASTS_S)
    take(clock)


def test_a_lease_from_before_the_clock_was_set_back_does_not_bind(clock: FakeClock) -> None:
    elsewhere(clock, 86400)
    take(clock)


def test_who_lost_the_lease_writes_nothing(clock: FakeClock) -> None:
    holding = take(clock)
    clock.jump(3 * 3600)
    elsewhere(clock)
    with pytest.raises(LeaseLost), transaction.atomic():
        holding.check()
    with pytest.raises(LeaseLost):
        holding.renew()
    holding.give_back()
    assert Lease.objects.get().holder == "another:1:aa"


def test_renewing_keeps_it(clock: FakeClock, database: Path) -> None:
    del database
    holding = take(clock)
    for _ in range(5):
        clock.pass_by(LASTS_S - 1)
        holding.renew()
    lease = Lease.objects.get()
    assert (lease.until - clock.now()).total_seconds() == LASTS_S
