"""The clock that fetch lives by; tests hand in another."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time for the record, monotonic time for limits, and waiting."""

    def now(self) -> datetime:
        """Return the time of day (aware, UTC)."""

    def monotonic(self) -> float:
        """Return seconds of a clock that never jumps."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """This computer's clocks."""

    def now(self) -> datetime:
        """Return the time of day (aware, UTC)."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds of a clock that never jumps."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
