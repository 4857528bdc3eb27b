"""The two clocks of the demo: the story's days pass at once, and records carry the true time."""

import threading
from datetime import UTC, datetime, timedelta


class StoryClock:
    """Time that passes by waiting, without anybody waiting, or by being told. Safe to share.

    The watcher, the site's pages and the replica live by it.

    Args:
        start: when the story begins (aware, UTC).
    """

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._passed = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the story's time (aware, UTC)."""
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return the seconds of the story that have passed."""
        with self._lock:
            return self._passed

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        with self._lock:
            self._passed += max(0.0, seconds)

    def until(self, moment: datetime) -> None:
        """Let time pass until a moment (aware), if it is ahead."""
        self.sleep((moment - self.now()).total_seconds())


class RecordingClock:
    """The clock of whoever asks: waits as the story does, and dates every record truly.

    A record that claimed to be made in the story's year would be a false one.
    """

    def __init__(self, story: StoryClock) -> None:
        self._story = story

    def now(self) -> datetime:
        """Return this computer's time of day (aware, UTC)."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the seconds of the story that have passed."""
        return self._story.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let the story's time pass at once."""
        self._story.sleep(seconds)
