"""Case files at the size of a country: 10,000 people, 1,000,000 statements, on SQLite.

Invented people from the reviewed name tables. Each page is asked through the whole site (session,
middleware, templates) many times; CPU time of this process is told, since other work may run on
the machine. `--docs` writes the table that is published.
"""

import argparse
import gzip
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habeas.cases.statements.models import Statement, Subject

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
_CHUNK = 20_000
_PAGE_MS, _SEARCH_MS, _WEIGHT = 150, 200, 30_000
_GIVEN = (
    "Ойбодом",
    "Тасаввур",
    "Хаёл",
    "Саодат",
    "Вымышлен",
    "Небыл",
    "Farrux",
    "Zarina",
    "Рустам",
)
_TERMS = (
    ("accusation", "fraud"),
    ("sentence", "9 years"),
    ("last_seen", "at the bridge"),
    ("detained_on", "2026-11-01"),
    ("removal_ground", "rules of stay"),
    ("note", "a remark"),
    ("known_as", "Небылов"),
    ("official_answer", "does not know"),
)


def main() -> int:
    """Fill a database, ask the pages, tell the times."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--statements", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=40)
    options.add_argument("--docs", action="store_true")
    options.add_argument("--keep", type=Path, help="folder to fill once and to use again")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as fresh:
        home = chosen.keep or Path(fresh)
        os.environ["HABEAS_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
        from habeas.site import serving

        serving.prepare()
        filled, kept = _filled(chosen.people, chosen.statements)
        rows = list(_measured(chosen.people, chosen.rounds))
        size = (home / "habeas.sqlite3").stat().st_size
    table = _table(rows, chosen, filled, kept, size)
    print(table)
    if chosen.docs:
        page = ROOT / "docs" / "reference" / "cases-benchmark.md"
        page.write_text(_PAGE.format(table=table), "utf-8")
    return 0


def _filled(people: int, statements: int) -> tuple[float, float]:
    """Fill the database where it is empty; return the CPU seconds of filling and working out."""
    from habeas.cases.board.models import Standing
    from habeas.watch.models import Person

    filling = 0.0 if Person.objects.exists() else _timed(lambda: _fill(people, statements))
    return filling, 0.0 if Standing.objects.exists() else _timed(_keep)


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _fill(people: int, statements: int) -> None:
    """Write people, documents, statements and look-ups, without the ways of the site."""
    from habeas.cases.lookups.models import LookUp
    from habeas.cases.statements.models import Document, Statement, Subject
    from habeas.watch.models import Person, Spelling

    dice = random.Random(20261124)  # noqa: S311 - the same invented people each time
    stems = _surnames()
    Person.objects.bulk_create(
        [
            Person(code=f"P{n}", added_at=NOW - timedelta(days=dice.randint(1, 900)))
            for n in range(people)
        ],
        batch_size=_CHUNK,
    )
    kept = list(Person.objects.order_by("pk"))
    names = [f"{dice.choice(stems)} {dice.choice(_GIVEN)}" for _ in kept]
    Spelling.objects.bulk_create(
        [
            Spelling(person=person, text=text, added_at=NOW)
            for person, name in zip(kept, names, strict=True)
            for text in (name, " ".join(reversed(name.split())), name.upper())
        ],
        batch_size=_CHUNK,
    )
    Subject.objects.bulk_create(
        [
            Subject(kind="person", code=one.code, person=one, added_by="b", added_at=one.added_at)
            for one in kept
        ],
        batch_size=_CHUNK,
    )
    subjects = list(Subject.objects.order_by("pk"))
    Document.objects.bulk_create(
        [
            Document(kind="article", carrier=f"Gazette {n % 90}", added_by="b")
            for n in range(people)
        ],
        batch_size=_CHUNK,
    )
    papers = list(Document.objects.order_by("pk").values_list("pk", flat=True))
    each = statements // people
    for start in range(0, people, 200):
        Statement.objects.bulk_create(
            [
                one
                for subject in subjects[start : start + 200]
                for one in _said(subject, each, papers, dice)
            ],
            batch_size=2_000,
        )
    LookUp.objects.bulk_create(
        [
            LookUp(
                subject=subject,
                whom=f"Station {n}",
                spelling="x",
                outcome="not_here",
                asked_at=NOW - timedelta(hours=n),
                ask_again_at=NOW + timedelta(hours=dice.randint(-90, 90)),
                by="b",
                at=NOW,
            )
            for subject in subjects
            for n in range(5)
        ],
        batch_size=_CHUNK,
    )


def _surnames() -> list[str]:
    from habeas.names.tables_io import rows

    found = [row[0] for row in rows("surnames", ("stem", "per_million", "languages", "source"))]
    return [one.capitalize() for one in found if len(one) > 4]


def _said(
    subject: "Subject", each: int, papers: list[int], dice: random.Random
) -> "Iterator[Statement]":
    from habeas.cases.statements.models import Statement

    for n in range(each):
        day = NOW - timedelta(days=dice.randint(0, 400))
        term, value = ("custody", "in_custody") if n % 25 == 0 else dice.choice(_TERMS)
        yield Statement(
            subject=subject,
            property=term,
            value=value if dice.random() < 0.8 else f"{value} {dice.randint(2, 9)}",
            about=f"{day:%Y-%m-%d}",
            about_from=day,
            about_to=day + timedelta(days=1),
            speaker=f"Speaker {dice.randint(1, 40)}",
            role="media",
            document_id=dice.choice(papers),
            said_by=day,
            recorded_by="b",
            recorded_at=day,
        )


def _keep() -> None:
    """Work out the board and the search keys of everybody."""
    from habeas.cases.board import keeping
    from habeas.cases.search import indexing

    keeping.refresh_all(NOW)
    indexing.refresh_all()


def _measured(people: int, rounds: int) -> Iterator[tuple[str, list[float], int, int]]:
    """Yield what was asked, its times in ms, its limit in ms, its compressed bytes."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get_or_create(username="owner")[0])
    dice = random.Random(7)  # noqa: S311 - as above
    surnames = _surnames()

    def asked(of: str, ask: Callable[[], object], limit: int) -> tuple[str, list[float], int, int]:
        ask()
        times, weight = [], 0
        for _ in range(rounds):
            started = time.process_time()
            response = ask()
            times.append((time.process_time() - started) * 1000)
            assert response.status_code == 200, of  # type: ignore[attr-defined]
            weight = max(weight, len(gzip.compress(response.content, mtime=0)))  # type: ignore[attr-defined]
        return of, times, limit, weight

    yield asked("board", lambda: client.get("/ru/board/"), _PAGE_MS)
    yield asked(
        "board, a middle part",
        lambda: client.get(f"/ru/board/?part={dice.randint(2, people // 40 or 2)}"),
        _PAGE_MS,
    )
    yield asked("person", lambda: client.get(f"/ru/cases/P{dice.randrange(people)}/"), _PAGE_MS)
    yield asked(
        "search, a surname",
        lambda: client.post("/ru/search/", {"q": dice.choice(surnames)}),
        _SEARCH_MS,
    )
    yield asked(
        "search, full name, typing slip",
        lambda: client.post("/ru/search/", {"q": _slip(dice, surnames)}),
        _SEARCH_MS,
    )
    yield asked(
        "search, wrong keyboard layout",
        lambda: client.post("/ru/search/", {"q": _turned(dice.choice(surnames))}),
        _SEARCH_MS,
    )


def _slip(dice: random.Random, surnames: list[str]) -> str:
    word = dice.choice(surnames)
    place = dice.randrange(1, len(word) - 1)
    return f"{word[:place]}{word[place + 1 :]} {dice.choice(_GIVEN)}"


def _turned(name: str) -> str:
    from habeas.cases.search.keys import in_other_layout

    return in_other_layout(name)


def _table(
    rows: list[tuple[str, list[float], int, int]],
    chosen: argparse.Namespace,
    filled: float,
    kept: float,
    size: int,
) -> str:
    told = (
        f"{chosen.people:,} people, {chosen.statements:,} statements, {chosen.people * 5:,} "
        f"look-ups; the database is {size / 1e6:,.0f} MB. CPU time of the process, "
        f"{chosen.rounds} questions each, after one to warm up. Python "
        f"{sys.version.split()[0]}, SQLite."
    )
    head = "| page | median ms | worst ms | aim ms | compressed kB |"
    lines = [told, "", head, "|---|---:|---:|---:|---:|"]
    for of, times, limit, weight in rows:
        lines.append(
            f"| {of} | {statistics.median(times):.0f} | {max(times):.0f} | {limit} "
            f"| {weight / 1000:.1f} |"
        )
    sheet = ROOT / "src" / "habeas" / "site" / "static" / "site" / "habeas.css"
    sheet_kb = len(gzip.compress(sheet.read_bytes(), mtime=0)) / 1000
    after = (
        f"The style sheet weighs {sheet_kb:.1f} kB compressed and is kept by the browser; there "
        "is no script, font or picture."
    )
    if filled:
        after += (
            f" Filling took {filled:.0f} s, working out the board and the search keys of "
            f"everybody {kept:.0f} s."
        )
    lines += ["", after]
    return "\n".join(lines)


_PAGE = (
    "# How fast the case files are\n\n"
    "Made by `.venv/bin/python benchmarks/cases/bench_cases.py --docs`, on invented people. The "
    "aims are those of the project: board and page of a person under 150 ms, search under "
    "200 ms, first page at most 30 kB compressed.\n\n"
    "{table}\n\n"
    "What is measured goes through the whole site: session, checks, database, templates, in "
    "Russian. The page of a person here has a hundred statements on one page.\n"
)


if __name__ == "__main__":
    sys.exit(main())
