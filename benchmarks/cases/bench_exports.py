"""Every format at 1,000 and at 10,000 invented people: CPU time, size, and memory at its highest.

Each run is a process of its own, so that its peak of memory is its own; the people are made one by
one as they are asked for, as they are read from the database. `--docs` writes the published table.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FEW, _MANY = 1_000, 10_000
_PAGE = """# Writing many people: time and memory

Written by `benchmarks/cases/bench_exports.py --docs`. Every person is invented and has {each}
statements, a paper and three spellings. Each line is a run of a process of its own. CPU time is of
that process; memory is its highest, the program itself included (about {base:.0f} MB before the
first person). "More memory" compares {many:,} people with {few:,}: a format that kept people in
memory would need ten times as much.

{table}

The `bundle` of this run has no files. It keeps the name and hash of each member until its end,
about 1 kB for a person; a file goes through memory alone, and a picture drawn anew takes most of
it.
"""


def main() -> int:
    """Measure every format, tell it, and publish it if wished."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--docs", action="store_true")
    options.add_argument("--one", nargs=2, metavar=("FORMAT", "PEOPLE"))
    chosen = options.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    if chosen.one:
        print(*_measured(chosen.one[0], int(chosen.one[1])))
        return 0
    from outgoing_people import story

    from habeas.cases.sharing.contract import formats

    rows = {
        key: (_run(key, _FEW), _run(key, _MANY))
        for key, one in formats().items()
        if not one.one_person
    }
    base = _run("persons", 0)[2]
    table = _table(rows)
    print(table)
    if chosen.docs:
        page = ROOT / "docs" / "reference" / "sharing-benchmark.md"
        each = len(story().statements)
        text = _PAGE.format(each=each, base=base, few=_FEW, many=_MANY, table=table)
        page.write_text(text, "utf-8")
    return 0


def _run(key: str, count: int) -> tuple[float, int, float]:
    """Return CPU seconds, bytes and peak of memory in MB of a process that writes one format."""
    command = [sys.executable, __file__, "--one", key, str(count)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    seconds, size, memory = told.stdout.split()
    return float(seconds), int(size), float(memory)


def _measured(key: str, count: int) -> tuple[float, int, float]:
    import pyrage
    from outgoing_people import identity, occasion, story

    from habeas.cases.sharing.contract import formats
    from habeas.cases.sharing.outgoing import OutgoingPerson

    def people() -> Iterator[OutgoingPerson]:
        for number in range(count):
            yield replace(story(), id=identity(number))

    when = occasion(key=str(pyrage.x25519.Identity.generate().to_public()))
    write = formats()[key].write
    started = time.process_time()
    with Path(os.devnull).open("wb") as nowhere:
        out = _Counted(nowhere.fileno())
        write(people(), out, when)  # type: ignore[arg-type]  # all that a format uses of a file
    seconds = time.process_time() - started
    return seconds, out.size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Counted:
    """A file that counts what it is given, and keeps nothing."""

    def __init__(self, number: int) -> None:
        self.number, self.size = number, 0
        self.closed = False

    def write(self, some: bytes) -> int:
        self.size += len(some)
        return os.write(self.number, some)

    def writelines(self, lines: Iterator[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits."""

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


def _table(rows: dict[str, tuple[tuple[float, int, float], tuple[float, int, float]]]) -> str:
    lines = [
        (
            f"| format | CPU, {_FEW:,} | CPU, {_MANY:,} | size, {_MANY:,} | memory, {_FEW:,} "
            f"| memory, {_MANY:,} | more memory |"
        ),
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for key, (few, many) in sorted(rows.items()):
        lines.append(
            f"| `{key}` | {few[0]:.1f} s | {many[0]:.1f} s | {many[1] / 1e6:.1f} MB "
            f"| {few[2]:.0f} MB | {many[2]:.0f} MB | {many[2] - few[2]:+.0f} MB |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
