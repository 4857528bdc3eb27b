"""Importing a long list: reading, proposing doubles and taking over, with peak memory, on SQLite.

Invented people from the reviewed name tables; one row in five repeats another in another spelling.
CPU time of this process is told, since other work may run on the machine.
"""

import argparse
import csv
import io
import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crowds import Invented

    from habeas.cases.importing.models import Import

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def main() -> int:
    """Stage a list, propose, take some of it over, and print the times."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--apply", type=int, default=2000, help="rows that are taken over")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as home:
        os.environ["HABEAS_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "habeas.site.settings"
        sys.path.insert(0, str(ROOT / "tests" / "support"))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        _run(chosen)
    return 0


def _run(chosen: argparse.Namespace) -> None:
    from crowds import invented, row

    chance = random.Random(7)  # noqa: S311 - the same list each time
    crowd = [invented(chance) for _n in range(int(chosen.rows * 0.8))]
    _fill(chosen.people, crowd)
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow(["ФИО", "Год рождения", "Где содержится", "Телефон", "Статья", "Цвет"])
    for number in range(chosen.rows):
        one = crowd[number] if number < len(crowd) else chance.choice(crowd)
        name = f"{one.surname} {one.given} {one.father}"
        name = name if number < len(crowd) else row(one, chance)
        year = str(chance.randint(1960, 2005))
        table.writerow([name, year, "ОВД Мельничный", f"+7999{number:07}", "20.2", "синий"])
    _measure(chosen, written.getvalue().encode())


def _fill(people: int, crowd: list["Invented"]) -> None:
    from django.db import transaction

    from habeas.cases.statements import recording
    from habeas.watch.models import Person, Spelling

    hand = recording.Hand("owner", NOW)
    with transaction.atomic():
        for number, one in enumerate(crowd[:people]):
            person = Person.objects.create(code=f"P{number + 1}", added_at=NOW)
            text = f"{one.given} {one.surname}"
            Spelling.objects.bulk_create([Spelling(person=person, text=text, added_at=NOW)])
            recording.case_of(person, hand)


def _measure(chosen: argparse.Namespace, content: bytes) -> None:
    from habeas.cases.importing import proposals, staging
    from habeas.cases.importing.models import Alike
    from habeas.cases.statements.recording import Hand

    hand = Hand("owner", NOW)
    proposing = proposals.propose
    spent: list[float] = []

    def timed(imported: "Import") -> int:
        start = time.process_time()
        found = proposing(imported)
        spent.append(time.process_time() - start)
        return found

    proposals.propose = timed  # timed apart from reading
    start, wall = time.process_time(), time.monotonic()
    sent = staging.Sent(content, "list.csv", "Центр Выдумки", "monitor")
    imported = staging.stage(sent, hand).imported
    whole = time.process_time() - start
    print(f"rows {imported.read}, people there {chosen.people}, {len(content) / 1e6:.1f} MB")
    print(f"read, sealed and staged: {whole - spent[0]:.1f} s CPU")
    rows = Alike.objects.values("row").distinct().count()
    print(f"doubles proposed: {spent[0]:.1f} s CPU, {rows} rows with {Alike.objects.count()}")
    print(f"together: {whole:.1f} s CPU, {time.monotonic() - wall:.1f} s on the clock")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    _take_over(imported, chosen.apply)


def _take_over(imported: "Import", most: int) -> None:
    from habeas.cases.importing import applying, deciding
    from habeas.cases.importing.models import Decision
    from habeas.cases.statements.recording import Hand

    hand = Hand("owner", NOW)
    start = time.process_time()
    deciding.decide_group(imported, deciding.ALONE, hand)
    print(f"one decision for {Decision.objects.count()}: {time.process_time() - start:.1f} s CPU")
    wanted = imported.rows.filter(decisions__what=Decision.NEW).order_by("number")
    later = list(wanted.values_list("pk", flat=True))[most:]
    Decision.objects.bulk_create(
        [Decision(row_id=pk, what=Decision.OPEN, by="x", at=NOW) for pk in later], batch_size=5000
    )
    start = time.process_time()
    applying.apply(imported, hand)
    took = time.process_time() - start
    print(f"taken over: {1000 * took / most:.1f} ms CPU a row ({most} rows)")


if __name__ == "__main__":
    raise SystemExit(main())
