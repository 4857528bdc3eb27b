"""How well, and how fast, names are compared: habeas beside its peers, in one run.

    python benchmarks/names/run.py [--people 600] [--seed 1] [--docs] [--shared FOLDER]

Makes people and pairs by seed, scores them with habeas and the peers (installed into an environment
of their own), and prints Markdown tables; with --docs it writes the page and its pictures instead.
A full run takes under eight minutes on two cores.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.names import confusion, elsewhere, measures, page, plots, scorers  # noqa: E402
from benchmarks.names.aims import LOOKS  # noqa: E402
from benchmarks.names.forms import full  # noqa: E402
from benchmarks.names.measures import Judged, Row  # noqa: E402
from benchmarks.names.pairs import Pair, make_pairs  # noqa: E402
from benchmarks.names.people import people  # noqa: E402
from benchmarks.names.queries import query_of  # noqa: E402
from benchmarks.names.tables import dice  # noqa: E402

PEERS = ("logic-v2", "rapidfuzz")
DOCS = ROOT / "docs"
_OUTSIDE = "name not in the tables"


def fresh_pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """Return pairs of people who are met once each: somebody's own record, then another's."""
    throw = dice(f"fresh {seed}")
    everybody = list(people(count // 2 + 1, f"fresh {seed}"))
    found: list[tuple[str, str]] = []
    for one, other in pairwise(everybody):
        query = query_of(one, throw).text
        found += [(query, full(one).line()), (query, full(other).line())]
    return found[:count]


def tools(*, peers: bool) -> tuple[list[str], dict[str, str]]:
    """Return the tools to run, and why others are not."""
    if not peers:
        return ["habeas"], dict.fromkeys(PEERS, "It was left out of this run (--no-peers).")
    why = scorers.prepare()
    if why:
        print(f"The peers cannot be installed and are not compared: {why}", file=sys.stderr)
        return ["habeas"], dict.fromkeys(PEERS, f"It could not be installed: {why}")
    return ["habeas", *PEERS], {}


def score_all(
    names: Sequence[str], pairs: Sequence[Pair], fresh: Sequence[tuple[str, str]]
) -> tuple[list[scorers.Scored], dict[str, str]]:
    """Return the answers of each tool; a peer that fails is named with its reason."""
    plain = [(pair.query, pair.record) for pair in pairs]
    found: list[scorers.Scored] = []
    failed: dict[str, str] = {}
    for name in names:
        began = time.perf_counter()
        try:
            found.append(scorers.score(name, plain, fresh))
        except scorers.ScorerFailed as error:
            if name == "habeas":
                raise
            failed[name] = f"It failed: {error}"
            print(f"{name} failed and is not compared: {error}", file=sys.stderr)
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return found, failed


def measure(
    args: argparse.Namespace, pairs: Sequence[Pair], scored: Sequence[scorers.Scored],
    skipped: dict[str, str], names: Sequence[str],
) -> page.Run:  # fmt: skip
    """Return all measures of a run."""
    judged = [Judged(pair.form, pair.group, pair.kind, pair.same) for pair in pairs]
    outside = [Judged(p.form, "" if p.listed else _OUTSIDE, p.kind, p.same) for p in pairs]

    def tables(key: Callable[[Judged], str]) -> dict[str, dict[str, Row]]:
        return {s.name: measures.table(judged, s.scores, key) for s in scored}

    groups = tables(lambda pair: pair.group)
    for s in scored:
        other = measures.table(outside, s.scores, lambda pair: pair.group)
        if _OUTSIDE in other:
            groups[s.name][_OUTSIDE] = other[_OUTSIDE]
    own = scored[0]
    limit = measures.thresholds(judged, own.scores)[0]
    given = [str(answer["verdict"]) for answer in own.answers]
    far = [i for i, pair in enumerate(pairs) if pair.same or pair.kind == "stranger"]
    fresh = fresh_pairs(args.fresh, args.seed)
    return page.Run(
        seed=args.seed, sought=args.people,
        same=sum(pair.same for pair in pairs), different=sum(not pair.same for pair in pairs),
        scored=scored, skipped=skipped,
        forms=tables(lambda pair: pair.form), groups=groups, kinds=tables(lambda pair: pair.kind),
        totals={n: rows["all"] for n, rows in tables(lambda _: "all").items()},
        verdicts=measures.verdicts(judged, given),
        strangers=measures.verdicts([judged[i] for i in far], [given[i] for i in far]),
        bins=measures.reliability(judged, own.scores),
        misses=confusion.worst(pairs, own.answers, limit, same=True),
        false=confusion.worst(pairs, own.answers, limit, same=False),
        elsewhere=elsewhere.run(args.shared, names, fresh) if args.shared else {},
    )  # fmt: skip


def write(run: page.Run) -> None:
    """Write the page and its pictures into docs/."""
    pictures = DOCS / "pictures"
    pictures.mkdir(exist_ok=True)
    forms = [form for form in LOOKS if form in run.forms["habeas"]]
    recall = plots.recall_by_form({n: dict(rows) for n, rows in run.forms.items()}, forms)
    (pictures / "names-recall.svg").write_text(recall, encoding="utf-8")
    drawn = plots.reliability(run.bins, limits())
    (pictures / "names-reliability.svg").write_text(drawn, encoding="utf-8")
    (DOCS / "reference" / "names-benchmark.md").write_text(page.page(run), encoding="utf-8")


def limits() -> dict[str, float]:
    """Return the thresholds of the verdicts, as the product has them."""
    from habeas.names import reasons

    return {
        "possible": reasons.POSSIBLE_FROM, "likely": reasons.LIKELY_FROM, "same": reasons.SAME_FROM,
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--people", type=int, default=600, help="sought people (default: %(default)s)"
    )
    parser.add_argument(
        "--fresh", type=int, default=20_000, help="pairs for the speed on new names"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--docs", action="store_true", help="write docs/ instead of printing")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument(
        "--shared", type=Path, metavar="FOLDER", help="also run pairs that lie elsewhere"
    )
    args = parser.parse_args(arguments)
    names, skipped = tools(peers=args.peers)
    pairs = make_pairs(args.people, args.seed)
    print(f"{len(pairs):,} pairs", file=sys.stderr)
    try:
        scored, failed = score_all(names, pairs, fresh_pairs(args.fresh, args.seed))
        run = measure(args, pairs, scored, skipped | failed, [s.name for s in scored])
    except scorers.ScorerFailed as error:
        print(f"bench-names: {error}", file=sys.stderr)
        return 2
    if args.docs:
        write(run)
    else:
        print(page.page(run))
    return 0


if __name__ == "__main__":
    sys.exit(main())
