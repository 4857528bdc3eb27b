"""How well, and how fast, texts are read: habeas on the annotated texts, peers in the same run.

    python benchmarks/reading/run.py [--docs] [--no-peers]

Prints the page; with --docs it is written to docs/reference/reading-benchmark.md. Of the texts that
were held out, nothing but sums is ever printed.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.reading import measures, page  # noqa: E402
from benchmarks.reading.annotated import Annotated, texts  # noqa: E402
from benchmarks.reading.large import PROSE  # noqa: E402

from habeas.reading import read  # noqa: E402

HERE = Path(__file__).parent
ENVIRONMENT = ROOT / "build" / "bench-reading" / "venv"
PAGE = page.DOCS / "reading-benchmark.md"
_MARK = ENVIRONMENT / "peers-installed"
_REPEATS = 12
_TURNS = 5
"""Readings of one text, of which the quickest counts: others on the machine only make it slower."""
_LARGE = (5, 20)
"""Megabytes of the large texts."""


def own(annotated: Sequence[Annotated]) -> dict[tuple[str, str], dict[str, measures.Tally]]:
    """Return the tallies of habeas by half and language; "" is all languages."""
    found: dict[tuple[str, str], dict[str, measures.Tally]] = defaultdict(
        lambda: defaultdict(measures.Tally)
    )
    for one in annotated:
        scored = measures.score(one, read(one.text))
        for kind, tally in scored.tallies.items():
            for language in ("", one.lang):
                found[one.half, language][kind].add(tally)
    return found


def speeds(annotated: Sequence[Annotated]) -> dict[str, float]:
    """Return kilobytes a second of processor time: on the annotated texts, and on plain prose."""
    dense = "\n\n".join(one.text for one in annotated)
    read(dense)
    found = {}
    for name, text in (
        ("annotated texts, a finding every few words", dense * _REPEATS),
        ("prose without a finding", PROSE * 10_000),
    ):
        seconds = min(_seconds(text) for _turn in range(_TURNS))
        found[name] = len(text.encode()) / 1000 / seconds
    return found


def _seconds(text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began


def large() -> list[page.Large]:
    """Return what large texts cost, each read in a process of its own.

    Raises:
        RuntimeError: the process ended with an error.
    """
    found = []
    for size in _LARGE:
        done = subprocess.run(
            [sys.executable, str(HERE / "large.py"), str(size)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr.strip().splitlines()[-1])
        found.append(page.Large(**json.loads(done.stdout)))
    return found


def prepare() -> str:
    """Install the peers into an environment of their own; return why that failed, or ""."""
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if _MARK.exists() and _MARK.read_text(encoding="utf-8") == wanted:
        return ""
    print("Installing the peers (about a minute) …", file=sys.stderr)
    commands = (
        [sys.executable, "-m", "venv", str(ENVIRONMENT)],
        [_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
         str(HERE / "requirements.txt")],
    )  # fmt: skip
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    _MARK.write_text(wanted, encoding="utf-8")
    return ""


def _python() -> str:
    return str(ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python")


def peer(name: str, annotated: Sequence[Annotated]) -> tuple[list[list[list[object]]], float]:
    """Return what a peer finds in each text, and its kilobytes a second.

    Raises:
        RuntimeError: the peer ended with an error.
    """
    lines = "".join(json.dumps({"lang": a.lang, "text": a.text}) + "\n" for a in annotated)
    done = subprocess.run(
        [_python(), str(HERE / "peers.py"), name],
        input=lines, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    seconds = float(done.stderr.splitlines()[-1])
    size = sum(len(one.text.encode()) for one in annotated) / 1000
    return found, size / max(seconds, 1e-9)


def compared(annotated: Sequence[Annotated], skipped: dict[str, str]) -> list[page.Compared]:
    """Return habeas beside each peer, on what the peer claims to do."""
    plans = (
        ("natasha", "names of people, Russian", ("ru",), "names"),
        ("dateparser", "dates, days in full only", ("en", "ru", "fr", "de", "it"), "dates"),
    )
    found = []
    for name, task, languages, kind in plans:
        own_texts = [one for one in annotated if one.lang in languages]
        try:
            findings, speed = peer(name, own_texts)
        except RuntimeError as error:
            skipped[name] = str(error)
            continue
        mine, theirs = measures.Tally(), measures.Tally()
        invented = [0, 0]
        for one, theirs_found in zip(own_texts, findings, strict=True):
            if kind == "names":
                measures.names_of_peer(one, theirs_found, theirs)
                mine.add(measures.score(one, read(one.text)).tallies["names"])
            else:
                invented[1] += measures.dates_of_peer(one, theirs_found, theirs)
                invented[0] += measures.days_of_reading(one, read(one.text), mine)
        found.append(page.Compared(name, task, mine, theirs, tuple(invented), speed))
    return found


def main() -> None:
    """Run everything and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write the page of the documentation")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    args = parser.parse_args()
    annotated = list(texts())
    skipped: dict[str, str] = {}
    beside: list[page.Compared] = []
    why = "left out of this run (--no-peers)" if args.no_peers else prepare()
    if why:
        skipped = dict.fromkeys(("natasha", "dateparser"), why)
    else:
        beside = compared(annotated, skipped)
    costs = page.Costs(speeds(annotated), large())
    written = page.page(annotated, own(annotated), costs, beside, skipped)
    if args.docs:
        PAGE.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)


if __name__ == "__main__":
    main()
