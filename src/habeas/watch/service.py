"""The watcher: runs for months, or once for cron, and leaves no slot without a row.

The main thread alone touches the database; asking is done in a few threads, never two at one
source. A kill at any moment costs the slots in progress, which are done again.
"""

import logging
import shutil
import signal
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
    transaction,
)

from habeas.fetch import Clock
from habeas.language import _
from habeas.watch import telling
from habeas.watch.causes import Cause, CauseKind, tell
from habeas.watch.lease import Holding
from habeas.watch.looking import Looking, Steps, Work
from habeas.watch.models import Heartbeat, Look, Watch
from habeas.watch.past import Past
from habeas.watch.schedule import due, missed_rows, next_slot

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = logging.getLogger(__name__)

TICK_S = 2.0
"""Seconds between two looks at the schedule."""
RELOADED_S = 60.0
"""Seconds after which watches that were added or stopped meanwhile are noticed."""
PUT_OFF_S = 30.0
"""Seconds after which a slot is tried again whose row could not be written."""
RESERVE_BYTES = 100 * 1024 * 1024
"""Free space below which nothing is asked, so that the ledger itself can still be written."""
BEATS_AT_HOUR = 6
"""Hour (UTC) from which on the day's heartbeat is told."""


_ONE_ABSENCE = timedelta(hours=1)


@dataclass(slots=True)
class _Running:
    """A slot that is being asked."""

    watch: Watch
    steps: Steps
    future: "Future[None]"


@dataclass
class Service:
    """Watches whatever is due.

    Attributes:
        looking: performs slots.
        clock: decides what is due.
        holding: the lease of this process.
        captures: the folder whose disk must have room, None where that is not to be asked.
        workers: how many sources are asked at once; 0 asks in this thread, one after the other.
        deliver: hands over what is in the outbox; called again and again in a thread of its own.
        keep: keeps the evidence in order (timestamps, checks); called likewise, in another one.
    """

    looking: Looking
    clock: Clock
    holding: Holding
    captures: Path | None = None
    workers: int = 4
    deliver: Callable[[], object] = lambda: None
    keep: Callable[[], object] = lambda: None
    _running: dict[str, _Running] = field(default_factory=dict)
    _next: dict[int, datetime] = field(default_factory=dict)
    _watches: dict[int, Watch] = field(default_factory=dict)
    _loaded_at: float | None = None
    _last_now: datetime | None = None
    _missed_told_at: datetime | None = None
    _stopping: bool = False
    _pool: ThreadPoolExecutor | None = None
    _beside: dict[str, "Future[None]"] = field(default_factory=dict)
    _past: Past = field(default_factory=Past)

    @property
    def stopping(self) -> bool:
        """Whether it was told to end, by `stop` or by a signal."""
        return self._stopping

    def stop(self) -> None:
        """End after the slots in progress."""
        self._stopping = True

    def run(self) -> None:
        """Watch until `stop` is called, or SIGTERM or SIGINT comes.

        Raises:
            LeaseLost: another watcher has taken over.
        """
        with _signals(self.stop), self._threads():
            while not self._stopping:
                self.round()
                if not self._running and not self._stopping:
                    self.clock.sleep(TICK_S)
            while self._running:
                self._collect()
                self.holding.renew()

    def run_once(self) -> list[Look]:
        """Perform every slot that is due, and the past that is to be screened; for cron.

        Returns:
            the rows written, missed ones not among them.

        Raises:
            LeaseLost, OperationalError: as `Looking.look`.
        """
        looks = []
        self._load()
        with _signals(self.stop):
            for watch in self._watches.values():
                if self._stopping:
                    break
                self.holding.renew()
                slot = self._catch_up(watch)
                if slot is not None and self._has_room():
                    looks.append(self.looking.look(watch, slot))
            self._screen_past(whole=True)
            self._beat()
        self.deliver()
        self.keep()
        return looks

    def round(self) -> None:
        """Start what is due, take up what was asked, and do the small duties."""
        try:
            self.holding.renew()
            self._load()
            for watch in self._due():
                self._start(watch)
            self._collect()
            self._screen_past(whole=False)
            self._beat()
            self._beside_asking("deliver", self.deliver)
            self._beside_asking("keep", self.keep)
        except (OperationalError, InterfaceError) as error:
            # The database is locked, full or away. Nothing is lost: what is due stays due.
            _log.warning("the ledger cannot be written: %s", error)
            close_old_connections()
            self.clock.sleep(PUT_OFF_S)

    # --- what is due -------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the watches anew, now and then, and at once when the clock was set back."""
        now, passed = self.clock.now(), self.clock.monotonic()
        set_back = self._last_now is not None and now < self._last_now
        self._last_now = now
        fresh = self._loaded_at is not None and passed - self._loaded_at < RELOADED_S
        if fresh and not set_back:
            return
        self._loaded_at = passed
        if set_back:
            self._next.clear()
        watches = Watch.objects.filter(stopped_at=None).order_by("id")
        self._watches = {watch.pk: watch for watch in watches}

    def _due(self) -> "Iterator[Watch]":
        now = self.clock.now()
        for pk, watch in self._watches.items():
            if self._stopping or len(self._running) >= max(1, self.workers):
                return
            if _lane(watch) in self._running or self._next.get(pk, now) > now:
                continue
            yield watch

    def _catch_up(self, watch: Watch) -> datetime | None:
        """Write the rows of lost slots; return the slot to look at now, None if that is done."""
        now = self.clock.now()
        found = due(watch, now)
        if found is None:
            self._next[watch.pk] = next_slot(watch, now)
            return None
        if found.lost:
            words = _("Nobody watched at that time.")
            with transaction.atomic():
                self.holding.check()
                rows = missed_rows(watch, found.lost, now, words)
                Look.objects.bulk_create(rows, ignore_conflicts=True)
                if self._tells_of_missed(now):
                    telling.of_missed(Look.objects.filter(watch=watch, slot__in=_slots(rows)), now)
            self._missed_told_at = now
        return found.slot

    def _tells_of_missed(self, now: datetime) -> bool:
        """Return whether missed slots are news: one absence of ours is missed by every watch."""
        told = self._missed_told_at
        return told is None or not told <= now < told + _ONE_ABSENCE

    def _has_room(self) -> bool:
        if self.captures is None:
            return True
        folder = self.captures
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        if shutil.disk_usage(folder).free >= RESERVE_BYTES:
            return True
        _log.warning("the disk of %s is nearly full; nothing is asked", folder)
        return False

    # --- asking ------------------------------------------------------------------------------

    def _start(self, watch: Watch) -> None:
        slot = self._catch_up(watch)
        if slot is None:
            return
        if not self._has_room():
            self._put_off(watch)
            return
        if self._pool is None:
            self._guarded(watch, lambda: self.looking.look(watch, slot))
            return
        steps = self.looking.steps(watch, slot)
        self._advance(watch, steps, lambda: next(steps))

    def _advance(self, watch: Watch, steps: Steps, step: Callable[[], Work]) -> None:
        """Take one step of a slot here, and give what it wants asked to the pool."""
        work: list[Work] = []
        self._guarded(watch, lambda: work.append(step()))
        if work and self._pool is not None:
            self._running[_lane(watch)] = _Running(watch, steps, self._pool.submit(work[0]))

    def _guarded(self, watch: Watch, step: Callable[[], object]) -> None:
        try:
            step()
        except StopIteration:
            pass
        except (OperationalError, InterfaceError):
            self._put_off(watch)
            raise

    def _put_off(self, watch: Watch) -> None:
        self._next[watch.pk] = self.clock.now() + timedelta(seconds=PUT_OFF_S)

    def _collect(self) -> None:
        """Take up slots whose asking is done; wait a moment for the first."""
        futures = [running.future for running in self._running.values()]
        if futures:
            wait(futures, timeout=TICK_S, return_when=FIRST_COMPLETED)
        for lane, running in list(self._running.items()):
            if running.future.done():
                del self._running[lane]
                self._resume(running)

    def _resume(self, running: _Running) -> None:
        steps, error = running.steps, running.future.exception()
        if error is None:
            self._advance(running.watch, steps, lambda: next(steps))
        elif isinstance(error, Exception):
            failed = error
            self._advance(running.watch, steps, lambda: steps.throw(failed))
        else:
            raise error

    @contextmanager
    def _threads(self) -> "Iterator[None]":
        if not self.workers:
            yield
            return
        with ThreadPoolExecutor(self.workers + 2, thread_name_prefix="asking") as pool:
            self._pool = pool
            try:
                yield
            finally:
                self._pool = None

    # --- small duties ------------------------------------------------------------------------

    def _screen_past(self, *, whole: bool) -> None:
        while self._past.batch(self.clock.now(), self.holding.check) and whole:
            self.holding.renew()

    def _beside_asking(self, name: str, duty: Callable[[], object]) -> None:
        """Have a duty done beside the asking: a slow mail server must not stop the watch."""
        if self._pool is None:
            duty()
            return
        before = self._beside.get(name)
        if before is None or before.done():
            if before is not None:
                # What the last round raised is told here, once.
                before.result()
            self._beside[name] = self._pool.submit(_in_a_thread, duty)

    def _beat(self) -> None:
        """Tell once a day that watching goes on."""
        now = self.clock.now()
        day = (now - timedelta(hours=BEATS_AT_HOUR)).date()
        if not self._watches or Heartbeat.objects.filter(day=day).exists():
            return
        with transaction.atomic():
            self.holding.check()
            Heartbeat.objects.create(day=day, at=now)
            tell([Cause(CauseKind.HEARTBEAT, now)])


def _in_a_thread(duty: Callable[[], object]) -> None:
    try:
        duty()
    finally:
        connections.close_all()


def _slots(rows: Iterable[Look]) -> list[datetime]:
    return [row.slot for row in rows]


def _lane(watch: Watch) -> str:
    """Return what may be asked by one thread only: a source; of a platform, one court of it.

    Watches of one court by two routes share a lane: what one of them writes, the other compares
    with.
    """
    return f"{watch.source} {watch.court}"


@contextmanager
def _signals(stop: Callable[[], None]) -> "Iterator[None]":
    """Call `stop` on the first SIGTERM or SIGINT; a second one ends the process as usual."""
    before: dict[signal.Signals, object] = {}

    def stopping(number: int, _frame: FrameType | None) -> None:
        stop()
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else _interrupt)

    def _interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # Only the main thread of a process may take signals; a test or a server runs it elsewhere.
    with suppress(ValueError):
        for one in (signal.SIGTERM, signal.SIGINT):
            before[one] = signal.signal(one, stopping)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)  # type: ignore[arg-type]
