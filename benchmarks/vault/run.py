"""What a passphrase costs: the same work in a home without one and in the same home with one.

    .venv/bin/python benchmarks/vault/run.py [--docs]

Processor time, each home in a process of its own; ratios count. Invented people only.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
TARGET = ROOT / "docs" / "reference" / "passphrase-benchmark.md"
PASSPHRASE = "four words of a poem"  # noqa: S105 - of an invented home
PAGES, PEOPLE = 300, 20_000


def main() -> None:
    """Run, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write docs/reference")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        what, home = given.child
        os.environ["HABEAS_HOME"] = home
        print(json.dumps(_CHILDREN[what](Path(home))))
        return
    page = report()
    if given.docs:
        TARGET.write_text(page, "utf-8")
    print(page)


def report() -> str:
    """Measure, and return the page."""
    load = os.getloadavg()[0]
    base = Path(tempfile.mkdtemp(prefix="habeas-bench-"))
    try:
        plain, protected = base / "plain", base / "protected"
        _child("fill", plain)
        shutil.copytree(plain, protected)
        turned = _child("turn", protected)
        rows = [
            f"| {name} | {one * 1000:.2f} | {two * 1000:.2f} | **{two / one:.2f}** |"
            for (name, one), two in zip(
                _child("work", plain).items(), _child("work", protected).values(), strict=True
            )
        ]
    finally:
        shutil.rmtree(base, ignore_errors=True)
    return _PAGE.format(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        cores=os.cpu_count(),
        load=f"{load:.1f}",
        pages=PAGES,
        people=f"{PEOPLE:,}",
        rows="\n".join(rows),
        **{name: f"{value:.2f}" for name, value in turned.items()},
    )


def _child(what: str, home: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", what, str(home)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _spent(do: Callable[[], object], times: int = 1) -> float:
    before = time.process_time()
    do()
    return (time.process_time() - before) / times


def _fill(home: Path) -> dict[str, float]:
    from sealed_stores import page, sealer

    from habeas.evidence import Store
    from habeas.site.serving import prepare

    prepare()
    from habeas.watch.models import Person

    Person.objects.bulk_create([Person(code=f"P{number}") for number in range(PEOPLE)])
    store = Store(home / "captures", sealer(home))
    for number in range(PAGES):
        store.keep(page(os.urandom(60_000) + str(number).encode()))
    return {}


def _turn(home: Path) -> dict[str, float]:
    from habeas.vault import opened, turning

    size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6
    took = _spent(lambda: turning.turn_on(home, PASSPHRASE))
    opened.forget(home)
    return {
        "size": size,
        "took": took,
        "opening": _spent(lambda: opened.open_with(PASSPHRASE, home)),
    }


def _work(home: Path) -> dict[str, float]:
    from habeas.vault import opened

    opened.ask_with(lambda: PASSPHRASE)
    if opened.is_set(home):
        opened.secrets(home)
    return {**_files(home), **_rows()}


def _files(home: Path) -> dict[str, float]:
    from sealed_stores import page, sealer

    from habeas.evidence import Store, read_recording

    records = sorted(home.glob("captures/*/*.warc.gz"))
    store = Store(home / "captures", sealer(home))
    store.keep(page(b"the first one"))
    body = os.urandom(60_000)
    return {
        "keep and seal a page of 60 KB": _spent(
            lambda: [store.keep(page(body)) for _ in range(100)], 100
        ),
        "read a recorded page": _spent(
            lambda: [list(read_recording(path)) for path in records], len(records)
        ),
    }


def _rows() -> dict[str, float]:
    from habeas.site.serving import prepare

    prepare()
    from habeas.watch.models import Person

    keys = list(Person.objects.values_list("pk", flat=True)[:2000])
    some = keys[:500]
    return {
        "get one row of the database": _spent(
            lambda: [Person.objects.get(pk=key) for key in keys], len(keys)
        ),
        "change one row, confirmed by the disk": _spent(
            lambda: [Person.objects.filter(pk=key).update(code=f"Q{key}") for key in some], 500
        ),
        f"read {PEOPLE:,} rows": _spent(lambda: list(Person.objects.all())),
    }


_CHILDREN: dict[str, Callable[[Path], dict[str, float]]] = {
    "fill": _fill,
    "turn": _turn,
    "work": _work,
}

_PAGE = """# What a passphrase costs

Measured by `benchmarks/vault/run.py --docs` on {date}: {cores} cores, load average {load} (above
{cores}, other work was running). Processor time. A home with {pages} recorded pages of 60 KB and
{people} people, and the same home with a passphrase.

| work | without, ms | with, ms | ratio |
|---|---|---|---|
{rows}

Setting the passphrase on this home ({size} MB) took {took} s of processor, opening it {opening} s:
guessing a passphrase is made slow on purpose.
"""


if __name__ == "__main__":
    main()
