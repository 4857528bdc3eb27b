"""Pages a second and peak memory of `habeas find`, and time from `habeas match` to its result.

    python benchmarks/find/bench_find.py [--pages 2000] [--jobs 2]

The pages are the catalogue's own recorded pages (invented people), each with a frame of menu and
script around it so that its size is that of the real page (60 to 350 kB, as measured on saved
pages), and with digits changed so that no two are equal. Peak memory is that of the largest
process and, separately, of all processes together. As a floor, the same pages are only decoded
and parsed to trees, by one process: the ratio says what habeas adds.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from habeas.sources.contract import Capture

SIZES = (60_000, 150_000, 280_000, 350_000)
NAME = "Izzak Amon | Kholov Izatullo Amonovich"


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run of a command."""

    seconds: float
    largest_mb: float
    together_mb: float
    exit_code: int
    last_line: str


def recorded() -> Iterator[bytes]:
    """Yield the catalogue's recorded pages of entries, as bytes."""
    for folder in files("habeas.sources.catalog").iterdir():
        pages = folder / "pages"
        if not pages.is_dir():
            continue
        for page in pages.iterdir():
            if page.name.endswith(".html"):
                yield page.read_bytes()


def framed(body: bytes, size: int, seed: int) -> bytes:
    """Return a page with a menu and scripts around its content, about `size` bytes long."""
    missing = max(0, size - len(body))
    link = b'<li class="item"><a href="/modules.php?name=info&amp;id=%d">menu %d</a></li>\n'
    menu = b"".join(link % (seed + n, n) for n in range(missing // 2 // (len(link) + 4)))
    script = b"<script>" + b"var a%d=1;" % seed * (missing // 2 // 10) + b"</script>"
    at = body.find(b"<body")
    at = body.find(b">", at) + 1 if at >= 0 else 0
    return body[:at] + b'<ul class="menu">' + menu + b"</ul>" + script + body[at:]


def make(folder: Path, count: int) -> int:
    """Write `count` pages; return their bytes."""
    originals = sorted(recorded())
    total = 0
    for n in range(count):
        page = framed(originals[n % len(originals)], SIZES[n % len(SIZES)], n)
        (folder / f"{n:06d}.html").write_bytes(page)
        total += len(page)
    return total


def _tree_kb(pid: int) -> int:
    """Return the resident memory of a process and its children, kB (Linux only)."""
    total = 0
    for child in (pid, *_children(pid)):
        try:
            status = Path(f"/proc/{child}/status").read_text("utf-8")
        except OSError:
            continue
        total += sum(
            int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")
        )
    return total


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8")
    except OSError:
        return []
    direct = [int(child) for child in text.split()]
    return [one for child in direct for one in (child, *_children(child))]


def measured(command: list[str]) -> Run:
    """Run a command and measure it."""
    peak = 0
    started = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        stopped = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not stopped.wait(0.05):
                peak = max(peak, _tree_kb(process.pid))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        output, _nothing = process.communicate()
        stopped.set()
        watcher.join()
    seconds = time.monotonic() - started
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    lines = output.strip().splitlines()
    return Run(seconds, largest, peak / 1000, process.returncode, lines[-1] if lines else "")


def floor_seconds(folder: Path) -> float:
    """Return how long decoding and parsing alone take, one process."""
    started = time.monotonic()
    for path in sorted(folder.iterdir()):
        capture = Capture(path.read_bytes())
        assert capture.tree.body is not None
    return time.monotonic() - started


def habeas(*arguments: str) -> list[str]:
    """Return the command line of this environment's habeas."""
    return [str(Path(sys.executable).with_name("habeas")), *arguments]


def bench_find(count: int, jobs: int) -> dict[str, float]:
    """Measure find over `count` pages, and over a quarter of them for the memory's growth."""
    figures: dict[str, float] = {}
    for share, label in ((4, "quarter"), (1, "all")):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            total = make(folder, count // share)
            run = measured(
                habeas("find", "--json", "--fresh", "--jobs", str(jobs), NAME, str(folder))
            )
            if share == 1:
                figures["floor_s_one_process"] = floor_seconds(folder)
        assert json.loads(run.last_line)["type"] == "summary", run
        figures[f"pages_{label}"] = count // share
        figures[f"megabytes_{label}"] = total / 1e6
        figures[f"seconds_{label}"] = run.seconds
        figures[f"pages_per_s_{label}"] = count // share / run.seconds
        figures[f"peak_mb_together_{label}"] = run.together_mb
    return figures


def bench_match() -> dict[str, float]:
    """Measure the time from the command to its result, seven runs."""
    runs = [measured(habeas("match", NAME, "Холов И.А.")).seconds for _n in range(7)]
    return {"match_s_median": statistics.median(runs), "match_s_worst": max(runs)}


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    figures = bench_find(options.pages, options.jobs) | bench_match()
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))


if __name__ == "__main__":
    main()
