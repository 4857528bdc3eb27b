"""A national day: 2,300 day lists of 100 rows against 10,000 sought people, replayed on one core.

    python benchmarks/watch/bench_national_day.py [--lists 2300] [--rows 100] [--people 10000]

Each list is a page in the structure of sudrf.ru (first generation), built here with invented
people, and goes through the product's own steps: read by the adapter, reconciled, screened, stored
in SQLite with one durable transaction for each court. Asking is left out: the pages come from
memory, as from a recording. A second day follows, on which a share of the rows is new or changed.

Prints one JSON object: processor seconds of each step, memory at a tenth, half and the end.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

_HOME = tempfile.TemporaryDirectory(prefix="habeas-bench-")
os.environ["HABEAS_HOME"] = _HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"

import django  # noqa: E402 - after the settings it reads

django.setup()

from django.core.management import call_command  # noqa: E402 - after the set-up

from habeas.errors import Retry  # noqa: E402
from habeas.sources.contract import Capture, Obstacle, Request  # noqa: E402
from habeas.sources.registry import source  # noqa: E402
from habeas.watch import ledger, matching, reconciling, screening, vanishing  # noqa: E402
from habeas.watch.breaker import Breaker  # noqa: E402
from habeas.watch.looking import Looking  # noqa: E402
from habeas.watch.models import Event, Look, Match, Mention, Person, Spelling, Watch  # noqa: E402
from habeas.watch.pulling import Puller  # noqa: E402
from habeas.watch.routes import Routes  # noqa: E402

if TYPE_CHECKING:
    from habeas.fetch import Answer

DAY = date(2026, 11, 24)
SOUGHT_ON_LISTS = 40
"""How many of the sought people are printed somewhere, so that there is something to find."""


# --- pages -----------------------------------------------------------------------------------


@cache
def table(name: str, column: str) -> list[str]:
    """Return a column of one of the product's tables of names."""
    text = (files("habeas.names") / "tables" / name).read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    place = lines[0].index(column)
    return [line[place] for line in lines[1:]]


@cache
def _names() -> tuple[list[str], list[str]]:
    letters = set("абвгдежзийклмнопрстуфхцчшщъыьэюяё-")
    given = [name for name in table("given_names.tsv", "spelling") if set(name.lower()) <= letters]
    return given, [name for name in table("surnames.tsv", "stem") if len(name) > 3]


class Names:
    """Invented people: names of the product's tables, joined by chance."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - no secret depends on it
        self._given, self._surnames = _names()

    def surname(self) -> str:
        """Return a surname; half of them are made of given names, as most are in Central Asia."""
        if self._dice.random() < 0.5:
            return self._dice.choice(self._surnames).capitalize()
        return self._dice.choice(self._given).capitalize().rstrip("аиоуы") + "ов"

    def full(self) -> str:
        """Return surname, given name and father's name."""
        father = self._dice.choice(self._given).capitalize().rstrip("аиоуы") + "ович"
        return f"{self.surname()} {self._dice.choice(self._given).capitalize()} {father}"

    def short(self, full: str = "") -> str:
        """Return surname and initials, as lists print them."""
        surname, given, father = (full or self.full()).split()
        return f"{surname} {given[0]}.{father[0]}."


ROW = (
    "<tr valign=top><td align=center>{n}.</td><td><a href='/modules.php?name=sud_delo&srv_num=1"
    "&name_op=case&case_id={id}&case_uid={uid}&delo_id=1500001'>5-{n}/2026</a></td>"
    "<td align=center>&nbsp;{hour:02}:{minute:02}</td><td>зал {room}</td>"
    "<td style='width:45%'>{name} - ст.18.8 ч.1.1 КоАП РФ</td><td>{judge}</td>"
    "<td>&nbsp;{result}</td><td>&nbsp;</td></tr>"
)


class Lists:
    """Pages of day lists for any court."""

    def __init__(self, rows: int, sought: list[str]) -> None:
        page = files("habeas.sources.catalog.ru_sudrf") / "pages" / "day-first-generation.html"
        text = page.read_bytes().decode("windows-1251")
        begins = text.index("<tr valign=")
        ends = text.rindex("</tr>", 0, text.index("</table>", begins)) + len("</tr>")
        heading = text.rindex("<tr>", 0, begins)
        self._before, self._after = text[:heading], text[ends:]
        self._section = (
            '<tr><td colspan="8" align="center"><b>Дела об административных правонарушениях - '
            "первая инстанция</b></td></tr>"
        )
        self._rows = rows
        self._sought = sought

    def page(self, court: int, courts: int, *, second: bool) -> bytes:
        """Return the list of a court; on the second day one row in twenty is new or changed."""
        names, others = Names(court), Names(-court - 1)
        dice = random.Random(court)  # noqa: S311 - no secret depends on it
        judges = [names.short() for _ in range(6)]
        planted = court * SOUGHT_ON_LISTS // courts != (court + 1) * SOUGHT_ON_LISTS // courts
        rows = []
        for n in range(1, self._rows + 1):
            name = names.short()
            if planted and n == 50:
                name = names.short(self._sought[court * SOUGHT_ON_LISTS // courts])
            new = second and n % 40 == 0
            number = court * 1_000_000 + n + (500_000 if new else 0)
            rows.append(
                ROW.format(
                    n=n,
                    id=number,
                    uid=f"0a1b2c3d-0001-4e5f-8a6b-{number:012d}",
                    hour=9 + n % 9,
                    minute=dice.randrange(0, 60, 5),
                    room=n % 12,
                    name=others.short() if new else name,
                    judge=judges[n % 6],
                    result="Отложено" if second and n % 40 == 1 else "",
                )
            )
        text = self._before + self._section + "".join(rows) + self._after
        return text.replace("16.09.2026", f"{DAY:%d.%m.%Y}").encode("windows-1251", "replace")


class FromMemory:
    """Answers with pages that were made before; stands for a recording."""

    def __init__(self) -> None:
        self.body = b""

    def ask(self, request: Request, *, source: object = None) -> "Answer":
        """Return the page that is set; of a card, that the recording does not hold it."""
        del source
        if "name_op=case" in request.url:
            return self._answer(Capture(b"", url=request.url), Obstacle.NOT_RECOGNISED)
        capture = Capture(
            self.body, url=request.url, status=200, content_type="text/html; charset=windows-1251"
        )
        return self._answer(capture, None)

    def _answer(self, capture: Capture, obstacle: Obstacle | None) -> "Answer":
        record = SimpleNamespace(path="recording.warc.gz", record_id="urn:uuid:none")
        answer = SimpleNamespace(
            capture=capture,
            obstacle=obstacle,
            retry=Retry.NEVER,
            explanation="",
            record=record,
            exchange=SimpleNamespace(visit=""),
        )
        return cast("Answer", answer)

    def end_visit(self, host: str) -> None:
        """Nobody handed over a visit here."""


class Clock:
    """Stands still unless it is set."""

    def __init__(self) -> None:
        self.wall = datetime.combine(DAY, datetime.min.time(), UTC)

    def now(self) -> datetime:
        """Return the set time."""
        return self.wall

    def monotonic(self) -> float:
        """Return zero: nothing waits here."""
        return 0.0

    def sleep(self, seconds: float) -> None:
        """Do not wait."""


# --- measuring -------------------------------------------------------------------------------


class Stopwatch:
    """Adds up the time spent in the product's steps."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def around(self, owner: Any, name: str, step: str) -> None:  # noqa: ANN401 - any module or class
        """Time a function of a module or class from now on."""
        original: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed through
            with self.measuring(step):
                return original(*args, **kwargs)

        setattr(owner, name, timed)

    @contextmanager
    def measuring(self, step: str) -> Iterator[None]:
        """Time a block."""
        began = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - began
            self.seconds[step] = self.seconds.get(step, 0.0) + spent


def memory_mb() -> float:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def day(
    looking: Looking, asking: FromMemory, pages: Iterator[bytes], slot: datetime
) -> dict[str, Any]:
    """Replay one day; return what was measured."""
    watches = list(Watch.objects.order_by("id"))
    making = work = 0.0
    memory = []
    for number, watch in enumerate(watches):
        began = time.process_time()
        asking.body = next(pages)
        made = time.process_time()
        look = looking.look(watch, slot)
        work += time.process_time() - made
        making += made - began
        assert look.confirmed, look.explanation
        if number in {len(watches) // 10, len(watches) // 2, len(watches) - 1}:
            memory.append(round(memory_mb()))
    return {"seconds": round(work, 1), "memory_mb": memory, "pages_made_s": round(making, 1)}


def fill(options: argparse.Namespace, sought: list[str]) -> None:
    """Put the people and the courts into a new database."""
    call_command("migrate", verbosity=0, skip_checks=True)
    at = datetime.combine(DAY, datetime.min.time(), UTC)
    people = Person.objects.bulk_create(
        Person(code=f"P{n}", added_at=at) for n in range(len(sought))
    )
    Spelling.objects.bulk_create(
        Spelling(person=person, text=text, added_at=at)
        for person, text in zip(people, sought, strict=True)
    )
    Watch.objects.bulk_create(
        Watch(
            source="ru_sudrf",
            court=f"court{n}--xx.sudrf.ru",
            every_s=86400,
            days_back=0,
            days_ahead=0,
            added_at=at,
        )
        for n in range(options.lists)
    )


def stored() -> dict[str, int]:
    """Return how many rows there are, and how large the database is."""
    return {
        "looks": Look.objects.count(),
        "mentions": Mention.objects.count(),
        "events": Event.objects.count(),
        "matches": Match.objects.count(),
        "database_mb": round((Path(_HOME.name) / "habeas.sqlite3").stat().st_size / 1e6),
    }


def timed_steps(watch: Stopwatch) -> None:
    """Time the product's own steps."""
    watch.around(cast("Any", source("ru_sudrf").adapter), "parse", "parse")
    watch.around(reconciling, "compare", "reconcile")
    watch.around(vanishing, "absent", "reconcile")
    watch.around(screening, "likely", "screen")
    watch.around(matching, "match", "screen")
    watch.around(reconciling, "write", "store")
    watch.around(ledger, "write_listings", "store")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lists", type=int, default=2300)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    names = Names(10**9)
    sought = [names.full() for _ in range(options.people)]
    fill(options, sought)
    clock, asking, watch = Clock(), FromMemory(), Stopwatch()
    with watch.measuring("index_people"):
        who = screening.people()
    looking = Looking(Puller(Routes({"direct": asking}), Breaker(clock.monotonic), clock), clock)
    looking._people = who  # noqa: SLF001 - the index is measured by itself
    timed_steps(watch)
    lists = Lists(options.rows, sought)
    result: dict[str, Any] = {
        "options": vars(options),
        "python": sys.version.split()[0],
        "index_people_s": round(watch.seconds["index_people"], 1),
    }
    for name, second in (("first_day", False), ("second_day", True)):
        watch.seconds.clear()
        clock.wall += timedelta(hours=1)
        pages = (lists.page(n, options.lists, second=second) for n in range(options.lists))
        result[name] = day(looking, asking, pages, clock.now())
        result[name]["steps_s"] = {key: round(value, 1) for key, value in watch.seconds.items()}
    result["rows"] = options.lists * options.rows
    result["stored"] = stored()
    result["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
