"""Waiting one's turn: one request at a time for each host, with a pause between two.

A host that answers 429 or 503 with Retry-After is left alone until then. The rules hold within one
process; two programs on one machine do not know of each other.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from habeas.fetch.clock import Clock

_LONGEST_WAIT_S = 24 * 3600.0


class LeftAlone(Exception):
    """The host asked to be left alone for longer than the caller is willing to wait.

    Attributes:
        until: when it may be asked again (aware, UTC).
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until.isoformat())


class _Host:
    """What is remembered of a host: who is asking, and when the next may (monotonic seconds)."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.free_at = 0.0
        self.closed_until = 0.0


class Turns:
    """Hands out turns for hosts.

    Args:
        clock: the clock to wait by.
        patience_s: the longest Retry-After that is waited for here; for a longer one
            `LeftAlone` is raised at once.
        jitter: returns 0.0 to 1.0; the pause grows by up to a quarter, so that many watchers
            do not ask in step.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        patience_s: float = 30.0,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._patience_s = patience_s
        self._jitter = jitter
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, delay_s: float) -> Iterator[None]:
        """Wait for the host's turn and hold it; the pause begins when it is given back.

        Raises:
            LeftAlone: see `patience_s`.
        """
        known = self._host(host)
        with known.lock:
            self._check_closed(known)
            wait = max(known.free_at, known.closed_until) - self._clock.monotonic()
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                pause = delay_s * (1 + 0.25 * self._jitter())
                known.free_at = self._clock.monotonic() + pause

    def leave_alone(self, host: str, retry_after: str) -> None:
        """Take a Retry-After header to heart: seconds or a date (RFC 9110, 10.2.3)."""
        seconds = _seconds(retry_after, self._clock.now())
        if seconds is not None:
            until = self._clock.monotonic() + min(seconds, _LONGEST_WAIT_S)
            known = self._host(host)
            known.closed_until = max(known.closed_until, until)

    def _check_closed(self, known: _Host) -> None:
        left = known.closed_until - self._clock.monotonic()
        if left > self._patience_s:
            until = datetime.fromtimestamp(self._clock.now().timestamp() + left, UTC)
            raise LeftAlone(until)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())


def _seconds(retry_after: str, now: datetime) -> float | None:
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
