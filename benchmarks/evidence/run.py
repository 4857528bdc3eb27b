"""What recording and sealing cost, and how fast seals are checked; against peers in the same run.

    .venv/bin/python benchmarks/evidence/run.py [--docs] [--seals 100000] [--megabytes 1000]

A local server sends invented court pages. Each page is taken by a bare download (`requests`, kept
in memory), by `warcio` (recorded, neither confirmed by the disk nor sealed), and by habeas
(recorded, confirmed, sealed, its decoding noted). Ratios count; seconds depend on the machine.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
TARGET = ROOT / "docs" / "reference" / "evidence-benchmark.md"
SIZES = {"5 KB": 5_000, "60 KB": 60_000, "200 KB": 200_000, "350 KB": 350_000}


@dataclass
class Cost:
    """Per page: wall and CPU milliseconds, and stored bytes."""

    wall_ms: float
    cpu_ms: float
    stored: float = 0.0


def page(size: int) -> bytes:
    """Return an invented hearing list of about that size, in windows-1251."""
    rows: list[str] = []
    number = 0
    while sum(len(row) for row in rows) < size:
        number += 1
        name = "Вымышленов " + "АБВГДЕЖЗИК"[number % 10] + "." + "ЛМНОПРСТУФ"[number * 7 % 10] + "."
        rows.append(
            f'<tr class="row{number % 2}"><td>{number}</td><td>2-{number * 7919 % 10_000}/2026</td>'
            f"<td>{9 + number % 9}:{number * 5 % 60:02d}</td><td>{name}</td>"
            f"<td>Судья Придуманова {number * 31 % 97}</td></tr>\r\n"
        )
    return ("<html><body><table>" + "".join(rows) + "</table></body></html>").encode("windows-1251")


@contextmanager
def served(body: bytes) -> Iterator[str]:
    """Serve a page on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=windows-1251")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def timed(times: int, take: Callable[[], object]) -> Cost:
    """Return the median wall time and the mean CPU time (of this thread) of taking a page."""
    take()
    walls = []
    cpu = time.thread_time()
    for _ in range(times):
        began = time.perf_counter()
        take()
        walls.append(time.perf_counter() - began)
    spent = time.thread_time() - cpu
    return Cost(sorted(walls)[times // 2] * 1000, spent / times * 1000)


def folder_bytes(folder: Path) -> int:
    """Return the size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def bare(address: str, times: int) -> Cost:
    """Return the cost of a download that keeps nothing."""
    import requests

    return timed(times, lambda: requests.get(address, timeout=10).content)


def by_warcio(address: str, times: int, folder: Path) -> Cost:
    """Return the cost of warcio's recording: no disk confirmation, no seal, SHA-1.

    In a process of its own: it sees only what was imported after it.
    """
    done = _child("warcio", address, f"{times} {folder}")
    return Cost(done["wall_ms"], done["cpu_ms"], folder_bytes(folder) / (times + 1))


def _warcio(address: str, times: int, folder: Path) -> None:
    from warcio.capture_http import capture_http  # isort: skip
    import requests

    files = iter(range(10**9))

    def take() -> None:
        with capture_http(str(folder / f"{next(files)}.warc.gz")):
            requests.get(address, timeout=10)

    cost = timed(times, take)
    print(json.dumps({"wall_ms": cost.wall_ms, "cpu_ms": cost.cpu_ms}))


def by_habeas(address: str, times: int, folder: Path) -> Cost:
    """Return the cost of all that `habeas capture` does for a page, but for the command line."""
    from habeas.evidence import Store
    from habeas.fetch import Asker, Manners
    from habeas.finding.capturing import Capturer

    capturer = Capturer(folder)
    capturer._asker = Asker(Store(folder), manners=Manners(delay_s=0))  # noqa: SLF001 - no pauses
    cost = timed(times, lambda: capturer.capture(address))
    cost.stored = folder_bytes(folder) / (times + 1)
    return cost


def recording(times: int, base: Path) -> list[str]:
    """Return the rows of the first table."""
    rows = []
    for name, size in SIZES.items():
        body = page(size)
        with served(body) as address:
            plain = bare(address, times)
            peer = by_warcio(address, times, _fresh(base / "warcio"))
            ours = by_habeas(address, times, _fresh(base / "habeas"))
        more = ours.wall_ms - plain.wall_ms
        rows.append(
            f"| {name} | {plain.wall_ms:.1f} | {peer.wall_ms:.1f} | {ours.wall_ms:.1f} "
            f"| **{more:.1f}** | {ours.cpu_ms - plain.cpu_ms:.1f} "
            f"| {peer.stored / len(body):.2f} | **{ours.stored / len(body):.2f}** |"
        )
    return rows


def checking(seals: int, base: Path) -> list[str]:
    """Return the rows of the second table: a tenth of the seals, and all of them."""
    rows = []
    for count in (seals // 10, seals):
        folder = _fresh(base / f"seals{count}")
        _fill(folder, count)
        for workers in (1, os.cpu_count() or 1):
            done = _child("check", str(folder), str(workers))
            rows.append(
                f"| {count:,} | {workers} | {done['wall_s']:.1f} | {done['cpu_s']:.1f} "
                f"| {done['wall_s'] / count * 1e6:.0f} | {done['mb']:.0f} |"
            )
        shutil.rmtree(folder)
    return rows


def reading(megabytes: int, base: Path) -> list[str]:
    """Return the row of the third table: a store with its files."""
    from sealed_stores import page as exchange

    from habeas.evidence import Store

    folder = _fresh(base / "files")
    store = Store(folder)
    while folder_bytes(folder) < megabytes * 1_000_000:
        for _ in range(200):
            store.keep(exchange(os.urandom(250_000), moment=datetime.now(UTC)))
    size = folder_bytes(folder) / 1e6
    done = _child("check-files", str(folder), str(os.cpu_count() or 1))
    shutil.rmtree(folder)
    return [f"| {size:.0f} | {done['wall_s']:.1f} | **{size / done['wall_s']:.0f}** |"]


def _fill(folder: Path, count: int) -> None:
    """Write a log of that many seals of captures, without the captures and without waiting."""
    from sealed_stores import page as exchange

    from habeas.evidence.records import exchange_records
    from habeas.evidence.seals import items
    from habeas.evidence.seals.recovering import chain_of

    confirm = os.fsync
    setattr(os, "fsync", lambda _descriptor: None)  # noqa: B010 - for mypy
    chain, made = chain_of(folder), exchange()
    parts = items.records_part(exchange_records(made, filename="x"))
    for start in range(0, count, 500):
        with chain.act() as act:
            act.introduce()
            for number in range(start, min(start + 500, count)):
                file = f"2026-11-23/{number:032x}.warc.gz"
                act.custody("captured", item=file, after="ab" * 32)
                act.seal(items.capture(items.file_part(file, 1000, "ab" * 32), parts, made))
            act.commit()
    setattr(os, "fsync", confirm)  # noqa: B010 - for mypy


def _child(*what: str) -> dict[str, float]:
    """Do something in a process of its own, and return what it measured."""
    command = [sys.executable, __file__, "--child", *what]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _check(what: str, folder: str, workers: str) -> None:
    from habeas.evidence.checks import Result
    from habeas.evidence.seals.checking import Against, check_store

    began = time.perf_counter()
    against = Against(files=what == "check-files", workers=int(workers))
    checks = check_store(Path(folder), against)
    wall_s = time.perf_counter() - began
    assert not [check for check in checks if check.result is Result.BROKEN]
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    mb = max(own.ru_maxrss, children.ru_maxrss) / 1024
    print(json.dumps({"wall_s": wall_s, "cpu_s": cpu_s, "mb": mb}))


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def report(arguments: argparse.Namespace) -> str:
    """Run everything and return the page."""
    # Beside the checkout, not in /tmp: that may lie in memory, where confirming costs nothing.
    base = Path(tempfile.mkdtemp(prefix=".bench-", dir=ROOT))
    os.environ["HABEAS_HOME"] = str(base / "home")
    load = os.getloadavg()[0]
    try:
        one = recording(arguments.times, base)
        two = checking(arguments.seals, base)
        three = reading(arguments.megabytes, base)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    return _PAGE.format(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        cores=os.cpu_count(),
        python=platform.python_version(),
        load=f"{load:.1f}",
        after=f"{os.getloadavg()[0]:.1f}",
        times=arguments.times,
        recording="\n".join(one),
        checking="\n".join(two),
        reading="\n".join(three),
    )


_PAGE = """# What recording and sealing cost

Measured by `benchmarks/evidence/run.py --docs` on {date}: {cores} cores, Python {python}, load
average {load} before and {after} after (above 1, other work was running). Run it on yours.

## One page

Invented hearing lists in windows-1251, sent by a server on this computer; median of {times} pages.
*Bare* is a download with `requests` that keeps nothing. *warcio* records it: SHA-1, not confirmed
by the disk, not sealed. *habeas* is all that `habeas capture` does: request, response and facts
recorded and confirmed by the disk, custody row and seal confirmed, then the page decoded and the
decoding noted and sealed as well. Bytes are all files (records, notes, log, keys) in relation to
the page as sent.

| page | bare, ms | warcio, ms | habeas, ms | more, ms | of it CPU | bytes warcio | bytes habeas |
|---|---|---|---|---|---|---|---|
{recording}

Aim: less than 15 ms more, and less than twice the bytes. The time beyond CPU is the disk's: a page
waits for it four times (record and log, note and log).

## Checking seals

Each seal: its line read and compared with its canonical spelling, hashed, chained, its signature
checked; a row of custody for each as well. Memory is that of the largest process.

| seals | processes | wall, s | CPU, s | wall for one, µs | memory, MB |
|---|---|---|---|---|---|
{checking}

Aim: 100,000 in less than 10 s, memory flat. Where other work was running, look at the CPU: divided
by the processes, it is what a machine with nothing else to do needs.

## Checking a store with its files

| MB | wall, s | MB a second |
|---|---|---|
{reading}

Aim: at least 300 MB a second.
"""


def main() -> None:
    """Run, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write docs/reference")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seals", type=int, default=100_000)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        what, where, rest = arguments.child
        if what == "warcio":
            times, _space, folder = rest.partition(" ")
            _warcio(where, int(times), Path(folder))
        else:
            _check(what, where, rest)
        return
    made = report(arguments)
    if arguments.docs:
        TARGET.write_text(made, "utf-8")
    print(made)


if __name__ == "__main__":
    main()
