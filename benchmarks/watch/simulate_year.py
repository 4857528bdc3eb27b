"""A simulated year: the watcher against the replica, with faults, dark days and kill -9 at random.

    python benchmarks/watch/simulate_year.py --days 365 --seed 1

Time is simulated; requests, TLS, records, database and kills are real. At the end what the ledger
and the outbox hold is compared with what was planted: every appearance, change, move, vanishing and
return once, nothing else; every message to the webhook once. Exit code 1 if anything differs.
"""

import argparse
import json
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path

HERE = Path(__file__).parent
_GLANCE_S = 0.05
_A_MOMENT_S = 1.0
"""So that a kill falls into reading, reconciling, storing and sending as well."""
sys.path.insert(0, str(HERE.parents[1]))

from benchmarks.watch import hooks, simulated_clock, verdict  # noqa: E402

from habeas.replica import Replica, ReplicaClock, serving  # noqa: E402
from habeas.replica.year import COURTS, Year, plan_year  # noqa: E402


def main() -> int:
    """Play a year and compare."""
    wishes = _arguments()
    year = plan_year(wishes.seed, wishes.days, courts=COURTS[: wishes.courts])
    with _folder(wishes.keep) as folder:
        os.environ["HABEAS_HOME"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
        began = datetime.combine(year.script.start, time_of_day(0, 5), UTC)
        clock = simulated_clock.SimulatedClock(folder / "clock", began)
        replica_clock = ReplicaClock.following(year.script.start, clock.now)
        begun = time.monotonic()
        with (
            serving(year.script, faults=year.faults, clock=replica_clock) as replica,
            hooks.catching() as caught,
        ):
            _prepare(year, caught, began)
            kills = _play(wishes, year, replica, folder)
        seconds = time.monotonic() - begun
        found = verdict.compare(year, wishes.days, caught)
    found.figures |= {
        "days": wishes.days,
        "kills": kills,
        "requests": len(replica.asked),
        "faults ordered": len(year.faults),
        "answers spoilt on the line": sum(bool(one.faults) for one in replica.asked),
        "dark days": len(year.dark),
        "real seconds": round(seconds),
    }
    print(found.told())
    if wishes.page is not None:
        wishes.page.write_text(found.page(wishes.seed), "utf-8")
    return 1 if found.wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--courts", type=int, default=len(COURTS), help="how many are watched")
    parser.add_argument(
        "--kill-every", type=float, default=400.0, help="mean number of requests; 0: never"
    )
    parser.add_argument("--keep", type=Path, help="folder for database and captures, kept")
    parser.add_argument("--page", type=Path, help="Markdown file to write the counts to")
    return parser.parse_args()


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="habeas-year-") as name:
        yield Path(name)


def _prepare(year: Year, caught: hooks.Caught, began: datetime) -> None:
    """Make the database, the people, the watches and the webhook."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from habeas.replica.year import WINDOW
    from habeas.watch.adding import Wish, add_person, add_source
    from habeas.watch.models import Channel

    call_command("migrate", verbosity=0, skip_checks=True)
    for number, person in enumerate(year.sought, 1):
        add_person(person.full, began, code=f"S{number}")
    for court in year.courts:
        wish = Wish(court.source, court.court, every="P1D", days_back=WINDOW, days_ahead=WINDOW)
        add_source(wish, began)
    Channel.objects.create(kind="webhook", address=caught.address, added_at=began)
    connections.close_all()


def _play(wishes: argparse.Namespace, year: Year, replica: Replica, folder: Path) -> int:
    """Run the watcher as a process of its own, killing it now and then; return how often."""
    plan = folder / "plan.json"
    plan.write_text(
        json.dumps(
            {
                "ca": str(replica.ca),
                "replicas": dict(replica.at),
                "dark": sorted(year.dark),
                "days": wishes.days,
                "start": year.script.start.isoformat(),
            }
        )
    )
    chance = random.Random(wishes.seed)  # noqa: S311 - when to kill, no secret
    kills = 0
    while True:
        worker = subprocess.Popen([sys.executable, str(HERE / "year_worker.py"), str(folder)])
        code = _until_killed(worker, replica, chance, wishes.kill_every)
        if code == 0:
            return kills
        if code != -signal.SIGKILL:
            raise SystemExit(f"the watcher ended with {code}")
        kills += 1


def _until_killed(
    worker: "subprocess.Popen[bytes]", replica: Replica, chance: random.Random, every: float
) -> int:
    """Wait for the watcher's end, or bring it about; return its exit code.

    It is killed after so many requests and a moment, not after so many seconds: on a slow machine
    it would otherwise die again and again before it got anywhere.
    """
    after = len(replica.asked) + 1 + (chance.expovariate(1 / every) if every else math.inf)
    moment = chance.uniform(0, _A_MOMENT_S)
    while worker.poll() is None:
        if len(replica.asked) >= after:
            time.sleep(moment)
            worker.send_signal(signal.SIGKILL)
            break
        time.sleep(_GLANCE_S)
    return worker.wait()


if __name__ == "__main__":
    sys.exit(main())
