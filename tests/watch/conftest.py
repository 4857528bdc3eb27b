"""Fixtures of watching: a database, a clock that only a test moves, and sources on loopback."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import invented_court
import pytest
from django_ready import POSTGRESQL, SQLITE, database
from invented_court import HOST, ID, Court

from habeas.watch import causes
from habeas.watch.building import Wishes
from habeas.watch.building import looking as make_looking
from habeas.watch.looking import Looking
from habeas.watch.models import Watch

__all__ = ["FakeClock", "clock", "court", "database", "looking", "told", "watch"]


_ONLY_SQLITE = "only_sqlite"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a database twice: on SQLite, and on a real PostgreSQL."""
    if "database" in metafunc.fixturenames:
        engines = [SQLITE]
        if metafunc.definition.get_closest_marker(_ONLY_SQLITE) is None:
            engines.append(POSTGRESQL)
        metafunc.parametrize("database", engines, indirect=True)


class FakeClock:
    """Time that passes by sleeping, or when a test says so; wall time can jump."""

    def __init__(self, start: datetime | None = None) -> None:
        self.wall = start or datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        self.passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += timedelta(seconds=seconds)
        self.passed += seconds

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward, or back; no time passes."""
        self.wall += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def court(monkeypatch: pytest.MonkeyPatch) -> Iterator[Court]:
    """An invented court on loopback, in the catalogue as `xx_court`."""

    def known(source_id: str) -> invented_court.InventedSource:
        assert source_id == ID
        return invented_court.source()

    monkeypatch.setattr("habeas.watch.planning.source", known)
    monkeypatch.setattr("habeas.watch.adding.source", known)
    with invented_court.serving(Court()) as serving:
        yield serving


@pytest.fixture
def watch(database: Path, clock: FakeClock) -> Watch:
    """The invented court, watched every hour for the list of today only."""
    del database
    return Watch.objects.create(
        source=ID, every_s=3600, days_back=0, days_ahead=0, added_at=clock.now()
    )


@pytest.fixture
def looking(
    court: Court, clock: FakeClock, tmp_path: Path, database: Path
) -> Callable[[], Looking]:
    """Make what performs slots; a new one is what a restarted program has."""
    del database

    def make() -> Looking:
        return make_looking(
            Wishes(tmp_path / "captures", replicas={HOST: court.place}, clock=clock)
        )

    return make


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[causes.Cause]:
    """What the engine told, instead of the outbox."""
    heard: list[causes.Cause] = []
    monkeypatch.setattr(causes, "RECEIVERS", [heard.extend])
    return heard
