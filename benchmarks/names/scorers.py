"""Running habeas and its peers over the same pairs, each in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names.tables import HERE, ROOT

ENVIRONMENT = ROOT / "build" / "bench-names" / "venv"
NEEDED = "libicu-dev pkg-config g++"
_MARK = "peers-installed"


class ScorerFailed(Exception):
    """A scorer ended with an error, or did not answer every pair."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What one scorer answered.

    Attributes:
        name: of the scorer.
        scores: one for each pair; higher means more likely the same person.
        answers: the whole answers, where the scorer gives more than a number.
        start_s: seconds of processor time of a run with one pair.
        whole_s: seconds of processor time of the whole run, start-up included.
        fresh_per_s: pairs a second of the comparison alone, on names not met before.
    """

    name: str
    scores: list[float]
    answers: list[dict[str, object]]
    start_s: float
    whole_s: float
    fresh_per_s: float

    @property
    def pairs_per_s(self) -> float:
        """Pairs a second, start-up taken off."""
        return len(self.scores) / max(self.whole_s - self.start_s, 1e-9)


def prepare(folder: Path = ENVIRONMENT) -> str:
    """Install the peers into an environment of their own; return why that failed, or ""."""
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    mark = folder / _MARK
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return ""
    print("Installing the peers (about two minutes) …", file=sys.stderr)
    try:
        _run([sys.executable, "-m", "venv", str(folder)], "")
        _run([python(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
              "-r", str(HERE / "requirements.txt")], "")  # fmt: skip
    except (ScorerFailed, OSError) as error:
        last = (str(error).strip().splitlines() or ["no reason given"])[-1]
        return f"{last} (its build needs: apt-get install {NEEDED})"
    mark.write_text(wanted, encoding="utf-8")
    return ""


def python(folder: Path = ENVIRONMENT) -> str:
    """Return the interpreter of the benchmark's environment."""
    return str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")


def command_of(name: str) -> list[str]:
    """Return the command that scores pairs for habeas or a peer."""
    if name == "habeas":
        return [sys.executable, "-m", "habeas.cli", "match", "--batch"]
    return [python(), str(HERE / "peers.py"), name]


def score(name: str, pairs: Sequence[tuple[str, str]], fresh: Sequence[tuple[str, str]]) -> Scored:
    """Score all pairs with one tool.

    Raises:
        ScorerFailed: the tool ended with an error or did not answer every pair.
    """
    command = command_of(name)
    text = lines(pairs)
    start = sorted(_run(command, lines(pairs[:1]))[2] for _ in range(3))[1]
    out, _, whole = _run(command, text)
    answers = [json.loads(line) for line in out.splitlines() if line.strip()]
    if len(answers) != len(pairs):
        raise ScorerFailed(f"{name}: {len(pairs)} pairs in, {len(answers)} answers out")
    plain = [a["score"] if isinstance(a, dict) else a for a in answers]
    full = [a for a in answers if isinstance(a, dict)]
    return Scored(name, [float(s) for s in plain], full, start, whole, _fresh(name, fresh))


def _fresh(name: str, pairs: Sequence[tuple[str, str]]) -> float:
    """Return pairs a second of the bare comparison, each name met for the first time."""
    command = [sys.executable, str(HERE / "product.py")] if name == "habeas" else command_of(name)
    seconds = float(_run(command, lines(pairs))[1].splitlines()[-1])
    return len(pairs) / seconds


def lines(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the pairs as a batch: query, tab, record."""
    return "".join(f"{query}\t{record}\n" for query, record in pairs)


def _run(command: list[str], text: str) -> tuple[str, str, float]:
    """Return stdout, stderr, and the seconds of processor time that the command took.

    Processor time, since on a machine that does other work wall time says little.
    Where the system does not count it for children (Windows), it is wall time after all.
    """
    began, used = time.perf_counter(), _children()
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise ScorerFailed(f"{command[:3]} ended with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout, done.stderr, (_children() - used) or time.perf_counter() - began


def _children() -> float:
    """Return the processor time of all processes that were started and have ended, seconds."""
    now = os.times()
    return now.children_user + now.children_system
