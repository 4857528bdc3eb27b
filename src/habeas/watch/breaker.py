"""A host that fails again and again is left alone for a while: the circuit breaker.

Kept in memory: after a restart a dead host is asked a few times more, and no row is lost by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from habeas.sources.contract import Obstacle

OPENS_AFTER = 5
"""Failures in a row after which a host is left alone."""
FIRST_PAUSE_S = 15 * 60.0
LONGEST_PAUSE_S = 6 * 3600.0

FAILURES = frozenset({Obstacle.DOWN, Obstacle.BLOCKED, Obstacle.TLS})
"""Obstacles that speak against a host as a whole; others are a matter of one page."""


@dataclass(slots=True)
class _Host:
    failures: int = 0
    open_until: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    last: Obstacle = Obstacle.DOWN


class Breaker:
    """Remembers how hosts behave. Safe to share between threads.

    Args:
        monotonic: seconds of a clock that never jumps.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def stands_open(self, host: str) -> tuple[Obstacle, float] | None:
        """Return why a host is left alone and for how many seconds still, None if it is asked.

        When its pause is over one request goes through; if that fails, the pause doubles.
        """
        with self._lock:
            known = self._hosts.get(host)
            if known is None:
                return None
            left = known.open_until - self._monotonic()
            return (known.last, left) if left > 0 else None

    def note(self, host: str, obstacle: Obstacle | None) -> None:
        """Take down how a request to a host ended."""
        with self._lock:
            if obstacle not in FAILURES:
                self._hosts.pop(host, None)
                return
            known = self._hosts.setdefault(host, _Host())
            known.failures += 1
            known.last = obstacle
            if known.failures >= OPENS_AFTER:
                known.open_until = self._monotonic() + known.pause_s
                known.pause_s = min(2 * known.pause_s, LONGEST_PAUSE_S)
