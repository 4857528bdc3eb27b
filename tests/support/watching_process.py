"""A watcher in a process of its own, which can be told to die at a given step: `kill -9`, no less.

    with nursery() as watchers:
        code = watchers.run(folder, court.port, now, step="committed")

Run as a script it imports everything once, and then forks a process for each line it is given: to
start Python and Django anew each time would take most of the time of these tests.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = {
    "before_asking": ("habeas.watch.pulling", "Puller.lists", "before"),
    "after_lists": ("habeas.watch.pulling", "Puller.lists", "after"),
    "before_cards": ("habeas.watch.pulling", "Puller.own_pages", "before"),
    "after_cards": ("habeas.watch.pulling", "Puller.own_pages", "after"),
    "row_written": ("habeas.watch.ledger", "write_listings", "before"),
    "entries_written": ("habeas.watch.ledger", "write_listings", "after"),
    "matched": ("habeas.watch.matching", "match", "after"),
    "before_commit": ("habeas.watch.telling", "of_failures", "after"),
    "committed": ("habeas.watch.looking", "Looking._settle", "after"),
    "missed_written": ("habeas.watch.telling", "of_missed", "after"),
    "capture_written": ("habeas.evidence.writing", "write_file", "after"),
    "capture_sealed": ("habeas.evidence.seals.pen", "append", "after"),
}


class Clock:
    """Stands at a given time; sleeping passes it."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._passed = 0.0

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    def sleep(self, seconds: float) -> None:
        self._passed += seconds


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str) -> None:
    """Die before or after a function is called."""
    from importlib import import_module

    module, path, when = STEPS[step]
    owner: Any = import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    original: Callable[..., Any] = getattr(owner, name)

    def dying(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        result = original(*args, **kwargs)
        die()
        return result

    setattr(owner, name, dying)


def watch_once(home: str, port: int, now: str, step: str) -> None:
    """Watch once, or until the step at which to die."""
    import invented_court
    from django_ready import use

    from habeas.watch import planning
    from habeas.watch.building import Wishes, watcher

    use(Path(home) / "habeas.sqlite3", os.environ["HABEAS_DATABASE"])
    setattr(planning, "source", lambda _source_id: invented_court.source())  # noqa: B010 - for mypy
    if step:
        arm(step)
    clock = Clock(datetime.fromisoformat(now))
    replicas = {invented_court.HOST: f"127.0.0.1:{port}"}
    with watcher(Wishes(Path(home) / "captures", replicas=replicas, workers=0, clock=clock)) as one:
        one.run_once()


@dataclass(frozen=True)
class Nursery:
    """A process that forks watchers."""

    orders: IO[str]
    ends: IO[str]

    def run(self, folder: Path, port: int, now: datetime, step: str = "") -> int:
        """Run a watcher once; return how it ended: 0, or minus the signal that killed it."""
        order = {
            "home": str(folder),
            "port": port,
            "now": now.isoformat(),
            "step": step,
            "database": os.environ["HABEAS_DATABASE"],
        }
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        code, _space, words = self.ends.readline().partition(" ")
        assert step or code == "0", words
        return int(code)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Start a process that forks watchers, until the block ends."""
    paths = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Nursery(process.stdin, process.stdout)
        process.stdin.close()


def main() -> None:
    """Fork a watcher for each line of the input, and write how it ended."""
    import django_ready
    import invented_court  # noqa: F401 - for the processes to come

    import habeas.watch.building  # noqa: F401 - as above

    # What a forked process leaves behind is its parent's.
    del django_ready
    for line in sys.stdin:
        order = json.loads(line)
        os.environ["HABEAS_DATABASE"] = order.pop("database")
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                watch_once(**order)
            except BaseException:  # noqa: BLE001 - told to the test, whatever it was
                os.write(write, traceback.format_exc().replace("\n", " | ").encode())
                os._exit(1)
            os._exit(0)
        os.close(write)
        _pid, status = os.waitpid(child, 0)
        with os.fdopen(read, errors="replace") as words:
            sys.stdout.write(f"{os.waitstatus_to_exitcode(status)} {words.read()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
