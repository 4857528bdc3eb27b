"""A watch keeps its evidence in order by itself: stamps, confirmations, weekly checks, renewals."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calendar_double import Calendar
from sealed_stores import filled, log_lines, page, sealer
from time_authority import Mode, TimeAuthority

from habeas.errors import AuthoritiesRefused
from habeas.evidence import Store
from habeas.evidence.stamps.authorities import Authorities, Authority, Promise
from habeas.watch.keeping import CHECK_EVERY, STAMP_EVERY_S, WEEKLY, Keeper

HOUR = timedelta(hours=1)


class Clock:
    """Time that a test moves on; the same for wall and monotonic."""

    def __init__(self) -> None:
        self.passed = timedelta()
        self.start = datetime.now(UTC)

    def now(self) -> datetime:
        return self.start + self.passed

    def monotonic(self) -> float:
        return self.passed.total_seconds()

    def sleep(self, seconds: float) -> None:
        self.passed += timedelta(seconds=seconds)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[TimeAuthority]:
    with TimeAuthority(tmp_path / "tsa") as running:
        yield running


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    with Calendar() as running:
        yield running


def _world(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar
) -> tuple[Store, Keeper, Clock]:
    clock = Clock()
    mine = sealer(tmp_path, Promise(1, 1), now=clock.now)  # type: ignore[arg-type]
    store = Store(tmp_path / "store", mine)
    asked = (Authority("one", authority.url, authority.root),)
    chosen = Authorities(asked, (calendar.url,), Promise(1, 1))
    return store, Keeper(store.chain, clock, lambda: chosen), clock


def _events(store: Store) -> list[str]:
    rows = [json.loads(line) for line in log_lines(store.folder)]
    return [str(row["event"]) for row in rows if "event" in row]


def test_new_seals_are_stamped_once_an_hour(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar
) -> None:
    store, keeper, clock = _world(tmp_path, authority, calendar)
    keeper()
    assert authority.asked == []
    for _minute in range(130):
        store.keep(page(b"a page", moment=clock.now()))
        keeper()
        clock.sleep(60)
    assert len(authority.asked) == 3
    assert _events(store).count("stamped") == 6
    assert HOUR.total_seconds() == STAMP_EVERY_S


def test_what_an_authority_did_not_give_is_asked_again_an_hour_later(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    store, keeper, clock = _world(tmp_path, authority, calendar)
    store.keep(page())
    authority.mode = Mode.DOWN
    with caplog.at_level(logging.WARNING):
        keeper()
    assert "no timestamp of one (http_503)" in caplog.text
    authority.mode = Mode.GOOD
    keeper()
    assert len(authority.asked) == 1
    clock.passed += HOUR
    keeper()
    assert len(authority.asked) == 2
    assert _events(store).count("stamped") == 2


def test_calendars_are_asked_for_the_confirmation(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar
) -> None:
    store, keeper, clock = _world(tmp_path, authority, calendar)
    store.keep(page())
    keeper()
    calendar.mine()
    clock.passed += HOUR
    keeper()
    assert "stamp_upgraded" not in _events(store)
    clock.passed += 6 * HOUR
    keeper()
    assert "stamp_upgraded" in _events(store)


def test_everything_is_checked_once_a_week_also_by_a_watch_from_cron(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar
) -> None:
    store, keeper, clock = _world(tmp_path, authority, calendar)
    store.keep(page())
    for day in range(22):
        # Each day a new process, as cron starts it.
        Keeper(store.chain, clock, keeper.settings)()
        assert _events(store).count("verified") == day // CHECK_EVERY.days
        clock.passed += timedelta(days=1)
    rows = [json.loads(line) for line in log_lines(store.folder)]
    found = [row for row in rows if row.get("event") == "verified"]
    assert {row["why"] for row in found} == {WEEKLY}
    assert {row["detail"]["result"] for row in found} == {"could_not_check"}
    assert all(row["detail"]["checks"] == [] for row in found)


def test_evidence_that_does_not_hold_is_told_and_noted(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    store, keeper, clock = _world(tmp_path, authority, calendar)
    kept = store.keep(page())
    keeper()
    kept.path.write_bytes(kept.path.read_bytes()[:-1])
    clock.passed += CHECK_EVERY
    with caplog.at_level(logging.ERROR):
        keeper()
    assert "the evidence does not hold: item.bytes" in caplog.text
    (row,) = [
        row for row in map(json.loads, log_lines(store.folder)) if row.get("event") == "verified"
    ]
    assert row["detail"] == {"checks": ["item.bytes"], "result": "broken"}


def test_stamps_that_grow_old_are_renewed_with_the_weekly_check(
    tmp_path: Path, authority: TimeAuthority, calendar: Calendar
) -> None:
    authority.mode = Mode.SHA1_ID
    store, keeper, clock = _world(tmp_path, authority, calendar)
    store.keep(page())
    keeper()
    authority.mode = Mode.GOOD
    clock.passed += CHECK_EVERY
    keeper()
    kinds = [
        row["manifest"]["item"]["kind"]
        for row in map(json.loads, log_lines(store.folder))
        if "manifest" in row
    ]
    assert "renewal" in kinds
    assert len(authority.asked) == 2


def test_settings_that_cannot_be_read_do_not_stop_the_watch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store, _kept = filled(tmp_path / "store", tmp_path)

    def refused() -> Authorities:
        raise AuthoritiesRefused("authorities.json", "damaged")

    with caplog.at_level(logging.WARNING):
        Keeper(store.chain, Clock(), refused)()
    assert "Nobody was asked" in caplog.text
