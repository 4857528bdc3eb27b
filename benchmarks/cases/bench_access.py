"""What a team costs a page: the log, the rule of named cases, and the row security of PostgreSQL.

The same pages of the same people (see `bench_cases`), asked in turn by an owner alone without a
team, by a member who sees all, and by one who sees named cases; on PostgreSQL also by one whom the
database itself keeps to their cases. Each has a copy of the same database, and they take turns
after every few questions, since other work may run on the machine. Told is CPU time, medians, as
ratios to the owner alone: that of this process and, on PostgreSQL, that of the server's process.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bench_cases  # type: ignore[import-not-found]  # beside this file

if TYPE_CHECKING:
    from django.test import Client

_PAGES = ("board/", "cases/P{n}/", "cases/P{n}/dossier/", "people/P{n}/", "")
ALONE, ALL, NAMED, GUARDED = "alone", "log", "log, named", "log, named, row security"
_EACH = 5
"""Questions of one turn; the first of them is not counted."""


@dataclass(frozen=True)
class Place:
    """Who asks, and the way to their copy of the database."""

    who: str
    user: str
    use: Callable[[], None]


def main() -> int:
    """Fill a database, ask the pages as each of them, tell the ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--statements", type=int, default=30_000)
    options.add_argument("--granted", type=int, default=50)
    options.add_argument("--rounds", type=int, default=80)
    options.add_argument("--postgresql", action="store_true")
    chosen = options.parse_args()
    sys.path.insert(0, str(bench_cases.ROOT / "tests" / "support"))
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        made = _on_postgresql if chosen.postgresql else _on_sqlite
        places = list(made(Path(folder), chosen))
        found = _times(places, chosen)
        places[0].use()
    others = [place.who for place in places[1:]]
    print(f"| page | {ALONE}, ms | {' | '.join(others)} |")
    print(f"|---|--:|{'--:|' * len(others)}")
    for page in _PAGES:
        alone = found[ALONE, page]
        ratios = " | ".join(f"{(found[who, page] / alone - 1) * 100:+.0f} %" for who in others)
        print(f"| {page or 'overview'} | {alone:.1f} | {ratios} |")
    return 0


def _on_sqlite(folder: Path, chosen: argparse.Namespace) -> Iterator[Place]:
    import django_ready

    alone, team = folder / "alone.sqlite3", folder / "team.sqlite3"
    shutil.copy(django_ready.migrated(), alone)
    django_ready.use(alone)
    _fill(chosen)
    django_ready.use(folder / "none.sqlite3")
    shutil.copy(alone, team)
    django_ready.use(team)
    _team(chosen.granted)
    yield Place(ALONE, "owner", lambda: django_ready.use(alone))
    yield Place(ALL, "editor", lambda: django_ready.use(team))
    yield Place(NAMED, "volunteer", lambda: django_ready.use(team))


def _on_postgresql(folder: Path, chosen: argparse.Namespace) -> Iterator[Place]:
    """Yield copies that belong to a plain account, as those of a team should."""
    copies = _Copies(folder)
    from django.core.management import call_command

    from habeas.cases.access.rows import setting_up

    copies.make("alone", "template0")
    call_command("migrate", verbosity=0, skip_checks=True)
    _fill(chosen)
    _analyse()
    copies.make("team", "alone")
    _team(chosen.granted)
    _analyse()
    copies.make("guarded", "team")
    setting_up.set_up()
    _analyse()
    yield Place(ALONE, "owner", copies.use("alone"))
    yield Place(ALL, "editor", copies.use("team"))
    yield Place(NAMED, "volunteer", copies.use("team"))
    yield Place(GUARDED, "volunteer", copies.use("guarded"))


class _Copies:
    """Databases of a server of our own, which belong to the account "bench"."""

    def __init__(self, folder: Path) -> None:
        import django_ready  # noqa: F401 - sets Django up
        import postgresql

        server = postgresql.cluster()
        if server is None:
            raise SystemExit(postgresql.MISSING)
        self._server, self._folder = server, folder
        self._tell("CREATE ROLE bench LOGIN CREATEROLE")

    def make(self, name: str, template: str) -> None:
        """Make a copy of a database, and use it."""
        import django_ready

        django_ready.use(self._folder / "none.sqlite3")
        self._server.create(name, template=template)
        self._tell(f"ALTER DATABASE {name} OWNER TO bench")
        self.use(name)()

    def use(self, name: str) -> Callable[[], None]:
        """Return what points further questions at a database."""
        import django_ready

        return lambda: django_ready.use(self._folder, self._server.address(name, "bench"))

    def _tell(self, line: str) -> None:
        import psycopg

        with psycopg.connect(self._server.address("postgres"), autocommit=True) as above:
            above.execute(line)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _fill(chosen: argparse.Namespace) -> None:
    """Write the people, and put what speaks of each into their file."""
    from django.db.models import F

    from habeas.cases.statements.models import Filed, Statement

    bench_cases._filled(chosen.people, chosen.statements)  # noqa: SLF001 - the same people
    said = Statement.objects.values("subject", "document").distinct()
    pairs = said.annotate(one=F("subject_id"), paper=F("document_id")).values_list("one", "paper")
    Filed.objects.bulk_create(
        [Filed(subject_id=one, document_id=paper, by="b") for one, paper in pairs],
        batch_size=2_000,
    )


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


def _times(places: list[Place], chosen: argparse.Namespace) -> dict[tuple[str, str], float]:
    """Return the median CPU time of each page in ms, by who asked."""
    clients = {}
    for place in places:
        place.use()
        clients[place.who] = _client(place.user)
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for turn in range(max(1, chosen.rounds // (_EACH - 1))):
        for page in _PAGES:
            for place in places:
                place.use()
                address = "/en/" + page.format(n=turn % chosen.granted)
                asked = [_timed(clients[place.who], address) for _time in range(_EACH)]
                times[place.who, page] += asked[1:]
    return {key: statistics.median(found) for key, found in times.items()}


def _timed(client: "Client", address: str) -> float:
    started = _cpu_ms()
    response = client.get(address)
    assert response.status_code == 200, address
    return _cpu_ms() - started


def _cpu_ms() -> float:
    """Return the CPU time of this process, and of the server's that answers it."""
    from django.db import connection

    ours = time.process_time() * 1000
    server: Any = connection
    if connection.vendor != "postgresql" or server.connection is None:
        return ours
    told = Path(f"/proc/{server.connection.info.backend_pid}/schedstat").read_text("ascii")
    return ours + int(told.split()[0]) / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
