"""The replica's clock: day N of its script, moved by hand, by wall time, or by another clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock

_DAY_S = 86_400.0


class ReplicaClock:
    """Tells on which day the replica is.

    Args:
        start: the date of day 0; days begin at midnight UTC.
        factor: how many times faster than `now` days pass; 0 where they pass by `advance` only.
        now: what time it is outside (aware). A test hands in the watcher's own clock.
        at: the day on which it begins, with its fraction.
    """

    def __init__(
        self,
        start: date,
        *,
        factor: float = 0.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        at: float = 0.0,
    ) -> None:
        self._midnight = datetime.combine(start, time(), UTC)
        self._factor = factor
        self._now = now
        self._since = now()
        self._at = at
        self._lock = Lock()

    @classmethod
    def following(cls, start: date, now: Callable[[], datetime]) -> "ReplicaClock":
        """Return a clock that shows the very time of another one."""
        clock = cls(start, factor=1.0, now=now)
        clock._at = (now() - clock._midnight).total_seconds() / _DAY_S
        return clock

    @property
    def position(self) -> float:
        """Days since the start of day 0."""
        with self._lock:
            return self._position()

    def _position(self) -> float:
        passed = (self._now() - self._since).total_seconds() * self._factor / _DAY_S
        return self._at + passed

    @property
    def day(self) -> int:
        """The day of the script."""
        return int(self.position // 1)

    @property
    def time(self) -> datetime:
        """The replica's own time of day (aware, UTC)."""
        return self._midnight + timedelta(days=self.position)

    def advance(self, days: float = 1.0) -> int:
        """Let days pass at once, backwards if negative; return the new day."""
        with self._lock:
            self._at = self._position() + days
            self._since = self._now()
            return int(self._at // 1)
