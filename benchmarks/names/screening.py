"""How fast many people are looked for in rows and texts: habeas beside its peers, in one run.

    python benchmarks/names/screening.py [--seed 1] [--small] [--docs]

Makes people, rows and a text by seed. Everybody is invented. Speeds are seconds of processor time
on one core; peers screen the same people and rows, fewer of them, since they take hours for all.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.names import scorers  # noqa: E402
from benchmarks.names.forms import FORMS  # noqa: E402
from benchmarks.names.negatives import relatives  # noqa: E402
from benchmarks.names.people import Person, people  # noqa: E402
from benchmarks.names.queries import query_of  # noqa: E402
from benchmarks.names.report import markdown  # noqa: E402
from benchmarks.names.tables import HERE, dice  # noqa: E402

PRINTED = ("full", "upper", "genitive", "dative", "initials", "initials_genitive", "no_father")
"""How courts print: each row takes one of these forms."""
PLANTED = 600
_FILLING = [
    "суд", "рассмотрел", "дело", "об", "административном", "правонарушении", "и", "постановил",
    "назначить", "наказание", "в", "виде", "штрафа", "с", "выдворением", "за", "пределы",
    "страны", "по", "жалобе", "защитника", "решение", "оставлено", "без", "изменения",
    "сотрудники", "отдела", "доставили", "задержанного", "для", "составления", "протокола",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as a court prints them, and which of them name which sought person."""

    texts: list[str]
    planted: set[tuple[int, int]]


def printed(person: Person, throw: random.Random) -> str:
    """Return somebody in one of the forms of courts."""
    for form in throw.sample(PRINTED, len(PRINTED)):
        text = FORMS[form](person, throw)
        if text:
            return text
    raise AssertionError(person)


def make_rows(sought: Sequence[Person], count: int, seed: int) -> Rows:
    """Return rows of strangers, with a few hundred of the sought and their relatives among them."""
    throw = dice(f"screening rows {seed}")
    texts = [printed(one, throw) for one in people(count, f"strangers {seed}")]
    chosen = throw.sample(range(len(sought)), min(PLANTED, len(sought) // 4))
    places = throw.sample(range(count), 3 * len(chosen))
    planted: set[tuple[int, int]] = set()
    for number, who in enumerate(chosen):
        texts[places[3 * number]] = printed(sought[who], throw)
        planted.add((places[3 * number], who))
        for more, (_, other) in enumerate(list(relatives(sought[who], throw))[:2], 1):
            texts[places[3 * number + more]] = printed(other, throw)
    return Rows(texts, planted)


def make_text(size: int, seed: int) -> bytes:
    """Return running text of so many bytes in which one word in twenty belongs to a name."""
    throw = dice(f"screening text {seed}")
    names = [printed(one, throw) for one in people(20_000, f"in texts {seed}")]
    sentences = []
    for _ in range(40_000):
        words = throw.sample(_FILLING, throw.randrange(8, 20))
        words[0] = words[0].capitalize()
        if throw.random() < 0.3:
            words.insert(throw.randrange(1, len(words)), throw.choice(names))
        sentences.append(" ".join(words) + ". ")
    found = bytearray()
    while len(found) < size:
        throw.shuffle(sentences)
        found += "".join(sentences).encode()
    return bytes(found[:size])


# --- measures ----------------------------------------------------------------------------------


class Clock:
    """Seconds of processor time since it was made, in `seconds` after the block."""

    seconds = 0.0

    def __enter__(self) -> Self:
        self._began = time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.process_time() - self._began


Line = tuple[str, str, str]
"""What was measured, the aim, and the number."""


def index(count: int, seed: int) -> Iterator[Line]:
    """Measure how long an index of so many people takes."""
    from habeas.names import Screen, Sought

    throw = dice(f"index {seed}")
    known = [query_of(one, throw).text for one in people(count, f"index {seed}")]
    with Clock() as reading:
        sought = [Sought.from_query(query) for query in known]
    with Clock() as clock:
        Screen(sought)
    yield (
        f"index of {count:,} people, seconds",
        "30" if count >= 1_000_000 else "–",
        f"{clock.seconds:.1f} (and {reading.seconds:.1f} to read the list)",
    )


def rows(sought: int, count: int, seed: int) -> Iterator[Line]:
    """Measure rows a second, words met for the first time and again, and what is found."""
    from habeas.names import Screen, Sought

    crowd = list(people(sought, f"sought {seed}"))
    throw = dice(f"queries {seed}")
    screen = Screen([Sought.from_query(query_of(one, throw).text) for one in crowd])
    some = make_rows(crowd, count, seed)
    list(screen.rows(some.texts[:10]))  # what is compiled is loaded
    for label in ("words not met before", "words met before"):
        with Clock() as clock:
            hits = [(hit.row_index, hit.person_index) for hit in screen.rows(some.texts)]
        yield (
            f"rows a second, {sought:,} people, {count:,} rows, verdicts included, {label}",
            "500,000",
            f"{count / clock.seconds:,.0f}",
        )
    with Clock() as clock:
        for start in range(0, count, 8192):
            screen._index.candidates(some.texts[start : start + 8192])  # noqa: SLF001
    yield "the same without the verdicts (the index alone)", "–", f"{count / clock.seconds:,.0f}"
    found = some.planted & set(hits)
    yield "planted rows found", "–", f"{len(found)} of {len(some.planted)}"
    yield "rows and persons reported", "–", f"{len(hits):,}"


def texts(sought: int, size: int, seed: int) -> Iterator[Line]:
    """Measure megabytes a second of running text, and what the machine could do at most."""
    from habeas.names import Screen, Sought

    throw = dice(f"text queries {seed}")
    crowd = people(sought, f"text sought {seed}")
    screen = Screen([Sought.from_query(query_of(one, throw).text) for one in crowd])
    text = make_text(size, seed)
    list(screen.utf8(text[:100]))
    for label in ("runs not met before", "runs met before"):
        with Clock() as clock:
            count = sum(1 for _ in screen.utf8(text))
        yield (
            f"text, MB a second, {sought:,} people, {size / 1e6:,.0f} MB, {label} ({count:,} hits)",
            "150",
            f"{size / 1e6 / clock.seconds:,.0f}",
        )
    rate = size / 1e6 / clock.seconds
    for label, once in (
        ("decoding the same bytes as UTF-8", text.decode),
        ("one pass over the same memory", lambda: text.count(b"\n")),
    ):
        with Clock() as limit:
            once()
        most = size / 1e6 / max(limit.seconds, 1e-9)
        yield f"{label}, MB a second", "–", f"{most:,.0f} (of which the above is {rate / most:.0%})"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield "peak memory of that process, the text included, MB", "1,000", f"{peak:,}"


def peers(sought: int, count: int, seed: int) -> Iterator[Line]:
    """Measure whole commands on the same people and rows: rows a second, start-up included."""
    crowd = list(people(sought, f"peers {seed}"))
    throw = dice(f"peers queries {seed}")
    some = make_rows(crowd, count, seed + 1)
    with tempfile.TemporaryDirectory() as folder:
        sought_file, rows_file = Path(folder, "people.tsv"), Path(folder, "rows.tsv")
        queries = (f"{n}\t{query_of(one, throw).text}\n" for n, one in enumerate(crowd))
        sought_file.write_text("person\tnames\n" + "".join(queries), encoding="utf-8")
        lines = (f"{n}\t{text}\n" for n, text in enumerate(some.texts))
        rows_file.write_text("row\ttext\n" + "".join(lines), encoding="utf-8")
        files = [str(sought_file), str(rows_file)]
        for name, command in (
            ("habeas", [sys.executable, "-m", "habeas.cli", "screen",
                        "--people", files[0], "--rows", files[1]]),
            ("rapidfuzz", [scorers.python(), str(HERE / "peers_screen.py"), "rapidfuzz", *files]),
            ("logic-v2", [scorers.python(), str(HERE / "peers_screen.py"), "logic-v2", *files]),
        ):  # fmt: skip
            yield from _peer(name, command, some)


def _peer(name: str, command: list[str], some: Rows) -> Iterator[Line]:
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    label = f"{name}, whole command, {len(some.texts):,} rows"
    if done.returncode:
        yield label, "–", f"failed: {done.stderr.strip().splitlines()[-1:]}"
        return
    seconds = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    scores: dict[tuple[int, int], float] = {}
    for line in done.stdout.splitlines():
        alert = json.loads(line)
        scores[int(alert["row"]), int(alert["person"])] = float(alert["score"])
    wrong = sorted((s for key, s in scores.items() if key not in some.planted), reverse=True)
    limit = wrong[200] if len(wrong) > 200 else float("-inf")
    found = sum(scores.get(key, float("-inf")) > limit for key in some.planted)
    yield (
        f"{label}: rows a second; planted rows found with at most 200 others reported",
        "–",
        f"{len(some.texts) / seconds:,.0f}; {found} of {len(some.planted)}",
    )


PARTS: dict[str, Callable[..., Iterator[Line]]] = {
    "index": index,
    "rows": rows,
    "texts": texts,
    "peers": peers,
}
SIZES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "index": ((1_000_000,), (20_000,)),
    "rows": ((10_000, 1_000_000), (2_000, 20_000)),
    "texts": ((100_000, 200_000_000), (2_000, 4_000_000)),
    "peers": ((2_000, 20_000), (200, 2_000)),
}
"""By part: sizes of a whole run, and of a small one."""
_PAGE = ROOT / "docs" / "reference" / "screening-benchmark.md"
_HEAD = """# How fast many people are looked for

This page is written by `make bench-screening`; its numbers are those of one run (seed {seed}). All
people are invented, drawn by seed from habeas's own tables; rows are printed as courts print.
Speeds are by processor time on one core. Peers screen with what they bring for it: nomenklatura's
blocking index and `logic-v2`, and rapidfuzz comparing everybody with everything.

"Words not met before" is the first hour of a watch; "met before" all hours after that, since a
country's names come again: what is known of a word is kept. The first search on a computer
takes about a minute longer, for compiling; that is left out here.

The rows here are hard: strangers bear the surnames and given names of the same tables as the
sought, so that one row in eight fits somebody at least possibly, and most of the time goes into
final verdicts. In a country's courts far fewer do; the index alone says what a row costs that
fits nobody.

"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; each part in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a few seconds, to try it out")
    parser.add_argument("--docs", action="store_true", help="write the page instead of printing")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.part:
        for line in PARTS[args.part](*SIZES[args.part][args.small], args.seed):
            print(json.dumps(line))
        return 0
    why = scorers.prepare()
    if why:
        print(f"The peers cannot be installed: {why}", file=sys.stderr)
    lines: list[Line] = []
    for part in PARTS:
        command = [sys.executable, __file__, "--part", part, "--seed", str(args.seed)]
        done = subprocess.run(
            [*command, *(["--small"] if args.small else [])],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        lines += [tuple(json.loads(line)) for line in done.stdout.splitlines()]
        print(f"{part} done", file=sys.stderr)
    page = "\n".join(markdown(["what", "aim", "measured"], lines))
    if args.docs:
        _PAGE.write_text(_HEAD.format(seed=args.seed) + page, encoding="utf-8")
    else:
        print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
