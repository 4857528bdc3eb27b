"""Pairs that are not part of the repository: the same tables over a folder given by --shared.

The folder holds `forms/pairs.tsv.gz`, `hard/pairs.tsv` and `press/pairs.tsv` with the columns form,
group, label, kind, query, record (those that a set has). Only totals leave this module: the pairs
name real people.
"""

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import measures
from benchmarks.names.measures import Judged, Row
from benchmarks.names.scorers import ScorerFailed, score

SETS = ("forms", "hard", "press")


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of one tool over the folder.

    Attributes:
        forms: measures by record form.
        whole: measures of all forms together.
        hard: recall of the hand-written pairs with at most one false.
        press: recall of the press spellings with at most one false.
        pairs_per_s: start-up taken off.
        fresh_per_s: the comparison alone, on names not met before.
    """

    forms: dict[str, Row]
    whole: Row
    hard: float
    press: float
    pairs_per_s: float
    fresh_per_s: float


def read(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each set that is in the folder."""
    found: dict[str, list[dict[str, str]]] = {}
    for name in SETS:
        for path in (folder / name / "pairs.tsv", folder / name / "pairs.tsv.gz"):
            if path.exists():
                content = path.read_bytes()
                text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
                plain = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
                found[name] = list(plain)
    return found


def run(folder: Path, tools: Sequence[str], fresh: Sequence[tuple[str, str]]) -> dict[str, Totals]:
    """Return the totals of each tool.

    Raises:
        ScorerFailed: the folder lacks a set, or a tool failed.
    """
    sets = read(folder)
    missing = [name for name in SETS if name not in sets]
    if missing:
        raise ScorerFailed(f"{folder} holds no {missing[0]}/pairs.tsv")
    pairs = [(row["query"], row["record"]) for name in SETS for row in sets[name]]
    return {tool: _totals(tool, sets, pairs, fresh) for tool in tools}


def _totals(
    tool: str,
    sets: dict[str, list[dict[str, str]]],
    pairs: Sequence[tuple[str, str]],
    fresh: Sequence[tuple[str, str]],
) -> Totals:
    scored = score(tool, pairs, fresh)
    judged: dict[str, list[Judged]] = {}
    scores: dict[str, list[float]] = {}
    start = 0
    for name in SETS:
        rows = sets[name]
        judged[name] = [
            Judged(r.get("form", ""), r.get("group", ""), r.get("kind", ""), r["label"] == "1")
            for r in rows
        ]
        scores[name] = scored.scores[start : start + len(rows)]
        start += len(rows)
    forms = judged["forms"], scores["forms"]
    return Totals(
        measures.table(*forms, lambda pair: pair.form),
        measures.table(*forms, lambda _: "all")["all"],
        measures.small_recall(judged["hard"], scores["hard"]),
        measures.small_recall(judged["press"], scores["press"]),
        scored.pairs_per_s,
        scored.fresh_per_s,
    )
