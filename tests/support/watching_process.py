"""A watcher in a process of its own, which can be told to die at a given step: `kill -9`, no less.

Run as a script: home of the database, port of the invented court, time of day, step to die at.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = {
    "before_asking": ("habeas.watch.pulling", "Puller.lists", "before"),
    "after_lists": ("habeas.watch.pulling", "Puller.lists", "after"),
    "before_cards": ("habeas.watch.pulling", "Puller.own_pages", "before"),
    "after_cards": ("habeas.watch.pulling", "Puller.own_pages", "after"),
    "row_written": ("habeas.watch.ledger", "write_listings", "before"),
    "entries_written": ("habeas.watch.ledger", "write_listings", "after"),
    "matched": ("habeas.watch.screening", "match", "after"),
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


def main(home: str, port: str, now: str, step: str) -> None:
    """Watch once."""
    os.environ["HABEAS_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
    import django

    django.setup()
    import invented_court

    from habeas.watch import planning
    from habeas.watch.building import Wishes, watcher

    setattr(planning, "source", lambda _source_id: invented_court.source())  # noqa: B010 - for mypy
    if step:
        arm(step)
    clock = Clock(datetime.fromisoformat(now))
    replicas = {invented_court.HOST: f"127.0.0.1:{port}"}
    with watcher(Wishes(Path(home) / "captures", replicas=replicas, workers=0, clock=clock)) as one:
        one.run_once()


if __name__ == "__main__":
    main(*sys.argv[1:])
