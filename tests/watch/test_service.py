"""The watcher over time: killed, doubled, locked out, with a clock that jumps."""

import os
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import watching_process
from django.db import OperationalError, connection
from invented_court import HOST, ID, Court
from tests.watch.conftest import FakeClock
from watching_process import Nursery, nursery

from habeas.errors import LeaseLost, WatcherRunning
from habeas.watch import building
from habeas.watch.adding import add_person
from habeas.watch.building import Wishes
from habeas.watch.causes import Cause, CauseKind
from habeas.watch.models import (
    Alert,
    Channel,
    Entry,
    Event,
    Heartbeat,
    Lease,
    Look,
    Match,
    Mention,
    Watch,
)
from habeas.watch.service import Service

TODAY = "2026-11-24"
Run = Callable[..., int]


@pytest.fixture
def service(court: Court, clock: FakeClock, tmp_path: Path, watch: Watch) -> Iterator[Service]:
    """A watcher that asks one source after the other in this thread."""
    del watch
    with building.watcher(_wishes(court, clock, tmp_path)) as made:
        yield made


def _wishes(court: Court, clock: FakeClock, folder: Path, workers: int = 0) -> Wishes:
    return Wishes(folder / "captures", replicas={HOST: court.place}, workers=workers, clock=clock)


def hours(service: Service, clock: FakeClock, count: int) -> None:
    """Let hours pass, with a round each ten minutes."""
    for _ in range(count * 6):
        clock.pass_by(600)
        service.round()


def slots() -> list[tuple[datetime, str]]:
    return list(Look.objects.order_by("slot").values_list("slot", "obstacle"))


# --- the loop --------------------------------------------------------------------------------


def test_each_hour_is_looked_at_once(service: Service, court: Court, clock: FakeClock) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    hours(service, clock, 8)
    found = slots()
    assert len(found) in {8, 9}
    assert {obstacle for _slot, obstacle in found} == {""}
    gaps = {b[0] - a[0] for a, b in pairwise(found[1:])}
    assert gaps == {timedelta(hours=1)}


def test_a_night_without_the_program_is_in_the_ledger(
    service: Service, court: Court, clock: FakeClock, told: list[Cause]
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    service.round()
    clock.pass_by(10 * 3600)
    service.round()
    obstacles = [obstacle for _slot, obstacle in slots()]
    assert obstacles[0] == obstacles[-1] == ""
    assert set(obstacles[1:-1]) == {"missed"}
    assert len(obstacles) in {11, 12}
    gaps = [cause for cause in told if cause.kind is CauseKind.GAP]
    assert len(gaps) == 1
    assert Look.objects.filter(pk=gaps[0].look_id or 0).get().obstacle == "missed"


def test_one_absence_is_told_once_however_many_watches_missed_it(
    service: Service, court: Court, clock: FakeClock, told: list[Cause]
) -> None:
    Watch.objects.create(source=ID, court="main", every_s=3600, added_at=clock.now())
    court.put(TODAY, "u1", "Выдумов А.Б.")
    hours(service, clock, 2)
    clock.pass_by(10 * 3600)
    hours(service, clock, 2)
    missed = Look.objects.filter(obstacle="missed").values_list("watch", flat=True)
    assert len(set(missed)) == 2
    assert len([cause for cause in told if cause.kind is CauseKind.GAP]) == 1


def test_the_heartbeat_comes_once_a_day_also_after_restarts(
    court: Court, clock: FakeClock, tmp_path: Path, watch: Watch, told: list[Cause]
) -> None:
    del watch
    for _ in range(9):
        with building.watcher(_wishes(court, clock, tmp_path)) as made:
            made.round()
            made.round()
        clock.pass_by(6 * 3600)
    beats = [cause for cause in told if cause.kind is CauseKind.HEARTBEAT]
    assert len(beats) == Heartbeat.objects.count() == 3


def test_a_watch_added_while_it_runs_is_noticed(service: Service, clock: FakeClock) -> None:
    service.round()
    other = Watch.objects.create(
        source=ID, court="main", every_s=3600, days_back=0, days_ahead=0, added_at=clock.now()
    )
    clock.pass_by(61)
    service.round()
    assert other.looks.count() == 1


@pytest.mark.usefixtures("watch")
def test_asking_in_threads_does_every_slot_once(
    court: Court, clock: FakeClock, tmp_path: Path
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    Watch.objects.create(
        source=ID, court="main", every_s=3600, days_back=0, days_ahead=0, added_at=clock.now()
    )
    with building.watcher(_wishes(court, clock, tmp_path, workers=2)) as made:
        rounds = iter(range(200))

        def sleep(seconds: float) -> None:
            clock.pass_by(max(seconds, 300.0))
            if Look.objects.count() >= 6 or next(rounds, None) is None:
                made.stop()

        made.clock.sleep = sleep  # type: ignore[method-assign]
        made.run()
    assert Look.objects.count() >= 6
    assert {look.obstacle for look in Look.objects.all()} <= {"", "missed"}
    assert Entry.objects.count() == 1


def test_a_termination_ends_it_after_the_slot_in_progress(service: Service, court: Court) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")

    def asked(handler: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        handler._send(*court.answer(handler.path))  # type: ignore[attr-defined]

    court.faults["*"] = asked
    before = signal.getsignal(signal.SIGTERM)
    service.run()
    assert signal.getsignal(signal.SIGTERM) is before
    assert Look.objects.get().confirmed


# --- two of them -----------------------------------------------------------------------------


def test_a_second_watcher_does_nothing(
    service: Service, court: Court, clock: FakeClock, tmp_path: Path
) -> None:
    with (
        pytest.raises(WatcherRunning),
        building.watcher(_wishes(court, clock, tmp_path)),
    ):
        pass
    service.round()
    assert Look.objects.count() == 1


def test_a_watcher_that_was_suspended_writes_nothing_when_it_wakes(
    service: Service, court: Court
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")

    def suspended(handler: object) -> None:
        # While this one waits for an answer, another computer takes over.
        Lease.objects.update(holder="another:1:aa")
        connection.close()
        handler._send(*court.answer(handler.path))  # type: ignore[attr-defined]

    court.faults["*"] = suspended
    with pytest.raises(LeaseLost):
        service.round()
    assert not Look.objects.exists()
    assert not Entry.objects.exists()


# --- the database ----------------------------------------------------------------------------


@pytest.mark.only_sqlite
def test_a_locked_database_costs_no_slot(
    service: Service,
    court: Court,
    clock: FakeClock,
    database: Path,
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    # As the product's, only more impatient; also of connections that are opened anew.
    connection.close()
    connection.settings_dict["OPTIONS"]["timeout"] = 0.05
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        service.round()
    other.execute("ROLLBACK")
    other.close()
    assert not Look.objects.exists()
    clock.pass_by(60)
    service.round()
    (look,) = Look.objects.all()
    assert look.confirmed
    assert Event.objects.count() == 1


def test_a_disk_that_is_full_while_the_row_is_written_leaves_nothing_of_it(
    service: Service, court: Court, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")

    def full(*_given: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("habeas.watch.reconciling.write_events", full)
        service.round()
    assert not Look.objects.exists()
    assert not Entry.objects.exists()
    clock.pass_by(60)
    service.round()
    assert Look.objects.get().confirmed


@pytest.mark.only_sqlite
def test_a_disk_that_takes_no_further_byte_costs_no_slot(
    service: Service, court: Court, clock: FakeClock
) -> None:
    """Nothing can be recorded and no row can be written; then there is room again."""
    court.put(TODAY, "u1", "Выдумов А.Б.")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        for _ in range(3):
            service.round()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not Look.objects.exclude(outcome="could_not_look").exists()
    assert not Entry.objects.exists()
    for _ in range(2):
        clock.pass_by(3600)
        service.round()
    last = Look.objects.latest("slot")
    assert last.confirmed
    assert Event.objects.filter(kind="appeared").count() == 1
    assert Look.objects.values("slot").distinct().count() == Look.objects.count()


def test_nothing_is_asked_when_the_disk_is_nearly_full(
    service: Service, court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.watch.service.RESERVE_BYTES", 1 << 60)
    service.round()
    assert court.asked == []
    assert not Look.objects.exists()


# --- the clock -------------------------------------------------------------------------------


@pytest.mark.parametrize("jump_h", [-48, -5, 5, 48])
def test_a_clock_that_jumps_leaves_a_visible_gap_and_goes_on(
    service: Service, court: Court, clock: FakeClock, jump_h: int
) -> None:
    for day in range(20, 30):
        court.put(f"2026-11-{day}", f"u{day}", "Выдумов А.Б.")
    hours(service, clock, 3)
    clock.jump(jump_h * 3600)
    before = Look.objects.exclude(obstacle="missed").count()
    hours(service, clock, 3)
    after = Look.objects.exclude(obstacle="missed").count()
    assert after - before in {3, 4}
    missed = Look.objects.filter(obstacle="missed").count()
    assert missed == (0 if jump_h < 0 else pytest.approx(jump_h - 1, abs=1))
    assert Look.objects.values("watch", "slot").distinct().count() == Look.objects.count()


# --- the network -----------------------------------------------------------------------------


def test_a_network_that_is_gone_for_a_day_is_in_the_ledger_and_nothing_vanishes(
    service: Service, court: Court, clock: FakeClock, told: list[Cause], tmp_path: Path
) -> None:
    for day in (TODAY, "2026-11-25"):
        court.put(day, "u1", "Выдумов А.Б.")
        court.put(day, "u2", "Небылов В.Г.")
    hours(service, clock, 2)
    events = Event.objects.count()
    working = service.looking
    nowhere = Wishes(tmp_path / "captures", replicas={HOST: "127.0.0.1:9"}, clock=clock)
    service.looking = building.looking(nowhere, service.holding.check)
    hours(service, clock, 24)
    gone = Look.objects.filter(obstacle="down")
    assert gone.count() >= 23
    assert not gone.filter(confirmed=True).exists()
    assert Event.objects.count() == events
    news = [cause.kind for cause in told if cause.kind is CauseKind.GAP]
    assert len(news) == 1
    service.looking = working
    hours(service, clock, 3)
    assert Look.objects.latest("slot").confirmed
    assert not Event.objects.filter(kind="vanished").exists()
    slots = Look.objects.order_by("slot").values_list("slot", flat=True)
    steps = {later - earlier for earlier, later in pairwise(slots)}
    assert max(steps) <= timedelta(hours=1), "an hour without a row"


# --- kill -9 ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def watchers() -> Iterator[Nursery]:
    with nursery() as found:
        yield found


@pytest.fixture
def run(watchers: Nursery, court: Court, tmp_path: Path) -> Run:
    """Run a watcher at a time of day, in a process of its own, up to the step at which it dies."""
    return partial(watchers.run, tmp_path, court.port)


@pytest.mark.parametrize("step", watching_process.STEPS)
def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(
    step: str, court: Court, clock: FakeClock, watch: Watch, run: Run
) -> None:

    Channel.objects.create(kind="webhook", address="http://127.0.0.1:9/none")
    add_person("Холов Изатулло Амонович", clock.now(), code="A7")
    court.put(TODAY, "u1", "Холов И.А.", judge="Прежний В.Г.")
    court.put(TODAY, "u2", "Выдумов А.Б.")
    connection.close()
    start = clock.now()
    run(start)
    court.put(TODAY, "u1", "Холов И.А.", judge="Новый Д.Е.")
    court.put(TODAY, "u3", "Холов Изатулло Амонович")
    later = start + timedelta(hours=4)
    assert run(later, step) == -signal.SIGKILL
    run(later)
    run(later)
    assert Look.objects.filter(watch=watch).exclude(obstacle="missed").count() == 2
    lost = Look.objects.filter(obstacle="missed").count()
    assert lost in {3, 4}
    assert Look.objects.values("slot").distinct().count() == lost + 2
    changed = Event.objects.filter(kind="changed", entry__scope__startswith=TODAY)
    assert [event.entry.identity for event in changed] == ["uid:u1"]
    assert Entry.objects.filter(scope__startswith=TODAY).count() == 3
    assert Mention.objects.filter(
        version__entry__identity="uid:u3", printed__startswith="Холов"
    ).exists()
    assert Match.objects.values("person", "mention").distinct().count() == Match.objects.count()
    told = [alert.about["kind"] for alert in Alert.objects.order_by("id")]
    assert sorted(told) == ["event", "gap", "heartbeat", "match", "match"]
