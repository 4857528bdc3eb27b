"""Slots: the same grid after every restart, nothing lost without a row, no row that blocks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.watch.conftest import FakeClock

from habeas.watch.models import Look, Watch
from habeas.watch.schedule import (
    ROW_EACH_UP_TO,
    due,
    missed_rows,
    offset_s,
    slot_after,
    slot_before,
)

Done = Callable[[Watch, datetime], Look]
_TIMES = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - bounds of what is made aware
    datetime(2040, 1, 1),  # noqa: DTZ001 - bounds of what is made aware
    timezones=st.just(UTC),
)
_WATCHES = st.builds(
    Watch,
    source=st.sampled_from(["ru_mosgorsud", "tj_sud"]),
    court=st.text(max_size=10),
    every_s=st.integers(60, 30 * 86400),
)


@pytest.fixture
def done() -> Done:
    """Write a row for a slot, finished a minute later."""

    def write(watch: Watch, slot: datetime) -> Look:
        finished = slot + timedelta(minutes=1)
        return Look.objects.create(
            watch=watch, slot=slot, started_at=slot, finished_at=finished, outcome="found"
        )

    return write


@given(_WATCHES, _TIMES)
def test_the_grid_is_the_same_whoever_asks_and_when(watch: Watch, moment: datetime) -> None:
    slot = slot_before(watch, moment)
    assert slot <= moment < slot_after(watch, moment)
    assert slot_after(watch, moment) - slot == timedelta(seconds=watch.every_s)
    assert slot_before(watch, slot) == slot
    assert slot_before(watch, slot_after(watch, moment)) == slot_after(watch, moment)


def test_watches_do_not_start_together() -> None:
    offsets = {offset_s(Watch(source="ru_sudrf", court=f"c{n}", every_s=86400)) for n in range(100)}
    assert len(offsets) > 95
    assert max(offsets) - min(offsets) > 43200


def test_a_new_watch_is_due_at_once_and_no_slot_was_lost(watch: Watch, clock: FakeClock) -> None:
    clock.pass_by(5)
    found = due(watch, clock.now())
    assert found is not None
    # Not before it was added: a look of today must not count for yesterday.
    assert found.slot == watch.added_at
    assert found.lost == ()


def test_a_slot_that_is_done_is_not_due_until_the_next(
    watch: Watch, clock: FakeClock, done: Done
) -> None:
    done(watch, clock.now())
    clock.pass_by(61)
    assert due(watch, clock.now()) is None
    following = slot_after(watch, clock.now())
    assert due(watch, following - timedelta(seconds=1)) is None
    found = due(watch, following)
    assert found is not None
    assert (found.slot, found.lost) == (following, ())


def test_every_slot_lost_gets_a_row(watch: Watch, clock: FakeClock, done: Done) -> None:
    last = done(watch, slot_before(watch, clock.now()) + timedelta(hours=1))
    now = last.slot + timedelta(hours=5, minutes=1)
    found = due(watch, now)
    assert found is not None
    assert found.slot == last.slot + timedelta(hours=5)
    assert [one.slot for one in found.lost] == [last.slot + timedelta(hours=n) for n in range(1, 5)]
    Look.objects.bulk_create(missed_rows(watch, found.lost, now, "Nobody watched."))
    again = due(watch, now)
    assert again is not None
    assert (again.slot, again.lost) == (found.slot, ())


def test_thousands_of_lost_slots_share_a_row_a_day(
    watch: Watch, clock: FakeClock, done: Done
) -> None:
    watch.every_s = 60
    watch.save()
    last = done(watch, slot_before(watch, clock.now()) + timedelta(minutes=1))
    found = due(watch, last.slot + timedelta(days=30))
    assert found is not None
    assert sum(one.count for one in found.lost) == 30 * 1440 - 1
    assert len(found.lost) in {30, 31}
    Look.objects.bulk_create(missed_rows(watch, found.lost, clock.now(), ""))
    again = due(watch, last.slot + timedelta(days=30))
    assert again is not None
    assert again.lost == ()


@pytest.mark.parametrize("lost", [1, ROW_EACH_UP_TO])
def test_up_to_a_bound_each_lost_slot_has_its_own_row(
    watch: Watch, clock: FakeClock, done: Done, lost: int
) -> None:
    last = done(watch, slot_before(watch, clock.now()) + timedelta(hours=1))
    found = due(watch, last.slot + timedelta(hours=lost + 1))
    assert found is not None
    assert [one.count for one in found.lost] == [1] * lost


def test_a_clock_that_jumped_ahead_and_back_does_not_silence_the_watch(
    watch: Watch, clock: FakeClock, done: Done
) -> None:
    start = slot_before(watch, clock.now()) + timedelta(hours=1)
    done(watch, start)
    # The clock is wrong by a year; rows are written under it.
    wrong = start + timedelta(days=365)
    found = due(watch, wrong)
    assert found is not None
    Look.objects.bulk_create(missed_rows(watch, found.lost, wrong, ""))
    done(watch, found.slot)
    # It is set right: each following hour is looked at all the same.
    for hour in range(1, 4):
        now = start + timedelta(hours=hour, minutes=1)
        right = due(watch, now)
        assert right is not None
        assert right.lost == ()
        assert timedelta(0) <= now - right.slot <= timedelta(hours=1)
        done(watch, right.slot)
        assert due(watch, now) is None


def test_a_stopped_watch_is_never_due(watch: Watch, clock: FakeClock) -> None:
    watch.stopped_at = clock.now()
    assert due(watch, clock.now()) is None


def test_a_changed_interval_loses_nothing(watch: Watch, clock: FakeClock, done: Done) -> None:
    last = done(watch, slot_before(watch, clock.now()) + timedelta(hours=1))
    watch.every_s = 900
    found = due(watch, last.slot + timedelta(hours=1))
    assert found is not None
    assert found.slot > last.slot
    slots = [last.slot, *(one.slot for one in found.lost), found.slot]
    assert all(b - a <= timedelta(seconds=900) for a, b in pairwise(slots[1:]))


def test_the_database_is_the_test_s_own(database: Path) -> None:
    assert database.exists()
    assert not Look.objects.exists()
