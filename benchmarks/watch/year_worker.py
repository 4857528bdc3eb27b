"""The watcher of the simulated year, as a process that may be killed at any moment."""

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.watch.simulated_clock import SimulatedClock

_A_LITTLE = timedelta(seconds=30)


def main(folder: Path) -> None:
    """Look at whatever is due, then let time pass until something is; until the year is over."""
    django.setup()
    from habeas.watch.building import Wishes, watcher
    from habeas.watch.models import Watch
    from habeas.watch.schedule import next_slot

    plan = json.loads((folder / "plan.json").read_text())
    clock = SimulatedClock(folder / "clock")
    start = date.fromisoformat(plan["start"])
    dark = {start + timedelta(days=day) for day in plan["dark"]}
    end = start + timedelta(days=plan["days"])
    wishes = Wishes(
        captures=folder / "captures",
        ca=Path(plan["ca"]),
        replicas=plan["replicas"],
        workers=0,
        clock=clock,
    )
    with watcher(wishes) as service:
        while clock.now().date() < end:
            service.run_once()
            moment = min(next_slot(watch, clock.now()) for watch in Watch.objects.all())
            clock.until(_lit(moment, dark) + _A_LITTLE)


def _lit(moment: datetime, dark: set[date]) -> datetime:
    """Return a moment, or the end of the dark days that it falls in: nobody watches then."""
    while moment.date() in dark:
        moment += timedelta(days=1)
    return moment


if __name__ == "__main__":
    main(Path(sys.argv[1]))
