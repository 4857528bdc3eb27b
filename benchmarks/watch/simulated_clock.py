"""A clock whose time is a number in a file: it survives kill -9, and others can read it."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORM = struct.Struct("d")


class SimulatedClock:
    """Time that passes by sleeping only; one process lets it pass, others may read.

    Args:
        path: the file; made if it is missing.
        start: when it is made, the time that it shows (aware, UTC).
    """

    def __init__(self, path: Path, start: datetime | None = None) -> None:
        if start is not None and not path.exists():
            path.write_bytes(_FORM.pack(start.timestamp()))
        self._file = path.open("r+b")
        self._memory = mmap.mmap(self._file.fileno(), _FORM.size)

    def now(self) -> datetime:
        """Return the simulated time (aware, UTC)."""
        return datetime.fromtimestamp(self.monotonic(), UTC)

    def monotonic(self) -> float:
        """Return the simulated seconds."""
        seconds: float = _FORM.unpack(self._memory[:])[0]
        return seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self._memory[:] = _FORM.pack(self.monotonic() + max(0.0, seconds))

    def until(self, moment: datetime) -> None:
        """Let time pass until a moment, if it is ahead."""
        self.sleep((moment - self.now()) / timedelta(seconds=1))
