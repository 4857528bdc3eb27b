"""What a team costs a page: the log, and the rule of named cases, beside one owner alone.

The same pages of the same people (see `bench_cases`), asked in turn by the owner before there is a
team, by a member who sees all, and by one who sees named cases; on SQLite. CPU time of this
process, medians, as ratios to the owner alone, since other work may run on the machine.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import bench_cases  # type: ignore[import-not-found]  # beside this file

if TYPE_CHECKING:
    from django.test import Client

_PAGES = ("board/", "cases/P{n}/", "cases/P{n}/dossier/", "people/P{n}/", "")
ALONE, ALL, NAMED = "alone", "all", "named"


def main() -> int:
    """Fill a database, ask the pages as each of the three, tell the ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--statements", type=int, default=30_000)
    options.add_argument("--granted", type=int, default=50)
    options.add_argument("--rounds", type=int, default=20)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as home:
        os.environ["HABEAS_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
        from habeas.site import serving

        serving.prepare()
        bench_cases._filled(chosen.people, chosen.statements)  # noqa: SLF001 - the same people
        alone = _times(_client("owner"), chosen.granted, chosen.rounds)
        _team(chosen.granted)
        found = {
            ALL: _times(_client("editor"), chosen.granted, chosen.rounds),
            NAMED: _times(_client("volunteer"), chosen.granted, chosen.rounds),
        }
    print(f"{'page':24}{'alone, ms':>12}{'sees all':>12}{'named':>12}")
    for page in _PAGES:
        ratios = "".join(f"{found[who][page] / alone[page]:>12.2f}" for who in (ALL, NAMED))
        print(f"{page or 'overview':24}{alone[page]:>12.1f}{ratios}")
    return 0


def _client(user: str) -> "Client":
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get_or_create(username=user)[0])
    return client


def _team(granted: int) -> None:
    from habeas.cases.access import members
    from habeas.cases.access.members import Terms
    from habeas.cases.statements.models import Subject
    from habeas.cases.statements.recording import Hand

    hand = Hand("owner", bench_cases.NOW)
    members.put("editor", Terms("editor"), hand)
    members.put("volunteer", Terms("volunteer", named=True), hand)
    for n in range(granted):
        members.grant(Subject.objects.get(code=f"P{n}"), "volunteer", hand)


def _times(client: "Client", granted: int, rounds: int) -> dict[str, float]:
    """Return the median CPU time of each page in ms."""

    def timed(ask: Callable[[], object]) -> float:
        started = time.process_time()
        ask()
        return (time.process_time() - started) * 1000

    found = {}
    for page in _PAGES:
        client.get("/en/" + page.format(n=0))
        found[page] = statistics.median(
            timed(lambda n=n, page=page: client.get("/en/" + page.format(n=n % granted)))  # type: ignore[misc]
            for n in range(rounds)
        )
    return found


if __name__ == "__main__":
    raise SystemExit(main())
